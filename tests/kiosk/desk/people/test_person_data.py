"""A person's data: a correction, who saw what and why, and the list as a file."""

import json

import pytest

from kiosk.desk.downloads import build_file
from tests.kiosk.desk.conftest import PASSWORD, Browser, DeskSite, Page
from tests.kiosk.desk.people.conftest import (
    enrol,
    list_accesses,
    open_data,
    post,
    show,
)
from tests.support.kiosk_program import run_kiosk


def change(browser: Browser, number: str, shown: dict[str, str], **typed: str) -> Page:
    kept = {f"shown_{name}": value for name, value in shown.items()}
    return post(browser, "/people/change", volunteer=number, **kept, **{**shown, **typed})


def test_a_corrected_name_keeps_its_number(site: DeskSite, browser: Browser) -> None:
    enrol(browser, "V030", name="陳大聞")
    assert change(browser, "V030", {"name": "陳大聞"}, name="陳大文", reason="打錯字").status == 303
    assert "陳〇文" in show(browser, "V030")
    (row,) = json.loads(run_kiosk("volunteers", "--changes", "--format", "json", "--home", site.home).out)
    assert (row["volunteer"], row["fields"], row["by"], row["reason"]) == ("V030", ["name"], "coordinator", "打錯字")


def test_a_field_that_another_person_changed_meanwhile_is_not_overwritten(browser: Browser) -> None:
    enrol(browser, "V031")
    shown = {"name": "陳大文", "telephone": "02-2345-6789"}
    assert change(browser, "V031", shown, telephone="1111").status == 303
    page = change(browser, "V031", shown, telephone="2222")
    assert page.status == 422
    assert "剛才有別人改過" in page.text
    assert 'name="telephone" type="text" value="2222"' in page.text
    assert "1111" not in page.text, "what stands there now is shown to nobody who has not asked"
    assert "1111" in open_data(browser, "V031").text


def test_another_field_is_changed_all_the_same(browser: Browser) -> None:
    enrol(browser, "V032")
    shown = {"name": "陳大文", "telephone": "02-2345-6789"}
    change(browser, "V032", shown, telephone="1111")
    assert change(browser, "V032", shown, name="陳小文").status == 303
    assert all(text in open_data(browser, "V032").text for text in ("1111", "陳小文"))


def test_a_change_that_is_sent_twice_is_no_conflict(browser: Browser) -> None:
    enrol(browser, "V033")
    for _ in range(2):
        assert change(browser, "V033", {"name": "陳大文"}, form="once", name="陳小文").status == 303


def test_a_change_with_a_fault_keeps_what_was_typed(browser: Browser) -> None:
    enrol(browser, "V034")
    page = change(browser, "V034", {"name": "陳大文"}, birth_date="2026-02-30", address="臺中市")
    assert (page.status, "2026-02-30" in page.text, "臺中市" in page.text) == (422, True, True)
    assert "臺中市" not in open_data(browser, "V034").text


def test_all_data_are_shown_once_it_is_recorded_why(site: DeskSite, browser: Browser) -> None:
    enrol(browser, "V040", emergency_contact="王太太 0912")
    assert "王太太" not in show(browser, "V040")
    before = len(list_accesses(site))
    page = open_data(browser, "V040", purpose="emergency", reason="救護車")
    assert (page.status, "王太太 0912" in page.text, "陳大文" in page.text) == (200, True, True)
    *earlier, row = list_accesses(site)
    assert len(earlier) == before
    assert {name: row[name] for name in ("by", "shown", "volunteers", "purpose", "reason")} == {
        "by": "coordinator",
        "shown": "person",
        "volunteers": ["V040"],
        "purpose": "emergency",
        "reason": "救護車",
    }
    assert "王太太" not in show(browser, "V040"), "the next page is masked again"
    assert browser.get("/people/data?volunteer=V040").headers["Location"] == "/people/person?volunteer=V040"


@pytest.mark.parametrize("why", [{"purpose": ""}, {"purpose": "curious"}, {"purpose": "other"}, {"reason": "x"}])
def test_without_a_reason_nothing_is_shown_or_recorded(site: DeskSite, browser: Browser, why: dict[str, str]) -> None:
    before = list_accesses(site)
    page = open_data(browser, "V001", **why)
    assert page.status == 422
    assert '<details class="act" open>' in page.text
    assert list_accesses(site) == before


def test_once_a_person_is_erased_the_access_stays_and_what_was_typed_goes(site: DeskSite, browser: Browser) -> None:
    enrol(browser, "V041", agreement_from="2026-01-01", agreement_to="2026-03-01")
    assert open_data(browser, "V041", purpose="other", reason="家人住院").status == 200
    assert run_kiosk("erase", "V041", "--basis", "request", "--yes", "--home", site.home).status == 0
    row = next(row for row in list_accesses(site) if row["purpose"] == "other")
    assert (row["volunteers"][0][:7], row["reason"], row["reason_lost"]) == ("erased-", None, "erased")
    assert browser.get("/people/person?volunteer=V041").status == 404
    page = browser.get(f"/people/person?volunteer={row['volunteers'][0]}")
    assert (page.status, '<form method="post" action="/people' in page.text) == (200, False)


def export(browser: Browser, form: str, **fields: str) -> Page:
    own = {"purpose": "papers", "password_own": PASSWORD, "format": form}
    return post(browser, "/people/export", **{**own, **fields})


def test_the_list_is_exported_with_names_once_that_is_recorded(site: DeskSite, browser: Browser) -> None:
    enrol(browser, "V070", name="匯出者", telephone="=1+1")
    before = len(list_accesses(site))
    page = export(browser, "csv", text="匯出者")
    header, row, end = page.text.removeprefix("\ufeff").split("\r\n")
    assert (page.status, end, header.split(",")[:3]) == (200, "", ["志工編號", "姓名", "出生日期"])
    assert row.split(",")[:3] == ["V070", "匯出者", "1956-03-01"]
    assert "'=1+1" in row, "a spreadsheet computes nothing"
    assert "attachment" in page.headers["content-disposition"]
    *_, recorded = list_accesses(site)
    assert len(list_accesses(site)) == before + 1
    assert (recorded["shown"], recorded["volunteers"], recorded["purpose"]) == ("export", ["V070"], "papers")


@pytest.mark.parametrize(
    "wrong", [{"password_own": "battery staple 9"}, {"purpose": ""}, {"purpose": "other"}, {"format": "exe"}]
)
def test_without_password_or_reason_nothing_is_exported(
    site: DeskSite, browser: Browser, wrong: dict[str, str]
) -> None:
    before = list_accesses(site)
    page = export(browser, "csv", **wrong)
    assert (page.status, "content-disposition" in page.headers) == (422, False)
    assert list_accesses(site) == before


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_the_list_is_a_workbook(form: str) -> None:
    assert build_file("志工", [{"姓名": "王"}], form)[:2] == b"PK"
