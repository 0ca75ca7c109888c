"""Mailboxes that live elsewhere, read by IMAP: never deleted from, flagged or moved only after the commit.

Which mails are new is told by (UIDVALIDITY, UID) (RFC 3501, 2.3.1.1), never by who opened them; and every mail is known
by its content, so that a folder that starts counting anew doubles nothing.
"""

from intake.imap.asking import open_folder
from intake.imap.folder import FolderReader
from intake.imap.line import Line, sign_in
from intake.imap.poller import Poller
from intake.imap.trouble import Trouble, trouble_of

__all__ = ["FolderReader", "Line", "Poller", "Trouble", "open_folder", "sign_in", "trouble_of"]
