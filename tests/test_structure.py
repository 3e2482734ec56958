"""Rules of structure and of naming that import-linter cannot hold: names, sizes, circles."""

import ast
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from tests.support.sources import PACKAGES, list_files, parse, relative

ALL_FILES = [path for package in PACKAGES for path in list_files(package)]
FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef


# --- Names: a function that acts begins with a verb ---

MOST_PARTICIPLES = 0.02
"""Share of a package's functions that may be named by a bare participle."""

IRREGULAR = frozenset(
    [
        "told",
        "made",
        "met",
        "said",
        "heard",
        "seen",
        "known",
        "found",
        "written",
        "kept",
        "held",
        "sent",
        "begun",
        "given",
        "taken",
        "drawn",
        "shown",
        "spoken",
        "understood",
        "thrown",
        "gone",
        "lost",
        "meant",
        "built",
        "sought",
        "brought",
        "caught",
        "done",
        "risen",
        "fallen",
        "laid",
        "led",
        "bound",
        "stood",
        "struck",
        "spelt",
        "dealt",
        "chosen",
        "broken",
        "hidden",
    ]
)
VERBS_IN_ED = frozenset({"feed", "need", "seed", "speed", "exceed", "proceed", "embed", "succeed"})

PARTICIPLES_ALLOWED: Mapping[str, str] = {
    "masked": "returns a masked copy, as `sorted` returns a sorted one",
    "held": "a property: whether something is held",
}
"""Names that stay, with the reason. Event recorders are not named here: they mirror their events."""


def is_participle(name: str) -> bool:
    first = name.strip("_").split("_")[0]
    return first in IRREGULAR or (first.endswith("ed") and len(first) > 4 and first not in VERBS_IN_ED)


def is_event_recorder(function: FUNCTION) -> bool:
    return any(isinstance(node, ast.Call) and ast.unparse(node.func) == "event" for node in function.decorator_list)


def is_property(function: FUNCTION) -> bool:
    return any("property" in ast.unparse(node) for node in function.decorator_list)


@pytest.mark.parametrize("package", PACKAGES)
def test_functions_are_named_by_verbs_and_not_by_participles(package: str) -> None:
    functions = [node for path in list_files(package) for node in ast.walk(parse(path)) if isinstance(node, FUNCTION)]
    named = [
        node.name
        for node in functions
        if is_participle(node.name) and not is_event_recorder(node) and not is_property(node)
    ]
    counted = [name for name in named if name not in PARTICIPLES_ALLOWED]
    assert functions
    assert len(counted) / len(functions) < MOST_PARTICIPLES, Counter(counted)


@pytest.mark.parametrize("name", ["_told", "listed", "made_up", "asked", "_kept_in"])
def test_a_participle_would_be_noticed(name: str) -> None:
    assert is_participle(name)


# --- Sizes: neither a scroll nor a crumb ---

LONGEST_FILE, LONGEST_FUNCTION = 300, 30
SHORTEST_FILE = 60
"""Lines below which a file with a single importer is a section of that importer."""

SHORT_FILES_ALLOWED: Mapping[str, str] = {
    "kiosk/cli/build_report.py": "what is said during a build is no option of a command",
    "domain/model/batch_line.py": "a stream of its own, of which the writer of batches is the first importer",
    "domain/use_cases/accounts.py": "use cases stand by actor",
    "domain/use_cases/pins.py": "use cases stand by actor",
    "domain/use_cases/retractable.py": "what can be taken back is of nine streams; the desk writes to one each time",
    "projections/evaluation/allowances.py": "the rule of an allowance is pure, and its read model is a query",
    "projections/read_models/drills.py": "a file for each read model",
    "projections/read_models/name_accesses.py": "a file for each read model",
    "projections/read_models/resignations.py": "a file for each read model",
    "projections/projectors/month_tables.py": "a file of tables for each subject",
    "kiosk/batch/month.py": "a file of commands for each subject",
    "kiosk/batch/kiosks.py": "a file of commands for each subject",
    "kiosk/session_training.py": "what every face does, of which the batch is the first",
    "devices/ports/background_open.py": "opening that may take long concerns every kind of port",
    "devices/readers/keyboard_reader.py": "a file for each kind of reader",
    "kiosk/entrance/messages.py": "what crosses from other threads is a list of its own",
    "kiosk/people/secrets.py": "the tables of hashes, of which none is about volunteers",
    "kiosk/roster/playback/run.py": "it is loaded for a past day alone",
    "kiosk/roster/day/formatting.py": "each screen of the roster has its formatting apart from it",
    "kiosk/status/people.py": "a file of checks for each subject",
    "domain/log/open_files.py": "it calls stat(2) and nothing of SQLite, beside the datastore that does",
    "kiosk/systemd/terminal.py": "the terminal's settings are a format of their own",
    "kiosk/words/assessment_events.py": "a file of words for each subject of events",
    "kiosk/cli/desk.py": "a file for each command; that of the hub has the same options",
    "kiosk/words/month_events.py": "a file of words for each subject of events",
    "kiosk/words/event_codes_en.py": "a file for each language",
}
"""Short files with one importer that stay, with the reason."""

LONG_FILES_ALLOWED: Mapping[str, str] = {
    "kiosk/evidence/verify_bundle.py": "an outsider is given one file, with its reader, chain, tree and signatures",
}
"""Long files that stay, with the reason."""


def test_no_file_is_a_scroll() -> None:
    lengths = {relative(path): len(path.read_text(encoding="utf-8").splitlines()) for path in ALL_FILES}
    assert {path for path, length in lengths.items() if length > LONGEST_FILE} == {*LONG_FILES_ALLOWED}


def test_no_function_is_a_scroll() -> None:
    lengths = {
        f"{relative(path)}:{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in ALL_FILES
        for node in ast.walk(parse(path))
        if isinstance(node, FUNCTION)
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_no_file_is_a_crumb_of_its_only_importer() -> None:
    importers = defaultdict[str, set[str]](set)
    for path in ALL_FILES:
        for module in list_imports(path):
            importers[module].add(name_module(path))
    crumbs = {
        relative(path)
        for path in ALL_FILES
        if path.name != "__init__.py"
        and len(path.read_text(encoding="utf-8").splitlines()) < SHORTEST_FILE
        and len(importers[name_module(path)]) == 1
    }
    assert crumbs - set(SHORT_FILES_ALLOWED) == set()
    assert set(SHORT_FILES_ALLOWED) - crumbs == set(), "these are no crumbs any more"


# --- Imports: no circle, between files or between folders ---


def name_module(path: Path) -> str:
    return relative(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


MODULES = {name_module(path): path for path in ALL_FILES}


@cache
def list_imports(path: Path) -> frozenset[str]:
    """The modules of ours that a file imports, also late ones and those for type checkers alone."""
    found: set[str] = set()
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return frozenset(module for module in found if module in MODULES and MODULES[module].name != "__init__.py")


def find_circle(arrows: Mapping[str, frozenset[str]]) -> list[str]:
    """One circle of arrows, from a node back to itself; empty when there is none."""
    done: set[str] = set()

    def follow(node: str, path: list[str]) -> list[str]:
        if node in path:
            return [*path[path.index(node) :], node]
        if node in done:
            return []
        for target in sorted(arrows.get(node, frozenset())):
            if circle := follow(target, [*path, node]):
                return circle
        done.add(node)
        return []

    return next((circle for node in sorted(arrows) if (circle := follow(node, []))), [])


def list_arrows(depth: int | None) -> dict[str, frozenset[str]]:
    """Who imports whom: between files, or so many names deep between files and folders that lie beside each other."""
    arrows = defaultdict[str, set[str]](set)
    for module, path in MODULES.items():
        for target in list_imports(path):
            ends = [".".join(name.split(".")[:depth]) for name in (module, target)]
            if ends[0] != ends[1]:
                arrows[ends[0]].add(ends[1])
    return {source: frozenset(targets) for source, targets in arrows.items()}


@pytest.mark.parametrize("depth", [None, 1, 2, 3], ids=["files", "packages", "folders", "folders in folders"])
def test_no_imports_run_in_a_circle(depth: int | None) -> None:
    assert find_circle(list_arrows(depth)) == []


def test_a_circle_would_be_found() -> None:
    circle = find_circle({"a": frozenset("b"), "b": frozenset("c"), "c": frozenset("b")})
    assert list(pairwise(circle)) == [("b", "c"), ("c", "b")]


# --- One word, one place ---


def test_there_is_one_system_actor() -> None:
    constants = [
        f"{relative(path)}:{target.id}"
        for path in ALL_FILES
        for node in parse(path).body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name) and target.id.startswith("SYSTEM") and "kiosk/words" not in relative(path)
    ]
    assert sorted(constants) == ["domain/ids.py:SYSTEM", "kiosk/people/file.py:SYSTEM_ACTOR"]
