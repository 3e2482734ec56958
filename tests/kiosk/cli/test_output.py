"""What the command line prints: nothing that steers a terminal, UTF-8 always, and a sentence where it cannot print."""

import json
import logging
import re
import subprocess
import unicodedata
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.clock import MachineClock
from kiosk.cli.printing import print_rows
from kiosk.errors import EXIT_NO, EXIT_USAGE
from kiosk.log_messages import MESSAGES, log_to_home
from kiosk.text.escaping import escape_controls, escape_line
from tests.faults.result_table import LONG
from tests.kiosk.conftest import Apply
from tests.support.kiosk_program import ANNS_UNIT_LINES, KIOSK, line, run_installed_kiosk, run_kiosk, run_kiosk_into
from tests.support.waiting import TIMEOUT_SECONDS

JOINERS = {"\u200c", "\u200d"}


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("\x1b[31m王小明", "\\u001b[31m王小明"),
        ("\x9b31m", "\\u009b31m"),
        ("a\rb", "a\\u000db"),
        ("a\r\nb\tc\n", "a\r\nb\tc\n"),
        ("\x7f\x00\x07", "\\u007f\\u0000\\u0007"),
        ("V001\u202e", "V001\\u202e"),
        ("\udcff", "\\udcff"),
        ("\U000e0041", "\\udb40\\udc41"),
        ("Nguyễn 王〇明 นิ 👩\u200d🚒", "Nguyễn 王〇明 นิ 👩\u200d🚒"),
    ],
)
def test_what_steers_a_terminal_is_written_out_and_letters_are_left(text: str, escaped: str) -> None:
    assert escape_controls(text) == escaped


@given(st.text())
def test_no_control_character_but_line_breaks_and_tabs_is_left(text: str) -> None:
    left = {char for char in escape_controls(text) if unicodedata.category(char) in ("Cc", "Cs")}
    assert left <= {"\n", "\t", "\r"}
    assert not re.search(r"\r(?!\n)", escape_controls(text))


@given(st.text())
def test_a_cell_stays_on_its_line_and_escaping_twice_changes_nothing(text: str) -> None:
    once = escape_line(text)
    assert not set(once) & {"\n", "\r", "\t"}
    assert escape_line(once) == once


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_a_program_reads_as_json_has_the_same_value(text: str) -> None:
    assert json.loads(escape_controls(json.dumps([text], ensure_ascii=False))) == [text]


# --- Who prints what ---


def test_a_key_of_a_batch_is_quoted_without_its_escape_sequence(simulation: Path, apply: Apply) -> None:
    ended = apply(simulation, {**line("tap", card="04000000000001"), "\x1b]0;x\x07\x9b31m": 1})
    assert (ended.status, ended.out.splitlines()[-1]) == (EXIT_USAGE, "0 lines carried out")
    assert "there is no field `\\u001b]0;x\\u0007\\u009b31m`" in ended.err


@pytest.mark.parametrize(
    "settings",
    ['"\\u001b[31m" = 1\n', 'kiosk = "\\u001b[31m"\n', 'zone = "\\u001b[31m"\n', 'masking = "\\u001b[31m"\n'],
)
def test_settings_are_quoted_without_their_escape_sequence(simulation: Path, settings: str) -> None:
    (simulation / "kiosk.toml").write_text(settings, encoding="utf-8")
    for command in ("hours", "status"):
        ended = run_kiosk(command, "--home", simulation)
        assert ended.status in (EXIT_NO, EXIT_USAGE)
        assert "\x1b" not in ended.out + ended.err


@pytest.mark.parametrize("name", ["\x1b[31m", "\x9b31m", "\u202e"])
def test_an_argument_is_quoted_without_its_escape_sequence(simulation: Path, name: str) -> None:
    for arguments in (
        ["explain", name, "2026-11-19"],
        ["apply", name],
        [name],
        [f"--{name}"],
        ["hours", "--from", name],
    ):
        ended = run_kiosk(*arguments, "--home", simulation)
        assert ended.status == EXIT_USAGE
        assert name not in ended.out + ended.err


def test_a_table_keeps_a_cell_with_a_line_break_on_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows([{"cell": "V001\nkiosk: all is well"}], "table")
    assert capsys.readouterr().out == "cell\nV001\\u000akiosk: all is well\n"


def test_messages_of_the_home_hold_no_escape_sequence(tmp_path: Path) -> None:
    with log_to_home(tmp_path):
        logging.getLogger("kiosk").error("reader %s", "\x1b[31m")
    assert "reader \\u001b[31m" in (tmp_path / MESSAGES).read_text(encoding="utf-8")


@pytest.mark.parametrize(("zone", "offset"), [("Asia/Taipei", "+08:00"), ("America/Lima", "-05:00")])
def test_messages_of_the_home_carry_local_times_with_their_offset(tmp_path: Path, zone: str, offset: str) -> None:
    (tmp_path / "kiosk.toml").write_text(f'zone = "{zone}"\n', encoding="utf-8")
    with log_to_home(tmp_path):
        logging.getLogger("kiosk").error("a fault")
    logged = datetime.fromisoformat((tmp_path / MESSAGES).read_text(encoding="utf-8").partition(" ERROR")[0])
    assert logged.isoformat()[-6:] == offset
    assert abs(MachineClock().now() - logged) < timedelta(minutes=1)


# --- Where it cannot print, or must not understand ---


def test_an_output_that_cannot_be_written_is_one_sentence(simulation: Path, apply: Apply) -> None:
    apply(simulation, *ANNS_UNIT_LINES)
    for arguments in (["status"], ["duties", "--format", "csv"], ["duties"], ["--help"]):
        assert run_kiosk_into(Path("/dev/full"), *arguments, KIOSK_HOME=str(simulation)) == (
            EXIT_USAGE,
            "kiosk: the output could not be written: No space left on device\n",
        )


def test_a_reader_of_the_output_that_has_enough_is_no_fault(simulation: Path, apply: Apply) -> None:
    apply(simulation, *ANNS_UNIT_LINES)
    program = subprocess.Popen(
        [str(KIOSK), "duties", "--home", str(simulation)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert program.stdout
    program.stdout.close()
    _, err = program.communicate(timeout=TIMEOUT_SECONDS)
    assert (program.returncode, err) == (EXIT_NO, b"")


FORMATS = ("json", "csv", "table")


@pytest.mark.parametrize(
    ("encoding", "outputs"),
    [
        ("ascii", FORMATS if LONG else FORMATS[:1]),
        ("big5", FORMATS if LONG else FORMATS[1:2]),
        ("latin-1", FORMATS if LONG else FORMATS[2:]),
    ],
)
def test_output_is_utf_8_whatever_the_locale_says(
    simulation: Path, apply: Apply, encoding: str, outputs: tuple[str, ...]
) -> None:
    apply(simulation, *ANNS_UNIT_LINES)
    shift = {**line("schedule_shift", "2026-11-01T08:00", shift="服務台𠮷"), "volunteers": ["V001"]}
    apply(simulation, shift | {"start": "2026-11-20T09:00", "end": "2026-11-20T12:00"})
    for output in outputs:
        ended = run_installed_kiosk("duties", "--format", output, "--home", simulation, PYTHONIOENCODING=encoding)
        assert (ended.status, ended.err) == (0, "")
        assert "服務台𠮷" in ended.out


@pytest.mark.parametrize("arguments", [[b"tap", b"\xff"], [b"status", b"--home", b"/tmp/\xa4\xa4"], [b"\x80"]])
def test_bytes_that_are_no_text_are_refused_in_a_sentence(arguments: list[bytes]) -> None:
    done = subprocess.run([bytes(KIOSK), *arguments], capture_output=True, timeout=TIMEOUT_SECONDS, check=False)
    assert done.returncode == EXIT_USAGE
    assert done.stdout == b""
    assert re.fullmatch(rb"kiosk: \S+ is no text in UTF-8: use other names\n", done.stderr)


def test_a_home_named_by_bytes_in_the_environment_is_refused_in_a_sentence() -> None:
    done = subprocess.run(
        [KIOSK, "status"], env={b"KIOSK_HOME": b"\xff"}, capture_output=True, timeout=TIMEOUT_SECONDS, check=False
    )
    assert (done.returncode, done.stderr) == (EXIT_USAGE, b"kiosk: \\udcff is no text in UTF-8: use other names\n")


@pytest.mark.parametrize("name", ["a" * 5000, "/proc/self/mem", "/dev/null/x"])
def test_what_the_system_refuses_is_no_fault_of_the_program(name: str) -> None:
    for command in ("status", "hours", "verify", "init"):
        ended = run_kiosk(command, "--home", name)
        assert ended.status in (EXIT_NO, EXIT_USAGE)
        assert "Traceback" not in ended.err
