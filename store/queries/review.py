"""Where the reading errs: what people corrected, in counts by kind and language (section 7101(d))."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, exists, func, select

from store.models import Case, Correction, Request, Tie
from store.office import Office
from store.rules.kinds import Kind
from store.rules.requesters import Bond
from store.values import Review, Tally


@dataclass(frozen=True, slots=True)
class _Count:
    """So many times a right was read and another, or none, was meant; where they are the same, it stood."""

    read: str
    meant: str
    language: str
    times: int


def corrections(office: Office) -> Review:
    """How often the desk read each right, and how often people said that it was wrong."""
    with office.database.reading() as session:
        stood = session.exec(
            select(Request.kind, Case.language, func.count())
            .join(Case, col(Case.id) == col(Request.case_id))
            .where(col(Request.score).is_not(None), ~_repeats_a_letter())
            .group_by(col(Request.kind), col(Case.language))
        ).all()
        corrected = session.exec(select(Correction)).all()
        counts = [
            *(_Count(kind, kind, language, times) for kind, language, times in stood),
            *(_Count(row.read, row.meant, row.language, row.times) for row in corrected),
        ]
    spoken = sorted({each.language for each in counts})
    return Review(
        kinds=tuple(
            _tally(kind, [each for each in counts if kind in (each.read, each.meant)], kind)
            for kind in Kind
            if any(kind in (each.read, each.meant) for each in counts)
        ),
        languages=tuple(_tally(name, [each for each in counts if each.language == name]) for name in spoken),
    )


def _repeats_a_letter() -> Any:
    """That a case is a later one of a letter for several people, which was read once."""
    return exists().where(col(Tie.case_id) == col(Case.id), col(Tie.bond) == Bond.LIST)


def _tally(of: str, counts: Sequence[_Count], kind: Kind | None = None) -> Tally:
    """Add up what was read, for one kind or for one language with all kinds."""
    read = [each for each in counts if each.read and kind in (None, each.read)]
    missed = [each for each in counts if not each.read]
    mistaken = Counter[Kind]()
    for each in read:
        if each.meant not in ("", each.read):
            mistaken[Kind(each.meant)] += each.times
    return Tally(
        of=of,
        read=_times(read),
        right=_times(each for each in read if each.meant == each.read),
        mistaken=tuple(mistaken.most_common()),
        false_alarms=_times(each for each in read if not each.meant),
        missed=_times(missed),
    )


def _times(counts: Iterable[_Count]) -> int:
    return sum(each.times for each in counts)
