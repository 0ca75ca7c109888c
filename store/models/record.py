"""What shows later what was done: the keys, the ledger, its seals, and single remembered values."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel


class DataKey(SQLModel, table=True):
    """A data key, wrapped by the master key; without `wrapped` its content is destroyed."""

    __tablename__ = "data_key"

    id: str = Field(primary_key=True)
    wrapped: bytes | None = None
    master: str = Field(default="", index=True)  # which master key wrapped it; empty for the first


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


class Seal(SQLModel, table=True):
    """The lines that a day added to the chains, under a keyed digest that covers the seal before it."""

    __tablename__ = "seal"

    day: date = Field(primary_key=True)
    at: datetime
    through: int  # the highest id of a line that was there
    heads: str  # JSON: [chain, number of the first line, the lines' digests one after the other]
    previous: str
    digest: str


class Purge(SQLModel, table=True):
    """A chain whose lines went when their time was over: how many, and the last one's digest."""

    __tablename__ = "purge"

    chain: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    lines: int
    last_digest: str
    at: datetime


class Bookmark(SQLModel, table=True):
    """A single remembered value: the key's check, the day of installation, the last digest."""

    __tablename__ = "bookmark"

    name: str = Field(primary_key=True)
    value: str
