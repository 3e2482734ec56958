"""Attacks on the command line by what it is given: bytes, escape sequences, numbers without a bound, depth."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from kiosk.batch.commands import COMMANDS
from kiosk.cli.errors import EXIT_FAULT
from kiosk.home import Home
from tests.faults.result_table import ATTACK_RESULTS, LONG, AttackResult
from tests.kiosk.roster.morning_data import MORNING
from tests.support.kiosk_program import KIOSK, ProgramResult, run_kiosk, write_batch
from tests.support.terminal import Terminal
from tests.support.waiting import TIMEOUT_SECONDS

ESCAPES = ("\x1b[31m", "\x9b31m", "\x1b]0;x\x07", "\u202e", "\x7f", "\r")
DEEP = "[" * 5000 + "]" * 5000
SETTINGS = {
    "deep lists": f"kiosk = {DEEP}",
    "deep tables": f"[{'.'.join('a' * 3000)}]",
    "a number of 5,000 digits": f"kiosk = {'9' * 5000}",
    "a date for a text": "kiosk = 2026-01-01",
    "a time for a text": "kiosk = 07:00:00",
    "an instant for a text": "zone = 2026-01-01T00:00:00Z",
    "no number": '[[reader]]\nname = "d"\nport = "/dev/x"\nbaud = nan',
    "an escape in a key": '"\\u001b[31m" = 1',
    "an escape in a value": 'kiosk = "\\u001b[31m"',
    "a zone of 5,000 characters": f'zone = "{"a" * 5000}"',
    "a zone that is a folder": 'zone = "Asia"',
    "a port of 100,000 characters": f'[[reader]]\nname = "d"\nport = "{"a" * 100_000}"',
    "an address of colons": '[[reader]]\nname = "d"\nport = "socket://[::::]:99999999999"\nprofile = "rdm6300"',
}
VALUES = ['"\\u001b[31m"', '"\\u0000"', '"\\ud800"', "1e400", "9" * 400, "null", "[]", '{"\\u001b":1}', DEEP]
OPTIONS = ["\x1b[31m", "a" * 70_000, "", "nan", "inf", "-1", "1e308", "9" * 5000, "9999-12-31T23:59:59+00:00", "٣", "/"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    Home.make(tmp_path / "home", simulation=True).close()
    assert run_kiosk("apply", write_batch(tmp_path / "lines", *MORNING), "--home", tmp_path / "home").err == ""
    return tmp_path / "home"


def is_harmless(ended: ProgramResult) -> bool:
    """No fault of the program, and nothing that steers a terminal."""
    printed = ended.out + ended.err
    return ended.status != EXIT_FAULT and "Traceback" not in printed and not set(printed) & set("\x1b\x9b\x7f\r\u202e")


def record(what: str, results: list[bool]) -> None:
    ATTACK_RESULTS.append(AttackResult(what, len(results), sum(results), len(results) - sum(results)))
    assert all(results)


def test_no_settings_are_a_fault_of_the_program(home: Path) -> None:
    results = []
    for text in SETTINGS.values():
        (home / "kiosk.toml").write_text(text, encoding="utf-8")
        ended = run_kiosk("hours", "--home", home)
        results.append(is_harmless(ended) and ended.status == 2 and ended.out == "")
    record("kiosk.toml: depth, numbers, dates, escape sequences", results)


def test_no_record_of_the_home_is_a_fault_of_the_program(home: Path) -> None:
    backups, results = home.with_name("backups"), []
    assert run_kiosk("backup", backups, "--home", home).status == 0
    for name in ("backups.json", "proved.json", "erasures.jsonl"):
        for depth in (b"[", b'{"volunteer":', b'{"good_drill":'):
            (home / name).write_bytes(depth * 50_000)
            results += [
                is_harmless(run_kiosk(*command, "--home", home)) for command in (["status"], ["backup", backups])
            ]
        (home / name).unlink()
    for description in backups.glob("*/backup.json"):
        description.write_bytes(b'{"made_at":' * 50_000)
    results.append(is_harmless(run_kiosk("restore", next(backups.glob("*")), "--to", home.with_name("new"))))
    record("records of the home without a bottom", results)


def list_lines() -> Iterator[str]:
    """For each command a line for each field and value; one command in the short form."""
    for do, kind in COMMANDS.items() if LONG else [("tap", COMMANDS["tap"])]:
        for field in msgspec.structs.fields(kind):
            fields = {"at": '"2026-11-19T12:00"', "by": '"lin"', "volunteer": '"V001"', "card": '"04A2B3C4D5E680"'}
            for value in VALUES:
                given = {name: text for name, text in fields.items() if name in kind.__struct_fields__}
                given[field.encode_name] = value
                yield f'{{"do":"{do}",{",".join(f"{name!r}:{text}" for name, text in given.items())}}}'.replace(
                    "'", '"'
                )
        yield from (json.dumps({"do": do, escape: 1}, ensure_ascii=False) for escape in ESCAPES)


def test_no_line_of_a_batch_is_a_fault_of_the_program(home: Path) -> None:
    lines = [*list_lines(), '{"do":' + "[" * 100_000, *ESCAPES]
    batch = write_batch(home.with_name("batch"), *lines)
    ended = run_kiosk("apply", "--check", batch, "--home", home)
    record("batch lines: keys and values", [is_harmless(ended) and ended.status == 2] * len(lines))


def test_no_option_or_argument_is_a_fault_of_the_program(home: Path) -> None:
    options = OPTIONS if LONG else OPTIONS[::3]
    results = [
        is_harmless(run_kiosk(*command, value, *("--home", home)))
        for value in options
        for command in (
            ["tap", "04A2B3C4D5E680", "--at", "2026-11-19T12:00", "--reader"],
            ["tap", "04A2B3C4D5E680", "--at"],
            ["tap"],
            ["explain", "V001"],
            ["event"],
            ["hours", "--from"],
            ["visits", "--as-of"],
            ["roster", "--replay"],
            ["readers", "watch", "/dev/null", "--for"],
            ["erase", "V001", "--basis", "request", "--by"],
            ["coordinator", "--remove"],
            ["apply"],
            [],
        )
    ]
    record("options and arguments", results)


def test_bytes_that_are_no_text_are_no_fault_of_the_program(home: Path) -> None:
    results = []
    for command in ([b"tap", b"\xff"], [b"apply", b"\x80"], [b"\xff"], [b"status", b"--home", b"/tmp/\xa4\xa4"]):
        done = subprocess.run([bytes(KIOSK), *command], capture_output=True, timeout=TIMEOUT_SECONDS, check=False)
        results.append(done.returncode == 2 and done.stderr.startswith(b"kiosk: ") and b"Traceback" not in done.stderr)
    record("arguments that are no text", results)


def test_on_a_real_terminal_nothing_that_is_quoted_steers_it(home: Path) -> None:
    results = []
    for escape in ESCAPES[:3]:
        batch = write_batch(home.with_name("batch"), {"do": "tap", escape: 1})
        with Terminal(
            ["-c", "from kiosk.cli.program import main; main()", "apply", str(batch), "--home", str(home)]
        ) as t:
            assert t.wait_for_exit() == 2
            results.append(not set(t.output) & set(b"\x1b\x07") and b"\\u00" in t.output)
    record("escape sequences on a terminal", results)


def test_the_name_of_a_reader_is_bounded_like_any_name(home: Path) -> None:
    tap = ("tap", "04A2B3C4D5E680", "--at", "2026-11-19T12:00", "--home", home, "--reader")
    refused = [run_kiosk(*tap, name) for name in ("a" * 129, "a" * 70_000, "\x1b[31m", "", " door", "door\n")]
    taken = [run_kiosk(*tap, name) for name in ("a" * 128, "櫃台 1")]
    assert all(ended.err.startswith("kiosk: --reader must be 1 to 128 characters") for ended in refused)
    record(
        "the name of a reader",
        [*((ended.status, ended.out) == (2, "") for ended in refused), *("recorded" in ended.out for ended in taken)],
    )
