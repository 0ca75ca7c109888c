"""How people ask in English what is known about them."""

from __future__ import annotations

from typing import Final

from intake.triage.languages.english_words import ASKED, DATA, HOLD
from intake.triage.rules import Rule, rule

KNOW: Final[tuple[Rule, ...]] = (
    rule(
        "know_specific",
        0.9,
        "cop",
        r"\bcop(?:y|ies) of (?:absolutely )?(?:all |any |every |the |each )?(?:of )?(?:my |the |our |his "
        rf"|her )?(?:\S{{1,20}} ){{0,3}}?(?:{DATA}|everything)\b",
    ),
    rule(
        "know_specific",
        0.9,
        " me|myself|about us|on us",
        r"\bwh(?:at|ich)(?:ever)? (?:\S{1,25} ){0,6}?(?:you|your company|they|u|ye"
        rf"|your \S{{1,20}}) (?:\S{{1,20}} ){{0,4}}?{HOLD}\b(?: \S{{1,20}}){{0,4}}? (?:about|on|of|regarding"
        r"|concerning|relating to|for|under) (?:me|myself|us|my|him|her)\b",
        also="what|which",
    ),
    rule(
        "know_specific",
        0.9,
        "data|information|info|record|file|everything|anything|details|all",
        rf"\b{ASKED}\b(?: me| us| to| with| know)?[^.;!?]{{0,60}}?\b(?:data|information|info|records?|files?"
        r"|everything|anything|all|details)\b[^.;!?]{0,40}?\b(?:you|that you|your company|u"
        rf"|ye) (?:\S{{1,15}} ){{0,3}}?{HOLD}\b(?: \S{{1,20}}){{0,5}}? (?:me|myself|us|him|her)\b",
        also="hav|has|hold|keep|stor|got|know|collect|maintain|possess|process|gather|retain",
    ),
    rule(
        "know_specific",
        0.8,
        "data|information|info|record|file|profile",
        r"\b(?:send|give|show|provide|email|e-mail|mail|disclose|supply|furnish|forward|release|let) (?:me"
        rf"|us) (?:with |see |have |access )?(?:\S{{1,20}} ){{0,4}}?my (?:\S{{1,20}} ){{0,3}}?{DATA}\b",
    ),
    rule(
        "know_specific",
        0.85,
        "data|information|record|file",
        r"\b(?:access to|obtain|receive|download|export|get a hold of|see|view|inspect"
        r"|request(?:ing)?) (?:\S{1,15} ){0,2}?(?:all |any "
        r"|the )?(?:of )?my (?:own )?(?:\S{1,15} ){0,2}?(?:personal |customer |user )?(?:data|information"
        r"|records|file|files)\b",
    ),
    rule(
        "know_specific",
        0.9,
        "subject access|dsar|access request|sar ",
        r"\b(?:data )?subject access request\b|\bdsar\b|\b(?:data |information )?access request\b|\ba sar\b"
        r"|\brequest(?:ing)? (?:for )?access\b|\bccpa access\b",
    ),
    rule(
        "know_specific",
        0.75,
        "right to|right of|request to know|portab|machine-readable|machine readable",
        r"\bright (?:to|of) (?:know|access|data portability|portability|obtain)\b|\brequest to know\b"
        r"|\bdata portability\b|\b(?:structured|portable|machine[- ]readable)[^.;!?]{0,40}format\b",
    ),
    rule("know_specific", 0.75, "specific pieces", r"\bspecific pieces of (?:personal )?(?:information|data)\b"),
    rule(
        "know_specific",
        0.7,
        "about me|on me",
        r"\b(?:tell me|know|find out|learn|see|hear) (?:exactly )?(?:what|everything"
        r"|all)(?: \S{1,20}){0,6}? (?:about|on) me\b",
    ),
    rule(
        "know_specific",
        0.6,
        "whether",
        r"\bconfirm (?:\S{1,10} ){0,3}?(?:whether|if)\b[^.;!?]{0,60}?\b(?:process|hold|have|stor"
        r"|collect)\w{0,4}\b[^.;!?]{0,40}?\b(?:data|information)\b",
    ),
)
CATEGORIES: Final[tuple[Rule, ...]] = (
    rule(
        "know_categories",
        0.85,
        "categor|kinds|types|sorts|kind of|type of",
        r"\b(?:categor(?:y|ies)|kinds?|types?|sorts?) of (?:\S{1,20} ){0,3}?(?:data|information|info|sources?"
        r"|third part(?:y|ies)|recipients|records|details|pii|partners|companies|businesses)\b",
    ),
    rule(
        "know_categories",
        0.75,
        "who|third part|whom",
        r"\b(?:tell me|know|list(?: of)?|disclose|identify|explain|find out|name)\b[^.;!?]{0,50}?\b(?:who"
        r"|whom|third part(?:y|ies)|companies|recipients|partners)\b[^.;!?]{0,50}?\b(?:shar|s[eo]l[dl]"
        r"|disclos|transferr|g[ai]ve)\w{0,6}\b",
        also="shar|sold|sell|seld|soll|disclos|transferr|gave|give",
    ),
    rule(
        "know_categories",
        0.7,
        "who|whom|where",
        r"\b(?:who|whom|which companies) (?:\S{1,15} ){0,3}?you(?:['’]ve| have| are"
        r"|r)? (?:\S{1,15} ){0,2}?(?:shar|s[eo]l[dl]|disclos|giv|pass)\w{0,6}\b[^.;!?]{0,40}"
        r"|\bwhere (?:did )?you (?:get|got|obtain(?:ed)?|collect(?:ed)?) my\b[^.;!?]{0,30}",
        also="shar|sold|sell|seld|soll|disclos|giv|pass|where",
    ),
    rule(
        "know_categories",
        0.6,
        "purpose",
        r"\b(?:business |commercial )?purposes? (?:for|of) (?:which |collect|selling|sharing|processing|using"
        r"|the)\w{0,8}\b",
    ),
)

RULES: Final[tuple[Rule, ...]] = (*KNOW, *CATEGORIES)
