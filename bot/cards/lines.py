"""One sentence for each ledger event, for the thread of its case: who, what, when."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.blocks import TEXT, Message
from bot.words import counted, day, escape, fit, listed, mention, moment, without_addresses
from store.casefile import DECLARATION
from store.ledger import Event, Line
from store.rules.assigning import Rule
from store.rules.guard import Secret
from store.rules.kinds import Kind
from store.rules.outcomes import Outcome
from store.rules.pack import Pack
from store.rules.requesters import Permission
from store.rules.statutes import named
from store.rules.team import Manner
from store.rules.verification import GUARDIAN
from store.values import THE_DESK

NO_POINTS = {DECLARATION: "signed declaration", GUARDIAN: "this is the parent or guardian"}


def line(entry: Line, ref: str, pack: Pack, zone: ZoneInfo) -> Message:
    """Tell a ledger event.

    Args:
        entry: the event.
        ref: its case.
        pack: the law in force for the case, for the names of points and bases.
        zone: the business's time zone.
    """
    told = _sentence(entry, ref, pack, zone)
    return Message(fit(f"{told} ({moment(entry.at, zone)})", TEXT))


def _sentence(entry: Line, ref: str, pack: Pack, zone: ZoneInfo) -> str:  # noqa: C901, PLR0911, PLR0912, PLR0915 - one line an event
    who, facts = mention(entry.by), entry.facts
    match entry.event:
        case Event.OPENED:
            return _opened(who, ref, facts, zone)
        case Event.ATTACHED:
            return f"The consumer wrote again{_by_address(facts)}; the mail is in {ref}."
        case Event.REQUEST_ADDED:
            return f"The consumer now also asks for: {_kind(facts)}."
        case Event.READ:
            return f"{who} read the mails of {ref}."
        case Event.CLAIMED:
            return f"{who} claimed {ref}."
        case Event.RELEASED:
            return f"{who} released {ref}; anyone may claim it."
        case Event.ASSIGNED:
            return f"{who} handed {ref} to {mention(str(facts.get('to', '')))}."
        case Event.GIVEN:
            return f"The desk gave {ref} to {mention(str(facts.get('to', '')))}, {_rule(facts)}."
        case Event.IDLE:
            days = counted(int(facts.get("days", 1)), "day")
            return f"{mention(str(facts.get('to', '')))}: nothing was done about {ref} for {days}."
        case Event.VERIFICATION_ASKED:
            if facts.get("permission"):
                return f"{who} asked the agent to show the consumer’s permission."
            return f"{who} asked the consumer to verify; the code is good until {_day(facts, 'until')}."
        case Event.CODE_WRONG:
            if facts.get("late"):
                return "The consumer answered with a code that is good no more. Ask to verify sends a new one."
            left = counted(int(facts.get("left", 0)), "attempt")
            return f"The consumer answered with a wrong code; {left} left."
        case Event.CODE_REMINDED:
            return f"The consumer was reminded of the code, which is good until {_day(facts, 'until')}."
        case Event.VERIFICATION_SET:
            return f"{who} set how strictly {ref} is verified: {_strictness(facts, pack)}."
        case Event.PERMISSION_SHOWN:
            return f"{who} noted what the agent has shown: {_permission(facts)}."
        case Event.LAW_CHANGED:
            return f"{who} put {ref} under {_law(facts, 'law')}; before, {_law(facts, 'was')}. {_moved(facts)}".strip()
        case Event.DENIAL_PROPOSED:
            return f"{ref}: {_kind(facts)} is not verified by its date, so it may be denied. Somebody must decide."
        case Event.REEVALUATED:
            return f"{who} evaluates {_kind(facts)} as {_kind(facts, 'to')}: it could not be verified."
        case Event.PROOF_DESTROYED:
            mails = counted(len(facts.get("mails", ())), "mail")
            return f"Destroyed, since nothing waits for it any more: {mails} that only showed who asks."
        case Event.POINT_MATCHED:
            return _matched(entry, pack)
        case Event.LEVEL_REACHED:
            return f"{ref} is verified: every open request has its level."
        case Event.EXTENDED:
            return f"{who} extended {_kind(facts)} to {_day(facts, 'until')}."
        case Event.REPLIED:
            return f"{who} wrote to the consumer."
        case Event.RESOLVED:
            return f"{who} resolved {_kind(facts)}: {_outcome(facts, pack)}."
        case Event.CLOSED:
            return f"{ref} is closed: nothing in it is open any more."
        case Event.RECLASSIFIED:
            return f"{who} reclassified {_kind(facts)} as {_kind(facts, 'to')}; its dates were computed anew."
        case Event.LINKED:
            return _linked(who, ref, facts)
        case Event.REOPENED:
            return f"{who} reopened {ref}: {_kind(facts)} is looked at again."
        case Event.APPEALED:
            return _appealed(facts)
        case Event.STATUS_TOLD:
            return "The consumer asked how far it is, and was told."
        case Event.CANCELLED:
            return f"The consumer took it back: {_kinds(facts)}."
        case Event.LETTER_SENT:
            return f"The letter “{_letter(facts)}” went out."
        case Event.LETTER_PARKED:
            return f"The letter “{_letter(facts)}” could not be delivered: {_trouble(facts)}"
        case Event.LETTER_BOUNCED:
            return _bounced(facts)
        case Event.LETTER_PUT_OFF:
            until = moment(datetime.fromisoformat(facts["until"]), zone) if facts.get("until") else "later"
            why = "that address was told the same, or was written to often, a short while ago"
            return f"The letter “{_letter(facts)}” waits until {until}: {why}. It may be the same request again."
        case Event.LETTER_WITHHELD:
            return f"The letter “{_letter(facts)}” is not sent: that address was written to too often. Use Reply."
        case Event.LISTED:
            return f"{who} opened {counted(int(facts.get('cases', 1)), 'linked case')} from the agent’s letter."
        case Event.DISCLOSURE_OVERRIDDEN:
            return f"{who} sent the letter “{_letter(facts)}” although it holds {_found(facts)}."
        case Event.SENDER_BLOCKED:
            whom = "everybody at the sender’s domain" if facts.get("domain") else "the sender"
            return f"{who} blocked {whom}: later mails that belong to no case are filed."
        case Event.SECOND_ASKED:
            return f"{who} asks for a second person’s signature: {_deed(facts, ref)}."
        case Event.SECOND_SIGNED:
            return f"{who} signed as the second person what {_first(facts)} asked for: {_deed(facts, ref)}."
        case Event.SECOND_DECLINED if entry.by == facts.get("first"):
            return f"{who} took back what was to be signed by a second person: {_deed(facts, ref)}."
        case Event.SECOND_DECLINED:
            return f"{who} declined, as the second person, what {_first(facts)} asked for: {_deed(facts, ref)}."
        case Event.SECOND_LAPSED:
            return f"No second person signed what {_first(facts)} asked for, so it lapsed: {_deed(facts, ref)}."
        case Event.EXPORTED:
            return f"{ref} was exported on the command line: its mails, letters and ledger, for a regulator or counsel."
        case Event.HELD:
            return f"{who} put {ref} under a legal hold: nothing of it is destroyed until it is lifted."
        case Event.NOTED:
            return f"{who} wrote a note on {ref}; Read shows it."
        case Event.SNOOZED:
            return f"{who} snoozed {ref} until {_day(facts, 'until')}; its dates stay."
        case Event.WOKEN:
            return f"{ref} is awake again: {'the consumer wrote' if entry.by == THE_DESK.id else f'{who} woke it'}."
        case Event.MERGED:
            return _merged(who, ref, facts)
        case Event.HOLD_LIFTED:
            return f"{who} lifted the legal hold of {ref}."
        case Event.CONTENT_DESTROYED:
            return f"Destroyed in {ref}, since its time was up: {escape(str(facts.get('what', 'content')))}."
        case Event.MAIL_PLACED:
            return f"{who} placed a held mail in {ref}."
        case _:
            return f"{ref}: {entry.event.value}."


def _rule(facts: dict[str, Any]) -> str:
    return "who has the fewest open cases" if facts.get("rule") == Rule.LEAST_LOADED else "whose turn it is"


def _opened(who: str, ref: str, facts: dict[str, Any], zone: ZoneInfo) -> str:
    if "manner" not in facts:
        return f"{ref} was opened from a mail that asks for: {_kinds(facts)}."
    came, at = Manner(facts["manner"]).plain, moment(datetime.fromisoformat(facts["received"]), zone)
    return f"{who} opened {ref} for a request that came {came}, {at}, and asks for: {_kinds(facts)}."


def _first(facts: dict[str, Any]) -> str:
    return mention(str(facts.get("first", "")))


def _deed(facts: dict[str, Any], ref: str) -> str:
    """What a second person signs: "resolve delete", or "reply in PR-1001"."""
    return f"{escape(str(facts.get('what', 'act')))} {_kind(facts) if facts.get('kind') else f'in {ref}'}"


def _merged(who: str, ref: str, facts: dict[str, Any]) -> str:
    if "later" in facts:
        return f"{who} merged {escape(str(facts['later']))} into {ref}, where it goes on: {_kinds(facts)}."
    first = escape(str(facts.get("first", "the earlier case")))
    return f"{who} merged {ref} into {first}, where it goes on: {_kinds(facts)}. Replies to {ref} go there too."


def _law(facts: dict[str, Any], key: str) -> str:
    return escape(named(str(facts.get(key, ""))))


def _moved(facts: dict[str, Any]) -> str:
    """The dates that another law gives: "Delete is due Fri 26 Feb 2027, as before."."""
    told = [
        f"{_kind(each).capitalize()} is due {_day(each, 'due')}"
        + (", as before." if each.get("was") == each.get("due") else f", not {_day(each, 'was')}.")
        for each in facts.get("dates", ())
    ]
    return " ".join(told)


def _linked(who: str, ref: str, facts: dict[str, Any]) -> str:
    if "later" in facts:
        return f"{who} linked {escape(str(facts['later']))} to {ref}, which goes on as it is: {_kinds(facts)}."
    first = escape(str(facts.get("first", "the first")))
    return f"{who} linked {ref} to {first}, which keeps its date: {_kinds(facts)} ends here as a duplicate."


def _appealed(facts: dict[str, Any]) -> str:
    here, there = (escape(str(facts.get(key, "a case"))) for key in ("appeal_in", "refused_in"))
    return f"The consumer contests in {here} what was answered in {there}: {_kind(facts)}."


def _by_address(facts: dict[str, Any]) -> str:
    return ", known by nothing but their address, which DMARC confirms" if facts.get("known_by") == "address" else ""


def _bounced(facts: dict[str, Any]) -> str:
    status = f" ({escape(str(facts['status']))})" if facts.get("status") else ""
    if facts.get("hard"):
        return f"The letter “{_letter(facts)}” came back{status}: the consumer was not reached."
    return f"The letter “{_letter(facts)}” is late{status}; the other side goes on trying."


def _matched(entry: Line, pack: Pack) -> str:
    point = str(entry.facts.get("point", ""))
    names = {point.id: point.name for point in pack.points} | NO_POINTS
    named = escape(names.get(point, point))
    if entry.by == "consumer":
        return f"The consumer answered with the code: {named} is matched."
    return f"{mention(entry.by)} matched: {named}."


def _outcome(facts: dict[str, Any], pack: Pack) -> str:
    titles = {basis.id: basis.title for basis in pack.bases}
    bases = [escape(titles.get(basis, str(basis))) for basis in facts.get("bases", ())]
    try:
        outcome = Outcome(str(facts.get("outcome"))).plain
    except ValueError:
        outcome = "settled"
    if facts.get("first"):
        outcome = f"duplicate of {escape(str(facts['first']))}"
    return f"{outcome} ({listed(bases)})" if bases else outcome


def _found(facts: dict[str, Any]) -> str:
    """What the disclosure guard found; a ledger may be older than the kinds of today."""
    words = {secret.value: secret.plain for secret in Secret}
    return listed([f"{words.get(str(what), 'a secret')} (line {int(line)})" for what, line in facts.get("found", ())])


def _strictness(facts: dict[str, Any], pack: Pack) -> str:
    names = {point.id: point.name for point in pack.points}
    disputed = [escape(names.get(str(point), str(point))) for point in facts.get("disputed", ())]
    sensitive = [_plain(str(kind)) for kind in facts.get("sensitive", ())]
    told = [
        f"as for sensitive data: {listed(sensitive)}" if sensitive else "as for ordinary data",
        f"disputed and no proof: {listed(disputed)}" if disputed else "",
        "the consumer signs in to the account again" if facts.get("account") else "",
    ]
    return "; ".join(filter(None, told))


def _permission(facts: dict[str, Any]) -> str:
    shown = str(facts.get("permission", ""))
    return Permission(shown).plain if shown in set(Permission) else "no permission"


def _kind(facts: dict[str, Any], key: str = "kind") -> str:
    return _plain(str(facts.get(key, "")))


def _kinds(facts: dict[str, Any]) -> str:
    return listed([_plain(str(kind)) for kind in facts.get("kinds", ())]) or "something"


def _plain(kind: str) -> str:
    try:
        return Kind(kind).plain
    except ValueError:  # a ledger may be older than the kinds of today
        return escape(kind) or "a request"


def _day(facts: dict[str, Any], key: str) -> str:
    return day(date.fromisoformat(facts[key])) if facts.get(key) else "a later day"


def _letter(facts: dict[str, Any]) -> str:
    return escape(str(facts.get("letter", "")).replace("_", " "))


def _trouble(facts: dict[str, Any]) -> str:
    words = escape(without_addresses(str(facts.get("trouble", "")))).strip()
    said = words.rstrip(".") or "the other side gave no reason"
    return f"{said}. Call or write to the consumer by another way."
