"""How people ask in English for corrections, speak of automated decisions, appeal and withdraw."""

from __future__ import annotations

from typing import Final

from intake.triage.languages.english_words import DATA
from intake.triage.rules import Rule, rule

CORRECT: Final[tuple[Rule, ...]] = (
    rule(
        "correct",
        0.85,
        "correct|rectif|amend|fix",
        r"\b(?:correct(?:ing)?|rectify(?:ing)?|amend(?:ing)?|fix(?:ing)?) (?:\S{1,15} ){0,3}?(?:my|our"
        r"|the|this|these|that|any|all|an|inaccurate|incorrect|wrong|his"
        rf"|her) (?:\S{{1,20}} ){{0,6}}?(?:{DATA}|names?|surname|address|e-?mail|phone|number|birth\w{{0,5}}"
        r"|dob|spelling|mistakes?|errors?|inaccura\w{2,6}|title|gender|status|date|entry|inaccuracies)\b",
    ),
    rule(
        "correct",
        0.85,
        "correction|rectification|correct|rectify",
        r"\b(?:correction|rectification) of\b[^.;!?]{0,60}|\bright to (?:correct|rectif)\w{0,8}\b"
        r"|\brequest (?:to|for) (?:correct\w{0,3}|rectif\w{0,7}|a correction)\b|\b(?:data )?(?:correction"
        r"|rectification) request\b",
    ),
    rule(
        "correct",
        0.65,
        "updat|chang|modif|edit",
        r"\b(?:updat(?:e|ing)|chang(?:e|ing)|modify|edit) (?:\S{1,10} ){0,2}?(?:my|our"
        r"|the) (?:\S{1,20} ){0,4}?(?:personal (?:data|information|details)|names?|surname|last name"
        r"|address|e-?mail(?: address)?|phone(?: number)?|birth\w{0,5}|dob|records?|profile|gender"
        r"|marital status|contact (?:details|information))\b",
    ),
    rule(
        "correct",
        0.7,
        "wrong|incorrect|inaccurate|misspel|outdated|out of date|not correct|not right|old address",
        r"\b(?:my|our|the) (?:\S{1,20} ){0,6}?(?:names?|address|e-?mail|phone|number|birth\w{0,5}|dob|data"
        r"|information|records?|profile|details|file|gender|title|surname)\b[^.;!?]{0,40}?\b(?:is|are|was"
        r"|has been|have been|were)(?: still| all)? (?:\S{1,12} ){0,2}?(?:wrong|incorrect|inaccurate"
        r"|misspel\w{1,4}|outdated|out of date|not correct|not right)\b",
        negatable=False,
    ),
    rule(
        "correct",
        0.6,
        "wrong|incorrect|inaccurate|misspel",
        r"\b(?:you have|you['’]ve got|your (?:records?|system|database|files?) (?:has|have|shows?|lists?"
        r"|says?)|have) (?:\S{1,15} ){0,4}?(?:wrong|incorrect|inaccurate|misspelled)\b[^.;!?]{0,40}",
    ),
)
AUTOMATED: Final[tuple[Rule, ...]] = (
    rule(
        "admt_opt_out",
        0.9,
        "automat|admt|algorithm|artificial| ai |profiling",
        r"\bopt(?:ing)?[- ]?(?:me )?out (?:of|from) (?:\S{1,15} ){0,5}?(?:automated|admt|algorithm\w{0,3}|ai"
        r"|artificial intelligence|automatic)\b[^.;!?]{0,40}",
        negatable=False,
    ),
    rule(
        "admt_opt_out",
        0.85,
        "human|person",
        r"\b(?:human|real person|actual person|a person)(?: being)? (?:\S{1,12} ){0,3}?(?:review|decide"
        r"|decision|look|make|reconsider|involve\w{0,4}|assess|handle|evaluate)\w{0,3}\b[^.;!?]{0,30}",
    ),
    rule(
        "admt_opt_out",
        0.85,
        "automat|algorithm|admt|artificial| ai|computer|machine",
        r"\b(?:do not|don['’]?t|not|stop|never|object to|refuse|no)\b[^.;!?]{0,50}?\b(?:automated|automatic"
        r"|algorithm\w{0,3}|admt|artificial intelligence|an? ai|ai|computer|machine"
        r"|bot)\b[^.;!?]{0,40}?\b(?:decisions?|decid\w{1,3}|process\w{0,4}|profiling|technolog\w{1,3}"
        r"|screen\w{0,4}|scor\w{1,3}|evaluat\w{1,4}|systems?|assess\w{0,5})\b",
        negatable=False,
    ),
    rule(
        "admt_access",
        0.85,
        "automat|algorithm|admt|logic|score|scoring| ai |decision",
        r"\b(?:explain|understand|know|tell me|access|information (?:about|on)|details (?:of|about|on)"
        r"|disclose|describe|learn|how)\b[^.;!?]{0,60}?\b(?:automated|algorithm\w{0,3}|admt"
        r"|artificial intelligence|ai|automatic)\b[^.;!?]{0,40}?\b(?:decisions?|decid\w{1,3}|works?|made"
        r"|scor\w{1,3}|logic|system|technolog\w{1,3}|used?|process\w{0,4}|reject\w{0,4}|denied)\b",
    ),
    rule(
        "admt_access",
        0.75,
        "logic",
        r"\b(?:explain|meaningful information|know|tell me)\b[^.;!?]{0,50}?\blogic (?:behind|involved|used"
        r"|of)\b[^.;!?]{0,50}",
    ),
    rule(
        "admt_access",
        0.75,
        "algorithm|automated|artificial| ai ",
        r"\b(?:was|were|is|did|does|do|whether|if)\b[^.;!?]{0,40}?\b(?:algorithm|automated|ai"
        r"|artificial intelligence)\b[^.;!?]{0,60}?"
        r"\b(?:us(?:e|ed|ing)|mak(?:e|ing)|made|den(?:y|ied)|reject\w{0,3}|decid\w{1,3}|scor\w{1,3}|screen\w{0,3})\b",
    ),
)
AFTERWARDS: Final[tuple[Rule, ...]] = (
    rule(
        "appeal",
        0.9,
        "appeal",
        r"\b(?:i|we|my client) (?:\S{1,12} ){0,3}?appeal\b[^.;!?]{0,50}|\bappeal(?:ing)? (?:of |against "
        r"|from )?(?:your|the|this|that) (?:\S{1,15} ){0,3}?(?:decision|denial|refusal|response|rejection"
        r"|determination|answer)\b|\b(?:this is|file|submit|lodge|make|hereby) (?:an|my"
        r"|a formal) (?:\S{1,10} )?appeal\b|\bright to appeal\b",
    ),
    rule(
        "appeal",
        0.8,
        "reconsider|contest|challenge|disagree|disput",
        r"\b(?:reconsider|re-?examine|contest(?:ing)?|challeng(?:e|ing)|disagree with|disput(?:e|ing)"
        r"|review) (?:of )?(?:your|the|this|that) (?:\S{1,15} ){0,3}?(?:decision|denial|refusal|rejection"
        r"|determination)\b",
    ),
    rule(
        "withdraw",
        0.9,
        "withdraw|cancel|retract|rescind|disregard|ignor|drop|void|take back|never mind|nevermind",
        r"\b(?:withdraw(?:ing)?|cancel(?:l?ing)?|retract(?:ing)?|rescind(?:ing)?|disregard(?:ing)?|ignor(?:e"
        r"|ing)|drop(?:ping)?|take back|void|never ?mind) (?:my|the|this|our|that"
        r"|all my) (?:\S{1,20} ){0,5}?requests?\b",
    ),
    rule(
        "withdraw",
        0.75,
        "no longer|changed my mind|change my mind",
        r"\bno longer (?:want|wish|need)(?: you)?(?: to)? (?:\S{1,15} ){0,5}?(?:delet|eras|remov|copy"
        r"|acces)\w{0,4}\b|\b(?:i['’]?ve|i have|i) (?:\S{1,10} )?changed? my mind\b[^.;!?]{0,60}",
        negatable=False,
    ),
)

RULES: Final[tuple[Rule, ...]] = (*CORRECT, *AUTOMATED, *AFTERWARDS)
