"""What must still go out, in two temperaments.

Posts say *what to redraw* in Slack, never what to say: ten marks for one card are one update, and a repeat is
harmless. Letters are *finished*: frozen bytes with their Message-ID. Both are delivered under a lease, so that a
process that dies holding one loses it to the next, and both back off when the other side is not there.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import insert
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, exists, or_, select

from store.models import Letter, Post
from store.rules.states import LetterState, PostKind

Row = TypeVar("Row", Post, Letter)

POST = insert(Post).values(wanted=1, drawn=0, attempts=0, trouble="")
LEASE = timedelta(seconds=60)
BACKOFF = tuple(timedelta(seconds=seconds) for seconds in (1, 5, 15, 60, 300, 900, 1800))
LONGEST_SLACK_WAIT = timedelta(minutes=5)
PATIENCE = timedelta(days=5)
"""How long a letter is tried before it is given up (RFC 5321, 4.5.4.1: at least four or five days)."""


def mark(
    session: Session, kind: PostKind, subject: str, *, case_id: int | None, at: datetime, new: bool = False
) -> None:
    """Say that a post must be drawn, or drawn anew; inside the caller's transaction.

    Args:
        session: a writing transaction.
        kind: what it shows.
        subject: which one: the id of the case, entry, mail or reminder, or the day of the digest.
        case_id: the case whose thread it stands in.
        at: now, aware.
        new: it was never marked before, so none needs to be looked for.
    """
    same = select(Post).where(Post.kind == kind, Post.subject == subject).with_for_update()
    post = None if new else session.exec(same).one_or_none()
    if post is None:
        row = {"kind": kind, "subject": subject, "case_id": case_id, "token": secrets.token_hex(16)}
        session.connection().execute(POST, {**row, "marked_at": at, "not_before": at})
        return
    post.wanted += 1
    post.not_before = min(post.not_before, at) if not post.attempts else post.not_before
    session.add(post)


def lease_posts(session: Session, *, by: str, now: datetime, limit: int) -> Sequence[Post]:
    """Take the posts that are due, oldest first, for as long as a lease lasts.

    Args:
        session: a writing transaction.
        by: the name of this process; only it may settle what it leased.
        now: aware.
        limit: at most so many.
    """
    due = (
        select(Post)
        .where(
            col(Post.drawn) < col(Post.wanted),
            col(Post.not_before) <= now,
            or_(col(Post.leased_until).is_(None), col(Post.leased_until) <= now),
        )
        .order_by(col(Post.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return _take(session, session.exec(due).all(), by, now)


def lease_letters(session: Session, *, by: str, now: datetime, limit: int) -> Sequence[Letter]:
    """Take the letters that are due, oldest first and at most one a case, so that a case's letters keep their order."""
    before = aliased(Letter)
    put_off = and_(col(before.not_before) > now, col(before.attempts) == 0)  # holds no other letter back
    waits_its_turn = exists().where(
        col(before.case_id) == col(Letter.case_id),
        col(before.state) == LetterState.WAITING,
        col(before.id) < col(Letter.id),
        ~put_off,
    )
    due = (
        select(Letter)
        .where(
            Letter.state == LetterState.WAITING,
            ~waits_its_turn,
            col(Letter.not_before) <= now,
            or_(col(Letter.leased_until).is_(None), col(Letter.leased_until) <= now),
        )
        .order_by(col(Letter.id))
        .limit(limit)
        .with_for_update(skip_locked=True, of=Letter)
    )
    return _take(session, session.exec(due).all(), by, now)


def backoff(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts."""
    return BACKOFF[min(max(attempts, 1), len(BACKOFF)) - 1]


def _take(session: Session, rows: Sequence[Row], by: str, now: datetime) -> Sequence[Row]:
    for row in rows:
        row.leased_by, row.leased_until = by, now + LEASE
        row.attempts += 1
        session.add(row)
    return rows
