"""The command line: the composition root, the one place that knows all four packages.

Commands import what they need when they run: SQLModel and Bolt cost most of a second, and `rightsdesk read` needs
neither.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from store.errors import DeskError

app = typer.Typer(
    name="rightsdesk",
    help="A privacy-request desk: consumers write e-mail, staff answer in Slack, the law's clock is watched.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
audit = typer.Typer(help="The ledger: is it whole? And its export, for a regulator", no_args_is_help=True)
app.add_typer(audit, name="audit")
triage = typer.Typer(help="The reading of mails: where does it err?", no_args_is_help=True)
app.add_typer(triage, name="triage")
retention = typer.Typer(help="What is kept, and how long", no_args_is_help=True)
app.add_typer(retention, name="retention")
keys = typer.Typer(help="The keys that everything personal is sealed with", no_args_is_help=True)
app.add_typer(keys, name="keys")

Config = Annotated[
    Path | None, typer.Option("--config", help="The configuration file [default: rightsdesk.toml, where it exists]")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for a program")]


def main() -> None:
    """Run the command line.

    Exit codes: 0 done, 1 refused or failed with one clear sentence on stderr, 2 wrong usage.
    """
    from store.database import StoreUnavailable
    from store.rules.pack import PackError

    try:
        app()
    except (DeskError, PackError, ValueError, OverflowError) as error:
        sys.stderr.write(f"rightsdesk: {error}\n")
        sys.exit(1)
    except StoreUnavailable as error:
        sys.stderr.write(f"rightsdesk: the database does not answer ({error}); see [store] database_url.\n")
        sys.exit(1)


@app.command()
def demo(
    *,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="The page's port [default: 7420, or a free one]")
    ] = None,
    smtp_port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="The inbox's port [default: 2525, or a free one]")
    ] = None,
    data: Annotated[Path, typer.Option(help="Where everything is kept")] = Path("var"),
    browser: Annotated[bool, typer.Option(help="Open the page")] = True,
) -> None:
    """Run the whole desk offline, with a stand-in for Slack and a consumer's mailbox on one web page."""
    from bot.cli.demo import run_demo

    run_demo(port=port, smtp_port=smtp_port, data=data, browser=browser)


@app.command()
def run(
    *,
    config: Config = None,
    only: Annotated[str | None, typer.Option(help="One door only: bot, intake or scheduler")] = None,
) -> None:
    """Run the desk: take mail in, work it in Slack, watch the dates."""
    from bot.cli.house import run_house

    run_house(config, only)


@app.command()
def check(*, config: Config = None, as_json: AsJson = False) -> None:
    """Look at everything the desk needs, and say of each what is wrong and what to do."""
    from bot.cli.check import check_everything

    raise typer.Exit(check_everything(config, as_json=as_json))


@app.command()
def migrate(*, config: Config = None) -> None:
    """Bring the database's tables up to date."""
    from bot.cli.show import show_migration

    show_migration(config)


@app.command("import")
def import_(
    paths: Annotated[
        list[str], typer.Argument(help="Mails: .eml files, mboxes, Maildirs, folders of these, or - for standard input")
    ],
    *,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Keep old mails and read them as if they had come today; doing it twice changes nothing.

    A case's clocks begin on the day its mail first reached one of your servers, so an old request may be overdue at
    once. Requests are acknowledged as always: the letters go out when the desk runs, and tell the day of receipt.
    On SQLite, stop the desk first.
    """
    from bot.cli.bring import import_mails

    raise typer.Exit(import_mails(paths, config, as_json=as_json))


@app.command()
def replay(
    mails: Annotated[
        list[int] | None, typer.Argument(help="The mails' numbers, as on their cards [default: all]")
    ] = None,
    *,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Read mails again that could not be read, once the reading has been mended, and say what became of each.

    On SQLite, stop the desk first.
    """
    from bot.cli.bring import replay_mails

    raise typer.Exit(replay_mails(mails or (), config, as_json=as_json))


@app.command()
def read(
    paths: Annotated[list[str], typer.Argument(help="Mails: files, folders, or - for standard input")],
    *,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Print one JSON object a line")] = False,
) -> None:
    """Read mails without keeping anything, and print what was understood."""
    from bot.cli.read import print_readings

    raise typer.Exit(print_readings(paths, jsonl=jsonl))


@app.command()
def cases(
    which: Annotated[str, typer.Argument(help="open, unclaimed, overdue, closed or all")] = "open",
    *,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many")] = 50,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """List the cases, the nearest date first."""
    from bot.cli.show import show_cases

    show_cases(which, limit, config, as_json=as_json)


@app.command()
def case(
    ref: Annotated[str, typer.Argument(help="Such as PR-1001")], *, config: Config = None, as_json: AsJson = False
) -> None:
    """Show a case and its history; nothing personal."""
    from bot.cli.show import show_case

    show_case(ref, config, as_json=as_json)


@app.command()
def law(
    name: Annotated[str | None, typer.Argument(help="Such as us-ca [default: the one in force]")] = None,
    *,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Print a law as the desk follows it, each number with its section; without a name, also which laws are known."""
    from bot.cli.law import show_law

    show_law(name, config, as_json=as_json)


@app.command()
def deadlines(
    ref: Annotated[str | None, typer.Argument(help="A case, such as PR-1001: why its dates are those dates")] = None,
    *,
    law: Annotated[str | None, typer.Option(help="Such as us-ca [default: the one in force]")] = None,
    kind: Annotated[str | None, typer.Option(help="Such as delete or opt_out")] = None,
    received: Annotated[str | None, typer.Option(help="The day of receipt, such as 2026-01-05")] = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Compute the dates of a request, with the rule behind each; or say why a case's dates are those dates."""
    from bot.cli.law import show_deadlines
    from bot.cli.why import show_why

    if ref is not None and not (law or kind or received):
        show_why(ref, config, as_json=as_json)
    elif ref is None and kind and received:
        show_deadlines(law, kind, received, config, as_json=as_json)
    else:
        raise typer.BadParameter("give a case, such as PR-1001, or --kind and --received")


@app.command()
def report(
    *,
    year: Annotated[
        int | None, typer.Option(min=2000, max=2200, help="Requests received in that year [default: the present one]")
    ] = None,
    law: Annotated[str | None, typer.Option(help="Only what stands under this law, such as us-ca")] = None,
    config: Config = None,
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV, for a spreadsheet")] = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown")] = False,
    html: Annotated[Path | None, typer.Option(help="Write a page ready to publish to this file")] = None,
) -> None:
    """Count a year's requests as section 7102 has them published: by right, outcome, ground of denial and days."""
    from bot.cli.report import show_report

    asked = {"json": as_json, "csv": as_csv, "markdown": as_markdown}
    forms = [form for form, wanted in asked.items() if wanted]
    if len(forms) + bool(html) > 1:
        raise typer.BadParameter("choose one of --json, --csv, --markdown and --html")
    show_report(year, law, config, form="".join(forms), page=html)


@audit.command("verify")
def audit_verify(
    *,
    seal: Annotated[str | None, typer.Option(help="A seal that a digest in Slack printed: is it still here?")] = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Check every chain of the ledger and its daily seals, and name the first broken line of each."""
    from bot.cli.audit import show_audit

    raise typer.Exit(show_audit(config, seal, as_json=as_json))


@audit.command("export")
def audit_export(*, config: Config = None) -> None:
    """Print the whole ledger and its seals, one JSON object a line; nothing personal is in it."""
    from bot.cli.audit import export_ledger

    export_ledger(config)


@audit.command("bundle")
def audit_bundle(
    ref: Annotated[str | None, typer.Argument(help="A case, such as PR-1001")] = None,
    *,
    year: Annotated[int | None, typer.Option(help="All cases received in that year instead")] = None,
    out: Annotated[Path | None, typer.Option(help="The zip to write [default: named after the case or year]")] = None,
    encrypt: Annotated[bool, typer.Option("--encrypt", help="Encrypt it (AES-256) and print its password")] = False,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Write a case, or a year's, for a regulator: mails, letters, ledger, reasons of the dates, checksums, in a zip."""
    from bot.cli.audit import export_bundle

    export_bundle(ref, year, out, config, encrypt=encrypt, as_json=as_json)


@triage.command("review")
def triage_review(*, config: Config = None, as_json: AsJson = False) -> None:
    """Count where people corrected the reading: by right and by language, never a word of a mail."""
    from bot.cli.review import show_review

    show_review(config, as_json=as_json)


@retention.command("run")
def retention_run(
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Change nothing; say what would go")] = False,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Destroy what is past its time by the table [retention], as the desk itself does once a day.

    On SQLite, stop the desk first, except for a dry run.
    """
    from bot.cli.retention import run_retention

    run_retention(config, dry_run=dry_run, as_json=as_json)


@keys.command("rotate")
def keys_rotate(*, config: Config = None) -> None:
    """Seal everything under a new master key, while the desk runs; the old one opens nothing afterwards.

    Where it is stopped halfway, run it again.
    """
    from bot.cli.keys import rotate

    rotate(config)
