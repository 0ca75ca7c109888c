"""What people who look into a mailbox see of a mail that is safely kept: a keyword, or another folder."""

from __future__ import annotations

from collections.abc import Sequence

import structlog
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from intake.imap.line import Line
from intake.settings import Done, ImapMailbox

log = structlog.get_logger()

KEPT = b"$RightsdeskKept"


def mark_done(client: Line, mailbox: ImapMailbox, uids: Sequence[int]) -> None:
    """Only a courtesy to people who look into the mailbox: what is kept is known by its UID and content anyway.

    Where the server has no MOVE (RFC 6851), mails are flagged instead: moving them by hand would be deleting.

    Raises:
        IMAPClientError, OSError: the line was cut.
    """
    if not uids:
        return
    try:
        if mailbox.done is Done.MOVE and client.has_capability("MOVE"):
            _move(client, uids, mailbox.move_to)
        else:
            client.add_flags(uids, [KEPT], silent=True)
    except IMAPClientAbortError:
        raise
    except IMAPClientError as error:
        log.warning("kept mails not marked", trouble=type(error).__name__)


def _move(client: Line, uids: Sequence[int], folder: str) -> None:
    try:
        client.move(uids, folder)
    except IMAPClientAbortError:
        raise
    except IMAPClientError:  # it is not there yet (TRYCREATE)
        client.create_folder(folder)
        client.move(uids, folder)
