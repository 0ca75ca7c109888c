"""`rightsdesk check` says of every folder of every mailbox whether it can be read."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any

import pytest

from bot.cli.check import check_everything
from tests.intake.mailboxes import SECRET, USER
from tests.intake.scripted import Scripted, scripted
from tests.mailing import mail


def checked(tmp_path: Path, capsys: pytest.CaptureFixture[str], server: Scripted) -> list[dict[str, Any]]:
    """What it finds about the mailbox."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        nobody = taken.getsockname()[1]
    config = tmp_path / "rightsdesk.toml"
    config.write_text(f"""
[store]
database_url = "sqlite:///{tmp_path}/desk.db"
key_file = "{tmp_path}/master.key"
[slack]
api_url = "http://127.0.0.1:{nobody}/"
bot_token = "xoxb-1"
app_token = "xapp-1"
[post]
host = "127.0.0.1"
port = {nobody}
[[intake.imap]]
host = "127.0.0.1"
port = {server.port}
tls = false
user = "{USER}"
password = "{SECRET}"
folders = ["INBOX", "Junk", "Gone"]
""")
    check_everything(config, as_json=True)
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return [each for each in found if each["what"].startswith("mailbox ")]


def test_each_folder_has_a_line_with_what_is_in_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with scripted(mail(), mail()) as server:
        server.quirks.append(lambda said: b"TAG NO no such folder\r\n" if "Gone" in said else None)
        inbox, junk, gone = checked(tmp_path, capsys, server)

    assert inbox == {
        "what": f"mailbox {USER}@127.0.0.1/INBOX",
        "ok": True,
        "told": "signed in, the folder can be read; 2 mails in it",
    }
    assert junk["ok"]
    assert not gone["ok"]
    assert gone["told"] == "The folder cannot be opened; check whether it was renamed or deleted, and its rights."


def test_a_sign_in_that_is_refused_is_told_once_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with scripted() as server:
        server.accepts = lambda _mechanism, _shown: False
        found = checked(tmp_path, capsys, server)

    assert [each["ok"] for each in found] == [False] * 3
    assert {each["told"] for each in found} == {"The server refused the sign-in; check the user and the password."}
