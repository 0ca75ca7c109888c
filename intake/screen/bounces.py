"""Bounces: delivery status notifications (RFC 3464), and the forms of mail systems that write their own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from intake.mime import charsets
from intake.screen.model import Bounce, BounceKind

if TYPE_CHECKING:
    from intake.mime.model import Mail, Part

BODY: Final = 12_000
"""Letters of the text that are looked at."""
RECIPIENTS: Final = 100
ENOUGH: Final = 3
"""Points that make a bounce: a daemon with a failure's words, or three weaker signs."""

_STATUS: Final = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_CODE: Final = re.compile(r"(?<![\d.#:-])([45]\d\d)[ -](?=\D)")
_ADDRESS: Final = re.compile(r"<?([^\s<>@\"'(),;:]{1,64}@[A-Za-z0-9.-]{3,200}[A-Za-z0-9])>?")
_MESSAGE_ID: Final = re.compile(r"^[ \t>]{0,4}message-id:\s{0,4}(<[^<>\s]{3,400}>)", re.IGNORECASE | re.MULTILINE)

# Amazon's own report, as JSON in the text.
_NOTIFIED: Final = re.compile(r'"(?:notification|event)Type"\s{0,3}:\s{0,3}"Bounce"')

_DAEMONS: Final = (
    "mailer-daemon", "mailerdaemon", "mail-daemon", "postmaster", "mailer_daemon", "post_master", "post-master",
    "mailsystem", "mail.delivery", "mail-delivery", "maildelivery", "mdaemon", "bounce", "bounces", "mail-deamon",
    "mmdf", "mailadm", "email-administrator", "noreply-dmarc", "smtp", "mailgateway", "emaildaemon", "auto-bounce",
    "undeliverable",
)  # fmt: skip
_DAEMON: Final = re.compile(rf"(?:{'|'.join(map(re.escape, _DAEMONS))})(?:[-+._=\d]|$)")
_UNPARTED: Final = str.maketrans("", "", "-_.")
_DAEMON_NAMES: Final = (
    "mail delivery", "mailer-daemon", "mailer daemon", "postmaster", "mail administrator", "mail system",
    "delivery subsystem", "delivery system", "system administrator", "systemadministrator",
    "internet mail delivery", "mail router", "delivery notification", "mail gateway", "e-mail system",
    "systemadministrator", "administrateur système", "administrador del sistema",
)  # fmt: skip
_FAILED_SUBJECT: Final = (
    "undeliver", "undelivered", "undelivr", "delivery status notification", "delivery failure", "delivery failed",
    "delivery has failed", "delivery problem", "delivery notification", "delivery report", "delivery error",
    "failure notice", "failure notification", "failed delivery", "failed mail", "mail failed",
    "returning to sender", "メールエラー", "returned mail", "returned to sender", "return to sender",
    "mail delivery", "mail failure", "mail error", "mail system error", "mail not delivered",
    "message not delivered", "message undeliverable", "could not be delivered", "could not deliver",
    "couldn't be delivered", "cannot be delivered", "can not be delivered", "not deliverable", "non delivery",
    "non-delivery", "nondeliverable", "nondelivery", "non-deliverable", "unable to deliver", "unknown user",
    "user unknown", "unknown address", "unable to send", "rejected mail", "mail rejected", "message rejected",
    "message blocked", "blocked by", "bounced", "bounce message", "dsn:", "ndn:", "ndr:", "warning: message",
    "warning: could not send", "delayed mail", "delivery delayed", "delivery was delayed", "transient message",
    "permanent error", "permanent fail", "status of your", "message delivery", "email delivery", "e-mail delivery",
    "invalid recipient", "recipient unknown", "mailbox full", "mailbox is full", "over quota", "error sending",
    "error delivering", "problem delivering", "virus", "smtp error", "address unknown", "no such user",
    "address change", "notice of failure", "unzustellbar", "nicht zustellbar", "zustellung fehlgeschlagen",
    "unzustellbare", "fehlgeschlagen", "non remis", "échec de la remise", "non distribué", "échec de distribution",
    "no se puede entregar", "no entregado", "devuelto", "devolución", "não entregue", "não foi possível entregar",
    "falha na entrega", "mancato recapito", "mancata consegna", "non recapitabile", "niet bezorgd", "onbestelbaar",
    "kunne ikke leveres", "kan inte levereras", "olevererbart", "nie można dostarczyć", "niedostarcz",
    "не доставлено", "недоставленн", "не удалось доставить", "сообщение не доставлено", "не може бути доставлено",
    "teslim edilemedi", "退信", "无法投递", "無法傳遞", "传递失败", "系统退信", "配信不能", "配信エラー",
    "配送エラー", "送信できません", "届きません", "エラーメール", "전송 실패", "반송", "배달되지",
    "không gửi được", "gửi thất bại",
)  # fmt: skip
_FAILED_BODY: Final = (
    "this is the qmail-send program", "did not reach the following recipient", "the following address",
    "could not be delivered", "couldn't be delivered", "had permanent fatal errors",
    "delivery to the following recipient", "delivery has failed to these recipients", "was not delivered",
    "undeliverable", "unable to deliver", "cannot be delivered", "undelivered", "returned to sender",
    "user unknown", "unknown user", "no such user", "mailbox unavailable", "mailbox is full", "mailbox full",
    "over quota", "quota exceeded", "recipient rejected", "address rejected", "does not exist", "host unknown",
    "unrouteable address", "unrouteable mail domain", "your message could not", "has not been delivered",
    "failed recipient", "permanent error", "failure notice", "unable to be delivered", "delivery failed",
    "failed permanently", "not listed in", "user not found", "recipient address", "message delayed",
    "the recipient's e-mail", "non-delivery", "mail delivery failed", "retry time", "delivery error",
    "rejected your message", "message was rejected", "was rejected by", "address not found", "invalid recipient",
    "invalid user", "not a member of this mailing list", "no valid recipients", "unknown host",
    "message not delivered", "wasn't delivered", "konnte nicht zugestellt", "no se pudo entregar",
    "n'a pas pu être", "non è stato possibile", "não pôde ser entregue", "не удалось", "見つかりません",
    "届けることができません", "配信できませんでした", "送信できませんでした", "宛先不明", "受信拒否",
    "メールアドレスに", "not accepting messages", "inactive user", "account disabled", "unrecognized recipient",
    "no longer available", "not deliver", "could not deliver", "couldn't deliver", "transmission error",
)  # fmt: skip


def is_daemon(address: str, name: str = "") -> bool:
    """Whether a mailbox is a mail system's: by its local part, whole or up to a tag or number, or by its name.

    Args:
        address: the mailbox, in any case.
        name: the name that stands with it.
    """
    local = address.partition("@")[0].strip('"').lower()
    return _DAEMON.match(local) is not None or any(each in name.lower() for each in _DAEMON_NAMES)


def is_nobody(address: str) -> bool:
    """Whether a mailbox says that nobody reads it: `no-reply@` and its like."""
    local = address.partition("@")[0].strip('"').lower()
    return local.translate(_UNPARTED).startswith(("noreply", "donotreply"))


def daemon(mail: Mail) -> bool:
    """Whether a mail system stands as the sender."""
    return mail.sender is not None and is_daemon(mail.sender.address, mail.sender.name)


def find(mail: Mail, text: str) -> Bounce | None:
    """The bounce that a mail is, or None; reports of a successful delivery are none.

    Args:
        mail: the parsed mail.
        text: its readable text.
    """
    report = next(
        (
            part
            for part in mail.root.walk()
            if part.content_type in {"message/delivery-status", "message/global-delivery-status"}
        ),
        None,
    )
    if report is not None or "delivery-status" in mail.root.report_type:
        return _by_report(mail, report, text)
    return _by_words(mail, text)


def is_shown(mail: Mail) -> bool:
    """Whether a person shows a report that came to them: it is a part of the mail, and no mail system sent it."""
    reported = "report" in mail.root.content_type or "delivery-status" in mail.root.content_type
    return not (reported or daemon(mail) or _from_nobody(mail) or mail.headers.ascii("return-path") == "<>")


def is_success(mail: Mail) -> bool:
    """Whether a delivery status notification tells of nothing but success (RFC 3464, 2.3.3)."""
    actions = {value for fields in _groups(mail) for value in fields.get("action", "").lower().split()[:1]}
    return bool(actions) and actions <= {"delivered", "relayed", "expanded"}


def _by_report(mail: Mail, report: Part | None, text: str) -> Bounce | None:
    if is_success(mail):
        return None
    told = _groups(mail) if report is not None else []
    groups = [fields for fields in told if fields.get("action", "").lower().startswith("failed")] or told
    recipients = [_bare(fields.get("original-recipient") or fields.get("final-recipient", "")) for fields in groups]
    status = next((found[1] for fields in groups if (found := _STATUS.search(fields.get("status", "")))), "")
    if status[2:] in {"", "0.0"}:
        status = next(
            (found[1] for fields in groups if (found := _STATUS.search(fields.get("diagnostic-code", "")))), status
        )
    delayed = any(fields.get("action", "").lower().startswith("delayed") for fields in groups)
    known = tuple(dict.fromkeys(each for each in recipients if each))[:RECIPIENTS]
    status = status or _status(text)
    return Bounce(known or _recipients(mail, text), status, _kind(status, delayed=delayed), _original(mail, text))


def _by_words(mail: Mail, text: str) -> Bounce | None:
    """A bounce that is no DSN: told by its sender, subject and words together."""
    text = text[:BODY]
    refused = "x-mlserver" in mail.headers and "not a member of this mailing list" in text.lower()
    told = refused or "x-failed-recipients" in mail.headers or _NOTIFIED.search(text) is not None
    null = mail.headers.ascii("return-path") == "<>"
    system = daemon(mail)
    if not (system or told or null or _from_nobody(mail)):
        return None  # a person who forwards a bounce is still a person
    low = text.lower()
    subject = mail.subject.lower()
    failed = any(each in subject for each in _FAILED_SUBJECT)
    said = any(each in low for each in _FAILED_BODY)
    if mail.headers.ascii("auto-submitted").lower().startswith("auto-replied") and not (system and (failed or said)):
        return None
    coded = _STATUS.search(low) is not None
    points = 2 * system + failed + 2 * told + null + said + coded + _carries_mail(mail)
    if points < ENOUGH or not (failed or said or told):
        return None
    status = _status(text)
    return Bounce(_recipients(mail, text), status, _kind(status, delayed="delay" in subject), _original(mail, text))


def _from_nobody(mail: Mail) -> bool:
    return mail.sender is not None and is_nobody(mail.sender.address)


def _carries_mail(mail: Mail) -> bool:
    return any(part.is_message or part.content_type == "text/rfc822-headers" for part in mail.root.walk())


def _groups(mail: Mail) -> list[dict[str, str]]:
    """The per-recipient fields of every delivery-status part."""
    groups: list[dict[str, str]] = []
    for part in mail.root.walk():
        if part.content_type not in {"message/delivery-status", "message/global-delivery-status"}:
            continue
        text = charsets.to_text(part.content[:200_000], part.charset)[0].replace("\r\n", "\n").replace("\r", "\n")
        for block in text.split("\n\n")[: RECIPIENTS + 1]:
            fields = _fields(block)
            if fields:
                groups.append(fields)
    return groups


def _fields(block: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    last = ""
    for line in block.split("\n"):
        if line[:1] in {" ", "\t"} and last:
            fields[last] += " " + line.strip()
            continue
        name, colon, value = line.partition(":")
        if colon and name.strip():
            last = name.strip().lower()
            fields.setdefault(last, value.strip())
    return fields


def _bare(value: str) -> str:
    """The address of "rfc822; jane@example.org"."""
    return value.rpartition(";")[2].strip().strip("<>").strip()


def _recipients(mail: Mail, text: str) -> tuple[str, ...]:
    told = mail.headers.ascii("x-failed-recipients")
    sender = mail.sender.address.lower() if mail.sender else ""
    mine = {each.address.lower() for each in mail.to} | {sender}
    found = [each.strip() for each in told.split(",") if "@" in each] or _ADDRESS.findall(text[:BODY])
    return tuple(dict.fromkeys(each for each in found if each.lower() not in mine))[: RECIPIENTS if told else 3]


def _status(text: str) -> str:
    found = _STATUS.search(text[:BODY])
    if found:
        return found[1]
    code = _CODE.search(text[:BODY])
    return f"{code[1][0]}.0.0" if code else ""


def _kind(status: str, *, delayed: bool) -> BounceKind:
    """Soft for transient states, delays and full mailboxes (RFC 3463, 3.3: X.2.2)."""
    return BounceKind.SOFT if delayed or status.startswith("4") or status == "5.2.2" else BounceKind.HARD


def _original(mail: Mail, text: str) -> str:
    """The Message-ID of the letter that came back."""
    for part in mail.root.walk():
        if part.is_message and part.children:
            found = _MESSAGE_ID.search(
                "message-id:" + part.children[0].headers.first("message-id").decode("ascii", "replace")
            )
        elif part.content_type in {"text/rfc822-headers", "message/rfc822-headers"}:
            found = _MESSAGE_ID.search(part.content[:100_000].decode("ascii", "replace").replace("\r", "\n"))
        else:
            continue
        if found:
            return found[1]
    inside = _MESSAGE_ID.search(text[:200_000])
    return inside[1] if inside else ""
