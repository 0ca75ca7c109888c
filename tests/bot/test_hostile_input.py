"""Whatever consumers and mail servers write: no limit is exceeded, nothing pings, nothing forges a link."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot import cards, modals
from bot.blocks import Message
from bot.home import home
from bot.modals import Matter, Preview, Retyped
from bot.names import Field, View
from bot.words import escape, fit, without_addresses
from store.correspondence import Correspondence, MailText
from store.ledger import Event, Line
from store.notes import MailboxHealth, ReminderNote
from store.queries.home import HELD, LOADS, MINE, UNCLAIMED, WAITING
from store.rules.kinds import Kind
from store.rules.lifecycle import Move, Status
from store.rules.outcomes import Outcome
from store.rules.requesters import Bond, Priority, Requester
from store.rules.team import Reminders
from store.team import HeldLine, HomeFacts, Load, TeamFacts, Wishes
from store.values import CaseFile, Draft, HeldMail, Link
from tests.bot.samples import DIGEST, LAW, SAM, TODAY, ZONE, case, request
from tests.bot.slack_rules import check_message, check_view, texts

PING = "<!channel> <https://evil.example|click> <@U0SAMRIVERA> & "
hostile = st.one_of(
    st.text(max_size=300),
    st.builds(
        lambda text, times: text * times, st.sampled_from([PING, "é", "🙂", "&", "a\n", "*_~`"]), st.integers(0, 900)
    ),
)
days = st.dates(date(2020, 1, 1), date(2040, 1, 1))
moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone


@st.composite
def case_files(draw: st.DrawFn) -> CaseFile:
    moves = draw(st.sets(st.sampled_from(Move)))
    lines = tuple(
        request(
            number,
            kind,
            draw(days),
            tuple(moves),
            outcome=draw(st.none() | st.sampled_from(Outcome)),
            bases=tuple(draw(st.lists(hostile, max_size=3))),
            settled_at=draw(st.none() | moments),
            extended_to=draw(st.none() | days),
            matched=draw(st.integers(0, 9)),
            reached=draw(st.booleans()),
            score=draw(st.none() | st.floats(0, 1)),
        )
        for number, kind in enumerate(draw(st.lists(st.sampled_from(Kind), min_size=1, max_size=9, unique=True)), 1)
    )
    made = case(draw(st.sampled_from(Status)), lines, masked_address=draw(hostile), points=("mailbox",))
    return replace(
        made,
        owner=draw(st.none() | st.just(SAM) | hostile),
        owned_since=draw(st.none() | moments),
        parked_letters=draw(st.integers(0, 10**6)),
        requester=draw(st.sampled_from(Requester)),
        priority=draw(st.sampled_from(Priority)),
        priority_reason=draw(hostile),
        language=draw(hostile),
        links=tuple(Link(f"PR-{number}", Bond.LIST) for number in range(draw(st.integers(0, 100)))),
    )


def harmless(shown: Any) -> None:
    """Nothing from outside pings or links: what is left of the mark-up is ours."""
    found = shown.text if isinstance(shown, Message) else ""
    marked = [
        found,
        *(text for kind, text in texts(shown.blocks if isinstance(shown, Message) else shown) if kind == "mrkdwn"),
    ]
    for text in marked:
        ours = text.replace(f"<@{SAM}>", "").replace("<!subteam^S0PRIVSTAFF>", "")
        assert "<" not in ours
        assert ">" not in ours


@given(case_files())
@settings(max_examples=60)
def test_a_card_keeps_every_limit(file: CaseFile) -> None:
    drawn = cards.card(file, LAW, TODAY, ZONE, lambda user: user)

    check_message(drawn)
    harmless(drawn)


def a_full_home(files: list[CaseFile], health: tuple[MailboxHealth, ...]) -> HomeFacts:
    """Every list as long as it can be, with counts that nobody expects."""
    huge, cases = 10**12, [replace(file, ref=f"PR-{1001 + number}") for number, file in enumerate(files)]
    mails = tuple(HeldLine(number, number % 2 == 0, PING * 50, DIGEST.at, PING * 50) for number in range(HELD))
    loads = tuple(Load(PING * 50, huge, huge, huge, TODAY, PING * 50) for _ in range(LOADS))
    return HomeFacts(
        TODAY,
        *(tuple(cases[:MINE]), huge),
        *(tuple(cases[MINE:][:UNCLAIMED]), huge),
        *(tuple(cases[:WAITING]), huge),
        *(mails, huge, huge),
        wishes=Wishes(Reminders.BOTH, time(1), time(2), PING * 50, TODAY, PING * 50),
        is_new=True,
        team=TeamFacts(loads, huge, health, huge, huge, huge, huge, huge),
    )


@given(st.lists(case_files(), max_size=22))
@settings(max_examples=15)
def test_lists_home_and_digest_keep_every_limit(files: list[CaseFile]) -> None:
    listed = cards.case_list("Open cases", files, TODAY, ZONE, "more")
    health = (MailboxHealth(PING * 50, None, DIGEST.at, PING * 50),) * 30
    digest = cards.digest(
        replace(
            DIGEST,
            overdue=tuple(files[:10]),
            due_this_week=tuple(files[:10]),
            unclaimed=tuple(files[:10]),
            mailboxes=health,
        ),
        ZONE,
    )

    check_message(listed)
    check_message(digest)
    crowded = home(a_full_home(files, health), ZONE)

    check_view(crowded)
    assert not any(PING in text for kind, text in texts(crowded) if kind == "mrkdwn")
    for shown in (listed, digest):
        harmless(shown)


@given(
    st.sampled_from(Event),
    hostile,
    st.dictionaries(st.sampled_from(["kind", "point", "letter", "trouble", "to", "outcome"]), hostile),
)
@settings(max_examples=100)
def test_a_line_keeps_every_limit(event: Event, by: str, facts: dict[str, Any]) -> None:
    told = cards.line(
        Line(1, 1, 1, DIGEST.at, by, event, {**facts, "bases": list(facts.values())}), "PR-1001", LAW, ZONE
    )

    check_message(told)
    harmless(told)


@given(hostile, hostile, st.sampled_from(["held", "quarantined", "opened", "attached", "filed"]))
@settings(max_examples=50)
def test_a_held_mail_keeps_every_limit(reason: str, sender: str, state: str) -> None:
    mail = HeldMail(7, state, reason, sender, DIGEST.at, 10**12, "PR-1001", tuple(Kind), None, "PR-1")
    listed = replace(mail, wishes=(), possible=tuple(Kind), requester=Requester.AGENT, people=100, language=reason)
    for drawn in (cards.held(mail, ZONE), cards.held(replace(listed, priority=Priority.HIGH), ZONE)):
        check_message(drawn)
        harmless(drawn)
    check_view(modals.open_each(listed))
    check_view(modals.new_from_held(mail))
    check_view(modals.attach_held(mail))


@given(case_files())
@settings(max_examples=40)
def test_the_modals_of_a_case_keep_every_limit(file: CaseFile) -> None:
    views = [
        modals.case(file, LAW, TODAY, ZONE),
        modals.verify(file, LAW),
        modals.extend(file, LAW, TODAY),
        modals.resolve(file, LAW, TODAY),
        modals.reply(file, LAW),
        modals.reopen(file),
        modals.assign(file),
    ]
    if len({line.kind for line in file.open_requests}) < len(Kind):
        views.append(modals.reclassify(file, LAW, TODAY))

    for view in views:
        check_view(view)
        harmless(view)


@given(
    st.lists(
        st.builds(
            MailText,
            st.just(1),
            moments,
            hostile,
            hostile,
            hostile,
            st.just(""),
            st.lists(hostile, max_size=3).map(tuple),
            st.lists(hostile, max_size=30).map(tuple),
        ),
        max_size=5,
    ),
    st.integers(-2, 20),
)
@settings(max_examples=40)
def test_reading_keeps_every_limit(mails: list[MailText], page: int) -> None:
    view = modals.read(Correspondence("PR-1001", PING, PING, tuple(mails)), ZONE, Matter("PR-1001", page=page))

    check_view(view)
    harmless(view)


def test_a_huge_mail_is_read_whole_in_pages() -> None:
    text = "".join(f"line {number} <b>&\n" for number in range(20_000))
    mail = MailText(1, DIGEST.at, "x", "y", text, "", (), ())
    opened = Correspondence("PR-1001", "", "a@b.c", (mail,))
    shown, page = "", 0
    while f"Page {page + 1} of" in str(modals.read(opened, ZONE, Matter("PR-1001", page=page))) and page < 40:
        view = modals.read(opened, ZONE, Matter("PR-1001", page=page))
        check_view(view)
        shown += str(view)
        page += 1
        if '"Later"' not in str(view).replace("'", '"'):
            break

    assert page >= 3
    assert "line 0 " in shown
    assert "line 19999 " in shown


@given(hostile, hostile, hostile)
@settings(max_examples=40)
def test_a_preview_keeps_every_limit(subject: str, body: str, words: str) -> None:
    drafts = [Draft("reply", subject, body)] * 2
    shown = Preview(View.REPLY_SEND, "Reply", drafts, words=Retyped(Field.TEXT, "Your words", words))
    view = modals.preview(shown, Matter("PR-1001"), changed=True)

    check_view(view)
    harmless(view)
    assert len(view["private_metadata"]) <= 3_000


@given(hostile, st.integers(1, 400))
def test_what_is_cut_is_never_cut_within_an_escaped_character(text: str, limit: int) -> None:
    cut = fit(escape(text), limit)

    assert len(cut) <= limit
    assert escape(cut.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")) == cut


@given(st.emails())
def test_no_address_survives_in_what_a_mail_server_said(address: str) -> None:
    assert address not in without_addresses(f"550 5.1.1 <{address}>: no such user {address}")


def test_reminders_escape_what_they_are_given() -> None:
    note = ReminderNote("PR-1001", Kind.DELETE, TODAY, -1, PING, settled=False)

    harmless(cards.reminder(note, "<!subteam^S0PRIVSTAFF>"))
    harmless(cards.escalation(note))
