"""What a person previews is what is sent, and previewing leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from store import desk, errors, queries
from store.desk import Verb
from store.office import Office
from store.rules.kinds import Kind
from store.rules.outcomes import Outcome
from tests.builders import STAFF1, STAFF2, arrive, everything, letters

CALLS: dict[str, Callable[[Office, str, int], tuple[Verb[..., object], tuple[object, ...]]]] = {
    "extend": lambda _office, ref, request: (desk.extend, (ref, request, "Old tapes.", STAFF1)),
    "reply": lambda _office, ref, _request: (desk.reply, (ref, "Grüße & <b>Küsse</b>", STAFF1)),
    "resolve": lambda _office, ref, request: (desk.resolve, (ref, request, Outcome.WITHDRAWN, STAFF1)),
}


@pytest.mark.parametrize("name", CALLS)
def test_what_is_previewed_is_what_is_sent_and_nothing_is_left_behind(any_office: Office, name: str) -> None:
    case = desk.claim(any_office, arrive(any_office).ref, STAFF1)
    verb, said = CALLS[name](any_office, case.ref, case.requests[0].id)
    before, rung = everything(any_office), []
    any_office.bell.subscribe(partial(rung.append, "ding"))
    (draft,) = verb.rehearse(any_office, *said)
    after, silence = everything(any_office), not rung
    verb(any_office, *said)
    sent = letters(any_office, case.ref)[-1]

    assert after == before
    assert silence
    assert sent["Subject"] == draft.subject
    assert sent.get_content().replace("\r\n", "\n") == draft.body


def test_the_preview_of_a_verification_letter_differs_in_its_code_only(office: Office) -> None:
    case = desk.claim(office, arrive(office).ref, STAFF1)
    (first,) = desk.ask_to_verify.rehearse(office, case.ref, STAFF1)
    (second,) = desk.ask_to_verify.rehearse(office, case.ref, STAFF1)
    differing = [one for one, two in zip(first.body.split("\n"), second.body.split("\n"), strict=True) if one != two]

    assert len(differing) == 1
    assert differing[0].startswith("    ")
    assert queries.case(office, case.ref) == case


def test_what_is_refused_is_refused_in_the_preview_too(office: Office) -> None:
    case = desk.claim(office, arrive(office, [Kind.OPT_OUT]).ref, STAFF1)

    with pytest.raises(errors.NotYours):
        desk.resolve.rehearse(office, case.ref, case.requests[0].id, Outcome.WITHDRAWN, STAFF2)


def test_a_verb_keeps_its_name_and_its_words() -> None:
    assert desk.claim.__name__ == "claim"  # type: ignore[attr-defined] # update_wrapper gives it
    assert "Of several people at once one wins" in (desk.claim.__doc__ or "")
