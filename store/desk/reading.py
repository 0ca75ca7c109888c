"""Opening what is personal, for people who may; each reading is in the ledger."""

from __future__ import annotations

import email
import json
from email.message import EmailMessage
from email.policy import default

from sqlmodel import col, select

from store.correspondence import Correspondence, MailText, Understood, written_by
from store.desk.mails import merged_into, of_conversation
from store.desk.noting import notes_on
from store.desk.past import past_of_case, past_of_mail
from store.desk.work import Verb, Work
from store.errors import ContentDestroyed, NoSuchMail, RoleMissing
from store.ledger import Event
from store.models import WITHOUT_RAW, Case, Letter, Mail
from store.rules.lifecycle import Move, Role
from store.values import Actor, Arrival, Person
from store.vault import Box

PROOF_DESTROYED = "This mail only showed who asked, and was destroyed when the request was processed."


@Verb
def read(work: Work, ref: str, by: Actor) -> Correspondence:
    """Open a case's mails, letters and notes, the oldest first, and write down that this person read them.

    Those of the cases that were merged into it are among them.

    Raises:
        DeskError: there is no such case, or this is no staff.
    """
    case = work.case(ref)
    work.step(case, Move.READ, by)
    if case.content_destroyed_at is not None:
        raise ContentDestroyed
    box = work.box(case.key_id)
    together = work.session.exec(select(Case).where(col(Case.id).in_(merged_into(case)))).all()
    cases = {each.id: each for each in (case, *together) if each.content_destroyed_at is None}
    written = select(Mail).where(of_conversation(case)).order_by(col(Mail.id))
    mails = work.session.exec(written.options(WITHOUT_RAW)).all()
    letters = work.session.exec(select(Letter).where(col(Letter.case_id).in_(cases)).order_by(col(Letter.id))).all()
    texts = [
        *(_mail_text(work, mail) for mail in mails),
        *(_letter_text(work, cases[letter.case_id], letter) for letter in letters),
    ]
    notes = [note for each in cases.values() for note in notes_on(work, each)]
    work.record(case, Event.READ, by)
    return Correspondence(
        ref=case.ref,
        name=box.open(f"case.name:{case.key_id}", case.name).decode(),
        address=box.open(f"case.address:{case.key_id}", case.address).decode(),
        mails=tuple(sorted(texts, key=lambda text: text.at)),
        on_behalf_of=_person(box, case),
        hold=box.open(f"case.hold_reason:{case.key_id}", case.hold_reason).decode() if case.hold_reason else "",
        past=past_of_case(work, case),
        notes=tuple(sorted(notes, key=lambda note: note.at)),
    )


@Verb
def read_mail(work: Work, mail_id: int, by: Actor) -> Correspondence:
    """Open a single mail, such as one that is held, and write down that this person read it.

    Raises:
        NoSuchMail: there is none.
        RoleMissing: this is no staff.
    """
    if by.role is None or not by.role.covers(Role.STAFF):
        raise RoleMissing(role=Role.STAFF)
    mail = work.session.get(Mail, mail_id, options=[WITHOUT_RAW])
    if mail is None:
        raise NoSuchMail
    text = _mail_text(work, mail)
    work.record_for_the_desk(Event.MAIL_READ, by, mail=mail_id)
    return Correspondence(ref="", name=text.sender, address="", mails=(text,), past=past_of_mail(work, mail))


def _person(box: Box, case: Case) -> Person | None:
    """Whom a case of an agent's list is about."""
    if case.on_behalf_of is None:
        return None
    return Person(**json.loads(box.open(f"case.on_behalf_of:{case.key_id}", case.on_behalf_of)))


def _understood(arrival: Arrival) -> Understood:
    return Understood(
        wishes=arrival.wishes,
        possible=arrival.possible,
        requester=arrival.requester,
        requester_words=arrival.requester_words,
        law=arrival.law,
        law_words=arrival.law_words,
        priority=arrival.priority,
        priority_reason=arrival.priority_reason,
        priority_words=arrival.priority_words,
        language=arrival.language,
        law_named=arrival.law_named,
    )


def _mail_text(work: Work, mail: Mail) -> MailText:
    if mail.is_proof and mail.destroyed_at is not None:
        return MailText(mail.id, mail.received_at, mail.masked_sender, "", PROOF_DESTROYED, "", (), ())
    if mail.destroyed_at is not None:
        return MailText(mail.id, mail.received_at, mail.masked_sender, "", str(ContentDestroyed()), "", (), ())
    box = work.box(mail.key_id)
    if mail.reading is None:
        raw = box.open(f"mail.raw:{mail.key_id}", mail.raw).decode("utf-8", "replace")
        return MailText(mail.id, mail.received_at, mail.masked_sender, "", raw, raw, (), ())
    arrival = Arrival.from_json(box.open(f"mail.reading:{mail.key_id}", mail.reading))
    understood = _understood(arrival)
    return MailText(
        mail_id=mail.id,
        at=mail.received_at,
        sender=written_by(arrival.name, arrival.sender),
        subject=arrival.subject,
        text=arrival.text,
        reply=arrival.reply,
        evidence=understood.words,
        attachments=arrival.attachments,
        understood=understood,
    )


def _letter_text(work: Work, case: Case, letter: Letter) -> MailText:
    content = work.box(case.key_id).open(f"letter.content:{letter.message_id}", letter.content)
    message = email.message_from_bytes(content, _class=EmailMessage, policy=default)
    body = _plain(message)
    return MailText(
        None,
        letter.sent_at or letter.written_at,
        work.office.business.name,
        str(message["Subject"]),
        body,
        body,
        (),
        (),
    )


def _plain(letter: EmailMessage) -> str:
    """The text part: what the HTML says as well."""
    part = letter.get_body(("plain",)) or letter
    return str(part.get_content()).replace("\r\n", "\n")
