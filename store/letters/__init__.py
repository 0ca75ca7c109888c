"""The letters: one folder a letter and language, one small context function each."""

from store.letters.checks import check_letters
from store.letters.compose import compose
from store.letters.message import Envelope, sealed_message

__all__ = ["Envelope", "check_letters", "compose", "sealed_message"]
