"""The page shows what is there, escaped, and loads nothing from elsewhere."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from selectolax.lexbor import LexborHTMLParser

from bot.sandbox import page as page_module
from bot.sandbox.events import Letter, LetterArrived
from bot.sandbox.scene import Look, scene

if TYPE_CHECKING:
    from conftest import Hands

STATIC = Path(page_module.__file__).parent / "static"
EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def option(text: str) -> dict[str, Any]:
    return {"text": plain(text[:75]), "value": text[:75]}


async def shown(hands: Hands, **look: str) -> LexborHTMLParser:
    async with hands.http.get("/", params=look) as response:
        assert response.status == 200
        return LexborHTMLParser(await response.text())


async def test_the_page_may_load_nothing_from_elsewhere_and_run_no_script_of_others(hands: Hands) -> None:
    async with hands.http.get("/") as response:
        policy = response.headers["Content-Security-Policy"]
        tree = LexborHTMLParser(await response.text())
    loaded = [node.attributes[name] for name in ("src", "href") for node in tree.css(f"[{name}]") if node.tag != "use"]

    assert "default-src 'self'" in policy
    assert all((address or "").startswith(("/", "#")) for address in loaded)
    assert not tree.css("script:not([src]), style, [style], [onclick]")
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", "".join(each.read_text() for each in STATIC.iterdir()))


async def test_whatever_people_write_is_shown_as_written(hands: Hands) -> None:
    letter = Letter(
        f"<{EVIL}>", EVIL, EVIL, EVIL, EVIL, EVIL, EVIL, EVIL, "2026-11-23T09:00:00+00:00", attachments=(EVIL,)
    )
    hands.world.record.enter(LetterArrived(letter))
    await hands.post("say", user="staff1", channel="privacy-requests", text=EVIL)
    elements = [
        {"type": "button", "action_id": EVIL, "text": plain(EVIL[:75]), "value": EVIL},
        {"type": "overflow", "action_id": "more", "options": [option(EVIL)]},
        {"type": "static_select", "action_id": "pick", "options": [option(EVIL)], "placeholder": plain(EVIL)},
        {"type": "checkboxes", "action_id": "tick", "options": [option(EVIL)]},
    ]
    blocks = [
        {"type": "header", "text": plain(EVIL)},
        {"type": "section", "text": {"type": "mrkdwn", "text": EVIL}, "fields": [plain(EVIL)]},
        {"type": "image", "image_url": "https://elsewhere.test/x.png", "alt_text": EVIL},
        {"type": "actions", "block_id": EVIL, "elements": elements},
    ]
    await hands.client.chat_postMessage(channel=hands.requests, text=EVIL, blocks=blocks)
    for look in ({"mail": "r0"}, {"mail": "list"}, {"as": EVIL, "channel": EVIL, "thread": EVIL, "mail": EVIL}):
        tree = await shown(hands, **look)

        assert not tree.css("script:not([src]), img[src=x], [onerror]")
        assert EVIL in (tree.css_first("body") or tree).text()


async def test_each_person_sees_their_own_channels_and_messages(hands: Hands) -> None:
    world = hands.world
    await hands.client.chat_postMessage(channel=world.channels["privacy-managers"], text="the digest")
    await hands.client.chat_postEphemeral(channel=hands.requests, user=world.users["staff1"], text="for Sam alone")
    managers = world.channels["privacy-managers"]
    mo, sam, dana = [await shown(hands, **{"as": who, "channel": managers}) for who in ("manager", "staff1", "staff2")]

    assert "the digest" in mo.html
    assert "the digest" not in sam.html
    assert not sam.css("[data-channel-link=privacy-managers]")
    assert "for Sam alone" in sam.html
    assert "for Sam alone" not in dana.html


async def test_unread_messages_are_counted_until_read(hands: Hands) -> None:
    for number in range(3):
        await hands.client.chat_postMessage(channel=hands.requests, text=f"card {number}")
    elsewhere = {"as": "staff2", "channel": hands.world.channels["general"]}
    before = await shown(hands, **elsewhere)
    await hands.post("read", user="staff2", channel="privacy-requests")
    after = await shown(hands, **elsewhere)

    assert before.css_first("[data-channel-link=privacy-requests] .unread").text().startswith("3")
    assert not after.css("[data-channel-link=privacy-requests] .unread")


async def test_a_thread_is_shown_beside_its_channel(hands: Hands) -> None:
    card = await hands.client.chat_postMessage(channel=hands.requests, text="PR-1001")
    await hands.client.chat_postMessage(channel=hands.requests, text="Sam claimed it.", thread_ts=card["ts"])
    tree = await shown(hands, channel=hands.requests, thread=card["ts"])
    messages = tree.css("[data-testid=messages] [data-testid=message]")
    thread = tree.css("[data-testid=thread] [data-testid=message]")

    assert [node.attributes["data-ts"] for node in messages] == [card["ts"]]
    assert "Sam claimed it." in thread[1].text()


async def test_who_changes_seats_never_keeps_looking_at_others_direct_messages(hands: Hands) -> None:
    await hands.client.chat_postMessage(channel=hands.world.users["staff1"], text="yours is due")
    own = (await hands.client.conversations_open(users=hands.world.users["staff1"]))["channel"]["id"]
    as_dana = scene(hands.world.bench, Look("staff2", own))

    assert as_dana.channel is not None
    assert as_dana.channel.name == "privacy-requests"


async def test_browsers_are_told_of_every_change(hands: Hands) -> None:
    async with hands.http.get("/changes") as stream, asyncio.timeout(10):
        first = await stream.content.readline()
        await hands.post("say", user="staff1", channel="general", text="hello")
        lines = [first]
        while len({line for line in lines if line.startswith(b"data: ")}) < 2:
            lines.append(await stream.content.readline())

    assert stream.headers["Content-Type"] == "text/event-stream"
