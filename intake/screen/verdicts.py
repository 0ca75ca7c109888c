"""What the mail servers before us found: authentication by trusted hosts only, and spam verdicts."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from intake.mime import addresses
from intake.screen.model import Authentication

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from intake.mime.model import Mail

FIELDS: Final = 20
"""Authentication-Results fields that are looked at, the topmost first."""
LONGEST: Final = 8_000
"""Bytes of one that are read."""
DOMAIN: Final = 255
"""Letters of the longest domain (RFC 1035, 2.3.4)."""

_RESULT: Final = re.compile(r"\s*(spf|dkim|dmarc)\s*(?:/\s*\d+\s*)?=\s*([a-z]+)(?!\S)")
_AUTHOR: Final = re.compile(r"(?<!\S)header\s*\.\s*from\s*=\s*(\S*)")
_RANKS: Final = {"fail": 0, "pass": 2}
"""From the worst to the best; all other results stand between."""


def authentication(mail: Mail, trusted_hosts: Collection[str]) -> Authentication:
    """The results in Authentication-Results fields of trusted servers; anyone can write others (RFC 8601, 1.6).

    Of several results of a method the worst counts, in one field or in several. So a field that a sender forged in a
    trusted server's name, below what the server wrote itself, makes a mail less sure, never surer; what a server does
    not check at all a sender could tell, unless it removes such fields, as it must (RFC 8601, 5).

    DMARC passes for an author, so a pass counts only where the mail has one, in one From field, and is about their
    domain; it is "" else (RFC 7489, 6.6.1).

    Args:
        mail: the parsed mail.
        trusted_hosts: the names our own mail servers give themselves there, in lower case.
    """
    if not trusted_hosts:
        return Authentication()
    author = _author(mail)
    found: dict[str, str] = {}
    for value in mail.headers.every("authentication-results")[:FIELDS]:
        for method, result in _results(value, trusted_hosts, author):
            found[method] = min(found.get(method, result), result, key=_rank)
    return Authentication(found.get("spf", ""), found.get("dkim", ""), found.get("dmarc", ""))


def is_spam(mail: Mail) -> bool:
    """Whether an upstream filter said so: we pass no verdict of our own."""
    fields = mail.headers
    if fields.ascii("x-spam-flag").lower().startswith("yes") or fields.ascii("x-spam-status").lower().startswith("yes"):
        return True
    if fields.ascii("x-spam").lower() in {"yes", "true", "spam"} or fields.ascii("x-rspamd-action").lower() == "reject":
        return True
    report = fields.ascii("x-forefront-antispam-report").lower()
    return "sfv:spm" in report or "sfv:skb" in report


def _results(value: bytes, trusted_hosts: Collection[str], author: str) -> Iterator[tuple[str, str]]:
    """Each method with its result, as a trusted server tells them (RFC 8601, 2.2)."""
    line = _without_asides(value[:LONGEST].decode("utf-8", "replace").lower())
    server, *told = line.split(";")
    if not {name.rstrip(".") for name in server.split()[:1]} & set(trusted_hosts):
        return
    for each in told:
        found = _RESULT.match(each)
        if found is None:
            continue
        method, result = found.groups()
        if (method, result) == ("dmarc", "pass") and not _is_about(author, _AUTHOR.findall(each)):
            result = ""
        yield method, result


def _rank(result: str) -> int:
    return _RANKS.get(result, 1)


def _author(mail: Mail) -> str:
    """The domain of a mail's one author; empty when it has none, or several."""
    written = mail.headers.every("from")
    authors = addresses.read(written[0]) if len(written) == 1 else ()
    return _domain(authors[0].address) if len(authors) == 1 else ""


def _is_about(author: str, told: Collection[str]) -> bool:
    """Whether a result is about the author's own domain, as far as it tells any."""
    return author != "" and all(_domain(each) == author for each in told)


def _domain(address: str) -> str:
    """The domain of an address, or a bare one, in one spelling of the two that IDNA allows (RFC 5890, 2.3.2.1)."""
    domain = address.rpartition("@")[2].lower().rstrip(".")
    return ".".join(map(_unicode, domain.split("."))) if len(domain) <= DOMAIN else ""


def _unicode(label: str) -> str:
    try:
        shown = label[4:].encode("ascii").decode("punycode") if label.startswith("xn--") else label
    except UnicodeError:
        return label
    return unicodedata.normalize("NFC", shown)


def _without_asides(line: str) -> str:
    """A line whose comments are gone, and whose quoted strings hold no letter that could be taken for syntax.

    Either may say anything, "; dmarc=pass" too (RFC 5322, 3.2.2 and 3.2.4). What is never closed hides the rest.
    """
    kept: list[str] = []
    depth, quoted, escaped = 0, False, False
    for letter in line:
        sign = "" if escaped else letter
        escaped = sign == "\\" and (quoted or depth > 0)
        if depth:
            depth += (sign == "(") - (sign == ")")
        elif sign == '"':
            quoted = not quoted
        elif quoted:
            kept.append(letter if letter.isalnum() or letter in "@.-" else "_")
        elif sign == "(":
            depth = 1
            kept.append(" ")
        else:
            kept.append(letter)
    return "".join(kept)
