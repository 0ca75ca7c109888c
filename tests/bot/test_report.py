"""`rightsdesk report` and `/privacy report`: a year's metrics, as they are handed out (section 7102)."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser
from typer.testing import CliRunner

from bot import publishing
from bot.cli import app
from store.rules.kinds import Kind
from store.rules.metrics import Counted, Metrics, metrics
from store.rules.outcomes import Outcome
from tests.bot.conftest import OUTSIDER, STAFF1, Floor
from tests.builders import MASTER_KEY, StillClock, arrive, office_at

HOSTILE = '=HYPERLINK("http://evil.test")|<script>alert(1)</script>'


def year(*, title: str = "identity not verified") -> Metrics:
    requests = [
        Counted(Kind.DELETE, Outcome.COMPLIED_IN_FULL, (), 12),
        Counted(Kind.DELETE, Outcome.DENIED, ("not_verified",), 45),
        Counted(Kind.OPT_OUT, None, (), None),
    ]
    return metrics(2026, requests, counted_on=date(2027, 2, 1), titles={"not_verified": title})


def test_the_scope_says_whose_requests_and_until_when() -> None:
    running = metrics(2026, (), counted_on=date(2026, 11, 23), titles={})

    assert publishing.scope(year(), "Shop") == (
        "All privacy requests that Shop received in 2026, wherever the consumer lives."
    )
    assert publishing.scope(running, "Shop", "California (CCPA)") == (
        "All privacy requests that Shop received in 2026 up to 2026-11-23 under the law of California (CCPA)."
    )


def test_csv_has_a_row_a_kind_and_a_column_a_ground() -> None:
    rows = list(csv.DictReader(io.StringIO(publishing.as_csv(year(), "All."))))

    assert [row["requests"] for row in rows] == ["Delete", "Opt-out of sale", "All requests"]
    assert rows[0]["received"] == "2"
    assert rows[0]["complied in whole"] == "1"
    assert rows[0]["denied: identity not verified"] == "1"
    assert (rows[0]["median days"], rows[1]["mean days"]) == ("28.5", "–")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_the_csv_starts_a_formula(start: str) -> None:
    sheet = publishing.as_csv(year(title=f"{start}cmd"), f"{start}1+1")

    for row in csv.reader(io.StringIO(sheet, newline="")):
        assert not any(cell.startswith(publishing.STARTS_A_FORMULA) for cell in row)


def test_markdown_tables_cannot_be_broken_out_of() -> None:
    page = publishing.as_markdown(year(title=HOSTILE), "All | of it.")

    assert "<script>" not in page
    assert "| Delete | 2 | 1 | 0 | 1 | 0 | 0 | 0 | 28.5 | 28.5 |" in page
    assert all(line.replace("\\|", "").count("|") in (0, 4, 11) for line in page.splitlines())


def test_the_page_is_whole_escaped_and_stands_alone() -> None:
    page = publishing.as_html(year(title=HOSTILE), HOSTILE)
    tree = LexborHTMLParser(page)

    assert not tree.css("script, link, img, iframe, [src]")
    assert [cell.text() for cell in tree.css("tbody tr")[0].css("th, td")][:3] == ["Delete", "2", "1"]
    assert len(tree.css("dt")) == len(publishing.DEFINITIONS)
    assert HOSTILE in [cell.text() for cell in tree.css("td.words")]
    assert (tree.css_first("html").attributes["lang"], tree.css_first("h1").text()) == (
        "en",
        "Privacy requests in 2026",
    )


@pytest.fixture
def config(tmp_path: Path) -> Path:
    url = f"sqlite:///{tmp_path}/rightsdesk.db"
    office = office_at(url, StillClock())
    arrive(office, (Kind.DELETE, Kind.OPT_OUT))
    office.close()
    file = tmp_path / "rightsdesk.toml"
    file.write_text(f'[store]\ndatabase_url = "{url}"\nmaster_key = "{MASTER_KEY}"\n')
    return file


def test_the_command_prints_a_table_json_csv_and_markdown(config: Path) -> None:
    def said(*form: str) -> str:
        result = CliRunner().invoke(app, ["report", "--year", "2027", "--config", str(config), *form])
        assert result.exit_code == 0, result.output
        return result.output

    facts = json.loads(said("--json"))

    assert facts["total"]["received"] == 2
    assert facts["total"]["waiting"] == 2
    assert [row["requests"] for row in facts["rows"]][:2] == ["Requests to know, both kinds", "Copy of the data"]
    assert "Privacy requests in 2027" in said()
    assert said("--csv").startswith("year,scope,requests,received")
    assert said("--markdown").startswith("# Privacy requests in 2027")
    assert json.loads(said("--json", "--law", "eu-gdpr"))["total"]["received"] == 0


def test_the_command_writes_the_page_or_says_why_not(config: Path, tmp_path: Path) -> None:
    asked = ["report", "--year", "2027", "--config", str(config), "--html"]
    written = CliRunner().invoke(app, [*asked, str(tmp_path / "page.html")])
    nowhere = CliRunner().invoke(app, [*asked, str(tmp_path / "none" / "page.html")])
    both = CliRunner().invoke(app, [*asked, str(tmp_path / "page.html"), "--csv"])

    assert written.exit_code == 0
    assert "<h1>Privacy requests in 2027</h1>" in (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "--html" in str(nowhere.exception)
    assert both.exit_code == 2


async def test_report_is_told_to_whoever_of_staff_asks(floor: Floor) -> None:
    floor.arrives(Kind.DELETE)
    this, other = await floor.types(STAFF1, "report"), await floor.types(STAFF1, "report 2026")
    odd, outsider = await floor.types(STAFF1, "report soon"), await floor.types(OUTSIDER, "report")

    assert "Privacy requests in 2027, so far" in (this.ephemeral or "")
    assert "Delete*: 1 received: 1 waiting" in (this.ephemeral or "")
    assert "All requests*: 0 received" in (other.ephemeral or "")
    assert "four digits" in (odd.ephemeral or "")
    assert "received" not in (outsider.ephemeral or "")
