"""What becomes of a mail: a case, an addition, held, filed, quarantined."""

from __future__ import annotations

import threading
import time
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select, text

from store import desk, errors, queries
from store.ledger import Event
from store.models import Case, DataKey, Mail
from store.office import Office
from store.rules.kinds import Kind
from store.rules.lifecycle import Status
from store.rules.outcomes import Outcome
from store.rules.states import MailState
from store.values import Wish
from tests.builders import (
    MORNING,
    OUTSIDER,
    READER,
    ROSA,
    STAFF1,
    STAFF2,
    StillClock,
    arrival,
    arrive,
    code_in,
    everything,
    kept,
    letters,
    write_again,
)


def held(office: Office, kinds: tuple[Kind, ...] = (Kind.DELETE,), guess: str | None = None, sender: str = ROSA) -> int:
    arrived = arrival(kinds, sender)
    mail_id = kept(office, arrived)
    desk.hold(office, mail_id, arrived, reason="It names no case.", guess=guess)
    return mail_id


def events(office: Office, ref: str) -> list[Event]:
    return [line.event for line in queries.history(office, ref)]


def mail_state(office: Office, mail_id: int) -> str:
    with office.database.reading() as session:
        return session.get_one(Mail, mail_id).state


def test_rosas_mail_opens_a_case_with_a_clock_for_each_right(any_office: Office) -> None:
    case = arrive(any_office, [Kind.DELETE, Kind.OPT_OUT])
    delete, opt_out = case.requests

    assert (case.ref, case.status, case.owner) == ("PR-1001", Status.NEW, None)
    assert (delete.kind, delete.received_on) == (Kind.DELETE, date(2027, 1, 12))
    assert (delete.acknowledge_by, delete.respond_by) == (date(2027, 1, 27), date(2027, 2, 26))
    assert (opt_out.acknowledge_by, opt_out.respond_by) == (None, date(2027, 2, 3))
    assert case.due == date(2027, 2, 3)
    assert case.masked_address == "r•••@e•••.net"
    assert case.waiting_letters == 1


@pytest.mark.parametrize(("kind", "days"), [(Kind.APPEAL, 45), (Kind.KNOW_SPECIFIC, 45), (Kind.ADMT_ACCESS, 45)])
def test_every_right_has_a_date_even_where_the_law_sets_none(office: Office, kind: Kind, days: int) -> None:
    (line,) = arrive(office, [kind]).requests

    assert line.due - line.received_on == timedelta(days=days)


def test_day_0_is_the_day_in_los_angeles_not_in_utc(office: Office) -> None:
    late_on_monday = datetime(2027, 1, 12, 7, 59, tzinfo=UTC)

    assert arrive(office, at=late_on_monday).requests[0].received_on == date(2027, 1, 11)
    assert arrive(office, at=late_on_monday + timedelta(minutes=1)).requests[0].received_on == date(2027, 1, 12)


def test_rosa_gets_an_acknowledgement_in_her_own_thread(office: Office) -> None:
    case = arrive(office, message_id="<first@mail.example.net>")
    (letter,) = letters(office, case.ref)

    assert letter["To"] == ROSA
    assert letter["In-Reply-To"] == "<first@mail.example.net>"
    assert "We received your request on January 12, 2027" in letter.get_content()
    assert events(office, case.ref) == [Event.OPENED, Event.LETTER_WRITTEN]


@pytest.mark.parametrize(
    "said",
    [
        {"answerable": False},
        {"sender": ""},
        {"sender": "rosa@example.net\r\nBcc: all@example.net"},
        {"sender": "a@b, c@d"},
    ],
    ids=["null sender", "no sender", "two lines", "two addresses"],
)
def test_who_cannot_be_answered_still_gets_a_case_but_no_letter(office: Office, said: dict[str, object]) -> None:
    case = arrive(office, **said)

    assert case.status is Status.NEW
    assert letters(office, case.ref) == []


def test_a_letter_to_nobody_is_refused_in_words(office: Office) -> None:
    case = arrive(office, sender="")
    desk.claim(office, case.ref, STAFF1)

    with pytest.raises(errors.NoAnswerPossible, match="PR-1001 has no address"):
        desk.reply(office, case.ref, "Hello?", STAFF1)


def test_the_same_mail_by_another_road_is_one_mail(any_office: Office) -> None:
    first = desk.keep(any_office, b"a mail", "hash", road="smtp", envelope="{}", received_at=MORNING)
    again = desk.keep(any_office, b"a mail", "hash", road="imap", envelope="{}", received_at=MORNING)

    assert (first.known, again.known) == (False, True)
    assert first.mail_id == again.mail_id
    assert queries.unread_mails(any_office) == (first.mail_id,)


def test_the_same_mail_by_two_roads_at_one_moment_is_one_mail(postgres_office: Office) -> None:
    office = postgres_office
    theirs = Mail(
        key_id="other",
        content_hash="hash",
        road="imap",
        state=MailState.KEPT,
        received_at=MORNING,
        size=1,
        raw=b"",
        envelope=b"",
    )
    ours: list[object] = []
    keeper = threading.Thread(
        target=lambda: ours.append(
            desk.keep(office, b"a mail", "hash", road="smtp", envelope="{}", received_at=MORNING)
        )
    )
    with office.database.writing() as session:
        session.add(DataKey(id="other"))
        session.flush()
        session.add(theirs)
        session.flush()
        keeper.start()
        _until_somebody_waits_for_a_lock(office)
    keeper.join(10)

    (kept_by_us,) = ours
    assert kept_by_us == desk.keep(office, b"a mail", "hash", road="smtp", envelope="{}", received_at=MORNING)
    with office.database.reading() as session:
        assert session.exec(select(Mail.road)).all() == ["imap"]


def _until_somebody_waits_for_a_lock(office: Office) -> None:
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with office.database.reading() as session:
            if session.connection().execute(waiting).scalar():
                return
    pytest.fail("the second transaction never waited for the first")


def test_a_mail_opens_one_case_only(office: Office) -> None:
    arrived = arrival([Kind.DELETE])
    mail_id = kept(office, arrived)
    desk.open_case(office, mail_id, arrived)

    with pytest.raises(errors.MailSettled, match="dealt with that mail already: opened"):
        desk.open_case(office, mail_id, arrived)
    with pytest.raises(errors.NoSuchMail):
        desk.open_case(office, 99, arrived)
    assert len(queries.cases(office)) == 1


def test_a_mail_that_invokes_no_right_opens_no_case(office: Office) -> None:
    arrived = arrival()
    mail_id = kept(office, arrived)

    with pytest.raises(errors.DecisionFaulty, match="at least one"):
        desk.open_case(office, mail_id, arrived)
    assert mail_state(office, mail_id) == MailState.KEPT


def test_rosas_second_mail_lands_in_her_case(any_office: Office) -> None:
    case = arrive(any_office)
    any_office.clock.advance(timedelta(days=1))  # type: ignore[attr-defined] # it stands still until it is set
    after = write_again(any_office, case.ref, "Any news?")

    assert after.last_word_at == any_office.clock()
    assert after.requests == case.requests
    assert events(any_office, case.ref)[-1] is Event.ATTACHED


def test_a_right_newly_invoked_counts_from_its_own_mail(office: Office, clock: StillClock) -> None:
    case = arrive(office)
    clock.advance(timedelta(days=10))
    after = write_again(office, case.ref, "And stop selling it.", kinds=[Kind.OPT_OUT, Kind.DELETE])

    assert [line.kind for line in after.requests] == [Kind.DELETE, Kind.OPT_OUT]
    assert after.requests[0] == case.requests[0]
    assert after.requests[1].received_on == date(2027, 1, 22)
    assert Event.REQUEST_ADDED in events(office, case.ref)


def test_a_right_newly_invoked_is_acknowledged_and_only_that(office: Office, clock: StillClock) -> None:
    case = arrive(office, (Kind.DELETE,))
    clock.advance(timedelta(days=3))
    write_again(office, case.ref, "And stop selling my data.", wishes=(Wish(Kind.OPT_OUT),))
    first, second = (letter.get_content() for letter in letters(office, case.ref))

    assert "Delete your personal information" in first
    assert "Stop selling and sharing your personal information: by" in second
    assert "Delete your personal information" not in second


def test_a_right_that_is_waiting_already_is_not_asked_twice(office: Office) -> None:
    case = arrive(office, (Kind.DELETE,))
    after = write_again(office, case.ref, "Please delete it all!", wishes=(Wish(Kind.DELETE),))

    assert [line.kind for line in after.requests] == [Kind.DELETE]
    assert len(letters(office, case.ref)) == 1


def test_a_right_that_was_settled_can_be_asked_for_again(office: Office) -> None:
    case = desk.claim(office, arrive(office, (Kind.OPT_OUT, Kind.DELETE)).ref, STAFF1)
    settled = next(line for line in case.requests if line.kind is Kind.OPT_OUT)
    desk.resolve(office, case.ref, settled.id, Outcome.COMPLIED_IN_FULL, STAFF1)
    after = write_again(office, case.ref, "You still sell my data. Stop.", wishes=(Wish(Kind.OPT_OUT),))

    assert sorted(line.kind for line in after.open_requests) == [Kind.DELETE, Kind.OPT_OUT]


def test_a_right_invoked_in_a_closed_case_opens_a_new_one(office: Office) -> None:
    case = desk.claim(office, arrive(office, (Kind.OPT_OUT,)).ref, STAFF1)
    desk.resolve(office, case.ref, case.requests[0].id, Outcome.COMPLIED_IN_FULL, STAFF1)
    after = write_again(office, case.ref, "Now delete my account too.", wishes=(Wish(Kind.DELETE),))

    assert after.ref != case.ref
    assert [line.kind for line in after.open_requests] == [Kind.DELETE]
    assert len(letters(office, after.ref)) == 1


def test_a_held_mail_put_into_a_closed_case_opens_a_new_one_for_its_right(office: Office) -> None:
    case = desk.claim(office, arrive(office, (Kind.OPT_OUT,)).ref, STAFF1)
    desk.resolve(office, case.ref, case.requests[0].id, Outcome.COMPLIED_IN_FULL, STAFF1)
    after = desk.place_in(office, held(office, (Kind.DELETE,), guess=case.ref), case.ref, STAFF1)

    assert after.ref != case.ref
    assert [line.kind for line in after.open_requests] == [Kind.DELETE]


def test_a_word_after_the_end_is_kept_with_the_closed_case(office: Office) -> None:
    case = arrive(office, [Kind.OPT_OUT])
    desk.claim(office, case.ref, STAFF1)
    desk.resolve(office, case.ref, case.requests[0].id, Outcome.COMPLIED_IN_FULL, STAFF1)
    after = write_again(office, case.ref, "Thank you!")

    assert after.status is Status.CLOSED
    assert len(after.requests) == 1
    assert events(office, case.ref)[-1] is Event.ATTACHED


def test_a_held_mail_waits_with_its_reason_and_the_best_guess(any_office: Office) -> None:
    case = arrive(any_office)
    mail_id = held(any_office, guess=case.ref, sender="stranger@elsewhere.example")
    mail = queries.held_mail(any_office, mail_id)

    assert (mail.state, mail.reason, mail.guess, mail.case) == (MailState.HELD, "It names no case.", case.ref, None)
    assert (mail.masked_sender, mail.wishes, mail.settled_by) == ("s•••@e•••.example", (Kind.DELETE,), None)


def test_a_person_makes_a_case_of_a_held_mail_and_says_which_rights(any_office: Office) -> None:
    mail_id = held(any_office)
    case = desk.place_as_new(any_office, mail_id, [Kind.OPT_OUT, Kind.DELETE, Kind.OPT_OUT], STAFF1)
    mail = queries.held_mail(any_office, mail_id)

    assert [line.kind for line in case.requests] == [Kind.OPT_OUT, Kind.DELETE]
    assert (mail.state, mail.case, mail.settled_by) == (MailState.OPENED, case.ref, STAFF1.id)
    assert len(letters(any_office, case.ref)) == 1


def test_the_clock_of_a_held_mail_ran_from_receipt(office: Office, clock: StillClock) -> None:
    mail_id = held(office)
    clock.advance(timedelta(days=3))

    assert desk.place_as_new(office, mail_id, [Kind.DELETE], STAFF1).requests[0].received_on == date(2027, 1, 12)


def test_the_words_that_said_so_go_with_the_right_they_are_for(office: Office) -> None:
    arrived = arrival(wishes=(Wish(Kind.DELETE, ("erase me",)),))
    mail_id = kept(office, arrived)
    desk.hold(office, mail_id, arrived, reason="It was forwarded.")
    case = desk.place_as_new(office, mail_id, [Kind.OPT_OUT, Kind.DELETE], STAFF1)

    assert desk.read(office, case.ref, STAFF1).mails[0].evidence == ("erase me",)


def test_a_case_needs_at_least_one_right(office: Office) -> None:
    mail_id = held(office)

    with pytest.raises(errors.DecisionFaulty, match="at least one"):
        desk.place_as_new(office, mail_id, [], STAFF1)
    assert mail_state(office, mail_id) == MailState.HELD


def test_a_person_puts_a_held_mail_into_a_case(any_office: Office) -> None:
    case = arrive(any_office)
    mail_id = held(any_office, kinds=(Kind.OPT_OUT,))
    after = desk.place_in(any_office, mail_id, "pr 1001", STAFF2)

    assert [line.kind for line in after.requests] == [Kind.DELETE, Kind.OPT_OUT]
    assert queries.held_mail(any_office, mail_id).case == case.ref
    assert Event.MAIL_PLACED in events(any_office, case.ref)


def test_a_held_mail_cannot_go_into_a_case_that_is_not_there(office: Office) -> None:
    mail_id = held(office)

    with pytest.raises(errors.NoSuchCase, match="There is no case PR-1009"):
        desk.place_in(office, mail_id, "1009", STAFF1)
    assert mail_state(office, mail_id) == MailState.HELD


def test_a_held_mail_that_is_no_request_is_set_aside(any_office: Office) -> None:
    mail_id = held(any_office)
    desk.set_aside(any_office, mail_id, STAFF1)

    assert queries.held_mail(any_office, mail_id).state == MailState.FILED
    assert queries.held_mail(any_office, mail_id).settled_by == STAFF1.id
    assert queries.cases(any_office) == ()


def test_whoever_is_second_at_a_held_mail_is_told(office: Office) -> None:
    mail_id = held(office)
    desk.set_aside(office, mail_id, STAFF1)
    before = everything(office)

    with pytest.raises(errors.MailSettled, match="filed"):
        desk.place_as_new(office, mail_id, [Kind.DELETE], STAFF2)
    with pytest.raises(errors.MailSettled, match="filed"):
        desk.set_aside(office, mail_id, STAFF2)
    with pytest.raises(errors.NoSuchMail):
        desk.set_aside(office, 99, STAFF2)
    assert everything(office) == before


def test_six_people_place_one_mail_and_one_of_them_does(any_office: Office) -> None:
    mail_id = held(any_office)
    start, told = threading.Barrier(6), []

    def place() -> None:
        start.wait()
        try:
            told.append(desk.place_as_new(any_office, mail_id, [Kind.DELETE], STAFF1).ref)
        except errors.MailSettled as refused:
            told.append(str(refused))

    people = [threading.Thread(target=place) for _ in range(6)]
    for person in people:
        person.start()
    for person in people:
        person.join()

    assert sorted(told) == ["PR-1001", *["U0STAFF1 has dealt with that mail already: opened."] * 5]
    assert len(queries.cases(any_office)) == 1


@pytest.mark.parametrize("by", [OUTSIDER, READER])
def test_who_is_no_staff_places_nothing(office: Office, by: object) -> None:
    mail_id = held(office)

    for place in (
        lambda: desk.place_as_new(office, mail_id, [Kind.DELETE], by),  # type: ignore[arg-type] # a parameter
        lambda: desk.place_in(office, mail_id, "PR-1001", by),  # type: ignore[arg-type] # a parameter
        lambda: desk.set_aside(office, mail_id, by),  # type: ignore[arg-type] # a parameter
    ):
        with pytest.raises(errors.RoleMissing, match="needs the staff role"):
            place()


def test_a_mail_that_cannot_be_read_is_shown_and_can_be_set_aside(any_office: Office) -> None:
    mail_id = kept(any_office, arrival())
    desk.quarantine(any_office, mail_id, reason="Reading it failed (ValueError).")
    mail = queries.held_mail(any_office, mail_id)

    assert (mail.state, mail.wishes) == (MailState.QUARANTINED, ())
    assert queries.unread_mails(any_office) == ()
    with pytest.raises(errors.MailUnreadable):
        desk.place_as_new(any_office, mail_id, [Kind.DELETE], STAFF1)
    desk.set_aside(any_office, mail_id, STAFF1)
    assert queries.held_mail(any_office, mail_id).state == MailState.FILED


def test_an_automatic_answer_is_filed_with_its_reason(any_office: Office) -> None:
    arrived = arrival()
    mail_id = kept(any_office, arrived)
    desk.file(any_office, mail_id, arrived, reason="It is an automatic answer.")

    assert queries.held_mail(any_office, mail_id).reason == "It is an automatic answer."
    assert queries.unread_mails(any_office) == ()


def test_a_code_in_a_mail_that_a_person_placed_is_not_believed(office: Office) -> None:
    case = arrive(office)
    desk.claim(office, case.ref, STAFF1)
    desk.ask_to_verify(office, case.ref, STAFF1)
    arrived = arrival(reply=code_in(letters(office, case.ref)[-1]), sender="stranger@elsewhere.example")
    mail_id = kept(office, arrived)
    desk.hold(office, mail_id, arrived, reason="It comes from another address.", guess=case.ref)

    assert desk.place_in(office, mail_id, case.ref, STAFF1).points == ()


def test_a_mail_in_another_law_opens_a_case_under_it(office: Office) -> None:
    assert arrive(office, law="us-ca").law == "us-ca"
    with office.database.reading() as session:
        assert session.exec(select(Case.law)).all() == ["us-ca"]
