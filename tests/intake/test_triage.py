from __future__ import annotations

import re

import pytest

from intake.triage import Meaning, triage
from intake.triage.languages import RULES
from intake.triage.rules import Rule
from store.rules.kinds import Kind
from store.rules.requesters import Priority, Requester

ASKED = [
    ("Please delete my account and everything you have on me, and stop selling my data.", {"delete", "opt_out"}),
    ("Can you please get rid of my account? thanks", {"delete"}),
    ("I would like my data to be deleted", {"delete"}),
    ("take me out of your system please, I never signed up", {"delete"}),
    ("I don't want you to have my data any more", {"delete"}),
    ("Why haven't you deleted my data yet?", {"delete"}),
    ("pls wipe my info off ur system", {"delete"}),
    ("don't send me a copy, just erase my data", {"delete"}),
    ("I do NOT want my account deleted, only a copy of my data.", {"know_specific"}),
    ("i want to see everything u have on me", {"know_specific"}),
    ("What personal data do you hold about me?", {"know_specific"}),
    ("Tell me the categories of personal information you collect.", {"know_categories"}),
    ("Who have you sold my data to?", {"know_categories"}),
    ("The address you have for me is incorrect.", {"correct"}),
    ("I changed my last name after marriage, please update my name in your files.", {"correct"}),
    ("STOP SELLING MY PERSONAL INFORMATION!!!!", {"opt_out"}),
    ("please quit giving my email to other companies", {"opt_out"}),
    ("Only use my sensitive information to provide the service.", {"limit"}),
    ("I opt out of automated decision-making", {"admt_opt_out"}),
    ("Explain how your algorithm made the decision to reject me", {"admt_access"}),
    ("I disagree with your decision to refuse my request.", {"appeal"}),
    ("I no longer want my data deleted, I changed my mind.", {"withdraw"}),
    ("Under Article 17 GDPR I write to you.", {"delete"}),
    ("This is about Civil Code 1798.120.", {"opt_out"}),
    ("Solicito que eliminen toda mi información personal.", {"delete"}),
    ("No quiero que borren mi cuenta, solo quiero una copia de mis datos", {"know_specific"}),
    ("Por favor dejen de vender mi información", {"opt_out"}),
    ("Bitte löschen Sie mein Konto und alle meine Daten.", {"delete"}),
    ("Merci de supprimer mon compte et toutes mes données.", {"delete"}),
    ("請刪除我的帳戶", {"delete"}),
    ("제 정보를 판매하지 마세요", {"opt_out"}),
    ("Xin đừng bán thông tin của tôi", {"opt_out"}),
    ("Pakibura po ang account ko", {"delete"}),
]
NOT_ASKED = [
    "Please remove item 4 from my cart and refund me",
    "Can you change the delivery address for order 8812?",
    "Please reset my password",
    "Please remove me from your email list",
    "I want to opt out of marketing emails",
    "Thanks for deleting my account so quickly!",
    "I accidentally deleted my account, can you restore it?",
    "We do not sell your personal information. Learn more in our privacy policy.",
    "Your account will be deleted in 24 hours unless you verify your identity. Click here to verify.",
    "If you are not the intended recipient, delete this e-mail and any copies of the data.",
    "Privacy Policy | Do Not Sell My Personal Information | Unsubscribe",
    "We offer a data deletion platform that helps businesses like yours. Book a demo!",
    "Yes, the code is 123456",
    "",
]


@pytest.mark.parametrize(("text", "kinds"), ASKED)
def test_the_rights_a_mail_invokes_are_found(text: str, kinds: set[str]) -> None:
    assert {found.kind for found in triage("", text).requests} == kinds


@pytest.mark.parametrize("text", NOT_ASKED)
def test_what_is_no_request_opens_none(text: str) -> None:
    found = triage("", text)

    assert found.requests == ()
    assert found.disposition is not Meaning.REQUEST
    assert found.reason


def test_whoever_wants_to_keep_an_account_does_not_ask_to_delete_it() -> None:
    found = triage("", "Please don't delete my account, I still need it")

    assert "delete" not in {each.kind for each in found.requests}


@pytest.mark.parametrize("text", [text for text, kinds in ASKED if kinds])
def test_evidence_stands_literally_in_the_mail(text: str) -> None:
    spans = [span for found in triage("", text).requests for span in found.evidence]

    assert spans
    assert all(span in text for span in spans)


def test_evidence_stands_where_it_stood_behind_a_letter_that_grows_in_lower_case() -> None:
    found = triage("İİ", "İpek here. Please DELETE MY ACCOUNT. I am a CALIFORNIA RESIDENT.")

    assert [each.evidence for each in found.requests] == [("DELETE MY ACCOUNT",)]
    assert (found.law, found.law_words) == ("us-ca", "CALIFORNIA RESIDENT")


def test_a_subject_alone_can_be_a_request() -> None:
    assert [found.kind for found in triage("Data deletion request", "My number is 4411.").requests] == ["delete"]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("My client, Jane Roe, requests deletion of her personal information.", Requester.AGENT),
        ("Please delete the account of my son and his data.", Requester.PARENT),
        ("As a former employee I request a copy of my data.", Requester.EMPLOYEE),
        ("En nombre de mi hermana pido que eliminen sus datos.", Requester.AGENT),
        ("Please delete my data.", Requester.CONSUMER),
        ("Hello?", Requester.UNCLEAR),
    ],
)
def test_who_writes_is_told_from_the_words(text: str, role: Requester) -> None:
    assert triage("", text).role is role


@pytest.mark.parametrize(
    ("text", "law"),
    [
        ("I am a California resident. Delete my data.", "us-ca"),
        ("I live in Texas. Delete my data.", "us-tx"),
        ("As a resident of the state of Oregon I ask for deletion of my data.", "us-or"),
        ("Vivo en Colorado. Borren mis datos.", "us-co"),
        ("Under the GDPR, delete my data.", "eu-gdpr"),
        ("Delete my data.", None),
    ],
)
def test_the_law_follows_the_residence_a_mail_states(text: str, law: str | None) -> None:
    assert triage("", text).law == law


@pytest.mark.parametrize(
    ("text", "priority"),
    [
        ("Delete my data. My lawyer will call you.", Priority.HIGH),
        ("My ex is stalking me. Delete my data.", Priority.HIGH),
        ("Delete my data.", Priority.MEDIUM),
        ("Where is my parcel?", Priority.LOW),
    ],
)
def test_what_cannot_wait_comes_first(text: str, priority: Priority) -> None:
    assert triage("", text).priority is priority


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Please send me a copy of all the data that you have on me.", "en"),
        ("Por favor envíenme una copia de todos los datos que tienen de mí.", "es"),
        ("Bitte senden Sie mir eine Kopie aller Daten, die Sie über mich haben.", "de"),
        ("Veuillez supprimer toutes mes données et fermer mon compte.", "fr"),
        ("Vui lòng xóa tất cả dữ liệu của tôi khỏi hệ thống.", "vi"),
        ("Прошу удалить мои персональные данные.", "ru"),
        ("Прошу видалити мої персональні дані.", "uk"),
        ("私のデータを削除してください。", "ja"),
        ("请删除我的个人信息。", "zh"),
        ("제 개인정보를 삭제해 주세요.", "ko"),
        ("Pakibura po ang lahat ng aking impormasyon sa inyong sistema.", "tl"),
    ],
)
def test_the_language_is_told(text: str, language: str) -> None:
    assert triage("", text).language == language


def test_every_rule_speaks_of_a_right_the_desk_knows_or_of_a_withdrawal() -> None:
    assert {rule.kind for rule in RULES} == {*Kind, "withdraw"}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.kind}: {min(rule.triggers)}")
def test_every_rule_s_pattern_compiles_and_matches_no_empty_text(rule: Rule) -> None:
    assert rule.pattern.search("") is None


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.kind}: {min(rule.triggers)}")
def test_every_rule_is_written_in_lower_case_like_the_text_it_is_tried_on(rule: Rule) -> None:
    written = "|".join((re.sub(r"\\[A-Z]", "", rule.source), *rule.triggers, *rule.also))

    assert written == written.lower()
