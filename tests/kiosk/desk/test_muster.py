"""Who is in the building: masked until full names are needed, which is recorded; and the drill."""

import json
from collections.abc import Generator
from typing import Any
from urllib.parse import urlencode

import pytest

from domain.model.evacuation_drill import EvacuationDrills
from kiosk.home import Home
from tests.kiosk.desk.conftest import MARKUP, Browser, DeskSite, Page, fill_home, serve
from tests.support.kiosk_program import line, run_kiosk, write_batch

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Generator[DeskSite]:
    """Ann and Ben are in."""
    folder = tmp_path_factory.mktemp("muster")
    home = fill_home(folder)
    batch = write_batch(
        folder / "morning.jsonl",
        line(
            "enrol_volunteer",
            "2026-11-19T08:10",
            volunteer="V002",
            mode="flexible",
            agreement_from="2024-01-02",
            name="林小華",
        ),
        line("tap", "2026-11-19T08:55", card="04000000000001"),
        line("add_visit", "2026-11-19T09:00", volunteer="V002", check_in="2026-11-19T08:58", reason="x", by="lin"),
    )
    assert run_kiosk("apply", batch, "--home", home).err == ""
    with serve(home) as served:
        yield served


def list_accesses(site: DeskSite) -> list[dict[str, Any]]:
    return json.loads(run_kiosk("accesses", "--format", "json", "--home", site.home).out)


def record(browser: Browser, form: str, accounted: list[str], **fields: str) -> Page:
    listed = [("listed", number) for number in ("V001", "V002")]
    ticked = [("accounted", number) for number in accounted]
    body = [("token", browser.get("/muster").token), ("form", form), *listed, *ticked, *fields.items()]
    return browser.send("POST", "/muster/drill", urlencode(body), FORM)


def test_the_list_is_masked_and_says_how_old_the_news_of_each_kiosk_is(site: DeskSite) -> None:
    page = site.share_browser("leader").get("/muster").text
    assert ("在場 2 位" in page, "林〇華" in page, "林小華" in page) == (True, True, False)
    assert "entrance：最後一次刷卡 11-19 08:55" in page
    assert list_accesses(site) == []


def test_full_names_are_shown_once_it_is_recorded_who_sees_whose(site: DeskSite) -> None:
    """R-120."""
    browser = site.share_browser("leader")
    shown = browser.post("/muster/names", {"token": browser.get("/muster").token})
    assert (shown.status, "林小華" in shown.text) == (200, True)
    assert MARKUP not in shown.text, "a name is no markup"
    assert "林小華" not in browser.get("/muster").text, "it was the answer to that one request"
    (access,) = list_accesses(site)
    assert (access["by"], access["purpose"], access["volunteers"]) == ("leader", "emergency", ["V001", "V002"])


def test_a_drill_records_who_was_accounted_for(site: DeskSite) -> None:
    browser = site.share_browser("coordinator")
    for _ in range(2):  # the button was pressed twice
        assert record(browser, "d", ["V001"], reason="後門太慢").status == 303
    page = browser.get("/muster").text
    assert "演練已登錄：到齊 1 位，未到 1 位。" in page
    assert "<td>2026-11-19 " in page
    with Home.open(site.home) as home:
        events = [entry.event for entry in home.log.read_entries()]
        drills = [event for event in events if isinstance(event, EvacuationDrills.Recorded)]
        assert [(len(drill.accounted), len(drill.missing)) for drill in drills] == [(1, 1)]
        assert drills[0].missing == [str(home.people.find_id("V002"))]


@pytest.mark.parametrize("numbers", [["V404"], ["V001", "V001"], ["<b>"]])
def test_a_drill_of_others_is_refused(site: DeskSite, numbers: list[str]) -> None:
    before = list_accesses(site)
    assert record(site.share_browser("coordinator"), "-".join(numbers), numbers).status == 422
    assert list_accesses(site) == before
