"""The laws beside California's, as section 5 of the law's digest has them: one row a law, named by its section."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from store.calendars import holidays_of
from store.packs import law, laws
from store.rules.deadlines import Clock, Unit, clocks
from store.rules.kinds import Kind
from store.rules.outcomes import bases_for
from store.rules.rows import Point
from store.rules.terms import Level, Measure, Outcome
from store.rules.verification import refusal, required

if TYPE_CHECKING:
    from store.rules.pack import Pack

RECEIVED = date(2026, 1, 5)
RIGHTS = (Kind.KNOW_SPECIFIC, Kind.KNOW_CATEGORIES, Kind.DELETE, Kind.CORRECT, Kind.OPT_OUT)
NOT_READ_UP = (Kind.LIMIT, Kind.ADMT_ACCESS, Kind.ADMT_OPT_OUT)


SECTION_5 = """
us-va | Va. Code § 59.1-575 ff. | 45 | 90 | 60 | none | -
us-co | C.R.S. § 6-1-1301 ff.; 4 CCR 904-3 | 45 | 90 | 45+60? | reasonable | 4 CCR 904-3, Rule 4.08
us-ct | Conn. Gen. Stat. § 42-515 ff. | 45 | 90 | 60 | forbidden | Conn. Gen. Stat. § 42-518(c)(4)
us-ut | Utah Code § 13-61 | 45 | 90 | - | none | -
us-tx | Tex. Bus. & Com. Code § 541 | 45 | 90 | 60 | none | -
us-or | ORS 646A.570 ff. | 45 | 90 | 45 | forbidden | ORS 646A.576(5)(e)
us-mt | MCA § 30-14-2801 ff. | 45 | 90? | 60 | forbidden | MCA § 30-14-2808(4)(d)
us-fl | Fla. Stat. § 501.701 ff. | 45 | 60 | 60? | none | -
us-de | 6 Del. C. § 12D | 45 | 90 | 60 | forbidden | 6 Del. C. § 12D-104(c)(4)
us-ia | Iowa Code § 715D | 90 | 135 | 60? | none | -
us-ne | Neb. Rev. Stat. § 87-1101 ff. | 45 | 90 | 60? | none | -
us-nh | RSA 507-H | 45 | 90 | 60? | forbidden | RSA 507-H:4, III(d)
us-nj | N.J.S.A. 56:8-166.4 ff. | 45 | 90 | 45? | forbidden | N.J.S.A. 56:8-166.7(e)
us-tn | Tenn. Code § 47-18-3201 ff. | 45 | 90 | 60? | none | -
us-mn | Minn. Stat. § 325M | 45 | 90 | 45+60? | forbidden | Minn. Stat. § 325M.14(4)(h)
us-md | Md. Code, Com. Law § 14-4701 ff. | 45 | 90 | 60? | forbidden | Md. Code, Com. Law § 14-4705(e)(6)
us-in | Ind. Code § 24-15 | 45 | 90 | 60? | none | -
us-ky | KRS 367.3611 ff. | 45 | 90 | 60 | none | -
us-ri | R.I. Gen. Laws § 6-48.1 | 45 | 90 | 60? | forbidden | R.I. Gen. Laws § 6-48.1-6(b)(4)
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: law, section, days to respond, days with the extension, days for an appeal, how opt-outs are
    verified, and by which section. A question mark: not confirmed. A hyphen: the law has none.
    """

    law: str
    section: str
    respond: str
    extended: str
    appeal: str
    opt_out: str
    opt_out_section: str

    @property
    def extension(self) -> tuple[int, Unit, str, bool]:
        """The extended clock."""
        return int(self.extended.rstrip("?")), Unit.DAYS, self.section, not self.extended.endswith("?")

    @property
    def appeals(self) -> list[tuple[int, Unit, str, bool]]:
        """The clock of an appeal, and the longer one where there is one, both from its receipt."""
        counts = [int(count) for count in self.appeal.strip("-?").split("+") if count]
        sure = not self.appeal.endswith("?")
        return [(sum(counts[: place + 1]), Unit.DAYS, self.section, sure) for place in range(len(counts))]


TABLE = [Row(*line.split(" | ")) for line in SECTION_5.strip().splitlines()]
EUROPE = [("eu-gdpr", "GDPR"), ("uk-gdpr", "UK GDPR")]
EACH_STATE = pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.law}: {row.section}")
EACH_OF_EUROPE = pytest.mark.parametrize(("name", "section"), EUROPE, ids=["GDPR Art. 12", "UK GDPR Art. 12"])
EACH = pytest.mark.parametrize("name", laws())


def limit(pack: Pack, kind: Kind, clock: Clock) -> tuple[int, Unit, str, bool] | None:
    found = (due for due in clocks(pack, kind, RECEIVED, ()) if due.clock is clock)
    return next(((due.count, due.unit, due.citation, due.confirmed) for due in found), None)


def test_every_law_of_the_table_is_here() -> None:
    assert set(laws()) == {"us-ca", *(row.law for row in TABLE), *(name for name, _ in EUROPE)}


@EACH_STATE
def test_a_request_is_answered_in_time(row: Row) -> None:
    for kind in RIGHTS:
        assert limit(law(row.law), kind, Clock.RESPOND) == (int(row.respond), Unit.DAYS, row.section, True)


@EACH_STATE
def test_an_extension_is_counted_from_receipt(row: Row) -> None:
    for kind in RIGHTS:
        assert limit(law(row.law), kind, Clock.EXTENDED) == row.extension


@EACH_STATE
def test_an_appeal_is_decided_in_time_where_the_law_gives_one(row: Row) -> None:
    pack = law(row.law)
    clocks_of_it = [limit(pack, Kind.APPEAL, clock) for clock in (Clock.APPEAL, Clock.EXTENDED)]

    assert [clock for clock in clocks_of_it if clock] == row.appeals
    assert (pack.appeal is not None) is pack.gives(Kind.APPEAL) is (row.appeal != "-")


@EACH_STATE
def test_an_opt_out_is_verified_only_where_the_law_demands_it(row: Row) -> None:
    pack = law(row.law)
    needed = required(pack, Kind.OPT_OUT)

    assert needed.level.value == row.opt_out
    assert needed.confirmed is (row.opt_out_section != "-")
    assert needed.citation == (row.opt_out_section if needed.confirmed else f"none seen: {row.section}")
    assert (refusal(pack, Kind.OPT_OUT) is None) is (row.opt_out != "forbidden")


@EACH_STATE
def test_rights_that_nobody_has_read_up_are_timed_and_say_so(row: Row) -> None:
    for kind in NOT_READ_UP:
        assert limit(law(row.law), kind, Clock.RESPOND) == (int(row.respond), Unit.DAYS, row.section, False)
        assert "no_such_right" in {basis.id for basis in bases_for(law(row.law), kind)}


@EACH_STATE
def test_every_refusal_tells_how_to_appeal_where_one_can(row: Row) -> None:
    pack = law(row.law)
    said = {rule.outcome: rule.letter for rule in pack.outcomes}

    for outcome in (Outcome.DENIED, Outcome.COMPLIED_IN_PART):
        assert ("how to appeal" in said[outcome]) is (row.appeal != "-")
    assert pack.appeal is None or (pack.appeal.to_business and not pack.appeal.confirmed)


@EACH_STATE
def test_a_state_has_its_own_holidays(row: Row) -> None:
    calendar = law(row.law).holiday_calendar

    assert calendar == row.law.upper()
    assert date(2026, 7, 4) in holidays_of(calendar, 2026, 2026)


@EACH_OF_EUROPE
def test_12_a_request_is_answered_within_one_month_and_two_more(name: str, section: str) -> None:
    for kind in RIGHTS:
        assert limit(law(name), kind, Clock.RESPOND) == (1, Unit.MONTHS, f"{section} Art. 12", True)
        assert limit(law(name), kind, Clock.EXTENDED) == (3, Unit.MONTHS, f"{section} Art. 12", True)


@EACH_OF_EUROPE
def test_12_6_a_person_is_asked_only_on_reasonable_doubt(name: str, section: str) -> None:
    for kind in set(Kind) - {Kind.APPEAL}:
        needed = required(law(name), kind)

        assert (needed.level, needed.declaration) == (Level.ON_DOUBT, False)
        assert (needed.citation, needed.confirmed) == (f"{section} Art. 12(6)", True)
        assert refusal(law(name), kind) is None


@EACH_OF_EUROPE
def test_in_europe_a_complaint_goes_to_the_authority(name: str, section: str) -> None:
    pack = law(name)

    assert pack.appeal
    assert (pack.appeal.to_business, pack.gives(Kind.APPEAL)) == (False, False)
    assert pack.appeal.confirmed is (name == "eu-gdpr")
    assert limit(pack, Kind.APPEAL, Clock.RESPOND) is None
    assert pack.appeal.citation == f"{section} Art. 12"


def test_duaa_2025_a_complaint_in_britain_is_acknowledged_within_30_days() -> None:
    acknowledged = limit(law("uk-gdpr"), Kind.APPEAL, Clock.ACKNOWLEDGE)
    stops = next(duty for duty in law("uk-gdpr").duties if duty.id == "clock_may_stop")

    assert acknowledged == (30, Unit.DAYS, "Data (Use and Access) Act 2025", True)
    assert not stops.confirmed


def test_europe_has_no_holidays_of_its_own_and_britain_has() -> None:
    assert law("eu-gdpr").holiday_calendar == ""
    assert holidays_of("", 2026, 2030) == frozenset()
    assert date(2026, 12, 28) in holidays_of(law("uk-gdpr").holiday_calendar, 2026, 2026)


@EACH
def test_no_other_law_demands_an_acknowledgement_and_that_is_not_confirmed(name: str) -> None:
    pack = law(name)
    asked = [kind for kind in set(Kind) - {Kind.APPEAL} if limit(pack, kind, Clock.ACKNOWLEDGE)]
    unsure = [duty.confirmed for duty in pack.duties if duty.id == "no_acknowledgement"]

    assert (bool(asked), unsure) == ((True, []) if name == "us-ca" else (False, [False]))


@EACH
def test_every_rule_has_a_section_and_a_mark(name: str) -> None:
    rows = [row for each in fields(law(name)) for row in _rows(getattr(law(name), each.name))]
    marks = [row.confirmed for row in rows if not isinstance(row, Point)]

    assert all(row.citation for row in rows if not isinstance(row, Point))
    assert True in marks
    assert False in marks


@EACH
def test_what_a_case_needs_is_in_every_law(name: str) -> None:
    pack = law(name)
    kept = pack.figure(Measure.KEEP_RECORD)

    assert kept is not None
    assert kept.value >= 24
    assert {"mailbox", "account_login"} <= {point.id for point in pack.points}
    assert len(pack.undisclosed) == 7
    assert {"agent_not_authorised", "not_verified", "no_data", "exempt"} <= {basis.id for basis in pack.bases}


def _rows(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else ()
