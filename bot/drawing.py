"""What a post shows, drawn from the database at the moment of its delivery."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot import cards
from bot.blocks import Message
from bot.people import People
from bot.trouble import TROUBLE
from store import queries
from store.office import Bridge
from store.rules.lifecycle import Role
from store.values import CaseFile, PostJob


async def draw(bridge: Bridge, people: People, job: PostJob) -> Message | None:
    """Draw a post as it is now.

    Args:
        bridge: the way to the desk.
        people: for names and mentions.
        job: what to draw.

    Returns:
        None when there is nothing to draw any more, as for a reminder of a request that is settled.
    """
    match job.kind:
        case "card":
            return await draw_case(bridge, people, await bridge(queries.case_by_id, int(job.subject)))
        case "line":
            return await _line(bridge, int(job.subject))
        case "held":
            mail = await bridge(queries.held_mail, int(job.subject))
            return cards.held(mail, bridge.office.business.zone)
        case "reminder" | "escalation":
            return await _reminder(bridge, people, job)
        case "direct":
            return await _direct(bridge, people, job)
        case "unreached" | "still unreached":
            return await _unreached(bridge, people, job)
        case "alarm":
            note = await bridge(queries.outage, job.subject)
            return cards.alarm(note, bridge.office.business.zone, await _ping(people.managers_mention))
        case "approval":
            return await _approval(bridge, people, int(job.subject))
        case "digest":
            return cards.digest(await bridge(queries.digest), bridge.office.business.zone)
        case _:
            raise ValueError(f"nobody knows how to draw a {job.kind}")


async def draw_case(bridge: Bridge, people: People, case: CaseFile) -> Message:
    """Draw a case's card."""
    office = bridge.office
    names = {case.owner: await people.name(case.owner)} if case.owner else {}
    return cards.card(
        case, office.pack(case.law), office.today(), office.business.zone, lambda user: names.get(user, user)
    )


async def _line(bridge: Bridge, entry_id: int) -> Message:
    entry = await bridge(queries.entry, entry_id)
    case = await bridge(queries.case_by_id, entry.case_id or 0)
    return cards.line(entry, case.ref, bridge.office.pack(case.law), bridge.office.business.zone)


async def _reminder(bridge: Bridge, people: People, job: PostJob) -> Message | None:
    note = await bridge(queries.reminder, int(job.subject))
    if note.settled:
        return None
    if job.kind == "escalation":
        return cards.escalation(note, await _ping(people.managers_mention))
    return cards.reminder(note, await _ping(people.staff_mention))


async def _direct(bridge: Bridge, people: People, job: PostJob) -> Message | None:
    """A direct message; what stands in the thread where nobody has the case any more."""
    what, _, subject = job.subject.partition(" ")
    if what == "line":
        ref = await bridge(queries.told_of, job.subject)
        return cards.pressable((await _line(bridge, int(subject))).text, ref) if ref else None
    note = await bridge(queries.reminder, int(subject))
    if note.settled:
        return None
    return cards.direct(note) if note.told else cards.reminder(note, await _ping(people.staff_mention))


async def _unreached(bridge: Bridge, people: People, job: PostJob) -> Message | None:
    note = await bridge(queries.unreached, int(job.subject))
    if job.kind == "unreached":
        return cards.unreached(note, await _ping(people.staff_mention))
    if note.settled:
        return None
    return cards.still_unreached(note, bridge.office.business.zone, await _ping(people.managers_mention))


async def _approval(bridge: Bridge, people: People, approval_id: int) -> Message:
    waits = await bridge(queries.approval, approval_id)
    whom = people.managers_mention if waits.needs is Role.MANAGER else people.staff_mention
    return cards.approval(waits, bridge.office.business.zone, await _ping(whom))


async def _ping(mention: Callable[[], Awaitable[str]]) -> str:
    """How people are pinged; what must be told is told even while nobody can be."""
    try:
        return await mention()
    except TROUBLE:
        return ""
