"""The rights a consumer can invoke by mail, and what a person calls them."""

from __future__ import annotations

from enum import StrEnum
from typing import NoReturn


class Kind(StrEnum):
    """One right: a request invokes exactly one. The value is what databases, JSON and packs hold."""

    KNOW_SPECIFIC = "know_specific"
    KNOW_CATEGORIES = "know_categories"
    DELETE = "delete"
    CORRECT = "correct"
    OPT_OUT = "opt_out"
    LIMIT = "limit"
    ADMT_ACCESS = "admt_access"
    ADMT_OPT_OUT = "admt_opt_out"
    APPEAL = "appeal"

    @property
    def plain(self) -> str:
        """The short name a person reads on a card, such as "copy of the data"."""
        return _WORDS[self][0]

    @property
    def request(self) -> str:
        """The request as a noun with its article, to build a sentence of: "a request to delete"."""
        return _WORDS[self][1]

    @classmethod
    def _missing_(cls, value: object) -> NoReturn:
        known = ", ".join(cls)
        raise ValueError(f"There is no kind of request called {value!r}. Write one of: {known}.")


_WORDS = {
    Kind.KNOW_SPECIFIC: ("copy of the data", "a request for a copy of the data"),
    Kind.KNOW_CATEGORIES: ("kinds of data held", "a request for the kinds of data held"),
    Kind.DELETE: ("delete", "a request to delete"),
    Kind.CORRECT: ("correct", "a request to correct"),
    Kind.OPT_OUT: ("opt-out of sale", "an opt-out"),
    Kind.LIMIT: ("limit sensitive data", "a request to limit the use of sensitive data"),
    Kind.ADMT_ACCESS: ("how a decision was made", "a request to explain an automated decision"),
    Kind.ADMT_OPT_OUT: ("no automated decision", "an opt-out of automated decisions"),
    Kind.APPEAL: ("appeal", "an appeal"),
}
