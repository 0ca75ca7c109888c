"""Days go by: owners are reminded, managers are told, nothing comes twice, also after a restart."""

from __future__ import annotations

from tests.journeys.demo import Demo, eventually

DELETE = {"from": "kim@example.org", "subject": "Account", "text": "Please delete all my personal information."}


def _digests(demo: Demo) -> list[str]:
    told = demo.messages("privacy-managers")
    return [f"{each['text']} {each['blocks']}" for each in told if "digest" in each["text"].lower()]


def _pings(demo: Demo) -> list[str]:
    return [line for line in demo.thread() if "7 days" in line]


def test_a_date_that_comes_near_pings_the_owner_once_and_stands_in_the_digest(demo: Demo) -> None:
    demo.mail(**DELETE)
    card = eventually(demo.card, "a card")
    demo.press("staff1", card, "claim")

    demo.advance("38d")

    ping = eventually(lambda: _pings(demo), "a reminder in the thread")[0]
    digest = eventually(lambda: _digests(demo), "the digest")[-1]
    assert "<@" in ping
    assert "PR-1001" in digest
    assert "due this week" in digest.lower()


def test_nothing_is_sent_twice_also_after_a_restart(demo: Demo) -> None:
    demo.mail(**DELETE)
    eventually(demo.card, "a card")
    eventually(lambda: demo.letters("kim@example.org"), "the acknowledgement")
    demo.advance("38d")
    eventually(lambda: _pings(demo), "a reminder")
    eventually(lambda: _digests(demo), "the digest")

    demo.restart()
    demo.advance("1m")
    demo.mail(**{**DELETE, "from": "lee@example.com"})
    eventually(lambda: demo.card("PR-1002"), "the next case, by which everything older has been delivered")

    assert len(_pings(demo)) == 1
    assert len(_digests(demo)) == 1
    assert len(demo.letters("kim@example.org")) == 1


def test_past_the_date_it_escalates_to_the_managers(demo: Demo) -> None:
    demo.mail(**DELETE)
    eventually(demo.card, "a card")

    demo.advance("46d")

    def escalated() -> list[str]:
        told = demo.messages("privacy-managers")
        return [each["text"] for each in told if "PR-1001" in each["text"] and "overdue" in each["text"].lower()]

    eventually(escalated, "an escalation")
    digest = eventually(lambda: _digests(demo), "the digest")[-1]
    assert "overdue" in digest.lower()
    assert "unclaimed" in digest.lower()


def test_a_settled_case_is_never_nagged(demo: Demo) -> None:
    demo.mail(**{**DELETE, "text": "Do not sell my personal information."})
    card = eventually(demo.card, "a card")
    demo.press("staff1", card, "claim")
    eventually(lambda: demo.card()["edited"], "the card redrawn")
    view = demo.press("staff1", demo.card(), "resolve")["view"]
    preview = demo.submit("staff1", view, outcome="complied_in_full")["view"]
    demo.submit("staff1", preview)
    eventually(lambda: demo.rightsdesk("case", "PR-1001")["status"] == "closed", "the case closed")
    before = len(demo.thread())

    demo.advance("60d")
    eventually(lambda: _digests(demo), "the digest")

    assert not [line for line in demo.thread()[before:] if "<@" in line and "due" in line]
    assert all("PR-1001" not in each["text"] for each in demo.messages("privacy-managers"))


def test_the_digest_tells_of_the_mailbox_and_of_a_quiet_day(demo: Demo) -> None:
    demo.advance("1d")

    digest = next(
        each
        for each in eventually(lambda: demo.messages("privacy-managers"), "the digest")
        if "digest" in each["text"].lower()
    )
    assert "smtp: last read less than a minute ago" in digest["text"]
    assert "A quiet day" in digest["text"]
