"""Slack's mrkdwn, as safe HTML: everything outside is escaped, only what Slack knows becomes markup."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.sandbox.accounts import Accounts

_EMOJI = {
    "alarm_clock": "⏰",
    "arrow_right": "➡️",
    "bell": "🔔",
    "calendar": "📅",
    "e-mail": "📧",
    "email": "📧",
    "envelope": "✉️",
    "exclamation": "❗",
    "eyes": "👀",
    "file_folder": "📁",
    "hourglass": "⌛",
    "hourglass_flowing_sand": "⏳",
    "incoming_envelope": "📨",
    "inbox_tray": "📥",
    "information_source": "ℹ️",  # noqa: RUF001 - the emoji is this letter
    "key": "🔑",
    "large_blue_circle": "🔵",
    "large_green_circle": "🟢",
    "large_orange_circle": "🟠",
    "large_yellow_circle": "🟡",
    "link": "🔗",
    "lock": "🔒",
    "mag": "🔍",
    "memo": "📝",
    "no_entry": "⛔",
    "outbox_tray": "📤",
    "page_facing_up": "📄",
    "pushpin": "📌",
    "raising_hand": "🙋",
    "red_circle": "🔴",
    "rotating_light": "🚨",
    "scroll": "📜",
    "shield": "🛡️",
    "speech_balloon": "💬",
    "stopwatch": "⏱️",
    "tada": "🎉",
    "ticket": "🎫",
    "warning": "⚠️",
    "wave": "👋",
    "white_check_mark": "✅",
    "heavy_check_mark": "✔️",
    "white_circle": "⚪",
    "x": "❌",
}
_INLINE = re.compile(
    r"<(?P<angle>[^<>\n]{1,2000})>"
    r"|`(?P<code>[^`\n]{1,2000})`"
    r"|(?<![\w*])\*(?P<bold>[^\s*](?:[^*\n]{0,2000}[^\s*])?)\*(?![\w*])"
    r"|(?<![\w_])_(?P<italic>[^\s_](?:[^_\n]{0,2000}[^\s_])?)_(?![\w_])"
    r"|(?<![\w~])~(?P<strike>[^\s~](?:[^~\n]{0,2000}[^\s~])?)~(?![\w~])"
    r"|:(?P<emoji>[a-z0-9_+-]{1,50}):"
)
_EMOJI_NAME = re.compile(r":([a-z0-9_+-]{1,50}):")
_DATE_PART = re.compile(r"\{(\w+)\}")
_LINKABLE = ("http://", "https://", "mailto:")


class Mrkdwn:
    """Renders text for one reader.

    Args:
        accounts: names of people and groups.
        channels: channel names by id.
        zone: the reader's time zone, an IANA name.
        now: the demo's present moment, aware.
    """

    def __init__(self, accounts: Accounts, channels: dict[str, str], zone: str, now: datetime) -> None:
        self._accounts = accounts
        self._channels = channels
        self._zone = ZoneInfo(zone)
        self._now = now

    def block(self, text: str) -> Markup:
        """Render a mrkdwn text: fenced code, quotes, bullets, and everything inside lines."""
        first, *rest = text.split("```")
        if not rest:
            return self._lines(first)
        parts = [part.strip("\n") for part in (first, *rest)]
        html = [
            Markup("<pre>{}</pre>").format(_raw(part)) if number % 2 else self._lines(part)
            for number, part in enumerate(parts)
            if part
        ]
        return Markup("").join(html)

    def plain(self, text: str) -> Markup:
        """Render a plain text: emoji names become pictures, line breaks stay."""
        parts = _EMOJI_NAME.split(text)
        html = [_emoji(part) if number % 2 else escape(part) for number, part in enumerate(parts)]
        return Markup("<br>").join(Markup("").join(html).split("\n"))

    def _lines(self, text: str) -> Markup:
        html: list[Markup] = []
        quote: list[Markup] = []
        for line in text.split("\n"):
            quoted = next((line[len(mark) :] for mark in ("&gt;", ">") if line.startswith(mark)), None)
            if quoted is not None:
                quote.append(self._inline(quoted.strip()))
                continue
            html += _quotation(quote)
            quote = []
            html.append(_line(line, self._inline))
        html += _quotation(quote)
        return Markup("").join(html)

    def _inline(self, text: str) -> Markup:
        html, end = [], 0
        for match in _INLINE.finditer(text):
            html += [_raw(text[end : match.start()]), self._piece(match)]
            end = match.end()
        return Markup("").join([*html, _raw(text[end:])])

    def _piece(self, match: re.Match[str]) -> Markup:
        kind, inner = match.lastgroup, match[match.lastgroup or 0]
        match kind:
            case "angle":
                return self._angle(inner)
            case "code":
                return Markup("<code>{}</code>").format(_raw(inner))
            case "bold":
                return Markup("<strong>{}</strong>").format(self._inline(inner))
            case "italic":
                return Markup("<em>{}</em>").format(self._inline(inner))
            case "strike":
                return Markup("<s>{}</s>").format(self._inline(inner))
            case _:
                return _emoji(inner)

    def _angle(self, inner: str) -> Markup:
        target, _, label = inner.partition("|")
        match target[:1], target[1:]:
            case "@", user:
                person = self._accounts.person(user)
                name = person.name if person is not None else label or "rightsdesk"
                return _mention(f"@{name}")
            case "#", channel:
                return _mention(f"#{self._channels.get(channel, label or channel)}")
            case "!", special:
                return self._special(special, label)
            case _:
                if not target.startswith(_LINKABLE):
                    return escape(f"<{inner}>")
                return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(
                    _unescaped(target), _raw(label or target)
                )

    def _special(self, special: str, label: str) -> Markup:
        kind, _, rest = special.partition("^")
        match kind:
            case "date":
                stamp, _, pattern = rest.partition("^")
                return Markup("<time>{}</time>").format(self._date(stamp, pattern.partition("^")[0], label))
            case "subteam":
                handles = {group.id: group.handle for group in self._accounts.groups}
                return _mention(f"@{handles.get(rest, label or rest)}")
            case _:
                return _mention(f"@{label or kind}")

    def _date(self, stamp: str, pattern: str, fallback: str) -> str:
        try:
            moment = datetime.fromtimestamp(int(stamp), UTC).astimezone(self._zone)
        except (ValueError, OverflowError, OSError):
            return fallback
        return _DATE_PART.sub(lambda part: self._date_part(part[1], moment), _unescaped(pattern)) or fallback

    def _date_part(self, name: str, moment: datetime) -> str:
        near = (moment.date() - self._now.astimezone(self._zone).date()).days
        if name.endswith("_pretty") and near in (-1, 0, 1):
            return {-1: "yesterday", 0: "today", 1: "tomorrow"}[near]
        match name.removesuffix("_pretty"):
            case "date_num":
                return moment.date().isoformat()
            case "date_short":
                return f"{moment:%b} {moment.day}, {moment.year}"
            case "date_long":
                return f"{moment:%A}, {moment:%B} {moment.day}, {moment.year}"
            case "time":
                return clock_time(moment)
            case "time_secs":
                return f"{moment:%H:%M:%S}"
            case _:
                return f"{moment:%B} {moment.day}, {moment.year}"


def clock_time(moment: datetime) -> str:
    """The time of day as Slack shows it, as "9:05 AM"."""
    return f"{moment.hour % 12 or 12}:{moment:%M} {'AM' if moment.hour < 12 else 'PM'}"  # noqa: PLR2004 - noon


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _raw(text: str) -> Markup:
    return escape(_unescaped(text))


def _mention(text: str) -> Markup:
    return Markup('<span class="mention">{}</span>').format(_unescaped(text))


def _emoji(name: str) -> Markup:
    if name not in _EMOJI:
        return escape(f":{name}:")
    return Markup('<span class="emoji" role="img" aria-label="{}">{}</span>').format(
        name.replace("_", " "), _EMOJI[name]
    )


def _quotation(lines: list[Markup]) -> list[Markup]:
    return [Markup("<blockquote>{}</blockquote>").format(Markup("<br>").join(lines))] if lines else []


def _line(line: str, inline: Callable[[str], Markup]) -> Markup:
    bullet = re.match(r"\s*[•◦\-–]\s+", line)
    if bullet is not None:
        return Markup('<div class="bullet">{}</div>').format(inline(line[bullet.end() :]))
    return Markup('<div class="line">{}</div>').format(inline(line) if line.strip() else Markup("&nbsp;"))
