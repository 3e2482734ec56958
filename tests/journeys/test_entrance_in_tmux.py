"""The entrance as it stands at a door: a card, a power cut, a reader that comes and goes, the roster beside it."""

import json
import signal
from datetime import timedelta
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any

import pytest

from devices.simulated.scripted_reader import ScriptedReader
from domain.calendar import TAIPEI
from domain.clock import MachineClock, to_the_second
from kiosk.home import Home
from tests.conftest import ONE_VOLUNTEER_LINES
from tests.kiosk.readers.held_cards import SECONDS_BETWEEN_TAPS
from tests.support.kiosk_program import KIOSK, add_reader, line, run_kiosk, write_batch
from tests.support.terminal import Terminal
from tests.support.tmux import SKIP_REASON, Tmux
from tests.support.waiting import TIMEOUT_SECONDS

pytestmark = pytest.mark.skipif(bool(SKIP_REASON), reason=SKIP_REASON)

FRAME = bytes.fromhex("0231303030383646343434323603")
"""What an RDM6300 sends for the card E:100086F444."""
AT_REST = "Please tap your card"


def opened(tmux: Tmux, home: Path, reader: ScriptedReader) -> None:
    """The entrance is open and listens."""
    tmux.start(KIOSK, "run", "--home", home)
    assert reader.wait_until_opened()
    tmux.wait_for_text(AT_REST)


def who_is_in(home: Path) -> list[dict[str, Any]]:
    ended = run_kiosk("presence", "--format", "json", "--home", home)
    assert (ended.status, ended.err) == (0, "")
    return json.loads(ended.out)


def test_a_tap_that_was_shown_survives_a_power_cut(tmux: Tmux, door: Path, reader: ScriptedReader) -> None:
    opened(tmux, door, reader)
    reader.send(FRAME)
    shown = tmux.wait_for_text(drawn=["簽到成功", "陳〇玉", "離開時請再刷卡"])
    tmux.kill()
    assert "陳美玉" not in shown
    (present,) = who_is_in(door)
    assert (present["volunteer"], present["kiosk"], present["duty"]) == ("V001", "entrance", None)

    reader.replug()
    opened(tmux, door, reader)
    assert who_is_in(door) == [present]
    reader.send(FRAME)
    since = present["since"][11:16]
    tmux.wait_for_text(drawn=["您已簽到", "陳〇玉", f"{since} 已簽到"])
    assert who_is_in(door) == [present]

    tmux.send_signal(signal.SIGTERM)
    assert tmux.wait_for_exit() == 0
    assert run_kiosk("verify", "--home", door).status == 0


def test_a_reader_that_is_unplugged_is_said_and_works_again_when_it_is_back(
    tmux: Tmux, door: Path, reader: ScriptedReader
) -> None:
    opened(tmux, door, reader)
    reader.unplug()
    tmux.wait_for_text("door", drawn=["讀卡機故障", "請在紙本簽到", "並告訴櫃台人員"])
    reader.replug()
    assert reader.wait_until_opened()
    tmux.wait_for_text(AT_REST)
    reader.send(FRAME)
    tmux.wait_for_text(drawn=["陳〇玉"])


def test_a_second_entrance_to_the_same_home_is_refused_in_one_sentence(
    tmux: Tmux, door: Path, reader: ScriptedReader
) -> None:
    opened(tmux, door, reader)
    with Terminal([str(KIOSK), "run", "--home", str(door)]) as second:
        assert second.wait_for_exit() == 1
    said = second.output.decode().strip()
    assert said == f"kiosk: an entrance is open in {door} already: close that one first"
    reader.send(FRAME)
    tmux.wait_for_text(drawn=["陳〇玉"])


def test_the_roster_beside_the_entrance_shows_who_came_and_who_left(door: Path, reader: ScriptedReader) -> None:
    with Tmux(columns=200) as tmux:
        opened(tmux, door, reader)
        tmux.start_beside(119, KIOSK, "roster", "--home", door)
        tmux.wait_for_text("entrance", pane=1)
        reader.send(FRAME)
        tmux.wait_for_text(drawn=["離開時請再刷卡"])
        tmux.wait_for_text("V001", "陳〇玉", "+ 在場", pane=1)
        tmux.press("m", pane=1)
        tmux.wait_for_text("V001", "緊急疏散點名單", "陳〇玉", pane=1)


def test_who_taps_again_after_a_departure_is_told_when_it_was_and_ctrl_c_twice_ends_it(
    tmux: Tmux, tmp_path: Path, reader: ScriptedReader
) -> None:
    home = make_home_with_an_arrival(tmp_path, reader)
    opened(tmux, home, reader)
    reader.send(FRAME)
    tmux.wait_for_text(drawn=["簽退完成", "陳〇玉", "謝謝您，請慢走"])
    hold_again(reader, FRAME)
    tmux.wait_for_text(drawn=["您已簽退", "陳〇玉"])
    assert who_is_in(home) == []
    tmux.press("C-c")
    tmux.wait_for_text("再按一次 Ctrl+C 結束")
    tmux.press("C-c", "C-c")  # twice: on a slow machine the two seconds may be over
    assert tmux.wait_for_exit() == 0


def make_home_with_an_arrival(folder: Path, reader: ScriptedReader) -> Path:
    """A simulation, in which the volunteer arrived two minutes ago; its service day does not end just then."""
    now = to_the_second(MachineClock().now())
    zone = "Asia/Taipei" if now.astimezone(TAIPEI).hour not in (3, 4) else "Europe/London"
    Home.make(folder / "home", simulation=True, zone=zone).close()
    tap = line("tap", (now - timedelta(minutes=2)).isoformat(), card="E:100086F444", reader="door")
    lines = (*({**entry, "at": "2024-01-02T08:00+08:00"} for entry in ONE_VOLUNTEER_LINES), tap)
    assert run_kiosk("apply", write_batch(folder / "lines.jsonl", *lines), "--home", folder / "home").err == ""
    return add_reader(folder / "home", reader.port)


def hold_again(reader: ScriptedReader, frame: bytes) -> None:
    """Hold a card to the reader that was there a moment ago: it is another tap once it was gone for a second."""
    reader.play([(SECONDS_BETWEEN_TAPS, frame)])


NEW_CARD = bytes.fromhex("0230313032364636433341334103")
"""What an RDM6300 sends for the card E:01026F6C3A, which nobody has yet."""


def test_a_card_is_issued_while_the_entrance_is_open_and_works_at_once(
    tmux: Tmux, door: Path, reader: ScriptedReader
) -> None:
    opened(tmux, door, reader)
    with Popen([KIOSK, "issue", "V001", "--home", door], stdout=PIPE, text=True, encoding="utf-8") as program:
        tmux.wait_for_text(drawn=["製作卡片", "V001", "陳〇玉"])
        reader.send(NEW_CARD)
        tmux.wait_for_text(drawn=["再刷一次", "V001", "陳〇玉"])
        hold_again(reader, NEW_CARD)
        printed, _ = program.communicate(timeout=TIMEOUT_SECONDS)
    assert (program.returncode, printed) == (0, "volunteer V001 has the card E:…C3A\n")
    tmux.wait_for_text(AT_REST)
    assert who_is_in(door) == []
    hold_again(reader, NEW_CARD)
    tmux.wait_for_text(drawn=["陳〇玉", "簽到成功"])
    assert "6F6C3A" not in "".join(file.read_text(errors="replace") for file in door.glob("kiosk.log*"))
