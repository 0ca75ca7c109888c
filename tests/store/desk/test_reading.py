"""Opening what is personal: by people who may, each reading written down, until the key is destroyed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store import desk, errors, queries
from store.ledger import Event
from store.models import Case, DataKey, Entry, Mail
from store.office import Office
from store.rules.kinds import Kind
from tests.builders import OUTSIDER, READER, STAFF1, StillClock, arrival, arrive, kept, write_again


def destroy(office: Office, table: type[Case | Mail], row_id: int) -> None:
    """Do what retention does at the end: forget the key of a case or a mail."""
    with office.database.writing() as session:
        key = session.get_one(DataKey, session.get_one(table, row_id).key_id)
        key.wrapped = None
        session.add(key)


def test_staff_read_mails_and_letters_in_the_order_they_were_written(any_office: Office) -> None:
    case = arrive(any_office, subject="My data", attachments=("scan.pdf (12 bytes)",))
    clock = any_office.clock
    assert isinstance(clock, StillClock)
    clock.advance(timedelta(days=1))
    write_again(any_office, case.ref, "Any news?", text="Any news?\n> We received your request")
    opened = desk.read(any_office, case.ref, STAFF1)
    asks, _acknowledgement, again = opened.mails

    assert (opened.ref, opened.name, opened.address) == (case.ref, "Rosa Alvarez", "rosa.alvarez@example.net")
    assert asks.subject == "My data"
    assert asks.sender == "Rosa Alvarez <rosa.alvarez@example.net>"
    assert (asks.evidence, asks.attachments) == (("words for delete",), ("scan.pdf (12 bytes)",))
    assert (again.reply, again.text) == ("Any news?", "Any news?\n> We received your request")


@pytest.mark.parametrize(
    ("name", "sender", "written_by"),
    [
        ("Rosa Alvarez", "rosa@example.net", "Rosa Alvarez <rosa@example.net>"),
        ("", "rosa@example.net", "rosa@example.net"),
        ("Rosa Alvarez", "", "Rosa Alvarez"),
    ],
)
def test_a_held_mail_is_by_whomever_it_names(office: Office, name: str, sender: str, written_by: str) -> None:
    arrived = arrival(sender=sender, name=name)
    mail_id = kept(office, arrived)
    desk.hold(office, mail_id, arrived, reason="It only names a case.")
    opened = desk.read_mail(office, mail_id, STAFF1)

    assert (opened.name, opened.address, opened.mails[0].sender) == (written_by, "", written_by)


def test_our_own_letters_are_among_them(office: Office) -> None:
    case = arrive(office)
    letter = desk.read(office, case.ref, STAFF1).mails[1]

    assert (letter.mail_id, letter.sender, letter.subject) == (None, "Example Shop", "Re: My personal data [PR-1001]")
    assert letter.text.startswith("Hello,")


def test_every_reading_is_in_the_ledger(any_office: Office) -> None:
    case = arrive(any_office)
    desk.read(any_office, case.ref, STAFF1)
    last = queries.history(any_office, case.ref)[-1]

    assert (last.event, last.by, last.facts) == (Event.READ, STAFF1.id, {})


@pytest.mark.parametrize("by", [OUTSIDER, READER])
def test_who_is_no_staff_reads_nothing(office: Office, by: object) -> None:
    case = arrive(office)

    with pytest.raises(errors.RoleMissing):
        desk.read(office, case.ref, by)  # type: ignore[arg-type] # a parameter
    with pytest.raises(errors.RoleMissing):
        desk.read_mail(office, 1, by)  # type: ignore[arg-type] # a parameter


def test_what_is_destroyed_cannot_be_read_and_the_record_remains(any_office: Office) -> None:
    case = arrive(any_office)
    destroy(any_office, Case, case.id)

    with pytest.raises(errors.ContentDestroyed, match="The content was destroyed when its time was up"):
        desk.read(any_office, case.ref, STAFF1)
    assert queries.case(any_office, case.ref).requests[0].kind is Kind.DELETE
    assert [line.event for line in queries.history(any_office, case.ref)] == [Event.OPENED, Event.LETTER_WRITTEN]


def test_a_destroyed_mail_cannot_be_read(office: Office) -> None:
    case = arrive(office)
    destroy(office, Mail, 1)

    with pytest.raises(errors.ContentDestroyed):
        desk.read(office, case.ref, STAFF1)
    with pytest.raises(errors.ContentDestroyed):
        queries.raw_mail(office, 1)


def test_a_held_mail_is_read_and_the_desks_own_chain_says_so(any_office: Office) -> None:
    arrived = arrival([Kind.DELETE], attachments=())
    mail_id = kept(any_office, arrived)
    desk.hold(any_office, mail_id, arrived, reason="It was forwarded.")
    opened = desk.read_mail(any_office, mail_id, STAFF1)
    with any_office.database.reading() as session:
        line = queries.entry(any_office, session.get_one(Entry, 2).id or 0)

    assert opened.mails[0].text == arrived.text
    assert (line.event, line.by, line.case_id, line.facts) == (Event.MAIL_READ, STAFF1.id, None, {"mail": mail_id})


def test_a_mail_that_could_not_be_read_is_shown_as_it_came(office: Office) -> None:
    mail_id = desk.keep(
        office, b"Subject: \xff\r\n\r\nhi", "hash", road="smtp", envelope="{}", received_at=office.clock()
    ).mail_id
    desk.quarantine(office, mail_id, reason="Reading it failed.")
    (mail,) = desk.read_mail(office, mail_id, STAFF1).mails

    assert mail.text == "Subject: �\r\n\r\nhi"
    assert mail.subject == ""


def test_a_mail_that_is_not_there_cannot_be_read(office: Office) -> None:
    with pytest.raises(errors.NoSuchMail, match="not here any more"):
        desk.read_mail(office, 7, STAFF1)
