"""Our bot, unchanged, at another's stand-in for Slack; prints what was seen there as JSON.

That stand-in listens on every interface and asks nobody who they are, so this runs in a network of its own:
`unshare -rn python tests/peers/local_slack.py BINARY DIRECTORY`.
"""

from __future__ import annotations

import asyncio
import fcntl
import json
import socket
import struct
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp

sys.path.insert(0, str(Path(__file__).parents[2]))

from bot.app import SlackDoor
from bot.settings import BotSettings
from store.clock import MovableClock
from store.office import Bridge
from store.rules.kinds import Kind
from store.settings import Business, load
from tests.builders import arrive, office_at

PORT = 3210
URL = f"http://127.0.0.1:{PORT}"
BOT_TOKEN, APP_TOKEN = "xoxb-local-test", "xapp-local-test"
BOT_USER, SAM, OLLY = "U0RIGHTSDK", "U0SAMRIVERA", "U0OLLYBRANT"
REQUESTS, MANAGERS = "C0REQUESTS", "C0MANAGERS"
CONFIG = {
    "workspace": {"name": "Shop Test", "domain": "shop-test", "teamId": "T0SHOPTEST"},
    "apps": [
        {
            "appId": "A0RIGHTSDK",
            "botUserId": BOT_USER,
            "botName": "rightsdesk",
            "botToken": BOT_TOKEN,
            "appToken": APP_TOKEN,
        }
    ],
    "users": [{"id": SAM, "name": "sam", "real_name": "Sam Rivera"}, {"id": OLLY, "name": "olly"}],
    "channels": [
        {"id": REQUESTS, "name": "privacy-requests", "members": [BOT_USER, SAM, OLLY]},
        {"id": MANAGERS, "name": "privacy-managers", "members": [BOT_USER, SAM]},
    ],
}
SETTINGS = {
    "slack": {
        "bot_token": BOT_TOKEN,
        "app_token": APP_TOKEN,
        "api_url": f"{URL}/api/",
        "staff_group": "",
        "managers_group": "",
        "staff": [SAM],
        "connections": 1,  # it sends an envelope to each connection; Slack sends it to any one
    }
}
SECONDS = 30.0
SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 1


def bring_loopback_up() -> None:
    """A new network begins with its loopback interface down.

    Raises:
        SystemExit: this is not a network of its own.
    """
    if [name for _, name in socket.if_nameindex()] != ["lo"]:
        sys.exit("This must run in a network of its own: unshare -rn python tests/peers/local_slack.py ...")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        asked = struct.pack("16sh14x", b"lo", 0)
        flags = struct.unpack("16sh14x", fcntl.ioctl(any_socket, SIOCGIFFLAGS, asked))[1]
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", flags | IFF_UP))


class Peer:
    """The other stand-in, over HTTP."""

    def __init__(self, http: aiohttp.ClientSession) -> None:
        self._http = http

    async def get(self, path: str) -> dict[str, Any]:
        async with self._http.get(f"{URL}/_control/{path}") as answer:
            found: dict[str, Any] = await answer.json()
            return found

    async def post(self, path: str, **body: Any) -> None:
        async with self._http.post(f"{URL}/_control/{path}", json=body) as answer:
            answer.raise_for_status()

    async def listens(self) -> bool:
        try:
            return "workspace" in await self.get("state")
        except aiohttp.ClientError:
            return False

    async def messages(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.get(f"messages/{REQUESTS}"))["messages"]
        return found

    async def saying(self, *words: str) -> dict[str, Any] | None:
        """The first message whose text and blocks say all these words."""
        return next((each for each in await self.messages() if all(word in json.dumps(each) for word in words)), None)


async def until(happens: Callable[[], Awaitable[Any]]) -> Any:
    """Wait for something to be there."""
    end = time.monotonic() + SECONDS
    while not (found := await happens()):
        if time.monotonic() > end:
            raise TimeoutError
        await asyncio.sleep(0.05)
    return found


async def work(peer: Peer, directory: Path) -> dict[str, Any]:
    """One case is worked there: its card comes, is claimed, read and listed; a stranger is turned away."""
    await until(peer.listens)
    office = office_at(f"sqlite:///{directory}/rightsdesk.db", MovableClock(), load(Business))
    bridge = Bridge(office)
    door = SlackDoor(bridge, load(BotSettings, SETTINGS))
    await door.start()
    try:
        ref = arrive(office, (Kind.DELETE,)).ref
        card = await until(lambda: peer.saying(ref, "actions"))
        pressed = next(
            {"type": element["type"], "block_id": block["block_id"], **element}
            for block in card["blocks"]
            for element in block.get("elements", ())
            if element.get("action_id") == "claim"
        )
        place = {"channel": REQUESTS, "messageTs": card["ts"], "action": pressed}
        await peer.post("interact", user=OLLY, **place)
        turned_away = await until(lambda: peer.saying('"ephemeral_to": "' + OLLY))
        await peer.post("interact", user=SAM, **place)
        claimed = await until(lambda: peer.saying(ref, f"<@{SAM}>", '"thread_ts"'))
        await peer.post("command", channel=REQUESTS, user=SAM, command="/privacy", text="list mine")
        listed = await until(lambda: peer.saying('"ephemeral_to": "' + SAM, ref))
        redrawn = next(each for each in await peer.messages() if each["ts"] == card["ts"])
        await peer.post("open-home", user=SAM)
        await until(lambda: _published(peer))
    finally:
        await door.stop()
        bridge.close()
        office.close()
    return {
        "ref": ref,
        "card": card["text"],
        "turned_away": turned_away["text"],
        "claimed": claimed["text"],
        "in_thread": claimed.get("thread_ts") == card["ts"],
        "redrawn": json.dumps(redrawn["blocks"]),
        "listed": listed["text"],
        "cards": sum(each["text"].startswith(f"{ref} ") and "thread_ts" not in each for each in await peer.messages()),
    }


async def _published(peer: Peer) -> bool:
    return "views.publish" in json.dumps(await peer.get("log"))


async def main(binary: Path, directory: Path) -> None:
    """Start the other stand-in, work, and tell."""
    config = directory / "workspace.json"
    config.write_text(json.dumps(CONFIG), encoding="utf-8")
    options = ("--config", str(config), "--port", str(PORT), "--base-host", "127.0.0.1", "--files-dir", str(directory))
    quiet = asyncio.subprocess.DEVNULL
    other = await asyncio.create_subprocess_exec(str(binary), *options, stdin=quiet, stdout=quiet, stderr=quiet)
    try:
        async with aiohttp.ClientSession() as http:
            seen = await work(Peer(http), directory)
    finally:
        other.kill()
        await other.wait()
    sys.stdout.write(json.dumps(seen) + "\n")


if __name__ == "__main__":
    bring_loopback_up()
    asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2])))
