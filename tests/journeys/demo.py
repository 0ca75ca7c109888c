from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
PATIENCE_SECONDS = 20
START_SECONDS = 60


class Demo:
    """`rightsdesk demo` in a process of its own, driven by its control interface as people drive the page."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.page = ""
        self.smtp = ""
        self._process: subprocess.Popen[str] | None = None
        self.errors: list[str] = []

    def start(self) -> Demo:
        command = [sys.executable, "-m", "bot", "demo", "--port", "0", "--smtp-port", "0", "--no-browser"]
        self._process = subprocess.Popen(
            [*command, "--data", str(self.data)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        threading.Thread(target=self._listen, daemon=True).start()
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the demo did not start:\n" + "".join(self.errors)
        ready = json.loads(line)
        assert ready["ready"] is True
        self.page, self.smtp = ready["page"], ready["smtp"]
        return self

    def kill(self) -> None:
        """As the kernel does when memory runs out: no goodbye."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """As a supervisor does; gives the exit code."""
        return self._end(signal.SIGTERM)

    def restart(self) -> Demo:
        self.kill()
        return self.start()

    def ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        request = urllib.request.Request(
            f"{self.page}control/{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                return json.load(error)

    @property
    def state(self) -> dict[str, Any]:
        found: dict[str, Any] = self.ask("state")
        return found

    def mail(self, **fields: str) -> str:
        answer = self.ask("mail", fields)
        assert answer["reply"].startswith("250"), answer
        message_id: str = answer["message_id"]
        return message_id

    def command(self, user: str, text: str) -> str:
        """What the person alone is told."""
        answer = self.ask("command", {"user": user, "channel": "privacy-requests", "text": f"/privacy {text}"})
        assert answer["ok"], answer
        return json.dumps(answer["ephemeral"], ensure_ascii=False)

    def press(self, user: str, card: dict[str, Any], action: str, value: str | None = None) -> dict[str, Any]:
        """Press a button of a message, or choose its entry in the overflow menu."""
        body = {"user": user, "channel": card["channel"], "ts": card["ts"], "action_id": action, "value": value}
        if action not in actions_of(card):
            overflow, chosen = in_overflow(card, action)
            body |= {"action_id": overflow, "value": chosen}
        found: dict[str, Any] = self.ask("press", body)
        assert not found.get("timed_out"), found
        return found

    def submit(self, user: str, view: dict[str, Any], **values: Any) -> dict[str, Any]:
        found: dict[str, Any] = self.ask("submit", {"user": user, "view_id": view["id"], "values": values})
        assert not found.get("timed_out"), found
        return found

    def choose(self, user: str, view: dict[str, Any], action: str, value: Any) -> dict[str, Any]:
        """Choose something in a modal that changes with the choice; gives the modal as it is then."""
        self.ask("press", {"user": user, "view_id": view["id"], "action_id": action, "value": value})
        shown: dict[str, Any] = self.state["views"][user]
        return shown

    def advance(self, span: str) -> None:
        assert self.ask("clock", {"advance": span})["ok"]

    def messages(self, channel: str = "privacy-requests") -> list[dict[str, Any]]:
        found = next(each for each in self.state["channels"] if each["name"] == channel)
        return [{**message, "channel": found["id"]} for message in found["messages"] if not message["ephemeral_to"]]

    def card(self, ref: str = "PR-1001") -> dict[str, Any]:
        """The one card of a case; fails when there are two."""
        cards = [each for each in self.messages() if not each["thread_ts"] and each["text"].startswith(f"{ref} ")]
        assert len(cards) <= 1, f"{ref} has {len(cards)} cards"
        return cards[0] if cards else {}

    def thread(self, ref: str = "PR-1001") -> list[str]:
        ts = self.card(ref)["ts"]
        return [each["text"] for each in self.messages() if each["thread_ts"] == ts and each["ts"] != ts]

    def letters(self, to: str = "robin@example.net") -> list[dict[str, Any]]:
        return [letter for letter in self.state["mailbox"] if to in json.dumps(letter["to"])]

    def letter(self, words: str, to: str = "robin@example.net") -> dict[str, Any]:
        """The newest letter with these words."""
        return next((each for each in reversed(self.letters(to)) if words in each["text"]), {})

    def rightsdesk(self, *arguments: str) -> Any:
        """What another command of the same installation prints as JSON."""
        environment = {
            **os.environ,
            "RIGHTSDESK_STORE_DATABASE_URL": f"sqlite:///{self.data}/rightsdesk.db",
            "RIGHTSDESK_STORE_KEY_FILE": str(self.data / "master.key"),
        }
        command = [sys.executable, "-m", "bot", *arguments, "--json"]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=60)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def _listen(self) -> None:
        assert self._process is not None
        assert self._process.stderr is not None
        self.errors.extend(self._process.stderr)

    def _end(self, how: signal.Signals) -> int:
        if self._process is None:
            return 0
        process, self._process = self._process, None
        process.send_signal(how)
        code = process.wait(START_SECONDS)
        for pipe in (process.stdout, process.stderr):
            if pipe is not None:
                pipe.close()
        return code


def eventually(look: Callable[[], T], what: str = "it") -> T:
    """Look until there is something to see."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"{what} did not happen within {PATIENCE_SECONDS} s")


def actions_of(message: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The elements of a message or view that can be pressed, by action id."""
    found: dict[str, dict[str, Any]] = {}
    for block in message.get("blocks", ()):
        elements = [*block.get("elements", ()), block.get("accessory", {}), block.get("element", {})]
        found |= {element["action_id"]: element for element in elements if "action_id" in element}
    return found


def in_overflow(message: dict[str, Any], action: str) -> tuple[str, str]:
    """The overflow menu that has this action among its options, and the option's value."""
    for action_id, element in actions_of(message).items():
        for option in element.get("options", ()):
            if action in option["value"]:
                return action_id, option["value"]
    raise AssertionError(f"no {action!r} among {sorted(actions_of(message))}")
