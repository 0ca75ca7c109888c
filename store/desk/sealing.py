"""The end of a day: all chains of the ledger are sealed."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import col, select

from store import seals
from store.desk.work import Verb, Work
from store.ledger import Event
from store.models import Bookmark, Seal
from store.office import INSTALLED_AT
from store.rules.deadlines import local_day
from store.values import THE_DESK


@Verb
def seal(work: Work) -> bool:
    """Seal what the ledger holds, once a day, whoever asks how often; what was slept through is one seal.

    The seal is called after the day that ended last in the business's time zone. A day before the desk was installed
    has none.

    Returns:
        Whether it was made now.
    """
    installed = work.session.get_one(Bookmark, INSTALLED_AT, with_for_update=True)  # processes take turns at it
    day = work.today - timedelta(days=1)
    if day < local_day(datetime.fromisoformat(installed.value), work.office.business.zone):
        return False
    last = work.session.exec(select(col(Seal.day)).order_by(col(Seal.day).desc()).limit(1)).first()
    if last is not None and last >= day:
        return False
    made = seals.make(work.session, work.office.vault, day, work.now)
    work.record_for_the_desk(Event.SEALED, THE_DESK, **seals.facts_of(made))
    return True
