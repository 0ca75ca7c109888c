from __future__ import annotations

from datetime import timedelta

from bot.sandbox import presses
from bot.sandbox.blocks import plain
from store import desk, queries
from store.ledger import Event
from store.rules.kinds import Kind
from store.rules.lifecycle import Role
from store.values import Actor, CaseFile
from tests.bot.conftest import MANAGER, STAFF1, STAFF2, Floor, read, until
from tests.builders import code_in, letters, write_again

TEXT = "Please delete my account <!channel> & everything. My order is 4711."


async def claimed(floor: Floor, *kinds: Kind, **said: str) -> CaseFile:
    case = floor.arrives(*kinds, **said)
    await floor.press(STAFF1, case.ref, "claim")
    await floor.stands(case.ref, ": claimed")
    return case


def events(floor: Floor, ref: str) -> list[Event]:
    return [line.event for line in queries.history(floor.office, ref)]


async def test_reading_shows_the_mail_and_stands_in_the_ledger(floor: Floor) -> None:
    case = floor.arrives(Kind.DELETE, text=TEXT)
    seen = await floor.press(STAFF1, case.ref, "read")
    line = await floor.said(case.ref, "read the mails")
    words = plain(floor.view(STAFF1)["blocks"])

    assert seen.view is not None
    assert "rosa.alvarez@example.net" in words
    assert "&lt;!channel&gt; &amp; everything" in words
    assert floor.user(STAFF1) in line["text"]
    assert Event.READ in events(floor, case.ref)


async def test_an_opt_out_is_resolved_at_once(floor: Floor) -> None:
    case = await claimed(floor, Kind.OPT_OUT)
    card = await floor.stands(case.ref)
    assert "[Ask to verify]" not in read(card)

    await floor.press(STAFF1, case.ref, "resolve")
    await floor.submit(STAFF1, outcome="complied_in_full")
    preview = plain(floor.view(STAFF1)["blocks"])
    await floor.submit(STAFF1)
    closed = await floor.stands(case.ref, "closed", "complied in full on Tue 12 Jan 2027")

    assert "January 12, 2027" in preview
    assert "[Claim]" not in read(closed)
    assert not floor.sees_modal(STAFF1)
    assert letters(floor.office, case.ref)[-1].get_content().replace("\r\n", "\n").strip() in preview.replace(
        "  ", " "
    ) or ("January 12, 2027" in letters(floor.office, case.ref)[-1].get_content())


async def test_asking_shows_the_letter_then_sends_it(floor: Floor) -> None:
    case = await claimed(floor, Kind.DELETE)
    await floor.press(STAFF1, case.ref, "ask_to_verify")
    shown = plain(floor.view(STAFF1)["blocks"])
    before = len(letters(floor.office, case.ref))
    await floor.submit(STAFF1)
    await floor.stands(case.ref, "being verified", "0 of 2 points matched")

    assert "code" in shown
    assert before == 1
    assert len(letters(floor.office, case.ref)) == 2
    assert code_in(letters(floor.office, case.ref)[1])


async def test_the_level_is_reached_by_the_code_and_one_more_point(floor: Floor) -> None:
    case = await claimed(floor, Kind.DELETE)
    await floor.press(STAFF1, case.ref, "ask_to_verify")
    await floor.submit(STAFF1)
    await floor.stands(case.ref, "being verified")
    write_again(floor.office, case.ref, f"The code is {code_in(letters(floor.office, case.ref)[-1])}")
    await floor.stands(case.ref, "1 of 2 points matched")
    await floor.press(STAFF1, case.ref, "verify")
    offered = floor.view(STAFF1)
    await floor.submit(STAFF1, points=["order_number"])
    await floor.stands(case.ref, "verified: 2 of 2 points matched")

    assert "not stored" in plain(offered["blocks"])
    assert "mailbox" not in [option["value"] for option in offered["blocks"][-1]["element"]["options"]]
    assert "matched, the consumer answered" in plain(offered["blocks"])


async def test_verifying_nothing_is_told_beside_the_field(floor: Floor) -> None:
    case = await claimed(floor, Kind.KNOW_SPECIFIC)
    await floor.press(STAFF1, case.ref, "ask_to_verify")
    await floor.submit(STAFF1)
    await floor.stands(case.ref, "being verified")
    await floor.press(STAFF1, case.ref, "verify")
    seen = await floor.submit(STAFF1)

    assert seen.errors == {"points": "Tick at least one point that matched."}


async def test_an_extension_is_previewed_sent_and_then_refused(floor: Floor) -> None:
    case = await claimed(floor, Kind.DELETE)
    stale = await floor.stands(case.ref, ": claimed")
    await floor.press(STAFF1, case.ref, "extend")
    await floor.submit(STAFF1, reason="Your data is in three archives.")
    preview = plain(floor.view(STAFF1)["blocks"])
    await floor.submit(STAFF1)
    extended = await floor.stands(case.ref, "extended once: 90 days from receipt")
    again = await floor.press_at(STAFF1, stale["ts"], "extend")

    assert "three archives" in preview
    assert "three archives" in letters(floor.office, case.ref)[-1].get_content()
    assert "[Extend]" not in read(extended)
    assert "The law allows one extension" in (again.ephemeral or "")
    assert again.view is None


async def test_changed_words_are_shown_again_before_they_go(floor: Floor) -> None:
    case = await claimed(floor, Kind.DELETE)
    await floor.press(STAFF1, case.ref, "extend")
    await floor.submit(STAFF1, reason="First words.")
    changed = await floor.submit(STAFF1, reason="Better words.")
    shown = plain(floor.view(STAFF1)["blocks"])
    count = len(letters(floor.office, case.ref))
    await floor.submit(STAFF1)

    assert changed.ok
    assert "Better words." in shown
    assert "another one now" in shown
    assert count == 1
    assert "Better words." in letters(floor.office, case.ref)[-1].get_content()


async def test_a_denial_without_a_basis_is_told_in_its_field(floor: Floor) -> None:
    case = await claimed(floor, Kind.DELETE)
    await floor.press(STAFF1, case.ref, "resolve")
    seen = await floor.submit(STAFF1, outcome="denied")

    assert seen.errors is not None
    assert list(seen.errors) == ["bases delete"]
    assert "at least one basis" in seen.errors["bases delete"]


async def test_complying_before_verification_is_told_beside_the_outcome(floor: Floor) -> None:
    case = await claimed(floor, Kind.DELETE)
    await floor.press(STAFF1, case.ref, "resolve")
    seen = await floor.submit(STAFF1, outcome="complied_in_full")
    kept = floor.view(STAFF1)

    assert "needs 2 matched points and has 0" in (seen.errors or {}).get("outcome", "")
    assert kept["state"]["values"]["outcome"]["filled_in"]["selected_option"]["value"] == "complied_in_full"


async def test_a_denial_names_its_bases_in_the_letter_and_on_the_card(floor: Floor) -> None:
    case = await claimed(floor, Kind.DELETE, Kind.OPT_OUT)
    await floor.press(STAFF1, case.ref, "resolve")
    view = floor.view(STAFF1)
    delete = next(line for line in case.requests if line.kind is Kind.DELETE)
    request = next(block for block in view["blocks"] if block["block_id"] == "request")
    await presses.press_in_view(floor.world.bench, STAFF1, view["id"], request["element"]["action_id"], str(delete.id))
    await until(lambda: any(block["block_id"] == "bases delete" for block in floor.view(STAFF1)["blocks"]))
    await floor.submit(STAFF1, outcome="denied", bases=["not_verified"], note="Write to us again at any time.")
    await floor.submit(STAFF1)
    card = await floor.stands(case.ref, "denied on")

    assert "opt-out of sale*: due" in read(card)
    assert "Write to us again at any time." in letters(floor.office, case.ref)[-1].get_content()


async def test_a_reply_goes_out_as_previewed(floor: Floor) -> None:
    case = await claimed(floor, Kind.DELETE)
    await floor.choose(STAFF1, case.ref, "reply")
    await floor.submit(STAFF1, text="Which of your two accounts do you mean?")
    await floor.submit(STAFF1)
    await floor.said(case.ref, "wrote to the consumer")

    assert "Which of your two accounts" in letters(floor.office, case.ref)[-1].get_content()


async def test_a_reply_without_words_tells_what_can_be_asked_for(floor: Floor) -> None:
    case = await claimed(floor, Kind.DELETE)
    await floor.choose(STAFF1, case.ref, "reply")
    await floor.submit(STAFF1, text="")
    shown = plain(floor.view(STAFF1)["blocks"])
    await floor.submit(STAFF1)
    await floor.said(case.ref, "wrote to the consumer")

    assert "say what you want" in shown
    assert "say what you want" in letters(floor.office, case.ref)[-1].get_content()


async def test_a_case_is_handed_over_only_to_staff(floor: Floor) -> None:
    case = await claimed(floor, Kind.DELETE)
    await floor.choose(STAFF1, case.ref, "assign")
    refused = await floor.submit(STAFF1, assignee="outsider")
    await floor.submit(STAFF1, assignee="staff2")
    await floor.stands(case.ref, f"<@{floor.user(STAFF2)}>")

    assert "not on the privacy team" in (refused.errors or {})["assignee"]


async def test_another_persons_case_is_left_alone_but_a_manager_may(floor: Floor) -> None:
    case = await claimed(floor, Kind.DELETE)
    refused = await floor.press(STAFF2, case.ref, "extend")
    allowed = await floor.press(MANAGER, case.ref, "extend")

    assert f"<@{floor.user(STAFF1)}>; only they or a manager" in (refused.ephemeral or "")
    assert refused.view is None
    assert allowed.view is not None


async def test_a_misread_request_is_reclassified(floor: Floor) -> None:
    case = await claimed(floor, Kind.DELETE)
    await floor.choose(STAFF1, case.ref, "reclassify")
    await floor.submit(STAFF1, kind="correct")

    assert "correct" in read(await floor.stands(case.ref, "*correct*"))


async def test_a_closed_case_is_reopened_with_a_letter(floor: Floor) -> None:
    case = await claimed(floor, Kind.OPT_OUT)
    await floor.press(STAFF1, case.ref, "resolve")
    await floor.submit(STAFF1, outcome="withdrawn")
    await floor.submit(STAFF1)
    await floor.stands(case.ref, "closed")
    await floor.choose(STAFF2, case.ref, "reopen")
    await floor.submit(STAFF2, reason="The consumer called.")
    await floor.submit(STAFF2)

    assert f"<@{floor.user(STAFF2)}>" in read(await floor.stands(case.ref, "PR-1001: claimed"))


async def test_a_date_that_comes_near_pings_the_owner_and_a_passed_one_the_managers(floor: Floor) -> None:
    case = await claimed(floor, Kind.DELETE)
    floor.world.clock.advance(timedelta(days=38))
    desk.remind(floor.office)
    near = await floor.said(case.ref, "7 days left")
    floor.world.clock.advance(timedelta(days=8))
    desk.remind(floor.office)
    managers = await until(lambda: [each for each in floor.messages("privacy-managers") if "overdue" in each["text"]])

    assert near["text"].startswith(f"<@{floor.user(STAFF1)}>")
    assert managers[0]["text"].startswith("<!subteam^S0PRIVMGRS> PR-1001")


async def test_the_digest_comes_once_to_the_managers(floor: Floor) -> None:
    floor.arrives()
    slot = floor.office.clock() + timedelta(minutes=1)
    desk.make_digest(floor.office, slot)
    desk.make_digest(floor.office, slot)
    digest = await until(lambda: floor.messages("privacy-managers"))

    assert len(digest) == 1
    assert "1 case unclaimed" in digest[0]["text"]


async def test_home_shows_my_cases_and_opens_one(floor: Floor) -> None:
    case = await claimed(floor, Kind.DELETE)
    first = await presses.home(floor.world.bench, STAFF1)
    view = floor.world.slack.workspace.homes[floor.user(STAFF1)]
    shown = await presses.press_in_view(floor.world.bench, STAFF1, view["id"], "show", case.ref)
    pushed = await presses.press_in_view(floor.world.bench, STAFF1, floor.view(STAFF1)["id"], "extend", case.ref)

    assert first.ok
    assert "Welcome" in plain(view["blocks"])
    assert case.ref in plain(view["blocks"])
    assert shown.view is not None
    assert pushed.view is not None
    assert "Extend" in pushed.view["title"]["text"]


async def test_claiming_in_a_shown_case_turns_it_there(floor: Floor) -> None:
    case = floor.arrives()
    await presses.home(floor.world.bench, STAFF1)
    home = floor.world.slack.workspace.homes[floor.user(STAFF1)]
    await presses.press_in_view(floor.world.bench, STAFF1, home["id"], "show", case.ref)
    await presses.press_in_view(floor.world.bench, STAFF1, floor.view(STAFF1)["id"], "claim", case.ref)
    await until(lambda: f"<@{floor.user(STAFF1)}>" in plain(floor.view(STAFF1)["blocks"]))

    assert "[Claim]" not in plain(floor.view(STAFF1)["blocks"])


async def test_a_refusal_in_a_modal_comes_on_top_of_it(floor: Floor) -> None:
    case = floor.arrives()
    await presses.home(floor.world.bench, STAFF1)
    home = floor.world.slack.workspace.homes[floor.user(STAFF1)]
    await presses.press_in_view(floor.world.bench, STAFF1, home["id"], "show", case.ref)
    desk.claim(floor.office, case.ref, Actor(floor.user(STAFF2), Role.STAFF))
    await presses.press_in_view(floor.world.bench, STAFF1, floor.view(STAFF1)["id"], "claim", case.ref)

    assert "has been with" in plain(floor.view(STAFF1)["blocks"])


async def test_a_desk_that_is_slow_shows_that_it_is_at_work_and_then_the_result(floor: Floor) -> None:
    case = await claimed(floor, Kind.DELETE)
    await floor.choose(STAFF1, case.ref, "reply")
    busy = floor.office.database._writer
    busy.acquire()
    try:
        slow = await floor.submit(STAFF1, text="Which account do you mean?")
        waiting = plain(floor.view(STAFF1)["blocks"])
    finally:
        busy.release()
    await until(lambda: "Which account" in plain(floor.view(STAFF1)["blocks"]))

    assert not slow.timed_out
    assert "longer than usual" in waiting


async def test_an_outsiders_home_shows_nothing(floor: Floor) -> None:
    floor.arrives()
    await presses.home(floor.world.bench, "outsider")
    view = floor.world.slack.workspace.homes[floor.user("outsider")]

    assert "privacy team" in plain(view["blocks"])
    assert "PR-" not in plain(view["blocks"])
