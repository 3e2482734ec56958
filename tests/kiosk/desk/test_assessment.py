"""Scores at the desk: typed in a table beside what attendance says, each with its grade (R-060 to R-063)."""

import re
from collections.abc import Generator
from urllib.parse import urlencode

import pytest

from tests.kiosk.desk.conftest import Browser, DeskSite, Page, fill_home, serve
from tests.support.html_forms import ShownForm, find_form
from tests.support.kiosk_program import line, run_kiosk, write_batch


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Generator[DeskSite]:
    """Ann was absent on the 19th and the 20th; Ben serves too."""
    folder = tmp_path_factory.mktemp("assessment")
    home = fill_home(folder)
    ben = line("enrol_volunteer", "2026-11-20T13:00", volunteer="V002", mode="rostered", agreement_from="2024-01-02")
    span = {"start": "2026-11-20T09:00", "end": "2026-11-20T12:00"}
    missed = line("schedule_shift", "2026-11-19T08:00", shift="S9", volunteers=["V001"], **span)
    assert run_kiosk("apply", write_batch(folder / "lines.jsonl", missed, ben), "--home", home).err == ""
    with serve(home) as served:
        yield served


ADDRESS = "/assessment?day=2026-12-31"


def open_form(browser: Browser) -> ShownForm:
    return find_form(browser.get(ADDRESS).text, "/assessment/record")


def send(browser: Browser, opened: ShownForm, **scores: str) -> Page:
    """Type scores into an open form, and send it."""
    return browser.post_pairs(opened.action, opened.fill(**{f"score-{name}": score for name, score in scores.items()}))


def read(browser: Browser) -> str:
    return browser.get(ADDRESS, **{"Accept-Language": "en"}).text


def test_scores_are_typed_and_graded(site: DeskSite) -> None:
    """R-060, R-061, R-063: 甲 renew, 丁 a case; what is not typed stays open."""
    browser = site.share_browser("coordinator")
    text = read(browser)
    assert "2 volunteers have no score yet; it is due on 2026-12-31" in text
    assert "unexcused 2, leave 0, late 0" in text
    assert send(browser, open_form(browser), V001="89.99").status == 303
    text = read(browser)
    assert "1 volunteer has no score yet" in text
    assert "<strong>good</strong> renew" in text
    assert 'value="89.99"' in text
    assert send(browser, open_form(browser), V002="59.9").status == 303
    text = read(browser)
    assert "Everybody is assessed" in text
    assert "<strong>failed</strong> raise a case" in text


def test_a_score_that_another_window_corrected_meanwhile_stays_as_it_is(site: DeskSite) -> None:
    """Given two open windows; when the first corrects one score, and the other fills in another, and then both."""
    first, other = site.share_browser("coordinator"), site.open_browser("coordinator")
    assert send(first, open_form(first), V001="55", V002="70").status == 303
    stale = open_form(other)
    assert send(first, open_form(first), V001="85.1234").status == 303
    assert send(other, stale, V002="90").status == 303
    scores = {"score-V001": "85.1234", "score-V002": "90"}
    assert open_form(first).typed == scores
    told = send(other, stale, V001="60", V002="91")
    assert (told.status, "剛剛有別人登錄：85.1234" in told.text) == (422, True)
    assert open_form(first).typed == scores


def test_a_form_that_is_shown_again_has_what_stands_where_nobody_typed(site: DeskSite) -> None:
    """Or it would write the old score back when it is sent the second time."""
    first, other = site.share_browser("coordinator"), site.open_browser("coordinator")
    stale = open_form(other)
    assert send(first, open_form(first), V001="66").status == 303
    again = find_form(send(other, stale, V002="9o").text, "/assessment/record")
    assert again.typed == {"score-V001": "66", "score-V002": "9o"}
    assert send(other, again, V002="92").status == 303
    assert open_form(first).typed == {"score-V001": "66", "score-V002": "92"}


@pytest.mark.parametrize("page", ["/assessment?day=2026-12-31", "/people/person?volunteer=V001"])
def test_the_own_figures_of_a_volunteer_are_one_click_away(site: DeskSite, page: str) -> None:
    """R-064: with the rule of the score, and nobody else's figures."""
    browser = site.share_browser("coordinator")
    found = re.search(r'href="(/documents/show\?document=own_assessment[^"]*V001[^"]*)"', browser.get(page).text)
    assert found
    shown = browser.get(found[1].replace("&amp;", "&"))
    assert (shown.status, "個人考核資料" in shown.text, "90 分以上優" in shown.text) == (200, True, True)
    assert ("V001" in shown.text, "V002" in shown.text) == (True, False)


@pytest.mark.parametrize("score", ["101", "-1", "ninety", "1e2", "nan", "9" * 5000, "٩٠", "<b>"])
def test_what_is_no_score_is_said_beside_it_and_nothing_is_recorded(site: DeskSite, score: str) -> None:
    browser = site.share_browser("coordinator")
    before = read(browser).count("<strong>")
    page = send(browser, open_form(browser), V001=score, V002="77")
    assert (page.status, "請填 0 到 100 的數字" in page.text, 'value="77"' in page.text) == (422, True, True)
    assert "<b>" not in page.text
    assert read(browser).count("<strong>") == before


@pytest.mark.parametrize("day", ["2026-02-30", "x", "a" * 5000])
def test_a_day_that_is_none_leads_nowhere(site: DeskSite, day: str) -> None:
    assert site.share_browser("coordinator").get(f"/assessment?{urlencode({'day': day})}").status == 404


@pytest.mark.parametrize("role", ["leader", "registrar", "unit_head", "auditor"])
def test_others_record_no_score(site: DeskSite, role: str) -> None:
    assert site.share_browser(role).post("/assessment/record", {}).status == 403
