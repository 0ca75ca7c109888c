"""Section 7024(d): no letter leaves with such a value in it, unless a manager answers for it."""

from __future__ import annotations

import pytest

from store import desk, queries
from store.errors import DisclosureRefused, RoleMissing
from store.ledger import Event
from store.office import Office
from store.rules.guard import Finding, Secret
from store.rules.kinds import Kind
from store.rules.outcomes import Outcome, bases_for
from store.values import Actor, CaseFile
from tests.builders import MANAGER, OUTSIDER, STAFF1, arrive, everything, letters

NUMBER = "We have this number of yours:\n123-45-6789"
THIRD = "third_know_request"  # refused where there were no two before
ROUTING = "Your bank's routing number is 021000021."


def claimed(office: Office, *kinds: Kind, **said: str) -> CaseFile:
    case = arrive(office, kinds or (Kind.DELETE,), **said)
    return desk.claim(office, case.ref, STAFF1)


def test_a_preview_tells_what_was_found_and_in_which_line(office: Office) -> None:
    case = claimed(office)
    (draft,) = desk.reply.rehearse(office, case.ref, NUMBER, STAFF1)
    (finding,) = draft.found

    assert finding.what is Secret.SOCIAL_SECURITY
    assert "123-45-6789" in draft.body.split("\n")[finding.line - 1]


def test_the_letter_is_refused_and_nothing_is_changed(office: Office) -> None:
    case = claimed(office)
    before = everything(office)
    with pytest.raises(DisclosureRefused, match="a social-security number") as refused:
        desk.reply(office, case.ref, NUMBER, STAFF1)

    assert "6789" not in str(refused.value)
    assert everything(office) == before


def test_every_word_of_a_person_is_looked_through(office: Office) -> None:
    case = claimed(office, Kind.DELETE, Kind.OPT_OUT)
    request = next(line.id for line in case.requests if line.kind is Kind.DELETE)

    with pytest.raises(DisclosureRefused):
        desk.extend(office, case.ref, request, NUMBER, STAFF1)
    with pytest.raises(DisclosureRefused):
        desk.resolve(office, case.ref, request, Outcome.WITHDRAWN, STAFF1, note=NUMBER)
    for line in case.requests:
        desk.resolve(office, case.ref, line.id, Outcome.WITHDRAWN, STAFF1)
    with pytest.raises(DisclosureRefused):
        desk.reopen(office, case.ref, request, NUMBER, STAFF1)


def test_a_manager_may_answer_for_it_and_the_ledger_tells(office: Office) -> None:
    case = claimed(office)
    desk.reply.answered_for(MANAGER)(office, case.ref, f"{NUMBER}\n{ROUTING}", MANAGER)
    line = next(each for each in queries.history(office, case.ref) if each.event is Event.DISCLOSURE_OVERRIDDEN)

    assert "123-45-6789" in str(letters(office, case.ref)[-1].get_body(("plain",)))
    assert line.by == MANAGER.id
    assert line.facts["letter"] == "reply"
    assert [what for what, _ in line.facts["found"]] == [Secret.SOCIAL_SECURITY, Secret.BANK_ACCOUNT]
    assert "6789" not in str(line.facts)


def test_where_nothing_is_found_there_is_nothing_to_answer_for(office: Office) -> None:
    case = claimed(office)
    desk.reply.answered_for(MANAGER)(office, case.ref, "We are looking into it.", MANAGER)

    assert Event.DISCLOSURE_OVERRIDDEN not in {line.event for line in queries.history(office, case.ref)}


@pytest.mark.parametrize("by", [STAFF1, OUTSIDER])
def test_nobody_else_may(office: Office, by: Actor) -> None:
    case = claimed(office)
    with pytest.raises(RoleMissing):
        desk.reply.answered_for(by)(office, case.ref, NUMBER, STAFF1)

    assert len(letters(office, case.ref)) == 1


def test_the_consumer_s_own_subject_is_masked_where_letters_repeat_it(office: Office) -> None:
    case = claimed(office, subject="Delete me, SSN 123-45-6789, card 4111 1111 1111 1111")
    desk.reply(office, case.ref, "We are looking into it.", STAFF1)

    for letter in letters(office, case.ref):
        assert "6789" not in letter["Subject"]
        assert "1111" not in letter["Subject"]
        assert "Delete me, SSN •••, card •••" in letter["Subject"]


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("language", ["en", "es"])
def test_no_letter_of_ours_is_taken_for_a_secret(office: Office, kind: Kind, language: str) -> None:
    case = claimed(office, kind, language=language)
    drafts = [
        draft
        for outcome in (Outcome.WITHDRAWN, Outcome.DENIED)
        for draft in desk.resolve.rehearse(
            office,
            case.ref,
            case.requests[0].id,
            outcome,
            STAFF1,
            bases=_all_bases(office, case) if outcome is Outcome.DENIED else (),
            note="We hold a driver's licence number, a password and a bank account number.",
        )
    ]

    assert len(drafts) == 2
    assert [draft.found for draft in drafts] == [(), ()]


def _all_bases(office: Office, case: CaseFile) -> list[str]:
    kind = case.requests[0].kind
    return [basis.id for basis in bases_for(office.pack(case.law), kind) if basis.id != THIRD]


def test_a_finding_says_nothing_of_the_value() -> None:
    assert set(Finding.__slots__) == {"what", "line"}
