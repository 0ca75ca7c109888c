"""Keys and sealed values: what opens, what does not, and how a person is told."""

from __future__ import annotations

import base64
import os
import stat
import subprocess
import sys
from pathlib import Path
from subprocess import PIPE

import pytest
from hypothesis import given
from hypothesis import strategies as some

from store.errors import ConfigurationError, ContentDestroyed, KeyMismatch
from store.settings import Business, StoreSettings, load
from store.vault import Vault, open_vault
from tests.builders import MASTER_KEY, StillClock, office_at

OTHER_KEY = base64.b64encode(bytes(32)).decode()


def settings(**said: object) -> StoreSettings:
    return load(StoreSettings, {"store": said})


OPEN_WHEN_TOLD = """
import sys
from store.settings import StoreSettings, load
from store.vault import open_vault
print("ready", flush=True)
sys.stdin.readline()
print(open_vault(load(StoreSettings, {"store": {"key_file": sys.argv[1]}})).hash("test", "value"))
"""


def test_two_processes_that_start_at_once_make_one_key(tmp_path: Path) -> None:
    path = tmp_path / "var" / "master.key"
    command = [sys.executable, "-c", OPEN_WHEN_TOLD, str(path)]
    started = [subprocess.Popen(command, stdin=PIPE, stdout=PIPE, text=True) for _ in range(2)]
    for process in started:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in started:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    hashes = {process.communicate(timeout=30)[0] for process in started}

    assert [process.returncode for process in started] == [0, 0]
    assert len(hashes) == 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["master.key"]
    assert len(base64.b64decode(path.read_bytes())) == 32


def test_the_key_that_was_made_is_used_from_then_on(tmp_path: Path) -> None:
    first, second = (open_vault(settings(key_file=tmp_path / "key")) for _ in range(2))
    box, wrapped = first.new_box("1")

    assert second.open_box("1", wrapped).open("here", box.seal("here", "hello")) == b"hello"


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o602])
def test_a_key_that_others_can_read_is_refused_with_the_command_that_mends_it(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "key"
    open_vault(settings(key_file=path))
    path.chmod(mode)

    with pytest.raises(ConfigurationError, match=f"store.key_file = .*: others can read it; run chmod 600 {path}"):
        open_vault(settings(key_file=path))


@pytest.mark.parametrize("content", [b"no base64!", b"", base64.b64encode(bytes(31)), b"\xff\xfe"])
def test_a_key_file_that_holds_no_key_is_refused_without_showing_it(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "key"
    path.write_bytes(content)
    path.chmod(0o600)

    with pytest.raises(ConfigurationError, match=r"store\.key_file = \(secret\): give 32 random bytes in base64"):
        open_vault(settings(key_file=path))


@pytest.mark.parametrize("key", ["no base64!", base64.b64encode(bytes(33)).decode()])
def test_a_master_key_that_is_none_is_refused_without_showing_it(key: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        open_vault(settings(master_key=key))
    assert "store.master_key = (secret)" in str(refused.value)
    assert key not in str(refused.value)


def test_a_key_file_that_cannot_be_made_or_read_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "file" / "key", tmp_path):
        with pytest.raises(ConfigurationError, match=r"store\.key_file = .*; give a file that can be read, or made"):
            open_vault(settings(key_file=path))


def test_a_database_opens_with_its_own_key_only(any_url: str, business: Business, clock: StillClock) -> None:
    office_at(any_url, clock, business).close()
    office_at(any_url, clock, business).close()

    with pytest.raises(KeyMismatch, match=r"The master key of store\.master_key is not the one"):
        office_at(any_url, clock, business, key=OTHER_KEY)


@given(place=some.text(), elsewhere=some.text(), content=some.binary(max_size=200))
def test_a_value_opens_in_its_own_place_only(place: str, elsewhere: str, content: bytes) -> None:
    box, _ = Vault(bytes(32)).new_box("1")
    sealed = box.seal(place.encode("utf-8", "ignore").decode(), content)
    place, elsewhere = (each.encode("utf-8", "ignore").decode() for each in (place, elsewhere))

    assert box.open(place, sealed) == content
    if place != elsewhere:
        with pytest.raises(ContentDestroyed):
            box.open(elsewhere, sealed)


def test_a_value_sealed_twice_looks_different() -> None:
    box, _ = Vault(bytes(32)).new_box("1")

    assert box.seal("here", "hello") != box.seal("here", "hello")


def test_a_damaged_value_does_not_open() -> None:
    box, _ = Vault(bytes(32)).new_box("1")
    sealed = bytearray(box.seal("here", "hello"))
    sealed[-1] ^= 1

    for broken in (bytes(sealed), b"", bytes(5)):
        with pytest.raises(ContentDestroyed):
            box.open("here", broken)


def test_a_data_key_opens_under_its_own_name_and_master_only() -> None:
    vault = Vault(bytes(32))
    _, wrapped = vault.new_box("1")

    for opener, key_id, kept in ((vault, "2", wrapped), (Vault(os.urandom(32)), "1", wrapped), (vault, "1", None)):
        with pytest.raises(ContentDestroyed):
            opener.open_box(key_id, kept)


def test_a_hash_depends_on_the_purpose_the_value_and_the_master() -> None:
    one, other = Vault(base64.b64decode(MASTER_KEY)), Vault(bytes(32))
    hashes = [one.hash("a", "b"), one.hash("a", "c"), one.hash("c", "b"), other.hash("a", "b"), one.hash("", "ab")]

    assert len(set(hashes)) == len(hashes)
    assert one.hash("a", "b") == hashes[0]


def test_a_box_and_a_vault_do_not_show_their_keys() -> None:
    box, _ = Vault(bytes(32)).new_box("1")

    assert box.key.hex() not in repr(box)
    assert str(box.key) not in repr(box)
