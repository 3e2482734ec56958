"""What needs a person: every kind is listed, settled in one or two clicks with its preview, and taken back."""

import re
from collections.abc import Generator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from kiosk.desk.home_access import HomeCommands, HomeReader
from kiosk.desk.pending.source import HomePending
from kiosk.home import Home
from kiosk.roster.pending_list import PendingList
from projections.read_models.pending_work import KINDS, PendingRow, list_pending
from tests.kiosk.conftest import Apply
from tests.kiosk.desk.conftest import Browser, DeskSite, Page, open_stream, read_event, serve
from tests.kiosk.desk.pending_home import (
    fill_pending_home,
    find_item,
    list_items,
    list_kinds,
    preview,
    read_form,
    send,
)
from tests.support.builders import ANN, BEN, CARDS, CAT, SETUP_LINES, coordinator_line, tap
from tests.support.kiosk_program import run_kiosk
from tests.support.waiting import wait_until

MARKUP = "<b>\u202e\x1b[31m王𠮷</b>"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Generator[DeskSite]:
    with serve(fill_pending_home(tmp_path_factory.mktemp("pending"))) as served:
        yield served


@pytest.fixture(scope="module")
def browser(site: DeskSite) -> Browser:
    return site.share_browser("coordinator")


def undo(browser: Browser, path: str) -> None:
    """Take back what the page at a path says was done."""
    page = browser.get(path)
    form = next(one for one in re.findall(r"<form.*?</form>", page.text, re.DOTALL) if "/pending/undo" in one)
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    assert browser.post("/pending/undo", fields).headers["Location"] == "/pending"
    assert "已經復原" in browser.get("/pending").text


def test_every_kind_is_listed(browser: Browser) -> None:
    assert list_kinds(browser) == sorted(KINDS)


@pytest.mark.parametrize("language", ["zh-TW", "en"])
def test_every_row_has_a_page(browser: Browser, language: str) -> None:
    for kind in KINDS:
        page = browser.get(find_item(browser, kind), **{"Accept-Language": language})
        assert page.status == 200
        assert (f'lang="{language}"' in page.text, "None" in page.text) == (True, False)


def test_a_long_list_has_pages(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = list_items(browser, "")
    monkeypatch.setattr("kiosk.desk.pending.pages.PAGE", len(whole) - 1)
    first, second = browser.get("/pending").text, browser.get("/pending?page=2").text
    assert first.count("/pending/item?") == len(whole) - 1
    assert second.count("/pending/item?") == 1
    assert ("page=2" in first, "page=1" in second, "page=3" in second) == (True, True, False)


def test_the_list_is_made_once_a_change_and_not_once_a_page(
    site: DeskSite, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []

    def count(*arguments: Any) -> list[PendingRow]:
        made.append(arguments)
        return list_pending(*arguments)

    monkeypatch.setattr("kiosk.roster.pending_list.list_pending", count)
    for path in ("/", "/pending", "/", "/pending?kind=absent", find_item(browser, "absent")):
        assert browser.get(path).status == 200
    assert made == []
    assert run_kiosk("tap", CARDS[BEN], "--home", site.home, "--at", "2026-11-20T08:35:00").status == 0
    for path in ("/", "/pending", "/"):
        assert browser.get(path).status == 200
    assert len(made) == 1


# --- On the page of today ---


@pytest.mark.parametrize(("role", "lists"), [("leader", False), ("coordinator", True), ("registrar", True)])
def test_today_lists_it_for_those_who_may_correct(site: DeskSite, role: str, lists: bool) -> None:
    page = site.share_browser(role).get("/").text
    assert ("要您處理的事" in page, "/pending" in page) == (lists, lists)
    assert ("今日值勤" in page, "<h2>班表</h2>" in page) == (True, True)


def test_a_refused_tap_comes_to_the_open_page_and_to_nobody_elses(site: DeskSite, browser: Browser) -> None:
    leader = site.share_browser("leader")
    streams = [open_stream(site, one.cookies) for one in (browser, leader)]
    for _, answer in streams:
        read_event(answer)
    before = len(list_items(browser, "refused"))
    assert run_kiosk("tap", CARDS[CAT], "--home", site.home, "--at", "2026-11-20T08:40:00").status == 1
    while "08:40 刷卡未受理：卡片停用" not in read_event(streams[0][1]):
        pass
    assert "/pending" not in read_event(streams[1][1])
    assert len(list_items(browser, "refused")) == before + 1
    for connection, _ in streams:
        connection.close()


def test_the_state_of_the_home_is_said_to_those_who_may_open_it(
    site: DeskSite, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.desk.today.STATE_SECONDS", 0.0)
    wait_until(lambda: 'href="/unit/state"' in browser.get("/").text, lambda: "the state is not shown")
    assert 'href="/unit/state"' not in site.share_browser("registrar").get("/").text


# --- Settlements ---

WAYS = {
    ("no_check_out", "V001 16", "close_at_end"): ({}, "採計分鐘：0 → 180"),
    ("no_check_out", "V001 16", "close"): ({"check_out": "11:00"}, "採計分鐘：0 → 120"),
    ("no_check_out", "V001 16", "misuse"): ({"misuse": "lent"}, "M1：未簽退 → 缺席"),
    ("unmatched", "V001 18", "add_arrival"): ({"check_in": "09:00"}, "採計分鐘、出勤結果與遲到早退都不變"),
    ("absent", "V002 16", "excuse"): ({}, "A1：缺席 → 請假"),
    ("absent", "V002 16", "add_visit"): ({"check_in": "9:00", "check_out": "１２：００"}, "採計分鐘：0 → 180"),
    ("unscheduled", "V002 17", "schedule"): ({"start": "14:00", "end": "16:00"}, "採計分鐘：0 → 120"),
    ("unscheduled", "V002 17", "assign P1"): ({}, "採計分鐘：0 → 120"),
    ("refused", "志03 18", "add_visit"): ({"check_in": "09:00", "check_out": "12:00"}, "採計分鐘"),
    ("contradicted", "V001 17", "retract"): ({}, "採計分鐘、出勤結果與遲到早退都不變"),
    ("late_leave", "V002 19", "withdraw_leave"): ({}, "L1：請假 → 缺席"),
}
"""Kind, volunteer with day, and settlement; what is typed, and what the preview says."""
IS_FINAL = ("retract", "withdraw_leave")
"""Undone by other acts of their own."""


@pytest.mark.parametrize(("kind", "whose", "offer"), WAYS, ids=[f"{kind} {offer}" for kind, _, offer in WAYS])
def test_a_row_is_settled_once_its_effect_was_shown_and_comes_back(
    browser: Browser, kind: str, whose: str, offer: str
) -> None:
    typed, said = WAYS[kind, whose, offer]
    address = find_item(browser, kind, whose)
    shown = preview(browser, address, offer, **typed) if typed else browser.get(address)
    assert said in shown.text
    done = send(browser, shown, offer)
    assert done.status == 303, done.text
    assert "完成" in browser.get(done.headers["Location"]).text
    assert address not in list_items(browser, kind)
    if offer not in IS_FINAL:
        undo(browser, done.headers["Location"])
        assert find_item(browser, kind, whose)


@pytest.mark.parametrize("kind", ["no_check_out", "unmatched", "unreadable", "absent", "unscheduled", "refused"])
def test_what_is_right_as_it_is_leaves_the_list_and_comes_back(browser: Browser, kind: str) -> None:
    address = find_item(browser, kind)
    done = send(browser, browser.get(address), "acknowledge")
    assert (done.status, address in list_items(browser, kind)) == (303, False)
    undo(browser, done.headers["Location"])
    assert address in list_items(browser, kind)


def test_a_card_that_nobody_has_is_issued_at_the_reader_or_its_visit_is_entered(browser: Browser) -> None:
    address = find_item(browser, "unknown_card")
    assert 'action="/people/reader"' in browser.get(address).text
    times = {"check_in": "10:00", "check_out": "12:00"}
    assert "沒有這個編號的志工" in preview(browser, address, "add_visit", whose=MARKUP, **times).text
    for typed in ("v002", "Ｖ００２", "ｖ００２"):
        shown = preview(browser, address, "add_visit", whose=typed, **times)
        assert "採計分鐘" in shown.text
    done = send(browser, shown, "add_visit")
    assert done.status == 303
    undo(browser, done.headers["Location"])


def test_a_case_is_decided_on_its_own_page(browser: Browser) -> None:
    address = find_item(browser, "case")
    page = browser.get(address).text
    position = address.rpartition("=")[2]
    assert f'href="/cases/{position}"' in page
    assert "/pending/settle" not in page


def test_a_clock_is_put_right_by_what_time_it_was(browser: Browser) -> None:
    address = find_item(browser, "clock")
    shown = preview(browser, address, "correct_clock", true_time="2026-11-20 08:20")
    done = send(browser, shown, "correct_clock")
    assert (done.status, list_items(browser, "clock")) == (303, [])
    assert "時鐘校正" in browser.get("/pending/done").text


# --- What is not carried out ---


@pytest.mark.parametrize("text", ["", "25:00", "2026-02-30 11:00", MARKUP, "1" * 5000, "8"])
def test_a_time_that_is_none_is_said_beside_its_field_and_kept(browser: Browser, text: str) -> None:
    page = preview(browser, find_item(browser, "no_check_out", "V001 16"), "close", check_out=text)
    assert (page.status, "<b>" in page.text) == (422, False)


@pytest.mark.parametrize("reason", ["", " ", "理" * 2001])
def test_without_a_reason_nothing_is_done(browser: Browser, reason: str) -> None:
    address = find_item(browser, "absent", "V002 16")
    refused = send(browser, browser.get(address), "excuse", reason=reason)
    assert (refused.status, "請寫理由" in refused.text) == (422, True)
    assert address in list_items(browser, "absent")


def test_what_was_not_shown_is_not_carried_out(browser: Browser) -> None:
    address = find_item(browser, "absent", "V002 16")
    refused = send(browser, browser.get(address), "excuse", shown="0 180 1")
    assert (refused.status, "剛才有變動" in refused.text) == (422, True)
    assert address in list_items(browser, "absent")


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": "nothing"},
        {"kind": "absent", "events": ""},
        {"events": "x"},
        {"events": "1,,2"},
        {"events": "-1"},
        {"offer": "terminate"},
        {"offer": "excuse"},
    ],
)
def test_what_there_is_not_is_not_found(browser: Browser, changed: dict[str, str]) -> None:
    fields = {**read_form(browser.get(find_item(browser, "no_check_out", "V001 16")), "acknowledge"), **changed}
    assert browser.post("/pending/settle", {**fields, "reason": "x"}).status == 404
    assert browser.get(f"/pending/preview?{urlencode(fields)}").status == 404


@pytest.mark.parametrize("query", ["kind=x", "page=0", "page=-1", "page=99999999999", "page=x", "done=x", "done=1"])
def test_the_list_is_shown_whatever_is_asked_of_it(browser: Browser, query: str) -> None:
    assert browser.get(f"/pending?{query}").status == 200


@pytest.mark.parametrize("path", ["/pending/settle", "/pending/undo"])
def test_an_answer_to_a_form_leads_back_to_the_list(browser: Browser, path: str) -> None:
    """As where a language is chosen on it."""
    assert browser.get(path).headers["Location"] == "/pending"


@pytest.mark.parametrize("event", ["", "x", "1", "9" * 40])
def test_what_nobody_settled_is_not_undone(browser: Browser, event: str) -> None:
    token = browser.get("/pending").token
    done = browser.post("/pending/undo", {"token": token, "event": event, "reason": "x"})
    assert done.headers["Location"] == "/pending/done"


# --- Two at once ---


def settle_as_registrar(site: DeskSite, address: str, offer: str) -> Page:
    other = site.share_browser("registrar")
    return send(other, other.get(address), offer)


def test_the_second_is_told_who_settled_it_and_nothing_is_done_twice(site: DeskSite, browser: Browser) -> None:
    address = find_item(browser, "absent", "V002 16")
    page = browser.get(address)
    path = settle_as_registrar(site, address, "excuse").headers["Location"]
    for told in (send(browser, page, "excuse"), browser.get(address)):
        assert "registrar 在" in told.text
        assert "已經處理：改為請假" in told.text
    assert browser.get("/pending/done").text.count("改為請假") == 1
    undo(browser, path)


def test_a_registrar_corrects_within_the_window_and_a_coordinator_later_too(site: DeskSite, browser: Browser) -> None:
    """R-035: on the 20th, two days are the window of the 17th, and four that of the 16th."""
    registrar, late = site.share_browser("registrar"), find_item(browser, "unscheduled", "V002 17")
    assert "只有承辦人可以更正" in registrar.get(late).text
    assert "只有承辦人可以更正" not in registrar.get(find_item(browser, "absent", "V002 16")).text
    form = read_form(browser.get(late), "acknowledge")
    assert registrar.post("/pending/settle", {**form, "token": registrar.get(late).token, "reason": "x"}).status == 403
    assert preview(registrar, late, "assign P1").status == 403
    assert preview(browser, late, "assign P1").status == 200


def test_a_form_that_is_sent_twice_is_carried_out_once(browser: Browser) -> None:
    page = browser.get(find_item(browser, "absent", "V002 16"))
    first, second = send(browser, page, "excuse"), send(browser, page, "excuse")
    assert first.headers["Location"] == second.headers["Location"]
    assert "這個表單已經送出過" in browser.get("/pending").text
    undo(browser, first.headers["Location"])


def test_only_a_visit_that_meets_the_closed_one_is_offered_to_be_void(simulation: Path, apply: Apply) -> None:
    """A visit of the morning that was over by then contradicts nothing."""
    closing = coordinator_line(
        "close_visit", "11-18 08:00", volunteer=ANN, check_in="2026-11-17T09:30", check_out="2026-11-17T12:00"
    )
    late = tap(ANN, "11-17 09:28:40", recorded_at="2026-11-18T08:30")
    taps = [tap(ANN, "11-17 07:00"), tap(ANN, "11-17 08:00"), tap(ANN, "11-17 09:30")]
    assert apply(simulation, *SETUP_LINES, *taps, closing, late).err == ""
    with Home.open(simulation) as home:
        pending = HomePending(HomeReader(home), HomeCommands(home), PendingList(home.log, home.views))
        (row,) = pending.load_board("contradicted", 0, 10).items
        matter = pending.load_matter(row.key)
    assert matter is not None
    assert [offer.facts["time"] for offer in matter.offers if offer.name == "void"] == ["09:28"]
