"""`rightsdesk keys rotate`: a new master key, while the desk runs."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.cli.show import opened_office
from store import desk
from store.settings import StoreSettings, configuration, load


def rotate(config: Path | None) -> None:
    """Wrap every data key by a new master key and say how many there were.

    Raises:
        DeskError: something in the configuration or the store is wrong, or the key is not ours to replace.
    """
    settings = load(StoreSettings, configuration(config))
    with opened_office(config) as office:
        count = desk.rotate_keys(office, settings, _tell_so_far)
    left = "The old key opens nothing any more; it is gone from the key file."
    if settings.master_key is not None:
        left = "Now remove the old key from store.master_key, everywhere."
    sys.stdout.write(f"Wrapped {count:,} data keys by the new master key. {left}\n")


def _tell_so_far(count: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{count:,} data keys so far")
