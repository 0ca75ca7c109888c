"""What a mail carries that may lead to a case."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.reading import read
from intake.thread import Trail, trail
from tests.mailing import INBOX, mail

TOKEN = "0123456789abcdef0123"  # noqa: S105 - the shape of a case's token
OTHER = "f" * 20


def trail_of(raw: bytes, *recipients: str) -> Trail:
    return trail(read(raw), recipients or (INBOX,))


@pytest.mark.parametrize("address", [f"privacy+{TOKEN}@shop.test", f"Privacy+{TOKEN.upper()}@SHOP.test"])
def test_the_envelope_and_the_header_give_the_token(address: str) -> None:
    assert trail_of(mail("Hello."), address).tokens == (TOKEN,)
    assert trail_of(mail("Hello.", to=address)).tokens == (TOKEN,)
    assert trail_of(mail("Hello.", Cc=address)).tokens == (TOKEN,)


@pytest.mark.parametrize("words", [f"[PR-1001 {TOKEN}]", f"> [PR-1001 {TOKEN}]", f"[ PR-1001 {TOKEN} ]"])
def test_the_line_at_the_foot_of_a_letter_gives_the_token_quoted_or_not(words: str) -> None:
    found = trail_of(mail(f"See below.\n\n{words}\n"))

    assert (found.tokens, found.written) == ((), (TOKEN,))


@pytest.mark.parametrize("words", [TOKEN, f"PR-1001 {TOKEN}", "[PR-1001 0123]", f"[PR-1001 {TOKEN}0]"])
def test_what_only_resembles_a_token_is_none(words: str) -> None:
    assert trail_of(mail(words)).written == ()


def test_several_tokens_are_all_told_once_each() -> None:
    found = trail_of(mail(f"[PR-1001 {OTHER}] [PR-1001 {TOKEN}]", to=f"privacy+{TOKEN}@shop.test"))

    assert (found.tokens, found.written) == ((TOKEN,), (OTHER, TOKEN))


def test_the_answered_mail_stands_last_among_the_references() -> None:
    found = trail_of(mail(References="<a@shop.test> <b@shop.test>", In_Reply_To="<c@shop.test>"))

    assert found.message_ids == ("<a@shop.test>", "<b@shop.test>", "<c@shop.test>")


@pytest.mark.parametrize(
    ("subject", "text", "reference"),
    [
        ("Re: PR-1001", "Hello.", "PR-1001"),
        ("Hello", "It is about pr-1002, please.", "PR-1002"),
        ("Re: PR-1001", "or PR-1002", "PR-1001"),
        ("SUPER-1001", "APR-1001 PR-12 XPR-1001", None),
    ],
)
def test_a_reference_in_the_words_is_found_the_subject_first(subject: str, text: str, reference: str | None) -> None:
    assert trail_of(mail(text, subject=subject)).reference == reference


@given(text=st.text(max_size=300), address=st.text(max_size=60))
def test_no_words_and_no_address_whatever_make_it_stumble(text: str, address: str) -> None:
    raw = b"From: x@example.net\r\n\r\n" + text.encode("utf-8", "replace")

    assert isinstance(trail(read(raw), [address]), Trail)
