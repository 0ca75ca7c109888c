"""Whatever senders are called and templates say: no limit is exceeded, nothing pings, nothing forges a link."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot import cards, modals
from store.picking import Picked
from store.replies import MOST_CHARACTERS, Template
from store.team import BlockedSender
from tests.bot.samples import CLAIMED, LAW, NOW, SAM, ZONE
from tests.bot.slack_rules import check_message, check_view
from tests.bot.test_hostile_input import harmless, hostile

templates = st.lists(
    st.builds(
        lambda number, text: Template(f"{number:040d}", {"en": text[:MOST_CHARACTERS] or "-"}),
        st.integers(0, 99),
        hostile,
    ),
    max_size=50,
    unique_by=lambda template: template.name,
)


@given(st.lists(st.builds(lambda name, times: (name, times), hostile, st.integers(0, 10**9)), max_size=20))
def test_blocked_senders(named: list[tuple[str, int]]) -> None:
    senders = [BlockedSender(number, name, SAM, NOW, times, NOW) for number, (name, times) in enumerate(named)]
    shown = cards.blocked(senders, ZONE)

    check_message(shown)
    harmless(shown)


@given(templates, st.integers(1, 100), st.integers(0, 10**7))
def test_several_cases_and_their_templates(chosen: list[Template], count: int, first: int) -> None:
    picked = Picked(tuple(range(first, first + count)), count * 1_000)
    deed, to, template = ("answer", chosen[0].name, chosen[0]) if chosen else ("claim", "", None)

    for view in (
        modals.many(chosen),
        modals.many_sure(picked, deed, to, template),
        modals.reply(CLAIMED, LAW, chosen, to),
    ):
        check_view(view)
        harmless(view)
