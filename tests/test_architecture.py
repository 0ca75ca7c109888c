"""The house keeps its plan: who may import whom, what stands at the top, how large a room may be."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

HOME = Path(__file__).parents[1]
PACKAGES = ("bot", "intake", "scheduler", "store")
TOP = {
    *PACKAGES,
    "tests",
    "docs",
    "manifest.yml",
    "pyproject.toml",
    "requirements.lock",
    "requirements-dev.lock",
    "Makefile",
    "README.md",
    "CHANGELOG.md",
}
LARGEST_ROOM = 350
REGISTRIES = re.compile(r"pypi[.]org|python[h]osted|registry[.]npmjs|proxy[.]golang|deb[.]debian", re.IGNORECASE)
MACHINE_PATHS = re.compile(r"(?<![\w.~])/(?:root|work|home|Users)/[\w.]")


def files() -> list[str]:
    """Every file that belongs to the project, tracked or about to be, by its path from the top."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=HOME,
        capture_output=True,
        check=True,
        text=True,
    )
    return sorted(name for name in listed.stdout.split("\0") if name and (HOME / name).is_file())


def texts() -> list[tuple[str, str]]:
    """Every file of text with its content."""
    found = []
    for name in files():
        content = (HOME / name).read_bytes()
        if b"\0" not in content:
            found.append((name, content.decode("utf-8", "replace")))
    return found


def test_the_import_contracts_hold() -> None:
    script = Path(sys.executable).with_name("lint-imports")
    verdict = subprocess.run([script, "--no-cache"], cwd=HOME, capture_output=True, text=True, check=False)

    assert verdict.returncode == 0, verdict.stdout + verdict.stderr


def test_the_contracts_speak_of_modules_that_exist() -> None:
    settings = tomllib.loads((HOME / "pyproject.toml").read_text())["tool"]["importlinter"]
    named = {
        module
        for contract in settings["contracts"]
        for module in contract.get("source_modules", [])
        if module.startswith(PACKAGES)
    }
    missing = [each for each in sorted(named) if not _is_there(each)]

    assert named
    assert missing == []


def test_the_top_level_holds_what_the_plan_names_and_nothing_else() -> None:
    top = {name.split("/")[0] for name in files()}

    assert {name for name in top if not name.startswith(".")} - TOP == set()
    assert set(PACKAGES) <= top


def test_there_are_four_packages_and_no_fifth() -> None:
    packages = {Path(name).parent.as_posix() for name in files() if name.endswith("/__init__.py")}
    settings = tomllib.loads((HOME / "pyproject.toml").read_text())

    assert {package for package in packages if "/" not in package} == set(PACKAGES)
    assert {package.split("/")[0] for package in packages} == set(PACKAGES)
    assert settings["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == list(PACKAGES)


def test_no_room_is_so_large_that_it_needs_a_map() -> None:
    lengths = {
        name: len(content.splitlines())
        for name, content in texts()
        if name.endswith(".py") and name.split("/")[0] in PACKAGES
    }

    assert lengths
    assert {name: length for name, length in lengths.items() if length > LARGEST_ROOM} == {}


@pytest.mark.parametrize("pattern", [REGISTRIES, MACHINE_PATHS], ids=["registries", "machine paths"])
def test_no_file_names_a_registry_or_a_path_of_somebodys_machine(pattern: re.Pattern[str]) -> None:
    found = {name: pattern.search(content) for name, content in texts()}

    assert found
    assert {name: match[0] for name, match in found.items() if match} == {}


@pytest.mark.parametrize("words", ["https://pypi" + ".org/simple", "files.Python" + "Hosted.org"])
def test_a_registry_would_be_seen(words: str) -> None:
    assert REGISTRIES.search(words)


@pytest.mark.parametrize(
    ("words", "seen"),
    [("cd /" + "home/rosa", True), ("/" + "root/.cache", True), ("~/ho" + "me/x", False), ("/usr/bin", False)],
)
def test_a_machine_path_would_be_seen(words: str, seen: bool) -> None:  # noqa: FBT001 - a column of the table
    assert bool(MACHINE_PATHS.search(words)) is seen


def _is_there(module: str) -> bool:
    path = HOME / module.replace(".", "/")
    return path.is_dir() or path.with_suffix(".py").is_file()
