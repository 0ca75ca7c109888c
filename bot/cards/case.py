"""The card of a case: what it asks, by when, whose it is, and the moves it offers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import ActionsBlock, Block, OverflowMenuElement

from bot.blocks import Message, actions, button, context, fields, header, message, overflow, section
from bot.cards import twins
from bot.cards.aside import asides
from bot.cards.kept import kept
from bot.cards.promises import promised
from bot.cards.requests import by_when, contested, ending, progress, proposal
from bot.names import ACTION_OF, Action
from bot.understood import DOUBT_MARK, DOUBTFUL, MARK, asker, in_force, language, listed_with, urgent
from bot.words import counted, escape, fit, mention, moment
from store.rules.lifecycle import Move, Status
from store.rules.pack import Pack
from store.values import CaseFile, RequestLine

Naming = Callable[[str], str]
"""How a person is written in plain text, by user id."""

STANDING = {
    Status.NEW: "new",
    Status.CLAIMED: "claimed",
    Status.VERIFYING: "being verified",
    Status.VERIFIED: "verified",
    Status.CLOSED: "closed",
}
BUTTONS = {
    Move.CLAIM: "Claim",
    Move.READ: "Read",
    Move.ASK: "Ask to verify",
    Move.VERIFY: "Verify",
    Move.EXTEND: "Extend",
    Move.RESOLVE: "Resolve",
}
REST = {
    Move.RELEASE: "Release",
    Move.ASSIGN: "Assign",
    Move.REPLY: "Reply",
    Move.RECLASSIFY: "Reclassify",
    Move.REOPEN: "Reopen",
    Move.CHANGE_LAW: "Change law",
}
FURTHER = {
    Move.NOTE: "Write a note",
    Move.SNOOZE: "Snooze",
    Move.WAKE: "Wake",
    Move.MERGE: "Merge into another",
}
WHY = "Why this date?"
CAME_BACK = "A letter came back: the consumer was not reached."
SHOWN = 120
"""An address or a name is shown up to so many characters."""


def card(case: CaseFile, pack: Pack, today: date, zone: ZoneInfo, name: Naming = mention) -> Message:
    """Draw a case.

    Args:
        case: as it is now.
        pack: the law in force for it.
        today: the present day in the business's zone.
        zone: the business's time zone.
        name: how the owner is written in the plain text.
    """
    head, body, tail = parts(case, pack, today, zone)
    return message(story(case, pack, today, zone, name), head, body, tail)


def parts(
    case: CaseFile, pack: Pack, today: date, zone: ZoneInfo
) -> tuple[tuple[Block, ...], tuple[Block, ...], tuple[Block, ...]]:
    """A card's head, its requests, and its foot with the buttons."""
    warning = [section(f":warning: {CAME_BACK}")] if case.came_back else []
    if words := urgent(case):
        warning.insert(0, section(f"{MARK} {words}"))
    warning += [section(f":warning: {words}") for words in twins.warnings(case)]
    head = (header(f"{case.ref}: {STANDING[case.status]}"), *warning, _facts(case, pack, zone))
    body = tuple(_request(line, case, pack, today, zone) for line in _sorted(case))
    tail = (_last_word(case, pack, zone), *_buttons(case))
    return head, body, tail


def story(case: CaseFile, pack: Pack, today: date, zone: ZoneInfo, name: Naming) -> str:
    """A card as a screen reader and a notification tell it."""
    owner = f"with {escape(name(case.owner))}" if case.owner else "unclaimed"
    whose = "" if case.status is Status.CLOSED else f", {owner}"
    start = f"{case.ref} is {STANDING[case.status]}{whose}. From {_address(case)}, {in_force(case, pack)}."
    told = [f"{line.kind.plain}: {_state(line, case, pack, today, zone)}." for line in _sorted(case)]
    came_back = CAME_BACK if case.came_back else ""
    warning = filter(None, [urgent(case), _asked_by(case), came_back, *twins.warnings(case)])
    linked = [listed_with(case), *twins.linked(case), *promised(case, pack)]
    notes = filter(None, [*linked, *_letters(case), *kept(case, zone), *asides(case)])
    return " ".join([start, *warning, *told, *(f"{words}." for words in notes)])


def _facts(case: CaseFile, pack: Pack, zone: ZoneInfo) -> Block:
    owner = "unclaimed"
    if case.owner:
        since = f"\nsince {moment(case.owned_since, zone)}" if case.owned_since else ""
        owner = mention(case.owner) + since
    asks, spoken = asker(case.requester), language(case.language)
    ended = [f"*Closed*\n{moment(case.closed_at, zone)}"] if case.closed_at else []
    return fields(
        f"*Owner*\n{owner}",
        f"*From*\n{_address(case)}",
        f"*Received*\n{moment(case.received_at, zone)}",
        f"*Law*\n{in_force(case, pack)}",
        *([f"*Asked by*\n{asks}"] if asks else []),
        *([f"*Language*\n{spoken}"] if spoken else []),
        *ended,
    )


def _request(line: RequestLine, case: CaseFile, pack: Pack, today: date, zone: ZoneInfo) -> Block:
    state = by_when(line, pack, today) if line.open else escape(ending(line, pack, zone))
    checked = f"\n{escape(progress(line, case))}" if line.open else ""
    checked += f"\n{escape(contested(line))}" if line.contests else ""
    doubt = f"\n{DOUBT_MARK} {DOUBTFUL}" if line.open and line.doubtful else ""
    proposed = f"\n{MARK} {escape(words)}" if (words := proposal(line, pack)) else ""
    return section(f"*{line.kind.plain}*: {state}{checked}{proposed}{doubt}", limit=800)


def _state(line: RequestLine, case: CaseFile, pack: Pack, today: date, zone: ZoneInfo) -> str:
    if not line.open:
        return escape(ending(line, pack, zone))
    proposed = f"; {words}" if (words := proposal(line, pack)) else ""
    doubt = f"; {contested(line)}" if line.contests else ""
    doubt += f"; {DOUBTFUL}" if line.doubtful else ""
    return escape(f"{by_when(line, pack, today)}; {progress(line, case)}{proposed}{doubt}")


def _asked_by(case: CaseFile) -> str:
    """Who asks and in which language, as a sentence; empty for a plain consumer's English."""
    asks, spoken = asker(case.requester), language(case.language)
    told = ", ".join(filter(None, [asks and f"asked by {asks}", spoken and f"in {spoken}"]))
    return f"{told[0].upper()}{told[1:]}." if told else ""


def _sorted(case: CaseFile) -> tuple[RequestLine, ...]:
    """The open requests, the nearest date first, then the settled ones."""
    return (*case.open_requests, *(line for line in case.requests if not line.open))


def _last_word(case: CaseFile, pack: Pack, zone: ZoneInfo) -> Block:
    linked = [*filter(None, [listed_with(case)]), *twins.linked(case), *promised(case, pack), *kept(case, zone)]
    told = [*asides(case), *linked, *_letters(case)]
    return context(f"The consumer’s last word: {moment(case.last_word_at, zone)}", *told)


def _letters(case: CaseFile) -> list[str]:
    words = []
    if case.parked_letters:
        words.append(f"{counted(case.parked_letters, 'letter')} could not be delivered: the thread says which and why")
    if case.waiting_letters:
        words.append(f"{counted(case.waiting_letters, 'letter')} on the way")
    return words


def _buttons(case: CaseFile) -> tuple[ActionsBlock, ...]:
    shown = [
        button(
            text,
            ACTION_OF[move],
            case.ref,
            says=f"{text} {case.ref}",
            style="primary" if move is Move.CLAIM else None,
        )
        for move, text in BUTTONS.items()
        if move in case.offered
    ]
    shown += twins.link_button(case)
    shown.append(button(WHY, Action.WHY, case.ref, says=f"{WHY} {case.ref}"))
    menus = [_menu(case, Action.MORE, REST), _menu(case, Action.FURTHER, FURTHER)]  # Slack takes five lines a menu
    return (actions(*shown, *filter(None, menus), name=f"moves {case.ref}"),)


def _menu(case: CaseFile, action: Action, moves: dict[Move, str]) -> OverflowMenuElement | None:
    rest = [(text, f"{ACTION_OF[move]} {case.ref}") for move, text in moves.items() if move in case.offered]
    return overflow(action, rest) if rest else None


def _address(case: CaseFile) -> str:
    return escape(fit(case.masked_address, SHOWN))
