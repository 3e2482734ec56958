"""In English a word that follows a number says one or several: `1 event`, `2 events`."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import kiosk.words
from kiosk.words.sentence import COUNTED_WORD, CountedText, fill_text
from tests.support.sources import parse

FOLDER = Path(next(iter(kiosk.words.__path__)))
OTHER_LANGUAGES = ("zh_tw.py", "vi.py", "id.py")
NUMBER = re.compile(r"\{(\w+):(?:,|g|[^{}|]+\|[^{}|]+)\}")
"""A field that is a number: it is written with a comma at thousands, or a word stands in two forms by it."""
PLURAL = re.compile(r"\{(\w+)(?::[^{}|]*)?\}(?: (?!of |that |any )[a-zA-Z'-]+){0,3}? ([a-z-]+s|people|have|are|were)\b")
NO_PLURALS = frozenset(["is", "was", "has", "as", "this", "says", "settles", "counts", "holds", "stands"])
ALWAYS_SEVERAL = (
    "{rows:,} rows or {columns} columns",
    "{count:,} rows are more than the {most:,}",
    "{columns} x {rows} cells",
    "larger than {longest:,} bytes",
    "longer than {longest_line:,} bytes",
    "the {longest:,} characters",
    "at most {longest} characters",
    "larger than {most:,} bytes",
    "at most {most} bytes",
    "to {most} bytes",
    "to {most} characters",
    "{rows} that it wants",
    "{rows} that the screen wants",
    "one of the first {rows} rows has",
    "Columns {columns} are",
    "volunteers {numbers} all have",
)
"""Limits, sizes and lists that are never one."""


def find_texts(tree: ast.AST, is_filled: bool = False) -> Iterator[tuple[str, bool]]:
    """The texts with fields, each with whether it is filled with its words by a number."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "{" in node.value:
            yield node.value, is_filled
        else:
            yield from find_texts(node, is_filled or is_sentence_table(node) or is_counted_text(node))


def is_sentence_table(node: ast.AST) -> bool:
    return isinstance(node, ast.ClassDef) and any("Sentence" in ast.unparse(base) for base in node.bases)


def is_counted_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) == CountedText.__name__


TEXTS = [
    found
    for file in sorted(FOLDER.rglob("*.py"))
    if not file.name.endswith(OTHER_LANGUAGES) and file.name != "sentence.py"
    for found in find_texts(parse(file))
]
NUMBERS = {name for text, _ in TEXTS for name in NUMBER.findall(text)}


def find_uncounted(text: str) -> list[str]:
    for known in ALWAYS_SEVERAL:
        text = text.replace(known, "")
    return [found[0] for found in PLURAL.finditer(text) if found[1] in NUMBERS and found[2] not in NO_PLURALS]


def test_each_word_that_follows_a_number_has_both_forms() -> None:
    assert {text: found for text, _ in TEXTS if (found := find_uncounted(text))} == {}


def test_each_text_with_both_forms_is_filled_by_what_knows_them() -> None:
    assert [text for text, is_filled in TEXTS if COUNTED_WORD.search(text) and not is_filled] == []


@pytest.mark.parametrize("number", [1, 2, 1000])
def test_each_text_says_one_or_several(number: int) -> None:
    for text in {text for text, _ in TEXTS if COUNTED_WORD.search(text)}:
        said = fill_text(text, dict.fromkeys(re.findall(r"\{(\w+)", text), number))
        for _, one, several in COUNTED_WORD.findall(text):
            assert (one if number == 1 else several) in said
            assert one != several


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0 rows were"), (1, "1 row was"), (1.0, "1 row was"), (2, "2 rows were"), (1001, "1,001 rows were")],
)
def test_the_word_follows_the_number(number: float, said: str) -> None:
    assert CountedText("{count:,.0f} {count:row was|rows were}").format(count=number) == said


def test_a_plain_plural_would_be_noticed() -> None:
    assert find_uncounted("{count} wrong rows") == ["{count} wrong rows"]
    assert find_uncounted("{count:,} events are held") == ["{count:,} events"]
    assert find_uncounted("{count} {count:row|rows}") == []
