# ruff: noqa: RUF001 - letters of other scripts are the very matter here

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta, timezone

import pytest

from intake import mime
from intake.mime import Address, content_hash, parse
from intake.mime.charsets import to_text
from intake.mime.dates import read as read_date
from intake.mime.transfer import undo
from intake.mime.words import text as words

LETTER = (
    b"From: Rosa Quill <rosa@quill.example>\r\nTo: privacy@harbour.example\r\nSubject: My data\r\n"
    b"Date: Tue, 3 Nov 2026 09:15:00 -0800\r\nMessage-ID: <m1@quill.example>\r\n\r\nPlease delete my data.\r\n"
)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (b"=?utf-8?q?caf=C3=A9?=", "café"),
        (b"=?utf-8?Q?caf=C3?= =?utf-8?Q?=A9?=", "café"),
        (b"=?UTF-8*fr?q?caf=C3=A9?= now", "café now"),
        (b"=?iso-8859-1?b?Y2Fm6Q=?=", "café"),
        (b"=?utf-8?q?no_end", "no end"),
        (b"=?utf-8?x?what?=", "=?utf-8?x?what?="),
        (b"=?no-such-charset?q?plain?=", "plain"),
        (b"caf\xc3\xa9 raw", "café raw"),
        (b"caf\xe9 raw", "café raw"),
        (b"folded\r\n\tover\r\n two", "folded over two"),
        (b"=?utf-8?Q?a?==?utf-8?Q?b?=", "ab"),
        (b"a=?utf-8?q?b?=c", "abc"),
        (b"=?utf-8?Q?with blanks?=", "with blanks"),
        (b"=?us-ascii?Q?=E9?=", "é"),
        (b"=?iso-2022-jp?B?GyRCJUYlOSVIGyhC?=", "テスト"),
        (b"=?koi8-r?B?8NLJ18XU?=\r\n =?koi8-r?B?8NLJ18XU?=", "ПриветПривет"),
        (b"=?utf-8?q??=", ""),
        (b"a\0b", "ab"),
    ],
)
def test_a_subject_is_read_in_every_shape_programs_write_it(written: bytes, read: str) -> None:
    assert words(written) == read


@pytest.mark.parametrize(
    ("field", "sender"),
    [
        (b"rosa@quill.example", Address("", "rosa@quill.example")),
        (b"rosa@quill.example (Rosa Quill)", Address("Rosa Quill", "rosa@quill.example")),
        (b'"Quill, Rosa" <rosa@quill.example>', Address("Quill, Rosa", "rosa@quill.example")),
        (b"Rosa <@relay.example:rosa@quill.example>", Address("Rosa", "rosa@quill.example")),
        (b"Friends: Rosa <rosa@quill.example>, Ivo <ivo@brandt.example>;", Address("Rosa", "rosa@quill.example")),
        (b'"Rosa <rosa@quill.example>', Address("Rosa", "rosa@quill.example")),
        (b"<<rosa@quill.example>>", Address("", "rosa@quill.example")),
        (b"Rosa Quill [rosa@quill.example]", Address("Rosa Quill", "rosa@quill.example")),
        (b"Rosa Quill rosa@quill.example", Address("Rosa Quill", "rosa@quill.example")),
        (b"<rosa@quill.example> Rosa", Address("Rosa", "rosa@quill.example")),
        (b"Rosa <rosa@quill.example", Address("Rosa", "rosa@quill.example")),
        (b"mailto:rosa@quill.example", Address("", "rosa@quill.example")),
        (b"=?utf-8?q?Rosa_=3Crosa=40quill.example=3E?=", Address("Rosa", "rosa@quill.example")),
        (b'"Quill, \\"R\\"" <rosa@quill.example>', Address('Quill, "R"', "rosa@quill.example")),
        (b"rosa@xn--prk-qla.example", Address("", "rosa@xn--prk-qla.example")),
        (b"rosa@[192.0.2.1]", Address("", "rosa@[192.0.2.1]")),
        ("Zoë <zoë@pärk.example>".encode(), Address("Zoë", "zoë@pärk.example")),
    ],
)
def test_the_sender_is_found_however_the_field_is_written(field: bytes, sender: Address) -> None:
    assert parse(b"From: " + field + b"\r\n\r\nhi").sender == sender


def test_undisclosed_recipients_are_nobody() -> None:
    assert parse(b"From: a@b.example\r\nTo: undisclosed-recipients:;\r\n\r\nhi").to == ()


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("Tue, 3 Nov 2026 09:15:00 -0800", datetime(2026, 11, 3, 9, 15, tzinfo=timezone(timedelta(hours=-8)))),
        ("3 Nov 26 09:15 GMT", datetime(2026, 11, 3, 9, 15, tzinfo=UTC)),
        ("2026-11-03T09:15:00Z", datetime(2026, 11, 3, 9, 15, tzinfo=UTC)),
        ("2026-11-03 09:15:00 +0000", datetime(2026, 11, 3, 9, 15, tzinfo=UTC)),
        ("2026/11/03 09:15:00", datetime(2026, 11, 3, 9, 15, tzinfo=UTC)),
        ("Tue, (c) 3 (d) Nov 2026 09:15:00 +0000 (UTC)", datetime(2026, 11, 3, 9, 15, tzinfo=UTC)),
        ("Tue, 3 Nov 2026 9:15 PM -0800", datetime(2026, 11, 3, 21, 15, tzinfo=timezone(timedelta(hours=-8)))),
        ("Tue, 3 Nov 2026 09:15:00 GMT-08:00", datetime(2026, 11, 3, 9, 15, tzinfo=timezone(timedelta(hours=-8)))),
        ("Tue Nov  3 09:15:00 2026", datetime(2026, 11, 3, 9, 15, tzinfo=UTC)),
        ("mar., 3 nov. 2026 09:15:00 +0000", datetime(2026, 11, 3, 9, 15, tzinfo=UTC)),
        ("3 ноября 2026 г., 09:15", datetime(2026, 11, 3, 9, 15, tzinfo=UTC)),
        ("November 3, 2026", datetime(2026, 11, 3, tzinfo=UTC)),
        ("Tue, 3 Nov 126 09:15:00 +0000", None),
        ("Tue, 3 Nov 2026 09:15:00 +9999", None),
        ("yesterday, I think", None),
        ("Tue, 99 Foo 2026 99:99", None),
        ("", None),
    ],
)
def test_a_date_is_read_in_any_shape_or_not_at_all(written: str, moment: datetime | None) -> None:
    assert read_date(written) == moment


@pytest.mark.parametrize(
    ("data", "label", "text"),
    [
        ("löschen".encode(), "", "löschen"),
        ("löschen".encode(), "iso-8859-1", "löschen"),
        ("löschen".encode("latin-1"), "utf-8", "löschen"),
        ("данные".encode("koi8-r"), "koi8-r", "данные"),
        ("данные".encode("cp1251"), "win-1251", "данные"),
        ("削除".encode("iso2022_jp"), "", "削除"),
        ("刪除".encode(), "big5", "刪除"),
        ("删除镕".encode("gbk"), "gb2312", "删除镕"),
        (b"plain", "no-such-charset", "plain"),
        (b"nul\0byte", "us-ascii", "nulbyte"),
    ],
)
def test_text_is_decoded_as_it_was_meant(data: bytes, label: str, text: str) -> None:
    assert to_text(data, label)[0] == text


@pytest.mark.parametrize("label", ["base64", "rot13", "undefined", "idna", "unicode_escape"])
def test_codecs_that_are_no_charsets_are_not_used(label: str) -> None:
    assert to_text("größer".encode(), label)[0] == "größer"


@pytest.mark.parametrize(
    ("encoding", "data"),
    [
        ("base64", b"aGVsbG8gd29ybGQ"),
        ("base64", b"aGVs\r\nbG8g!\r\nd29ybGQ="),
        ("base64", b"aGVsbG8=\r\nIHdvcmxk"),
        ('"base64";', b"aGVsbG8gd29ybGQ="),
        ("quoted-printable", b"hello=  \r\n world"),
        ("x-uuencode", b"begin 644 a\n+:&5L;&\\@=V]R;&0\n`\nend\n"),
        ("7-bit", b"hello world"),
        ("base64", b"hello world"),
    ],
)
def test_a_transfer_encoding_is_undone_even_when_it_is_broken(encoding: str, data: bytes) -> None:
    assert undo(data, encoding) == b"hello world"


@pytest.mark.parametrize(
    ("field", "name"),
    [
        (b"attachment; filename=a b.pdf", "a b.pdf"),
        (b"attachment; filename*=utf-8''caf%C3%A9.pdf; filename=x.pdf", "café.pdf"),
        (b"attachment; filename*0*=utf-8''caf%C3; filename*1*=%A9.pdf", "café.pdf"),
        (b"attachment; filename*1=cd.pdf; filename*0=ab", "abcd.pdf"),
        (b"attachment; filename*0*=utf-8''a%20; filename*1=\"b c\"; filename*2*=%20d.pdf", "a b c d.pdf"),
        (b'attachment; filename="=?utf-8?q?caf=C3=A9.pdf?="', "café.pdf"),
        (b'attachment; filename="a;b.pdf"', "a;b.pdf"),
        (b'attachment; filename="a\\"b.pdf"', 'a"b.pdf'),
        (b'attachment; filename="caf\xe9.pdf"', "café.pdf"),
        (b"attachment; filename*=''a.pdf", "a.pdf"),
        (b"attachment; filename='a.pdf'", "a.pdf"),
        (b"attachment; filename=", ""),
    ],
)
def test_an_attachment_s_name_is_read_in_every_shape_programs_write_it(field: bytes, name: str) -> None:
    mail = parse(
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Disposition: " + field + b"\nContent-Type: "
        b"application/pdf\n\nx\n--b--"
    )

    assert [each.name for each in mail.attachments] == [name]


def test_a_winmail_that_cannot_be_opened_stays_one_attachment() -> None:
    mail = parse(b"From: a@b.example\r\nContent-Type: application/ms-tnef; name=winmail.dat\r\n\r\nnot tnef")

    assert [each.name for each in mail.attachments] == ["winmail.dat"]


def test_an_attached_mail_is_one_attachment() -> None:
    mail = parse(
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\nSubject: x\n\nhi\n--b--"
    )

    assert [(each.content_type, each.content) for each in mail.attachments] == [("message/rfc822", b"Subject: x\n\nhi")]


def test_a_boundary_that_begins_like_another_is_not_mixed_up_with_it() -> None:
    inner = b"--ab\nContent-Type: text/plain\n\ninner\n--ab--\n"
    mail = parse(
        b"Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/mixed; boundary=ab\n\n"
        + inner
        + b"--a--"
    )

    assert [part.content for part in mail.root.walk() if not part.children] == [b"inner"]


def test_the_same_mail_by_another_road_has_the_same_hash() -> None:
    by_smtp = b"Received: from a by b\r\nX-Spam-Score: 1\r\nDKIM-Signature: v=1; b=x\r\n" + LETTER
    by_mbox = b"From rosa@quill.example Tue Nov  3 09:15:00 2026\nReturn-Path: <rosa@quill.example>\n" + LETTER.replace(
        b"\r\n", b"\n"
    )

    assert content_hash(LETTER) == content_hash(by_smtp) == content_hash(by_mbox)


def test_a_stolen_message_id_does_not_make_two_mails_one() -> None:
    assert content_hash(LETTER) != content_hash(LETTER.replace(b"delete", b"keep"))


def test_mails_without_a_message_id_are_told_apart_and_known_again() -> None:
    nameless = LETTER.replace(b"Message-ID: <m1@quill.example>\r\n", b"")

    assert content_hash(nameless) == content_hash(b"Received: by c\r\n" + nameless)
    assert content_hash(nameless) != content_hash(nameless.replace(b"09:15:00", b"09:16:00"))


def test_a_mail_is_parsed_without_copies_of_a_big_attachment() -> None:
    import tracemalloc

    raw = b"Content-Type: application/pdf; name=big.pdf\nContent-Transfer-Encoding: base64\n\n" + base64.encodebytes(
        bytes(6_000_000)
    )
    tracemalloc.start()
    mail = mime.parse(raw)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert mail.attachments[0].size == 6_000_000
    assert peak < 4 * len(raw)
