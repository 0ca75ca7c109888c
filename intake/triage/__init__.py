"""Which rights a mail invokes, by whom and under which law, with the words that say so. Pure and deterministic.

Rules of nine languages find what is said plainly; learned weights judge every stretch of the mail by its words, its
concepts and what the rules found there (`weighing`, `learned`). A mail asks for what its best stretch asks for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from intake.triage import language, others, people
from intake.triage.clues import Said
from intake.triage.judging import SURE, Judgement, ruled
from intake.triage.learned import weights
from intake.triage.model import Found, Meaning, Triage
from intake.triage.weighing import Evidence, evidence_in, said_in, stretches
from store.rules.requesters import Priority, Requester

__all__ = ["Found", "Meaning", "Triage", "triage"]

WORDS: Final = 20
"""Letters below which a text tells no language without its subject."""
SPANS: Final = 3
"""Evidence shown for one kind."""
LONGEST_SPAN: Final = 240
LIKELIEST: Final = 0.99


def triage(subject: str, reply: str) -> Triage:
    """Understand what a mail asks for.

    Args:
        subject: the mail's subject.
        reply: what was newly written, quotes and signature taken out.

    Returns:
        The kinds found with their scores and literal words, who writes, under which law, how urgent, and the language.
    """
    said, title = said_in(subject, reply)
    evidence = list(evidence_in(said, title))
    calm = bool(others.topic(said)) or others.is_pitch(said)
    judged = Judgement(weights(), stretches(said, title, evidence), ruled(said, evidence), calm=calm, title=title)
    requests = tuple(_found(judged, kind, said, evidence) for kind in judged.kinds())
    possible = () if requests else tuple(_found(judged, kind, said, evidence) for kind in judged.possible())
    role, role_words = people.role_of(said)
    law, law_words = people.law_of(said)
    priority, why, why_words = people.priority_of(said) if requests or possible else (Priority.LOW, "", "")
    meaning, reason = _meaning(judged, requests, said)
    text = said.text[title + 1 :]
    return Triage(
        requests=requests,
        possible=possible,
        disposition=meaning,
        reason=reason,
        role=role if requests or possible or role_words else Requester.UNCLEAR,
        role_words=role_words,
        law=law,
        law_words=law_words,
        priority=priority,
        priority_reason=why,
        priority_words=why_words,
        language=language.of(text if len(text) > WORDS else said.text),
        plainly=judged.plainly(),
        by_text=any(score >= SURE for score in ruled(said, [one for one in evidence if one.start > title]).values()),
    )


def _meaning(judged: Judgement, requests: Sequence[Found], said: Said) -> tuple[Meaning, str]:
    if requests:
        return Meaning.REQUEST, "a privacy right is invoked"
    if judged.is_reply():
        return Meaning.REPLY, "it seems to answer a letter, or to ask about a case"
    return Meaning.OTHER, others.topic(said) or "no privacy right is invoked"


def _found(judged: Judgement, kind: str, said: Said, evidence: Sequence[Evidence]) -> Found:
    """A kind with its score and words: those that rules found, and the stretch that says most."""
    best = judged.best(kind)
    spans = [(each.start, _whole_word(said.text, each.start, each.end)) for each in evidence if each.kind == kind]
    if best and not any(best.start <= start < best.end for start, _ in spans):
        spans.append((best.start, _whole_word(said.text, best.start, min(best.end, best.start + LONGEST_SPAN))))
    words = dict.fromkeys(said.text[start:end].strip() for start, end in spans)
    return Found(kind, round(min(LIKELIEST, judged.score(kind)), 2), tuple(filter(None, words))[:SPANS])


def _whole_word(text: str, start: int, end: int) -> int:
    """The end of the word in which a span ends."""
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum() and end - start < LONGEST_SPAN:
        end += 1
    return end
