"""What if, at the desk: a visit, a shift or a rule on trial, with what would change in words; nothing is written."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest

from kiosk.words.desk.what_if import WHAT_IF
from tests.kiosk.desk.conftest import Browser, DeskSite, Page
from tests.kiosk.desk.test_unit import november  # noqa: F401 - a fixture

VISIT = {"volunteer": "V001", "date": "2026-11-19", "check_in": "2026-11-19T08:55:00+08:00"}


@pytest.fixture
def browser(november: DeskSite) -> Browser:  # noqa: F811 - the fixture
    """A coordinator of the unit in which Ann forgot to tap when she left."""
    return november.share_browser("lin")


def try_out(browser: Browser, what: str, **query: str) -> Page:
    return browser.get(f"/audit/what-if{what}?{urlencode(query)}")


def test_the_visits_and_shifts_of_a_day_can_be_chosen(browser: Browser) -> None:
    page = try_out(browser, "", volunteer="V001", date="115/11/19")
    assert page.status == 200
    assert "陳〇玉" in page.text
    assert 'value="2026-11-19T08:55:00+08:00"' in page.text
    assert 'value="2026-11-19T12:00"' in page.text


@pytest.mark.parametrize("typed", ["Ｖ００１", "v001"])
def test_a_number_may_be_typed_in_wide_or_small_letters(browser: Browser, typed: str) -> None:
    assert "陳〇玉" in browser.get(f"/audit/day?{urlencode({'volunteer': typed, 'date': '2026-11-19'})}").text
    assert "如果 V001 陳〇玉" in try_out(browser, "/visit", **VISIT | {"volunteer": typed}).text


@pytest.mark.parametrize("page", ["/audit/day?volunteer=V001&date=2026-11-19", "/plan/duty/S1"])
def test_a_day_and_a_duty_lead_to_what_could_be_tried_of_them(browser: Browser, page: str) -> None:
    (address,) = {unescape(one) for one in re.findall(r'href="(/audit/what-if\?[^"]+)"', browser.get(page).text)}
    shown = browser.get(address)
    assert shown.status == 200
    assert '<input type="hidden" name="shift" value="S1">' in shown.text
    assert 'value="2026-11-19T09:00"' in shown.text


def test_a_void_visit_would_leave_the_duty_absent(browser: Browser) -> None:
    page = try_out(browser, "/visit", **VISIT)
    assert page.status == 200
    assert "如果 V001 陳〇玉 2026-11-19 08:55–? 的到班作廢" in page.text
    assert "S1（2026-11-19）：未簽退 → 缺席" in page.text
    assert "陳美玉" not in page.text
    assert "缺席" not in browser.get("/audit/day?volunteer=V001&date=2026-11-19").text, "nothing was written"


def test_a_shift_on_another_day_would_leave_its_duty_to_come(browser: Browser) -> None:
    moved = {"shift": "S1", "start": "2026-11-27T09:00", "end": "2026-11-27T12:00"}
    assert "S1（2026-11-27）：未簽退 → 尚未結束" in try_out(browser, "/shift", **moved).text
    assert "S1（2026-11-19）：未簽退 → 取消" in try_out(browser, "/shift", shift="S1", act="cancel").text


def test_a_rule_would_change_minutes(browser: Browser) -> None:
    asked = {"rule": "missing_checkout_credit", "value": "shift_end", "from": "115/11/01"}
    assert '<option value="shift_end">' in try_out(browser, "", rule="missing_checkout_credit").text
    page = try_out(browser, "/rule", **asked)
    assert "會影響 1 位志工，0 筆值勤的結果、0 筆的遲到早退會不同" in page.text
    assert ">+180</td>" in page.text
    assert (
        WHAT_IF["zh-TW"].nothing
        in try_out(browser, "/rule", rule="grace_minutes_in", value="30", **{"from": "2026-11-01"}).text
    )


@pytest.mark.parametrize(
    ("what", "query", "sentence"),
    [
        ("", {"volunteer": "V009", "date": "2026-11-19"}, "沒有這個編號的志工"),
        ("", {"volunteer": "V001", "date": "2026-11-31"}, "請輸入日期"),
        ("/visit", {**VISIT, "check_in": "2026-11-19T08:54:00+08:00"}, "這一天已經沒有這筆到班"),
        ("/shift", {"shift": "S9", "act": "cancel"}, "這樣做會被拒絕"),
        ("/shift", {"shift": "S" * 128, "act": "cancel"}, f"查無班次 {'S' * 128}："),
        ("/shift", {"shift": "S1", "start": "2026-11-19T12:00", "end": "2026-11-19T09:00"}, "這樣做會被拒絕"),
        ("/rule", {"rule": "grace_minutes_in", "value": "-5", "from": "2026-11-01"}, "這個值不能用"),
        ("/rule", {"rule": "grace_minutes_in", "value": "x", "from": "2026-11-01"}, "請填數字"),
        ("/rule", {"rule": "grace_minutes_in", "value": "5", "from": "11/01"}, "請輸入日期"),
    ],
    ids=[
        "nobody",
        "no day",
        "no such visit",
        "no such shift",
        "an id as long as ids are",
        "an end before the start",
        "out of range",
        "no number",
        "no first day",
    ],
)
def test_what_cannot_be_tried_is_said(browser: Browser, what: str, query: dict[str, str], sentence: str) -> None:
    page = try_out(browser, what, **query)
    assert (page.status, sentence in page.text) == (422, True)
