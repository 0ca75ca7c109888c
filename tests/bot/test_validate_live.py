"""`make validate-live` asks Slack about every golden file, says what Slack says, and is polite offline."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from tests.bot.validate_live import GOLDEN, main

REFUSED = {"ok": False, "error": "invalid_blocks", "errors": ["too long [json-pointer:/blocks/0]"]}


class Validator(BaseHTTPRequestHandler):
    """Takes everything but a header that says `Your cases`."""

    asked: list[tuple[str, str, bool]]

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        (name, (text,)), *_ = form.items()
        type(self).asked.append((self.path, name, "Authorization" in self.headers))
        json.loads(text)
        answer = json.dumps(REFUSED if "Change the law" in text else {"ok": True}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


@pytest.fixture
def slack() -> Iterator[str]:
    Validator.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Validator)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/api/"
    server.shutdown()
    server.server_close()


def test_every_golden_is_shown_to_slack_without_a_token_and_what_slack_says_is_told(slack: str) -> None:
    said: list[str] = []
    code = main(["--api-url", slack], said.append)
    shown = [json.loads(file.read_text(encoding="utf-8")) for file in Path(GOLDEN).glob("*.json")]
    with_blocks = [each for each in shown if "type" in each or each["blocks"]]

    assert code == 1
    assert len(Validator.asked) == len(with_blocks)
    assert set(Validator.asked) == {("/api/blocks.validate", "blocks", False), ("/api/blocks.validate", "view", False)}
    assert said[0].startswith("view_change_law.json: ")
    assert "too long [json-pointer:/blocks/0]" in said[0]
    assert said[-1] == f"{len(shown) - 1} of {len(shown)} messages and views are as Slack wants them."


def test_all_well_is_said_too(slack: str) -> None:
    said: list[str] = []

    assert main(["--api-url", slack, "message_card_new"], said.append) == 0
    assert said == ["1 of 1 messages and views are as Slack wants them."]


def test_offline_it_says_so_in_one_sentence() -> None:
    said: list[str] = []
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        code = main(["--api-url", f"http://127.0.0.1:{closed.getsockname()[1]}/api/"], said.append)

    assert code == 1
    assert len(said) == 1
    assert said[0].startswith("Slack could not be reached")
