"""An agent asks for twelve people in one letter; Sam opens a case for each with one click. From mail to mails."""

from __future__ import annotations

from typing import Any

from tests.journeys.demo import Demo, actions_of, eventually

AGENT = {"from": "desk@agents.example", "name": "Privacy Agents"}
FIRST_NAMES = ("Jane", "John", "Jim", "June", "Jack", "Jill", "Joan", "Joel", "Judy", "Jean", "Josh", "Jade")
PEOPLE = [(f"{name} Roe", f"{name.lower()}.roe@example.com") for name in FIRST_NAMES]
LETTER = (
    "We are the authorized agents of the consumers below. On their behalf we ask you to delete all personal data that "
    "you hold about them.\n\n"
    + "\n".join(f"{number}. {name}, {address}" for number, (name, address) in enumerate(PEOPLE, 1))
    + "\n\nPrivacy Agents"
)
REFS = [f"PR-{1001 + number}" for number in range(len(PEOPLE))]


def held(demo: Demo, words: str) -> dict[str, Any]:
    return next((each for each in demo.messages() if each["text"].startswith("Mail ") and words in each["text"]), {})


def test_an_agents_list_becomes_linked_cases_after_one_click(demo: Demo) -> None:
    first = demo.mail(**AGENT, subject="Requests of our clients", text=LETTER)
    card = eventually(lambda: held(demo, "An agent asks for 12 people"), "the held card")
    assert actions_of(card)["open_each"]["confirm"]["confirm"]["text"] == "Open them"
    assert not demo.letters(AGENT["from"])

    demo.press("staff1", card, "open_each")
    settled = eventually(lambda: held(demo, "opened 12 linked cases"), "the card settled")
    cards = eventually(lambda: all(found := [demo.card(ref) for ref in REFS]) and found, "twelve cards")
    letters = eventually(lambda: len(found := demo.letters(AGENT["from"])) == 12 and found, "twelve acknowledgements")
    late = demo.press("staff2", card, "open_each")

    assert "PR-1001 is the first" in settled["text"]
    assert "Linked: PR-1002, PR-1003, PR-1004, PR-1005, PR-1006 and 6 more" in cards[0]["text"]
    assert all("Linked: PR-1001" in each["text"] for each in cards[1:])
    assert all("an authorised agent" in each["text"] for each in cards)
    assert {letter["in_reply_to"] for letter in letters} == {first}
    assert sorted(ref for letter in letters for ref in REFS if f"[{ref}]" in letter["subject"]) == REFS
    assert "has dealt with that mail already" in str(late["ephemeral"])
    nothing_personal_is_in_the_channel(demo)
    an_answer_finds_its_case(demo, letters)
    staff_read_whom_a_case_is_about(demo)


def nothing_personal_is_in_the_channel(demo: Demo) -> None:
    everything = str(demo.messages()).lower()

    assert not [name for person in PEOPLE for name in person if name.lower() in everything]
    assert "agents.example" not in everything
    assert not [name for name, _ in PEOPLE if name in str(demo.letters(AGENT["from"]))]


def an_answer_finds_its_case(demo: Demo, letters: list[dict[str, Any]]) -> None:
    letter = next(each for each in letters if "[PR-1007]" in each["subject"])
    demo.mail(**AGENT, subject=f"Re: {letter['subject']}", text="See attached.", in_reply_to=letter["message_id"])

    eventually(lambda: any("wrote again" in line for line in demo.thread("PR-1007")), "the answer in its case")


def staff_read_whom_a_case_is_about(demo: Demo) -> None:
    demo.press("staff1", demo.card("PR-1003"), "read")
    view = eventually(lambda: "On behalf of" in (found := str(demo.state["views"]["staff1"])) and found, "the modal")

    assert "Jim Roe" in view
    assert "Read as" in view
