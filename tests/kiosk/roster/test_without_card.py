"""R-036: a volunteer comes without the card; one key at the roster records the arrival, and later the departure."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk.words import staff_en, staff_zh_tw
from tests.kiosk.conftest import list_topics, read_head
from tests.kiosk.entrance.app_harness import async_test
from tests.kiosk.roster.app_harness import RosterHarness, open_correcting_roster, open_roster, other_writer
from tests.kiosk.roster.authenticated import LIN, authenticate
from tests.kiosk.roster.morning_data import DAY
from tests.support.kiosk_program import line, run_kiosk, write_batch

LATE = "V003"
"""Has a duty since nine, and has not come at 10:10."""


def read_visits(home: Path, number: str) -> list[dict[str, object]]:
    return json.loads(run_kiosk("visits", "--volunteer", number, "--format", "json", "--home", home).out)


async def press_for(roster: RosterHarness, number: str, *texts: str) -> None:
    """Press the key, give the number, and wait for what is asked."""
    await roster.pilot.press("f")
    await roster.wait_for_text("忘記帶卡的志工編號")
    await roster.type_answer(number)
    await roster.wait_for_text(*texts)


@async_test
async def test_an_arrival_is_recorded_at_the_time_of_the_key_and_shown_as_the_desks(home_with_pin: Path) -> None:
    async with open_correcting_roster(home_with_pin, pin_session=authenticate(home_with_pin)) as roster:
        assert "!" in roster.find_row(LATE)
        await press_for(roster, LATE, f"{DAY}  {LATE} ", "補登到班 10:10", "離開時請刷卡簽退", "確定要登錄嗎？")
        assert read_visits(home_with_pin, LATE) == []
        await roster.pilot.press("y")
        await roster.wait_for_text("完成")
        await roster.pilot.press("enter")
        await roster.wait_for_text("在場 10:10 補登 遲到 70 分")
    (visit,) = read_visits(home_with_pin, LATE)
    assert (visit["check_out"], visit["kiosk"], visit["status"]) == (None, "desk", "open")
    assert str(visit["check_in"]).startswith(f"{DAY}T10:10:")
    assert list_topics(home_with_pin)[-1] == "corrections.arrival-added"
    explained = run_kiosk("explain", LATE, DAY, "--home", home_with_pin).out
    assert f"added, by {LIN}, reason: badge_forgotten (came without the card)" in explained


@async_test
async def test_the_number_of_the_chosen_row_is_suggested(home_with_pin: Path) -> None:
    async with open_correcting_roster(home_with_pin, pin_session=authenticate(home_with_pin)) as roster:
        await roster.pilot.press("slash", *LATE, "enter")
        await roster.wait_until(lambda: roster.table.show_cursor, "no row has the cursor")
        await roster.pilot.press("f")
        await roster.wait_for_text("忘記帶卡的志工編號", LATE)
        await roster.pilot.press("enter")
        await roster.wait_for_text("補登到班 10:10")


@async_test
async def test_a_volunteer_who_is_in_leaves_without_the_card(home_with_pin: Path) -> None:
    """V001 tapped in at 08:58."""
    async with open_correcting_roster(home_with_pin, pin_session=authenticate(home_with_pin)) as roster:
        await press_for(roster, "ｖ００１", f"{DAY}  V001 ", "08:58 到班，補登簽退 10:10", "採計分鐘：0 -> ")
        await roster.pilot.press("y")
        await roster.wait_for_text("完成")
        await roster.pilot.press("enter")
        await roster.wait_for_text("已離開 10:10 補登")
    (visit,) = read_visits(home_with_pin, "V001")
    assert (visit["status"], visit["corrected"]) == ("closed", True)


@async_test
async def test_two_presses_make_one_visit(home_with_pin: Path) -> None:
    """Decision 9: neither a second arrival nor a departure within a minute."""
    async with open_correcting_roster(home_with_pin, pin_session=authenticate(home_with_pin)) as roster:
        await press_for(roster, LATE, "補登到班 10:10")
        await roster.pilot.press("y")
        await roster.wait_for_text("完成")
        await roster.pilot.press("enter")
        head = read_head(home_with_pin)
        await press_for(roster, LATE, f"{DAY}  忘記帶卡", "剛才已經登錄（10:10", "10:11", "以後才能再登錄")
    assert (len(read_visits(home_with_pin, LATE)), read_head(home_with_pin)) == (1, head)


@async_test
async def test_a_card_that_is_found_while_it_is_asked_is_not_entered_twice(home_with_pin: Path) -> None:
    with other_writer(home_with_pin) as tap_at:
        async with open_correcting_roster(home_with_pin, pin_session=authenticate(home_with_pin)) as roster:
            await press_for(roster, LATE, "補登到班 10:10")
            tap_at(LATE, "10:11")
            await roster.pilot.press("y")
            await roster.wait_for_text("這一天的紀錄剛才有變動")
            await roster.pilot.press("y")
            await roster.wait_for_text("未受理：", "的重疊")
    (visit,) = read_visits(home_with_pin, LATE)
    assert visit["kiosk"] == "entrance"


@pytest.mark.parametrize("language", [(), ("l",)])
@async_test
async def test_on_the_roster_of_an_earlier_day_nothing_is_recorded_and_the_sentence_names_the_day(
    home_with_pin: Path, language: tuple[str, ...]
) -> None:
    """An arrival at the time of the key is one of today; the row that is chosen is of another day."""
    head = read_head(home_with_pin)
    async with open_correcting_roster(home_with_pin, pin_session=authenticate(home_with_pin)) as roster:
        words = (staff_en if language else staff_zh_tw).ROSTER.corrections
        await roster.pilot.press(*language, "less_than_sign")
        earlier = f"{date.fromisoformat(DAY) - timedelta(days=1)}"
        await roster.wait_for_text(earlier)
        assert not roster.shows_text("f 忘卡")
        assert not roster.shows_text("f no card")
        await roster.pilot.press("f")
        await roster.wait_for_text(f"{earlier}  {words.without_card}", words.only_of_today)
        await roster.pilot.press("enter", "greater_than_sign")
        await roster.wait_for_text(LATE)
        await roster.pilot.press("f")
        await roster.wait_for_text(words.volunteer_number)
    assert read_head(home_with_pin) == head


@async_test
async def test_a_number_that_no_volunteer_has_is_refused_with_a_sentence(home_with_pin: Path) -> None:
    head = read_head(home_with_pin)
    async with open_correcting_roster(home_with_pin, pin_session=authenticate(home_with_pin)) as roster:
        await press_for(roster, "V999", "未受理：查無志工編號 V999")
    assert read_head(home_with_pin) == head


@async_test
async def test_a_volunteer_who_is_suspended_is_refused_with_a_sentence(home_with_pin: Path, tmp_path: Path) -> None:
    suspended = line("suspend", f"{DAY}T10:10", volunteer="V009", **{"from": DAY})
    assert run_kiosk("apply", write_batch(tmp_path / "b.jsonl", suspended), "--home", home_with_pin).err == ""
    async with open_correcting_roster(home_with_pin, pin_session=authenticate(home_with_pin)) as roster:
        await press_for(roster, "V009", "補登到班 10:10")
        await roster.pilot.press("y")
        await roster.wait_for_text(f"未受理：志工 V009 在 {DAY} 暫停值勤")
    assert read_visits(home_with_pin, "V009") == []


@async_test
async def test_without_a_pin_nothing_is_asked(home_with_pin: Path) -> None:
    async with open_correcting_roster(home_with_pin) as roster:
        await roster.pilot.press("f")
        await roster.wait_for_text("的 PIN")
        await roster.pilot.press("escape")
        await roster.wait_for_text("f 忘卡")


@async_test
async def test_where_nothing_can_be_corrected_it_says_so(home_with_pin: Path) -> None:
    async with open_roster(home_with_pin) as roster:
        await roster.pilot.press("f")
        await roster.wait_for_text("只供查看")
