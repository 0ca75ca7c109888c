"""Every refusal the desk can give, each a class whose docstring is the sentence a person reads.

The docstring is a template over the facts given to the class. At an edge there are two outcomes: a `DeskError` is told
to the person; anything else is logged, retried where that is safe, and loud.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

SOMEBODY = "Somebody"
"""Who did it, where no person is known."""
PLAIN: Mapping[type, Callable[[Any], str]] = {
    datetime: lambda moment: f"{moment:%d %b %Y, %H:%M} UTC",
    date: lambda day: f"{day:%d %b %Y}",
}


class DeskError(Exception):
    """This cannot be done."""

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__(self.sentence())

    def sentence(self, **said: Callable[[Any], str]) -> str:
        """The refusal as one sentence.

        Args:
            said: by the name of a fact, how to write it for this reader (a Slack mention for `owner`, say).
        """
        words = {
            name: said[name](fact) if name in said else PLAIN.get(type(fact), str)(fact)
            for name, fact in self.facts.items()
        }
        return inspect.cleandoc(type(self).__doc__ or "").format(**words)


class NoSuchCase(DeskError):
    """There is no case {ref}. `list` shows the open ones."""


class NoSuchMail(DeskError):
    """That mail is not here any more."""


class MailUnreadable(DeskError):
    """That mail could not be read, so no case can be made of it until `rightsdesk replay` has read it."""


class NoSuchRequest(DeskError):
    """{ref} has no such request; look at its card again."""


class AlreadyClaimed(DeskError):
    """{ref} has been with {owner} since {since}."""


class NotClaimed(DeskError):
    """Nobody has claimed {ref} yet; press Claim first."""


class NotYours(DeskError):
    """{ref} is with {owner}; only they or a manager can do that."""


class RoleMissing(DeskError):
    """That needs the {role} role, which you do not have here. Ask a manager of this desk."""


class NotStaff(DeskError):
    """{owner} does not have the staff role here, so {ref} cannot be given to them."""


class WrongStatus(DeskError):
    """{ref} is {status}, so it cannot be {done} now."""


class AlreadySettled(DeskError):
    """That request of {ref} has been settled already: {outcome}."""


class NoTwin(DeskError):
    """{ref} asks for nothing that an older open case of the same address asks for too."""


class TwinGone(DeskError):
    """The older case that {ref} repeats is another one by now, or has been settled; look at the card again."""


class VerificationForbidden(DeskError):
    """{why}"""


class NothingToVerify(DeskError):
    """Nothing in {ref} still waits for a verification."""


class NotVerifiedYet(DeskError):
    """{ref}: {kind} needs {needed} matched points and has {matched}. Ask to verify, or deny it as not verified."""


class DeclarationMissing(DeskError):
    """{ref}: {kind} needs a signed declaration under penalty of perjury, which is not here yet ({citation})."""


class AlreadyExtended(DeskError):
    """{ref}: {kind} was extended once, to {until}. The law allows one extension ({citation})."""


class NoExtension(DeskError):
    """{ref}: {kind} cannot be extended under this law."""


class TooLateToExtend(DeskError):
    """{ref}: {kind} was due on {due}; the notice of an extension had to be sent by then ({citation})."""


class ReasonMissing(DeskError):
    """Say why in a sentence: the letter to the consumer must give the reason."""


class DecisionFaulty(DeskError):
    """{why}"""


class UnknownPoint(DeskError):
    """{point} is not a point that this desk matches."""


class MailSettled(DeskError):
    """{owner} has dealt with that mail already: {outcome}."""


class ListTooLong(DeskError):
    """That letter names more than {most} people. Ask the agent for letters of at most {most} people each."""


class NoList(DeskError):
    """That letter names no list of people; use New case."""


class ContentDestroyed(DeskError):
    """The content was destroyed when its time was up; the record remains."""


class NoAnswerPossible(DeskError):
    """{ref} has no address that a letter could go to."""


class KeyMismatch(DeskError):
    """The master key of {source} is not the one this database was made with. Put the right one back."""


class SecondProcess(DeskError):
    """Another process works on {database}: SQLite is for one. Stop that one, or use PostgreSQL for several."""


class ConfigurationError(DeskError):
    """{key} = {value}: {mend}"""
