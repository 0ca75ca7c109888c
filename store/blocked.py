"""How blocked senders are looked up: by keyed hashes, of an address and of its domain."""

from __future__ import annotations

from sqlalchemy import ColumnElement
from sqlmodel import col

from store.models import SenderBlock
from store.office import Office

PURPOSE = "blocked sender"


def hashes(office: Office, sender: str) -> tuple[str, str]:
    """What a block of that address, and one of its domain, are looked up by."""
    address = sender.strip().lower()
    return office.vault.hash(PURPOSE, address), office.vault.hash(PURPOSE, f"@{address.rpartition('@')[2]}")


def in_force(theirs: tuple[str, str]) -> ColumnElement[bool]:
    """That a block is one of these, and not lifted."""
    return col(SenderBlock.sender_hash).in_(theirs) & col(SenderBlock.lifted_at).is_(None)
