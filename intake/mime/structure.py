"""A mail's bytes cut into its MIME entities, in time linear in its size for each level of nesting.

The standard library's parser works line by line, holds several copies of the mail (a 10 MB mail takes 77 MB) and
recurses as deep as the sender likes. This one works on positions in the one buffer, and behind limits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from intake.mime import parameters, sealed, transfer
from intake.mime.model import Headers, Part

DEPTH: Final = 24
"""Levels of nesting that are opened; real mails stay below ten."""
PARTS: Final = 400
"""Entities of one mail that are opened."""
HEADER_BYTES: Final = 262_144
"""Bytes of one header block that are read."""
HEADER_FIELDS: Final = 2_000
"""Fields of one header block that are read."""

TRIES: Final = 20_000
"""Lines that look like a boundary and are looked at."""
LINE: Final = 2_000
"""Bytes of such a line."""

_BLANK: Final = re.compile(rb"\n\r?\n")
_KNOWN: Final = (
    b"content-", b"x-", b"mime-", b"subject", b"from", b"to", b"date", b"message-id", b"received", b"reply-to", b"cc",
    b"in-reply-to", b"references", b"return-path", b"delivered-to", b"dkim-", b"list-", b"sender", b"user-agent",
)  # fmt: skip
_NAME: Final = re.compile(rb"([!-9;-~]{1,120})[ \t]*:")
_GUESSED: Final = re.compile(rb"^--([^\r\n]{1,200}?)[ \t]*\r?\nContent-", re.MULTILINE | re.IGNORECASE)


@dataclass(slots=True)
class Opened:
    """How much has been opened so far, and what was found wrong on the way."""

    parts: int = 0
    defects: list[str] = field(default_factory=list)

    def note(self, defect: str) -> None:
        """Remember a defect, each once."""
        if defect not in self.defects:
            self.defects.append(defect)


def cut(raw: bytes, opened: Opened) -> Part:
    """The tree of a mail's entities.

    Args:
        raw: the mail, with LF or CRLF line ends.
        opened: takes the defects.
    """
    return _entity(raw, 0, len(raw), "text/plain", 0, opened)


def headers(raw: bytes, start: int, end: int, opened: Opened) -> tuple[Headers, int]:
    """The header block at `start`, and the position at which the body begins."""
    block, body = _block(raw, start, end, opened)
    fields: dict[str, list[list[bytes]]] = {}
    last: list[bytes] = []
    at = start
    count = 0
    for line in block.split(b"\n"):
        following = at + len(line) + 1
        if line[:1] in {b" ", b"\t"}:
            if not line.strip() and not _goes_on(block, following - start):
                body = following  # a line of blanks took the place of the empty line
                break
            last.append(line)
        elif (matched := _NAME.match(line)) is not None:
            count += 1
            if count > HEADER_FIELDS:
                opened.note("too many headers")
                break
            last = [line[matched.end() :]]
            fields.setdefault(matched[1].decode("ascii").lower(), []).append(last)
        elif line.startswith((b"From ", b">From ")) and not fields:
            pass  # an mbox separator
        elif line.strip() and not _goes_on(block, following - start):
            opened.note("header block ends without a blank line")
            body = at if fields else start
            break
        elif line.strip():
            last.append(b" " + line)  # a folded line that lost its blank
            opened.note("header line without a name")
        at = following
    joined = {name: tuple(map(b"\n".join, values)) for name, values in fields.items()}
    return Headers(joined), min(body, end)


def _block(raw: bytes, start: int, end: int, opened: Opened) -> tuple[bytes, int]:
    """The bytes up to the blank line, and where the body begins after it."""
    first = raw[start : start + 2]
    if first[:1] == b"\n" or first == b"\r\n":
        return b"", start + (1 if first[:1] == b"\n" else 2)
    blank = _BLANK.search(raw, start, end)
    stop, body = (blank.start() - raw.endswith(b"\r", start, blank.start()), blank.end()) if blank else (end, end)
    if stop - start > HEADER_BYTES:
        opened.note("headers too long")
        stop = start + HEADER_BYTES
    return raw[start:stop], body


def _goes_on(block: bytes, following: int) -> bool:
    """Whether fields go on after a line that is none, or that is blank."""
    rest = block[following : following + 600]
    folded = rest[:1] in {b" ", b"\t"}
    if folded and _NAME.match(rest.lstrip(b" \t")) is None:
        return rest[:200].strip() != b"" and b"\n" in rest
    names = (_NAME.match(line.lstrip(b" \t")) for line in rest.split(b"\n")[:8])
    return any(name is not None and name[1].lower().startswith(_KNOWN) for name in names)


def _entity(raw: bytes, start: int, end: int, default: str, depth: int, opened: Opened) -> Part:
    opened.parts += 1
    fields, body = headers(raw, start, end, opened)
    content_type, given = parameters.split(fields.first("content-type"))
    disposition, placed = parameters.split(fields.first("content-disposition"))
    kind = _type(content_type, default)
    name = placed.get("filename") or given.get("name") or ""
    encoding = fields.ascii("content-transfer-encoding").lower()
    children: tuple[Part, ...] = ()
    if kind.startswith("multipart/") and depth < DEPTH:
        inner = "message/rfc822" if kind == "multipart/digest" else "text/plain"
        children = _children(raw, body, end, given.get("boundary", ""), inner, depth, opened)
        if not children:
            opened.note("multipart without parts")
            kind = "text/plain"
    elif kind.startswith("multipart/"):
        opened.note("nested too deep")
        kind = "application/octet-stream"
    content = b"" if children else transfer.undo(raw[body:end], encoding)
    if kind in {"message/rfc822", "message/global"} and depth < DEPTH and opened.parts < PARTS:
        children = (_entity(content, 0, len(content), "text/plain", depth + 1, opened),)
    elif kind in sealed.ENVELOPES and depth < DEPTH and opened.parts < PARTS:
        signed = sealed.signed_content(content)
        children = (_entity(signed, 0, len(signed), "text/plain", depth + 1, opened),) if signed else ()
    return Part(
        content_type=kind,
        headers=fields,
        charset=given.get("charset", ""),
        name=name,
        disposition=disposition.split(None, 1)[0] if disposition else "",
        report_type=given.get("report-type", "").lower(),
        content=content,
        children=children,
    )


def _type(given: str, default: str) -> str:
    """A usable MIME type: "text" alone, or none, is plain text (RFC 2045, 5.2)."""
    kind = given.split(None, 1)[0].strip("\"'<>") if given else ""
    if kind in {"text", "text/"} or (kind and "/" not in kind):
        return "text/plain"
    return kind or default


def _children(
    raw: bytes, start: int, end: int, boundary: str, default: str, depth: int, opened: Opened
) -> tuple[Part, ...]:
    spans = _spans(raw, start, end, boundary.encode("utf-8", "replace").rstrip()) if boundary else []
    if not spans:
        guessed = _GUESSED.search(raw, start, end)
        if guessed is None:
            return ()
        opened.note("boundary guessed")
        spans = _spans(raw, start, end, guessed[1])
    parts = []
    for first, last in spans:
        if opened.parts >= PARTS:
            opened.note("too many parts")
            break
        parts.append(_entity(raw, first, last, default, depth + 1, opened))
    return tuple(parts)


def _spans(raw: bytes, start: int, end: int, boundary: bytes) -> list[tuple[int, int]]:
    """Where the parts between the boundary's lines begin and end; a missing last boundary is forgiven."""
    mark = b"\n--" + boundary
    spans: list[tuple[int, int]] = []
    opened_at, at = -1, max(0, start - 1)
    for _ in range(TRIES):
        found = raw.find(mark, at, end)
        if found < 0 or len(spans) >= PARTS:
            break
        line_end = raw.find(b"\n", found + len(mark), min(end, found + len(mark) + LINE))
        line_end = end if line_end < 0 else line_end
        tail = raw[found + len(mark) : min(line_end, found + len(mark) + LINE)].strip()
        at = line_end
        if tail not in {b"", b"--"}:
            continue
        if opened_at >= 0:
            spans.append((opened_at, max(opened_at, found - (raw[found - 1 : found] == b"\r"))))
        if tail:
            return spans
        opened_at = min(line_end + 1, end)
    if 0 <= opened_at < end:
        spans.append((opened_at, end))
    return spans
