"""Sending a letter that was previewed: when it would be another one by now, it is shown again instead."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Concatenate, ParamSpec, TypeVar

from bot import modals
from bot.manners import Done, Pushed, Reply, Shown
from bot.modals import Matter, Preview
from bot.names import Field
from bot.visit import Visit
from store import desk
from store.desk import Verb
from store.errors import SecondPersonNeeded
from store.office import Office
from store.rules.lifecycle import Role
from store.signing import Proposal
from store.values import Actor, Draft

P = ParamSpec("P")
R = TypeVar("R")

ASKED = (
    "Nothing was sent yet: this needs a second person. The case's thread asks for one; when they sign, "
    "exactly what you saw is done in your name."
)


def shown_first(preview: Preview, matter: Matter, by: Actor | None = None) -> Reply:
    """Show a letter before it is sent.

    Args:
        preview: shows it.
        matter: what it is about.
        by: who sees it; a manager may send what the disclosure guard keeps back.
    """
    return Pushed(modals.preview(preview, matter, manager=_is_manager(by)))


def answered_for(visit: Visit, verb: Verb[P, R]) -> Callable[Concatenate[Office, P], R]:
    """The verb; where somebody ticked to send the letter all the same, with them answering for it."""
    return verb.answered_for(visit.actor) if visit.answers.many(Field.OVERRIDE) else verb


async def sent_as_seen(
    visit: Visit,
    preview: Callable[[Sequence[Draft]], Preview],
    drafts: Sequence[Draft],
    send: Callable[[], Awaitable[object]],
    proposal: Proposal,
) -> Reply:
    """Send what was previewed, or show what it has become.

    Args:
        visit: Send, pressed in a preview.
        preview: shows letters, as the one that was pressed in did.
        drafts: the letters as they would be now.
        send: does it.
        proposal: the same, for a second person to sign where one is needed.
    """
    if modals.digest_of(drafts) != visit.matter.seen:
        manager = _is_manager(visit.actor)
        return Shown(modals.preview(preview(drafts), visit.matter, changed=True, manager=manager))
    try:
        await send()
    except SecondPersonNeeded:
        override = bool(visit.answers.many(Field.OVERRIDE))
        await visit.desk(desk.ask_second, replace(proposal, override=override), visit.actor)
        return Shown(modals.notice(ASKED))
    return Done()


def _is_manager(person: Actor | None) -> bool:
    return person is not None and person.role is not None and person.role.covers(Role.MANAGER)
