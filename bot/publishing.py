"""A year's metrics as they are handed out: plain data, CSV, Markdown, and a page ready to publish (section 7102)."""

from __future__ import annotations

import csv
import functools
import io
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from store.rules.metrics import DEFINITIONS, Metrics, Row
from store.rules.terms import Outcome

NOTHING = "–"
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = (
    "received",
    "complied in whole",
    "complied in part",
    "denied",
    "withdrawn",
    "duplicate",
    "waiting",
    "median days",
    "mean days",
)


def scope(metrics: Metrics, business: str, law: str = "") -> str:
    """Which requests were counted, in a sentence.

    Args:
        metrics: the year.
        business: its name.
        law: the name of the law, where only the requests under one were counted.
    """
    under = f" under the law of {law}" if law else ", wherever the consumer lives"
    so_far = f" up to {metrics.counted_on.isoformat()}" if metrics.unfinished else ""
    return f"All privacy requests that {business} received in {metrics.year}{so_far}{under}."


def cells(row: Row) -> tuple[str, ...]:
    """The figures of a row, in the order of `COLUMNS`."""
    endings = (row.endings[outcome] for outcome in Outcome if outcome in row.endings)
    counts = (row.received, *endings, row.waiting)
    return (*map(str, counts), days(row.median_days), days(row.mean_days))


def days(number: float | None) -> str:
    """A number of days, to a tenth where it is not whole."""
    return NOTHING if number is None else f"{number:.1f}".removesuffix(".0")


def facts(metrics: Metrics, said: str) -> dict[str, Any]:
    """Everything as plain data for JSON.

    Args:
        metrics: the year.
        said: the sentence of its scope.
    """
    return {
        "year": metrics.year,
        "law": metrics.law,
        "scope": said,
        "counted_on": metrics.counted_on.isoformat(),
        "rows": [_facts(metrics, row) for row in metrics.rows],
        "total": _facts(metrics, metrics.total),
        "not_requests": metrics.not_requests,
        "manners": dict(metrics.manners),
        "definitions": dict(DEFINITIONS),
    }


def as_csv(metrics: Metrics, said: str) -> str:
    """One row a kind, a column for each ground of denial; no cell can start a formula in a spreadsheet."""
    grounds = [basis for basis, _ in metrics.total.bases]
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet)
    head = ("year", "scope", "requests", *COLUMNS, *(f"denied: {metrics.titles[basis]}" for basis in grounds))
    writer.writerow(map(_harmless, head))
    for row in (*metrics.rows, metrics.total):
        given = dict(row.bases)
        line = (str(metrics.year), said, row.name, *cells(row), *(str(given.get(basis, 0)) for basis in grounds))
        writer.writerow(map(_harmless, line))
    return sheet.getvalue()


def as_markdown(metrics: Metrics, said: str) -> str:
    """Two tables and what their words mean."""
    return _page("report.md").render(_shown(metrics, said, _of_a_table)) + "\n"


def as_html(metrics: Metrics, said: str) -> str:
    """A page that stands alone: no script, no remote content."""
    return _page("report.html").render(_shown(metrics, said, str)) + "\n"


def _facts(metrics: Metrics, row: Row) -> dict[str, Any]:
    return {
        "requests": row.name,
        "kinds": [kind.value for kind in row.kinds],
        "received": row.received,
        **{outcome.value: number for outcome, number in row.endings.items()},
        "waiting": row.waiting,
        "median_days": row.median_days,
        "mean_days": row.mean_days,
        "bases": [{"basis": basis, "title": metrics.titles[basis], "times": times} for basis, times in row.bases],
    }


def _shown(metrics: Metrics, said: str, written: Any) -> dict[str, Any]:
    kinds = {row.name: [(written(metrics.titles[basis]), times) for basis, times in row.bases] for row in metrics.rows}
    return {
        "metrics": metrics,
        "scope": written(said),
        "columns": COLUMNS,
        "rows": [(written(row.name), cells(row)) for row in metrics.rows],
        "total": (metrics.total.name, cells(metrics.total)),
        "grounds": [(written(name), title, times) for name, given in kinds.items() for title, times in given],
        "definitions": DEFINITIONS,
    }


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet takes as words or a number, whatever it begins with."""
    return f"'{cell}" if cell.startswith(STARTS_A_FORMULA) else cell


def _of_a_table(words: str) -> str:
    """Words that can neither end a cell of a Markdown table nor mean HTML."""
    text = " ".join(words.split()).replace("\\", "\\\\").replace("|", "\\|")
    return text.replace("&", "&amp;").replace("<", "&lt;")


@functools.cache
def _page(name: str) -> Template:
    pages = Environment(
        loader=PackageLoader("bot", "pages"),
        autoescape=name.endswith(".html"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return pages.get_template(name)
