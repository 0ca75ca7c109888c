from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.reading import read, read_paths

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
SEEDS = [path.read_bytes() for path in sorted((Path(__file__).parents[1] / "corpus" / "mail").glob("*.eml"))]


@st.composite
def mutations(draw: st.DrawFn) -> bytes:
    """A mail of the corpus with lines doubled, dropped, moved, cut, joined or filled with something else."""
    lines = draw(st.sampled_from(SEEDS)).splitlines(keepends=True)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(0, len(lines) - 1)))
        line = lines[at] if lines else b""
        inside = draw(st.integers(0, len(line)))
        other = draw(st.sampled_from(SEEDS)).splitlines(keepends=True)
        lines[at : at + 1] = draw(
            st.sampled_from([
                [], [line, line], [line[:inside]], [line[inside:], line[:inside]], [line.rstrip()], [line, *other[:20]],
                lines[: at + 1][::-1], [line[:inside], draw(PIECES), line[inside:]], [line.replace(b"=", b"==")],
            ])
        )  # fmt: skip
    return b"".join(lines)


MAILS = st.one_of(st.binary(max_size=400), st.lists(PIECES, max_size=60).map(b"".join), mutations())


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


def wrapped(times: int) -> bytes:
    inner = b"Content-Type: text/plain\r\n\r\ndeep"
    for _ in range(times):
        inner = b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(inner)
    return inner


TOO_LONG = "headers too long"
HUGE = b"Content-Disposition: attachment; filename=big.pdf; size=1000000000\r\nContent-Length: 1000000000\r\n"
BOMBS: dict[str, tuple[bytes, dict[str, object]]] = {
    "10,000 nested parts": (
        HEAD
        + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(10_000)),
        {"text": "", "defects": ["nested too deep"]},
    ),
    "10,000 nested mails": (
        HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 10_000,
        {"text": "", "forwarded": True},
    ),
    "twelve mails, each base64 in the next": (HEAD + wrapped(12), {"text": "deep", "forwarded": True}),
    "a declared gigabyte that is not there": (
        HEAD + b"Content-Type: application/pdf\r\n" + HUGE + b"Content-Transfer-Encoding: base64\r\n\r\naGk=\r\n",
        {"attachments": [{"name": "big.pdf", "type": "application/pdf", "size": 2}]},
    ),
    "30,000 parts": (
        HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nhi\r\n" * 30_000,
        {"text": "\n".join(["hi"] * 399), "defects": ["too many parts"]},
    ),
    "a boundary of one dash": (
        HEAD + b'Content-Type: multipart/mixed; boundary="-"\r\n\r\n' + b"-" * 1_000_000,
        {"defects": ["multipart without parts"]},
    ),
    "100,000 headers": (
        HEAD + b"".join(b"X-%d: y\r\n" % n for n in range(100_000)) + b"\r\nhi",
        {"text": "hi", "defects": [TOO_LONG, "too many headers"]},
    ),
    "14 KB of Content-Type": (HEAD + b"Content-Type: text/plain; " + b'a="' * 4_600 + b"\r\n\r\nhi", {"text": "hi"}),
    "2,000 parameters": (
        HEAD + b"Content-Type: text/plain; " + b"; ".join(b"n*%d*=%%41" % n for n in range(2_000)) + b"\r\n\r\nhi",
        {"text": "hi"},
    ),
    "390 KB of subject": (
        b"From: a@b.example\r\nSubject: " + b"=?utf-8?q?a_b?= " * 24_000 + b"\r\n\r\nhi",
        {"text": "hi", "defects": [TOO_LONG]},
    ),
    "a megabyte of encoded words that never end": (
        HEAD + b"To: " + b"=?utf-8?q?" * 100_000 + b"\r\n\r\nhi",
        {"text": "hi", "to": [], "defects": [TOO_LONG]},
    ),
    "200,000 brackets in To": (HEAD + b"To: " + b"(" * 200_000 + b"\r\n\r\nhi", {"text": "hi", "to": []}),
    "70,000 references": (
        HEAD + b"References: " + b"<m@b.example> " * 70_000 + b"\r\n\r\nhi",
        {"text": "hi", "references": ["<m@b.example>"], "defects": [TOO_LONG]},
    ),
    "100 KB of On": (HEAD + b"\r\n" + b"On " * 34_000, {"quoted": False}),
    "30,000 lines of On": (HEAD + b"\r\n" + b"On \n" * 30_000, {"forwarded": False}),
    "20,000 header-like lines": (HEAD + b"\r\n" + b"From: x\nfoo\n" * 20_000, {"forwarded": False}),
    "20,000 nested divs": (
        HTML + b"<div>" * 20_000 + b"hi" + b"</div>" * 20_000,
        {"text": "hi", "defects": ["HTML nested too deep"]},
    ),
    "20,000 unclosed bolds": (HTML + b"<b>" * 20_000 + b"hi", {"text": "hi", "defects": ["HTML nested too deep"]}),
    "a megabyte of brackets": (HTML + b"<" * 1_000_000, {"text": "<" * 1_000_000}),
    "850 KB of asking": (HEAD + b"\r\n" + b"please delete my data " * 40_000, {"disposition": "request"}),
    "half a megabyte of blanks": (HEAD + b"\r\n" + b"delete" + b" " * 500_000 + b"my data", {"requests": []}),
    "padding everywhere": (
        HEAD + b"Content-Transfer-Encoding: base64\r\n\r\n" + b"=A=A" * 100_000,
        {"attachments": [], "subject": "x"},
    ),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_read_as_far_as_is_sensible(name: str) -> None:
    raw, expected = BOMBS[name]

    found = read(raw).as_json("x")

    assert {key: found[key] for key in expected} == expected


def test_of_thousands_of_recipients_only_as_many_are_read_as_a_person_would_write_to() -> None:
    to = b", ".join(b"N %d <u%d@b.example>" % (n, n) for n in range(8_000))

    found = read(HEAD + b"To: " + to + b"\r\n\r\nhi").as_json("x")

    assert found["to"][:2] == [{"name": "N 0", "address": "u0@b.example"}, {"name": "N 1", "address": "u1@b.example"}]
    assert 100 < len(found["to"]) < 1_000


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
