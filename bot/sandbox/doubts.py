"""What nobody outside Slack knows for certain, and how the stand-in decides it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Doubts:
    """The unknowns, one switch each. The stand-in is strict; a switch lets pass what Slack itself may take.

    Set them with `world.slack.doubts = Doubts(...)`, at any time.

    Args:
        message_bytes: so many bytes of JSON, text and blocks together, a message may have; Slack publishes no number,
            and others saw messages fail near 13,200.
        unknown_fields: blocks and views may have fields that Slack's types do not name.
        nested_metadata: a message's `event_payload` may hold lists and objects, not only text, numbers and yes or no.
        paced: calls over Slack's published rates get a 429. The rates are published as "about" and with room for
            bursts of unknown size. Off unless asked for: a test of something else would sit them out.
    """

    message_bytes: int = 12_000
    unknown_fields: bool = False
    nested_metadata: bool = False
    paced: bool = False
