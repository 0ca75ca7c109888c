"""Blocked senders: what they write is filed and counted, never lost, and anybody may lift it."""

from __future__ import annotations

import pytest

from store import desk, queries
from store.errors import MailSettled, NoAnswerPossible, NoSuchBlock, NoSuchCase, OwnDomain, RoleMissing
from store.ledger import Event
from store.office import Office
from store.values import Arrival
from tests.builders import OUTSIDER, READER, STAFF1, STAFF2, arrival, arrive, everything, kept

SPAMMER = "offers@spam.example"
COLLEAGUE = "sales@spam.example"


def held(office: Office, sender: str = SPAMMER) -> int:
    arrived = arrival(sender=sender)
    mail_id = kept(office, arrived)
    desk.hold(office, mail_id, arrived, reason="No right was recognised in it.")
    return mail_id


def comes(office: Office, sender: str = SPAMMER) -> tuple[int, bool]:
    arrived: Arrival = arrival(sender=sender)
    mail_id = kept(office, arrived)
    return mail_id, queries.is_blocked(office, sender) and desk.file_blocked(office, mail_id, arrived)


def test_later_mails_are_filed_and_counted(any_office: Office) -> None:
    office = any_office
    first = held(office)
    desk.block_sender(office, first, STAFF1)
    second, filed = comes(office, " Offers@SPAM.example ")
    (block,) = queries.blocked_senders(office)

    assert filed
    assert queries.held_mail(office, first).settled_by == STAFF1.id
    assert queries.held_mail(office, second).state == "filed"
    assert queries.held_mail(office, second).reason.startswith("its sender is blocked")
    assert (block.times, block.last_at, block.blocked_by) == (1, office.clock(), STAFF1.id)
    assert not comes(office, COLLEAGUE)[1]
    assert "spam.example" not in str(queries.blocked_senders(office))


def test_a_whole_domain_is_blocked_but_never_our_own(any_office: Office) -> None:
    office = any_office
    desk.block_sender(office, held(office), STAFF1, domain=True)
    ours = held(office, "printer@shop.test")

    assert comes(office, COLLEAGUE)[1]
    assert not comes(office, "rosa@notspam.example")[1]
    with pytest.raises(OwnDomain):
        desk.block_sender(office, ours, STAFF1, domain=True)
    desk.block_sender(office, ours, STAFF1)


def test_a_lifted_block_gives_its_mails_back_and_remembers_its_count(any_office: Office) -> None:
    office = any_office
    first = held(office)
    desk.block_sender(office, first, STAFF1)
    second, _ = comes(office)
    (block,) = queries.blocked_senders(office)
    again = desk.lift_block(office, block.id, STAFF2)
    third, filed = comes(office)

    assert again == 2
    assert {queries.held_mail(office, each).state for each in (first, second)} == {"held"}
    assert not filed
    assert not desk.file_blocked(office, third, arrival(sender=SPAMMER))
    assert queries.blocked_senders(office) == ()
    with pytest.raises(NoSuchBlock):
        desk.lift_block(office, block.id, STAFF2)
    with pytest.raises(NoSuchBlock):
        desk.lift_block(office, 999, STAFF2)

    desk.block_sender(office, first, STAFF2)
    assert [(each.id, each.times, each.blocked_by) for each in queries.blocked_senders(office)] == [
        (block.id, 1, STAFF2.id)
    ]


def test_a_second_block_of_the_same_sender_changes_nothing(office: Office) -> None:
    one, two = held(office), held(office)
    desk.block_sender(office, one, STAFF1)
    desk.block_sender(office, two, STAFF2)

    assert [each.blocked_by for each in queries.blocked_senders(office)] == [STAFF1.id]
    with pytest.raises(MailSettled):
        desk.block_sender(office, two, STAFF1)


def test_a_case_stays_when_its_sender_is_blocked(any_office: Office) -> None:
    office = any_office
    case = arrive(office, sender=SPAMMER)
    desk.block_sender_of(office, case.ref, STAFF1)

    assert comes(office)[1]
    assert queries.case(office, case.ref).status == case.status
    assert Event.SENDER_BLOCKED in [line.event for line in queries.history(office, case.ref)]
    with pytest.raises(NoSuchCase):
        desk.block_sender_of(office, "PR-9999", STAFF1)


def test_a_case_without_an_address_has_no_sender(office: Office) -> None:
    case = arrive(office, sender="")

    with pytest.raises(NoAnswerPossible):
        desk.block_sender_of(office, case.ref, STAFF1)


def test_only_staff_block_and_lift(office: Office) -> None:
    mail_id, case = held(office), arrive(office)
    desk.block_sender(office, held(office, COLLEAGUE), STAFF1)
    (block,) = queries.blocked_senders(office)
    before = everything(office)

    for nobody in (READER, OUTSIDER):
        with pytest.raises(RoleMissing):
            desk.block_sender(office, mail_id, nobody)
        with pytest.raises(RoleMissing):
            desk.block_sender_of(office, case.ref, nobody)
        with pytest.raises(RoleMissing):
            desk.lift_block(office, block.id, nobody)
    assert everything(office) == before
