"""One file, the environment above it, and errors that name the key, the value and the mend."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from store.errors import ConfigurationError
from store.settings import Business, StoreSettings, configuration, load

SECRET = "hunter2hunter2"  # noqa: S105 - made up, to look for


def refused(kind: type[Business | StoreSettings], **said: object) -> str:
    with pytest.raises(ConfigurationError) as told:
        load(kind, {kind.table: said})
    return str(told.value)


def test_without_a_file_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert configuration() == {}
    assert load(Business).zone == ZoneInfo("America/Los_Angeles")
    assert load(StoreSettings).database_url == "sqlite:///var/rightsdesk.db"


def test_the_file_wins_over_the_defaults_and_the_environment_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = {"business": {"name": "From the file", "inbox": "dpo@file.example"}}
    monkeypatch.setenv("RIGHTSDESK_BUSINESS_NAME", "From the environment")
    business = load(Business, tables)

    assert (business.name, business.inbox, business.law) == ("From the environment", "dpo@file.example", "us-ca")


def test_an_empty_variable_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RIGHTSDESK_BUSINESS_NAME", "")

    assert load(Business).name == "Example Shop"


def test_the_file_in_this_folder_is_read_unless_another_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("rightsdesk.toml", "by_variable.toml", "by_hand.toml"):
        (tmp_path / name).write_text(f"[business]\nname = '{name}'\n")
    here = configuration()
    monkeypatch.setenv("RIGHTSDESK_CONFIG", "by_variable.toml")
    named = configuration()
    by_hand = configuration(Path("by_hand.toml"))

    assert [found["business"]["name"] for found in (here, named, by_hand)] == [
        "rightsdesk.toml",
        "by_variable.toml",
        "by_hand.toml",
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "--config = .*: No such file or directory; give a readable file"),
        (b"[business", "--config = .*: this is no TOML: "),
        (b"\xff\xfe", "--config = .*: this is no TOML: "),
        (b"name = 'Shop'\n", r"name = Shop: put it under a table such as \[business\]"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_of(tmp_path: Path, content: bytes | None, sentence: str) -> None:
    path = tmp_path / "desk.toml"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(ConfigurationError, match=sentence):
        configuration(path)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"name": ""}, "business.name = ''"),
        ({"name": "Shop\nBcc: all"}, r"business.name = 'Shop\nBcc: all'"),
        ({"name": "x" * 121}, "business.name = 'xxx"),
        ({"inbox": "privacy at shop"}, "business.inbox = 'privacy at shop'"),
        ({"timezone": "Mars/Olympus"}, "business.timezone = 'Mars/Olympus': use a zone of the IANA list"),
        ({"timezone": "../etc/passwd"}, "business.timezone = '../etc/passwd': use a zone of the IANA list"),
        (
            {"inbx": "a@b.c"},
            "business.inbx = 'a@b.c': there is no such key; the table [business] knows address, ",
        ),
        ({"law": 7}, "business.law = 7: Input should be a valid string"),
    ],
)
def test_an_error_names_the_key_the_value_and_the_mend(said: dict[str, object], sentence: str) -> None:
    assert refused(Business, **said).startswith(sentence)


def test_another_database_is_refused_with_the_ones_we_know() -> None:
    assert refused(StoreSettings, database_url="mysql://x") == (
        "store.database_url = 'mysql://x': start it with sqlite:/// or postgresql+psycopg://"
    )


@pytest.mark.parametrize(
    "said",
    [
        {"master_key": [SECRET]},
        {"master_kye": SECRET, "database_url": f"postgres://desk:{SECRET}@db/desk"},
        {"database_url": f"postgres://desk:{SECRET}@db/desk"},
        {"master_key_": SECRET},
        {"password": SECRET},
    ],
)
def test_an_error_shows_no_secret(said: dict[str, object]) -> None:
    assert SECRET not in refused(StoreSettings, **said)


def test_a_wrong_path_is_shown_since_it_is_no_secret() -> None:
    assert refused(StoreSettings, key_file=5).startswith("store.key_file = 5: ")


def test_settings_do_not_show_the_master_key_and_cannot_be_changed() -> None:
    settings = load(StoreSettings, {"store": {"master_key": SECRET}})

    assert SECRET not in repr(settings)
    with pytest.raises(ValidationError, match="frozen"):
        settings.database_url = "sqlite:///elsewhere"
