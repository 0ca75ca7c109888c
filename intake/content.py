"""What comes after DATA: its end found, its dots undone, its false endings seen. Bytes only, no socket."""

from __future__ import annotations

from typing import Final

TOO_LARGE: Final = "552 5.3.4 The mail is larger than {most} bytes; please send it without its attachments"
NO_ROOM: Final = "452 4.3.1 Too much mail is coming in at this moment, please try again later"
END: Final = b"\r\n.\r\n"
LONGEST_LINE: Final = 1024 * 1024
"""Longer lines than RFC 5321 (4.5.3.1.6) allows are taken: a request is not refused for a careless mail program."""
FORSAKEN: Final = 4
"""How many times the largest mail may come before the connection is ended."""

FALSE_ENDS: Final = (b"\n.\n", b"\n.\r", b"\r.\n", b"\r.\r")


class Content:
    """A mail as it comes through the line, up to its end, which is CRLF, dot, CRLF and nothing else.

    Anything that another server could take for an end (a dot between bare CRs or LFs) is refused: such a server would
    have sent the rest as commands and a second mail (RFC 5321, 2.3.8 and 4.1.1.4). Bare ones elsewhere are kept as
    they are, since nothing here reads a command out of them.

    Args:
        most: how many bytes it may have.

    Attributes:
        size: the bytes that came so far, dots doubled as they are on the line (RFC 5321, 4.5.2).
        ended: its end was found.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._dropped = 0
        self._drops = False
        self._bytes = bytearray(b"\r\n")  # of the DATA command, which begins the end of an empty mail
        self.ended = False

    @property
    def size(self) -> int:
        """The bytes that came so far."""
        return self._dropped + len(self._bytes) - 2

    @property
    def held(self) -> int:
        """The bytes that are in memory."""
        return len(self._bytes)

    @property
    def too_large(self) -> bool:
        """It has more bytes than it may; none but its last are in memory."""
        return self.size > self._most

    @property
    def forsaken(self) -> bool:
        """So much came that its end is not waited for."""
        return self.size > FORSAKEN * self._most

    def feed(self, data: bytes) -> bytes:
        """Take what came.

        Returns:
            What is behind its end and belongs to the next command.
        """
        searched = max(0, len(self._bytes) - len(END) + 1)
        self._bytes += data
        at = self._bytes.find(END, searched)
        if at >= 0:
            self.ended = True
            rest = bytes(self._bytes[at + len(END) :])
            del self._bytes[at + 2 :]
            return rest
        if self._drops or self.size > self._most + len(END):  # the end's own bytes are not the mail's
            self.drop()
        return b""

    def drop(self) -> None:
        """Keep nothing of it, now or later, but what its end may begin with: there is no room for it."""
        self._drops = True
        needless = max(0, len(self._bytes) - len(END))
        self._dropped += needless
        del self._bytes[:needless]

    def refusal(self) -> str | None:
        """Why it is not taken, as the answer to it."""
        if self.too_large:
            return TOO_LARGE.format(most=self._most)
        if self._drops:
            return NO_ROOM
        if any(end in self._bytes for end in FALSE_ENDS):
            return "554 5.6.0 A dot stands alone between bare CR or LF; lines must end with CR LF (RFC 5321, 2.3.8)"
        if self._has_an_endless_line():
            return f"554 5.6.0 A line of the mail is longer than {LONGEST_LINE} bytes"
        return None

    def mail(self) -> bytes:
        """The mail, without the dots that the line needed (RFC 5321, 4.5.2)."""
        plain = self._bytes.replace(b"\r\n.", b"\r\n") if b"\r\n." in self._bytes else self._bytes
        return bytes(memoryview(plain)[2:])

    def _has_an_endless_line(self) -> bool:
        at = 0
        while at + LONGEST_LINE < len(self._bytes):
            at = self._bytes.rfind(b"\n", at, at + LONGEST_LINE) + 1
            if at == 0:
                return True
        return False
