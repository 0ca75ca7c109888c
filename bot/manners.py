"""How the door behaves: it acknowledges first, checks the role, says refusals kindly, and leaves nobody waiting."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import structlog
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot import modals
from bot.blocks import JSON
from bot.names import FORMS, Field
from bot.premises import floor, objection
from bot.screen import Screen
from bot.trouble import TROUBLE, impersonal
from bot.visit import Visit, Workplace
from bot.words import escape, mention, moment
from store import errors
from store.errors import DeskError
from store.rules.lifecycle import Role
from store.values import Actor

OUTSIDER = (
    "This desk is for the privacy team, so there is nothing here for you to do. "
    "If you work on privacy requests, ask a manager of the team to add you."
)
WENT_WRONG = "That did not work, and nothing was lost by it. Please try again in a moment."
STILL_AT_IT = "This takes a little longer than usual. Leave it open: the result appears here."
FINISHED = "Done."
PATIENCE_SECONDS = 2.0
"""Slack waits 3 seconds for an acknowledgement, then it tells the person that something went wrong."""
WAITING_SECONDS = 1.2
"""A trigger opens nothing after 3 seconds; what takes longer than this shows a waiting view before."""
WORKPLACE = "workplace"
"""The key of a Bolt request's context under which the listeners find the desk."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Done:
    """A submitted modal that closes, with everything under it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A submitted modal that shows something else now."""

    view: JSON


@dataclass(frozen=True, slots=True)
class Pushed:
    """A submitted modal that gets another one on top; going back keeps what was filled in."""

    view: JSON


@dataclass(frozen=True, slots=True)
class Faulty:
    """A submitted modal with something wrong in its fields: field and sentence."""

    sentences: dict[str, str]


Reply = Done | Shown | Pushed | Faulty
Listener = Callable[[Visit], Coroutine[Any, Any, None]]
SubmissionListener = Callable[[Visit], Awaitable[Reply]]
BoltListener = Callable[..., Awaitable[None]]


def politely(listener: Listener) -> BoltListener:
    """Make a listener for commands, buttons and events of a function that does the work for a person of staff."""

    async def polite(
        ack: AsyncAck, body: JSON, context: AsyncBoltContext, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        await ack()
        workplace: Workplace = context[WORKPLACE]
        visit = Visit(workplace, client, body, Actor(_user(body)), respond, Screen(client, body))
        try:
            visit = await _with_role(visit)
            if visit.actor.role is None:
                await turn_away(visit)
            elif why_not := await objection(body, workplace.people, workplace.settings):
                await visit.tell(why_not)
            else:
                await _patiently(visit, listener)
        except DeskError as error:
            await _try_to_tell(visit, sentence(error, workplace))
        except Exception as error:  # noqa: BLE001 - whatever it is, the person is told
            log.error("a listener failed", listener=listener.__name__, **impersonal(error))
            await _try_to_tell(visit, WENT_WRONG)

    return _named(polite, listener)


def on_submit(listener: SubmissionListener) -> BoltListener:
    """Make a listener for submitted modals: its reply is the acknowledgement, so that errors stand in their fields."""

    async def polite(
        ack: AsyncAck, body: JSON, context: AsyncBoltContext, client: AsyncWebClient, respond: AsyncRespond
    ) -> None:
        visit = Visit(context[WORKPLACE], client, body, Actor(_user(body)), respond, Screen(client, body))
        work = asyncio.create_task(_reply(visit, listener))
        done, _ = await asyncio.wait({work}, timeout=PATIENCE_SECONDS)
        if done:
            await _acknowledge(ack, work.result())
        else:
            await ack(response_action="update", view=modals.notice(STILL_AT_IT))
            await _show_late(visit, await work)

    return _named(polite, listener)


def sentence(error: DeskError, workplace: Workplace) -> str:
    """A refusal as Slack shows it: people as mentions, moments on the business's clock, outside text harmless."""
    zone = workplace.bridge.office.business.zone

    def at(when: Any) -> str:
        return moment(when, zone) if isinstance(when, datetime) else "a while ago"

    outside = {name: lambda fact: escape(str(fact)) for name, fact in error.facts.items() if type(fact) is str}
    return error.sentence(**{**outside, "owner": lambda user: mention(str(user)), "since": at})


async def turn_away(visit: Visit) -> None:
    """Tell somebody who is no staff that this is not theirs; they see nothing of it."""
    if visit.body.get("event"):
        await visit.client.views_publish(user_id=visit.actor.id, view=modals.closed_home(OUTSIDER))
    else:
        await visit.tell(OUTSIDER)


async def _patiently(visit: Visit, listener: Listener) -> None:
    """Let a listener work; when a press takes long, a waiting view comes first and the result takes its place."""
    work = asyncio.create_task(listener(visit))
    done, _ = await asyncio.wait({work}, timeout=WAITING_SECONDS)
    if not done and (visit.body.get("actions") or _opens_a_form(visit)):
        with suppress(*TROUBLE):
            await visit.screen.wait(modals.notice(STILL_AT_IT))
    await work
    if visit.screen.waits:
        await visit.open(modals.notice(FINISHED))


def _opens_a_form(visit: Visit) -> bool:
    """Yes or no: a command that is answered by a modal, whose trigger would not wait."""
    return bool(visit.body.get("command")) and visit.text.lower().partition(" ")[0] in FORMS


async def _reply(visit: Visit, listener: SubmissionListener) -> Reply:
    try:
        visit = await _with_role(visit)
        return Shown(modals.notice(OUTSIDER)) if visit.actor.role is None else await listener(visit)
    except DeskError as error:
        return await _faulty(visit, error)
    except Exception as error:  # noqa: BLE001 - whatever it is, the person is told
        log.error("a listener failed", listener=listener.__name__, **impersonal(error))
        return _beside_first_field(visit, WENT_WRONG)


async def _show_late(visit: Visit, reply: Reply) -> None:
    """Put the result where the person waits for it; they may have closed it meanwhile."""
    match reply:
        case Shown(view) | Pushed(view):
            pass
        case Faulty(sentences):
            view = modals.notice(escape("\n".join(sentences.values())))
        case _:
            view = modals.notice(FINISHED)
    try:
        await visit.client.views_update(view_id=visit.view["id"], view=view)
    except TROUBLE as error:
        log.warning("a person could not be told", trouble=type(error).__name__)


async def _with_role(visit: Visit) -> Visit:
    """The visit with the role that Slack gives this person now: every press is checked anew.

    Raises:
        RoleMissing: a reader tries what is for staff.
    """
    actor = await visit.workplace.people.actor(visit.actor.id)
    enough = actor.role is not None and actor.role.covers(floor(visit.body))
    if actor.role is not None and not enough and not visit.body.get("event"):
        raise errors.RoleMissing(role=Role.STAFF)
    return replace(visit, actor=actor if enough else Actor(actor.id))


async def _try_to_tell(visit: Visit, words: str) -> None:
    try:
        await visit.tell(words)
    except TROUBLE as error:
        log.warning("a person could not be told", trouble=type(error).__name__)


async def _acknowledge(ack: AsyncAck, reply: Reply) -> None:
    match reply:
        case Done():
            await ack(response_action="clear")
        case Shown(view):
            await ack(response_action="update", view=view)
        case Pushed(view):
            await ack(response_action="push", view=view)
        case Faulty(sentences):
            await ack(response_action="errors", errors=sentences)


FIELDS_OF: dict[type[DeskError], tuple[str, ...]] = {
    errors.ReasonMissing: (Field.REASON, Field.TEXT, Field.NOTE),
    errors.DisclosureRefused: (Field.REASON, Field.TEXT, Field.NOTE),
    errors.RoleMissing: (Field.OVERRIDE,),
    errors.DecisionFaulty: (Field.BASES, Field.KIND, Field.OUTCOME, Field.KINDS),
    errors.NotVerifiedYet: (Field.OUTCOME,),
    errors.UnknownPoint: (Field.POINTS,),
    errors.NothingToVerify: (Field.POINTS,),
    errors.NoSuchCase: (Field.REFERENCE,),
    errors.AddressFaulty: (Field.ADDRESS,),
    errors.NotYetReceived: (Field.DAY,),
    errors.LongAgo: (Field.LONG_AGO,),
    errors.AddressesDiffer: (Field.SURE,),
    errors.QuietHoursFaulty: (Field.QUIET_UNTIL,),
    errors.AbsenceOver: (Field.AWAY_UNTIL,),
    errors.CoverFaulty: (Field.COVER,),
    errors.NotOnTheTeam: (Field.COVER,),
    errors.AlreadyExtended: (Field.REQUEST,),
    errors.NoExtension: (Field.REQUEST,),
    errors.TooLateToExtend: (Field.REQUEST,),
    errors.AlreadySettled: (Field.REQUEST,),
}
"""Where in a modal a refusal belongs; what has no such field there stands beside the first one."""


async def _faulty(visit: Visit, error: DeskError) -> Reply:
    words = await plain_sentence(error, visit.workplace)
    blocks = modals.inputs(visit.view)
    for name in FIELDS_OF.get(type(error), ()):
        found = next((block for block in blocks if block.partition(" ")[0] == name), None)
        if found:
            return Faulty({found: words})
    return _beside_first_field(visit, words)


async def plain_sentence(error: DeskError, workplace: Workplace) -> str:
    """A refusal for beside a field, where Slack shows neither mentions nor mark-up."""
    owner, zone = error.facts.get("owner"), workplace.bridge.office.business.zone
    name = await workplace.people.name(str(owner)) if owner else ""
    return error.sentence(owner=lambda _user: name, since=lambda when: moment(when, zone))


def _beside_first_field(visit: Visit, words: str) -> Reply:
    blocks = modals.inputs(visit.view)
    return Faulty({blocks[0]: words}) if blocks else Shown(modals.notice(words))


def _user(body: JSON) -> str:
    """Who did it: commands, events and interactions each say it in their own place."""
    named = body.get("user") or {}
    return str(body.get("user_id") or body.get("event", {}).get("user") or named.get("id") or "")


def _named(polite: BoltListener, listener: Any) -> BoltListener:
    """Carry the name over for Bolt's logs. Not `functools.wraps`: Bolt would unwrap it and look at the wrong names."""
    polite.__name__, polite.__doc__ = listener.__name__, listener.__doc__
    return polite
