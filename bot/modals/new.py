"""The form for a request that came by no mail; what is typed into it is personal, and stays in the modal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.blocks import JSON, context, option
from bot.modals.frame import (
    CONFIRMED,
    Matter,
    day_field,
    modal,
    select,
    several,
    text_field,
    ticks,
    time_field,
    word_field,
)
from bot.names import Field
from bot.names import View as Name
from bot.understood import asker
from store.rules.kinds import Kind
from store.rules.pack import Pack
from store.rules.requesters import Requester
from store.rules.team import Manner

MOST_NAME, MOST_ADDRESS = 200, 254
BY_HAND = (Manner.PHONE, Manner.POST, Manner.FORM, Manner.IN_PERSON, Manner.SLACK)


def new(laws: Sequence[Pack], law: str, received_at: datetime, words: str = "", manner: Manner | None = None) -> JSON:
    """What a person takes down.

    Args:
        laws: those that the case can stand under.
        law: the business's own.
        received_at: what the day and the time say at first, in the business's zone.
        words: of the message that it is made of.
        manner: how it came, where that is known.
    """
    kinds = [option(kind.plain, kind.value) for kind in Kind]
    manners = [option(each.plain.capitalize(), each.value) for each in BY_HAND]
    options = [option(f"{pack.name} ({pack.law})", pack.law) for pack in laws]
    askers = [option((asker(each) or "the consumer").capitalize(), each.value) for each in Requester]
    told = context(
        "The clocks run from the day of receipt. The words are kept sealed. "
        "With an address the acknowledgement goes out at once; without one no letter can."
    )
    fields = [
        several(Field.KINDS, "It asks for", kinds),
        select(Field.MANNER, "It came", manners, chosen=manner or ""),
        day_field(Field.DAY, "Received on", value=f"{received_at:%Y-%m-%d}"),
        time_field(Field.TIME, f"At ({received_at:%Z})", value=f"{received_at:%H:%M}"),
        word_field(Field.NAME, "Name", most=MOST_NAME, optional=True),
        word_field(
            Field.ADDRESS, "E-mail address", most=MOST_ADDRESS, hint="Empty where there is none.", optional=True
        ),
        text_field(
            Field.TEXT,
            "What was said or written",
            hint="At most 3,000 characters; of a longer message only its beginning stands here.",
            value=words,
        ),
        select(Field.LAW, "The law of the consumer’s residence", options, chosen=law),
        select(Field.REQUESTER, "Who asks", askers, chosen=Requester.CONSUMER),
        ticks(
            Field.LONG_AGO,
            "Only for one of long ago",
            [option("It was received more than 90 days ago", CONFIRMED)],
            optional=True,
        ),
    ]
    return modal(Name.NEW, "New request", [*fields, told], Matter(), submit="Open case")
