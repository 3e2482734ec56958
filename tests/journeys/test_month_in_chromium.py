"""A registrar's browser: the month is looked at, closed, handed out, corrected and closed again (R-028, R-122)."""

import os
from collections.abc import Generator
from pathlib import Path

import pytest

from kiosk.words.desk.month import MONTH
from kiosk.words.desk.what_if import WHAT_IF
from tests.journeys.test_plan_in_chromium import LOG_IN, TYPE
from tests.kiosk.desk.conftest import PASSWORD, DeskSite, fill_home, serve
from tests.support.chromium import CHROMIUM, Chromium, open_chromium
from tests.support.kiosk_program import line, run_kiosk, write_batch

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
WORDS, TRIED = MONTH["zh-TW"], WHAT_IF["zh-TW"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Generator[DeskSite]:
    """Ann came on the 19th and was absent on the 20th; it is December."""
    folder = tmp_path_factory.mktemp("month")
    home = fill_home(folder)
    taps = [line("tap", f"2026-11-19T{at}", card="04000000000001") for at in ("08:58", "12:01")]
    trained = [
        line("complete_training", "2026-11-01T08:00", volunteer="V001", kind=kind, category="戶政", on="2026-01-10")
        for kind in ("basic", "special")
    ]
    span = {"start": "2026-11-20T09:00", "end": "2026-11-20T12:00"}
    missed = line("schedule_shift", "2026-11-01T08:00", shift="S9", volunteers=["V001"], **span)
    batch = write_batch(
        folder / "lines.jsonl", *trained, missed, *taps, line("reconcile", "2026-12-01T05:00", date="2026-11-30")
    )
    assert run_kiosk("apply", batch, "--home", home).err == ""
    with serve(home) as served:
        yield served


PICTURES = os.environ.get("KIOSK_PICTURES")
"""A folder for screenshots, to be looked at."""


def keep_picture(browser: Chromium, name: str) -> None:
    for width, height in ((1280, 900), (390, 844)) if PICTURES else ():
        browser.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False
        )
        browser.take_picture(Path(PICTURES or "") / f"{name}-{width}.png")


def test_a_registrar_closes_a_month_and_closes_it_again_after_a_correction(site: DeskSite, tmp_path: Path) -> None:
    with open_chromium(tmp_path / "profile", "--accept-lang=zh-TW") as browser:
        browser.go(f"http://127.0.0.1:{site.port}/")
        browser.wait_for_text("登入")
        browser.run(LOG_IN.replace("coordinator", "registrar").format(password=PASSWORD))
        browser.wait_for_text(WORDS.title)
        browser.click(WORDS.title)
        browser.wait_for_text("無故缺席 1")
        keep_picture(browser, "open")
        browser.click(WORDS.close_it)
        browser.wait_for_text(WORDS.closed_now)
        browser.wait_for_text("第 1 次月報，registrar")
        keep_picture(browser, "closed")
        browser.click("紀錄冊已經寫好")
        browser.wait_for_text(WORDS.entered_all)
        foresee(browser, f"http://127.0.0.1:{site.port}/audit")
        correct(site, tmp_path)
        browser.go(f"http://127.0.0.1:{site.port}/month?month=2026-11")
        browser.wait_for_text(WORDS.show_changes)
        browser.click(WORDS.show_changes)
        browser.wait_for_text("−3 小時 0 分")
        keep_picture(browser, "difference")
        browser.click(WORDS.back)
        browser.wait_for_text(WORDS.close_again)
        keep_picture(browser, "corrected")
        browser.run(TYPE.format(field="reason", value="卡片轉借"))
        browser.click(WORDS.close_again)
        browser.wait_for_text("第 2 次月報，registrar")


def foresee(browser: Chromium, audit: str) -> None:
    """The day is explained, how it came about, as of noon, and what it would lose if its visit were void."""
    day = f"{audit}/day?volunteer=V001&date=2026-11-19"
    browser.go(day)
    browser.wait_for_text("180 分鐘")
    browser.go(f"{audit}/difference?from=2026-11-19T08:00:00&to=2026-11-19T12:30:00&volunteer=V001")
    browser.wait_for_text("12:01")
    browser.wait_for_text("180")
    browser.go(f"{day}&as_of=2026-11-19T10:00:00")
    browser.wait_for_text("08:58")
    assert "180 分鐘" not in browser.run("document.body.innerText")
    browser.go(f"{audit}/what-if?volunteer=V001&date=2026-11-19")
    browser.wait_for_text(TRIED.title)
    keep_picture(browser, "what-if-choice")
    browser.click(TRIED.void)
    browser.wait_for_text("-180")
    browser.wait_for_text("出勤 → 缺席")
    keep_picture(browser, "what-if")
    browser.go(day)
    browser.wait_for_text("180 分鐘")


def correct(site: DeskSite, folder: Path) -> None:
    """Meanwhile a coordinator voids the visit."""
    visit = {"volunteer": "V001", "check_in": "2026-11-19T08:58"}
    voided = line("void_visit", "2026-12-03T09:00", reason="on paper", by="coordinator", **visit)
    assert run_kiosk("apply", write_batch(folder / "void.jsonl", voided), "--home", site.home).err == ""
