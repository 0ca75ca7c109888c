"""A law as the desk follows it, for one person: what it demands, by when, and the section of each rule."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Protocol

from slack_sdk.models.blocks import Block

from bot.blocks import Message, context, header, message, paragraphs, section
from bot.words import counted, day, escape
from store.packs import Laws
from store.rules.kinds import Kind
from store.rules.pack import Pack
from store.rules.rows import AgentRule, ClockRule, VerificationRule
from store.rules.terms import Level


class Cited(Protocol):
    """Any rule with its section."""

    @property
    def citation(self) -> str:
        """Where the law says so."""

    @property
    def confirmed(self) -> bool:
        """Whether that was found in a stored text."""


LEVELS = {
    Level.NONE: "no verification needed",
    Level.FORBIDDEN: "never verified",
    Level.ON_DOUBT: "verified only on reasonable doubt",
    Level.REASONABLE: "verified to a reasonable degree",
    Level.REASONABLY_HIGH: "verified to a reasonably high degree",
}


def law(pack: Pack, laws: Laws, default: str, today: date) -> Message:
    """Draw a law.

    Args:
        pack: the law.
        laws: all that are known here.
        default: the short name of the one in force where a mail states no other residence.
        today: the present day in the business's zone.
    """
    place = " It is in force where a mail states no other residence." if pack.law == default else ""
    due = ": due for a review" if pack.stale(today) else ""
    ours = " It is the business's own copy." if pack.law in laws.own else ""
    head = f"{escape(pack.name)} ({pack.law}), last reviewed {day(pack.reviewed_on)}{due}.{place}{ours}"
    groups = {title: list(lines) for title, lines in _groups(pack)}
    body: list[Block] = [
        section(piece)
        for title, lines in groups.items()
        if lines
        for piece in paragraphs("\n".join([f"*{title}*", *lines]))
    ]
    small = context(
        f"Known laws: {escape(', '.join(laws.names))}.",
        f"“Not confirmed”: it was not found in a stored text. All of it, with the notes: `rightsdesk law {pack.law}`.",
    )
    told = "\n".join([head, *groups["Clocks, from receipt"]])
    return message(told, [header(pack.name), section(head)], body, [small])


def _groups(pack: Pack) -> Iterator[tuple[str, Iterable[str]]]:
    """The rules in the order in which a case meets them."""
    yield "Clocks, from receipt", (_line(_timed(rule), rule) for rule in pack.clocks)
    yield "Verification", (_line(_verified(rule), rule) for rule in pack.verification)
    yield "Agents", (_line(_asked(rule), rule) for rule in pack.agents)
    yield "Appeals", (_line(rule.instructions, rule) for rule in [pack.appeal] if rule)
    yield "Rights it does not give", (_line(_kinds(rule.kinds), rule) for rule in pack.not_given)
    yield "Bases of a denial", (_line(basis.title, basis) for basis in pack.bases)
    yield (
        "Other figures",
        (_line(f"{figure.what.rstrip('.')}: {figure.unit} {figure.value}", figure) for figure in pack.figures),
    )
    yield "Duties", (_line(duty.text, duty) for duty in pack.duties)
    yield "Never disclosed", (_line(each.name, each) for each in pack.undisclosed)


def _line(text: str, rule: Cited) -> str:
    doubt = "" if rule.confirmed else ", not confirmed"
    return f"• {escape(text.rstrip('.'))} ({escape(rule.citation)}{doubt})"


def _timed(rule: ClockRule) -> str:
    starts = f" from {day(rule.starts)} on" if rule.starts else ""
    return f"{rule.clock} {rule.unit.told(rule.count)}{starts}: {_kinds(rule.kinds)}"


def _verified(rule: VerificationRule) -> str:
    points = f", {counted(rule.points, 'point')}" if rule.points else ""
    declared = " and a signed declaration" if rule.declaration else ""
    which = ", sensitive data" if rule.sensitive else ""
    return f"{_kinds(rule.kinds)}{which}: {LEVELS[rule.level]}{points}{declared}"


def _asked(rule: AgentRule) -> str:
    may = {"signed permission": rule.signed_permission, "the consumer, once": rule.direct_check}
    return f"{_kinds(rule.kinds)}: may be asked for {' and '.join(what for what, asked in may.items() if asked)}"


def _kinds(kinds: Collection[Kind]) -> str:
    return "every request" if set(kinds) == set(Kind) else ", ".join(kind.plain for kind in kinds)
