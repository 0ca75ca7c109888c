"""Every message and view that the door can show, each once as it looks on an ordinary day, and some odd days."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot import cards, modals
from bot.blocks import Message
from bot.home import home
from bot.listeners.commands import usage
from bot.manners import OUTSIDER
from bot.modals import Matter, Preview, Retyped
from bot.names import Field, View
from store import packs
from store.calendars import holidays_of
from store.casefile import DECLARATION
from store.correspondence import Correspondence, EarlierCase, MailText, NoteText, Past, Understood
from store.findings import ProofMail
from store.ledger import Event, Line
from store.notes import DigestFacts, MailboxHealth, OutageNote, ReminderNote, SealNote, UnreachedNote
from store.picking import Picked
from store.replies import Template
from store.rules import guard, verification
from store.rules.deadlines import clocks
from store.rules.kinds import Kind
from store.rules.lifecycle import Move, Role, Status
from store.rules.metrics import Counted, metrics
from store.rules.outcomes import Outcome
from store.rules.requesters import Bond, Owed, Priority, Promise, Requester
from store.rules.team import Manner, Reminders, Signed
from store.rules.verification import Lack
from store.signing import Approval, Deed
from store.team import BlockedSender, HeldLine, HomeFacts, Load, TeamFacts, Wishes
from store.values import CaseFile, Draft, HeldMail, Link, Person, RequestLine, Wish
from store.why import Change, Extended, Reason, Why

ZONE = ZoneInfo("America/Los_Angeles")
LAW = packs.law("us-ca")
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 17, 12, tzinfo=UTC)
SAM, DANA = "U0SAMRIVERA", "U0DANAOKAFO"

FRESH = (Move.READ, Move.CLAIM, Move.ASSIGN)
WORKED = (
    *(Move.READ, Move.RELEASE, Move.ASSIGN, Move.ASK, Move.EXTEND, Move.REPLY, Move.RESOLVE, Move.RECLASSIFY),
    Move.CHANGE_LAW,
)
CHECKED = (*WORKED, Move.VERIFY)
SETTLED = (Move.READ, Move.REOPEN)


def request(number: int, kind: Kind, due: date, offered: tuple[Move, ...], **said: Any) -> RequestLine:
    fields: dict[str, Any] = {
        "acknowledge_by": None,
        "received_on": TODAY,
        "extended_to": None,
        "outcome": None,
        "bases": (),
        "settled_at": None,
        "verification": verification.required(LAW, kind),
        "matched": 0,
        "reached": False,
    }
    return RequestLine(id=number, kind=kind, respond_by=due, offered=offered, **{**fields, **said})


def case(status: Status, requests: tuple[RequestLine, ...], **said: Any) -> CaseFile:
    fields: dict[str, Any] = {
        "id": 1,
        "ref": "PR-1001",
        "law": "us-ca",
        "language": "en",
        "masked_address": "r•••@e•••.net",
        "owner": None,
        "owned_since": None,
        "received_at": NOW,
        "closed_at": None,
        "last_word_at": NOW,
        "points": (),
        "waiting_letters": 0,
        "parked_letters": 0,
    }
    offered = tuple(move for move in Move if any(move in line.offered for line in requests))
    return CaseFile(status=status, requests=requests, offered=offered, **{**fields, **said})


def delete(offered: tuple[Move, ...], **said: Any) -> RequestLine:
    return request(1, Kind.DELETE, date(2027, 1, 7), offered, **said)


def opt_out(offered: tuple[Move, ...], **said: Any) -> RequestLine:
    moves = tuple(move for move in offered if move not in (Move.ASK, Move.VERIFY, Move.EXTEND))
    return request(2, Kind.OPT_OUT, date(2026, 12, 16), moves, **said)


OWNED = {"owner": SAM, "owned_since": NOW + timedelta(minutes=5)}
NEW = case(Status.NEW, (delete(FRESH), opt_out(FRESH)), waiting_letters=1)
CLAIMED = case(Status.CLAIMED, (delete(WORKED), opt_out(WORKED)), **OWNED)
VERIFYING = case(
    Status.VERIFYING,
    (
        delete(CHECKED, matched=1),
        request(3, Kind.KNOW_SPECIFIC, date(2027, 1, 7), CHECKED, matched=1),
        opt_out((), outcome=Outcome.COMPLIED_IN_FULL, settled_at=NOW + timedelta(hours=1)),
    ),
    points=("mailbox",),
    parked_letters=2,
    **OWNED,
)
TO_CHECK = replace(
    VERIFYING,
    requester=Requester.AGENT,
    has_account=True,
    requests=(
        delete(CHECKED, sensitive=True, lacks=(Lack.PERMISSION, Lack.LOGIN, Lack.POINTS)),
        request(4, Kind.CORRECT, date(2027, 1, 7), CHECKED, disputed=("phone",), lacks=(Lack.POINTS,)),
        request(3, Kind.KNOW_SPECIFIC, date(2027, 1, 7), (*CHECKED, Move.REEVALUATE), matched=1),
        opt_out(WORKED),
    ),
)
PROOF_MAILS = (
    ProofMail(9, NOW + timedelta(hours=2), 1, is_request=False, is_proof=False, is_declaration=False),
    ProofMail(8, NOW + timedelta(hours=1), 0, is_request=False, is_proof=True, is_declaration=False),
    ProofMail(7, NOW, 2, is_request=True, is_proof=False, is_declaration=False),
)
VERIFIED = case(
    Status.VERIFIED,
    (
        delete(
            tuple(move for move in WORKED if move is not Move.ASK),
            matched=2,
            reached=True,
            extended_to=date(2027, 2, 21),
        ),
    ),
    points=("mailbox", "order_number", DECLARATION),
    **OWNED,
)
CLOSED = case(
    Status.CLOSED,
    (
        delete(SETTLED, outcome=Outcome.DENIED, bases=("not_verified", "delete_security"), settled_at=NOW),
        opt_out(SETTLED, outcome=Outcome.COMPLIED_IN_FULL, settled_at=NOW),
    ),
    closed_at=NOW + timedelta(days=3),
    **OWNED,
)
TWIN = replace(
    NEW,
    ref="PR-1002",
    id=2,
    twin="PR-1001",
    requests=(delete((*FRESH, Move.LINK), asked_before=True), opt_out(FRESH)),
    offered=(*FRESH, Move.LINK),
)
REPEATED = replace(
    CLOSED,
    requests=(delete(SETTLED, outcome=Outcome.DUPLICATE, settled_at=NOW, first="PR-1000"),),
    promises=(Owed(Promise.NO_ASKING_AGAIN, "PR-1000", date(2027, 11, 23)),),
)
APPEALED = replace(
    NEW,
    requests=(request(4, Kind.APPEAL, date(2027, 1, 7), FRESH, contests=("PR-1000", Kind.DELETE)),),
    promises=(
        Owed(Promise.NO_ASKING_AGAIN, "PR-1000", None),
        Owed(Promise.STAYS_CORRECTED, "PR-1000", None),
    ),
)
LINKED = replace(CLOSED, id=2, ref="PR-1002", links=(Link("PR-1001", Bond.DUPLICATE),))
LINKED_TO = replace(CLOSED, links=tuple(Link(f"PR-{number}", Bond.DUPLICATE) for number in range(1002, 1009)))
LISTED = replace(
    NEW, requester=Requester.AGENT, links=tuple(Link(f"PR-{number}", Bond.LIST) for number in range(1002, 1013))
)
DOUBTED = replace(
    NEW,
    requests=(delete(FRESH, score=0.62), opt_out(FRESH, score=0.97)),
    requester=Requester.PARENT,
    priority=Priority.HIGH,
    priority_reason="a lawyer or an authority is named",
    language="ja",
)
ASIDE = (Move.NOTE, Move.SNOOZE, Move.WAKE, Move.MERGE)
ASLEEP = replace(
    CLAIMED, offered=(*CLAIMED.offered, *ASIDE), snoozed_until=date(2026, 12, 10), snoozed_by=DANA, **OWNED
)
CALLED = replace(NEW, manner=Manner.PHONE, has_address=False, masked_address="•••", waiting_letters=0)
UNDER_ANOTHER_LAW = replace(NEW, law_named="eu-gdpr")
HELD = HeldMail(
    7,
    "held",
    "a stranger wrote with the token of the case",
    "s•••@e•••.org",
    NOW,
    2_345,
    "PR-1001",
    (Kind.DELETE,),
    None,
    None,
)
LIST = HeldMail(
    *(7, "held", "An agent asks for 12 people: each needs a case of their own.", "a•••@a•••.example", NOW, 9_345),
    *(None, (Kind.DELETE, Kind.OPT_OUT), None, None),
    requester=Requester.AGENT,
    people=12,
)
UNREACHED = UnreachedNote("PR-1001", "acknowledgement", NOW, SAM, settled=False)
OUTAGE = OutageNote("privacy@shop.test@imap.shop.test/INBOX", NOW, "It refused our sign-in.", over=False)
NOTE = ReminderNote("PR-1001", Kind.DELETE, date(2027, 1, 7), 7, SAM, settled=False)
LETTER = Draft(
    "extension",
    "Re: My personal data [PR-1001]",
    "Hello,\n\nwe need more time: <three> archives & more.\n\nExample Shop\n",
)
READING = Correspondence(
    "PR-1001",
    "Rosa Alvarez",
    "rosa.alvarez@example.net",
    (
        MailText(
            1,
            NOW,
            "Rosa Alvarez <rosa.alvarez@example.net>",
            "My data <!channel>",
            "Hello,\n\nplease delete my account & stop selling my data.\n> quoted\nRosa",
            "",
            ("delete my account", "account & stop selling", "stop selling my\ndata"),
            ("proof & more.pdf",),
            Understood(
                (Wish(Kind.DELETE, ("delete my account",), 0.97), Wish(Kind.OPT_OUT, ("stop selling my data",))),
                (Wish(Kind.LIMIT, ("<sensitive>",), 0.41),),
                *(
                    Requester.PARENT,
                    "my son",
                    "us-ca",
                    "I live in California",
                    Priority.HIGH,
                    "a lawyer is named",
                    "my attorney",
                    "es",
                ),
            ),
        ),
        MailText(None, NOW + timedelta(minutes=1), "Example Shop", "Re: My data", "We have it.", "", (), ()),
    ),
)
PAST = Past(
    (
        EarlierCase("PR-1002", TODAY, ((Kind.KNOW_SPECIFIC, None), (Kind.OPT_OUT, Outcome.COMPLIED_IN_FULL))),
        EarlierCase("PR-1001", date(2026, 3, 3), ((Kind.KNOW_CATEGORIES, Outcome.COMPLIED_IN_FULL),)),
    ),
    *(14, 3, 12, 3, "Cal. Civ. Code § 1798.130(b)"),
)
DIGEST = DigestFacts(
    at=NOW,
    today=TODAY,
    open_cases=42,
    opened_yesterday=3,
    closed_yesterday=1,
    overdue=(case(Status.CLAIMED, (request(1, Kind.DELETE, date(2026, 11, 21), WORKED),), **OWNED),),
    due_this_week=(),
    unclaimed=(NEW,),
    overdue_count=1,
    due_count=0,
    unclaimed_count=12,
    held_count=2,
    quarantined_count=1,
    unread_mails=0,
    waiting_letters=1,
    parked_letters=1,
    refused_mails=2,
    mailboxes=(
        MailboxHealth("smtp", NOW - timedelta(minutes=2), None, ""),
        MailboxHealth("imap privacy", NOW, NOW - timedelta(hours=3), "login refused for privacy@shop.test"),
    ),
    seal=SealNote(TODAY - timedelta(days=1), "1f0c" * 16),
)
QUIET = DigestFacts(NOW, TODAY, 0, 0, 0, (), (), (), 0, 0, 0, 0, 0, 0, 0, 0, 0, (MailboxHealth("smtp", NOW, None, ""),))

FACTS: dict[Event, dict[str, Any]] = {
    Event.SECOND_ASKED: {"what": "resolve", "kind": "delete"},
    Event.SECOND_SIGNED: {"what": "resolve", "kind": "delete", "first": DANA},
    Event.SECOND_DECLINED: {"what": "reply", "first": DANA},
    Event.SECOND_LAPSED: {"what": "reopen", "kind": "delete", "first": DANA},
    Event.OPENED: {"kinds": ["delete", "opt_out"], "law": "us-ca"},
    Event.REQUEST_ADDED: {"kind": "limit"},
    Event.ASSIGNED: {"to": DANA},
    Event.GIVEN: {"to": DANA, "rule": "round_robin"},
    Event.IDLE: {"to": DANA, "days": 5},
    Event.VERIFICATION_ASKED: {"kind": "delete", "until": "2026-12-07"},
    Event.CODE_WRONG: {"left": 4},
    Event.CODE_REMINDED: {"until": "2026-12-07"},
    Event.VERIFICATION_SET: {"sensitive": ["delete"], "disputed": ["phone", "birth_year"], "account": True},
    Event.PERMISSION_SHOWN: {"permission": "signed"},
    Event.REEVALUATED: {"kind": "know_specific", "to": "know_categories"},
    Event.PROOF_DESTROYED: {"mails": [7, 9]},
    Event.POINT_MATCHED: {"point": "order_number"},
    Event.EXTENDED: {"kind": "delete", "until": "2027-02-21"},
    Event.RESOLVED: {"kind": "delete", "outcome": "denied", "bases": ["not_verified"]},
    Event.RECLASSIFIED: {"kind": "delete", "to": "correct"},
    Event.LAW_CHANGED: {
        "was": "us-ca",
        "law": "us-va",
        "dates": [
            {"kind": "delete", "was": "2027-01-07", "due": "2027-01-07"},
            {"kind": "opt_out", "was": "2026-12-16", "due": "2027-01-07"},
        ],
    },
    Event.DENIAL_PROPOSED: {"kind": "delete", "basis": "not_verified", "due": "2027-01-07"},
    Event.REOPENED: {"kind": "delete"},
    Event.LETTER_SENT: {"letter": "complied_in_full", "id": 4},
    Event.LETTER_PARKED: {"letter": "denied", "id": 4, "trouble": "550 5.1.1 <rosa@example.net>: no such user"},
    Event.LETTER_BOUNCED: {"letter": "acknowledgement", "id": 4, "status": "5.1.1", "hard": True},
    Event.LETTER_PUT_OFF: {"letter": "acknowledgement", "until": "2026-11-23T21:12:00+00:00"},
    Event.LETTER_WITHHELD: {"letter": "acknowledgement"},
    Event.MAIL_PLACED: {"mail": 7},
    Event.LISTED: {"cases": 12},
    Event.DISCLOSURE_OVERRIDDEN: {"letter": "reply", "found": [["social_security", 3], ["card", 4]]},
    Event.LINKED: {"first": "PR-1000", "kinds": ["delete"]},
    Event.APPEALED: {"kind": "delete", "refused_in": "PR-1000", "appeal_in": "PR-1001"},
    Event.CANCELLED: {"kinds": ["delete", "opt_out"]},
    Event.MERGED: {"first": "PR-1000", "kinds": ["delete", "opt_out"]},
    Event.SNOOZED: {"until": "2026-12-10"},
    Event.CONTENT_DESTROYED: {"what": "all content", "mails": [7], "letters": 2},
    Event.RECORD_PURGED: {"case": "PR-1000", "lines": 9},
    Event.KEYS_ROTATED: {"keys": 1204},
}
THE_YEAR = metrics(
    2026,
    [
        Counted(Kind.DELETE, Outcome.COMPLIED_IN_FULL, (), 12),
        Counted(Kind.DELETE, Outcome.DENIED, ("not_verified",), 45),
        Counted(Kind.OPT_OUT, Outcome.COMPLIED_IN_FULL, (), 1),
        Counted(Kind.KNOW_SPECIFIC, Outcome.COMPLIED_IN_PART, ("not_verified", "exempt"), 30),
        Counted(Kind.KNOW_SPECIFIC, None, (), None),
    ],
    counted_on=TODAY,
    titles={"not_verified": "identity not verified", "exempt": "another statutory exemption <b>"},
)
BY_THE_CONSUMER = (Event.OPENED, Event.ATTACHED, Event.REQUEST_ADDED, Event.CODE_WRONG, Event.APPEALED)


def told(event: Event) -> Message:
    by = "consumer" if event in BY_THE_CONSUMER else SAM
    return cards.line(Line(1, 1, 1, NOW, by, event, FACTS.get(event, {})), "PR-1001", LAW, ZONE)


def name(user: str) -> str:
    return {SAM: "Sam Rivera", DANA: "Dana Okafor"}.get(user, user)


def drawn(file: CaseFile) -> Message:
    return cards.card(file, LAW, TODAY, ZONE, name)


TEMPLATES = (
    Template("more_time", {"en": "We need a little more time & write <soon>.", "es": "Necesitamos más tiempo."}),
)
BLOCKED = (
    BlockedSender(2, "everybody at s•••.example", DANA, NOW, 0, None),
    BlockedSender(1, "s•••@s•••.example", SAM, NOW - timedelta(days=9), 12, NOW),
)
WAITS = Approval(
    *(3, "PR-1001", Deed.RESOLVE, Kind.DELETE, SAM, NOW, NOW + timedelta(days=3), Role.MANAGER, None, None),
)
MESSAGES: dict[str, Message] = {
    "blocked": cards.blocked(BLOCKED, ZONE),
    "blocked_nobody": cards.blocked((), ZONE),
    "held_of_a_blocked_sender": cards.held(
        replace(HELD, state="filed", settled_by=SAM, reason="its sender is blocked (block 2)"), ZONE
    ),
    "approval": cards.approval(WAITS, ZONE, "<!subteam^S0PRIVMGRS>"),
    "approval_signed": cards.approval(replace(WAITS, verdict=Signed.APPROVED, signed_by=DANA), ZONE),
    "approval_declined": cards.approval(replace(WAITS, verdict=Signed.DECLINED, signed_by=DANA), ZONE),
    "approval_taken_back": cards.approval(replace(WAITS, verdict=Signed.DECLINED, signed_by=SAM), ZONE),
    "approval_lapsed": cards.approval(replace(WAITS, deed=Deed.REPLY, kind=None, verdict=Signed.OVERTAKEN), ZONE),
    "line_second_person_took_it_back": cards.line(
        Line(1, 1, 1, NOW, SAM, Event.SECOND_DECLINED, {"what": "reply", "first": SAM}), "PR-1001", LAW, ZONE
    ),
    **{f"card_{file.status}": drawn(file) for file in (NEW, CLAIMED, VERIFYING, VERIFIED, CLOSED)},
    "card_of_an_agents_list": drawn(LISTED),
    "card_in_doubt": drawn(DOUBTED),
    "card_of_an_appeal": drawn(APPEALED),
    "card_that_repeats_another_and_is_owed_something": drawn(REPEATED),
    "line_resolved_as_a_duplicate": cards.line(
        Line(1, 1, 1, NOW, SAM, Event.RESOLVED, {"kind": "delete", "outcome": "duplicate", "first": "PR-1000"}),
        *("PR-1001", LAW, ZONE),
    ),
    "card_under_the_default_law": drawn(UNDER_ANOTHER_LAW),
    "card_of_a_probable_duplicate": drawn(TWIN),
    "card_of_a_duplicate": drawn(LINKED),
    "card_refused_that_others_are_linked_to": drawn(LINKED_TO),
    "card_that_another_is_linked_to": drawn(replace(CLAIMED, links=(Link("PR-1002", Bond.DUPLICATE),))),
    "line_linked_to_it": cards.line(
        Line(1, 1, 1, NOW, SAM, Event.LINKED, {"later": "PR-1002", "kinds": ["delete", "limit"]}), "PR-1001", LAW, ZONE
    ),
    "card_asleep_with_both_menus": drawn(ASLEEP),
    "card_of_a_call_without_an_address": drawn(CALLED),
    "card_merged_into_another": drawn(replace(LINKED, links=(Link("PR-1001", Bond.MERGED),))),
    "card_that_others_were_merged_into": drawn(
        replace(CLAIMED, links=tuple(Link(f"PR-{number}", Bond.MERGED) for number in range(1002, 1009)))
    ),
    "line_opened_by_hand": cards.line(
        Line(1, 1, 1, NOW, SAM, Event.OPENED, {"kinds": ["delete"], "manner": "phone", "received": NOW.isoformat()}),
        *("PR-1001", LAW, ZONE),
    ),
    "line_woken_by_the_consumer": cards.line(Line(1, 1, 1, NOW, "rightsdesk", Event.WOKEN, {}), "PR-1001", LAW, ZONE),
    "line_merged_into_it": cards.line(
        Line(1, 1, 1, NOW, SAM, Event.MERGED, {"later": "PR-1002", "kinds": ["limit"]}), "PR-1001", LAW, ZONE
    ),
    "card_to_check": drawn(TO_CHECK),
    "line_asked_an_agent": cards.line(
        Line(1, 1, 1, NOW, SAM, Event.VERIFICATION_ASKED, {"kind": "delete", "permission": True}), "PR-1001", LAW, ZONE
    ),
    "line_code_late": cards.line(
        Line(1, 1, 1, NOW, "consumer", Event.CODE_WRONG, {"left": 0, "late": True}), "PR-1001", LAW, ZONE
    ),
    "card_held": drawn(replace(CLOSED, held_since=NOW + timedelta(days=4), held_by=DANA)),
    "card_without_content": drawn(replace(CLOSED, content_destroyed_at=NOW + timedelta(days=400))),
    "card_proposed_for_denial": drawn(replace(CLAIMED, requests=(delete(WORKED, denial_proposed=True),))),
    "card_unreached": drawn(replace(CLAIMED, came_back=True)),
    "line_known_by_its_address": cards.line(
        Line(1, 1, 1, NOW, "consumer", Event.ATTACHED, {"mail": 7, "known_by": "address"}), "PR-1001", LAW, ZONE
    ),
    "line_letter_late": cards.line(
        Line(1, 1, 1, NOW, SAM, Event.LETTER_BOUNCED, {"letter": "reply", "hard": False}), "PR-1001", LAW, ZONE
    ),
    **{f"line_{event.value.replace(' ', '_')}": told(event) for event in Event},
    "held": cards.held(HELD, ZONE),
    "held_perhaps": cards.held(
        HeldMail(
            *(8, "held", "its words are not sure enough", "s•••@e•••.org", NOW, 900, None, (), None, None),
            possible=(Kind.DELETE, Kind.OPT_OUT),
            requester=Requester.PARENT,
            priority=Priority.HIGH,
            priority_reason="a lawyer or an authority is named",
            language="ja",
        ),
        ZONE,
    ),
    "held_list": cards.held(LIST, ZONE),
    "held_list_without_rights": cards.held(replace(LIST, wishes=()), ZONE),
    "held_list_too_long": cards.held(replace(LIST, people=101, reason="An agent asks for more than 100 people"), ZONE),
    "held_list_opened": cards.held(replace(LIST, state="opened", linked=12, settled_by=SAM, case="PR-1001"), ZONE),
    "held_without_guess": cards.held(HeldMail(8, "held", "", "", NOW, 12, None, (), None, None), ZONE),
    "held_unreadable": cards.held(
        HeldMail(9, "quarantined", "nested too deep", "x•••", NOW, 9_999_999, None, (), None, None), ZONE
    ),
    "held_opened": cards.held(HeldMail(7, "opened", "", "s•••@e•••.org", NOW, 2_345, None, (), SAM, "PR-1002"), ZONE),
    "held_attached": cards.held(
        HeldMail(7, "attached", "", "s•••@e•••.org", NOW, 2_345, None, (), SAM, "PR-1001"), ZONE
    ),
    "held_read_again": cards.held(HeldMail(9, "kept", "", "", NOW, 2_345, None, (), None, None), ZONE),
    "held_opened_by_the_desk": cards.held(
        HeldMail(9, "opened", "", "s•••@e•••.org", NOW, 2_345, None, (), None, "PR-1002"), ZONE
    ),
    "held_filed_by_the_desk": cards.held(
        HeldMail(9, "filed", "an absence note", "s•••@e•••.org", NOW, 2_345, None, (), None, None), ZONE
    ),
    "held_filed": cards.held(HeldMail(7, "filed", "", "s•••@e•••.org", NOW, 2_345, None, (), SAM, None), ZONE),
    "reminder": cards.reminder(NOTE, "<!subteam^S0PRIVSTAFF>"),
    "reminder_before_a_holiday": cards.reminder(replace(NOTE, safe=date(2026, 12, 31)), ""),
    "reminder_strictly": cards.reminder(replace(NOTE, kind=Kind.OPT_OUT, strict=date(2026, 12, 8)), ""),
    "reminder_unverified": cards.reminder(
        replace(NOTE, due=TODAY, days_left=0, unverified="Cal. Code Regs. tit. 11, § 7021(b)"), ""
    ),
    "reminder_last_day": cards.reminder(ReminderNote("PR-1001", Kind.DELETE, TODAY, 0, SAM, settled=False), ""),
    "reminder_unclaimed": cards.reminder(
        ReminderNote("PR-1001", Kind.OPT_OUT, TODAY, 1, None, settled=False), "<!subteam^S0PRIVSTAFF>"
    ),
    "escalation": cards.escalation(
        ReminderNote("PR-1001", Kind.DELETE, date(2026, 11, 21), -2, SAM, settled=False), "<!subteam^S0PRIVMGRS>"
    ),
    "line_given_to_the_least_loaded": cards.line(
        Line(1, 1, 1, NOW, "rightsdesk", Event.GIVEN, {"to": DANA, "rule": "least_loaded"}), "PR-1001", LAW, ZONE
    ),
    "reminder_of_who_covers": cards.reminder(replace(NOTE, cover=DANA), ""),
    "reminder_of_who_is_away": cards.reminder(replace(NOTE, alone=True), "<!subteam^S0PRIVSTAFF>"),
    "direct": cards.direct(NOTE),
    "direct_to_who_covers": cards.direct(replace(NOTE, cover=DANA)),
    "unreached": cards.unreached(UNREACHED, "<!subteam^S0PRIVSTAFF>"),
    "unreached_unclaimed": cards.unreached(replace(UNREACHED, owner=None), "<!subteam^S0PRIVSTAFF>"),
    "unreached_settled": cards.unreached(replace(UNREACHED, settled=True), ""),
    "still_unreached": cards.still_unreached(UNREACHED, ZONE, "<!subteam^S0PRIVMGRS>"),
    "alarm": cards.alarm(OUTAGE, ZONE, "<!subteam^S0PRIVMGRS>"),
    "alarm_over": cards.alarm(replace(OUTAGE, over=True), ZONE),
    "digest": cards.digest(DIGEST, ZONE),
    "digest_quiet": cards.digest(QUIET, ZONE),
    "digest_of_laws_to_review": cards.digest(replace(QUIET, stale_laws=packs.laws()), ZONE),
    "law": cards.law(LAW, packs.Laws(), "us-ca", TODAY),
    "law_of_europe": cards.law(packs.law("eu-gdpr"), packs.Laws(), "us-ca", TODAY),
    "list": cards.case_list("Open cases", (NEW, CLAIMED, CLOSED), TODAY, ZONE, "`/privacy show PR-1001` shows one."),
    "list_empty": cards.case_list("Your cases", (), TODAY, ZONE),
    "list_page": cards.case_list(
        "Open cases: delete",
        (NEW, CLAIMED),
        TODAY,
        ZONE,
        "`/privacy show PR-1001` shows one.",
        before="<2026-12-16/1 open delete",
        after=">2026-12-16/2 open delete",
    ),
    "usage": usage(),
    "usage_of_an_unknown_command": usage("There is no `/privacy` command called “shwo”. Did you mean “show”?"),
    "report": cards.report(THE_YEAR),
    "report_quiet": cards.report(metrics(2025, (), counted_on=TODAY, titles={})),
}
NUMBER = "Hello,\n\nYour number is 123-45-6789 & <b>more</b>.\n"
KEPT_BACK = Preview(
    View.REPLY_SEND,
    "Reply",
    [Draft("reply", "Re: My data [PR-1001]", NUMBER, found=guard.findings(NUMBER))],
    words=Retyped(Field.TEXT, "Your words", NUMBER),
)
DUES = clocks(LAW, Kind.OPT_OUT, TODAY, holidays_of("US-CA", 2026, 2027))
WHY = Why(
    *("PR-1001", "us-ca", LAW.name, LAW.reviewed_on, ZONE.key, NOW),
    requests=(
        Reason(Kind.OPT_OUT, TODAY, DUES[0].due, True, DUES, DUES[0], None, DUES[0].due, date(2026, 12, 8), ()),  # noqa: FBT003
        Reason(
            *(Kind.APPEAL, TODAY, date(2027, 1, 3), False, (), None),
            extended=Extended(NOW, date(2027, 1, 3)),
            safe=date(2026, 12, 31),
            strict=None,
            changes=(
                Change(NOW, "law", "us-va", "us-ca", date(2027, 1, 22)),
                Change(NOW, "kind", "correct", "appeal"),
            ),
        ),
    ),
)

WISHES = Wishes(Reminders.DIRECT, time(20), time(8), "es", TODAY + timedelta(days=9), DANA)
TEAM = TeamFacts(
    (Load(SAM, 12, 1, 3, WISHES.away_until, DANA), Load(DANA, 1, 0, 0), Load("U0LEE", 1, 0, 1, TODAY)),
    *(23, DIGEST.mailboxes, 1, 2, 1, 3, 1),
)
AT_HOME = HomeFacts(
    TODAY,
    *((replace(CLAIMED, id=2, ref="PR-1002"), VERIFYING), 14, (replace(NEW, id=3, ref="PR-1003"),), 1, (VERIFYING,), 1),
    (
        HeldLine(7, False, "s•••@e•••.org", NOW, "it came from another address than the case's"),  # noqa: FBT003
        HeldLine(9, True, "", NOW, ""),  # noqa: FBT003
    ),
    *(2, 1, WISHES, True),
)

VIEWS: dict[str, dict[str, Any]] = {
    "sign": modals.preview(
        Preview(View.SIGN, "Second person", [LETTER], "Sam Rivera asks for your signature.", submit="Sign"),
        Matter("PR-1001", approval=3),
    ),
    "block": modals.block(HELD),
    "many": modals.many(TEMPLATES),
    "many_without_templates": modals.many(()),
    "many_sure": modals.many_sure(Picked(tuple(range(1, 101)), 1_204), "claim", ""),
    "many_sure_to_answer": modals.many_sure(Picked((1,), 1), "answer", "more_time", TEMPLATES[0]),
    "reply_by_a_template": modals.reply(CLAIMED, LAW, TEMPLATES, "more_time"),
    "why_this_date": modals.why(WHY, TODAY),
    "change_law": modals.change_law(CLAIMED, [packs.law(name) for name in packs.laws()]),
    "case": modals.case(CLAIMED, LAW, TODAY, ZONE),
    "read": modals.read(READING, ZONE, Matter("PR-1001")),
    "read_a_held_mail": modals.read(
        replace(READING, ref="", name="Rosa Alvarez <rosa.alvarez@example.net>", address=""), ZONE, Matter(mail=7)
    ),
    "read_on_behalf_of": modals.read(
        replace(READING, on_behalf_of=Person("Jane <Roe>", "jane@example.com")), ZONE, Matter("PR-1001")
    ),
    "read_with_a_past": modals.read(replace(READING, past=PAST), ZONE, Matter("PR-1003")),
    "read_an_agents_mail": modals.read(
        replace(READING, past=replace(PAST, count=2, refusable=None, of_agent=True)), ZONE, Matter(mail=7)
    ),
    "read_with_notes": modals.read(
        replace(READING, notes=(NoteText(DANA, NOW, "Rosa <!channel> called & will write."),)), ZONE, Matter("PR-1001")
    ),
    "new": modals.new([packs.law(name) for name in packs.laws()], "us-ca", NOW.astimezone(ZONE)),
    "new_from_a_message": modals.new(
        [LAW], "us-ca", NOW.astimezone(ZONE), "Please <!channel> delete my data & " + "all " * 2_000, Manner.SLACK
    ),
    "note": modals.note(CLAIMED),
    "snooze": modals.snooze(CLAIMED, TODAY),
    "snooze_again": modals.snooze(ASLEEP, TODAY),
    "merge": modals.merge(CLAIMED),
    "verify": modals.verify(VERIFYING, LAW),
    "verify_everything": modals.verify(TO_CHECK, LAW, PROOF_MAILS, ZONE),
    "reevaluate": modals.preview(Preview(View.REEVALUATE, "Evaluate anew", [LETTER]), Matter("PR-1001")),
    "extend": modals.extend(CLAIMED, LAW, TODAY),
    "extend_one_of_two": modals.extend(VERIFYING, LAW, TODAY),
    "resolve": modals.resolve(CLAIMED, LAW, TODAY),
    "deny": modals.resolve(CLAIMED, LAW, TODAY, outcome=Outcome.DENIED),
    "resolve_the_other": modals.resolve(CLAIMED, LAW, TODAY, 1),
    "reply": modals.reply(CLAIMED, LAW),
    "reply_to_who_opted_out": modals.reply(APPEALED, LAW),
    "reopen": modals.reopen(CLOSED),
    "reclassify": modals.reclassify(CLAIMED, LAW, TODAY),
    "assign": modals.assign(CLAIMED),
    "assign_unclaimed": modals.assign(NEW),
    "new_from_held": modals.new_from_held(HELD),
    "open_each": modals.open_each(replace(LIST, wishes=(), possible=(Kind.DELETE,))),
    "attach_held": modals.attach_held(HELD),
    "preview_extension": modals.preview(
        Preview(View.EXTEND_SEND, "Extension", [LETTER], words=Retyped(Field.REASON, "Reason", "three archives")),
        Matter("PR-1001", 1),
    ),
    "preview_kept_back": modals.preview(KEPT_BACK, Matter("PR-1001")),
    "preview_kept_back_for_a_manager": modals.preview(KEPT_BACK, Matter("PR-1001"), manager=True),
    "preview_changed": modals.preview(
        Preview(View.ASK, "Ask to verify", [LETTER], "The code is made anew."), Matter("PR-1001"), changed=True
    ),
    "notice": modals.notice("PR-1001 has been with <@U0SAMRIVERA> since Mon 23 Nov 2026, 09:12 PST."),
    "settings": modals.settings(WISHES, TODAY, ZONE.key),
    "settings_as_usual": modals.settings(Wishes(), TODAY, ZONE.key),
    "home": home(AT_HOME, ZONE),
    "home_of_a_manager": home(replace(AT_HOME, is_new=False, wishes=Wishes(), team=TEAM), ZONE),
    "home_empty": home(HomeFacts(TODAY, (), 0, (), 0, (), 0, (), 0, 0), ZONE),
    "home_empty_of_a_manager": home(
        HomeFacts(TODAY, (), 0, (), 0, (), 0, (), 0, 0, team=TeamFacts((), 0, (), 0, 0, 0, 0, 0)), ZONE
    ),
    "home_outsider": modals.closed_home(OUTSIDER),
}
