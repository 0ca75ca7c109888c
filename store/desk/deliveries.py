"""What the courier and the postman ask of the desk: what is due, and what became of it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update
from sqlmodel import Session, col, select

from store import outbox
from store.desk.returns import unreached
from store.desk.work import Verb, Work
from store.ledger import Event
from store.models import Case, Letter, Post
from store.rules.states import LetterState, PostKind
from store.values import THE_DESK, LetterJob, Place, PostJob

BATCH = 20


@Verb
def lease_posts(work: Work, by: str, limit: int = BATCH) -> tuple[PostJob, ...]:
    """Take the posts that must be drawn now, oldest first.

    Args:
        work: the transaction.
        by: this process.
        limit: at most so many.
    """
    posts = outbox.lease_posts(work.session, by=by, now=work.now, limit=limit)
    return tuple(_job(work.session, post) for post in posts)


@Verb
def post_drawn(work: Work, job: PostJob, by: str, place: Place | None) -> bool:
    """Say that a post stands as wanted, and where (None: there was nothing to draw).

    Returns:
        False when the lease was lost meanwhile and nothing was noted.
    """
    post = _leased_post(work.session, job.id, by)
    if post is None:
        return False
    post.drawn = max(post.drawn, job.version)
    post.attempts, post.trouble = 0, ""
    post.leased_by = post.leased_until = None
    if place is not None:
        post.channel, post.ts = place.channel, place.ts
    work.session.add(post)
    return True


@Verb
def post_lost(work: Work, job: PostJob, by: str) -> None:
    """Say that what stood in Slack is gone (deleted there): it is posted anew."""
    post = _leased_post(work.session, job.id, by)
    if post is not None:
        post.channel = post.ts = post.leased_by = post.leased_until = None
        post.not_before = work.now
        work.session.add(post)


@Verb
def post_delayed(work: Work, job: PostJob, by: str, trouble: str, wait: timedelta | None = None) -> None:
    """Say that Slack did not take a post: it is tried again later.

    Args:
        work: the transaction.
        job: the post.
        by: this process.
        trouble: what Slack said, impersonal.
        wait: how long Slack asked to wait (`Retry-After`); without it the wait grows with the attempts.
    """
    post = _leased_post(work.session, job.id, by)
    if post is not None:
        post.not_before = work.now + (wait or min(outbox.backoff(post.attempts), outbox.LONGEST_SLACK_WAIT))
        post.trouble = trouble[:200]
        post.leased_by = post.leased_until = None
        work.session.add(post)


@Verb
def lease_letters(work: Work, by: str, limit: int = BATCH) -> tuple[LetterJob, ...]:
    """Take the letters that must go now, at most one a case, so that each case's letters keep their order."""
    letters = outbox.lease_letters(work.session, by=by, now=work.now, limit=limit)
    return tuple(_letter_job(work, letter) for letter in letters)


@Verb
def letter_sent(work: Work, letter_id: int, by: str) -> bool:
    """Say that the other side took a letter.

    Returns:
        False when the lease was lost meanwhile and nothing was noted.
    """
    letter = _leased_letter(work.session, letter_id, by)
    if letter is None:
        return False
    letter.state, letter.sent_at, letter.trouble = LetterState.SENT, work.now, ""
    letter.leased_by = letter.leased_until = None
    work.session.add(letter)
    work.record(work.case_by_id(letter.case_id), Event.LETTER_SENT, THE_DESK, letter=letter.name, id=letter.id)
    return True


@Verb
def letter_delayed(work: Work, letter_id: int, by: str, trouble: str, *, final: bool = False) -> None:
    """Say that the other side did not take a letter: tried again later; after five days parked, and a person is told.

    Args:
        work: the transaction.
        letter_id: which letter.
        by: this process.
        trouble: what the other side said, impersonal.
        final: it said never (SMTP 5xx, RFC 5321, 4.2.1).
    """
    letter = _leased_letter(work.session, letter_id, by)
    if letter is None:
        return
    letter.trouble = trouble[:200]
    letter.leased_by = letter.leased_until = None
    letter.not_before = work.now + outbox.backoff(letter.attempts)
    work.session.add(letter)
    if final or work.now - letter.written_at >= outbox.PATIENCE:
        letter.state = LetterState.PARKED
        case = work.case_by_id(letter.case_id)
        work.record(case, Event.LETTER_PARKED, THE_DESK, letter=letter.name, id=letter.id, trouble=letter.trouble)
        unreached(work, case, letter)


@Verb
def free_leases(work: Work) -> None:
    """Take back every lease: whoever held them is dead, since this process is the only one."""
    for table in (Post, Letter):
        held = col(table.leased_by).is_not(None)
        work.session.execute(update(table).where(held).values(leased_by=None, leased_until=None))


def _job(session: Session, post: Post) -> PostJob:
    card = session.exec(
        select(Post).where(Post.kind == PostKind.CARD, col(Post.subject) == str(post.case_id))
    ).one_or_none()
    threaded = card is not None and post.kind in {PostKind.LINE, PostKind.REMINDER, PostKind.UNREACHED, PostKind.DIRECT}
    return PostJob(
        id=post.id or 0,
        kind=post.kind,
        subject=post.subject,
        case_id=post.case_id,
        token=post.token,
        version=post.wanted,
        place=_place(post),
        thread=_place(card) if card and threaded else None,
        attempts=post.attempts,
        marked_at=post.marked_at,
    )


def _place(post: Post) -> Place | None:
    return Place(post.channel, post.ts) if post.channel and post.ts else None


def _leased_post(session: Session, post_id: int, by: str) -> Post | None:
    held = select(Post).where(col(Post.id) == post_id, Post.leased_by == by).with_for_update()
    return session.exec(held).one_or_none()


def _leased_letter(session: Session, letter_id: int, by: str) -> Letter | None:
    held = select(Letter).where(
        col(Letter.id) == letter_id, Letter.leased_by == by, Letter.state == LetterState.WAITING
    )
    return session.exec(held.with_for_update()).one_or_none()


def _letter_job(work: Work, letter: Letter) -> LetterJob:
    case = work.session.get_one(Case, letter.case_id)
    box = work.box(case.key_id)
    return LetterJob(
        id=letter.id or 0,
        message_id=letter.message_id,
        recipient=box.open(f"letter.recipient:{letter.message_id}", letter.recipient).decode(),
        content=box.open(f"letter.content:{letter.message_id}", letter.content),
        attempts=letter.attempts,
    )
