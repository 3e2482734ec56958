"""Sentences for people stand in `kiosk/words/`, and nowhere else."""

import ast
import re
from collections.abc import Iterator, Mapping

import pytest

from tests.support.sources import PACKAGES, ROOT, list_files, parse, relative

NO_SENTENCES: Mapping[str, str] = {
    "kiosk/words/": "this is where they stand",
    "kiosk/demo/": "names, reasons and posts of the demonstration are its data",
    "kiosk/people/similar_numbers.py": "characters that look like others, side by side",
    "kiosk/documents/charts.py": "the SVG of a chart",
    "kiosk/fonts.py": "the name of a font",
    "kiosk/sheets/ods.py": "the XML of an OpenDocument file",
    "kiosk/evidence/verify_bundle.py": "it goes out with a bundle, and stands alone there",
    "kiosk/systemd/": "unit files and the terminal's settings have a syntax of their own",
    "kiosk/office_calendar.py": "the headings of the official calendar's file",
    "kiosk/batch/command.py": "a missing field in msgspec's own words, as devices/validation.py reads them",
    "domain/log/mapper.py": "for the programmer who declares an event that cannot be stored",
    "domain/log/stored_names.py": "for the programmer who declares an event that cannot be listed",
    "devices/toml_text.py": "what tomllib says, to find the kind of a fault",
    "devices/simulated/scenario_player.py": "a developer's program with messages of its own",
}
"""Files and folders whose texts are no sentences of the product, with the reason."""

NOT_FOR_PEOPLE = frozenset(
    [
        "cast",
        "TypeVar",
        "compile",
        "execute",
        "format_example",
        "info",
        "warning",
        "error",
        "exception",
        "critical",
        "debug",
        "WrongStream",
        "NotPlain",
        "NotStorable",
        "BadStoredName",
        "LogDamaged",
        "LookupError",
    ]
)
"""Calls whose texts are for tools, for examples of commands, for the log of the machine, or for a programmer."""

SQL = re.compile(
    r"\s*(BEGIN|WHERE|SELECT|INSERT|UPDATE|DELETE|CREATE|PRAGMA|WITH|DROP|VACUUM|ROLLBACK|ON CONFLICT|LEFT JOIN"
    r"|strftime|iif|.* (WHERE|BETWEEN|IN) )"
)
TYPES = re.compile(r"(Callable|Mapping|Sequence|dict|list|tuple|type|Generator|Literal)\[")
WORD = re.compile(r"[A-Za-z][A-Za-z'`-]+")
PLACEHOLDER = re.compile(r"%\(\w+\)s")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
WIDE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]")
"""Chinese with its punctuation and its space."""


def is_sentence(text: str) -> bool:
    plain = PLACEHOLDER.sub("", re.sub(r"\{[^}]*\}", "x", text))
    if CHINESE.search(text):
        return True
    return len(WORD.findall(plain)) >= 4 and " " in plain.strip() and not SQL.match(text) and not TYPES.match(text)


def find_texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The texts of a file, with their lines: no docstrings, nothing that is asserted or given to tools."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Assert) or is_docstring(node) or is_for_tools(node):
            continue
        if isinstance(node, ast.JoinedStr):
            yield node.lineno, "".join(str(p.value) if isinstance(p, ast.Constant) else "{x}" for p in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value
        else:
            yield from find_texts(node)


def is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def is_for_tools(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in NOT_FOR_PEOPLE


@pytest.mark.parametrize("package", PACKAGES)
def test_sentences_stand_among_the_words(package: str) -> None:
    found = [
        f"{relative(path)}:{line} {text}"
        for path in list_files(package)
        if not relative(path).startswith(tuple(NO_SENTENCES))
        for line, text in find_texts(parse(path))
        if is_sentence(text)
    ]
    assert found == []


@pytest.mark.parametrize("text", ["there is no home at {path}", "請刷卡", "the disk is full: make room"])
def test_a_sentence_would_be_noticed(text: str) -> None:
    assert is_sentence(text)


def test_no_template_holds_a_text_or_a_punctuation_mark_of_one_language() -> None:
    """A page is written in two languages: what stands between its values stands among the words too."""
    found = [
        f"{relative(path)}:{number} {line.strip()}"
        for path in sorted((ROOT / "kiosk").rglob("*.html"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if WIDE.search(line)
    ]
    assert found == []


def test_the_desk_joins_texts_with_marks_that_stand_among_the_words() -> None:
    found = [
        f"{relative(path)}:{line} {text}"
        for path in list_files("kiosk")
        if relative(path).startswith("kiosk/desk/")
        for line, text in find_texts(parse(path))
        if WIDE.search(text)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("text", "is_wide"), [("：", True), ("、", True), ("\u3000", True), (" – ", False), ("☐ ", False)]
)
def test_a_wide_mark_would_be_noticed(text: str, is_wide: bool) -> None:
    assert bool(WIDE.search(text)) == is_wide
