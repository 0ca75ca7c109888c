"""What the mail door is told: what cannot be meant is refused in one sentence, with the key and the mend."""

from __future__ import annotations

from typing import Any

import pytest

from intake.settings import IntakeSettings
from store.errors import ConfigurationError
from store.settings import load

SECRET = "S3CRET"  # noqa: S105 - to be looked for in sentences
MAILBOX = {"host": "imap.shop.test", "user": "privacy", "password": SECRET}
TOKENS = {"client_id": "desk", "client_secret": SECRET, "scope": "mail", "token_url": "https://t.test/token"}


def mailbox(**said: Any) -> dict[str, Any]:
    return {"imap": [{**MAILBOX, **said}]}


def oauth(**said: Any) -> dict[str, Any]:
    return {"imap": [{"host": "imap.shop.test", "user": "privacy", "oauth": {**TOKENS, **said}}]}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (
            mailbox(folder="INBOX"),
            "intake.imap.0.folder = 'INBOX': there is no such key; the table [intake.imap] knows",
        ),
        (mailbox(folders="INBOX"), "intake.imap.0.folders = 'INBOX': write a list"),
        (mailbox(oauth=TOKENS), "intake.imap.password = (secret): give one of password, password_file and oauth"),
        (oauth(token_url=f"http://u:{SECRET}@t.test/?k={SECRET}"), "intake.imap.oauth.token_url = http://t.test: give"),
        (oauth(scope=""), "intake.imap.oauth.client_id = desk: give a refresh_token, or scope"),
        (oauth(scop="x"), "intake.imap.0.oauth.scop = 'x': there is no such key; the table [intake.imap.oauth] knows"),
        ({"imap": [{"user": "u", "password": SECRET}]}, "intake.imap.0.host = nothing: this key is needed"),
        ({"form_senders": ["Forms <a@b.test>"]}, "intake.form_senders = Forms <a@b.test>: write an address, or @"),
        ({"inboxes": ["privacy"]}, "intake.inboxes = privacy: write an address"),
        ({"trusted_hosts": [" "]}, "intake.trusted_hosts = : write the name"),
        ({"tls_key": "key.pem"}, "intake.tls_key = key.pem: set tls_certificate too"),
        ({"smtp_host": ""}, "intake.smtp_host = ''"),
        ({"auth_user": "u", "auth_password": SECRET}, "intake.auth_user = u: set tls_certificate too"),
    ],
)
def test_what_cannot_be_meant_is_refused(said: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        load(IntakeSettings, {"intake": said})

    assert str(refused.value).startswith(sentence)
    assert SECRET not in str(refused.value)


def test_names_are_taken_however_they_are_written() -> None:
    said = {"trusted_hosts": ["MX.Shop.test."], "form_senders": ["@Forms.test", "Web@shop.test"]}
    settings = load(IntakeSettings, {"intake": said})

    assert settings.trusted_hosts == ("mx.shop.test",)
    assert settings.form_senders == ("@forms.test", "web@shop.test")
