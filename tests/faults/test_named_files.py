"""Files that are none: pipes that nobody writes into, devices, sockets, folders, endless and foreign files, named
to every command that opens one."""

import os
import socket
from pathlib import Path

import pytest

from kiosk.home import Home
from tests.faults.result_table import ATTACK_RESULTS, LONG, AttackResult
from tests.support.kiosk_program import (
    ANNS_UNIT_LINES,
    ProgramResult,
    line,
    run_kiosk,
    run_kiosk_process,
    write_batch,
)

FOREIGN = "root-password-7f3a"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    Home.make(tmp_path / "home", simulation=True).close()
    assert run_kiosk("apply", write_batch(tmp_path / "unit.jsonl", *ANNS_UNIT_LINES), "--home", tmp_path / "home").out
    return tmp_path / "home"


@pytest.fixture
def traps(tmp_path: Path) -> list[Path]:
    """What only looks like a file."""
    folder = tmp_path / "traps"
    folder.mkdir()
    os.mkfifo(folder / "fifo")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(folder / "socket"))
    (folder / "link-to-fifo").symlink_to(folder / "fifo")
    (folder / "link-to-device").symlink_to("/dev/zero")
    (folder / "secret").write_text(f"{FOREIGN}\n")
    (folder / "secret.csv").write_text(f"西元日期,星期,是否放假,備註\n{FOREIGN},四,{FOREIGN},\n")
    (folder / "secret.json").write_text(f'[{{"volunteer":"V001","date":"{FOREIGN}","check_in":"x","uncredited":[]}}]')
    os.truncate(os.open(folder / "sparse", os.O_CREAT | os.O_RDWR), 2**40)
    devices = [Path(name) for name in ("/dev/zero", "/dev/full", "/dev/null", "/dev/tty", "/proc/self/mem")]
    found = [*sorted(folder.iterdir()), folder, *filter(os.path.exists, devices)]
    return found if LONG else found[::2]


def name_calendar(home: Path, trap: Path) -> ProgramResult:
    said = line("import_calendar", year=2026, file=str(trap))
    return run_kiosk_process("apply", write_batch(home.parent / "calendar.jsonl", said), "--home", home)


def name_statement(home: Path, trap: Path) -> ProgramResult:
    return run_kiosk_process("replay", "--as-of", "2026-11-01T09:00", "--against", trap, "--home", home)


def name_batch(home: Path, trap: Path) -> ProgramResult:
    return run_kiosk_process("apply", trap, "--home", home)


@pytest.mark.parametrize(
    ("what", "name"), [("calendar", name_calendar), ("statement", name_statement), ("batch", name_batch)]
)
def test_no_command_waits_for_a_trap_or_quotes_it(home: Path, traps: list[Path], what: str, name) -> None:
    seen = lost = 0
    for trap in traps:
        ended = name(home, trap)
        seen += (
            ended.status == 2 and "Traceback" not in ended.err and ended.err.startswith(("kiosk: ", str(home.parent)))
        )
        lost += FOREIGN in ended.out + ended.err
    ATTACK_RESULTS.append(AttackResult(f"pipe, device or foreign file as a {what}", len(traps), seen, lost))
    assert (seen, lost) == (len(traps), 0)


def test_a_batch_may_come_through_a_pipe_of_the_shell(home: Path) -> None:
    read, write = os.pipe()
    os.write(write, b'{"do":"issue_card","at":"2026-01-01T08:00","volunteer":"V001","card":"04000000000009"}\n')
    os.close(write)
    ended = run_kiosk("apply", f"/dev/fd/{read}", "--home", home)
    os.close(read)
    assert (ended.status, ended.err) == (0, "")
