"""The two words that a consumer can write at any time, and everything that merely looks like one."""

from __future__ import annotations

import pytest

from intake.commands import own_word
from store.rules.requesters import OwnWord

STATUS = (
    "status",
    "Status?",
    "STATUS please",
    "Hello,\n\nplease: status.\n\nThanks!",
    "What's the status of my request?",
    "estado",
    "¿Estado, por favor?",
    "Hola, ¿cuál es el estado de mi solicitud? Gracias.",
)
CANCEL = (
    "cancel",
    "Cancel.",
    "Please cancel my request, thank you",
    "I want to cancel my requests",
    "cancelar",
    "Por favor: cancelar mi solicitud. Gracias",
    "Quiero cancelar mis solicitudes",
    "Cancele mi solicitud",
)
NEITHER = (
    "",
    "Cancel my account",
    "Please cancel my subscription",
    "Cancel, and then delete everything",
    "Do not cancel my request",
    "I did not cancel",
    "What is the status of my order?",
    "My marital status has changed",
    "status cancel",
    "cancelar mi cuenta",
    "estado de California",
    "status " * 60,
)


@pytest.mark.parametrize("written", STATUS)
def test_who_asks_how_far_it_is_is_understood(written: str) -> None:
    assert own_word("Re: My data [PR-1001]", written) is OwnWord.STATUS


@pytest.mark.parametrize("written", CANCEL)
def test_who_takes_it_back_is_understood(written: str) -> None:
    assert own_word("Re: My data [PR-1001]", written) is OwnWord.CANCEL


@pytest.mark.parametrize("written", NEITHER)
def test_anything_more_is_for_a_person_to_read(written: str) -> None:
    assert own_word("Re: My data [PR-1001]", written) is None


def test_the_title_counts_where_nothing_is_written_below_it() -> None:
    assert own_word("Status", " \n") is OwnWord.STATUS
    assert own_word("Cancel", "Please delete my account.") is None
