"""Contexts of every letter, made up, so that each can be tried before one is sent."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from store.letters import contexts
from store.rules.kinds import Kind
from store.rules.lifecycle import Status
from store.rules.outcomes import Basis, Knows, Outcome
from store.rules.requesters import Requester
from store.rules.verification import Level, Verification
from store.settings import Business
from store.values import CaseFile, RequestLine

Context = Mapping[str, Any]

RECEIVED = date(2027, 1, 12)
DUE = date(2027, 2, 26)
LATER = date(2027, 4, 12)
NOTE = "We keep the invoice for the tax office."
BASIS = Basis("no_data", "no data held", tuple(Kind), "that nothing was found", "Example Code § 1", confirmed=False)
UNNAMED = replace(BASIS, id="a_basis_of_their_own")
AUTHORITY = "the Attorney General"
KNOWS = Knows((date(2026, 3, 2), date(2026, 9, 7)), 2, date(2027, 3, 2), "Example Code § 3")


def frame(business: Business, subject: str = "My data") -> dict[str, Any]:
    """What every letter shows.

    Args:
        business: whose letters.
        subject: the consumer's own.
    """
    return {"ref": "PR-1001", "token": "0" * 20, "subject": subject, "business": business}


@functools.cache
def samples() -> dict[str, tuple[Context, ...]]:
    """Every letter by the name of its folder, with contexts that lead through each of its branches."""
    return {
        "acknowledgement": tuple(_acknowledgements()),
        "how_to_submit": (contexts.how_to_submit(),),
        "verification": tuple(_verifications()),
        "code_reminder": (contexts.code_reminder(DUE, _lines(Kind.DELETE, Kind.CORRECT)),),
        "code_wrong": tuple(map(contexts.code_wrong, (0, 1, 4))),
        "code_expired": (contexts.code_expired(),),
        "agent_authority": tuple(
            contexts.agent_authority(_lines(Kind.DELETE, Kind.OPT_OUT), direct=direct) for direct in (False, True)
        ),
        "extension": tuple(contexts.extension(line, LATER, NOTE) for line in _lines(*Kind)),
        "reply": (contexts.reply(NOTE),),
        "reevaluated": (contexts.reevaluated(),),
        "reopened": (contexts.reopened(_lines(*Kind), NOTE),),
        "status": (contexts.status(tuple(_standings())),),
        "cancelled": (contexts.cancelled(_lines(*Kind)),),
        "appeal_decided": tuple(_appeals()),
        **{name: tuple(_answers()) for name in ("complied_in_full", "complied_in_part", "denied")},
        **{name: tuple(_answers()) for name in ("opt_out_processed", "withdrawn", "not_a_request")},
        "duplicate": tuple(_links()),
    }


def _line(kind: Kind, level: Level = Level.REASONABLE, *, declaration: bool = False) -> RequestLine:
    asked = Verification(level, 2 if level.asks else 0, declaration, "Example Code § 2", confirmed=False)
    return RequestLine(
        id=1,
        kind=kind,
        received_on=RECEIVED,
        acknowledge_by=None,
        respond_by=DUE,
        extended_to=None,
        outcome=None,
        bases=(),
        settled_at=None,
        verification=asked,
        matched=0,
        reached=False,
        offered=(),
    )


def _case(lines: tuple[RequestLine, ...]) -> CaseFile:
    written = datetime(2027, 1, 12, 18, 0, tzinfo=UTC)
    return CaseFile(
        id=1,
        ref="PR-1001",
        status=Status.CLAIMED,
        law="us-ca",
        language="en",
        masked_address="",
        owner=None,
        owned_since=None,
        received_at=written,
        closed_at=None,
        last_word_at=written,
        requests=lines,
        points=(),
        offered=(),
        waiting_letters=0,
        parked_letters=0,
    )


def _lines(*kinds: Kind) -> Sequence[RequestLine]:
    return tuple(map(_line, kinds))


def _acknowledgements() -> Iterator[Context]:
    asked, unasked = _lines(Kind.KNOW_SPECIFIC, Kind.DELETE), [_line(kind, Level.FORBIDDEN) for kind in Kind]
    for lines in (asked, unasked, [*asked, *unasked], [_line(Kind.APPEAL, Level.NONE)]):
        yield contexts.acknowledgement(lines, RECEIVED)
        for requester in Requester:
            permission = requester is Requester.AGENT
            yield contexts.acknowledgement(lines, RECEIVED, (2, 3), requester, permission=permission)


def _verifications() -> Iterator[Context]:
    for declaration in (False, True):
        lines = tuple(_line(kind, declaration=declaration) for kind in (Kind.DELETE, Kind.CORRECT))
        yield contexts.verification(_case(lines), "7KQ4-MX2P", DUE)


def _standings() -> Iterator[contexts.Standing]:
    for number, kind in enumerate(Kind):
        yield contexts.Standing(kind, RECEIVED, DUE, None, waits_for_code=bool(number % 2))
    for outcome in Outcome:
        yield contexts.Standing(Kind.DELETE, RECEIVED, DUE, outcome)


def _appeals() -> Iterator[Context]:
    for upheld in (False, True):
        yield contexts.appeal_decided(upheld=upheld, authority=AUTHORITY, explanation=NOTE)
        yield contexts.appeal_decided(upheld=upheld, authority="", explanation="")


def _answers() -> Iterator[Context]:
    for line in _lines(*Kind):
        yield contexts.answer(line, DUE, [BASIS, UNNAMED], NOTE, appeal=True, authority=AUTHORITY, knows=KNOWS)
    yield contexts.answer(_line(Kind.DELETE), DUE, [BASIS], "", offers_opt_out=True)


def _links() -> Iterator[Context]:
    settled = tuple(replace(line, outcome=Outcome.DENIED) for line in _lines(Kind.DELETE))
    yield contexts.linked("PR-1000", settled, goes_on=True)
    yield contexts.linked("PR-1000", _lines(*Kind), goes_on=False, note=NOTE)
