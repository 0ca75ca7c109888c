"""The outside world in the test's own process, for desks that run in another."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.sandbox.snapshot import snapshot
from bot.sandbox.world import World

PATIENCE_SECONDS = 30
CONFIGURATION = """
[business]
name = "Harbour Books"
inbox = "privacy@harbour.test"

[store]
database_url = "sqlite:///{folder}/desk.db"
key_file = "{folder}/master.key"

[intake]
smtp_port = {smtp_port}

[slack]
api_url = "{api}"

[scheduler]
tick_seconds = 1

[post]
host = "{host}"
port = {port}
security = "none"
"""


class Outside:
    """What stands in Slack and in consumers' mailboxes."""

    def __init__(self, world: World) -> None:
        self.world = world

    @property
    def tokens(self) -> dict[str, str]:
        """The two environment variables of a real installation."""
        return {"SLACK_BOT_TOKEN": self.world.bot_token, "SLACK_APP_TOKEN": self.world.app_token}

    def cards(self, ref: str) -> list[dict[str, Any]]:
        return [each for each in self._messages() if not each["thread_ts"] and f"{ref} " in each["text"]]

    def thread(self, ref: str) -> list[str]:
        places = {card["ts"] for card in self.cards(ref)}
        return [each["text"] for each in self._messages() if each["thread_ts"] in places and each["ts"] not in places]

    def letters(self, to: str) -> list[dict[str, Any]]:
        return [each for each in snapshot(self.world.slack)["mailbox"] if to in json.dumps(each["to"])]

    def _messages(self) -> list[dict[str, Any]]:
        channels = snapshot(self.world.slack)["channels"]
        return [each for channel in channels if channel["name"] == "privacy-requests" for each in channel["messages"]]


def configured(outside: Outside, folder: Path, *, smtp_port: int = 0) -> Path:
    """A configuration file that points a desk at the outside world."""
    host, port = outside.world.consumer_smtp
    file = folder / "rightsdesk.toml"
    api = outside.world.slack_api_url
    file.write_text(CONFIGURATION.format(folder=folder, api=api, host=host, port=port, smtp_port=smtp_port))
    return file


async def until(look: Callable[[], object], what: str) -> None:
    """Look until there is something to see."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not look():
                await asyncio.sleep(0.05)
    except TimeoutError:
        raise AssertionError(f"{what} did not come within {PATIENCE_SECONDS} s") from None
