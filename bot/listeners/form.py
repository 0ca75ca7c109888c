"""Commands that open the modal of a button, since a button may be far away."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.listeners.claim import open_assign
from bot.listeners.correct import open_reclassify, open_reopen
from bot.listeners.decide import open_deny, open_resolve
from bot.listeners.extend import open_extend
from bot.listeners.reply import open_reply
from bot.listeners.typed import meant
from bot.listeners.verify import open_verify
from bot.visit import Visit
from store import queries

USAGE = {
    "verify": "`/privacy verify PR-1001` opens the checklist of what proves who asks",
    "extend": "`/privacy extend PR-1001` opens the extension, with its letter",
    "reply": "`/privacy reply PR-1001` opens a letter in your own words",
    "resolve": "`/privacy resolve PR-1001` opens the answer: outcome, bases, letter",
    "deny": "`/privacy deny PR-1001` opens the same with *denied* chosen",
    "reopen": "`/privacy reopen PR-1001` looks at a settled request again",
    "reclassify": "`/privacy reclassify PR-1001` says which right a request really invokes",
    "assign": "`/privacy assign PR-1001` hands a case to somebody",
}


def form(opener: Callable[[Visit], Awaitable[None]]) -> Callable[[Visit, list[str]], Awaitable[None]]:
    """The command that opens what a button opens."""

    async def type_form(visit: Visit, words: list[str]) -> None:
        ref, _ = await meant(visit, words)
        case = await visit.desk(queries.case, ref)
        await opener(visit.about(case.ref))

    return type_form


type_verify = form(open_verify)
type_extend = form(open_extend)
type_reply = form(open_reply)
type_resolve = form(open_resolve)
type_deny = form(open_deny)
type_reopen = form(open_reopen)
type_reclassify = form(open_reclassify)
type_assign = form(open_assign)
