"""`rightsdesk deadlines PR-1001`: why a case's dates are those dates."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from rich.console import Console

from bot.cli.show import opened_office
from bot.why import basis, heading, sentences
from store import queries
from store.reports import why_report


def show_why(ref: str, config: Path | None, *, as_json: bool) -> None:
    """Print why a case's dates are those dates: base, rule, section, holidays, extension, change of law.

    Raises:
        NoSuchCase: there is none of that reference.
        ConfigurationError: there is no database.
    """
    with opened_office(config) as office:
        why, today = queries.why(office, ref), office.today()
    if as_json:
        sys.stdout.write(json.dumps(why_report(why), ensure_ascii=False) + "\n")
        return
    console = Console(highlight=False, markup=False)
    console.print(f"{why.ref}. {basis(why)}")
    for reason in why.requests:
        console.print(f"\n{heading(reason, today)}")
        for sentence in sentences(reason, why.zone):
            console.print(f"  {sentence}")
