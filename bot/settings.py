"""What the Slack door reads of `rightsdesk.toml` and the environment."""

from __future__ import annotations

import re

from pydantic import AliasChoices, Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import SettingsConfigDict

from store.settings import Section

PREFIX = "RIGHTSDESK_SLACK_"

_CHANNEL = re.compile(r"[CG][A-Z0-9]{6,}|#?[^\sA-Z#@<>]{1,80}")
_USER = re.compile(r"[UW][A-Z0-9]{6,}")
_GROUP = re.compile(r"S[A-Z0-9]{6,}|@?[^\sA-Z#@<>]{1,80}")


class BotSettings(Section):
    """Where the desk stands in Slack, and who works at it."""

    table = "slack"
    model_config = SettingsConfigDict(env_prefix=PREFIX, validate_by_name=True, loc_by_alias=False)

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
    managers: tuple[str, ...] = Field(default=(), description="managers by user id, beside the group")
    staff: tuple[str, ...] = Field(default=(), validate_default=True, description="staff by user id, beside the group")

    @field_validator("bot_token")
    @classmethod
    def _is_bot_token(cls, token: SecretStr) -> SecretStr:
        return _starting_with("xoxb-", token, "SLACK_BOT_TOKEN", "the bot token of the app's page OAuth & Permissions")

    @field_validator("app_token")
    @classmethod
    def _is_app_token(cls, token: SecretStr) -> SecretStr:
        return _starting_with("xapp-", token, "SLACK_APP_TOKEN", "an app-level token with connections:write")

    @field_validator("channel", "managers_channel")
    @classmethod
    def _is_channel(cls, name: str) -> str:
        if not _CHANNEL.fullmatch(name):
            raise ValueError("give a channel's name, such as privacy-requests, or its id, such as C0123456789")
        return name.removeprefix("#")

    @field_validator("staff_group", "managers_group")
    @classmethod
    def _is_group(cls, name: str) -> str:
        if name and not _GROUP.fullmatch(name):
            raise ValueError("give a user group's handle, such as privacy-staff, or its id, such as S0123456789")
        return name.removeprefix("@")

    @field_validator("managers", "staff")
    @classmethod
    def _are_users(cls, users: tuple[str, ...]) -> tuple[str, ...]:
        for user in users:
            if not _USER.fullmatch(user):
                raise ValueError(f"{user!r} is no user id; one looks like U0123456789 (profile, Copy member ID)")
        return users

    @field_validator("staff")
    @classmethod
    def _somebody_works_here(cls, staff: tuple[str, ...], before: ValidationInfo) -> tuple[str, ...]:
        known = ("staff_group", "managers_group", "managers")
        if not staff and all(name in before.data and not before.data[name] for name in known):
            raise ValueError("nobody could work here; name a staff_group or a managers_group, or list user ids")
        return staff


def _starting_with(start: str, token: SecretStr, variable: str, what: str) -> SecretStr:
    if not token.get_secret_value().startswith(start):
        raise ValueError(f"set {variable} to {what}; it starts with {start}")
    return token
