"""What is wrong with a mailbox, in sentences for managers."""

from __future__ import annotations

import socket
import ssl

from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

from intake.oauth import OAuthTrouble

NOT_JUST_NOW = ("[UNAVAILABLE]", "[LIMIT]", "[INUSE]", "[SERVERBUG]")
"""Response codes (RFC 5530, 3) of a sign-in that fails for no fault of the user's."""


class Trouble(Exception):
    """A mailbox or a folder cannot be read; its text is a sentence that says what to do."""


def trouble_of(error: Exception) -> str:
    """What is wrong with a mailbox, for a manager: never what the server said, which may quote a mail."""
    match error:
        case Trouble() | OAuthTrouble():
            return str(error)
        case LoginError() if any(code in str(error) for code in NOT_JUST_NOW):
            return "The server takes no sign-in just now; it is tried again."
        case LoginError():
            return "The server refused the sign-in; check the user and the password."
        case IMAPClientAbortError():
            return "The server hung up; it is tried again."
        case IMAPClientError():
            return "The server refused a command; check the folder's name and rights."
        case ssl.SSLCertVerificationError():
            return "The server's certificate cannot be trusted; check the host's name and who signed it."
        case socket.gaierror():
            return "There is no server of that name; check the host."
        case TimeoutError():
            return "The server did not answer in time."
        case OSError():
            return f"The server cannot be reached ({type(error).__name__})."
        case _:
            return f"Reading it failed ({type(error).__name__})."
