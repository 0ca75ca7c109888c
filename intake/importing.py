"""`rightsdesk import`: mails of old archives, kept by the one way in, and read as if they had come today."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from intake import archives
from intake.archives import Found, Unread
from intake.mime import Headers, dates, structure, words
from intake.reader import read_one
from intake.receive import OLDEST, Incoming, receive_all
from intake.settings import MEGABYTE, IntakeSettings
from store import queries
from store.office import Office
from store.values import Kept

ROAD: Final = "import"
NOT_KEPT: Final = "A mail of {size} bytes cannot be stored ({trouble}), so it is left out."
AHEAD: Final = timedelta(days=1)
"""How far a clock may be ahead of ours and still be believed, to be read as now."""

QUEUED: Final = timedelta(days=6)
"""Longer than a mail waits in a queue (RFC 5321, 4.5.4.1: four or five days)."""

MOST_MAILS: Final = 200
MOST_BYTES: Final = 16 * MEGABYTE
_HOPS: Final = 100
_LONGEST: Final = 4_000
_COMMENT: Final = re.compile(r"\([^()]{0,1000}\)")
_BY: Final = re.compile(r"(?:^|\s)by\s+([^\s;()]{1,255})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of one mail or file.

    Attributes:
        size: how many bytes of the archive are done with it.
        known: the mail was here before, by whatever road.
        told: why there is no mail; empty when there is one.
        failed: there should have been one.
    """

    size: int
    known: bool = False
    told: str = ""
    failed: bool = False


def bring(office: Office, paths: Iterable[str], settings: IntakeSettings) -> Iterator[Brought]:
    """Keep every mail below the paths; a mail that is here already changes nothing.

    Args:
        office: the store.
        paths: files, folders, or "-" for standard input.
        settings: the mail door's.

    Yields:
        One value a mail, once it is committed, and one for each file that gives none.

    Raises:
        StoreUnavailable: what was told as kept is kept; the same import again goes on from there.
    """
    trusted = frozenset(settings.trusted_hosts)
    for batch in _batches(archives.mails(paths, settings.most_bytes)):
        yield from _keep_all(office, [each for each in batch if isinstance(each, Found)], trusted)
        for each in batch:
            if isinstance(each, Unread):
                yield Brought(each.size, told=each.told, failed=each.failed)


def _batches(found: Iterable[Found | Unread]) -> Iterator[list[Found | Unread]]:
    """As much as shares a commit: many small mails, or few large ones."""
    batch: list[Found | Unread] = []
    size = 0
    for each in found:
        batch.append(each)
        size += len(each.raw) if isinstance(each, Found) else 0
        if len(batch) >= MOST_MAILS or size >= MOST_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _keep_all(office: Office, found: Sequence[Found], trusted: Collection[str]) -> Iterator[Brought]:
    now = office.clock()
    kept = receive_all(office, [_incoming(each, trusted, now) for each in found])
    for each, place in zip(found, kept, strict=True):
        if isinstance(place, Kept):
            yield Brought(each.size, known=place.known)
        else:
            told = NOT_KEPT.format(size=len(each.raw), trouble=type(place).__name__)
            yield Brought(each.size, told=told, failed=True)


def _incoming(found: Found, trusted: Collection[str], now: datetime) -> Incoming:
    fields, _ = structure.headers(found.raw, 0, len(found.raw), structure.Opened())
    moment = received_at(fields, trusted, found.seen_at, now)
    return Incoming(raw=found.raw, road=ROAD, sender=None, recipients=(), received_at=moment, lacking=found.lacking)


def read_kept(office: Office, settings: IntakeSettings) -> Iterator[int]:
    """Read what is kept and unread, as a running desk would, and give the mails' ids one by one.

    Raises:
        StoreUnavailable: the rest is read later, by this or by a running desk.
    """
    while mail_ids := queries.unread_mails(office):
        for mail_id in mail_ids:
            read_one(office, mail_id, settings)
            yield mail_id


def received_at(fields: Headers, trusted: Collection[str], seen_at: datetime | None, now: datetime) -> datetime:
    """When a mail first reached one of our own servers: day 0 of its clocks.

    The law's periods begin with the receipt, not with the import, so an old request may be overdue at once, which its
    case shows. Each server on the way puts its Received field on top (RFC 5321, 4.4), so all that stands below the
    field of our outermost server was written by strangers: a sender who forged them, or a Date, could make a request
    older or younger than it is. Hence the fields are walked from the top for as long as one of our servers wrote them,
    and the last of these tells. Where no server is trusted, the topmost one tells: the nearest to the mailbox.

    Args:
        fields: the mail's header.
        trusted: our servers, in lower case, as they name themselves after "by".
        seen_at: when the mail was put where it was found, aware, if that is known.
        now: the present moment, aware.

    Returns:
        Aware, in UTC, never later than now: the first that is there and credible of the Received date, the sender's
        Date, and `seen_at`; now, without any.
    """
    for moment in _told(fields, trusted, seen_at):
        if moment is not None and OLDEST <= moment <= now + AHEAD:
            return min(moment, now).astimezone(UTC)
    return now.astimezone(UTC)


def _told(fields: Headers, trusted: Collection[str], seen_at: datetime | None) -> Iterator[datetime | None]:
    """All that may tell, the best first; each is read only when the one before it is not believed."""
    hops = [_hop(value) for value in fields.every("received")[:_HOPS]]
    ours = list(_by_our_servers(hops, trusted))
    yield from reversed(ours)
    if hops and not ours:
        yield dates.read(hops[0][1])
    yield dates.read(words.unfold(fields.first("date")))
    yield seen_at


def _by_our_servers(hops: Iterable[tuple[str, str]], trusted: Collection[str]) -> Iterator[datetime | None]:
    """The moments that our servers wrote, the latest first.

    A field below them may bear our server's name and be forged all the same: one that lies further back than any queue
    of ours would have kept a mail is not ours.
    """
    above: datetime | None = None
    for by, written in hops:
        moment = dates.read(written) if by in trusted else None
        if by not in trusted or (above and moment and above - moment > QUEUED):
            return
        above = moment or above
        yield moment


def _hop(raw: bytes) -> tuple[str, str]:
    """Who wrote a Received field, in lower case, and the date in it; comments may say anything."""
    value = words.unfold(raw[:_LONGEST])
    for _ in range(3):  # comments within comments
        value = _COMMENT.sub(" ", value) if "(" in value else value
    stated, _, written = value.rpartition(";")
    by = _BY.search(stated)
    return by[1].lower().rstrip(".") if by else "", written
