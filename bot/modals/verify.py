"""The checklist of who asks: what is needed, what matched. That it matched is recorded, no value is (7060(d))."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block, InputBlock, Option

from bot.blocks import JSON, actions, button, context, option, section
from bot.cards.requests import progress
from bot.modals.frame import LISTED, Matter, modal, select, several, ticks
from bot.names import Action, Field
from bot.names import View as Name
from bot.words import counted, escape, moment
from store.casefile import DECLARATION
from store.findings import ProofMail
from store.rules.kinds import Kind
from store.rules.lifecycle import Move
from store.rules.pack import Pack
from store.rules.requesters import Permission, Requester
from store.rules.terms import Measure
from store.rules.verification import (
    ACCOUNT_HOLDER,
    GUARDIAN,
    MAILBOX,
    agent_rule,
    fallback,
    is_stricter_where_sensitive,
    required,
)
from store.values import CaseFile, RequestLine

NOT_STORED = (
    "Compare what the consumer wrote with what you have on file, and tick what matched. "
    "Only that it matched is recorded: the values are not stored anywhere."
)
DESTROYED = "Destroyed whole once the requests are processed. Mails that invoke a right are not offered."
YES = "yes"


def verify(case: CaseFile, pack: Pack, mails: Sequence[ProofMail] = (), zone: ZoneInfo | None = None) -> JSON:
    """What decides how the open requests are verified, and the points of the law that can still be matched.

    Args:
        case: as it is now.
        pack: the law in force for it.
        mails: the case's mails, the newest first: proof, or the signed declaration.
        zone: the business's time zone, for the days of the mails.
    """
    waiting = [line for line in case.open_requests if line.may_be_asked]
    fields = [
        *_permission(case, pack, waiting),
        *_guardian(case, pack, waiting),
        *_strictness(case, pack, waiting),
        *_points(case, pack, waiting),
        *_declaration(case, waiting, mails, zone or ZoneInfo("UTC")),
        *_proof(mails, zone or ZoneInfo("UTC")),
    ]
    submit = "Record" if fields else ""
    blocks: list[Block] = [*_head(case, pack), *fields]
    return modal(Name.VERIFY, f"Verify {case.ref}", blocks, Matter(case.ref), submit=submit)


def _head(case: CaseFile, pack: Pack) -> Iterator[Block]:
    stand = "\n".join(f"*{line.kind.plain}*: {escape(progress(line, case))}" for line in case.open_requests)
    yield section(stand or "Nothing waits for a verification.")
    yield from _instead(case, pack)
    yield context(NOT_STORED)
    yield section(_mailbox(case, pack))
    done = [point.name for point in pack.points if point.id in case.points and point.id != MAILBOX]
    if done:
        yield section(f"*Matched already:* {escape(', '.join(done))}")


def _instead(case: CaseFile, pack: Pack) -> Iterator[Block]:
    """For a request that cannot be verified: the right that the law puts in its place."""
    for line in case.open_requests:
        rule = fallback(pack, line.kind)
        if rule and Move.REEVALUATE in line.offered:
            doubt = "" if rule.confirmed else ", not confirmed"
            told = f"If {line.kind.plain} cannot be verified, nothing of it is disclosed, and it is evaluated as "
            yield context(escape(f"{told}{rule.becomes.plain} ({rule.citation}{doubt})."))
            yield actions(button("Evaluate as that", Action.REEVALUATE, case.ref, says=f"Evaluate as that: {case.ref}"))


def _mailbox(case: CaseFile, pack: Pack) -> str:
    name = escape(next((point.name for point in pack.points if point.id == MAILBOX), "control of the mailbox on file"))
    if case.requester is Requester.AGENT:
        return f"*{name}:* no point here, since the mailbox is the agent’s."
    if MAILBOX in case.points:
        return f"*{name}:* matched, the consumer answered the letter with its code."
    return f"*{name}:* not yet. It counts when the consumer answers the letter with its code."


def _permission(case: CaseFile, pack: Pack, waiting: Sequence[RequestLine]) -> Iterator[InputBlock]:
    rules = [rule for line in waiting if (rule := agent_rule(pack, line.kind))]
    if case.requester is Requester.AGENT and rules:
        direct = any(rule.direct_check for rule in rules)
        shown = [each for each in Permission if each is not Permission.DIRECT or direct]
        options = [option(each.plain[0].upper() + each.plain[1:], each.value) for each in shown]
        hint = f"With a power of attorney, nothing else is asked of the agent. {rules[0].citation}"
        yield select(Field.PERMISSION, "The agent has shown", options, chosen=case.permission, hint=hint)


def _guardian(case: CaseFile, pack: Pack, waiting: Sequence[RequestLine]) -> Iterator[InputBlock]:
    minors = pack.figure(Measure.MINOR_UNDER)
    if minors and any(line.verification.guardian for line in waiting) and GUARDIAN not in case.points:
        told = f"checked: for a child under {minors.value} ({minors.citation})"
        tick = option("This is the parent or guardian", GUARDIAN, told)
        yield ticks(Field.GUARDIAN, "Parent", [tick], optional=True)


def _strictness(case: CaseFile, pack: Pack, waiting: Sequence[RequestLine]) -> Iterator[InputBlock]:
    holders = pack.duty(ACCOUNT_HOLDER)
    if holders and waiting:
        told = f"so they sign in to it again ({holders.citation})"
        tick = option("The consumer has an account with us", YES, told)
        yield ticks(Field.ACCOUNT, "Account", [tick], chosen=[YES] if case.has_account else [], optional=True)
    stricter = [line for line in waiting if is_stricter_where_sensitive(pack, line.kind)]
    if stricter:
        lines = [_stricter(line, pack) for line in stricter]
        chosen = [str(line.id) for line in stricter if line.sensitive]
        yield ticks(Field.SENSITIVE, "Verify more strictly", lines, chosen=chosen, optional=True)
    correction = next((line for line in waiting if line.kind is Kind.CORRECT), None)
    if correction:
        points = [option(point.name, point.id) for point in pack.points if point.id != MAILBOX]
        duty = pack.duty("disputed_field")
        hint = f"What is disputed proves nothing for its own correction{f' ({duty.citation})' if duty else ''}."
        yield several(
            Field.DISPUTED, "The correction disputes", points, chosen=correction.disputed, hint=hint, optional=True
        )


def _stricter(line: RequestLine, pack: Pack) -> Option:
    citation = required(pack, line.kind, sensitive=True).citation
    return option(line.kind.plain, str(line.id), f"sensitive data, or great harm ({citation})")


def _points(case: CaseFile, pack: Pack, waiting: Sequence[RequestLine]) -> Iterator[InputBlock]:
    left = [point for point in pack.points if point.id != MAILBOX and point.id not in case.points]
    offered = [option(point.name, point.id, point.note) for point in left] if waiting else []
    for start in range(0, len(offered), LISTED):
        field = Field.POINTS if not start else f"{Field.POINTS}_{start}"
        yield ticks(field, "Matched", offered[start : start + LISTED], optional=True)


def _declaration(
    case: CaseFile, waiting: Sequence[RequestLine], mails: Sequence[ProofMail], zone: ZoneInfo
) -> Iterator[InputBlock]:
    if DECLARATION in case.points or not any(line.verification.declaration for line in waiting):
        return
    signed = option("The signed declaration is here", DECLARATION, "signed under penalty of perjury; keep it")
    yield ticks(Field.DECLARATION, "Declaration", [signed], optional=True)
    if mails:
        hint = "That mail is kept with the record, whatever else it shows."
        options = [_mail(mail, zone) for mail in mails]
        yield select(Field.DECLARED_IN, "The mail that holds it", options, hint=hint, optional=True)


def _proof(mails: Sequence[ProofMail], zone: ZoneInfo) -> Iterator[InputBlock]:
    options = [_mail(mail, zone) for mail in mails if not (mail.is_request or mail.is_proof or mail.is_declaration)]
    if options:
        yield several(Field.PROOF, "Mails that only show who asks", options, hint=DESTROYED, optional=True)


def _mail(mail: ProofMail, zone: ZoneInfo) -> Option:
    attached = counted(mail.attachments, "attachment") if mail.attachments else "no attachments"
    return option(f"Mail {mail.mail_id}, {moment(mail.received_at, zone)}", str(mail.mail_id), attached)
