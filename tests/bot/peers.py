"""What others made of Slack, as `make peers` fetches it into `tests/peers`."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

PEERS = Path(__file__).parents[1] / "peers"
MODULES = PEERS / "node_modules"
LOCAL_SLACK = MODULES / "local-slack-linux-x64" / "bin" / "local-slack"
OLDEST_NODE = 20


def no_bolt() -> str:
    """Why Slack's own framework for JavaScript cannot run here; empty when it can."""
    node = shutil.which("node")
    if node is None:
        return "There is no node here, so the official Bolt for JavaScript cannot try the stand-in."
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    if int(re.sub(r"\D.*", "", said.removeprefix("v").strip())) < OLDEST_NODE:
        return f"The official Bolt for JavaScript needs node {OLDEST_NODE} or newer; here is {said.strip()}."
    if not (MODULES / "@slack" / "bolt").is_dir():
        return "The official Bolt for JavaScript is not here; `make peers` fetches it."
    return ""


def no_local_slack() -> str:
    """Why the other stand-in for Slack cannot run here; empty when it can.

    It listens on every interface, so it runs only in a network of its own, which Linux may not allow.
    """
    if not LOCAL_SLACK.is_file():
        return "The other stand-in, local-slack, is not here; `make peers` fetches it (Linux on x86-64 only)."
    alone = shutil.which("unshare")
    if alone is None or subprocess.run([alone, "-rn", "true"], capture_output=True, check=False).returncode:
        return "This machine gives no program a network of its own, in which alone local-slack may run."
    return ""
