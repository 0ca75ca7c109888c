"""What was sent only to show who asks is destroyed when the request is processed (section 7060(d))."""

from __future__ import annotations

import pytest
from sqlmodel import col, select

from store import desk, errors, queries
from store.desk.reading import PROOF_DESTROYED
from store.findings import Findings
from store.ledger import Event
from store.models import DataKey, Mail, Point
from store.office import Office
from store.rules.kinds import Kind
from store.rules.outcomes import Outcome
from store.values import CaseFile
from tests.builders import MANAGER, STAFF1, arrive, letters, write_again
from tests.store.desk.test_verification import asked, code_of, told

PASSPORT = "My passport is attached."


def mails(office: Office, case: CaseFile) -> list[Mail]:
    with office.database.reading() as session:
        found = list(session.exec(select(Mail).where(Mail.case_id == case.id).order_by(col(Mail.id))))
        session.expunge_all()
        return found


def gone(office: Office, case: CaseFile) -> list[bool]:
    """Of each mail of a case, the oldest first: nothing is left of it, not even a key."""
    with office.database.reading() as session:
        rows = session.exec(select(Mail, DataKey).join(DataKey).where(Mail.case_id == case.id).order_by(col(Mail.id)))
        states = [
            (mail.raw == b"", mail.envelope == b"", not mail.reading, mail.destroyed_at is not None, not key.wrapped)
            for mail, key in rows
        ]
    assert all(len(set(state)) == 1 for state in states), "either all of a mail is gone, or nothing"
    return [state[0] for state in states]


def prove(office: Office, case: CaseFile, *points: str, **found: object) -> CaseFile:
    findings = Findings(**found)  # type: ignore[arg-type] # each test names its own
    return desk.verify(office, case.ref, points, STAFF1, findings=findings)


def settle(office: Office, case: CaseFile, number: int = 0) -> CaseFile:
    return desk.resolve(office, case.ref, case.requests[number].id, Outcome.WITHDRAWN, STAFF1)


def test_rosas_passport_is_gone_when_her_request_is_processed(any_office: Office) -> None:
    case = asked(any_office)
    write_again(any_office, case.ref, PASSPORT, attachments=("passport.jpg",))
    write_again(any_office, case.ref, "By the way, thank you.")
    passport = mails(any_office, case)[1].id or 0
    prove(any_office, case, "order_number", proof=(passport,))
    before = gone(any_office, case)
    settle(any_office, case)

    assert before == [False, False, False]
    assert gone(any_office, case) == [False, True, False]
    assert told(any_office, case.ref, Event.PROOF_DESTROYED) == [{"mails": [passport]}]


def test_the_mail_that_brought_the_code_is_proof_by_itself(office: Office) -> None:
    case = asked(office)
    write_again(office, case.ref, f"{code_of(office, case.ref)}, and my birthday is 4 May 1980.")
    settle(office, case)

    assert gone(office, case) == [False, True]


def test_a_mail_that_also_invokes_a_right_is_never_destroyed_as_proof(office: Office) -> None:
    case = asked(office)
    write_again(office, case.ref, f"{code_of(office, case.ref)} And do not sell it.", kinds=(Kind.OPT_OUT,))
    request, second = (mail.id or 0 for mail in mails(office, case))
    for mail_id in (request, second, 999):
        with pytest.raises(errors.NoProof, match="is not destroyed as proof"):
            prove(office, case, proof=(mail_id,))
    settle(office, case)

    assert gone(office, case) == [False, False]


def test_proof_waits_for_the_last_request_that_is_verified_and_for_no_opt_out(office: Office) -> None:
    case = asked(office, Kind.DELETE, Kind.CORRECT, Kind.OPT_OUT)
    write_again(office, case.ref, code_of(office, case.ref))
    settle(office, case, 0)
    one_left = gone(office, case)
    settle(office, case, 1)

    assert (one_left, gone(office, case)) == ([False, False], [False, True])


def test_the_signed_declaration_stays_with_the_record_7062_c(office: Office) -> None:
    case = asked(office, Kind.KNOW_SPECIFIC)
    write_again(office, case.ref, f"{code_of(office, case.ref)} I declare under penalty of perjury that it is me.")
    declaration = mails(office, case)[1].id
    prove(office, case, "order_number", "phone", declared_in=declaration)
    settle(office, case)
    with office.database.reading() as session:
        kept = session.exec(select(Point.mail_id).where(Point.point == "declaration")).one()

    assert kept == declaration
    assert gone(office, case) == [False, False]
    assert told(office, case.ref, Event.PROOF_DESTROYED) == []


def test_a_declaration_is_in_a_mail_of_the_case(office: Office) -> None:
    case, other = asked(office, Kind.KNOW_SPECIFIC), arrive(office)

    with pytest.raises(errors.NoProof):
        prove(office, case, declared_in=mails(office, other)[0].id)


def test_under_a_legal_hold_nothing_is_destroyed_until_it_is_lifted(any_office: Office) -> None:
    case = asked(any_office)
    write_again(any_office, case.ref, code_of(any_office, case.ref))
    desk.hold_case(any_office, case.ref, "A lawsuit.", MANAGER)
    settle(any_office, case)
    held = gone(any_office, case)
    desk.lift_hold(any_office, case.ref, MANAGER)

    assert held == [False, False]
    assert gone(any_office, case) == [False, True]


def test_a_case_whose_proof_is_gone_can_still_be_read_and_written_to(office: Office) -> None:
    case = asked(office)
    write_again(office, case.ref, code_of(office, case.ref))
    settle(office, case)
    desk.reopen(office, case.ref, case.requests[0].id, "She wrote again.", STAFF1)
    opened = desk.read(office, case.ref, STAFF1)

    assert [text.text for text in opened.mails].count(PROOF_DESTROYED) == 1
    assert len(letters(office, case.ref)) == 4


def test_staff_see_which_mails_may_show_who_asks_and_nothing_personal(office: Office) -> None:
    case = asked(office)
    write_again(office, case.ref, PASSPORT, attachments=("passport.jpg",))
    write_again(office, case.ref, code_of(office, case.ref))
    shown = queries.proof_mails(office, case.ref)

    assert [(mail.attachments, mail.is_request, mail.is_proof) for mail in shown] == [
        (0, False, True),
        (1, False, False),
        (0, True, False),
    ]
    assert not any(mail.is_declaration for mail in shown)
    with pytest.raises(errors.NoSuchCase):
        queries.proof_mails(office, "PR-9999")
