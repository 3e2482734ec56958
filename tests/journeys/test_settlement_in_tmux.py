"""A coordinator settles a forgotten check-out at the roster: a home on a disk, a real terminal, a PIN, a power cut."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.kiosk_program import ANNS_SHIFT, OPENED, installed_kiosk, kiosk, line, written
from tests.support.tmux import WHY_NOT, Tmux
from tests.support.waiting import wait_until

pytestmark = pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT)

KIOSK = Path(sys.executable).with_name("kiosk")
PIN, WRONG = "482915", "111222"


STORY = (
    OPENED,
    line(
        "enrol_volunteer",
        "2024-01-02T08:00",
        volunteer="V001",
        name="陳美玉",
        mode="rostered",
        agreement_from="2024-01-02",
    ),
    line("complete_training", "2024-01-10T08:00", volunteer="V001", kind="basic", on="2024-01-10"),
    line("complete_training", "2024-01-10T08:00", volunteer="V001", kind="special", category="戶政", on="2024-01-10"),
    line("issue_card", "2024-01-10T09:00", volunteer="V001", card="E:100086F444"),
    ANNS_SHIFT,
    line("tap", "2026-11-19T08:55", card="E:100086F444"),
    line("tap", "2026-11-19T12:40", card="E:0100FACADE"),
)
"""Somebody came for a duty that is over at 12:00, and has not tapped out by 12:40."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home made with the program, with a coordinator who has a PIN. Its date is chosen: it is a simulation."""
    folder = tmp_path / "office"
    assert installed_kiosk("init", "--simulation", "--home", folder).status == 0
    assert installed_kiosk("apply", written(tmp_path / "story.jsonl", *STORY), "--home", folder).status == 0
    assert installed_kiosk("coordinator", "lin", "--home", folder, stdin=f"{PIN}\n".encode()).err == ""
    return folder


@pytest.fixture
def tmux() -> Iterator[Tmux]:
    with Tmux() as tmux:
        yield tmux


def visit(home: Path) -> dict[str, Any]:
    ended = kiosk("visits", "--format", "json", "--home", home)
    assert (ended.status, ended.err) == (0, "")
    (row,) = json.loads(ended.out)
    return row


def opens_their_day(tmux: Tmux, home: Path) -> None:
    tmux.starts(KIOSK, "roster", "--home", home)
    tmux.shows("V001", "陳〇玉", "/ 搜尋")
    tmux.presses("/")
    tmux.shows("號碼或姓名")
    tmux.types("V001")
    tmux.shows("搜尋「V001」")
    tmux.presses("Enter")
    wait_until(lambda: "\n V001\n" not in tmux.screen(), tmux.screen)  # what was typed is gone, the cursor is there
    tmux.presses("Enter")
    tmux.shows("V001 陳〇玉", "尚未簽退", "c 補簽退")


def test_a_forgotten_check_out_is_settled_with_a_pin(tmux: Tmux, home: Path) -> None:
    before = visit(home)
    assert (before["status"], before["check_out"], before["credited_minutes"]) == ("open", None, 0)
    opens_their_day(tmux, home)

    tmux.presses("c")
    tmux.shows("L. 的 PIN")
    tmux.types(WRONG)
    tmux.presses("Enter")
    shown = tmux.shows("PIN 不正確")
    tmux.loses_power()

    opens_their_day(tmux, home)
    tmux.presses("c")
    tmux.shows("L. 的 PIN")
    tmux.types(PIN)
    tmux.presses("Enter")
    tmux.shows("補登簽退", "簽退時間")
    tmux.presses("Enter")
    tmux.shows("理由（必填")
    tmux.types("seen leaving")
    tmux.presses("Enter")
    shown += tmux.shows("採計分鐘：0 -> 180", "將有以上改變，確定嗎？")
    assert visit(home) == before
    tmux.types("y")
    tmux.shows("完成")
    tmux.presses("Enter")
    shown += tmux.shows("已簽退，採計 180 分，經更正", "登錄人 L.", "理由：seen leaving")
    tmux.presses("q")
    assert tmux.ends() == 0

    after = visit(home)
    assert (after["status"], after["check_out"]) == ("closed", "2026-11-19T12:00:00+08:00")
    assert (after["credited_minutes"], after["corrected"]) == (180, True)
    assert kiosk("verify", "--home", home).status == 0
    messages = home / "kiosk.log"
    written_down = shown + (messages.read_text(encoding="utf-8") if messages.exists() else "")
    assert [secret for secret in (PIN, WRONG, "陳美玉") if secret in written_down] == []
