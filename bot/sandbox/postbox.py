"""The consumer's side of the page: letters received and mails sent, newest first, and the one that is open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.sandbox.mrkdwn import clock_time

if TYPE_CHECKING:
    from bot.sandbox.events import Letter
    from bot.sandbox.record import Record
    from bot.sandbox.scene import Look

ZONE = ZoneInfo("America/Los_Angeles")
WRITE, LIST = "write", "list"


@dataclass(frozen=True, slots=True)
class Item:
    """One mail in the list.

    Args:
        id: "r" or "s" (received, sent) with its number.
        letter: the mail.
        sent: whether the consumer wrote it.
        refused: what our mail server said when it did not take it, or empty.
        other: who is on the other end.
        when: day and time.
        text: what a reader sees.
        preview: its first words.
        href: opens it.
        current: whether it is open.
    """

    id: str
    letter: Letter
    sent: bool
    refused: str
    other: str
    when: str
    text: str
    preview: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Postbox:
    """What the mailbox shows."""

    showing: str
    items: list[Item]
    open: Item | None
    write_href: str
    list_href: str


def postbox(record: Record, look: Look) -> Postbox:
    """Build the mailbox: an empty one invites to write."""
    received = [_item(f"r{number}", letter, "", look) for number, letter in enumerate(record.received)]
    sent = [_item(f"s{number}", letter, reply, look) for number, (letter, reply) in enumerate(record.sent)]
    items = sorted([*received, *sent], key=lambda item: datetime.fromisoformat(item.letter.at), reverse=True)
    opened = next((item for item in items if item.id == look.mail), None)
    showing = "letter" if opened else look.mail if look.mail in (WRITE, LIST) else LIST if items else WRITE
    return Postbox(showing, items, opened, look.href(mail=WRITE), look.href(mail=LIST))


def _item(number: str, letter: Letter, reply: str, look: Look) -> Item:
    sent = number.startswith("s")
    moment = datetime.fromisoformat(letter.at).astimezone(ZONE)
    text = letter.text or _without_tags(letter.html)
    return Item(
        id=number,
        letter=letter,
        sent=sent,
        refused=reply if sent and not reply.startswith("2") else "",
        other=f"To {letter.to}" if sent else letter.sender_name or letter.sender,
        when=f"{moment:%b} {moment.day}, {clock_time(moment)}",
        text=text,
        preview=" ".join(text.split())[:140],
        href=look.href(mail=number),
        current=look.mail == number,
    )


def _without_tags(html: str) -> str:
    """The words of a letter that has no plain part; the page escapes them like all text."""
    return unescape(re.sub(r"<[^<>]*>", " ", html))
