"""Being sure of who asks: codes, points, levels; and never where the law forbids to ask."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from store import desk, errors, queries
from store.desk.challenges import GOOD_FOR, MOST_ATTEMPTS
from store.ledger import Event
from store.models import Point
from store.office import Office
from store.rules.kinds import Kind
from store.rules.lifecycle import Move, Status
from store.rules.outcomes import Outcome
from store.values import CaseFile
from tests.builders import STAFF1, StillClock, arrive, code_in, everything, letters, write_again

WRONG = "ABCD-2345"


def asked(office: Office, *kinds: Kind) -> CaseFile:
    """A case whose consumer has been sent a code."""
    case = arrive(office, kinds or (Kind.DELETE,))
    desk.claim(office, case.ref, STAFF1)
    return desk.ask_to_verify(office, case.ref, STAFF1)


def code_of(office: Office, ref: str) -> str:
    return code_in(letters(office, ref)[-1])


def told(office: Office, ref: str, event: Event) -> list[dict[str, object]]:
    return [line.facts for line in queries.history(office, ref) if line.event is event]


def test_rosa_is_asked_with_a_code_and_the_case_waits_for_it(any_office: Office) -> None:
    case = asked(any_office)
    letter = letters(any_office, case.ref)[-1].get_content()

    assert case.status is Status.VERIFYING
    assert "You asked us to delete your personal information." in letter
    assert "The code is good until January 26, 2027." in letter
    assert told(any_office, case.ref, Event.VERIFICATION_ASKED) == [{"kind": "delete", "until": "2027-01-26"}]


def test_rosas_code_shows_that_the_mailbox_is_hers(any_office: Office) -> None:
    case = asked(any_office)
    after = write_again(any_office, case.ref, f"Here you are: {code_of(any_office, case.ref).lower()}\n\nRosa")

    assert after.points == ("mailbox",)
    assert (after.requests[0].matched, after.requests[0].reached, after.status) == (1, False, Status.VERIFYING)


def test_a_letter_that_is_only_quoted_shows_nothing(office: Office) -> None:
    case = asked(office)
    code = code_of(office, case.ref)

    after = write_again(office, case.ref, "This was not me!", text=f"This was not me!\n> {code}")

    assert after.points == ()
    assert told(office, case.ref, Event.CODE_WRONG) == []


def test_two_points_that_staff_have_already_are_enough_without_a_letter(office: Office) -> None:
    case = desk.claim(office, arrive(office, (Kind.DELETE,)).ref, STAFF1)
    once = desk.verify(office, case.ref, ["order_number"], STAFF1)
    twice = desk.verify(office, case.ref, ["phone"], STAFF1)

    assert (once.status, twice.status) == (Status.CLAIMED, Status.VERIFIED)


def test_the_code_and_the_order_number_reach_the_level_in_either_order(office: Office) -> None:
    first, second = asked(office), asked(office)
    write_again(office, first.ref, code_of(office, first.ref))
    code_first = desk.verify(office, first.ref, ["order_number"], STAFF1)
    desk.verify(office, second.ref, ["order_number"], STAFF1)
    code_last = write_again(office, second.ref, code_of(office, second.ref))

    for case in (code_first, code_last):
        assert (case.status, case.requests[0].matched, case.requests[0].reached) == (Status.VERIFIED, 2, True)
        assert len(told(office, case.ref, Event.LEVEL_REACHED)) == 1


def test_a_wrong_code_uses_up_an_attempt_and_five_of_them_the_code(office: Office) -> None:
    case = asked(office)
    right = code_of(office, case.ref)
    for _ in range(MOST_ATTEMPTS):
        assert write_again(office, case.ref, f"Is it {WRONG}?").points == ()

    left = [facts["left"] for facts in told(office, case.ref, Event.CODE_WRONG)]
    assert left == [4, 3, 2, 1, 0]
    assert write_again(office, case.ref, right).points == ()


@pytest.mark.parametrize("words", ["I am self-made.", "Call 5551-2018.", "No code here.", "It is ABCD-23456."])
def test_words_that_cannot_be_a_code_use_up_nothing(office: Office, words: str) -> None:
    case = asked(office)
    write_again(office, case.ref, words)

    assert told(office, case.ref, Event.CODE_WRONG) == []


def test_a_wrong_code_that_is_only_quoted_uses_up_nothing(office: Office) -> None:
    case = asked(office)
    write_again(office, case.ref, "See below.", text=f"See below.\n> {WRONG}")

    assert told(office, case.ref, Event.CODE_WRONG) == []


def test_a_code_is_good_for_two_weeks(office: Office, clock: StillClock) -> None:
    in_time, late = asked(office), asked(office)
    codes = [code_of(office, case.ref) for case in (in_time, late)]
    clock.advance(GOOD_FOR - timedelta(seconds=1))
    first = write_again(office, in_time.ref, codes[0])
    clock.advance(timedelta(seconds=1))
    second = write_again(office, late.ref, codes[1])

    assert (first.points, second.points) == (("mailbox",), ())


def test_a_new_code_replaces_the_one_before(office: Office, clock: StillClock) -> None:
    case = asked(office)
    old = code_of(office, case.ref)
    clock.advance(timedelta(minutes=5))
    desk.ask_to_verify(office, case.ref, STAFF1)
    new = code_of(office, case.ref)

    assert write_again(office, case.ref, old).points == ()
    assert write_again(office, case.ref, new).points == ("mailbox",)


def test_the_code_of_one_case_opens_no_other(office: Office) -> None:
    mine, theirs = asked(office), asked(office)

    assert write_again(office, mine.ref, code_of(office, theirs.ref)).points == ()


def test_a_code_that_comes_after_the_end_changes_nothing(office: Office) -> None:
    case = asked(office)
    code = code_of(office, case.ref)
    desk.resolve(office, case.ref, case.requests[0].id, Outcome.WITHDRAWN, STAFF1)

    assert write_again(office, case.ref, code).points == ()


def test_a_code_that_comes_after_a_second_look_counts_but_asks_for_nothing(office: Office) -> None:
    case = asked(office)
    code = code_of(office, case.ref)
    desk.resolve(office, case.ref, case.requests[0].id, Outcome.WITHDRAWN, STAFF1)
    desk.reopen(office, case.ref, case.requests[0].id, "She wrote again.", STAFF1)
    after = write_again(office, case.ref, code)

    assert (after.points, after.status) == (("mailbox",), Status.CLAIMED)


@pytest.mark.parametrize(
    ("kind", "section"), [(Kind.OPT_OUT, "7060(b)"), (Kind.LIMIT, "7060(b)"), (Kind.ADMT_OPT_OUT, "7060(b)")]
)
def test_an_opt_out_is_never_verified_and_the_refusal_names_the_section(
    office: Office, kind: Kind, section: str
) -> None:
    case = arrive(office, [kind])
    desk.claim(office, case.ref, STAFF1)

    with pytest.raises(errors.VerificationForbidden) as refused:
        desk.ask_to_verify(office, case.ref, STAFF1)
    assert section in str(refused.value)
    assert "is never verified" in str(refused.value)
    assert len(letters(office, case.ref)) == 1


def test_the_card_of_an_opt_out_has_no_button_to_verify(office: Office) -> None:
    case = arrive(office, [Kind.OPT_OUT])
    claimed = desk.claim(office, case.ref, STAFF1)

    assert not {Move.ASK, Move.VERIFY} & set(claimed.offered)
    assert Move.RESOLVE in claimed.offered


def test_without_a_request_named_the_one_that_waits_is_asked_about(office: Office) -> None:
    case = asked(office, Kind.OPT_OUT, Kind.CORRECT)

    assert told(office, case.ref, Event.VERIFICATION_ASKED)[0]["kind"] == "correct"
    with pytest.raises(errors.VerificationForbidden):
        desk.ask_to_verify(office, case.ref, STAFF1, case.requests[0].id)


def test_an_appeal_needs_no_verification_and_none_is_asked(office: Office) -> None:
    case = arrive(office, [Kind.APPEAL])
    desk.claim(office, case.ref, STAFF1)

    with pytest.raises(errors.NothingToVerify, match="Nothing in PR-1001 still waits"):
        desk.ask_to_verify(office, case.ref, STAFF1)


def test_a_point_is_recorded_and_its_value_goes_nowhere(any_office: Office) -> None:
    case = asked(any_office)
    after = desk.verify(any_office, case.ref, ["order_number", "order_number"], STAFF1)
    with any_office.database.reading() as session:
        points = session.exec(select(Point.point, Point.matched_by)).all()

    assert after.points == ("order_number",)
    assert points == [("order_number", STAFF1.id)]
    assert set(Point.model_fields) == {"case_id", "point", "matched_by", "matched_at", "mail_id"}
    assert told(any_office, case.ref, Event.POINT_MATCHED) == [{"point": "order_number"}]


@pytest.mark.parametrize("point", ["shoe_size", "mailbox", "", "declaration"])
def test_a_point_that_is_not_on_the_list_is_refused_also_the_mailbox(office: Office, point: str) -> None:
    case = asked(office)
    before = everything(office)

    with pytest.raises(errors.UnknownPoint, match="is not a point that this desk matches"):
        desk.verify(office, case.ref, ["order_number", point], STAFF1)
    assert everything(office) == before


def test_nothing_ticked_changes_nothing_but_is_no_mistake(office: Office) -> None:
    case = asked(office)

    assert desk.verify(office, case.ref, [], STAFF1).points == ()


def test_a_verified_case_has_nothing_left_to_verify(office: Office) -> None:
    case = asked(office)
    desk.verify(office, case.ref, ["order_number", "phone"], STAFF1)
    before = everything(office)

    with pytest.raises(errors.NothingToVerify):
        desk.verify(office, case.ref, ["birth_year"], STAFF1)
    assert everything(office) == before


def test_a_copy_of_the_data_wants_three_points_and_a_signed_declaration(office: Office) -> None:
    case = asked(office, Kind.KNOW_SPECIFIC)
    line = case.requests[0]
    three = desk.verify(office, case.ref, ["order_number", "phone", "birth_year"], STAFF1)
    with pytest.raises(errors.DeclarationMissing, match=r"signed declaration under penalty of perjury.*7062\(c\)"):
        desk.resolve(office, case.ref, line.id, Outcome.COMPLIED_IN_FULL, STAFF1)
    signed = desk.verify(office, case.ref, [], STAFF1, declared=True)

    assert (three.requests[0].matched, three.requests[0].reached) == (3, False)
    assert (signed.requests[0].matched, signed.requests[0].reached, signed.status) == (3, True, Status.VERIFIED)


def test_a_declaration_is_no_point(office: Office) -> None:
    case = asked(office, Kind.KNOW_SPECIFIC)
    desk.verify(office, case.ref, ["order_number", "phone"], STAFF1, declared=True)

    with pytest.raises(errors.NotVerifiedYet, match="needs 3 matched points and has 2"):
        desk.resolve(office, case.ref, case.requests[0].id, Outcome.COMPLIED_IN_FULL, STAFF1)


def test_a_request_of_another_case_is_no_request_of_this_one(office: Office) -> None:
    first, second = asked(office), arrive(office)

    with pytest.raises(errors.NoSuchRequest, match="PR-1001 has no such request"):
        desk.ask_to_verify(office, first.ref, STAFF1, second.requests[0].id)
