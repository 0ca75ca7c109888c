"""Notes, pauses and merged cases, pressed and typed."""

from __future__ import annotations

from bot.sandbox.blocks import plain
from store import queries
from store.rules.kinds import Kind
from tests.bot.conftest import STAFF1, STAFF2, Floor, read, until
from tests.builders import write_again

NOTE = "Rosa Alvarez called <!channel> & was angry."


async def test_a_note_is_read_by_whoever_reads_the_case_and_by_nobody_else(floor: Floor) -> None:
    case = floor.arrives(Kind.DELETE)
    await floor.press(STAFF1, case.ref, "further", f"note {case.ref}")
    await until(lambda: floor.sees_modal(STAFF1))
    await floor.submit(STAFF1, text=NOTE)
    line = await floor.said(case.ref, "wrote a note on PR-1001")
    typed = await floor.types(STAFF2, "note pr 1001 She called again.")
    await floor.press(STAFF2, case.ref, "read")
    words = plain(floor.view(STAFF2)["blocks"])

    assert "angry" not in read(line) + read(await floor.stands(case.ref))
    assert "Noted on PR-1001" in (typed.ephemeral or "")
    assert NOTE in words
    assert "She called again." in words


async def test_a_note_without_words_is_asked_for(floor: Floor) -> None:
    case = floor.arrives()
    await floor.types(STAFF1, f"note {case.ref}")
    empty = await floor.submit(STAFF1, text="  ")

    assert list(empty.errors) == ["text"]


async def test_a_case_sleeps_and_is_woken(floor: Floor) -> None:
    case = floor.arrives(Kind.DELETE)
    await floor.press(STAFF1, case.ref, "further", f"snooze {case.ref}")
    await until(lambda: floor.sees_modal(STAFF1))
    late = await floor.submit(STAFF1, until="2027-03-01")
    await floor.submit(STAFF1, until="2027-02-01")
    await floor.stands(case.ref, "Snoozed until Mon 1 Feb 2027")
    await floor.said(case.ref, "snoozed PR-1001 until")
    listed = await floor.types(STAFF1, "list unclaimed")
    await floor.press(STAFF2, case.ref, "further", f"wake {case.ref}")
    await floor.said(case.ref, "PR-1001 is awake again")
    typed = await floor.types(STAFF1, "snooze 1001 until 2027-02-03")
    odd = await floor.types(STAFF1, "snooze 1001 until someday")
    awake = await floor.types(STAFF1, "wake 1001")

    assert "the last safe working day" in str(late.errors)
    assert "none" in (listed.ephemeral or "")
    assert "sleeps until Wed 3 Feb 2027" in (typed.ephemeral or "")
    assert "“someday” is no day" in (odd.ephemeral or "")
    assert "is awake" in (awake.ephemeral or "")


async def test_two_cases_become_one_conversation(floor: Floor) -> None:
    first, later = floor.arrives(Kind.DELETE), floor.arrives(Kind.OPT_OUT, text="Do not sell it.")
    await floor.press(STAFF1, later.ref, "further", f"merge {later.ref}")
    await until(lambda: floor.sees_modal(STAFF1))
    nowhere = await floor.submit(STAFF1, reference="PR-7777")
    await floor.submit(STAFF1, reference=first.ref)
    await floor.stands(later.ref, "Merged into PR-1001, where it goes on")
    await floor.stands(first.ref, "Merged into it: PR-1002")
    await floor.said(first.ref, "merged PR-1002 into PR-1001")
    answered = write_again(floor.office, later.ref, "One word more.")

    assert list(nowhere.errors) == ["reference"]
    assert answered.ref == first.ref


async def test_other_addresses_are_warned_of_and_taken_from_who_is_sure(floor: Floor) -> None:
    floor.arrives(Kind.DELETE)
    floor.arrives(Kind.DELETE, sender="other@example.org")
    bare = await floor.types(STAFF1, "merge PR-1002")
    warned = await floor.types(STAFF1, "merge 1002 into 1001")
    done = await floor.types(STAFF1, "merge PR-1002 into PR 1001 sure")

    assert "/privacy merge PR-1002 into PR-1001" in (bare.ephemeral or "")
    assert "another address" in (warned.ephemeral or "")
    assert "goes on in PR-1001" in (done.ephemeral or "")
    assert len(queries.cases(floor.office)) == 1
