"""All listeners, registered in one place: what Slack sends, and who answers."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext

from bot.listeners import (
    approve,
    block,
    claim,
    commands,
    correct,
    decide,
    extend,
    held,
    home,
    lists,
    many,
    merge,
    new,
    note,
    read,
    reply,
    settings,
    snooze,
    strays,
    verify,
    why,
)
from bot.manners import WORKPLACE, Listener, SubmissionListener, on_submit, politely
from bot.names import Action, Command, Event, Shortcut, View
from bot.visit import Visit, Workplace

PRESSED: dict[Action, Listener] = {
    Action.CLAIM: claim.claim,
    Action.RELEASE: claim.release,
    Action.ASSIGN: claim.open_assign,
    Action.READ: read.read,
    Action.ASK: verify.open_ask,
    Action.VERIFY: verify.open_verify,
    Action.REEVALUATE: verify.open_reevaluate,
    Action.EXTEND: extend.open_extend,
    Action.RESOLVE: decide.open_resolve,
    Action.CHOOSE_REQUEST: decide.choose_request,
    Action.REPLY: reply.open_reply,
    Action.RECLASSIFY: correct.open_reclassify,
    Action.REOPEN: correct.open_reopen,
    Action.LINK: correct.link,
    Action.WHY: why.open_why,
    Action.CHANGE_LAW: why.open_change_law,
    Action.NOTE: note.open_note,
    Action.SNOOZE: snooze.open_snooze,
    Action.WAKE: snooze.wake,
    Action.MERGE: merge.open_merge,
    Action.SETTINGS: settings.open_settings,
    Action.SHOW: home.show,
    Action.TURN_PAGE: read.turn_page,
    Action.TURN_BACK: read.turn_page,
    Action.FOLD: read.fold,
    Action.READ_HELD: read.read_held,
    Action.ATTACH_TO_GUESS: held.attach_to_guess,
    Action.ATTACH_HELD: held.open_attach,
    Action.NEW_FROM_HELD: held.open_new,
    Action.OPEN_EACH: held.open_each,
    Action.SET_ASIDE: held.set_aside,
    Action.SIGN: approve.open_sign,
    Action.DECLINE: approve.decline,
    Action.BLOCK: block.open_block,
    Action.LIFT_BLOCK: block.lift,
    Action.CHOOSE_TEMPLATE: reply.choose_template,
    Action.LIST_NEXT: lists.turn,
    Action.LIST_PREVIOUS: lists.turn,
}
SUBMITTED: dict[View, SubmissionListener] = {
    View.ASSIGN: claim.assign,
    View.ASK: verify.ask,
    View.VERIFY: verify.verify,
    View.REEVALUATE: verify.reevaluate,
    View.EXTEND: extend.preview_extend,
    View.EXTEND_SEND: extend.send_extend,
    View.RESOLVE: decide.preview_resolve,
    View.RESOLVE_SEND: decide.send_resolve,
    View.REPLY: reply.preview_reply,
    View.REPLY_SEND: reply.send_reply,
    View.RECLASSIFY: correct.reclassify,
    View.REOPEN: correct.preview_reopen,
    View.REOPEN_SEND: correct.send_reopen,
    View.NEW_FROM_HELD: held.new,
    View.OPEN_EACH: held.each,
    View.ATTACH_HELD: held.attach,
    View.CHANGE_LAW: why.change_law,
    View.NEW: new.file_new,
    View.NOTE: note.write_note,
    View.SNOOZE: snooze.snooze,
    View.MERGE: merge.merge,
    View.SETTINGS: settings.choose,
    View.SIGN: approve.sign,
    View.BLOCK: block.block,
    View.MANY: many.pick,
    View.MANY_SURE: many.carry_out,
}
ANYTHING = re.compile(".*", re.DOTALL)


def register(app: AsyncApp, workplace: Workplace) -> None:
    """Have every listener called for what it is for.

    Args:
        app: Bolt's, new.
        workplace: what the listeners work with.
    """

    async def at_home(context: AsyncBoltContext, next: Callable[[], Awaitable[Any]]) -> None:  # noqa: A002 - Bolt looks for that name
        context[WORKPLACE] = workplace
        await next()

    app.use(at_home)
    app.command(Command.PRIVACY.value)(politely(commands.privacy))
    app.event(Event.HOME_OPENED.value)(politely(home.open_home))
    for action, listener in PRESSED.items():
        app.action(action.value)(politely(listener))
    app.action(Action.MORE.value)(politely(chosen_in_menu))
    app.action(Action.FURTHER.value)(politely(chosen_in_menu))
    app.message_shortcut(Shortcut.NEW.value)(politely(new.from_message))
    for view, submission in SUBMITTED.items():
        app.view(view.value)(on_submit(submission))
    app.action(ANYTHING)(politely(strays.old_button))
    app.view(ANYTHING)(on_submit(strays.old_modal))


async def chosen_in_menu(visit: Visit) -> None:
    """A line of a card's menu was chosen: "release PR-1001" is what its button would be."""
    action, _, ref = visit.value.partition(" ")
    listener = PRESSED.get(Action(action)) if action in set(Action) else None
    await (listener or strays.old_button)(visit.about(ref))
