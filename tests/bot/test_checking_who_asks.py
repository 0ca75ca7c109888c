"""The checklist of who asks, filled in by people: strictness, permissions, proof, a copy that is not verified."""

from __future__ import annotations

from bot.sandbox import presses
from bot.sandbox.blocks import plain
from store import desk, queries
from store.rules.kinds import Kind
from store.rules.lifecycle import Role
from store.rules.requesters import Permission, Requester
from store.values import Actor, CaseFile
from tests.bot.conftest import STAFF1, Floor, until
from tests.builders import arrive, letters, write_again


async def opened(floor: Floor, *kinds: Kind, requester: Requester = Requester.CONSUMER) -> CaseFile:
    """A case that a person has claimed, asked to verify, and opened the checklist of."""
    case = arrive(floor.office, kinds, requester=requester)
    staff = Actor(floor.user(STAFF1), Role.STAFF)
    desk.claim(floor.office, case.ref, staff)
    desk.ask_to_verify(floor.office, case.ref, staff)
    write_again(floor.office, case.ref, "My passport.", attachments=("passport.jpg",))
    await floor.stands(case.ref, "being verified")
    await floor.press(STAFF1, case.ref, "verify")
    return queries.case(floor.office, case.ref)


async def test_sensitive_data_an_account_and_proof_are_noted_in_one_go(floor: Floor) -> None:
    case = await opened(floor, Kind.DELETE)
    proof = queries.proof_mails(floor.office, case.ref)[0]
    await floor.submit(
        STAFF1, sensitive=[str(case.requests[0].id)], account=["yes"], proof=[str(proof.mail_id)], points=["phone"]
    )
    await floor.stands(case.ref, "1 of 3 points matched", "stricter check", "a new sign-in to the account missing")
    line = await floor.said(case.ref, "set how strictly")

    assert "as for sensitive data: delete" in line["text"]
    assert queries.proof_mails(floor.office, case.ref)[0].is_proof


async def test_what_an_agent_has_shown_is_noted(floor: Floor) -> None:
    case = await opened(floor, Kind.DELETE, requester=Requester.AGENT)
    shown = plain(floor.view(STAFF1)["blocks"])
    unchanged = await floor.submit(STAFF1)
    await floor.submit(STAFF1, permission="signed")
    await floor.said(case.ref, "signed permission")

    assert "the agent's permission missing" in shown
    assert "no point here, since the mailbox is the agent’s" in shown
    assert unchanged.errors == {"points": "Tick at least one point that matched."}
    assert queries.case(floor.office, case.ref).permission is Permission.SIGNED


async def test_a_parent_and_a_disputed_number_are_noted(floor: Floor) -> None:
    case = await opened(floor, Kind.CORRECT, requester=Requester.PARENT)
    await floor.submit(STAFF1, guardian=["guardian"], disputed=["phone"])
    await floor.said(case.ref, "this is the parent or guardian")
    after = queries.case(floor.office, case.ref)

    assert (after.requests[0].disputed, after.points) == (("phone",), ("guardian",))


async def test_the_mail_of_the_declaration_is_named_and_kept(floor: Floor) -> None:
    case = await opened(floor, Kind.KNOW_SPECIFIC)
    mail = queries.proof_mails(floor.office, case.ref)[0]
    await floor.submit(STAFF1, declared_in=str(mail.mail_id))
    await floor.stands(case.ref, "signed declaration there")

    assert queries.proof_mails(floor.office, case.ref)[0].is_declaration


async def test_a_copy_that_cannot_be_verified_is_evaluated_as_its_categories(floor: Floor) -> None:
    case = await opened(floor, Kind.KNOW_SPECIFIC)
    view = floor.view(STAFF1)
    await presses.press_in_view(floor.world.bench, STAFF1, view["id"], "reevaluate")
    await until(lambda: floor.view(STAFF1)["callback_id"] == "reevaluate")
    shown = plain(floor.view(STAFF1)["blocks"])
    await floor.submit(STAFF1)
    await floor.stands(case.ref, "kinds of data held", "asked as copy of the data")

    assert "§ 7024(a)" in plain(view["blocks"])
    assert "Nothing of what was asked for is disclosed" in shown
    assert len(letters(floor.office, case.ref)) == 3
