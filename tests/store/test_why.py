"""Why this date: the base day, the rule, the holidays, the extension, the change of law, told from the record."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.why import basis, heading, sentences
from store import desk, queries
from store.errors import NoSuchCase
from store.office import Office
from store.reports import why_report
from store.rules.kinds import Kind
from store.rules.outcomes import Outcome
from store.settings import Business, load
from store.why import Change, Why
from tests.builders import STAFF1, StillClock, arrive

SECTION = "Cal. Code Regs. tit. 11, § 7026(f)"
LEFT_OUT = "weekends are left out, and the holidays Thu 26 Nov 2026 and Fri 27 Nov 2026"
STRICTLY = "Read most strictly, every day is one, and the answer is due"


def told(why: Why, today: date) -> list[str]:
    return [line for reason in why.requests for line in (heading(reason, today), *sentences(reason, why.zone))]


def test_an_opt_out_is_explained_with_its_holidays_section_7026_f(office: Office, clock: StillClock) -> None:
    clock.move_to(datetime(2026, 11, 13, 19, 0, tzinfo=UTC))
    why = queries.why(office, arrive(office, [Kind.OPT_OUT]).ref)

    assert "The mail reached the inbox Fri 13 Nov 2026, 11:00 PST; days are those of America/Los_Angeles" in basis(why)
    assert told(why, office.today()) == [
        "opt-out of sale: due Tue 8 Dec 2026, 25 days left",
        "Day 0 is the day of receipt, Fri 13 Nov 2026.",
        f"To answer it: 15 business days from receipt, Tue 8 Dec 2026 ({SECTION}); {LEFT_OUT}.",
        f"The law does not say what a business day is. {STRICTLY} Sat 28 Nov 2026.",
    ]


def test_an_extension_a_change_of_kind_and_a_change_of_law_are_told(any_office: Office) -> None:
    clock = any_office.clock
    assert isinstance(clock, StillClock)
    ref = arrive(any_office, [Kind.CORRECT]).ref
    desk.claim(any_office, ref, STAFF1)
    request = queries.case(any_office, ref).requests[0].id
    desk.reclassify(any_office, ref, request, Kind.DELETE, STAFF1)
    clock.advance(timedelta(days=20))
    desk.extend(any_office, ref, request, "Old tapes.", STAFF1)
    clock.advance(timedelta(days=1))
    desk.change_law(any_office, ref, "us-va", STAFF1)
    why = queries.why(any_office, ref)
    (reason,) = why.requests

    assert why.law == "us-va"
    assert reason.due == date(2027, 1, 12) + timedelta(days=90)
    assert reason.counted is not None
    assert reason.counted.count == 90
    assert reason.extended is not None
    assert reason.extended.until == reason.due
    assert [(change.what, change.was, change.now) for change in reason.changes] == [
        ("kind", "correct", "delete"),
        ("law", "us-ca", "us-va"),
    ]
    lines = "\n".join(told(why, any_office.today()))
    assert "It was extended once, on Mon 1 Feb 2027, 10:00 PST, to Mon 12 Apr 2027." in lines
    assert "It was made a request to “delete” on Tue 12 Jan 2027, 10:00 PST, from “correct”" in lines
    assert "The law was changed on Tue 2 Feb 2027, 10:00 PST to Virginia’s VCDPA" in lines
    assert "under California’s CCPA it was due Mon 12 Apr 2027." in lines


def test_a_change_that_took_the_extension_away_says_none(office: Office) -> None:
    case = arrive(office)
    desk.claim(office, case.ref, STAFF1)
    desk.extend(office, case.ref, case.requests[0].id, "Old tapes.", STAFF1)
    desk.reclassify(office, case.ref, case.requests[0].id, Kind.OPT_OUT, STAFF1)

    assert queries.why(office, case.ref).requests[0].extended is None


def test_each_request_is_told_of_its_own_changes_alone(office: Office) -> None:
    case = arrive(office, [Kind.OPT_OUT, Kind.DELETE])
    desk.claim(office, case.ref, STAFF1)
    desk.reclassify(office, case.ref, case.requests[0].id, Kind.LIMIT, STAFF1)
    first, second = queries.why(office, case.ref).requests

    assert [change.now for change in first.changes] == ["limit"]
    assert second.changes == ()


def test_a_date_of_our_own_says_so_and_a_due_sunday_names_its_friday(office: Office, clock: StillClock) -> None:
    clock.move_to(datetime(2027, 1, 14, 19, 0, tzinfo=UTC))
    why = queries.why(office, arrive(office, [Kind.APPEAL]).ref)
    lines = told(why, office.today())

    assert lines[0].endswith("due Sun 28 Feb 2027, 45 days left")
    assert "This law sets no time for an answer to it: the date is our own." in lines
    assert "The due day is no working day, and is not moved: the last one before it is Fri 26 Feb 2027." in lines


def test_a_settled_request_is_still_explained(office: Office) -> None:
    case = arrive(office)
    desk.claim(office, case.ref, STAFF1)
    desk.resolve(office, case.ref, case.requests[0].id, Outcome.WITHDRAWN, STAFF1)

    assert told(queries.why(office, case.ref), office.today())[0].endswith("due Fri 26 Feb 2027, settled")


def test_one_holiday_is_one_holiday(office: Office, clock: StillClock) -> None:
    clock.move_to(datetime(2027, 1, 12, 19, 0, tzinfo=UTC))
    lines = told(queries.why(office, arrive(office, [Kind.LIMIT]).ref), office.today())

    assert "and the holiday Mon 18 Jan 2027." in lines[2]


def test_a_business_has_holidays_of_its_own(office: Office, clock: StillClock) -> None:
    clock.move_to(datetime(2027, 1, 12, 19, 0, tzinfo=UTC))
    own = load(Business, {"business": {"extra_holidays": ["2027-01-20"]}})
    closed = replace(office, business=own)
    why = queries.why(closed, arrive(closed, [Kind.OPT_OUT]).ref)

    assert why.requests[0].due == date(2027, 2, 4)
    assert date(2027, 1, 20) in why.requests[0].clocks[0].skipped


def test_the_reasons_are_plain_data_too(office: Office) -> None:
    report = json.loads(json.dumps(why_report(queries.why(office, arrive(office).ref))))

    assert report["law"] == "us-ca"
    assert report["requests"][0]["clocks"][1]["due"] == "2027-02-26"
    assert report["requests"][0]["changes"] == []


def test_a_case_that_is_not_there_has_no_reasons(office: Office) -> None:
    with pytest.raises(NoSuchCase):
        queries.why(office, "PR-4711")


def test_a_law_changed_before_dates_were_written_down_is_told_without_them() -> None:
    from bot.why import _change

    change = Change(datetime(2027, 1, 12, 18, tzinfo=UTC), "law", "us-ca", "us-va")

    assert _change(change, "America/Los_Angeles").endswith("computed anew from receipt.")
