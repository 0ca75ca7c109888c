"""What a consumer asks for: cases, their requests, and what was learned while they were worked on."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from store.models.sets import one_of
from store.rules.kinds import Kind
from store.rules.lifecycle import Status
from store.rules.outcomes import Outcome
from store.rules.requesters import Bond, Permission, Priority, Promise, Requester
from store.rules.team import Manner

FIRST_REFERENCE = 1001
NO_DATE = date(9999, 12, 31)
"""The date of a case without an open request: it comes after all others."""


def _listed(name: str, *columns: str, where: str = "closed_at IS NULL") -> Index:
    """What a list is walked by, whatever the number of cases."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


class Case(SQLModel, table=True):
    """One consumer's conversation."""

    __tablename__ = "case_file"
    __table_args__ = (
        one_of("status", Status),
        one_of("requester", Requester),
        one_of("priority", Priority),
        one_of("permission", Permission),
        one_of("manner", Manner),
        Index(
            "case_open",
            "address_hash",
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        _listed("case_due", "due", "id"),
        _listed("case_owned", "owner", "due", "id"),
        _listed("case_status", "status", "due", "id"),
        _listed("case_closed", "closed_at", "id", where="closed_at IS NOT NULL"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    status: str
    law: str
    language: str = "en"
    requester: str = Requester.CONSUMER
    priority: str = Priority.MEDIUM
    priority_reason: str = ""  # impersonal: "a lawyer or an authority is named"
    law_named: str = ""  # one that the mail points to and we have no pack of, such as "eu-gdpr"
    manner: str = Manner.EMAIL
    key_id: str = Field(foreign_key="data_key.id")
    token_hash: str = Field(unique=True)
    token: bytes
    address_hash: str = Field(index=True)
    address: bytes
    name: bytes
    subject: bytes
    on_behalf_of: bytes | None = None  # the person of an agent's list whom it is about
    masked_address: str
    owner: str | None = Field(default=None, index=True)
    owned_since: datetime | None = None
    permission: str = Permission.NONE  # what an agent showed
    has_account: bool = False  # then the consumer verifies by logging in again (section 7061)
    received_at: datetime
    opened_at: datetime
    closed_at: datetime | None = None
    held_since: datetime | None = None  # a legal hold: nothing of it is destroyed
    held_by: str | None = None
    hold_reason: bytes | None = None
    content_destroyed_at: datetime | None = None
    snoozed_until: date | None = None  # until then only what cannot wait is told of it
    snoozed_by: str | None = None
    domain_hash: str | None = Field(default=None, index=True)  # of the address's domain
    last_word_at: datetime
    ledger_length: int = 0
    due: date = NO_DATE  # of its open requests the earliest; triggers on `request` keep it

    @property
    def ref(self) -> str:
        """How people call it."""
        return f"PR-{FIRST_REFERENCE - 1 + (self.id or 0)}"


class Request(SQLModel, table=True):
    """One right invoked in a case, with its own clock, verification level and outcome."""

    __tablename__ = "request"
    __table_args__ = (
        one_of("kind", Kind),
        one_of("outcome", Outcome),
        CheckConstraint("(outcome IS NULL) = (settled_at IS NULL)", name="settled_with_outcome"),
        Index(
            "request_due",
            "next_reminder_at",
            sqlite_where=text("outcome IS NULL"),
            postgresql_where=text("outcome IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case_file.id", index=True)
    kind: str
    received_on: date
    acknowledge_by: date | None = None
    respond_by: date
    extended_to: date | None = None
    outcome: str | None = None
    bases: str = "[]"
    settled_at: datetime | None = None
    evidence: bytes
    score: float | None = None  # how sure the reading was, 0 to 1; None where a person said so
    next_reminder_at: datetime | None = None
    sensitive: bool = False  # the stricter verification of section 7062(d)
    disputed: str = "[]"  # points that a correction disputes, which therefore prove nothing
    first_case_id: int | None = Field(default=None, foreign_key="case_file.id")  # a duplicate's first
    appeal_of: int | None = Field(default=None, foreign_key="request.id")  # the refusal that an appeal contests
    denial_proposed_at: datetime | None = None
    reevaluated_from: str | None = None  # the kind asked for, where its verification failed (section 7024(a))

    @property
    def due(self) -> date:
        """The last day on which the answer is in time."""
        return self.extended_to or self.respond_by


class Tie(SQLModel, table=True):
    """That a case belongs together with an earlier one."""

    __tablename__ = "tie"
    __table_args__ = (one_of("bond", Bond),)

    case_id: int = Field(foreign_key="case_file.id", primary_key=True)
    other_id: int = Field(foreign_key="case_file.id", primary_key=True, index=True)
    bond: str
    mail_id: int | None = Field(default=None, foreign_key="mail.id", index=True)  # the letter both were opened from
    tied_by: str
    tied_at: datetime


class Correction(SQLModel, table=True):
    """How often people said what a reading was worth: counts by kind, never a word of a mail (section 7101(d))."""

    __tablename__ = "correction"

    read: str = Field(primary_key=True)  # the kind that was read; empty for none
    meant: str = Field(primary_key=True)  # the kind that was meant; empty for none
    language: str = Field(primary_key=True)
    times: int = 0


class Point(SQLModel, table=True):
    """That a data point matched: never its value (section 7060(d))."""

    __tablename__ = "point"

    case_id: int = Field(foreign_key="case_file.id", primary_key=True)
    point: str = Field(primary_key=True)
    matched_by: str
    matched_at: datetime
    mail_id: int | None = Field(default=None, foreign_key="mail.id")  # the signed declaration, which is kept


class Challenge(SQLModel, table=True):
    """A one-time code sent to the address on file."""

    __tablename__ = "challenge"
    __table_args__ = (
        Index(
            "challenge_reminded",
            "remind_at",
            sqlite_where=text("remind_at IS NOT NULL"),
            postgresql_where=text("remind_at IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case_file.id", index=True)
    code_hash: str
    sent_at: datetime
    expires_at: datetime
    attempts: int = 0
    answered_at: datetime | None = None
    remind_at: datetime | None = None  # until the consumer was reminded, or has answered


class Standing(SQLModel, table=True):
    """What the business owes a consumer after the answer: not to ask again, to keep a correction."""

    __tablename__ = "standing"
    __table_args__ = (one_of("promise", Promise), UniqueConstraint("request_id", "promise", name="standing_once"))

    id: int | None = Field(default=None, primary_key=True)
    case_id: int | None = Field(foreign_key="case_file.id", index=True)  # None when its record went: it outlives that
    request_id: int | None = Field(foreign_key="request.id")
    address_hash: str = Field(index=True)
    promise: str
    until: date | None = None  # for ever where there is none
    made_at: datetime
