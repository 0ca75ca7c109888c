"""The tables. Closed sets are strings with CHECK constraints; everything personal is a sealed `bytes` column.

Datetimes are aware and in UTC; dates are calendar days in the business's time zone.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import defer
from sqlmodel import Field, SQLModel

from store.rules.kinds import Kind
from store.rules.lifecycle import Status
from store.rules.outcomes import Outcome
from store.rules.requesters import Bond, Permission, Priority, Promise, Requester
from store.rules.states import LetterState, MailState, PostKind

FIRST_REFERENCE = 1001


def one_of(column: str, values: type[StrEnum]) -> CheckConstraint:
    """A CHECK that a string column holds one value of a closed set."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


class DataKey(SQLModel, table=True):
    """A data key, wrapped by the master key; without `wrapped` its content is destroyed."""

    __tablename__ = "data_key"

    id: str = Field(primary_key=True)
    wrapped: bytes | None = None
    master: str = Field(default="", index=True)  # which master key wrapped it; empty for the first


class Case(SQLModel, table=True):
    """One consumer's conversation."""

    __tablename__ = "case_file"
    __table_args__ = (
        one_of("status", Status),
        one_of("requester", Requester),
        one_of("priority", Priority),
        one_of("permission", Permission),
        Index(
            "case_open",
            "address_hash",
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
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
    closed_at: datetime | None = Field(default=None, index=True)
    held_since: datetime | None = None  # a legal hold: nothing of it is destroyed
    held_by: str | None = None
    hold_reason: bytes | None = None
    content_destroyed_at: datetime | None = None
    last_word_at: datetime
    ledger_length: int = 0

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


class Mail(SQLModel, table=True):
    """A mail that came in: raw bytes first, its reading later."""

    __tablename__ = "mail"
    __table_args__ = (
        one_of("state", MailState),
        Index("mail_kept", "id", sqlite_where=text("state = 'kept'"), postgresql_where=text("state = 'kept'")),
    )

    id: int | None = Field(default=None, primary_key=True)
    key_id: str = Field(foreign_key="data_key.id")
    content_hash: str = Field(unique=True)
    road: str
    state: str
    reason: str = ""
    received_at: datetime
    size: int
    masked_sender: str = ""
    raw: bytes
    envelope: bytes
    reading: bytes | None = None
    case_id: int | None = Field(default=None, foreign_key="case_file.id", index=True)
    guess_case_id: int | None = Field(default=None, foreign_key="case_file.id")
    settled_by: str | None = None
    replays: int = 0  # how often it was given back to be read again
    is_proof: bool = False  # it proves who somebody is, and goes once the request is processed (section 7060(d))
    destroyed_at: datetime | None = None


WITHOUT_RAW = defer(Mail.raw)  # type: ignore[arg-type] # a column
"""For whoever needs a mail's row: its bytes may be many megabytes."""


class Letter(SQLModel, table=True):
    """A finished letter, frozen with its Message-ID: what was sent is evidence, a retry sends the same bytes."""

    __tablename__ = "letter"
    __table_args__ = (
        one_of("state", LetterState),
        Index(
            "letter_due",
            "not_before",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index(
            "letter_escalated",
            "escalate_at",
            sqlite_where=text("escalate_at IS NOT NULL"),
            postgresql_where=text("escalate_at IS NOT NULL"),
        ),
        Index("letter_to", "recipient_hash", "not_before"),
    )

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case_file.id", index=True)
    name: str
    about: str = ""  # the kinds of request it tells of, in their order
    recipient_hash: str = ""
    message_id: str = Field(unique=True)
    recipient: bytes
    content: bytes
    state: str
    written_at: datetime
    sent_at: datetime | None = None
    attempts: int = 0
    not_before: datetime
    leased_by: str | None = None
    leased_until: datetime | None = None
    trouble: str = ""
    unreached_at: datetime | None = None  # it came back, or was given up
    escalate_at: datetime | None = None  # when the managers are told, unless the consumer is heard of


class Post(SQLModel, table=True):
    """A thing that stands, or should stand, in Slack: which drawing of it is wanted, which is there, and where."""

    __tablename__ = "post"
    __table_args__ = (
        one_of("kind", PostKind),
        UniqueConstraint("kind", "subject", name="post_once"),
        Index("post_due", "not_before", sqlite_where=text("drawn < wanted"), postgresql_where=text("drawn < wanted")),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    subject: str
    case_id: int | None = Field(default=None, foreign_key="case_file.id", index=True)
    token: str = Field(unique=True)
    wanted: int = 1
    drawn: int = 0
    channel: str | None = None
    ts: str | None = None
    marked_at: datetime
    attempts: int = 0
    not_before: datetime
    leased_by: str | None = None
    leased_until: datetime | None = None
    trouble: str = ""


class Reminder(SQLModel, table=True):
    """That somebody was reminded of a date. The unique key is why nobody is reminded of it twice."""

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("request_id", "due", "rung", name="reminded_once"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case_file.id", index=True)
    request_id: int = Field(foreign_key="request.id")
    due: date
    rung: int
    owner: str | None = None
    made_at: datetime


class Entry(SQLModel, table=True):
    """A line of the ledger. Triggers refuse to change or delete one."""

    __tablename__ = "ledger"
    __table_args__ = (
        UniqueConstraint("chain", "number", name="ledger_numbered"),
        Index(
            "ledger_refused",
            "at",
            sqlite_where=text("event = 'mail refused'"),
            postgresql_where=text("event = 'mail refused'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    chain: int  # the case's id; 0 is the desk's own chain, for what belongs to no case
    number: int
    at: datetime
    by: str
    event: str
    facts: str
    previous: str
    digest: str


class Standing(SQLModel, table=True):
    """What the business owes a consumer after the answer: not to ask again, to keep a correction."""

    __tablename__ = "standing"
    __table_args__ = (one_of("promise", Promise), UniqueConstraint("request_id", "promise", name="standing_once"))

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case_file.id", index=True)
    request_id: int = Field(foreign_key="request.id")
    address_hash: str = Field(index=True)
    promise: str
    until: date | None = None  # for ever where there is none
    made_at: datetime


class Seal(SQLModel, table=True):
    """The heads of all chains at the end of a day, under a keyed digest that covers the seal before it."""

    __tablename__ = "seal"

    day: date = Field(primary_key=True)
    at: datetime
    heads: str
    previous: str
    digest: str


class Purge(SQLModel, table=True):
    """A chain whose lines went when their time was over: how many, and the last one's digest."""

    __tablename__ = "purge"

    chain: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    lines: int
    last_digest: str
    at: datetime


class Mailbox(SQLModel, table=True):
    """How far a mailbox was read, and how it is."""

    __tablename__ = "mailbox"

    name: str = Field(primary_key=True)
    uidvalidity: int | None = Field(default=None, sa_type=BigInteger)
    last_uid: int = Field(default=0, sa_type=BigInteger)
    read_at: datetime | None = None
    failing_since: datetime | None = None
    trouble: str = ""
    alarmed: bool = False  # the managers were told of it


class Bookmark(SQLModel, table=True):
    """A single remembered value: the key's check, the day of installation, the last digest."""

    __tablename__ = "bookmark"

    name: str = Field(primary_key=True)
    value: str
