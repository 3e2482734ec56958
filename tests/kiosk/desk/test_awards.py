"""Awards at the desk: candidates on a day, what a volunteer lacks, what was received, cards and certificates."""

import html
import re
from collections.abc import Generator
from urllib.parse import urlencode

import pytest

from tests.kiosk.desk.conftest import Browser, DeskSite, Page, fill_home, serve
from tests.support.kiosk_program import line, run_kiosk, write_batch

PERSON = "/awards/person?volunteer=V001"
PAPER = {"document": "紀錄冊", "by": "林組長"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Generator[DeskSite]:
    """Ann has served since 2020, as documents of another unit say, for 300 hours; the other unit's last day is past."""
    folder = tmp_path_factory.mktemp("awards")
    home = fill_home(folder)
    years = {"from": "2020-01-01", "to": "2023-12-31"}
    batch = write_batch(
        folder / "awards.jsonl",
        line("complete_training", "2026-11-01T08:10", volunteer="V001", kind="basic", on="2024-01-10"),
        line(
            "complete_training", "2026-11-01T08:10", volunteer="V001", kind="special", on="2024-01-10", category="戶政"
        ),
        line("tap", "2026-11-19T09:00", card="04000000000001"),
        line("tap", "2026-11-19T12:00", card="04000000000001"),
        line("attest_hours", "2026-11-19T13:00", volunteer="V001", hours=300, unit="圖書館", **years, **PAPER),
        line("attest_seniority", "2026-11-19T13:01", volunteer="V001", **years, **PAPER),
    )
    assert run_kiosk("apply", batch, "--home", home).err == ""
    with serve(home) as served:
        yield served


def send(browser: Browser, path: str, form: str, **fields: str) -> Page:
    return browser.post(path, {"token": browser.get(PERSON).token, "form": form, "volunteer": "V001", **fields})


def test_the_list_counts_candidates_and_leads_to_them(site: DeskSite) -> None:
    """R-080."""
    browser = site.share_browser("unit_head")
    page = browser.get("/awards?at=115-11-20").text
    assert "志願服務榮譽卡" in page
    assert 'href="/awards/award?award=honor-card&amp;at=2026-11-20"' in page
    shown = browser.get("/awards/award?award=honor-card&at=2026-11-20").text
    assert "V001" in shown
    assert ("臺北市志願服務實務手冊 陸二" in shown, "R-083" in shown) == (True, False)
    assert "王小明" not in shown
    assert "&lt;b&gt;" not in shown.replace("&lt;b&gt;王", ""), "the name is masked"


def test_the_pages_lead_to_the_documents(site: DeskSite) -> None:
    """R-080, R-083, R-084: each is shown at its link."""
    browser = site.share_browser("coordinator")
    pages = {
        "/awards/award?award=honor-card&at=2026-11-20": ("award_list", "honor_card_list"),
        "/awards?at=2026-11-20": ("honor_card_list",),
        f"{PERSON}&at=2026-11-20&from=2026-11-01&to=2026-11-19": ("performance_certificate",),
    }
    for page, names in pages.items():
        text = browser.get(page).text
        for name in names:
            (link,) = re.findall(rf'href="(/documents/show\?document={name}[^"]*)"', text)
            shown = browser.get(html.unescape(link))
            assert (shown.status, "V001" in shown.text, "欄位由本單位自訂" in shown.text) == (200, True, True)
    assert (
        '<option value="honor-card" selected>志願服務榮譽卡</option>'
        in browser.get("/documents/show?document=award_list&award=honor-card&at=2026-11-20").text
    )


def test_a_volunteer_sees_what_lacks_and_what_to_attest(site: DeskSite) -> None:
    """R-084: not yet 150 hours of this unit."""
    page = site.share_browser("coordinator").get(f"{PERSON}&at=2026-11-20").text
    assert "還差" in page
    assert "無刑事案件紀錄" in page


def test_a_number_is_found_in_small_letters(site: DeskSite) -> None:
    assert "還差" in site.share_browser("coordinator").get("/awards/person?volunteer=v001&at=2026-11-20").text


def test_an_award_is_entered_after_it_was_confirmed_and_taken_back(site: DeskSite) -> None:
    """R-080, R-121: sent twice, it is entered once."""
    browser = site.share_browser("coordinator")
    fields = {"award": "land-300", "on": "2026-11-01", "document": "府社字第1號 <b>"}
    refused = send(browser, "/awards/grant", "g1", **fields)
    assert (refused.status, "請先勾選" in refused.text, "府社字第1號 &lt;b&gt;" in refused.text) == (422, True, True)
    for _ in range(2):
        assert send(browser, "/awards/grant", "g2", **fields, confirm="yes").status == 303
    page = browser.get(PERSON).text
    assert page.count("獲獎 land-300 2026-11-01") == 1
    again = send(browser, "/awards/grant", "g3", **fields, confirm="yes")
    assert (again.status, "已經登錄" in again.text) == (422, True)
    position = page.split("獲獎 land-300")[0].rsplit('name="event" value="', 1)[1].split('"')[0]
    assert send(browser, "/awards/retract", "r1", event=position, reason="登錄錯人").status == 303
    assert "獲獎 land-300" not in browser.get(PERSON).text
    assert send(browser, "/awards/retract", "r2", event=position, reason="再一次").status == 422


def test_an_honor_card_is_entered_and_stands_in_the_list(site: DeskSite) -> None:
    """R-083."""
    browser = site.share_browser("unit_head")
    days = {"approved_on": "2026-11-10", "expires_on": "2029-11-10", "counted_through": "2026-11-10"}
    assert send(browser, "/awards/card", "c1", **days).status == 422
    assert send(browser, "/awards/card", "c2", **days, confirm="yes").status == 303
    assert "2029-11-10" in browser.get("/awards/given").text
    refused = send(browser, "/awards/card", "c3", **days, confirm="yes")
    assert (refused.status, "不能重複採計" in refused.text) == (422, True)


def test_a_certificate_is_not_issued_where_the_record_book_differs(site: DeskSite) -> None:
    """R-032: the taps of November stand in no record book."""
    browser = site.share_browser("coordinator")
    page = browser.get(f"{PERSON}&from=2026-11-01&to=2026-11-30").text
    assert "與紀錄冊登錄的時數不一致" in page
    assert "2026-11</td>" in page
    issued = {"from": "2026-11-01", "to": "2026-11-30", "applied_on": "2026-11-19", "issued_on": "2026-11-20"}
    refused = send(browser, "/awards/certificate", "p1", **issued)
    assert (refused.status, "不能核發" in refused.text) == (422, True)


def test_a_certificate_of_a_period_without_a_difference_can_be_issued(site: DeskSite) -> None:
    """R-032: nothing was served and nothing entered before November."""
    page = site.share_browser("coordinator").get(f"{PERSON}&from=2026-10-01&to=2026-10-31").text
    assert '採計時數 <span class="whole">0 小時 0 分</span>，與紀錄冊一致。' in page


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("/awards?at=2026-02-30", 422, "「2026-02-30」不是日期"),
        ("/awards?at=%3Cb%3E", 422, "「&lt;b&gt;」不是日期"),
        (f"{PERSON}&from=2026-02-30&to=2026-03-01", 422, "起訖日期"),
        (f"{PERSON}&from=2026-03-02&to=2026-03-01", 422, "起訖日期"),
        ("/awards/person?volunteer=V999", 422, 'value="V999" required aria-describedby="volunteer-hint"'),
        ("/awards/person?volunteer=V999", 422, "沒有這個編號的志工，請檢查編號。"),
        ("/awards/person?" + urlencode({"volunteer": "\u202e" * 5_000}), 422, "沒有這個編號的志工"),
        ("/awards/award?award=nothing", 404, ""),
    ],
)
def test_what_cannot_be_shown_is_said(site: DeskSite, query: str, status: int, words: str) -> None:
    page = site.share_browser("coordinator").get(query)
    assert (page.status, words in page.text) == (status, True)


@pytest.mark.parametrize(
    ("path", "fields", "words"),
    [
        ("/awards/grant", {"award": "nothing", "on": "2026-11-01"}, "沒有獎項"),
        ("/awards/grant", {"award": "honor-card", "on": "2026-02-30"}, "2026-02-30"),
        ("/awards/grant", {"award": "honor-card"}, "on"),
        (
            "/awards/card",
            {"approved_on": "2026-11-10", "expires_on": "2026-01-01", "counted_through": "2026-01-01"},
            "晚於",
        ),
        ("/awards/certificate", {"from": "x", "to": "y"}, "起訖日期"),
    ],
)
def test_a_form_that_cannot_be_carried_out_is_shown_again(
    site: DeskSite, path: str, fields: dict[str, str], words: str
) -> None:
    page = send(site.share_browser("coordinator"), path, f"bad {fields}", **fields, confirm="yes")
    assert (page.status, words in page.text) == (422, True)
    assert all(value in page.text for name, value in fields.items() if name in ("on", "approved_on", "from"))


def test_the_pages_speak_english_too(site: DeskSite) -> None:
    browser = site.open_browser("coordinator")
    browser.cookies["kiosk-language"] = "en"
    assert "Honor card" in browser.get("/awards").text
    assert "min more" in browser.get(PERSON).text
