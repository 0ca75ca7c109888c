"""What people fill in: plain values become the state that Slack sends; required fields are asked for as Slack does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.blocks import elements

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.sandbox.accounts import Accounts
    from bot.sandbox.events import JSON

REQUIRED = "Please complete this required field."
State = dict[str, dict[str, "JSON"]]
"""`view.state.values`: block id, action id, what is in the element."""

_FIELDS = {
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "static_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
}
_SEVERAL = frozenset(
    {"checkboxes", "multi_static_select", "multi_users_select", "multi_conversations_select", "multi_channels_select"}
)


class BadInputError(ValueError):
    """What was asked for cannot be done; the sentence says why."""


def initial_state(blocks: list[JSON]) -> State:
    """What a view's fields hold before anyone touched them."""
    state: State = {}
    for block, element in elements(blocks):
        if element["type"] in _FIELDS:
            name, initial = _FIELDS[element["type"]]
            empty: Any = [] if element["type"] in _SEVERAL else None
            held = {"type": element["type"], name: element.get(initial, empty)}
            state.setdefault(block["block_id"], {})[element["action_id"]] = held
    return state


def kept_state(blocks: list[JSON], before: State) -> State:
    """The state of new blocks, with what was filled in where block id, action id and type stayed the same."""
    state = initial_state(blocks)
    for block_id, actions in state.items():
        for action_id, held in actions.items():
            old = before.get(block_id, {}).get(action_id)
            if old is not None and old["type"] == held["type"]:
                actions[action_id] = old
    return state


def fill(blocks: list[JSON], state: State, values: Mapping[str, Any], accounts: Accounts) -> State:
    """The state after a person put plain values into fields named by block id.

    Raises:
        BadInputError: there is no such field, or it does not offer that value.
    """
    fields = {block["block_id"]: (block, element) for block, element in elements(blocks) if element["type"] in _FIELDS}
    filled: State = {block_id: dict(actions) for block_id, actions in state.items()}
    for block_id, value in values.items():
        if block_id not in fields:
            raise BadInputError(f"This form has no field {block_id!r}; it has: {', '.join(fields) or 'none'}.")
        element = fields[block_id][1]
        filled.setdefault(block_id, {})[element["action_id"]] = held(element, value, accounts)
    return filled


def held(element: JSON, value: Any, accounts: Accounts) -> JSON:
    """What an element holds when a person chose this plain value.

    Raises:
        BadInputError: the element does not offer it.
    """
    kind = element["type"]
    name, _ = _FIELDS[kind]
    if kind in _SEVERAL:
        chosen = [value] if isinstance(value, str) else list(value or ())
        return {"type": kind, name: [_one(element, each, accounts) for each in chosen]}
    if value is None or value == "":
        return {"type": kind, name: None}
    return {"type": kind, name: _one(element, value, accounts)}


def missing(blocks: list[JSON], state: State) -> dict[str, str]:
    """What Slack itself says about fields before it asks the app: block id and sentence."""
    errors: dict[str, str] = {}
    for block, element in elements(blocks):
        if block["type"] != "input" or element["type"] not in _FIELDS:
            continue
        content = state.get(block["block_id"], {}).get(element["action_id"], {}).get(_FIELDS[element["type"]][0])
        if not content and not block.get("optional", False):
            errors[block["block_id"]] = REQUIRED
        elif isinstance(content, str) and (reason := _length_reason(element, content)):
            errors[block["block_id"]] = reason
    return errors


def _one(element: JSON, value: Any, accounts: Accounts) -> Any:
    kind = element["type"]
    if "user" in kind:
        person = accounts.person(str(value))
        if person is None:
            raise BadInputError(f"Nobody here is called {value!r}.")
        return person.id
    offered = [
        *element.get("options", ()),
        *(each for group in element.get("option_groups", ()) for each in group["options"]),
    ]
    if not offered:
        return str(value)
    option = next((each for each in offered if each["value"] == str(value)), None)
    if option is None:
        values = ", ".join(each["value"] for each in offered)
        raise BadInputError(f"{element['action_id']!r} does not offer {value!r}; it offers: {values}.")
    return option


def _length_reason(element: JSON, content: str) -> str:
    least, most = element.get("min_length", 0), element.get("max_length", 3_000)
    if element["type"] != "plain_text_input":
        return ""
    if len(content) < least:
        return f"Must be at least {least} characters."
    return f"Must be at most {most} characters." if len(content) > most else ""
