"""The one way in, whatever the road."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.mime import content_hash
from intake.receive import Incoming, receive, receive_all
from intake.settings import ImapMailbox, IntakeSettings
from store import queries
from store.errors import ConfigurationError
from store.office import Office
from store.settings import Business, load
from tests.mailing import INBOX, ROSA, mail


def test_the_bytes_and_the_envelope_come_back_as_they_were(any_office: Office) -> None:
    raw = mail() + bytes(range(256))
    kept = receive(any_office, raw, road="smtp", sender=ROSA, recipients=(INBOX,), received_at=any_office.clock())

    assert not kept.known
    assert queries.raw_mail(any_office, kept.mail_id) == (
        raw,
        {"sender": ROSA, "recipients": [INBOX], "lacking": ""},
    )


def test_neither_bytes_nor_envelope_stand_readable_in_the_file(office: Office, tmp_path: Path) -> None:
    receive(office, mail(), road="smtp", sender=ROSA, recipients=(INBOX,), received_at=office.clock())
    written = b"".join(file.read_bytes() for file in tmp_path.glob("rightsdesk.db*"))

    assert b"mail" in written
    assert b"rosa" not in written.lower()
    assert b"delete my account" not in written


def test_the_first_road_stays_and_the_second_is_known(any_office: Office) -> None:
    raw = mail()
    kept = [
        receive(any_office, raw, road=road, sender=None, recipients=(), received_at=any_office.clock())
        for road in ("box", "smtp")
    ]

    assert [each.known for each in kept] == [False, True]
    assert kept[0].mail_id == kept[1].mail_id


@given(st.binary(max_size=2000))
def test_every_sequence_of_bytes_has_a_hash_to_be_known_by(raw: bytes) -> None:
    assert len(content_hash(raw)) == 64


def test_several_at_once_are_each_kept_as_one_alone_would_be(any_office: Office) -> None:
    raw = mail()
    said = {"sender": ROSA, "recipients": (INBOX,), "received_at": any_office.clock()}
    kept = receive_all(
        any_office,
        [
            Incoming(raw=raw, road="smtp", **said),
            Incoming(raw=b"Received: by another road\r\n" + raw, road="box", **said),
            Incoming(raw=mail(), road="smtp", **said, lacking="It is too large."),
        ],
    )

    assert [each.known for each in kept] == [False, True, False]
    assert kept[0].mail_id == kept[1].mail_id
    assert queries.raw_mail(any_office, kept[2].mail_id)[1]["lacking"] == "It is too large."


class TestSettings:
    def test_the_businesss_inbox_is_always_ours(self) -> None:
        said = load(IntakeSettings, {"intake": {"inboxes": ["DSAR@shop.test"]}})

        assert said.addresses(load(Business)) == {"dsar@shop.test", "privacy@shop.test"}

    @pytest.mark.parametrize("secrets", [{}, {"password": "x", "password_file": "y"}])
    def test_a_mailbox_has_one_password_and_not_two(self, secrets: dict[str, str]) -> None:
        with pytest.raises(ConfigurationError, match="give one of password"):
            ImapMailbox.model_validate({"host": "mail.shop.test", "user": "privacy", **secrets})

    def test_a_password_is_read_from_its_file_when_it_is_needed(self, tmp_path: Path) -> None:
        file = tmp_path / "password"
        file.write_text("open sesame\n")
        mailbox = ImapMailbox(host="mail.shop.test", user="privacy", password_file=file)

        assert mailbox.secret() == "open sesame"
        assert "sesame" not in repr(mailbox)

    def test_a_key_that_does_not_exist_is_told(self) -> None:
        with pytest.raises(ConfigurationError, match=r"intake\.smtp_prot"):
            load(IntakeSettings, {"intake": {"smtp_prot": 25}})

    @pytest.mark.parametrize(
        ("said", "told"),
        [
            ({"auth_user": "relay"}, r"intake\.auth_user = relay: give it either auth_password or auth_password_file"),
            (
                {"auth_user": "relay", "auth_password": "x", "auth_password_file": "y", "tls_certificate": "z"},
                r"intake\.auth_user = relay: give it either",
            ),
            ({"auth_user": "relay", "auth_password": "x"}, r"intake\.auth_user = relay: set tls_certificate too"),
            ({"auth_password": "sesame"}, r"intake\.auth_password = \(set\): set auth_user too"),
        ],
    )
    def test_a_sign_in_that_cannot_work_is_told_with_its_mend(self, said: dict[str, str], told: str) -> None:
        with pytest.raises(ConfigurationError, match=told) as refused:
            load(IntakeSettings, {"intake": said})

        assert "sesame" not in str(refused.value)
