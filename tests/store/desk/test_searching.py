"""Looking for somebody by their address."""

from __future__ import annotations

import pytest

from store import desk
from store.errors import RoleMissing
from store.office import Office
from store.values import Actor
from tests.builders import ROSA, STAFF1, arrive, everything


def test_an_address_leads_to_its_cases_and_the_search_is_written_down_without_it(any_office: Office) -> None:
    arrive(any_office)
    arrive(any_office, sender="omar@example.org")
    arrive(any_office)
    found = desk.search_address(any_office, f" {ROSA.upper()} ", STAFF1)
    none = desk.search_address(any_office, ROSA[:-1], STAFF1)
    told = [row for row in everything(any_office)["ledger"] if "searched" in row]

    assert [case.ref for case in found] == ["PR-1003", "PR-1001"]
    assert none == ()
    assert len(told) == 2
    assert all(STAFF1.id in row for row in told)
    assert ROSA not in str(told).lower()


@pytest.mark.parametrize("nobody", [Actor("U0NOBODY")])
def test_only_staff_search(any_office: Office, nobody: Actor) -> None:
    with pytest.raises(RoleMissing):
        desk.search_address(any_office, ROSA, nobody)
