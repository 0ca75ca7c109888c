"""What is found out about who asks changes how strongly a request is verified, and stands in the ledger."""

from __future__ import annotations

import pytest

from store import desk, errors
from store.findings import Findings
from store.ledger import Event
from store.office import Office
from store.rules.kinds import Kind
from store.rules.lifecycle import Status
from store.rules.outcomes import Outcome
from store.rules.requesters import Permission, Requester
from store.rules.verification import Lack
from store.values import CaseFile
from tests.builders import STAFF1, arrive, everything, letters, write_again
from tests.store.desk.test_verification import code_of, told

TWO = ("order_number", "phone")


def claimed(office: Office, *kinds: Kind, requester: Requester = Requester.CONSUMER) -> CaseFile:
    case = arrive(office, kinds or (Kind.DELETE,), requester=requester)
    return desk.claim(office, case.ref, STAFF1)


def found(office: Office, case: CaseFile, *points: str, declared: bool = False, **facts: object) -> CaseFile:
    findings = Findings(**facts)  # type: ignore[arg-type] # each test names its own
    return desk.verify(office, case.ref, points, STAFF1, declared=declared, findings=findings)


def comply(office: Office, case: CaseFile) -> CaseFile:
    return desk.resolve(office, case.ref, case.requests[0].id, Outcome.COMPLIED_IN_FULL, STAFF1)


def test_rosas_health_data_is_deleted_only_after_the_stricter_check_7062_d(any_office: Office) -> None:
    case = claimed(any_office)
    strict = found(any_office, case, *TWO, sensitive=frozenset({case.requests[0].id}))
    with pytest.raises(errors.NotVerifiedYet, match="needs 3 matched points and has 2"):
        comply(any_office, case)
    signed = found(any_office, case, "birth_year", declared=True)

    assert (strict.requests[0].sensitive, strict.requests[0].reached) == (True, False)
    assert (signed.requests[0].reached, signed.status) == (True, Status.VERIFIED)
    assert told(any_office, case.ref, Event.VERIFICATION_SET) == [
        {"sensitive": ["delete"], "disputed": [], "account": False}
    ]


def test_only_the_request_that_is_named_is_under_the_stricter_check_7062_d(office: Office) -> None:
    case = claimed(office, Kind.DELETE, Kind.CORRECT, Kind.KNOW_CATEGORIES)
    ids = [line.id for line in case.requests]
    after = found(office, case, sensitive=frozenset(ids[1:]))
    before = found(office, case, sensitive=frozenset())

    assert [line.sensitive for line in after.requests] == [False, True, False]
    assert not any(line.sensitive for line in before.requests)


def test_an_account_holder_who_has_not_signed_in_again_is_given_nothing_7061(office: Office) -> None:
    case = claimed(office)
    waits = found(office, case, *TWO, has_account=True)
    with pytest.raises(errors.LoginMissing, match=r"must sign in to it again before delete.*7061"):
        comply(office, case)
    signed_in = found(office, case, "account_login")

    assert waits.requests[0].lacks == (Lack.LOGIN,)
    assert signed_in.status is Status.VERIFIED
    assert comply(office, case).status is Status.CLOSED


def test_a_disputed_telephone_number_proves_nothing_for_its_correction_7060_h(office: Office) -> None:
    case = claimed(office, Kind.CORRECT, Kind.DELETE)
    after = found(office, case, *TWO, disputed=("phone",))
    correction, deletion = after.requests

    assert (correction.matched, correction.reached, correction.disputed) == (1, False, ("phone",))
    assert (deletion.matched, deletion.reached, deletion.disputed) == (2, True, ())
    with pytest.raises(errors.NotVerifiedYet, match="needs 2 matched points and has 1"):
        comply(office, case)


def test_a_disputed_point_is_one_of_the_laws(office: Office) -> None:
    case = claimed(office, Kind.CORRECT)
    before = everything(office)

    with pytest.raises(errors.UnknownPoint):
        found(office, case, disputed=("shoe_size",))
    assert everything(office) == before


def test_an_agent_without_a_permission_is_given_nothing_7063(any_office: Office) -> None:
    case = claimed(any_office, requester=Requester.AGENT)
    waits = found(any_office, case, *TWO)
    with pytest.raises(errors.PermissionMissing, match=r"has not shown the consumer's permission.*7063"):
        comply(any_office, case)
    shown = found(any_office, case, permission=Permission.SIGNED)

    assert waits.requests[0].lacks == (Lack.PERMISSION,)
    assert (shown.permission, shown.status) == (Permission.SIGNED, Status.VERIFIED)
    assert told(any_office, case.ref, Event.PERMISSION_SHOWN) == [{"permission": "signed"}]
    assert comply(any_office, case).status is Status.CLOSED


def test_an_agent_is_asked_for_a_permission_before_anything_else_7063(office: Office) -> None:
    case = claimed(office, Kind.DELETE, Kind.OPT_OUT, requester=Requester.AGENT)
    desk.ask_to_verify(office, case.ref, STAFF1)
    first = letters(office, case.ref)[-1].get_content()
    desk.ask_to_verify(office, case.ref, STAFF1)
    second = letters(office, case.ref)[-1].get_content()

    assert "permission" in first
    assert "power of attorney" in first
    assert "elete your personal information" in first
    assert " once" in first  # that the consumer may be asked too is said in the first letter
    assert " once" not in second
    assert told(office, case.ref, Event.VERIFICATION_ASKED)[0] == {"kind": "delete", "permission": True}


def test_an_agent_with_a_power_of_attorney_is_asked_for_nothing_more_7063(office: Office) -> None:
    case = claimed(office, requester=Requester.AGENT)
    found(office, case, permission=Permission.POWER_OF_ATTORNEY)
    desk.ask_to_verify(office, case.ref, STAFF1)
    after = write_again(office, case.ref, code_of(office, case.ref))

    assert after.points == ("mailbox",)
    assert after.requests[0].matched == 0  # the mailbox is the agent's


def test_a_consumer_confirms_directly_where_the_law_lets_us_ask_7063(office: Office) -> None:
    case = claimed(office, requester=Requester.AGENT)

    assert found(office, case, *TWO, permission=Permission.DIRECT).status is Status.VERIFIED


def test_nobody_asks_the_consumer_behind_an_agents_opt_out_7063(office: Office) -> None:
    case = claimed(office, Kind.OPT_OUT, Kind.LIMIT, requester=Requester.AGENT)
    before = everything(office)

    with pytest.raises(errors.VerificationForbidden, match=r"not asked directly.*7063"):
        found(office, case, permission=Permission.DIRECT)
    assert everything(office) == before


def test_a_consumer_shows_no_agents_permission(office: Office) -> None:
    case = claimed(office)

    with pytest.raises(errors.NoAgent, match="was not asked by an agent"):
        found(office, case, permission=Permission.SIGNED)
    assert found(office, case, "phone", permission=Permission.NONE).points == ("phone",)


def test_a_parent_is_known_to_be_one_first_7070(office: Office) -> None:
    case = claimed(office, requester=Requester.PARENT)
    waits = found(office, case, *TWO)
    with pytest.raises(errors.GuardianMissing, match=r"the requester is the parent or guardian.*7070"):
        comply(office, case)
    known = found(office, case, guardian=True)

    assert waits.requests[0].lacks == (Lack.GUARDIAN,)
    assert (known.status, known.requests[0].matched) == (Status.VERIFIED, 2)


def test_nobody_else_is_noted_as_a_parent(office: Office) -> None:
    with pytest.raises(errors.UnknownPoint):
        found(office, claimed(office), guardian=True)


def test_what_is_found_again_is_not_told_again(office: Office) -> None:
    case = claimed(office)
    for _ in range(2):
        found(office, case, has_account=True, sensitive=frozenset())

    assert len(told(office, case.ref, Event.VERIFICATION_SET)) == 1


@pytest.mark.parametrize("kinds", [(Kind.OPT_OUT,), (Kind.LIMIT, Kind.OPT_OUT)])
def test_where_only_opt_outs_are_open_the_checklist_is_refused_with_the_section_7060_b(
    office: Office, kinds: tuple[Kind, ...]
) -> None:
    case = claimed(office, *kinds)
    before = everything(office)

    with pytest.raises(errors.VerificationForbidden, match=r"is never verified .*7060\(b\)"):
        desk.verify(office, case.ref, (), STAFF1)
    assert everything(office) == before
