"""Every name that Slack hands back to us: commands, actions, views, fields. Old messages carry them for years."""

from __future__ import annotations

from enum import StrEnum

from store.rules.lifecycle import Move


class Command(StrEnum):
    """Slash commands; the manifest has the same."""

    PRIVACY = "/privacy"


class Event(StrEnum):
    """Events of the Events API; the manifest subscribes to the same."""

    HOME_OPENED = "app_home_opened"


class Shortcut(StrEnum):
    """What can be chosen at any message; the manifest has the same."""

    NEW = "make_a_privacy_request"


class Action(StrEnum):
    """What can be pressed: the action ids."""

    CLAIM = "claim"
    RELEASE = "release"
    ASSIGN = "assign"
    READ = "read"
    ASK = "ask_to_verify"
    VERIFY = "verify"
    REEVALUATE = "reevaluate"
    EXTEND = "extend"
    RESOLVE = "resolve"
    REPLY = "reply"
    RECLASSIFY = "reclassify"
    REOPEN = "reopen"
    LINK = "link"
    WHY = "why_this_date"
    CHANGE_LAW = "change_law"
    NOTE = "note"
    SNOOZE = "snooze"
    WAKE = "wake"
    MERGE = "merge"
    SETTINGS = "settings"
    SHOW = "show"
    MORE = "more"
    FURTHER = "further"
    TURN_PAGE = "turn_page"
    FOLD = "fold"
    TURN_BACK = "turn_back"
    CHOOSE_REQUEST = "choose_request"
    READ_HELD = "read_held"
    ATTACH_TO_GUESS = "attach_to_guess"
    ATTACH_HELD = "attach_held"
    NEW_FROM_HELD = "new_from_held"
    OPEN_EACH = "open_each"
    SET_ASIDE = "set_aside"
    SIGN = "sign"
    DECLINE = "decline"
    BLOCK = "block_sender"
    LIFT_BLOCK = "lift_block"
    CHOOSE_TEMPLATE = "choose_template"
    LIST_NEXT = "list_next"
    LIST_PREVIOUS = "list_previous"


FORMS = frozenset(
    {
        *("verify", "extend", "reply", "resolve", "deny", "reopen", "reclassify", "assign"),
        *("new", "many", "settings"),
    }
)
"""The sub-commands that open a modal."""


class View(StrEnum):
    """Modals: the callback ids."""

    NOTICE = "notice"
    CASE = "case"
    READ = "read"
    ASSIGN = "assign"
    ASK = "ask_to_verify"
    VERIFY = "verify"
    REEVALUATE = "reevaluate"
    EXTEND = "extend"
    EXTEND_SEND = "extend_send"
    RESOLVE = "resolve"
    RESOLVE_SEND = "resolve_send"
    REPLY = "reply"
    REPLY_SEND = "reply_send"
    RECLASSIFY = "reclassify"
    REOPEN = "reopen"
    REOPEN_SEND = "reopen_send"
    NEW_FROM_HELD = "new_from_held"
    OPEN_EACH = "open_each"
    ATTACH_HELD = "attach_held"
    WHY = "why_this_date"
    CHANGE_LAW = "change_law"
    NEW = "new"
    NOTE = "note"
    SNOOZE = "snooze"
    MERGE = "merge"
    SETTINGS = "settings"
    SIGN = "sign"
    BLOCK = "block_sender"
    MANY = "many"
    MANY_SURE = "many_sure"


class Field(StrEnum):
    """Fields of modals: the block ids."""

    REQUEST = "request"
    REASON = "reason"
    OUTCOME = "outcome"
    BASES = "bases"
    NOTE = "note"
    FIRST = "first"
    TEXT = "text"
    POINTS = "points"
    DECLARATION = "declaration"
    DECLARED_IN = "declared_in"
    PROOF = "proof"
    PERMISSION = "permission"
    GUARDIAN = "guardian"
    ACCOUNT = "account"
    SENSITIVE = "sensitive"
    DISPUTED = "disputed"
    ASSIGNEE = "assignee"
    KIND = "kind"
    KINDS = "kinds"
    REFERENCE = "reference"
    LAW = "law"
    OVERRIDE = "override"
    MANNER = "manner"
    DAY = "day"
    TIME = "time"
    NAME = "name"
    ADDRESS = "address"
    REQUESTER = "requester"
    LONG_AGO = "long_ago"
    UNTIL = "until"
    SURE = "sure"
    SCOPE = "scope"
    WHOSE = "whose"
    DOMAIN = "domain"
    DEED = "deed"
    TEMPLATE = "template"
    REMINDERS = "reminders"
    QUIET = "quiet"
    QUIET_FROM = "quiet_from"
    QUIET_UNTIL = "quiet_until"
    LANGUAGE = "language"
    AWAY = "away"
    AWAY_UNTIL = "away_until"
    COVER = "cover"


FILLED_IN = "filled_in"
"""The action id of a field's element where nothing listens to it."""

METADATA = "rightsdesk_post"
"""The event type of our messages' metadata; the payload is an opaque token and nothing else."""

ACTION_OF: dict[Move, Action] = {
    Move.CLAIM: Action.CLAIM,
    Move.READ: Action.READ,
    Move.ASK: Action.ASK,
    Move.VERIFY: Action.VERIFY,
    Move.REEVALUATE: Action.REEVALUATE,
    Move.EXTEND: Action.EXTEND,
    Move.RESOLVE: Action.RESOLVE,
    Move.RELEASE: Action.RELEASE,
    Move.ASSIGN: Action.ASSIGN,
    Move.REPLY: Action.REPLY,
    Move.RECLASSIFY: Action.RECLASSIFY,
    Move.REOPEN: Action.REOPEN,
    Move.LINK: Action.LINK,
    Move.CHANGE_LAW: Action.CHANGE_LAW,
    Move.NOTE: Action.NOTE,
    Move.SNOOZE: Action.SNOOZE,
    Move.WAKE: Action.WAKE,
    Move.MERGE: Action.MERGE,
}
"""The button of each move that a card can offer; those that only the desk itself makes have none."""

SCOPES = (
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "groups:history",
    "groups:read",
    "usergroups:read",
    "users:read",
)
"""What the app may do in a workspace; the manifest asks for the same."""
