"""A coordinator's browser: a meeting that a card fills, a certificate, a document that is handed out and checked."""

import io
import re
from collections.abc import Generator
from pathlib import Path

import pytest
from pypdf import PdfReader

from kiosk.words.desk.awards import AWARDS
from kiosk.words.desk.documents import DOCUMENT_PAGES
from kiosk.words.desk.meetings import MEETINGS
from tests.journeys.test_plan_in_chromium import LOG_IN, TYPE
from tests.kiosk.desk.conftest import PASSWORD, DeskSite, fill_home, serve
from tests.support.chromium import CHROMIUM, Chromium, open_chromium
from tests.support.kiosk_program import line, run_kiosk, write_batch
from tests.support.waiting import wait_until

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
MEETING, AWARD, DOCUMENT = MEETINGS["zh-TW"], AWARDS["zh-TW"], DOCUMENT_PAGES["zh-TW"]
CARD = "04000000000001"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Generator[DeskSite]:
    """Ann served on the 19th; it is the morning of the 20th."""
    folder = tmp_path_factory.mktemp("papers")
    home = fill_home(folder)
    taps = [line("tap", f"2026-11-19T{at}", card=CARD) for at in ("08:58", "12:01")]
    trained = [
        line("complete_training", "2026-11-01T08:00", volunteer="V001", kind=kind, category="戶政", on="2026-01-10")
        for kind in ("basic", "special")
    ]
    morning = line("reconcile", "2026-11-20T08:00", date="2026-11-19")
    assert run_kiosk("apply", write_batch(folder / "lines.jsonl", *trained, *taps, morning), "--home", home).err == ""
    with serve(home) as served:
        yield served


def fill_in(browser: Chromium, **fields: str) -> None:
    for field, value in fields.items():
        browser.run(TYPE.format(field=field, value=value))


def test_a_meeting_a_certificate_and_a_document_that_is_checked(site: DeskSite, tmp_path: Path) -> None:
    """R-033, R-116; R-032, R-084; R-028."""
    address = f"http://127.0.0.1:{site.port}"
    with open_chromium(tmp_path / "profile", "--accept-lang=zh-TW") as browser:
        browser.call("Page.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path / "files"))
        browser.go(address)
        browser.wait_for_text("登入")
        browser.run(LOG_IN.format(password=PASSWORD))
        browser.wait_for_text(MEETING.title)
        hold_meeting(browser, site, tmp_path)
        check_certificate(browser)
        check_document(browser, hand_out_month(browser, tmp_path / "files"))


def hold_meeting(browser: Chromium, site: DeskSite, folder: Path) -> None:
    """It is announced, Ann taps her card as ever, and stands on the list."""
    browser.click(MEETING.title)
    browser.wait_for_text(MEETING.new)
    fill_in(browser, session_title="志工會議", day="115/11/20", start="09:00", end="11:00", chair="主任秘書")
    browser.click(MEETING.save)
    browser.wait_for_text("主持人：主任秘書")
    taps = [line("tap", f"2026-11-20T{at}", card=CARD) for at in ("08:55", "11:02")]
    assert run_kiosk("apply", write_batch(folder / "taps.jsonl", *taps), "--home", site.home).err == ""
    browser.click(MEETING.title)
    browser.wait_for_text("1／1 人（100%）")
    browser.click("志工會議")
    browser.wait_for_text("08:55")


def check_certificate(browser: Chromium) -> None:
    """What Ann lacks to the card; no certificate is issued before her hours are in the record book."""
    browser.click(AWARD.title)
    browser.click("志願服務榮譽卡")
    browser.click("V001")
    browser.wait_for_text(AWARD.check_hint)
    assert "還差 297 小時 0 分" in browser.run("document.body.innerText")
    fill_in(browser, **{"from": "2026-11-01", "to": "2026-11-30"})
    browser.click(AWARD.check)
    browser.wait_for_text(AWARD.differs)


def hand_out_month(browser: Chromium, folder: Path) -> str:
    """The code of the statement of the month, as the file has it."""
    browser.click("文件")
    browser.click("志工服務時數月報")
    browser.wait_for_text(DOCUMENT.show)
    fill_in(browser, month="2026-11")
    browser.click(DOCUMENT.show)
    browser.wait_for_text("3 小時 00 分")
    browser.click(DOCUMENT.download)
    whole: list[bytes] = []

    def is_there() -> bool:
        """Under whatever name: the browser gives one in Chinese only where the locale has it."""
        whole[:] = [file.read_bytes() for file in folder.glob("*") if not file.name.endswith(".crdownload")]
        return any(content.rstrip().endswith(b"%%EOF") for content in whole)

    wait_until(is_there, lambda: f"no whole file: {[*folder.glob('*')]}")
    found = re.search(r"查驗碼\s*([0-9A-Z-]{14})", PdfReader(io.BytesIO(whole[0])).pages[0].extract_text())
    assert found
    return found[1]


def check_document(browser: Chromium, code: str) -> None:
    """The code leads to what was handed out."""
    browser.click(DOCUMENT.back)
    browser.click(DOCUMENT.check)
    browser.wait_for_text(DOCUMENT.check_hint)
    fill_in(browser, code=code)
    browser.click(DOCUMENT.do_check)
    browser.wait_for_text(DOCUMENT.results["matches"])
