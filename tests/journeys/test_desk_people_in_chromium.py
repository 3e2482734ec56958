"""A coordinator's browser, from an empty home: two volunteers are enrolled, a name is corrected, found in the list."""

import json
from collections.abc import Generator
from pathlib import Path

import pytest

from kiosk.accounts import Accounts
from kiosk.home import Home
from kiosk.passwords import Password
from kiosk.people import SYSTEM_ACTOR
from tests.kiosk.desk.conftest import PASSWORD, DeskSite, serve
from tests.support.chromium import CHROMIUM, Chromium, open_chromium
from tests.support.kiosk_program import OPEN_UNIT, run_kiosk, write_batch
from tests.support.waiting import wait_until

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")

ANN = {"name": "王小名", "birth_date": "45/3/1", "agreement_from": "民國 115 年 3 月 1 日", "card": "04A1B2C3D4E5F6"}
BEN = {"name": "陳大文", "agreement_from": "115/3/1", "card": "04 A1 B2 C3 D4 E5 F7"}
TRAINED = {"basic_on": "1150305", "special_on": "2026-03-06"}


@pytest.fixture
def site(tmp_path: Path) -> Generator[DeskSite]:
    """The home of a unit without volunteers, as the command line opens it, with the account of a coordinator."""
    Home.make(tmp_path / "home", simulation=True).close()
    assert run_kiosk("apply", write_batch(tmp_path / "unit", OPEN_UNIT), "--home", tmp_path / "home").err == ""
    with Home.open(tmp_path / "home") as home:
        system = home.people.ensure_actor(SYSTEM_ACTOR)
        Accounts(home).add("coordinator", "coordinator", Password(PASSWORD), system)
    with serve(tmp_path / "home") as served:
        yield served


def do_once_loaded(browser: Chromium, script: str, what: str) -> None:
    """Run the body of a function in the page, as soon as all of it is there."""
    whole = f"document.readyState === 'complete' && (() => {{ {script}; return true; }})()"
    wait_until(lambda: browser.run(whole) is True, lambda: f"{what} is not on the page")


def fill(browser: Chromium, form: str, fields: dict[str, str]) -> None:
    """Fill in fields of a form and send it, as a click on its button does."""
    script = f"""
        const form = document.querySelector({json.dumps(form)}), fields = {json.dumps(fields)};
        for (const name in fields) form.elements[name].value = fields[name];
        form.querySelector('button').click()
    """
    do_once_loaded(browser, script, form)


def click(browser: Chromium, text: str) -> None:
    """Click on the link with a text."""
    script = f"[...document.querySelectorAll('a')].find(a => a.innerText.trim() === {json.dumps(text)}).click()"
    do_once_loaded(browser, script, text)


def enrol(browser: Chromium, number: str, fields: dict[str, str]) -> None:
    click(browser, "志工")
    browser.wait_for_text("登錄新志工")
    click(browser, "登錄新志工")
    browser.wait_for_text("個人資料保護法")
    assert browser.run("document.getElementById('volunteer').value") == number
    fill(browser, "form[action='/people/new']", {**fields, **TRAINED})
    browser.wait_for_text(f"已登錄志工 {number}")


def test_a_coordinator_enrols_two_corrects_a_name_and_finds_it(site: DeskSite, tmp_path: Path) -> None:
    with open_chromium(tmp_path / "profile", "--accept-lang=zh-TW") as browser:
        browser.go(f"http://127.0.0.1:{site.port}/")
        browser.wait_for_text("登入")
        fill(browser, "form.login", {"name": "coordinator", "password": PASSWORD})
        browser.wait_for_text("今日值勤")
        enrol(browser, "V001", ANN)
        enrol(browser, "V002", BEN)
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
    rows = json.loads(run_kiosk("volunteers", "--format", "json", "--home", site.home).out)
    assert [(row["volunteer"], row["cards"], row["trainings_missing"]) for row in rows] == [
        ("V001", 1, []),
        ("V002", 1, []),
    ]
    (access,) = json.loads(run_kiosk("accesses", "--format", "json", "--home", site.home).out)
    assert (access["by"], access["volunteers"], access["purpose"]) == ("coordinator", ["V001"], "correction")
