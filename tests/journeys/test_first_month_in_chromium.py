"""A coordinator's browser, from an empty home to the hours of the first month, without one line of JSON.

The unit is opened, its calendar imported, two volunteers are enrolled, a name is corrected, duties are planned; the
door and the nights do their part; a forgotten check-out is settled, and the hours stand on the volunteer's page.
"""

import json
from collections.abc import Generator
from pathlib import Path

import pytest

from kiosk.accounts.accounts import Accounts
from kiosk.accounts.passwords import Password
from kiosk.home import Home
from kiosk.people.file import SYSTEM_ACTOR
from tests.kiosk.desk.conftest import PASSWORD, DeskSite, serve
from tests.support.chromium import CHROMIUM, Chromium, open_chromium
from tests.support.kiosk_program import line, run_kiosk, write_batch

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")

ANN = {"name": "王小名", "birth_date": "45/3/1", "agreement_from": "民國 115 年 3 月 1 日", "card": "04A1B2C3D4E5F6"}
BEN = {"name": "陳大文", "agreement_from": "115/3/1", "card": "04 A1 B2 C3 D4 E5 F7"}
TRAINED = {"basic_on": "1150305", "special_on": "2026-03-06"}


DAYS = ("2026-11-03", "2026-11-04")
"""The duties of the first volunteer: on the second day she forgets to check out."""


@pytest.fixture
def site(tmp_path: Path) -> Generator[DeskSite]:
    """A home in which nothing has happened but a tap of an unknown card, with the account of a coordinator."""
    home = tmp_path / "home"
    Home.make(home, simulation=True).close()
    with Home.open(home) as opened:
        system = opened.people.ensure_actor(SYSTEM_ACTOR)
        Accounts(opened).add("coordinator", "coordinator", Password(PASSWORD), system)
    assert run_kiosk("tap", "04A1B2C3D4E5FF", "--home", home, "--at", "2026-11-02T08:00").status == 1
    with serve(home) as served:
        yield served


def fill(browser: Chromium, form: str, fields: dict[str, str]) -> None:
    """Fill in fields of a form and send it, as a click on its button does."""
    script = f"""
        const form = document.querySelector({json.dumps(form)}), fields = {json.dumps(fields)};
        for (const name in fields) form.elements[name].value = fields[name];
        form.querySelector('button').click()
    """
    browser.do(script, form)


def click(browser: Chromium, text: str) -> None:
    """Click on the link with a text."""
    script = f"[...document.querySelectorAll('a')].find(a => a.innerText.trim() === {json.dumps(text)}).click()"
    browser.do(script, text)


def enrol(browser: Chromium, number: str, fields: dict[str, str]) -> None:
    click(browser, "志工")
    browser.wait_for_text("登錄新志工")
    click(browser, "登錄新志工")
    browser.wait_for_text("個人資料保護法")
    assert browser.run("document.getElementById('volunteer').value") == number
    fill(browser, "form[action='/people/new']", {**fields, **TRAINED})
    browser.wait_for_text(f"已登錄志工 {number}")


def open_unit(browser: Chromium) -> None:
    click(browser, "單位設定")
    fill(browser, "form[action='/unit/open']", {"name": "清水戶政事務所", "category": "戶政"})
    browser.wait_for_text("單位已經啟用")
    fill(browser, "form[action='/unit/calendar']", {"year": "2026"})
    browser.wait_for_text("2026 年的辦公日曆已經匯入。")


def correct_name(browser: Chromium) -> None:
    click(browser, "回志工名單")
    browser.wait_for_text("王〇名")
    click(browser, "V001")
    browser.wait_for_text("V001 王〇名")
    fill(browser, "form[action^='/people/data']", {"purpose": "correction"})
    browser.wait_for_text("王小名")
    fill(browser, "form[action^='/people/change']", {"name": "王小明", "reason": "打錯字"})
    browser.wait_for_text("V001 王〇明")
    click(browser, "回志工名單")
    browser.wait_for_text("共 2 位")
    fill(browser, "form[action='/people']", {"text": "小明"})
    browser.wait_for_text("共 1 位")
    browser.wait_for_text("王〇明")


def plan_duty(browser: Chromium, day: str) -> None:
    click(browser, "排班")
    click(browser, "新增一班")
    fields = {"date": day, "half_day": "own", "start": "09:00", "end": "12:00", "post": "服務台", "volunteers": "V001"}
    fill(browser, "form[action='/plan/add']", fields)
    browser.wait_for_text("儲存勾選的班")
    browser.do("document.querySelector('form[action^=\"/plan/save\"] button.main').click()", "the preview")
    browser.wait_for_text("已排入 1 班。")


def live_month(site: DeskSite, tmp_path: Path) -> None:
    """What the door and the nights do."""
    taps = [(DAYS[0], "08:55"), (DAYS[0], "12:03"), (DAYS[1], "08:50")]
    lines = [line("tap", f"{day}T{time}", card=ANN["card"]) for day, time in taps]
    batch = write_batch(tmp_path / "month", *lines, line("reconcile", "2026-12-01T04:30", date="2026-11-30"))
    assert run_kiosk("apply", batch, "--home", site.home).err == ""


def settle_forgotten_check_out(browser: Chromium) -> None:
    click(browser, "今日值勤")
    browser.wait_for_text("08:50 到班，沒有簽退")
    browser.do("document.querySelector('.pending a[href*=no_check_out]').click()", "the forgotten check-out")
    browser.wait_for_text("未簽退 → 出勤")
    browser.do("document.querySelector('main button.main').click()", "the end of the duty")
    browser.wait_for_text("完成：11/04（三） V001")


def test_a_coordinator_runs_the_first_month(site: DeskSite, tmp_path: Path) -> None:
    with open_chromium(tmp_path / "profile", "--accept-lang=zh-TW") as browser:
        browser.go(f"http://127.0.0.1:{site.port}/")
        browser.wait_for_text("登入")
        fill(browser, "form.login", {"name": "coordinator", "password": PASSWORD})
        browser.wait_for_text("今日值勤")
        open_unit(browser)
        enrol(browser, "V001", ANN)
        enrol(browser, "V002", BEN)
        correct_name(browser)
        for day in DAYS:
            plan_duty(browser, day)
        live_month(site, tmp_path)
        settle_forgotten_check_out(browser)
        click(browser, "志工")
        click(browser, "V001")
        browser.wait_for_text("6 小時")
        click(browser, "2026-11-04")
        browser.wait_for_text("合計")
        browser.wait_for_text("採計 180 分鐘")
    rows = json.loads(run_kiosk("volunteers", "--format", "json", "--home", site.home).out)
    assert [(row["volunteer"], row["cards"], row["trainings_missing"]) for row in rows] == [
        ("V001", 1, []),
        ("V002", 1, []),
    ]
    (access,) = json.loads(run_kiosk("accesses", "--format", "json", "--home", site.home).out)
    assert (access["by"], access["volunteers"], access["purpose"]) == ("coordinator", ["V001"], "correction")
