"""The disk is full, read-only or failing: the evacuation list and every other read answer as before, from memory where
they must; what would write says so in one sentence. Nothing ends with a traceback, and the reserve stays for taps."""

import errno
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.cli.home_to_read import print_quarantine
from kiosk.home import Home
from kiosk.roster.run import build_muster_sheet, load_muster
from kiosk.roster.source import HomeRosterSource
from tests.faults.result_table import ATTACK_RESULTS, LONG, AttackResult
from tests.faults.tap_process import STORAGE_TROUBLE, TapProcess
from tests.support.faulty_disk import FAULTS, FaultyDisk
from tests.support.home_entrance import ANNS_CARD_NUMBER, LANS_CARD_NUMBER, OFFICE_LINES
from tests.support.kiosk_program import (
    KIOSK,
    ProgramResult,
    line,
    run_kiosk,
    run_kiosk_into,
    run_kiosk_process,
    write_batch,
)
from tests.support.people import local_second
from tests.support.small_disk import fill_disk, needs_a_small_disk, small_disk
from tests.support.waiting import TIMEOUT_SECONDS

DAY = "2026-11-19"
SECRET = b"135790\n"
"""What a command that asks for a PIN is answered."""
TAP_IN = line("tap", f"{DAY}T06:00", card=ANNS_CARD_NUMBER)
EIGHT_HOURS = 8 * 60
"""Minutes between the morning of the tap process, in UTC, and the local one."""
READS = [
    ("presence", "--muster"),
    *((name, "--format", "json") for name in ("presence", "visits", "duties", "hours", "absences", "exits", "pending")),
    ("explain", "V001", DAY),
    ("event", "1"),
    ("verify",),
    ("replay",),
    ("replay", "--as-of", f"{DAY}T06:00"),
    ("difference", "--as-of", f"{DAY}T05:00", "--as-of", f"{DAY}T06:00"),
]
WRITES = [
    ("tap", LANS_CARD_NUMBER, "--at", f"{DAY}T07:00"),
    ("reconcile", "--date", DAY),
    ("apply", "BATCH"),
    ("apply", "--check", "BATCH"),
    ("backup",),
    ("erase", "V001", "--basis", "request", "--yes"),
    ("coordinator", "lin"),
    ("run",),
]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which Ann is in, to be copied."""
    folder = tmp_path_factory.mktemp("office")
    Home.make(folder / "home", simulation=True).close()
    lines = write_batch(folder / "office.jsonl", *OFFICE_LINES, TAP_IN)
    assert run_kiosk("apply", lines, "--home", folder / "home").err == ""
    return folder / "home"


def run_command(home: Path, command: tuple[str, ...], environment: dict[str, str] | None = None) -> ProgramResult:
    """Run it in this process, or with an environment in one of its own; a library is loaded as that starts."""
    batch = write_batch(home.parents[1] / "batch.jsonl", {**TAP_IN, "at": f"{DAY}T07:00"})
    arguments = [*(str(batch) if word == "BATCH" else word for word in command), "--home", str(home)]
    if environment is None:
        return run_kiosk(*arguments)
    if "LD_PRELOAD" not in environment:
        return run_kiosk_process(*arguments, stdin=SECRET, **environment)
    done = subprocess.run(
        [KIOSK, *arguments], env=environment, input=SECRET, capture_output=True, timeout=TIMEOUT_SECONDS, check=False
    )
    return ProgramResult(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture(scope="module")
def expected(office: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, ...], str]:
    """What every read says on a disk that is well."""
    return read_everything(Path(shutil.copytree(office, tmp_path_factory.mktemp("well") / "home")))


def read_everything(home: Path) -> dict[tuple[str, ...], str]:
    return {command: strip_rate(run_command(home, command)) for command in READS}


def strip_rate(answer: ProgramResult) -> str:
    return answer.out.split(" fit the chain (")[0]


def count_right(answers: dict[tuple[str, ...], ProgramResult], expected: dict[tuple[str, ...], str]) -> int:
    """How many reads answered, which must be all."""
    wrong = {
        command: answer
        for command, answer in answers.items()
        if answer.status or strip_rate(answer) != expected[command] or "Traceback" in answer.err
    }
    assert wrong == {}
    return len(answers)


def run_all(
    home: Path, commands: list[tuple[str, ...]], environment: dict[str, str] | None = None
) -> dict[tuple[str, ...], ProgramResult]:
    return {command: run_command(home, command, environment) for command in commands}


UNREADABLE = [("log.db", "this does not say that it is damaged"), ("log.head", "a log that went back would not be")]
"""Files of a home, and what is said where the disk gives none of them."""
DRY_RUN = "1 line can be carried out; nothing was changed\n"
"""What `apply --check` says, which needs no disk that keeps anything."""


def refuses_with_a_sentence(answer: ProgramResult) -> bool:
    said = any(text.startswith(("kiosk: ", "/")) for text in answer.err.splitlines())
    return answer.status in (1, 2) and said and "Traceback" not in answer.err


@contextmanager
def full_home(tmp_path: Path, office: Path, *, with_views: bool) -> Iterator[Path]:
    """A home on a disk without room for a byte, but for its reserve."""
    with small_disk(tmp_path / "disk") as disk:
        home = Path(shutil.copytree(office, disk / "home"))
        if with_views:
            assert run_command(home, ("presence",)).status == 0
        (home / "log.reserve").write_bytes(bytes(2**20))
        fill_disk(disk)
        yield home


@needs_a_small_disk
@pytest.mark.parametrize("with_views", [True, False], ids=["views", "no views"])
def test_on_a_full_disk_every_read_answers_and_leaves_the_reserve(
    tmp_path: Path, office: Path, expected: dict[tuple[str, ...], str], with_views: bool
) -> None:
    with full_home(tmp_path, office, with_views=with_views) as home:
        seen = count_right(run_all(home, READS), expected)
        assert (home / "log.reserve").exists()
        assert "V001" in run_command(home, ("presence", "--muster")).out
        assert run_command(home, ("status",)).status == 1
    what = f"read on a full disk ({'with' if with_views else 'without'} views)"
    ATTACK_RESULTS.append(AttackResult(what, len(READS), seen, 0))


@needs_a_small_disk
def test_on_a_full_disk_every_read_answers_beside_an_open_entrance(tmp_path: Path, office: Path) -> None:
    well = Path(shutil.copytree(office, tmp_path / "well" / "home"))
    with TapProcess(well, dict(os.environ)) as door:
        door.tap(LANS_CARD_NUMBER, 30)
    expected = read_everything(well)
    with small_disk(tmp_path / "disk") as disk:
        home = Path(shutil.copytree(office, disk / "home"))
        with TapProcess(home, dict(os.environ)) as door:
            door.tap(LANS_CARD_NUMBER, 30)
            filling = fill_disk(disk)
            seen = count_right(run_all(home, READS), expected)
            while door.tap(ANNS_CARD_NUMBER, 60).state != STORAGE_TROUBLE:
                fill_disk(disk)
            assert run_command(home, ("presence", "--muster")).status == 0
            filling.unlink()
            assert door.is_ready()
    ATTACK_RESULTS.append(AttackResult("read on a full disk beside an open entrance", len(READS), seen, 0))


@needs_a_small_disk
def test_on_a_full_disk_what_would_write_says_so_and_writes_nothing(tmp_path: Path, office: Path) -> None:
    with full_home(tmp_path, office, with_views=False) as home:
        (home / "log.reserve").unlink()
        fill_disk(home.parent)
        answers = run_all(home, WRITES, dict(os.environ))
        assert [command for command, answer in answers.items() if not refuses_with_a_sentence(answer)] == []
        log = (home / "log.db").read_bytes()
    ATTACK_RESULTS.append(AttackResult("write on a full disk", len(WRITES), len(answers), 0))
    assert log == (office / "log.db").read_bytes()


@needs_a_small_disk
def test_a_roster_that_is_open_goes_on_when_the_disk_fills(tmp_path: Path, office: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        home = Path(shutil.copytree(office, disk / "home"))
        with Home.open_to_read(home) as opened, TapProcess(home, dict(os.environ)) as door:
            source = HomeRosterSource(opened)
            first = source.poll()
            (home / "log.reserve").write_bytes(bytes(2**20))
            fill_disk(disk)
            answered = door.tap(LANS_CARD_NUMBER, EIGHT_HOURS + 30)
            fill_disk(disk)
            second = source.poll()
            sheet = build_muster_sheet(load_muster(opened, local_second(f"{DAY} 07:00"), None, print_quarantine))
    assert None not in (first, second)
    assert answered.state == "checked_in"
    assert all(number in sheet for number in ("V001", "V002"))
    ATTACK_RESULTS.append(AttackResult("the disk fills under an open roster", 1, 1, 0))


@pytest.mark.parametrize("fault", FAULTS if LONG else ["no space on write", "read-only folder"])
def test_on_a_failing_disk_every_read_answers(
    tmp_path: Path, office: Path, expected: dict[tuple[str, ...], str], fault: str
) -> None:
    home = Path(shutil.copytree(office, tmp_path / "bad" / "home"))
    disk, reads, writes = FaultyDisk(home), READS if LONG else READS[:2], WRITES if LONG else WRITES[:1]
    with disk.inject_fault(*FAULTS[fault]):
        seen = count_right(run_all(home, reads, disk.environment()), expected)
        refused = run_all(home, writes, disk.environment())
    silent = [command for command, answer in refused.items() if not refuses_with_a_sentence(answer)]
    assert [command for command in silent if refused[command].out != DRY_RUN] == []
    what = f"read and write on a failing disk: {fault}"
    ATTACK_RESULTS.append(AttackResult(what, len(reads) + len(writes), seen + len(refused), 0))


@pytest.mark.parametrize(("name", "said"), UNREADABLE)
def test_a_disk_that_does_not_answer_is_not_called_a_damaged_log(
    tmp_path: Path, office: Path, name: str, said: str
) -> None:
    """Damage sends to a backup, and what was recorded since is lost with that."""
    home = Path(shutil.copytree(office, tmp_path / "bad" / "home"))
    disk = FaultyDisk(home)
    disk.set_bad_sectors(errno.EIO, name, 4096 if name == "log.db" else 0)
    answers = run_all(home, [("hours",), ("verify",), ("status",), ("run",)], disk.environment())
    texts = {command: " ".join((answer.out + answer.err).split()) for command, answer in answers.items()}
    assert [command for command, text in texts.items() if said not in text or "is damaged (" in text] == []
    assert all(answer.status for answer in answers.values())


def test_an_event_in_the_middle_that_the_disk_does_not_give_is_not_called_damage(tmp_path: Path, office: Path) -> None:
    home = Path(shutil.copytree(office, tmp_path / "bad" / "home"))
    size, disk = (home / "log.db").stat().st_size, FaultyDisk(home)
    pages = range(4096, size, 4096)
    said = ""
    for page in pages:
        disk.set_bad_sectors(errno.EIO, "log.db", page, page + 4096)
        said += run_command(home, ("event", "3"), disk.environment()).err
    assert "does not say that it is damaged" in said
    assert "is damaged (" not in said


def test_output_that_cannot_be_written_is_said_in_a_sentence(office: Path) -> None:
    commands = [*(READS if LONG else READS[:3]), ("status",), ("--help",)]
    ended = [run_kiosk_into(Path("/dev/full"), "--home", office, *command) for command in commands]
    seen = sum(status == 2 and "the output could not be written: No space left" in said for status, said in ended)
    ATTACK_RESULTS.append(AttackResult("output to a full disk", len(commands), seen, 0))
    assert [said for status, said in ended if "Traceback" in said or status in (0, 70) or "Exception" in said] == []
    assert seen == len(commands)
