"""How a Home looks: my cases by their next date, what nobody has, whom I wait for, and what waits to be placed."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.blocks import JSON, actions, button, context, divider, header, section
from bot.cards.case import BUTTONS
from bot.cards.lists import LINES_A_SECTION, case_line
from bot.home.team import team
from bot.names import ACTION_OF, Action
from bot.wishes import told
from bot.words import counted, escape, fit, moment, without_addresses
from store.team import HeldLine, HomeFacts
from store.values import CaseFile

MOST_BLOCKS = 100
SHOWN = 120
"""An address or a reason is shown up to so many characters."""
WELCOME = (
    "*Welcome.* Privacy requests arrive by e-mail and stand as cards in the requests channel. Claim one, read it, "
    "verify where the law allows it, and resolve it: the letters go out by themselves, each shown to you first. "
    "Here you see what is yours, and `/privacy help` lists the commands."
)
SECTIONS = (
    "From the top: *My cases* and *Unclaimed*, the nearest date first, each with the moves it offers now; "
    "*Waiting for consumers*, where the next word is theirs; *Holding pen*, mails that somebody must place; "
    "*My settings*, where and when you are reminded. This page follows by itself when a case changes."
)


def home(facts: HomeFacts, zone: ZoneInfo) -> JSON:
    """Draw a person's Home, of at most a hundred blocks whatever there is.

    Args:
        facts: what it shows.
        zone: the business's time zone.
    """
    blocks: list[Block] = [section(WELCOME), context(SECTIONS), divider()] if facts.is_new else []
    blocks += _cases("My cases", facts.mine, facts.mine_count, facts, zone)
    blocks += _cases("Unclaimed", facts.unclaimed, facts.unclaimed_count, facts, zone)
    blocks += _waiting(facts, zone)
    blocks += _pen(facts, zone)
    blocks += [header("My settings"), section(told(facts.wishes, facts.today), accessory=my_settings())]
    blocks += team(facts.team, facts.today, zone) if facts.team else []
    view: JSON = View(type="home", blocks=blocks[:MOST_BLOCKS]).to_dict()
    return view


NONE = {
    "My cases": "You have no open case. Unclaimed ones stand below.",
    "Unclaimed": "Every open case has somebody.",
}
LISTS = {"My cases": "mine", "Unclaimed": "list unclaimed"}


def _cases(title: str, cases: Sequence[CaseFile], count: int, facts: HomeFacts, zone: ZoneInfo) -> list[Block]:
    blocks: list[Block] = [header(f"{title}: {count:,}" if count else title)]
    if not cases:
        return [*blocks, section(NONE[title])]
    for case in cases:
        blocks += [section(case_line(case, facts.today, zone)), _moves(case, title)]
    return blocks + _more(count - len(cases), LISTS[title])


def _moves(case: CaseFile, title: str) -> Block:
    """What the table offers now, as on the card, and the whole case; one just claimed may stand in two lists."""
    offered = [
        button(text, ACTION_OF[move], case.ref, says=f"{text} {case.ref}")
        for move, text in BUTTONS.items()
        if move in case.offered
    ]
    return actions(*offered, button("Show", Action.SHOW, case.ref, says=f"Show {case.ref}"), name=f"{title} {case.ref}")


def _waiting(facts: HomeFacts, zone: ZoneInfo) -> list[Block]:
    if not facts.waiting:
        return []
    lines = [case_line(case, facts.today, zone) for case in facts.waiting]
    chunks = [lines[start : start + LINES_A_SECTION] for start in range(0, len(lines), LINES_A_SECTION)]
    shown: list[Block] = [section("\n".join(chunk)) for chunk in chunks]
    title = header(f"Waiting for consumers: {facts.waiting_count:,}")
    return [title, *shown, *_more(facts.waiting_count - len(lines), "mine")]


def _pen(facts: HomeFacts, zone: ZoneInfo) -> list[Block]:
    if not facts.held_count:
        return [header("Holding pen"), section("No mail waits for somebody to place it.")]
    unreadable = f", {facts.unreadable_count:,} of them could not be read" if facts.unreadable_count else ""
    said = f"{facts.held_count:,} {'mail waits' if facts.held_count == 1 else 'mails wait'} for a person{unreadable}."
    lines: list[Block] = [
        section(_held(mail, zone), accessory=button("Read", Action.READ_HELD, str(mail.mail_id), says=_named(mail)))
        for mail in facts.held
    ]
    cards = context("Their cards in the requests channel have the buttons that place them; the clocks run already.")
    return [header("Holding pen"), section(said), *lines, cards]


def _held(mail: HeldLine, zone: ZoneInfo) -> str:
    sender = escape(fit(mail.masked_sender, SHOWN)) or "an unknown sender"
    why = escape(fit(without_addresses(mail.reason), SHOWN)).strip().rstrip(".")
    usual = "it could not be read" if mail.unreadable else "the desk cannot tell where it belongs"
    return f"*Mail {mail.mail_id}* from {sender}, received {moment(mail.received_at, zone)}: {why or usual}"


def _named(mail: HeldLine) -> str:
    return f"Read mail {mail.mail_id}"


def _more(left: int, command: str) -> list[Block]:
    return [context(f"… and {counted(left, 'more case', 'more cases')}: `/privacy {command}`")] if left > 0 else []


def my_settings() -> ButtonElement:
    """The button that opens a person's own settings."""
    return button("Change…", Action.SETTINGS, "settings", says="Change my settings")
