"""`/privacy law`, `rightsdesk law`, and the laws that are due for a review."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from bot import cards
from bot.blocks import MESSAGE_BYTES, _size
from bot.cards.requests import progress
from store.packs import Laws, law, laws
from store.rules.verification import required
from tests.bot.conftest import STAFF1, Floor
from tests.bot.samples import CLAIMED, QUIET, ZONE
from tests.bot.test_command_line import rightsdesk

TODAY = date(2026, 11, 24)
VIRGINIA = resources.files("store.rules").joinpath("packs/us-va.toml").read_text(encoding="utf-8")


async def test_law_shows_the_one_in_force_to_the_asker_alone(floor: Floor) -> None:
    told = (await floor.types(STAFF1, "law")).ephemeral or ""

    assert "California (CCPA) (us-ca), last reviewed Mon 23 Nov 2026. It is in force" in told
    assert "respond 45 days: copy of the data" in told
    assert "§ 7021(b)" in told
    assert "Known laws: eu-gdpr, uk-gdpr, us-ca" in told


async def test_law_shows_another_with_what_is_not_confirmed(floor: Floor) -> None:
    told = (await floor.types(STAFF1, "law EU-GDPR")).ephemeral or ""

    assert "respond 1 month: copy of the data" in told
    assert "verified only on reasonable doubt, 1 point (GDPR Art. 12(6))" in told
    assert "identity not verified (GDPR Art. 12, not confirmed)" in told
    assert "in force" not in told


async def test_who_asks_for_a_law_that_is_not_here_is_told_the_ones_there_are(floor: Floor) -> None:
    told = (await floor.types(STAFF1, "law us-vaa")).ephemeral or ""

    assert told.startswith("There is no law called “us-vaa” here. Did you mean “us-va”? Known laws: eu-gdpr,")


@pytest.mark.parametrize("name", laws())
def test_every_law_fits_a_message_with_all_its_rules(name: str) -> None:
    pack, known = law(name), Laws()
    drawn = cards.law(pack, known, "us-ca", TODAY)
    shown = json.dumps(drawn.blocks, ensure_ascii=False)

    assert _size(drawn.text, drawn.blocks) <= MESSAGE_BYTES
    assert all(rule.citation.replace("&", "&amp;") in shown for rule in pack.clocks)
    assert "not shown here" not in shown
    assert "due for a review" not in shown


def test_a_law_says_that_it_is_due_for_a_review_and_whose_it_is(tmp_path: Path) -> None:
    (tmp_path / "us-va.toml").write_text(VIRGINIA, encoding="utf-8")
    known = Laws(tmp_path)
    drawn = cards.law(known.pack("us-va"), known, "us-ca", date(2027, 3, 1))

    assert drawn.text.startswith(
        "Virginia (VCDPA) (us-va), last reviewed Mon 23 Nov 2026: due for a review. It is the business's own copy."
    )


def test_the_digest_names_laws_that_are_due_for_a_review() -> None:
    one = cards.digest(replace(QUIET, stale_laws=("us-ca",)), ZONE).text
    many = cards.digest(replace(QUIET, stale_laws=laws()), ZONE).text

    assert "1 law due for a review: us-ca;" in one
    assert "22 laws due for a review: eu-gdpr, uk-gdpr, us-ca, us-co, us-ct and 17 more;" in many


def test_a_card_says_that_a_person_is_asked_only_on_doubt() -> None:
    line = CLAIMED.requests[0]
    european = replace(line, verification=required(law("eu-gdpr"), line.kind))

    assert progress(european, CLAIMED) == "verified only on reasonable doubt (GDPR Art. 12(6))"


def test_a_terminal_shows_the_law_in_force_and_which_are_known(tmp_path: Path) -> None:
    (tmp_path / "laws").mkdir()
    (tmp_path / "laws" / "us-zz.toml").write_text(VIRGINIA.replace('"us-va"', '"us-zz"'), encoding="utf-8")
    (tmp_path / "rightsdesk.toml").write_text('[business]\nlaw = "us-zz"\npacks_folder = "laws"\n')
    told = rightsdesk("law", folder=tmp_path).stdout
    plain = json.loads(rightsdesk("law", "--json", folder=tmp_path).stdout)

    assert "Virginia (VCDPA) (us-zz), last reviewed 2026-11-23" in told
    assert "to the business first" in told
    assert "Of your own folder: us-zz." in told
    assert (plain["law"], plain["known"]) == ("us-zz", [*laws(), "us-zz"])
    assert plain["appeal"]["authority"] == "the Attorney General of Virginia"


def test_a_terminal_shows_a_law_by_its_name(tmp_path: Path) -> None:
    told = rightsdesk("law", "eu-gdpr", folder=tmp_path)
    plain = json.loads(rightsdesk("law", "us-ut", "--json", folder=tmp_path).stdout)

    assert "on_doubt" in told.stdout
    assert "GDPR Art. 12(6)" in told.stdout
    assert (plain["appeal"], "known" in plain) == (None, False)


def test_a_slip_in_the_businesss_own_law_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "us-va.toml").write_text(VIRGINIA.replace("count = 45", "count = 0", 1), encoding="utf-8")
    done = rightsdesk("law", folder=tmp_path, RIGHTSDESK_BUSINESS_PACKS_FOLDER=str(tmp_path))

    assert done.returncode == 1
    assert "business.packs_folder" in done.stderr
    assert "us-va.toml: [[clock]] number 1: count is 0. Write a whole number, 1 or more." in done.stderr
