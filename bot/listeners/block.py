"""Senders whose mails are set aside: blocked from a held mail or a case, listed, lifted."""

from __future__ import annotations

from bot import cards, modals
from bot.listeners.held import still_waiting
from bot.listeners.typed import divided
from bot.manners import Done, Reply
from bot.modals.block import DOMAIN
from bot.names import Field
from bot.visit import Visit
from bot.words import counted, escape
from store import desk, queries

USAGE = "`/privacy block PR-1001 [domain]` files later mails of that sender that belong to no case"
LIST_USAGE = "`/privacy blocked` shows whose mails are set aside, how often that happened, and lifts it"


async def open_block(visit: Visit) -> None:
    """Block sender, pressed at a held mail."""
    await visit.open(modals.block(await still_waiting(visit)))


async def block(visit: Visit) -> Reply:
    """How far was chosen."""
    domain = visit.answers.one(Field.SCOPE) == DOMAIN
    await visit.desk(desk.block_sender, visit.mail_id, visit.actor, domain=domain)
    return Done()


async def type_block(visit: Visit, words: list[str]) -> None:
    """`block PR-1001`, with `domain` behind it for everybody there."""
    ref, rest = divided(words)
    if not ref or rest.lower() not in ("", DOMAIN):
        await visit.tell(f"{USAGE}.")
        return
    await visit.desk(desk.block_sender_of, ref, visit.actor, domain=bool(rest))
    whom = "Everybody at the domain of" if rest else "The sender of"
    await visit.tell(f"{whom} {escape(ref)} is blocked: later mails are filed, but for those of their cases.")


async def type_blocked(visit: Visit, _words: list[str]) -> None:
    """`blocked`."""
    await visit.tell(
        cards.blocked(await visit.desk(queries.blocked_senders), visit.workplace.bridge.office.business.zone)
    )


async def lift(visit: Visit) -> None:
    """Lift, pressed and confirmed."""
    again = await visit.desk(desk.lift_block, int(visit.value), visit.actor)
    waits = (
        f" {counted(again, 'mail')} of theirs {'waits' if again == 1 else 'wait'} for a person again." if again else ""
    )
    await visit.tell(f"That sender is not blocked any more.{waits}")
