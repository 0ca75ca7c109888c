"""What the clock door reads of `rightsdesk.toml`: the tables `[scheduler]` and `[post]`."""

from __future__ import annotations

from datetime import time
from enum import StrEnum

from pydantic import Field, SecretStr
from pydantic_settings import SettingsConfigDict

from store.settings import Section


class SchedulerSettings(Section):
    """When things happen by themselves."""

    table = "scheduler"
    model_config = SettingsConfigDict(env_prefix="RIGHTSDESK_SCHEDULER_")

    tick_seconds: float = Field(default=15, gt=0, le=300, description="how often the desk looks for what is due")
    idle_days: int = Field(
        default=5, ge=0, le=365, description="after so many days without a move a case's owner is told; 0: never"
    )
    digest_at: time = Field(default=time(9), description="when managers get the digest, in the business's zone")


class Security(StrEnum):
    """How the connection to the outgoing mail server is encrypted."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class PostSettings(Section):
    """The mail server that letters leave by."""

    table = "post"
    model_config = SettingsConfigDict(env_prefix="RIGHTSDESK_POST_")

    host: str = Field(default="127.0.0.1", min_length=1, description="the server")
    port: int = Field(default=587, ge=1, le=65535, description="its port")
    security: Security = Field(default=Security.STARTTLS, description="starttls, tls or none")
    user: str = Field(default="", description="who signs in; empty: nobody")
    password: SecretStr = Field(default=SecretStr(""), description="the password")
    timeout_seconds: float = Field(default=30, gt=0, le=30, description="how long an answer may take")
