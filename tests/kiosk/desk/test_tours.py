"""Tours at the desk: booked, guided, cancelled, counted (R-049, R-104)."""

import re
from collections.abc import Generator
from urllib.parse import unquote
from uuid import NAMESPACE_URL, uuid5

import pytest

from domain.model.served_counts import ServedCounts
from domain.model.tour_booking import TourBooking
from kiosk.home import Home
from tests.kiosk.desk.conftest import Browser, DeskSite, Page, fill_home, serve
from tests.support.kiosk_program import line, run_kiosk, write_batch

TOUR = {
    "day": "2026-11-24",
    "start": "10:00",
    "end": "11:00",
    "group_size": "35",
    "language": "英語<b>",
    "post": "導覽",
    "guides": "V001\nV002",
}
PAST = {"start": "2026-11-17T10:00", "end": "2026-11-17T11:00", "group_size": 35, "guide": "V001"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Generator[DeskSite]:
    """Ann guided a group on the 17th; it is the 19th."""
    folder = tmp_path_factory.mktemp("tours")
    home = fill_home(folder)
    enrolled = line("enrol_volunteer", "2026-11-01T08:30", volunteer="V002", mode="guide", agreement_from="2026-01-01")
    tour = line("book_tour", "2026-11-01T09:00", booking="T1", by="lin", **PAST)
    drill = line("record_drill", "2026-11-19T12:00", accounted=["V001"], by="lin")
    assert run_kiosk("apply", write_batch(folder / "x.jsonl", enrolled, tour, drill), "--home", home).err == ""
    with serve(home) as served:
        yield served


def send(browser: Browser, path: str, fields: dict[str, str], form: str = "") -> Page:
    token = browser.get("/tours").token
    return browser.post(path, {"token": token, "form": form or str(uuid5(NAMESPACE_URL, f"{path}{fields}")), **fields})


def change(browser: Browser, booking: str, act: str, **fields: str) -> Page:
    return send(browser, "/tours/change", {"booking": booking, "act": act, **fields})


def book(browser: Browser, fields: dict[str, str], form: str = "") -> str:
    """The id of the booking of a form that was carried out."""
    answer = send(browser, "/tours/book", fields, form)
    assert answer.status == 303, answer.text
    return unquote(answer.headers["Location"].partition("booking=")[2])


def list_events(site: DeskSite) -> list[object]:
    with Home.open_to_read(site.home) as home:
        return [entry.event for entry in home.log.read_entries()]


def test_a_tour_with_two_guides_is_booked_once(site: DeskSite) -> None:
    """R-049: its duty is that of both; the button was pressed twice."""
    browser = site.share_browser("coordinator")
    before = sum(isinstance(event, TourBooking.Created) for event in list_events(site))
    booking = book(browser, TOUR, "once")
    assert book(browser, TOUR, "once") == booking
    assert sum(isinstance(event, TourBooking.Created) for event in list_events(site)) == before + 1
    listed = browser.get("/tours").text
    assert "11/24（二） 10:00–11:00" in listed
    assert ("英語&lt;b&gt;" in listed, "35 人" in listed) == (True, True)
    assert "11/24（二） 10:00–11:00 導覽" in browser.get(f"/plan/duty/{booking}").text
    page = browser.get(f"/tours/one?booking={booking}").text
    assert page.count('name="number"') == 2
    assert change(browser, booking, "unassign", number="V002").status == 303
    assert change(browser, booking, "assign", volunteer="V999").status == 422
    assert change(browser, booking, "cancel", reason="").status == 422
    assert change(browser, booking, "cancel", reason="團體改期").status == 303
    assert "已取消" in browser.get("/tours").text
    again = change(browser, booking, "cancel", reason="再一次")
    assert (again.status, 'role="alert">' in again.text) == (422, True)


def test_the_number_that_came_takes_the_place_of_the_booked_one(site: DeskSite) -> None:
    """R-104: the second of two who count is told; an empty field takes the count back."""
    browser = site.share_browser("coordinator")
    page = browser.get("/tours/one?booking=T1").text
    assert ("登錄實際人數" in page, "取消這場導覽" in page) == (True, False)
    assert change(browser, "T1", "count", shown="", people="28").status == 303
    assert "預約 35 人，實到 28 人" in browser.get("/tours").text
    told = change(browser, "T1", "count", shown="", people="29")
    assert (told.status, "剛剛有別人登錄：28" in told.text) == (422, True)
    assert change(browser, "T1", "count", shown="28", people="many").status == 422
    assert change(browser, "T1", "count", shown="28", people="").status == 303
    counts = [event.count for event in list_events(site) if isinstance(event, ServedCounts.Recorded)]
    assert counts == [28, None]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"day": "2026-02-30"}, "沒有這一天"),
        ({"start": "25:00"}, "時間請寫成 09:00"),
        ({"end": "10:00"}, "結束要在開始之後"),
        ({"group_size": "0"}, "請填 1 到 100,000 的整數"),
        ({"group_size": "十"}, "請填 1 到 100,000 的整數"),
        ({"group_size": "1" * 5_000}, "請填 1 到 100,000 的整數"),
        ({"guides": ""}, "請填這一欄"),
        ({"guides": "V001\nV999"}, "找不到「V999」"),
        ({"language": "\x1b[2J"}, 'role="alert"'),
        ({"language": "\u202e"}, 'role="alert"'),
        ({"language": "字" * 5_000}, 'role="alert"'),
    ],
)
def test_what_is_wrong_with_a_booking_is_said_and_what_was_typed_is_kept(
    site: DeskSite, fields: dict[str, str], said: str
) -> None:
    browser = site.share_browser("coordinator")  # a login is an event too
    before = len(list_events(site))
    refused = send(browser, "/tours/book", TOUR | {"day": "2026-11-25"} | fields)
    assert (refused.status, said in refused.text) == (422, True)
    kept = re.search(r'name="group_size"[^>]*value="([^"]*)"', refused.text)
    assert kept
    assert kept[1] == fields.get("group_size", "35")
    assert len(list_events(site)) == before


def test_a_leader_sees_tours_and_no_form(site: DeskSite) -> None:
    page = site.share_browser("leader").get("/tours/one?booking=T1")
    assert (page.status, "/tours/change" in page.text) == (200, False)


@pytest.mark.parametrize("booking", ["", "S1", "nothing", "%00", "%F0%9F%98%80"])
def test_a_booking_that_is_not_there_is_not_found(site: DeskSite, booking: str) -> None:
    """S1 is a duty and no tour."""
    assert site.share_browser("coordinator").get(f"/tours/one?booking={booking}").status == 404
