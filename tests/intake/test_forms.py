"""Web forms that arrive as mail are read as forms, where their sender is listed; nothing else in them is believed."""

from __future__ import annotations

import json
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake import forms
from intake.fields import CHOICES
from intake.reader import read_one
from intake.reading import read
from intake.settings import IntakeSettings
from store import queries
from store.errors import ConfigurationError
from store.models import Mail
from store.office import Office
from store.rules.kinds import Kind
from store.rules.states import MailState
from store.settings import load
from tests.builders import letters
from tests.intake.peers import mails
from tests.intake.taking import cases, keep
from tests.mailing import ERASE, INBOX, ROSA, STRANGER, mail

PORTAL = "forms@portal.example"
SETTINGS = load(IntakeSettings, {"intake": {"form_senders": ["Forms@Portal.example", "@shop.test"]}})

LABELLED = f"""A new request was submitted.

Full name: Rosa Alvarez
Email address: {ROSA}
Phone: +1 555 010 0199
State of residence: California
Request type: Delete my personal information and
  do not sell it
Message: I closed my account in spring.

Please see to all of it.
--
This is a notification from your website.
IP address: 192.0.2.7
"""
STARRED = f"""*First Name:* Rosa
*Last Name:* Alvarez
*Email (required):* {ROSA} <mailto:{ROSA}>
*Request type:* Access, Deletion
*State:* CA
"""
BELOW = f"""What is your full name?
Rosa Alvarez

What is your email?
{ROSA}

Which product did you buy?
A lamp

Which right do you want to exercise?
- Right to know
- Opt out of sale

State

Texas
"""
SPANISH = f"""Nombre completo: Rosa Alvarez
Correo electrónico: {ROSA}
Tipo de solicitud: Eliminar mis datos
Estado: California
Mensaje: Quiero que borren todo.
"""
AUTHORED = f"""From: Rosa Alvarez <{ROSA}>
Subject: My data

Message Body:
Please delete my account and everything in it.
"""
RECORD = {
    "form": {"id": 7, "name": "Privacy"},
    "fullName": "Rosa Alvarez",
    "email_address": ROSA,
    "requestType": ["Delete my data", "Correct my data"],
    "state": "California",
    "message": "My street is wrong.",
}
ANSWERS = {
    "answers": [
        {"label": "Your name", "value": "Rosa Alvarez"},
        {"label": "Email", "value": ROSA},
        {"label": "Type of request", "value": ["Do not sell my data"]},
    ]
}
TABLE = f"""<table>
<tr><td>Name</td><td>Rosa Alvarez</td></tr><tr><td>Email</td><td><a href="mailto:{ROSA}">{ROSA}</a></td></tr>
<tr><td>Request type</td><td>Delete</td></tr><tr><td>State</td><td>California</td></tr>
<tr><td>Message</td><td>I am moving.<br>Thank you.</td></tr></table>"""


def form(text: str, sender: str = PORTAL, **headers: str) -> bytes:
    return mail(text, sender=sender, subject="New submission", **headers)


def in_html(page: str) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"], message["Message-ID"] = PORTAL, INBOX, "New submission", "<1@p>"
    message.set_content(page, subtype="html")
    return message.as_bytes()


def attached(record: object) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"], message["Message-ID"] = PORTAL, INBOX, "New submission", "<2@p>"
    message.set_content("See the attachment.")
    message.add_attachment(json.dumps(record).encode(), maintype="application", subtype="json", filename="form.json")
    return message.as_bytes()


def kinds(found: forms.Form) -> set[str]:
    return {each.kind for each in found.requests}


def take(office: Office, raw: bytes, settings: IntakeSettings = SETTINGS) -> Mail:
    mail_id = keep(office, raw, sender=PORTAL)
    read_one(office, mail_id, settings)
    return next(each for each in mails(office) if each.id == mail_id)


@pytest.mark.parametrize(
    ("text", "asked", "law"),
    [
        (LABELLED, {"delete", "opt_out"}, "us-ca"),
        (STARRED, {"know_specific", "delete"}, "us-ca"),
        (BELOW, {"know_specific", "opt_out"}, "us-tx"),
        (SPANISH, {"delete"}, "us-ca"),
        (AUTHORED, {"delete"}, None),
        (f"Here it is:\n\n{json.dumps(RECORD, indent=2)}\n\nBye.", {"delete", "correct"}, "us-ca"),
        (json.dumps(ANSWERS), {"opt_out"}, None),
        (LABELLED.replace("\n", "\r\n"), {"delete", "opt_out"}, "us-ca"),
        (LABELLED.replace(": ", "\t"), {"delete", "opt_out"}, "us-ca"),
    ],
    ids=["labels", "stars", "values below", "Spanish", "author", "JSON", "answers", "CRLF", "tabs"],
)
def test_a_form_says_who_asks_for_what(text: str, asked: set[str], law: str | None) -> None:
    found = forms.read("New submission", text.replace("\r\n", "\n"))

    assert (found.name, found.address) == ("Rosa Alvarez", ROSA)
    assert kinds(found) == asked
    assert found.law == law


@pytest.mark.parametrize("raw", [in_html(TABLE), attached(RECORD)], ids=["table", "attachment"])
def test_a_table_and_an_attachment_are_forms_too(raw: bytes) -> None:
    found = read(raw, form_senders={PORTAL}).form

    assert found is not None
    assert (found.name, found.address, found.law) == ("Rosa Alvarez", ROSA, "us-ca")
    assert "delete" in kinds(found)


def test_the_message_is_what_the_consumer_wrote_and_not_the_footer() -> None:
    found = forms.read("New submission", LABELLED)

    assert found.message == "I closed my account in spring.\n\nPlease see to all of it."


@pytest.mark.parametrize(
    ("choice", "kind"),
    [
        ("Deletion", "delete"),
        ("Right to be forgotten", "delete"),
        ("Access", "know_specific"),
        ("Data portability", "know_specific"),
        ("Categories of information", "know_categories"),
        ("Rectification", "correct"),
        ("Do Not Sell or Share My Personal Information", "opt_out"),
        ("Limit the use of my sensitive personal information", "limit"),
        ("Acceso", "know_specific"),
        ("Supresión", "delete"),
    ],
)
def test_a_choice_names_a_right_with_its_own_words_as_the_evidence(choice: str, kind: str) -> None:
    found = forms.read("", f"Email: {ROSA}\nRequest type: {choice}\n")

    assert [(each.kind, each.evidence) for each in found.requests] == [(kind, (choice,))]


@pytest.mark.parametrize("choice", ["General inquiry", "Complaint", "Other", "Newsletter"])
def test_a_choice_that_is_no_right_invokes_none(choice: str) -> None:
    assert forms.read("", f"Email: {ROSA}\nRequest type: {choice}\n").requests == ()


def test_as_many_choices_are_read_as_any_form_has_and_the_first_of_each_field_before_the_rest() -> None:
    reasons = ", ".join(f"reason {number}" for number in range(40))
    found = forms.read("", f"Email: {ROSA}\nReason: {reasons}\nRequest type: Delete\n")
    flooded = forms.read("", f"Email: {ROSA}\n" + "".join(f"Type: Delete, a, b, {each}\n" for each in range(1_700)))

    assert kinds(found) == {"delete"}
    assert len(flooded.requests[0].evidence) == CHOICES


@pytest.mark.parametrize("place", ["Outside California", "Non-California resident", "Other", "CA, but moving", ""])
def test_a_place_that_is_none_names_no_law(place: str) -> None:
    assert forms.read("", f"Email: {ROSA}\nState: {place}\nRequest type: Delete\n").law is None


class TestWhereItGoes:
    def test_a_listed_forms_consumer_gets_a_case_and_the_acknowledgement(self, any_office: Office) -> None:
        taken = take(any_office, form(LABELLED, Auto_Submitted="auto-generated", Reply_To=STRANGER))
        case = queries.case(any_office, "PR-1001")

        assert taken.state == MailState.OPENED
        assert {line.kind for line in case.requests} == {Kind.DELETE, Kind.OPT_OUT}
        assert case.law == "us-ca"
        assert [letter["To"] for letter in letters(any_office, "PR-1001")] == [ROSA]

    @pytest.mark.parametrize("sender", ["no-reply@shop.test", INBOX])
    def test_a_domain_may_be_listed_and_our_own_inbox_send_forms(self, office: Office, sender: str) -> None:
        assert take(office, form(LABELLED, sender=sender)).state == MailState.OPENED

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            (LABELLED.replace(ROSA, "none"), "no e-mail address"),
            (LABELLED.replace(ROSA, INBOX), "no e-mail address"),
            (f"Email: {ROSA}\nMessage: What are your opening hours?", "no right"),
            (LABELLED + "\nMessage: It is about PR-1001.", "names a case"),
            ("Your invoice is attached.", "no e-mail address"),
        ],
    )
    def test_a_form_that_leaves_a_doubt_waits_for_a_person(self, office: Office, text: str, words: str) -> None:
        take(office, form(LABELLED))
        taken = take(office, form(text))

        assert taken.state == MailState.HELD
        assert words in taken.reason
        assert cases(office) == 1

    def test_a_form_that_was_marked_as_spam_waits_for_a_person(self, office: Office) -> None:
        taken = take(office, form(LABELLED, X_Spam_Flag="YES"))

        assert (taken.state, taken.masked_sender) == (MailState.HELD, "r•••@e•••.net")

    def test_a_form_of_somebody_who_is_not_listed_speaks_for_its_sender(self, office: Office) -> None:
        taken = take(office, form(LABELLED, sender=STRANGER))

        assert taken.masked_sender == "s•••@e•••.org"

    def test_a_sender_whom_dmarc_denies_sends_no_forms(self, office: Office) -> None:
        trusting = load(IntakeSettings, {"intake": {"form_senders": [PORTAL], "trusted_hosts": ["mx.shop.test"]}})
        forged = form(LABELLED, Authentication_Results="mx.shop.test; dmarc=fail")
        taken = take(office, forged, trusting)

        assert taken.masked_sender == "f•••@p•••.example"

    @pytest.mark.parametrize(
        "raw",
        [
            mail(ERASE, sender=PORTAL, In_Reply_To="<letter@shop.test>"),
            mail(f"---------- Forwarded message ---------\nFrom: {ROSA}\n\n{ERASE}", sender=PORTAL, subject="Fwd: x"),
            form("I am away.", Auto_Submitted="auto-replied"),
            form(LABELLED).replace(b"\r\nTo:", b"\r\nFrom: rosa@example.net\r\nTo:", 1),
        ],
        ids=["answer", "forward", "absence", "two authors"],
    )
    def test_an_answer_a_forward_and_an_absence_of_a_listed_sender_are_no_forms(self, raw: bytes) -> None:
        assert read(raw, form_senders={PORTAL}).form is None

    def test_our_own_letter_that_comes_back_is_no_form(self, office: Office) -> None:
        take(office, form(LABELLED))
        (letter,) = letters(office, "PR-1001")
        del letter["In-Reply-To"], letter["References"]

        assert take(office, letter.as_bytes()).state == MailState.FILED


@pytest.mark.parametrize("sender", ["portal.example", "a@b@c", "forms@"])
def test_a_sender_that_could_never_match_is_told(sender: str) -> None:
    with pytest.raises(ConfigurationError, match="form_senders"):
        load(IntakeSettings, {"intake": {"form_senders": [sender]}})


PIECES = st.sampled_from(
    [
        "Email:",
        "Name",
        "\n",
        "\n\n",
        ": ",
        ROSA,
        "{",
        '{"email":',
        "[",
        "]",
        '"',
        "\t",
        "|",
        "--",
        "Message:",
        "State: CA",
    ]
)


@given(st.lists(PIECES | st.text(max_size=30), max_size=40).map("".join), st.lists(st.text(max_size=60), max_size=3))
def test_whatever_a_form_says_it_is_read(text: str, records: list[str]) -> None:
    found = forms.read(text[:50], text, records)

    assert found.address.count("@") in {0, 1}
    assert not set(found.address) & set("\r\n\0 ,;<>")
    assert "\n" not in found.name


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=30,
    )
)
def test_whatever_json_a_form_is_it_is_read(record: object) -> None:
    forms.read("", json.dumps(record), [json.dumps({"email": record})])


@pytest.mark.parametrize(
    "text", ["[" * 50_000, '{"a":' * 10_000, "Email: " * 20_000, "From Jan " * 9_000, "1" * 50_000]
)
def test_a_form_made_to_cost_time_costs_little(text: str) -> None:
    assert forms.read("", text, [text]).address == ""
