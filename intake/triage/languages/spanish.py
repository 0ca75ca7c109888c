"""How people ask in Spanish."""

from __future__ import annotations

from typing import Final

from intake.triage.rules import Rule, rule

_VERB = (
    r"(?:borr(?:ar|en|e|es|a)|elimin(?:ar|en|e|es|a)|suprim(?:ir|an|a|as|e)|destru(?:ir|yan|ya)|quit(?:ar"
    r"|en|e)|cancel(?:ar|en|e)|remov(?:er)|remuev(?:an|a)|olvid(?:ar|en|e))"
)
_WHOSE = r"(?:mis?|nuestr[oa]s?|tod[oa]s?|cualquier|l[oa]s|el|la|sus?|tod[oa])"
_DATA = r"(?:datos|informaci[oó]n|cuentas?|perfil(?:es)?|registros?|historial|expediente|archivos?|ficha)"
_HOLD = (
    r"(?:tienen|tengan|tiene|tenga|tienes|guardan|guarden|almacenan|conservan|poseen|posean|saben"
    r"|recopilan|han recopilado|recopilaron|mantienen|manejan|hayan)"
)
_STOP = (
    r"(?:no|dejen de|deje de|dejar de|deja de|nunca|paren de|cesen de|cesar|eviten|abst[eé]nganse de"
    r"|proh[ií]bo|ya no)"
)

RULES: Final[tuple[Rule, ...]] = (
    rule(
        "delete",
        0.9,
        "borr|elimin|suprim|destru|quit|cancel|remov|remuev|olvid",
        rf"\b{_VERB}(?:me|lo|los|la|las)?\b(?: \S{{1,20}}){{0,4}}? {_WHOSE}\b[^.;:!?]{{0,50}}?\b{_DATA}\b",
    ),
    rule(
        "delete",
        0.9,
        "borr|elimin|suprim|destru|olvid",
        rf"\b{_VERB}\b(?: \S{{1,15}}){{0,2}} todo (?:lo que|cuanto) (?:\S{{1,12}} ){{0,3}}?{_HOLD}\b[^.;!?]{{0,25}}",
    ),
    rule(
        "delete",
        0.8,
        "bórr|elimín|suprím|borr|elimin",
        r"\b(?:b[oó]rr|elim[ií]n|supr[ií]m)(?:en|e|an|a|ar|ir)(?:me|los|las|lo|la|nos|melo|melos)\b[^.;!?]{0,50}",
    ),
    rule(
        "delete",
        0.85,
        "eliminación|eliminacion|supresión|supresion|borrado|cancelación de mis|olvido|cancelacion de mis",
        r"\b(?:eliminaci[oó]n|supresi[oó]n|borrado|cancelaci[oó]n"
        r"|destrucci[oó]n) (?:\S{1,15} ){0,2}?de (?:\S{1,12} ){0,2}?(?:mis?|tod[oa]s?|l[oa]s|datos|sus"
        r"|informaci[oó]n|la)\b[^.;!?]{0,40}|\bderecho (?:al olvido|de (?:supresi[oó]n|cancelaci[oó]n"
        r"|eliminaci[oó]n)|a (?:la )?(?:supresi[oó]n|eliminaci[oó]n))\b|\bsolicitud de (?:eliminaci[oó]n"
        r"|supresi[oó]n|borrado)\b",
    ),
    rule(
        "delete",
        0.8,
        "borrad|eliminad|suprimid",
        r"\b(?:quiero|deseo|solicito|pido|exijo|necesito"
        rf"|que)\b[^.;!?]{{0,60}}?\b(?:{_DATA})\b[^.;!?]{{0,30}}?\b(?:sean|ser|sea|estén|queden) (?:borrad"
        r"|eliminad|suprimid)[oa]s?\b",
    ),
    rule(
        "delete",
        0.6,
        "dar de baja|den de baja|dé de baja|cerrar mi cuenta|cierren mi cuenta|dar de baja",
        r"\b(?:dar(?:me)?|den|d[eé]) de baja (?:de )?(?:mi|la|nuestra) cuenta\b|\b(?:cerrar|cierren"
        r"|cierre) (?:mi|la) cuenta\b",
    ),
    rule(
        "know_specific",
        0.9,
        "copia",
        r"\bcopias? (?:\S{1,12} ){0,3}?de (?:tod[oa]s? )?(?:mis|l[oa]s|la|mi|sus|todo"
        rf"|cualquier)?\b[^.;!?]{{0,30}}?\b(?:{_DATA}|lo que)\b",
    ),
    rule(
        "know_specific",
        0.9,
        "qué|que |cuáles|cuales",
        r"\b(?:qu[eé]|cu[aá]les) (?:\S{1,15} ){0,5}?(?:datos|informaci[oó]n"
        rf"|cosas)? ?(?:\S{{1,15}} ){{0,4}}?{_HOLD}\b(?: \S{{1,15}}){{0,3}}? (?:sobre|de|acerca de"
        r"|respecto a) (?:m[ií]|nosotros)\b",
    ),
    rule(
        "know_specific",
        0.85,
        "env|acces|conocer|proporcion|entreg|mand|saber",
        r"\b(?:env[ií](?:en|e|ar)|m[aá]nd(?:en|e|ar)|entreg(?:uen|ue|ar)|proporcion(?:en|e|ar)|facilit(?:en|e"
        r"|ar)|d(?:en|ar)|acceder a|acceso a|conocer|obtener|recibir|ver)(?:me"
        r"|nos)?\b[^.;!?]{0,40}?\b(?:mis|tod[oa]s? (?:mis|l[oa]s)|la informaci[oó]n|los datos"
        rf"|toda la)\b[^.;!?]{{0,40}}?\b(?:{_DATA}|{_HOLD})\b(?:[^.;!?]{{0,30}}?\bm[ií]\b)?",
    ),
    rule(
        "know_specific",
        0.85,
        "derecho de acceso|derecho a saber|derecho a conocer|solicitud de acceso|portabilidad|acceso a mis",
        r"\bderecho (?:de|al) acceso\b|\bderecho a (?:saber|conocer)\b|\bsolicitud de acceso\b"
        r"|\bportabilidad\b|\bacceso a mis datos\b",
    ),
    rule(
        "know_categories",
        0.85,
        "categor|tipos|tipo de|clases",
        r"\b(?:categor[ií]as?|tipos?|clases?) de (?:\S{1,12} ){0,2}?(?:datos|informaci[oó]n|terceros"
        r"|destinatarios|fuentes)\b",
    ),
    rule(
        "know_categories",
        0.75,
        "con quién|con quien|a quién|a quien|terceros",
        r"\b(?:con|a) qui[eé]n(?:es)? (?:\S{1,12} ){0,4}?(?:compart|vend|ced)\w{1,8}\b[^.;!?]{0,40}",
    ),
    rule(
        "correct",
        0.85,
        "corr|rectif|modif|actualiz|cambi",
        r"\b(?:corrij(?:an|a)|corr[ií]j(?:an|a)(?:lo|la|los|las)?|corregir|rectifi(?:quen|que|car)"
        r"|modifi(?:quen|que|car)|actuali(?:cen|ce|zar)|cambi(?:en|e|ar))\b[^.;!?]{0,40}?\b(?:mis?|el|la"
        rf"|l[oa]s|nuestr\w{{1,2}})\b[^.;!?]{{0,30}}?\b(?:{_DATA}|nombre|apellidos?|direcci[oó]n|correo"
        r"|tel[eé]fono|fecha|domicilio|errores?|error|género)\b",
    ),
    rule(
        "correct",
        0.85,
        "rectificación|rectificacion|corrección|correccion",
        r"\b(?:rectificaci[oó]n|correcci[oó]n) (?:o \S{1,15} )?de\b[^.;!?]{0,50}|\bderecho (?:de"
        r"|a la) (?:rectificaci[oó]n|correcci[oó]n)\b",
    ),
    rule(
        "correct",
        0.65,
        "está mal|esta mal|mal escrito|incorrect|equivocad|erróne|inexact|errone",
        r"\b(?:mis?|el|la|los) (?:\S{1,15} ){0,3}?(?:nombre|apellido|direcci[oó]n|datos|correo|tel[eé]fono"
        r"|fecha|informaci[oó]n)\b[^.;!?]{0,30}?\b(?:est[aá]n?|es|son|aparecen?) (?:\S{1,10} )?(?:mal"
        r"|incorrect|equivocad|err[oó]ne|inexact)\w{0,4}\b",
        negatable=False,
    ),
    rule(
        "opt_out",
        0.92,
        "vend|venta|compart|ced|comerci",
        rf"\b{_STOP}(?: \S{{1,12}}){{0,4}}? (?:vend(?:er|an|a|iendo|áis|en)|vent[ae]s?|compart(?:ir|an|a|iendo"
        r"|en)|ced(?:er|an|a)|comerciali\w{2,5}|divulg\w{1,4})\b(?: (?:ni|o|y) \S{1,12})?(?: (?:mis?"
        r"|l[oa]s|nuestr\w{1,2}|la) [^.;!?,]{0,40})?",
        negatable=False,
    ),
    rule(
        "opt_out",
        0.85,
        "exclu|opt-out|opt out|oponer|opongo|oposición|oposicion|optar por",
        r"\b(?:exclu(?:irme|yanme|ir)|optar por no|me opongo|oponerme|derecho de oposici[oó]n"
        r"|oposici[oó]n)\b[^.;!?]{0,70}",
        negatable=False,
    ),
    rule(
        "limit",
        0.88,
        "limit",
        r"\blimit(?:ar|en|e|aci[oó]n)(?: del?)?\b[^.;!?]{0,30}?\b(?:uso|tratamiento|divulgaci[oó]n"
        r"|procesamiento|utilizaci[oó]n)\b[^.;!?]{0,40}",
    ),
    rule(
        "admt_opt_out",
        0.85,
        "automatizad|algoritmo",
        r"\b(?:no|excluirme|oponerme|opongo|revis\w{1,4} (?:por )?una persona"
        r"|sin)\b[^.;!?]{0,50}?\b(?:automatizad[oa]s?|algoritmos?)\b[^.;!?]{0,30}",
        negatable=False,
    ),
    rule(
        "admt_access",
        0.8,
        "automatizad|algoritmo",
        r"\b(?:c[oó]mo|explicar|expliquen|expl[ií]quenme|informaci[oó]n sobre|l[oó]gica"
        r"|saber)\b[^.;!?]{0,50}?\b(?:automatizad[oa]s?|algoritmos?)\b[^.;!?]{0,30}",
    ),
    rule(
        "appeal",
        0.88,
        "apel|reconsider|impugn|recurso",
        r"\b(?:apel(?:ar|o|aci[oó]n)|impugn(?:ar|o)|reconsider(?:en|ar|e)"
        r"|recurso)\b[^.;!?]{0,40}?\b(?:decisi[oó]n|negativa|denegaci[oó]n|rechazo|respuesta)\b",
    ),
    rule(
        "withdraw",
        0.9,
        "retir|cancel|anul|desist|ignor",
        r"\b(?:retir(?:o|ar|en)|cancel(?:o|ar|en)|anul(?:o|ar|en)|desist(?:o|ir)(?: de)?|ignor(?:en|e"
        r"|ar)) (?:de )?(?:mi|la|esta|nuestra) (?:\S{1,15} ){0,3}?(?:solicitud|petici[oó]n)\b",
    ),
    rule("correct", 0.7, "corrij|corríj|corrija", r"\bcorr[ií]j(?:an|a)(?:lo|la|los|las|me)\b"),
)
