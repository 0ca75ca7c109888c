"""Signing in to a mailbox with a token: where it comes from, how it is shown, and what managers are told."""

from __future__ import annotations

import socket
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from imapclient.exceptions import IMAPClientAbortError

from intake.door import IntakeDoor
from intake.imap import Trouble, sign_in, trouble_of
from intake.oauth import OAuthTrouble, Tokens
from intake.settings import IntakeSettings, OAuth
from store import queries
from store.errors import ConfigurationError
from store.office import Bridge, Office
from store.settings import load
from tests.intake.mailboxes import NO_DOVECOT, USER, Folder, dovecot, has_dovecot, poll
from tests.intake.peers import raws
from tests.intake.scripted import Cut, Scripted, scripted
from tests.intake.tokens import TokenServer, token_server
from tests.mailing import mail, until

GOOGLE = {"client_id": "desk", "client_secret": "hush", "refresh_token": "refresh-0"}
MICROSOFT = {"client_id": "desk", "client_secret": "hush", "scope": "https://outlook.office365.com/.default"}


@pytest.fixture
def tokens() -> Iterator[TokenServer]:
    with token_server() as opened:
        yield opened


@pytest.fixture
def server() -> Iterator[Scripted]:
    """A mail server that takes tokens."""
    with scripted(mail()) as opened:
        opened.capabilities = "IMAP4rev1 AUTH=XOAUTH2 AUTH=OAUTHBEARER"
        yield opened


class Watch:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def oauth(tokens: TokenServer, **said: Any) -> OAuth:
    return OAuth.model_validate({"token_url": tokens.url, **(said or GOOGLE)})


class TestAsking:
    def test_google_is_asked_with_the_refresh_token(self, tokens: TokenServer) -> None:
        assert Tokens(oauth(tokens)).current() == ("token-1", True)
        assert tokens.asked == [{"grant_type": "refresh_token", **GOOGLE}]

    def test_microsoft_is_asked_by_the_desk_as_itself(self, tokens: TokenServer) -> None:
        assert Tokens(oauth(tokens, **MICROSOFT)).current() == ("token-1", True)
        assert tokens.asked == [{"grant_type": "client_credentials", **MICROSOFT}]

    def test_secrets_may_stand_in_files(self, tokens: TokenServer, tmp_path: Path) -> None:
        (tmp_path / "secret").write_text("hush\n")
        (tmp_path / "refresh").write_text("refresh-0\n")
        files = {"client_secret_file": tmp_path / "secret", "refresh_token_file": tmp_path / "refresh"}
        Tokens(oauth(tokens, client_id="desk", **files)).current()

        assert tokens.asked == [{"grant_type": "refresh_token", **GOOGLE}]

    @pytest.mark.parametrize(
        ("expires_in", "lasts"), [(3600, 3299), (60, 29), ("7200", 6899), (None, 3299), ("soon", 3299), (-5, 0)]
    )
    def test_a_token_is_used_until_shortly_before_its_end(
        self, tokens: TokenServer, expires_in: object, lasts: int
    ) -> None:
        watch = Watch()
        tokens.says = {"expires_in": expires_in}
        kept = Tokens(oauth(tokens), watch)
        kept.current()
        watch.seconds += lasts
        before = kept.current()
        watch.seconds += 2
        after = kept.current()

        assert before == (("token-1", False) if lasts > 0 else ("token-2", True))
        assert after[1]

    def test_a_replaced_refresh_token_is_used_from_then_on_and_written_down(
        self, tokens: TokenServer, tmp_path: Path
    ) -> None:
        file = tmp_path / "refresh"
        file.write_text("refresh-0\n")
        tokens.says = {"refresh_token": "refresh-1"}
        settings = oauth(tokens, client_id="desk", refresh_token_file=file)
        kept = Tokens(settings)
        kept.renewed()
        kept.renewed()
        Tokens(settings).renewed()

        assert [asked["refresh_token"] for asked in tokens.asked] == ["refresh-0", "refresh-1", "refresh-1"]
        assert file.read_text() == "refresh-1\n"
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert list(tmp_path.iterdir()) == [file]

    @pytest.mark.parametrize("in_a_file", [True, False])
    def test_one_that_cannot_be_written_down_is_used_as_long_as_the_process_lasts(
        self, tokens: TokenServer, tmp_path: Path, *, in_a_file: bool
    ) -> None:
        (tmp_path / "refresh").write_text("refresh-0")
        (tmp_path / "refresh.new").mkdir()
        where = {"refresh_token_file": tmp_path / "refresh"} if in_a_file else {"refresh_token": "refresh-0"}
        kept = Tokens(oauth(tokens, client_id="desk", **where))
        for number in (1, 2, 2):
            tokens.says = {"refresh_token": f"refresh-{number}"}
            kept.renewed()

        assert [asked["refresh_token"] for asked in tokens.asked] == ["refresh-0", "refresh-1", "refresh-2"]

        if in_a_file:
            (tmp_path / "refresh").write_text("refresh-of-a-new-sign-in")
            kept.renewed()

            assert "refresh-of-a-new-sign-in" in tokens.asked[-1].values()


class TestNoToken:
    @pytest.mark.parametrize(
        ("status", "body", "told"),
        [
            (
                400,
                b'{"error": "invalid_grant", "error_description": "of rosa@example.net"}',
                "sign in again and set a new",
            ),
            (401, b'{"error": "invalid_client"}', "check client_id and client_secret"),
            (400, b'{"error": "unauthorized_client"}', "allow it this way of signing in"),
            (400, b'{"error": "invalid_scope"}', "refused the scope"),
            (503, b"<html>busy", r"gave no token \(status 503\); it is tried again"),
            (307, b"", r"gave no token \(status 307\)"),
            (200, b"[" * 5000, "holds no token; check token_url"),
            (200, b'{"access_token": 7}', "holds no token; check token_url"),
            (200, b'{"access_token": "with\\r\\na break"}', "holds no token; check token_url"),
            (200, b'{"access_token": "' + b"x" * 100_000 + b'"}', "holds no token; check token_url"),
        ],
    )
    def test_managers_are_told_what_to_do(self, tokens: TokenServer, status: int, body: bytes, told: str) -> None:
        tokens.answers.append((status, body))
        with pytest.raises(OAuthTrouble, match=told) as trouble:
            Tokens(oauth(tokens)).current()

        assert trouble_of(trouble.value) == str(trouble.value)
        assert "rosa" not in str(trouble.value)
        assert len(tokens.asked) == 1

    def test_a_server_that_is_not_there_is_told(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            gone = TokenServer(url=f"http://127.0.0.1:{taken.getsockname()[1]}/token")
        with pytest.raises(OAuthTrouble, match="cannot be reached; check token_url"):
            Tokens(oauth(gone)).current()

    def test_a_file_that_is_not_there_is_told(self, tokens: TokenServer, tmp_path: Path) -> None:
        with pytest.raises(OAuthTrouble, match="The refresh_token_file cannot be read"):
            Tokens(oauth(tokens, client_id="desk", refresh_token_file=tmp_path / "none")).current()

    def test_an_empty_file_is_told(self, tokens: TokenServer, tmp_path: Path) -> None:
        (tmp_path / "refresh").touch()
        with pytest.raises(OAuthTrouble, match="There is no refresh token in refresh_token_file"):
            Tokens(oauth(tokens, client_id="desk", refresh_token_file=tmp_path / "refresh")).current()


class TestSigningIn:
    def test_the_token_is_shown_by_oauthbearer_where_the_server_knows_it(
        self, office: Office, server: Scripted, tokens: TokenServer
    ) -> None:
        poll(office, server.settings(password=None, oauth=oauth(tokens), user="a,b=c@shop.test"))

        name = b"n,a=a=2Cb=3Dc@shop.test,"
        assert server.shown == [b"%b\1host=127.0.0.1\1port=%d\1auth=Bearer token-1\1\1" % (name, server.port)]
        assert len(raws(office)) == 1

    def test_and_by_xoauth2_where_it_does_not(self, office: Office, server: Scripted, tokens: TokenServer) -> None:
        server.capabilities = "IMAP4rev1 AUTH=XOAUTH2"
        poll(office, server.settings(password=None, oauth=oauth(tokens, **MICROSOFT)))

        assert server.shown == [b"user=%b\1auth=Bearer token-1\1\1" % USER.encode()]
        assert len(raws(office)) == 1

    @pytest.mark.parametrize(("capability", "ended"), [("AUTH=OAUTHBEARER", b"\1"), ("AUTH=XOAUTH2", b"")])
    def test_a_token_that_was_revoked_is_renewed_once(
        self, server: Scripted, tokens: TokenServer, capability: str, ended: bytes
    ) -> None:
        server.capabilities = f"IMAP4rev1 {capability}"
        mailbox = server.settings(password=None, oauth=oauth(tokens))
        kept = Tokens(oauth(tokens))
        with sign_in(mailbox, kept):
            server.accepts = lambda _, shown: b"token-2" in shown
        with sign_in(mailbox, kept):
            pass

        assert [b"token-1" in shown or b"token-2" in shown for shown in server.shown] == [True, True, False, True]
        assert server.shown[2] == ended

    @pytest.mark.parametrize("aged", [True, False])
    def test_a_fresh_token_that_is_refused_is_told(self, server: Scripted, tokens: TokenServer, *, aged: bool) -> None:
        server.accepts = lambda _mechanism, _shown: False
        kept = Tokens(oauth(tokens))
        if aged:
            kept.current()
        mailbox = server.settings(password=None, oauth=oauth(tokens))
        with (
            pytest.raises(Trouble, match="The server refused the token; check the user, the scope"),
            sign_in(mailbox, kept),
        ):
            pass

        assert len(tokens.asked) == 1 + aged

    @pytest.mark.parametrize("by_token", [True, False])
    def test_a_line_cut_while_signing_in_is_no_refusal(
        self, server: Scripted, tokens: TokenServer, *, by_token: bool
    ) -> None:
        def cut(command: str) -> bytes | None:
            if command.startswith(("AUTHENTICATE", "LOGIN")):
                raise Cut
            return None

        server.quirks.append(cut)
        mailbox = server.settings(**({"password": None, "oauth": oauth(tokens)} if by_token else {}))
        with pytest.raises(IMAPClientAbortError) as trouble, sign_in(mailbox):
            pass

        assert trouble_of(trouble.value) == "The server hung up; it is tried again."

    def test_a_real_server_takes_the_token_that_its_token_server_confirms(
        self, office: Office, tokens: TokenServer
    ) -> None:
        if not has_dovecot():
            pytest.skip(NO_DOVECOT)
        tokens.says = {"username": USER, "active": "true"}
        with dovecot(tokens.url) as port:
            folder = Folder(port, "INBOX")
            mailbox = folder.settings(password=None, oauth=oauth(tokens))
            poll(office, mailbox)
            tokens.says = {"username": USER, "active": "false"}
            with pytest.raises(Trouble, match="The server refused the token"):
                poll(office, mailbox)

        assert [each.trouble for each in queries.mailboxes(office)] == [""]
        assert {"token": "token-1"}.items() <= tokens.asked[1].items()

    async def test_managers_are_told_soon_and_again_when_it_works(
        self, office: Office, bridge: Bridge, server: Scripted, tokens: TokenServer
    ) -> None:
        tokens.answers += [(400, b'{"error": "invalid_grant"}')] * 3
        mailbox = server.settings(password=None, oauth=oauth(tokens), folders=("INBOX", "Junk"))
        said = load(IntakeSettings, {"intake": {"smtp": False}}).model_copy(update={"imap": (mailbox,)})
        door = IntakeDoor(bridge, said)
        await door.start()
        await until(lambda: len(queries.mailboxes(office)) == 2)
        told = queries.mailboxes(office)
        await until(lambda: not any(each.failing_since for each in queries.mailboxes(office)))
        await door.stop()

        refused = "The token server refused the refresh token: sign in again and set a new one."
        assert [each.trouble for each in told] == [refused, refused]
        assert len(raws(office)) == 1


class TestPasswords:
    def test_a_password_beyond_ascii_and_a_user_with_a_blank_are_shown_as_they_are(self, server: Scripted) -> None:
        server.capabilities = "IMAP4rev1 AUTH=PLAIN"
        with sign_in(server.settings(user="privacy team", password="Käse 🧀")):  # noqa: S106 - of this test's server
            pass

        assert server.shown == ["\0privacy team\0Käse 🧀".encode()]

    def test_a_file_that_cannot_be_read_is_told(self, server: Scripted, tmp_path: Path) -> None:
        mailbox = server.settings(password=None, password_file=tmp_path / "none")
        with pytest.raises(Trouble, match="The password's file cannot be read; check password_file"), sign_in(mailbox):
            pass

    def test_a_server_that_is_busy_is_told_apart_from_one_that_refuses(self, server: Scripted) -> None:
        server.capabilities = "IMAP4rev1"
        server.quirks.append(lambda said: b"TAG NO [UNAVAILABLE] later\r\n" if said.startswith("LOGIN") else None)
        with pytest.raises(Exception, match="UNAVAILABLE") as trouble, sign_in(server.settings()):
            pass

        assert trouble_of(trouble.value) == "The server takes no sign-in just now; it is tried again."


class TestSettings:
    @pytest.mark.parametrize(
        ("said", "told"),
        [
            ({"token_url": "http://example.net/token"}, "begins with https://"),
            ({"token_url": "example.net/token"}, "begins with https://"),
            ({"refresh_token_file": "/somewhere"}, "give either refresh_token or refresh_token_file"),
            ({"client_secret_file": "/somewhere"}, "give either client_secret or client_secret_file"),
            ({"refresh_token": None}, "give a refresh_token, or scope and a client_secret"),
        ],
    )
    def test_what_cannot_work_is_refused_in_a_sentence(self, said: dict[str, Any], told: str) -> None:
        with pytest.raises(ConfigurationError, match=told) as refused:
            OAuth.model_validate({"token_url": "https://example.net/token", **GOOGLE, **said})

        assert "hush" not in str(refused.value)

    def test_a_token_is_shown_over_tls_only(self, tokens: TokenServer) -> None:
        with pytest.raises(ConfigurationError, match="a token is shown over TLS only"):
            Scripted().settings(port=143, host="imap.example.net", password=None, oauth=oauth(tokens))
