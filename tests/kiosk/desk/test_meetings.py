"""Meetings and trainings at the desk: scheduled, seen, completed by hand, recorded as trainings (R-047, R-073)."""

import json
import re
from collections.abc import Generator
from typing import Any
from urllib.parse import quote

import pytest

from tests.kiosk.desk.conftest import Browser, DeskSite, Page, fill_home, serve
from tests.support.kiosk_program import line, run_kiosk, write_batch

MEETING = {
    "session_kind": "meeting",
    "session_title": "十一月<b>志工會議</b>",
    "day": "115/11/19",
    "start": "9:00",
    "end": "11:00",
    "numbers": "",
    "chair": "主任秘書",
}
TRAINING = MEETING | {"session_kind": "training", "session_title": "在職訓練", "training": "special", "hours": "4"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Generator[DeskSite]:
    """Ben came without a duty on 2026-11-19; Cat came too late to any."""
    folder = tmp_path_factory.mktemp("meetings")
    home = fill_home(folder)
    people = [
        line(do, "2026-11-19T08:30", volunteer=number, **fields)
        for number in ("V002", "V003")
        for do, fields in (("enrol_volunteer", {"mode": "rostered", "agreement_from": "2026-11-01"}),)
    ]
    card = line("issue_card", "2026-11-19T08:31", volunteer="V002", card="04AAAAAAAAAA01")
    taps = [line("tap", f"2026-11-19T{at}", card="04AAAAAAAAAA01") for at in ("08:50", "11:05")]
    late = line("reconcile", "2026-11-20T05:00", date="2026-11-19")
    assert (
        run_kiosk("apply", write_batch(folder / "people.jsonl", *people, card, *taps, late), "--home", home).err == ""
    )
    with serve(home) as served:
        yield served


def send(browser: Browser, page: str, path: str, form: str, **fields: str) -> Page:
    return browser.post(path, {"token": browser.get(page).token, "form": form, **fields})


def schedule(browser: Browser, form: str, fields: dict[str, str]) -> str:
    """The address of the session that a form scheduled."""
    answer = send(browser, "/sessions", "/sessions/new", form, **fields)
    assert answer.status == 303, re.findall(r"<small[^>]*>([^<]*)|role=.alert.>([^<]*)", answer.text)
    return answer.headers["Location"]


def read_name(address: str) -> str:
    return address.partition("=")[2]


def test_a_meeting_is_scheduled_afterwards_and_shows_who_came(site: DeskSite) -> None:
    """R-033, R-116: a tap within its time becomes attendance; sent twice, the form is carried out once."""
    browser = site.share_browser("coordinator")
    address = schedule(browser, "once", MEETING)
    assert schedule(browser, "once", MEETING) == address
    page = browser.get(address).text
    assert "十一月&lt;b&gt;志工會議&lt;/b&gt;" in page
    assert "V002" in page
    assert "08:50" in page
    assert "1／3 人（33%）" in page
    assert "主持人：主任秘書" in page
    month = browser.get("/sessions?month=2026-11").text
    assert "主持人：主任秘書" in month
    assert ("志工會議 1 場，出席 1 人次" in month, month.count("/sessions/one?")) == (True, 1)
    assert "還沒有" not in page
    visits = json.loads(run_kiosk("visits", "--format", "json", "--home", site.home).out)
    reasons = {gap["reason"] for visit in visits if visit["volunteer"] == "V002" for gap in visit["uncredited"]}
    assert reasons == {"unscheduled", "session"}


def test_a_volunteer_who_forgot_the_card_is_added_and_taken_back(site: DeskSite) -> None:
    """R-121."""
    browser = site.share_browser("coordinator")
    address = schedule(browser, "forgot", MEETING | {"session_title": "幹部會議", "session_kind": "officer_meeting"})
    name = read_name(address)
    added = send(browser, address, "/sessions/one/add", "a", session=name, volunteer="V003", reason="忘記帶卡")
    assert added.status == 303
    page = browser.get(address).text
    assert ("補登" in page, "2／3 人（67%）" in page) == (True, True)
    again = send(browser, address, "/sessions/one/add", "b", session=name, volunteer="V003", reason="忘記帶卡")
    assert (again.status, "已補登出席" in again.text) == (422, True)
    event = re.search(r'name="event" value="(\d+)"', page)
    assert event
    back = send(browser, address, "/sessions/one/take-back", "c", session=name, event=event[1], reason="弄錯人")
    assert back.status == 303
    assert "1／3 人（33%）" in browser.get(address).text


def test_a_training_is_recorded_for_those_who_came(site: DeskSite) -> None:
    """R-073: in one go, and once."""
    browser = site.share_browser("coordinator")
    address = schedule(browser, "training", TRAINING | {"category": "衛生"})
    assert "為出席的 1 人登錄" in browser.get(address).text
    done = send(browser, address, "/sessions/one/training", "t", session=read_name(address))
    assert done.status == 303
    page = browser.get(address).text
    assert ("訓練已登錄。" in page, "人登錄" in page) == (True, False)
    volunteers: list[dict[str, Any]] = json.loads(run_kiosk("volunteers", "--format", "json", "--home", site.home).out)
    ben = next(row for row in volunteers if row["volunteer"] == "V002")
    assert "衛生" in json.dumps(ben["trainings"], ensure_ascii=False)


def test_a_session_that_is_called_off_is_gone(site: DeskSite) -> None:
    browser = site.share_browser("coordinator")
    address = schedule(browser, "off", MEETING | {"session_title": "停辦"})
    off = send(browser, address, "/sessions/one/cancel", "o", session=read_name(address), reason="颱風")
    assert (off.status, off.headers["Location"]) == (303, "/sessions?month=2026-11")
    assert browser.get(address).status == 404
    late = send(
        browser, "/sessions", "/sessions/one/add", "p", session=read_name(address), volunteer="V003", reason="x"
    )
    assert late.status == 404, "another coordinator called it off meanwhile"


def test_a_leader_sees_who_came_and_changes_nothing(site: DeskSite) -> None:
    schedule(site.share_browser("coordinator"), "seen", MEETING)
    leader = site.share_browser("leader")
    page = leader.get("/sessions?month=2026-11").text
    assert ("十一月" in page, "/sessions/new" in page) == (True, False)
    address = re.search(r'/sessions/one\?[^"]+', page)
    assert address
    one = leader.get(address[0])
    assert (one.status, "/sessions/one/add" in one.text) == (200, False)


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"session_title": ""}, "session_title", "請填寫"),
        ({"day": "2026-02-30"}, "day", "請寫成 115/11/24 或 2026-11-24"),
        ({"day": "明天"}, "day", "請寫成 115/11/24 或 2026-11-24"),
        ({"start": "25:00"}, "start", "請寫成 10:00"),
        ({"end": "8:59"}, "end", "結束要晚於開始"),
        ({"session_kind": "training"}, "training", "請選擇訓練種類"),
        ({"session_kind": "training", "training": "special"}, "category", "特殊訓練要填類別"),
        ({"session_kind": "training", "training": "growth", "hours": "四"}, "hours", "請填數字，例如 2 或 1.5"),
    ],
)
def test_what_is_wrong_stands_beside_the_field_and_the_rest_is_kept(
    site: DeskSite, changes: dict[str, str], field: str, said: str
) -> None:
    page = send(site.share_browser("coordinator"), "/sessions", "/sessions/new", f"w{field}", **MEETING | changes)
    assert page.status == 422
    assert f'id="{field}-hint">{said}' in page.text
    assert 'value="主任秘書"' in page.text


@pytest.mark.parametrize(
    "changes",
    [
        {"numbers": "V001 V404"},
        {"session_title": "長" * 5_000},
        {"session_title": "\u202e王小明"},
        {"session_title": "\x1b[31m"},
        {"session_kind": "picnic"},
    ],
)
def test_what_a_rule_refuses_is_shown_with_its_sentence(site: DeskSite, changes: dict[str, str]) -> None:
    key = f"r{len(str(changes))}{min(changes.values())[:1]!a}"
    page = send(site.share_browser("coordinator"), "/sessions", "/sessions/new", key, **MEETING | changes)
    assert (page.status, 'role="alert"' in page.text) == (422, True)
    assert 'value="主任秘書"' in page.text


@pytest.mark.parametrize(
    "address",
    ["/sessions/one", "/sessions/one?session=M404", f"/sessions/one?session={quote('<b>' * 2_000)}", "/sessions/two"],
)
def test_there_is_no_other_session(site: DeskSite, address: str) -> None:
    assert site.share_browser("coordinator").get(address).status == 404


@pytest.mark.parametrize("month", ["2026-13", "0000-01", "9999-12", "x", "", "٢٠٢٦-11"])
def test_a_month_that_does_not_exist_is_the_current_one(site: DeskSite, month: str) -> None:
    assert "<strong>2026-11</strong>" in site.share_browser("coordinator").get(f"/sessions?month={quote(month)}").text


def test_the_pages_are_in_english_too(site: DeskSite) -> None:
    browser = site.share_browser("coordinator")
    page = browser.get("/sessions?month=2026-11", **{"Accept-Language": "en"}).text
    assert "Meetings and trainings" in page
