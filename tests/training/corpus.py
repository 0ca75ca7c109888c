"""The labelled mails and sentences, and which of them are for training.

A mail belongs to a wording family: mails with one scene and way of asking. Whole families are held out, by the hash of
their name, so that what is measured was never seen in any wording. The sentences are all for training.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

CORPUS = Path(__file__).parent.parent / "corpus"
KINDS = (
    "know_specific", "know_categories", "delete", "correct", "opt_out",
    "limit", "admt_access", "admt_opt_out", "appeal", "withdraw",
)  # fmt: skip
UNSEEN = "unseen-"
HELD_OUT = 3
"""Families of ten that are held out."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A mail, or a sentence (without a subject), and what it says by the word of whoever wrote it."""

    family: str
    language: str
    subject: str
    text: str
    requests: frozenset[str]
    disposition: str
    role: str
    law: str | None
    priority: str

    @property
    def held_out(self) -> bool:
        """Whether it is for measuring only."""
        return self.unseen or tenth(self.family) < HELD_OUT

    @property
    def unseen(self) -> bool:
        """Whether it is of the everyday mails, all of which are held out, whoever wrote the others."""
        return self.family.startswith(UNSEEN)


def tenth(family: str) -> int:
    """The share of ten a family falls into."""
    return int(hashlib.sha256(family.encode()).hexdigest(), 16) % 10


def mails() -> list[Labelled]:
    """All labelled mails, in the order of their files."""
    return [
        Labelled(**{**fields, "requests": frozenset(fields["requests"])})
        for file in sorted((CORPUS / "requests").glob("*.jsonl"))
        for fields in map(json.loads, file.read_text(encoding="utf-8").splitlines())
    ]


def sentences() -> list[Labelled]:
    """All labelled sentences, in the order of their files."""
    return [
        _sentence(file.stem[:2], *line.split("\t", 1))
        for file in sorted((CORPUS / "phrases").glob("*.tsv"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]


def _sentence(language: str, labels: str, text: str) -> Labelled:
    kinds = frozenset(labels.split(",")) - {"other"}
    return Labelled(
        family="", language=language, subject="", text=text, requests=kinds, disposition="request" if kinds else "",
        role="", law=None, priority="",
    )  # fmt: skip
