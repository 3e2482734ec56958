"""The plan at the desk: a week and a month."""

import html
import re

import pytest

from kiosk.words.desk.plan_en import PLAN as ENGLISH
from kiosk.words.desk.plan_zh_tw import PLAN
from tests.kiosk.desk.conftest import MARKUP, Browser, DeskSite
from tests.kiosk.desk.plan.conftest import VISITED, act, read_text, schedule


def test_a_week_shows_who_serves_masked_and_where_nobody_does(coordinator: Browser) -> None:
    text = read_text(coordinator.get("/plan?day=2026-11-19"))
    assert re.search("V001 <〇+明", text)
    assert PLAN.vacant in text
    assert MARKUP not in html.unescape(text)


def test_a_week_says_when_a_visiting_desk_is_there(coordinator: Browser) -> None:
    """R-027"""
    assert f"{PLAN.desk_sessions} 11/18（三） 13:00–16:00 {VISITED}" in read_text(
        coordinator.get("/plan?day=2026-11-19")
    )
    assert VISITED not in read_text(coordinator.get("/plan?day=2026-11-12"))


def test_a_duty_for_which_the_desk_is_not_there_is_not_saved(coordinator: Browser) -> None:
    """R-027"""
    early = f'["DESK","2026-11-18T12:59","2026-11-18T16:00","{VISITED}",[]]'
    text = read_text(schedule(coordinator, early, form="desk"))
    assert PLAN.not_saved_title in text
    assert f"不在 {VISITED} 的駐點時段內" in text


@pytest.mark.parametrize("path", ["/plan?day=2026-11-19", "/plan/month?day=2026-11-30", "/plan/duty/S1"])
def test_who_may_only_look_sees_no_form_of_a_change(site: DeskSite, path: str) -> None:
    leader, coordinator = site.share_browser("leader").get(path).text, site.share_browser("coordinator").get(path).text
    changes = r'href="/plan/(?:new|copy|add)|action="/plan'
    assert (re.findall(changes, leader), bool(re.findall(changes, coordinator))) == ([], True)


def test_a_month_shows_each_of_its_days_and_duties(coordinator: Browser) -> None:
    page = coordinator.get("/plan/month?day=2026-11-05")
    assert ("/plan/duty/S1" in page.text, "/plan/duty/S0" in page.text) == (True, False)
    assert re.findall(r'class="head" href="/plan\?day=([0-9-]+)"', page.text)[0] == "2026-11-02"


def test_the_pages_speak_english_too(coordinator: Browser) -> None:
    page = coordinator.get("/plan?day=2026-11-19", **{"Accept-Language": "en"})
    assert ENGLISH.week in page.text
    assert PLAN.week not in page.text


@pytest.mark.parametrize(
    "path",
    [
        *("/plan?day=2026-02-30", "/plan?day=x", "/plan/month?day=0001-01-01", "/plan?day=9999-12-31"),
        *("/plan/duty/none", "/plan/duty/", "/plan/duty/%F0%9F%90%B1", "/plan/duty/" + "x" * 5_000),
    ],
)
def test_what_does_not_exist_is_not_found(coordinator: Browser, path: str) -> None:
    assert coordinator.get(path).status == 404


def test_a_duty_of_any_name_has_its_page(coordinator: Browser) -> None:
    (path,) = set(re.findall(r"/plan/duty/a[^\"]+", coordinator.get("/plan?day=2026-11-20").text))
    assert "a/b 名%" in read_text(coordinator.get(path))
    assert PLAN.done["assign"] in read_text(act(coordinator, "a/b 名%", "assign", volunteer="V002"))
