"""Robin asks to be deleted, hears nothing for four days and asks again; Sam links the second case to the first."""

from __future__ import annotations

from typing import Any

from tests.journeys.demo import Demo, actions_of, eventually

ROBIN = {"from": "robin@example.net", "name": "Robin Ashdown"}
FIRST, SECOND = "PR-1001", "PR-1002"


def _standing(demo: Demo, ref: str, *words: str) -> dict[str, Any]:
    """The card of a case, once it tells this."""

    def tells() -> dict[str, Any]:
        card = demo.card(ref)
        return card if all(word in str(card) for word in words) else {}

    return eventually(tells, f"{words} on {ref}")


def test_the_second_mail_is_linked_to_the_first_case_which_keeps_its_date(demo: Demo) -> None:
    demo.mail(**ROBIN, subject="My data", text="Please delete my account and everything you have on me.")
    eventually(demo.letters, "the acknowledgement")
    demo.advance("4d")
    demo.mail(**ROBIN, subject="Again", text="I ask you once more: please delete all my personal data.")
    second = _standing(demo, SECOND, f"Probably a duplicate of {FIRST}", "same right: delete")
    first = demo.rightsdesk("case", FIRST)

    demo.press("staff1", second, "link")

    linked = _standing(demo, SECOND, "closed", f"Linked to {FIRST}, which keeps its date")
    letter = eventually(lambda: demo.letter(f"Your first request has the reference {FIRST}"), "the letter")
    assert SECOND in letter["subject"]
    assert "it keeps its date" in letter["text"]
    assert "link" not in actions_of(linked)
    _standing(demo, FIRST, f"Linked to it as duplicates: {SECOND}")
    eventually(
        lambda: any(f"linked {SECOND} to {FIRST}" in line for line in demo.thread(FIRST)), "a line in the thread"
    )
    now = demo.rightsdesk("case", FIRST)
    assert [line["event"] for line in now["history"] if line not in first["history"]][-1] == "linked"
    assert {**now, "history": (), "links": ()} == {**first, "history": (), "links": ()}
    assert demo.rightsdesk("case", SECOND)["requests"][0]["outcome"] == "duplicate"
    assert demo.rightsdesk("audit", "verify") == {"whole": True, "faults": []}


def test_a_link_that_was_wrong_is_undone_and_the_second_runs_on_its_own_date(demo: Demo) -> None:
    demo.mail(**ROBIN, subject="My data", text="Please delete my account and everything you have on me.")
    _standing(demo, FIRST)
    demo.advance("4d")
    demo.mail(**ROBIN, subject="Again", text="I ask you once more: please delete all my personal data.")
    second = _standing(demo, SECOND, "Probably a duplicate")
    due = demo.rightsdesk("case", SECOND)["due"]
    demo.press("staff1", second, "link")
    _standing(demo, SECOND, "closed")

    view = demo.press("staff1", demo.card(SECOND), "reopen")["view"]
    answer = demo.submit("staff1", view, reason="It was not the same person.")
    demo.submit("staff1", answer["view"] or demo.state["views"]["staff1"])

    _standing(demo, SECOND, "claimed", "Probably a duplicate")
    assert demo.rightsdesk("case", SECOND)["due"] == due
    eventually(lambda: SECOND not in str(demo.card(FIRST)), "the first card without the link")
