# ruff: noqa: RUF001 - letters and colons of other scripts are the very matter here

from __future__ import annotations

import pytest

from intake.quotes import split

ATTRIBUTIONS = [
    "On Mon, Nov 2, 2026 at 9:14 AM Harbour <privacy@harbour.example> wrote:",
    "On Mon, Nov 2, 2026 at 9:14 AM Harbour Privacy\n<privacy@harbour.example> wrote:",
    "El lun, 2 nov 2026 a las 9:14, Harbour (<privacy@harbour.example>) escribió:",
    "Am Mo., 2. Nov. 2026 um 09:14 Uhr schrieb Harbour <privacy@harbour.example>:",
    "Le lun. 2 nov. 2026 à 09:14, Harbour <privacy@harbour.example> a écrit :",
    "Em seg., 2 de nov. de 2026 às 09:14, Harbour <privacy@harbour.example> escreveu:",
    "Il giorno lun 2 nov 2026 alle ore 09:14 Harbour <privacy@harbour.example> ha scritto:",
    "Op ma 2 nov 2026 om 09:14 schreef Harbour <privacy@harbour.example>:",
    "Den mån 2 nov. 2026 kl 09:14 skrev Harbour <privacy@harbour.example>:",
    "pon., 2 lis 2026 o 09:14 Harbour <privacy@harbour.example> napisał(a):",
    "пн, 2 нояб. 2026 г. в 09:14, Harbour <privacy@harbour.example>:",
    "пн, 2 лист. 2026 р. о 09:14 Harbour <privacy@harbour.example> пише:",
    "Harbour <privacy@harbour.example>, 2 Kas 2026 Pzt, 09:14 tarihinde şunu yazdı:",
    "Harbour <privacy@harbour.example> 于2026年11月2日周一 09:14写道：",
    "2026年11月2日(月) 9:14 Harbour <privacy@harbour.example>:",
    "2026년 11월 2일 (월) 오전 9:14, Harbour <privacy@harbour.example>님이 작성:",
    "Vào Th 2, 2 thg 11, 2026 vào lúc 09:14 Harbour <privacy@harbour.example> đã viết:",
    "From: Harbour <privacy@harbour.example>\nSent: Monday, November 2, 2026 9:14 AM\nTo: Rosa\nSubject: Code",
    "________________________________\nFrom: Harbour\nSent: Monday, November 2, 2026 9:14 AM\nTo: Rosa\nSubject: Code",
    "Von: Harbour\nGesendet: Montag, 2. November 2026 09:14\nAn: Rosa\nBetreff: Code",
    "De : Harbour\nEnvoyé : lundi 2 novembre 2026 09:14\nÀ : Rosa\nObjet : Code",
    "发件人: Harbour\n发送时间: 2026年11月2日 9:14\n收件人: Rosa\n主题: Code",
    "-----Original Message-----\nFrom: Harbour\nSent: Monday",
]


@pytest.mark.parametrize("header", ATTRIBUTIONS)
def test_what_stands_above_a_quote_is_the_reply(header: str) -> None:
    found = split(f"The code is nine.\nIt came today.\n\n{header}\n\nPlease send the code.\n")

    assert found.reply == "The code is nine.\nIt came today."
    assert "Please send the code." in found.quoted


@pytest.mark.parametrize("header", ATTRIBUTIONS[:17])
def test_what_stands_below_a_marked_quote_is_the_reply_too(header: str) -> None:
    found = split(f"{header}\n\n> Please send the code.\n\nThe code is nine.\n")

    assert found.reply == "The code is nine."


@pytest.mark.parametrize(
    ("text", "signature"),
    [
        ("Erase it.\n-- \nRosa", "-- \nRosa"),
        ("Erase it.\n\nBest regards,\nRosa Quill\n555-0100", "Best regards,\nRosa Quill\n555-0100"),
        ("Erase it.\n\nSaludos cordiales,\nAna", "Saludos cordiales,\nAna"),
        ("Erase it.\n\nSent from my iPhone", "Sent from my iPhone"),
        ("Erase it.\n\nVon meinem iPhone gesendet", "Von meinem iPhone gesendet"),
        ("Erase it.\n\n-Rosa", "-Rosa"),
        ("Erase it.\n\nThis e-mail and any files are confidential.", "This e-mail and any files are confidential."),
    ],
)
def test_a_signature_is_told_from_the_words_above_it(text: str, signature: str) -> None:
    found = split(text)

    assert (found.reply, found.signature) == ("Erase it.", signature)


@pytest.mark.parametrize(
    "text",
    [
        "Thanks",
        "Sent from my desk, which is easier than my phone.",
        "On Monday I wrote:\nplease erase it",
        "A fix -- this is no signature.",
        "Date: Monday\nPlace: Fresno",
        "Look here\n>>> https://shop.example <<<\nand there",
    ],
)
def test_a_person_s_own_words_are_not_taken_for_a_quote_or_a_signature(text: str) -> None:
    assert split(text).reply == text


def test_a_forwarded_mail_tells_its_sender_date_and_subject() -> None:
    found = split(
        "fyi\n\n-------- Weitergeleitete Nachricht --------\nBetreff: Löschung\nDatum: Mo, 2. Nov 2026\n"
        "Von: Ivo <ivo@brandt.example>\nAn: info\n\nBitte löschen."
    )

    assert found.reply == "fyi"
    assert found.forwarded is not None
    assert found.forwarded.sender == "Ivo <ivo@brandt.example>"
    assert (found.forwarded.date, found.forwarded.subject) == ("Mo, 2. Nov 2026", "Löschung")
    assert found.forwarded.text == "Bitte löschen."
