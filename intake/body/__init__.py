"""The text of a mail that a person reads: plain parts as they are, HTML made readable, nothing fetched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from intake.body.html import page_of
from intake.body.layout import Indented, Link, Page
from intake.mime import charsets, sealed
from intake.mime.attachments import is_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from intake.mime.model import Mail, Part

__all__ = ["Body", "Indented", "Link", "read"]

TEXT_BYTES: Final = 2_000_000
"""Bytes of text that are read of one part; ten books fit."""

HINT: Final = 200
"""Letters of "your mail program cannot show HTML", which is one sentence."""

_HINTS: Final = ("html", "viewer", "client", "mailprogramm", "correo", "browser")


@dataclass(frozen=True, slots=True)
class Body:
    """Readable text, and which of its lines the HTML itself marks as quoted."""

    text: str
    quoted: frozenset[int] = frozenset()
    maybe_quoted: tuple[Indented, ...] = ()
    links: tuple[Link, ...] = ()
    defects: tuple[str, ...] = ()


def read(mail: Mail) -> Body:
    """The readable text of a mail.

    Of alternatives the plain one is taken, unless it is empty or only says that the mail is HTML. A mail that has no
    text of its own but carries another mail is read by that one.

    Args:
        mail: the parsed mail.
    """
    pages = [_page(part) for part in _readable(mail.root)]
    if not _says_something(pages) and mail.root.content_type != "multipart/report":
        carried = (part.children[0] for part in mail.root.walk() if part.is_message and part.children)
        read_inside = ([_page(part) for part in _readable(inner)] for inner in carried)
        pages = next((inside for inside in read_inside if _says_something(inside)), pages)
    return _joined([page for page in pages if page.text.strip()])


def _says_something(pages: list[Page]) -> bool:
    return any(page.text.strip() for page in pages)


def _readable(root: Part) -> Iterator[Part]:
    """The leaves that make up the text, in reading order."""
    waiting = [root]
    while waiting:
        part = waiting.pop()
        if part.is_message:
            if part is root:
                waiting.extend(reversed(part.children))
        elif not part.children:
            if is_text(part) or (part is root and part.content_type.startswith("text/") and not part.name):
                yield part
        elif part.content_type == "multipart/alternative":
            waiting.append(_best(part))
        elif part.content_type in {"multipart/related", "multipart/signed"}:
            waiting.append(next((each for each in part.children if _has_text(each)), part.children[0]))
        elif part.content_type == "multipart/report":
            waiting.append(part.children[0])
        else:
            waiting.extend(reversed(part.children))


def _has_text(part: Part) -> bool:
    return any(is_text(each) for each in part.walk() if not each.children)


def _best(part: Part) -> Part:
    """The alternative to read: plain text that says something, else HTML, else the last that has any text."""
    usable = [each for each in part.children if _has_text(each)] or list(part.children)
    plain = next((each for each in usable if each.content_type == "text/plain"), None)
    rich = next((each for each in reversed(usable) if each.content_type != "text/plain"), None)
    if plain is None or rich is None:
        return plain or rich or part.children[-1]
    said = plain.content[:2_000].strip()
    if not said or (len(said) < HINT and len(rich.content) > 10 * len(said) and _is_hint(said)):
        return rich
    return plain


def _is_hint(said: bytes) -> bool:
    words = said.decode("ascii", "replace").lower()
    return sum(hint in words for hint in _HINTS) > 1


def _page(part: Part) -> Page:
    content = part.content[:TEXT_BYTES]
    text, defect = charsets.to_text(content, part.charset)
    defects = [defect] if defect else []
    if len(part.content) > TEXT_BYTES:
        defects.append("text too long")
    if part.content_type == "text/html":
        return page_of(text, tuple(defects))
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "-----BEGIN PGP SIGNED" in text:
        text = sealed.without_armour(text)
    if "format" in part.headers.ascii("content-type").lower() and _is_flowed(part):
        text = _unflowed(text)
    return Page(text=text, defects=tuple(defects))


def _is_flowed(part: Part) -> bool:
    value = part.headers.ascii("content-type").lower().replace(" ", "").replace('"', "")
    return "format=flowed" in value and "delsp=yes" in value


def _unflowed(text: str) -> str:
    """Join lines broken with DelSp=Yes: there the blank at the line end is not part of the text (RFC 3676, 4.5)."""
    lines: list[str] = []
    joining = False
    for line in text.split("\n"):
        whole = line.startswith(">") or line == "-- "
        shown = line.removeprefix(" ")
        if joining and not whole:
            lines[-1] += shown.removesuffix(" ")
        else:
            lines.append(line if whole else shown.removesuffix(" "))
        joining = line.endswith(" ") and not whole
    return "\n".join(lines)


def _joined(pages: list[Page]) -> Body:
    if len(pages) == 1:
        only = pages[0]
        return Body(only.text, only.quoted, only.maybe_quoted, only.links, only.defects)
    texts: list[str] = []
    quoted: set[int] = set()
    maybe: list[Indented] = []
    offset = 0
    for page in pages:
        quoted.update(number + offset for number in page.quoted)
        maybe.extend(each.moved(offset) for each in page.maybe_quoted)
        texts.append(page.text)
        offset += page.text.count("\n") + 1
    links = tuple(link for page in pages for link in page.links)
    defects = tuple(dict.fromkeys(defect for page in pages for defect in page.defects))
    return Body("\n".join(texts), frozenset(quoted), tuple(maybe), links, defects)
