"""Whom an agent's letter names, however the agent wrote the list."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.triage.listing import LONGEST, MOST, exclusions, people_listed

JANE, JOHN = ("Jane Roe", "jane@example.com"), ("John Q. Public", "john.public@example.org")
OURS = frozenset({"privacy@shop.test"})


@pytest.mark.parametrize(
    "text",
    [
        "1. Jane Roe jane@example.com\n2. John Q. Public john.public@example.org",
        "1) Jane Roe, jane@example.com, 12 Elm St\n2) John Q. Public, john.public@example.org, 4 Oak Ave",
        "- Jane Roe <jane@example.com>\n- John Q. Public <john.public@example.org>",
        "• Jane Roe (jane@example.com)\n• John Q. Public (john.public@example.org)",
        "Jane Roe <jane@example.com>, John Q. Public <john.public@example.org>",
        "Name,Email,City\nJane Roe,jane@example.com,Fresno\nJohn Q. Public,john.public@example.org,Davis",
        "Email;Name\njane@example.com;Jane Roe\njohn.public@example.org;John Q. Public",
        "Name\tEmail\nJane Roe\tjane@example.com\nJohn Q. Public\tjohn.public@example.org",
        "| Name | Email |\n|---|---|\n| Jane Roe | jane@example.com |\n| John Q. Public | john.public@example.org |",
        "Name: Jane Roe\nEmail: jane@example.com\n\nName: John Q. Public\nEmail: john.public@example.org",
        "Email: jane@example.com\nFull name: Jane Roe\nEmail: john.public@example.org\nFull name: John Q. Public",
        "Last name: Roe\nFirst name: Jane\nEmail: jane@example.com\nName: John Q. Public\nMail: " + JOHN[1],
        "Jane Roe - jane@example.com\nJohn Q. Public - john.public@example.org",
        '"Jane Roe" jane@example.com\n"John Q. Public" john.public@example.org',
    ],
)
def test_a_list_is_read_however_it_is_written(text: str) -> None:
    letter = f"We represent the following consumers. Please delete all of their data.\n\n{text}\n\nYours, Agents"

    assert people_listed(letter) == (JANE, JOHN)


def test_names_without_addresses_count_in_a_numbered_list_and_nowhere_else() -> None:
    numbered = "On behalf of:\n1. Jane Roe, Fresno\n2. María de la Cruz\n3. Roe, Jim"
    bulleted = "Please:\n- Delete Everything Now\n- Stop Selling Data"

    assert people_listed(numbered) == (("Jane Roe", ""), ("María de la Cruz", ""), ("Roe Jim", ""))
    assert people_listed(bulleted) == ()


def test_what_is_asked_in_a_numbered_list_is_nobody() -> None:
    assert people_listed("1. Delete all data.\n2. Confirm in writing within 45 days.\n3. Opt out of sale") == ()
    assert people_listed("1. Data Deletion\n2. Opt Out\n3. Right Of Access") == ()


def test_an_address_alone_is_somebody_without_a_name() -> None:
    assert people_listed("jane@example.com\njohn.public@example.org") == (("", JANE[1]), ("", JOHN[1]))


def test_the_agents_own_addresses_and_ours_are_nobodys() -> None:
    text = "From agent@agents.example, desk@agents.example to privacy@shop.test\n1. Jane Roe jane@example.com"

    assert people_listed(text, exclusions("Agent@agents.example", OURS)) == (JANE,)


def test_a_client_may_have_an_address_where_everybody_has_one() -> None:
    text = "Sent by agent@gmail.com\n1. Jane Roe jane.roe@gmail.com"

    assert people_listed(text, exclusions("agent@gmail.com", OURS)) == (("Jane Roe", "jane.roe@gmail.com"),)


def test_somebody_named_twice_is_one_person() -> None:
    records_too = "1. Jane Roe\n2. Jane Roe jane@example.com\n\nName: Jane Roe\nEmail: JANE@example.com"
    lines_alone = "1. Jane Roe\nJane Roe <jane@example.com>\njane@example.com"

    assert people_listed(records_too) == (("Jane Roe", "JANE@example.com"),)
    assert people_listed(lines_alone) == (JANE,)


def test_two_people_of_one_name_are_two() -> None:
    assert len(people_listed("1. Jane Roe a@example.com\n2. Jane Roe b@example.com")) == 2


def test_a_list_that_is_too_long_is_known_as_such_and_bounded() -> None:
    text = "\n".join(f"{number}. person{number}@example.com" for number in range(5_000))

    assert len(people_listed(text)) == MOST


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "@" * 1_000_000,
        "a@" * 500_000,
        "a." * 500_000,
        "1. " * 300_000,
        "Name: " * 200_000,
        " " * 1_000_000,
        "\n" * 1_000_000,
        "Jane " * 200_000,
        "\n".join(["Name: Jane Roe"] * 100_000),
        "\n".join([f"{number}. Jane Roe{'x' * (number % 30)}" for number in range(50_000)]),
        "\n".join(["a" * 64 + "@" + "b." * 100] * 5_000),
        "| " * 400_000,
    ],
    ids=str.__len__,
)
def test_a_hostile_letter_takes_no_time(text: str) -> None:
    start = time.process_time()
    found = people_listed(text)

    assert len(found) <= MOST
    assert time.process_time() - start < 1


@given(st.text(max_size=2_000))
def test_whatever_is_written_nothing_breaks(text: str) -> None:
    for name, address in people_listed(text):
        assert name or address
        assert len(name) <= 200 < LONGEST


def test_names_with_apostrophes_and_hyphens_are_whole() -> None:
    letter = "Our clients:\n1. Mary O'Neil\n2. Jean-Luc Picard\n3. Al-Amin Khan\n"

    assert [name for name, _ in people_listed(letter)] == ["Mary O'Neil", "Jean-Luc Picard", "Al-Amin Khan"]


def test_bulleted_names_count_and_bulleted_wishes_do_not() -> None:
    letter = "Clients:\n- Jane Roe\n- Jim Doe\n\nPlease:\n- Delete Everything Now\n- Thank You\n"

    assert [name for name, _ in people_listed(letter)] == ["Jane Roe", "Jim Doe"]


def test_a_remark_behind_a_name_is_not_part_of_it() -> None:
    assert people_listed("Client: Jane Roe (DOB 1/1/1990)\nEmail: jane@example.com") == (
        ("Jane Roe", "jane@example.com"),
    )
