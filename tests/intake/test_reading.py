from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.reading import read, read_paths

if TYPE_CHECKING:
    from pathlib import Path

HEAD = b"From: a@b.example\r\nSubject: x\r\n"
HTML = HEAD + b"Content-Type: text/html\r\n\r\n"
KEYS = {
    *("file", "message_id", "in_reply_to", "references", "from", "reply_to", "to", "subject", "date", "text", "reply"),
    *("signature", "quoted", "forwarded", "language", "attachments", "disposition", "reason", "bounce", "requests"),
    *("role", "law", "priority", "authentication", "defects", "error"),
}
PIECES = st.sampled_from(
    [
        *(
            b"From: ",
            b"Subject: ",
            b"Content-Type: multipart/mixed; boundary=b",
            b"Content-Type: text/html\n",
            b"--b",
            b"--b--",
        ),
        *(
            b"Content-Transfer-Encoding: base64\n",
            b"charset=big5",
            b"=?utf-8?q?",
            b"?=",
            b"\n\n",
            b"\r\n",
            b"\r",
            b"\0",
            b"\xff",
        ),
        *(
            b"<blockquote>",
            b"</div>",
            b"On Monday 2026 x wrote:",
            b"> ",
            b"-- \n",
            b"delete my data",
            b"\xed\xa0\x80",
            b"(",
            b'"',
            b"<",
        ),
        *(
            b"message/rfc822",
            b"filename*0*=utf-8''%",
            b"\xe5\x88\xa0",
            b"Message-ID: <[x@y]>",
            b" ",
            b";",
            b"name=",
            b"begin 644 x\n",
        ),
    ]
)
MAILS = st.one_of(st.binary(max_size=400), st.lists(PIECES, max_size=60).map(b"".join))


@settings(max_examples=400, deadline=None)
@given(MAILS)
def test_any_bytes_are_read_and_can_be_told_as_json(raw: bytes) -> None:
    found = read(raw).as_json("x")

    assert set(found) == KEYS
    json.dumps(found, ensure_ascii=False).encode("utf-8")
    assert found == read(raw).as_json("x")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300), st.sampled_from(["delete my account", "stop selling my data", "borren mis datos", "not"]))
def test_every_word_shown_as_evidence_stands_in_the_mail(noise: str, words: str) -> None:
    raw = b"Subject: hi\nContent-Type: text/plain; charset=utf-8\n\n" + f"{noise} {words} {noise}".encode(
        "utf-8", "replace"
    )
    found = read(raw)

    text = f"{found.mail.subject}\n{found.text}"
    assert all(span in text for each in found.triage.requests for span in each.evidence)


BOMBS = {
    "20,000 nested divs": HTML + b"<div>" * 20_000 + b"hi" + b"</div>" * 20_000,
    "20,000 unclosed bolds": HTML + b"<b>" * 20_000,
    "300,000 brackets": HTML + b"<" * 300_000,
    "3,000 nested parts": HEAD
    + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3_000)),
    "3,000 nested mails": HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 3_000,
    "30,000 parts": HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nhi\r\n" * 30_000,
    "a boundary of one dash": HEAD + b'Content-Type: multipart/mixed; boundary="-"\r\n\r\n' + b"-" * 1_000_000,
    "100,000 headers": b"".join(b"X-%d: y\r\n" % n for n in range(100_000)),
    "100 KB of On": HEAD + b"\r\n" + b"On " * 34_000,
    "30,000 lines of On": HEAD + b"\r\n" + b"On \n" * 30_000,
    "20,000 header-like lines": HEAD + b"\r\n" + b"From: x\nfoo\n" * 20_000,
    "390 KB of subject": b"Subject: " + b"=?utf-8?q?a=20b?= " * 21_000 + b"\r\n\r\nhi",
    "8,000 recipients": b"To: " + b", ".join(b"N %d <u%d@b.example>" % (n, n) for n in range(8_000)) + b"\r\n\r\nhi",
    "200,000 brackets in From": b"From: " + b"(" * 200_000 + b"\r\n\r\nhi",
    "2,000 parameters": b"Content-Type: text/plain; "
    + b"; ".join(b"name*%d*=%%41" % n for n in range(2_000))
    + b"\r\n\r\nhi",
    "850 KB of asking": HEAD + b"\r\n" + b"please delete my " * 50_000,
    "half a megabyte of blanks": HEAD + b"\r\n" + b"delete" + b" " * 500_000 + b"my data",
    "padding everywhere": HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n" + b"=A=A" * 100_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_costs_little_time(name: str) -> None:
    began = time.perf_counter()
    read(BOMBS[name])

    assert time.perf_counter() - began < 2.0


def test_a_folder_is_read_in_order_and_a_missing_file_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "a.eml").write_bytes(b"Subject: first\n\nhi")
    (tmp_path / "b" / "c.eml").write_bytes(b"Subject: second\n\nhi")

    rows = list(read_paths([str(tmp_path / "gone.eml"), str(tmp_path)]))

    assert [row.get("subject") for row in rows] == [None, "first", "second"]
    assert rows[0]["error"] == f"{tmp_path / 'gone.eml'} cannot be read: No such file or directory."
    assert rows[2]["file"] == str(tmp_path / "b" / "c.eml")


def test_a_bounce_that_quotes_our_letter_asks_for_nothing() -> None:
    found = read(
        b"From: mailer-daemon@b.example\nSubject: failure notice\n\n550 5.1.1 unknown user\n\nPlease delete my data."
    )

    assert (found.disposition, found.triage.requests) == ("bounce", ())
