"""A letter that does not arrive: the card says so, its owner and then the managers are told; no robot is answered."""

from __future__ import annotations

from email.message import EmailMessage

from tests.journeys.demo import Demo, eventually
from tests.mailing import bounce_of

KIM = "kim@example.org"
DELETE = {"from": KIM, "subject": "Account", "text": "Please delete all my personal information."}


def _bounced(demo: Demo) -> None:
    """Kim's mail server gives back the acknowledgement."""
    sent = eventually(lambda: demo.letters(KIM), "the acknowledgement")[0]
    letter = EmailMessage()
    letter["Message-ID"], letter["From"], letter["Subject"] = sent["message_id"], "privacy@shop.test", "Re: Account"
    demo.mail(raw=bounce_of(letter, KIM).decode())


def test_the_owner_is_told_at_once_and_the_managers_when_a_day_brings_no_word(demo: Demo) -> None:
    demo.mail(**DELETE)
    card = eventually(demo.card, "a card")
    demo.press("staff1", card, "claim")
    _bounced(demo)
    ping = eventually(lambda: [line for line in demo.thread() if "did not arrive" in line], "a ping")[0]
    eventually(lambda: "not reached" in str(demo.card()), "the card that says so")
    demo.advance("25h")

    def told() -> list[str]:
        return [each["text"] for each in demo.messages("privacy-managers") if "did not arrive" in each["text"]]

    assert ping.startswith("<@")
    assert len(eventually(told, "the managers")) == 1
    assert len(demo.letters(KIM)) == 1


def test_a_consumer_who_writes_after_all_settles_it(demo: Demo) -> None:
    demo.mail(**DELETE)
    eventually(demo.card, "a card")
    _bounced(demo)
    eventually(lambda: "not reached" in str(demo.card()), "the card that says so")
    letter = demo.letters(KIM)[0]
    demo.mail(**{**DELETE, "text": "My mailbox was full, sorry."}, in_reply_to=letter["message_id"])
    eventually(lambda: "not reached" not in str(demo.card()), "the card that says it no more")
    demo.advance("25h")
    demo.mail(**{**DELETE, "from": "lee@example.com"})
    eventually(lambda: demo.card("PR-1002"), "the next case, by which everything older has been delivered")

    assert [each for each in demo.messages("privacy-managers") if "did not arrive" in each["text"]] == []


def test_a_robot_that_answers_every_letter_with_a_new_request_gets_one_answer(demo: Demo) -> None:
    for number in range(5):
        demo.mail(**{**DELETE, "subject": f"Ticket {number}"})
    eventually(lambda: demo.card("PR-1005"), "the last card")
    eventually(lambda: demo.letters(KIM), "an acknowledgement")
    put_off = eventually(lambda: [line for line in demo.thread("PR-1005") if "waits" in line], "a word about it")

    assert len(put_off) == 1
    assert len(demo.letters(KIM)) == 1
