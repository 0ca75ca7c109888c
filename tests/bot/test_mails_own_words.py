"""What stands in the Read modal of a mail's own words: quoted with what was read, and highlighted in the text."""

from __future__ import annotations

import time
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.blocks import SECTION
from bot.modals.evidence import highlighted, left_of_title, read_as
from store.correspondence import Understood
from store.rules.kinds import Kind
from store.rules.requesters import Priority, Requester
from store.values import Wish

NOTHING = Understood((), (), Requester.UNCLEAR, "", None, "", Priority.LOW, "", "", "ja")


def shown(text: str, *evidence: str) -> str:
    return "\n".join(highlighted(text, evidence))


def test_words_are_bold_where_they_stand_first() -> None:
    assert shown("Delete it. Please delete it.", "delete it") == "*Delete it*. Please delete it."


def test_words_that_overlap_are_bold_as_one() -> None:
    assert shown("delete all my data now", "delete all my", "my data") == "*delete all my data* now"


def test_words_across_a_line_break_are_bold_line_by_line() -> None:
    assert shown("please delete\n  all my data.", "delete all my data") == "please *delete*\n  *all my data*."
    assert shown("please delete all my data.", "delete\nall") == "please *delete all* my data."


def test_words_that_a_page_cuts_are_bold_on_both_sides() -> None:
    text = "x" * 2_390 + " delete everything"

    assert "".join(highlighted(text, ["delete everything"])).endswith(" *delete ev**erything*")


def test_words_that_run_on_from_the_title_are_bold_in_the_text() -> None:
    evidence = left_of_title("Re: Please delete", ["Please delete\nall my data", "all my\ndata", "Please delete\n"])

    assert evidence == ("all my data", "all my\ndata", "Please delete\n")
    assert shown("all my data, soon", *evidence) == "*all my data*, soon"


def test_the_words_that_make_a_mail_urgent_stand_with_its_priority() -> None:
    hurried = replace(NOTHING, priority=Priority.HIGH, priority_reason="it is urgent", priority_words="third  time")

    assert "• Priority: high, it is urgent: “third time”" in read_as(hurried)
    assert "third  time" in hurried.words


def test_a_law_that_the_desk_does_not_know_is_named_beside_the_default() -> None:
    german = replace(NOTHING, law_named="eu-gdpr", law_words="DSGVO")

    assert "• Law: the default; the mail points to the GDPR: “DSGVO”" in read_as(german)


def test_a_letter_whose_small_form_is_longer_moves_no_mark() -> None:
    assert shown("İstanbul: delete it & go", "delete it") == "İstanbul: *delete it* &amp; go"


def test_what_is_not_there_or_too_short_is_not_marked() -> None:
    assert shown("a <b>", "absent", "b", "", " ") == "a &lt;b&gt;"


@given(st.text(max_size=6_000), st.lists(st.text(max_size=40), max_size=60))
def test_no_letter_is_lost_and_every_piece_fits(text: str, evidence: list[str]) -> None:
    pieces = list(highlighted(text, evidence))

    assert all(len(piece) <= SECTION for piece in pieces)
    assert "".join(pieces).replace("*", "").split() == "".join(highlighted(text, ())).replace("*", "").split()


def test_a_huge_text_takes_no_time() -> None:
    start = time.process_time()
    pieces = list(highlighted("delete my " * 300_000, ["delete my data"] * 50))

    assert len(pieces) > 1_000
    assert time.process_time() - start < 5


def test_a_mail_in_which_nothing_was_read_says_so_and_its_language() -> None:
    assert read_as(NOTHING) == (
        "*Read as* no request\n• Written by someone, unclear who\n• Priority: low\n• Language: Japanese, needs a reader"
    )


def test_the_longest_reading_fits_and_pings_nobody() -> None:
    wishes = tuple(Wish(kind, ("<!channel>" * 90,) * 9, 0.5) for kind in Kind)
    words = read_as(
        Understood(wishes, wishes, Requester.AGENT, "<@U1>", "us-xx", "&", Priority.HIGH, "<!here>", "<!>", "<x>")
    )

    assert len(words) <= SECTION
    assert "<" not in words


def test_a_law_that_nobody_here_knows_is_called_by_its_short_name() -> None:
    assert "• Law: the default; the mail points to xx-law" in read_as(replace(NOTHING, law_named="xx-law"))
