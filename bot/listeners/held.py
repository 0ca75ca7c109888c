"""The holding pen: a person says where a mail belongs."""

from __future__ import annotations

from bot import modals
from bot.manners import Done, Reply
from bot.names import Field
from bot.visit import Visit
from store import desk, queries
from store.errors import SOMEBODY, MailSettled
from store.rules.kinds import Kind
from store.values import HeldMail

WAITING = ("held", "quarantined")


async def attach_to_guess(visit: Visit) -> None:
    """Attach to PR-…, pressed."""
    mail_id, _, ref = visit.value.partition(" ")
    await visit.desk(desk.place_in, int(mail_id), ref, visit.actor)


async def open_attach(visit: Visit) -> None:
    """Attach to…, pressed."""
    await visit.open(modals.attach_held(await still_waiting(visit)))


async def attach(visit: Visit) -> Reply:
    """A case was named."""
    await visit.desk(desk.place_in, visit.mail_id, visit.answers.text(Field.REFERENCE), visit.actor)
    return Done()


async def open_new(visit: Visit) -> None:
    """New case…, pressed."""
    await visit.open(modals.new_from_held(await still_waiting(visit)))


async def new(visit: Visit) -> Reply:
    """The kinds were chosen."""
    kinds = [Kind(kind) for kind in visit.answers.many(Field.KINDS)]
    await visit.desk(desk.place_as_new, visit.mail_id, kinds, visit.actor)
    return Done()


async def open_each(visit: Visit) -> None:
    """Open N linked cases, pressed: at once where the rights are known, else they are asked for."""
    mail = await still_waiting(visit)
    if mail.wishes:
        await visit.desk(desk.open_each, mail.mail_id, visit.actor)
    else:
        await visit.open(modals.open_each(mail))


async def each(visit: Visit) -> Reply:
    """The kinds were chosen for all of them."""
    kinds = [Kind(kind) for kind in visit.answers.many(Field.KINDS)]
    await visit.desk(desk.open_each, visit.mail_id, visit.actor, kinds)
    return Done()


async def set_aside(visit: Visit) -> None:
    """Not a request, pressed and confirmed."""
    await visit.desk(desk.set_aside, visit.mail_id, visit.actor)


async def still_waiting(visit: Visit) -> HeldMail:
    """The mail, while it still waits: better told now than after the modal was filled in."""
    mail = await visit.desk(queries.held_mail, visit.mail_id)
    if mail.state not in WAITING:
        raise MailSettled(owner=mail.settled_by or SOMEBODY, outcome=mail.state)
    return mail
