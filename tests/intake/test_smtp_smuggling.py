"""Where a mail ends, and that nothing else ends it (RFC 5321, 2.3.8 and 4.1.1.4)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.content import LONGEST_LINE, Content
from store.office import Bridge, Office
from tests.intake.peers import line, listening, mails, raws
from tests.mailing import INBOX, mail

SMUGGLED = b"MAIL FROM:<x@example.net>\r\nRCPT TO:<" + INBOX.encode() + b">\r\nDATA\r\nSubject: two\r\n\r\ntwo"
WORDS = st.lists(st.sampled_from([b"\r", b"\n", b".", b"..", b"\r\n", b"word", b"\0"]), max_size=30).map(b"".join)


@pytest.mark.parametrize(
    "ending",
    [
        b"\n.\n",
        b"\n.\r\n",
        b"\n.\r",
        b"\r.\n",
        b"\r.\r",
        b"\r.\r\n",
        b"\r\n.\n",
        b"\r\n.\r",
        b"\r\n.\r\r\n",
        b"\r\r\n.\n\n",
    ],
)
async def test_a_false_ending_is_refused_and_no_word_behind_it_is_obeyed(
    office: Office, bridge: Bridge, ending: bytes
) -> None:
    async with listening(bridge) as where, line(where) as peer:
        await peer.until_data()
        answer = await peer.say(mail() + b"first" + ending + SMUGGLED + b"\r\n.\r\n")
        after = await peer.say(b"QUIT\r\n")

        assert answer.startswith("554 5.6.0 A dot stands alone between bare CR or LF")
        assert after.startswith("221")
        assert mails(office) == []


@pytest.mark.parametrize("ending", [b"\r\n\0.\r\n", b"\r\n..\r\n", b"\r\n. \r\n", b"\r\r\n..\r\n"])
async def test_what_no_server_takes_for_an_ending_is_text(office: Office, bridge: Bridge, ending: bytes) -> None:
    async with listening(bridge) as where, line(where) as peer:
        await peer.until_data()
        answer = await peer.say(mail() + b"first" + ending + SMUGGLED + b"\r\n.\r\n")
        after = await peer.say(b"QUIT\r\n")

        assert answer.startswith("250")
        assert after.startswith("221")
        assert len(mails(office)) == 1
        assert SMUGGLED in raws(office)[0]


@pytest.mark.parametrize("end", [b"\n", b"\r"])
async def test_mail_with_bare_line_ends_is_one_mail_kept_as_it_is(office: Office, bridge: Bridge, end: bytes) -> None:
    raw = mail().replace(b"\r\n", end)
    async with listening(bridge) as where, line(where) as peer:
        await peer.until_data()
        answer = await peer.say(raw + b"\r\n.\r\n")

        assert answer.startswith("250")
        assert raws(office) == [raw + b"\r\n"]


async def test_mails_and_commands_in_one_breath_are_as_many_mails_as_there_are(office: Office, bridge: Bridge) -> None:
    sent = [mail(), mail(".\r\n..two dots\r\n"), mail()]
    begin = f"MAIL FROM:<a@example.net>\r\nRCPT TO:<{INBOX}>\r\nDATA\r\n".encode()
    breath = b"".join(begin + raw.replace(b"\r\n.", b"\r\n..") + b".\r\n" for raw in sent)
    async with listening(bridge) as where, line(where) as peer:
        await peer.say(b"EHLO mx.example.net\r\n")
        answers = [await peer.say(breath + b"QUIT\r\n"), *[await peer.hear() for _ in range(12)]]

        assert [answer[:3] for answer in answers] == ["250", "250", "354", "250"] * 3 + ["221"]
        assert raws(office) == sent


async def test_an_empty_mail_is_a_mail(office: Office, bridge: Bridge) -> None:
    async with listening(bridge) as where, line(where) as peer:
        await peer.until_data()
        answer = await peer.say(b".\r\n")

        assert answer.startswith("250")
        assert raws(office) == [b""]


@given(WORDS, st.integers(1, 7))
def test_however_the_bytes_are_cut_the_first_end_is_the_end(words: bytes, cut: int) -> None:
    content, told = Content(10_000), words + b"\r\n.\r\nQUIT\r\n"
    end = (b"\r\n" + told).index(b"\r\n.\r\n")
    at = 0
    rest = b""
    while not content.ended:
        rest = content.feed(told[at : at + cut])
        at += cut

    assert content.size == end
    assert content.mail() == (b"\r\n" + told[:end]).replace(b"\r\n.", b"\r\n")[2:]
    assert rest + told[at:] == told[end + 3 :]


@given(WORDS, st.integers(0, 20))
def test_what_is_too_large_is_counted_to_its_end_and_not_kept(words: bytes, most: int) -> None:
    content = Content(most)
    rest = content.feed(words) + content.feed(b"x" * (most + 1)) + content.feed(b"\r\n.\r\n")
    too_large = content.too_large

    assert content.ended
    assert too_large == (b"\r\n.\r\n" not in b"\r\n" + words or content.size > most)
    assert (content.refusal() or "").startswith("552") == too_large
    assert too_large or rest


@pytest.mark.parametrize(("length", "refused"), [(LONGEST_LINE - 2, False), (LONGEST_LINE + 1, True)])
async def test_a_line_without_an_end_is_refused(
    office: Office,
    bridge: Bridge,
    length: int,
    refused: bool,  # noqa: FBT001 - a column of the table
) -> None:
    async with listening(bridge) as where, line(where) as peer:
        await peer.until_data()
        answer = await peer.say(b"Subject: x\r\n\r\nshort\r\n" + b"x" * length + b"\r\nshort\r\n.\r\n")

        assert answer.startswith("554 5.6.0 A line" if refused else "250")
        assert len(mails(office)) == (not refused)
