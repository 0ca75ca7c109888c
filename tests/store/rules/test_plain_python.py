from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = """
import sys
from pathlib import Path
root = Path(sys.argv[1])
sys.path.insert(0, str(root))
for file in sorted((root / "store" / "rules").glob("*.py")):
    __import__(f"store.rules.{file.stem}")
from store.rules.pack import parse
file = root / "store" / "rules" / "packs" / "us-ca.toml"
print(parse(file.read_text(encoding="utf-8"), file.name).law)
"""


def test_the_law_can_be_read_where_nothing_is_installed() -> None:
    run = subprocess.run(
        [sys.executable, "-I", "-S", "-c", PROGRAM, str(ROOT)], capture_output=True, text=True, timeout=60, check=False
    )

    assert (run.stdout, run.stderr) == ("us-ca\n", "")
