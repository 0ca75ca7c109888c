"""Each published limit of Block Kit is kept to the character."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.validate import message_faults, too_large, view_faults
from tests.bot.limits import BLOCKS, VIEWS, modal, mrkdwn, plain, section


@pytest.mark.parametrize("limit", BLOCKS)
def test_a_message_may_go_to_the_limit_and_no_further(limit: str) -> None:
    allowed, refused = BLOCKS[limit]

    assert message_faults(allowed) == []
    assert len(message_faults(refused)) == 1


@pytest.mark.parametrize("limit", VIEWS)
def test_a_view_may_go_to_the_limit_and_no_further(limit: str) -> None:
    allowed, refused = VIEWS[limit]

    assert view_faults(allowed) == []
    assert len(view_faults(refused)) == 1


def test_a_view_is_at_most_250_kilobytes() -> None:
    assert not too_large(modal())
    assert too_large(modal(blocks=[section(text=mrkdwn(3_000))] * 90))


@pytest.mark.parametrize("nonsense", [None, "blocks", [None], [1], [{"type": "section", "text": "x"}], [{}], [[]]])
def test_nonsense_is_refused_and_breaks_nothing(nonsense: Any) -> None:
    assert message_faults(nonsense)
    assert view_faults({"type": "modal", "title": plain(3), "blocks": nonsense})
