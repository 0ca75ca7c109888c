"""What all modals share: the frame, what they are about, their fields, and what was filled in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    DatePickerElement,
    InputBlock,
    Option,
    PlainTextInputElement,
    PlainTextObject,
    RadioButtonsElement,
    StaticMultiSelectElement,
    StaticSelectElement,
    TimePickerElement,
    UserSelectElement,
)
from slack_sdk.models.blocks.block_elements import InputInteractiveElement
from slack_sdk.models.views import View

from bot.blocks import JSON, section
from bot.names import FILLED_IN
from bot.names import View as Name
from bot.words import fit

TITLE, BUTTON_TEXT, LABEL, HINT, INPUT, LISTED, SELECTED = 24, 24, 2_000, 2_000, 3_000, 10, 100
WORD = 40
CONFIRMED = "confirmed"
"""The value of a single box to tick."""
MOST_BLOCKS = 100


@dataclass(frozen=True, slots=True)
class Matter:
    """What a modal is about, carried in its `private_metadata`: identifiers of ours, nothing personal.

    Args:
        ref: the case.
        request: one of its requests.
        mail: a held mail.
        outcome: how the request is to end.
        bases: the grounds of a denial.
        first: the case that a duplicate repeats, as a person names it.
        seen: the digest of the letter that was previewed.
        page: of a reading.
        whole: whether quoted text is shown in it too.
        approval: what waits for a second person.
        cases: several, by id.
    """

    ref: str = ""
    request: int | None = None
    mail: int | None = None
    outcome: str = ""
    bases: tuple[str, ...] = ()
    first: str = ""
    seen: str = ""
    page: int = 0
    whole: bool = False
    approval: int = 0
    cases: tuple[int, ...] = ()

    def to_json(self) -> str:
        """As Slack carries it, at most 3,000 characters."""
        return json.dumps({name: value for name, value in asdict(self).items() if value not in ("", None, (), 0)})

    @classmethod
    def from_json(cls, text: str) -> Matter:
        """Back from `to_json`."""
        facts: dict[str, Any] = json.loads(text)
        return cls(**{**facts, **{name: tuple(facts.get(name, ())) for name in ("bases", "cases")}})


class Answers:
    """What the fields of a view hold.

    Args:
        view: as Slack sends it.
    """

    def __init__(self, view: JSON) -> None:
        values: dict[str, dict[str, JSON]] = view.get("state", {}).get("values", {})
        self._held = {block.partition(" ")[0]: next(iter(held.values()), {}) for block, held in values.items()}

    def text(self, field: str) -> str:
        """What was typed; empty for nothing."""
        return str(self._held.get(field, {}).get("value") or "").strip()

    def one(self, field: str) -> str:
        """The value that was chosen, or the user; empty for none."""
        held = self._held.get(field, {})
        return str((held.get("selected_option") or {}).get("value") or held.get("selected_user") or "")

    def picked(self, field: str) -> str:
        """The day (2027-01-10) or the time (09:30) that was picked; empty for none."""
        held = self._held.get(field, {})
        return str(held.get("selected_date") or held.get("selected_time") or "")

    def many(self, field: str) -> tuple[str, ...]:
        """The values that were chosen."""
        return tuple(str(option["value"]) for option in self._held.get(field, {}).get("selected_options") or ())


def modal(
    name: str, title: str, blocks: Iterable[Block], matter: Matter, *, submit: str = "", close: str = "Close"
) -> JSON:
    """A modal.

    Args:
        name: its callback id.
        title: at its top.
        blocks: at most a hundred; what is more is left out.
        matter: what it is about.
        submit: on the button that sends it off; without one there is only the other.
        close: on the button that closes it.
    """
    view: JSON = View(
        type="modal",
        callback_id=name,
        title=_words(title, TITLE),
        blocks=list(blocks)[:MOST_BLOCKS],
        private_metadata=matter.to_json(),
        submit=_words(submit, BUTTON_TEXT) if submit else None,
        close=_words(close, BUTTON_TEXT),
    ).to_dict()
    return view


def notice(words: str, title: str = "rightsdesk") -> JSON:
    """A modal that says one thing."""
    return modal(Name.NOTICE, title, [section(words)], Matter())


def closed_home(words: str) -> JSON:
    """The Home of somebody whom this desk is not for."""
    view: JSON = View(type="home", blocks=[section(words)]).to_dict()
    return view


def inputs(view: JSON) -> list[str]:
    """The names of a view's fields, from the top down."""
    return [str(block["block_id"]) for block in view.get("blocks", ()) if block.get("type") == "input"]


def text_field(field: str, label: str, *, hint: str = "", value: str = "", optional: bool = False) -> InputBlock:
    """A field for several lines of text."""
    element = PlainTextInputElement(
        action_id=FILLED_IN, multiline=True, max_length=INPUT, initial_value=fit(value, INPUT) or None
    )
    return _field(field, label, element, hint=hint, optional=optional)


def word_field(
    field: str, label: str, *, hint: str = "", value: str = "", optional: bool = False, most: int = WORD
) -> InputBlock:
    """A field for a word, or for a few of at most so many characters."""
    element = PlainTextInputElement(action_id=FILLED_IN, max_length=most, initial_value=fit(value, most) or None)
    return _field(field, label, element, hint=hint, optional=optional)


def day_field(field: str, label: str, *, value: str = "", hint: str = "", optional: bool = False) -> InputBlock:
    """A day, such as 2027-01-10."""
    element = DatePickerElement(action_id=FILLED_IN, initial_date=value or None)
    return _field(field, label, element, hint=hint, optional=optional)


def time_field(field: str, label: str, *, value: str = "", hint: str = "") -> InputBlock:
    """A time of day, such as 09:30."""
    return _field(field, label, TimePickerElement(action_id=FILLED_IN, initial_time=value or None), hint=hint)


def choice(field: str, label: str, options: Sequence[Option], *, chosen: str = "", hint: str = "") -> InputBlock:
    """One of at most ten, all of them seen."""
    shown = list(options)[:LISTED]
    initial = next((option for option in shown if option.value == chosen), None)
    element = RadioButtonsElement(action_id=FILLED_IN, options=shown, initial_option=initial)
    return _field(field, label, element, hint=hint)


def select(
    field: str,
    label: str,
    options: Sequence[Option],
    *,
    chosen: str = "",
    action: str = FILLED_IN,
    hint: str = "",
    optional: bool = False,
) -> InputBlock:
    """One of a list; with an action of its own each change is told at once."""
    shown = list(options)[:SELECTED]
    initial = next((option for option in shown if option.value == chosen), None)
    element = StaticSelectElement(action_id=action, options=shown, initial_option=initial)
    return _field(field, label, element, hint=hint, optional=optional, tells=action != FILLED_IN)


def several(
    field: str,
    label: str,
    options: Sequence[Option],
    *,
    chosen: Sequence[str] = (),
    hint: str = "",
    optional: bool = False,
) -> InputBlock:
    """Several of a list."""
    shown = list(options)[:SELECTED]
    initial = [option for option in shown if option.value in chosen]
    element = StaticMultiSelectElement(action_id=FILLED_IN, options=shown, initial_options=initial or None)
    return _field(field, label, element, hint=hint, optional=optional)


def ticks(
    field: str,
    label: str,
    options: Sequence[Option],
    *,
    chosen: Sequence[str] = (),
    hint: str = "",
    optional: bool = False,
) -> InputBlock:
    """Several of at most ten, all of them seen."""
    shown = list(options)[:LISTED]
    initial = [option for option in shown if option.value in chosen]
    element = CheckboxesElement(action_id=FILLED_IN, options=shown, initial_options=initial or None)
    return _field(field, label, element, hint=hint, optional=optional)


def person(field: str, label: str, *, hint: str = "", value: str = "", optional: bool = False) -> InputBlock:
    """Somebody of the workspace."""
    element = UserSelectElement(action_id=FILLED_IN, initial_user=value or None)
    return _field(field, label, element, hint=hint, optional=optional)


def _field(
    field: str,
    label: str,
    element: InputInteractiveElement,
    *,
    hint: str = "",
    optional: bool = False,
    tells: bool = False,
) -> InputBlock:
    return InputBlock(
        block_id=field,
        label=_words(label, LABEL),
        element=element,
        hint=_words(hint, HINT) if hint else None,
        optional=optional,
        dispatch_action=True if tells else None,
    )


def _words(text: str, limit: int) -> PlainTextObject:
    return PlainTextObject(text=fit(text, limit), emoji=False)
