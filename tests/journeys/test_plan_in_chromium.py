"""A coordinator's browser: plan a month from a pattern, move a duty, record a leave by telephone, see it on Today."""

import re
from collections.abc import Generator
from pathlib import Path

import pytest

from kiosk.words.desk.plan_zh_tw import PLAN
from tests.kiosk.desk.conftest import PASSWORD, DeskSite, fill_home, serve
from tests.support.chromium import CHROMIUM, Chromium, open_chromium
from tests.support.kiosk_program import line, run_kiosk, write_batch

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")

LOG_IN = """
document.getElementById('name').value = 'coordinator';
document.getElementById('password').value = '{password}';
document.querySelector('form.login').requestSubmit();
"""
TYPE = "document.getElementById('{field}').value = '{value}'"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Generator[DeskSite]:
    """Ann and Ben; the last that was recorded is of 1 November."""
    folder = tmp_path_factory.mktemp("plan")
    home = fill_home(folder)
    at, agreed = "2026-11-01T09:00", {"mode": "rostered", "agreement_from": "2024-01-02"}
    batch = write_batch(folder / "ben.jsonl", line("enrol_volunteer", at, volunteer="V002", name="陳大文", **agreed))
    assert run_kiosk("apply", batch, "--home", home).err == ""
    with serve(home) as served:
        yield served


def count_printed_pages(browser: Chromium) -> int:
    """Of the page that is shown, printed as its style says: A4, landscape."""
    printed = browser.print_page()
    assert re.search(rb"/MediaBox \[0 0 841[.\d]* 594[.\d]*\]", printed)
    return len(re.findall(rb"/Type /Page\b", printed))


def test_a_coordinator_plans_a_month_moves_a_duty_and_records_a_leave(site: DeskSite, tmp_path: Path) -> None:
    with open_chromium(tmp_path / "profile", "--accept-lang=zh-TW") as browser:
        browser.go(f"http://127.0.0.1:{site.port}/")
        browser.wait_for_text("登入")
        browser.run(LOG_IN.format(password=PASSWORD))
        browser.wait_for_text("排班")
        # a month: four clicks
        browser.click("排班")
        browser.wait_for_text(PLAN.pattern)
        browser.click(PLAN.pattern)
        browser.wait_for_text(PLAN.a_duty)
        browser.run(TYPE.format(field="posts", value="服務台"))
        browser.click(PLAN.preview)
        browser.wait_for_text(PLAN.preview_title)
        browser.click(PLAN.save)
        browser.wait_for_text(PLAN.saved.format(count=23))
        assert count_printed_pages(browser) == 1, "a week is one sheet"
        # one of them is moved
        browser.click("V00")
        browser.wait_for_text("261201-AM-服務台")
        browser.run("document.querySelectorAll('details').forEach(one => one.open = true)")
        browser.run(TYPE.format(field="start", value="10:00"))
        browser.click(PLAN.acts["change"])
        browser.wait_for_text("12/01（二） 10:00–12:00")
        # its volunteer telephones
        browser.run(TYPE.format(field="leave-1", value="返鄉"))
        browser.click(PLAN.acts["leave"])
        browser.wait_for_text(PLAN.done["leave"])
        browser.wait_for_text(PLAN.nobody)
        browser.call("Emulation.setDeviceMetricsOverride", width=360, height=740, deviceScaleFactor=1, mobile=True)
        assert browser.run("document.documentElement.scrollWidth") <= 360, "a phone scrolls in one direction only"
        browser.click(PLAN.back_to_plan)
        browser.wait_for_text(PLAN.week)
        browser.click(PLAN.month)
        browser.wait_for_text(PLAN.print_hint)
        assert count_printed_pages(browser) == 1, "a month is one sheet"
        # the day comes
        assert run_kiosk("tap", "04000000000001", "--home", site.home, "--at", "2026-12-01T08:02:00").out
        browser.click("今日值勤")
        browser.wait_for_text("10:00")
        browser.wait_for_text("無人")
