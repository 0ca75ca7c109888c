"""Counsel edits a pack by hand: whatever is wrong in it is told with the place, the value and the mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.rules.kinds import Kind
from store.rules.pack import PackError, parse

SMALL = Path(__file__).with_name("small.toml").read_text(encoding="utf-8")

ALL = "know_specific, know_categories, delete, correct, opt_out, limit, admt_access, admt_opt_out, appeal"

# what is written instead of what, and the sentence it earns
SLIPS = [
    ('law = "eu-gdpr"', "law = ", "this is no TOML: Invalid value (at line 3, column 7). Mend that line."),
    ('law = "eu-gdpr"\n', "", "the key law is missing. Add it, with a text in quotes that is not empty."),
    ('law = "eu-gdpr"', "law = 7", "law is 7. Write a text in quotes that is not empty."),
    ('name = "A small law"', 'name = " "', "name is ' '. Write a text in quotes that is not empty."),
    (
        'law = "eu-gdpr"',
        'law = "GDPR"',
        "law is 'GDPR'. Write two letters, a hyphen and two to four letters, such as 'us-ca'.",
    ),
    (
        '"DE"',
        '"Germany"',
        "holiday_calendar is 'Germany'. Write a country or a country's part, such as 'US-CA'.",
    ),
    (
        "reviewed_on = 2026-11-23",
        'reviewed_on = "2026-11-23"',
        "reviewed_on is '2026-11-23'. Write a day like 2026-11-23, without quotes.",
    ),
    (
        "reviewed_on = 2026-11-23",
        "reviewed_on = 2026-11-23T09:00:00",
        "reviewed_on is 2026-11-23T09:00:00. Write a day like 2026-11-23, without quotes.",
    ),
    ("= 90", "= 0", "review_after_days is 0. Write a whole number, 1 or more."),
    ("= 90", "= 90.0", "review_after_days is 90.0. Write a whole number, 1 or more."),
    ("= 90", "= true", "review_after_days is True. Write a whole number, 1 or more."),
    ("reviewed_on", "reviewd_on", "reviewd_on = 2026-11-23 is not known here. Did you mean reviewed_on?"),
    (
        'unit = "months"',
        'unit = "weeks"',
        "[[clock]] number 1: unit is 'weeks'. Write one of: days, business days, months.",
    ),
    ('unit = "months"', "unit = 1", "[[clock]] number 1: unit is 1. Write one of: days, business days, months."),
    ("count = 3", "count = -3", "[[clock]] number 2: count is -3. Write a whole number, 1 or more."),
    (
        "from = 2026-01-01",
        'from = "2026"',
        "[[clock]] number 2: from is '2026'. Write a day like 2026-11-23, without quotes.",
    ),
    (
        'citation = "Art. 12(3)"\n',
        "",
        "[[clock]] number 1: the key citation is missing. Add it, with a text in quotes that is not empty.",
    ),
    (
        "confirmed = true\n",
        "",
        "[[clock]] number 1: the key confirmed is missing. Add it, with true or false.",
    ),
    ("confirmed = true", "confirmed = 1", "[[clock]] number 1: confirmed is 1. Write true or false."),
    (
        "count = 3",
        "count = 3\nxyzzy = 2",
        (
            "[[clock]] number 2: xyzzy = 2 is not known here. Leave it out, or use one of: clock, kinds, count, unit, "
            "citation, confirmed, from, note."
        ),
    ),
    ('["opt_out"]', "[]", f"[[verification]] number 2: kinds is []. Write a list of one of: {ALL}."),
    ('["opt_out"]', '"opt_out"', f"[[verification]] number 2: kinds is 'opt_out'. Write a list of one of: {ALL}."),
    ('["opt_out"]', '["optout"]', f"[[verification]] number 2: kinds is 'optout'. Write one of: {ALL}."),
    ('["opt_out"]', "[[]]", f"[[verification]] number 2: kinds is []. Write one of: {ALL}."),
    (
        '["opt_out"]',
        '["opt_out", "opt_out"]',
        "[[verification]] number 2: kinds names opt_out twice. Take one of them out.",
    ),
    (
        'kinds = ["know_specific", "delete"]\n',
        "",
        f"[[clock]] number 1: the key kinds is missing. Add it, with a list of one of: {ALL}.",
    ),
    (
        'level = "none"\n',
        "",
        (
            "[[verification]] number 2: the key level is missing. "
            "Add it, with one of: none, forbidden, on_doubt, reasonable, reasonably_high."
        ),
    ),
    (
        'level = "none"\npoints = 0',
        'level = "none"\npoints = -1',
        "[[verification]] number 2: points is -1. Write a whole number, 0 or more.",
    ),
    (
        "points = 0\n",
        "",
        "[[verification]] number 2: the key points is missing. Add it, with a whole number, 0 or more.",
    ),
    (
        '[[point]]\nid = "mailbox"\nname = "control of the mailbox on file"\n',
        "",
        "the key point is missing. Add it, with one or more tables in double brackets.",
    ),
    (
        "[[point]]",
        "[point]",
        (
            "point is {'id': 'mailbox', 'name': 'control of the mailbox on file'}. "
            "Write one or more tables in double brackets."
        ),
    ),
    (
        'name = "A small law"',
        'name = "A small law"\nduty = [4]',
        "duty is 4. Write one or more tables in double brackets.",
    ),
    (
        "[[outcome]]",
        '[[point]]\nid = "mailbox"\nname = "again"\n\n[[outcome]]',
        "more than one [[point]] has the id 'mailbox'. Keep one of them.",
    ),
    (
        'outcome = "complied_in_part"',
        'outcome = "denied"',
        "more than one [[outcome]] has the outcome 'denied'. Keep one of them.",
    ),
    (
        'outcome = "complied_in_part"',
        'outcome = "withdrawn"',
        "no [[outcome]] says what complied_in_part asks for. Add one.",
    ),
    (
        'count = 20\nunit = "days"\nfrom = 2026-01-01',
        'count = 20\nunit = "days"',
        "more than one [[clock]] respond names know_specific with the same from. Keep one of them.",
    ),
    (
        'count = 3\nunit = "months"\nfrom = 2026-01-01',
        'count = 3\nunit = "months"\nfrom = 2026-01-02',
        "[[clock]] extended names know_specific, which has no respond with the same from. Add one.",
    ),
    (
        'level = "none"\npoints = 0',
        'level = "on_doubt"\npoints = 0',
        "[[verification]] on_doubt of opt_out has points = 0. Write how many must match.",
    ),
    (
        "review_after_days = 90",
        'review_after_days = 90\nappeal = "in writing"',
        "appeal is 'in writing'. Write one table in single brackets.",
    ),
    (
        'count = 3\nunit = "months"',
        'count = 20\nunit = "days"',
        (
            "[[clock]] extended gives know_specific 20 days, which is not longer than respond (20). "
            "Write the whole time from receipt."
        ),
    ),
    (
        '"admt_opt_out", "appeal"]\nlevel',
        '"admt_opt_out"]\nlevel',
        "no [[verification]] that is not sensitive names the kind appeal. Add it to the kinds of one.",
    ),
    (
        '["opt_out"]\n',
        '["opt_out", "limit"]\n',
        "more than one [[verification]] names the kind limit. Keep it in one of them.",
    ),
    (
        "points = 1",
        "points = 0",
        "[[verification]] reasonable of know_specific has points = 0. Write how many must match.",
    ),
    (
        "points = 0",
        "points = 1",
        "[[verification]] none of opt_out has points = 1. Write 0: nothing is asked.",
    ),
    (
        "points = 0\ndeclaration = false",
        "points = 0\ndeclaration = true",
        "[[verification]] none of opt_out has declaration = true. Write false.",
    ),
    (
        '"admt_opt_out", "appeal",\n',
        '"admt_opt_out",\n',
        "no [[basis]] names the kind appeal, which could then never be denied. Add one.",
    ),
]


@pytest.mark.parametrize(("right", "wrong", "sentence"), SLIPS)
def test_a_slip_is_told_with_its_place_its_value_and_its_mend(right: str, wrong: str, sentence: str) -> None:
    assert right in SMALL
    with pytest.raises(PackError) as refused:
        parse(SMALL.replace(right, wrong, 1), "eu-gdpr.toml")

    assert str(refused.value) == f"eu-gdpr.toml: {sentence}"


APPEAL_CLOCK = """
[[clock]]
clock = "appeal"
kinds = ["appeal"]
count = 60
unit = "days"
citation = "section"
confirmed = true
"""
APPEAL = """
[appeal]
to_business = true
instructions = "Answer this letter."
authority = "the authority"
authority_es = "la autoridad"
citation = "section"
confirmed = true
"""

ADDED = {
    "agents twice": (
        """
[[agent]]
kinds = ["delete"]
signed_permission = true
direct_check = true
citation = "section"
confirmed = true
"""
        * 2,
        "eu-gdpr.toml: more than one [[agent]] names the kind delete. Keep it in one of them.",
    ),
    "a figure twice": (
        """
[[figure]]
measure = "re_ask"
value = 12
unit = "months"
what = "No invitation."
kinds = ["opt_out"]
citation = "section"
confirmed = true
"""
        * 2,
        "eu-gdpr.toml: more than one [[figure]] has the measure 're_ask'. Keep one of them.",
    ),
    "a basis twice": (
        """
[[basis]]
id = "unfounded"
title = "again"
kinds = ["delete"]
letter = "the facts"
citation = "section"
confirmed = true
""",
        "eu-gdpr.toml: more than one [[basis]] has the id 'unfounded'. Keep one of them.",
    ),
    "a duty twice": (
        """
[[duty]]
id = "no_fee"
text = "No fee."
kinds = ["delete"]
citation = "section"
confirmed = true
"""
        * 2,
        "eu-gdpr.toml: more than one [[duty]] has the id 'no_fee'. Keep one of them.",
    ),
    "an undisclosed twice": (
        """
[[undisclosed]]
id = "password"
name = "a password"
citation = "section"
confirmed = true
"""
        * 2,
        "eu-gdpr.toml: more than one [[undisclosed]] has the id 'password'. Keep one of them.",
    ),
    "a sensitive verification twice": (
        """
[[verification]]
kinds = ["delete"]
sensitive = true
level = "reasonably_high"
points = 3
declaration = true
citation = "section"
confirmed = true
"""
        * 2,
        "eu-gdpr.toml: more than one [[verification]] names the kind delete. Keep it in one of them.",
    ),
    "an appeal's clock without an appeal": (
        APPEAL_CLOCK,
        (
            "eu-gdpr.toml: there is a [[clock]] appeal, but no [appeal] with to_business = true. "
            "Add one, or take the clock out."
        ),
    ),
    "an appeal's clock where only the authority decides": (
        APPEAL_CLOCK + APPEAL.replace("= true\ninstr", "= false\ninstr"),
        (
            "eu-gdpr.toml: there is a [[clock]] appeal, but no [appeal] with to_business = true. "
            "Add one, or take the clock out."
        ),
    ),
    "an appeal's clock for something else": (
        APPEAL_CLOCK.replace('"appeal"]', '"delete"]') + APPEAL,
        "eu-gdpr.toml: [[clock]] appeal names delete. Name the kind appeal alone.",
    ),
    "an extended appeal that is no longer": (
        APPEAL_CLOCK + APPEAL_CLOCK.replace('"appeal"\nkinds', '"extended"\nkinds') + APPEAL,
        (
            "eu-gdpr.toml: [[clock]] extended gives appeal 60 days, which is not longer than appeal (60). "
            "Write the whole time from receipt."
        ),
    ),
    "an appeal that does not say to whom": (
        APPEAL.replace('authority = "the authority"\n', ""),
        "eu-gdpr.toml: [appeal]: the key authority is missing. Add it, with a text in quotes that is not empty.",
    ),
    "a right that is not given and has a clock": (
        """
[[no_right]]
kinds = ["delete"]
citation = "section"
confirmed = true
""",
        "eu-gdpr.toml: [[no_right]] names delete, which has a [[clock]] respond. Keep one of them.",
    ),
    "a verification both forbidden and asked for": (
        """
[[verification]]
kinds = ["delete"]
sensitive = true
level = "forbidden"
points = 0
declaration = false
citation = "section"
confirmed = true
""",
        "eu-gdpr.toml: one [[verification]] forbids to verify delete, another one asks for it. Keep one of them.",
    ),
}


@pytest.mark.parametrize(("text", "sentence"), ADDED.values(), ids=ADDED)
def test_what_stands_twice_is_told(text: str, sentence: str) -> None:
    with pytest.raises(PackError) as refused:
        parse(SMALL + text, "eu-gdpr.toml")

    assert str(refused.value) == sentence


def test_what_may_stand_once_is_taken() -> None:
    for text, _ in ADDED.values():
        if text.count("[[") > 1 and "appeal" not in text:
            parse(SMALL + text[: len(text) // 2], "eu-gdpr.toml")


def test_an_appeal_may_be_extended_and_a_law_may_lack_a_calendar_and_rights() -> None:
    longer = APPEAL_CLOCK.replace('"appeal"\nkinds', '"extended"\nkinds').replace("60", "105")
    lacking = '\n[[no_right]]\nkinds = ["limit"]\ncitation = "section"\nconfirmed = false\n'
    small = SMALL.replace('holiday_calendar = "DE"\n', "")

    pack = parse(small + APPEAL_CLOCK + longer + APPEAL + lacking, "eu-gdpr.toml")

    assert pack.appeal
    assert (pack.appeal.authority, pack.holiday_calendar) == ("the authority", "")
    assert (pack.gives(Kind.LIMIT), pack.gives(Kind.DELETE)) == (False, True)
