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


class NoFirst(DeskError):
    """{ref}: no such earlier case of this address asked for the same ({kind}). Name another first case or outcome."""


class FewerAnswers(DeskError):
    """{ref}: by {citation}, {answered} of the {needed} answers to know are here that let a further one be refused."""


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


class PermissionMissing(DeskError):
    """{ref}: the agent has not shown the consumer's permission, nor a power of attorney, for {kind} ({citation})."""


class GuardianMissing(DeskError):
    """{ref}: for {kind}, it must be clear first that the requester is the parent or guardian ({citation})."""


class LoginMissing(DeskError):
    """{ref}: the consumer has an account, and must sign in to it again before {kind} is complied with ({citation})."""


class NoAgent(DeskError):
    """{ref} was not asked by an agent, so there is no permission to be shown."""


class NotReevaluable(DeskError):
    """{ref}: {kind} has its verification, or the law evaluates it as nothing else."""


class NoProof(DeskError):
    """Mail {mail} is not in {ref}, or invokes a right: it is not destroyed as proof of who asks."""


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


class DisclosureRefused(DeskError):
    """{ref}: the letter holds {found}. Say that it is held, never its value. Only a manager may send it as it is."""


class ContentDestroyed(DeskError):
    """The content was destroyed when its time was up; the record remains."""


class HoldUnexplained(DeskError):
    """Say why {ref} is held, such as the lawsuit: `hold {ref} REASON`. Only those who read the case see it."""


class NoAnswerPossible(DeskError):
    """{ref} has no address that a letter could go to."""


class KeyMismatch(DeskError):
    """The master key of {source} is not the one this database was made with. Put the right one back."""


class KeyRotated(KeyMismatch):
    """The key of {source} opens this database no more: its keys were rotated on {since}. Put the new one there."""


class KeyUnknown(DeskError):
    """The keys of this database are being rotated to a master key that this process does not have. Put it there too."""


class KeyNotOurs(DeskError):
    """{source} is not a file that could be given a new key. Put a new one before the old, restart, and rotate again."""


class KeyLost(DeskError):
    """A data key opens with no master key of {source}. Put the one that is missing behind them, and rotate again."""


class RotationUnderWay(DeskError):
    """Another rotation of the key in {source} is under way; let it end."""


class AlreadyHeld(DeskError):
    """{ref} is under a legal hold already, set by {owner}, {since}."""


class NotHeld(DeskError):
    """{ref} is under no legal hold."""


class AddressFaulty(DeskError):
    """That is no e-mail address. Write one, such as rosa@example.net, or leave it empty where there is none."""


class NotYetReceived(DeskError):
    """That moment has not come yet; write when the request was received."""


class LongAgo(DeskError):
    """That was {days} days ago, more than {most}. If it is right, confirm it: the clocks run from that day."""


class TakenDownAlready(DeskError):
    """That request was taken down already: it is {ref}."""


class NoteEmpty(DeskError):
    """There is nothing to note on {ref} yet; write something. Only those who read the case see it."""


class NotSnoozed(DeskError):
    """{ref} is not snoozed."""


class SnoozeOver(DeskError):
    """{until} has come already; snooze {ref} until a later day."""


class SnoozeTooLong(DeskError):
    """{ref} can sleep until {safe} at most, the last safe working day of its request: {kind}."""


class MergeBackwards(DeskError):
    """The later case goes into the earlier one: `merge {later} into {first}`."""


class MergeWithItself(DeskError):
    """{ref} cannot be merged into itself."""


class FirstClosed(DeskError):
    """{first} is closed, so nothing can go on in it. Reopen it first, or merge into another case."""


class LawsDiffer(DeskError):
    """{ref} and {first} stand under different laws, and a date could be lost. Change the law of one first."""


class AddressesDiffer(DeskError):
    """{ref} has another address than {first}, or none. Only if you are sure that it is the same person: {how}."""


class QuietHoursFaulty(DeskError):
    """Quiet hours need a beginning and an end that differ."""


class AbsenceOver(DeskError):
    """{until} has passed; choose today or a later day as the last day of your absence."""


class CoverFaulty(DeskError):
    """Somebody else covers for you, and only while you are away: say until when, or leave it empty."""


class NotOnTheTeam(DeskError):
    """{owner} does not have the staff role here, so they cannot cover for you."""


class SecondPersonNeeded(DeskError):
    """{ref}: {what} needs a second person here."""


class SamePerson(DeskError):
    """{ref}: a second person must sign, and nobody signs for themselves."""


class WaitsAlready(DeskError):
    """{ref}: {owner} asked for that, {since}, and it waits for a second person; take it back there first."""


class NoSuchApproval(DeskError):
    """That is not here any more: the record of its case has been destroyed."""


class ApprovalSettled(DeskError):
    """{ref}: that waits no more: it was {outcome}."""


class ApprovalLapsed(DeskError):
    """{ref}: that has waited too long for a second person, so it lapsed. It can be asked for again."""


class NoSuchBlock(DeskError):
    """That sender is not blocked; somebody may have lifted it. `blocked` shows who is."""


class OwnDomain(DeskError):
    """That is our own domain: block the one address instead."""


class SecondProcess(DeskError):
    """Another process works on {database}: SQLite is for one. Stop that one, or use PostgreSQL for several."""


class ConfigurationError(DeskError):
    """{key} = {value}: {mend}"""
