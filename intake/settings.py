"""What the mail door reads of `rightsdesk.toml`: the table `[intake]`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator
from pydantic_settings import SettingsConfigDict

from store.settings import Business, Section

MEGABYTE = 1024 * 1024


class Done(StrEnum):
    """What happens to a mail in its mailbox once it is safely kept. It is never deleted."""

    FLAG = "flag"
    MOVE = "move"


class ImapMailbox(BaseModel):
    """A mailbox that lives elsewhere and is polled: one `[[intake.imap]]`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = Field(min_length=1, description="the server")
    port: int = Field(default=993, ge=1, le=65535, description="its port")
    tls: bool = Field(default=True, description="whether the connection is encrypted from its start")
    user: str = Field(min_length=1, description="who signs in")
    password: SecretStr | None = Field(default=None, description="the password")
    password_file: Path | None = Field(default=None, description="a file that holds the password, instead")
    folder: str = Field(default="INBOX", description="the folder that is read")
    done: Done = Field(default=Done.FLAG, description="what happens to a mail that is kept: flag or move")
    move_to: str = Field(default="Rightsdesk", description="the folder that kept mails are moved to")
    poll_seconds: float = Field(default=60, gt=0, le=3600, description="how often it is read")
    since_days: int = Field(
        default=45,  # one response period, the longest that a request in it may still wait for its answer
        ge=0,
        le=3650,
        description="how many days before the desk's installation the first look goes back; older mails are not read",
    )

    @property
    def name(self) -> str:
        """What the mailbox is called in the digest and in its bookmark."""
        return f"{self.user}@{self.host}/{self.folder}"

    def secret(self) -> str:
        """The password.

        Raises:
            OSError: its file cannot be read.
        """
        if self.password is not None:
            return self.password.get_secret_value()
        return self.password_file.read_text(encoding="utf-8").strip() if self.password_file else ""

    @model_validator(mode="after")
    def _has_a_password(self) -> Self:
        if (self.password is None) == (self.password_file is None):
            raise ValueError("give either password or password_file")
        return self


class IntakeSettings(Section):
    """Which roads mail comes in by, and what is too much."""

    table = "intake"
    model_config = SettingsConfigDict(env_prefix="RIGHTSDESK_INTAKE_")

    smtp: bool = Field(default=True, description="whether the SMTP listener runs")
    smtp_host: str = Field(default="127.0.0.1", description="the address it listens on")
    smtp_port: int = Field(default=2525, ge=0, le=65535, description="its port; 0 takes a free one")
    inboxes: tuple[str, ...] = Field(
        default=(), description="the addresses it takes mail for, besides the business's inbox"
    )
    most_bytes: int = Field(default=25 * MEGABYTE, ge=65536, le=200 * MEGABYTE, description="the largest mail it takes")
    most_connections: int = Field(default=100, ge=1, le=10_000, description="how many may be connected at once")
    idle_seconds: float = Field(default=300, gt=0, le=3600, description="how long a connection may say nothing")
    tls_certificate: Path | None = Field(default=None, description="a PEM file: STARTTLS is offered with it")
    tls_key: Path | None = Field(default=None, description="the certificate's key, where it is a file of its own")
    trusted_hosts: tuple[str, ...] = Field(default=(), description="servers whose Authentication-Results count")
    imap: tuple[ImapMailbox, ...] = Field(default=(), description="the mailboxes that are polled")

    def addresses(self, business: Business) -> frozenset[str]:
        """Our addresses, in lower case. The business's inbox is always one: answers to its letters come there."""
        return frozenset(address.lower() for address in (business.inbox, *self.inboxes))
