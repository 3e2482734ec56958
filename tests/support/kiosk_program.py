"""The program `kiosk` as a person or a script meets it: what it printed and how it ended."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import click

from kiosk.cli.program import kiosk, run
from tests.support.forked_process import ForkedProcess
from tests.support.waiting import TIMEOUT_SECONDS

KIOSK = Path(sys.executable).with_name("kiosk")
"""The installed program."""
PIPE_SIZE = 1 << 16
"""Bytes that a pipe takes while nothing reads it (pipe(7))."""


@dataclass(frozen=True)
class ProgramResult:
    """How a run of the program ended."""

    status: int
    out: str
    err: str

    @property
    def first_error_line(self) -> str:
        """The first line on standard error."""
        return self.err.partition("\n")[0]


def list_command_lines(command: click.Command = kiosk, words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The words of every command and of every sub-command, as they are typed behind `kiosk`."""
    if words:
        yield words
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from list_command_lines(found, (*words, name))


def run_kiosk(*arguments: str | Path) -> ProgramResult:
    """Run the program in this process."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = run([str(argument) for argument in arguments])
    return ProgramResult(status, out.getvalue(), err.getvalue())


def run_kiosk_process(*arguments: str | Path, stdin: bytes = b"", **env: str) -> ProgramResult:
    """Run the program in a process of its own, which starts where the program is imported already."""
    assert len(stdin) <= PIPE_SIZE
    (given, write_end), (read_output, output), (read_errors, errors) = os.pipe(), os.pipe(), os.pipe()
    os.write(write_end, stdin)
    process = ForkedProcess([str(KIOSK), *map(str, arguments)], (given, output, errors), env)
    for end in (write_end, given, output, errors):
        os.close(end)
    with ThreadPoolExecutor(2) as readers:
        out, err = (readers.submit(_read_pipe, end) for end in (read_output, read_errors))
        try:
            status = process.wait(timeout=TIMEOUT_SECONDS)
        finally:
            process.kill()
            process.wait()
    return ProgramResult(status, out.result().decode(), err.result().decode())


def run_kiosk_into(target: Path, *arguments: str | Path, **env: str) -> tuple[int, str]:
    """Run the program in such a process, with its output going to a file; its status and what it said of errors."""
    with Path(os.devnull).open("rb") as given, target.open("wb") as output, TemporaryFile() as errors:
        streams = given.fileno(), output.fileno(), errors.fileno()
        status = ForkedProcess([str(KIOSK), *map(str, arguments)], streams, env).wait(timeout=TIMEOUT_SECONDS)
        errors.seek(0)
        return status, errors.read().decode()


def _read_pipe(end: int) -> bytes:
    with open(end, "rb") as pipe:
        return pipe.read()


def run_installed_kiosk(*arguments: str | Path, stdin: bytes = b"", **env: str) -> ProgramResult:
    """Run the installed program, from its start on, in a process of its own."""
    command = [str(KIOSK), *(str(argument) for argument in arguments)]
    done = subprocess.run(command, env=env, input=stdin, capture_output=True, timeout=TIMEOUT_SECONDS, check=False)
    return ProgramResult(done.returncode, done.stdout.decode(), done.stderr.decode())


def line(do: str, at: str = "2026-11-19T09:00", **fields: Any) -> dict[str, Any]:
    """One command of a batch; `from_` writes the field `from`."""
    return {"do": do, "at": at, **{name.rstrip("_"): value for name, value in fields.items()}}


def write_batch(path: Path, *lines: dict[str, Any] | str) -> Path:
    """A batch file of these lines; text is written as it is."""
    texts = [text if isinstance(text, str) else json.dumps(text, ensure_ascii=False) for text in lines]
    path.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
    return path


def add_reader(home: Path, port: str, profile: str = "rdm6300") -> Path:
    """The home, with a reader called door in its settings."""
    with (home / "kiosk.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'[[reader]]\nname = "door"\nport = "{port}"\nprofile = "{profile}"\n')
    return home


OPEN_UNIT = line("open_unit", "2026-11-19T08:00", name="清水戶政事務所", kind="public", category="戶政")
ENROL_ANN = line("enrol_volunteer", "2024-01-02T08:00", volunteer="V001", mode="rostered", agreement_from="2024-01-02")
ISSUE_ANNS_CARD = line("issue_card", "2024-01-02T08:05", volunteer="V001", card="04000000000001")
SCHEDULE_ANNS_SHIFT = line(
    "schedule_shift",
    "2026-11-01T08:00",
    shift="S1",
    start="2026-11-19T09:00",
    end="2026-11-19T12:00",
    volunteers=["V001"],
)
ANNS_UNIT_LINES = (OPEN_UNIT, ENROL_ANN, ISSUE_ANNS_CARD, SCHEDULE_ANNS_SHIFT)
"""The batch of a unit in which Ann (V001) has a card and one shift, on 2026-11-19 from 9 to 12."""
