"""What the desk proposes, and never does by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.rules.kinds import Kind
    from store.rules.pack import Pack
    from store.rules.rows import Basis

NOT_VERIFIED = "not_verified"
"""The basis of a denial because nobody could tell who asks."""


def denial(pack: Pack, kind: Kind) -> Basis | None:
    """On what basis a request may be denied whose verification is not complete when its time ends (section 7021(b)).

    Args:
        pack: the law.
        kind: the right invoked.

    Returns:
        None where the law lets nobody deny such a request for want of verification, as with an opt-out.
    """
    return next((basis for basis in pack.bases if basis.id == NOT_VERIFIED and kind in basis.kinds), None)
