"""What the people of the team choose for themselves."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from store import desk, queries
from store.errors import AbsenceOver, CoverFaulty, NotOnTheTeam, QuietHoursFaulty, RoleMissing
from store.ledger import Event
from store.office import Office
from store.rules.team import Reminders
from store.team import Wishes
from tests.builders import OUTSIDER, READER, STAFF1, STAFF2
from tests.store.told import told_of_the_desk

NIGHT = {"quiet_from": time(20), "quiet_until": time(8)}
AWAY = date(2027, 1, 20)


def test_what_is_chosen_is_kept_and_written_down(any_office: Office) -> None:
    wishes = Wishes(Reminders.DIRECT, **NIGHT, language="es", away_until=AWAY)
    usual = queries.wishes(any_office, STAFF1.id)
    chosen = desk.choose(any_office, wishes, STAFF1, STAFF2)
    kept = queries.wishes(any_office, STAFF1.id)
    back = desk.choose(any_office, Wishes(), STAFF1)
    desk.choose(any_office, Wishes(), STAFF1)

    assert usual == back == Wishes()
    assert chosen == kept
    assert kept.cover == STAFF2.id
    assert told_of_the_desk(any_office) == [
        (Event.SETTINGS_CHOSEN, {"reminders": "direct", "quiet": "20:00-08:00", "language": "es"}),
        (Event.AWAY, {"until": "2027-01-20", "cover": STAFF2.id}),
        (Event.SETTINGS_CHOSEN, {"reminders": "thread", "quiet": "", "language": ""}),
        (Event.BACK, {}),
        (Event.SETTINGS_CHOSEN, {"reminders": "thread", "quiet": "", "language": ""}),
    ]


def test_an_absence_ends_with_its_last_day() -> None:
    wishes = Wishes(away_until=AWAY)

    assert wishes.is_away(AWAY)
    assert not wishes.is_away(AWAY + timedelta(days=1))


@pytest.mark.parametrize(
    ("wishes", "refusal"),
    [
        (Wishes(quiet_from=time(20)), QuietHoursFaulty),
        (Wishes(quiet_until=time(20)), QuietHoursFaulty),
        (Wishes(quiet_from=time(20), quiet_until=time(20)), QuietHoursFaulty),
        (Wishes(away_until=date(2027, 1, 11)), AbsenceOver),
    ],
)
def test_what_cannot_be_is_refused(any_office: Office, wishes: Wishes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        desk.choose(any_office, wishes, STAFF1)

    assert queries.wishes(any_office, STAFF1.id) == Wishes()


def test_only_somebody_else_of_the_team_covers_and_only_for_who_is_away(any_office: Office) -> None:
    with pytest.raises(CoverFaulty):
        desk.choose(any_office, Wishes(away_until=AWAY), STAFF1, STAFF1)
    with pytest.raises(CoverFaulty):
        desk.choose(any_office, Wishes(), STAFF1, STAFF2)
    for nobody in (OUTSIDER, READER):
        with pytest.raises(NotOnTheTeam):
            desk.choose(any_office, Wishes(away_until=AWAY), STAFF1, nobody)


def test_who_is_no_staff_chooses_nothing(any_office: Office) -> None:
    for nobody in (OUTSIDER, READER):
        with pytest.raises(RoleMissing):
            desk.choose(any_office, Wishes(), nobody)
        with pytest.raises(RoleMissing):
            desk.open_home(any_office, nobody)
