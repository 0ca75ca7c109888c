"""A token server that does as a test tells it."""

from __future__ import annotations

import json
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs


@dataclass
class TokenServer:
    """What it was asked, and what it answers.

    Attributes:
        url: where it is asked.
        asked: every question's fields.
        answers: a status and a body for the next questions, in turn; then it gives tokens numbered from 1.
        says: what it adds to the tokens that it gives.
        dawdles: seconds between two bytes of an answer.
    """

    url: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)
    answers: deque[tuple[int, bytes]] = field(default_factory=deque)
    says: dict[str, object] = field(default_factory=lambda: {"expires_in": 3600})
    dawdles: float = 0

    def answer(self, question: str) -> tuple[int, bytes]:
        self.asked.append({name: values[0] for name, values in parse_qs(question).items()})
        if self.answers:
            return self.answers.popleft()
        said = {"access_token": f"token-{len(self.asked)}", "token_type": "Bearer", **self.says}
        return 200, json.dumps(said).encode()


@contextmanager
def token_server() -> Iterator[TokenServer]:
    """A token server on this machine, for the length of the block."""
    server = TokenServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            status, body = server.answer(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.send_response(status)
            self.send_header("Location", server.url)
            self.end_headers()
            for number in range(len(body)) if server.dawdles else ():
                self.wfile.write(body[number : number + 1])
                time.sleep(server.dawdles)
            if not server.dawdles:
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        server.url = f"http://127.0.0.1:{listening.server_port}/token"
        thread = threading.Thread(target=listening.serve_forever, args=(0.02,))
        thread.start()
        yield server
        listening.shutdown()
        thread.join()
