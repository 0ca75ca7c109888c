"""A mail in quarantine can be read again once the reading has been mended; anything else was settled."""

from __future__ import annotations

import pytest
from sqlmodel import col, select

from store import desk, queries
from store.errors import MailSettled, NoSuchMail
from store.ledger import Event
from store.models import Entry, Post
from store.office import Office
from store.rules.kinds import Kind
from store.rules.states import PostKind
from tests.builders import arrival, kept


def quarantined(office: Office) -> int:
    mail_id = kept(office, arrival())
    desk.quarantine(office, mail_id, reason="Reading it failed (RecursionError).")
    return mail_id


def drawings(office: Office, mail_id: int) -> int:
    """How often the card of a mail was to be drawn."""
    with office.database.reading() as session:
        chosen = select(Post).where(Post.kind == PostKind.HELD, Post.subject == str(mail_id))
        return sum(post.wanted for post in session.exec(chosen))


def last_line(office: Office) -> tuple[str, str]:
    """The last line of the desk's own chain."""
    with office.database.reading() as session:
        entry = session.exec(select(Entry).where(Entry.chain == 0).order_by(col(Entry.number).desc())).first()
        return (entry.event, entry.facts) if entry else ("", "")


def test_a_mail_is_given_back_to_be_read_again_and_its_card_says_so(any_office: Office) -> None:
    mail_id = quarantined(any_office)
    desk.replay(any_office, mail_id)
    given_back = queries.held_mail(any_office, mail_id)

    assert (given_back.state, given_back.reason) == ("kept", "")
    assert queries.unread_mails(any_office) == (mail_id,)
    assert drawings(any_office, mail_id) == 2
    assert last_line(any_office) == (Event.MAIL_REPLAYED, f'{{"mail": {mail_id}}}')
    assert queries.audit(any_office) == ()


def test_all_of_them_are_given_back_at_once_the_oldest_first(any_office: Office) -> None:
    first, second = quarantined(any_office), quarantined(any_office)
    held = kept(any_office, arrival())
    desk.hold(any_office, held, arrival(), reason="It is in doubt.")

    assert desk.replay_all(any_office) == (first, second)
    assert desk.replay_all(any_office) == ()
    assert queries.held_mail(any_office, held).state == "held"


def test_only_what_is_in_quarantine_is_given_back(office: Office) -> None:
    mail_id = quarantined(office)
    desk.replay(office, mail_id)
    with pytest.raises(MailSettled, match="kept"):
        desk.replay(office, mail_id)
    with pytest.raises(NoSuchMail):
        desk.replay(office, 4711)

    assert drawings(office, mail_id) == 2


def test_a_mail_that_was_read_again_is_a_mail_like_any_other_and_its_card_is_drawn_anew(office: Office) -> None:
    mail_id = quarantined(office)
    desk.replay(office, mail_id)
    case = desk.open_case(office, mail_id, arrival((Kind.DELETE,)))
    settled = queries.held_mail(office, mail_id)

    assert (settled.state, settled.case, settled.settled_by) == ("opened", case.ref, None)
    assert drawings(office, mail_id) == 3


def test_a_mail_that_fails_again_is_in_quarantine_again_and_its_card_says_why(office: Office) -> None:
    mail_id = quarantined(office)
    desk.replay(office, mail_id)
    desk.quarantine(office, mail_id, reason="Reading it failed (ValueError).")
    again = queries.held_mail(office, mail_id)

    assert (again.state, again.reason) == ("quarantined", "Reading it failed (ValueError).")
    assert drawings(office, mail_id) == 3
