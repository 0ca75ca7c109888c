"""What the mail servers before us found: authentication by trusted hosts only, and spam verdicts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from intake.screen.model import Authentication

if TYPE_CHECKING:
    from collections.abc import Collection

    from intake.mime.model import Mail

_RESULT: Final = re.compile(r"(?:^|[;\s])(spf|dkim|dmarc)\s{0,3}=\s{0,3}([a-z]{2,12})")


def authentication(mail: Mail, trusted_hosts: Collection[str]) -> Authentication:
    """The results in Authentication-Results fields of trusted servers; anyone can write others (RFC 8601, 1.6).

    Args:
        mail: the parsed mail.
        trusted_hosts: the names our own mail servers give themselves there, in lower case.
    """
    found: dict[str, str] = {}
    if not trusted_hosts:
        return Authentication()
    for value in mail.headers.every("authentication-results")[:20]:
        line = " ".join(value[:8_000].decode("ascii", "replace").lower().split())
        server, _, results = line.partition(";")
        if server.split(None, 1)[:1] and server.split(None, 1)[0] in trusted_hosts:
            for method, result in _RESULT.findall(_without_comments(results)):
                if method not in found or result == "pass":
                    found[method] = result
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


def _without_comments(line: str) -> str:
    """Comments can hold anything, "dmarc=pass" too."""
    kept, depth = [], 0
    for letter in line:
        depth += letter == "("
        if not depth:
            kept.append(letter)
        depth -= letter == ")" and depth > 0
    return "".join(kept)
