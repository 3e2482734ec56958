"""People served, day by day: a field a day, saved at once (R-104)."""

import re
from collections.abc import Generator
from pathlib import Path

import pytest

from domain.model.served_counts import ServedCounts
from kiosk.home import Home
from tests.kiosk.desk.conftest import Browser, DeskSite, Page, fill_home, serve
from tests.support.html_forms import find_form
from tests.support.kiosk_program import line, run_kiosk, write_batch

ADDRESS = "/month/served?month=2026-11"
TOUR = {"start": "2026-11-17T10:00", "end": "2026-11-17T11:00", "group_size": 35}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Generator[DeskSite]:
    """A tour was guided on the 17th; it is the 19th."""
    folder = tmp_path_factory.mktemp("served")
    home = fill_home(folder)
    tour = line("book_tour", "2026-11-01T09:00", booking="<b>T1", guide="V001", by="lin", **TOUR)
    drill = line("record_drill", "2026-11-19T12:00", accounted=["V001"], by="lin")
    assert run_kiosk("apply", write_batch(folder / "tour.jsonl", tour, drill), "--home", home).err == ""
    with serve(home) as served:
        yield served


def save(browser: Browser, form: str, **counts: str) -> Page:
    """Save the page with other counts in the fields of some days: `d18="150"`."""
    page = browser.get(ADDRESS)
    shown = dict(re.findall(r'name="(shown-[0-9-]+)" value="([0-9]*)"', page.text))
    typed = {f"count-2026-11-{day[1:]}": count for day, count in counts.items()}
    kept = {name.replace("shown", "count"): count for name, count in shown.items()}
    fields = {"token": page.token, "form": form, "month": "2026-11", **shown, **kept, **typed}
    return browser.post("/month/served/save", fields)


def list_counts(site: DeskSite) -> list[tuple[str, int | None]]:
    with Home.open_to_read(site.home) as home:
        events = (entry.event for entry in home.log.read_entries())
        return [(event.name, event.count) for event in events if isinstance(event, ServedCounts.Recorded)]


def test_nothing_is_recorded_until_somebody_counts_and_a_tour_counts_by_itself(site: DeskSite) -> None:
    text = site.share_browser("registrar").get(ADDRESS).text
    assert "導覽 &lt;b&gt;T1：35" in text
    assert "本月合計 <strong>35</strong>" in text
    assert ("11/19（四）" in text, "11/20（五）" in text) == (True, False)
    assert "未記錄" in site.share_browser("registrar").get("/month/served?month=2026-10").text


def test_days_are_saved_at_once_and_once(site: DeskSite) -> None:
    """R-104: a form that is sent twice is carried out once; an empty field takes a count back."""
    browser = site.share_browser("coordinator")
    for _ in range(2):
        assert save(browser, "form-1", d18="150", d19="0").status == 303
    assert list_counts(site)[:2] == [("2026-11-18", 150), ("2026-11-19", 0)]
    assert "本月合計 <strong>185</strong>" in browser.get(ADDRESS).text
    assert save(browser, "form-2", d19="").status == 303
    assert list_counts(site)[-1] == ("2026-11-19", None)


@pytest.mark.parametrize("typed", ["1.5", "-1", "1000001", "九", "abc", "<b>", "1" * 5_000])
def test_what_is_no_count_is_said_beside_its_day_and_kept(site: DeskSite, typed: str) -> None:
    before = list_counts(site)
    refused = save(site.share_browser("coordinator"), f"form {typed[:9]}", d02="7", d03=typed)
    assert (refused.status, "請填 0 到 1,000,000 的整數" in refused.text) == (422, True)
    assert 'name="count-2026-11-02" type="text" inputmode="numeric" size="8" maxlength="20" value="7"' in refused.text
    assert list_counts(site) == before


def test_of_two_who_fill_in_one_day_the_second_is_told(site: DeskSite) -> None:
    browser = site.share_browser("coordinator")
    old = browser.get(ADDRESS)
    assert save(browser, "form-3", d10="40").status == 303
    fields = {
        "token": old.token,
        "form": "form-4",
        "month": "2026-11",
        "shown-2026-11-10": "",
        "count-2026-11-10": "41",
    }
    told = browser.post("/month/served/save", fields)
    assert (told.status, "這一天剛剛有別人登錄：40" in told.text) == (422, True)


@pytest.mark.parametrize(("month", "status"), [("2026-13", 404), ("x", 404), ("2027-01", 200), ("115-11", 200)])
def test_a_month_that_does_not_exist_is_not_found(site: DeskSite, month: str, status: int) -> None:
    assert site.share_browser("coordinator").get(f"/month/served?month={month}").status == status


# --- On the page of today ---


def send_today(browser: Browser, form: str, **counts: str) -> Page:
    """Save the small form of today's page, with other counts in the fields of some days."""
    page = browser.get("/")
    shown = dict(re.findall(r'name="(shown-[0-9-]+)" value="([0-9]*)"', page.text))
    months = re.findall(r'name="month" value="([0-9-]+)"', page.text)
    typed = {f"count-2026-11-{day[1:]}": count for day, count in counts.items()}
    kept = {name.replace("shown", "count"): count for name, count in shown.items()}
    fields = {"token": page.token, "form": form, "page": "today", "month": months[-1], **shown, **kept, **typed}
    return browser.post("/month/served/save", fields)


def test_the_page_of_today_has_a_field_for_today_and_the_working_day_before(site: DeskSite) -> None:
    """R-104: on the form of the month the other days stay what they are."""
    browser = site.share_browser("registrar")
    page = browser.get("/").text
    assert [day in page for day in ("count-2026-11-19", "count-2026-11-18", "count-2026-11-17")] == [True, True, False]
    saved = send_today(browser, "today-1", d19="77")
    assert (saved.status, saved.headers["Location"]) == (303, "/")
    assert list_counts(site)[-1] == ("2026-11-19", 77)
    assert 'name="shown-2026-11-19" value="77"' in browser.get("/").text


def test_what_is_wrong_on_the_page_of_today_is_shown_in_its_month_and_changes_no_other_day(site: DeskSite) -> None:
    browser = site.share_browser("coordinator")
    assert save(browser, "form-5", d12="12").status == 303
    refused = send_today(browser, "today-2", d19="many")
    assert (refused.status, "請填 0 到 1,000,000 的整數" in refused.text) == (422, True)
    assert re.search(r'name="count-2026-11-12"[^>]* value="12"', refused.text)
    assert re.search(r'name="count-2026-11-19"[^>]* value="many"', refused.text)


def test_a_leader_is_asked_for_no_count(site: DeskSite) -> None:
    assert "count-2026-11-19" not in site.share_browser("leader").get("/").text


# --- Where the form that is shown again has more, or less, than was opened ---

RECEIVER = "/month/served/save"


@pytest.fixture
def december(tmp_path: Path) -> Generator[DeskSite]:
    """It is the 1st; the last day on which the unit was open lies in the month before."""
    home = fill_home(tmp_path)
    tap = line("tap", "2026-12-01T08:58", card="04000000000001")
    assert run_kiosk("apply", write_batch(tmp_path / "tap.jsonl", tap), "--home", home).err == ""
    with serve(home) as served:
        yield served


@pytest.mark.parametrize("wrong", ["count-2026-12-01", "count-2026-11-30"])
def test_a_slip_on_the_first_of_a_month_loses_no_count_of_the_other_day(december: DeskSite, wrong: str) -> None:
    browser = december.open_browser("coordinator")
    opened = find_form(browser.get("/").text, RECEIVER)
    counts = {"count-2026-12-01": "21", "count-2026-11-30": "163"}
    assert opened.typed == dict.fromkeys(counts, "")
    refused = browser.post_pairs(RECEIVER, opened.fill(**counts | {wrong: "2l"}))
    assert refused.status == 422
    again = find_form(refused.text, RECEIVER)
    assert again.typed == counts | {wrong: "2l"}
    assert browser.post_pairs(RECEIVER, again.fill(**{wrong: counts[wrong]})).status == 303
    assert dict(list_counts(december)) == {"2026-12-01": 21, "2026-11-30": 163}


def test_a_count_in_which_nobody_typed_is_shown_again_as_it_stands(december: DeskSite) -> None:
    """Or it would write the old count back when the form is sent the second time."""
    browser, address = december.open_browser("coordinator"), "/month/served?month=2026-11"
    stale = find_form(browser.get(address).text, RECEIVER)
    other = find_form(browser.get(address).text, RECEIVER)
    assert browser.post_pairs(RECEIVER, other.fill(**{"count-2026-11-19": "40"})).status == 303
    again = find_form(browser.post_pairs(RECEIVER, stale.fill(**{"count-2026-11-20": "5O"})).text, RECEIVER)
    assert again.typed["count-2026-11-19"] == "40"
    assert browser.post_pairs(RECEIVER, again.fill(**{"count-2026-11-20": "50"})).status == 303
    assert dict(list_counts(december)) == {"2026-11-19": 40, "2026-11-20": 50}
