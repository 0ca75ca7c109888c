"""Personal data at rest: AES-256-GCM, a data key per case or mail, wrapped by the master key.

Associated data binds each value to its row and column, so that a value copied elsewhere does not open. Destroying a
data key destroys what it sealed and leaves the record that section 7101 wants. Look-up goes through keyed hashes.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from store.errors import ConfigurationError, ContentDestroyed
from store.settings import StoreSettings

KEY_BYTES = 32
NONCE_BYTES = 12  # the size that AES-GCM is specified for (NIST SP 800-38D, 8.2)


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
    """The master key and what is derived from it.

    Args:
        master: 32 random bytes.
    """

    def __init__(self, master: bytes) -> None:
        self._wrapping = AESGCM(_derive(master, b"wrap data keys"))
        self._hashing = _derive(master, b"look-up hashes")

    def new_box(self, key_id: str) -> tuple[Box, bytes]:
        """A fresh data key: the box it opens, and the key wrapped for keeping under that id."""
        key, nonce = secrets.token_bytes(KEY_BYTES), os.urandom(NONCE_BYTES)
        return Box(key), nonce + self._wrapping.encrypt(nonce, key, key_id.encode())

    def open_box(self, key_id: str, wrapped: bytes | None) -> Box:
        """The box of a kept data key.

        Raises:
            ContentDestroyed: the key is gone, or was wrapped by another master key.
        """
        if wrapped is None:
            raise ContentDestroyed
        try:
            return Box(self._wrapping.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], key_id.encode()))
        except InvalidTag as error:
            raise ContentDestroyed from error

    def hash(self, purpose: str, value: str) -> str:
        """A keyed hash (HMAC-SHA-256, hex) to look a value up by; useless without the master key."""
        return hmac.new(self._hashing, f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()


def open_vault(settings: StoreSettings) -> Vault:
    """The vault of the configured master key; a key file is made on first start with mode 0600.

    Raises:
        ConfigurationError: the key is no base64 of 32 bytes, or the file can be read by others, or not by us.
    """
    if settings.master_key is not None:
        return Vault(_decode(settings.master_key.get_secret_value(), "store.master_key"))
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
    return Vault(_decode(content, "store.key_file"))


def _make_key_file(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    key = base64.b64encode(secrets.token_bytes(KEY_BYTES))
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(key + b"\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)  # whole or not at all, and never over a key another process made at the same moment
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _decode(text: str | bytes, setting: str) -> bytes:
    mend = "give 32 random bytes in base64, such as `openssl rand -base64 32` prints"
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except ValueError as error:
        raise ConfigurationError(key=setting, value="(secret)", mend=mend) from error
    if len(key) != KEY_BYTES:
        raise ConfigurationError(key=setting, value="(secret)", mend=mend)
    return key


def _derive(master: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=b"rightsdesk " + purpose).derive(master)
