"""What goes wrong with Slack, and what it said."""

from __future__ import annotations

import traceback

import aiohttp
from slack_sdk.errors import SlackApiError

TROUBLE = (SlackApiError, aiohttp.ClientError, TimeoutError, OSError)
"""Everything that a call of Slack's Web API raises when Slack, or the way there, is not well."""


FRAMES = 4


def impersonal(error: BaseException) -> dict[str, str]:
    """What a log may know of an error: its type and place. Messages and values may repeat a consumer's words."""
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    where = " < ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    return {"error": type(error).__name__, "where": where}


def said(error: SlackApiError) -> str:
    """Slack's own name of an error, such as "channel_not_found"; "http 503" when the answer was not Slack's."""
    data = error.response.data
    named = data.get("error") if isinstance(data, dict) else None
    return str(named or f"http {error.response.status_code}")
