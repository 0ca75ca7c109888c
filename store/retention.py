"""What is due to be destroyed, or to go: how long each kind of thing is kept, as conditions on its row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, false
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, exists, func, or_, select

from store.errors import ConfigurationError
from store.models import Case, Letter, Mail, Point, Tie
from store.office import Office
from store.rules import deadlines
from store.rules.pack import Pack
from store.rules.requesters import Bond
from store.rules.states import LetterState, MailState
from store.rules.terms import Measure
from store.settings import Retention

SETTLED = (MailState.OPENED, MailState.ATTACHED, MailState.FILED)
"""Where a mail waits for nobody any more: others are kept, however old."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """What a look at everything destroyed, or would have: how many of each.

    `raw`: mails whose bytes went; `cases`: cases whose content went; `mails`: mails of no case, or come too late to
    their case, whose content went; `records`: cases of which nothing is left; `traces`: the same of mails of no case;
    `held`: cases that a legal hold keeps.
    """

    raw: int = 0
    cases: int = 0
    mails: int = 0
    records: int = 0
    traces: int = 0
    held: int = 0

    @property
    def anything(self) -> bool:
        """Yes or no: something went."""
        return any((self.raw, self.cases, self.mails, self.records, self.traces))


def check(office: Office, retention: Retention) -> None:
    """See that records are kept as long as the law in force wants.

    Raises:
        ConfigurationError: they are not.
    """
    law = office.pack(office.business.law)
    least = months_kept(law, Retention(raw_days=1, content_days=1, record_months=1))
    if retention.record_months < least:
        mend = f"{law.name} wants at least {least} months"
        raise ConfigurationError(key="retention.record_months", value=retention.record_months, mend=mend)


def months_kept(law: Pack, retention: Retention) -> int:
    """How many months the record of a case under that law is kept."""
    figure = law.figure(Measure.KEEP_RECORD)
    return max(retention.record_months, figure.value if figure else 0)


def raw_due(now: datetime, retention: Retention) -> ColumnElement[bool]:
    """That a mail's own bytes are due: it is settled, and every case that it belongs to was closed long enough ago."""
    until = now - timedelta(days=retention.raw_days)
    return and_(
        _is_old(until),
        col(Mail.raw_destroyed_at).is_(None),
        ~_belongs_to(or_(col(Case.closed_at).is_(None), col(Case.closed_at) > until, _is_held())),
    )


def content_due(now: datetime, retention: Retention) -> ColumnElement[bool]:
    """That a case's content is due: nobody has written in it for long, and no letter of it waits.

    That of a case which was merged into another one goes after the other's, where it is read.
    """
    return and_(_is_quiet(now, retention), ~_is_held(), ~_goes_on())


def mail_due(now: datetime, retention: Retention) -> ColumnElement[bool]:
    """That a mail's content is due on its own: it belongs to no case, or to such as have none any more."""
    until = now - timedelta(days=retention.content_days)
    return and_(_is_old(until), ~_belongs_to(or_(col(Case.content_destroyed_at).is_(None), _is_held())))


def record_due(office: Office, session: Session, retention: Retention) -> ColumnElement[bool]:
    """That nothing of a case need be kept any more, by its own law (section 7101(a)).

    The first case of an agent's letter goes after the others of it, since the letter is its.
    """
    laws = session.exec(select(Case.law).distinct()).all()
    over = [and_(col(Case.law) == law, col(Case.closed_at) < _start_of(office, law, retention)) for law in laws]
    follows = exists().where(col(Tie.other_id) == col(Case.id), col(Tie.bond) == Bond.LIST)
    return and_(col(Case.content_destroyed_at).is_not(None), or_(false(), *over), ~_is_held(), ~follows)


def trace_due(office: Office, retention: Retention) -> ColumnElement[bool]:
    """That even the trace of a mail of no case is due: when it came, and what became of it."""
    until = _start_of(office, office.business.law, retention)
    return and_(col(Mail.case_id).is_(None), col(Mail.destroyed_at).is_not(None), col(Mail.received_at) < until)


def due(office: Office, retention: Retention) -> Sweep:
    """What would go now; content first, so what is to follow it later is not counted."""
    now = office.clock()
    with office.database.reading() as session:

        def count(of: type[Mail | Case], such: ColumnElement[bool]) -> int:
            return session.exec(select(func.count()).select_from(of).where(such)).one()

        return Sweep(
            raw=count(Mail, raw_due(now, retention)),
            cases=count(Case, content_due(now, retention)),
            mails=count(Mail, mail_due(now, retention)),
            records=count(Case, record_due(office, session, retention)),
            traces=count(Mail, trace_due(office, retention)),
            held=count(Case, held_back(now, retention)),
        )


def held_back(now: datetime, retention: Retention) -> ColumnElement[bool]:
    """That a legal hold keeps a case's content which would be due."""
    return and_(_is_quiet(now, retention), _is_held())


def _is_quiet(now: datetime, retention: Retention) -> ColumnElement[bool]:
    until = now - timedelta(days=retention.content_days)
    waiting = exists().where(col(Letter.case_id) == col(Case.id), col(Letter.state) == LetterState.WAITING)
    return and_(
        col(Case.content_destroyed_at).is_(None),
        col(Case.closed_at) <= until,
        col(Case.last_word_at) <= until,
        ~waiting,
    )


def _is_old(until: datetime) -> ColumnElement[bool]:
    """That a mail is settled, came before that moment, and is no signed declaration, which is kept with the record."""
    declares = exists().where(col(Point.mail_id) == col(Mail.id))
    there = col(Mail.destroyed_at).is_(None)
    return and_(there, col(Mail.received_at) <= until, col(Mail.state).in_(SETTLED), ~declares)


def _belongs_to(such: Any) -> ColumnElement[bool]:
    """That a mail is of such a case, names the person of such a case beside others, or is read in it, merged."""
    tie = aliased(Tie)
    named = select(tie.case_id).where(col(tie.mail_id) == col(Mail.id)).correlate(Mail)
    merged = select(tie.other_id).where(tie.case_id == Mail.case_id, tie.bond == Bond.MERGED).correlate(Mail)
    mine = or_(col(Case.id) == col(Mail.case_id), col(Case.id).in_(named), col(Case.id).in_(merged))
    return exists().where(mine, such)


def _goes_on() -> ColumnElement[bool]:
    """That a case was merged into another one whose content is still there."""
    first, tie = aliased(Case), aliased(Tie)
    here = col(tie.case_id) == col(Case.id)
    there = and_(col(tie.other_id) == col(first.id), col(first.content_destroyed_at).is_(None))
    return exists().where(here, col(tie.bond) == Bond.MERGED, there).correlate(Case)


def _is_held() -> ColumnElement[bool]:
    return col(Case.held_since).is_not(None)


def _start_of(office: Office, law: str, retention: Retention) -> datetime:
    """The first moment, in the business's zone, of the day so many months ago."""
    day = deadlines.months_after(office.today(), -months_kept(office.pack(law), retention))
    return datetime.combine(day, datetime.min.time(), office.business.zone)
