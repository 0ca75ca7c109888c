"""Rotating the keys: every data key is wrapped by a new master key, while the desk goes on working.

The key file holds the new master before the old one until nothing needs the old one any more, so that a rotation which
dies at any point is simply begun again. A process that runs meanwhile reads the file once more when a key does not
open. Hashes stay what they are: the key they are made with is kept, wrapped by the master in force.
"""

from __future__ import annotations

import fcntl
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlmodel import col, or_, select

from store.desk.work import Verb, Work
from store.errors import ContentDestroyed, KeyLost, KeyNotOurs, RotationUnderWay
from store.ledger import Event
from store.models import Bookmark, DataKey
from store.office import KEY_CHECK, Office
from store.settings import StoreSettings
from store.values import THE_DESK
from store.vault import LOOK_UP, new_master, read_masters, write_masters

BATCH = 200


def rotate_keys(office: Office, settings: StoreSettings, told: Callable[[int], None] = lambda _count: None) -> int:
    """Wrap every data key by a new master key, and let the old one go.

    Where the settings hold two masters already, the first is the new one: a rotation that died, or one of several
    machines, whose keys a person puts there.

    Args:
        office: the desk, opened with these settings.
        settings: where the master key is.
        told: given how many keys have been wrapped so far.

    Returns:
        How many keys were wrapped.

    Raises:
        KeyNotOurs: the key comes from the environment or the configuration, and is only one.
        KeyLost: a data key opens with none of the masters.
        RotationUnderWay: another process is at it.
    """
    with _alone(settings.key_file if settings.master_key is None else None):
        _see_to_a_new_master(office, settings)
        newest, count = office.vault.newest, 0
        put_in_force(office, newest)
        while wrapped := wrap_anew(office, BATCH):
            count += wrapped
            told(count)
        keys_rotated(office, count)
        if settings.master_key is None:
            write_masters(settings.key_file, read_masters(settings)[:1])
    return count


@Verb
def put_in_force(work: Work, master: str) -> None:
    """From now on that master wraps what is new; whoever is making a data key with another one ends first."""
    work.session.get_one(Bookmark, KEY_CHECK, with_for_update=True)
    kept = work.session.get(Bookmark, LOOK_UP)
    if kept is None or json.loads(kept.value)["master"] != master:
        value = {"master": master, "key": work.office.vault.keep_look_up_key(master), "since": str(work.today)}
        work.session.merge(Bookmark(name=LOOK_UP, value=json.dumps(value)))


@Verb
def wrap_anew(work: Work, limit: int) -> int:
    """Wrap some of the data keys that another master wraps by the one in force.

    Returns:
        How many; none when nothing is left.

    Raises:
        KeyLost: one of them opens with no master that is here.
    """
    others = or_(col(DataKey.master) < work.master, col(DataKey.master) > work.master)  # found by the index
    keys = work.session.exec(select(DataKey).where(others).limit(limit).with_for_update()).all()
    for key in keys:
        if key.wrapped is not None:
            key.wrapped = _wrapped(work, key.id, key.wrapped)
        key.master = work.master
        work.session.add(key)
    return len(keys)


@Verb
def keys_rotated(work: Work, count: int) -> None:
    """Write down that every data key is wrapped by the master in force."""
    work.record_for_the_desk(Event.KEYS_ROTATED, THE_DESK, keys=count)


def _wrapped(work: Work, key_id: str, wrapped: bytes) -> bytes:
    try:
        box = work.office.vault.open_box(key_id, wrapped)
    except ContentDestroyed as error:
        raise KeyLost(source="[store]") from error
    return work.office.vault.wrap(key_id, box, work.master)


def _see_to_a_new_master(office: Office, settings: StoreSettings) -> None:
    masters = read_masters(settings)
    if len(masters) == 1:
        if settings.master_key is not None:
            raise KeyNotOurs(source="store.master_key")
        write_masters(settings.key_file, [new_master(), *masters])
    office.vault.read_again()


@contextmanager
def _alone(path: Path | None) -> Iterator[None]:
    """Hold the lock beside the key file: two new masters at once would be one too many."""
    if path is None:
        yield
        return
    with path.with_name(f"{path.name}.lock").open("a", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise RotationUnderWay(source=path) from error
        yield
