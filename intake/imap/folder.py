"""One folder of a mailbox, read on from where it was left; no mail in it holds up the others."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from imapclient.exceptions import IMAPClientAbortError

from intake.imap.asking import (
    BEGINNING,
    HEADER,
    WHOLE,
    Facts,
    Opened,
    contents,
    facts,
    last_of,
    later_than,
    open_folder,
    portions,
    since,
    still_there,
)
from intake.imap.line import Line
from intake.imap.marking import mark_done
from intake.imap.trouble import Trouble
from intake.receive import OLDEST, Incoming, receive_all
from intake.settings import MEGABYTE, ImapMailbox
from store import desk, queries
from store.office import Office, installed_at
from store.values import Kept

log = structlog.get_logger()

TOO_LARGE = "It is too large ({size:.1f} MB): only its header is here, the rest is in the mailbox."
NOT_HANDED_OVER = "The mail server would not hand it over (UID {uid} in the folder {folder}): look into the mailbox."
NOT_STORED = "It could not be stored (UID {uid} in the folder {folder}): look into the mailbox."
NOT_ALL_HANDED_OVER = (
    "Not every mail could be fetched and stored; those left are asked for again, and then held for staff."
)

BATCH = 50
TURN = 20 * BATCH
WHOLE_TRIES = 3
HEADER_TRIES = 6
FIRST_PAUSE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A mail that was not handed over, or could not be stored.

    Attributes:
        tries: how often it was asked for by itself.
        again_at: when it is asked for again, aware.
        cuts: whether the line was cut over it, so that nothing more could be asked.
    """

    tries: int
    again_at: datetime
    cuts: bool


class FolderReader:
    """Reads one folder of a mailbox, look by look.

    Its bookmark, (UIDVALIDITY, UID), is written after each batch and stays before the first mail that is not kept yet.
    What it has in mind beyond that - mails kept already behind the bookmark, mails that were refused and how often -
    lasts as long as the process: a restart only tries again, and what is fetched twice is known by its content.

    A mail that the server refuses, or that cuts the line whenever it is asked for, waits until the others are kept. It
    is asked for by itself then: whole for three minutes, its header for half an hour, ever more seldom. At last it is
    kept as the bare fact that it is there, so that staff get a card and the bookmark goes on.

    Args:
        office: the store.
        mailbox: where it is.
        folder: which one.
        most_bytes: the largest mail that is fetched.
    """

    def __init__(self, office: Office, mailbox: ImapMailbox, folder: str, most_bytes: int) -> None:
        self.folder = folder
        self.name = mailbox.name(folder)
        self._office = office
        self._mailbox = mailbox
        self._most_bytes = most_bytes
        self._uidvalidity = 0
        self._done: set[int] = set()
        self._refused: dict[int, Refusal] = {}
        self._unstored: set[int] = set()
        self._unmarked: list[int] = []

    def look(self, client: Line) -> int:
        """Keep what is new, up to a turn's worth, so that other folders have theirs.

        Args:
            client: a connection, signed in.

        Returns:
            How many mails were dealt with; at 0 there is nothing more to be had now.

        Raises:
            Trouble: the folder cannot be read, or the mails that are left in it are not handed over or stored.
            IMAPClientError, OSError: the line was cut; what was kept stays kept.
            StoreUnavailable: mails could not be kept; they are fetched again.
        """
        opened = open_folder(client, self.folder)
        if opened.uidvalidity != self._uidvalidity:
            self._uidvalidity = opened.uidvalidity
            self._done, self._refused, self._unstored, self._unmarked = set(), {}, set(), []
        owed, self._unmarked = self._unmarked, []  # a line was cut over it; over the same again, it is let be
        if owed:
            mark_done(client, self._mailbox, owed)
            opened = open_folder(client, self.folder)  # those that were moved are not counted
        known, last = queries.mailbox(self._office, self.name)
        first = known != opened.uidvalidity
        found = self._recent(client, opened) if first else later_than(client, opened, last)
        end = max([last_of(client, opened) if first else last, *found])
        self._refused = {uid: self._refused[uid] for uid in found if uid in self._refused}
        willing = [uid for uid in found if uid not in self._done and uid not in self._refused]
        dealt = self._take_willing(client, willing, end, first=first)
        if not willing:
            dealt += sum([self._take_unwilling(client, uid) for uid in self._due()])
            if self._refused and not dealt:
                raise Trouble(NOT_ALL_HANDED_OVER)
            self._note([], end, first=first)
        if len(willing) > TURN:
            log.info("mailbox being read", folder=self.folder, kept=dealt, left=len(willing) - TURN)
        return dealt

    def _recent(self, client: Line, opened: Opened) -> list[int]:
        """The mails of a folder never read under its UIDVALIDITY that are not too old to answer."""
        return since(client, opened, installed_at(self._office).date() - timedelta(days=self._mailbox.since_days))

    def _take_willing(self, client: Line, willing: Sequence[int], end: int, *, first: bool) -> int:
        dealt = 0
        for start in range(0, min(len(willing), TURN), BATCH):
            batch = willing[start : start + BATCH]
            self._refuse(self._take(client, batch))
            dealt += sum(uid in self._done for uid in batch)
            self._note(willing[start + BATCH :][:1], end, first=first)
            self._mark(client)
        return dealt

    def _due(self) -> list[int]:
        """The mails to be asked for again, those first that were refused least."""
        now = self._office.clock()
        due = [uid for uid, refusal in self._refused.items() if refusal.again_at <= now]
        return sorted(due, key=lambda uid: (self._refused[uid].tries, uid))

    def _take_unwilling(self, client: Line, uid: int) -> int:
        """A mail that was refused before, by itself, and after some tries less of it; gives 1 when it is dealt with."""
        refusal, missing = self._refused[uid], [uid]
        if refusal.tries < WHOLE_TRIES or not refusal.cuts:
            missing = self._take(client, missing)
        if refusal.tries >= WHOLE_TRIES and (refusal.tries < HEADER_TRIES or not refusal.cuts):
            missing = self._take(client, missing, header_only=True)
        if refusal.tries >= HEADER_TRIES and missing:
            log.warning("mail given up", folder=self.folder, uid=uid)
            self._keep({uid: self._incoming(Facts(uid, 0, None), self._stand_in(uid), HEADER, refused=True)})
            missing = [uid for uid in missing if uid not in self._done]
        self._refuse(missing)
        self._mark(client)
        return int(uid in self._done)

    def _take(self, client: Line, uids: Sequence[int], *, header_only: bool = False) -> list[int]:
        """Keep those mails as far as they can be had; gives those that are there and were not handed over."""
        with self._blaming(uids):
            known = facts(client, uids)
        large = [mail for mail in known if header_only or mail.size > self._most_bytes]
        unsized = [mail for mail in known if not mail.size and mail not in large]
        small = [mail for mail in known if mail not in large and mail not in unsized]
        for portion, part in [
            *((each, WHOLE) for each in portions(small)),
            *(([each], BEGINNING) for each in unsized),
            *(([each], HEADER) for each in large),
        ]:
            with self._blaming([mail.uid for mail in portion]):
                found = contents(client, [mail.uid for mail in portion], part, self._most_bytes)
            there = [mail for mail in portion if mail.uid in found]
            self._keep({mail.uid: self._incoming(mail, found[mail.uid], part, refused=header_only) for mail in there})
            if not header_only:
                self._unmarked += [mail.uid for mail in there if mail.uid in self._done]
        missing = [uid for uid in uids if uid not in self._done]
        here = still_there(client, self.folder, missing) if missing else set()
        self._done.update(set(missing) - here)  # somebody removed them
        return sorted(here)

    def _refuse(self, uids: Sequence[int], *, cuts: bool = False) -> None:
        for uid in uids:
            tries = self._refused[uid].tries + 1 if uid in self._refused else 0
            pause = FIRST_PAUSE * 2 ** (tries - 1) if tries else timedelta()
            self._refused[uid] = Refusal(tries, self._office.clock() + pause, cuts)
        if uids:
            log.info("mails not handed over", folder=self.folder, mails=len(uids))

    @contextmanager
    def _blaming(self, uids: Sequence[int]) -> Iterator[None]:
        """Whoever of those mails cuts the line is asked for by itself, after all others."""
        try:
            yield
        except (IMAPClientAbortError, OSError):
            self._refuse(uids, cuts=True)
            raise

    def _keep(self, arrived: Mapping[int, Incoming]) -> None:
        if not arrived:
            return
        for uid, outcome in zip(arrived, receive_all(self._office, list(arrived.values())), strict=True):
            if isinstance(outcome, Kept):
                self._done.add(uid)
                self._refused.pop(uid, None)
            else:
                self._unstored.add(uid)

    def _note(self, next_ones: Sequence[int], end: int, *, first: bool) -> None:
        """Move the bookmark before the first mail that is not kept; in a first look, once all are.

        A first look that breaks off begins anew after a restart, lest it goes on among the old mails.
        """
        ahead = min([*self._refused, *next_ones], default=None)
        if ahead is None:
            desk.mailbox_read(self._office, self.name, uidvalidity=self._uidvalidity, last_uid=end)
            self._done.clear()
        elif first:
            desk.mailbox_read(self._office, self.name)
        else:
            desk.mailbox_read(self._office, self.name, uidvalidity=self._uidvalidity, last_uid=ahead - 1)

    def _mark(self, client: Line) -> None:
        mark_done(client, self._mailbox, self._unmarked)
        self._unmarked = []

    def _incoming(self, mail: Facts, content: bytes, part: bytes, *, refused: bool) -> Incoming:
        """A mail as it was handed over; of one that is larger than the server had said, the header."""
        too_large, lacking = len(content) > self._most_bytes, ""
        if refused:
            why = NOT_STORED if mail.uid in self._unstored else NOT_HANDED_OVER
            lacking = why.format(uid=mail.uid, folder=self.folder)
        elif part == HEADER or too_large:
            lacking = TOO_LARGE.format(size=max(mail.size, len(content)) / MEGABYTE)
        return Incoming(
            raw=content[: self._most_bytes].partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if too_large else content,
            road=self.name,
            sender=None,
            recipients=(),
            received_at=self._credible(mail.received_at),
            lacking=lacking,
        )

    def _credible(self, said: datetime | None) -> datetime:
        """When a mail came: mail programs may say anything of one that they put there (RFC 3501, 6.3.11)."""
        now = self._office.clock()
        return min(said, now) if said is not None and said >= OLDEST else now

    def _stand_in(self, uid: int) -> bytes:
        """In the place of a mail of which nothing can be had: an identity, so that no two are taken for one."""
        folder = hashlib.sha256(self.name.encode()).hexdigest()[:16]
        return f"Message-ID: <{uid}.{self._uidvalidity}.{folder}@not-handed-over.invalid>\r\n\r\n".encode()
