"""Everything a verb needs, in one hand: the database, the vault, the clock, the business."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from store.bell import Bell
from store.calendars import holidays_of
from store.clock import Clock
from store.database import Database
from store.errors import ConfigurationError, KeyMismatch, KeyRotated
from store.ledger import DESK_LENGTH
from store.letters import check_letters
from store.migrate import is_current, migrate
from store.models import Bookmark, Case
from store.packs import Laws, open_laws
from store.rules import deadlines
from store.rules.pack import Pack
from store.settings import Business, StoreSettings
from store.vault import LOOK_UP, Vault, open_vault

P = ParamSpec("P")
R = TypeVar("R")

KEY_CHECK = "key check"
CHECKED = ("key check", "rightsdesk")
INSTALLED_AT = "installed at"
THREADS = 8


@dataclass(frozen=True, slots=True)
class Office:
    """The ground floor, opened."""

    database: Database
    vault: Vault
    clock: Clock
    business: Business
    bell: Bell = field(default_factory=Bell)
    laws: Laws = field(default_factory=Laws)

    def today(self) -> date:
        """The calendar day in the business's zone."""
        return deadlines.local_day(self.clock(), self.business.zone)

    def pack(self, name: str) -> Pack:
        """The law of that name."""
        return self.laws.pack(name)

    def holidays(self, pack: Pack, day: date) -> frozenset[date]:
        """The holidays of the law's calendar in the year of that day and the two after it, and the business's own."""
        return holidays_of(pack.holiday_calendar, day.year, day.year + 2) | frozenset(self.business.extra_holidays)

    def close(self) -> None:
        """Give the database back."""
        self.database.close()


def open_office(settings: StoreSettings, business: Business, clock: Clock) -> Office:
    """Open the store, bring its tables up to date, and make sure that the key is this database's own.

    Raises:
        ConfigurationError: the key, the law or a letter is not usable.
        KeyMismatch: the database was made with another master key.
    """
    vault = open_vault(settings)
    laws = open_laws(business)
    check_letters(business)
    office = Office(Database(settings.database_url), vault, clock, business, laws=laws)
    if not is_current(office.database):
        migrate(office.database)
    _check_key(office, "store.master_key" if settings.master_key else str(settings.key_file))
    _check_laws(office)
    return office


def installed_at(office: Office) -> datetime:
    """When this database was first opened, aware, in UTC."""
    with office.database.reading() as session:
        kept = session.get(Bookmark, INSTALLED_AT)
        return datetime.fromisoformat(kept.value) if kept else office.clock()


def _check_key(office: Office, source: str) -> None:
    if _remembered(office, KEY_CHECK) is None:
        _install(office, office.vault.hash(*CHECKED))
    rotated = _remembered(office, LOOK_UP)
    if rotated is None and not office.vault.use_look_up_key_of(_remembered(office, KEY_CHECK) or "", *CHECKED):
        office.close()
        raise KeyMismatch(source=source)
    if rotated is not None and not office.vault.use_look_up_key(json.loads(rotated)["key"]):
        office.close()
        raise KeyRotated(source=source, since=date.fromisoformat(json.loads(rotated)["since"]))


def _check_laws(office: Office) -> None:
    """A pack that a case stands under cannot be taken away: the case would have no dates."""
    with office.database.reading() as session:
        used = session.exec(select(Case.law).distinct()).all()
    gone = ", ".join(sorted(name for name in used if name not in office.laws))
    if gone:
        office.close()
        mend = f"cases stand under {gone}, whose rules are not here; put the file back"
        raise ConfigurationError(key="business.packs_folder", value=office.business.packs_folder, mend=mend)


def _remembered(office: Office, name: str) -> str | None:
    with office.database.reading() as session:
        kept = session.get(Bookmark, name)
        return kept.value if kept else None


def _install(office: Office, key_check: str) -> None:
    first = {KEY_CHECK: key_check, INSTALLED_AT: office.clock().isoformat(), DESK_LENGTH: "0"}
    with suppress(IntegrityError), office.database.writing() as session:  # another process may be at it (PostgreSQL)
        session.add_all(Bookmark(name=name, value=value) for name, value in first.items())


class Bridge:
    """The one bounded way from the asyncio doors into the sync store.

    Args:
        office: what every verb is given first.
        threads: how many verbs may run at once; more wait their turn.
    """

    def __init__(self, office: Office, threads: int = THREADS) -> None:
        self.office = office
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="desk")

    async def __call__(self, verb: Callable[Concatenate[Office, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a verb or a query in a thread and give what it gives, or raise what it raises."""
        call: Callable[[], Any] = partial(verb, self.office, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(self._pool, call)

    def close(self) -> None:
        """Let the running verbs finish and take no more."""
        self._pool.shutdown(wait=True)
