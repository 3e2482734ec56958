"""The day after: the coordinator watches a past day of the demonstration again, in a real terminal multiplexer."""

import sys
from pathlib import Path

import pytest

from tests.kiosk.conftest import read_head
from tests.support.kiosk_program import run_kiosk, run_kiosk_process
from tests.support.tmux import SKIP_REASON, Tmux

pytestmark = pytest.mark.skipif(bool(SKIP_REASON), reason=SKIP_REASON)

KIOSK = Path(sys.executable).with_name("kiosk")
DAY = "2026-11-30"
"""The last working day of the demonstration's month, on which its day at the door is played."""
WIDTH, HEIGHT = 120, 40


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home that a demonstration leaves behind."""
    folder = tmp_path_factory.mktemp("demo") / "home"
    ended = run_kiosk_process("demo", "--keep", folder, "--month", DAY)
    assert ended.status == 0, ended.err
    return folder


def bar(screen: str) -> str:
    """The first line of a screen."""
    return " ".join(screen.partition("\n")[0].split())


def test_a_past_day_is_watched_stepped_through_and_left_as_it_was(home: Path) -> None:
    before = read_head(home)
    with Tmux(WIDTH, HEIGHT) as tmux:
        tmux.start(KIOSK, "roster", "--home", home, "--replay", DAY)
        tmux.wait_for_text(f"重播 REPLAY {DAY} 星期一 08:1", "x60 播放中", "刷卡 0/20", "今天還沒有人刷卡")

        tmux.press("Right")
        shown = tmux.wait_for_text("刷卡 1/20", "暫停", "08:18  簽到  V001 陳〇玉", "+ 在場 08:18")
        assert bar(shown).startswith(f"重播 REPLAY {DAY} 星期一 08:18:01 x60 暫停")
        tmux.press("n")
        tmux.wait_for_text("重複刷卡", "刷卡 2/20")
        tmux.press("Left")
        assert "重複刷卡" not in tmux.wait_for_text("08:18:01", "刷卡 1/20")

        for time, what in (
            ("08:40:01", "異常 2/10  無人值勤 08:30-11:30 引導  另有 1 項"),
            ("08:51:12", "異常 3/10  遲到 V002 林〇蘭 08:30-11:30 引導"),
            ("10:05:00", "異常 4/10  刷卡未受理 卡片停用"),
            ("10:08:00", "異常 5/10  刷卡未受理 查無此卡"),
            ("10:20:00", "異常 6/10  未排班到班 V018 S. R."),
            ("10:31:32", "異常 7/10  遲到 V003 黃〇雄 08:30-11:30 書寫協助"),
            ("13:40:01", "異常 8/10  無人值勤 13:30-16:30 引導"),
            ("13:46:51", "異常 9/10  遲到 V005 李〇義 13:30-16:30 引導"),
            ("03:59:59", "異常 10/10  未簽退 V015 洪〇明"),
        ):
            tmux.press("e")
            tmux.wait_for_text(time, what)

        tmux.press("Home")
        tmux.wait_for_text("04:00:00", "刷卡 0/20")
        tmux.press("c")
        tmux.wait_for_text("重播只供查看，不能更改紀錄")
        tmux.press("End")
        tmux.wait_for_text("翌日 03:59:59", "已結束", "這一天已播完，重播停止", "遲到 16 分")
        tmux.press("m")
        tmux.wait_for_text("重播 REPLAY", "緊急疏散點名單", "在場 1 人", "V015")
        tmux.press("m", "l")
        tmux.wait_for_text("REPLAY 重播", "The day is over, replay stopped", "16 min late")
        tmux.press("q")
        assert tmux.wait_for_exit() == 0
    assert read_head(home) == before
    assert run_kiosk("verify", "--home", home).status == 0


def test_a_past_day_can_be_watched_on_a_small_terminal(home: Path) -> None:
    with Tmux(60, 20) as tmux:
        tmux.start(KIOSK, "roster", "--home", home, "--replay", "115-11-27", "--speed", "600")
        tmux.wait_for_text("重播 REPLAY 2026-11-27 星期五", "x600 播放中")
        tmux.press("Right", "Space")
        tmux.wait_for_text("播放中")
        tmux.press("End")
        tmux.wait_for_text("已結束", "刷卡 11/11  異常 2/2", "Home End 頭尾")
        tmux.press("q")
        assert tmux.wait_for_exit() == 0


def test_a_day_on_which_nothing_happened_is_refused_with_the_nearest_ones(home: Path) -> None:
    """A Sunday: the nightly job alone wrote something."""
    with Tmux() as tmux:
        tmux.start(KIOSK, "roster", "--home", home, "--replay", "2026-11-29")
        tmux.wait_for_text("has nothing to play, neither a tap nor a duty")
        tmux.wait_for_text("2026-11-28 and 2026-11-30")
        assert tmux.wait_for_exit() == 1
