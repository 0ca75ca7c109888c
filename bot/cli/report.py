"""`rightsdesk report`: a year's metrics, on the terminal, as data, or as a page to publish."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bot import publishing
from bot.cli.show import opened_office
from store import queries
from store.errors import ConfigurationError
from store.rules.metrics import DEFINITIONS, Metrics


def show_report(
    year: int | None, law: str | None, config: Path | None, *, form: str = "", page: Path | None = None
) -> None:
    """Print or write the metrics of a year.

    Args:
        year: which; the present one without it.
        law: only what stands under this law.
        config: the configuration file.
        form: "json", "csv" or "markdown"; a table for a person without it.
        page: where to write a page of HTML instead.

    Raises:
        PackError: there is no such law.
        ConfigurationError: the page cannot be written there.
    """
    with opened_office(config) as office:
        found = queries.metrics(office, year, law)
        said = publishing.scope(found, office.business.name, office.pack(law).name if law else "")
    if page:
        _write(page, publishing.as_html(found, said))
        return
    match form:
        case "json":
            sys.stdout.write(json.dumps(publishing.facts(found, said), ensure_ascii=False) + "\n")
        case "csv":
            sys.stdout.write(publishing.as_csv(found, said))
        case "markdown":
            sys.stdout.write(publishing.as_markdown(found, said))
        case _:
            _print(found, said)


def _write(page: Path, html: str) -> None:
    try:
        page.write_text(html, encoding="utf-8")
    except OSError as error:
        mend = f"{error.strerror}; give a file that can be written"
        raise ConfigurationError(key="--html", value=page, mend=mend) from error
    sys.stdout.write(f"Written to {page}.\n")


def _print(found: Metrics, said: str) -> None:
    console = Console()
    console.print(said, markup=False)
    table = Table("requests", title=f"Privacy requests in {found.year}")
    for column in publishing.COLUMNS:
        table.add_column(column, justify="right")
    for row in (*found.rows, found.total):
        table.add_row(row.name, *publishing.cells(row))
    console.print(table)
    for basis, times in found.total.bases:
        console.print(f"denied {times} ×: {found.titles[basis]}", markup=False)
    for word, meaning in DEFINITIONS:
        console.print(f"{word}: {meaning}.", style="dim", markup=False)
