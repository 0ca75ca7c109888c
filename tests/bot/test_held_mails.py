from __future__ import annotations

import json
from typing import Any

from bot.sandbox.blocks import plain
from bot.sandbox.witness import Outcome
from store import desk, queries
from store.rules.kinds import Kind
from store.rules.requesters import Requester
from store.values import Person
from tests.bot.conftest import OUTSIDER, REQUESTS, STAFF1, STAFF2, Floor, read, until
from tests.builders import arrival, kept

REASON = "a stranger wrote with the token of the case"


def hold(floor: Floor, guess: str | None = None, *kinds: Kind) -> int:
    arrived = arrival(kinds, "stranger@example.org", name="Sam Stranger")
    mail_id = kept(floor.office, arrived)
    desk.hold(floor.office, mail_id, arrived, reason=REASON, guess=guess)
    return mail_id


def hold_list(floor: Floor, *kinds: Kind) -> int:
    people = tuple(Person(f"{name} Doe", f"{name.lower()}@example.com") for name in ("Jane", "John", "Jim"))
    arrived = arrival(kinds, "desk@agents.example", name="Agents", requester=Requester.AGENT, people=people)
    mail_id = kept(floor.office, arrived)
    desk.hold(floor.office, mail_id, arrived, reason="An agent asks for 3 people: each needs a case of their own.")
    return mail_id


async def card(floor: Floor, mail_id: int, *words: str) -> dict[str, Any]:
    return await until(
        lambda: next(
            (
                each
                for each in floor.messages(REQUESTS)
                if each["text"].startswith(f"Mail {mail_id} ") and all(word in read(each) for word in words)
            ),
            None,
        )
    )


async def press(floor: Floor, user: str, mail_id: int, action: str) -> Outcome:
    there = await card(floor, mail_id)
    return await floor.press_at(user, there["ts"], action)


async def test_a_held_mail_tells_why_from_whom_and_the_best_guess(floor: Floor) -> None:
    case = floor.arrives()
    mail_id = hold(floor, case.ref, Kind.DELETE)
    words = read(await card(floor, mail_id))

    assert "A stranger wrote with the token of the case." in words
    assert "s•••@e•••.org" in words
    assert f"[Attach to {case.ref}]" in words
    assert "Stranger" not in words
    assert "stranger@" not in words


async def test_attaching_to_the_guess_settles_it(floor: Floor) -> None:
    case = floor.arrives()
    mail_id = hold(floor, case.ref)
    await press(floor, STAFF1, mail_id, "attach_to_guess")
    settled = read(await card(floor, mail_id, "settled"))
    await floor.said(case.ref, "placed a held mail")

    assert f"<@{floor.user(STAFF1)}> added it to {case.ref}." in settled
    assert queries.held_mail(floor.office, mail_id).case == case.ref


async def test_attaching_to_another_case_by_its_reference(floor: Floor) -> None:
    floor.arrives()
    other = floor.arrives(Kind.CORRECT)
    mail_id = hold(floor)
    await press(floor, STAFF1, mail_id, "attach_held")
    missing = await floor.submit(STAFF1, reference="4711")
    await floor.submit(STAFF1, reference="#1002")
    await card(floor, mail_id, "settled")

    assert "There is no case" in (missing.errors or {})["reference"]
    assert queries.held_mail(floor.office, mail_id).case == other.ref


async def test_a_new_case_is_opened_with_the_kinds_a_person_chose(floor: Floor) -> None:
    mail_id = hold(floor, None, Kind.DELETE)
    await press(floor, STAFF1, mail_id, "new_from_held")
    await floor.submit(STAFF1, kinds=["delete", "limit"])

    assert "limit sensitive data" in read(await floor.stands("PR-1001"))
    await card(floor, mail_id, "settled", "PR-1001")


async def test_one_click_opens_a_linked_case_for_each_person_of_an_agents_list(floor: Floor) -> None:
    mail_id = hold_list(floor, Kind.DELETE)
    words = read(await card(floor, mail_id, "[Open 3 linked cases]"))
    await press(floor, STAFF1, mail_id, "open_each")
    settled = read(await card(floor, mail_id, "settled"))
    stands = [read(await floor.stands(ref, "an authorised agent", "Linked: ")) for ref in ("PR-1001", "PR-1003")]
    again = await press(floor, STAFF2, mail_id, "set_aside")

    assert "An agent asks for 3 people" in words
    assert f"<@{floor.user(STAFF1)}> opened 3 linked cases for it; PR-1001 is the first." in settled
    assert "Linked: PR-1002, PR-1003" in stands[0]
    assert "Linked: PR-1001" in stands[1]
    assert f"<@{floor.user(STAFF1)}> has dealt with that mail already" in (again.ephemeral or "")
    await floor.said("PR-1001", "opened 3 linked cases from the agent’s letter")


async def test_a_list_without_recognised_rights_asks_for_them_once_for_all(floor: Floor) -> None:
    mail_id = hold_list(floor)
    await card(floor, mail_id, "[Open 3 linked cases…]")
    await press(floor, STAFF1, mail_id, "open_each")
    told = plain(floor.view(STAFF1)["blocks"])
    await floor.submit(STAFF1, kinds=["delete"])
    await floor.stands("PR-1003", "delete")

    assert "Each of the 3 people gets a case" in told


async def test_whom_a_case_is_about_is_read_in_the_modal_and_nowhere_in_the_channel(floor: Floor) -> None:
    mail_id = hold_list(floor, Kind.DELETE)
    await press(floor, STAFF1, mail_id, "open_each")
    await floor.press(STAFF1, "PR-1002", "read")
    await card(floor, mail_id, "settled")
    everything = "".join(read(message) for message in floor.messages(REQUESTS)).lower()

    assert "On behalf of* John Doe &lt;john@example.com&gt;" in json.dumps(floor.view(STAFF1), ensure_ascii=False)
    assert not [secret for secret in ("john", "jane", "doe", "example.com", "agents.example") if secret in everything]


async def test_a_mail_that_is_no_request_is_filed_once(floor: Floor) -> None:
    mail_id = hold(floor)
    await press(floor, STAFF1, mail_id, "set_aside")
    await card(floor, mail_id, "filed it: not a request")
    again = await press(floor, STAFF2, mail_id, "set_aside")

    assert "dealt with that mail already" in (again.ephemeral or "")


async def test_reading_a_held_mail_is_for_staff(floor: Floor) -> None:
    mail_id = hold(floor)
    turned_away = await press(floor, OUTSIDER, mail_id, "read_held")
    await press(floor, STAFF1, mail_id, "read_held")

    assert turned_away.view is None
    assert "stranger@example.org" in plain(floor.view(STAFF1)["blocks"])


async def test_an_unreadable_mail_offers_no_case(floor: Floor) -> None:
    mail_id = kept(floor.office, arrival())
    desk.quarantine(floor.office, mail_id, reason="the parts are nested too deep")
    words = read(await card(floor, mail_id, "unreadable"))

    assert "[New case…]" not in words
    assert "[Read]" in words
    assert "nested too deep" in words
