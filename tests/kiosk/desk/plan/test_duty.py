"""One duty at the desk, and what is done to it."""

from datetime import date

import pytest

from kiosk.words.desk.plan_zh_tw import PLAN
from tests.kiosk.desk.conftest import Browser, DeskSite, Page
from tests.kiosk.desk.plan.conftest import act, new_duty, read_text
from tests.support.html_forms import ShownForm, read_forms


def test_a_volunteer_is_found_by_number_or_by_a_part_of_the_name(coordinator: Browser) -> None:
    shift = new_duty(coordinator, "2026-11-23")
    assert PLAN.done["assign"] in read_text(act(coordinator, shift, "assign", volunteer="V003"))
    assert PLAN.done["assign"] in read_text(act(coordinator, shift, "assign", volunteer="大文"))
    unclear = act(coordinator, shift, "assign", volunteer="陳")
    assert unclear.status == 422
    assert "V002 陳〇文、V003 陳〇華" in read_text(unclear)
    assert 'value="陳"' in unclear.text
    assert PLAN.done["unassign"] in read_text(act(coordinator, shift, "unassign", volunteer="V003"))


@pytest.mark.parametrize(
    ("day", "text"), [(1, "v003"), (2, "Ｖ００３"), (3, "ｖ００３"), (4, "ｖ００３\u3000陳〇華"), (7, "００３")]
)
def test_a_volunteer_is_found_by_a_number_as_an_input_method_types_it(
    coordinator: Browser, day: int, text: str
) -> None:
    """Small or wide letters, all of the number or a part of it."""
    shift = new_duty(coordinator, f"2027-01-0{day}")
    assert PLAN.done["assign"] in read_text(act(coordinator, shift, "assign", volunteer=text))


@pytest.mark.parametrize("text", ["nobody", "<script>", "\u202eevil", "\x1b[31m", "𠮷", "名" * 5_000, " "])
def test_a_text_that_means_nobody_is_said_beside_its_field(coordinator: Browser, text: str) -> None:
    page = act(coordinator, "S1", "assign", volunteer=text)
    assert page.status == 422
    assert 'aria-invalid="true"' in page.text
    assert "<script>" not in page.text


def test_a_duty_of_a_suspended_volunteer_is_vacant_and_can_be_taken_from_them(coordinator: Browser) -> None:
    """R-040: on its page, in the week and in its coverage."""
    shift = new_duty(coordinator, "2026-11-11", "V004")
    state = PLAN.states["not_in_service"]
    page, week = (read_text(coordinator.get(path)) for path in (f"/plan/duty/{shift}", "/plan?day=2026-11-11"))
    assert PLAN.nobody in page
    assert f"林〇同 {state}" in page
    assert PLAN.acts["leave"] not in page
    assert f"林〇同 {state} {PLAN.vacant}" in week
    of_week = PLAN.week_of.format(day=PLAN.format_day(date(2026, 11, 9)))
    assert f"{of_week} {PLAN.coverage_line.format(needed=10, covered=0)}" in week
    assert PLAN.done["unassign"] in read_text(act(coordinator, shift, "unassign", volunteer="V004"))


def test_leave_before_the_start_is_leave(coordinator: Browser) -> None:
    """R-044"""
    shift = new_duty(coordinator, "2026-11-24", "V002")
    told = read_text(act(coordinator, shift, "leave", volunteer="V002", reason="返鄉"))
    assert PLAN.done["leave"] in told
    assert PLAN.nobody in told
    assert PLAN.done["withdraw"] in read_text(act(coordinator, shift, "withdraw", volunteer="V002"))


def test_leave_after_the_start_is_an_excuse_and_needs_a_reason(coordinator: Browser) -> None:
    """R-044"""
    assert PLAN.excuse_hint in read_text(coordinator.get("/plan/duty/S0"))
    missing = act(coordinator, "S0", "leave", volunteer="V001")
    assert missing.status == 422
    assert PLAN.started_meanwhile in read_text(missing)
    assert PLAN.done["excuse"] in read_text(act(coordinator, "S0", "leave", volunteer="V001", reason="住院"))


def test_a_swap_is_recorded_without_approval_and_gives_a_duty_back(coordinator: Browser) -> None:
    """R-042, R-043"""
    given, back = new_duty(coordinator, "2026-11-25", "V002"), new_duty(coordinator, "2026-11-26", "V003")
    swap = {"volunteer": "V002", "to": "小華", "return_day": "2026-11-26", "return_half": ""}
    for _ in range(2):
        text = read_text(act(coordinator, given, "swap", "one swap", **swap))
        assert PLAN.done["swap"] in text
    assert f"V002 陳〇文 {PLAN.states['handed_over']}" in text
    assert f"V002 陳〇文 {PLAN.states['responsible']}" in read_text(coordinator.get(f"/plan/duty/{back}"))


def test_which_duty_is_given_in_return_is_asked_where_it_is_not_clear(coordinator: Browser) -> None:
    """R-042"""
    given, day = new_duty(coordinator, "2026-12-21", "V002"), "2026-12-22"
    morning, _ = new_duty(coordinator, day, "V003"), new_duty(coordinator, day, "V003", start="14:00", end="17:00")
    swap = {"volunteer": "V002", "to": "V003", "return_day": day}
    unclear = act(coordinator, given, "swap", **swap, return_half="")
    assert "09:00–12:00、14:00–17:00" in read_text(unclear)
    none = act(coordinator, given, "swap", **swap | {"return_day": "2026-12-23"}, return_half="morning")
    assert (unclear.status, none.status) == (422, 422)
    assert PLAN.done["swap"] in read_text(act(coordinator, given, "swap", **swap, return_half="morning"))
    assert f"V002 陳〇文 {PLAN.states['responsible']}" in read_text(coordinator.get(f"/plan/duty/{morning}"))


def test_times_are_changed_and_a_duty_is_cancelled_with_a_reason(coordinator: Browser) -> None:
    shift = new_duty(coordinator, "2026-11-27", "V002")
    times = {"date": "115-11-28", "start": "10:00", "end": "9:00"}
    assert "11/28（六） 10:00–09:00" in read_text(act(coordinator, shift, "change", **times))
    wrong = act(coordinator, shift, "change", date="2026-02-30", start="25:00", end="12:00")
    assert PLAN.faults["not_a_date"] in read_text(wrong)
    assert PLAN.faults["not_a_time"] in read_text(wrong)
    assert 'value="2026-02-30"' in wrong.text
    assert act(coordinator, shift, "cancel").status == 422
    assert PLAN.cancelled in read_text(act(coordinator, shift, "cancel", reason="颱風"))


@pytest.mark.parametrize(
    ("do", "day", "first", "second"),
    [
        ("change", "2026-12-01", {"date": "2026-12-02"}, {"end": "11:00"}),
        ("describe", "2026-12-03", {"item": "綜合服務"}, {"content": "引導"}),
    ],
)
def test_an_old_page_of_a_duty_writes_nothing_back_that_another_coordinator_changed(
    coordinator: Browser, do: str, day: str, first: dict[str, str], second: dict[str, str]
) -> None:
    """Given two windows at one duty; when the second, opened before, changes another field, and the first again."""
    path = f"/plan/duty/{new_duty(coordinator, day, 'V002')}"
    stale, other = open_act(coordinator, path, do), open_act(coordinator, path, do)
    assert coordinator.post_pairs(path, other.fill(**first)).status == 303
    told = coordinator.post_pairs(path, stale.fill(**second))
    assert (told.status, PLAN.changed_meanwhile in told.text) == (422, True)
    stands = open_act(coordinator, path, do)
    assert stands.typed == {**other.typed, **first}
    assert find_act(told, do).typed == stands.typed, "what stands now is shown"
    assert coordinator.post_pairs(path, other.fill(**first)).status == 303, "what is sent twice is carried out once"
    assert coordinator.post_pairs(path, stands.fill(**second)).status == 303
    assert open_act(coordinator, path, do).typed == {**other.typed, **first, **second}


def open_act(browser: Browser, path: str, do: str) -> ShownForm:
    return find_act(browser.get(path), do)


def find_act(page: Page, do: str) -> ShownForm:
    (found,) = (form for form in read_forms(page.text) if ("do", do) in form.fields)
    return found


def test_the_second_of_two_coordinators_is_told(coordinator: Browser) -> None:
    shift = new_duty(coordinator, "2026-11-30", "V002")
    act(coordinator, shift, "cancel", reason="颱風")
    late = act(coordinator, shift, "assign", volunteer="V003")
    assert late.status == 422
    assert PLAN.refused.partition("{")[0] in read_text(late)


def test_two_browsers_hear_a_refusal_in_their_own_languages(site: DeskSite, coordinator: Browser) -> None:
    english = site.share_browser("coordinator")
    english.get("/language/en")
    shift = new_duty(coordinator, "2026-12-01", "V002")
    act(coordinator, shift, "cancel", reason="颱風")
    late = [read_text(act(browser, shift, "assign", volunteer="V003")) for browser in (coordinator, english)]
    assert f"班次 {shift} 已經取消：請另外排班" in late[0]
    assert f"shift {shift} is cancelled: schedule another" in late[1]


def test_a_form_sent_twice_is_carried_out_once(coordinator: Browser) -> None:
    shift = new_duty(coordinator, "2026-12-18", "V002")
    answers = [act(coordinator, shift, "leave", "one form", volunteer="V002") for _ in range(2)]
    assert [PLAN.done["leave"] in read_text(answer) for answer in answers] == [True, True]


@pytest.mark.parametrize("do", ["", "explode", "schedule_shift"])
def test_an_act_that_there_is_not_is_refused(coordinator: Browser, do: str) -> None:
    assert act(coordinator, "S1", do, form="x").status == 400


def test_what_speaks_against_a_duty_is_on_its_page(coordinator: Browser) -> None:
    day = "2026-12-05"
    shift = new_duty(coordinator, day, "V003")
    new_duty(coordinator, day, "V003", start="11:00", end="13:00")
    text = read_text(coordinator.get(f"/plan/duty/{shift}"))
    assert PLAN.conflicts["weekend"] in text
    assert "V003 陳〇華 同一時間另有班：12/05（六） 11:00–13:00" in text
