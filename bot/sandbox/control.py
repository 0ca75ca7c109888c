"""The JSON interface under `/control/`: everything that the page does, for tests."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.sandbox import chatter, forms, presses, shortcuts
from bot.sandbox.consumer import Draft
from bot.sandbox.faults import RESPONSE_URL, SLACK, SMTP, Fault
from bot.sandbox.inputs import BadInputError
from bot.sandbox.methods import METHODS
from bot.sandbox.snapshot import snapshot
from bot.sandbox.webapi import CONNECT

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.sandbox.bench import Bench
    from bot.sandbox.consumer import Consumer
    from bot.sandbox.events import JSON
    from bot.sandbox.faults import Faults

_SPAN = re.compile(r"\s*(\d{1,9})\s*(w|d|h|m|s)")
_UNITS = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes", "s": "seconds"}


class Control:
    """The control interface.

    Args:
        bench: the people's side of Slack.
        consumer: writes mails.
        faults: the bad days.
        move_clock: sets the demo's clock to a moment and waits until everybody knows.
    """

    def __init__(
        self, bench: Bench, consumer: Consumer, faults: Faults, move_clock: Callable[[datetime], Awaitable[None]]
    ) -> None:
        self._bench = bench
        self._consumer = consumer
        self._faults = faults
        self._move_clock = move_clock
        self._verbs: dict[str, Callable[[Body], Awaitable[JSON]]] = {
            "clock": self._clock,
            "close": self._close,
            "command": self._command,
            "dismiss": self._dismiss,
            "fault": self._fault,
            "home": self._home,
            "mail": self._mail,
            "press": self._press,
            "read": self._read,
            "say": self._say,
            "shortcut": self._shortcut,
            "submit": self._submit,
        }

    def routes(self) -> list[web.RouteDef]:
        """What to add to the server."""
        return [web.get("/control/state", self._state), web.post("/control/{verb}", self._answer)]

    async def _state(self, _request: web.Request) -> web.Response:
        return web.json_response(snapshot(self._bench.slack))

    async def _answer(self, request: web.Request) -> web.Response:
        verb = self._verbs.get(request.match_info["verb"], self._unknown)
        try:
            answer = await verb(Body(await _json_body(request)))
        except BadInputError as error:
            return web.json_response({"ok": False, "error": str(error)}, status=400)
        return web.json_response(answer)

    async def _unknown(self, _body: Body) -> JSON:
        raise BadInputError(f"There is no such request; there are {', '.join(self._verbs)} and, with GET, state.")

    async def _command(self, body: Body) -> JSON:
        words = (body.text("user"), body.text("channel"), body.text("text"), body.text("thread_ts", ""))
        return (await presses.command(self._bench, *words)).to_json()

    async def _press(self, body: Body) -> JSON:
        user, action_id, value = body.text("user"), body.text("action_id"), body.any("value")
        block_id = body.text("block_id", "") or None
        if body.text("view_id", ""):
            view_id, values = body.text("view_id"), body.mapping("values")
            outcome = await presses.press_in_view(
                self._bench, user, view_id, action_id, value, block_id=block_id, values=values
            )
        else:
            channel, ts = body.text("channel"), body.text("ts")
            outcome = await presses.press(self._bench, user, channel, ts, action_id, value, block_id=block_id)
        return outcome.to_json()

    async def _submit(self, body: Body) -> JSON:
        outcome = await forms.submit(self._bench, body.text("user"), body.text("view_id"), body.mapping("values"))
        return outcome.to_json()

    async def _close(self, body: Body) -> JSON:
        return (await forms.close(self._bench, body.text("user"), body.text("view_id"))).to_json()

    async def _home(self, body: Body) -> JSON:
        return (await presses.home(self._bench, body.text("user"))).to_json()

    async def _say(self, body: Body) -> JSON:
        words = (body.text("user"), body.text("channel"), body.text("text"), body.text("thread_ts", ""))
        return chatter.say(self._bench, *words).to_json()

    async def _shortcut(self, body: Body) -> JSON:
        words = (body.text("user"), body.text("channel"), body.text("ts"), body.text("callback_id"))
        return (await shortcuts.choose(self._bench, *words)).to_json()

    async def _dismiss(self, body: Body) -> JSON:
        return chatter.dismiss(self._bench, body.text("user"), body.text("channel"), body.text("ts")).to_json()

    async def _read(self, body: Body) -> JSON:
        return chatter.read(self._bench, body.text("user"), body.text("channel")).to_json()

    async def _mail(self, body: Body) -> JSON:
        words = {name: body.text(name, "") for name in ("name", "subject", "text", "html", "in_reply_to", "raw")}
        receipt = await self._consumer.send(Draft(sender=body.text("from", ""), **words))
        return {"ok": receipt.ok, "message_id": receipt.message_id, "reply": receipt.reply}

    async def _clock(self, body: Body) -> JSON:
        now = self._bench.slack.clock()
        advance, to = body.text("advance", ""), body.text("to", "")
        if bool(advance) == bool(to):
            raise BadInputError('The clock needs either "advance", as "38d", or "to", as "2027-01-05T09:00:00-08:00".')
        try:
            moment = now + span(advance) if advance else _moment(to)
        except OverflowError:
            raise BadInputError("That moment is beyond every calendar.") from None
        await self._move_clock(moment)
        return {"ok": True, "now": self._bench.slack.clock().isoformat(timespec="seconds")}

    async def _fault(self, body: Body) -> JSON:
        on, kind = body.text("on"), body.text("fault")
        known = (*METHODS, CONNECT, SLACK, RESPONSE_URL, SMTP)
        if on not in known:
            raise BadInputError(f"Nothing can go wrong on {on!r}; it can on {', '.join(known)}.")
        if kind not in tuple(Fault):
            raise BadInputError(f"There is no fault {kind!r}; there are {', '.join(Fault)}.")
        count, seconds = body.number("count"), body.number("seconds")
        self._faults.plan(on, Fault(kind), None if count is None else int(count), seconds)
        if on == SLACK and kind == Fault.OUTAGE:
            await self._bench.road.close()
        return {"ok": True}


class Body:
    """The JSON object of a request, asked for its parts.

    Args:
        parts: the object.
    """

    def __init__(self, parts: JSON) -> None:
        self._parts = parts

    def text(self, name: str, default: str | None = None) -> str:
        """A string; without a default it must be there.

        Raises:
            BadInputError: it is missing, or is no string.
        """
        value = self._parts.get(name)
        if value is None and default is not None:
            return default
        if not isinstance(value, str):
            raise BadInputError(f'"{name}" must be a string.')
        return value

    def number(self, name: str) -> float | None:
        """A number from 0 up, or None.

        Raises:
            BadInputError: it is something else.
        """
        value = self._parts.get(name)
        if value is None or (isinstance(value, int | float) and not isinstance(value, bool) and value >= 0):
            return value
        raise BadInputError(f'"{name}" must be a number that is not negative.')

    def mapping(self, name: str) -> JSON:
        """An object, empty when missing.

        Raises:
            BadInputError: it is something else.
        """
        value = self._parts.get(name)
        if value is None or isinstance(value, dict):
            return value or {}
        raise BadInputError(f'"{name}" must be an object of block ids and values.')

    def any(self, name: str) -> Any:
        """Whatever is there, or None."""
        return self._parts.get(name)


def span(text: str) -> timedelta:
    """Read a span of time, as `38d`, `1d12h` or, back, `-2w`.

    Raises:
        BadInputError: it is none.
    """
    total, rest = timedelta(), text.strip().removeprefix("-")
    while match := _SPAN.match(rest):
        total += timedelta(**{_UNITS[match[2]]: int(match[1])})
        rest = rest[match.end() :]
    if rest.strip() or not total:
        raise BadInputError(f"{text!r} is no span of time; write it as 38d, 12h, 1d12h or -2w.")
    return -total if text.strip().startswith("-") else total


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadInputError(f"{text!r} is no moment; write it as 2027-01-05T09:00:00-08:00.") from None
    if moment.tzinfo is None:
        raise BadInputError(f"{text!r} has no offset from UTC; write it as 2027-01-05T09:00:00-08:00.")
    return moment.astimezone(UTC)


async def _json_body(request: web.Request) -> JSON:
    if request.content_type != "application/json":
        raise BadInputError("The request must be JSON (Content-Type: application/json).")
    try:
        body = json.loads(await request.text())
    except ValueError:
        raise BadInputError("The request's body is not JSON.") from None
    if not isinstance(body, dict):
        raise BadInputError("The request's body must be a JSON object.")
    return body
