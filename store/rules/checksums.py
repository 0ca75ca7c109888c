"""Numbers with a proof of their own: cards (ISO/IEC 7812), IBANs (ISO 13616), routing and social-security numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

SOCIAL_SECURITY = 9
SHORTEST_CARD, LONGEST_CARD = 13, 19
CARD_GROUP = 3  # printed in groups of three and more, or digit by digit
ROUTING_PREFIXES = (range(13), range(21, 33), range(61, 73), range(80, 81))

IBAN_LENGTHS = {
    country: length
    for length, countries in {
        15: "NO", 16: "BE", 18: "DK FI FO GL NL SD FK", 19: "MK SI", 20: "AT BA EE KZ LT LU MN XK",
        21: "CH HR LI LV", 22: "BG BH CR DE GB GE IE ME RS VA", 23: "AE GI IL IQ OM SO TL",
        24: "AD CZ DZ ES MD PK RO SA SE SK TN VG", 25: "AO CV GW LY MZ PT ST", 26: "IS TR",
        27: "BF BI BJ CM CG DJ FR GA GR IT MC MG MR SM", 28: "AL AZ BY CI CY DO GT HN HU LB ML NI PL SN SV",
        29: "BR EG PS QA UA", 30: "JO KW MU YE", 31: "MT SC", 32: "LC", 33: "RU",
    }.items()
    for country in countries.split()
}  # fmt: skip
"""How long an IBAN of a country is, in characters, by the registry of ISO 13616."""

_RUN = re.compile(r"(?<![\w+])\d+(?:[ .\-]{1,3}\d+)*(?!\w)")
_GROUP = re.compile(r"\d+")
_NETWORK = re.compile(r"3|4|5[0-8]|2[2-7]|6")
_COUNTRY = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}[ ]?\d{2}")


def is_social_security(number: str) -> bool:
    """Yes or no: nine digits that the Social Security Administration (or the IRS, for an ITIN) may have given out."""
    if len(number) != SOCIAL_SECURITY or not number.isdigit():
        return False
    return number[:3] not in {"000", "666"} and number[3:5] != "00" and number[5:] != "0000"


def is_routing_number(number: str) -> bool:
    """Yes or no: nine digits with the check digit of the American Bankers Association."""
    if not any(int(number[:2]) in prefixes for prefixes in ROUTING_PREFIXES):
        return False
    return sum(int(digit) * weight for digit, weight in zip(number, (3, 7, 1) * 3, strict=True)) % 10 == 0


def is_card_number(number: str) -> bool:
    """Yes or no: as long as a payment card's, begun like one, and right by its check digit (Luhn)."""
    if not SHORTEST_CARD <= len(number) <= LONGEST_CARD or not _NETWORK.match(number):
        return False
    doubled = (sum(divmod(int(digit) * 2, 10)) for digit in number[-2::-2])
    return (sum(map(int, number[-1::-2])) + sum(doubled)) % 10 == 0


def cards(text: str) -> Iterator[tuple[int, int]]:
    """Where card numbers stand, in groups or not, beside other numbers or not."""
    for run in _RUN.finditer(text):
        groups = [match.span() for match in _GROUP.finditer(text, *run.span())]
        for first in range(len(groups)):
            place = _card_from(text, groups[first:])
            if place:
                yield place


def ibans(text: str) -> Iterator[tuple[int, int]]:
    """Where international bank account numbers stand."""
    for match in _COUNTRY.finditer(text):
        length = IBAN_LENGTHS.get(match[0][:2].upper(), 0)
        number = re.compile(rf"[A-Za-z0-9](?:[ \-]?[A-Za-z0-9]){{{max(0, length - 1)}}}(?![A-Za-z0-9])")
        found = number.match(text, match.start()) if length else None
        if found and _is_iban(re.sub(r"[ \-]", "", found[0]).upper()):
            yield found.span()


def _card_from(text: str, groups: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """The card number that begins with the first of these groups of digits."""
    number = ""
    for start, end in groups:
        number += text[start:end]
        one_by_one = end - start == 1 and groups[0][1] - groups[0][0] == 1
        if len(number) > LONGEST_CARD or not (one_by_one or end - start >= CARD_GROUP):
            return None
        if is_card_number(number):
            return groups[0][0], end
    return None


def _is_iban(number: str) -> bool:
    turned = number[4:] + number[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1
