"""The regulator's bundle: everything of a case, checkable by anybody, and written down before it leaves."""

from __future__ import annotations

import hashlib
import json
import re
import stat
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pyzipper
from sqlmodel import select

from store import desk, queries
from store.bundle import new_password, write_bundle
from store.errors import ConfigurationError, NoSuchCase
from store.ledger import Event
from store.models import DataKey, Mail, Post
from store.office import Office
from store.rules.kinds import Kind
from store.rules.outcomes import Outcome
from store.rules.requesters import Requester
from store.rules.states import PostKind
from store.values import Person
from tests.builders import ROSA, STAFF1, arrival, arrive, kept, letters, write_again

NAME = "Rosa Alvarez"
SENTENCE = "The content was destroyed when its time was up; the record remains."


@pytest.fixture
def worked(office: Office) -> Office:
    """PR-1001: an opt-out denied, a deletion open and extended."""
    case = arrive(office, (Kind.OPT_OUT, Kind.DELETE))
    opt_out, delete = (line.id for line in case.requests)
    desk.claim(office, case.ref, STAFF1)
    desk.extend(office, case.ref, delete, "The archive is slow.", STAFF1)
    write_again(office, case.ref, "Any news?")
    desk.resolve(office, case.ref, opt_out, Outcome.WITHDRAWN, STAFF1)
    return office


def bundle(office: Office, folder: Path, *refs: str, year: int | None = None) -> zipfile.ZipFile:
    path = folder / "bundle.zip"
    write_bundle(office, refs or ("PR-1001",), path, year=year)
    return zipfile.ZipFile(path)


def destroy(office: Office, *key_ids: str) -> None:
    with office.database.writing() as session:
        for key in session.exec(select(DataKey)):
            if not key_ids or key.id in key_ids:
                key.wrapped = None
                session.add(key)


def test_a_bundle_holds_the_mails_and_letters_byte_for_byte(worked: Office, tmp_path: Path) -> None:
    with bundle(worked, tmp_path) as archive:
        mails = [archive.read(name) for name in archive.namelist() if "/mails/" in name]
        sent = [archive.read(name) for name in archive.namelist() if "/letters/" in name]

    assert mails == [queries.raw_mail(worked, mail_id)[0] for mail_id in (1, 2)]
    assert len(sent) == len(letters(worked, "PR-1001")) == 3
    assert [
        str(letter["Message-ID"]).encode() in content
        for letter, content in zip(letters(worked, "PR-1001"), sent, strict=True)
    ]


def test_a_bundle_tells_each_request_and_why_its_dates_are_what_they_are(worked: Office, tmp_path: Path) -> None:
    with bundle(worked, tmp_path) as archive:
        told = archive.read("PR-1001/case.txt").decode()
        facts = json.loads(archive.read("PR-1001/case.json"))
    delete = facts["requests"][1]

    assert f"From: {NAME} <{ROSA}>" in told
    assert "to be answered by: 2027-04-12 (extended from 2027-02-26)" in told
    assert "respond by 2027-02-26: 45 days from receipt on 2027-01-12 (that day is day 0); Cal." in told
    assert "10 business days from receipt on 2027-01-12 (that day is day 0), leaving out weekends" in told
    assert "weekends and the holidays 2027-01-18; Cal." in told
    assert re.search(r"U0STAFF1: claimed", told)
    assert (delete["kind"], delete["outcome"], delete["extended_to"]) == ("delete", None, "2027-04-12")
    assert [clock["clock"] for clock in delete["clocks"]] == ["acknowledge", "respond", "extended"]
    assert all(clock["citation"] for clock in delete["clocks"])
    assert facts["consumer"] == {"name": NAME, "address": ROSA}
    assert facts["requests"][0]["outcome_in_words"] == Outcome.WITHDRAWN.plain


def test_a_refusal_is_told_with_its_basis_and_section(office: Office, tmp_path: Path) -> None:
    case = arrive(office)
    desk.claim(office, case.ref, STAFF1)
    desk.resolve(office, case.ref, case.requests[0].id, Outcome.DENIED, STAFF1, bases=["no_data"], note="Nothing.")
    with bundle(office, tmp_path) as archive:
        told = archive.read("PR-1001/case.txt").decode()
        (basis,) = json.loads(archive.read("PR-1001/case.json"))["requests"][0]["bases"]

    assert basis["id"] == "no_data"
    assert basis["citation"]
    assert f"because: {basis['title']} ({basis['citation']})" in told


def test_the_checksums_are_those_that_sha256sum_checks(worked: Office, tmp_path: Path) -> None:
    with bundle(worked, tmp_path) as archive:
        archive.extractall(tmp_path / "out")
    sums = (tmp_path / "out/SHA256SUMS").read_text().splitlines()
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file() and path.name != "SHA256SUMS"]

    assert len(sums) == len(files)
    for line in sums:
        digest, _, name = line.partition("  ")
        assert hashlib.sha256((tmp_path / "out" / name).read_bytes()).hexdigest() == digest


def test_the_program_in_the_readme_checks_a_ledger(worked: Office, tmp_path: Path) -> None:
    with bundle(worked, tmp_path) as archive:
        readme = archive.read("README.txt").decode()
        ledger = archive.read("PR-1001/ledger.jsonl")
    program = readme.partition("In Python:\n\n")[2].partition("\nThe seals:")[0]
    program = "\n".join(line.removeprefix("  ") for line in program.splitlines())
    (tmp_path / "ledger.jsonl").write_bytes(ledger)
    (tmp_path / "check.py").write_text(program)

    def run() -> int:
        return subprocess.run([sys.executable, "check.py"], cwd=tmp_path, capture_output=True, check=False).returncode

    assert run() == 0
    (tmp_path / "ledger.jsonl").write_bytes(ledger.replace(b"claimed", b"assigned"))
    assert run() == 1


def test_that_a_case_was_handed_out_is_in_its_ledger_its_thread_and_the_bundle(worked: Office, tmp_path: Path) -> None:
    with bundle(worked, tmp_path) as archive:
        lines = [json.loads(line) for line in archive.read("PR-1001/ledger.jsonl").splitlines()]
    last = queries.history(worked, "PR-1001")[-1]
    with worked.database.reading() as session:
        drawn = session.exec(select(Post.subject).where(Post.kind == PostKind.LINE)).all()

    assert (last.event, last.by, last.facts) == (Event.EXPORTED, "rightsdesk", {"what": "case"})
    assert str(last.id) in drawn
    assert lines[-1]["event"] == "exported"
    assert queries.audit(worked) == ()


def test_a_years_bundle_holds_the_cases_received_in_it_where_the_business_is(office: Office, tmp_path: Path) -> None:
    new_year = datetime(2027, 1, 1, 8, tzinfo=UTC)  # midnight in Los Angeles
    arrive(office, at=new_year - timedelta(minutes=1))
    arrive(office, at=new_year)
    arrive(office)
    refs = queries.received_in(office, 2027)
    with bundle(office, tmp_path, *refs, year=2027) as archive:
        folders = {name.split("/")[0] for name in archive.namelist() if "/" in name}
        readme = archive.read("README.txt").decode()
    with office.database.reading() as session:
        drawn = session.exec(select(Post.subject).where(Post.kind == PostKind.LINE)).all()
    last = queries.history(office, "PR-1002")[-1]

    assert queries.received_in(office, 2026) == ("PR-1001",)
    assert folders == set(refs) == {"PR-1002", "PR-1003"}
    assert "2 cases received in 2027" in readme
    assert (last.event, last.facts) == (Event.EXPORTED, {"what": "2027"})
    assert str(last.id) not in drawn  # a year's cases would flood the channel


def test_an_encrypted_bundle_opens_with_its_password_only(worked: Office, tmp_path: Path) -> None:
    path, password = tmp_path / "bundle.zip", new_password()
    digest = write_bundle(worked, ["PR-1001"], path, password=password)
    with pyzipper.AESZipFile(path) as archive:
        names = archive.namelist()
        with pytest.raises(RuntimeError, match="password"):
            archive.read("PR-1001/case.txt")
        with pytest.raises(RuntimeError, match="password"):
            archive.read("PR-1001/case.txt", pwd=b"another")
        opened = archive.read("PR-1001/case.txt", pwd=password.encode()).decode()
        bits = {each.wz_aes_strength * 64 + 64 for each in archive.infolist()}

    assert ROSA in opened
    assert bits == {256}
    assert ROSA.encode() not in path.read_bytes()
    assert "rosa" not in " ".join(names).lower()
    assert digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert re.fullmatch(r"([2-9A-HJ-NP-Z]{5}-){5}[2-9A-HJ-NP-Z]{5}", password)


def test_only_its_owner_may_read_a_bundle(worked: Office, tmp_path: Path) -> None:
    bundle(worked, tmp_path).close()

    assert stat.S_IMODE((tmp_path / "bundle.zip").stat().st_mode) == 0o600


def test_no_file_is_overwritten_and_nothing_half_done_is_left(worked: Office, tmp_path: Path) -> None:
    there = tmp_path / "there.zip"
    there.write_text("something else")

    with pytest.raises(ConfigurationError, match="it is there already"):
        write_bundle(worked, ["PR-1001"], there)
    with pytest.raises(NoSuchCase):
        write_bundle(worked, ["PR-1001", "PR-1099"], tmp_path / "new.zip")
    with pytest.raises(ConfigurationError, match="new file in a folder"):
        write_bundle(worked, ["PR-1001"], tmp_path / "nowhere" / "new.zip")
    assert [each.name for each in tmp_path.glob("*.zip*")] == ["there.zip"]
    assert there.read_text() == "something else"
    assert list(tmp_path.glob(".*.zip*")) == []


def test_where_the_bytes_of_a_mail_were_destroyed_what_was_read_of_it_is_enclosed(
    worked: Office, tmp_path: Path
) -> None:
    with worked.database.writing() as session:
        mail = session.get_one(Mail, 2)
        mail.raw, mail.raw_destroyed_at = b"", worked.clock()
        session.add(mail)
    with bundle(worked, tmp_path) as archive:
        assert archive.read("PR-1001/mails/2.txt").decode() == "Any news?"
        assert archive.read("PR-1001/mails/1.eml")


def test_where_the_content_was_destroyed_one_sentence_says_so_and_the_record_is_there(
    worked: Office, tmp_path: Path
) -> None:
    destroy(worked)
    with worked.database.writing() as session:
        for mail in session.exec(select(Mail)):
            mail.raw, mail.destroyed_at = b"", worked.clock()
            mail.reading = mail.reading if mail.id == 1 else None
            session.add(mail)
    with bundle(worked, tmp_path) as archive:
        told = archive.read("PR-1001/case.txt").decode()
        contents = [
            archive.read(name).decode() for name in archive.namelist() if "/mails/" in name or "/letters/" in name
        ]
        facts = json.loads(archive.read("PR-1001/case.json"))

    assert contents == [SENTENCE] * 5
    assert "From: the content was destroyed" in told
    assert facts["consumer"] is None
    assert len(facts["requests"]) == 2
    assert queries.audit(worked) == ()


def test_a_case_of_an_agents_list_says_for_whom_it_is_and_encloses_the_letter(office: Office, tmp_path: Path) -> None:
    people = (Person("Jane Roe", "jane@example.com"), Person("John Roe", "john@example.com"))
    arrived = replace(arrival((Kind.DELETE,), sender="agent@agents.example"), requester=Requester.AGENT, people=people)
    mail_id = kept(office, arrived)
    desk.hold(office, mail_id, arrived, reason="An agent asks for 2 people.")
    desk.open_each(office, mail_id, STAFF1)
    with bundle(office, tmp_path, "PR-1002") as archive:
        told = archive.read("PR-1002/case.txt").decode()
        enclosed = archive.read(f"PR-1002/mails/{mail_id}.eml")

    assert "On behalf of: John Roe <john@example.com>" in told
    assert "Linked to: PR-1001" in told
    assert enclosed == queries.raw_mail(office, mail_id)[0]


def test_what_leaves_as_a_whole_stands_in_the_desks_own_chain(office: Office) -> None:
    desk.note_export(office, "ledger")
    desk.note_export(office, "2027", 12)
    told = [json.loads(line["facts"]) for line in queries.ledger_lines(office)]

    assert told == [{"what": "ledger"}, {"cases": 12, "what": "2027"}]
