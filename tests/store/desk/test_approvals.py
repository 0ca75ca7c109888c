"""Four eyes: what one person alone may not do waits for another one, and exactly that is done, once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from store import desk, queries
from store.errors import (
    ApprovalLapsed,
    ApprovalSettled,
    DisclosureRefused,
    NoSuchApproval,
    NotYours,
    RoleMissing,
    SamePerson,
    SecondPersonNeeded,
    WaitsAlready,
    WrongStatus,
)
from store.ledger import Event
from store.office import Office
from store.rules.kinds import Kind
from store.rules.lifecycle import Role, Status
from store.rules.outcomes import Outcome
from store.rules.team import Signed, Twofold
from store.settings import Business, Retention, load
from store.signing import Deed, Proposal
from store.values import Actor, CaseFile
from tests.builders import MANAGER, OUTSIDER, READER, STAFF1, STAFF2, StillClock, arrive, everything, letters

BOSS = Actor("U0BOSS", Role.MANAGER)
NUMBER = "We have this number of yours: 123-45-6789"
DENY: dict[str, Any] = {"bases": ("not_verified",)}


def strict(office: Office, **said: Any) -> Office:
    """The same office, of a business that wants a second person for everything."""
    business = load(Business, {"business": {"second_person": list(Twofold), **said}})
    return replace(office, business=business)


def claimed(office: Office, *kinds: Kind) -> CaseFile:
    return desk.claim(office, arrive(office, kinds or (Kind.DELETE,)).ref, STAFF1)


def denial(case: CaseFile) -> Proposal:
    return Proposal(Deed.RESOLVE, case.ref, case.requests[0].id, "We could not.", "denied", ("not_verified",))


def events(office: Office, ref: str) -> list[Event]:
    return [line.event for line in queries.history(office, ref)]


def test_nobody_denies_a_deletion_alone_and_nothing_else_needs_two(any_office: Office) -> None:
    office = strict(any_office)
    case = claimed(office, Kind.DELETE, Kind.CORRECT)
    delete, correct = case.requests
    before = everything(office)
    drafts = desk.resolve.rehearse(office, case.ref, delete.id, Outcome.DENIED, STAFF1, **DENY)
    with pytest.raises(SecondPersonNeeded, match="to deny a deletion needs a second person"):
        desk.resolve(office, case.ref, delete.id, Outcome.DENIED, STAFF1, **DENY)

    assert len(drafts) == 1
    assert everything(office) == before
    desk.resolve(office, case.ref, correct.id, Outcome.DENIED, STAFF1, **DENY)
    desk.resolve(office, case.ref, delete.id, Outcome.WITHDRAWN, STAFF1)


def test_without_the_setting_one_person_is_enough(office: Office) -> None:
    case = claimed(office)

    assert desk.resolve(office, case.ref, case.requests[0].id, Outcome.DENIED, STAFF1, **DENY).status is Status.CLOSED


def test_another_person_signs_and_it_is_done_in_the_name_of_the_first(any_office: Office) -> None:
    office = strict(any_office)
    case = claimed(office)
    number = desk.ask_second(office, denial(case), STAFF1)
    waits = queries.approval(office, number)
    unsent = len(letters(office, case.ref))
    (draft,) = desk.sign.rehearse(office, number, MANAGER, STAFF1)
    done = desk.sign(office, number, MANAGER, STAFF1)
    resolved = next(line for line in queries.history(office, case.ref) if line.event is Event.RESOLVED)
    signed = next(line for line in queries.history(office, case.ref) if line.event is Event.SECOND_SIGNED)

    assert (waits.verdict, waits.deed, waits.kind, waits.needs) == (None, Deed.RESOLVE, Kind.DELETE, Role.MANAGER)
    assert waits.until == waits.asked_at + timedelta(hours=72)
    assert unsent == 1
    assert done.status is Status.CLOSED
    assert (resolved.by, signed.by, signed.facts["first"]) == (STAFF1.id, MANAGER.id, STAFF1.id)
    assert str(letters(office, case.ref)[-1].get_content()).splitlines() == draft.body.splitlines()
    assert queries.approval(office, number).verdict is Signed.APPROVED
    assert queries.approval(office, number).signed_by == MANAGER.id


def test_what_is_asked_for_is_sealed_and_the_ledger_says_nothing_of_its_words(office: Office) -> None:
    office = strict(office)
    case = claimed(office)
    desk.ask_second(office, replace(denial(case), text="Rosa is rude."), STAFF1)

    assert "rude" not in str(everything(office))
    assert Event.SECOND_ASKED in events(office, case.ref)


def test_nobody_signs_for_themselves_and_only_who_may(any_office: Office) -> None:
    office = strict(any_office)
    case = claimed(office)
    number = desk.ask_second(office, denial(case), STAFF1)
    before = everything(office)

    with pytest.raises(SamePerson):
        desk.sign(office, number, Actor(STAFF1.id, Role.MANAGER), STAFF1)
    with pytest.raises(SamePerson):
        desk.sign(office, number, MANAGER, STAFF2)
    for nobody in (STAFF2, READER, OUTSIDER):
        with pytest.raises(RoleMissing, match="the manager role"):
            desk.sign(office, number, nobody, STAFF1)
        with pytest.raises(RoleMissing):
            desk.decline(office, number, nobody)
    with pytest.raises(RoleMissing):  # the first person was removed meanwhile
        desk.sign(office, number, MANAGER, Actor(STAFF1.id))
    with pytest.raises(NoSuchApproval):
        desk.sign(office, 999, MANAGER, STAFF1)
    with pytest.raises(NoSuchApproval):
        queries.approval(office, 999)
    assert everything(office) == before


def test_a_colleague_may_sign_where_the_business_says_so(office: Office) -> None:
    office = strict(office, second_person_role="staff")
    case = claimed(office)

    assert desk.sign(office, desk.ask_second(office, denial(case), STAFF1), STAFF2, STAFF1).status is Status.CLOSED


def test_who_may_not_do_it_may_not_ask_for_it_either(office: Office) -> None:
    office = strict(office)
    case = claimed(office)

    with pytest.raises(NotYours):
        desk.ask_second(office, denial(case), STAFF2)
    with pytest.raises(RoleMissing):
        desk.ask_second(office, replace(denial(case), override=True), STAFF1)
    assert Event.SECOND_ASKED not in events(office, case.ref)


def test_the_same_is_asked_for_once_and_again_after_an_end(office: Office, clock: StillClock) -> None:
    office = strict(office)
    case = claimed(office)
    first = desk.ask_second(office, denial(case), STAFF1)
    with pytest.raises(WaitsAlready):
        desk.ask_second(office, denial(case), STAFF1)
    desk.ask_second(office, Proposal(Deed.REPLY, case.ref, text="Hello"), STAFF1)
    desk.decline(office, first, STAFF1)  # taken back
    second = desk.ask_second(office, denial(case), STAFF1)
    desk.decline(office, second, MANAGER)
    third = desk.ask_second(office, denial(case), STAFF1)
    clock.advance(timedelta(hours=72))
    fourth = desk.ask_second(office, denial(case), STAFF1)

    assert len({first, second, third, fourth}) == 4
    with pytest.raises(ApprovalSettled, match="declined"):
        desk.sign(office, second, MANAGER, STAFF1)
    with pytest.raises(ApprovalLapsed):
        desk.sign(office, third, MANAGER, STAFF1)


def test_what_nobody_signs_lapses_and_so_does_what_was_settled_otherwise(any_office: Office) -> None:
    office = strict(any_office)
    clock: Any = office.clock
    old, settled, fresh = claimed(office), claimed(office, Kind.DELETE), claimed(office, Kind.DELETE)
    lapsed = desk.ask_second(office, denial(old), STAFF1)
    clock.advance(timedelta(hours=71))
    overtaken = desk.ask_second(office, denial(settled), STAFF1)
    waiting = desk.ask_second(office, denial(fresh), STAFF1)
    desk.resolve(office, settled.ref, settled.requests[0].id, Outcome.WITHDRAWN, STAFF1)
    with pytest.raises(WrongStatus):
        desk.sign(office, overtaken, MANAGER, STAFF1)
    clock.advance(timedelta(hours=1))

    assert desk.lapse(office) == 2
    assert desk.lapse(office) == 0
    assert queries.approval(office, lapsed).verdict is Signed.OVERTAKEN
    assert queries.approval(office, overtaken).verdict is Signed.OVERTAKEN
    assert queries.approval(office, waiting).verdict is None
    assert Event.SECOND_LAPSED in events(office, old.ref)


def test_two_people_sign_at_once_and_one_letter_goes(any_office: Office) -> None:
    office = strict(any_office)
    case = claimed(office)
    number = desk.ask_second(office, denial(case), STAFF1)

    def signs(by: Actor) -> object:
        try:
            return desk.sign(office, number, by, STAFF1)
        except ApprovalSettled as refused:
            return refused

    with ThreadPoolExecutor(2) as both:
        outcomes = list(both.map(signs, (MANAGER, BOSS)))

    assert sum(isinstance(outcome, CaseFile) for outcome in outcomes) == 1
    assert len(letters(office, case.ref)) == 2


def test_an_override_needs_two_and_the_ledger_names_both(office: Office) -> None:
    office = strict(office, second_person=["disclosure"])
    case = claimed(office)
    with pytest.raises(SecondPersonNeeded, match="disclosure guard"):
        desk.reply.answered_for(MANAGER)(office, case.ref, NUMBER, MANAGER)
    number = desk.ask_second(office, Proposal(Deed.REPLY, case.ref, text=NUMBER, override=True), MANAGER)
    with pytest.raises(RoleMissing):  # a manager no more
        desk.sign(office, number, BOSS, Actor(MANAGER.id, Role.STAFF))
    desk.sign(office, number, BOSS, MANAGER)
    over = next(line for line in queries.history(office, case.ref) if line.event is Event.DISCLOSURE_OVERRIDDEN)

    assert over.by == MANAGER.id
    assert Event.SECOND_SIGNED in events(office, case.ref)
    assert "123-45-6789" in str(letters(office, case.ref)[-1].get_content())


def test_a_signature_overrides_no_guard_that_nobody_answered_for(office: Office) -> None:
    office = strict(office)
    case = claimed(office)
    number = desk.ask_second(office, replace(denial(case), text=NUMBER), STAFF1)

    with pytest.raises(DisclosureRefused):
        desk.sign(office, number, MANAGER, STAFF1)


def _extend(case: CaseFile) -> tuple[Proposal, Callable[[Office], object]]:
    line = case.requests[0].id
    return Proposal(Deed.EXTEND, case.ref, line, "Archives."), lambda office: desk.extend(
        office, case.ref, line, "Archives.", MANAGER
    )


def _reply(case: CaseFile) -> tuple[Proposal, Callable[[Office], object]]:
    return Proposal(Deed.REPLY, case.ref, text="Hello."), lambda office: desk.reply(office, case.ref, "Hello.", MANAGER)


def _resolve(case: CaseFile) -> tuple[Proposal, Callable[[Office], object]]:
    line = case.requests[0].id
    return Proposal(Deed.RESOLVE, case.ref, line, outcome="withdrawn"), lambda office: desk.resolve(
        office, case.ref, line, Outcome.WITHDRAWN, MANAGER
    )


@pytest.mark.parametrize("deed", [_extend, _reply, _resolve])
def test_a_manager_writes_alone_only_in_their_own_cases(
    office: Office, deed: Callable[[CaseFile], tuple[Proposal, Callable[[Office], object]]]
) -> None:
    office = strict(office)
    case = claimed(office)
    proposal, alone = deed(case)
    with pytest.raises(SecondPersonNeeded, match="as a manager"):
        alone(office)
    number = desk.ask_second(office, proposal, MANAGER)
    desk.sign(office, number, BOSS, MANAGER)
    own = desk.claim(office, arrive(office).ref, MANAGER)
    deed(own)[1](office)

    assert len(letters(office, case.ref)) == len(letters(office, own.ref)) == 2


def test_a_manager_reopens_for_somebody_else_only_with_a_second_one(office: Office) -> None:
    case = claimed(office)
    line = case.requests[0].id
    desk.resolve(office, case.ref, line, Outcome.WITHDRAWN, STAFF1)
    office = strict(office)
    with pytest.raises(SecondPersonNeeded):
        desk.reopen(office, case.ref, line, "We look again.", MANAGER)
    number = desk.ask_second(office, Proposal(Deed.REOPEN, case.ref, line, "We look again."), MANAGER)

    assert desk.lapse(office) == 0  # that it is settled is what reopening needs
    assert desk.sign(office, number, BOSS, MANAGER).owner == MANAGER.id


def test_what_waits_is_destroyed_with_its_case(any_office: Office) -> None:
    office = strict(any_office)
    clock: Any = office.clock
    case = claimed(office)
    number = desk.ask_second(office, denial(case), STAFF1)
    desk.resolve(office, case.ref, case.requests[0].id, Outcome.WITHDRAWN, STAFF1)
    while jobs := desk.lease_letters(office, "postman"):
        for job in jobs:
            desk.letter_sent(office, job.id, "postman")
    clock.advance(timedelta(days=400))
    desk.sweep(office, load(Retention))
    gone = queries.approval(office, number)
    sealed = str(everything(office)["approval"])
    clock.advance(timedelta(days=400))
    desk.sweep(office, load(Retention))

    assert gone.verdict is None
    assert "b''" in sealed
    with pytest.raises(NoSuchApproval):
        queries.approval(office, number)
