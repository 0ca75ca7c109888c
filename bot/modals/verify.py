"""The checklist of what matched. That it matched is recorded, the values are not (section 7060(d))."""

from __future__ import annotations

from slack_sdk.models.blocks import Block

from bot.blocks import JSON, context, option, section
from bot.cards.requests import progress
from bot.modals.frame import LISTED, Matter, modal, ticks
from bot.names import Field
from bot.names import View as Name
from bot.words import escape
from store.casefile import DECLARATION
from store.rules.pack import Pack
from store.values import CaseFile

MAILBOX = "mailbox"
NOT_STORED = (
    "Compare what the consumer wrote with what you have on file, and tick what matched. "
    "Only that it matched is recorded: the values are not stored anywhere."
)


def verify(case: CaseFile, pack: Pack) -> JSON:
    """The points of the law that can still be matched.

    Args:
        case: as it is now.
        pack: the law in force for it.
    """
    waiting = [line for line in case.open_requests if line.verification.level.asks and not line.reached]
    stand = "\n".join(f"*{line.kind.plain}*: {escape(progress(line, case))}" for line in waiting)
    blocks: list[Block] = [section(stand or "Nothing waits for a verification."), context(NOT_STORED)]
    blocks.append(section(_mailbox(case, pack)))
    done = [point.name for point in pack.points if point.id in case.points and point.id != MAILBOX]
    if done:
        blocks.append(section(f"*Matched already:* {escape(', '.join(done))}"))
    left = [point for point in pack.points if point.id != MAILBOX and point.id not in case.points]
    declare = any(line.verification.declaration for line in waiting) and DECLARATION not in case.points
    offered = [option(point.name, point.id, point.note) for point in left]
    for start in range(0, len(offered), LISTED):
        field = Field.POINTS if not start else f"{Field.POINTS}_{start}"
        blocks.append(
            ticks(field, "Matched", offered[start : start + LISTED], optional=declare or len(offered) > LISTED)
        )
    if declare:
        signed = option("The signed declaration is here", DECLARATION, "signed under penalty of perjury; keep it")
        blocks.append(ticks(Field.DECLARATION, "Declaration", [signed], optional=True))
    submit = "Record" if offered or declare else ""
    return modal(Name.VERIFY, f"Verify {case.ref}", blocks, Matter(case.ref), submit=submit)


def _mailbox(case: CaseFile, pack: Pack) -> str:
    name = next((point.name for point in pack.points if point.id == MAILBOX), "control of the mailbox on file")
    if MAILBOX in case.points:
        return f"*{escape(name)}:* matched, the consumer answered the letter with its code."
    return f"*{escape(name)}:* not yet. It counts when the consumer answers the letter with its code."
