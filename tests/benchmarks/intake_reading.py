"""What it costs to read a mail: beside other readers, as its size doubles, and in memory.

Run by hand (`make bench`): figures are ratios within one run, since machines differ and this one may be busy.
"""

from __future__ import annotations

import base64
import email
import email.policy
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Final

import mailparser
from rich.console import Console
from rich.progress import track
from rich.table import Table

from intake.mime import content_hash
from intake.reading import read

ROUNDS: Final = 7
"""Turns of which the fastest counts: another program only ever makes one slower."""
SECONDS: Final = 0.15
"""How long one turn takes, about."""
SIZES: Final = (1, 2, 4, 8)
BIG: Final = 25_000_000
"""Bytes of the mail whose memory is looked at."""

TEXT: Final = (
    "I opened it in the spring of last year, when your shop in Fresno still had its summer sale. ",
    "The blue jacket came on time, although one of its buttons was loose! ",
    "Since then a letter has reached me every week, and my neighbour gets them too. ",
    "I wrote to your office twice; nobody ever answered (see below). ",
    "On the second day of our walk the harbour lay quiet, so we stayed for lunch. ",
    "My number with you is 4411-7, and my telephone is 555-0100. ",
    "Would you tell me when this is done? ",
    "It was Mr. Brandt, I think, who took my call at 4.30 p.m. and promised to look into it. ",
    "We moved last month: the new street is on the back of the card. ",
    "Thank you for your patience with an old customer. ",
)
SENTENCE: Final = "".join(TEXT)
"""700 letters of what people write around what they want."""
HEAD: Final = (
    "Return-Path: <rosa@quill.example>\r\n"
    "Received: from mail.quill.example (mail.quill.example [192.0.2.7])\r\n\tby mx.harbour.example with ESMTPS id 7\r\n"
    "\tfor <privacy@harbour.example>; Tue, 3 Nov 2026 17:15:02 +0000\r\n"
    "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=quill.example; s=one;\r\n\tb=" + "Q" * 300 + "\r\n"
    "From: Rosa Quill <rosa@quill.example>\r\nTo: Privacy <privacy@harbour.example>\r\n"
    "Subject: =?utf-8?q?My_data=2C_and_the_caf=C3=A9?=\r\nDate: Tue, 3 Nov 2026 09:15:00 -0800\r\n"
    "Message-ID: <m1@quill.example>\r\nMIME-Version: 1.0\r\n"
)
LINK: Final = "<b>So</b> <a href='https://a.example/'>it</a> goes."
ASKS: Final = "Hello,\n\nplease delete my account and all data you hold about me. I live in California.\n\n"


def main() -> None:
    """Measure and print."""
    console = Console(width=120)
    console.print(_beside_others(_mails()))
    console.print(_doubling())
    for name, do in {"read": read, "content_hash": content_hash}.items():
        console.print(f"{name}: {_memory(do):.1f} times the size of a mail of {BIG / 1e6:.0f} MB at its peak")


def _beside_others(mails: dict[str, bytes]) -> Table:
    """How many times as fast as the other readers, for each kind of mail and for one of each."""
    table = Table("mail", "bytes", "ms", "of mail-parser", "of email's default policy", title="as fast as")
    total = [0.0, 0.0, 0.0]
    for name, raw in track(mails.items(), description="readers", transient=True):
        each = _fastest([lambda raw=raw: read(raw), lambda raw=raw: _mail_parser(raw), lambda raw=raw: _email(raw)])
        total = [sum(pair) for pair in zip(total, each, strict=True)]
        table.add_row(name, f"{len(raw):,}", *_compared(each))
    table.add_row("one of each", "", *_compared(total))
    return table


def _compared(seconds: list[float]) -> tuple[str, str, str]:
    ours, theirs, standard = seconds
    return f"{ours * 1e3:.2f}", f"{theirs / ours:.2f}", f"{standard / ours:.2f}"


def _mail_parser(raw: bytes) -> None:
    found = mailparser.parse_from_bytes(raw)
    assert found.body is not None
    assert found.attachments is not None


def _email(raw: bytes) -> None:
    found = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    body = found.get_body(("plain", "html"))
    assert body is not None
    body.get_content()
    if found.is_multipart():
        for each in found.iter_attachments():
            each.get_content()


def _doubling() -> Table:
    """Seconds for a hostile text and for the same two, four and eight times as long: twice as long, twice the time."""
    shapes: dict[str, Callable[[int], bytes]] = {
        "plain lines": lambda n: _letter(SENTENCE + "\n", 150 * n),
        "asking": lambda n: _letter(ASKS, 500 * n),
        "On On On": lambda n: _letter("On ", 30_000 * n),
        "lines of On": lambda n: _letter("On \n", 15_000 * n),
        "header-like lines": lambda n: _letter("From: x\nfoo\n", 2_000 * n),
        "quotes": lambda n: _letter("> quoted\n", 10_000 * n),
        "nested quotes": lambda n: _letter(">", 50_000 * n),
        "dashes": lambda n: _letter("-", 50_000 * n),
        "wide blanks": lambda n: _letter("delete" + " " * 500, 200 * n),
        "html": lambda n: _page(f"<p>{SENTENCE} <a href='https://a.example'>there</a></p>", 300 * n),
        "nested divs": lambda n: _page("<div>", 5_000 * n),
        "open brackets": lambda n: _page("<", 100_000 * n),
        "open comments": lambda n: _page("<!--", 30_000 * n),
        "encoded words": lambda n: b"Subject: " + b"=?utf-8?q?" * (10_000 * n) + b"\r\n\r\nhi",
        "recipients": lambda n: b"To: " + b"Rosa Q <rosa@quill.example>, " * (500 * n) + b"\r\n\r\nhi",
        "parts": lambda n: _parts(b"\r\nhi\r\n", 2_000 * n),
        "fields": lambda n: b"X-A: b\r\n" * (10_000 * n) + b"\r\nhi",
        "references": lambda n: b"References: " + b"<a@b.example> " * (5_000 * n) + b"\r\n\r\nhi",
        "padding": lambda n: HEAD.encode() + b"Content-Transfer-Encoding: base64\r\n\r\n" + b"=A=A" * (20_000 * n),
    }
    table = Table("text", *(f"{size}x" for size in SIZES), "last doubling", title="milliseconds as it doubles")
    for name, make in track(shapes.items(), description="doubling", transient=True):
        mails = [make(size) for size in SIZES]
        each = _fastest([lambda raw=raw: read(raw) for raw in mails], rounds=3)
        table.add_row(name, *(f"{one * 1e3:.1f}" for one in each), f"{each[-1] / each[-2]:.2f}")
    return table


def _memory(do: Callable[[bytes], object]) -> float:
    """Peak memory of reading a big mail from a file and doing something with it, in sizes of the mail."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(_with_attachment(BIG * 73 // 100))
        file.flush()
        tracemalloc.start()
        raw = Path(file.name).read_bytes()
        do(raw)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return peak / len(raw)


def _fastest(things: list[Callable[[], object]], rounds: int = ROUNDS) -> list[float]:
    """Seconds a call of each, in turns, so that a busy moment hits all alike."""
    times = [max(1, int(SECONDS / _seconds(thing, 1))) for thing in things]
    turns = [[_seconds(thing, count) for thing, count in zip(things, times, strict=True)] for _ in range(rounds)]
    return [min(turn[number] for turn in turns) for number in range(len(things))]


def _seconds(do: Callable[[], object], times: int) -> float:
    began = time.process_time()
    for _ in range(times):
        do()
    return (time.process_time() - began) / times


def _mails() -> dict[str, bytes]:
    """One mail of each kind that a privacy inbox gets."""
    plain = ASKS + "".join(f"{one}\n" for one in TEXT * 5)
    page = f"<p>{'</p><p>'.join(plain.split(chr(10)))}</p>"
    quoted = "".join(f"> {one}\n" for one in TEXT * 4)
    head = HEAD.encode()
    return {
        "plain, 4 KB": _letter(plain, 1),
        "plain, 1 KB": _letter(ASKS + SENTENCE, 1),
        "plain and HTML, 4 KB": _alternative(ASKS + SENTENCE * 2, page[:2_000]),
        "HTML, 60 KB": _page("".join(f"<div class='x'><p>{one}{LINK}</p></div>" for one in TEXT), 42),
        "a reply with quotes": _letter(
            ASKS + "Rosa\n\nOn Mon, 2 Nov 2026 at 09:14, Harbour <privacy@harbour.example> wrote:\n\n" + quoted, 1
        ),
        "a bounce": _bounce(head),
        "1 MB attached": _with_attachment(730_000),
    }


def _letter(text: str, times: int) -> bytes:
    body = (text * times).replace("\n", "\r\n")
    return f"{HEAD}Content-Type: text/plain; charset=utf-8\r\n\r\n{body}".encode()


def _page(html: str, times: int) -> bytes:
    return f"{HEAD}Content-Type: text/html; charset=utf-8\r\n\r\n<html><body>{html * times}</body></html>".encode()


def _parts(part: bytes, times: int) -> bytes:
    return HEAD.encode() + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + (b"--b\r\n" + part) * times


def _alternative(plain: str, html: str) -> bytes:
    return (
        f"{HEAD}Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8"
        f"\r\n\r\n{plain}\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}\r\n--b--\r\n"
    ).encode()


def _bounce(head: bytes) -> bytes:
    letter = HEAD.encode().replace(b"m1@", b"pr-1@") + b"\r\n" + (ASKS + SENTENCE).encode()
    return (
        head.replace(b"Rosa Quill <rosa@", b"Mail Delivery System <mailer-daemon@").replace(
            b"=?utf-8", b"Undelivered =?utf-8"
        )
        + b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\n"
        b"I'm sorry to have to inform you that your message could not be delivered.\r\n\r\n"
        b"<ivo@brandt.example>: 550 5.1.1 unknown user\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        b"Reporting-MTA: dns; mx.brandt.example\r\n\r\nFinal-Recipient: rfc822; ivo@brandt.example\r\n"
        b"Action: failed\r\nStatus: 5.1.1\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n" + letter + b"\r\n--b--\r\n"
    )


def _with_attachment(size: int) -> bytes:
    """A short letter with a file of so many bytes, a third more on the wire."""
    return b"".join((
        _parts(b"Content-Type: text/plain\r\n\r\n" + ASKS.encode() + b"\r\n", 1),
        b"--b\r\nContent-Type: application/pdf; name=proof.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n",
        base64.encodebytes(bytes(range(256)) * (size // 256)).replace(b"\n", b"\r\n"),
        b"--b--\r\n",
    ))  # fmt: skip


if __name__ == "__main__":
    main()
