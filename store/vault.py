"""Personal data at rest: AES-256-GCM, a data key per case or mail, wrapped by the master key.

Associated data binds each value to its row and column, so that a value copied elsewhere does not open. Destroying a
data key destroys what it sealed and leaves the record that section 7101 wants. Look-up goes through keyed hashes.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import hmac
import os
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from store.errors import ConfigurationError, ContentDestroyed, KeyUnknown
from store.settings import StoreSettings

KEY_BYTES = 32
NONCE_BYTES = 12  # the size that AES-GCM is specified for (NIST SP 800-38D, 8.2)
FIRST_MASTER = ""
"""The id of the master that a database was made with, until its keys are rotated for the first time."""
LOOK_UP = "look-up key"
MOST_MASTERS = 8


@dataclass(frozen=True, slots=True, repr=False)
class Box:
    """What one data key seals and opens."""

    key: bytes

    def seal(self, place: str, content: str | bytes) -> bytes:
        """Encrypt a value.

        Args:
            place: the row and column it will stand in; `open` needs the same.
            content: text, or bytes as they are.
        """
        nonce = os.urandom(NONCE_BYTES)
        plain = content.encode() if isinstance(content, str) else content
        return nonce + AESGCM(self.key).encrypt(nonce, plain, place.encode())

    def open(self, place: str, sealed: bytes) -> bytes:
        """Decrypt what `seal` gave.

        Raises:
            ContentDestroyed: the value is not the one that was sealed for this place.
        """
        try:
            return AESGCM(self.key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.encode())
        except (InvalidTag, ValueError) as error:
            raise ContentDestroyed from error


class Vault:
    """The master keys, what they wrap, and the key that values are looked up by.

    Args:
        masters: 32 random bytes each, the newest first: while keys are rotated there are two.
        again: reads the masters once more, since a rotation may have added one while this process ran.
    """

    def __init__(self, *masters: bytes, again: Callable[[], Sequence[bytes]] | None = None) -> None:
        self._masters = {master_id(master): master for master in masters}
        self._again = again
        self._hashing = _derive(masters[-1], b"look-up hashes")

    @property
    def newest(self) -> str:
        """The id of the first master."""
        return next(iter(self._masters))

    @property
    def masters(self) -> int:
        """How many there are."""
        return len(self._masters)

    def new_box(self, key_id: str, master: str = FIRST_MASTER) -> tuple[Box, bytes]:
        """A fresh data key: the box it opens, and the key wrapped for keeping under that id.

        Args:
            key_id: its id.
            master: the id of the master in force for the database.

        Raises:
            KeyUnknown: that master is not here.
        """
        box = Box(secrets.token_bytes(KEY_BYTES))
        return box, self.wrap(key_id, box, master)

    def wrap(self, key_id: str, box: Box, master: str) -> bytes:
        """A data key, wrapped by that master for keeping under its id.

        Raises:
            KeyUnknown: that master is not here.
        """
        return _wrap(self._master(master), key_id, box.key)

    def open_box(self, key_id: str, wrapped: bytes | None) -> Box:
        """The box of a kept data key.

        Raises:
            ContentDestroyed: the key is gone, or was wrapped by another master key.
        """
        if wrapped is None:
            raise ContentDestroyed
        key = self._unwrap(key_id, wrapped) or (self.read_again() and self._unwrap(key_id, wrapped))
        if not key:
            raise ContentDestroyed
        return Box(key)

    def read_again(self) -> bool:
        """Look for masters that were added meanwhile, and say whether any was; those known stay good."""
        try:
            found = {master_id(master): master for master in self._again()} if self._again else {}
        except ConfigurationError:  # the file is being put somewhere else, say: what is known must do
            return False
        news = found.keys() - self._masters.keys()
        self._masters = {**found, **self._masters}
        return bool(news)

    def keep_look_up_key(self, master: str) -> str:
        """The look-up key, wrapped by that master, as text: rotated masters leave every hash as it is."""
        return base64.b64encode(_wrap(self._master(master), LOOK_UP, self._hashing)).decode()

    def use_look_up_key(self, kept: str) -> bool:
        """Look values up by the key that `keep_look_up_key` gave; False when no master here opens it."""
        key = self._unwrap(LOOK_UP, base64.b64decode(kept))
        self._hashing = key or self._hashing
        return key is not None

    def use_look_up_key_of(self, expected: str, purpose: str, value: str) -> bool:
        """Look values up by the key of that master which gives the expected hash; False when none does."""
        for master in self._masters.values():
            hashing = _derive(master, b"look-up hashes")
            if hmac.compare_digest(_hash(hashing, purpose, value), expected):
                self._hashing = hashing
                return True
        return False

    def _master(self, master: str) -> bytes:
        if master == FIRST_MASTER:
            return next(reversed(self._masters.values()))
        if master not in self._masters:
            self.read_again()
        if master not in self._masters:
            raise KeyUnknown
        return self._masters[master]

    def _unwrap(self, key_id: str, wrapped: bytes) -> bytes | None:
        for master in self._masters.values():
            try:
                return _wrapping(master).decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], key_id.encode())
            except (InvalidTag, ValueError):
                continue
        return None

    def hash(self, purpose: str, value: str) -> str:
        """A keyed hash (HMAC-SHA-256, hex) to look a value up by; useless without the master key."""
        return _hash(self._hashing, purpose, value)


def open_vault(settings: StoreSettings) -> Vault:
    """The vault of the configured master key; a key file is made on first start with mode 0600.

    Raises:
        ConfigurationError: the key is no base64 of 32 bytes, or the file can be read by others, or not by us.
    """
    return Vault(*read_masters(settings), again=lambda: read_masters(settings))


def read_masters(settings: StoreSettings) -> tuple[bytes, ...]:
    """The configured master keys, the newest first: several, one a line, only while keys are rotated.

    Raises:
        ConfigurationError: as `open_vault`.
    """
    if settings.master_key is not None:
        return _decode_all(settings.master_key.get_secret_value(), "store.master_key")
    path = settings.key_file
    try:
        if not path.exists():
            _make_key_file(path)
        others_can = path.stat().st_mode & 0o077
        content = path.read_bytes()
    except OSError as error:
        mend = f"{error.strerror}; give a file that can be read, or made"
        raise ConfigurationError(key="store.key_file", value=path, mend=mend) from error
    if others_can:
        raise ConfigurationError(key="store.key_file", value=path, mend=f"others can read it; run chmod 600 {path}")
    return _decode_all(content, "store.key_file")


def write_masters(path: Path, masters: Sequence[bytes]) -> None:
    """Put these master keys into a key file in the place of those it holds: wholly or, when it fails, not at all.

    Args:
        path: the key file.
        masters: the newest first.

    Raises:
        ConfigurationError: it cannot be written.
    """
    try:
        draft, before = _draft(path, masters), path.stat()
        os.chown(draft, before.st_uid, before.st_gid)  # whoever rotates, the desk must be able to read it
        draft.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        mend = f"{error.strerror}; give a file that can be written"
        raise ConfigurationError(key="store.key_file", value=path, mend=mend) from error


def new_master() -> bytes:
    """A fresh master key."""
    return secrets.token_bytes(KEY_BYTES)


def master_id(master: bytes) -> str:
    """What a master key is called where its data keys are kept: it tells nothing of the key."""
    return _derive(master, b"master key id").hex()[:16]


def _make_key_file(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = _draft(path, [new_master()])
    try:
        os.link(draft, path)  # whole or not at all, and never over a key another process made at the same moment
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _draft(path: Path, masters: Sequence[bytes]) -> Path:
    """A file beside the key file, with these keys, safely on the disk."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.writelines(base64.b64encode(master) + b"\n" for master in masters)
        file.flush()
        os.fsync(file.fileno())
    return draft


def _decode_all(text: str | bytes, setting: str) -> tuple[bytes, ...]:
    words = text.split()
    return tuple(_decode(word, setting) for word in words[:MOST_MASTERS] or [b""])


def _decode(text: str | bytes, setting: str) -> bytes:
    mend = "give 32 random bytes in base64, such as `openssl rand -base64 32` prints"
    try:
        key = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise ConfigurationError(key=setting, value="(secret)", mend=mend) from error
    if len(key) != KEY_BYTES:
        raise ConfigurationError(key=setting, value="(secret)", mend=mend)
    return key


def _wrap(master: bytes, key_id: str, key: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + _wrapping(master).encrypt(nonce, key, key_id.encode())


def _wrapping(master: bytes) -> AESGCM:
    return AESGCM(_derive(master, b"wrap data keys"))


def _hash(key: bytes, purpose: str, value: str) -> str:
    return hmac.new(key, f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()


@functools.lru_cache(maxsize=64)
def _derive(master: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"rightsdesk " + purpose).derive(master)
