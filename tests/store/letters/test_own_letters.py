"""A business's own letters: they win over ours, and none that could not be written gets past the start."""

from __future__ import annotations

from pathlib import Path

import pytest

from store import desk
from store.errors import ConfigurationError
from store.letters import check_letters, compose, contexts
from store.letters.checks import MOST_BYTES, NEEDED
from store.letters.samples import BASIS, frame, samples
from store.letters.wording import ground, words
from store.office import Office
from store.rules.kinds import Kind
from store.settings import Business
from tests.builders import STAFF1, StillClock, arrive, letters, office_at


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "letters"
    made.mkdir()
    return made


def put(folder: Path, file: str, text: str) -> Business:
    """A business with that file in its folder of letters."""
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return Business(letters_folder=folder)


def fault(business: Business) -> str:
    """What is said at start."""
    with pytest.raises(ConfigurationError) as refused:
        check_letters(business)
    return str(refused.value)


class TestWinOverOurs:
    def test_a_letter_of_theirs_is_sent_and_the_others_are_ours(self, folder: Path, tmp_path: Path) -> None:
        business = put(folder, "reply/en/body.txt", "Dear customer of {{ business.name }},\n{{ text }}")
        office = office_at(f"sqlite:///{tmp_path}/own.db", StillClock(), business)
        case = desk.claim(office, arrive(office).ref, STAFF1)
        desk.reply(office, case.ref, "Soon.", STAFF1)
        acknowledgement, reply = (letter.get_content() for letter in letters(office, case.ref))
        office.close()

        assert "We received your request on" in acknowledgement
        assert "Dear customer of Example Shop,\r\nSoon." in reply

    def test_their_words_for_a_right_and_a_ground_are_used(self, folder: Path) -> None:
        put(folder, "words.en.toml", '[delete]\nasks = "Erase your file"\n')
        put(folder, "bases.en.toml", 'no_data = "We have no file of yours."\ntheir_own = "The club rules say so."\n')

        assert words("en", folder)["delete"]["asks"] == "Erase your file"
        assert words("en", folder)["delete"]["does"] == "delete your personal information"
        assert ground(BASIS, "en", folder) == "We have no file of yours. (Example Code § 1)"

    def test_a_part_of_theirs_stands_in_every_letter_that_has_it(self, folder: Path) -> None:
        business = put(folder, "frame/en/feedback.txt", "How did we do?")
        check_letters(business)
        context = dict(samples()["opt_out_processed"][0])
        draft = compose("opt_out_processed", "en", frame(business), context, folder)

        assert "\nHow did we do?\n" in draft.body
        assert "<p>How did we do?</p>" in draft.html

    def test_a_page_of_theirs_is_the_html(self, folder: Path) -> None:
        business = put(
            folder, "frame/page.html", "<html lang='{{ language }}'><h1>{{ subject }}</h1>{{ content }}</html>"
        )
        check_letters(business)
        draft = compose("reply", "en", frame(business, "<b>"), contexts.reply("Soon."), folder)

        assert draft.html.startswith("<html lang='en'><h1>Re: &lt;b&gt; [PR-1001]</h1><p>Hello,</p>")

    def test_ours_are_all_right(self) -> None:
        check_letters(Business())

    def test_an_empty_folder_and_hidden_files_change_nothing(self, folder: Path) -> None:
        check_letters(put(folder, ".DS_Store", "x"))


class TestAtStart:
    def test_a_folder_that_is_not_there_is_told(self, tmp_path: Path) -> None:
        assert "there is no such folder" in fault(Business(letters_folder=tmp_path / "nowhere"))

    def test_the_store_does_not_open_with_a_broken_letter(self, folder: Path, tmp_path: Path) -> None:
        business = put(folder, "reply/en/body.txt", "{{ txet }}")

        with pytest.raises(ConfigurationError, match=r"business.letters_folder"):
            office_at(f"sqlite:///{tmp_path}/own.db", StillClock(), business)
        assert not (tmp_path / "own.db").exists()

    @pytest.mark.parametrize("language", ["en", "es"])
    @pytest.mark.parametrize("name", samples())
    def test_a_name_that_no_letter_is_given_is_told_with_the_file(self, folder: Path, name: str, language: str) -> None:
        named = " ".join(f"{{{{ {each} }}}}" for each in NEEDED.get(name, ()))
        said = fault(put(folder, f"{name}/{language}/body.txt", named + "{% if false %}{{ nickname }}{% endif %}"))

        assert f"{folder}/{name}/{language}/body.txt" in said
        assert "there is no 'nickname'" in said

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("{{ text", "unexpected end of template"),
            ("{% if text %}", "Unexpected end of template"),
            ("{{ text | shout }}", "No filter named 'shout'"),
            ("{{ text.nothing }}", "has no attribute 'nothing'"),
            ("{{ text }}{{ words.nothing }}", "has no attribute 'nothing'"),
            ("{{ text }}{{ 1 / 0 }}", "division by zero"),
            ("{{ text | day }}", "has no attribute"),
            ("{{ text }}{% include 'frame/en/nothing.txt' %}", "nothing.txt"),
        ],
    )
    def test_a_letter_that_cannot_be_written_is_told_with_its_fault(self, folder: Path, text: str, why: str) -> None:
        said = fault(put(folder, "reply/en/body.txt", text))

        assert f"{folder}/reply/en/body.txt" in said
        assert why in said

    @pytest.mark.parametrize("name", NEEDED)
    def test_a_letter_that_leaves_out_what_the_consumer_has_to_be_told_is_refused(
        self, folder: Path, name: str
    ) -> None:
        said = fault(put(folder, f"{name}/es/body.txt", "Hola."))

        assert "which the consumer has to be told" in said

    def test_a_letter_that_is_not_in_utf_8_is_told(self, folder: Path) -> None:
        business = put(folder, "reply/es/body.txt", "")
        (folder / "reply/es/body.txt").write_bytes("Señora, {{ text }}".encode("latin-1"))

        assert f"{folder}/reply/es/body.txt" in fault(business)

    @pytest.mark.parametrize("file", ["replies/en/body.txt", "reply/fr/body.txt", "reply/en/body.html", "note.txt"])
    def test_a_file_that_no_letter_is_made_of_is_told(self, folder: Path, file: str) -> None:
        assert "no letter is made of it" in fault(put(folder, file, "x"))

    def test_a_letter_of_absurd_length_is_refused(self, folder: Path) -> None:
        assert "larger than 64 KB" in fault(put(folder, "reply/en/body.txt", "{{ text }}" + " " * MOST_BYTES))

    @pytest.mark.parametrize(
        ("file", "text", "why"),
        [
            ("words.es.toml", "[delete", "this is no TOML"),
            ("words.es.toml", '[erase]\nasks = "x"', "there is no table 'erase'"),
            ("words.es.toml", 'delete = "x"', "there is no table 'delete'"),
            ("words.es.toml", '[delete]\naks = "x"', "[delete] has no key 'aks'"),
            ("words.es.toml", "[delete]\nasks = 7", "'asks' holds no words"),
            ("bases.es.toml", 'no_data = " "', "'no_data' holds no words"),
            ("bases.es.toml", '[no_data]\ntext = "x"', "'no_data' holds no words"),
        ],
    )
    def test_a_table_of_words_that_is_wrong_is_told(self, folder: Path, file: str, text: str, why: str) -> None:
        said = fault(put(folder, file, text))

        assert f"{folder}/{file}" in said
        assert why in said


def test_the_samples_lead_through_every_right(office: Office) -> None:
    assert {line.kind for context in samples()["acknowledgement"] for line in context["lines"]} == set(Kind)
    assert office.business.letters_folder is None
