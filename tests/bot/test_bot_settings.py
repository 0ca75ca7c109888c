from __future__ import annotations

import pytest

from bot.settings import BotSettings
from store.errors import ConfigurationError
from store.settings import load

TOKENS = {"bot_token": "xoxb-1", "app_token": "xapp-1"}


def test_two_variables_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-from-the-environment")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-from-the-environment")
    settings = load(BotSettings)

    assert settings.bot_token.get_secret_value() == "xoxb-from-the-environment"
    assert settings.app_token.get_secret_value() == "xapp-from-the-environment"
    assert settings.api_url == "https://slack.com/api/"


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-from-the-environment")
    monkeypatch.setenv("RIGHTSDESK_SLACK_CHANNEL", "elsewhere")
    settings = load(BotSettings, {"slack": {**TOKENS, "channel": "here"}})

    assert settings.bot_token.get_secret_value() == "xoxb-from-the-environment"
    assert settings.app_token.get_secret_value() == "xapp-1"
    assert settings.channel == "elsewhere"


def test_lists_come_from_the_file_and_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = load(BotSettings, {"slack": {**TOKENS, "staff": ["U0SAMRIVERA"]}})
    monkeypatch.setenv("RIGHTSDESK_SLACK_STAFF", '["U0DANAOKAFO"]')

    assert listed.staff == ("U0SAMRIVERA",)
    assert load(BotSettings, {"slack": TOKENS}).staff == ("U0DANAOKAFO",)


def test_names_may_carry_their_signs() -> None:
    settings = load(BotSettings, {"slack": {**TOKENS, "channel": "#requests", "staff_group": "@privacy"}})

    assert settings.channel == "requests"
    assert settings.staff_group == "privacy"


@pytest.mark.parametrize(
    ("mistake", "key", "mend"),
    [
        ({"bot_token": "xapp-1"}, "slack.bot_token", "set SLACK_BOT_TOKEN"),
        ({"app_token": "xoxb-1"}, "slack.app_token", "set SLACK_APP_TOKEN"),
        ({"api_url": "slack.com"}, "slack.api_url", ""),
        ({"channel": "has space"}, "slack.channel", "a channel's name"),
        ({"staff_group": "Has Space"}, "slack.staff_group", "a user group's handle"),
        ({"staff": ["sam"]}, "slack.staff", "no user id"),
        ({"staff_group": "", "managers_group": ""}, "slack.staff", "nobody could work here"),
        ({"chanel": "requests"}, "slack.chanel", "there is no such key"),
    ],
)
def test_each_mistake_is_named_with_its_mend(mistake: dict[str, object], key: str, mend: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        load(BotSettings, {"slack": {**TOKENS, **mistake}})

    assert str(refused.value).startswith(f"{key} = ")
    assert mend in str(refused.value)


def test_a_missing_token_is_named_and_no_secret_is_told() -> None:
    with pytest.raises(ConfigurationError) as refused:
        load(BotSettings, {"slack": {"app_token": "xapp-very-secret"}})

    assert "SLACK_BOT_TOKEN" in str(refused.value)
    assert "very-secret" not in str(refused.value)


def test_signed_requests_need_the_secret_and_no_app_token() -> None:
    slack = {"bot_token": "xoxb-1", "front": "http"}
    with pytest.raises(ConfigurationError, match="SLACK_SIGNING_SECRET"):
        load(BotSettings, {"slack": slack})
    settings = load(BotSettings, {"slack": {**slack, "signing_secret": "0f" * 16}})

    assert settings.app_token.get_secret_value() == ""


@pytest.mark.parametrize("connections", [0, 11])
def test_an_app_has_one_to_ten_sockets(connections: int) -> None:
    with pytest.raises(ConfigurationError, match="connections"):
        load(BotSettings, {"slack": {**TOKENS, "connections": connections}})
