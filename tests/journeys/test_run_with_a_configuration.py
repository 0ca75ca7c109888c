"""`rightsdesk run` as at a real company: a configuration file, two environment variables, Slack somewhere else."""

from __future__ import annotations

import asyncio
import json
import smtplib
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.message import EmailMessage
from pathlib import Path

from tests.journeys.outside import PATIENCE_SECONDS, Outside, configured, until


@asynccontextmanager
async def rightsdesk(*arguments: str) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *arguments),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def test_a_mail_goes_all_the_way(outside: Outside, tmp_path: Path) -> None:
    configuration = configured(outside, tmp_path)
    async with rightsdesk("run", "--config", str(configuration)) as process:
        assert process.stdout is not None
        ready = json.loads(await asyncio.wait_for(process.stdout.readline(), PATIENCE_SECONDS))
        host, _, port = ready["smtp"].partition(":")

        await asyncio.to_thread(_send, host, int(port))
        await until(lambda: outside.cards("PR-1001"), "a card")
        await until(lambda: outside.letters("robin@example.net"), "the acknowledgement")
        process.terminate()
        code = await asyncio.wait_for(process.wait(), PATIENCE_SECONDS)

    assert code == 0
    assert "Harbour Books" in outside.letters("robin@example.net")[0]["text"]


async def test_check_says_of_each_thing_that_it_is_well(outside: Outside, tmp_path: Path) -> None:
    configuration = configured(outside, tmp_path)
    async with rightsdesk("check", "--config", str(configuration), "--json") as process:
        output, errors = await asyncio.wait_for(process.communicate(), PATIENCE_SECONDS)
    findings = json.loads(output)

    assert process.returncode == 0, (findings, errors)
    assert {finding["ok"] for finding in findings} == {True}
    assert any("scope" in finding["told"] for finding in findings)


async def test_check_says_what_to_mend(outside: Outside, tmp_path: Path) -> None:
    configuration = configured(outside, tmp_path)
    broken = configuration.read_text().replace(outside.world.slack_api_url, "http://127.0.0.1:1/api/")
    configuration.write_text(broken.replace(f"port = {outside.world.consumer_smtp[1]}", "port = 1"))

    async with rightsdesk("check", "--config", str(configuration), "--json") as process:
        output, _ = await asyncio.wait_for(process.communicate(), PATIENCE_SECONDS)
    told = {finding["what"]: finding["told"] for finding in json.loads(output) if not finding["ok"]}

    assert process.returncode == 1
    assert any("mail out" in what for what in told)
    assert any("Slack" in what and "slack.api_url" in words for what, words in told.items())


async def test_a_second_process_on_sqlite_is_refused_in_words(outside: Outside, tmp_path: Path) -> None:
    configuration = configured(outside, tmp_path)
    async with rightsdesk("run", "--config", str(configuration)) as first:
        assert first.stdout is not None
        await asyncio.wait_for(first.stdout.readline(), PATIENCE_SECONDS)
        async with rightsdesk("run", "--config", str(configuration)) as second:
            _, errors = await asyncio.wait_for(second.communicate(), PATIENCE_SECONDS)

    assert second.returncode == 1
    assert b"SQLite is for one" in errors
    assert errors.count(b"\n") == 1


async def test_a_wrong_key_in_the_file_is_named_with_its_mend(outside: Outside, tmp_path: Path) -> None:
    configuration = configured(outside, tmp_path)
    configuration.write_text(configuration.read_text().replace("tick_seconds", "tock_seconds"))

    async with rightsdesk("run", "--config", str(configuration)) as process:
        _, errors = await asyncio.wait_for(process.communicate(), PATIENCE_SECONDS)

    assert process.returncode == 1
    assert b"scheduler.tock_seconds" in errors
    assert b"tick_seconds" in errors.partition(b"knows")[2]


def _send(host: str, port: int) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "robin@example.net", "privacy@harbour.test", "My data"
    mail.set_content("Please delete everything you have on me.")
    with smtplib.SMTP(host, port, timeout=10) as client:
        client.send_message(mail)
