from __future__ import annotations

import json
from dataclasses import fields
from datetime import date

import pytest

from store.packs import PackError, law
from store.reports import deadlines_report, law_report
from store.rules.pack import Pack


def test_the_deadlines_of_the_contract() -> None:
    assert deadlines_report(law("us-ca"), "delete", date(2026, 1, 5)) == {
        "law": "us-ca",
        "kind": "delete",
        "received": "2026-01-05",
        "clocks": [
            {
                "clock": "acknowledge",
                "due": "2026-01-20",
                "count": 10,
                "unit": "business days",
                "citation": "Cal. Code Regs. tit. 11, § 7021(a)",
                "confirmed": True,
                "skipped": ["2026-01-19"],
            },
            {
                "clock": "respond",
                "due": "2026-02-19",
                "count": 45,
                "unit": "days",
                "citation": "Cal. Code Regs. tit. 11, § 7021(b); Cal. Civ. Code § 1798.130(a)(2)(A)",
                "confirmed": True,
                "skipped": [],
            },
            {
                "clock": "extended",
                "due": "2026-04-05",
                "count": 90,
                "unit": "days",
                "citation": "Cal. Code Regs. tit. 11, § 7021(b); Cal. Civ. Code § 1798.145(h)(1)",
                "confirmed": True,
                "skipped": [],
            },
        ],
    }


def test_holidays_of_the_next_year_are_left_out_too() -> None:
    (respond,) = deadlines_report(law("us-ca"), "opt_out", date(2026, 12, 20))["clocks"]

    assert (respond["due"], respond["skipped"]) == ("2027-01-12", ["2026-12-25", "2027-01-01"])


def test_a_clock_that_the_law_does_not_have_is_absent() -> None:
    assert deadlines_report(law("us-ca"), "appeal", date(2026, 1, 5))["clocks"] == []


def test_who_asks_for_an_unknown_kind_or_law_is_told_so() -> None:
    with pytest.raises(ValueError, match="no kind of request called 'erase'"):
        deadlines_report(law("us-ca"), "erase", date(2026, 1, 5))
    with pytest.raises(PackError, match="no law called 'us-xx'"):
        deadlines_report(law("us-xx"), "delete", date(2026, 1, 5))


def test_the_law_can_be_printed_whole() -> None:
    report = law_report(law("us-ca"))

    assert list(report) == [field.name for field in fields(Pack)]
    assert json.loads(json.dumps(report)) == report
    assert (report["law"], report["reviewed_on"]) == ("us-ca", "2026-11-23")


def test_every_printed_rule_shows_its_citation_and_whether_it_is_confirmed() -> None:
    report = law_report(law("us-ca"))
    rules = [rule for name, rows in report.items() if isinstance(rows, list) and name != "points" for rule in rows]

    assert len(rules) > 60
    assert all(rule["citation"] and isinstance(rule["confirmed"], bool) for rule in rules)


def test_a_printed_rule_is_plain_text_and_numbers() -> None:
    assert law_report(law("us-ca"))["clocks"][1] == {
        "clock": "acknowledge",
        "kinds": ["admt_access"],
        "count": 10,
        "unit": "business days",
        "citation": "Cal. Code Regs. tit. 11, § 7021(a)",
        "confirmed": True,
        "starts": "2027-01-01",
        "note": "It says how identity will be verified and when to expect an answer.",
    }
