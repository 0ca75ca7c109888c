"""What is written down is checked: every setting, move, letter, ledger event and command is in the documentation."""

from __future__ import annotations

import json
import re
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import typer
from pydantic import BaseModel, SecretStr
from pydantic_core import PydanticUndefined

from bot.cli import app
from bot.settings import BotSettings
from intake.settings import ImapMailbox, IntakeSettings, OAuth
from scheduler.settings import PostSettings, SchedulerSettings
from store.errors import DeskError
from store.ledger import Event
from store.rules.lifecycle import printed
from store.settings import Business, Retention, StoreSettings

HERE = Path(__file__).parent.parent
README = (HERE / "README.md").read_text(encoding="utf-8")
DESK = (HERE / "docs" / "desk.md").read_text(encoding="utf-8")
CONFIGURATION = (HERE / "docs" / "configuration.md").read_text(encoding="utf-8")
SECTIONS: tuple[tuple[str, type[BaseModel]], ...] = (
    ("[business]", Business),
    ("[store]", StoreSettings),
    ("[retention]", Retention),
    ("[intake]", IntakeSettings),
    ("[[intake.imap]]", ImapMailbox),
    ("[intake.imap.oauth]", OAuth),
    ("[slack]", BotSettings),
    ("[scheduler]", SchedulerSettings),
    ("[post]", PostSettings),
)


def shown_default(value: Any) -> str:
    """A default as the table of settings has it."""
    match value:
        case _ if value is PydanticUndefined:
            return "required"
        case SecretStr() | None | () | "":
            return "–"
        case tuple():
            return f"`{json.dumps(value)}`"
        case bool():
            return f"`{str(value).lower()}`"
        case _:
            return f"`{value}`"


def settings_table(settings: type[BaseModel]) -> str:
    """The rows of one section, as `docs/configuration.md` has them."""
    return "\n".join(
        f"| `{name}` | {shown_default(field.default)} | {field.description} |"
        for name, field in settings.model_fields.items()
    )


@pytest.mark.parametrize(("table", "settings"), SECTIONS)
def test_every_setting_is_described_with_its_default(table: str, settings: type[BaseModel]) -> None:
    assert f"## `{table}`" in CONFIGURATION
    assert settings_table(settings) in CONFIGURATION


def test_the_table_of_moves_is_printed_as_it_is() -> None:
    assert printed() in DESK


@pytest.mark.parametrize("event", Event)
def test_every_event_of_the_ledger_is_explained(event: Event) -> None:
    assert f"| {event} | " in DESK


def test_every_letter_is_explained() -> None:
    folders = {each.name for each in resources.files("store.letters").iterdir() if each.is_dir()}
    letters = folders - {"frame", "__pycache__"}
    section = DESK.partition("## The letters")[2].partition("\n## ")[0]
    told = set(re.findall(r"^\| ([a-z_]+) \|", section, flags=re.MULTILINE))

    assert letters == told - {"letter"}


def test_every_command_is_in_the_readme() -> None:
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]

    for name, command in commands.items():
        for sub in getattr(command, "commands", {"": None}):
            assert f"rightsdesk {name} {sub}".strip() in README, name


def test_every_refusal_is_a_sentence() -> None:
    def below(kind: type[DeskError]) -> list[type[DeskError]]:
        return [each for sub in kind.__subclasses__() for each in (sub, *below(sub))]

    for refusal in below(DeskError):
        assert refusal.__doc__
        assert refusal.__doc__.rstrip().endswith((".", "}")), refusal
