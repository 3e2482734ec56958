"""The glossary and the decisions say what is in the code, and no file says what it must not."""

import re
import subprocess
import tomllib
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest

from domain.log.registered_names import REGISTERED_NAMES
from domain.model.known_past import BUILD_DATE
from projections.evaluation.outcomes import Outcome
from projections.evaluation.reasons import RULES as REASONS
from tests.support.documents import (
    ROOT,
    WORD,
    find_section,
    parse_table,
    read_code,
    read_document,
)

# --- Decisions ---

DECISION = re.compile(r"^### (\d{4}-\d\d-\d\d) · (.+)\n\n((?:- .+\n(?:  .+\n)*)+)", re.MULTILINE)
PARTS = ["What", "Why", "Rejected", "Cost", "Where"]


def test_a_decision_says_what_why_what_not_what_it_costs_and_where() -> None:
    decisions = DECISION.findall(read_document("DECISIONS.md"))
    assert len(decisions) == read_document("DECISIONS.md").count("\n### ")
    assert [
        title for _, title, parts in decisions if re.findall(r"^- \*\*(\w+)\*\*", parts, re.MULTILINE) != PARTS
    ] == []


def test_every_dependency_was_decided_on() -> None:
    project = tomllib.loads(read_document("pyproject.toml"))["project"]
    wanted = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    titles = " ".join(title for _, title, _ in DECISION.findall(read_document("DECISIONS.md")))
    assert [name for one in wanted if (name := re.split(r"[<>=]", one)[0]) not in titles] == []


# --- Words ---

GLOSSARY = parse_table(read_document("GLOSSARY.md"))


def test_the_glossary_is_in_alphabetical_order() -> None:
    words = [row[0].casefold() for row in GLOSSARY]
    assert [(before, after) for before, after in pairwise(words) if before >= after] == []


def test_every_stream_outcome_and_reason_is_in_the_glossary() -> None:
    in_code = {word for row in GLOSSARY for word in WORD.findall(row[2])}
    streams = {name.split(".")[0].title().replace("-", "") for name in REGISTERED_NAMES.load_all()}
    assert {*streams, *get_args(Outcome), *REASONS} - in_code == set()


def test_every_word_of_the_glossary_is_a_word_of_the_code() -> None:
    listed, written = {word for row in GLOSSARY for word in WORD.findall(row[2])}, set(re.findall(r"\w+", read_code()))
    assert sorted(word for word in listed - written if not re.search(rf"\b{re.escape(word)}\b", read_code())) == []


def find_citations(number: str) -> set[str]:
    return set(re.findall(number, read_code()))


def test_every_decision_that_the_code_cites_is_in_the_decisions() -> None:
    listed = {
        row[0] for row in parse_table(find_section("DECISIONS.md", "## Decisions about the rules, cited by number"))
    }
    assert find_citations(r"(?<=\bdecision )\d+") - listed == set()


# --- What no file may say ---

MACHINE_PATH = re.compile(r"/(?:home|Users|root|work|tmp)/\w")
REGISTRY_ADDRESS = re.compile(r"pypi\.org|pythonhosted\.org|://[^\s/]+/(?:simple|pypi)\b")


def list_tracked_files() -> list[Path]:
    """What is tracked, or would be."""
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.splitlines() if (ROOT / name).is_file()]


@pytest.mark.parametrize("forbidden", [MACHINE_PATH, REGISTRY_ADDRESS], ids=["a path of a machine", "a registry"])
def test_no_file_names(forbidden: re.Pattern[str]) -> None:
    files = list_tracked_files()
    told = {str(file.relative_to(ROOT)): forbidden.findall(file.read_text("utf-8", "replace")) for file in files}
    assert files
    assert {name: found for name, found in told.items() if found} == {}


@pytest.mark.parametrize("written", [f"/{'home'}/ann", f"https://{'pypi'}.org", f"https://mirror/{'simple'}/click"])
def test_what_no_file_may_say_would_be_noticed(written: str) -> None:
    assert MACHINE_PATH.search(written) or REGISTRY_ADDRESS.search(written)


def test_the_release_knows_its_date() -> None:
    """A clock before it is wrong, and one years after it doubtful: it follows the newest decision within a month."""
    newest = max(
        map(date.fromisoformat, re.findall(r"^### (\d{4}-\d\d-\d\d) ", read_document("DECISIONS.md"), re.MULTILINE))
    )
    assert timedelta() <= newest - BUILD_DATE.date() < timedelta(days=31)
