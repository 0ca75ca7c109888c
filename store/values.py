"""What goes in and out of the desk: frozen values, never rows."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from store.rules.kinds import Kind
from store.rules.lifecycle import Move, Role, Status
from store.rules.outcomes import Outcome
from store.rules.requesters import Priority, Requester
from store.rules.verification import Verification


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a Slack user's id and role; the desk itself and the consumer have none."""

    id: str
    role: Role | None = None


CONSUMER = Actor("consumer")
THE_DESK = Actor("rightsdesk")


@dataclass(frozen=True, slots=True)
class Wish:
    """A right that a mail invokes, the words of the mail that say so, and how sure that is.

    `score` goes from 0 to 1; None where a person said so.
    """

    kind: Kind
    evidence: tuple[str, ...] = ()
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom an agent's letter names. Personal."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """A mail that was read: what the desk needs of it. Personal; sealed wherever it is kept.

    `possible` are rights that it may invoke, too unsurely to open a case; `people` are those whom an agent's list
    names; the reason of the priority is impersonal.
    """

    sender: str
    name: str
    subject: str
    message_id: str
    text: str
    reply: str
    language: str = "en"
    law: str | None = None
    wishes: tuple[Wish, ...] = ()
    attachments: tuple[str, ...] = ()
    answerable: bool = True
    possible: tuple[Wish, ...] = ()
    requester: Requester = Requester.CONSUMER
    requester_words: str = ""
    law_words: str = ""
    priority: Priority = Priority.MEDIUM
    priority_reason: str = ""
    people: tuple[Person, ...] = ()

    def to_json(self) -> str:
        """As JSON, for sealing."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str | bytes) -> Arrival:
        """Back from `to_json`."""
        fields: dict[str, Any] = json.loads(text)
        for name in ("wishes", "possible"):
            fields[name] = tuple(map(_wish, fields.get(name, ())))
        fields["attachments"] = tuple(fields["attachments"])
        fields["requester"] = Requester(fields.get("requester", Requester.CONSUMER))
        fields["priority"] = Priority(fields.get("priority", Priority.MEDIUM))
        fields["people"] = tuple(Person(**person) for person in fields.get("people", ()))
        return cls(**fields)


def _wish(fields: dict[str, Any]) -> Wish:
    return Wish(Kind(fields["kind"]), tuple(fields["evidence"]), fields.get("score"))


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request of a case. Dates are days in the business's zone."""

    id: int
    kind: Kind
    received_on: date
    acknowledge_by: date | None
    respond_by: date
    extended_to: date | None
    outcome: Outcome | None
    bases: tuple[str, ...]
    settled_at: datetime | None
    verification: Verification
    matched: int
    reached: bool
    offered: tuple[Move, ...]

    @property
    def due(self) -> date:
        """The last day on which the answer is in time."""
        return self.extended_to or self.respond_by

    @property
    def open(self) -> bool:
        """Yes or no: it still waits for its answer."""
        return self.outcome is None


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case as anyone at the desk may see it: nothing personal but a masked address."""

    id: int
    ref: str
    status: Status
    law: str
    language: str
    masked_address: str
    owner: str | None
    owned_since: datetime | None
    received_at: datetime
    closed_at: datetime | None
    last_word_at: datetime
    requests: tuple[RequestLine, ...]
    points: tuple[str, ...]
    offered: tuple[Move, ...]
    waiting_letters: int
    parked_letters: int
    came_back: bool = False

    @property
    def open_requests(self) -> tuple[RequestLine, ...]:
        """The requests that still wait for their answers, the nearest date first."""
        return tuple(sorted((line for line in self.requests if line.open), key=lambda line: (line.due, line.id)))

    @property
    def due(self) -> date | None:
        """The earliest date of an open request; None when all are settled."""
        return self.open_requests[0].due if self.open_requests else None

    def request(self, request_id: int) -> RequestLine:
        """The request of that id.

        Raises:
            KeyError: the case has none.
        """
        for line in self.requests:
            if line.id == request_id:
                return line
        raise KeyError(request_id)


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter before it is sealed and sent."""

    name: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A mail that is safely stored; `known` when it was here before."""

    mail_id: int
    known: bool


@dataclass(frozen=True, slots=True)
class MailText:
    """A mail as staff read it. `mail_id` is None for a letter of ours."""

    mail_id: int | None
    at: datetime
    sender: str
    subject: str
    text: str
    reply: str
    evidence: tuple[str, ...]
    attachments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Correspondence:
    """A case opened for reading; personal, for a modal only."""

    ref: str
    name: str
    address: str
    mails: tuple[MailText, ...]


@dataclass(frozen=True, slots=True)
class HeldMail:
    """A mail that waits for a person, without anything personal."""

    mail_id: int
    state: str
    reason: str
    masked_sender: str
    received_at: datetime
    size: int
    guess: str | None
    wishes: tuple[Kind, ...]
    settled_by: str | None
    case: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message stands in Slack."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class PostJob:
    """A post to draw: `version` is the drawing that is wanted, `place` where an earlier one stands."""

    id: int
    kind: str
    subject: str
    case_id: int | None
    token: str
    version: int
    place: Place | None
    thread: Place | None
    attempts: int
    marked_at: datetime


@dataclass(frozen=True, slots=True)
class LetterJob:
    """A letter to send: the bytes are final."""

    id: int
    message_id: str
    recipient: str
    content: bytes
    attempts: int


@dataclass(frozen=True, slots=True)
class ReminderNote:
    """A reminder as it is drawn: whose, of what, by when. `owner` of None: nobody has the case."""

    ref: str
    kind: Kind
    due: date
    days_left: int
    owner: str | None
    settled: bool


@dataclass(frozen=True, slots=True)
class UnreachedNote:
    """A letter that did not arrive, as it is told. `owner` of None: nobody has the case."""

    ref: str
    letter: str
    since: datetime
    owner: str | None
    settled: bool


@dataclass(frozen=True, slots=True)
class MailboxHealth:
    """How a mailbox is: when it was last read, and since when it fails."""

    name: str
    read_at: datetime | None
    failing_since: datetime | None
    trouble: str


@dataclass(frozen=True, slots=True)
class OutageNote:
    """A mailbox that cannot be read since that moment, and why; or that can be read again."""

    name: str
    since: datetime
    trouble: str
    over: bool


@dataclass(frozen=True, slots=True)
class DigestFacts:
    """What managers read at nine: counts, and the lines that need them."""

    at: datetime
    today: date
    open_cases: int
    opened_yesterday: int
    closed_yesterday: int
    overdue: tuple[CaseFile, ...]
    due_this_week: tuple[CaseFile, ...]
    unclaimed: tuple[CaseFile, ...]
    overdue_count: int
    due_count: int
    unclaimed_count: int
    held_count: int
    quarantined_count: int
    unread_mails: int
    waiting_letters: int
    parked_letters: int
    refused_mails: int
    mailboxes: tuple[MailboxHealth, ...]
