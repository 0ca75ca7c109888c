"""How hard a text is to read: Flesch-Kincaid for English, Fernández Huerta for Spanish.

A sentence ends where Flesch has it end: at a period, a colon, a semicolon, a question or exclamation mark; and at the
end of a paragraph or of an item of a list.
"""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"[.!?:;]+(?=\s|$)|\n\s*\n|\n- ")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LITERAL = re.compile(r"^ {4}\S.*$|https?://\S+|\[[^\]\n]*\]|PR-\d+|\([^()]*§[^()]*\)", re.MULTILINE)


def english_grade(text: str) -> float:
    """The school year of the United States that reads it with ease (Kincaid and others, 1975).

    Args:
        text: a letter; what nobody reads as a sentence (codes, references, citations, links) does not count.
    """
    words, sentences = _counted(text)
    syllables = sum(map(english_syllables, words))
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def spanish_ease(text: str) -> float:
    """How easy it is, from 0 to 100: 60 to 70 is plain, 80 is easy (Fernández Huerta, 1959).

    Its last term counts the words of a sentence, as the author's own example does and his text does not.
    """
    words, sentences = _counted(text)
    syllables = sum(map(spanish_syllables, words))
    return 206.84 - 60 * syllables / len(words) - 1.02 * len(words) / sentences


def english_syllables(word: str) -> int:
    """About how many syllables: groups of vowels, without the silent e."""
    plain = re.sub(r"[^a-z]", "", word.lower())
    plain = re.sub(r"(?:(?<=[^laeiouy])es|(?<=[^tdaeiouy])ed|(?<=[^laeiouy])e)$", "", plain)
    return max(1, len(re.findall(r"[aeiouy]+", plain)))


def spanish_syllables(word: str) -> int:
    """How many syllables: each vowel but the weak one of a diphthong."""
    plain = re.sub(r"(?<=[gq])u(?=[eiéí])", "", word.lower())
    plain = re.sub(r"y$", "i", plain)
    return max(1, len(re.findall(r"[iuü]?[aeoáéó][iuü]?|[íú]|[iuü]{1,2}", plain)))


def _counted(text: str) -> tuple[list[str], int]:
    plain = _LITERAL.sub(" ", text)
    sentences = [words for piece in _SENTENCE.split(plain) if (words := _WORD.findall(piece))]
    return [word for words in sentences for word in words], len(sentences)
