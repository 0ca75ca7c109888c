"""How much is too much: for one connection, and for all of them together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

Guest = TypeVar("Guest")

WRONG_PASSWORD = b"535"
SMALL = 64 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one connection may ask for.

    Attributes:
        answers: commands answered with no mail kept between them.
        errors: answers that refuse for good (5xx).
        sign_ins: wrong passwords.
        mails: mails kept.
        mail_seconds: from the connection, or the mail before, to the end of a mail: who trickles is no sender.
    """

    answers: int = 200
    errors: int = 20
    sign_ins: int = 3
    mails: int = 1000
    mail_seconds: float = 1200


class Tally:
    """What one connection has asked for so far.

    Args:
        limits: how much it may.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._answers = self._errors = self._wrong_passwords = self._mails = 0

    def kept(self) -> None:
        """Count a mail; the commands without one are counted anew."""
        self._mails += 1
        self._answers = 0

    def answered(self, answer: bytes) -> str | None:
        """Count an answer.

        Returns:
            Why it is the last, as the answer to give instead.
        """
        self._answers += 1
        self._errors += answer.startswith(b"5")
        self._wrong_passwords += answer.startswith(WRONG_PASSWORD)
        if self._wrong_passwords >= self._limits.sign_ins:
            return "421 4.7.0 Too many wrong passwords"
        if self._errors > self._limits.errors:
            return "421 4.7.0 Too many errors"
        if self._answers > self._limits.answers:
            return "421 4.7.0 Too many commands without a mail"
        return None

    def begins(self) -> str | None:
        """Whether another mail may begin: why not, as the answer to give."""
        if self._mails >= self._limits.mails:
            return "421 4.7.0 Enough mails for one connection, please connect again"
        return None


class Crowd(Generic[Guest]):
    """Who is connected, who may come in besides, and how much all of them may have in memory.

    Args:
        most: how many.
        most_per_client: how many from one address.
        most_bytes: how many bytes of mails that have not ended, beyond the first 64 KiB of each.
    """

    def __init__(self, most: int, most_per_client: int, most_bytes: int) -> None:
        self._most = most
        self._most_per_client = most_per_client
        self._most_bytes = most_bytes
        self._held: Counter[Guest] = Counter()
        self._inside: dict[Guest, str] = {}
        self._clients: Counter[str] = Counter()

    def __iter__(self) -> Iterator[Guest]:
        return iter(self._inside)

    def __contains__(self, guest: Guest) -> bool:
        return guest in self._inside

    def admit(self, guest: Guest, client: str) -> str | None:
        """Count a connection in.

        Args:
            guest: the connection.
            client: the address it comes from.

        Returns:
            Why it may not come in, as the answer to it (RFC 5321, 3.8).
        """
        if len(self._inside) >= self._most:
            return "421 4.3.2 Too many connections, please try again later"
        if self._clients[client] >= self._most_per_client:
            return "421 4.7.0 Too many connections from your address, please try again later"
        self._inside[guest] = client
        self._clients[client] += 1
        return None

    def may_hold(self, guest: Guest, size: int) -> bool:
        """Count what a connection has in memory of a mail that has not ended.

        A small mail always finds room, so that large ones without an end keep out no ordinary one.

        Args:
            guest: the connection.
            size: the bytes by now, 0 at the end.

        Returns:
            Whether there is room for them; otherwise none of them count, and none may be held.
        """
        self._held[guest] = max(0, size - SMALL)
        if self._held[guest] and self._held.total() <= self._most_bytes:
            return True
        del self._held[guest]
        return size <= SMALL

    def forget(self, guest: Guest) -> None:
        """Count it out."""
        client = self._inside.pop(guest)
        self._clients[client] -= 1
        if not self._clients[client]:
            del self._clients[client]
