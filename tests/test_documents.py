"""What the documents say is so: commands, outputs, parameters, files, quoted code."""

import json
import re
import shlex
import textwrap
from dataclasses import fields
from pathlib import Path

import msgspec
import pytest
from eventsourcing.domain import Aggregate

from devices.profiles.registry import BUILTIN_PROFILES
from domain.log.registered_names import REGISTERED_NAMES
from domain.policy import PARAMETERS, Policy
from kiosk.batch.command import AuthoredCommand
from kiosk.batch.commands import COMMANDS as BATCH_COMMANDS
from kiosk.cli.program import COMMANDS
from kiosk.desk.api.openapi import ANSWERS, NOT_TAKEN, READ_ANSWERS
from kiosk.desk.api.read import READ_MODELS
from kiosk.desk.roles import MENU, list_menu
from kiosk.errors import EXIT_NO, EXIT_USAGE
from kiosk.home_files import OPTIONAL_FILES
from kiosk.words.desk.shared_en import DESK
from kiosk.words.desk.shared_zh_tw import DESK as DESK_ZH_TW
from kiosk.words.import_headings import HEADINGS
from tests.support.documents import (
    DOCUMENTS,
    PACKAGES,
    ROOT,
    WORD,
    find_blocks,
    find_section,
    parse_table,
    read_code,
    read_document,
)
from tests.support.kiosk_program import run_kiosk

# --- The example ---

SPEED = re.compile(r"\([\d,]+ a second\)")


def mask_speed(text: str) -> str:
    """An output, but for the speed of this machine."""
    return SPEED.sub("(so many a second)", text)


def test_the_example_goes_as_the_readme_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KIOSK_HOME", raising=False)
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
    own = [
        f for f in msgspec.structs.fields(kind) if f.encode_name not in {"at", "recorded_at", "by", "key", *PARAMETERS}
    ]
    needs = {field.encode_name for field in own if field.required} | (
        {"by"} if issubclass(kind, AuthoredCommand) else set()
    )
    return needs, {field.encode_name for field in own if not field.required}


def test_the_guide_says_with_which_status_output_ends_that_cannot_be_written() -> None:
    said = find_section("docs/operator.md", "## Commands").replace("\n", " ")
    assert f"Output that cannot be written (a full disk) is status {EXIT_USAGE}; " in said
    assert f"stopped reading (`| head`), status {EXIT_NO} " in said


# --- The desk and its interface ---


def test_the_guide_lists_the_read_models_and_the_answers_of_the_interface() -> None:
    section = find_section("docs/operator.md", "### Other systems")
    listed = section.partition("they have a token")[0].partition("```")[0]
    assert [name for name in WORD.findall(listed) if name in COMMANDS] == [*READ_MODELS]
    statuses = [status for status, _ in parse_table(section)]
    assert statuses == sorted({*READ_ANSWERS, *ANSWERS, "404", "405"})
    assert {name for name in NOT_TAKEN if f"`{name}`" in section} == {*NOT_TAKEN}


def test_the_auditors_guide_names_the_sections_that_an_auditor_opens_the_first_of_them_first() -> None:
    menu = DESK.menu
    sentence = find_section("docs/auditor.md", "## In the browser").partition(". ")[0]
    opened = [menu[entry.section] for entry in list_menu("auditor")]
    assert re.findall("|".join(menu.values()), sentence) == opened


COORDINATOR = "docs/coordinator.zh-TW.md"
EXAMPLES = {"在場 08:55 補登", "02/03/2024"}
"""What the guide puts in quotation marks and no screen says as a whole."""


def test_the_coordinators_guide_lists_the_sections_that_each_role_opens() -> None:
    words, everything = DESK_ZH_TW, [entry.section for entry in MENU]
    rows = re.findall(r"^\| (\S+) \| (\S+) \|$", find_section(COORDINATOR, "### 單位設定"), re.MULTILINE)
    opened = {words.roles[role]: [entry.section for entry in list_menu(role)] for role in words.roles}
    assert {row[0]: row[1] for row in rows if row[0] in opened} == {
        role: "全部" if sections == everything else "、".join(words.menu[section] for section in sections)
        for role, sections in opened.items()
    }


def test_what_the_coordinators_guide_quotes_stands_on_a_screen_or_is_one_of_its_headings() -> None:
    """A number or a time in it stands for a field of the text."""
    guide = read_document(COORDINATOR)
    said = re.sub(r"\{\w+\}", "0", read_code()) + "\n".join(re.findall("^#+ (.*)$", guide, re.MULTILINE))
    quoted = {part for name in re.findall("「([^」]+)」", guide) if name not in EXAMPLES for part in name.split(" → ")}
    assert sorted(name for name in quoted if re.sub(r"\d+(:\d\d)?", "0", name) not in said) == []


def test_the_columns_that_the_coordinators_guide_names_are_headings_that_an_import_knows() -> None:
    known = {heading for headings in HEADINGS.values() for heading in headings}
    table = find_section(COORDINATOR, "### 把名冊和班表匯入系統").partition("| 檔案 |")[2]
    cells = [
        re.sub("（[^）]*）|新志工還要有|只有一欄時間，就叫", "", cell)
        for row in parse_table(f"|{table}")
        for cell in row[1:]
    ]
    named = {name for cell in cells for name in re.split("[、；，或和]", cell) if name}
    assert named - known == set()
    assert len(named) > 20


def test_the_guide_to_backups_names_every_single_file_that_a_home_may_have() -> None:
    section = find_section("docs/operator.md", "## Backups")
    assert [name for name in OPTIONAL_FILES if f"`{name}`" not in section] == []


# --- Parameters and profiles ---

PARAMETER_ROWS = {
    WORD.findall(row[0])[0]: row[1:] for row in parse_table(find_section("docs/policy.md", "## Parameters"))
}


def is_read(name: str) -> bool:
    """Whether the code reads a parameter of the policy in force."""
    return re.search(rf"\.{name}\b", read_code()) is not None


def test_the_reference_lists_every_policy_parameter() -> None:
    assert tuple(PARAMETER_ROWS) == PARAMETERS


def test_every_parameter_of_the_policy_is_read() -> None:
    """A parameter that is accepted and changes nothing would be a promise that is not kept."""
    assert [name for name in PARAMETERS if not is_read(name)] == []


@pytest.mark.parametrize("name", PARAMETER_ROWS)
def test_a_parameter_has_the_default_that_the_reference_says(name: str) -> None:
    assert json.loads(PARAMETER_ROWS[name][0].strip("`")) == msgspec.to_builtins(getattr(Policy(), name))


def test_the_reference_lists_every_reader_profile() -> None:
    listed = [
        (WORD.findall(name)[0], kind, about)
        for name, kind, about in parse_table(find_section("docs/readers.md", "## Profiles"))
    ]
    assert listed == [(profile.name, profile.tech, profile.about) for profile in BUILTIN_PROFILES.values()]


def test_every_event_has_the_instant_that_the_format_of_the_log_promises() -> None:
    assert "Every event has `timestamp`" in read_document("docs/log-format.md")
    kinds = {name: kind for name, kind in REGISTERED_NAMES.load_all().items() if not issubclass(kind, Aggregate)}
    assert len(kinds) > 100
    assert [name for name, kind in kinds.items() if "timestamp" not in {field.name for field in fields(kind)}] == []


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
