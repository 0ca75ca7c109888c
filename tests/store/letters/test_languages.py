"""Every letter in every language: whole, plain, and in the language of whoever wrote."""

from __future__ import annotations

import os
import re
from importlib import resources
from pathlib import Path

import pytest

from store import desk
from store.letters import compose, contexts
from store.letters.samples import BASIS, Context, frame, samples
from store.letters.wording import BASES, LANGUAGES, WORDS, ground, shipped, spoken
from store.office import Office
from store.rules.kinds import Kind
from store.rules.outcomes import Outcome
from store.rules.requesters import Requester
from store.settings import Business
from tests.builders import STAFF1, arrive, letters
from tests.store.letters.reading_age import english_grade, english_syllables, spanish_ease, spanish_syllables

GOLDEN = Path(__file__).parent / "golden_samples"
EVERY = [(name, language) for name in samples() for language in LANGUAGES]
HIGHEST_GRADE = 8.0
"""What the eighth school year reads: plain enough for nearly every adult."""
LOWEST_EASE = 70.0
"""Fernández Huerta's "somewhat easy"."""


def written(name: str, language: str, context: Context) -> str:
    return compose(name, language, frame(Business(address="1 Main Street\nSpringfield")), dict(context)).body


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_the_first_and_the_last_sample_of_each_letter_read_as_they_should(name: str, language: str) -> None:
    given = samples()[name]
    ends = given if len(given) == 1 else (given[0], given[-1])
    text = "\n==========\n".join(written(name, language, context) for context in ends)

    golden = GOLDEN / language / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_every_folder_of_letters_has_samples_and_every_golden_file_is_used() -> None:
    folders = {each.name for each in resources.files("store.letters").iterdir() if each.is_dir()}

    assert folders - {"frame", "__pycache__"} == set(samples())
    assert {file.relative_to(GOLDEN) for file in GOLDEN.rglob("*.txt")} == {
        Path(language) / f"{name}.txt" for name, language in EVERY
    }


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_every_sample_of_every_letter_is_whole_and_tidy(name: str, language: str) -> None:
    for context in samples()[name]:
        text = written(name, language, context)

        assert not re.search(r"\n\n\n|[{}]|[ \t]\n|None|Undefined|\S {2,}\S|\.\.|\( ", text), text
        assert text.startswith({"en": "Hello,\n\n", "es": "Hola:\n\n"}[language])
        assert "Example Shop\n" in text
        assert "\n1 Main Street\nSpringfield\n\n--\n" in text
        assert text.endswith("https://shop.test/privacy\n")


@pytest.mark.parametrize("name", samples())
def test_an_english_letter_is_read_with_ease_in_the_eighth_school_year(name: str) -> None:
    grades = [english_grade(written(name, "en", context)) for context in samples()[name]]

    assert max(grades) <= HIGHEST_GRADE


@pytest.mark.parametrize("name", samples())
def test_a_spanish_letter_is_somewhat_easy_or_easier(name: str) -> None:
    eases = [spanish_ease(written(name, "es", context)) for context in samples()[name]]

    assert min(eases) >= LOWEST_EASE


def test_the_measure_of_reading_age_knows_hard_from_easy() -> None:
    hard = (
        "Notwithstanding the aforementioned provisions, the organization shall effectuate the verification of "
        "authentication documentation prior to communicating individualized determinations."
    )
    dificil = (
        "Sin perjuicio de las disposiciones anteriormente mencionadas, la organización efectuará la verificación de "
        "la documentación acreditativa con anterioridad a la comunicación de las determinaciones individualizadas."
    )

    assert english_grade(hard) > 20
    assert english_grade("We got your note. We will write to you soon.") < 3
    assert spanish_ease(dificil) < 20
    assert spanish_ease("Leímos su carta. Le vamos a escribir pronto.") > 80


@pytest.mark.parametrize(
    ("word", "syllables"),
    [("request", 2), ("delete", 2), ("information", 4), ("asked", 1), ("people", 2), ("decided", 3), ("companies", 3)],
)
def test_the_syllables_of_english_words(word: str, syllables: int) -> None:
    assert english_syllables(word) == syllables


@pytest.mark.parametrize(
    ("word", "syllables"),
    [("quién", 1), ("día", 2), ("solicitud", 4), ("información", 4), ("guardar", 2), ("ley", 1), ("leer", 2), ("y", 1)],
)
def test_the_syllables_of_spanish_words(word: str, syllables: int) -> None:
    assert spanish_syllables(word) == syllables


class TestInSpanish:
    def test_who_writes_in_spanish_is_answered_in_spanish(self, office: Office) -> None:
        case = desk.claim(office, arrive(office, [Kind.OPT_OUT], language="es").ref, STAFF1)
        desk.resolve(office, case.ref, case.requests[0].id, Outcome.COMPLIED_IN_FULL, STAFF1)
        first, second = (letter.get_content() for letter in letters(office, case.ref))

        assert "Recibimos su solicitud el 12 de enero de 2027" in first
        assert "a más tardar el 3 de febrero de 2027" in first
        assert "Aplicamos su decisión el 12 de enero de 2027" in second

    def test_a_letter_without_a_subject_of_hers_has_a_spanish_one(self) -> None:
        draft = compose("reply", "es", frame(Business(), subject=""), contexts.reply("Sí."))

        assert draft.subject == "Re: Su solicitud de privacidad [PR-1001]"

    @pytest.mark.parametrize(("language", "answered"), [("es", "es"), ("en", "en"), ("de", "en"), ("", "en")])
    def test_each_language_has_its_letters(self, language: str, answered: str) -> None:
        assert spoken(language) == answered

    def test_both_languages_have_words_for_the_same_things(self) -> None:
        for name in (WORDS, BASES):
            english, spanish = (shipped(name, language) for language in LANGUAGES)

            assert english.keys() == spanish.keys()
            assert [row.keys() for row in english.values() if isinstance(row, dict)] == [
                row.keys() for row in spanish.values() if isinstance(row, dict)
            ]

    def test_every_right_and_every_outcome_has_words(self) -> None:
        assert shipped(WORDS, "es").keys() == {*Kind, "outcomes"}
        assert shipped(WORDS, "es")["outcomes"].keys() == set(Outcome)


class TestGrounds:
    def test_every_basis_of_every_law_has_words_in_every_language(self, office: Office) -> None:
        bases = {basis.id for law in office.laws.names for basis in office.pack(law).bases}

        for language in LANGUAGES:
            assert bases <= shipped(BASES, language).keys()

    def test_a_ground_is_told_in_the_language_with_its_citation(self) -> None:
        english, spanish = (ground(BASIS, language) for language in LANGUAGES)

        assert english == "We looked, and found no personal information about you. (Example Code § 1)"
        assert spanish == "Buscamos, y no encontramos datos personales de usted. (Example Code § 1)"

    def test_a_ground_that_no_letter_has_words_for_is_told_in_its_packs_words(self) -> None:
        from dataclasses import replace

        own = replace(BASIS, id="their_own", title="a ground of their own", citation="none: nowhere")

        assert ground(own, "es") == "A ground of their own."


class TestWhoWrites:
    def test_an_agent_is_told_whom_our_letters_mean_and_what_may_be_asked_for(self, office: Office) -> None:
        """Section 7063: the consumer's signed permission may be asked for."""
        (letter,) = letters(office, arrive(office, [Kind.DELETE], requester=Requester.AGENT).ref)

        assert "You write for somebody else." in letter.get_content()
        assert "a permission that the person you write for has signed" in letter.get_content()

    def test_an_agent_is_asked_for_no_permission_where_the_law_has_none(self, office: Office) -> None:
        (letter,) = letters(office, arrive(office, [Kind.ADMT_OPT_OUT], requester=Requester.AGENT).ref)

        assert "You write for somebody else." in letter.get_content()
        assert "permission" not in letter.get_content()

    def test_a_parent_is_told_that_we_may_check_it(self, office: Office) -> None:
        """Section 7070."""
        (letter,) = letters(office, arrive(office, [Kind.DELETE], requester=Requester.PARENT).ref)

        assert "the child’s parent or guardian" in letter.get_content()

    def test_a_parent_is_not_checked_for_an_opt_out(self, office: Office) -> None:
        """Section 7060(b): nobody verifies an opt-out."""
        (letter,) = letters(office, arrive(office, [Kind.OPT_OUT], requester=Requester.PARENT).ref)

        assert "guardian" not in letter.get_content()

    def test_the_consumer_reads_nothing_of_agents_or_children(self, office: Office) -> None:
        (letter,) = letters(office, arrive(office, [Kind.DELETE]).ref)

        assert not re.search(r"permission|child|somebody else", letter.get_content())


class TestWhatALetterMustSay:
    def test_a_deletion_that_was_done_says_that_a_record_is_kept(self) -> None:
        """Section 7022(e)."""
        for name in ("complied_in_full", "complied_in_part"):
            (context,) = [each for each in samples()[name] if each["line"].kind is Kind.DELETE and each["note"]]

            assert "keep a short record that you asked" in written(name, "en", context)
            assert "guardar una nota breve de lo que usted pidió" in written(name, "es", context)

    def test_a_refused_deletion_offers_the_opt_out(self) -> None:
        """Section 7022(g)."""
        context = samples()["denied"][-1]

        assert "not to sell or share your personal information" in written("denied", "en", context)
        assert "no vendamos ni compartamos sus datos personales" in written("denied", "es", context)

    def test_a_refusal_says_how_to_appeal_and_where_to_complain_if_the_law_says_so(self) -> None:
        """Section 5 of law.md: appeal instructions in every refusal."""
        with_appeal, without = samples()["denied"][0], samples()["denied"][-1]

        assert "You can appeal. Reply to this e-mail" in written("denied", "en", with_appeal)
        assert "You can also complain to the Attorney General." in written("denied", "en", with_appeal)
        assert "Puede apelar. Responda a este correo" in written("denied", "es", with_appeal)
        assert "appeal" not in written("denied", "en", without)
        assert "a person will look at it again" in written("denied", "en", without)
