"""The people at the desk and what they share: notes, wishes of their own, blocked senders, second signatures."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from store.models.sets import one_of
from store.rules.team import Reminders, Signed


class Note(SQLModel, table=True):
    """What somebody of the team wrote down about a case, sealed; no consumer ever sees it."""

    __tablename__ = "note"

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case_file.id", index=True)
    by: str
    at: datetime
    content: bytes


class Preference(SQLModel, table=True):
    """What a person of the team has chosen for themselves."""

    __tablename__ = "preference"
    __table_args__ = (one_of("reminders", Reminders),)

    user: str = Field(primary_key=True)
    reminders: str = Reminders.THREAD
    quiet_from: str = ""  # "20:00" on the business's clock; empty for no quiet hours
    quiet_until: str = ""
    language: str = ""  # of the mails they read best, such as "es"; empty for any
    away_until: date | None = None  # the last day of an absence
    cover: str = ""  # who works for them meanwhile
    home_opened_at: datetime | None = None  # for the first time; from then on it is kept up to date


class SenderBlock(SQLModel, table=True):
    """A sender whose mails are set aside, with how often that happened; lifted, it stays as memory."""

    __tablename__ = "sender_block"

    id: int | None = Field(default=None, primary_key=True)
    sender_hash: str = Field(unique=True)  # of an address, or of a domain with its "@"
    masked: str
    blocked_by: str
    blocked_at: datetime
    times: int = 0
    last_at: datetime | None = None
    lifted_by: str | None = None
    lifted_at: datetime | None = None


class Approval(SQLModel, table=True):
    """A decision that waits for a second person, with all that is needed to carry it out."""

    __tablename__ = "approval"
    __table_args__ = (
        one_of("verdict", Signed),
        Index(
            "approval_waiting",
            "case_id",
            sqlite_where=text("verdict IS NULL"),
            postgresql_where=text("verdict IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="case_file.id", index=True)
    request_id: int | None = Field(default=None, foreign_key="request.id")
    what: str  # the verb that waits
    particulars: bytes  # its arguments, sealed
    asked_by: str
    asked_at: datetime
    verdict: str | None = None
    signed_by: str | None = None
    signed_at: datetime | None = None
