"""App Home: my cases by their next date, what nobody has, and what waits for somebody to place it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.blocks import JSON, button, context, divider, header, section
from bot.cards.lists import case_line
from bot.names import Action
from bot.words import counted
from store.notes import DigestFacts
from store.values import CaseFile

MOST_LINES = 40
WELCOME = (
    "*Welcome.* Privacy requests arrive by e-mail and stand as cards in the requests channel. Claim one, read it, "
    "verify where the law allows it, and resolve it: the letters go out by themselves, each shown to you first. "
    "Here you see what is yours, and `/privacy help` lists the commands."
)


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """What a person's Home shows.

    Args:
        mine: their open cases, the nearest date first.
        unclaimed: what nobody has, the nearest date first.
        digest: the counts.
        first_visit: whether they have never opened it before.
    """

    mine: Sequence[CaseFile]
    unclaimed: Sequence[CaseFile]
    digest: DigestFacts
    first_visit: bool = False


def home(facts: HomeFacts, today: date, zone: ZoneInfo) -> JSON:
    """Draw a person's Home.

    Args:
        facts: what it shows.
        today: the present day in the business's zone.
        zone: the business's time zone.
    """
    blocks: list[Block] = [section(WELCOME), divider()] if facts.first_visit else []
    blocks += _cases("My cases", facts.mine, today, zone, "You have no open case. Unclaimed ones stand below.")
    blocks += _cases("Unclaimed", facts.unclaimed, today, zone, "Every open case has somebody.")
    blocks += [header("Waiting for a person"), section(_pen(facts.digest))]
    view: JSON = View(type="home", blocks=blocks).to_dict()
    return view


def _cases(title: str, cases: Sequence[CaseFile], today: date, zone: ZoneInfo, none: str) -> list[Block]:
    lines: list[Block] = [
        section(
            case_line(case, today, zone),
            accessory=button("Show", Action.SHOW, case.ref, says=f"Show {case.ref}"),
        )
        for case in cases[:MOST_LINES]
    ]
    more: list[Block] = [context("There are more: `/privacy list`")] if len(cases) > MOST_LINES else []
    return [header(title), *(lines or [section(none)]), *more]


def _pen(facts: DigestFacts) -> str:
    held, unreadable = counted(facts.held_count, "mail"), counted(facts.quarantined_count, "mail")
    return f"{held} in the holding pen, {unreadable} that could not be read."
