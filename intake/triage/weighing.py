"""A mail cut into stretches, each with all that is weighed of it: the same for training and for reading."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Final, NamedTuple

from intake.triage import grams, others, people, sentences, statutes
from intake.triage.clues import Said, lowered
from intake.triage.concepts import lexicon
from intake.triage.features import Features, Text
from intake.triage.languages import RULES
from intake.triage.rules import Book, Rule, is_negated
from intake.triage.vocabulary import Vocabulary
from intake.triage.windows import Window, windows

LONGEST: Final = 20_000
"""Letters of a mail that are understood: a request stands at its beginning."""
LONGEST_TITLE: Final = 500

WORDS: Final = 3_000
"""Words of a mail that are weighed."""
WORDS_OF_STRETCH: Final = 200

_QUESTION: Final = frozenset("?？¿")  # noqa: RUF001 - the Chinese one, too
_ABOUT_THINGS: Final = frozenset({"delete", "correct"})
_BOOK: Final = Book(RULES)
_VOCABULARY: Final = Vocabulary(_BOOK.triggers | others.PHRASES | people.PHRASES | statutes.PHRASES)
_PITCH: Final = ("pitch", 1.0)


class Evidence(NamedTuple):
    """Words that speak for a kind, how much, and where they stand."""

    kind: str
    weight: float
    start: int
    end: int


class Stretch(NamedTuple):
    """A stretch of a mail's title and text, and what is weighed of it."""

    window: Window
    features: Features


def said_in(subject: str, reply: str) -> tuple[Said, int]:
    """A mail's words as the rules look at them, and how many letters of them are its title.

    Args:
        subject: the mail's subject.
        reply: what was newly written.
    """
    title = subject[:LONGEST_TITLE]
    whole = f"{title}\n{reply[:LONGEST]}"
    low = lowered(whole)
    return Said(whole, low, _VOCABULARY.found(low)), len(title)


def stretches(said: Said, title: int, evidence: list[Evidence]) -> list[Stretch]:
    """What is weighed: the title, each sentence, two in a row, and a short mail as a whole; but no small print.

    Args:
        said: the title, a line's end, and the text.
        title: letters of the title.
        evidence: what the rules found in it.
    """
    always = [_PITCH] if others.is_pitch(said) else []
    small_print = others.small_print(said)
    words = grams.words(said.low, WORDS)
    starts, folded = [word.start for word in words], [word.text for word in words]
    text = Text(folded, lexicon().tags(folded))
    found: list[Stretch] = []
    for window in windows(said.text, title):
        low = said.low[window.start : window.end]
        if small_print and others.is_small_print(low):
            continue
        first, last = (bisect_left(starts, place) for place in window)
        last = min(last, first + WORDS_OF_STRETCH)
        ruled = [*always, *_within(window, evidence)]
        found.append(Stretch(window, text.features(first, last, ruled, asks=not _QUESTION.isdisjoint(low))))
    return found


def evidence_in(said: Said, title: int) -> Iterator[Evidence]:
    """What the rules of all languages find, and the paragraphs that are cited: in the title, and in the text.

    Args:
        said: the title, a line's end, and the text.
        title: letters of the title.
    """
    for start, part in ((0, said.part(0, title)), (title + 1, said.part(title + 1))):
        for found in (*_by_rules(part), *_cited(part)):
            yield Evidence(found.kind, found.weight, start + found.start, start + found.end)


def _cited(said: Said) -> Iterator[Evidence]:
    return (Evidence(cited.kind, cited.weight, cited.start, cited.end) for cited in statutes.cited(said))


def _within(window: Window, evidence: list[Evidence]) -> Iterator[tuple[str, float]]:
    for each in evidence:
        if window.start <= each.start < window.end:
            yield each.kind, each.weight


def _by_rules(said: Said) -> Iterator[Evidence]:
    triggers = _BOOK.triggers & said.phrases
    if not triggers:
        return
    small_print = others.small_print(said)
    for (start, end), held in sentences.around(said, triggers):
        low = said.low[start:end]
        rules = _BOOK.woken(held, low)
        if not rules or (small_print and others.is_small_print(low)):
            continue
        plain = sentences.without_inner_stops(low)
        for rule in rules:
            span = _match(rule, plain)
            if span is not None:
                yield Evidence(rule.kind, rule.weight, start + span[0], start + span[1])


def _match(rule: Rule, sentence: str) -> tuple[int, int] | None:
    """Where a rule first matches without being denied or being about an order."""
    for found in rule.pattern.finditer(sentence):
        if rule.negatable and is_negated(sentence, found.start()):
            continue
        if rule.kind == "opt_out" and others.is_promise(found[0], sentence[max(0, found.start() - 40) : found.start()]):
            continue
        following = sentence[found.end() : found.end() + 60]
        if rule.kind in _ABOUT_THINGS and others.is_order_talk(found[0], following):
            continue
        return found.span()
    return None
