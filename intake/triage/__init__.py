"""Which rights a mail invokes, by whom and under which law, with the words that say so. Pure and deterministic.

`understand` gathers evidence from several sources (rules by language, statute citations) and adds it up. A further
source, such as a trained model, only has to yield evidence of the same shape.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from intake.triage import language, others, people, sentences, statutes
from intake.triage.clues import Said, lowered
from intake.triage.languages import RULES
from intake.triage.model import Found, Meaning, Triage
from intake.triage.rules import Book, is_negated
from intake.triage.vocabulary import Vocabulary
from store.rules.requesters import Priority, Requester

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from intake.triage.rules import Rule

__all__ = ["Found", "Meaning", "Priority", "Requester", "Triage", "triage"]

LONGEST: Final = 20_000
"""Letters of a mail that are understood: a request stands at its beginning."""
THRESHOLD: Final = 0.5
"""From this score on a kind counts as invoked."""
WORDS: Final = 20
"""Letters below which a text tells no language without its subject."""
SPANS: Final = 3
"""Evidence shown for one kind."""
LIKELIEST: Final = 0.99

_PITCH_FACTOR: Final = 0.4
_ABOUT_THINGS: Final = frozenset({"delete", "correct"})
_BOOK: Final = Book(RULES)
_VOCABULARY: Final = Vocabulary(_BOOK.triggers | others.PHRASES | people.PHRASES | statutes.PHRASES)


class Evidence(NamedTuple):
    """Words that speak for a kind, and how much."""

    kind: str
    weight: float
    span: str


def triage(subject: str, reply: str) -> Triage:
    """Understand what a mail asks for.

    Args:
        subject: the mail's subject.
        reply: what was newly written, quotes and signature taken out.

    Returns:
        The kinds found with their scores and literal words, who writes, under which law, how urgent, and the language.
    """
    text = reply[:LONGEST]
    title = subject[:500]
    whole = f"{title}\n{text}"
    low = lowered(whole)
    said = Said(whole, low, _VOCABULARY.found(low))
    body = said.part(len(title) + 1)
    above, below = list(_understood(said.part(0, len(title)))), list(_understood(body))
    requests = _added_up([*above, *below], said)
    asked = bool(requests)
    role, role_words = people.role_of(said)
    law, law_words = people.law_of(said)
    priority, why = people.priority_of(said) if asked else (Priority.LOW, "")
    return Triage(
        requests=requests,
        disposition=Meaning.REQUEST if asked else Meaning.OTHER,
        reason="a privacy right is invoked" if asked else others.topic_of(said),
        role=role if asked or role_words else Requester.UNCLEAR,
        role_words=role_words,
        law=law,
        law_words=law_words,
        priority=priority,
        priority_reason=why,
        language=language.of(text if len(text) > WORDS else whole),
        by_text=bool(_added_up(below, body) if above else requests),
    )


def _understood(said: Said) -> Iterator[Evidence]:
    """Evidence from all sources."""
    yield from _by_rules(said)
    for cited in statutes.cited(said):
        yield Evidence(cited.kind, cited.weight, said.text[cited.start : cited.end])


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
                yield Evidence(rule.kind, rule.weight, _literally(said.text, start + span[0], start + span[1]))


def _literally(text: str, start: int, end: int) -> str:
    """The words between two places of the text, the last one whole."""
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum() and end - start < sentences.LONGEST:
        end += 1
    return text[start:end].strip()


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


def _added_up(all_found: Sequence[Evidence], said: Said) -> tuple[Found, ...]:
    """One score a kind: each piece of evidence takes away a part of the doubt that is left."""
    if not all_found:
        return ()
    doubt: dict[str, float] = {}
    spans: dict[str, list[str]] = {}
    taken_back = [each.span.lower() for each in all_found if each.kind == "withdraw"]
    for each in all_found:
        if each.kind != "withdraw" and any(each.span.lower() in words for words in taken_back):
            continue
        doubt[each.kind] = doubt.get(each.kind, 1.0) * (1.0 - each.weight)
        known = spans.setdefault(each.kind, [])
        if each.span not in known and len(known) < SPANS:
            known.append(each.span)
    factor = _PITCH_FACTOR if others.is_pitch(said) else 1.0
    found = [
        Found(kind, round(min(LIKELIEST, 1.0 - left) * factor, 2), tuple(spans[kind])) for kind, left in doubt.items()
    ]
    return tuple(sorted((each for each in found if each.score >= THRESHOLD), key=lambda each: (-each.score, each.kind)))
