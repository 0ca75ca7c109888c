"""A consumer's own word, from the mail to the letter: who may say it, and whose word is not obeyed."""

from __future__ import annotations

from email.message import EmailMessage

from intake.settings import IntakeSettings
from store import queries
from store.office import Office
from store.rules.lifecycle import Status
from store.rules.outcomes import Outcome
from store.rules.states import MailState
from store.settings import load
from tests.builders import letters
from tests.intake.taking import take
from tests.mailing import STRANGER, mail

TRUSTING = load(IntakeSettings, {"intake": {"trusted_hosts": ["mx.shop.test"]}})


def said(office: Office, text: str, **headers: str) -> str:
    """Rosa answers our newest letter; gives what became of her mail."""
    newest = letters(office, "PR-1001")[-1]
    quoted = "\n".join(f"> {line}" for line in words(newest).splitlines())
    told = "On Tue, Jan 12, 2027 at 10:00 AM Example Shop <privacy@shop.test> wrote:"
    raw = mail(f"{text}\n\n{told}\n{quoted}", In_Reply_To=newest["Message-ID"], **headers)
    return take(office, raw, settings=TRUSTING).state


def words(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def names(office: Office) -> list[str]:
    return [line.facts["letter"] for line in queries.history(office, "PR-1001") if line.event == "letter written"]


def test_rosa_asks_how_far_it_is_and_is_told(any_office: Office) -> None:
    take(any_office, mail())
    became = said(any_office, "Status?")
    case = queries.case(any_office, "PR-1001")

    assert (became, case.status) == (MailState.ATTACHED, Status.NEW)
    assert names(any_office) == ["acknowledgement", "status"]
    assert "February 26, 2027" in words(letters(any_office, "PR-1001")[-1])


def test_rosa_takes_it_back_in_one_word(any_office: Office) -> None:
    take(any_office, mail())
    said(any_office, "Cancel my request, please.")
    case = queries.case(any_office, "PR-1001")

    assert (case.status, [line.outcome for line in case.requests]) == (Status.CLOSED, [Outcome.WITHDRAWN])
    assert names(any_office) == ["acknowledgement", "cancelled"]


def test_who_writes_in_spanish_cancels_in_spanish(office: Office) -> None:
    take(office, mail("Hola, por favor eliminen todos mis datos personales de sus sistemas. Gracias, Rosa"))
    said(office, "Cancelar")

    assert queries.case(office, "PR-1001").status is Status.CLOSED


def test_whose_sender_dmarc_refutes_cancels_nothing(office: Office) -> None:
    take(office, mail())
    forged = "mx.shop.test; dmarc=fail header.from=example.net"
    became = said(office, "cancel", Authentication_Results=forged)
    case = queries.case(office, "PR-1001")

    assert (became, case.status) == (MailState.HELD, Status.NEW)
    assert names(office) == ["acknowledgement"]


def test_a_stranger_with_the_letter_cancels_nothing(office: Office) -> None:
    take(office, mail())
    newest = letters(office, "PR-1001")[-1]
    taken = take(office, mail("cancel", sender=STRANGER, In_Reply_To=newest["Message-ID"]), sender=STRANGER)

    assert (taken.state, queries.case(office, "PR-1001").status) == (MailState.HELD, Status.NEW)


def test_cancelling_the_account_is_no_cancelling_of_the_request(office: Office) -> None:
    take(office, mail())
    said(office, "Cancel my account at once")

    assert queries.case(office, "PR-1001").status is Status.NEW
