"""What the app's answers do: acknowledgements with a payload, and messages to a response URL."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from aiohttp import web

from bot.sandbox import screens
from bot.sandbox.call import Call
from bot.sandbox.events import EphemeralGone, EphemeralShown, MessageChanged, MessageDeleted, MessagePosted
from bot.sandbox.faults import RESPONSE_URL, SLACK
from bot.sandbox.methods.chat import checked_content
from bot.sandbox.slack import Response, Slack, SlackError

if TYPE_CHECKING:
    from bot.sandbox.events import JSON
    from bot.sandbox.webapi import WebApi


def respond(slack: Slack, response: Response, answer: JSON) -> None:
    """Carry out an answer: a new message, or a change of the one whose button was pressed.

    Raises:
        SlackError: it has nothing to show, breaks a limit, or there is no message to replace.
    """
    call = Call("respond", answer)
    if call.flag("delete_original"):
        _delete_original(slack, response)
        return
    content = checked_content(slack, call)
    if call.flag("replace_original"):
        _replace_original(slack, response, content)
        return
    message = slack.message(response.channel, content, thread_ts=call.text("thread_ts") or response.thread_ts)
    if answer.get("response_type") == "in_channel":
        slack.record.enter(MessagePosted(response.channel, message))
    else:
        slack.record.enter(EphemeralShown(response.channel, response.user, message))


def after_submission(slack: Slack, user: str, view_id: str, ack: JSON) -> dict[str, str]:
    """Carry out the answer to a submitted modal; gives the errors it names, by block id.

    Raises:
        SlackError: the answer is none that Slack takes.
    """
    found = slack.workspace.find_view(view_id)
    match ack.get("response_action"):
        case None if not ack:
            if found is not None:
                screens.closed(slack, user, view_id)
        case "clear":
            screens.cleared(slack, user)
        case "update":
            content = screens.checked(slack, ack.get("view"), "modal")
            if found is not None:
                screens.updated(slack, user, found[1], content)
        case "push":
            screens.pushed(slack, user, screens.checked(slack, ack.get("view"), "modal"))
        case "errors":
            return _named_errors(found[1] if found else None, ack.get("errors"))
        case _:
            raise SlackError("invalid_response_action")
    return {}


class ResponseUrls:
    """The server of response URLs: 5 uses in 30 minutes each.

    Args:
        slack: the pretended service.
        webapi: carries calls out under the planned faults.
    """

    def __init__(self, slack: Slack, webapi: WebApi) -> None:
        self._slack = slack
        self._webapi = webapi

    def routes(self) -> list[web.RouteDef]:
        """What to add to the server."""
        return [web.post("/hooks/{team}/{token}", self._answer)]

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        try:
            body = json.loads(await request.text())
        except ValueError:
            return web.Response(status=400, text="invalid_payload")
        token = request.match_info["token"]
        return await self._webapi.under_faults(request, (RESPONSE_URL, SLACK), lambda: self._carry_out(token, body))

    def _carry_out(self, token: str, body: JSON) -> web.Response:
        try:
            respond(self._slack, self._slack.use_response_url(token), body)
        except SlackError as error:
            status = 404 if error.error in ("used_url", "expired_url") else 400
            return web.Response(status=status, text=error.error)
        return web.Response(text="ok")


def _delete_original(slack: Slack, response: Response) -> None:
    if response.message_ts is None:
        raise SlackError("message_not_found")
    if response.ephemeral:
        slack.record.enter(EphemeralGone(response.channel, response.user, response.message_ts))
    else:
        slack.record.enter(MessageDeleted(response.channel, response.message_ts))


def _replace_original(slack: Slack, response: Response, content: JSON) -> None:
    channel = slack.workspace.channels[response.channel]
    shown = channel.ephemerals[response.user] if response.ephemeral else channel.messages
    old = shown.get(response.message_ts or "")
    if old is None:
        raise SlackError("message_not_found")
    message = {**{name: value for name, value in old.items() if name not in ("text", "blocks")}, **content}
    if response.ephemeral:
        slack.record.enter(EphemeralShown(response.channel, response.user, message))
    else:
        slack.record.enter(MessageChanged(response.channel, old["ts"], message))


def _named_errors(view: JSON | None, errors: object) -> dict[str, str]:
    if not isinstance(errors, dict) or not errors or view is None:
        raise SlackError("invalid_errors")
    inputs = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    unknown = sorted(set(errors) - inputs)
    if unknown:
        raise SlackError("invalid_errors", reason=f"no input block is called {', '.join(unknown)}")
    return {str(block_id): str(sentence) for block_id, sentence in errors.items()}
