"""The plainest ways of asking in German, French, Portuguese, Italian, Dutch and the Nordic languages."""

from __future__ import annotations

from typing import Final

from intake.triage.rules import Rule, rule

RULES: Final[tuple[Rule, ...]] = (
    # German
    rule(
        "delete",
        0.85,
        "lösch|loesch|vergessen",
        r"\b(?:l[öo]e?sch(?:en|t|ung|e)|entfern(?:en|t|ung)) [^.;!?]{0,50}?\b(?:meine[rsnm]?|alle[rsn]?"
        r"|sämtliche[rn]?|personenbezogene[rn]?|der|mich)\b[^.;!?]{0,40}?\b(?:daten|konto|account|profil"
        r"|informationen)\w{0,3}\b|\b(?:meine?|alle|mein|sämtliche)\b[^.;!?]{0,50}?\b(?:daten|konto|account"
        r"|profil)\w{0,3}\b[^.;!?]{0,40}?\b(?:zu )?(?:ge)?l[öo]e?sch(?:en|t)\b|\brecht auf (?:löschung"
        r"|vergessenwerden)\b",
    ),
    rule(
        "know_specific",
        0.85,
        "auskunft|kopie|welche daten|gespeichert",
        r"\b(?:auskunft|kopie)\b[^.;!?]{0,60}?\b(?:daten|art|gemäß|nach|über|person)\w{0,4}\b"
        r"|\bwelche (?:\S{1,20} ){0,3}?daten (?:\S{1,15} ){0,5}?(?:gespeichert|haben|speichern|verarbeiten)\b",
    ),
    rule(
        "correct",
        0.85,
        "berichtig|korrigier",
        r"\b(?:berichtig(?:ung|en|t)|korrigier(?:en|t))\b[^.;!?]{0,90}?\b(?:daten|namen?|adresse|geburtsdatum"
        r"|angaben|anschrift)\b|\b(?:daten|namen?|adresse|geburtsdatum"
        r"|angaben)\b[^.;!?]{0,40}?\b(?:berichtigen|korrigieren)\b",
    ),
    rule(
        "opt_out",
        0.85,
        "widerspr|verkauf|weitergabe|weitergeben",
        r"\b(?:widerspr(?:eche|uch))\b[^.;!?]{0,70}?\b(?:verarbeitung|daten|werbung|nutzung|profiling)\b"
        r"|\b(?:nicht|keine|kein|stopp\w{0,3})\b[^.;!?]{0,40}?\b(?:verkauf|weitergabe|weitergeben"
        r"|weiterzugeben|verkaufen|zu verkaufen)\w{0,3}\b",
        negatable=False,
    ),
    rule(
        "limit",
        0.8,
        "einschränk",
        r"\beinschränk(?:ung|en)\b[^.;!?]{0,40}?\bverarbeitung\b|\bverarbeitung\b[^.;!?]{0,30}?\beinzuschränken\b",
    ),
    # French
    rule(
        "delete",
        0.85,
        "supprim|effac|suppression|effacement|oubli",
        r"\b(?:supprim(?:er|ez)|effac(?:er|ez)|suppression|effacement)\b[^.;!?]{0,60}?\b(?:mes|mon|toutes"
        r"|données|compte|informations|profil)\b[^.;!?]{0,30}|\bdroit (?:à l['’]oubli|à l['’]effacement)\b",
    ),
    rule(
        "know_specific",
        0.85,
        "copie|accès|acces|accéder|communiquer",
        r"\b(?:copie|accès|accéder|communiquer|transmettre)\b[^.;!?]{0,50}?\b(?:mes|mon|données"
        r"|informations)\b[^.;!?]{0,30}|\bdroit d['’]accès\b",
    ),
    rule(
        "correct",
        0.85,
        "rectif|corrig",
        r"\b(?:rectif(?:ier|iez|ication)|corrig(?:er|ez)|correction)\b[^.;!?]{0,60}?\b(?:mes|mon|ma|données"
        r"|nom|adresse|informations)\b",
    ),
    rule(
        "opt_out",
        0.85,
        "vend|oppos|partag|revend",
        r"\b(?:ne|n['’]|cess(?:er|ez)|arrêt(?:er|ez)|pas)\b[^.;!?]{0,30}?\b(?:vend|revend|partag"
        r"|céd)\w{1,5}\b[^.;!?]{0,40}|\b(?:m['’]oppose|opposition"
        r"|m['’]opposer)\b[^.;!?]{0,60}?\b(?:traitement|données|prospection|vente|profilage)\b",
        negatable=False,
    ),
    rule("limit", 0.8, "limitation|limiter", r"\blimit(?:ation|er|ez)\b[^.;!?]{0,30}?\b(?:traitement|utilisation)\b"),
    # Portuguese
    rule(
        "delete",
        0.85,
        "apag|exclu|elimin|remov",
        r"\b(?:apag(?:ar|uem|ue|amento)|exclu(?:ir|am|a|são)|elimin(?:ar|em|e|ação)|remov(?:er|am|a)"
        r"|remoção)\b[^.;!?]{0,50}?\b(?:meus?|minhas?|todos|dados|conta|informações)\b[^.;!?]{0,30}",
    ),
    rule(
        "know_specific",
        0.85,
        "cópia|copia|acesso|acessar",
        r"\b(?:cópia|acesso|acessar|aceder)\b[^.;!?]{0,50}?\b(?:meus|minhas|dados|informações)\b",
    ),
    rule(
        "correct",
        0.85,
        "corrig|corrij|retific|correção",
        r"\b(?:corrig(?:ir)|corrij(?:am|a)|retifi(?:car|quem|cação)|correção)\b[^.;!?]{0,50}?\b(?:meus?"
        r"|minhas?|dados|nome|endereço)\b",
    ),
    rule(
        "opt_out",
        0.85,
        "vend|compartilh|partilh|opon|opor|oposição",
        r"\b(?:não|parem de|deixem de|nunca)\b[^.;!?]{0,25}?\b(?:vend|compartilh"
        r"|partilh)\w{1,5}\b[^.;!?]{0,40}|\b(?:oponho|opor|oposição)\b[^.;!?]{0,50}?\b(?:tratamento|dados"
        r"|marketing)\b",
        negatable=False,
    ),
    # Italian
    rule(
        "delete",
        0.85,
        "cancell|elimin|rimuov",
        r"\b(?:cancell(?:are|ate|azione|i)|elimin(?:are|ate|azione|i)|rimuov(?:ere|ete)"
        r"|rimozione)\b[^.;!?]{0,50}?\b(?:miei|mio|mia|tutti|dati|account|informazioni|profilo)\b"
        r"|\bdiritto all['’]oblio\b",
    ),
    rule(
        "know_specific",
        0.85,
        "copia|accesso|accedere",
        r"\b(?:copia|accesso|accedere)\b[^.;!?]{0,50}?\b(?:miei|mie|dati|informazioni)\b",
    ),
    rule(
        "correct",
        0.85,
        "rettific|corregg",
        r"\b(?:rettific(?:are|a|he|hiate)|corregg(?:ere|ete))\b[^.;!?]{0,50}?\b(?:miei|mio|mia|dati|nome"
        r"|indirizzo|inesatti)\b",
    ),
    rule(
        "opt_out",
        0.85,
        "vend|oppon|opposizione|condivid",
        r"\b(?:non|smett\w{1,4})\b[^.;!?]{0,25}?\b(?:vend|condivid|ced)\w{1,5}\b[^.;!?]{0,40}?\b(?:dati"
        r"|informazioni|terz[ie])\b|\b(?:mi oppongo|opposizione|oppormi)\b[^.;!?]{0,60}?\b(?:trattamento|dati"
        r"|marketing)\b",
        negatable=False,
    ),
    # Dutch and the Nordic languages
    rule(
        "delete",
        0.85,
        "verwijder|wissen|wis ",
        r"\b(?:verwijder(?:en|t|ing)?|wis(?:sen|sing)?)\b[^.;!?]{0,50}?\b(?:mijn|alle|mij|persoonsgegevens"
        r"|gegevens|account)\b[^.;!?]{0,30}|\bmijn (?:\S{1,15} ){0,3}?(?:gegevens"
        r"|account)\b[^.;!?]{0,30}?\bte verwijderen\b",
    ),
    rule(
        "know_specific",
        0.85,
        "inzage|kopie|toegang",
        r"\b(?:inzage|kopie|toegang)\b[^.;!?]{0,50}?\b(?:mijn|persoonlijke|persoonsgegevens|gegevens)\b",
    ),
    rule(
        "correct",
        0.85,
        "rectificatie|corrigeer|verbeter|corriger",
        r"\b(?:rectificatie|corrige(?:er|ren)|verbeter(?:en)?)\b[^.;!?]{0,50}?\b(?:mijn|gegevens|naam|adres)\b",
    ),
    rule(
        "opt_out",
        0.85,
        "bezwaar|verkoop|verkopen",
        r"\bbezwaar\b[^.;!?]{0,50}?\b(?:verwerking|gegevens|marketing)\b|\b(?:niet|stop)\b[^.;!?]{0,30}?\bverkopen\b",
        negatable=False,
    ),
    rule(
        "delete",
        0.85,
        "radera|radering|slett|slet ",
        r"\b(?:radera|radering|ta bort|slette?|sletning|sletting)\b[^.;!?]{0,50}?\b(?:mina|mitt|alla"
        r"|personuppgifter|konto|mine|min|alle|persondata|personopplysninger|oplysninger)\b",
    ),
    rule(
        "correct",
        0.85,
        "rättelse|rätta|berigtig|retting",
        r"\b(?:rättelse|rätta|berigtig(?:else|e)|retting)\b[^.;!?]{0,60}?\b(?:uppgifter|personuppgifter"
        r"|oplysninger|personopplysninger|data)\b",
    ),
)
