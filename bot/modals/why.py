"""Why a case's dates are those dates, and the law that it stands under."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from bot import why as words
from bot.blocks import JSON, context, option, section
from bot.modals.frame import Matter, modal, select
from bot.names import Field
from bot.names import View as Name
from bot.words import escape
from store.rules.pack import Pack
from store.values import CaseFile
from store.why import Why


def why(told: Why, today: date) -> JSON:
    """Why this date?"""
    shown = [section(escape(words.basis(told)))]
    for reason in told.requests:
        lines = "\n".join(f"• {escape(line)}" for line in words.sentences(reason, told.zone))
        shown.append(section(f"*{escape(words.heading(reason, today))}*\n{lines}"))
    return modal(Name.WHY, f"Dates of {told.ref}", shown, Matter(told.ref))


def change_law(file: CaseFile, laws: Collection[Pack]) -> JSON:
    """Under which law a case is to stand."""
    options = [option(f"{pack.name} ({pack.law})", pack.law) for pack in laws if pack.law != file.law]
    law = select(Field.LAW, "The law of the consumer’s residence", options)
    now = next((pack.name for pack in laws if pack.law == file.law), file.law)
    told = context(
        "Every open date is computed anew from the day of receipt. The consumer is not written to: if a date that they "
        "were told becomes a later one, say so in a reply."
    )
    shown = [section(f"{escape(file.ref)} stands under {escape(now)} now."), law, told]
    return modal(Name.CHANGE_LAW, "Change the law", shown, Matter(file.ref), submit="Change")
