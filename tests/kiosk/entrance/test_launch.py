"""The launch of the entrance: what it demands, how it refuses without that, and what it logs beside the screen."""

import os
import signal
import stat
import sys
from pathlib import Path

from devices.simulated.scripted_reader import ScriptedReader
from tests.kiosk.conftest import Apply, list_topics
from tests.support.kiosk_program import add_reader, line, run_installed_kiosk, run_kiosk_process
from tests.support.terminal import Terminal

FRAME = bytes.fromhex("0231303030383646343434323603")
"""What an RDM6300 sends for the card E:100086F444."""
AT_REST = "Please tap your card"
ANN_SERVES = (
    line("open_unit", "2024-01-01T08:00", name="清水戶政事務所", kind="public"),
    line(
        "enrol_volunteer",
        "2024-01-02T08:00",
        volunteer="V001",
        mode="flexible",
        agreement_from="2024-01-02",
        name="王小明",
    ),
    line("issue_card", "2024-01-11T08:00", volunteer="V001", card="E:100086F444"),
)


def run(home: Path) -> Terminal:
    """The installed program, opening the entrance on a terminal of its own."""
    return Terminal([str(Path(sys.executable).with_name("kiosk")), "run", "--home", str(home)])


# --- What must be there ---


def test_an_entrance_without_a_reader_is_none(real_home: Path) -> None:
    ended = run_installed_kiosk("run", "--home", real_home)
    assert (ended.status, ended.out) == (2, "")
    assert ended.err == f"kiosk: {real_home}/kiosk.toml names no card reader: add a [[reader]] block\n"


def test_an_entrance_without_a_terminal_is_none(real_home: Path) -> None:
    ended = run_kiosk_process("run", "--home", add_reader(real_home, "/dev/ttyUSB0"))
    assert (ended.status, ended.out) == (2, "")
    assert ended.err == "kiosk: the entrance needs a terminal: start it on one, without redirecting its output\n"


def test_a_reader_of_an_unknown_profile_is_named_with_its_line(real_home: Path) -> None:
    written = (real_home / "kiosk.toml").read_text(encoding="utf-8").count("\n")
    ended = run_kiosk_process("run", "--home", add_reader(real_home, "/dev/ttyUSB0", "rdm630"))
    assert (ended.status, ended.out) == (2, "")
    where = f"{real_home}/kiosk.toml:{written + 4}"
    assert ended.err == f"kiosk: {where}: there is no reader profile 'rdm630': did you mean `rdm6300`?\n"


def test_a_folder_that_is_no_home_has_no_entrance(tmp_path: Path) -> None:
    ended = run_kiosk_process("run", "--home", tmp_path)
    assert (ended.status, ended.err.count("\n")) == (2, 1)
    assert ended.err.startswith(f"kiosk: {tmp_path} is not a home: ")
    assert list(tmp_path.iterdir()) == []


def test_a_simulation_says_so_on_its_screen(simulation: Path, reader: ScriptedReader) -> None:
    with run(add_reader(simulation, reader.port)) as terminal:
        terminal.wait_for_text("模擬 SIMULATION")
        terminal.send_signal(signal.SIGTERM)
        assert terminal.wait_for_exit() == 0


# --- What it can do without ---


def test_a_reader_that_is_missing_is_said_and_waited_for(real_home: Path, reader: ScriptedReader) -> None:
    reader.unplug()
    with run(add_reader(real_home, reader.port)) as terminal:
        terminal.wait_for_drawn_text("請在紙本簽到")
        reader.replug()
        assert reader.wait_until_opened()


def test_views_that_cannot_be_written_do_not_keep_the_door_shut(
    real_home: Path, apply: Apply, reader: ScriptedReader
) -> None:
    assert apply(real_home, *ANN_SERVES).err == ""
    (real_home / "views.db").mkdir()
    with run(add_reader(real_home, reader.port)) as terminal:
        terminal.wait_for_text(AT_REST)
        assert reader.wait_until_opened()
        reader.send(FRAME)
        terminal.wait_for_drawn_text("王〇明")
    assert list_topics(real_home)[-1] == "attendance.checked-in"


# --- What is written beside it ---


def test_log_messages_are_private_and_hold_no_name(real_home: Path, apply: Apply, reader: ScriptedReader) -> None:
    assert apply(real_home, *ANN_SERVES).err == ""
    (real_home / "views.db").mkdir()
    umask = os.umask(0)
    try:
        terminal = run(add_reader(real_home, reader.port))
    finally:
        os.umask(umask)
    with terminal:
        assert reader.wait_until_opened()
        reader.unplug()
        terminal.wait_for_drawn_text("請在紙本簽到")
        reader.replug()
        assert reader.wait_until_opened()
        reader.send(FRAME)
        terminal.wait_for_drawn_text("王〇明")
        terminal.send_signal(signal.SIGTERM)
        assert terminal.wait_for_exit() == 0
    messages = (real_home / "kiosk.log").read_text(encoding="utf-8")
    assert {stat.S_IMODE(file.stat().st_mode) for file in real_home.iterdir() if file.is_file()} == {0o600}
    assert "the read models did not answer at the entrance" in messages
    assert "Reader door: " in messages
    assert [secret for secret in ("王", "V001", "86F444", "86f444") if secret in messages] == []
