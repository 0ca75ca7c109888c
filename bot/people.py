"""Who somebody is to the desk, told by Slack: user groups, listed ids, and what kind of account it is."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.settings import BotSettings
from bot.trouble import TROUBLE, said
from bot.words import mention
from store.rules.lifecycle import Role
from store.values import Actor

T = TypeVar("T")

FRESH_SECONDS = 300.0
"""So long somebody who was removed from a group may still act."""
MOST_PEOPLE = 5_000

NO_STAFF = ("deleted", "is_bot", "is_restricted", "is_ultra_restricted", "is_stranger", "is_invited_user")
"""Accounts that never work here, whatever group they are in: removed ones, bots, guests, strangers, the invited."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Kept(Generic[T]):
    """What Slack said, and when."""

    value: T
    at: float


@dataclass(frozen=True, slots=True)
class Groups:
    """Who has which role, and how Slack pings them."""

    readers: frozenset[str]
    staff: frozenset[str]
    managers: frozenset[str]
    staff_mention: str
    managers_mention: str


class People:
    """The people of the workspace, asked of Slack at most every five minutes.

    Args:
        client: Slack's Web API.
        settings: the groups and the listed ids.
        now: seconds that only grow.
    """

    def __init__(
        self, client: AsyncWebClient, settings: BotSettings, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._client = client
        self._settings = settings
        self._now = now
        self._team: str | None = None
        self._groups: Kept[Groups] | None = None
        self._accounts: dict[str, Kept[dict[str, Any]]] = {}
        self._channels: dict[str, Kept[dict[str, Any]]] = {}
        self._asking = asyncio.Lock()

    async def actor(self, user_id: str) -> Actor:
        """A person with their role; none for whoever is no staff.

        Args:
            user_id: Slack's.

        Raises:
            SlackApiError: Slack does not say, and never did.
        """
        groups, account = await self._who_is_who(), await self._account(user_id)
        if not account or any(account.get(mark) for mark in NO_STAFF) or await self._own_team() not in _teams(account):
            return Actor(user_id)
        ranks = ((Role.MANAGER, groups.managers), (Role.STAFF, groups.staff), (Role.READER, groups.readers))
        return Actor(user_id, next((role for role, members in ranks if user_id in members), None))

    async def channel(self, channel_id: str) -> dict[str, Any]:
        """A channel as Slack describes it; empty where it is none that the app may see.

        Raises:
            SlackApiError: Slack does not say, and never did.
        """
        return await self._fresh(self._channels, channel_id, lambda: self._ask_channel(channel_id))

    async def name(self, user_id: str) -> str:
        """A person's display name for plain text; Slack's mention where it is not known."""
        try:
            profile = (await self._account(user_id)).get("profile", {})
        except TROUBLE:
            return mention(user_id)
        return profile.get("display_name") or profile.get("real_name") or mention(user_id)

    async def staff(self) -> tuple[str, ...]:
        """Who is of staff by group or list, by id, sorted; managers who are not listed as staff are left out."""
        return tuple(sorted((await self._who_is_who()).staff))

    async def staff_mention(self) -> str:
        """How Slack pings all of staff: their group, or each one who is listed."""
        return (await self._who_is_who()).staff_mention

    async def managers_mention(self) -> str:
        """How Slack pings the managers."""
        return (await self._who_is_who()).managers_mention

    async def _who_is_who(self) -> Groups:
        async with self._asking:
            if self._groups is None or self._now() - self._groups.at > FRESH_SECONDS:
                self._groups = await self._renewed(self._ask_groups, self._groups)
            return self._groups.value

    async def _account(self, user_id: str) -> dict[str, Any]:
        return await self._fresh(self._accounts, user_id, lambda: self._ask_account(user_id))

    async def _fresh(self, known: dict[str, Kept[T]], key: str, ask: Callable[[], Awaitable[T]]) -> T:
        kept = known.get(key)
        if kept is None or self._now() - kept.at > FRESH_SECONDS:
            if len(known) >= MOST_PEOPLE:
                known.clear()
            kept = known[key] = await self._renewed(ask, kept)
        return kept.value

    async def _renewed(self, ask: Callable[[], Awaitable[T]], known: Kept[T] | None) -> Kept[T]:
        """What Slack says now; while it does not answer, what it said last."""
        try:
            return Kept(await ask(), self._now())
        except TROUBLE as error:
            if known is None:
                raise
            log.warning("slack did not say who is who; the last answer counts", trouble=type(error).__name__)
            return Kept(known.value, self._now())

    async def _own_team(self) -> str:
        if self._team is None:
            self._team = str((await self._client.auth_test())["team_id"])
        return self._team

    async def _ask_account(self, user_id: str) -> dict[str, Any]:
        try:
            answer = await self._client.users_info(user=user_id)
        except SlackApiError as error:
            if said(error) in ("user_not_found", "user_not_visible"):
                return {}
            raise
        account: dict[str, Any] = answer["user"]
        return account

    async def _ask_channel(self, channel_id: str) -> dict[str, Any]:
        try:
            answer = await self._client.conversations_info(channel=channel_id)
        except SlackApiError as error:
            if said(error) in ("channel_not_found", "missing_scope"):
                return {}
            raise
        channel: dict[str, Any] = answer["channel"]
        return channel

    async def _ask_groups(self) -> Groups:
        settings = self._settings
        named = settings.staff_group or settings.managers_group or settings.readers_group
        ids = await self._group_ids() if named else {}
        readers = await self._members(settings.readers_group, ids)
        staff = await self._members(settings.staff_group, ids)
        managers = await self._members(settings.managers_group, ids)
        return Groups(
            readers=readers | set(settings.readers),
            staff=staff | set(settings.staff),
            managers=managers | set(settings.managers),
            staff_mention=_mention(ids.get(settings.staff_group), settings.staff),
            managers_mention=_mention(ids.get(settings.managers_group), settings.managers),
        )

    async def _group_ids(self) -> dict[str, str]:
        """Group ids by handle and by id."""
        groups = (await self._client.usergroups_list())["usergroups"]
        return {name: group["id"] for group in groups for name in (group["handle"], group["id"])}

    async def _members(self, name: str, ids: dict[str, str]) -> frozenset[str]:
        if not name:
            return frozenset()
        if name not in ids:
            log.error("there is no such user group; nobody has a role by it", group=name)
            return frozenset()
        answer = await self._client.usergroups_users_list(usergroup=ids[name])
        return frozenset(answer["users"])


def _teams(account: dict[str, Any]) -> tuple[str, ...]:
    """The workspaces that somebody is a member of: one, or several of an Enterprise organization."""
    return (str(account.get("team_id")), *(account.get("enterprise_user") or {}).get("teams", ()))


def _mention(group: str | None, listed: tuple[str, ...]) -> str:
    return f"<!subteam^{group}>" if group else " ".join(mention(user) for user in listed)
