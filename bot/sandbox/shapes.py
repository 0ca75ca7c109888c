"""Slack's composition objects and interactive elements, with their limits; each check yields the faults it finds.

A fault is a sentence with a JSON pointer to the place. The limits are Slack's published ones (docs.slack.dev, reference
of Block Kit).
"""

from __future__ import annotations

from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.sandbox.events import JSON

ID = 255
BUTTON_TEXT, BUTTON_VALUE = 75, 2_000
OPTION = 75
SELECT_OPTIONS, OVERFLOW_OPTIONS, LISTED_OPTIONS = 100, 5, 10
PLACEHOLDER = 150
INPUT_VALUE = 3_000
CONFIRM_TITLE, CONFIRM_TEXT, CONFIRM_BUTTON = 100, 300, 30
IMAGE_ALT, IMAGE_URL = 2_000, 3_000

BUTTON_LIKE = frozenset({"button", "workflow_button"})
STATIC = frozenset({"static_select", "multi_static_select"})
PICKERS = frozenset(
    {
        "users_select",
        "multi_users_select",
        "conversations_select",
        "multi_conversations_select",
        "channels_select",
        "multi_channels_select",
    }
)
LISTED = frozenset({"radio_buttons", "checkboxes"})
MOMENTS = frozenset({"datepicker", "timepicker", "datetimepicker"})
TEXTUAL = frozenset({"plain_text_input", "email_text_input", "url_text_input", "number_input"})
ACTIONS = BUTTON_LIKE | STATIC | PICKERS | LISTED | MOMENTS | {"overflow"}
INPUTS = STATIC | PICKERS | LISTED | MOMENTS | TEXTUAL | {"rich_text_input", "file_input"}


def length(value: Any, where: str, limit: int, *, least: int = 1) -> Iterator[str]:
    """A string of at least `least` and at most `limit` characters."""
    if not isinstance(value, str):
        yield f"must be a string [json-pointer:{where}]"
    elif len(value) < least:
        yield f"must be at least {least} characters [json-pointer:{where}]"
    elif len(value) > limit:
        yield f"must be at most {limit} characters, this has {len(value)} [json-pointer:{where}]"


def text(value: Any, where: str, limit: int, *, mrkdwn: bool = False) -> Iterator[str]:
    """A text object, plain or (where allowed) mrkdwn."""
    kinds = ("plain_text", "mrkdwn") if mrkdwn else ("plain_text",)
    if not isinstance(value, dict):
        yield f"must be a text object [json-pointer:{where}]"
    elif value.get("type") not in kinds:
        yield f"must be of type {' or '.join(kinds)} [json-pointer:{where}/type]"
    elif value["type"] == "mrkdwn" and "emoji" in value:
        yield f"emoji goes with plain_text only [json-pointer:{where}/emoji]"
    else:
        yield from length(value.get("text"), f"{where}/text", limit)


def options(value: Any, where: str, most: int, *, mrkdwn: bool = False) -> Iterator[str]:
    """A list of 1 to `most` options with different values."""
    if not isinstance(value, list) or not 1 <= len(value) <= most:
        yield f"must be 1 to {most} options [json-pointer:{where}]"
        return
    for number, option in enumerate(value):
        place = f"{where}/{number}"
        if not isinstance(option, dict):
            yield f"must be an option object [json-pointer:{place}]"
            continue
        yield from text(option.get("text"), f"{place}/text", OPTION, mrkdwn=mrkdwn)
        yield from length(option.get("value"), f"{place}/value", OPTION)
        if "description" in option:
            yield from text(option["description"], f"{place}/description", OPTION, mrkdwn=mrkdwn)
    values = [option.get("value") for option in value if isinstance(option, dict)]
    if len(set(map(str, values))) != len(values):
        yield f"option values must differ [json-pointer:{where}]"


def confirm(value: Any, where: str) -> Iterator[str]:
    """A confirmation dialog."""
    if not isinstance(value, dict):
        yield f"must be a confirm object [json-pointer:{where}]"
        return
    yield from text(value.get("title"), f"{where}/title", CONFIRM_TITLE)
    yield from text(value.get("text"), f"{where}/text", CONFIRM_TEXT, mrkdwn=True)
    yield from text(value.get("confirm"), f"{where}/confirm", CONFIRM_BUTTON)
    yield from text(value.get("deny"), f"{where}/deny", CONFIRM_BUTTON)


def image(value: JSON, where: str) -> Iterator[str]:
    """An image, as a block or as an element."""
    yield from length(value.get("alt_text"), f"{where}/alt_text", IMAGE_ALT, least=0)
    if "slack_file" not in value:
        yield from length(value.get("image_url"), f"{where}/image_url", IMAGE_URL)


def element(value: Any, where: str, allowed: frozenset[str]) -> Iterator[str]:
    """An interactive element of one of the allowed types."""
    if not isinstance(value, dict) or value.get("type") not in allowed:
        kind = value.get("type") if isinstance(value, dict) else value
        yield f"unsupported element type {kind!r} here [json-pointer:{where}/type]"
        return
    if "action_id" in value:
        yield from length(value["action_id"], f"{where}/action_id", ID)
    if "confirm" in value:
        yield from confirm(value["confirm"], f"{where}/confirm")
    if "placeholder" in value:
        yield from text(value["placeholder"], f"{where}/placeholder", PLACEHOLDER)
    yield from _particulars(value, where)


def _particulars(value: JSON, where: str) -> Iterator[str]:
    match value["type"]:
        case "button" | "workflow_button":
            yield from _button(value, where)
        case "overflow":
            yield from options(value.get("options"), f"{where}/options", OVERFLOW_OPTIONS)
        case "static_select" | "multi_static_select":
            yield from _select(value, where)
        case "radio_buttons" | "checkboxes":
            yield from options(value.get("options"), f"{where}/options", LISTED_OPTIONS, mrkdwn=True)
            yield from _initial_options(value, where, value.get("options"))
        case "datepicker":
            yield from _date(value.get("initial_date"), f"{where}/initial_date")
        case "plain_text_input":
            yield from _plain_text_input(value, where)
        case _:
            pass


def _button(value: JSON, where: str) -> Iterator[str]:
    yield from text(value.get("text"), f"{where}/text", BUTTON_TEXT)
    if "value" in value:
        yield from length(value["value"], f"{where}/value", BUTTON_VALUE)
    if "url" in value:
        yield from length(value["url"], f"{where}/url", IMAGE_URL)
    if "accessibility_label" in value:
        yield from length(value["accessibility_label"], f"{where}/accessibility_label", BUTTON_TEXT)
    if value.get("style", "primary") not in ("primary", "danger"):
        yield f"style must be primary or danger [json-pointer:{where}/style]"


def _select(value: JSON, where: str) -> Iterator[str]:
    groups = value.get("option_groups")
    if ("options" in value) == ("option_groups" in value):
        yield f"needs either options or option_groups [json-pointer:{where}]"
    elif groups is None:
        yield from options(value["options"], f"{where}/options", SELECT_OPTIONS)
        yield from _initial_options(value, where, value["options"])
    elif not isinstance(groups, list) or not 1 <= len(groups) <= SELECT_OPTIONS:
        yield f"must be 1 to {SELECT_OPTIONS} groups [json-pointer:{where}/option_groups]"
    else:
        for number, group in enumerate(groups):
            place = f"{where}/option_groups/{number}"
            yield from text(group.get("label"), f"{place}/label", OPTION)
            yield from options(group.get("options"), f"{place}/options", SELECT_OPTIONS)
        yield from _initial_options(
            value, where, list(chain.from_iterable(group.get("options", ()) for group in groups))
        )


def _initial_options(value: JSON, where: str, offered: Any) -> Iterator[str]:
    if not isinstance(offered, list):
        return
    chosen = value.get("initial_options", [value["initial_option"]] if "initial_option" in value else None)
    if chosen is None:
        return
    if not isinstance(chosen, list) or not chosen:
        yield f"initial options must be a list that is not empty [json-pointer:{where}/initial_options]"
    elif any(option not in offered for option in chosen):
        yield f"an initial option must be exactly one of the options [json-pointer:{where}]"


def _date(value: Any, where: str) -> Iterator[str]:
    if value is None:
        return
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        yield f"must be a real date as YYYY-MM-DD [json-pointer:{where}]"


def _plain_text_input(value: JSON, where: str) -> Iterator[str]:
    for name in ("min_length", "max_length"):
        if name in value and not (isinstance(value[name], int) and 0 <= value[name] <= INPUT_VALUE):
            yield f"must be a number from 0 to {INPUT_VALUE} [json-pointer:{where}/{name}]"
    if "initial_value" in value:
        yield from length(
            value["initial_value"], f"{where}/initial_value", value.get("max_length", INPUT_VALUE), least=0
        )
