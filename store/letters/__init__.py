"""The letters: one folder a letter and language, one small context function each."""

from store.letters.compose import compose
from store.letters.message import Envelope, sealed_message

__all__ = ["Envelope", "compose", "sealed_message"]
