"""By what a mail is known again, when it carries nothing of its own to be known by."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from intake.mime import content_hash
from intake.receive import receive
from store.office import Office
from tests.builders import MORNING
from tests.mailing import INBOX, ROSA

BARE = f"From: {ROSA}\r\nTo: {INBOX}\r\nSubject: My data\r\n\r\nPlease delete my account.\r\n".encode()
DATED = b"Date: Tue, 12 Jan 2027 09:00:00 -0800\r\n" + BARE
NAMED = b"Message-ID: <one@mail.example.net>\r\n" + BARE


@pytest.mark.parametrize(("raw", "again"), [(BARE, False), (b"Date: \r\n" + BARE, False), (DATED, True), (NAMED, True)])
def test_the_same_words_a_year_later_are_another_mail_unless_its_date_or_its_name_is_the_same(
    office: Office,
    raw: bytes,
    again: bool,  # noqa: FBT001 - a column of the table
) -> None:
    days = [MORNING, MORNING + timedelta(hours=5), MORNING + timedelta(days=365)]
    kept = [
        receive(office, raw, road="smtp", sender=ROSA, recipients=(INBOX,), received_at=each).known for each in days
    ]

    assert kept == [False, True, again]


def test_the_hash_itself_asks_no_clock() -> None:
    assert content_hash(BARE) == content_hash(BARE)
    assert content_hash(DATED) == content_hash(DATED, date(2027, 1, 12))
    assert content_hash(BARE) != content_hash(BARE, date(2027, 1, 12))
