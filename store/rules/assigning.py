"""Whose the next case is, where cases are given out by themselves."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from store.rules.kinds import Kind


class Rule(StrEnum):
    """How cases that nobody has are given out."""

    NONE = "none"
    ROUND_ROBIN = "round_robin"
    LEAST_LOADED = "least_loaded"


@dataclass(frozen=True, slots=True)
class Assigning:
    """How cases are given out, as a business has it.

    Attributes:
        rule: in turn, or to whoever has the fewest open cases; or not at all.
        kinds: who takes requests for a right, by id; a right that is not named is everybody's.
        languages: who takes mails in a language (ISO 639-1), by id; for one that is not named, whoever chose it.
    """

    rule: Rule = Rule.NONE
    kinds: Mapping[Kind, Sequence[str]] = field(default_factory=dict)
    languages: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Team:
    """Who could be given a case now.

    Attributes:
        people: by id.
        covers: who works for whom of them that is away, by id; empty for nobody.
        readers: of each language those who read it best.
    """

    people: Collection[str]
    covers: Mapping[str, str] = field(default_factory=dict)
    readers: Mapping[str, Collection[str]] = field(default_factory=dict)


def suited(assigning: Assigning, team: Team, kinds: Collection[Kind], language: str) -> tuple[str, ...]:
    """Who may be given a case: those of its language, of these those of its rights, and everybody where none is.

    Args:
        assigning: how cases are given out.
        team: who is there; whoever covers takes the place of who is away.
        kinds: the rights that the case invokes.
        language: of its mails.

    Returns:
        Ids, sorted; empty where nobody is there.
    """
    pool = _here(team.people, team)
    for wanted in (
        assigning.languages.get(language, team.readers.get(language, ())),
        [user for kind in kinds for user in assigning.kinds.get(kind, ())],
    ):
        pool = (_here(wanted, team) & pool) or pool
    return tuple(sorted(pool))


def chosen(rule: Rule, pool: Sequence[str], loads: Mapping[str, int], last: str) -> str:
    """Whose it is.

    Args:
        rule: any but `NONE`.
        pool: ids, sorted, at least one.
        loads: how many open cases each has; nothing for none.
        last: who was given the one before, by id.

    Returns:
        In turn the next after the last one; of those with the fewest cases, the next in turn.
    """
    if rule is Rule.LEAST_LOADED:
        fewest = min(loads.get(user, 0) for user in pool)
        pool = [user for user in pool if loads.get(user, 0) == fewest]
    return next((user for user in pool if user > last), pool[0])


def _here(users: Collection[str], team: Team) -> set[str]:
    """Those of them who are there, with whoever covers in the place of who is away."""
    return {team.covers.get(user, user) for user in users if user in team.people} - {""}
