"""Section 7024(d): what no letter may hold is found whatever it looks like, and nothing of ours is taken for it."""

from __future__ import annotations

import secrets
import string
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.desk.challenges import ALPHABET
from store.rules.checksums import IBAN_LENGTHS, is_card_number, is_routing_number
from store.rules.guard import MASK, Finding, Secret, findings, masked, told


def wide(text: str) -> str:
    """The text in the full-width signs of East Asian keyboards."""
    return "".join(chr(ord(sign) + 0xFEE0) for sign in text)


HELD: tuple[tuple[Secret, str], ...] = (
    (Secret.SOCIAL_SECURITY, "Your number is 123-45-6789."),
    (Secret.SOCIAL_SECURITY, "123 45 6789"),
    (Secret.SOCIAL_SECURITY, "078.05.1120"),
    (Secret.SOCIAL_SECURITY, "SSN: 123456789"),
    (Secret.SOCIAL_SECURITY, "social security number on file: 123456789"),
    (Secret.SOCIAL_SECURITY, "número de seguro social 123456789"),
    (Secret.SOCIAL_SECURITY, "ITIN 912-34-5678"),
    (Secret.SOCIAL_SECURITY, "123456789 (SSN)"),
    (Secret.SOCIAL_SECURITY, "SSN:\n    123456789"),
    (Secret.SOCIAL_SECURITY, wide("123-45-6789")),
    (Secret.SOCIAL_SECURITY, "12\u200b3-45-67\u00ad89"),
    (Secret.SOCIAL_SECURITY, "123\u201145\u20116789"),
    (Secret.SOCIAL_SECURITY, "١٢٣-٤٥-٦٧٨٩"),
    (Secret.CARD, "4111111111111111"),
    (Secret.CARD, "4111 1111 1111 1111"),
    (Secret.CARD, "5555-5555-5555-4444 exp 12/29"),
    (Secret.CARD, "Order 12 4111-1111-1111-1111"),
    (Secret.CARD, "4111\u00a01111\u00a01111\u00a01111"),
    (Secret.CARD, "3782 822463 10005"),
    (Secret.CARD, "6011111111111117"),
    (Secret.CARD, "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1"),
    (Secret.BANK_ACCOUNT, "GB82 WEST 1234 5698 7654 32 is yours"),
    (Secret.BANK_ACCOUNT, "de89370400440532013000"),
    (Secret.BANK_ACCOUNT, "routing number 021000021"),
    (Secret.BANK_ACCOUNT, "Your checking account is no. 1234567."),
    (Secret.BANK_ACCOUNT, "021000021, account 123456789"),
    (Secret.BANK_ACCOUNT, "sort code 12-34-56"),
    (Secret.BANK_ACCOUNT, "cuenta bancaria 12345678"),
    (Secret.BANK_ACCOUNT, "bank account 123456"),
    (Secret.BANK_ACCOUNT, "bank account 12345678901234567"),
    (Secret.DRIVERS_LICENCE, "Your driver's license number is D1234567."),
    (Secret.DRIVERS_LICENCE, "driver's licence ABCDE123"),
    (Secret.PASSPORT, "passport A1234567890123456789"),
    (Secret.PASSPORT, "We looked for your order 1234567 and for more, in the archive, in vain. Passport: 987654321"),
    (Secret.DRIVERS_LICENCE, "Driver’s licence (California): d1234567"),
    (Secret.DRIVERS_LICENCE, "driving licence:\n  MORGA657054SM9IJ"),
    (Secret.DRIVERS_LICENCE, "S514-778-61-243-0 is your driver's license"),
    (Secret.DRIVERS_LICENCE, "licence number WDLABCD456DG"),
    (Secret.DRIVERS_LICENCE, "licencia de conducir D1234567"),
    (Secret.DRIVERS_LICENCE, "identity card 12345"),
    (Secret.PASSPORT, "Passport: 123456789"),
    (Secret.PASSPORT, "passport issued 2020-01-02, number 987654321"),
    (Secret.PASSPORT, "pasaporte núm. AAB123456"),
    (Secret.HEALTH_ID, "1EG4-TE5-MK73"),
    (Secret.HEALTH_ID, "health insurance ID XYZ123456789"),
    (Secret.HEALTH_ID, "medical record number 0012345"),
    (Secret.PASSWORD, "password: hunter2"),
    (Secret.PASSWORD, "Password: correct"),
    (Secret.PASSWORD, 'Your password is "letmein"'),
    (Secret.PASSWORD, "your password was Summer-2026!"),
    (Secret.PASSWORD, "contraseña: secreto1"),
    (Secret.SECURITY_ANSWER, "The answer to your security question is Fluffy."),
    (Secret.SECURITY_ANSWER, "Security answer: Fluffy"),
    (Secret.PRIVATE_KEY, "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNz\n-----END OPENSSH PRIVATE KEY-----"),
    (Secret.PRIVATE_KEY, "-----BEGIN PGP PRIVATE KEY BLOCK-----"),
)
TOLD = (
    "We hold a driver's licence number, a passport number and a social-security number.",
    "- a driver's licence number\n- order 1234567",
    "Your driver's license.\nOrder 12345678",
    "Your password is stored encrypted. Password: not disclosed.",
    "Password: held",
    "password: ********",
    "Your password is safe. Set a new one at https://shop.test/password?reset=1",
    "Password: https://shop.test/reset",
    "pwd: abc",
    "The answer to your security question is held.",
    "Call 415-555-0100 or 1-800-555-0100 about your passport, or +1 415 555 0100.",
    "passport: call 800-555-0100",
    "Tel. +49 30 123 45 6789 and 030 123 45 6789",
    "On 2027-01-12 we deleted your driver's licence of 05-06-2019.",
    "driver's licence PR-10012345",
    "Your account number 12345678 was deleted.",
    "021000021 " + "and " + "x " * 200 + "account 12345678",
    "account 021000021",
    "Your orders: 1001 1002 1003 1004 1005 1006",
    "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16",
    "000-12-3456, 666-12-3456, 123-00-4567, 123-45-0000",
    "SSN 123-45 and SSN 000456789",
    "4111111111111112 and 41111111111111111111",
    "GB82 WEST 1234 5698 7654 33",
    "ZZ82 WEST 1234 5698 7654 32",
    "Cal. Civ. Code § 1798.105(d)(1); Cal. Code Regs. tit. 11, § 7024(d)",
    "passport: 12",
    "passport A1234",
    "passport A12345678901234567890",
    "driver's licence ABCD123",
    "bank account 12345",
    "bank account 123456789012345678",
    "bank account D1234567",
    "Your passport is not here. We looked for A1234567 in vain.",
    "passport +493012345678",
    "Your password is safe",
    "passwd: abc",
    "bank account AB",
    "passport",
    "94105-1234",
    "",
)


@pytest.mark.parametrize(("what", "text"), HELD)
def test_what_no_letter_may_hold_is_found_and_its_value_is_not_told(what: Secret, text: str) -> None:
    found = findings(text)

    assert what in {finding.what for finding in found}
    assert not any(sign.isdigit() for sign in told(found).replace("line 1", "").replace("line 2", ""))


@pytest.mark.parametrize("text", TOLD)
def test_what_may_be_told_is_not_found(text: str) -> None:
    assert findings(text) == ()
    assert masked(text) == text


@pytest.mark.parametrize(("what", "text"), HELD)
def test_a_masked_text_holds_none_of_it_any_more(what: Secret, text: str) -> None:
    assert MASK in masked(text)
    assert what not in {finding.what for finding in findings(masked(text))}


def test_a_finding_names_its_line() -> None:
    letter = "Hello,\n\nSSN 123-45-6789\nand 4111 1111 1111 1111\nPassport\n  AB1234567\n"

    assert findings(letter) == (
        Finding(Secret.SOCIAL_SECURITY, 3),
        Finding(Secret.CARD, 4),
        Finding(Secret.PASSPORT, 6),
    )
    assert told(findings(letter)[:1]) == "a social-security number (line 3)"
    assert told(findings(letter)) == (
        "a social-security number (line 3), a card number (line 4) and a passport number (line 6)"
    )


def test_only_the_value_is_masked() -> None:
    assert masked("My SSN is 123-45-6789, please delete it") == "My SSN is •••, please delete it"
    assert masked(f"{wide('SSN')} {wide('123-45-6789')} löschen") == f"{wide('SSN')} ••• löschen"


def test_what_is_ours_is_left_alone() -> None:
    ours = "de89370400440532013000"

    assert findings(f"[PR-1001 {ours}]", ours=(ours,)) == ()


@given(st.randoms(use_true_random=False), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_codes_tokens_references_and_dates_are_never_taken_for_secrets(random: secrets.SystemRandom, day: date) -> None:
    code = "-".join("".join(random.choice(ALPHABET) for _ in range(4)) for _ in range(2))
    token = "".join(random.choice("0123456789abcdef") for _ in range(20))
    letter = (
        f"We received it on {day:%B %d, %Y} ({day.isoformat()}, {day:%m/%d/%Y}) and answer by {day + timedelta(45)}.\n"
        f"reply and write this code:\n\n    {code}\n\nPlease do not send a copy of an identity card or your password.\n"
        f"--\nYour reference is PR-{random.randint(1001, 99999999)}.\n[PR-1001 {token}]\n"
    )

    assert findings(letter, ours=(token,)) == ()


@given(st.text(string.digits, min_size=12, max_size=18), st.sampled_from("3456"))
def test_every_card_number_is_found_in_any_grouping(digits: str, first: str) -> None:
    body = f"{first}{digits}"[:18]
    whole = next((body + last for last in string.digits if is_card_number(body + last)), None)
    if whole is None:  # begun like no card, such as 59
        return
    grouped = " ".join(whole[start : start + 4] for start in range(0, len(whole), 4))

    assert Secret.CARD in {finding.what for finding in findings(f"Your card {whole} is held.")}
    assert len(whole) % 4 in (1, 2) or Secret.CARD in {finding.what for finding in findings(f"Your card {grouped}.")}


@given(st.sampled_from(sorted(IBAN_LENGTHS)), st.randoms(use_true_random=False))
def test_every_iban_is_found(country: str, random: secrets.SystemRandom) -> None:
    account = "".join(random.choice(string.digits) for _ in range(IBAN_LENGTHS[country] - 4))
    rest = int("".join(str(int(sign, 36)) for sign in f"{account}{country}00")) % 97
    iban = f"{country}{98 - rest:02}{account}"
    spaced = " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))

    assert {finding.what for finding in findings(f"{iban}.\n{spaced}.")} >= {Secret.BANK_ACCOUNT}
    assert [finding.line for finding in findings(spaced) if finding.what is Secret.BANK_ACCOUNT] == [1]


@pytest.mark.parametrize("number", ["021000021", "111000025", "322271627", "265473812"])
def test_routing_numbers_are_known_by_prefix_and_check_digit(number: str) -> None:
    wrong = f"{number[:8]}{(int(number[8]) + 1) % 10}"

    assert is_routing_number(number)
    assert not is_routing_number(wrong)


def test_no_routing_number_begins_with_what_no_bank_has() -> None:
    right = "991000025"
    digits = zip(right, (3, 7, 1) * 3, strict=True)

    assert sum(int(digit) * weight for digit, weight in digits) % 10 == 0
    assert not is_routing_number(right)


@pytest.mark.parametrize("number", ["4222222222222", "4000000000000000006"])
def test_the_shortest_and_the_longest_cards_are_cards(number: str) -> None:
    assert is_card_number(number)


def test_two_findings_are_joined_and_a_line_after_what_is_harmless_counts() -> None:
    found = findings("\npassport: 800-555-0100, or 987654321\npassword: hunter2")

    assert told(found) == "a passport number (line 2) and a password (line 3)"


@pytest.mark.parametrize("space", ["\u2003", "\u3000", "\u202f"])
def test_any_space_is_a_space(space: str) -> None:
    assert [each.what for each in findings(space.join(("123", "45", "6789")))] == [Secret.SOCIAL_SECURITY]


@pytest.mark.parametrize("digits", [wide("123-45-6789"), "१२३-४५-६७८९"])
def test_any_digit_is_a_digit(digits: str) -> None:
    assert [each.what for each in findings(digits)] == [Secret.SOCIAL_SECURITY]


@given(st.text())
def test_any_text_at_all_can_be_looked_through(text: str) -> None:
    lines = text.count("\n") + 1

    assert all(1 <= finding.line <= lines for finding in findings(text))
    assert len(masked(text)) <= len(text) + len(MASK) * len(text)
