"""Who writes, where they live, and how urgent it is, each with the words that say so."""

from __future__ import annotations

import re
from typing import Final

from intake.triage.clues import Said, clue, triggers_of
from store.rules.requesters import Priority, Requester

_ROLES: Final = (
    clue(
        Requester.AGENT,
        "ed agent|ed representative|on behalf of|my client|our client|power of attorney|as the agent|as agent"
        "|as an agent|as attorney|as the attorney|as an attorney|we represent|i represent|acting as|acting for"
        "|agente autorizad|en nombre|en representac|mi cliente|poder notarial|represento a|im namen|im auftrag"
        "|bevollm|au nom|mandataire|em nome|per conto|namens|imieniu",
        r"\b(?:authori[sz]ed (?:agent|representative)|on behalf of (?:my client|our client|mr|ms|mrs"
        r"|the consumer|the following|a consumer|our (?:member|user|customer)|(?:[a-z]\w{1,20}))|my client"
        r"|our client|power of attorney|as (?:the |an )?(?:agent|attorney) (?:for|of)|we represent"
        r"|i represent|acting (?:as|for)"
        r"|agente autorizad[oa]|en (?:nombre|representaci[oó]n) de|mi cliente|poder notarial|represento a"
        r"|im namen von|im auftrag|bevollmächtigt\w{0,2}|au nom de|mandataire|em nome de|per conto di|namens"
        r"|w imieniu)\b",
    ),
    clue(
        Requester.PARENT,
        " son| daughter| child| kid| minor| toddler| teenager|parent|guardian|mother|father|minor child| hij| niñ"
        "| nin| menor|padre de|madre de|tutor legal|tutora legal| sohn| tochter|n kind|e kind|s kind|r kind| fils"
        "| enfant| fille| filho| filha",
        r"\b(?:my (?:\S{1,15} ){0,2}?(?:sons?|daughters?|child|children|kids?|minor|toddler"
        r"|teenager)(?:['’]s)?|(?:parent|legal guardian|guardian|mother|father) of|i am (?:the|a|her|his"
        r"|their) (?:parent|guardian|mother|father)|minor child"
        r"|mi (?:\S{1,10} )?(?:hij[oa]|ni[nñ][oa]|menor)|mis hij[oa]s|padre de|madre de|tutor(?:a)? legal"
        r"|mein(?:e|es|er)? (?:sohn|tochter|kind)(?:es)?|mon (?:fils|enfant)|ma fille|meu filho|minha filha)\b",
    ),
    clue(
        Requester.EMPLOYEE,
        "employee|i work|to work|my employment|was employed|my personnel|my hr|job applica|i applied|my applica"
        "|my resume|my résumé|my cv|my supervisor|i was hired|i was fired|laid off|i was terminated|emplead|trabaj"
        "|mi expediente|de empleo|mitarbeiter|personalakte|bewerbung|employé|salarié",
        r"\b(?:(?:former|ex|current|past|your)[- ]?employee|i (?:used to )?work(?:ed|s)? (?:for|at"
        r"|with) (?:you|your|the company)|my employment|when i was employed|my (?:personnel|hr"
        r"|employee) (?:file|records?|data)|job applica(?:nt|tion)|i applied (?:for|to)|my (?:application"
        r"|resume|résumé|cv)\b|my supervisor|i was (?:hired|fired|laid off|terminated)"
        r"|ex[- ]?emplead[oa]|trabaj[eé] (?:para|en|con)|mi expediente (?:laboral|de personal)"
        r"|solicitud de empleo|ehemalige[rn]? mitarbeiter(?:in)?|personalakte|bewerbung"
        r"|ancien(?:ne)? (?:employée?|salariée?))",
    ),
)
_STATES: Final = {
    "california": "us-ca", "virginia": "us-va", "colorado": "us-co", "connecticut": "us-ct", "utah": "us-ut",
    "texas": "us-tx", "oregon": "us-or", "montana": "us-mt", "florida": "us-fl", "delaware": "us-de",
    "iowa": "us-ia", "nebraska": "us-ne", "new hampshire": "us-nh", "new jersey": "us-nj", "tennessee": "us-tn",
    "minnesota": "us-mn", "maryland": "us-md", "indiana": "us-in", "kentucky": "us-ky", "rhode island": "us-ri",
    "germany": "eu-gdpr", "france": "eu-gdpr", "spain": "eu-gdpr", "italy": "eu-gdpr", "ireland": "eu-gdpr",
    "netherlands": "eu-gdpr", "belgium": "eu-gdpr", "austria": "eu-gdpr", "poland": "eu-gdpr",
    "portugal": "eu-gdpr", "sweden": "eu-gdpr", "denmark": "eu-gdpr", "finland": "eu-gdpr", "greece": "eu-gdpr",
    "czech republic": "eu-gdpr", "european union": "eu-gdpr", "the eu": "eu-gdpr", "europe": "eu-gdpr",
    "deutschland": "eu-gdpr", "españa": "eu-gdpr", "alemania": "eu-gdpr", "francia": "eu-gdpr",
    "österreich": "eu-gdpr", "united kingdom": "uk-gdpr", "the uk": "uk-gdpr", "england": "uk-gdpr",
    "scotland": "uk-gdpr", "wales": "uk-gdpr", "northern ireland": "uk-gdpr", "reino unido": "uk-gdpr",
}  # fmt: skip
_PLACE: Final = "|".join(sorted((re.escape(name) for name in _STATES), key=len, reverse=True))
_RESIDENCE: Final = clue(
    "where they live",
    "|".join(_STATES),
    r"\b(?:(?:resident|citizen|consumer|domiciled|residing|resides?|lives?|living|based|located|residente"
    r"|vivo|resido|vive"
    r"|wohne|wohnhaft|lebe|habite|moro)\b(?: \S{1,12}){0,2}? (?:of|in|en|de|à|em|from)(?: the state of| the)?|from) "
    rf"(?:\S{{2,20}}, )?({_PLACE})\b|\b({_PLACE}) (?:residents?|consumers?|citizens?)\b",
)
_ACTS: Final = (
    clue("uk-gdpr", "uk gdpr|uk-gdpr|act 2018", r"\buk[- ]gdpr\b|\bdata protection act 2018\b"),
    clue(
        "us-ca",
        "ccpa|cpra|california|1798.1|shine the light",
        r"\bccpa\b|\bcpra\b|\bcalifornia (?:consumer )?privacy\b|\b1798\.1\d\d\b|\bshine the light\b"
        r"|\bley de privacidad (?:del consumidor )?de california\b",
    ),
    clue("us-va", "vcdpa|virginia consumer", r"\bvcdpa\b|\bvirginia consumer data\b"),
    clue("us-co", "colorado privacy", r"\bcolorado privacy act\b"),
    clue("us-ct", "ctdpa|connecticut data", r"\bctdpa\b|\bconnecticut data privacy\b"),
    clue("us-ut", "ucpa|utah consumer", r"\bucpa\b|\butah consumer privacy\b"),
    clue("us-tx", "tdpsa|texas data", r"\btdpsa\b|\btexas data privacy\b"),
    clue("us-or", "ocpa|oregon consumer", r"\bocpa\b|\boregon consumer privacy\b"),
    clue(
        "eu-gdpr",
        "gdpr|dsgvo|ds-gvo|rgpd|general data protection|2016/679|rodo|avg",
        r"\bgdpr\b|\bdsgvo\b|\bds-gvo\b|\brgpd\b|\bgeneral data protection regulation\b|\b2016/679\b|\brodo\b"
        r"|\bavg\b",
    ),
)
_URGENT: Final = (
    clue(
        "it concerns a minor",
        "minor|under 13|years old|year old|1 yo|2 yo|3 yo|4 yo|5 yo|6 yo|7 yo|8 yo|9 yo|0 yo|1yo|2yo|3yo|4yo|5yo|6yo"
        "|7yo|8yo|9yo|0yo|años|menor de| son| daughter| child| kid|mi hij",
        r"\b(?:minor|under 13|(?:[1-9]|1[0-7]) ?(?:years? old|yo\b|años)|menor de edad"
        r"|my (?:\S{1,12} )?(?:son|daughter|child|kid)|mi hij[oa])\b",
    ),
    clue(
        "fear for safety",
        "stalk|restraining|domestic|harass|safety|danger|threaten|doxx|acos|violencia|seguridad|alejamiento",
        r"\b(?:stalk\w{0,4}|restraining order|domestic (?:violence|abuse)|harass\w{0,4}|my safety|in danger"
        r"|threaten\w{0,3}|doxx\w{0,3}|acos\w{1,4}|violencia dom[eé]stica|mi seguridad|orden de alejamiento)\b",
    ),
    clue(
        "fraud is feared",
        "identity|fraud|hacked|breach|imperson|robo|fraude|suplantac|hackea",
        r"\b(?:identity theft|stolen identity|stole my identity|fraud\w{0,5}|hacked|data breach|breach"
        r"|impersonat\w{1,4}|robo de identidad|fraude|suplantaci[oó]n|hackea\w{1,3})\b",
    ),
    clue(
        "a lawyer or an authority is named",
        "attorney general|my lawyer|my attorney|my solicitor|legal action|lawsuit|sue you|small claims|supervisory"
        "|cppa|protection agency|ftc|commissioner|abogad|demandar|acción legal|acciones legal|fiscal general|aepd"
        "|anwalt|aufsichts|rechtliche|avocat|cnil",
        r"\b(?:attorney general|my (?:lawyer|attorney|solicitor)|legal action|lawsuit|sue you|small claims"
        r"|supervisory authority|cppa|privacy protection agency|ftc\b|information commissioner|abogad[oa]"
        r"|demandar|acci(?:ón|ones) legal(?:es)?|fiscal general|aepd|anwalt|aufsichtsbehörde"
        r"|rechtliche schritte|avocat|cnil)\b",
    ),
    clue(
        "sensitive data are at stake",
        "social security|ssn|medical|health|diagnos|biometric|immigration|sexual|genetic|seguro social|salud|migratori",
        r"\b(?:social security|ssn\b|medical|health (?:data|information|records?)|diagnos\w{1,4}"
        r"|biometric\w{0,1}|immigration|sexual orientation|genetic|seguro social|salud|migratori[oa])\b",
    ),
    clue(
        "a date is near or past",
        "deadline|overdue|within 24|within 48|within 72|by tomorrow|by tonight|by today|by friday|by monday"
        "|45 days ha|second re|second not|second time|third re|third not|third time|final re|final not|final time"
        "|last re|last not|last time|urgent|asap|immediately|inmediatamente|plazo",
        r"\b(?:deadline|overdue|within (?:24|48|72) hours|by (?:tomorrow|tonight|today|friday|monday)"
        r"|45 days (?:have|has|ago)|(?:second|third|final|last) (?:request|notice|time|reminder)"
        r"|urgent\w{0,2}|asap|immediately|urgente|inmediatamente|plazo)\b",
    ),
)


PHRASES: Final = triggers_of(_ROLES, _ACTS, _URGENT, (_RESIDENCE,))
"""In lower case, what this module asks about."""


def role_of(said: Said) -> tuple[Requester, str]:
    """Who writes, and the words that say so; a consumer when nothing says otherwise."""
    for each in _ROLES:
        words = each.find(said)
        if words:
            return Requester(each.meaning), words
    return Requester.CONSUMER, ""


def law_of(said: Said) -> tuple[str | None, str]:
    """The pack of the law that applies by a stated residence, else by a law that is named, and the words."""
    lives = _RESIDENCE.match(said)
    if lives:
        return _STATES[lives[1] or lives[2]], said.text[lives.start() : lives.end()]
    for each in _ACTS:
        words = each.find(said)
        if words:
            return each.meaning, words
    return None, ""


def priority_of(said: Said) -> tuple[Priority, str]:
    """High with its reason, or medium."""
    for each in _URGENT:
        if each.find(said):
            return Priority.HIGH, each.meaning
    return Priority.MEDIUM, ""
