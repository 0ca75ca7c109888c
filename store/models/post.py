"""What comes in, goes out and stands in Slack, and the reminders of it all."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Index, UniqueConstraint, text
from sqlalchemy.orm import defer
from sqlmodel import Field, SQLModel

from store.models.sets import one_of
from store.rules.states import LetterState, MailState, PostKind


class Mail(SQLModel, table=True):
    """A mail that came in: raw bytes first, its reading later."""

    __tablename__ = "mail"
    __table_args__ = (
        one_of("state", MailState),
        Index("mail_kept", "id", sqlite_where=text("state = 'kept'"), postgresql_where=text("state = 'kept'")),
        Index(
            "mail_there",
            "received_at",
            sqlite_where=text("destroyed_at IS NULL"),
            postgresql_where=text("destroyed_at IS NULL"),
        ),
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
    raw_destroyed_at: datetime | None = None  # its bytes are gone, what was read of it is not
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
