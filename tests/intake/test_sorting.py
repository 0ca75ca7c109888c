"""Where a mail goes, decided from values: every kind of mail, once with a case and once without."""

from __future__ import annotations

import pytest

from intake.reading import Reading, read
from intake.sorting import Fate, arrival, destination, wishes_of
from store.rules.kinds import Kind
from store.values import Arrival
from tests.mailing import ERASE, ROSA, mail

ASKS = read(mail(ERASE))
CHATS = read(mail("What are your opening hours?"))
AWAY = read(mail("I am away.", Auto_Submitted="auto-replied"))
FORM = read(mail(ERASE, Auto_Submitted="auto-generated"))
NOTICE = read(mail("Your parcel has arrived.", Auto_Submitted="auto-generated"))
LIST = read(mail("News of the week.", List_Id="<news.example.net>"))
GROUP = read(mail(ERASE, List_Id="<privacy.shop.test>"))
JUNK = read(mail("Cheap watches.", X_Spam_Flag="YES"))
JUNK_THAT_ASKS = read(mail(ERASE, X_Spam_Flag="YES"))


@pytest.mark.parametrize(
    ("reading", "case", "theirs", "fate"),
    [
        (ASKS, None, False, Fate.OPEN),
        (ASKS, "PR-1001", True, Fate.ATTACH),
        (ASKS, "PR-1001", False, Fate.HOLD),
        (CHATS, None, False, Fate.HOLD),
        (CHATS, "PR-1001", True, Fate.ATTACH),
        (CHATS, "PR-1001", False, Fate.HOLD),
        (AWAY, None, False, Fate.FILE),
        (AWAY, "PR-1001", True, Fate.FILE),
        (FORM, None, False, Fate.HOLD),
        (NOTICE, None, False, Fate.FILE),
        (LIST, None, False, Fate.FILE),
        (GROUP, None, False, Fate.OPEN),
        (GROUP, "PR-1001", True, Fate.ATTACH),
        (JUNK, None, False, Fate.FILE),
        (JUNK_THAT_ASKS, None, False, Fate.HOLD),
    ],
)
def test_every_kind_of_mail_has_its_place(reading: Reading, case: str | None, theirs: bool, fate: Fate) -> None:  # noqa: FBT001 - a column of the table
    goal = destination(reading, case, theirs=theirs, named=None)

    assert goal.fate == fate
    assert (goal.reason == "") == (fate in {Fate.OPEN, Fate.ATTACH})


def test_a_case_that_is_merely_named_is_a_guess() -> None:
    goal = destination(ASKS, None, theirs=False, named="PR-1001")

    assert (goal.fate, goal.case) == (Fate.HOLD, "PR-1001")


def test_half_a_mail_is_never_attached_to_anything() -> None:
    goal = destination(ASKS, "PR-1001", theirs=True, named=None, whole=False)

    assert (goal.fate, goal.case) == (Fate.HOLD, "PR-1001")
    assert "too large" in goal.reason


@pytest.mark.parametrize("reading", [ASKS, CHATS, AWAY, FORM, LIST, GROUP, JUNK, JUNK_THAT_ASKS])
def test_no_reason_quotes_the_mail(reading: Reading) -> None:
    for case, theirs in ((None, False), ("PR-1001", False), ("PR-1001", True)):
        reason = destination(reading, case, theirs=theirs, named=None).reason

        assert "@" not in reason
        assert "Alvarez" not in reason


def test_the_words_that_invoke_a_right_come_along_as_its_evidence() -> None:
    (wish,) = wishes_of(ASKS)

    assert wish.kind == Kind.DELETE
    assert any("delete" in words.lower() for words in wish.evidence)


def test_what_the_desk_keeps_survives_its_sealing() -> None:
    kept = arrival(ASKS, ROSA)

    assert kept.sender == ROSA
    assert kept.answerable
    assert Arrival.from_json(kept.to_json()) == kept


def test_the_null_sender_is_not_answerable_and_an_unknown_one_is() -> None:
    assert not arrival(ASKS, "").answerable
    assert arrival(ASKS, None).answerable
