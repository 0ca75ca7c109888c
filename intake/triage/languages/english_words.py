"""Groups of English words that several rules share, as parts of patterns."""

from __future__ import annotations

from typing import Final

VERB: Final = (
    r"(?:delet(?:e|ing)|eras(?:e|ing)|remov(?:e|ing)|destroy(?:ing)?|purg(?:e|ing)|wip(?:e|ing)(?: out)?"
    r"|scrub(?:bing)?|expung(?:e|ing)|get(?:ting)? rid of|dispos(?:e|ing) of|dump|trash|nuke)"
)
DONE: Final = r"(?:deleted|erased|removed|destroyed|purged|wiped|scrubbed|expunged|forgotten|taken down)"
WHOSE: Final = r"(?:my|our|his|her|their|all|any|every|the|this|personal|whatever|your|mine|both)"
DATA: Final = (
    r"(?:(?:personal |private |customer |user |consumer )?(?:data|datas|information|informations|infos?"
    r"|details|pii)|accounts?|profiles?|records?|files?|logins?|registration|histor(?:y|ies)|footprint)"
)
HOLD: Final = (
    r"(?:have|has|hold|holds|keep|keeps|store|stores|got|know|knows|collect(?:ed|s)?|maintain|possess"
    r"|process(?:ed)?|gathered|retain|ha(?:ve|s) collected)"
)
WISH: Final = (
    r"(?:want|wants|wish|like|need|needs|request|requests|requesting|demand|insist|expect|ask|asking"
    r"|require|get|have|please|must|should|to|be)"
)
STOP: Final = (
    r"(?:do not|don['’]?t|dont|never|not|stop|stops|cease|quit|halt|discontinue|no longer|refrain from"
    r"|desist from|prohibit(?:ed)? (?:you )?from|forbid (?:you )?(?:from|to)|end)"
)
SELL: Final = (
    r"(?:sell|selling|sale|sold|share|sharing|shared|disclos(?:e|ing)|trad(?:e|ing)|monetiz(?:e|ing)|rent"
    r"|renting|pass(?:ing)? on|hand(?:ing)? over|giv(?:e|ing)(?: out| away)?)"
)
ASKED: Final = (
    r"(?:send|give|show|provide|email|e-mail|mail|forward|disclose|supply|furnish|share|tell|get"
    r"|let me (?:see|have|know|access)|see|view|receive|obtain|access|download|export|request|want|need"
    r"|know|like)"
)
