"""The plainest ways of asking in Slavic languages, Greek and Romanian: their nouns."""

from __future__ import annotations

from typing import Final

from intake.triage.rules import Rule, rule

RULES: Final[tuple[Rule, ...]] = (
    rule(
        "delete",
        0.85,
        "usunięci|usuń|výmaz|smaz|smaž|vymaž|brisanj|obriš|удал|видал|διαγραφή|διαγράψτε|șterge|ștergere",
        r"(?:usunięci[ea]|usuń|usunąć|výmaz\w{0,3}|smaz\w{1,5}|smaž\w{1,4}|vymaž\w{1,4}|brisanj[ea]"
        r"|obri[sš]\w{1,5}|удал\w{2,6}|видал\w{2,6}|διαγραφή|διαγράψτε|ștergere\w{0,2}"
        r"|ștergeți)\b[^.;!?]{0,60}?(?:dan\w{1,4}|údaj\w{0,3}|podat\w{1,4}|данны\w{1,2}|дан\w{1,3}"
        r"|аккаунт\w{0,2}|учетн\w{2,4}|δεδομέν\w{1,4}|date\w{0,3}|kont\w{1,2}|účt\w{1,2})",
    ),
    rule(
        "know_specific",
        0.85,
        "dostęp|přístup|pristup|доступ|копи|πρόσβαση|acces|kopi",
        r"(?:dostęp\w{0,2}|přístup\w{0,2}|pristup\w{0,2}|доступ\w{0,2}|копи\w{1,2}|πρόσβαση\w{0,2}"
        r"|accesul?)\b[^.;!?]{0,60}?(?:dan\w{1,4}|údaj\w{0,3}|podac\w{1,4}|данны\w{1,2}|δεδομέν\w{1,4}"
        r"|date\w{0,3})",
    ),
    rule(
        "correct",
        0.85,
        "sprostowani|oprav|ispravak|ispravk|исправ|виправ|διόρθωση|rectific",
        r"(?:sprostowani\w{1,2}|oprav[ua]\w{0,3}|isprav(?:ak|k\w{1,2}|ljanj\w{1,2})|исправ\w{2,6}"
        r"|виправ\w{2,6}|διόρθωση\w{0,2}|rectific\w{2,6})\b[^.;!?]{0,60}?(?:dan\w{1,4}|údaj\w{0,3}"
        r"|podat\w{1,4}|данны\w{1,2}|δεδομέν\w{1,4}|date\w{0,3})",
    ),
)
