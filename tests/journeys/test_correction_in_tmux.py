"""A forgotten check-out and a forgotten card at the roster: a home on a disk, a real terminal, a PIN, a power cut."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.kiosk_program import (
    OPEN_UNIT,
    SCHEDULE_ANNS_SHIFT,
    line,
    run_kiosk,
    run_kiosk_process,
    write_batch,
)
from tests.support.tmux import SKIP_REASON, Tmux
from tests.support.waiting import wait_until

pytestmark = pytest.mark.skipif(bool(SKIP_REASON), reason=SKIP_REASON)

KIOSK = Path(sys.executable).with_name("kiosk")
PIN, WRONG = "482915", "111222"


STORY = (
    OPEN_UNIT,
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
    SCHEDULE_ANNS_SHIFT,
    line(
        "enrol_volunteer",
        "2024-01-02T08:00",
        volunteer="V002",
        name="林志明",
        mode="flexible",
        agreement_from="2024-01-02",
    ),
    line("issue_card", "2024-01-10T09:00", volunteer="V002", card="E:100086F445"),
    line("tap", "2026-11-19T08:55", card="E:100086F444"),
    line("tap", "2026-11-19T12:40", card="E:0100FACADE"),
)
"""A person came for a duty that is over at 12:00, and has not tapped out by 12:40."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home made with the program, with a coordinator who has a PIN. Its date is chosen: it is a simulation."""
    folder = tmp_path / "office"
    assert run_kiosk_process("init", "--simulation", "--home", folder).status == 0
    assert run_kiosk_process("apply", write_batch(tmp_path / "story.jsonl", *STORY), "--home", folder).status == 0
    assert run_kiosk_process("coordinator", "lin", "--home", folder, stdin=f"{PIN}\n".encode()).err == ""
    return folder


@pytest.fixture
def tmux() -> Iterator[Tmux]:
    with Tmux() as tmux:
        yield tmux


def visit(home: Path) -> dict[str, Any]:
    ended = run_kiosk("visits", "--format", "json", "--home", home)
    assert (ended.status, ended.err) == (0, "")
    (row,) = json.loads(ended.out)
    return row


def opens_their_day(tmux: Tmux, home: Path) -> None:
    tmux.start(KIOSK, "roster", "--home", home)
    tmux.wait_for_text("V001", "陳〇玉", "/ 搜尋")
    tmux.press("/")
    tmux.wait_for_text("志工編號或姓名")
    tmux.type_text("V001")
    tmux.wait_for_text("搜尋「V001」")
    tmux.press("Enter")
    wait_until(lambda: "\n V001\n" not in tmux.screen(), tmux.screen)  # what was typed is gone, the cursor is there
    tmux.press("Enter")
    tmux.wait_for_text("V001 陳〇玉", "尚未簽退", "c 補簽退")


def test_a_forgotten_check_out_is_settled_with_a_pin(tmux: Tmux, home: Path) -> None:
    before = visit(home)
    assert (before["status"], before["check_out"], before["credited_minutes"]) == ("open", None, 0)
    opens_their_day(tmux, home)

    tmux.press("c")
    tmux.wait_for_text("L. 的 PIN")
    tmux.type_text(WRONG)
    tmux.press("Enter")
    shown = tmux.wait_for_text("PIN 不正確")
    tmux.kill()

    opens_their_day(tmux, home)
    tmux.press("c")
    tmux.wait_for_text("L. 的 PIN")
    tmux.type_text(PIN)
    tmux.press("Enter")
    tmux.wait_for_text("補登簽退", "簽退時間")
    tmux.press("Enter")
    tmux.wait_for_text("理由（必填")
    tmux.type_text("seen leaving")
    tmux.press("Enter")
    shown += tmux.wait_for_text("採計分鐘：0 -> 180", "確定要登錄嗎？")
    assert visit(home) == before
    tmux.type_text("y")
    tmux.wait_for_text("完成")
    tmux.press("Enter")
    shown += tmux.wait_for_text("已簽退，採計 180 分鐘，已更正", "登錄人 L.", "理由：seen leaving")
    tmux.press("q")
    assert tmux.wait_for_exit() == 0

    after = visit(home)
    assert (after["status"], after["check_out"]) == ("closed", "2026-11-19T12:00:00+08:00")
    assert (after["credited_minutes"], after["corrected"]) == (180, True)
    assert run_kiosk("verify", "--home", home).status == 0
    messages = home / "kiosk.log"
    written_down = shown + (messages.read_text(encoding="utf-8") if messages.exists() else "")
    assert [secret for secret in (PIN, WRONG, "陳美玉") if secret in written_down] == []


def test_a_volunteer_who_forgot_the_card_is_entered_and_leaves_with_it(tmux: Tmux, home: Path, tmp_path: Path) -> None:
    """R-036: the card is found during the day."""
    tmux.start(KIOSK, "roster", "--home", home)
    tmux.wait_for_text("V001", "陳〇玉", "f 忘卡")
    tmux.press("f")
    tmux.wait_for_text("L. 的 PIN")
    tmux.type_text(PIN)
    tmux.press("Enter")
    tmux.wait_for_text("忘記帶卡的志工編號")
    tmux.type_text("V002")
    tmux.press("Enter")
    tmux.wait_for_text("V002 林〇明", "補登到班 12:4", "離開時請刷卡簽退")
    tmux.type_text("y")
    tmux.wait_for_text("完成")
    tmux.press("Enter")
    tmux.wait_for_text("V002", "+ 在場 12:4", "補登")
    tmux.press("q")
    assert tmux.wait_for_exit() == 0

    found = write_batch(tmp_path / "found.jsonl", line("tap", "2026-11-19T16:00", card="E:100086F445"))
    assert run_kiosk("apply", found, "--home", home).err == ""
    rows = json.loads(run_kiosk("visits", "--volunteer", "V002", "--format", "json", "--home", home).out)
    assert [(row["status"], row["kiosk"], row["check_out"]) for row in rows] == [
        ("closed", "desk", "2026-11-19T16:00:00+08:00")
    ]
    explained = run_kiosk("explain", "V002", "2026-11-19", "--home", home).out
    assert "added, by lin, reason: badge_forgotten (came without the card)" in explained
