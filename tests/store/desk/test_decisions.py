"""Answering: more time, a word, an outcome, a second look."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from store import desk, errors, queries
from store.ledger import Event
from store.letters.wording import ground
from store.office import Office
from store.packs import law
from store.rules.kinds import Kind
from store.rules.lifecycle import Status
from store.rules.outcomes import Outcome, bases_for
from store.values import CaseFile
from tests.builders import STAFF1, STAFF2, StillClock, arrive, everything, letters

CALIFORNIA = law("us-ca")
NEEDS_BASIS = {Outcome.COMPLIED_IN_PART, Outcome.DENIED}
POINTS = ("order_number", "phone", "birth_year")


def claimed(office: Office, *kinds: Kind) -> CaseFile:
    return desk.claim(office, arrive(office, kinds or (Kind.DELETE,)).ref, STAFF1)


def verified(office: Office, kind: Kind) -> CaseFile:
    """A claimed case whose one request has its level, where it needs one."""
    case = claimed(office, kind)
    if not case.requests[0].verification.level.asks:
        return case
    desk.ask_to_verify(office, case.ref, STAFF1)
    return desk.verify(office, case.ref, POINTS, STAFF1, declared=True)


def answered(office: Office, kind: Kind) -> None:
    """An earlier case of the same kind, complied with: a duplicate needs one, and a third request to know two."""
    earlier = verified(office, kind)
    desk.resolve(office, earlier.ref, earlier.requests[0].id, Outcome.COMPLIED_IN_FULL, STAFF1)


def last_letter(office: Office, ref: str) -> str:
    text: str = letters(office, ref)[-1].get_content()
    return text.replace("\r\n", "\n")


class TestExtending:
    def test_rosa_is_told_the_new_date_and_the_reason(self, any_office: Office) -> None:
        case = claimed(any_office)
        line = desk.extend(any_office, case.ref, case.requests[0].id, " We search old tapes. ", STAFF1).requests[0]
        letter = last_letter(any_office, case.ref)

        assert (line.respond_by, line.extended_to, line.due) == (
            date(2027, 2, 26),
            date(2027, 4, 12),
            date(2027, 4, 12),
        )
        assert "by April 12, 2027 instead of February 26, 2027" in letter
        assert "The reason: We search old tapes.\n" in letter

    def test_there_is_one_extension(self, office: Office) -> None:
        case = claimed(office)
        desk.extend(office, case.ref, case.requests[0].id, "Old tapes.", STAFF1)

        with pytest.raises(errors.AlreadyExtended, match=r"extended once, to 12 Apr 2027\..*7021\(b\)"):
            desk.extend(office, case.ref, case.requests[0].id, "More tapes.", STAFF1)

    def test_an_opt_out_cannot_be_extended(self, office: Office) -> None:
        case = claimed(office, Kind.OPT_OUT)

        with pytest.raises(errors.NoExtension, match="opt-out of sale cannot be extended"):
            desk.extend(office, case.ref, case.requests[0].id, "Old tapes.", STAFF1)

    def test_the_notice_is_in_time_on_the_last_day_and_too_late_on_the_next(
        self, office: Office, clock: StillClock
    ) -> None:
        in_time, late = claimed(office), claimed(office)
        clock.advance(timedelta(days=45, hours=13, minutes=59))
        desk.extend(office, in_time.ref, in_time.requests[0].id, "Old tapes.", STAFF1)
        clock.advance(timedelta(minutes=1))

        with pytest.raises(errors.TooLateToExtend, match=r"was due on 26 Feb 2027.*7021\(b\)"):
            desk.extend(office, late.ref, late.requests[0].id, "Old tapes.", STAFF1)

    def test_the_reason_must_be_given(self, office: Office) -> None:
        case = claimed(office)
        before = everything(office)

        with pytest.raises(errors.ReasonMissing):
            desk.extend(office, case.ref, case.requests[0].id, " \n", STAFF1)
        assert everything(office) == before


class TestReplying:
    def test_a_persons_words_are_sent_as_they_are_and_not_as_a_robots(self, any_office: Office) -> None:
        case = claimed(any_office)
        desk.reply(any_office, case.ref, "  Which account do you mean? {{ token }}  ", STAFF1)
        letter = letters(any_office, case.ref)[-1]

        assert "Hello,\n\nWhich account do you mean? {{ token }}\n\nExample Shop" in last_letter(any_office, case.ref)
        assert letter["Auto-Submitted"] is None

    def test_without_a_word_the_letter_tells_what_can_be_asked_for_and_how(self, office: Office) -> None:
        """Section 7020(e): whose request lacks something is told how to mend it."""
        case = claimed(office)
        desk.reply(office, case.ref, " \n", STAFF1)
        told = last_letter(office, case.ref)

        assert "Please reply to this e-mail and say what you want." in told
        assert "\n- Delete your personal information\n" in told


class TestResolving:
    @pytest.mark.parametrize("outcome", Outcome)
    @pytest.mark.parametrize("kind", Kind)
    def test_every_right_ends_in_every_way_with_every_basis_it_may_have(
        self, office: Office, kind: Kind, outcome: Outcome
    ) -> None:
        for _ in range(2):
            answered(office, kind)
        case = verified(office, kind)
        bases = [basis.id for basis in bases_for(CALIFORNIA, kind)] if outcome in NEEDS_BASIS else []
        after = desk.resolve(office, case.ref, case.requests[0].id, outcome, STAFF1, bases=bases, note="Be well.")
        line, letter = after.requests[0], last_letter(office, case.ref)

        assert (after.status, line.outcome, line.bases) == (Status.CLOSED, outcome, tuple(bases))
        assert (after.closed_at, line.settled_at) == (office.clock(), office.clock())
        assert "Be well." in letter
        assert kind is Kind.APPEAL or all(
            ground(basis, "en") in letter for basis in CALIFORNIA.bases if basis.id in bases
        )

    @pytest.mark.parametrize("outcome", sorted(NEEDS_BASIS))
    @pytest.mark.parametrize("kind", Kind)
    def test_what_is_refused_needs_a_basis_of_its_own_kind(self, office: Office, kind: Kind, outcome: Outcome) -> None:
        case = verified(office, kind)
        allowed = {basis.id for basis in bases_for(CALIFORNIA, kind)}
        foreign = [basis.id for basis in CALIFORNIA.bases if basis.id not in allowed]
        before = everything(office)

        for bases in ([], *([each] for each in [*foreign, "no such basis"])):
            with pytest.raises(errors.DecisionFaulty, match="basis"):
                desk.resolve(office, case.ref, case.requests[0].id, outcome, STAFF1, bases=bases)
        assert everything(office) == before

    def test_what_is_given_takes_no_basis(self, office: Office) -> None:
        case = verified(office, Kind.OPT_OUT)

        with pytest.raises(errors.DecisionFaulty, match="takes no basis"):
            desk.resolve(
                office, case.ref, case.requests[0].id, Outcome.COMPLIED_IN_FULL, STAFF1, bases=["agent_not_authorised"]
            )

    @pytest.mark.parametrize("outcome", [Outcome.COMPLIED_IN_FULL, Outcome.COMPLIED_IN_PART])
    def test_nothing_is_given_to_who_is_not_verified(self, office: Office, outcome: Outcome) -> None:
        case = claimed(office)

        with pytest.raises(errors.NotVerifiedYet, match="delete needs 2 matched points and has 0"):
            desk.resolve(office, case.ref, case.requests[0].id, outcome, STAFF1, bases=["no_data"])

    def test_an_opt_out_is_processed_at_once(self, any_office: Office) -> None:
        case = claimed(any_office, Kind.OPT_OUT)
        desk.resolve(any_office, case.ref, case.requests[0].id, Outcome.COMPLIED_IN_FULL, STAFF1)

        assert "Your choice was processed on January 12, 2027" in last_letter(any_office, case.ref)

    def test_the_last_answer_closes_the_case(self, any_office: Office) -> None:
        case = claimed(any_office, Kind.OPT_OUT, Kind.DELETE)
        opt_out, delete = case.requests
        first = desk.resolve(any_office, case.ref, opt_out.id, Outcome.COMPLIED_IN_FULL, STAFF1)
        last = desk.resolve(any_office, case.ref, delete.id, Outcome.DENIED, STAFF1, bases=["not_verified"])

        assert (first.status, first.closed_at, first.due) == (Status.CLAIMED, None, delete.due)
        assert (last.status, last.due, last.owner) == (Status.CLOSED, None, STAFF1.id)
        assert queries.history(any_office, case.ref)[-1].event is Event.CLOSED

    def test_a_settled_request_is_not_settled_again(self, office: Office) -> None:
        case = claimed(office, Kind.OPT_OUT, Kind.DELETE)
        desk.resolve(office, case.ref, case.requests[0].id, Outcome.NOT_A_REQUEST, STAFF1)

        with pytest.raises(errors.AlreadySettled, match="settled already: not a request"):
            desk.resolve(office, case.ref, case.requests[0].id, Outcome.WITHDRAWN, STAFF1)

    def test_the_record_holds_grounds_but_no_words(self, office: Office) -> None:
        case = claimed(office)
        desk.resolve(
            office, case.ref, case.requests[0].id, Outcome.DENIED, STAFF1, bases=["not_verified"], note="Dear Rosa"
        )
        (line,) = [line for line in queries.history(office, case.ref) if line.event is Event.RESOLVED]

        assert line.facts == {"kind": "delete", "outcome": "denied", "bases": ["not_verified"]}


class TestReclassifying:
    def test_the_dates_are_computed_anew_from_receipt(self, any_office: Office) -> None:
        clock = any_office.clock
        assert isinstance(clock, StillClock)
        case = claimed(any_office, Kind.DELETE)
        desk.extend(any_office, case.ref, case.requests[0].id, "Old tapes.", STAFF1)
        clock.advance(timedelta(days=5))
        (line,) = desk.reclassify(any_office, case.ref, case.requests[0].id, Kind.OPT_OUT, STAFF1).requests

        assert (line.kind, line.received_on) == (Kind.OPT_OUT, date(2027, 1, 12))
        assert (line.acknowledge_by, line.respond_by, line.extended_to) == (None, date(2027, 2, 3), None)

    def test_the_words_of_the_mail_stay_with_it(self, office: Office) -> None:
        case = claimed(office, Kind.DELETE)
        desk.reclassify(office, case.ref, case.requests[0].id, Kind.CORRECT, STAFF1)
        back = desk.reclassify(office, case.ref, case.requests[0].id, Kind.DELETE, STAFF1)

        assert back.requests == case.requests

    def test_two_open_requests_of_one_kind_are_refused(self, office: Office) -> None:
        case = claimed(office, Kind.DELETE, Kind.OPT_OUT)

        with pytest.raises(errors.DecisionFaulty, match="has an open request of that kind already: opt-out of sale"):
            desk.reclassify(office, case.ref, case.requests[0].id, Kind.OPT_OUT, STAFF1)


class TestReopening:
    def test_whoever_reopens_has_it_on_its_first_date_and_rosa_is_told_why(self, any_office: Office) -> None:
        clock = any_office.clock
        assert isinstance(clock, StillClock)
        case = claimed(any_office)
        desk.resolve(any_office, case.ref, case.requests[0].id, Outcome.WITHDRAWN, STAFF1)
        clock.advance(timedelta(days=3))
        after = desk.reopen(any_office, case.ref, case.requests[0].id, "That was a mistake of ours.", STAFF2)
        letter = last_letter(any_office, case.ref)

        assert (after.status, after.owner, after.closed_at) == (Status.CLAIMED, STAFF2.id, None)
        assert (after.requests[0].outcome, after.requests[0].bases) == (None, ())
        assert after.due == case.due
        assert "You will hear from us by February 26, 2027." in letter
        assert "The reason: That was a mistake of ours.\n" in letter

    def test_the_reason_must_be_given(self, office: Office) -> None:
        case = claimed(office)
        desk.resolve(office, case.ref, case.requests[0].id, Outcome.WITHDRAWN, STAFF1)

        with pytest.raises(errors.ReasonMissing):
            desk.reopen(office, case.ref, case.requests[0].id, "", STAFF1)
        assert queries.case(office, case.ref).status is Status.CLOSED

    def test_an_open_case_is_not_reopened(self, office: Office) -> None:
        case = claimed(office)

        with pytest.raises(errors.WrongStatus, match="PR-1001 is claimed, so it cannot be reopened now"):
            desk.reopen(office, case.ref, case.requests[0].id, "Why not?", STAFF1)


def test_a_case_that_nobody_can_be_written_to_about_can_still_be_settled(office: Office) -> None:
    case = desk.claim(office, arrive(office, (Kind.OPT_OUT,), sender="nobody").ref, STAFF1)
    after = desk.resolve(office, case.ref, case.requests[0].id, Outcome.COMPLIED_IN_FULL, STAFF1)

    assert after.status is Status.CLOSED
    assert letters(office, case.ref) == []


def test_an_extension_is_kept_when_a_request_is_read_anew_and_is_not_taken_twice(office: Office) -> None:
    case = claimed(office)
    line = desk.extend(office, case.ref, case.requests[0].id, "Old tapes.", STAFF1).requests[0]
    after = desk.reclassify(office, case.ref, line.id, Kind.CORRECT, STAFF1).requests[0]

    assert after.extended_to == line.extended_to
    with pytest.raises(errors.AlreadyExtended):
        desk.extend(office, case.ref, line.id, "Still old tapes.", STAFF1)


def test_an_extension_ends_where_the_law_has_none(office: Office) -> None:
    case = claimed(office)
    line = desk.extend(office, case.ref, case.requests[0].id, "Old tapes.", STAFF1).requests[0]

    assert desk.reclassify(office, case.ref, line.id, Kind.OPT_OUT, STAFF1).requests[0].extended_to is None
