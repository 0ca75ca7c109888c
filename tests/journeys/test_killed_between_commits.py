"""The desk is killed before each of its first commits in turn, with a mail on its way every time.

What happened before a commit and outside the database (a `250`, a card in Slack, a letter handed over) is what a crash
can lose or double. Nothing is: every mail is one case, one card, one acknowledgement.
"""

from __future__ import annotations

import asyncio
import smtplib
import socket
import sys
from collections import Counter
from email.message import EmailMessage
from pathlib import Path

from store.casefile import ref_of
from tests.journeys.outside import Outside, configured, until

KILLS = 32
MAILS = range(KILLS)


async def test_every_mail_is_one_case_one_card_one_letter(outside: Outside, tmp_path: Path) -> None:
    port = _free_port()
    config = configured(outside, tmp_path, smtp_port=port)
    driver = await asyncio.create_subprocess_exec(
        *(sys.executable, str(Path(__file__).with_name("killed.py")), str(config)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert driver.stdin is not None
    assert driver.stdout is not None
    accepted: set[int] = set()
    for number in MAILS:
        driver.stdin.write(b"%d\n" % (number + 1))
        said = await driver.stdout.readline()
        if said == b"ready\n":
            accepted |= await asyncio.to_thread(_send, port, number)
            said = await driver.stdout.readline()
        assert said == b"died\n"

    driver.stdin.write(b"0\n")
    assert await driver.stdout.readline() == b"ready\n"
    for number in set(MAILS) - accepted:  # a sender who was not told 250 sends again
        assert await asyncio.to_thread(_send, port, number)
    for number in MAILS:
        await until(lambda who=number: outside.letters(_address(who)), f"a letter to {number}")
        await until(lambda who=number: outside.cards(ref_of(who + 1)), f"the card of case {number + 1}")
        await until(lambda who=number: outside.thread(ref_of(who + 1)), f"the history of case {number + 1}")
    driver.stdin.write(b"0\n")
    driver.stdin.close()
    await driver.wait()

    letters = Counter(address for address in map(_address, MAILS) for _ in outside.letters(address))
    assert set(letters.values()) == {1}, letters
    assert {len(outside.cards(ref_of(number + 1))) for number in MAILS} == {1}
    assert not outside.cards(ref_of(KILLS + 1))
    for number in MAILS:
        lines = outside.thread(ref_of(number + 1))
        assert len(lines) == len(set(lines)), lines
    assert len(accepted) > KILLS // 2


def _send(port: int, number: int) -> set[int]:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = _address(number), "privacy@harbour.test", f"Request {number}"
    mail["Message-ID"] = f"<{number}@example.net>"
    mail.set_content("Please delete my account and stop selling my data.")
    try:
        with smtplib.SMTP("127.0.0.1", port, timeout=10) as client:
            client.send_message(mail)
    except (smtplib.SMTPException, OSError):
        return set()
    return {number}


def _address(number: int) -> str:
    return f"person{number}@example.net"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
