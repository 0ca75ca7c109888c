"""Old archives are imported whole, each mail once, with the day on which it first reached one of our servers."""

from __future__ import annotations

import mailbox
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake import archives
from intake.archives import Found, Unread
from intake.importing import Brought, bring, read_kept, received_at
from intake.mime import Headers, content_hash, structure
from intake.receive import receive
from intake.settings import IntakeSettings
from store import queries
from store.office import Office
from store.rules.states import MailState
from store.settings import load
from tests.builders import letters
from tests.intake.peers import mails
from tests.mailing import ERASE, INBOX, mail

SETTINGS = load(IntakeSettings, {"intake": {"trusted_hosts": ["MX.shop.test"]}})
NOW = datetime(2027, 1, 12, 18, tzinfo=UTC)
OLD = datetime(2026, 11, 2, 10, tzinfo=UTC)
MOST = 25 * 1024 * 1024
FROM = b"From rosa@example.net Mon Nov  2 10:00:00 2026\n"


def found(*paths: Path | str, most: int = MOST) -> list[Found]:
    return [each for each in archives.mails(map(str, paths), most) if isinstance(each, Found)]


def unread(*paths: Path | str) -> list[Unread]:
    return [each for each in archives.mails(map(str, paths), MOST) if isinstance(each, Unread)]


def brought(office: Office, *paths: Path) -> list[Brought]:
    return list(bring(office, map(str, paths), SETTINGS))


def lf(raw: bytes) -> bytes:
    return raw.replace(b"\r\n", b"\n")


def received(*values: str, date: str = "") -> Headers:
    lines = [*(f"Received: {value}" for value in values), *([f"Date: {date}"] if date else []), "", ""]
    raw = "\n".join(lines).encode()
    return structure.headers(raw, 0, len(raw), structure.Opened())[0]


class TestWhatAPathHolds:
    def test_a_mail_is_a_mail_whatever_its_name(self, tmp_path: Path) -> None:
        (tmp_path / "letter.txt").write_bytes(mail())
        (only,) = found(tmp_path / "letter.txt")

        assert only.raw == (tmp_path / "letter.txt").read_bytes()
        assert only.size == len(only.raw)

    def test_an_mbox_is_one_whatever_its_name(self, tmp_path: Path) -> None:
        first, second = lf(mail()), lf(mail("Second\n>>From here\n"))
        (tmp_path / "Inbox").write_bytes(FROM + first + b"\n" + FROM + second + b"\n")

        assert [each.raw for each in found(tmp_path)] == [first, second.replace(b">>From", b">From")]
        assert {each.seen_at for each in found(tmp_path)} == {OLD}

    def test_what_pythons_mailbox_wrote_is_read_as_it_was(self, tmp_path: Path) -> None:
        written = [lf(mail(f"Number {number}\n\nFrom now on, delete my data.\n")) for number in range(7)]
        box = mailbox.mbox(tmp_path / "box")
        for raw in written:
            box.add(raw)
        box.close()

        assert [content_hash(each.raw) for each in found(tmp_path / "box")] == [content_hash(raw) for raw in written]

    def test_an_mbox_of_windows_and_of_thunderbird_is_told_apart_too(self, tmp_path: Path) -> None:
        dated, bare = FROM.replace(b"\n", b"\r\n"), b"From \r\n"
        (tmp_path / "box").write_bytes(dated + mail() + b"\r\n" + bare + mail() + b"\r\n" + b"From - \r\n" + mail())

        assert len(found(tmp_path / "box")) == 3

    def test_prose_that_begins_with_from_parts_no_mail(self, tmp_path: Path) -> None:
        prose = "From now on:\n\nFrom Rosa, Jan 5 2026 at 10:30 or so\nI wrote to you. \nFrom Monday\nSubject: x\n"
        (tmp_path / "box").write_bytes(FROM + lf(mail(prose)))

        assert len(found(tmp_path / "box")) == 1

    def test_a_declared_length_hides_no_mail(self, tmp_path: Path) -> None:
        sly = lf(mail(Content_Length="100000"))
        (tmp_path / "box").write_bytes(FROM + sly + b"\n" + FROM + lf(mail()))

        assert len(found(tmp_path / "box")) == 2

    @pytest.mark.parametrize("padding", range(0, 90, 3))
    def test_a_mail_is_found_wherever_the_blocks_of_reading_end(
        self, tmp_path: Path, padding: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(archives, "_BLOCK", 2_048)
        line = b"From \n" if padding % 2 else FROM
        text = "x" * 60 + "\n"
        (tmp_path / "box").write_bytes(
            b"".join(line + lf(mail(text * (20 + number) + "y" * padding)) + b"\n" for number in range(12))
        )

        assert len(found(tmp_path / "box")) == 12
        assert sum(each.size for each in found(tmp_path / "box")) == (tmp_path / "box").stat().st_size

    def test_a_maildir_gives_what_is_new_and_what_is_read_but_nothing_unfinished(self, tmp_path: Path) -> None:
        box = mailbox.Maildir(tmp_path / "box")
        box.add(mail())
        read = mailbox.MaildirMessage(mail())
        read.set_subdir("cur")
        box.add(read)
        box.add_folder("Sent").add(mail())
        (tmp_path / "box" / "tmp" / "half").write_bytes(mail())
        (tmp_path / "box" / "dovecot-uidlist").write_text("3 V1")
        (tmp_path / "box" / "cur" / "broken:2,S").write_bytes(b"Neither header nor anything.")

        assert len(found(tmp_path)) == 4
        assert unread(tmp_path) == []

    def test_a_folder_gives_everything_below_it(self, tmp_path: Path) -> None:
        (tmp_path / "a" / "b").mkdir(parents=True)
        (tmp_path / "a" / "one.eml").write_bytes(mail())
        (tmp_path / "a" / "b" / "box").write_bytes(FROM + lf(mail()) + FROM + lf(mail()))
        (tmp_path / "a" / "empty").write_bytes(b"")
        (tmp_path / "a" / ".hidden").write_bytes(b"no mail")
        (tmp_path / "a" / "circle").symlink_to(tmp_path / "a")

        assert len(found(tmp_path)) == 3
        assert unread(tmp_path) == []
        assert archives.total([str(tmp_path), "-"]) >= sum(each.size for each in found(tmp_path))

    def test_what_is_no_mail_fails_where_it_was_named_and_is_only_told_in_a_folder(self, tmp_path: Path) -> None:
        (tmp_path / "notes.txt").write_text("Dear diary: nothing.\n")
        (named,), (below,) = unread(tmp_path / "notes.txt"), unread(tmp_path)

        assert (named.failed, below.failed) == (True, False)
        assert "neither a mail nor an mbox" in named.told

    def test_a_path_that_is_not_there_is_a_sentence_and_the_rest_goes_on(self, tmp_path: Path) -> None:
        (tmp_path / "one.eml").write_bytes(mail())
        (missing,) = unread(tmp_path / "nowhere", tmp_path / "one.eml")

        assert missing.told.endswith("nowhere cannot be read: No such file or directory.")
        assert len(found(tmp_path / "nowhere", tmp_path / "one.eml")) == 1
        assert archives.total([str(tmp_path / "nowhere")]) == 0

    def test_a_folder_that_may_not_be_read_is_told(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuses(_: Path) -> Iterator[Path]:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "iterdir", refuses)

        assert [each.told for each in unread(tmp_path)] == [f"{tmp_path} cannot be read: Permission denied."]

    def test_of_a_mail_that_is_too_large_the_header_is_kept_and_the_next_one_read(self, tmp_path: Path) -> None:
        large = lf(mail("x" * 70 + "\n")) + b"A line.\n" * 20_000
        (tmp_path / "box").write_bytes(FROM + large + b"\n" + FROM + lf(mail()))
        first, second = found(tmp_path / "box", most=65_536)

        assert first.lacking.startswith("It is too large (0.2 MB)")
        assert first.raw.startswith(b"From: ")
        assert b"A line" not in first.raw
        assert second.lacking == ""

    @pytest.mark.parametrize(("given", "many"), [(mail(), 1), (FROM + lf(mail()) + FROM + lf(mail()), 2)])
    def test_standard_input_is_a_mail_or_an_mbox(
        self, given: bytes, many: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(given)))

        assert len(found("-")) == many

    @pytest.mark.parametrize(("most", "words"), [(1_000_000, "neither a mail"), (2, "more than")])
    def test_standard_input_that_is_neither_is_told(
        self, most: int, words: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(b"hello")))
        monkeypatch.setattr(archives, "MOST_PIPED", most)
        (told,) = unread("-")

        assert told.failed
        assert words in told.told

    def test_a_pipe_is_read_like_standard_input(self) -> None:
        reading, writing = os.pipe()
        os.write(writing, mail())
        os.close(writing)

        assert len(found(f"/dev/fd/{reading}")) == 1
        os.close(reading)


class TestTheDayOfReceipt:
    def test_it_is_when_our_outermost_server_took_the_mail(self) -> None:
        fields = received(
            "from mx.shop.test by box.shop.test (LMTP); Mon, 2 Nov 2026 10:00:09 +0000",
            "from mx.shop.test by mx.shop.test (filter); Mon, 2 Nov 2026 10:00:05 +0000",
            "from client.example.net (helo (by x)) by MX.shop.test with ESMTPS;\n Mon, 2 Nov 2026 02:00:00 -0800",
            "from old by client.example.net; Thu, 1 Jan 2026 00:00:00 +0000",
        )

        assert received_at(fields, {"mx.shop.test", "box.shop.test"}, None, NOW) == OLD

    def test_a_forged_field_below_ours_moves_nothing(self) -> None:
        fields = received(
            "from client.example.net by mx.shop.test; Mon, 2 Nov 2026 10:00:00 +0000",
            "from x by mx.shop.test; Thu, 1 Jan 2026 00:00:00 +0000",
            date="Thu, 1 Jan 2026 00:00:00 +0000",
        )

        assert received_at(fields, {"mx.shop.test"}, None, NOW) == OLD

    def test_without_a_trusted_server_the_nearest_one_tells(self) -> None:
        fields = received(
            "by box.example; Mon, 2 Nov 2026 10:00:00 +0000",
            "from x by mx.shop.test; Thu, 1 Jan 2026 00:00:00 +0000",
        )

        assert received_at(fields, {"mx.shop.test"}, None, NOW) == OLD
        assert received_at(fields, set(), None, NOW) == OLD

    def test_without_any_server_the_senders_date_and_then_the_archive_tell(self) -> None:
        archived = OLD + timedelta(days=3)

        assert received_at(received(date="Mon, 2 Nov 2026 02:00:00 -0800"), set(), archived, NOW) == OLD
        assert received_at(received("by x; yesterday", date="soon"), set(), archived, NOW) == archived
        assert received_at(received(), set(), None, NOW) == NOW

    @pytest.mark.parametrize("moment", ["Fri, 1 Jan 2038 00:00:00 +0000", "Thu, 1 Jan 1970 00:00:00 +0000"])
    def test_a_clock_that_was_not_set_is_not_believed(self, moment: str) -> None:
        fields = received(f"by mx.shop.test; {moment}", date="Mon, 2 Nov 2026 10:00:00 +0000")

        assert received_at(fields, {"mx.shop.test"}, None, NOW) == OLD

    def test_it_is_never_in_the_future(self) -> None:
        fields = received(f"by mx.shop.test; {NOW + timedelta(hours=3):%a, %d %b %Y %H:%M:%S +0000}")

        assert received_at(fields, {"mx.shop.test"}, None, NOW) == NOW

    @given(
        st.lists(st.text(max_size=120), max_size=5),
        st.text(max_size=60),
        st.none() | st.datetimes(timezones=st.just(UTC)),
    )
    def test_whatever_the_fields_say_there_is_a_day(
        self, values: list[str], date: str, seen_at: datetime | None
    ) -> None:
        fields = Headers(
            {
                "received": tuple(value.encode("utf-8", "replace") for value in values),
                "date": (date.encode("utf-8", "replace"),),
            }
        )
        moment = received_at(fields, {"x"}, seen_at, NOW)

        assert moment <= NOW
        assert moment.utcoffset() == timedelta(0)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An empty folder, beside the database."""
    folder = tmp_path / "archive"
    folder.mkdir()
    return folder


class TestKeeping:
    def test_an_archive_is_kept_once_however_often_it_is_imported(self, any_office: Office, archive: Path) -> None:
        (archive / "box").write_bytes(b"".join(FROM + lf(mail()) + b"\n" for _ in range(450)))
        first, again = brought(any_office, archive), brought(any_office, archive)

        assert [each.known for each in first] == [False] * 450
        assert [each.known for each in again] == [True] * 450
        assert sum(each.size for each in first) == (archive / "box").stat().st_size

    def test_what_came_by_another_road_is_known(self, office: Office, archive: Path) -> None:
        raw = mail()
        receive(office, raw, road="smtp", sender="", recipients=(INBOX,), received_at=office.clock())
        (archive / "box").write_bytes(FROM + b"Received: by mx.shop.test; Mon, 2 Nov 2026 10:00:00 +0000\n" + lf(raw))

        assert [each.known for each in brought(office, archive)] == [True]

    def test_an_old_request_is_a_case_with_its_true_dates_and_is_acknowledged(
        self, any_office: Office, archive: Path
    ) -> None:
        hop = b"Received: from x by mx.shop.test; Mon, 2 Nov 2026 10:00:00 +0000\n"
        (archive / "one.eml").write_bytes(hop + lf(mail(ERASE)))
        brought(any_office, archive)
        read = list(read_kept(any_office, SETTINGS))
        case = queries.case(any_office, "PR-1001")

        assert [each.id for each in mails(any_office)] == read
        assert case.received_at == OLD
        assert case.due is not None
        assert case.due < any_office.today()
        assert "on November 2, 2026" in " ".join(letters(any_office, "PR-1001")[0].get_content().split())

    def test_half_a_mail_waits_for_a_person(self, office: Office, archive: Path) -> None:
        tight = load(IntakeSettings, {"intake": {"most_bytes": 65_536}})
        (archive / "one.eml").write_bytes(mail() + b"A line.\r\n" * 20_000)
        list(bring(office, [str(archive)], tight))
        list(read_kept(office, tight))
        (held,) = mails(office)

        assert (held.state, held.road) == (MailState.HELD, "import")
        assert "where it was imported from" in held.reason

    def test_what_gives_no_mail_is_told_among_the_others(self, office: Office, archive: Path) -> None:
        (archive / "one.eml").write_bytes(mail())
        outcome = brought(office, archive / "nowhere", archive)

        assert sorted(bool(each.told) for each in outcome) == [False, True]
        assert [each.failed for each in outcome if each.told] == [True]
