"""What the mail door reads of `rightsdesk.toml`: the table `[intake]`."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator
from pydantic_settings import SettingsConfigDict

from store.errors import ConfigurationError
from store.settings import Business, Section

MEGABYTE = 1024 * 1024

_ADDRESS = re.compile(r"[^@\s<>,;\"]+@[^@\s<>,;\"]+")


class Done(StrEnum):
    """What happens to a mail in its mailbox once it is safely kept. It is never deleted."""

    FLAG = "flag"
    MOVE = "move"


class OAuth(BaseModel):
    """Signing in with a token instead of a password: `[intake.imap.oauth]`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    token_url: str = Field(description="where tokens are asked for, by https")
    client_id: str = Field(min_length=1, description="what the provider calls the desk")
    client_secret: SecretStr | None = Field(default=None, description="the secret that goes with it")
    client_secret_file: Path | None = Field(default=None, description="a file that holds it, instead")
    refresh_token: SecretStr | None = Field(
        default=None, description="what tokens are asked for by (Google); without one the desk asks as itself"
    )
    refresh_token_file: Path | None = Field(
        default=None, description="a file that holds it, instead, and gets the new one when the provider replaces it"
    )
    scope: str = Field(default="", description="what the token is for; needed without a refresh token (Microsoft 365)")

    @property
    def refreshes(self) -> bool:
        """Whether tokens are asked for by a refresh token."""
        return self.refresh_token is not None or self.refresh_token_file is not None

    def secret(self) -> str:
        """The client's secret; empty where it has none.

        Raises:
            OSError, UnicodeError: its file cannot be read.
        """
        return _secret(self.client_secret, self.client_secret_file)

    def refresh(self) -> str:
        """The refresh token; empty where there is none.

        Raises:
            OSError, UnicodeError: its file cannot be read.
        """
        return _secret(self.refresh_token, self.refresh_token_file)

    @model_validator(mode="after")
    def _can_ask(self) -> Self:
        for key in ("client_secret", "refresh_token"):
            if getattr(self, key) is not None and getattr(self, f"{key}_file") is not None:
                raise _refused(f"imap.oauth.{key}", "(secret)", f"give either {key} or {key}_file")
        if not self.refreshes and not (self.scope and (self.client_secret or self.client_secret_file)):
            mend = "give a refresh_token, or scope and a client_secret"
            raise _refused("imap.oauth.client_id", self.client_id, mend)
        url = urlsplit(self.token_url)
        if not url.hostname or (url.scheme != "https" and not (url.scheme == "http" and _is_loopback(url.hostname))):
            shown = f"{url.scheme}://{url.hostname or ''}"  # the rest may hold a password
            raise _refused("imap.oauth.token_url", shown, "give an address that begins with https://")
        return self


class ImapMailbox(BaseModel):
    """A mailbox that lives elsewhere and is read by one connection: one `[[intake.imap]]`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = Field(min_length=1, description="the server")
    port: int = Field(default=993, ge=1, le=65535, description="its port")
    tls: bool = Field(default=True, description="whether the connection is encrypted from its start")
    user: str = Field(min_length=1, description="who signs in")
    password: SecretStr | None = Field(default=None, description="the password")
    password_file: Path | None = Field(default=None, description="a file that holds the password, instead")
    oauth: OAuth | None = Field(default=None, description="signing in with a token, instead: a table of its own")
    folders: tuple[str, ...] = Field(
        default=("INBOX",), min_length=1, description="the folders that are read; the first is where new mail comes in"
    )
    done: Done = Field(default=Done.FLAG, description="what happens to a mail that is kept: flag or move")
    move_to: str = Field(default="Rightsdesk", description="the folder that kept mails are moved to")
    poll_seconds: float = Field(
        default=60, gt=0, le=3600, description="how often every folder is read; the first also when its server calls"
    )
    since_days: int = Field(
        default=45,  # one response period, the longest that a request in it may still wait for its answer
        ge=0,
        le=3650,
        description="how many days before the desk's installation the first look goes back; older mails are not read",
    )

    def name(self, folder: str) -> str:
        """What a folder of it is called in the digest and in its bookmark."""
        return f"{self.user}@{self.host}/{folder}"

    def secret(self) -> str:
        """The password.

        Raises:
            OSError, UnicodeError: its file cannot be read.
        """
        return _secret(self.password, self.password_file)

    @model_validator(mode="after")
    def _can_be_read(self) -> Self:
        if [self.password, self.password_file, self.oauth].count(None) != 2:  # noqa: PLR2004 - one of the three
            raise _refused("imap.password", "(secret)", "give one of password, password_file and oauth")
        if self.oauth is not None and not self.tls and not _is_loopback(self.host):
            raise _refused("imap.tls", "false", "leave it true: a token is shown over TLS only")
        if "" in self.folders or len(set(self.folders)) != len(self.folders):
            raise _refused("imap.folders", repr(list(self.folders)), "name each folder once")
        if self.done is Done.MOVE and self.move_to in self.folders:
            raise _refused("imap.move_to", self.move_to, "name a folder that is not read")
        return self


class IntakeSettings(Section):
    """Which roads mail comes in by, and what is too much."""

    table = "intake"
    model_config = SettingsConfigDict(env_prefix="RIGHTSDESK_INTAKE_")

    smtp: bool = Field(default=True, description="whether the SMTP listener runs")
    smtp_host: str = Field(default="127.0.0.1", min_length=1, description="the address it listens on")
    smtp_port: int = Field(default=2525, ge=0, le=65535, description="its port; 0 takes a free one")
    lmtp_port: int | None = Field(
        default=None, ge=0, le=65535, description="the port of an LMTP listener on the same address; none without it"
    )
    inboxes: tuple[str, ...] = Field(
        default=(), description="the addresses it takes mail for, besides the business's inbox"
    )
    most_bytes: int = Field(default=25 * MEGABYTE, ge=65536, le=200 * MEGABYTE, description="the largest mail it takes")
    most_connections: int = Field(default=100, ge=1, le=10_000, description="how many may be connected at once")
    most_connections_per_client: int = Field(
        default=50, ge=1, le=10_000, description="how many of them may come from one address"
    )
    idle_seconds: float = Field(default=300, gt=0, le=3600, description="how long a connection may say nothing")
    tls_certificate: Path | None = Field(default=None, description="a PEM file: STARTTLS is offered with it")
    tls_key: Path | None = Field(default=None, description="the certificate's key, where it is a file of its own")
    auth_user: str | None = Field(
        default=None, min_length=1, description="who must sign in (AUTH, after STARTTLS) before mail is taken"
    )
    auth_password: SecretStr | None = Field(default=None, min_length=1, description="their password")
    auth_password_file: Path | None = Field(default=None, description="a file that holds their password, instead")
    trusted_hosts: tuple[str, ...] = Field(
        default=(), description="our own mail servers, whose Authentication-Results and Received headers count"
    )
    form_senders: tuple[str, ...] = Field(
        default=(),
        description="who may send web forms that speak for others: addresses, or `@` and a domain. The address in a "
        "form is not proven, and the first letter goes to it: list only senders whose name nobody else can use (DMARC)",
    )
    imap: tuple[ImapMailbox, ...] = Field(default=(), description="the mailboxes that are polled")

    def addresses(self, business: Business) -> frozenset[str]:
        """Our addresses, in lower case. The business's inbox is always one: answers to its letters come there."""
        return frozenset(address.lower() for address in (business.inbox, *self.inboxes))

    @field_validator("trusted_hosts")
    @classmethod
    def _are_hosts(cls, hosts: tuple[str, ...]) -> tuple[str, ...]:
        if not all(host.strip(" .") for host in hosts):
            raise _refused("trusted_hosts", "", "write the name that the server gives itself, such as mx.shop.example")
        return tuple(host.strip().lower().rstrip(".") for host in hosts)

    @field_validator("inboxes")
    @classmethod
    def _are_addresses(cls, addresses: tuple[str, ...]) -> tuple[str, ...]:
        for address in addresses:
            if not _ADDRESS.fullmatch(address):
                raise _refused("inboxes", address, "write an address, such as privacy@shop.example")
        return addresses

    @field_validator("form_senders")
    @classmethod
    def _are_senders(cls, senders: tuple[str, ...]) -> tuple[str, ...]:
        for sender in senders:
            if not _ADDRESS.fullmatch(f"anybody{sender}" if sender.startswith("@") else sender):
                raise _refused("form_senders", sender, "write an address, or @ and a domain")
        return tuple(sender.lower() for sender in senders)

    @model_validator(mode="after")
    def _can_sign_in(self) -> Self:
        if self.tls_key is not None and self.tls_certificate is None:
            raise _refused("tls_key", str(self.tls_key), "set tls_certificate too, or leave it out")
        passwords = [key for key in ("auth_password", "auth_password_file") if getattr(self, key) is not None]
        if self.auth_user is None and passwords:
            raise _refused(passwords[0], "(set)", "set auth_user too, or leave it out")
        if self.auth_user is not None and len(passwords) != 1:
            raise _refused("auth_user", self.auth_user, "give it either auth_password or auth_password_file")
        if self.auth_user is not None and self.tls_certificate is None:
            raise _refused("auth_user", self.auth_user, "set tls_certificate too: a password is taken over TLS only")
        return self


def _refused(key: str, value: str, mend: str) -> ConfigurationError:
    """What cannot work together; it stands in no single key, so that pydantic could not name it."""
    return ConfigurationError(key=f"intake.{key}", value=value, mend=mend)


def _secret(said: SecretStr | None, file: Path | None) -> str:
    """A secret that the configuration holds itself, or the first thing in a file; empty where there is neither."""
    if said is not None:
        return said.get_secret_value()
    return file.read_text(encoding="utf-8").strip() if file is not None else ""


def _is_loopback(host: str) -> bool:
    return host == "localhost" or host.startswith("127.") or host == "::1"
