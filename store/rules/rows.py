"""The rows a pack consists of: each is one table of its file, each field one key.

Annotations are evaluated here, since `store.rules.reading` checks a file's values against them.
"""

from dataclasses import dataclass, field
from datetime import date

from store.rules.kinds import Kind
from store.rules.terms import Clock, Level, Measure, Outcome, Unit


@dataclass(frozen=True, slots=True)
class ClockRule:
    """A limit of time, counted from the day of receipt, which is day 0.

    Attributes:
        clock: which limit.
        kinds: the requests it applies to.
        count: how many units, from receipt also for an extension (45 days and 45 more are 90).
        unit: what is counted.
        citation: where the law says so.
        confirmed: whether the citation and the number were found in a stored text.
        starts: the first day of receipt the rule applies to (key `from`); absent when it always did.
        note: what else the same section demands, in a sentence.
    """

    clock: Clock
    kinds: tuple[Kind, ...]
    count: int
    unit: Unit
    citation: str
    confirmed: bool
    starts: date | None = field(default=None, metadata={"key": "from"})
    note: str = ""


@dataclass(frozen=True, slots=True)
class VerificationRule:
    """How strongly some kinds of request are verified.

    Attributes:
        kinds: the requests it applies to.
        level: how sure the business must be, or that it may not ask.
        points: how many distinct data points must match; 0 where nothing is asked.
        declaration: whether a signed declaration under penalty of perjury is needed too.
        citation: where the law says so.
        confirmed: whether the citation and the number were found in a stored text.
        sensitive: whether the rule is for sensitive data or greater harm only, beside an ordinary one.
        note: a condition the numbers cannot say.
    """

    kinds: tuple[Kind, ...]
    level: Level
    points: int = field(metadata={"least": 0})
    declaration: bool
    citation: str
    confirmed: bool
    sensitive: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fallback:
    """Which right a request is evaluated as, where its own verification fails.

    Attributes:
        kind: the right invoked.
        becomes: the right it is evaluated as; its verification asks for less.
        citation: where the law says so.
        confirmed: whether the citation was found in a stored text.
    """

    kind: Kind
    becomes: Kind
    citation: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Point:
    """Something a consumer can show to be who they say; that it matched is recorded, its value never is.

    Attributes:
        id: what the case file holds.
        name: what a person reads in the checklist.
        note: when it counts, where that is not plain from the name.
    """

    id: str
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class AgentRule:
    """What may be asked of an authorised agent.

    Attributes:
        kinds: the requests it applies to.
        signed_permission: whether the consumer's signed permission may be asked for.
        direct_check: whether the consumer may be asked directly, once.
        citation: where the law says so.
        confirmed: whether the citation was found in a stored text.
        note: the exceptions.
    """

    kinds: tuple[Kind, ...]
    signed_permission: bool
    direct_check: bool
    citation: str
    confirmed: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class AppealRule:
    """How a consumer can contest a refusal; how long the business has to decide is a clock.

    Attributes:
        to_business: whether the business itself decides first; else there is only the authority.
        instructions: what every refusal must tell of it, in a sentence.
        authority: who can be turned to after that, as a sentence goes on: "the Attorney General of Virginia".
        authority_es: the same in Spanish.
        citation: where the law says so.
        confirmed: whether citation and authority were found in a stored text.
        note: what else the same section demands.
    """

    to_business: bool
    instructions: str
    authority: str
    authority_es: str
    citation: str
    confirmed: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class NoRight:
    """Rights that a law does not give: who invokes one is answered all the same.

    Attributes:
        kinds: the requests it knows nothing of.
        citation: how that is known.
        confirmed: whether it was found in a stored text.
        note: what is done instead.
    """

    kinds: tuple[Kind, ...]
    citation: str
    confirmed: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class OutcomeRule:
    """What the law asks of a request that ends in this way; outcomes it does not speak of have no row.

    Attributes:
        outcome: the ending.
        needs_basis: whether at least one basis must be named.
        letter: what the answer must say.
        citation: where the law says so.
        confirmed: whether the citation was found in a stored text.
    """

    outcome: Outcome
    needs_basis: bool
    letter: str
    citation: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Basis:
    """A ground on which a request may be denied, in whole or in part.

    Attributes:
        id: what the case file and the metrics hold.
        title: what a person reads in the list.
        kinds: the requests it may be used for.
        letter: what the letter must say.
        citation: where the law says so.
        confirmed: whether citation and title were found in a stored text.
    """

    id: str
    title: str
    kinds: tuple[Kind, ...]
    letter: str
    citation: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the law that is no clock of a case.

    Attributes:
        measure: which one.
        value: the number.
        unit: what it counts.
        what: the rule in a sentence.
        kinds: the requests it applies to.
        citation: where the law says so.
        confirmed: whether the citation and the number were found in a stored text.
    """

    measure: Measure
    value: int
    unit: str
    what: str
    kinds: tuple[Kind, ...]
    citation: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Undisclosed:
    """A piece of data whose value no answer may hold; the letter says that it is held.

    Attributes:
        id: what the disclosure guard calls it.
        name: what the letter says is held, with its article: "a driver's licence number".
        citation: where the law says so.
        confirmed: whether the citation was found in a stored text.
    """

    id: str
    name: str
    citation: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Duty:
    """A rule without a number, for people and for letters.

    Attributes:
        id: a short name for it.
        text: the rule in a sentence.
        kinds: the requests it applies to.
        citation: where the law says so.
        confirmed: whether the citation was found in a stored text.
    """

    id: str
    text: str
    kinds: tuple[Kind, ...]
    citation: str
    confirmed: bool
