"""What a person finds out about who asks, and in which mails: frozen values, nothing personal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from store.rules.requesters import Permission


@dataclass(frozen=True, slots=True)
class Findings:
    """What a person found out about who asks, beside the points; None leaves a thing as it is.

    Attributes:
        sensitive: the requests, by id, that are verified as for sensitive data; all others are not (section 7062(d)).
        disputed: the points that the correction disputes (section 7060(h)).
        has_account: the consumer has an account, and signs in to it again (section 7061).
        permission: what the agent has shown (section 7063).
        guardian: the requester was found to be the parent or guardian (section 7070).
        declared_in: the mail that holds the signed declaration; it is kept with the record.
        proof: mails that only prove who asks, and are destroyed once that is no longer needed (section 7060(d)).
    """

    sensitive: frozenset[int] | None = None
    disputed: tuple[str, ...] | None = None
    has_account: bool | None = None
    permission: Permission | None = None
    guardian: bool = False
    declared_in: int | None = None
    proof: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ProofMail:
    """A mail of a case as proof of who asks, without anything personal.

    `is_request`: it invokes a right, and is never destroyed as proof. `is_declaration`: it holds the signed
    declaration.
    """

    mail_id: int
    received_at: datetime
    attachments: int
    is_request: bool
    is_proof: bool
    is_declaration: bool
