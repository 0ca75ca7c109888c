"""What goes in and out of the desk: frozen values, never rows."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from store.rules.guard import Finding
from store.rules.kinds import Kind
from store.rules.lifecycle import Move, Role, Status
from store.rules.outcomes import Outcome
from store.rules.requesters import Bond, Owed, OwnWord, Permission, Priority, Requester
from store.rules.team import Manner
from store.rules.terms import Level
from store.rules.verification import Lack, Verification

SURE = 0.75
"""Below this score a right was read in a mail with doubt."""


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
    names; `own_word` is all that it says, and is obeyed; the reason of the priority is impersonal; `law_named` is a law
    that the mail points to and the desk does not know, such as "eu-gdpr".
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
    priority_words: str = ""
    law_named: str = ""
    people: tuple[Person, ...] = ()
    own_word: OwnWord | None = None

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
        fields["own_word"] = OwnWord(fields["own_word"]) if fields.get("own_word") else None
        return cls(**fields)


def _wish(fields: dict[str, Any]) -> Wish:
    return Wish(Kind(fields["kind"]), tuple(fields["evidence"]), fields.get("score"))


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request of a case. Dates are days in the business's zone. `asked_before`: the case's twin asks for it too.

    `lacks` is what its verification still wants; `sensitive` puts it under the stricter one; `disputed` are the points
    that it contests and that therefore prove nothing; `reevaluated_from` is what was asked, where that failed;
    `denial_proposed` that its time ends and it is not verified.
    `first` is the case that a duplicate repeats, `contests` the case and the right whose refusal an appeal contests.
    """

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
    score: float | None = None
    asked_before: bool = False
    lacks: tuple[Lack, ...] = ()
    sensitive: bool = False
    disputed: tuple[str, ...] = ()
    reevaluated_from: Kind | None = None
    first: str = ""
    denial_proposed: bool = False
    contests: tuple[str, Kind] | None = None

    @property
    def doubtful(self) -> bool:
        """Yes or no: the mail may not mean it; nobody has said so yet."""
        return self.score is not None and self.score < SURE

    @property
    def may_be_asked(self) -> bool:
        """Yes or no: it is open and waits for a verification, or the law lets who doubts ask for one."""
        waits = self.verification.level.asks and not self.reached
        return self.open and (waits or self.verification.level is Level.ON_DOUBT)

    @property
    def due(self) -> date:
        """The last day on which the answer is in time."""
        return self.extended_to or self.respond_by

    @property
    def open(self) -> bool:
        """Yes or no: it still waits for its answer."""
        return self.outcome is None


@dataclass(frozen=True, slots=True)
class Link:
    """A case that another belongs together with, and why."""

    ref: str
    bond: Bond


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case as anyone at the desk may see it: nothing personal but a masked address.

    `twin` is the oldest open case of the same address that asks for the same, where nobody has linked the two yet.
    `law_named` is a law that its mail points to and the desk does not know: it stands under the default one.
    Without `has_address` no letter can go out; `snoozed_until` is None unless it sleeps today.
    """

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
    twin: str | None = None
    requester: Requester = Requester.CONSUMER
    priority: Priority = Priority.MEDIUM
    priority_reason: str = ""
    law_named: str = ""
    links: tuple[Link, ...] = ()
    permission: Permission = Permission.NONE
    has_account: bool = False
    promises: tuple[Owed, ...] = ()
    held_since: datetime | None = None
    held_by: str | None = None
    content_destroyed_at: datetime | None = None
    manner: Manner = Manner.EMAIL
    has_address: bool = True
    snoozed_until: date | None = None
    snoozed_by: str | None = None

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
    """A letter before it is sealed and sent; `html` says the same as `body` and is made of it.

    `found` is what the disclosure guard found in the body.
    """

    name: str
    subject: str
    body: str
    html: str = ""
    found: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """A mail that is safely stored; `known` when it was here before."""

    mail_id: int
    known: bool


@dataclass(frozen=True, slots=True)
class HeldMail:
    """A mail that waits for a person, without anything personal.

    `people` counts those whom an agent's list names, `linked` the cases that were opened for them.
    """

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
    possible: tuple[Kind, ...] = ()
    requester: Requester = Requester.UNCLEAR
    priority: Priority = Priority.MEDIUM
    priority_reason: str = ""
    language: str = "en"
    people: int = 0
    linked: int = 0


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
class Tally:
    """How often a right was read, or any right in a language, and how often people said that this was wrong.

    `right` counts what nobody corrected, `mistaken` which right was meant instead and how often, `false_alarms` where
    none was meant, `missed` where a right was meant and none was read.
    """

    of: str
    read: int
    right: int
    mistaken: tuple[tuple[Kind, int], ...]
    false_alarms: int
    missed: int


@dataclass(frozen=True, slots=True)
class Review:
    """Where the reading errs, by right and by language."""

    kinds: tuple[Tally, ...]
    languages: tuple[Tally, ...]
