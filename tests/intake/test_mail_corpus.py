"""Pairs of a mail and its right reading: a new kind of broken mail is two more files in tests/corpus/mail."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from intake.reading import read

MAILS = sorted((Path(__file__).parents[1] / "corpus" / "mail").glob("*.eml"))


@pytest.mark.parametrize("mail", MAILS, ids=lambda path: path.stem)
def test_a_mail_is_read_as_the_file_beside_it_says(mail: Path) -> None:
    expected = json.loads(mail.with_suffix(".json").read_text(encoding="utf-8"))

    found = summary(read(mail.read_bytes()).as_json(mail.name))

    assert {key: found[key] for key in expected} == expected


def test_the_corpus_is_there() -> None:
    assert len(MAILS) >= 40


def summary(reading: dict[str, Any]) -> dict[str, Any]:
    kinds = sorted(each["kind"] for each in reading["requests"])
    names = [each["name"] for each in reading["attachments"]]
    return {**reading, "kinds": kinds, "attachment_names": names}
