"""Who asks decides what must be shown: sections 7060(h), 7061, 7062(d), 7063, 7070, 7024(a)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from store.rules.kinds import Kind
from store.rules.requesters import Permission, Requester
from store.rules.verification import (
    LOGIN,
    MAILBOX,
    Lack,
    agent_rule,
    fallback,
    is_stricter_where_sensitive,
    lacking,
    proving,
    required,
)

if TYPE_CHECKING:
    from store.rules.pack import Pack

TWO = ("order_number", "phone")
VERIFIED = (Kind.KNOW_SPECIFIC, Kind.KNOW_CATEGORIES, Kind.DELETE, Kind.CORRECT)
FORBIDDEN = (Kind.OPT_OUT, Kind.LIMIT, Kind.ADMT_OPT_OUT)


@pytest.mark.parametrize("kind", VERIFIED)
def test_an_account_holder_signs_in_again_whatever_else_matches_7061(california: Pack, kind: Kind) -> None:
    wanted = required(california, kind, has_account=True)
    points = (*TWO, "birth_year")

    assert lacking(wanted, points, declared=True) == (Lack.LOGIN,)
    assert lacking(wanted, (*points, LOGIN), declared=True) == ()


def test_signing_in_again_is_a_point_among_the_others_7061(california: Pack) -> None:
    wanted = required(california, Kind.DELETE, has_account=True)

    assert lacking(wanted, (LOGIN, MAILBOX), declared=False) == ()
    assert lacking(wanted, (LOGIN,), declared=False) == (Lack.POINTS,)


def test_a_law_that_says_nothing_of_accounts_asks_nobody_to_sign_in(california: Pack) -> None:
    assert not required(replace(california, duties=()), Kind.DELETE, has_account=True).login


@pytest.mark.parametrize("kind", VERIFIED)
def test_an_agent_shows_a_permission_first_7063(california: Pack, kind: Kind) -> None:
    wanted = required(california, kind, requester=Requester.AGENT)
    points = (*TWO, "birth_year")

    assert lacking(wanted, points, declared=True) == (Lack.PERMISSION,)
    assert lacking(wanted, points, declared=True, permitted=True) == ()


@pytest.mark.parametrize("kind", FORBIDDEN)
@pytest.mark.parametrize("requester", Requester)
def test_an_opt_out_wants_nothing_of_nobody_7060_b(california: Pack, kind: Kind, requester: Requester) -> None:
    wanted = required(california, kind, requester=requester, has_account=True, sensitive=True)

    assert (wanted.permission, wanted.guardian, wanted.login) == (False, False, False)
    assert lacking(wanted, (), declared=False) == ()


def test_the_consumer_behind_an_agents_opt_out_is_never_asked_7063(california: Pack) -> None:
    direct = {kind: rule.direct_check for kind in Kind if (rule := agent_rule(california, kind))}

    assert direct == {**dict.fromkeys(VERIFIED, True), Kind.OPT_OUT: False, Kind.LIMIT: False}


def test_the_mailbox_of_an_agent_is_not_the_consumers_7063() -> None:
    shown = (MAILBOX, "phone", "declaration", "guardian")

    assert proving(shown, disputed=(), requester=Requester.AGENT) == {"phone"}
    assert proving(shown, disputed=(), requester=Requester.CONSUMER) == {MAILBOX, "phone"}


@pytest.mark.parametrize("kind", VERIFIED)
def test_a_parent_is_known_to_be_one_7070(california: Pack, kind: Kind) -> None:
    wanted = required(california, kind, requester=Requester.PARENT)
    points = (*TWO, "birth_year")

    assert lacking(wanted, points, declared=True) == (Lack.GUARDIAN,)
    assert lacking(wanted, points, declared=True, guardian=True) == ()


def test_a_law_without_a_rule_for_minors_checks_no_parent(california: Pack) -> None:
    assert not required(replace(california, figures=()), Kind.DELETE, requester=Requester.PARENT).guardian


def test_what_is_disputed_proves_nothing_7060_h() -> None:
    assert proving(TWO, disputed=("phone",), requester=Requester.CONSUMER) == {"order_number"}


def test_all_that_is_missing_is_told_in_its_order(california: Pack) -> None:
    wanted = required(california, Kind.DELETE, sensitive=True, requester=Requester.AGENT, has_account=True)

    assert lacking(wanted, (), declared=False) == (Lack.PERMISSION, Lack.LOGIN, Lack.POINTS, Lack.DECLARATION)


def test_deletion_and_correction_are_stricter_for_sensitive_data_7062_d(california: Pack) -> None:
    stricter = [kind for kind in Kind if is_stricter_where_sensitive(california, kind)]

    assert stricter == [Kind.DELETE, Kind.CORRECT]


def test_an_unverified_copy_is_evaluated_as_its_categories_7024_a(california: Pack) -> None:
    becomes = {kind: rule.becomes for kind in Kind if (rule := fallback(california, kind))}
    rule = fallback(california, Kind.KNOW_SPECIFIC)

    assert becomes == {Kind.KNOW_SPECIFIC: Kind.KNOW_CATEGORIES}
    assert rule is not None
    assert (rule.citation, rule.confirmed) == ("Cal. Code Regs. tit. 11, § 7024(a)", True)


def test_every_permission_has_its_words() -> None:
    assert {permission: permission.plain for permission in Permission} == {
        Permission.NONE: "no permission",
        Permission.SIGNED: "the consumer’s signed permission",
        Permission.POWER_OF_ATTORNEY: "a power of attorney",
        Permission.DIRECT: "the consumer’s own word to us",
    }
