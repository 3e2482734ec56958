"""What documents say of volunteers, families and the team, entered at the desk: for awards, and for no month."""

import re
from collections.abc import Generator
from zlib import crc32

import pytest

from tests.kiosk.desk.conftest import Browser, DeskSite, Page, fill_home, serve
from tests.support.kiosk_program import line, run_kiosk, write_batch

PERSON, GROUPS = "/awards/person?volunteer=V001", "/awards/groups"
HOURS = {
    "hours_from": "2020-01-01",
    "hours_to": "112/12/31",
    "hours_whole": "310",
    "hours_minutes": "30",
    "hours_unit": "市立圖書館",
    "hours_category": "文化",
    "hours_city": "臺北市",
    "hours_proof": "certificate",
    "hours_document": "圖服字第1號 <b>",
}
SENIORITY = {"seniority_from": "2020-01-01", "seniority_to": "2023-12-31", "seniority_document": "服務證明"}
FAMILY = {"family_name": "家庭1", "family_members": "V001、V002", "family_document": "戶口名簿"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Generator[DeskSite]:
    folder = tmp_path_factory.mktemp("documents")
    home = fill_home(folder)
    enrol = line(
        "enrol_volunteer",
        "2026-11-02T08:00",
        volunteer="V002",
        name="王大明",
        mode="flexible",
        agreement_from="2026-01-01",
    )
    assert run_kiosk("apply", write_batch(folder / "more.jsonl", enrol), "--home", home).err == ""
    with serve(home) as served:
        yield served


def send(browser: Browser, path: str, act: str, **fields: str) -> Page:
    form = {
        "token": browser.get(PERSON).token,
        "form": f"form{act} {crc32(repr(fields).encode())}",
        "volunteer": "V001",
        "act": act,
    }
    return browser.post(path, {**form, **fields})


def take_back(browser: Browser, page: str, path: str, entry: str) -> None:
    """The entry with a text is taken back, and gone; a second time it is refused."""
    before = browser.get(page).text
    position = before.split(entry)[0].rsplit('name="event" value="', 1)[1].split('"')[0]
    assert send(browser, path, "", event=position, reason="登錄錯了").status == 303
    assert entry not in browser.get(page).text
    assert send(browser, path, "", event=position, reason="再一次").status == 422


def test_hours_of_another_unit_are_entered_counted_for_awards_and_taken_back(site: DeskSite) -> None:
    """R-031."""
    browser = site.share_browser("coordinator")
    assert f'href="{PERSON}"' in browser.get("/people/person?volunteer=V001").text
    for _ in range(2):
        assert send(browser, "/awards/attest", "hours", **HOURS).status == 303
    page = browser.get(PERSON).text
    assert page.count("證明時數 市立圖書館 2020-01-01 至 2023-12-31") == 1
    assert "310 小時 30 分" in page.split("<h2>")[0], "they count in the table of awards"
    assert "圖服字" not in page, "the text of a document stands with its event"
    again = send(browser, "/awards/attest", "hours", **{**HOURS, "hours_whole": "1"})
    assert (again.status, "V001" in again.text, 'value="1"' in again.text) == (422, True, True)
    take_back(browser, PERSON, "/awards/retract", "證明時數 市立圖書館")


def test_years_before_this_system_are_entered_and_taken_back(site: DeskSite) -> None:
    """R-081."""
    browser = site.share_browser("coordinator")
    assert send(browser, "/awards/attest", "seniority", **SENIORITY).status == 303
    assert "證明年資  2020-01-01 至 2023-12-31" in browser.get(PERSON).text
    take_back(browser, PERSON, "/awards/retract", "證明年資  2020-01-01")


def test_a_condition_is_attested_once_and_can_be_taken_back(site: DeskSite) -> None:
    """R-080: what is attested is offered no more."""
    browser = site.share_browser("unit_head")
    offered = re.findall(r'<option value="([^" ]+ [^"]+)"', browser.get(PERSON).text)
    assert "golden-diamond no-criminal-record" in offered
    condition = {"condition": "golden-diamond no-criminal-record", "condition_document": "良民證"}
    assert send(browser, "/awards/attest", "condition", **condition).status == 303
    assert f'value="{condition["condition"]}"' not in browser.get(PERSON).text
    refused = send(browser, "/awards/attest", "condition", **{**condition, "condition_document": "再一次"})
    assert (refused.status, "請從清單中選一個" in refused.text) == (422, True)
    take_back(browser, PERSON, "/awards/retract", "認定條件 golden-diamond")


def test_a_family_the_team_and_its_award_are_entered_and_taken_back(site: DeskSite) -> None:
    """R-087, R-088."""
    browser = site.share_browser("coordinator")
    (award, *_) = re.findall(r'<option value="([^"]+)"', browser.get(GROUPS).text)
    team = {"team_on": "2020-01-01", "team_document": "成立公文"}
    assert send(browser, GROUPS, "family", **FAMILY).status == 303
    assert send(browser, GROUPS, "team", **team).status == 303
    assert send(browser, GROUPS, "team_award", grant_award=award, grant_on="115/7/1").status == 303
    page = browser.get(GROUPS).text
    assert ("志工家庭 家庭1" in page, "團隊於 2020-01-01 成立" in page, "，2026-07-01" in page) == (True,) * 3
    assert "V002 王〇明" in page
    assert "王大明" not in page
    for entry in ("志工家庭 家庭1", "團隊於 2020-01-01", "團隊獲獎："):
        take_back(browser, GROUPS, "/awards/groups/retract", entry)


@pytest.mark.parametrize(
    ("path", "act", "fields", "words"),
    [
        ("/awards/attest", "hours", {**HOURS, "hours_from": "2020-02-30"}, "看不懂這個日期"),
        ("/awards/attest", "hours", {**HOURS, "hours_document": ""}, "這一欄要填"),
        ("/awards/attest", "hours", {**HOURS, "hours_whole": "1.5"}, "請填整數"),
        ("/awards/attest", "hours", {**HOURS, "hours_whole": "0", "hours_minutes": "0"}, 'role="alert"'),
        ("/awards/attest", "hours", {**HOURS, "hours_whole": "999999"}, 'role="alert"'),
        ("/awards/attest", "hours", {**HOURS, "hours_to": "2019-12-31"}, 'role="alert"'),
        ("/awards/attest", "hours", {**HOURS, "hours_unit": "王大明"}, 'role="alert"'),
        ("/awards/attest", "hours", {**HOURS, "hours_city": "\u202e" * 5_000}, "最多 128 個字"),
        ("/awards/attest", "seniority", {**SENIORITY, "seniority_to": "2019-12-31"}, 'role="alert"'),
        (
            "/awards/attest",
            "condition",
            {"condition": "nothing at-all", "condition_document": "𠮷"},
            "請從清單中選一個",
        ),
        (GROUPS, "family", {**FAMILY, "family_members": "V001"}, 'role="alert"'),
        (GROUPS, "family", {**FAMILY, "family_members": "V001 V999"}, "V999"),
        (GROUPS, "team", {"team_on": "2199-01-01", "team_document": "<b>"}, 'role="alert"'),
        (GROUPS, "team_award", {"grant_award": "honor-card", "grant_on": "2026-07-01"}, "請從清單中選一個"),
    ],
)
def test_what_cannot_be_entered_is_shown_again_as_it_was_typed(
    site: DeskSite, path: str, act: str, fields: dict[str, str], words: str
) -> None:
    page = send(site.share_browser("coordinator"), path, act, **fields)
    assert (page.status, words in page.text, page.text.count('<details class="act" open>')) == (422, True, 1)
    assert all(
        value in page.text for name, value in fields.items() if name.endswith(("_from", "_on", "_members", "_unit"))
    )


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        ("/awards/attest", {"act": "nothing"}, 400),
        ("/awards/attest", {"act": "hours", "volunteer": "V999"}, 404),
        (GROUPS, {"act": "hours"}, 400),
        ("/awards/groups/retract", {"event": "x"}, 400),
    ],
)
def test_a_form_that_no_page_shows_is_none(site: DeskSite, path: str, fields: dict[str, str], status: int) -> None:
    assert send(site.share_browser("coordinator"), path, fields.pop("act", ""), **fields).status == status


def test_the_forms_speak_english_too(site: DeskSite) -> None:
    browser = site.open_browser("coordinator")
    browser.cookies["kiosk-language"] = "en"
    assert "Hours of another unit" in browser.get(PERSON).text
    assert "Enter a family" in browser.get(GROUPS).text
