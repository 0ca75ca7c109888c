"""Robots, bounces, lists and spam told apart from people, each with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake.mime import sealed
from intake.screen import bounces, robots, verdicts
from intake.screen.bounces import is_daemon, is_nobody
from intake.screen.model import Authentication, Bounce, BounceKind, Disposition, Reason, Screening

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from intake.mime.model import Mail

__all__ = [
    "Authentication",
    "Bounce",
    "BounceKind",
    "Disposition",
    "Reason",
    "Screening",
    "is_daemon",
    "is_nobody",
    "is_ours",
    "screen",
]


def screen(
    mail: Mail,
    text: str = "",
    *,
    trusted_hosts: Collection[str] = frozenset(),
    our_addresses: Collection[str] = frozenset(),
    asks: Callable[[], bool] = lambda: False,
) -> Screening:
    """Say what kind of mail this is, before anyone asks what it wants.

    Args:
        mail: the parsed mail.
        text: its readable text.
        trusted_hosts: servers whose Authentication-Results count, in lower case.
        our_addresses: the addresses we write from, in lower case: mail from these is our own, come back.
        asks: whether its newly written words invoke a right: a program's subject is then no proof that no person
            wrote it. Called only where it matters, since finding out takes longer than all the rest.

    Returns:
        The disposition and its reason; `clear` when a person seems to have written to us.
    """
    authentication = verdicts.authentication(mail, trusted_hosts)
    disposition, reason, bounce = _sorted(mail, text, our_addresses, asks=asks)
    return Screening(disposition, reason, bounce, authentication)


def is_ours(address: str, our_addresses: Collection[str]) -> bool:
    """Whether an address is one of ours, or one of ours with a tag: our letters are answered at `privacy+…@`.

    Args:
        address: in any case.
        our_addresses: the addresses we write from, in lower case.
    """
    local, _, domain = address.lower().rpartition("@")
    ours = (each.rpartition("@") for each in our_addresses)
    return any(domain == its_domain and f"{local}+".startswith(f"{name}+") for name, _, its_domain in ours)


def _sorted(
    mail: Mail, text: str, our_addresses: Collection[str], *, asks: Callable[[], bool]
) -> tuple[Disposition, Reason, Bounce | None]:
    reported = _reported(mail, text)
    if reported is not None and not (bounces.is_shown(mail) and asks()):
        return reported
    if mail.sender is not None and is_ours(mail.sender.address, our_addresses):
        return Disposition.AUTOMATIC, Reason.OURS, None
    robot = _robot(mail, asks=asks)
    if robot is not None:
        return Disposition.AUTOMATIC, robot, None
    if verdicts.is_spam(mail):
        return Disposition.SPAM, Reason.SPAM, None
    wordless = _wordless(mail, text)
    if wordless is not None:
        return Disposition.EMPTY if wordless is Reason.EMPTY else Disposition.OTHER, wordless, None
    if bounces.daemon(mail):
        return Disposition.AUTOMATIC, Reason.DAEMON, None
    listed = robots.lists(mail)
    if listed is not None:
        return Disposition.LIST, listed, None
    return Disposition.CLEAR, Reason.CLEAR, None


def _reported(mail: Mail, text: str) -> tuple[Disposition, Reason, Bounce | None] | None:
    """What a mail system tells of a letter, if it does."""
    bounce = bounces.find(mail, text)
    if bounce is not None:
        notified = "delivery-status" in mail.root.report_type
        return Disposition.BOUNCE, Reason.DELIVERY_STATUS if notified else Reason.DELIVERY_FAILURE, bounce
    return (Disposition.AUTOMATIC, Reason.DELIVERED, None) if bounces.is_success(mail) else None


def _wordless(mail: Mail, text: str) -> Reason | None:
    """Why there are no words of a person to be read."""
    if sealed.is_encrypted(mail.root, text):
        return Reason.ENCRYPTED
    if any(part.content_type == "text/calendar" for part in mail.root.walk()):
        return Reason.CALENDAR
    return Reason.EMPTY if not (text.strip() or mail.subject.strip() or mail.attachments) else None


def _robot(mail: Mail, *, asks: Callable[[], bool]) -> Reason | None:
    """A subject alone proves no robot once a right is invoked: people answer under the subjects of programs."""
    found = robots.find(mail)
    if found is not None:
        return found
    titled = robots.by_subject(mail.subject)
    return titled if titled is not None and (robots.is_machine(mail) or not asks()) else None
