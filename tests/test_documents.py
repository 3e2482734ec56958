"""What the documents say is so: commands, outputs, parameters, files, words, quoted code."""

import json
import re
import shlex
import subprocess
import textwrap
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import get_args

import msgspec
import pytest

import domain
from devices.profiles.registry import BUILTIN_PROFILES
from domain.log.registered_names import REGISTERED_NAMES
from domain.model.known_past import BUILD_DATE
from domain.policy import PARAMETERS, UNREAD_PARAMETERS, Policy
from kiosk.batch.command import SignedCommand
from kiosk.batch.commands import COMMANDS as BATCH_COMMANDS
from kiosk.cli.program import COMMANDS
from projections.evaluation.outcomes import Outcome
from projections.evaluation.reasons import RULES as REASONS
from tests.support.kiosk_program import run_kiosk

ROOT = Path(domain.__file__).parents[1]
DOCUMENTS = (
    *("README.md", "README.zh-TW.md", "CONTRIBUTING.md", "CHANGELOG.md", "DECISIONS.md", "GLOSSARY.md"),
    *(str(path.relative_to(ROOT)) for path in sorted((ROOT / "docs").glob("*.md"))),
)
PACKAGES = ("devices", "domain", "projections", "kiosk")
FENCE = re.compile(r"^```(\w*)[ ]?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WORD = re.compile(r"`([^`]+)`")


@cache
def read_document(document: str) -> str:
    return (ROOT / document).read_text(encoding="utf-8")


@cache
def read_code() -> str:
    """All source of the four packages."""
    files = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def find_section(document: str, heading: str) -> str:
    """What stands under a heading, up to the next one of its level."""
    level = heading.split(" ", maxsplit=1)[0]
    _, found, rest = f"\n{read_document(document)}".partition(f"\n{heading}\n")
    assert found, f"{document} has no {heading!r}"
    return re.split(rf"^#{{1,{len(level)}}} ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def parse_table(text: str) -> list[list[str]]:
    """The rows of the first table, without its head."""
    found = re.search(r"(?:^\|.*\n)+", text, re.MULTILINE)
    lines = found[0].splitlines()[2:] if found else []
    return [[cell.strip() for cell in line.strip("|").split(" |")] for line in lines]


def find_blocks(document: str, language: str) -> Iterator[tuple[str, str]]:
    """The fenced blocks of a language: what stands beside it, and what is in it."""
    for found, beside, content in FENCE.findall(read_document(document)):
        if found == language:
            yield beside, content


# --- The example ---

SPEED = re.compile(r"\([\d,]+ a second\)")


def mask_speed(text: str) -> str:
    """An output, but for the speed of this machine."""
    return SPEED.sub("(so many a second)", text)


def test_the_example_goes_as_the_readme_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KIOSK_HOME", "trial")
    for name, content in find_blocks("README.md", "jsonl"):
        Path(name).write_text(content, encoding="utf-8")
    shown = "".join(content for _, content in find_blocks("README.md", "console"))
    commands = re.findall(r"^\$ kiosk (.*)$", shown, re.MULTILINE)
    told = "".join(f"$ kiosk {command}\n{_run_command(command)}" for command in commands)
    assert len(commands) > 5
    assert mask_speed(told) == mask_speed(shown)


def _run_command(command: str) -> str:
    ended = run_kiosk(*shlex.split(command))
    assert ended.status == 0, ended.err
    return ended.out + ended.err


def test_the_readme_is_read_in_five_minutes() -> None:
    assert len(read_document("README.md").splitlines()) <= 150


def test_the_chinese_readme_shows_the_same_commands_pictures_and_documents() -> None:
    english, chinese = read_document("README.md"), read_document("README.zh-TW.md")
    for pattern in (r"^\$ (kiosk .*)$", r"^(make [a-z]+)", r"\]\((docs/[^)]+)\)"):
        wanted = set(re.findall(pattern, english, re.MULTILINE)) - SHOWN_IN_ENGLISH_ONLY
        assert wanted
        assert wanted - set(re.findall(pattern, chinese, re.MULTILINE)) == set()


SHOWN_IN_ENGLISH_ONLY = {"kiosk presence", "kiosk visits --to 2026-11-19"}
"""Two more questions of the example; the Chinese one goes straight to the hours."""

# --- The command line ---

COMMAND_ROWS = parse_table(find_section("docs/operator.md", "## Commands"))


def test_the_guide_lists_the_commands_that_there_are() -> None:
    listed = [WORD.findall(row[0])[0].split()[1] for row in COMMAND_ROWS]
    assert sorted(listed) == sorted(COMMANDS)


def test_what_is_said_to_be_missing_is_missing() -> None:
    promised = find_section("README.md", "## Requirements and limits").partition("What is not there yet:")[2]
    missing = WORD.findall(promised)
    assert missing
    assert [name for name in missing if name in COMMANDS] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_command_that_a_document_names_exists(document: str) -> None:
    named = re.findall(r"(?:`|^|^\$ )kiosk ([a-z][a-z-]*)", read_document(document), re.MULTILINE)
    assert sorted({name for name in named if name not in COMMANDS}) == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_option_that_a_document_names_exists(document: str) -> None:
    named = re.findall(r"`kiosk ([a-z][a-z-]*) [^`\n]*?(--[a-z-]+)", read_document(document))
    assert [(command, option) for command, option in named if option not in run_kiosk(command, "--help").out] == []


@pytest.mark.parametrize("row", COMMAND_ROWS, ids=lambda row: row[0].strip("`"))
def test_the_options_of_the_table_are_those_of_the_command(row: list[str]) -> None:
    command = WORD.findall(row[0])[0].split()[1]
    assert [
        option for option in re.findall(r"--[a-z-]+", row[1]) if option not in run_kiosk(command, "--help").out
    ] == []


def test_the_reference_lists_every_batch_command_with_its_fields() -> None:
    listed = {WORD.findall(do)[0]: (_parse_names(needs), _parse_names(may)) for do, needs, may in _list_batch_rows()}
    assert listed == {do: _list_fields(do) for do in BATCH_COMMANDS}


def _list_batch_rows() -> list[list[str]]:
    return [[*row, ""][:3] for row in parse_table(find_section("docs/batch-files.md", "## Commands"))]


def _parse_names(cell: str) -> set[str]:
    """The fields in a cell; what stands in parentheses or behind a comma are values and conditions."""
    bare = re.sub(r"\([^)]*\)", "", cell)
    return set(WORD.findall(bare.partition(",")[0]))


def _list_fields(do: str) -> tuple[set[str], set[str]]:
    kind = BATCH_COMMANDS[do]
    own = [f for f in msgspec.structs.fields(kind) if f.encode_name not in {"at", "recorded_at", "by", *PARAMETERS}]
    needs = {field.encode_name for field in own if field.required} | (
        {"by"} if issubclass(kind, SignedCommand) else set()
    )
    return needs, {field.encode_name for field in own if not field.required}


# --- Parameters and profiles ---

PARAMETER_ROWS = {
    WORD.findall(row[0])[0]: row[1:] for row in parse_table(find_section("docs/policy.md", "## Parameters"))
}


def is_read(name: str) -> bool:
    """Whether the code reads a parameter of the policy in force."""
    return re.search(rf"\.{name}\b", read_code()) is not None


def test_the_reference_lists_the_policy_parameters_that_something_reads() -> None:
    assert tuple(PARAMETER_ROWS) == tuple(name for name in PARAMETERS if is_read(name))


def test_the_parameters_that_nothing_reads_are_known_as_such() -> None:
    """`kiosk apply` says so when one is adopted."""
    assert {name for name in PARAMETERS if not is_read(name)} == UNREAD_PARAMETERS


@pytest.mark.parametrize("name", PARAMETER_ROWS)
def test_a_parameter_has_the_default_that_the_reference_says(name: str) -> None:
    assert json.loads(PARAMETER_ROWS[name][0].strip("`")) == msgspec.to_builtins(getattr(Policy(), name))


def test_the_reference_lists_every_reader_profile() -> None:
    listed = [
        (WORD.findall(name)[0], kind, about)
        for name, kind, about in parse_table(find_section("docs/readers.md", "## Profiles"))
    ]
    assert listed == [(profile.name, profile.tech, profile.about) for profile in BUILTIN_PROFILES.values()]


# --- What the documents point at ---


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_make_target_that_a_document_names_exists(document: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", read_document("Makefile"), re.MULTILINE))
    named = set(re.findall(r"(?:`|^)make ([a-z]+)", read_document(document), re.MULTILINE))
    assert named - targets == set()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_link_leads_somewhere(document: str) -> None:
    links = re.findall(r"\]\(([^)#]+)", read_document(document))
    assert [link for link in links if not ((ROOT / document).parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_file_that_a_document_names_exists(document: str) -> None:
    named = re.findall(rf"(?<![\w/.-])((?:{'|'.join((*PACKAGES, 'tests'))})/[\w/.-]*\w/?)", read_document(document))
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_code_that_is_quoted_stands_where_it_is_said_to_stand() -> None:
    quoted = list(find_blocks("CONTRIBUTING.md", "python"))
    assert quoted
    for place, content in quoted:
        source = (ROOT / place).read_text(encoding="utf-8")
        depths = (textwrap.indent(content.rstrip(), " " * depth) for depth in range(0, 16, 4))
        assert any(shifted in source for shifted in depths), f"{place} does not say:\n{content}"


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
    streams = {reader.split(".")[0].title().replace("-", "") for reader in REGISTERED_NAMES.readers()}
    assert {*streams, *get_args(Outcome), *REASONS} - in_code == set()


def test_every_word_of_the_glossary_is_a_word_of_the_code() -> None:
    words = {word for row in GLOSSARY for word in WORD.findall(row[2])}
    assert sorted(word for word in words if not re.search(rf"\b{re.escape(word)}\b", read_code())) == []


def find_citations(number: str) -> set[str]:
    return set(re.findall(number, read_code()))


def test_every_rule_that_the_code_cites_is_in_the_glossary() -> None:
    listed = [row[0] for row in parse_table(find_section("GLOSSARY.md", "## Rules that the code cites"))]
    assert sorted(listed) == sorted(find_citations(r"\bR-\d{3}\b"))


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
