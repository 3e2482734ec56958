"""The program: its commands, where `--home` may stand, its exit statuses, what it loads."""

import json
import subprocess
import sys
from contextlib import closing
from itertools import chain
from pathlib import Path

import click
import pytest

from domain.log.event_log import EventLog
from domain.log.registered_names import REGISTERED_NAMES
from domain.log.sqlite import open_sqlite_log
from kiosk.cli import program
from kiosk.cli.errors import run_and_report
from kiosk.words.click_texts import HELP_TABLES
from tests.kiosk.conftest import Apply
from tests.support.kiosk_program import ANNS_UNIT_LINES, line, list_command_lines, run_installed_kiosk, run_kiosk
from tests.support.waiting import TIMEOUT_SECONDS

# --- Commands ---


COMMAND_LINES = [*list_command_lines()]
HEAVY_MODULES = ("textual", "eventsourcing", "msgspec", "sqlite3", "serial", "devices")


@pytest.mark.parametrize("command", COMMAND_LINES, ids=" ".join)
def test_every_command_and_every_sub_command_helps_with_an_example(command: tuple[str, ...]) -> None:
    ended = run_kiosk(*command, "--help")
    assert (ended.status, ended.err) == (0, "")
    assert f"Example:\n    kiosk {' '.join(command)}" in ended.out


@pytest.mark.parametrize("arguments", COMMAND_LINES, ids=" ".join)
def test_every_command_and_every_option_has_its_help_from_the_table_of_words(arguments: tuple[str, ...]) -> None:
    command = find_command(arguments)
    # a test before may have loaded the command in Chinese
    assert command.help in {text for said in chain(*HELP_TABLES) for text in (said.value, said.find_chinese_text())}
    options = [option for option in command.params if isinstance(option, click.Option)]
    assert [option.name for option in options if not option.help] == []


def find_command(arguments: tuple[str, ...]) -> click.Command:
    command: click.Command = program.kiosk
    for name in arguments:
        assert isinstance(command, click.Group)
        found = command.get_command(click.Context(command), name)
        assert found is not None
        command = found
    return command


@pytest.mark.parametrize("arguments", [["--help"], ["readers", "--help"]], ids=" ".join)
def test_the_help_of_a_group_loads_neither_screen_nor_log_nor_readers(arguments: list[str]) -> None:
    modules = list_loaded_modules(arguments)
    assert "click" in modules
    assert modules & set(HEAVY_MODULES) == set()


def test_a_tap_loads_neither_the_desk_nor_the_streams_that_it_does_not_read(real_home: Path) -> None:
    """Of a home without readers and without a hub: a script that taps waits for nothing that it does not need."""
    modules = list_loaded_modules(["tap", "04A2B3C4D5E680", "--home", str(real_home)])
    assert {name for name in modules if name.startswith("domain.model.")} == READ_AT_A_TAP
    assert modules & NOT_AT_A_TAP == set()


def test_the_checks_of_a_home_without_readers_and_hub_load_nothing_of_either(real_home: Path) -> None:
    modules = list_loaded_modules(["status", "--home", str(real_home)])
    assert "kiosk.status.run" in modules
    assert modules & {"kiosk.status.hub", "http.client", "kiosk.readers.diagnostics", "cryptography.x509"} == set()


READ_AT_A_TAP = {
    f"domain.model.{name}"
    for name in (
        *("attendance", "card", "corrections", "kiosk_clock", "kiosk_register", "unit", "volunteer"),
        *("known_past", "retraction", "standing", "step_detector", "streams", "training", "visits"),
    )
}
"""The streams of which a tap reads events, and what they are made of."""
NOT_AT_A_TAP = {"projections.engine.views", "domain.use_cases.desk", "devices.profiles", "cryptography", "textual"}


def list_loaded_modules(arguments: list[str]) -> set[str]:
    """What a new program has loaded when it has run a command line."""
    code = f"import sys; from kiosk.cli.program import run; run({arguments}); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=TIMEOUT_SECONDS
    )
    return set(done.stderr.split())


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["aply"], "kiosk: there is no command 'aply': did you mean apply?"),
        (["xyz"], "kiosk: there is no command 'xyz': it is one of init, run"),
        (["readers", "lst"], "kiosk: there is no command 'lst': did you mean list?"),
        (
            ["--home", "a", "--home", "b", "hours"],
            "kiosk: --home is given twice: which of the two is meant? Give it once",
        ),
        (
            ["hours", "--volunteer", "1", "--volunteer=2"],
            "kiosk: --volunteer is given twice: which of the two is meant?",
        ),
        (
            ["token", "issue", "x", "--home", "a", "--home", "b"],
            "kiosk: --home is given twice: which of the two is meant?",
        ),
        (["apply"], "kiosk: Missing argument 'FILE'."),
        (["verify", "--formt", "json"], "kiosk: No such option '--formt'."),
        (["issue", "V001", "--for", "nan"], "kiosk: Invalid value for '--for': nan is no duration: write seconds"),
        (
            ["issue", "V001", "--for", "inf"],
            "kiosk: Invalid value for '--for': inf is no duration: write seconds",
        ),
        (["issue", "V001", "--for", "86401"], "kiosk: Invalid value for '--for': 86401 is no duration"),
        (["verify", "--format", "xml"], "kiosk: Invalid value for '--format': 'xml' is not one of"),
        *(
            (arguments, f"kiosk: Invalid value for '{arguments[-2]}': no file or folder is named")
            for arguments in (
                ["verify", "--heads", ""],
                ["verify", "--home", ""],
                ["witness", "heads", "--state", ""],
                ["replay", "--as-of", "2026-11-20", "--against", ""],
                ["install-service", "--to", ""],
            )
        ),
        (["--home", "", "hours"], "kiosk: Invalid value for '--home': no file or folder is named"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_so_first(arguments: list[str], sentence: str) -> None:
    ended = run_kiosk(*arguments)
    assert (ended.status, ended.out) == (2, "")
    assert ended.first_error_line.startswith(sentence)


@pytest.mark.parametrize("group", [[], ["readers"]], ids=str)
def test_a_group_without_a_command_prints_its_help(group: list[str]) -> None:
    ended, asked = run_kiosk(*group), run_kiosk(*group, "--help")
    assert (ended.status, ended.out, ended.err) == (0, asked.out, "")
    assert ended.out.startswith("Usage: kiosk")


def test_a_fault_of_ours_ends_with_70_and_shows_no_values(caplog: pytest.LogCaptureFixture) -> None:
    @click.command()
    def broken() -> None:
        name = "王小明"
        raise ZeroDivisionError(len(name))

    assert run_and_report(broken, []) == 70
    assert "this is a fault of the program (ZeroDivisionError)" in caplog.text
    assert "Traceback" in caplog.text
    assert "王小明" not in caplog.text


# --- Where the home is ---


def test_the_home_may_stand_before_or_after_the_command_or_in_the_environment(simulation: Path, tmp_path: Path) -> None:
    assert run_kiosk("--home", simulation, "verify").status == 0
    assert run_kiosk("verify", "--home", simulation).status == 0
    assert run_kiosk("--home", tmp_path / "nowhere", "verify", "--home", simulation).status == 0
    assert run_installed_kiosk("verify", KIOSK_HOME=str(simulation)).status == 0
    assert run_installed_kiosk("verify", "--home", tmp_path / "nowhere", KIOSK_HOME=str(simulation)).status == 2


def test_a_persons_mistake_shows_no_traceback_in_the_real_program(tmp_path: Path) -> None:
    ended = run_installed_kiosk("tap", "04A2", "--home", tmp_path / "nowhere")
    assert (ended.status, ended.out, ended.err.count("\n")) == (2, "", 1)


# --- Taps from a script ---


@pytest.fixture
def serving(simulation: Path, apply: Apply) -> Path:
    """A home in which Ann may tap."""
    assert apply(simulation, *ANNS_UNIT_LINES).status == 0
    return simulation


def tap(home: Path, at: str, *options: str, card: str = "04000000000001"):
    return run_kiosk("tap", card, "--at", at, "--home", home, *options)


def test_a_tap_answers_in_the_words_of_the_contract(serving: Path) -> None:
    answers = [tap(serving, f"2026-11-19T{at}", "--format", "json") for at in ("08:58", "08:58:59", "08:59")]
    assert [ended.status for ended in answers] == [0, 0, 0]
    facts = [json.loads(ended.out) for ended in answers]
    assert [fact["outcome"] for fact in facts] == ["checked_in", "duplicate", "checked_out"]
    assert facts[0] == {
        "outcome": "checked_in",
        "volunteer": "V001",
        "at": "2026-11-19T08:58:00+08:00",
        "event": facts[0]["event"],
    }
    assert [fact["event"] - facts[0]["event"] for fact in facts] == [0, 1, 2]


def test_a_refused_tap_is_recorded_and_ends_with_1(serving: Path) -> None:
    ended = tap(serving, "2026-11-19T08:58", "--format", "json", card="04FFFFFFFFFFFF")
    assert ended.status == 1
    fact = json.loads(ended.out)
    assert (fact["outcome"], fact["reason"], "volunteer" in fact) == ("refused", "unknown_card", False)
    with _log(serving) as log:
        assert log.head().position == fact["event"]


def test_a_tap_of_somebody_suspended_says_who(serving: Path, apply: Apply) -> None:
    apply(serving, line("suspend", "2026-11-18T09:00", volunteer="V001", **{"from": "2026-11-18"}))
    fact = json.loads(tap(serving, "2026-11-19T08:58", "--format", "json").out)
    assert (fact["reason"], fact["volunteer"]) == ("suspended", "V001")


def test_a_departure_without_an_arrival_is_unmatched(serving: Path) -> None:
    ended = tap(serving, "2026-11-19T08:58", "--direction", "out", "--format", "json")
    assert (ended.status, json.loads(ended.out)["outcome"]) == (0, "unmatched")


def test_a_tap_can_be_read_by_people_too(serving: Path) -> None:
    assert tap(serving, "2026-11-19T08:58").out == "2026-11-19T08:58:00+08:00  V001  checked in\n"


def test_a_simulation_asks_when_and_a_real_home_knows(serving: Path, real_home: Path) -> None:
    ended = run_kiosk("tap", "04000000000001", "--home", serving)
    assert (ended.status, "say with --at when" in ended.first_error_line) == (2, True)
    ended = tap(real_home, "2026-11-19T08:58")
    assert (ended.status, "leave --at out" in ended.first_error_line) == (2, True)
    assert run_kiosk("tap", "04000000000001", "--home", real_home).status == 1


@pytest.mark.parametrize(
    ("card", "at", "sentence"),
    [
        ("04A2", "2026-11-19T08:58", "kiosk: '…4A2' is not a card number: A has 4 or 7 or 10 bytes"),
        ("04000000000001", "noon", "kiosk: --at is no instant: 'noon'"),
    ],
)
def test_what_is_no_card_or_no_instant_says_so(serving: Path, card: str, at: str, sentence: str) -> None:
    ended = tap(serving, at, card=card)
    assert (ended.status, ended.first_error_line.startswith(sentence)) == (2, True), ended.err


# --- Proof ---


def test_verify_prints_how_many_events_fit_and_the_head(serving: Path) -> None:
    ended = run_kiosk("verify", "--home", serving)
    with _log(serving) as log:
        head = log.head()
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith(f"{head.position} events fit the chain (")
    assert ended.out.endswith(f"head {head.chain.hex()}\n")


def test_verify_names_the_first_event_that_does_not_fit(serving: Path) -> None:
    file = serving / "log.db"
    file.write_bytes(file.read_bytes().replace(b'"mode":"rostered"', b'"mode":"flexible"'))
    ended = run_kiosk("verify", "--home", serving)
    assert ended.status == 1
    assert ended.first_error_line == (
        "kiosk: event 3 does not fit the chain: it was changed, exchanged or put in: keep the file, restore a backup"
    )
    fact = json.loads(run_kiosk("verify", "--format", "json", "--home", serving).out)
    assert (fact["ok"], fact["events"], fact["first_bad"]) == (False, 2, 3)


def test_verify_says_no_to_a_file_that_is_no_log(serving: Path) -> None:
    (serving / "log.db").write_bytes(b"nonsense" * 999)
    ended = run_kiosk("verify", "--home", serving)
    assert (ended.status, "is not an event log" in ended.first_error_line) == (1, True)


def test_verify_needs_nothing_but_the_log(serving: Path) -> None:
    (serving / "kiosk.toml").write_text("nonsense", encoding="utf-8")
    (serving / "people.db").unlink()
    ended = run_kiosk("verify", "--home", serving)
    assert (ended.status, "the log alone was verified" in ended.err) == (0, True)


def _log(home: Path) -> closing[EventLog]:

    return closing(open_sqlite_log(home / "log.db", REGISTERED_NAMES))
