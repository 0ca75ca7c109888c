"""Which case a mail belongs to, from what it carries: tokens, the letters it answers, a reference in its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from intake.reading import Reading

MOST_TEXT = 100_000
_TOKEN = r"[0-9a-f]{20}"  # noqa: S105 - the shape of a case's token, not a token
_PLUS = re.compile(rf"\+({_TOKEN})@", re.IGNORECASE)
_LINE = re.compile(rf"\[\s?PR-\d{{4,12}}\s({_TOKEN})\s?\]", re.IGNORECASE)
_REFERENCE = re.compile(r"(?<![A-Z0-9-])PR-(\d{4,12})(?!\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Trail:
    """What a mail carries that may lead to a case.

    Attributes:
        tokens: what looks like a case's token in the plus-address, the envelope's first.
        written: what looks like one in its text, which may quote an older letter, of another case.
        message_ids: what it answers and refers to, with angle brackets, the nearest last.
        reference: a reference that its words name, such as PR-1001; alone it opens nothing.
    """

    tokens: tuple[str, ...]
    written: tuple[str, ...]
    message_ids: tuple[str, ...]
    reference: str | None


def trail(reading: Reading, recipients: Sequence[str]) -> Trail:
    """Look for what leads to a case.

    Args:
        reading: the mail, read.
        recipients: the envelope's recipients, which a mail client's reply takes from our Reply-To.
    """
    mail = reading.mail
    addressed = [*recipients, *(address.address for address in (*mail.to, *mail.cc))]
    text = reading.text[:MOST_TEXT]
    tokens = [token for address in addressed for token in _PLUS.findall(address)]
    named = _REFERENCE.search(mail.subject) or _REFERENCE.search(text)
    answered = (*mail.references, mail.in_reply_to)
    return Trail(
        tokens=tuple(dict.fromkeys(token.lower() for token in tokens)),
        written=tuple(dict.fromkeys(token.lower() for token in _LINE.findall(text))),
        message_ids=tuple(dict.fromkeys(_bracketed(name) for name in answered if name)),
        reference=f"PR-{named.group(1)}" if named else None,
    )


def _bracketed(message_id: str) -> str:
    return f"<{message_id.strip().strip('<>')}>"
