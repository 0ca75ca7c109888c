"""Who may hand mail in, where the business wants to know: AUTH PLAIN and LOGIN (RFC 4954), over TLS only."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from intake.settings import IntakeSettings
from store.errors import ConfigurationError


@dataclass(frozen=True, slots=True)
class Credentials:
    """The one account that may hand mail in."""

    user: bytes = field(repr=False)
    password: bytes = field(repr=False)

    def __call__(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, said: LoginPassword
    ) -> AuthResult:
        """Compare what a client said, in a time that tells nothing of how much of it is right."""
        right = (_same(said.login, self.user), _same(said.password, self.password))
        return AuthResult(success=all(right), handled=False)


def credentials(settings: IntakeSettings) -> Credentials | None:
    """The account, where one is set.

    Raises:
        ConfigurationError: the password's file cannot be read, or is empty.
    """
    if settings.auth_user is None:
        return None
    password = settings.auth_password.get_secret_value() if settings.auth_password else ""
    if settings.auth_password_file is not None:
        key, file = "intake.auth_password_file", settings.auth_password_file
        try:
            password = file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigurationError(key=key, value=file, mend="give a file that can be read, of UTF-8") from error
        if not password:
            raise ConfigurationError(key=key, value=file, mend="it is empty; write the password into it")
    return Credentials(settings.auth_user.encode(), password.encode())


def _same(one: bytes, other: bytes) -> bool:
    return hmac.compare_digest(hashlib.sha256(one).digest(), hashlib.sha256(other).digest())
