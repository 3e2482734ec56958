"""Lists at the desk as files for spreadsheet programs: the rows of the read commands, without names."""

import io
import json
from urllib.parse import quote

import pytest
from python_calamine import load_workbook

from kiosk.desk.audit.list_pages import FORMATS, LISTED
from tests.kiosk.desk.conftest import Browser, DeskSite
from tests.support.kiosk_program import run_kiosk


@pytest.fixture(scope="module")
def browser(site: DeskSite) -> Browser:
    return site.open_browser("auditor")


def test_a_list_is_that_of_the_read_command(site: DeskSite, browser: Browser) -> None:
    page = browser.get("/audit/lists/file?list=duties&format=csv&from=2026-11-01")
    head, *rows = page.text.removeprefix("\ufeff").splitlines()
    (duty,) = json.loads(run_kiosk("duties", "--format", "json", "--home", site.home).out)
    assert head.split(",") == [*duty]
    assert [row.split(",")[:2] for row in rows] == [["S1", "V001"]]
    assert page.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%E5%80%BC%E5%8B%A4")


def test_a_number_is_found_in_small_and_wide_letters(browser: Browser) -> None:
    typed = ("V001", "v001", quote("Ｖ００１"))
    lists = [browser.get(f"/audit/lists/file?list=duties&format=csv&volunteer={number}").text for number in typed]
    assert "V001" in lists[0]
    assert lists == lists[:1] * 3


@pytest.mark.parametrize("name", LISTED)
@pytest.mark.parametrize("form", FORMATS)
def test_every_list_comes_in_every_format(browser: Browser, name: str, form: str) -> None:
    assert browser.get_bytes(f"/audit/lists/file?list={name}&format={form}")[:2] == (
        b"PK" if form != "csv" else b"\xef\xbb"
    )


def test_a_workbook_can_be_read(browser: Browser) -> None:
    content = browser.get_bytes("/audit/lists/file?list=duties&format=xlsx")
    sheet = load_workbook(io.BytesIO(content)).get_sheet_by_index(0)
    assert sheet.to_python()[1][:2] == ["S1", "V001"]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "list=duties",
        "list=volunteers&format=csv",
        "list=../x&format=csv",
        "list=duties&format=exe",
        "list=duties&format=csv&from=2026-02-30",
        "list=duties&format=csv&from=2026-11-20&to=2026-11-19",
        "list=duties&format=csv&volunteer=V404",
    ],
)
def test_what_cannot_be_listed_is_said_above_the_form(browser: Browser, query: str) -> None:
    page = browser.get(f"/audit/lists/file?{query}")
    assert (page.status, 'role="alert"' in page.text) == (422, True)


@pytest.mark.parametrize(
    ("dates", "sentence"),
    [("from=2026-11-20&to=2026-11-19", "開始日期晚於結束日期，請對調。"), ("to=2026-02-30", "看不懂這個日期")],
)
def test_wrong_dates_are_said_without_an_option_of_the_command_line(
    browser: Browser, dates: str, sentence: str
) -> None:
    text = browser.get(f"/audit/lists/file?list=duties&format=csv&{dates}").text
    assert sentence in text
    assert "--from" not in text


@pytest.mark.parametrize("role", ["leader", "unit_head"])
def test_who_may_not_audit_gets_no_list(site: DeskSite, role: str) -> None:
    page = site.open_browser(role).get("/audit/lists/file?list=hours&format=csv")
    assert (page.status, "filename" in str(page.headers)) == (403, False)
