"""A request that came by no mail, as a person takes it down. Personal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from store.rules.kinds import Kind
from store.rules.requesters import Requester
from store.rules.team import Manner


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody said on the phone, in a letter, at a counter, in a form or in Slack. Personal.

    Attributes:
        kinds: the rights it invokes.
        manner: how it came.
        received_at: when it came, aware: the clocks start on that day.
        words: what was said or written; sealed as the case's first words.
        name: whose it is, as far as it was told.
        address: an e-mail address for the letters; empty where there is none.
        law: the short name of the law of their residence; the business's own without it.
        requester: who asks.
    """

    kinds: tuple[Kind, ...]
    manner: Manner
    received_at: datetime
    words: str = ""
    name: str = ""
    address: str = ""
    law: str | None = None
    requester: Requester = Requester.CONSUMER
