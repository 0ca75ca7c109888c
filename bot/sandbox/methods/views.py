"""views.*: modals and the Home tab."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox import screens
from bot.sandbox.slack import SlackError

if TYPE_CHECKING:
    from bot.sandbox.call import Call
    from bot.sandbox.events import JSON
    from bot.sandbox.slack import Slack


def open_modal(slack: Slack, call: Call) -> JSON:
    """views.open: a first modal, for whoever the trigger id was handed out to."""
    view = screens.checked(slack, call.structure("view", "invalid_arguments"), "modal")
    user = slack.spend_trigger(call.needed("trigger_id"))
    return {"view": screens.opened(slack, user, view)}


def push_modal(slack: Slack, call: Call) -> JSON:
    """views.push: one more on top, three at most."""
    view = screens.checked(slack, call.structure("view", "invalid_arguments"), "modal")
    user = slack.spend_trigger(call.needed("trigger_id"))
    return {"view": screens.pushed(slack, user, view)}


def update_view(slack: Slack, call: Call) -> JSON:
    """views.update: by `view_id` or `external_id`, under `hash` when given."""
    view_id, external_id = call.text("view_id"), call.text("external_id")
    if bool(view_id) == bool(external_id):
        raise SlackError("invalid_arguments")
    found = slack.workspace.find_view(view_id, external_id)
    if found is None:
        raise SlackError("not_found")
    user, old = found
    view = screens.checked(slack, call.structure("view", "invalid_arguments"), old["type"])
    if call.text("hash") not in ("", old["hash"]):
        raise SlackError("hash_conflict")
    return {"view": screens.updated(slack, user, old, view)}


def publish_home(slack: Slack, call: Call) -> JSON:
    """views.publish: a person's Home tab."""
    view = screens.checked(slack, call.structure("view", "invalid_arguments"), "home")
    user = call.needed("user_id")
    if not slack.manifest.home:
        raise SlackError("not_enabled")
    if slack.record.accounts.person(user) is None or not user.startswith("U"):
        raise SlackError("user_not_found")
    old = slack.workspace.homes.get(user)
    if call.text("hash") and (old is None or call.text("hash") != old["hash"]):
        raise SlackError("hash_conflict")
    return {"view": screens.published(slack, user, view)}
