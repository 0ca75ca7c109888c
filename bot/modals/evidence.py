"""A mail's own words, for one person's eyes: what was read in it, and its text with those words highlighted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.blocks import SECTION, paragraphs
from bot.words import escape, fit
from store import packs
from store.correspondence import Understood
from store.rules import languages, statutes
from store.rules.requesters import Priority, Requester
from store.values import Wish

PIECE, SMALL_PIECE = 2_400, 550  # escaping makes some characters five times as long
MOST_EVIDENCE, SHORTEST_EVIDENCE = 50, 3
SEARCHED = 200_000
"""Letters of a text in which evidence is looked for: triage reads far fewer."""
QUOTED, QUOTES = 100, 3
"""Words are quoted up to so many characters, and so many times a right; the text itself has them all."""

_LINE = re.compile(r"\S(?:[^\n]*\S)?")

Span = tuple[int, int]


def read_as(found: Understood) -> str:
    """What was read in a mail, in a few lines: each right with its words, who writes, law, priority and language."""
    lines = [
        *(_right(wish) for wish in found.wishes),
        *(_right(wish, "perhaps ") for wish in found.possible),
        *_asker(found),
        *_law(found),
        *_priority(found),
        f"Language: {escape(languages.told(found.language) or languages.name_of(found.language))}",
    ]
    head = "*Read as*" if found.wishes or found.possible else "*Read as* no request"
    return fit("\n".join([head, *(f"• {line}" for line in lines)]), SECTION)


def left_of_title(subject: str, evidence: Sequence[str]) -> tuple[str, ...]:
    """Evidence as it stands in the text: of words that run from the title into it, those after the title.

    Args:
        subject: the mail's title.
        evidence: words of title and text, a line break between the two.
    """
    return tuple(_after_title(subject.strip(), words) for words in evidence)


def highlighted(text: str, evidence: Sequence[str]) -> Iterator[str]:
    """A text in pieces that fit a section each, its evidence in bold and everything outside harmless.

    Args:
        text: as it was written.
        evidence: words of it, as they stand there or with other line breaks.
    """
    spans = _together(sorted(_spans(text, evidence)))
    for piece, start in _placed(paragraphs(text, PIECE), text):
        marked = _marked(piece, start, spans)
        if len(marked) <= SECTION:
            yield marked
        else:
            small = paragraphs(piece, SMALL_PIECE)
            yield from (_marked(part, start + at, spans) for part, at in _placed(small, piece))


def _after_title(subject: str, words: str) -> str:
    title, _, rest = words.partition("\n")
    runs_on = title.strip() and subject.endswith(title.strip())
    return rest if runs_on and rest.strip() else words


def _right(wish: Wish, how: str = "") -> str:
    score = "" if wish.score is None else f" ({wish.score:.0%})"
    return f"{how}{wish.kind.plain}{score}{_quoted(*wish.evidence[:QUOTES])}"


def _asker(found: Understood) -> Iterator[str]:
    if found.requester is not Requester.CONSUMER or found.requester_words:
        yield f"Written by {found.requester.plain}{_quoted(found.requester_words)}"


def _law(found: Understood) -> Iterator[str]:
    if found.law:
        name = packs.law(found.law).name if found.law in packs.laws() else found.law
        yield f"Law: {escape(name)}{_quoted(found.law_words)}"
    elif found.law_named:
        other = escape(statutes.named(found.law_named))
        yield f"Law: the default; the mail points to {other}{_quoted(found.law_words)}"


def _priority(found: Understood) -> Iterator[str]:
    if found.priority is not Priority.MEDIUM or found.priority_reason:
        why = f", {escape(fit(found.priority_reason, QUOTED))}" if found.priority_reason else ""
        yield f"Priority: {found.priority}{why}{_quoted(found.priority_words)}"


def _quoted(*words: str) -> str:
    said = ", ".join(f"“{escape(fit(' '.join(each.split()), QUOTED))}”" for each in words if each.strip())
    return f": {said}" if said else ""


def _spans(text: str, evidence: Sequence[str]) -> Iterator[Span]:
    """Where each evidence stands first, whatever white space is between its words there."""
    searched = text[:SEARCHED]
    for words in evidence[:MOST_EVIDENCE]:
        if len(words.strip()) >= SHORTEST_EVIDENCE:
            pattern = r"\s+".join(map(re.escape, words.split()))
            found = re.search(pattern, searched, re.IGNORECASE)
            if found:
                yield found.span()


def _together(spans: Sequence[Span]) -> list[Span]:
    """Spans in order, those that overlap as one."""
    joined: list[Span] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _placed(pieces: Sequence[str], text: str) -> Iterator[tuple[str, int]]:
    """Each piece with the place of the text where it begins."""
    at = 0
    for piece in pieces:
        at = text.index(piece, at)
        yield piece, at
        at += len(piece)


def _marked(piece: str, at: int, spans: Sequence[Span]) -> str:
    """A piece that begins at that place of its text, the parts of spans in it in bold."""
    parts: list[str] = []
    done = 0
    for span in spans:
        start, end = max(span[0] - at, done), min(span[1] - at, len(piece))
        if start < end:
            parts += [escape(piece[done:start]), _bold(piece[start:end])]
            done = end
    return "".join([*parts, escape(piece[done:])])


def _bold(words: str) -> str:
    """Words in bold, line by line: Slack's mark-up ends where a line does, and before a space it is none."""
    return _LINE.sub(lambda line: f"*{escape(line[0])}*", words)
