"""Whom a form speaks for: one plain mailbox of a consumer, beyond doubt, or nobody."""

from __future__ import annotations

import json

import pytest

from intake import forms
from intake.reading import read
from tests.mailing import INBOX, ROSA, STRANGER, mail

PORTAL = "forms@portal.example"
SENDERS = frozenset({PORTAL, "@shop.test"})
BOB = "bob@example.net"
VICTIM = json.dumps({"email": STRANGER, "request": "Delete my data"}, indent=2)


def address_in(text: str, sender: str = PORTAL) -> str:
    raw = mail(text, sender=sender, subject="New submission")
    found = read(raw, our_addresses={INBOX}, form_senders=SENDERS).form

    assert found is not None
    return found.address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "rosa",
        "rosa@localhost",
        f"{ROSA}, {STRANGER}",
        f"{ROSA} {STRANGER}",
        f"{ROSA}\nBcc: {STRANGER}\nEmail: {STRANGER}",
        f"{ROSA}%0aBcc:{STRANGER}",
        f"Rosa <{ROSA}> and more",
        '"rosa alvarez"@example.net',
        "rosa@example.net\u202e",
        "rosa..alvarez@example.net",
        f"{'r' * 65}@example.net",
        "rosa@-example.net",
    ],
)
def test_anything_but_one_plain_mailbox_is_no_address(address: str) -> None:
    assert forms.read("", f"Name: Rosa\nEmail: {address}\nRequest type: Delete\n").address == ""


@pytest.mark.parametrize("address", ["Rosa.Alvarez+x@mail.example.net", "rosa@españa.example", "o'neill@example.net"])
def test_an_address_stays_as_it_was_typed(address: str) -> None:
    found = forms.read("", f"Email: {address}\nRequest type: Delete\n")

    assert found.address == address


@pytest.mark.parametrize(
    "address",
    [
        INBOX,
        "Privacy+abc@shop.test",
        PORTAL,
        "forms+1@portal.example",
        "website@shop.test",
        "mailer-daemon@example.net",
        "Postmaster@example.net",
        "noreply@example.net",
        "do-not-reply@example.net",
    ],
)
def test_an_address_that_can_be_no_consumer_s_is_none(address: str) -> None:
    text = f"Name: Bob\nEmail: {address}\nRequest type: Delete\n"

    assert address_in(text, sender="website@shop.test") == ""


def test_an_employee_may_ask_by_a_form_of_our_own_domain() -> None:
    assert address_in("Email: ann@shop.test\nRequest type: Delete\n", "website@shop.test") == "ann@shop.test"


@pytest.mark.parametrize(
    "text",
    [
        f"Email: {BOB}\nRequest type: Delete\nMessage:\n{VICTIM}\n",
        f"Message:\n{VICTIM}\nEmail: {BOB}\nRequest type: Delete\n",
        f"From: Bob <{BOB}>\nSubject: My data\n\nMessage Body:\nDelete it.\n{VICTIM}\n",
        f"From: Bob <{BOB}>\nSubject: My data\n\nMessage Body:\nDelete it.\nEmail: {STRANGER}\n",
        f"From: {STRANGER} <{BOB}>\n\nMessage Body:\nDelete it.\n",
        f"{VICTIM}\n\n{VICTIM.replace(STRANGER, BOB)}",
    ],
    ids=["JSON below", "JSON above", "JSON for an author", "label for an author", "name", "two records"],
)
def test_a_form_that_names_two_people_speaks_for_neither(text: str) -> None:
    assert address_in(text) == ""


def test_json_in_a_message_answers_none_of_the_form_s_questions() -> None:
    told = json.dumps({"email": BOB, "name": "Somebody Else", "state": "Texas"})
    found = forms.read("", f"Name: Bob\nEmail: {BOB}\nState: California\nMessage:\n{told}\n")

    assert (found.name, found.address, found.law) == ("Bob", BOB, "us-ca")
    assert found.message == told


def test_a_form_and_the_record_attached_to_it_may_name_the_same_person() -> None:
    found = forms.read("", f"Email: {BOB}\n", [json.dumps({"email": BOB.upper(), "requestType": "Delete"})])

    assert (found.address.lower(), [each.kind for each in found.requests]) == (BOB, ["delete"])
