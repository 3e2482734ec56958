"""The hours of a visiting desk at the desk: added once or every week, called off, duties left outside (R-027)."""

import re
from collections.abc import Generator
from html import unescape
from uuid import NAMESPACE_URL, uuid5

import pytest

from domain.model.desk_sessions import DeskSessions
from kiosk.home import Home
from kiosk.words.desk.desk_sessions import DESK_SESSIONS
from tests.kiosk.desk.conftest import MARKUP, Browser, DeskSite, Page, fill_home, serve
from tests.support.kiosk_program import line, run_kiosk, write_batch

ADDRESS, WORDS = "/plan/desk-sessions", DESK_SESSIONS["zh-TW"]
POST = "新住民服務台"
FIELDS = {"post": POST, "day": "2026-11-25", "start": "13:00", "end": "16:00", "until": ""}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Generator[DeskSite]:
    """The desk comes on the 24th, when Ann has a duty there; it is the 19th."""
    folder = tmp_path_factory.mktemp("desk-sessions")
    home = fill_home(folder)
    span = {"start": "2026-11-24T09:00", "end": "2026-11-24T12:00", "post": POST}
    session = line("schedule_desk_session", "2026-11-01T09:00", **span)
    duty = line("schedule_shift", "2026-11-01T09:01", shift="D1", volunteers=["V001"], **span)
    drill = line("record_drill", "2026-11-19T12:00", accounted=["V001"], by="lin")
    assert run_kiosk("apply", write_batch(folder / "x.jsonl", session, duty, drill), "--home", home).err == ""
    with serve(home) as served:
        yield served


@pytest.fixture(scope="module")
def coordinator(site: DeskSite) -> Browser:
    return site.share_browser("coordinator")


def send(browser: Browser, path: str, fields: dict[str, str], form: str = "") -> Page:
    sent = {"token": browser.get(ADDRESS).token, "form": form or str(uuid5(NAMESPACE_URL, f"{path}{fields}")), **fields}
    return browser.post(f"{ADDRESS}/{path}", sent)


def count_scheduled(site: DeskSite) -> int:
    with Home.open_to_read(site.home) as home:
        return sum(isinstance(entry.event, DeskSessions.Scheduled) for entry in home.log.read_entries())


def test_a_session_of_every_week_is_added_once(site: DeskSite, coordinator: Browser) -> None:
    """The last day is included; the button was pressed twice."""
    before = count_scheduled(site)
    weekly = FIELDS | {"until": "2026-12-09"}
    assert [send(coordinator, "add", weekly, "weekly").status for _ in range(2)] == [303, 303]
    assert count_scheduled(site) == before + 3
    assert "12/09（三） 13:00–16:00" in coordinator.get(ADDRESS).text
    assert f'href="{ADDRESS}"' in coordinator.get("/plan").text


def test_weeks_that_are_refused_are_said_and_the_others_saved(site: DeskSite, coordinator: Browser) -> None:
    taken = FIELDS | {"day": "2027-01-13"}
    assert send(coordinator, "add", taken).status == 303
    before = count_scheduled(site)
    page = send(coordinator, "add", taken | {"day": "2027-01-06", "until": "2027-01-20"})
    assert (page.status, count_scheduled(site)) == (422, before + 2)
    assert WORDS.partly.format(count=2) in page.text
    assert re.search(r'id="start-hint">[^<]*2027-01-13', page.text)
    assert 'value="2027-01-20"' in page.text


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"post": " "}, "post"),
        ({"post": "x" * 5000}, "post"),
        ({"post": MARKUP}, "post"),
        ({"day": "2026-02-30"}, "day"),
        ({"start": "25:00"}, "start"),
        ({"end": "13:00"}, "end"),
        ({"until": "2026-11-24"}, "until"),
        ({"until": "2027-11-28"}, "until"),
        ({"until": "2026-02-30"}, "until"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    site: DeskSite, coordinator: Browser, fields: dict[str, str], wrong: str
) -> None:
    before = count_scheduled(site)
    page = send(coordinator, "add", FIELDS | {"day": "2026-11-26"} | fields)
    assert (page.status, re.findall(r'<div class="field wrong">\s*<label for="(\w+)"', page.text)) == (422, [wrong])
    assert count_scheduled(site) == before


def test_a_session_is_cancelled_and_the_duty_left_outside_is_named(site: DeskSite, coordinator: Browser) -> None:
    """R-027: the shift stays, and the page leads to it."""
    page = coordinator.get(ADDRESS).text
    assert WORDS.unfit not in page
    path = next(unescape(one) for one in re.findall(rf'href="({ADDRESS}/cancel[^"]*)"', page) if "11-24T09" in one)
    one = coordinator.get(path)
    fields = dict(re.findall(r'name="(post|start)" value="([^"]*)"', one.text))
    assert send(coordinator, "cancel", fields | {"reason": ""}).status == 422
    assert send(coordinator, "cancel", fields | {"reason": "颱風"}).status == 303
    assert send(coordinator, "cancel", fields | {"reason": "颱風"}).status == 303
    after = coordinator.get(ADDRESS).text
    assert (WORDS.unfit in after, 'href="/plan/duty/D1"' in after) == (True, True)
    assert coordinator.get(path).status == 404
    meanwhile = send(coordinator, "cancel", fields | {"reason": "另一位也取消"})
    assert (meanwhile.status, f"{POST} 沒有 2026-11-24" in meanwhile.text) == (422, True)


def test_markup_in_a_post_is_text(coordinator: Browser) -> None:
    assert send(coordinator, "add", FIELDS | {"post": "<i>移民署", "day": "2026-12-24"}).status == 303
    assert "<h2>&lt;i&gt;移民署</h2>" in coordinator.get(ADDRESS).text


def test_those_who_look_see_no_form(site: DeskSite) -> None:
    leader = site.share_browser("leader")
    assert leader.get(f"{ADDRESS}/cancel?post=x&start=x").status == 403
    page = leader.get(ADDRESS)
    assert (page.status, POST in page.text, f"{ADDRESS}/" in page.text) == (200, True, False)


@pytest.mark.parametrize("query", ["", "?post=x&start=2026-11-24T09:00:00+08:00", "?post=%00&start=x"])
def test_a_session_that_there_is_not(coordinator: Browser, query: str) -> None:
    assert coordinator.get(f"{ADDRESS}/cancel{query}").status == 404


def test_a_year_is_the_longest_repeat(site: DeskSite, coordinator: Browser) -> None:
    """366 days after the first session are taken, 367 are refused above."""
    before = count_scheduled(site)
    fields = {"post": "法律扶助", "day": "2026-11-26", "until": "2027-11-27"}
    assert send(coordinator, "add", FIELDS | fields).status == 303
    assert count_scheduled(site) == before + 53
    again = send(coordinator, "add", FIELDS | fields, "again").text
    assert (again.count("已有駐點時段"), "…</small>" in again) == (5, True)
