"""What was learned: how well it does on mails it never saw, that it is not stale, and that nothing makes it slow."""

from __future__ import annotations

import time

import pytest

from intake.triage import triage
from intake.triage.learned import MAGIC, Weights, weights
from store.rules.requesters import Requester
from tests import measuring
from tests.training import corpus
from tests.training.train import OUTPUTS, digest

LEAST_MAILS, LEAST_NEGATIVES = 2_500, 0.25
FLOOR_F1, FLOOR_PRECISION, FLOOR_RECALL = 0.74, 0.87, 0.84
EVERYDAY_F1, EVERYDAY_PRECISION, EVERYDAY_RECALL = 0.86, 0.91, 0.93
"""A little below docs/understanding.md: what may not be lost unnoticed."""
HOSTILE = {
    "nothing": "",
    "blanks": " " * 1_000_000,
    "one word": "delete" * 200_000,
    "requests": "Please delete my data. " * 50_000,
    "stops": ". " * 500_000,
    "commas": "delete, my, data, " * 60_000,
    "Chinese": "请删除我的所有个人资料" * 100_000,
    "Korean": "삭제해주세요" * 150_000,
    "marks": "e\u0301" * 500_000,
    "surrogates": "delete my data \ud83d " * 50_000,
    "quotes": "> delete my data\n" * 60_000,
    "numbers": "1798.105 " * 100_000,
}


def test_what_was_learned_is_not_stale() -> None:
    assert weights().digest == digest(), "The labelled mails or the code changed. Run make train."


def test_the_page_tells_what_is_measured_now() -> None:
    page = measuring.PAGE.read_text(encoding="utf-8")

    assert measuring.written(page) == page, "Run .venv/bin/python -m tests.measuring."


def test_hard_mails_never_seen_are_understood_as_well_as_before() -> None:
    found = measuring.score(measuring.families())

    assert found.micro.f1 >= FLOOR_F1
    assert found.requests.recall >= FLOOR_RECALL
    assert found.requests.precision >= FLOOR_PRECISION


def test_everyday_mails_never_seen_are_understood_as_well_as_before() -> None:
    found = measuring.score(measuring.everyday())

    assert found.micro.f1 >= EVERYDAY_F1
    assert found.requests.recall >= EVERYDAY_RECALL
    assert found.requests.precision >= EVERYDAY_PRECISION


def test_every_evidence_stands_literally_in_its_mail() -> None:
    for mail, found in measuring.held_out():
        whole = f"{mail.subject}\n{mail.text}"
        spans = [span for each in (*found.requests, *found.possible) for span in each.evidence]
        assert all(each.evidence for each in (*found.requests, *found.possible))
        assert all(span and span in whole for span in (*spans, *filter(None, (found.role_words, found.law_words))))


def test_the_same_mail_gets_the_same_answer() -> None:
    for mail, found in measuring.held_out()[::10]:
        assert triage(mail.subject, mail.text) == found


def test_a_score_is_a_chance_and_the_likeliest_right_comes_first() -> None:
    for _, found in measuring.held_out():
        scores = [each.score for each in found.requests]
        assert scores == sorted(scores, reverse=True)
        assert all(0.0 <= score <= 1.0 for score in scores)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_huge_or_hostile_text_costs_bounded_time(text: str) -> None:
    began = time.process_time()
    found = triage(text[:2_000], text)

    assert time.process_time() - began < 10  # a bound, not a benchmark: a text costs a tenth of that
    assert found.role in Requester


def test_the_labelled_mails_are_many_of_every_kind_and_language_with_enough_that_are_none() -> None:
    mails = corpus.mails()
    held = [mail for mail in mails if mail.held_out and not mail.unseen]

    assert len(mails) >= LEAST_MAILS
    assert len({(mail.subject, mail.text) for mail in mails}) == len(mails)
    assert {kind for mail in mails for kind in mail.requests} == set(corpus.KINDS)
    assert {mail.language for mail in mails} >= set(measuring.LANGUAGES)
    assert sum(not mail.requests for mail in mails) / len(mails) >= LEAST_NEGATIVES
    assert not {mail.family for mail in held} & {mail.family for mail in mails if not mail.held_out}


def test_a_sentence_is_labelled_with_known_kinds() -> None:
    assert {kind for sentence in corpus.sentences() for kind in sentence.requests} == set(corpus.KINDS)


def test_another_format_is_refused_with_its_mend() -> None:
    with pytest.raises(ValueError, match="Run make train"):
        Weights(b"something else\n{}\n")


def test_the_weights_know_every_output() -> None:
    assert MAGIC
    assert tuple(each.name for each in weights().outputs) == OUTPUTS
