"""Every sentence of the command line has a Chinese text with the fields of the English one."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from string import Formatter

import pytest

import kiosk.words
from kiosk.words.sentence import Sentence, load_chinese

FOLDER = Path(next(iter(kiosk.words.__path__)))


def list_sentence_classes() -> Iterator[type[Sentence]]:
    for file in sorted(FOLDER.glob("*.py")):
        module = import_module(f"kiosk.words.{file.stem}")
        for member in vars(module).values():
            if isinstance(member, type) and issubclass(member, Sentence) and member.__module__ == module.__name__:
                yield member


CLASSES = [found for found in list_sentence_classes() if found is not Sentence]


def find_fields(text: str) -> set[str | None]:
    return {field for _, field, _, _ in Formatter().parse(text)} - {None}


@pytest.mark.parametrize("words", CLASSES, ids=lambda words: words.__name__)
def test_each_sentence_has_a_chinese_text_with_the_same_fields(words: type[Sentence]) -> None:
    chinese = load_chinese(words.__module__).TEXTS[words.__name__]
    assert {name: find_fields(text) for name, text in chinese.items()} == {
        member.name: find_fields(member.value) for member in words
    }


def test_a_language_would_be_missed() -> None:
    assert len(CLASSES) > 30
    assert find_fields("{count:,} of {name!r} {{") == {"count", "name"}
