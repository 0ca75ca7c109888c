"""Robin asks to be deleted and to have the sale stopped; Sam does it. From mail to mail, over real sockets."""

from __future__ import annotations

import re
import smtplib
from email.message import EmailMessage

import pytest

from tests.journeys.demo import Demo, actions_of, eventually

STORY = "Please delete my account and everything you have on me, and stop selling my data."
ROBIN = {"from": "robin@example.net", "name": "Robin Ashdown"}


@pytest.fixture
def robins_case(demo: Demo) -> Demo:
    demo.mail(**ROBIN, subject="My data", text=STORY)
    eventually(demo.card, "a card")
    eventually(demo.letters, "the acknowledgement")
    return demo


def test_a_mail_becomes_a_card_without_anything_personal_and_is_acknowledged(robins_case: Demo) -> None:
    card = robins_case.card()
    everything = str(card["blocks"]) + card["text"]
    letter = robins_case.letters()[0]

    assert "r•••@e•••.net" in everything
    assert "delete" in everything.lower()
    assert "opt-out" in everything.lower()
    assert "unclaimed" in everything.lower()
    for personal in ("robin", "ashdown", "example.net", "everything you have on me", "my data"):
        assert personal not in everything.lower()
    assert "PR-1001" in letter["subject"]
    assert "you do not have to prove anything" in letter["text"]


def test_any_mail_client_may_send_to_the_printed_port(demo: Demo) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "robin@example.net", "privacy@shop.test", "My data"
    mail.set_content(STORY)
    host, _, port = demo.smtp.partition(":")

    with smtplib.SMTP(host, int(port), timeout=10) as client:
        client.send_message(mail)

    eventually(demo.card, "a card")


def test_the_first_to_claim_has_it_and_the_second_alone_is_told_who(robins_case: Demo) -> None:
    stale = robins_case.card()
    robins_case.press("staff1", stale, "claim")
    claimed = eventually(lambda: (card := robins_case.card()) and card["edited"] and card, "the card redrawn")

    told = robins_case.press("staff2", stale, "claim")

    assert claimed["ts"] == stale["ts"]
    assert "claim" not in actions_of(claimed)
    assert "PR-1001 has been with" in str(told["ephemeral"])
    assert "since" in str(told["ephemeral"])
    assert "unclaimed" not in claimed["text"]
    eventually(lambda: any("claimed" in line for line in robins_case.thread()), "a line in the thread")
    assert sum("claimed" in line for line in robins_case.thread()) == 1


def test_commands_answer_me_alone(robins_case: Demo) -> None:
    listed, shown = robins_case.command("staff1", "list"), robins_case.command("staff1", "show 1001")
    nothing, helped = robins_case.command("staff1", "mine"), robins_case.command("staff1", "help")
    robins_case.press("staff1", robins_case.card(), "claim")
    mine = robins_case.command("staff1", "mine")

    assert "PR-1001" in listed
    assert "PR-1001" in shown
    assert "Your cases: none" in nothing
    assert "/privacy list" in helped
    assert "*PR-1001*" in mine
    assert len([each for each in robins_case.messages() if not each["thread_ts"]]) == 1


def test_somebody_without_a_role_is_told_kindly_and_shown_nothing(robins_case: Demo) -> None:
    answer = robins_case.command("outsider", "list")
    pressed = robins_case.press("outsider", robins_case.card(), "read")

    assert "PR-1001" not in answer
    assert "PR-1001" not in str(pressed["ephemeral"])
    assert not pressed["view"]


def test_reading_shows_the_mail_in_a_modal_and_the_ledger_knows(robins_case: Demo) -> None:
    view = robins_case.press("staff1", robins_case.card(), "read")["view"]
    shown = eventually(lambda: "stop selling" in str(robins_case.state["views"]["staff1"]), "the mail in a modal")
    history = robins_case.rightsdesk("case", "PR-1001")["history"]

    assert view
    assert shown
    assert [line["event"] for line in history].count("read") == 1


def test_the_whole_story_from_mail_to_mail(robins_case: Demo) -> None:
    demo = robins_case
    demo.press("staff1", demo.card(), "claim")
    requests = {line["kind"]: line for line in demo.rightsdesk("case", "PR-1001")["requests"]}
    assert requests["opt_out"]["verification"]["level"] == "forbidden"

    _resolve(demo, "opt_out")
    processed = eventually(lambda: demo.letter("was processed on"), "the opt-out's letter")
    assert "Re: My data" in processed["subject"]

    _ask_to_verify(demo)
    letter = eventually(lambda: demo.letter("write this code"), "the verification letter")
    code = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", letter["text"])
    assert code is not None
    demo.mail(**ROBIN, subject=f"Re: {letter['subject']}", text=f"It is {code[0]}", in_reply_to=letter["message_id"])
    eventually(lambda: "1 of 2" in str(demo.card()["blocks"]), "one of two points on the card")

    view = demo.press("staff1", demo.card(), "verify")["view"]
    assert "not" in str(view)
    demo.submit("staff1", view, points=["order_number"])
    eventually(lambda: demo.rightsdesk("case", "PR-1001")["status"] == "verified", "the level")

    _extend(demo)
    extended = eventually(lambda: demo.letter("large archive"), "the extension's letter")
    again = demo.press("staff1", demo.card(), "extend") if _offers(demo, "extend") else {}
    assert "extended once" in str(again) or not _offers(demo, "extend")
    assert extended

    _resolve(demo, "delete")
    answer = eventually(lambda: demo.letter("we deleted the personal information"), "the answer")
    closed = eventually(lambda: (card := demo.card()) and "closed" in card["text"].lower() and card, "the card turned")
    facts = demo.rightsdesk("case", "PR-1001")
    events = [line["event"] for line in facts["history"]]
    assert answer["in_reply_to"]
    assert "claim" not in actions_of(closed)
    assert facts["status"] == "closed"
    assert events.count("letter written") == events.count("letter sent") == len(demo.letters()) == 5
    assert demo.rightsdesk("audit", "verify") == {"whole": True, "faults": []}
    _nothing_personal_in_slack(demo)


def test_a_second_extension_is_refused_in_words(robins_case: Demo) -> None:
    demo = robins_case
    demo.press("staff1", demo.card(), "claim")
    stale = eventually(lambda: _offers(demo, "extend") and demo.card(), "an Extend button")
    _extend(demo)
    eventually(lambda: demo.letter("large archive"), "the extension's letter")

    refused = demo.press("staff1", stale, "extend")

    assert "extended once" in str(refused), refused


def test_an_opt_out_cannot_even_be_asked_to_verify(demo: Demo) -> None:
    demo.mail(**ROBIN, subject="Opt out", text="Do not sell or share my personal information.")
    card = eventually(demo.card, "a card")
    demo.press("staff1", card, "claim")
    eventually(lambda: demo.card()["edited"], "the card redrawn")

    assert not _offers(demo, "ask_to_verify")
    assert not _offers(demo, "verify")
    assert "7060(b)" in str(demo.card()["blocks"])


def _offers(demo: Demo, action: str) -> bool:
    card = demo.card()
    options = [option["value"] for each in actions_of(card).values() for option in each.get("options", ())]
    return action in actions_of(card) or any(action in value.split() or value.startswith(action) for value in options)


def _request_id(kind: str, view: dict[str, object]) -> str:
    for element in actions_of(view).values():
        for option in element.get("options", ()):
            if kind in option["text"]["text"].lower():
                return str(option["value"])
    raise AssertionError(f"no request {kind!r} to choose in {view}")


def _resolve(demo: Demo, kind: str) -> None:
    eventually(lambda: _offers(demo, "resolve"), "a Resolve button")
    view = demo.press("staff1", demo.card(), "resolve")["view"]
    if "choose_request" in actions_of(view):
        words = {"opt_out": "opt-out", "delete": "delete"}[kind]
        view = demo.choose("staff1", view, "choose_request", _request_id(words, view))
    answer = demo.submit("staff1", view, outcome="complied_in_full")
    assert not answer["errors"], answer
    preview = answer["view"] or demo.state["views"]["staff1"]
    assert "processed on" in str(preview) or "we deleted" in str(preview), preview
    done = demo.submit("staff1", preview)
    assert not done["errors"], done


def _ask_to_verify(demo: Demo) -> None:
    eventually(lambda: _offers(demo, "ask_to_verify"), "an Ask to verify button")
    view = demo.press("staff1", demo.card(), "ask_to_verify")["view"]
    done = demo.submit("staff1", view)
    assert not done["errors"], done


def _extend(demo: Demo) -> None:
    view = demo.press("staff1", demo.card(), "extend")["view"]
    answer = demo.submit("staff1", view, reason="We must search a large archive.")
    preview = answer["view"] or demo.state["views"]["staff1"]
    assert "large archive" in str(preview)
    done = demo.submit("staff1", preview)
    assert not done["errors"], done


def _nothing_personal_in_slack(demo: Demo) -> None:
    everything = str([each for channel in demo.state["channels"] for each in channel["messages"]]).lower()
    for personal in ("robin", "ashdown", "example.net", "everything you have on me", "my data", "large archive"):
        assert personal not in everything, personal
