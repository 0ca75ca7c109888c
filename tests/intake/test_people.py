"""Who writes, from where, and how soon staff should look."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from intake.triage import language
from intake.triage.clues import Said, lowered
from intake.triage.people import PHRASES, law_of, priority_of, role_of
from intake.triage.vocabulary import Vocabulary
from store.rules.requesters import Priority, Requester

_WORDS = Vocabulary(PHRASES)


def said(text: str) -> Said:
    low = lowered(text)
    return Said(text, low, _WORDS.found(low))


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("I am the executor of the estate of Joan Pike.", Requester.AGENT),
        ("Tengo poder notarial de mi madre.", Requester.AGENT),
        ("Im Namen von Frau Berg bitte ich um Auskunft.", Requester.AGENT),
        ("위임장을 첨부합니다.", Requester.AGENT),
        ("As her legal guardian I ask for her file.", Requester.PARENT),
        ("My son is nine. Delete his game account, he is 9.", Requester.PARENT),
        ("Sou mãe da Ana, apaguem as fotos dela.", Requester.PARENT),
        ("作为监护人我要求删除他的账号。", Requester.PARENT),
        ("I interviewed with you in May. Send me the notes.", Requester.EMPLOYEE),
        ("Je veux une copie de mon dossier du personnel.", Requester.EMPLOYEE),
        ("Em cần bảng chấm công, em nghỉ làm rồi.", Requester.EMPLOYEE),
        ("My daughter says you keep a page about me. Remove it.", Requester.CONSUMER),
    ],
)
def test_people_say_for_whom_they_write(text: str, role: Requester) -> None:
    found, words = role_of(said(text))

    assert found is role
    assert words in text


@pytest.mark.parametrize(
    ("text", "law"),
    [
        ("Erase me. Jo Ray, 9 Elm St, Sacramento, CA 95814", "us-ca"),
        ("I'm in Eugene, Oregon. Who got my data?", "us-or"),
        ("Vivo en Valladolid y quiero que borren mis datos.", "eu-gdpr"),
        ("Torrance에 사는 사람입니다.", "us-ca"),
        ("我住在洛杉矶。请删除我的资料。", "us-ca"),
        ("Taga-Daly City po ako.", "us-ca"),
        ("vivo en paterson nj, borren todo", "us-nj"),
        ("I live in Leeds, delete my data.", "uk-gdpr"),
        ("Under the CCPA, delete my data. I live in Albany, New York.", None),
        ("Under the GDPR send me my data. I live in Orlando, Florida.", "us-fl"),
        ("soy del turno de la tarde", None),
        ("My parcel was shipped to Chicago.", None),
    ],
)
def test_a_stated_home_decides_the_law(text: str, law: str | None) -> None:
    assert law_of(said(text))[0] == law


@pytest.mark.parametrize(
    ("text", "reason", "spoken"),
    [
        ("im 15, delete my account", "it concerns a minor", "im 15"),
        ("Delete my son's game account, he is 9.", "it concerns a minor", "son"),
        ("Tengo miedo, me andan siguiendo.", "fear for safety", "Tengo miedo"),
        ("Jemand hat auf meinen Namen ein Konto eröffnet.", "fraud is feared", "Namen"),
        ("Vou ao Procon.", "a lawyer or an authority is named", "Procon"),
        ("Use my fingerprint only for the door.", "sensitive data are at stake", "fingerprint"),
        ("This is the third time I ask.", "the writer is in a hurry or asks again", "third time"),
        ("Please delete my account.", "", ""),
    ],
)
def test_staff_are_told_why_something_cannot_wait_and_by_which_words(text: str, reason: str, spoken: str) -> None:
    priority, why, words = priority_of(said(text))

    assert why == reason
    assert spoken in words
    assert words in text
    assert priority is (Priority.HIGH if reason else Priority.MEDIUM)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("kiero borrar todo", "es"),
        ("¿Ya mero?", "es"),
        ("toi hom qua nhau xin roi viet bay", "vi"),
        ("لطفاً حساب من را پاک کنید", "fa"),
        ("asdf", "en"),
        ("tout effacer svp", "fr"),
    ],
)
def test_a_few_words_tell_their_language(text: str, code: str) -> None:
    assert language.of(text) == code


@pytest.mark.parametrize("unit", ["my son ", "live in ", "on behalf of ", "a ", "加州", "in Ca, CA ", "only for ", "x"])
def test_a_hostile_megabyte_is_read_in_no_time(unit: str) -> None:
    mail = said(unit * (1_000_000 // len(unit)))
    began = time.perf_counter()
    role_of(mail)
    law_of(mail)
    priority_of(mail)

    assert time.perf_counter() - began < 3


@pytest.mark.parametrize("seed", ["0", "1", "2", "3"])
def test_the_law_does_not_depend_on_the_order_in_which_python_hashes(seed: str) -> None:
    program = (
        "from intake.triage import triage; "
        "found = triage('', 'I live in Ontario, CA. Please delete my data.'); print(found.law, found.law_words)"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
    )

    assert told.stdout.startswith("us-ca ")
