"""The fields that Slack's blocks, elements and views have; one of another name is refused.

From Slack's own types (`@slack/types`), with which `tests/bot/test_judges.py` compares this table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_ELEMENT = "type action_id confirm focus_on_load"
_TYPED = "type action_id dispatch_action_config focus_on_load initial_value placeholder"
_MENU = f"{_ELEMENT} placeholder"
_SEVERAL = f"{_MENU} max_selected_items"
_VIEW = "type blocks callback_id external_id private_metadata"

FIELDS: dict[str, frozenset[str]] = {
    kind: frozenset(names.split())
    for kind, names in {
        "actions": "type block_id elements",
        "context": "type block_id elements",
        "divider": "type block_id",
        "file": "type block_id external_id source",
        "header": "type block_id text",
        "image": "type block_id alt_text image_url slack_file title",
        "input": "type block_id dispatch_action element hint label optional",
        "markdown": "type block_id text",
        "rich_text": "type block_id elements",
        "section": "type block_id accessory expand fields text",
        "table": "type block_id column_settings rows",
        "video": "type block_id alt_text author_name description provider_icon_url provider_name thumbnail_url title"
        " title_url video_url",
        "button": "type action_id accessibility_label confirm style text url value",
        "workflow_button": "type action_id accessibility_label confirm style text workflow",
        "overflow": "type action_id confirm options",
        "static_select": f"{_MENU} initial_option option_groups options",
        "multi_static_select": f"{_SEVERAL} initial_options option_groups options",
        "users_select": f"{_MENU} initial_user",
        "multi_users_select": f"{_SEVERAL} initial_users",
        "channels_select": f"{_MENU} initial_channel response_url_enabled",
        "multi_channels_select": f"{_SEVERAL} initial_channels",
        "conversations_select": f"{_MENU} default_to_current_conversation filter initial_conversation"
        " response_url_enabled",
        "multi_conversations_select": f"{_SEVERAL} default_to_current_conversation filter initial_conversations",
        "radio_buttons": f"{_ELEMENT} initial_option options",
        "checkboxes": f"{_ELEMENT} initial_options options",
        "datepicker": f"{_MENU} initial_date",
        "timepicker": f"{_MENU} initial_time timezone",
        "datetimepicker": f"{_ELEMENT} initial_date_time",
        "plain_text_input": f"{_TYPED} max_length min_length multiline",
        "email_text_input": _TYPED,
        "url_text_input": _TYPED,
        "number_input": f"{_TYPED} is_decimal_allowed max_value min_value",
        "rich_text_input": f"{_TYPED} max_lines min_lines",
        "file_input": "type action_id filetypes max_files",
        "plain_text": "type emoji text",
        "mrkdwn": "type text verbatim",
        "raw_text": "type text",
        "raw_number": "type text value",
        "modal": f"{_VIEW} clear_on_close close notify_on_close submit title",
        "home": _VIEW,
    }.items()
}
OPTION = frozenset({"description", "text", "url", "value"})
CONFIRM = frozenset({"confirm", "deny", "style", "text", "title"})
GROUP = frozenset({"label", "options"})
_UNTYPED = {
    "confirm": CONFIRM,
    "initial_option": OPTION,
    "initial_options": OPTION,
    "option_groups": GROUP,
    "options": OPTION,
}
_NOT_OURS = frozenset({"rich_text"})
"""What has parts of its own that are not looked into."""


def strange_fields(node: Any, where: str, name: str = "") -> Iterator[str]:
    """The fields below a node that nothing there has.

    Args:
        node: blocks, a view, or a part of them.
        where: its place, for the sentence.
        name: the field that holds it.
    """
    if isinstance(node, list):
        for number, each in enumerate(node):
            yield from strange_fields(each, f"{where}/{number}", name)
    if not isinstance(node, dict):
        return
    kind = node.get("type")
    known = FIELDS.get(kind) if isinstance(kind, str) else _UNTYPED.get(name)
    if known is not None:
        yield from (f"no such field here: {each!r} [json-pointer:{where}]" for each in node if each not in known)
    if kind not in _NOT_OURS:
        for each, part in node.items():
            yield from strange_fields(part, f"{where}/{each}", each)
