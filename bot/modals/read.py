"""Reading a case: its mails and letters, the oldest first, in pages under Slack's limits; for one person's eyes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block

from bot.blocks import JSON, SECTION, actions, button, context, divider, literal, paragraphs, section
from bot.modals.evidence import highlighted, left_of_title, read_as
from bot.modals.frame import Matter, modal
from bot.modals.past import earlier
from bot.names import Action
from bot.names import View as Name
from bot.words import escape, fit, mention, moment
from store.correspondence import Correspondence, MailText, NoteText, written_by
from store.values import Person

Piece = tuple[Callable[[str], Block], str]
"""A block of a page, not built yet: how, and of which text. A long mail has hundreds, and one page of them is shown."""

PAGE_BLOCKS = 90
FRAME_BYTES = 150
PAGE_BYTES = 180_000  # Slack takes views of 250 kB
MOST_ATTACHMENTS = 20


def read(opened: Correspondence, zone: ZoneInfo, matter: Matter) -> JSON:
    """A page of a case's correspondence, or a single held mail.

    Args:
        opened: what is read; that it is read stands in the ledger already.
        zone: the business's time zone.
        matter: the case or the mail, and the page.
    """
    pages = _pages(opened, zone, whole=matter.whole)
    page = min(max(matter.page, 0), len(pages) - 1)
    title = f"{opened.ref}: mails" if opened.ref else f"Mail {matter.mail}"
    shown = [build(text) for build, text in pages[page]]
    foldable = any(map(_folded, opened.mails))
    below = [*_turning(page, len(pages)), *_folding(whole=matter.whole)] if foldable else _turning(page, len(pages))
    return modal(Name.READ, title, [*_head(opened), *shown, *below], matter)


def _head(opened: Correspondence) -> list[Block]:
    who = escape(fit(written_by(opened.name, opened.address), 500)) or "an unknown sender"
    told = context("That you read this stands in the ledger. Please copy nothing of it.")
    return [
        section(f"*From* {who}"),
        *_on_behalf_of(opened.on_behalf_of),
        *_hold(opened.hold),
        *earlier(opened.past),
        told,
    ]


def _on_behalf_of(person: Person | None) -> list[Block]:
    if person is None:
        return []
    return [section(f"*On behalf of* {escape(fit(written_by(person.name, person.address), 500))}")]


def _hold(reason: str) -> list[Block]:
    return [section(f"*Legal hold* {escape(fit(reason, 1_000))}")] if reason else []


def _pages(opened: Correspondence, zone: ZoneInfo, *, whole: bool) -> list[list[Piece]]:
    """All mails, cut into pages."""
    pages: list[list[Piece]] = [[]]
    size = 0
    for piece in (*_notes(opened.notes, zone), *_pieces(opened.mails, zone, whole=whole)):
        length = len(json.dumps(piece[1])) + FRAME_BYTES
        if pages[-1] and (len(pages[-1]) >= PAGE_BLOCKS or size + length > PAGE_BYTES):
            pages.append([])
            size = 0
        pages[-1].append(piece)
        size += length
    return pages


def _pieces(mails: Sequence[MailText], zone: ZoneInfo, *, whole: bool) -> Iterator[Piece]:
    for mail in mails:
        yield _ruled, ""
        kind = "Letter" if mail.mail_id is None else f"Mail {mail.mail_id}"
        subject = escape(fit(mail.subject, 500)) or "(no subject)"
        yield section, f"*{subject}*\n{kind}, {moment(mail.at, zone)}, from {escape(fit(mail.sender, 300))}"
        if mail.understood:
            yield section, read_as(mail.understood)
        folded = 0 if whole else _folded(mail)
        shown = mail.reply if folded else mail.text
        for part in highlighted(shown, left_of_title(mail.subject, mail.evidence)):
            yield section, part
        if folded:
            yield context, f"({folded} line{'s' * (folded != 1)} of quoted text or signature folded)"
        if not mail.text.strip():
            yield context, "(no readable text)"
        if mail.attachments:
            names = ", ".join(escape(fit(name, 80)) for name in mail.attachments[:MOST_ATTACHMENTS])
            yield context, fit(f"Attachments ({len(mail.attachments)}): {names}", SECTION // 3)


def _folded(mail: MailText) -> int:
    """How many lines are not the writer's own new words: 0 when they are all, or when none were found."""
    own = mail.reply.strip()
    return _written(mail.text) - _written(own) if own else 0


def _written(text: str) -> int:
    return sum(bool(line.strip()) for line in text.splitlines())


def _notes(notes: Sequence[NoteText], zone: ZoneInfo) -> Iterator[Piece]:
    """What the team wrote for itself, before the mails."""
    for note in notes:
        yield _ruled, ""
        yield section, f"*Note* by {mention(note.by)}, {moment(note.at, zone)}"
        for part in paragraphs(note.text):
            yield literal, part


def _ruled(_text: str) -> Block:
    return divider()


def _folding(*, whole: bool) -> list[Block]:
    label = "Fold quoted text" if whole else "Show quoted text"
    return [actions(button(label, Action.FOLD, "0", says=f"{label} of these mails"))]


def _turning(page: int, pages: int) -> list[Block]:
    if pages < 2:  # noqa: PLR2004 - a single page is not turned
        return []
    back = [button("Earlier", Action.TURN_BACK, f"{page - 1}", says="Earlier mails")] if page else []
    on = [button("Later", Action.TURN_PAGE, f"{page + 1}", says="Later mails")] if page + 1 < pages else []
    told = context(f"Page {page + 1} of {pages}. Each page you open is a reading of its own in the ledger.")
    return [told, actions(*back, *on)]
