"""How people ask in English to be erased."""

from __future__ import annotations

from typing import Final

from intake.triage.languages.english_words import DATA, DONE, HOLD, VERB, WHOSE, WISH
from intake.triage.rules import Rule, rule

RULES: Final[tuple[Rule, ...]] = (
    rule(
        "delete",
        0.9,
        "delet|eras|remov|destroy|purg|wip|scrub|expung|get rid|getting rid|dispos|dump|trash|nuke",
        rf"\b{VERB}\b(?: \S{{1,25}}){{0,4}}? {WHOSE}\b[^.;:!?@]{{0,60}}?\b{DATA}\b",
    ),
    rule(
        "delete",
        0.9,
        "delet|eras|remov|destroy|purg|wip|scrub|get rid|forget",
        rf"\b(?:{VERB}|forget(?:ting)?) (?:absolutely )?(?:everything|anything|all"
        r"|whatever)(?: \S{1,20}){0,3}? (?:you|that you|your company|ye"
        rf"|u) (?:\S{{1,15}} ){{0,3}}?{HOLD}\b(?:[^.;!?]{{0,25}}\bme\b)?",
    ),
    rule(
        "delete",
        0.85,
        "delet|eras|remov|destroy|purg|wip|scrub",
        rf"\b{VERB} (?:me|us|myself)\b(?: \S{{1,15}}){{0,3}} (?:from|out of|off) (?:all |any "
        r"|every )?(?:of )?(?:your|the|ur) [^.;!?]{0,30}?(?:databases?|systems?|records?|files?|servers?"
        r"|site|website|app|platform|company|crm|books|backups?)\b",
    ),
    rule(
        "delete",
        0.8,
        "delet|eras|remov|destroy|purg|wip",
        rf"\b(?:{WISH}) [^.;!?]{{0,50}}?\b(?:my|our|all|any|the|every\S{{0,5}}|his|her"
        r"|their)\b[^.;!?]{0,50}?\b(?:be |to be |get |being )?(?:permanently |completely |fully "
        rf"|immediately )?{DONE}\b",
    ),
    rule(
        "delete",
        0.7,
        "delet|eras|remov|wip|purg",
        rf"(?<!your[ ])\b(?:{DATA})(?: \S{{1,20}}){{0,5}}? (?:to be |be |gets? )(?:\S{{1,15}} )?{DONE}\b",
    ),
    rule(
        "delete",
        0.9,
        "deletion|erasure|removal|destruction",
        r"\b(?:deletion|erasure|removal|destruction) of (?:all |any |every |each )?(?:of )?(?:my|our|the|his"
        r"|her|their|personal|mine|any|data|information)\b[^.;!?]{0,40}",
    ),
    rule(
        "delete",
        0.85,
        "deletion|erasure|removal|delete",
        r"\b(?:request(?:ing|s)?|demand(?:ing)?|ask(?:ing)? for|exercis\w{1,4}|invok\w{1,4}|want|need"
        r"|seek(?:ing)?)\b[^.;!?]{0,40}?\b(?:(?:data |account |profile )?(?:deletion|erasure)|(?:data|account"
        r"|profile|information) removal)\b",
    ),
    rule(
        "delete",
        0.85,
        "right to|be forgotten|deletion request|erasure request|delete request|removal request|request to "
        "delete|deletion of data",
        r"\bright (?:to|of) (?:request )?(?:delet(?:e|ion)|erasure|erase|be forgotten)|\b(?:data|account"
        r"|information|profile|personal data|ccpa|gdpr)? ?(?:deletion|erasure) request\b"
        r"|\brequest to (?:delete|erase)\b|\bdelete request\b|\b(?:data|account|information"
        r"|profile) removal request\b",
    ),
    rule(
        "delete",
        0.6,
        "delet|eras|wip|purg",
        r"\b(?:please|just|then|and|to|must|can you|could you|should|kindly) (?:\S{1,15} ){0,2}?(?:delete"
        r"|erase|wipe|purge) (?:it|them|that|those|this|these|all|everything)(?: all)?\b",
    ),
    rule("delete", 0.55, "forget", r"\bforget (?:about )?(?:me|us|that i (?:ever )?existed)\b"),
    rule(
        "delete",
        0.5,
        "close|deactivat|terminat|cancel|shut",
        r"\b(?:close|deactivate|terminate|cancel|shut down|shut) (?:down )?(?:out )?(?:my|our|this"
        r"|the) (?:\S{1,20} ){0,3}?accounts?\b",
    ),
    rule(
        "delete",
        0.6,
        "delet|eras|remov",
        r"\b(?:have(?:n['’]?t| not)|has(?:n['’]?t| not)|did(?:n['’]?t| not)|fail(?:ed|ing|s)?|refus(?:ed|ing"
        r"|e)|still) (?:\S{1,15} ){0,4}?(?:deleted?|erased?|removed?) (?:\S{1,15} ){0,2}?(?:my|our|the"
        r"|all)\b[^.;!?]{0,30}",
        negatable=False,
    ),
    rule(
        "delete",
        0.6,
        "delet|eras|wip|purg",
        r"^\W{0,3}(?:please |just |so |then )?(?:delete|erase|wipe|purge) (?:all of )?(?:it|them|that|this"
        r"|those|everything)\b",
    ),
    rule(
        "delete",
        0.65,
        "delet|eras|remov",
        r"\b(?:confirm|sure|verify|check|proof|prove|evidence)\b[^.;!?]{0,40}?\b(?:deleted|erased"
        r"|removed)\b[^.;!?]{0,20}?"
        r"\b(?:my|our|all)\b[^.;!?]{0,20}",
        negatable=False,
    ),
    rule(
        "delete",
        0.75,
        "have|keep|hold|store|retain",
        r"\b(?:do not|don['’]?t|dont|no longer) (?:want|wish|authori[sz]e|allow|permit)(?: for)? (?:you"
        r"|your company|you guys|them)"
        r" to (?:have|keep|hold|store|retain|possess) (?:\S{1,12} ){0,3}?(?:my|our"
        r"|any)\b[^.;!?]{0,20}?\b(?:data|information|info|details)\b",
        negatable=False,
    ),
    rule(
        "delete",
        0.75,
        "take me|took me",
        r"\btake me (?:out|off)(?: of)? (?:all |any )?(?:of )?(?:your|the|ur) (?:\S{1,12} ){0,2}?(?:systems?"
        r"|databases?|records?|files?|books)\b",
    ),
    rule(
        "delete",
        0.6,
        "deletion|erasure",
        r"\b(?:its|their|subsequent|immediate|permanent|complete|full|total) (?:\S{1,15} )?(?:deletion|erasure)\b",
    ),
)
