"""Nobody's name is in the log, and nothing that was written about a person stands anywhere but in the people store.

Every field of every command holds a marker; the whole home is searched for each, also after programs were killed.
"""

import os
from pathlib import Path
from shutil import copytree
from signal import SIGKILL

import msgspec
import pytest

from kiosk.batch.commands import COMMANDS
from kiosk.batch.run import open_dry_run
from kiosk.home import Home
from tests.support.forked_process import ForkedProcess
from tests.support.kiosk_program import KIOSK, ProgramResult, run_kiosk
from tests.support.marked_lines import (
    ANN,
    ANNS_CARD,
    BENS_CARD,
    LINES,
    OF_ANN,
    PERSONAL,
    REFUSED,
    UNSTORED,
    WORDS_OF_THE_ROSTER,
)

STORE = ("people.db", "people.db-wal", "people.db-shm")
"""The files in which a person may be named."""
POLICY_FIELDS = {"effective_from", "at", "recorded_at", "by"}
"""The fields of a policy that are not numbers and switches of the rules."""


def read_home_bytes(home: Path, *names: str) -> bytes:
    """Everything in the files whose names begin so, the WAL included."""
    return b"".join(file.read_bytes() for file in home.iterdir() if file.is_file() and file.name.startswith(names))


def read_files(folder: Path) -> dict[str, bytes]:
    """What is in the files of a folder, however deep, by their names in it."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def find_files_with(files: Path | dict[str, bytes], text: str) -> set[str]:
    """The files, of a folder or as they were read, that hold a text in any spelling."""
    read = files if isinstance(files, dict) else read_files(files)
    spellings = list_spellings(text)
    return {name for name, held in read.items() if any(spelling in held for spelling in spellings)}


def list_spellings(text: str) -> set[bytes]:
    """A text as it could stand in a file."""
    escaped = text.encode("unicode_escape")
    return {text.encode(), text.lower().encode(), escaped, escaped.upper(), text.encode("utf-16-le")}


@pytest.fixture(scope="module")
def files(marked_home: Path) -> dict[str, bytes]:
    """What is in the files of the home of all marked lines."""
    return read_files(marked_home)


@pytest.fixture
def home(tmp_path: Path, marked_home: Path) -> Path:
    """The same home for one test, in a folder of its own."""
    return copytree(marked_home, tmp_path / "home")


def kill_dry_run(home: Path) -> None:
    """Kill `apply --check` in the middle of its batch."""
    (given, write_end), (read_end, errors) = os.pipe(), os.pipe()
    command = [str(KIOSK), "apply", "--check", "--home", str(home), "-"]
    with open(write_end, "wb") as lines, open(read_end, "rb") as said, open(given, "rb"), open(errors, "wb"):
        dry_run = ForkedProcess(command, (given, errors, errors), {})
        lines.write(b"this is no command\n")
        lines.flush()
        assert b"-:1:" in said.readline()
        dry_run.kill()
        assert dry_run.wait() == -SIGKILL


# --- Every field ---


def test_the_lines_fill_every_field_of_every_command() -> None:
    filled = {do: set[str]() for do in COMMANDS}
    for marked in (*LINES, *REFUSED):
        filled[marked["do"]] |= marked.keys() - {"do"}
    for do, command in COMMANDS.items():
        if do == "confirm_clock":  # about the clock of a machine, which a simulation does not have
            continue
        fields = {field.encode_name for field in msgspec.structs.fields(command)}
        wanted = fields & POLICY_FIELDS if do == "adopt_policy" else fields
        assert wanted <= filled[do], do


@pytest.mark.parametrize("text", PERSONAL)
def test_what_is_about_a_person_stands_in_the_people_store_alone(files: dict[str, bytes], text: str) -> None:
    assert find_files_with(files, text) <= {*STORE}


@pytest.mark.parametrize("text", [text for text in PERSONAL if "refused" not in text and "correct_clock" not in text])
def test_the_people_store_holds_it(files: dict[str, bytes], text: str) -> None:
    assert find_files_with(files, text) & {*STORE}


@pytest.mark.parametrize("text", WORDS_OF_THE_ROSTER)
def test_what_the_unit_calls_its_shifts_and_posts_stands_in_the_log(files: dict[str, bytes], text: str) -> None:
    assert "log.db" in find_files_with(files, text)


def test_the_key_of_a_line_is_in_no_file(files: dict[str, bytes]) -> None:
    assert find_files_with(files, UNSTORED) == set()


@pytest.mark.parametrize("card", [ANNS_CARD, BENS_CARD])
def test_a_card_number_is_in_no_file(files: dict[str, bytes], card: str) -> None:
    assert find_files_with(files, card) == set()
    assert not any(bytes.fromhex(card) in held for held in files.values())


def test_the_log_is_read_while_it_is_written(home: Path) -> None:
    with Home.open(home) as opened:
        opened.people.ensure_actor("an actor of this moment")
        assert find_files_with(home, "an actor of this moment") == {"people.db-wal"}


# --- Copies ---


def test_a_killed_dry_run_leaves_a_copy_that_the_next_command_deletes(home: Path) -> None:
    kill_dry_run(home)
    assert find_files_with(home, ANN) - {*STORE} != set()
    assert run_kiosk("verify", "--home", home).status == 0
    assert run_kiosk("hours", "--home", home).status == 0
    assert find_files_with(home, ANN) <= {*STORE}


def test_the_read_models_of_an_instant_are_built_in_the_home_and_hold_no_number(home: Path) -> None:
    with Home.open(home) as opened, opened.log.hold_views_folder() as folder:
        assert folder.parent == home
        assert run_kiosk("hours", "--as-of", "2026-11-29T09:00", "--home", home).status == 0
        assert find_files_with(home, ANN) <= {*STORE}
        assert folder.is_dir()
    assert not folder.exists()


# --- Erasing ---


def erase_ann(home: Path) -> ProgramResult:
    """Erase her, whose agreement has ended."""
    return run_kiosk("erase", ANN, "--basis", "request", "--yes", "--home", home)


def test_after_an_erasure_nothing_of_the_person_is_in_the_home_also_where_programs_were_killed(home: Path) -> None:
    kill_dry_run(home)
    (home / "backups").mkdir()
    for left in (home / ".rehearsal-left", home / "backups" / ".unfinished-backup-20261120T000000Z"):
        left.mkdir()
        (left / "people.db").write_text(ANN)
    assert erase_ann(home).status == 0
    assert {text: found for text in OF_ANN if (found := find_files_with(home, text))} == {}


def test_while_a_copy_is_in_use_nobody_is_erased_and_afterwards_all_of_it_goes(home: Path) -> None:
    with Home.open(home) as opened, open_dry_run(opened) as copy:
        ended = erase_ann(home)
        assert (ended.status, str(copy.path) in ended.err) == (1, True)
        assert find_files_with(home, ANN) != set()
    assert erase_ann(home).status == 0
    assert find_files_with(home, ANN) == set()


def test_a_reader_of_the_past_keeps_nobody_from_being_erased(home: Path) -> None:
    with Home.open(home) as opened, opened.log.hold_views_folder():
        assert erase_ann(home).status == 0
