"""A letter shown before it is sent. What a person previews is what is sent: the digest of what they saw goes along."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from slack_sdk.models.blocks import Block

from bot.blocks import JSON, context, divider, literal, paragraphs, section
from bot.modals.frame import Matter, modal, text_field
from bot.words import escape, fit
from store.values import Draft

MOST_PIECES = 40
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


def preview(shown: Preview, matter: Matter, *, changed: bool = False) -> JSON:
    """Show letters before they are sent.

    Args:
        shown: the letters, and what goes with them.
        matter: what they are about.
        changed: whether the person has seen another version just now.
    """
    blocks: list[Block] = [section(CHANGED)] if changed else []
    if shown.remark:
        blocks.append(context(shown.remark))
    for draft in shown.drafts:
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
    seen = replace(matter, seen=digest_of(shown.drafts))
    return modal(shown.name, shown.title, blocks, seen, submit=shown.submit, close="Back")


def digest_of(drafts: Sequence[Draft]) -> str:
    """What tells one version of the letters from another; it says nothing of them."""
    content = "\x1e".join(f"{draft.subject}\x1f{draft.body}" for draft in drafts)
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def _body(draft: Draft) -> list[Block]:
    pieces = paragraphs(draft.body)
    blocks: list[Block] = [literal(piece) for piece in pieces[:MOST_PIECES]]
    return blocks if len(pieces) <= MOST_PIECES else [*blocks, context("The letter goes on; it is sent whole.")]
