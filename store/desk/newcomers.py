"""Requests that came by no mail: a person takes them down, and they become cases by the road of every mail."""

from __future__ import annotations

from datetime import timedelta

from store.desk.arrivals import begin_case
from store.desk.keeping import RawMail, keep_together
from store.desk.mails import unread
from store.desk.post import can_be_written_to
from store.desk.work import Verb, Work
from store.errors import AddressFaulty, DecisionFaulty, LongAgo, NotYetReceived, RoleMissing, TakenDownAlready
from store.models import Mail
from store.rules.deadlines import local_day
from store.rules.lifecycle import Role
from store.told import Told
from store.values import Actor, Arrival, CaseFile, Wish

LONG_AGO_DAYS = 90
LONG_AGO = timedelta(days=LONG_AGO_DAYS)


@Verb
def open_by_hand(work: Work, told: Told, by: Actor, *, sure: bool = False) -> CaseFile:
    """Open a case for a request that came by phone, post, form, in person or in Slack, and acknowledge it.

    Its words are kept, sealed, like a mail's, and its clocks run from the day on which it came. Without an address no
    letter is written: it has to be answered the way it came (sections 7020 and 7021).

    Args:
        work: the transaction.
        told: the request, as that person took it down.
        by: who took it down.
        sure: that person confirms that it came more than 90 days ago.

    Raises:
        RoleMissing: that person is no staff.
        DecisionFaulty: it invokes no right, or names a law that is not known here.
        AddressFaulty: its address is none.
        NotYetReceived: it is said to have come later than now.
        LongAgo: it is said to have come long ago, and that is not confirmed.
        TakenDownAlready: the very same was taken down before, as by a second press.
    """
    if by.role is None or not by.role.covers(Role.STAFF):
        raise RoleMissing(role=Role.STAFF)
    _check(work, told, sure=sure)
    arrival = _as_read(told)
    return begin_case(work, _kept(work, told, by), arrival, arrival.wishes, by, manner=told.manner)


def _check(work: Work, told: Told, *, sure: bool) -> None:
    if told.law is not None and told.law not in work.office.laws:
        raise DecisionFaulty(why="There is no such law here; choose one of the list.")
    if told.address.strip() and not can_be_written_to(told.address.strip()):
        raise AddressFaulty
    if told.received_at > work.now:
        raise NotYetReceived
    if work.now - told.received_at > LONG_AGO and not sure:
        days = work.today - local_day(told.received_at, work.office.business.zone)
        raise LongAgo(days=days.days, most=LONG_AGO_DAYS)


def _as_read(told: Told) -> Arrival:
    """What a mail of the same words would be read as."""
    return Arrival(
        sender=told.address.strip(),
        name=" ".join(told.name.split()),
        subject="",
        message_id="",
        text=told.words,
        reply=told.words,
        law=told.law,
        wishes=tuple(Wish(kind) for kind in dict.fromkeys(told.kinds)),
        requester=told.requester,
    )


def _kept(work: Work, told: Told, by: Actor) -> Mail:
    """Its words as a mail's row: whoever asks for the bytes later reads that they were taken down, and by whom."""
    page = "\r\n".join(
        (
            "Content-Type: text/plain; charset=utf-8",
            "Subject: A privacy request that came by no mail",
            "",
            f"Taken down by {by.id}: it came {told.manner.plain}, {told.received_at.isoformat()}.",
            f"From: {' '.join(told.name.split())} {told.address.strip()}".rstrip(),
            f"Asks for: {', '.join(told.kinds)}",
            "",
            told.words,
            "",
        )
    )
    known_by = work.office.vault.hash("taken down", page)
    (kept,) = keep_together(
        work, [RawMail(page.encode("utf-8", "replace"), known_by, told.manner, "{}", told.received_at)]
    )
    if kept.known:
        earlier = work.session.get_one(Mail, kept.mail_id)
        raise TakenDownAlready(ref=work.case_by_id(earlier.case_id or 0).ref)
    return unread(work, kept.mail_id)
