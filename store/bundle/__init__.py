"""The regulator's bundle: cases with their mails, letters, ledgers and the reasons of their dates, in one zip.

A zip may be encrypted with AES-256 (WinZip's way, AE-2), which 7-Zip, WinZip, Keka and others open. The names of the
files in it stay readable even then, so they hold references, numbers and kinds only.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyzipper
from jinja2 import Environment, PackageLoader, StrictUndefined

from store import desk, queries
from store.bundle.facts import facts_of, file_of
from store.dossier import Dossier, EnclosedMail
from store.errors import ConfigurationError, ContentDestroyed
from store.office import Office

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
GROUPS, GROUP = 6, 5
"""150 bits: nobody tries these through, however quickly zip derives its keys."""
SUMS = "SHA256SUMS"
PAGES = Environment(
    loader=PackageLoader("store", "bundle"),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
    autoescape=False,  # noqa: S701 - plain text
)


def new_password() -> str:
    """A password that nobody guesses, in letters and digits that nobody confuses."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))


def write_bundle(
    office: Office,
    refs: Sequence[str],
    path: Path,
    *,
    year: int | None = None,
    password: str | None = None,
    done: Callable[[int], None] = lambda _count: None,
) -> str:
    """Write cases into a new zip that its owner alone may read; each is written down in its ledger first.

    Args:
        office: database, vault, clock, business.
        refs: the cases.
        path: the zip; it is whole or not there.
        year: the year whose cases they are; None for a single case.
        password: encrypts every file of it; plain without one.
        done: told after each case how many are done.

    Returns:
        The zip's SHA-256 (hex).

    Raises:
        ConfigurationError: that file is there already, or cannot be made.
        NoSuchCase: there is none of a reference.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        if path.exists():
            raise FileExistsError(0, "it is there already")
        with os.fdopen(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            with pyzipper.AESZipFile(file, "w", compression=pyzipper.ZIP_DEFLATED) as archive:
                if password:
                    archive.setpassword(password.encode())
                    archive.setencryption(pyzipper.WZ_AES)
                _fill(_Files(archive), office, refs, year, done)
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        mend = f"{error.strerror}; give the path of a new file in a folder that can be written to"
        raise ConfigurationError(key="--out", value=path, mend=mend) from error
    finally:
        draft.unlink(missing_ok=True)
    return digest


class _Files:
    """The files of a zip, and their checksums."""

    def __init__(self, archive: Any) -> None:
        self._archive = archive
        self._sums: list[str] = []

    def add(self, name: str, content: str | bytes) -> None:
        data = content.encode() if isinstance(content, str) else content
        self._archive.writestr(name, data)
        self._sums.append(f"{hashlib.sha256(data).hexdigest()}  {name}\n")

    def add_sums(self) -> None:
        self._archive.writestr(SUMS, "".join(self._sums))


def _fill(files: _Files, office: Office, refs: Sequence[str], year: int | None, done: Callable[[int], None]) -> None:
    told = {"refs": refs, "year": year, "business": office.business, "at": office.clock()}
    files.add("README.txt", PAGES.get_template("readme.txt").render(told))
    for count, ref in enumerate(refs, start=1):
        _enclose(files, office, desk.export_case(office, ref, within=year))
        done(count)
    files.add_sums()


def _enclose(files: _Files, office: Office, dossier: Dossier) -> None:
    ref = dossier.case.ref
    facts = facts_of(office, dossier)
    files.add(f"{ref}/case.txt", PAGES.get_template("case.txt").render(facts))
    files.add(f"{ref}/case.json", json.dumps(facts, ensure_ascii=False, indent=1) + "\n")
    lines = (json.dumps(line, ensure_ascii=False) + "\n" for line in dossier.ledger)
    files.add(f"{ref}/ledger.jsonl", "".join(lines))
    for mail in dossier.mails:
        files.add(f"{ref}/{file_of(mail)}", _content(office, mail))
    for letter in dossier.letters:
        files.add(f"{ref}/{file_of(letter)}", str(ContentDestroyed()) if letter.content is None else letter.content)


def _content(office: Office, mail: EnclosedMail) -> str | bytes:
    """A mail's bytes; what was read of it, or a sentence, where they were destroyed."""
    if not mail.is_whole:
        return mail.words or str(ContentDestroyed())
    return queries.raw_mail(office, mail.mail_id)[0]
