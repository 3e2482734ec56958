"""The entrance as people see it, in a real terminal, through trouble that comes and goes: it is never started again."""

import shutil
from pathlib import Path

import pytest

from devices.profiles.encoder import encode_card
from devices.profiles.registry import find_profile
from devices.protocols.decoder import CardNumber
from devices.simulated.scripted_reader import ScriptedReader
from tests.faults.result_table import LONG
from tests.kiosk.conftest import list_topics
from tests.support.kiosk_program import KIOSK, run_kiosk
from tests.support.small_disk import fill_disk, needs_a_small_disk, small_disk
from tests.support.tmux import SKIP_REASON, Tmux

pytestmark = pytest.mark.skipif(bool(SKIP_REASON), reason=SKIP_REASON)

TIMES = 10 if LONG else 1
AT_REST = "Please tap your card"
ON_PAPER = "請在紙本簽到"
ROOM = 96 * 2**20
"""Bytes of a disk that holds a home with its reserve."""
SOON = 200
"""Taps within which a disk that a person fills again and again has no room left."""


def stranger(number: int) -> bytes:
    """What the reader sends for a card that is nobody's, each time another one."""
    return encode_card(find_profile("rdm6300"), CardNumber("E", number.to_bytes(5)))


def opened(tmux: Tmux, home: Path, reader: ScriptedReader) -> None:
    tmux.start(KIOSK, "run", "--home", home)
    assert reader.wait_until_opened()
    tmux.wait_for_text(AT_REST)


def test_a_reader_may_go_and_come_back_as_often_as_it_likes(tmux: Tmux, door: Path, reader: ScriptedReader) -> None:
    opened(tmux, door, reader)
    for number in range(TIMES):
        reader.unplug()
        tmux.wait_for_text(drawn=["讀卡機故障"])
        reader.replug()
        assert reader.wait_until_opened()
        tmux.wait_for_text(AT_REST)
        reader.send(stranger(number))
        tmux.wait_for_text(drawn=["查無此卡"])
    assert list_topics(door).count("refused-taps.tap-refused") == TIMES


@needs_a_small_disk
def test_a_disk_may_fill_up_and_be_emptied(tmux: Tmux, door: Path, reader: ScriptedReader, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", ROOM) as disk:
        home = Path(shutil.copytree(door, disk / "home"))
        opened(tmux, home, reader)
        taps_until_nothing_can_be_written(tmux, reader, disk)
        fill_disk(disk).unlink()
        tmux.wait_for_text(AT_REST)
        reader.send(stranger(1))
        tmux.wait_for_text(drawn=["查無此卡"])
        assert run_kiosk("verify", "--home", home).status == 0


def taps_until_nothing_can_be_written(tmux: Tmux, reader: ScriptedReader, disk: Path) -> None:
    """A person takes every byte again and again, also those of the reserve."""
    for number in range(1_000, 1_000 + SOON):
        fill_disk(disk)
        reader.send(stranger(number))
        assert reader.wait_until_read()
        if tmux.shows_drawn(ON_PAPER):
            break
    tmux.wait_for_text(drawn=["系統暫停"])
