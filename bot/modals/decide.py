"""Answering: extend, resolve, reply, reopen, reclassify."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import Block, InputBlock, Option

from bot.blocks import JSON, context, option, section
from bot.cards.promises import promised
from bot.cards.requests import by_when, progress
from bot.modals.frame import Matter, choice, modal, select, several, text_field, word_field
from bot.names import Action, Field
from bot.names import View as Name
from bot.words import day, escape
from store.replies import Template
from store.rules.kinds import Kind
from store.rules.lifecycle import Move
from store.rules.outcomes import Outcome, bases_for
from store.rules.pack import Pack
from store.values import CaseFile, RequestLine

PREVIEW = "Preview letter"
OWN_WORDS = (
    "Greeting, reference and signature are added to them. Left empty, the letter tells what can be asked for, and how."
)
FIRST = "For a duplicate: the case that asked first. Left empty, it is the oldest that asked for the same."


def extend(case: CaseFile, pack: Pack, today: date) -> JSON:
    """Which request is extended, and why.

    Args:
        case: as it is now.
        pack: the law in force for it.
        today: the present day in the business's zone.
    """
    lines = _for(case, Move.EXTEND)
    what = [section(f"*{line.kind.plain}*: {escape(by_when(line, pack, today))}") for line in lines]
    once = context("The law allows one extension, and the letter with its reason must go out before the first date.")
    reason = text_field(Field.REASON, "Reason", hint="The consumer reads it in the letter.")
    blocks: list[Block] = [*what, once, *_which(lines), reason]
    return modal(Name.EXTEND, f"Extend {case.ref}", blocks, _matter(case, lines), submit=PREVIEW)


def resolve(
    case: CaseFile, pack: Pack, today: date, chosen: int | None = None, *, outcome: Outcome | None = None
) -> JSON:
    """How a request ends, on which grounds, and what else the letter says.

    Args:
        case: as it is now.
        pack: the law in force for it.
        today: the present day in the business's zone.
        chosen: the request it is about; without one, the nearest date's.
        outcome: chosen already; none where it is open.
    """
    lines = _for(case, Move.RESOLVE)
    line = next((line for line in lines if line.id == chosen), lines[0])
    state = f"*{line.kind.plain}*: {escape(by_when(line, pack, today))}\n{escape(progress(line, case))}"
    bases = [option(basis.title, basis.id, basis.citation) for basis in bases_for(pack, line.kind)]
    blocks: list[Block] = [
        *_which(lines, line.id, action=Action.CHOOSE_REQUEST),
        section(state),
        choice(Field.OUTCOME, "Outcome", [_outcome(each, line) for each in Outcome], chosen=outcome or ""),
        several(f"{Field.BASES} {line.kind}", "Bases", bases, hint="For a denial, in whole or in part.", optional=True),
        word_field(Field.FIRST, "First case", hint=FIRST, value=case.twin or "", optional=True),
        text_field(Field.NOTE, "What else the letter says", hint=_why(line), optional=True),
    ]
    return modal(Name.RESOLVE, f"Resolve {case.ref}", blocks, Matter(case.ref, line.id), submit=PREVIEW)


def reply(case: CaseFile, pack: Pack, templates: Sequence[Template] = (), chosen: str = "") -> JSON:
    """A letter in one's own words, and what it must not ask: whoever opted out is not invited back.

    Args:
        case: as it is now.
        pack: the law in force for it.
        templates: the business's own, of which one can be chosen.
        chosen: the name of the one whose words stand in the field; another one is another field to Slack.
    """
    words = next((each.text(case.language) for each in templates if each.name == chosen), "")
    text = text_field(f"{Field.TEXT} {chosen}".strip(), "Your words", hint=OWN_WORDS, value=words, optional=True)
    owed = [section(f":warning: {words}") for words in promised(case, pack)]
    named = [option(each.title, each.name) for each in templates]
    act, hint = Action.CHOOSE_TEMPLATE, "Its words take the place of those below."
    pick = (
        [select(Field.TEMPLATE, "Template", named, chosen=chosen, action=act, hint=hint, optional=True)]
        if named
        else []
    )
    return modal(Name.REPLY, f"Reply in {case.ref}", [*owed, *pick, text], Matter(case.ref), submit=PREVIEW)


def reopen(case: CaseFile) -> JSON:
    """Which settled request is looked at again, and why."""
    lines = _for(case, Move.REOPEN)
    names = ", ".join(f"{line.kind.plain} ({line.outcome.plain if line.outcome else 'open'})" for line in lines)
    dates = context("Its first dates count again, and the case is yours then. The consumer is told.")
    reason = text_field(Field.REASON, "Reason", hint="The consumer reads it.")
    blocks: list[Block] = [section(escape(names)), dates, *_which(lines), reason]
    return modal(Name.REOPEN, f"Reopen {case.ref}", blocks, _matter(case, lines), submit=PREVIEW)


def reclassify(case: CaseFile, pack: Pack, today: date) -> JSON:
    """Which right a request really invokes."""
    lines = _for(case, Move.RECLASSIFY)
    what = [section(f"*{line.kind.plain}*: {escape(by_when(line, pack, today))}") for line in lines]
    asked = {line.kind for line in case.open_requests}
    kinds = [option(kind.plain, kind.value) for kind in Kind if kind not in asked]
    told = context("Its dates are computed anew from the day of receipt. No letter goes out.")
    kind = select(Field.KIND, "It is really", kinds)
    blocks: list[Block] = [*what, told, *_which(lines), kind]
    return modal(Name.RECLASSIFY, f"Reclassify {case.ref}", blocks, _matter(case, lines), submit="Reclassify")


def _for(case: CaseFile, move: Move) -> tuple[RequestLine, ...]:
    """The requests that a move is offered for, the nearest date first; all, where it is offered for none."""
    ordered = sorted(case.requests, key=lambda line: (not line.open, line.due, line.id))
    return tuple(line for line in ordered if move in line.offered) or tuple(ordered)


def _which(lines: Sequence[RequestLine], chosen: int | None = None, action: str | None = None) -> list[InputBlock]:
    """The choice of a request, where there is one to make."""
    if len(lines) < 2:  # noqa: PLR2004 - one is no choice
        return []
    options: list[Option] = [option(line.kind.plain, str(line.id), f"due {day(line.due)}") for line in lines]
    first = str(chosen or lines[0].id)
    if action is None:
        return [select(Field.REQUEST, "Request", options, chosen=first)]
    return [select(Field.REQUEST, "Request", options, chosen=first, action=action)]


def _matter(case: CaseFile, lines: Sequence[RequestLine]) -> Matter:
    return Matter(case.ref, lines[0].id if lines else None)


def _why(line: RequestLine) -> str:
    """What the words are for."""
    read = "The consumer reads it."
    return f"{read} An appeal that is refused needs the reasons." if line.kind is Kind.APPEAL else read


def _outcome(outcome: Outcome, line: RequestLine) -> Option:
    needs = ""
    if outcome in (Outcome.COMPLIED_IN_FULL, Outcome.COMPLIED_IN_PART) and not line.reached:
        needs = f"needs {line.verification.points_needed} matched points, has {line.matched}"
    return option(outcome.plain.capitalize(), outcome.value, needs)
