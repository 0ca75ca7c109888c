"""One file, `rightsdesk.toml`, and the environment above it; each door reads its own table, once, frozen.

A key may also come from the environment as `RIGHTSDESK_<TABLE>_<KEY>`, which wins over the file.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar, Literal, TypeVar, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from store.errors import ConfigurationError
from store.replies import read_templates
from store.rules.team import Twofold

DEFAULT_FILE = Path("rightsdesk.toml")
FILE_VARIABLE = "RIGHTSDESK_CONFIG"
SECRETIVE = ("key", "token", "password", "secret")

_PASSWORD = re.compile(r"(?<=:)[^:@/\s]+(?=@)")


class Section(BaseSettings):
    """One table of the configuration file. The environment wins over the file, the file over the defaults."""

    model_config = SettingsConfigDict(frozen=True, extra="forbid", env_ignore_empty=True, env_nested_delimiter="__")
    table: ClassVar[str]

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - pydantic-settings calls this with five names
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Put the environment above the file, whose table arrives as init arguments."""
        return env_settings, init_settings


class LateReply(StrEnum):
    """What a consumer's mail to a closed case does when it invokes no right."""

    NOTE = "note"
    REOPEN = "reopen"


class Business(Section):
    """Who the desk answers for."""

    table = "business"
    model_config = SettingsConfigDict(env_prefix="RIGHTSDESK_BUSINESS_")

    name: str = Field(
        default="Example Shop", max_length=120, pattern=r"^[^\r\n]+$", description="the name in the letters"
    )
    inbox: str = Field(default="privacy@shop.test", pattern=r"^[^@\s]+@[^@\s]+$", description="the privacy inbox")
    timezone: str = Field(default="America/Los_Angeles", description="the zone whose calendar days count")
    law: str = Field(default="us-ca", description="the law in force where a mail states no other residence")
    packs_folder: Path | None = Field(
        default=None,
        description="the business's own laws, a TOML file each: one that is named like ours takes its place",
    )
    privacy_policy: str = Field(default="https://shop.test/privacy", description="linked at the foot of every letter")
    address: str = Field(
        default="", max_length=300, description="the postal address, under the name in the letters; it may have lines"
    )
    letters_folder: Path | None = Field(
        default=None, description="the business's own letters and words, which win over ours, file by file"
    )
    replies_folder: Path | None = Field(
        default=None, description="the business's own reply templates, a file each: more_time.en.txt"
    )
    extra_holidays: tuple[date, ...] = Field(
        default=(),
        max_length=400,
        description='days that are no business days here, besides the law\'s own holidays, such as ["2027-12-27"]',
    )
    reply_to_closed: LateReply = Field(
        default=LateReply.NOTE, description="whether a consumer's reply to a closed case is noted in it or reopens it"
    )
    answer_pause_hours: float = Field(
        default=4,
        ge=0,
        le=168,
        description="how long an address waits for a second acknowledgement of the same rights, or answer to `status`",
    )
    answers_per_day: int = Field(
        default=10,
        ge=1,
        le=1000,
        description="how many acknowledgements and answers to `status` and `cancel` may go to one address in 24 hours",
    )

    second_person: tuple[Twofold, ...] = Field(
        default=(),
        description='what a second person must sign: "denied_deletion", "disclosure" (a letter in which the guard '
        'found something), "manager_letters" (those a manager writes in a case that is not theirs)',
    )
    second_person_role: Literal["staff", "manager"] = Field(
        default="manager", description="who may be that second person; never the one who asks"
    )
    second_person_hours: float = Field(
        default=72,
        gt=0,
        le=720,
        description="after so many hours without a second person it lapses, and nothing is done",
    )
    sells_data: bool = Field(
        default=True, description="whether data is sold or shared: a refused deletion then offers the opt-out"
    )

    @field_validator("replies_folder")
    @classmethod
    def _replies_fit(cls, folder: Path | None) -> Path | None:
        if folder is not None:
            read_templates(folder)
        return folder

    @field_validator("timezone")
    @classmethod
    def _zone_exists(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("use a zone of the IANA list, such as America/New_York") from error
        return name

    @property
    def zone(self) -> ZoneInfo:
        """The business's time zone."""
        return ZoneInfo(self.timezone)


class StoreSettings(Section):
    """Where the case file lives and which key opens it."""

    table = "store"
    model_config = SettingsConfigDict(env_prefix="RIGHTSDESK_STORE_")

    database_url: str = Field(default="sqlite:///var/rightsdesk.db", description="SQLite, or postgresql+psycopg://…")
    key_file: Path = Field(
        default=Path("var/master.key"), description="the master key, made with mode 0600 on first start"
    )
    master_key: SecretStr | None = Field(
        default=None,
        description="the master key itself, base64, instead of a file; during a rotation the new one before the old",
    )

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ValueError("start it with sqlite:/// or postgresql+psycopg://")
        from sqlalchemy.engine import make_url
        from sqlalchemy.exc import ArgumentError

        try:
            make_url(url)
        except (ArgumentError, ValueError) as error:
            raise ValueError("write it as postgresql+psycopg://user@host:5432/name") from error
        return url

    @property
    def database_file(self) -> Path | None:
        """The file of an SQLite database; None for PostgreSQL, and for one in memory."""
        _, is_sqlite, path = self.database_url.partition("sqlite:///")
        return Path(path.partition("?")[0]) if is_sqlite and path and path != ":memory:" else None


class Retention(Section):
    """How long what is personal is kept once a case is closed, and how long its record."""

    table = "retention"
    model_config = SettingsConfigDict(env_prefix="RIGHTSDESK_RETENTION_")

    raw_days: int = Field(
        default=90,
        ge=1,
        le=3_650,
        description="how many days after a case is closed the mails' own bytes, with their attachments, are destroyed",
    )
    content_days: int = Field(
        default=365,
        ge=1,
        le=3_650,
        description="the same for all that is personal: names, addresses, what was read of the mails, letters",
    )
    record_months: int = Field(
        default=24,
        ge=1,
        le=240,
        description="how many months after a case is closed its record goes; never fewer than its law says",
    )

    @model_validator(mode="after")
    def _in_their_order(self) -> Retention:
        if not self.raw_days <= self.content_days <= self.record_months * 30:
            raise ValueError("let raw_days be no more than content_days, and these no more than record_months")
        return self


S = TypeVar("S", bound=Section)


def configuration(file: Path | None = None) -> dict[str, dict[str, Any]]:
    """The configuration file's tables, unchecked; nothing when there is no file.

    Args:
        file: the path given by a person; else `$RIGHTSDESK_CONFIG`, else `rightsdesk.toml` where it exists.

    Raises:
        ConfigurationError: the file is missing or is no TOML, or a value stands outside a table.
    """
    named = file or (Path(os.environ[FILE_VARIABLE]) if FILE_VARIABLE in os.environ else None)
    path = named or DEFAULT_FILE
    if named is None and not path.exists():
        return {}
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(key="--config", value=path, mend=f"{error.strerror}; give a readable file") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(key="--config", value=path, mend=f"this is no TOML: {error}") from error
    for key, value in tables.items():
        if not isinstance(value, dict):
            raise ConfigurationError(key=key, value=value, mend="put it under a table such as [business]")
    return tables


def load(kind: type[S], tables: dict[str, dict[str, Any]] | None = None) -> S:
    """One table, checked.

    Args:
        kind: the settings class whose `table` is read.
        tables: what `configuration` gave; nothing means defaults and environment only.

    Raises:
        ConfigurationError: naming the key, the value and the mend.
    """
    try:
        return kind(**(tables or {}).get(kind.table, {}))
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join([kind.table, *map(str, first["loc"])])
        value = _shown(key, first["input"])
        mend = first["msg"].removeprefix("Value error, ")
        match first["type"]:
            case "extra_forbidden":
                known = ", ".join(sorted(_fields(kind, first["loc"][:-1])))
                table = ".".join([kind.table, *(name for name in first["loc"][:-1] if isinstance(name, str))])
                mend = f"there is no such key; the table [{table}] knows {known}"
            case "missing":
                value, mend = "nothing", "this key is needed"
            case "tuple_type":
                mend = 'write a list, such as ["…"]'
        raise ConfigurationError(key=key, value=value, mend=mend) from error


def _fields(kind: type[BaseModel], place: Sequence[int | str]) -> Collection[str]:
    """The keys of a table, or of a table within it."""
    for name in place:
        if isinstance(name, str) and name in kind.model_fields:
            within = (each for each in _types(kind.model_fields[name].annotation) if issubclass(each, BaseModel))
            kind = next(within, kind)
    return kind.model_fields


def _types(annotation: Any) -> Iterator[type]:
    """The classes that an annotation names: of `tuple[Mailbox, ...]`, Mailbox."""
    if isinstance(annotation, type) and not get_args(annotation):
        yield annotation
    for each in get_args(annotation):
        yield from _types(each)


def _shown(key: str, value: Any) -> str:
    """A value as an error may show it: no secrets, no passwords within URLs."""
    if isinstance(value, dict):  # a whole table, its passwords among it
        return "(a table)"
    if any(word in key for word in SECRETIVE) and not key.endswith("_file"):
        return "(secret)"
    return _PASSWORD.sub("•••", repr(value))
