"""Who may be denied for want of verification, and who never."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from store.rules.kinds import Kind
from store.rules.proposals import denial

if TYPE_CHECKING:
    from store.rules.pack import Pack


def test_an_unverified_deletion_may_be_denied_when_its_time_ends_section_7021_b(california: Pack) -> None:
    found = denial(california, Kind.DELETE)

    assert found is not None
    assert (found.id, found.citation) == ("not_verified", "Cal. Code Regs. tit. 11, § 7021(b)")


@pytest.mark.parametrize("kind", [Kind.OPT_OUT, Kind.LIMIT, Kind.ADMT_OPT_OUT, Kind.APPEAL])
def test_what_may_not_be_verified_is_never_denied_as_unverified_section_7060_b(california: Pack, kind: Kind) -> None:
    assert denial(california, kind) is None


def test_a_law_without_that_basis_proposes_nothing(california: Pack) -> None:
    others = tuple(basis for basis in california.bases if basis.id != "not_verified")

    assert denial(replace(california, bases=others), Kind.DELETE) is None
