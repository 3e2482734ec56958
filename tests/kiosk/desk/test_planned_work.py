"""Service items and contents at the desk: of a post for a month, of an event, of one duty (R-022)."""

import re
from collections.abc import Generator
from uuid import NAMESPACE_URL, uuid5

import pytest

from domain.model.duty_description import DutyDescription, PostDescription
from kiosk.home import Home
from tests.kiosk.desk.conftest import Browser, DeskSite, Page, fill_home, serve
from tests.support.html_forms import read_forms
from tests.support.kiosk_program import line, run_kiosk, write_batch

ADDRESS = "/plan/duty-work?month=2026-11"
DESK, FAIR = {"kind": "shift", "of": "服務台<b>", "has_post": "yes"}, {"kind": "event", "of": "Fair", "has_post": "yes"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Generator[DeskSite]:
    """Two duties at the desk and an event in November, one duty in December; S1 has no post."""
    folder = tmp_path_factory.mktemp("work")
    home = fill_home(folder)
    shifts = [
        line("schedule_shift", "2026-11-01T09:00", shift=shift, post="服務台<b>", volunteers=[], **times)
        for shift, times in (
            ("D1", {"start": "2026-11-24T09:00", "end": "2026-11-24T12:00"}),
            ("D2", {"start": "2026-11-25T09:00", "end": "2026-11-25T12:00"}),
            ("D3", {"start": "2026-12-01T09:00", "end": "2026-12-01T12:00"}),
            ("D4", {"start": "2026-11-26T09:00", "end": "2026-11-26T12:00"}),
        )
    ]
    fair = line("schedule_event", "2026-11-01T09:00", event="Fair", start="2026-11-28T17:00", end="2026-11-28T21:00")
    off = line("cancel_shift", "2026-11-02T09:00", shift="D4", reason="颱風")
    drill = line("record_drill", "2026-11-19T12:00", accounted=["V001"], by="lin")
    batch = write_batch(folder / "x.jsonl", *shifts, fair, off, drill)
    assert run_kiosk("apply", batch, "--home", home).err == ""
    (home / "codes.toml").write_text(
        '[items]\n"0130" = "社區服務"\n[contents]\n"0028" = "引導服務"\n[areas]\n'
        '[posts."服務台<b>"]\nitem = "0130"\ncontent = "0028"\n',
        encoding="utf-8",
    )
    with serve(home) as served:
        yield served


def describe(browser: Browser, form: str = "", **fields: str) -> Page:
    token = browser.get(ADDRESS).token
    sent = {"month": "2026-11", "shown_item": "", "shown_content": "", "item": "", "content": "", **fields}
    return browser.post(
        "/plan/duty-work/describe", {"token": token, "form": form or str(uuid5(NAMESPACE_URL, f"{sent}")), **sent}
    )


def list_descriptions(site: DeskSite) -> list[tuple[str, str, str | None, str | None]]:
    with Home.open_to_read(site.home) as home:
        events = [entry.event for entry in home.log.read_entries()]
    changed = [event for event in events if isinstance(event, DutyDescription.Changed)]
    return [(event.kind, event.name, event.item, event.content) for event in changed]


def test_what_is_done_at_a_post_is_said_once_for_its_duties_of_the_month(site: DeskSite) -> None:
    """R-022: not for a duty that was cancelled, nor for another month; the button was pressed twice."""
    browser = site.share_browser("coordinator")
    page = browser.get(ADDRESS).text
    assert ("服務台&lt;b&gt; <small>2 班" in page, "匯入檔依代碼檔：0130／0028" in page) == (True, True)
    assert '<option value="社區服務">0130</option>' in page
    before = len(list_descriptions(site))
    for _ in range(2):
        assert describe(browser, "once", **DESK, item="社區服務", content="引導服務").status == 303
    assert list_descriptions(site)[before:] == [("shift", name, "社區服務", "引導服務") for name in ("D1", "D2")]
    assert describe(browser, **FAIR, item="園遊會").status == 303
    assert list_descriptions(site)[-1] == ("event", "Fair", "園遊會", None)
    assert "代碼檔裡沒有" in browser.get(ADDRESS).text
    late = describe(browser, **DESK, item="綜合服務")
    assert (late.status, "剛剛有別人更改" in late.text) == (422, True)


def list_usual(site: DeskSite) -> list[tuple[str, str, str | None, str | None]]:
    with Home.open_to_read(site.home) as home:
        events = [entry.event for entry in home.log.read_entries()]
    changed = [event for event in events if isinstance(event, PostDescription.Changed)]
    return [(event.post, event.since, event.item, event.content) for event in changed]


def describe_post(browser: Browser, form: str = "", **fields: str) -> Page:
    token = browser.get(ADDRESS).token
    sent = {"month": "2026-11", "usual": "yes", "item": "", "content": "", **fields}
    return browser.post(
        "/plan/duty-work/usual", {"token": token, "form": form or str(uuid5(NAMESPACE_URL, f"{sent}")), **sent}
    )


def test_a_post_is_described_from_the_month_on_and_changed_by_its_row(site: DeskSite) -> None:
    """R-022: the button was pressed twice; of two who say another thing from the same day on the second is told."""
    browser = site.share_browser("coordinator")
    assert 'formaction="/plan/duty-work/usual"' in browser.get(ADDRESS).text
    for _ in range(2):
        assert describe_post(browser, "usual", **DESK, usual="", item="0130", content="0028").status == 303
    assert list_usual(site) == [("服務台<b>", "2026-11-01", "0130", "0028")]
    assert 'value="0130"' in browser.get("/plan/duty-work?month=2026-12").text
    told = describe_post(browser, of="服務台<b>", since="2026-11-01", item="0010")
    assert (told.status, "已經登錄為「0130／0028」" in told.text) == (422, True)
    row = re.search(r'href="([^"]*since=2026-11-01)#usual"', browser.get(ADDRESS).text)
    assert row
    change = browser.get(row[1].replace("&amp;", "&")).text
    assert 'name="usual_item" value="0130"' in change
    shown = {"usual_item": "0130", "usual_content": "0028"}
    for day, fields in (("2026-11-01", shown | {"item": "0010"}), ("2026-12-01", {})):
        assert describe_post(browser, of="服務台<b>", since=day, **fields).status == 303
    assert list_usual(site)[1:] == [("服務台<b>", "2026-11-01", "0010", None), ("服務台<b>", "2026-12-01", None, None)]
    page = browser.get(ADDRESS).text
    assert ("服務台<b>" in page, "服務台&lt;b&gt;</td><td>2026-11-01</td><td>0010</td><td>–" in page) == (False, True)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"of": "", "since": "2026-11-01", "item": "0130"}, "請填這一欄"),
        ({"of": "B", "since": "2026-02-30", "item": "0130"}, "沒有這一天"),
        ({"of": "B", "since": "2026-11-01"}, "請填服務項目或服務內容"),
        ({"of": "B\u202e", "since": "2026-11-01", "item": "0130"}, 'role="alert"'),
        ({"of": "字" * 5_000, "since": "2026-11-01", "item": "0130"}, 'role="alert"'),
        ({"of": "B", "since": "2026-11-01", "content": "\x1b[2J"}, 'role="alert"'),
    ],
)
def test_a_default_that_cannot_be_is_refused_and_kept_in_its_form(
    site: DeskSite, fields: dict[str, str], said: str
) -> None:
    before = list_usual(site)
    refused = describe_post(site.share_browser("coordinator"), **fields)
    assert (refused.status, said in refused.text, list_usual(site) == before) == (422, True, True)


@pytest.mark.parametrize("query", ["post=B&since=2026-11-01", "post=%00", "since=x"])
def test_a_default_that_does_not_exist_is_not_found(site: DeskSite, query: str) -> None:
    assert site.share_browser("coordinator").get(f"{ADDRESS}&{query}").status == 404


def test_one_duty_says_something_else(site: DeskSite) -> None:
    browser = site.share_browser("coordinator")
    page = "/plan/duty/D3"
    (opened,) = (form for form in read_forms(browser.get(page).text) if ("do", "describe") in form.fields)
    assert browser.post_pairs(page, opened.fill(item="綜合服務")).status == 303
    assert "服務項目：綜合服務" in browser.get(page).text
    (opened,) = (form for form in read_forms(browser.get(page).text) if ("do", "describe") in form.fields)
    empty = browser.post_pairs(page, opened.fill(item=" "))
    assert (empty.status, "請填這一欄" in empty.text) == (422, True)
    assert list_descriptions(site)[-1] == ("shift", "D3", "綜合服務", None)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"kind": "shift"}, "請填服務項目或服務內容"),
        ({"kind": "shift", "item": "\u202e"}, 'role="alert"'),
        ({"kind": "shift", "item": "\x1b[2J"}, 'role="alert"'),
        ({"kind": "shift", "content": "字" * 5_000}, 'role="alert"'),
        ({"kind": "day", "item": "x"}, "剛剛有別人更改"),
        ({"kind": "shift", "of": "nowhere", "has_post": "yes", "item": "x"}, "剛剛有別人更改"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(site: DeskSite, fields: dict[str, str], said: str) -> None:
    before = list_descriptions(site)
    refused = describe(site.share_browser("coordinator"), **fields)
    assert (refused.status, said in refused.text) == (422, True)
    assert list_descriptions(site) == before


def test_a_table_that_is_not_understood_is_named_and_the_forms_stay(site: DeskSite) -> None:
    table = site.home / "codes.toml"
    text = table.read_text(encoding="utf-8")
    table.write_text("[items", encoding="utf-8")
    page = site.share_browser("coordinator").get(ADDRESS)
    table.write_text(text, encoding="utf-8")
    assert (page.status, "codes.toml" in page.text) == (200, True)
    assert re.search(r'name="item" list="items"', page.text)


@pytest.mark.parametrize("month", ["2026-13", "x", "%00"])
def test_a_month_that_does_not_exist_is_not_found(site: DeskSite, month: str) -> None:
    assert site.share_browser("coordinator").get(f"/plan/duty-work?month={month}").status == 404
