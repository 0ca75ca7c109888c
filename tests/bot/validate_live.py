"""Shows every golden message and view to Slack's own `blocks.validate`; `make validate-live`, for whoever is online.

It needs no token and no workspace, and sends nothing but the golden files, in which everybody is made up. Nothing of
it could be tried where this was written: Slack's answers are therefore shown as they come.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

GOLDEN = Path(__file__).parent / "golden"
SECONDS = 15


def main(arguments: list[str] | None = None, say: Callable[[str], Any] = print) -> int:
    """Ask Slack about each file; gives the exit code, 1 when anything was refused or nobody answered."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--api-url", default=WebClient.BASE_URL, help="where Slack's Web API is")
    parser.add_argument("names", nargs="*", help="only golden files whose name begins so")
    options = parser.parse_args(arguments)
    client = WebClient(base_url=options.api_url, timeout=SECONDS)
    client.retry_handlers = [RateLimitErrorRetryHandler(max_retry_count=5)]
    files = [file for file in sorted(GOLDEN.glob("*.json")) if file.stem.startswith(tuple(options.names) or "")]
    refused = 0
    for file in files:
        try:
            complaint = refusal(client, json.loads(file.read_text(encoding="utf-8")))
        except OSError as error:
            say(f"Slack could not be reached ({error}), so not all was checked. This needs the internet; nothing else.")
            return 1
        if complaint:
            refused += 1
            say(f"{file.name}: {complaint}")
    say(f"{len(files) - refused} of {len(files)} messages and views are as Slack wants them.")
    return 1 if refused else 0


def refusal(client: WebClient, shown: dict[str, Any]) -> str:
    """What Slack has against a message or a view; empty when nothing.

    Raises:
        OSError: Slack is not reached.
    """
    what = {"view": json.dumps(shown)} if "type" in shown else {"blocks": json.dumps(shown["blocks"])}
    if what.get("blocks") == "[]":
        return ""
    try:
        client.api_call("blocks.validate", data=what)
    except SlackApiError as error:
        answer = error.response.data if isinstance(error.response.data, dict) else {"error": str(error)}
        return json.dumps({name: part for name, part in answer.items() if name != "ok"}, ensure_ascii=False)
    return ""


if __name__ == "__main__":
    sys.exit(main())
