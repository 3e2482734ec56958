"""The entrance as it stands at a door: a real home, a reader on a real serial line, a real terminal, a power cut."""

import json
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from devices.scripted import ScriptedReader
from kiosk.entrance.lettering import lettering
from tests.support.kiosk_program import OPENED, installed_kiosk, kiosk, line, written
from tests.support.terminal import Terminal
from tests.support.tmux import WHY_NOT, Tmux

pytestmark = pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT)

KIOSK = Path(sys.executable).with_name("kiosk")
FRAME = bytes.fromhex("0231303030383646343434323603")
"""What an RDM6300 sends for the card E:100086F444."""
AT_REST = "Please tap your card"
HER_PEOPLE = (
    OPENED,
    line(
        "enrol_volunteer",
        "2024-01-02T08:00",
        volunteer="V001",
        mode="flexible",
        agreement_from="2024-01-02",
        name="陳美玉",
    ),
    line("issue_card", "2024-01-11T08:00", volunteer="V001", card="E:100086F444"),
)


@pytest.fixture
def reader() -> Iterator[ScriptedReader]:
    with ScriptedReader() as scripted:
        yield scripted


@pytest.fixture
def home(tmp_path: Path, reader: ScriptedReader) -> Path:
    """A real home, made with the program, whose door has the reader."""
    folder = tmp_path / "office"
    assert installed_kiosk("init", "--home", folder).status == 0
    assert installed_kiosk("apply", written(tmp_path / "people.jsonl", *HER_PEOPLE), "--home", folder).err == ""
    with (folder / "kiosk.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'[[reader]]\nname = "door"\nport = "{reader.port}"\nprofile = "rdm6300"\n')
    return folder


@pytest.fixture
def tmux() -> Iterator[Tmux]:
    with Tmux() as tmux:
        yield tmux


def opened(tmux: Tmux, home: Path, reader: ScriptedReader) -> None:
    """The entrance is open and listens."""
    tmux.starts(KIOSK, "run", "--home", home)
    assert reader.wait_until_opened()
    tmux.shows(AT_REST)


def headline(text: str) -> list[str]:
    """The rows of a headline as it is drawn on a terminal of 80 by 24."""
    return [row.strip() for row in lettering(text, 1.0, 63).split("\n") if row.strip()]


def who_is_in(home: Path) -> list[dict[str, Any]]:
    ended = kiosk("presence", "--format", "json", "--home", home)
    assert (ended.status, ended.err) == (0, "")
    return json.loads(ended.out)


def test_a_tap_that_was_shown_survives_a_power_cut(tmux: Tmux, home: Path, reader: ScriptedReader) -> None:
    opened(tmux, home, reader)
    reader.send(FRAME)
    shown = tmux.shows("陳〇玉", "離開時請再刷卡", *headline("簽到成功"))
    tmux.loses_power()
    assert "陳美玉" not in shown
    (present,) = who_is_in(home)
    assert (present["volunteer"], present["kiosk"], present["duty"]) == ("V001", "entrance", None)

    reader.replug()
    opened(tmux, home, reader)
    assert who_is_in(home) == [present]
    reader.send(FRAME)
    tmux.shows("陳〇玉", f"{present['since'][11:16]} 的刷卡有效", "不用再刷卡，謝謝您", *headline("已經記錄"))
    assert who_is_in(home) == [present]

    tmux.signals(signal.SIGTERM)
    assert tmux.ends() == 0
    assert kiosk("verify", "--home", home).status == 0


def test_a_reader_that_is_unplugged_is_said_and_works_again_when_it_is_back(
    tmux: Tmux, home: Path, reader: ScriptedReader
) -> None:
    opened(tmux, home, reader)
    reader.unplug()
    tmux.shows("door", "請在紙本簽到，並告訴櫃台人員", *headline("讀卡故障"))
    reader.replug()
    assert reader.wait_until_opened()
    tmux.shows(AT_REST)
    reader.send(FRAME)
    tmux.shows("陳〇玉")


def test_a_second_entrance_to_the_same_home_is_refused_in_one_sentence(
    tmux: Tmux, home: Path, reader: ScriptedReader
) -> None:
    opened(tmux, home, reader)
    with Terminal([str(KIOSK), "run", "--home", str(home)]) as second:
        assert second.ends() == 1
    said = second.output.decode().strip()
    assert said == f"kiosk: an entrance is open in {home} already: close that one first"
    reader.send(FRAME)
    tmux.shows("陳〇玉")
