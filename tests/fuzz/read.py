"""Coverage-guided fuzzing of `read`: no bytes may raise, hang, or eat memory, and all that is read can be told as JSON.

Run by `make fuzz`. Arguments are libFuzzer's: `-max_total_time=60`, or the file of a case found before.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

SEEDS = Path(__file__).parents[1] / "corpus" / "mail"
FOUND = Path("var") / "fuzz"
SECONDS = 600
BOUNDS = ["-timeout=10", "-rss_limit_mb=1024", "-max_len=65536", f"-artifact_prefix={FOUND}/"]


def main() -> None:
    """Fuzz for as long as asked, ten minutes by default."""
    try:
        import atheris
    except ImportError:
        print("Nothing was fuzzed: atheris runs on Linux x86-64 with Python below 3.14 only.")  # noqa: T201
        return
    with atheris.instrument_imports(include=["intake"]):
        from intake.reading import read

    def one(data: bytes) -> None:
        found = read(data, trusted_hosts=frozenset({"mx.harbour.example"}))
        json.dumps(found.as_json("x"), ensure_ascii=False).encode("utf-8")

    (FOUND / "units").mkdir(parents=True, exist_ok=True)
    given = sys.argv[1:]
    folders = [] if any(not each.startswith("-") for each in given) else [str(FOUND / "units"), str(SEEDS)]
    atheris.Setup([sys.argv[0], f"-max_total_time={SECONDS}", *BOUNDS, *given, *folders], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
