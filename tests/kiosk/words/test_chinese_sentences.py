"""Every sentence of the command line has a Chinese text with the fields of the English one."""

import re
from importlib import import_module
from pathlib import Path
from string import Formatter

import pytest

import kiosk.words
from kiosk.words.sentence import ProgramSentence, Sentence, load_chinese
from tests.support.documents import DOCUMENTS, ROOT, read_document

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


ONE_WORD = {
    "單位主機": ("中心主機",),
    "紀錄鏈": ("驗證鏈", "雜湊鏈"),
    "簽到畫面": ("刷卡畫面",),
    "班表畫面": ("現場名單",),
    "夜間結算": ("每日結算",),
}
"""A word of the glossary, and others that have stood for the same thing."""


@pytest.mark.parametrize("word", ONE_WORD)
def test_a_program_or_a_part_of_it_has_one_chinese_name(word: str) -> None:
    assert word in read_document("GLOSSARY.md")
    documents = [ROOT / name for name in DOCUMENTS if name.endswith(".zh-TW.md")]
    texts = {file.name: file.read_text(encoding="utf-8") for file in (*FOLDER.rglob("*.py"), *documents)}
    assert [(name, other) for name, text in texts.items() for other in ONE_WORD[word] if other in text] == []


def test_an_absence_has_one_word() -> None:
    """無故缺席, as the handbook has it; 出缺勤 is attendance as a whole."""
    others = {file.name for file in FOLDER.rglob("*.py") if re.search("(?<!出)缺勤", file.read_text(encoding="utf-8"))}
    assert others == set()
