"""Real peers: swaks by SMTP, TLS and LMTP, and a Postfix that relays to us and tries again."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from intake.settings import IntakeSettings
from intake.smtp import Listener, Road
from store.office import Bridge, Office
from store.settings import load
from tests.intake.peers import listening, mails, raws
from tests.mailing import INBOX, ROSA, certificate, mail, send, until

SWAKS = shutil.which("swaks")
POSTFIX = Path("/usr/sbin/postfix")

MAIN = """
compatibility_level = 3.6
queue_directory = {home}/queue
data_directory = {home}/data
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.example.net
mydestination =
mynetworks = 127.0.0.0/8
relay_domains = shop.test
transport_maps = inline:{{shop.test={transport}:[127.0.0.1]:{port}}}
disable_dns_lookups = yes
smtp_host_lookup = native
lmtp_host_lookup = native
smtputf8_enable = no
queue_run_delay = 1s
minimal_backoff_time = 1s
maximal_backoff_time = 1s
alias_maps =
local_recipient_maps =
maillog_file = {home}/log
maillog_file_prefixes = {home}
"""

MASTER = """
{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
smtp unix - - n - - smtp
lmtp unix - - n - - lmtp
error unix - - n - - error
retry unix - - n - - error
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""

needs_swaks = pytest.mark.skipif(SWAKS is None, reason="swaks needs to be installed (the package swaks).")
needs_postfix = pytest.mark.skipif(
    not POSTFIX.exists() or os.geteuid() != 0,
    reason="Postfix needs to be installed (the package postfix), and the tests to run as root.",
)


async def swaks(where: tuple[str, int], *said: str) -> str:
    """Send a mail by swaks; give its account of the dialogue."""
    command = [SWAKS or "", "--server", f"{where[0]}:{where[1]}", "--from", ROSA, "--helo", "mx.example.net", *said]
    process = await asyncio.create_subprocess_exec(
        *command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL
    )
    async with asyncio.timeout(60):
        told, _ = await process.communicate()
    return told.decode()


@dataclass(frozen=True, slots=True)
class Relay:
    """A mail server that hands on what it takes."""

    where: tuple[str, int]
    log: Path

    def says(self, words: str) -> bool:
        """Whether its log has these words."""
        return self.log.exists() and words in self.log.read_text()


@asynccontextmanager
async def postfix(port: int, transport: Road = Road.SMTP) -> AsyncIterator[Relay]:
    """A throw-away Postfix that relays the shop's mail to a port."""
    with tempfile.TemporaryDirectory(prefix="rightsdesk-postfix-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        home.chmod(0o755)  # its processes run as another user
        configuration, own = _configuration(home, port, transport)
        await _run(configuration, "start")
        try:
            await until(lambda: _answers(own), seconds=30)
            yield Relay(("127.0.0.1", own), home / "log")
        finally:
            await _run(configuration, "stop")


def _configuration(home: Path, port: int, transport: Road) -> tuple[Path, int]:
    configuration = home / "postfix"
    for folder in (configuration, home / "queue"):
        folder.mkdir()
    (home / "data").mkdir()
    shutil.chown(home / "data", "postfix", "postfix")
    with socket.create_server(("127.0.0.1", 0)) as free:
        own = free.getsockname()[1]
    (configuration / "main.cf").write_text(MAIN.format(home=home, port=port, transport=transport))
    (configuration / "master.cf").write_text(MASTER.format(port=f"127.0.0.1:{own}"))
    return configuration, own


async def _run(configuration: Path, what: str) -> None:
    process = await asyncio.create_subprocess_exec(
        POSTFIX, "-c", configuration, what, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    await process.wait()


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except OSError:
        return False
    return True


@asynccontextmanager
async def taking(bridge: Bridge, road: Road, **said: Any) -> AsyncIterator[int]:
    """A listener on the road; gives its port."""
    settings = load(IntakeSettings, {"intake": {"smtp_port": 0, "lmtp_port": 0, **said}})
    listener = Listener(bridge, settings, road)
    _, port = await listener.start()
    try:
        yield port
    finally:
        await listener.stop()


@needs_swaks
class TestSwaks:
    async def test_a_mail_by_smtp(self, office: Office, bridge: Bridge) -> None:
        async with listening(bridge) as where:
            told = await swaks(where, "--to", INBOX, "--body", "Please delete my data.")

        assert "<-  250 2.0.0 Kept" in told
        assert b"Please delete my data." in raws(office)[0]

    async def test_pipelined_commands(self, office: Office, bridge: Bridge) -> None:
        async with listening(bridge) as where:
            told = await swaks(where, "--to", f"{INBOX},privacy+x@shop.test", "--pipeline")

        assert "<-  250 2.0.0 Kept" in told
        assert len(mails(office)) == 1

    @pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN"])
    async def test_a_mail_over_tls_by_who_signed_in(
        self, office: Office, bridge: Bridge, tmp_path: Path, mechanism: str
    ) -> None:
        account = {"auth_user": "relay", "auth_password": "sesame"}
        signing_in = ("--auth", mechanism, "--auth-user", "relay", "--auth-password")
        async with listening(bridge, tls_certificate=certificate(tmp_path), **account) as where:
            refused = await swaks(where, "--to", INBOX, "--tls", *signing_in, "wrong")
            in_the_clear = await swaks(where, "--to", INBOX, *signing_in, "sesame")
            told = await swaks(where, "--to", INBOX, "--tls", *signing_in, "sesame")

        assert "535 5.7.8" in refused
        assert "250 2.0.0 Kept" not in refused + in_the_clear
        assert "<~  250 2.0.0 Kept" in told
        assert len(mails(office)) == 1

    async def test_a_mail_by_lmtp_is_answered_for_each_recipient(self, office: Office, bridge: Bridge) -> None:
        async with taking(bridge, Road.LMTP) as port:
            told = await swaks(("127.0.0.1", port), "--protocol", "LMTP", "--to", f"{INBOX},privacy+x@shop.test")

        assert told.count("250 2.0.0 Kept") == 2
        assert [each.road for each in mails(office)] == ["lmtp"]


@needs_postfix
class TestPostfix:
    @pytest.mark.parametrize("road", list(Road))
    async def test_its_mails_arrive_each_once_by_both_roads(self, office: Office, bridge: Bridge, road: Road) -> None:
        sent = [mail() for _ in range(5)]
        async with taking(bridge, road) as port, postfix(port, road) as relay:
            answers = await asyncio.gather(*(send(raw, relay.where) for raw in sent))
            await until(lambda: len(mails(office)) == len(sent), seconds=30)

        assert [code for code, _ in answers] == [250] * 5
        assert {each.road for each in mails(office)} == {road.value}
        assert all(any(kept.endswith(raw) for kept in raws(office)) for raw in sent)

    async def test_it_tries_again_after_a_4xx_and_the_mail_arrives_once(self, office: Office, bridge: Bridge) -> None:
        raw = mail()
        async with taking(bridge, Road.SMTP) as port, postfix(port) as relay:
            with office.database.writing() as session:
                session.connection().exec_driver_sql("ALTER TABLE mail RENAME TO elsewhere")
            await send(raw, relay.where)
            await until(lambda: relay.says("451 4.3.0"), seconds=30)
            with office.database.writing() as session:
                session.connection().exec_driver_sql("ALTER TABLE elsewhere RENAME TO mail")
            await until(lambda: bool(mails(office)), seconds=60)
            await until(lambda: relay.says("status=sent"), seconds=30)

        (kept,) = raws(office)
        assert kept.endswith(raw)
