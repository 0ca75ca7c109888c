"""A letter shown before it is sent. What a person previews is what is sent: the digest of what they saw goes along."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from slack_sdk.models.blocks import Block

from bot.blocks import JSON, context, divider, literal, option, paragraphs, section
from bot.modals.frame import Matter, modal, text_field, ticks
from bot.names import Field
from bot.words import escape, fit
from store.rules import guard
from store.values import Draft

MOST_PIECES = 40
MOST_FOUND, MOST_OF_A_LINE = 10, 200
KEPT_BACK = ":no_entry: *This letter may not go out as it is.* It holds:"
SAY_THAT = (
    "Say that it is held, never its value. Only a manager may send the letter all the same, and that is recorded."
)
CHANGED = "*The letter is another one now than you saw.* Read it again, then press Send."


@dataclass(frozen=True, slots=True)
class Retyped:
    """Words of the letter that can still be changed in the preview.

    Args:
        field: the field's name.
        label: above it.
        words: as they stand.
        optional: whether they may be left out.
    """

    field: str
    label: str
    words: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """What a preview shows.

    Args:
        name: the modal's callback id.
        title: at its top.
        drafts: the letters that would go out.
        remark: what to know before sending.
        words: what can still be changed, where anything can.
        submit: on the button.
    """

    name: str
    title: str
    drafts: Sequence[Draft]
    remark: str = ""
    words: Retyped | None = None
    submit: str = "Send"


def preview(shown: Preview, matter: Matter, *, changed: bool = False, manager: bool = False) -> JSON:
    """Show letters before they are sent.

    Args:
        shown: the letters, and what goes with them.
        matter: what they are about.
        changed: whether the person has seen another version just now.
        manager: whether the person may send what the disclosure guard keeps back.
    """
    blocks: list[Block] = [section(CHANGED)] if changed else []
    if shown.remark:
        blocks.append(context(shown.remark))
    for draft in shown.drafts:
        blocks += _kept_back(draft)
        blocks += [section(f"*Subject:* {escape(fit(draft.subject, 500))}"), *_body(draft), divider()]
    if not shown.drafts:
        blocks.append(section("No letter goes out with this."))
    if shown.words:
        hint = "Change the words here, and you see the new letter before it goes."
        blocks.append(
            text_field(
                shown.words.field,
                shown.words.label,
                hint=hint,
                value=shown.words.words,
                optional=shown.words.optional,
            )
        )
    if manager and any(draft.found for draft in shown.drafts):
        blocks.append(ticks(Field.OVERRIDE, "The disclosure guard", [_ANYWAY], optional=True))
    seen = replace(matter, seen=digest_of(shown.drafts))
    return modal(shown.name, shown.title, blocks, seen, submit=shown.submit, close="Back")


def digest_of(drafts: Sequence[Draft]) -> str:
    """What tells one version of the letters from another; it says nothing of them."""
    content = "\x1e".join(f"{draft.subject}\x1f{draft.body}" for draft in drafts)
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def _kept_back(draft: Draft) -> list[Block]:
    """What the disclosure guard found: which, and where, with the value itself left out."""
    lines = draft.body.split("\n")
    found = [
        f"• line {finding.line}, {finding.what.plain}: “{_without_value(lines[finding.line - 1])}”"
        for finding in draft.found[:MOST_FOUND]
    ]
    return [section("\n".join([KEPT_BACK, *found])), context(SAY_THAT)] if found else []


def _without_value(line: str) -> str:
    return escape(fit(guard.masked(line).strip(), MOST_OF_A_LINE))


def _body(draft: Draft) -> list[Block]:
    pieces = paragraphs(draft.body)
    blocks: list[Block] = [literal(piece) for piece in pieces[:MOST_PIECES]]
    return blocks if len(pieces) <= MOST_PIECES else [*blocks, context("The letter goes on; it is sent whole.")]


_ANYWAY = option("Send it all the same", "anyway", "You answer for it; the ledger and the thread tell so.")
