"""The process is killed with -9 again and again; nothing is lost, nothing is doubled."""

from __future__ import annotations

import random
import smtplib
import time
from email.message import EmailMessage

from tests.journeys.demo import Demo, eventually

ROUNDS = 8
STORY = "Please delete my account and stop selling my data."


def test_mails_sent_while_it_is_killed_are_each_one_case_one_card_one_letter(demo: Demo) -> None:
    chance = random.Random(20261123)
    for number in range(ROUNDS):
        _send_until_accepted(demo, number)
        time.sleep(chance.uniform(0, 0.4))
        demo.restart()

    eventually(lambda: len(demo.rightsdesk("cases", "all")) == ROUNDS, "a case for each mail")
    for number in range(ROUNDS):
        eventually(lambda who=number: demo.letters(_address(who)), f"the letter to {number}")
        eventually(lambda ref=f"PR-{1001 + number}": demo.card(ref), f"the card of {number}")
    demo.advance("1m")

    assert len(demo.rightsdesk("cases", "all")) == ROUNDS
    assert [len(demo.letters(_address(number))) for number in range(ROUNDS)] == [1] * ROUNDS
    assert demo.rightsdesk("audit", "verify")["whole"] is True
    for number in range(ROUNDS):
        lines = eventually(lambda ref=f"PR-{1001 + number}": demo.thread(ref), "the thread")
        assert len(lines) == len(set(lines)), lines


def _send_until_accepted(demo: Demo, number: int) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = _address(number), "privacy@shop.test", f"My data {number}"
    mail["Message-ID"] = f"<{number}@example.net>"
    mail.set_content(STORY)
    host, _, port = demo.smtp.partition(":")
    for _ in range(2):  # twice: a sender who saw the connection break sends again
        with smtplib.SMTP(host, int(port), timeout=10) as client:
            client.send_message(mail)


def _address(number: int) -> str:
    return f"person{number}@example.net"
