"""Robots, bounces, lists and spam told apart from people, each with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake.screen import bounces, robots, verdicts
from intake.screen.model import Authentication, Bounce, BounceKind, Disposition, Reason, Screening

if TYPE_CHECKING:
    from collections.abc import Collection

    from intake.mime.model import Mail

__all__ = ["Authentication", "Bounce", "BounceKind", "Disposition", "Reason", "Screening", "screen"]


def screen(
    mail: Mail,
    text: str = "",
    *,
    trusted_hosts: Collection[str] = frozenset(),
    our_addresses: Collection[str] = frozenset(),
    asks: bool = False,
) -> Screening:
    """Say what kind of mail this is, before anyone asks what it wants.

    Args:
        mail: the parsed mail.
        text: its readable text.
        trusted_hosts: servers whose Authentication-Results count, in lower case.
        our_addresses: the addresses we write from, in lower case: mail from these is our own, come back.
        asks: its newly written words invoke a right: a program's subject is then no proof that no person wrote it.

    Returns:
        The disposition and its reason; `clear` when a person seems to have written to us.
    """
    authentication = verdicts.authentication(mail, trusted_hosts)
    disposition, reason, bounce = _sorted(mail, text, our_addresses, asks=asks)
    return Screening(disposition, reason, bounce, authentication)


def _sorted(
    mail: Mail, text: str, our_addresses: Collection[str], *, asks: bool
) -> tuple[Disposition, Reason, Bounce | None]:
    shown = asks and bounces.is_shown(mail)
    bounce = None if shown else bounces.find(mail, text)
    if bounce is not None:
        notified = "delivery-status" in mail.root.report_type
        return Disposition.BOUNCE, Reason.DELIVERY_STATUS if notified else Reason.DELIVERY_FAILURE, bounce
    if bounces.is_success(mail) and not shown:
        return Disposition.AUTOMATIC, Reason.DELIVERED, None
    if mail.sender is not None and mail.sender.address.lower() in our_addresses:
        return Disposition.AUTOMATIC, Reason.OURS, None
    robot = _robot(mail, asks=asks)
    if robot is not None:
        return Disposition.AUTOMATIC, robot, None
    if verdicts.is_spam(mail):
        return Disposition.SPAM, Reason.SPAM, None
    if any(part.content_type == "text/calendar" for part in mail.root.walk()):
        return Disposition.OTHER, Reason.CALENDAR, None
    if not text.strip() and not mail.subject.strip() and not mail.attachments:
        return Disposition.EMPTY, Reason.EMPTY, None
    if bounces.daemon(mail):
        return Disposition.AUTOMATIC, Reason.DAEMON, None
    listed = robots.lists(mail)
    if listed is not None:
        return Disposition.LIST, listed, None
    return Disposition.CLEAR, Reason.CLEAR, None


def _robot(mail: Mail, *, asks: bool) -> Reason | None:
    """A subject alone proves no robot once a right is invoked: people answer under the subjects of programs."""
    found = robots.find(mail)
    if found is None and (not asks or robots.is_machine(mail)):
        return robots.by_subject(mail.subject)
    return found
