"""Every sentence of the command line has a Chinese text with the fields of the English one."""

import re
from importlib import import_module
from pathlib import Path
from string import Formatter

import pytest

import kiosk.words
from kiosk.words.sentence import ProgramSentence, Sentence, load_chinese

FOLDER = Path(next(iter(kiosk.words.__path__)))


def load_all_words() -> None:
    for file in sorted(FOLDER.rglob("*.py")):
        import_module(".".join(("kiosk.words", *file.relative_to(FOLDER).with_suffix("").parts)))


load_all_words()
CLASSES = [found for found in Sentence.__subclasses__() if found is not ProgramSentence]


def find_fields(text: str) -> set[str | None]:
    return {field for _, field, _, _ in Formatter().parse(text)} - {None}


@pytest.mark.parametrize("words", CLASSES, ids=lambda words: words.__name__)
def test_each_sentence_has_a_chinese_text_with_the_same_fields(words: type[Sentence]) -> None:
    chinese = load_chinese(words.__module__).TEXTS[words.__name__]
    assert {name: find_fields(text) for name, text in chinese.items()} == {
        member.name: find_fields(member.value) for member in words
    }


def test_all_enumerations_are_looked_at() -> None:
    assert len(CLASSES) > 30
    assert find_fields("{count:,} of {name!r} {{") == {"count", "name"}


def test_an_absence_has_one_word() -> None:
    """無故缺席, as the handbook has it; 出缺勤 is attendance as a whole."""
    others = {file.name for file in FOLDER.rglob("*.py") if re.search("(?<!出)缺勤", file.read_text(encoding="utf-8"))}
    assert others == set()
