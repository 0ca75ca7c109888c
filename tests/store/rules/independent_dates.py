"""The table of dates, computed by a program that shares nothing with ours: no library, only numbers of days.

Its limits are written down from the task's own study of the laws (sections 1 and 5), its holidays from California's
Government Code, section 6700, its changes of the clocks from the laws of the United States and the European Union.

    python tests/store/rules/independent_dates.py > tests/store/rules/dates.tsv
"""

from __future__ import annotations

COLUMNS = (
    *("law", "kind", "clock", "zone", "arrived (UTC)", "day 0", "due", "left out", "last working day", "missed from"),
)

BUSINESS, DAYS, MONTHS = "business", "days", "months"
RIGHTS = ("know_specific", "know_categories", "delete", "correct")
LIMITS: dict[tuple[str, str, str], tuple[int, str]] = {
    **{("us-ca", kind, "acknowledge"): (10, BUSINESS) for kind in (*RIGHTS, "admt_access")},
    **{("us-ca", kind, "respond"): (45, DAYS) for kind in (*RIGHTS, "admt_access")},
    **{("us-ca", kind, "extended"): (90, DAYS) for kind in (*RIGHTS, "admt_access")},
    **{("us-ca", kind, "respond"): (15, BUSINESS) for kind in ("opt_out", "limit", "admt_opt_out")},
}
ELSEWHERE = {  # respond, extend by, appeal, extended appeal
    "us-va": (45, 45, 60, None), "us-co": (45, 45, 45, 105), "us-ct": (45, 45, 60, None), "us-ut": (45, 45, None, None),
    "us-tx": (45, 45, 60, None), "us-or": (45, 45, 45, None), "us-mt": (45, 45, 60, None), "us-fl": (45, 15, 60, None),
    "us-de": (45, 45, 60, None), "us-ia": (90, 45, 60, None), "us-ne": (45, 45, 60, None), "us-nh": (45, 45, 60, None),
    "us-nj": (45, 45, 45, None), "us-tn": (45, 45, 60, None), "us-mn": (45, 45, 45, 105), "us-md": (45, 45, 60, None),
    "us-in": (45, 45, 60, None), "us-ky": (45, 45, 60, None), "us-ri": (45, 45, 60, None),
}  # fmt: skip
for law, (respond, longer, appeal, appeal_longer) in ELSEWHERE.items():
    for kind in (*RIGHTS, "opt_out"):
        LIMITS[law, kind, "respond"] = respond, DAYS
        LIMITS[law, kind, "extended"] = respond + longer, DAYS
    if appeal:
        LIMITS[law, "appeal", "appeal"] = appeal, DAYS
    if appeal_longer:
        LIMITS[law, "appeal", "extended"] = appeal_longer, DAYS
for law in ("eu-gdpr", "uk-gdpr"):
    for kind in (*RIGHTS, "opt_out"):
        LIMITS[law, kind, "respond"] = 1, MONTHS
        LIMITS[law, kind, "extended"] = 3, MONTHS

ZONES = {  # hours from UTC in winter, and whose summer time
    "America/Los_Angeles": (-8, "us"), "America/Denver": (-7, "us"), "America/Chicago": (-6, "us"),
    "America/New_York": (-5, "us"), "America/Phoenix": (-7, ""), "Pacific/Honolulu": (-10, ""),
    "Europe/Berlin": (1, "eu"), "Europe/London": (0, "eu"), "Asia/Tokyo": (9, ""),
}  # fmt: skip
DIWALI = {2026: (11, 8), 2027: (10, 29), 2028: (10, 17)}  # by the moon

LA = "America/Los_Angeles"
ARRIVALS = [
    # California's ten business days around every holiday, leap day and change of the clocks
    *(("us-ca", "delete", LA, f"{day}T20:00") for day in (
        "2026-01-01", "2026-01-02", "2026-01-05", "2026-02-06", "2026-03-06", "2026-03-20", "2026-05-15", "2026-06-05",
        "2026-06-22", "2026-08-28", "2026-10-30", "2026-11-13", "2026-11-26", "2026-12-18", "2026-12-31", "2027-10-18",
        "2027-12-20", "2028-02-14", "2028-02-28", "2028-02-29", "2028-12-01",
    )),
    # its fifteen, for what may not be verified
    *(("us-ca", kind, LA, f"{day}T20:00") for kind, day in (
        ("opt_out", "2026-03-16"), ("opt_out", "2026-07-18"), ("opt_out", "2026-11-23"), ("opt_out", "2026-12-20"),
        ("opt_out", "2027-10-15"), ("opt_out", "2028-02-11"), ("limit", "2026-06-15"), ("limit", "2027-12-17"),
        ("admt_opt_out", "2027-01-01"), ("admt_access", "2027-01-01"), ("admt_access", "2027-03-31"),
    )),
    # the same moment is another day elsewhere, and the last minute of a day is still that day
    *(("us-ca", "correct", zone, "2027-01-01T07:59") for zone in ZONES),
    ("us-ca", "know_specific", LA, "2026-03-08T09:59"), ("us-ca", "know_specific", LA, "2026-03-08T10:01"),
    ("us-ca", "know_specific", LA, "2026-03-09T06:59"), ("us-ca", "know_specific", LA, "2026-03-09T07:00"),
    ("us-ca", "know_specific", LA, "2026-11-01T06:59"), ("us-ca", "know_specific", LA, "2026-11-01T07:00"),
    ("us-ca", "know_specific", LA, "2026-11-02T07:59"), ("us-ca", "know_specific", LA, "2026-11-02T08:00"),
    # every other law of the study
    *((law, "delete", "America/New_York", "2027-01-15T17:00") for law in ELSEWHERE),
    *((law, "opt_out", "America/Chicago", "2028-01-15T18:00") for law in ("us-va", "us-co", "us-ia", "us-fl")),
    *((law, "appeal", "America/Denver", "2026-12-31T18:00") for law in ELSEWHERE),
    # months: the last day where there is no same day
    *(("eu-gdpr", "delete", "Europe/Berlin", f"{day}T11:00") for day in (
        "2026-01-30", "2026-01-31", "2026-02-28", "2026-03-31", "2026-08-31", "2026-10-31", "2026-11-30", "2026-12-31",
        "2028-01-29", "2028-01-30", "2028-01-31", "2028-02-29",
    )),
    ("uk-gdpr", "know_specific", "Europe/London", "2026-03-28T23:30"),
    ("uk-gdpr", "know_specific", "Europe/London", "2026-10-24T23:30"),
    ("uk-gdpr", "correct", "Europe/London", "2027-11-30T12:00"),
]  # fmt: skip


def number(year: int, month: int, day: int) -> int:
    """The Julian day number of a day (Fliegel and Van Flandern, 1968)."""
    a = (14 - month) // 12
    y, m = year + 4800 - a, month + 12 * a - 3
    return day + (153 * m + 2) // 5 + 365 * y + y // 4 - y // 100 + y // 400 - 32045


def calendar(days: int) -> tuple[int, int, int]:
    """Back again (Richards, 2013)."""
    f = days + 1401 + ((4 * days + 274277) // 146097 * 3) // 4 - 38
    e = 4 * f + 3
    h = 5 * (e % 1461 // 4) + 2
    month = (h // 153 + 2) % 12 + 1
    return e // 1461 - 4716 + (14 - month) // 12, month, h % 153 // 5 + 1


def weekday(days: int) -> int:
    """0 on a Monday."""
    return days % 7


def nth(count: int, day: int, month: int, year: int) -> int:
    """The first, second … of a weekday in a month; the last one for -1."""
    if count < 0:
        last = number(year + month // 12, month % 12 + 1, 1) - 1
        return last - (weekday(last) - day) % 7
    first = number(year, month, 1)
    return first + (day - weekday(first)) % 7 + 7 * (count - 1)


def californian_holidays(year: int) -> set[int]:
    """The days on which California's offices are closed, on weekends as well as where they are observed."""
    fixed = [number(year, *day) for day in ((1, 1), (6, 19), (7, 4), (11, 11), (12, 25))]
    fixed.append(number(year + 1, 1, 1))  # a Saturday's is observed in the old year
    moved = [day - 1 if weekday(day) == 5 else day + 1 if weekday(day) == 6 else day for day in fixed]
    others = [number(year, 2, 15), number(year, 3, 31), *(number(year, *day) for y, day in DIWALI.items() if y == year)]
    thanksgiving = nth(4, 3, 11, year)
    mondays = [nth(3, 0, 1, year), nth(3, 0, 2, year), nth(-1, 0, 5, year), nth(1, 0, 9, year)]
    return {*fixed, *moved, *others, *mondays, thanksgiving, thanksgiving + 1}


def holidays(law: str, day: int) -> set[int]:
    """The holidays around a day, where this program knows them."""
    year = calendar(day)[0]
    return set().union(*(californian_holidays(each) for each in range(year - 1, year + 2))) if law == "us-ca" else set()


def works(law: str, day: int) -> bool:
    """Whether a day is a business day."""
    return weekday(day) < 5 and day not in holidays(law, day)


def summer(zone: str, minute: int) -> bool:
    """Whether it is summer time at a minute of UTC."""
    year = calendar(minute // 1440)[0]
    winter, whose = ZONES[zone]
    if whose == "us":  # from two in the morning of the second Sunday of March to that of the first of November
        begins = nth(2, 6, 3, year) * 1440 + (2 - winter) * 60
        return begins <= minute < nth(1, 6, 11, year) * 1440 + (1 - winter) * 60
    if whose == "eu":  # from one in the morning, UTC, of the last Sunday of March to that of October
        return nth(-1, 6, 3, year) * 1440 + 60 <= minute < nth(-1, 6, 10, year) * 1440 + 60
    return False


def day_there(zone: str, minute: int) -> int:
    """The day in a zone at a minute of UTC."""
    return (minute + (ZONES[zone][0] + summer(zone, minute)) * 60) // 1440


def midnight(zone: str, day: int) -> int:
    """The minute of UTC at which a day begins in a zone."""
    begins = day * 1440 - ZONES[zone][0] * 60
    return begins - 60 * summer(zone, begins)


def counted(law: str, day: int, count: int, unit: str) -> tuple[int, list[int]]:
    """The due day, and the holidays left out."""
    if unit == DAYS:
        return day + count, []
    if unit == MONTHS:
        year, month, date = calendar(day)
        month += count
        year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
        due = number(year, month, date)
        while calendar(due)[1] != month:  # it ran over into the next one
            due -= 1
        return due, []
    left_out = []
    while count:
        day += 1
        count -= works(law, day)
        left_out += [day] if weekday(day) < 5 and not works(law, day) else []
    return day, left_out


def written(day: int) -> str:
    """A day by ISO 8601."""
    return "{:04}-{:02}-{:02}".format(*calendar(day))


def rows() -> list[tuple[str, ...]]:
    """The table."""
    table = []
    for law, kind, zone, arrived in ARRIVALS:
        day, _, time = arrived.partition("T")
        hour, _, past = time.partition(":")
        minute = number(*map(int, day.split("-"))) * 1440 + int(hour) * 60 + int(past)
        received = day_there(zone, minute)
        for (its_law, its_kind, clock), (count, unit) in LIMITS.items():
            if (its_law, its_kind) != (law, kind) or (kind.startswith("admt") and received < number(2027, 1, 1)):
                continue
            due, left_out = counted(law, received, count, unit)
            safe = due
            while not works(law, safe):
                safe -= 1
            missed = midnight(zone, due + 1)
            known = law in ("us-ca", "eu-gdpr")
            table.append((
                law, kind, clock, zone, arrived, written(received), written(due), " ".join(map(written, left_out)),
                written(safe) if known else "", f"{written(missed // 1440)}T{missed % 1440 // 60:02}:{missed % 60:02}",
            ))  # fmt: skip
    return table


if __name__ == "__main__":
    for row in (COLUMNS, *rows()):
        print("\t".join(row))  # noqa: T201 - its output is the table
