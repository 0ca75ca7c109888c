"""A case in plain data, as a bundle tells it: whose it is, its requests, why each date, what is enclosed."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from store.dossier import Dossier, EnclosedLetter, EnclosedMail
from store.office import Office
from store.rules.deadlines import Due, clocks
from store.rules.pack import Pack
from store.rules.terms import Unit
from store.values import RequestLine


def facts_of(office: Office, dossier: Dossier) -> dict[str, Any]:
    """Everything that a bundle's `case.json` and `case.txt` say of a case; days and moments in ISO 8601."""
    case, pack = dossier.case, office.pack(dossier.case.law)
    return {
        "case": case.ref,
        "status": case.status,
        "law": case.law,
        "law_name": pack.name,
        "law_reviewed_on": pack.reviewed_on.isoformat(),
        "received_at": case.received_at.isoformat(),
        "closed_at": _moment(case.closed_at),
        "time_zone": office.business.timezone,
        "owner": case.owner,
        "requester": case.requester,
        "manner": case.manner,
        "language": case.language,
        "consumer": asdict(dossier.consumer) if dossier.consumer else None,
        "on_behalf_of": asdict(dossier.on_behalf_of) if dossier.on_behalf_of else None,
        "matched": list(case.points),
        "linked_to": [{"case": link.ref, "bond": link.bond} for link in case.links],
        "requests": [_request(office, pack, line) for line in case.requests],
        "mails": [
            {"file": file_of(mail), "received_at": _moment(mail.received_at), "state": mail.state}
            for mail in dossier.mails
        ],
        "letters": [
            {
                "file": file_of(letter),
                "letter": letter.name,
                "message_id": letter.message_id,
                "state": letter.state,
                "written_at": _moment(letter.written_at),
                "sent_at": _moment(letter.sent_at),
            }
            for letter in dossier.letters
        ],
        "ledger": [{name: line[name] for name in ("number", "at", "by", "event", "facts")} for line in dossier.ledger],
    }


def file_of(enclosed: EnclosedMail | EnclosedLetter) -> str:
    """The name of a mail's or letter's file in its case's folder; nothing personal: an encrypted zip hides no names."""
    if isinstance(enclosed, EnclosedMail):
        return f"mails/{enclosed.mail_id}.{'eml' if enclosed.is_whole else 'txt'}"
    ending = "eml" if enclosed.content is not None else "txt"
    return f"letters/{enclosed.written_at:%Y-%m-%d-%H%M%S}-{enclosed.name}.{ending}"


def _request(office: Office, pack: Pack, line: RequestLine) -> dict[str, Any]:
    dues = clocks(pack, line.kind, line.received_on, office.holidays(pack, line.received_on))
    titles = {basis.id: basis for basis in pack.bases}
    return {
        "kind": line.kind,
        "asks_for": line.kind.plain,
        "received_on": line.received_on.isoformat(),
        "acknowledge_by": _day(line.acknowledge_by),
        "respond_by": line.respond_by.isoformat(),
        "extended_to": _day(line.extended_to),
        "outcome": line.outcome,
        "outcome_in_words": line.outcome.plain if line.outcome else "open",
        "bases": [
            {"id": basis, "title": titles[basis].title, "citation": titles[basis].citation}
            if basis in titles
            else {"id": basis, "title": basis, "citation": ""}
            for basis in line.bases
        ],
        "settled_at": _moment(line.settled_at),
        "verification": {
            "level": line.verification.level,
            "points_needed": line.verification.points_needed,
            "points_matched": line.matched,
            "reached": line.reached,
        },
        "clocks": [_clock(due, line.received_on) for due in dues],
    }


def _clock(due: Due, received_on: date) -> dict[str, Any]:
    return {
        "clock": due.clock,
        "due": due.due.isoformat(),
        "why": _why(due, received_on),
        "citation": due.citation,
        "confirmed": due.confirmed,
        "skipped": [day.isoformat() for day in due.skipped],
    }


def _why(due: Due, received_on: date) -> str:
    left_out = ""
    if due.unit is Unit.BUSINESS_DAYS:
        holidays = f" and the holidays {', '.join(map(str, due.skipped))}" if due.skipped else ""
        left_out = f", leaving out weekends{holidays}"
    return f"{due.count} {due.unit} from receipt on {received_on} (that day is day 0){left_out}"


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
