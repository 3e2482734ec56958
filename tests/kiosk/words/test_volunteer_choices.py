"""What is chosen for a volunteer has its word wherever it is shown, taken from a list or named by a guide."""

from typing import get_args

import pytest

from kiosk.desk.people.pages import MODES
from kiosk.desk.people.person_pages import GENDERS
from kiosk.words import import_headings
from kiosk.words.desk import people_en, people_zh_tw
from kiosk.words.desk.people_words import PeopleWords
from kiosk.words.languages import LANGUAGES
from kiosk.words.volunteer_words import Language
from tests.support.documents import read_document

SPOKEN: tuple[Language, ...] = get_args(Language)


@pytest.mark.parametrize("words", [people_zh_tw.PEOPLE, people_en.PEOPLE], ids=["Chinese", "English"])
def test_the_desk_has_a_word_for_each_choice(words: PeopleWords) -> None:
    assert words.languages.keys() == {*SPOKEN}
    assert words.genders.keys() == {*GENDERS}
    assert {*MODES} - words.modes.keys() == set()


def test_a_list_may_name_each_choice() -> None:
    assert {*import_headings.LANGUAGES.values()} == {*SPOKEN}
    assert {*import_headings.MODES.values()} == {*MODES}


def test_the_entrance_speaks_each_language_and_the_reference_of_batch_files_names_it() -> None:
    assert LANGUAGES.keys() == {*SPOKEN}
    *others, last = (f"`{name}`" for name in SPOKEN)
    assert f"`language` is {', '.join(others)} or {last}" in read_document("docs/batch-files.md")
