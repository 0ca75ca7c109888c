"""What the courier and the postman take, give back, and lose."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from store import desk, errors, queries
from store.ledger import Event
from store.models import Letter, Post
from store.office import Office
from store.outbox import BACKOFF, LEASE, LONGEST_SLACK_WAIT, PATIENCE, backoff
from store.rules.kinds import Kind
from store.rules.states import LetterState, PostKind
from store.values import Place, PostJob
from tests.builders import ROSA, STAFF1, StillClock, arrive, everything, letters

COURIER, OTHER = "courier-1", "courier-2"
HERE = Place("C0CASES", "1700000000.000100")


def clock_of(office: Office) -> StillClock:
    assert isinstance(office.clock, StillClock)
    return office.clock


def card(jobs: tuple[PostJob, ...]) -> PostJob:
    return next(job for job in jobs if job.kind == PostKind.CARD)


def drawn(office: Office, by: str = COURIER) -> list[str]:
    """Draw everything that is wanted, and tell what kinds they were."""
    jobs = desk.lease_posts(office, by)
    for job in jobs:
        assert desk.post_drawn(office, job, by, HERE)
    return [job.kind for job in jobs]


class TestPosts:
    def test_a_new_case_wants_its_card_and_a_line_in_its_thread(self, any_office: Office) -> None:
        case = arrive(any_office)
        jobs = desk.lease_posts(any_office, COURIER)

        assert [(job.kind, job.case_id, job.place, job.attempts) for job in jobs] == [
            (PostKind.CARD, case.id, None, 1),
            (PostKind.LINE, case.id, None, 1),
        ]
        assert len({job.token for job in jobs}) == 2

    def test_a_line_knows_the_thread_once_the_card_stands(self, any_office: Office) -> None:
        case = arrive(any_office)
        drawn(any_office)
        desk.claim(any_office, case.ref, STAFF1)
        again, line = desk.lease_posts(any_office, COURIER)

        assert (again.kind, again.place, again.thread) == (PostKind.CARD, HERE, None)
        assert (line.kind, line.place, line.thread) == (PostKind.LINE, None, HERE)

    def test_ten_marks_of_one_card_are_one_drawing(self, any_office: Office) -> None:
        case = arrive(any_office)
        drawn(any_office)
        for _ in range(5):
            desk.claim(any_office, case.ref, STAFF1)
            desk.release(any_office, case.ref, STAFF1)

        assert drawn(any_office).count(PostKind.CARD) == 1
        assert drawn(any_office) == []

    def test_a_mark_made_while_the_card_is_drawn_is_drawn_again(self, office: Office) -> None:
        case = arrive(office)
        first = card(desk.lease_posts(office, COURIER))
        desk.claim(office, case.ref, STAFF1)
        desk.post_drawn(office, first, COURIER, HERE)
        second = card(desk.lease_posts(office, COURIER))

        assert second.version > first.version
        assert second.place == HERE

    def test_two_couriers_never_hold_one_post(self, any_office: Office) -> None:
        arrive(any_office)
        mine, theirs = desk.lease_posts(any_office, COURIER, 1), desk.lease_posts(any_office, OTHER)

        assert len(mine) == len(theirs) == 1
        assert mine[0].id != theirs[0].id
        assert desk.lease_posts(any_office, COURIER) == ()

    def test_a_courier_that_dies_loses_its_posts_after_a_minute(self, any_office: Office) -> None:
        arrive(any_office)
        lost = desk.lease_posts(any_office, COURIER)
        clock_of(any_office).advance(LEASE - timedelta(seconds=1))
        too_early = desk.lease_posts(any_office, OTHER)
        clock_of(any_office).advance(timedelta(seconds=1))
        taken = desk.lease_posts(any_office, OTHER)

        assert too_early == ()
        assert [job.id for job in taken] == [job.id for job in lost]
        assert [job.attempts for job in taken] == [2, 2]

    def test_who_lost_a_lease_settles_nothing(self, office: Office, clock: StillClock) -> None:
        arrive(office)
        (job, _) = desk.lease_posts(office, COURIER)
        clock.advance(LEASE)
        desk.lease_posts(office, OTHER)
        before = everything(office)
        noted = desk.post_drawn(office, job, COURIER, HERE)
        desk.post_delayed(office, job, COURIER, "busy")
        desk.post_lost(office, job, COURIER)

        assert not noted
        assert everything(office) == before

    def test_slack_says_how_long_to_wait(self, any_office: Office) -> None:
        clock = clock_of(any_office)
        arrive(any_office)
        for job in desk.lease_posts(any_office, COURIER):
            desk.post_delayed(any_office, job, COURIER, "ratelimited", timedelta(seconds=30))
        clock.advance(timedelta(seconds=29))
        early = desk.lease_posts(any_office, COURIER)
        clock.advance(timedelta(seconds=1))

        assert early == ()
        assert len(desk.lease_posts(any_office, COURIER)) == 2

    def test_without_a_word_from_slack_the_wait_grows_and_never_ends(self, office: Office, clock: StillClock) -> None:
        arrive(office)
        waits = []
        for _ in range(len(BACKOFF) + 2):
            job = card(desk.lease_posts(office, COURIER))
            desk.post_delayed(office, job, COURIER, "x" * 500)
            with office.database.reading() as session:
                post = session.get_one(Post, job.id)
                waits.append(post.not_before - clock())
                assert len(post.trouble) == 200
            clock.move_to(clock() + waits[-1])

        assert waits == [*BACKOFF[:5], *[LONGEST_SLACK_WAIT] * (len(BACKOFF) - 3)]

    def test_a_mark_does_not_hurry_a_post_that_slack_refused(self, office: Office) -> None:
        case = arrive(office)
        job = card(desk.lease_posts(office, COURIER))
        desk.post_delayed(office, job, COURIER, "ratelimited", timedelta(hours=1))
        desk.claim(office, case.ref, STAFF1)

        assert PostKind.CARD not in [job.kind for job in desk.lease_posts(office, COURIER)]

    def test_a_card_that_was_deleted_in_slack_is_posted_anew_at_once(self, any_office: Office) -> None:
        case = arrive(any_office)
        drawn(any_office)
        desk.claim(any_office, case.ref, STAFF1)
        stood = card(desk.lease_posts(any_office, COURIER))
        desk.post_lost(any_office, stood, COURIER)
        anew = card(desk.lease_posts(any_office, COURIER))

        assert (stood.place, anew.place) == (HERE, None)
        assert anew.version == stood.version

    def test_what_there_is_nothing_to_draw_of_is_done_without_a_place(self, office: Office) -> None:
        arrive(office)
        for job in desk.lease_posts(office, COURIER):
            assert desk.post_drawn(office, job, COURIER, None)

        assert desk.lease_posts(office, COURIER) == ()


class TestLetters:
    def test_a_letter_is_sent_once(self, any_office: Office) -> None:
        case = arrive(any_office)
        (job,) = desk.lease_letters(any_office, COURIER)
        sent = [desk.letter_sent(any_office, job.id, COURIER) for _ in range(2)]

        assert sent == [True, False]
        assert job.recipient == ROSA
        assert job.message_id.encode() in job.content
        assert desk.lease_letters(any_office, COURIER) == ()
        assert queries.case(any_office, case.ref).waiting_letters == 0
        assert queries.history(any_office, case.ref)[-1].event is Event.LETTER_SENT

    def test_a_retry_sends_the_same_bytes(self, any_office: Office) -> None:
        arrive(any_office)
        (first,) = desk.lease_letters(any_office, COURIER)
        desk.letter_delayed(any_office, first.id, COURIER, "try later")
        clock_of(any_office).advance(backoff(1))
        (again,) = desk.lease_letters(any_office, COURIER)

        assert (again.content, again.message_id) == (first.content, first.message_id)
        assert (first.attempts, again.attempts) == (1, 2)

    def test_a_cases_letters_keep_their_order_and_other_cases_do_not_wait(self, any_office: Office) -> None:
        rosas, others = arrive(any_office), arrive(any_office, sender="omar@example.org")
        desk.claim(any_office, rosas.ref, STAFF1)
        desk.reply(any_office, rosas.ref, "Which account?", STAFF1)
        first, other = desk.lease_letters(any_office, COURIER)
        desk.letter_delayed(any_office, first.id, COURIER, "try later")
        desk.letter_sent(any_office, other.id, COURIER)
        meanwhile = desk.lease_letters(any_office, COURIER)
        clock_of(any_office).advance(timedelta(minutes=1))
        desk.letter_sent(any_office, desk.lease_letters(any_office, COURIER)[0].id, COURIER)
        (reply,) = desk.lease_letters(any_office, COURIER)

        assert meanwhile == ()
        assert b"Which account?" in reply.content
        assert queries.case(any_office, others.ref).waiting_letters == 0

    def test_a_postman_that_dies_loses_its_letter_after_a_minute(self, any_office: Office) -> None:
        arrive(any_office)
        (lost,) = desk.lease_letters(any_office, COURIER)
        early = desk.lease_letters(any_office, OTHER)
        clock_of(any_office).advance(LEASE)
        (taken,) = desk.lease_letters(any_office, OTHER)
        before = everything(any_office)
        noted = desk.letter_sent(any_office, lost.id, COURIER)
        desk.letter_delayed(any_office, lost.id, COURIER, "late", final=True)

        assert (early, noted) == ((), False)
        assert taken.content == lost.content
        assert everything(any_office) == before

    @pytest.mark.parametrize("final", [True, False])
    def test_a_letter_is_parked_when_refused_for_good_or_after_long_patience(
        self, office: Office, clock: StillClock, *, final: bool
    ) -> None:
        case = arrive(office)
        began, tries = clock(), 0
        while jobs := desk.lease_letters(office, COURIER):
            tries += 1
            desk.letter_delayed(office, jobs[0].id, COURIER, "refused (550)", final=final)
            until = clock()
            clock.advance(BACKOFF[-1])
        line = queries.history(office, case.ref)[-1]

        assert tries == 1 if final else until - began == PATIENCE
        assert (line.event, line.facts["trouble"]) == (Event.LETTER_PARKED, "refused (550)")
        assert queries.case(office, case.ref).parked_letters == 1
        with office.database.reading() as session:
            assert session.exec(select(Letter.state)).all() == [LetterState.PARKED]

    def test_a_parked_letter_does_not_hold_up_the_next(self, office: Office) -> None:
        case = arrive(office)
        desk.letter_delayed(office, desk.lease_letters(office, COURIER)[0].id, COURIER, "refused", final=True)
        desk.claim(office, case.ref, STAFF1)
        desk.reply(office, case.ref, "Are you there?", STAFF1)

        assert len(desk.lease_letters(office, COURIER)) == 1


def test_a_single_process_that_starts_again_need_not_wait_for_its_own_leases(any_office: Office) -> None:
    arrive(any_office)
    desk.lease_posts(any_office, "before the crash")
    desk.lease_letters(any_office, "before the crash")
    desk.free_leases(any_office)

    assert len(desk.lease_posts(any_office, COURIER)) == 2
    assert len(desk.lease_letters(any_office, COURIER)) == 1


def test_the_wait_grows_to_half_an_hour() -> None:
    assert [backoff(attempts).total_seconds() for attempts in (0, 1, 2, len(BACKOFF), len(BACKOFF) + 5)] == [
        1,
        1,
        5,
        1800,
        1800,
    ]


class TestBell:
    def test_it_rings_for_what_is_left_to_do_and_not_for_taking_it(self, office: Office) -> None:
        rung: list[str] = []
        office.bell.subscribe(lambda: rung.append("ding"))
        arrive(office)
        after_arrival = len(rung)
        jobs, posts = desk.lease_letters(office, COURIER), desk.lease_posts(office, COURIER)
        for post in posts:
            desk.post_drawn(office, post, COURIER, HERE)
        desk.mailbox_read(office, "smtp")
        after_taking = len(rung)
        desk.letter_sent(office, jobs[0].id, COURIER)

        assert (after_arrival, after_taking) == (2, 2)
        assert len(rung) == 3

    def test_nobody_is_woken_who_left(self, office: Office) -> None:
        rung: list[str] = []

        def wake() -> None:
            rung.append("ding")

        office.bell.subscribe(wake)
        office.bell.unsubscribe(wake)
        arrive(office)

        assert rung == []

    def test_a_refusal_wakes_nobody(self, office: Office) -> None:
        case = arrive(office, [Kind.OPT_OUT])
        rung: list[str] = []
        office.bell.subscribe(lambda: rung.append("ding"))
        with pytest.raises(errors.NotClaimed, match="press Claim first"):
            desk.reply(office, case.ref, "Hello", STAFF1)

        assert rung == []
        assert len(letters(office, case.ref)) == 1
