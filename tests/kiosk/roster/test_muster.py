"""The muster: a sheet for the assembly point, the same from the program as on the screen."""

from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.kiosk.conftest import Apply
from tests.kiosk.roster.morning_data import DAY, setup_lines, tap
from tests.support.kiosk_program import line, run_kiosk

SHEET = """\
緊急疏散點名單  清溪區戶政事務所
模擬 SIMULATION
民國 115 年 11 月 19 日　星期四  2026-11-19 10:10:00
在場 5 人
-----------------------------------------------------------------------------
    志工編號   姓名       到班時間    簽到機         值勤
[ ] V001       王〇明     08:58       entrance       09:00-12:00 服務台
[ ] V002       陳〇華     09:22       entrance       09:00-12:00 服務台
[ ] V010       蔡〇雄     06:20       entrance
[ ] V011       楊〇英     09:05       entrance
[ ] V012       許〇樑     09:30       entrance
-----------------------------------------------------------------------------
簽到機   entrance 剛剛

點名人：__________________  時間：__________  實到：______ 人
"""


def lines_of(home: Path, *options: str) -> list[str]:
    ended = run_kiosk("presence", "--muster", "--home", home, *options)
    assert (ended.status, ended.err) == (0, "")
    return ended.out.splitlines()


def test_the_sheet_lists_everybody_who_is_in(home: Path) -> None:
    assert "\n".join(lines_of(home)) + "\n" == SHEET


@pytest.mark.parametrize(("at", "count"), [("08:54:59", 1), ("08:55:00", 2), ("10:01:59", 6), ("10:02:00", 5)])
def test_it_lists_who_was_in_at_an_instant(home: Path, at: str, count: int) -> None:
    assert f"在場 {count} 人" in lines_of(home, "--at", f"{DAY}T{at}")


def test_it_lists_what_the_log_said_at_a_recorded_instant(home: Path) -> None:
    assert [line[4:8] for line in lines_of(home, "--as-of", f"{DAY}T08:58:00") if line.startswith("[ ]")] == [
        "V001",
        "V006",
        "V010",
    ]


def test_it_is_for_people(home: Path) -> None:
    ended = run_kiosk("presence", "--muster", "--format", "json", "--home", home)
    assert (ended.status, ended.out) == (2, "")
    assert ended.first_error_line == "kiosk: --muster is a sheet to print: leave --format out"


def test_an_empty_house_is_said_to_be_empty(home: Path) -> None:
    lines = lines_of(home, "--at", f"{DAY}T04:00")
    assert "沒有人在場" in lines
    assert not [line for line in lines if line.startswith("[ ]")]


def test_old_news_is_told_by_its_age(home: Path) -> None:
    assert "簽到機   entrance 2 小時前" in lines_of(home, "--at", f"{DAY}T12:10")
    assert "簽到機   entrance 14 天以上沒有刷卡" in lines_of(home, "--at", "2026-12-25T12:00")


def test_a_volunteer_whom_the_desk_entered_is_on_it_as_the_desks(home: Path, apply: Apply) -> None:
    """R-036."""
    arrived = line(
        "add_visit", f"{DAY}T10:11", volunteer="V003", check_in=f"{DAY}T10:11", by="陳組長", reason="badge_forgotten"
    )
    assert apply(home, arrived).err == ""
    assert "[ ] V003       林〇豪     10:11       櫃台           09:00-12:00 服務台" in lines_of(home)


def test_it_is_plain_text_that_fits_the_paper(simulation: Path, apply: Apply) -> None:
    """80 columns of A4, whatever numbers, names and kiosks are called."""
    people = {f"V{'9' * 20}{n}": "歐陽" * 15 for n in range(3)}
    assert apply(simulation, *setup_lines(people), *(tap("09:00", number) for number in people)).err == ""
    sheet = lines_of(simulation)
    assert "在場 3 人" in sheet
    assert max(map(cell_len, sheet)) <= 80
    assert "\x1b" not in "".join(sheet)


def test_a_volunteer_who_is_in_since_yesterday_is_listed_with_the_date(home: Path) -> None:
    assert any("11-19 09:05" in line for line in lines_of(home, "--at", "2026-11-20T03:59"))


NAMESAKES = {"V101": "陳美玉", "V117": "陳秀玉", "V217": "陳淑玉", "V300": "王小明"}


def test_two_volunteers_whose_masked_names_are_alike_are_told_apart(simulation: Path, apply: Apply) -> None:
    """By so many of the last characters of their numbers as differ; a name that nobody shares stays as it is."""
    arrivals = (tap("09:00", number) for number in NAMESAKES)
    assert apply(simulation, *setup_lines(NAMESAKES), *arrivals).err == ""
    names = [line[15:23].strip() for line in lines_of(simulation) if line.startswith("[ ]")]
    assert names == ["陳〇玉 101", "陳〇玉 117", "陳〇玉 217", "王〇明"]


def test_namesakes_are_told_apart_however_long_their_numbers_and_names_are(simulation: Path, apply: Apply) -> None:
    people = {f"V{'9' * 20}{n:02}": "歐陽" * 15 for n in range(12)}
    assert apply(simulation, *setup_lines(people), *(tap("09:00", number) for number in people)).err == ""
    sheet = lines_of(simulation)
    rows = [line for line in sheet if line.startswith("[ ]")]
    assert (len(rows), len(set(rows)), max(map(cell_len, sheet)) <= 80) == (12, 12, True)
