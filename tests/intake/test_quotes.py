from __future__ import annotations

import pytest

from intake.quotes import Forwarded, split
from tests.intake.quote_headers import FORWARDS, LABELS, LINES, WHO

BLOCKS = {
    name: f"{sender} {WHO}\n{date} 2 nov 2026 09:14\n{to} Rosa Quill\n{subject} Code"
    for name, (sender, date, to, subject) in LABELS.items()
}
ABOVE = [line for lines in LINES.values() for line in lines]
OVER_ALL = [
    *BLOCKS.values(),
    *(f"{'_' * 32}\n{block}" for block in BLOCKS.values()),
    "-----Original Message-----\nFrom: H",
]


@pytest.mark.parametrize("header", [*ABOVE, *OVER_ALL])
def test_what_stands_above_a_quote_is_the_reply(header: str) -> None:
    found = split(f"The code is nine.\nIt came today.\n\n{header}\n\nPlease send the code.\n")

    assert found.reply == "The code is nine.\nIt came today."
    assert "Please send the code." in found.quoted


@pytest.mark.parametrize("line", [line for line in ABOVE if " <" in line])
def test_a_header_that_was_wrapped_before_the_address_is_quoted_whole(line: str) -> None:
    wrapped = line.replace(" <", "\n<")

    assert split(f"The code is nine.\n\n{wrapped}\n\n> Please send the code.\n").reply == "The code is nine."


@pytest.mark.parametrize("header", ABOVE)
def test_what_stands_below_a_marked_quote_is_the_reply_too(header: str) -> None:
    found = split(f"{header}\n\n> Please send the code.\n\nThe code is nine.\n")

    assert found.reply == "The code is nine."


@pytest.mark.parametrize("header", ABOVE)
def test_answers_between_the_lines_of_a_quote_are_the_reply(header: str) -> None:
    found = split(f"Hello,\n\n{header}\n> What is the code?\n\nNine.\n\n> And the date?\n\nToday.\n")

    assert found.reply.split() == ["Hello,", "Nine.", "Today."]
    assert "What is the code?" in found.quoted


@pytest.mark.parametrize(("name", "line"), [(name, line) for name, lines in FORWARDS.items() for line in lines])
def test_a_forwarded_mail_tells_its_sender_date_subject_and_text(name: str, line: str) -> None:
    found = split(f"fyi\n\n{line}\n{BLOCKS[name]}\n\nPlease erase me.\n")

    assert found.reply == "fyi"
    assert found.forwarded == Forwarded(WHO, "2 nov 2026 09:14", "Code", "Please erase me.")
    assert found.forwarded.address == "privacy@harbour.example"


@pytest.mark.parametrize(
    "sender",
    [
        "rosa@quill.example",
        "<rosa@quill.example>",
        "Quill, Rosa <rosa@quill.example>",
        "*Rosa Quill* <rosa@quill.example>",
        "Rosa Quill [mailto:rosa@quill.example]",
        "rosa@quill.example <mailto:rosa@quill.example>",
        "'rosa@quill.example' <rosa@quill.example>",
        '"rosa@quill.example" <rosa@quill.example>',
    ],
)
def test_a_forwarded_mail_s_sender_has_one_address_however_a_program_shows_it(sender: str) -> None:
    assert Forwarded(sender).address == "rosa@quill.example"


@pytest.mark.parametrize(
    "sender",
    [
        "",
        "Rosa Quill",
        "rosa@localhost",
        "rosa at quill.example",
        "rosa@quill.example, ivo@brandt.example",
        "ivo@brandt.example <rosa@quill.example>",
        "tessa-rosa@quill.example <rosa@quill.example>",
        "Rosa <rosa@quill.example> <ivo@brandt.example>",
        "rosa@quill@example.net",
    ],
)
def test_anything_but_one_plain_mailbox_is_no_sender_s_address(sender: str) -> None:
    assert Forwarded(sender).address == ""


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
def test_outlook_s_forward_is_known_by_the_subject(block: str) -> None:
    found = split(f"fyi\n\n{block}\n\nPlease erase me.\n", forward=True)

    assert found.reply == "fyi"
    assert found.forwarded == Forwarded(WHO, "2 nov 2026 09:14", "Code", "Please erase me.")


@pytest.mark.parametrize(
    ("text", "signature"),
    [
        ("Erase it.\n-- \nRosa", "-- \nRosa"),
        ("Erase it.\n\nBest regards,\nRosa Quill\n555-0100", "Best regards,\nRosa Quill\n555-0100"),
        ("Erase it.\n\nSaludos cordiales,\nAna", "Saludos cordiales,\nAna"),
        ("Erase it.\n\nSent from my iPhone", "Sent from my iPhone"),
        ("Erase it.\n\nVon meinem iPhone gesendet", "Von meinem iPhone gesendet"),
        ("Erase it.\n\n-Rosa", "-Rosa"),
        ("Erase it.\n\nThis e-mail and any files are confidential.", "This e-mail and any files are confidential."),
    ],
)
def test_a_signature_is_told_from_the_words_above_it(text: str, signature: str) -> None:
    found = split(text)

    assert (found.reply, found.signature) == ("Erase it.", signature)


@pytest.mark.parametrize(
    "text",
    [
        "Thanks",
        "Sent from my desk, which is easier than my phone.",
        "On Monday I wrote:\nplease erase it",
        "A fix -- this is no signature.",
        "Date: Monday\nPlace: Fresno",
        "Look here\n>>> https://shop.example <<<\nand there",
    ],
)
def test_a_person_s_own_words_are_not_taken_for_a_quote_or_a_signature(text: str) -> None:
    assert split(text).reply == text


def test_a_forwarded_mail_tells_its_sender_date_and_subject() -> None:
    found = split(
        "fyi\n\n-------- Weitergeleitete Nachricht --------\nBetreff: Löschung\nDatum: Mo, 2. Nov 2026\n"
        "Von: Ivo <ivo@brandt.example>\nAn: info\n\nBitte löschen."
    )

    assert found.reply == "fyi"
    assert found.forwarded is not None
    assert found.forwarded.sender == "Ivo <ivo@brandt.example>"
    assert (found.forwarded.date, found.forwarded.subject) == ("Mo, 2. Nov 2026", "Löschung")
    assert found.forwarded.text == "Bitte löschen."
