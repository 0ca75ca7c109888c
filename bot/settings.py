"""What the Slack door reads of `rightsdesk.toml` and the environment."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import AliasChoices, Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import SettingsConfigDict

from store.rules.assigning import Assigning, Rule
from store.rules.kinds import Kind
from store.settings import Section

PREFIX = "RIGHTSDESK_SLACK_"

_SECRET = re.compile(r"[0-9a-f]{32}")
_CHANNEL = re.compile(r"[CG][A-Z0-9]{6,}|#?[^\sA-Z#@<>]{1,80}")
_USER = re.compile(r"[UW][A-Z0-9]{6,}")
_GROUP = re.compile(r"S[A-Z0-9]{6,}|@?[^\sA-Z#@<>]{1,80}")


class BotSettings(Section):
    """Where the desk stands in Slack, and who works at it."""

    table = "slack"
    model_config = SettingsConfigDict(env_prefix=PREFIX, validate_by_name=True, loc_by_alias=False)

    front: Literal["socket", "http"] = Field(
        default="socket", description="how Slack reaches the desk: sockets that we open, or requests that it sends"
    )
    connections: int = Field(
        default=2, ge=1, le=10, description="sockets of one process; all its processes may have ten"
    )
    events_host: str = Field(default="127.0.0.1", description="where Slack's requests are taken, behind your proxy")
    events_port: int = Field(default=3000, ge=0, le=65535, description="the same; 0: a free one")
    signing_secret: SecretStr = Field(
        SecretStr(""),
        validation_alias=AliasChoices("SLACK_SIGNING_SECRET", f"{PREFIX}SIGNING_SECRET"),
        validate_default=True,
        description="with which Slack signs its requests; in the environment SLACK_SIGNING_SECRET; for `http` only",
    )
    bot_token: SecretStr = Field(
        SecretStr(""),
        validation_alias=AliasChoices("SLACK_BOT_TOKEN", f"{PREFIX}BOT_TOKEN"),
        validate_default=True,
        description="the app's bot token, xoxb-…; in the environment SLACK_BOT_TOKEN",
    )
    app_token: SecretStr = Field(
        SecretStr(""),
        validation_alias=AliasChoices("SLACK_APP_TOKEN", f"{PREFIX}APP_TOKEN"),
        validate_default=True,
        description="the app-level token for Socket Mode, xapp-…; in the environment SLACK_APP_TOKEN",
    )
    api_url: str = Field(
        default="https://slack.com/api/", pattern=r"^https?://\S+/$", description="where Slack's Web API is"
    )
    channel: str = Field(default="privacy-requests", description="where the cards stand: a channel's name or id")
    managers_channel: str = Field(
        default="privacy-managers", description="where the digest goes: a channel's name or id"
    )
    staff_group: str = Field(
        default="privacy-staff", description="the user group of staff: its handle or id; empty for none"
    )
    managers_group: str = Field(default="privacy-managers", description="the same for managers, who may do more")
    readers_group: str = Field(
        default="", description="the same for readers, who may list and show cases, and read no mail"
    )
    assignment: Rule = Field(
        default=Rule.NONE, description="how cases that nobody has had are given out: none, round_robin, least_loaded"
    )
    assignment_kinds: dict[Kind, tuple[str, ...]] = Field(
        default={}, description='who takes requests for a right, by user id, such as `{delete = ["U0123456789"]}`'
    )
    assignment_languages: dict[str, tuple[str, ...]] = Field(
        default={}, description='the same for mails in a language, such as `{es = ["U0123456789"]}`'
    )
    managers: tuple[str, ...] = Field(default=(), description="managers by user id, beside the group")
    readers: tuple[str, ...] = Field(default=(), description="readers by user id, beside the group")
    staff: tuple[str, ...] = Field(default=(), validate_default=True, description="staff by user id, beside the group")

    @field_validator("signing_secret")
    @classmethod
    def _is_secret(cls, secret: SecretStr, before: ValidationInfo) -> SecretStr:
        if before.data.get("front") == "http" and not _SECRET.fullmatch(secret.get_secret_value()):
            raise ValueError("set SLACK_SIGNING_SECRET to the signing secret of the app's page Basic Information")
        return secret

    @field_validator("bot_token")
    @classmethod
    def _is_bot_token(cls, token: SecretStr) -> SecretStr:
        return _starting_with("xoxb-", token, "SLACK_BOT_TOKEN", "the bot token of the app's page OAuth & Permissions")

    @field_validator("app_token")
    @classmethod
    def _is_app_token(cls, token: SecretStr, before: ValidationInfo) -> SecretStr:
        if before.data.get("front") == "http" and not token.get_secret_value():
            return token
        return _starting_with("xapp-", token, "SLACK_APP_TOKEN", "an app-level token with connections:write")

    @field_validator("channel", "managers_channel")
    @classmethod
    def _is_channel(cls, name: str) -> str:
        if not _CHANNEL.fullmatch(name):
            raise ValueError("give a channel's name, such as privacy-requests, or its id, such as C0123456789")
        return name.removeprefix("#")

    @field_validator("staff_group", "managers_group", "readers_group")
    @classmethod
    def _is_group(cls, name: str) -> str:
        if name and not _GROUP.fullmatch(name):
            raise ValueError("give a user group's handle, such as privacy-staff, or its id, such as S0123456789")
        return name.removeprefix("@")

    @field_validator("managers", "readers", "staff")
    @classmethod
    def _are_users(cls, users: tuple[str, ...]) -> tuple[str, ...]:
        for user in users:
            if not _USER.fullmatch(user):
                raise ValueError(f"{user!r} is no user id; one looks like U0123456789 (profile, Copy member ID)")
        return users

    @field_validator("assignment_kinds", "assignment_languages")
    @classmethod
    def _are_lists_of_users(cls, lists: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        for users in lists.values():
            cls._are_users(users)
        return lists

    @field_validator("staff")
    @classmethod
    def _somebody_works_here(cls, staff: tuple[str, ...], before: ValidationInfo) -> tuple[str, ...]:
        known = ("staff_group", "managers_group", "managers")
        if not staff and all(name in before.data and not before.data[name] for name in known):
            raise ValueError("nobody could work here; name a staff_group or a managers_group, or list user ids")
        return staff

    @property
    def assigning(self) -> Assigning:
        """How cases that nobody has are given out."""
        return Assigning(self.assignment, self.assignment_kinds, self.assignment_languages)


def _starting_with(start: str, token: SecretStr, variable: str, what: str) -> SecretStr:
    if not token.get_secret_value().startswith(start):
        raise ValueError(f"set {variable} to {what}; it starts with {start}")
    return token
