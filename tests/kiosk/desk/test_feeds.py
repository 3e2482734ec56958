"""Calendar feeds: duties at secret addresses that are renewed and closed, and that hold nobody's name."""

import re
from collections.abc import Generator

import pytest
from icalendar import Calendar

from tests.kiosk.desk.conftest import Browser, DeskSite, Page, fill_home, serve
from tests.support.html_forms import read_forms
from tests.support.kiosk_program import line, run_kiosk, write_batch


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Generator[DeskSite]:
    """Ann has the duty S1; S2 at the counter is vacant."""
    folder = tmp_path_factory.mktemp("feeds")
    home = fill_home(folder)
    span = {"start": "2026-11-20T09:00", "end": "2026-11-20T12:00"}
    vacant = line("schedule_shift", "2026-11-19T08:30", shift="S2", **span, volunteers=[], post="服務台")
    assert run_kiosk("apply", write_batch(folder / "more.jsonl", vacant), "--home", home).err == ""
    with serve(home) as served:
        yield served


def send(browser: Browser, action: str, **fields: str) -> Page:
    return browser.post(f"/plan/feeds/{action}", {"token": browser.get("/plan/feeds").token, "form": "f", **fields})


def open_feed(browser: Browser, **fields: str) -> str:
    """The path of a feed."""
    found = re.search(r"(/calendar/[\w-]+\.ics)", send(browser, "open", **fields).text)
    assert found
    return found[1]


def list_duties(site: DeskSite, path: str) -> list[tuple[str, str, str]]:
    """Each with its times, as a calendar program reads them."""
    page = Browser(site.port).get(path, **{"Accept-Language": "zh-TW"})
    assert page.headers["content-type"] == "text/calendar; charset=utf-8"
    assert not re.search(r"V001|小明|王", page.text), "nobody's name or number"
    return [
        (str(event["summary"]), f"{event.start:%m-%d %H:%M}", f"{event.end:%H:%M}")
        for event in Calendar.from_ical(page.text).walk("VEVENT")
    ]


def test_a_feed_holds_the_duties_of_its_subject(site: DeskSite) -> None:
    browser = site.share_browser("coordinator")
    of_ann, of_counter = ("值勤", "11-19 01:00", "04:00"), ("服務台（無人值勤）", "11-20 01:00", "04:00")
    assert list_duties(site, open_feed(browser, kind="volunteer", volunteer="V001")) == [of_ann]
    assert list_duties(site, open_feed(browser, kind="volunteer", volunteer="ｖ００１")) == [of_ann]
    assert list_duties(site, open_feed(browser, kind="post", post="服務台")) == [of_counter]
    assert list_duties(site, open_feed(browser, kind="unit")) == [of_ann, of_counter]


def test_a_feed_shows_no_duty_on_a_day_on_which_its_volunteer_is_not_in_service(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """That of the unit says that nobody comes."""
    folder = tmp_path_factory.mktemp("suspended")
    home = fill_home(folder)
    suspended = line("suspend", "2026-11-17T08:00", volunteer="V001", **{"from": "2026-11-18"})
    assert run_kiosk("apply", write_batch(folder / "more.jsonl", suspended), "--home", home).err == ""
    with serve(home) as site:
        browser = site.open_browser("coordinator")
        assert list_duties(site, open_feed(browser, kind="volunteer", volunteer="V001")) == []
        assert list_duties(site, open_feed(browser, kind="unit")) == [("值勤（無人值勤）", "11-19 01:00", "04:00")]


def test_an_address_that_was_renewed_or_closed_leads_nowhere(site: DeskSite) -> None:
    browser = site.share_browser("coordinator")
    first, second = (open_feed(browser, kind="unit") for _ in range(2))
    assert (browser.get(first).status, browser.get(second).status) == (404, 200)
    assert send(browser, "close", kind="unit").status == 303
    assert browser.get(second).status == 404


def test_the_address_is_shown_once_and_kept_nowhere(site: DeskSite) -> None:
    browser = site.share_browser("coordinator")
    secret = open_feed(browser, kind="volunteer", volunteer="V001").removeprefix("/calendar/").removesuffix(".ics")
    assert secret not in browser.get("/plan/feeds").text
    written = b"".join(path.read_bytes() for path in site.home.iterdir() if path.is_file())
    assert secret.encode() not in written


@pytest.mark.parametrize(
    "fields",
    [{"kind": "volunteer", "volunteer": "V404"}, {"kind": "post", "post": "<b>"}, {"kind": "all"}, {}],
)
def test_a_feed_of_nothing_is_refused(site: DeskSite, fields: dict[str, str]) -> None:
    assert send(site.share_browser("coordinator"), "open", **fields).status == 422


def test_a_number_that_is_none_stays_in_its_field(site: DeskSite) -> None:
    refused = send(site.share_browser("coordinator"), "open", kind="volunteer", volunteer="V00l")
    assert {"volunteer": "V00l"} in [form.typed for form in read_forms(refused.text)]
    assert '<small id="volunteer-hint">沒有這位志工或這個崗位。</small>' in refused.text


@pytest.mark.parametrize("path", ["/calendar/x.ics", "/calendar/.ics", "/calendar/%00.ics", "/calendar/é.ics"])
def test_a_made_up_address_leads_nowhere(site: DeskSite, path: str) -> None:
    assert Browser(site.port).get(path.replace("é", "%C3%A9")).status == 404
