"""auth.test, users.* and usergroups.*: who is who."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.sandbox.accounts import BOT, BOT_NAME, BOT_USER, TEAM, TEAM_NAME
from bot.sandbox.methods.common import page_of
from bot.sandbox.slack import SlackError

if TYPE_CHECKING:
    from bot.sandbox.accounts import Group, Person
    from bot.sandbox.call import Call
    from bot.sandbox.events import JSON
    from bot.sandbox.slack import Slack

USERS_PAGE = 200


def auth_test(slack: Slack, _call: Call) -> JSON:
    """auth.test: whose token this is."""
    return {
        "url": slack.url,
        "team": TEAM_NAME,
        "user": BOT_NAME,
        "team_id": TEAM,
        "user_id": BOT_USER,
        "bot_id": BOT,
        "is_enterprise_install": False,
    }


def users_info(slack: Slack, call: Call) -> JSON:
    """users.info."""
    user = call.needed("user", "user_not_found")
    found = next((each for each in _everybody(slack) if each["id"] == user), None)
    if found is None:
        raise SlackError("user_not_found")
    return {"user": found}


def users_list(slack: Slack, call: Call) -> JSON:
    """users.list, the app's own user included."""
    members, cursor = page_of(call, _everybody(slack), USERS_PAGE)
    return {
        "members": members,
        "cache_ts": int(slack.clock().timestamp()),
        "response_metadata": {"next_cursor": cursor},
    }


def usergroups_list(slack: Slack, call: Call) -> JSON:
    """usergroups.list."""
    groups = []
    for group in slack.record.accounts.groups:
        described = _group(group)
        members = slack.record.accounts.members(group.id)
        if call.flag("include_users"):
            described["users"] = list(members)
        if call.flag("include_count"):
            described["user_count"] = len(members)
        groups.append(described)
    return {"usergroups": groups}


def usergroups_users_list(slack: Slack, call: Call) -> JSON:
    """usergroups.users.list."""
    wanted = call.needed("usergroup", "no_such_subteam")
    if all(group.id != wanted for group in slack.record.accounts.groups):
        raise SlackError("no_such_subteam")
    return {"users": list(slack.record.accounts.members(wanted))}


def _everybody(slack: Slack) -> list[JSON]:
    now = slack.clock()
    return [*(_person(person, now) for person in slack.record.accounts.people), _bot(now)]


def _person(person: Person, now: datetime) -> JSON:
    local = now.astimezone(ZoneInfo(person.time_zone))
    offset = local.utcoffset()
    return {
        "id": person.id,
        "team_id": person.team,
        "name": person.handle,
        "real_name": person.name,
        "deleted": False,
        "tz": person.time_zone,
        "tz_label": local.tzname(),
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "profile": {
            "real_name": person.name,
            "real_name_normalized": person.name,
            "display_name": person.name,
            "display_name_normalized": person.name,
            "title": person.title,
            "team": person.team,
        },
        "is_admin": False,
        "is_owner": False,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "is_bot": False,
        "is_app_user": False,
        "updated": 0,
        **dict.fromkeys(person.marks, True),
    }


def _bot(now: datetime) -> JSON:
    profile = {"real_name": BOT_NAME, "display_name": "", "bot_id": BOT, "team": TEAM}
    return {
        "id": BOT_USER,
        "team_id": TEAM,
        "name": BOT_NAME,
        "real_name": BOT_NAME,
        "deleted": False,
        "profile": profile,
        "is_bot": True,
        "is_app_user": False,
        "updated": int(now.timestamp()),
    }


def _group(group: Group) -> JSON:
    return {
        "id": group.id,
        "team_id": TEAM,
        "is_usergroup": True,
        "name": group.name,
        "handle": group.handle,
        "is_external": False,
        "date_delete": 0,
        "description": "",
    }
