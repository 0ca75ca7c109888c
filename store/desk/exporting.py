"""What leaves the desk for a regulator: handed out whole, and written down first."""

from __future__ import annotations

import json

from sqlmodel import col, or_, select

from store import ledger
from store.desk.mails import mail_listing, reading_of
from store.desk.work import Verb, Work
from store.dossier import Dossier, EnclosedLetter, EnclosedMail
from store.errors import ContentDestroyed
from store.ledger import Event
from store.models import WITHOUT_RAW, Case, Letter, Mail
from store.values import THE_DESK, Person


@Verb
def export_case(work: Work, ref: str, *, within: int | None = None) -> Dossier:
    """Hand out a case whole, and write down that it was.

    Args:
        work: the transaction.
        ref: the case.
        within: the year whose cases are handed out together; then the case's thread is not told of it.

    Raises:
        NoSuchCase: there is none of that reference.
    """
    case = work.case(ref)
    if within is None:
        work.record(case, Event.EXPORTED, THE_DESK, what="case")
    else:
        ledger.append(work.session, case, Event.EXPORTED, by=THE_DESK.id, at=work.now, facts={"what": str(within)})
    file = work.read(case)
    written = select(Mail).where(or_(col(Mail.case_id) == case.id, mail_listing(case))).order_by(col(Mail.id))
    letters = select(Letter).where(Letter.case_id == case.id).order_by(col(Letter.id))
    return Dossier(
        case=file,
        consumer=_consumer(work, case),
        on_behalf_of=_person(work, case),
        mails=tuple(_mail(work, mail) for mail in work.session.exec(written.options(WITHOUT_RAW))),
        letters=tuple(_letter(work, case, letter) for letter in work.session.exec(letters)),
        ledger=tuple(ledger.rows(work.session, case.id)),
    )


@Verb
def note_export(work: Work, what: str, cases: int | None = None) -> None:
    """Write down that the ledger, or a year's cases, leave the desk.

    Args:
        work: the transaction.
        what: "ledger", or the year.
        cases: how many cases of it.
    """
    counted = {} if cases is None else {"cases": cases}
    work.record_for_the_desk(Event.EXPORTED, THE_DESK, what=what, **counted)


def _consumer(work: Work, case: Case) -> Person | None:
    name = _opened(work, case.key_id, f"case.name:{case.key_id}", case.name)
    address = _opened(work, case.key_id, f"case.address:{case.key_id}", case.address)
    return Person(name.decode(), address.decode()) if name is not None and address is not None else None


def _person(work: Work, case: Case) -> Person | None:
    """Whom a case of an agent's list is about."""
    sealed = case.on_behalf_of
    opened = _opened(work, case.key_id, f"case.on_behalf_of:{case.key_id}", sealed) if sealed else None
    return Person(**json.loads(opened)) if opened else None


def _mail(work: Work, mail: Mail) -> EnclosedMail:
    is_whole = mail.destroyed_at is None and mail.raw_destroyed_at is None
    words = "" if is_whole or mail.reading is None else _words(work, mail)
    return EnclosedMail(mail.id or 0, mail.received_at, mail.state, words, is_whole)


def _words(work: Work, mail: Mail) -> str:
    try:
        return reading_of(work, mail).text
    except ContentDestroyed:
        return ""


def _letter(work: Work, case: Case, letter: Letter) -> EnclosedLetter:
    content = _opened(work, case.key_id, f"letter.content:{letter.message_id}", letter.content)
    return EnclosedLetter(letter.name, letter.message_id, letter.state, letter.written_at, letter.sent_at, content)


def _opened(work: Work, key_id: str, place: str, sealed: bytes) -> bytes | None:
    """A sealed value; None once it was destroyed."""
    try:
        return work.box(key_id).open(place, sealed)
    except ContentDestroyed:
        return None
