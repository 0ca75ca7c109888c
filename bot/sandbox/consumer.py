"""The consumer's hands: writing to the inbox, and answering letters, over real SMTP."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import aiosmtplib

from bot.sandbox.events import LetterSent
from bot.sandbox.inputs import BadInputError
from bot.sandbox.letters import addresses, compose, read_letter

if TYPE_CHECKING:
    from bot.sandbox.events import Letter
    from bot.sandbox.record import Record
    from store.clock import Clock

SMTP_TIMEOUT = 30.0


@dataclass(frozen=True, slots=True)
class Draft:
    """What a consumer wrote; the fields of `POST /control/mail`.

    Args:
        sender: the address it comes from; for an answer it may be empty: the one the letter went to.
        name: the display name.
        subject: may be empty for an answer.
        text: the plain words.
        html: the same as HTML, or empty.
        in_reply_to: the Message-ID of the letter it answers, or empty.
        raw: a whole mail instead of all this.
    """

    sender: str = ""
    name: str = ""
    subject: str = ""
    text: str = ""
    html: str = ""
    in_reply_to: str = ""
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a mail: its Message-ID, and what our mail server said, in SMTP's words."""

    ok: bool
    message_id: str
    reply: str


class Consumer:
    """Writes mails.

    Args:
        record: knows the letters received, and keeps those sent.
        clock: the demo's clock, for the Date header.
        inbox: the address of the privacy inbox.
    """

    def __init__(self, record: Record, clock: Clock, inbox: str) -> None:
        self._record = record
        self._clock = clock
        self._inbox = inbox
        self.intake: tuple[str, int] | None = None

    async def send(self, draft: Draft) -> Receipt:
        """Send a mail to the inbox, or to where the answered letter wants its answers.

        Raises:
            BadInputError: nothing listens for mail, or the draft says too little.
        """
        if self.intake is None:
            raise BadInputError("The privacy inbox takes no mail yet.")
        sender, recipient, content = self._raw(draft) if draft.raw else self._written(draft)
        host, port = self.intake
        try:
            async with aiosmtplib.SMTP(hostname=host, port=port, timeout=SMTP_TIMEOUT, start_tls=False) as server:
                _, reply = await server.sendmail(sender, [recipient], content)
            receipt = Receipt(ok=True, message_id="", reply=_with_code(250, reply))
        except aiosmtplib.SMTPRecipientsRefused as refused:
            first = refused.recipients[0]
            receipt = Receipt(ok=False, message_id="", reply=_with_code(first.code, first.message))
        except aiosmtplib.SMTPResponseException as refused:
            receipt = Receipt(ok=False, message_id="", reply=_with_code(refused.code, refused.message))
        except (aiosmtplib.SMTPException, OSError) as error:
            receipt = Receipt(ok=False, message_id="", reply=f"The mail server cannot be reached: {error}")
        letter = read_letter(content, recipient, self._clock())
        self._record.enter(LetterSent(letter, receipt.reply))
        return Receipt(receipt.ok, letter.message_id, receipt.reply)

    def _raw(self, draft: Draft) -> tuple[str, str, bytes]:
        content = draft.raw.encode("utf-8", errors="surrogateescape")
        letter = read_letter(content, self._inbox, self._clock())
        domain = self._inbox.rpartition("@")[2]
        ours = [address for address in addresses(content) if address.rpartition("@")[2] == domain]
        return draft.sender or letter.sender, ours[0] if ours else self._inbox, content

    def _written(self, draft: Draft) -> tuple[str, str, bytes]:
        answers = self._letter(draft.in_reply_to) if draft.in_reply_to else None
        sender = draft.sender or (answers.to if answers is not None else "")
        if "@" not in sender:
            raise BadInputError('A mail needs an address in "from".')
        recipient = answers.reply_to if answers is not None else self._inbox
        mail = compose(
            sender=sender,
            name=draft.name,
            to=recipient,
            subject=draft.subject,
            text=draft.text,
            html=draft.html,
            answers=answers,
            in_reply_to=draft.in_reply_to,
            at=self._clock(),
        )
        return sender, recipient, mail.as_bytes()

    def _letter(self, message_id: str) -> Letter | None:
        return next((letter for letter in reversed(self._record.received) if letter.message_id == message_id), None)


def _with_code(code: int, words: str) -> str:
    return words if words.startswith(str(code)) else f"{code} {words}"
