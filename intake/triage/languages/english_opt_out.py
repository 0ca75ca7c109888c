"""How people say in English that their data are not for sale, or only for some uses."""

from __future__ import annotations

from typing import Final

from intake.triage.languages.english_words import SELL, STOP
from intake.triage.rules import Rule, rule

OPT_OUT: Final[tuple[Rule, ...]] = (
    rule(
        "opt_out",
        0.92,
        "sell|sale|sold|monetiz|trad|rent",
        rf"\b{STOP}(?: \S{{1,15}}){{0,4}}? (?:sell|selling|sale|sold|monetiz\w{{1,3}}|trad(?:e|ing)"
        r"|rent(?:ing)?)\b(?: (?:or|and|/) \S{1,12})?(?: (?:of )?(?:my|our|any|all|the|me|his"
        r"|her)\b[^.;!?,]{0,40}?\b(?:data|information|info|details|pii|email|address|number))?",
        negatable=False,
        also="not|dont|don't|don’t|never|stop|cease|quit|halt|discontin|longer|refrain|desist|prohibit|forbid|end",
    ),
    rule(
        "opt_out",
        0.85,
        "shar|disclos|pass|hand|giv",
        rf"\b{STOP}(?: \S{{1,15}}){{0,4}}? {SELL}\b[^.;!?]{{0,30}}?\b(?:my|our|personal|any|all"
        r"|the)\b[^.;!?]{0,30}?\b(?:data|information|info|details|pii|email|e-mail|phone number"
        r"|contact)\b(?: (?:with|to) [^.;!?,]{0,40})?",
        negatable=False,
    ),
    rule(
        "opt_out",
        0.95,
        "opt",
        r"\bopt(?:ing|ed)?[- ]?(?:me |us |my \S{1,12} )?out (?:of|from) (?:\S{1,15} ){0,4}?(?:sale|sales"
        r"|selling|sharing|share|targeted|cross[- ]context|behaviou?ral|advertis\w{1,6}|third[- ]part\w{1,3}"
        r"|data|information|personal|profiling|disclosure)\b[^.;!?]{0,40}",
        negatable=False,
    ),
    rule(
        "opt_out",
        0.6,
        "opt",
        r"\bopt(?:ing)?[- ]?(?:me |us )?out\b(?! (?:of|from) (?:\S{1,12} ){0,4}?(?:e-?mails?|newsletters?"
        r"|mailings?|marketing|promotion\w{0,5}|texts?|sms|calls|messages|notifications|arbitration|automated"
        r"|admt|ai|algorithm\w{0,3})\b)",
        negatable=False,
    ),
    rule(
        "opt_out",
        0.7,
        "do not sell|global privacy control|gpc|not for sale|right to opt",
        r"\bdo[- ]not[- ](?:sell|share)\b|\bglobal privacy control\b|\bnot for sale\b"
        r"|\bright to opt[- ]out\b(?: of (?:the )?(?:sale|sharing))?",
        negatable=False,
    ),
    rule(
        "opt_out",
        0.8,
        "targeted|cross-context|behavio",
        r"\b(?:stop|do not|don['’]?t|no more|cease|opt|without|against|object)\b[^.;!?]{0,60}?\b(?:targeted"
        r"|cross[- ]context|behaviou?ral|personali[sz]ed) (?:\S{1,15} )?(?:ads?|advertis\w{1,6}|marketing)\b",
        negatable=False,
    ),
    rule(
        "opt_out",
        0.85,
        "object",
        r"\bobject(?:ing|ion)?s? (?:to|against) (?:\S{1,12} ){0,4}?(?:process\w{1,4}|use|using"
        r"|direct marketing|profiling|sale|selling|sharing)\b[^.;!?]{0,50}",
        negatable=False,
    ),
    rule(
        "opt_out",
        0.75,
        "sell|sold|sale",
        r"\b(?:do not|don['’]?t|never) (?:want|wish|consent|agree|authori[sz]e|permit"
        r"|allow)\b[^.;!?]{0,50}?\b(?:sell|selling|sold|sale)\b[^.;!?]{0,30}",
        negatable=False,
    ),
    rule(
        "opt_out",
        0.7,
        "you sell",
        r"\b(?:off|from) (?:any |all |every |the )?(?:\S{1,12} )?lists? (?:that )?you sell\b",
    ),
)
LIMIT: Final[tuple[Rule, ...]] = (
    rule(
        "limit",
        0.9,
        "limit|restrict",
        r"\b(?:limit(?:ing)?|restrict(?:ing)?) (?:\S{1,12} ){0,4}?(?:use|uses|usage|using|disclosure"
        r"|processing|collection)\b[^.;!?]{0,60}",
    ),
    rule(
        "limit",
        0.9,
        "limit|restrict",
        r"\bright to (?:limit|restrict)\w{0,6}\b|\brestriction of (?:the )?(?:processing|use)\b|\b(?:limit"
        r"|restrict) (?:my|the|our) (?:\S{1,15} ){0,2}?(?:sensitive|health|biometric|precise)\b[^.;!?]{0,40}",
    ),
    rule(
        "limit",
        0.8,
        "sensitive|health|biometric|geolocation|genetic|religio|sexual|ethnic",
        r"\b(?:only use|use only|stop using|do not use|don['’]?t use|stop processing|do not process"
        r"|limit)\b[^.;!?]{0,50}?\b(?:sensitive|health|medical|biometric|geolocation|precise location|genetic"
        r"|religio\w{1,4}|sexual|ethnic\w{0,3}|racial)\b[^.;!?]{0,40}",
        negatable=False,
    ),
)

RULES: Final[tuple[Rule, ...]] = (*OPT_OUT, *LIMIT)
