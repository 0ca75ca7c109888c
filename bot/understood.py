"""What was understood of a mail in the words of cards: who asks, how soon to look, in which language, how sure."""

from __future__ import annotations

from bot.words import escape, fit
from store.rules import languages, statutes
from store.rules.pack import Pack
from store.rules.requesters import Bond, Priority, Requester
from store.values import CaseFile, HeldMail

DOUBTFUL = "doubtful: read the mail before you answer"
MARK, DOUBT_MARK = ":exclamation:", ":grey_question:"
LINKS_SHOWN = 5
REASON = 200


def urgent(matter: CaseFile | HeldMail) -> str:
    """That a case or mail has a high priority, and why; empty for any other."""
    if matter.priority is not Priority.HIGH:
        return ""
    reason = escape(fit(matter.priority_reason, REASON)).strip().rstrip(".")
    return f"High priority: {reason}." if reason else "High priority."


def in_force(case: CaseFile, pack: Pack) -> str:
    """The law that a case stands under; that it is the default, where the mail points to one unknown here."""
    named = f" (default; the mail points to {statutes.named(case.law_named)})" if case.law_named else ""
    return escape(fit(f"{pack.name}{named}", REASON))


def asker(requester: Requester) -> str:
    """Who asks, where it is not a plain consumer; empty otherwise."""
    return "" if requester is Requester.CONSUMER else requester.plain


def language(code: str) -> str:
    """The language, where it is not English: "Japanese, needs a reader"."""
    return escape(fit(languages.told(code), REASON))


def listed_with(case: CaseFile) -> str:
    """The cases opened from the same letter of an agent; empty where there are none."""
    refs = [escape(link.ref) for link in case.links if link.bond is Bond.LIST]
    more = f" and {len(refs) - LINKS_SHOWN} more" if len(refs) > LINKS_SHOWN else ""
    return f"Linked: {', '.join(refs[:LINKS_SHOWN])}{more}" if refs else ""
