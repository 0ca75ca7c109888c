"""What the doors ask: lists in their order, counts that are right, threads that are found and not guessed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import select

from store import desk, errors, queries
from store.casefile import masked, number_of
from store.models import Case, Request
from store.models.cases import NO_DATE
from store.office import Office
from store.queries import Shelf, Which
from store.rules.kinds import Kind
from store.rules.lifecycle import Status
from store.rules.outcomes import Outcome
from store.values import CaseFile
from tests.builders import ROSA, STAFF1, STAFF2, StillClock, arrival, arrive, kept, letters

OMAR = "omar@example.org"


def clock_of(office: Office) -> StillClock:
    assert isinstance(office.clock, StillClock)
    return office.clock


def refs(cases: Sequence[CaseFile]) -> list[str]:
    return [case.ref for case in cases]


def closed(office: Office, kinds: Sequence[Kind] = (Kind.OPT_OUT,)) -> CaseFile:
    case = desk.claim(office, arrive(office, kinds).ref, STAFF1)
    for line in case.requests:
        desk.resolve(office, case.ref, line.id, Outcome.WITHDRAWN, STAFF1)
    return queries.case(office, case.ref)


class TestLists:
    @pytest.fixture
    def full(self, any_office: Office) -> Office:
        """1001 to delete (claimed by staff1), 1002 opt-out, 1003 closed, 1004 to delete later (staff2), 1005 closed."""
        clock = clock_of(any_office)
        desk.claim(any_office, arrive(any_office).ref, STAFF1)
        arrive(any_office, [Kind.OPT_OUT])
        closed(any_office)
        clock.advance(timedelta(days=2))
        desk.claim(any_office, arrive(any_office, [Kind.CORRECT]).ref, STAFF2)
        closed(any_office, [Kind.OPT_OUT, Kind.DELETE])
        return any_office

    def test_each_list_has_its_cases_the_nearest_date_first(self, full: Office) -> None:
        listed = {which: refs(queries.cases(full, which)) for which in Which if which is not Which.MINE}

        assert listed == {
            Which.OPEN: ["PR-1002", "PR-1001", "PR-1004"],
            Which.UNCLAIMED: ["PR-1002"],
            Which.WAITING: [],
            Which.DUE: [],
            Which.OVERDUE: [],
            Which.CLOSED: ["PR-1005", "PR-1003"],
            Which.ALL: ["PR-1005", "PR-1004", "PR-1003", "PR-1002", "PR-1001"],
        }

    def test_everybody_has_their_own(self, full: Office) -> None:
        assert refs(queries.cases(full, Which.MINE, owner=STAFF1.id)) == ["PR-1001"]
        assert refs(queries.cases(full, Which.MINE, owner=STAFF2.id)) == ["PR-1004"]
        assert queries.cases(full, Which.MINE, owner="U0NOBODY") == ()

    def test_a_case_is_overdue_on_the_day_after_its_date(self, full: Office) -> None:
        clock = clock_of(full)
        due = queries.case(full, "PR-1002").due
        assert due is not None
        clock.advance(timedelta(days=(due - full.today()).days))
        on_the_day = queries.cases(full, Which.OVERDUE)
        clock.advance(timedelta(days=1))

        assert on_the_day == ()
        assert refs(queries.cases(full, Which.OVERDUE)) == ["PR-1002"]

    def test_an_extension_moves_a_case_down_the_list(self, full: Office) -> None:
        desk.extend(full, "PR-1001", queries.case(full, "PR-1001").requests[0].id, "Old tapes.", STAFF1)

        assert refs(queries.cases(full)) == ["PR-1002", "PR-1004", "PR-1001"]

    def test_a_long_list_is_turned_page_by_page(self, full: Office) -> None:
        first = queries.page(full, Shelf(frozenset({Which.ALL})), limit=2)
        second = queries.page(full, Shelf(frozenset({Which.ALL})), limit=2, cursor=first.after)
        third = queries.page(full, Shelf(frozenset({Which.ALL})), limit=2, cursor=second.after)
        back = queries.page(full, Shelf(frozenset({Which.ALL})), limit=2, cursor=third.before)
        ahead = queries.page(full, Shelf(frozenset({Which.ALL})), limit=2, cursor=back.before)
        pages = (first, second, third, back, ahead)

        assert [refs(page.cases) for page in pages] == [
            ["PR-1005", "PR-1004"],
            ["PR-1003", "PR-1002"],
            ["PR-1001"],
            ["PR-1003", "PR-1002"],
            ["PR-1005", "PR-1004"],
        ]
        assert [(bool(page.before), bool(page.after)) for page in pages] == [
            *((False, True), (True, True), (True, False), (True, True), (False, True)),
        ]
        assert back == second

    @pytest.mark.parametrize("which", [Which.OPEN, Which.CLOSED])
    def test_pages_follow_the_order_of_their_list(self, full: Office, which: Which) -> None:
        whole = refs(queries.cases(full, which))
        shelf, turned, cursor = Shelf(frozenset({which})), [], ""
        while not turned or cursor:
            page = queries.page(full, shelf, limit=1, cursor=cursor)
            turned += refs(page.cases)
            cursor = page.after

        assert turned == whole

    def test_a_page_that_has_emptied_is_the_first_one(self, full: Office) -> None:
        found = queries.page(full, Shelf(), cursor=">2099-01-01/1")

        assert found == queries.page(full, Shelf())

    def test_what_is_asked_for_together_must_hold_together(self, full: Office) -> None:
        def fits(*which: Which, **more: Any) -> list[str]:
            shelf = Shelf(frozenset(which or {Which.OPEN}), **more)
            return refs(queries.page(full, shelf, owner=STAFF1.id).cases)

        assert fits(Which.MINE, kinds=(Kind.DELETE,)) == ["PR-1001"]
        assert fits(Which.MINE, kinds=(Kind.CORRECT,)) == []
        assert fits(kinds=(Kind.OPT_OUT, Kind.CORRECT)) == ["PR-1002", "PR-1004"]
        assert fits(Which.CLOSED, kinds=(Kind.DELETE,)) == ["PR-1005"]
        assert fits(Which.CLOSED, Which.MINE) == ["PR-1005", "PR-1003"]
        assert fits(Which.ALL, statuses=(Status.NEW, Status.CLAIMED)) == ["PR-1004", "PR-1002", "PR-1001"]
        assert fits(Which.DUE) == []
        assert fits(Which.DUE, days=25) == ["PR-1002"]
        assert fits(Which.CLOSED, Which.UNCLAIMED) == []

    def test_waiting_are_those_whose_next_word_is_the_consumers(self, full: Office) -> None:
        clock_of(full).advance(timedelta(hours=1))
        desk.reply(full, "PR-1001", "Which of your accounts?", STAFF1)

        assert refs(queries.cases(full, Which.WAITING)) == ["PR-1001"]

    def test_a_case_knows_its_date_whatever_happens_to_its_requests(self, full: Office) -> None:
        def kept() -> bool:
            with full.database.reading() as session:
                rows = {row.ref: row.due for row in session.exec(select(Case))}
            return all(rows[ref] == (queries.case(full, ref).due or NO_DATE) for ref in rows)

        opened = kept()
        first = queries.case(full, "PR-1001").requests[0].id
        desk.extend(full, "PR-1001", first, "Old tapes.", STAFF1)
        extended = kept()
        desk.resolve(full, "PR-1001", first, Outcome.WITHDRAWN, STAFF1)
        settled = kept()
        desk.reopen(full, "PR-1001", first, "By mistake.", STAFF1)
        reopened = kept()
        with full.database.writing() as session:
            session.delete(session.get_one(Request, first))
        with full.database.reading() as session:
            gone = session.get_one(Case, 1).due

        assert (opened, extended, settled, reopened, gone) == (True, True, True, True, NO_DATE)


def test_the_digest_counts_a_morning_that_was_set_up_by_hand(any_office: Office) -> None:
    clock = clock_of(any_office)
    arrive(any_office, [Kind.OPT_OUT])
    for _ in range(2):
        desk.claim(any_office, arrive(any_office).ref, STAFF1)
    clock.advance(timedelta(days=43))
    arrive(any_office, [Kind.CORRECT])
    closed(any_office)
    clock.advance(timedelta(hours=23))
    held, unread, broken = (kept(any_office, arrival()) for _ in range(3))
    desk.hold(any_office, held, arrival(), reason="It was forwarded.")
    desk.quarantine(any_office, broken, reason="Reading it failed.")
    job = desk.lease_letters(any_office, "postman", 1)[0]
    desk.letter_delayed(any_office, job.id, "postman", "refused", final=True)
    desk.mailbox_failed(any_office, "imap: INBOX", "It refused our sign-in.")
    facts = queries.digest(any_office)

    assert (facts.today, facts.at) == (any_office.today(), clock())
    assert (facts.open_cases, facts.opened_yesterday, facts.closed_yesterday) == (4, 2, 1)
    assert (facts.overdue_count, refs(facts.overdue)) == (1, ["PR-1001"])
    assert (facts.due_count, refs(facts.due_this_week)) == (2, ["PR-1002", "PR-1003"])
    assert (facts.unclaimed_count, refs(facts.unclaimed)) == (2, ["PR-1001", "PR-1004"])
    assert (facts.held_count, facts.quarantined_count, facts.unread_mails) == (1, 1, 1)
    assert (facts.waiting_letters, facts.parked_letters) == (5, 1)
    assert [health.name for health in facts.mailboxes] == ["imap: INBOX"]
    assert queries.unread_mails(any_office) == (unread,)


def test_the_digest_of_a_thousand_cases_shows_ten_of_each_and_counts_all(office: Office) -> None:
    for number in range(12):
        arrive(office, sender=f"consumer{number}@example.net")

    facts = queries.digest(office)
    assert (len(facts.unclaimed), facts.unclaimed_count) == (10, 12)


class TestThreads:
    def token(self, office: Office, ref: str) -> str:
        reply_to = str(letters(office, ref)[0]["Reply-To"])
        return reply_to.partition("+")[2].partition("@")[0]

    def test_a_token_finds_its_case_and_says_whether_the_sender_is_its_consumer(self, any_office: Office) -> None:
        ref = arrive(any_office).ref
        token = self.token(any_office, ref)

        assert queries.case_of_thread(any_office, [token], [], [], ROSA.upper()) == (ref, True)
        assert queries.case_of_thread(any_office, [token], [], [], "stranger@elsewhere.example") == (ref, False)

    def test_an_answer_to_a_letter_of_ours_finds_its_case(self, any_office: Office) -> None:
        ref = arrive(any_office).ref
        ours = str(letters(any_office, ref)[0]["Message-ID"])

        assert queries.case_of_thread(any_office, [], ["<other@x>", ours], [], ROSA) == (ref, True)
        assert queries.case_of_thread(any_office, ["0" * 20], [ours], [], "stranger@elsewhere.example") == (ref, False)
        assert queries.is_ours(any_office, ours)
        assert not queries.is_ours(any_office, "<other@x>")

    def test_of_two_cases_the_senders_own_is_meant(self, any_office: Office) -> None:
        rosas, omars = arrive(any_office).ref, arrive(any_office, sender=OMAR).ref
        tokens = [self.token(any_office, ref) for ref in (rosas, omars)]

        assert queries.case_of_thread(any_office, tokens, [], [], OMAR) == (omars, True)
        assert queries.case_of_thread(any_office, tokens, [], [], ROSA) == (rosas, True)

    def test_of_two_cases_of_one_consumer_the_surest_sign_tells(self, any_office: Office) -> None:
        first, second = arrive(any_office).ref, arrive(any_office).ref
        quoted, addressed = self.token(any_office, first), self.token(any_office, second)
        answered = str(letters(any_office, second)[0]["Message-ID"])
        older = str(letters(any_office, first)[0]["Message-ID"])

        assert queries.case_of_thread(any_office, [addressed, quoted], [], [], ROSA) == (second, True)
        assert queries.case_of_thread(any_office, [addressed], [older], [quoted], ROSA) == (second, True)
        assert queries.case_of_thread(any_office, [], [older, answered], [quoted], ROSA) == (second, True)
        assert queries.case_of_thread(any_office, [], [], [quoted], ROSA) == (first, True)

    @pytest.mark.parametrize("guess", ["PR-1001", "1001", "1", "", "0" * 20])
    def test_a_guessed_number_finds_nothing(self, any_office: Office, guess: str) -> None:
        arrive(any_office)

        assert queries.case_of_thread(any_office, [guess], [guess, f"<{guess}>"], [], ROSA) == (None, False)

    def test_a_mail_with_nothing_belongs_nowhere(self, any_office: Office) -> None:
        assert queries.case_of_thread(any_office, [], [], [], ROSA) == (None, False)

    def test_thousands_of_made_up_tokens_do_no_harm(self, any_office: Office) -> None:
        tokens = [f"{number:020x}" for number in range(3000)]

        assert queries.case_of_thread(any_office, tokens, tokens, [], ROSA) == (None, False)


@pytest.mark.parametrize("ref", ["PR-1001", "pr-1001", " PR 1001 ", "#1001", "1001", "PR1001", "pr#1001"])
def test_a_reference_is_understood_as_people_write_it(ref: str) -> None:
    assert number_of(ref) == 1


@pytest.mark.parametrize(
    "ref", ["", "PR-", "PR-1000", "PR-0", "PR-12x4", "PR-²³¹¹", "PR-" + "9" * 13, "-1001-", "x1001"]
)
def test_what_is_no_reference_is_told_back_shortened(ref: str) -> None:
    with pytest.raises(errors.NoSuchCase, match="There is no case"):
        number_of(ref)
    with pytest.raises(errors.NoSuchCase) as refused:
        number_of("word" * 100)
    assert len(str(refused.value)) < 80


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("rosa.alvarez@example.net", "r•••@e•••.net"),
        (" Rosa@Mail.Example.CO.UK ", "r•••@m•••.uk"),
        ("rosa", "r•••"),
        ("@example.net", "@•••"),
        ("rosa@localhost", "r•••"),
        ("", "•••"),
        ('"a@b"@example.net', '"•••@e•••.net'),
    ],
)
def test_an_address_is_shown_without_giving_it_away(address: str, shown: str) -> None:
    assert masked(address) == shown


def test_an_open_case_is_found_among_thousands_of_closed_ones_without_a_walk_through_them(office: Office) -> None:
    asked: list[tuple[str, Any]] = []
    engine = office.database.engine
    event.listen(engine, "before_cursor_execute", lambda *said: asked.append((said[2], said[3])))
    closed(office)
    again = arrive(office)
    found = queries.open_case_of(office, ROSA)
    (statement, values), *_ = [each for each in reversed(asked) if "closed_at IS NULL" in each[0]]
    with engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()

    assert found == again.ref
    assert [step[3] for step in plan] == ["SEARCH case_file USING INDEX case_open (address_hash=?)"]


def test_a_mails_bytes_come_back_as_they_came(any_office: Office) -> None:
    raw = bytes(range(256)) * 10
    mail_id = desk.keep(
        any_office, raw, "hash", road="smtp", envelope='{"sender": "a@b.c"}', received_at=any_office.clock()
    ).mail_id

    assert queries.raw_mail(any_office, mail_id) == (raw, {"sender": "a@b.c"})


def test_what_is_not_there_is_told_of(any_office: Office) -> None:
    with pytest.raises(errors.NoSuchCase, match="There is no case PR-1009"):
        queries.case(any_office, "1009")
    with pytest.raises(errors.NoSuchCase, match="There is no case PR-1009"):
        queries.history(any_office, "1009")
    with pytest.raises(errors.NoSuchMail):
        queries.raw_mail(any_office, 9)
    with pytest.raises(errors.NoSuchMail):
        queries.held_mail(any_office, 9)


def test_a_case_knows_its_requests_by_their_ids(office: Office) -> None:
    case = arrive(office)

    assert case.request(case.requests[0].id) == case.requests[0]
    with pytest.raises(KeyError):
        case.request(99)
