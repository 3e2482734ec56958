"""The audit at the desk: explained days, events, differences and a day played, for those who may open them."""

import json
import re
import shutil
from collections.abc import Generator
from datetime import date, time
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest

from domain.log.scratch import PREFIX
from kiosk.accounts.accounts import Accounts
from kiosk.accounts.passwords import Password
from kiosk.backups.heads.signed_heads import sign_head
from kiosk.desk.audit.playback_source import MOST_DAYS, PlayedDays
from kiosk.desk.audit.source import AuditSource
from kiosk.desk.home_access import HomeReader
from kiosk.home import Home
from kiosk.people.file import SYSTEM_ACTOR
from tests.kiosk.conftest import Apply
from tests.kiosk.desk.conftest import MARKUP, PASSWORD, Browser, DeskSite, Page, serve
from tests.support.builders import ANN, BEN, CAT, FOUR_DAYS, SETUP_LINES, coordinator_line, shift, tap
from tests.support.kiosk_program import line, run_kiosk, write_batch

PYTHON_VALUE = re.compile(r"\b(None|True|False|datetime|UUID)\b|[\[\]{}]")
CLOSED = coordinator_line(
    "close_visit", "11-21 09:00", volunteer=BEN, check_in="2026-11-18T08:55", check_out="2026-11-18T11:59:30"
)
LINES = (
    *FOUR_DAYS,
    line("change_person", "2026-11-20T08:00", volunteer=BEN, name=MARKUP, by="林主任"),
    CLOSED,
    line("suspend", "2026-11-22T08:00", volunteer=ANN, **{"from": "2026-11-22"}),
    tap(ANN, "11-23 09:00"),
)
HOSTILE = "🦊\u202e<b>"
REFUSED = line("request_leave", "2026-11-23T10:00", volunteer=BEN, shift="S1", by="林主任")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Generator[DeskSite]:
    """Four days of a unit; on the 21st the coordinator closes a visit of Ben on the 18th."""
    folder = tmp_path_factory.mktemp("audit")
    Home.make(folder / "home", simulation=True).close()
    assert run_kiosk("apply", write_batch(folder / "days.jsonl", *LINES), "--home", folder / "home").err == ""
    refused = run_kiosk("apply", write_batch(folder / "refused.jsonl", REFUSED), "--home", folder / "home")
    assert refused.status == 1
    reason = ("--names", "--reason", "contact", "--shown-to", "林主任")
    assert run_kiosk("volunteers", *reason, "--home", folder / "home").status == 0
    add_auditor(folder / "home")
    with serve(folder / "home") as served:
        yield served


def add_auditor(folder: Path) -> None:
    with Home.open(folder) as home:
        Accounts(home).add("auditor", "auditor", Password(PASSWORD), home.people.ensure_actor(SYSTEM_ACTOR))


@pytest.fixture(scope="module")
def browser(office: DeskSite) -> Browser:
    return office.share_browser("auditor")


def read(page: Page) -> str:
    """What a page says, without its markup and its forms."""
    content = page.text.partition("<main>")[2]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", content)))


def find_event(browser: Browser, text: str) -> int:
    """The event of a row of the first page."""
    (row,) = [row for row in browser.get("/audit?month=2026-11").text.split("<tr>") if text in row]
    found = re.search(r"/audit/event/(\d+)", row)
    assert found
    return int(found[1])


# --- What was done in a month ---


def test_the_first_page_lists_the_corrections_of_a_month_with_author_and_reason(browser: Browser) -> None:
    """R-121."""
    said = read(browser.get("/audit?month=2026-11"))
    assert re.search(
        r"2026-11-21 09:00 V002 \S*〇\S* 2026-11-18 08:55 到班，補登簽退 11:59:30，登錄人 林〇任，理由：on paper", said
    )
    assert "缺席改為請假" in said
    assert "沒有更正" in read(browser.get("/audit?month=2026-10"))


def test_it_lists_what_was_refused_and_the_policies(browser: Browser) -> None:
    said = read(browser.get("/audit?month=2026-11"))
    assert re.search(r"2026-11-23 10:00 請假 \S.* 林〇任", said)
    assert re.search(r"2026-01-01 無故缺席幾次提出退場審查：1", said)
    assert not PYTHON_VALUE.search(said)


def test_it_lists_who_was_shown_names_and_why(browser: Browser) -> None:
    """R-120."""
    assert re.search(r"林〇任 3 位志工的姓名 聯絡志工", read(browser.get("/audit?month=2026-11")))


def test_an_acknowledgement_stands_with_the_day_that_it_is_about(simulation: Path, apply: Apply) -> None:
    """R-121. On the 25th a visit of the 19th is looked at."""
    served = [tap(ANN, "11-19 09:00"), tap(ANN, "11-19 12:00"), tap(BEN, "11-25 08:00")]
    assert apply(simulation, *SETUP_LINES, *served).err == ""
    pending = json.loads(run_kiosk("pending", "--format", "json", "--home", simulation).out)
    (events,) = [row["events"] for row in pending if row["kind"] == "unscheduled"]
    seen = coordinator_line("acknowledge", "11-25 10:00", kind="unscheduled", events=events, volunteer=ANN)
    assert apply(simulation, seen).err == ""
    with Home.open(simulation) as home:
        (acknowledged,) = AuditSource(HomeReader(home)).load_month((2026, 11)).corrections
    assert acknowledged.day == date(2026, 11, 19)


@pytest.mark.parametrize("moved", ["2026-11-03", "2026-11-12"], ids=["earlier", "later"])
def test_what_is_corrected_of_a_shift_that_was_moved_stands_with_the_day_that_the_shift_is_on(
    simulation: Path, apply: Apply, moved: str
) -> None:
    """Where it changes something: moved before or after, an excuse, a late swap, and what takes an excuse back."""
    move = line("change_shift", "2026-11-13T09:00", shift="S1", start=f"{moved}T09:00", end=f"{moved}T12:00")
    late_swap = {"shift": "S1", "from": BEN, "to": CAT, "retroactive": True}
    assert apply(simulation, *SETUP_LINES, shift("S1", "11-05", ANN, BEN)).err == ""
    with Home.open(simulation) as home:
        position = home.log.head().position + 1
    excuse = coordinator_line("excuse_absence", "11-13 08:00", volunteer=ANN, shift="S1")
    back = coordinator_line("retract", "11-13 10:00", event=position)
    assert apply(simulation, excuse, move, coordinator_line("swap", "11-13 09:30", **late_swap), back).err == ""
    with Home.open(simulation) as home:
        found = AuditSource(HomeReader(home)).load_month((2026, 11)).corrections
    assert [one.entry.kind for one in found] == ["excuse_retracted", "given", "excused"]
    assert {one.day for one in found} == {date.fromisoformat(moved)}


@pytest.mark.parametrize("month", ["2026-13", "x", "9999-12", "0001-01", "<b>", "2026-11-11"])
def test_a_month_that_is_none_is_that_of_now(browser: Browser, month: str) -> None:
    assert browser.get(f"/audit?month={quote(month)}").status == 200


# --- A volunteer's day ---


def test_a_day_is_explained_with_its_reasons_and_every_event_is_a_link(browser: Browser) -> None:
    page = browser.get(f"/audit/day?volunteer={BEN}&date=2026-11-18")
    said, closed = read(page), find_event(browser, "11:59:30")
    assert "補登簽退 11:59:30，登錄人 林〇任，理由：on paper" in said
    assert "採計 179 分鐘" in said
    assert f'<a href="/audit/event/{closed}">{closed}</a>' in page.text
    assert "date=2026-11-17" in page.text
    assert "date=2026-11-19" in page.text
    assert "林主任" not in page.text
    assert MARKUP not in page.text


def test_as_of_an_instant_it_says_what_was_on_record_then(browser: Browser) -> None:
    page = browser.get(f"/audit/day?volunteer={BEN}&date=2026-11-18&as_of=2026-11-21T08:59")
    said = read(page)
    assert ("11:59:30" in said, "這是截至 2026-11-21 08:59:00 的紀錄" in said) == (False, True)
    assert "as_of=2026-11-21T08%3A59" in page.text
    assert "11:59:30" in read(browser.get(f"/audit/day?volunteer={BEN}&date=2026-11-18&as_of=2026-11-21T09:00"))
    for typed, meant in (("2026-11-19", "2026-11-19 23:59:59"), ("2026-11-21T00:59Z", "2026-11-21 08:59:00")):
        said = read(browser.get(f"/audit/day?volunteer={BEN}&date=2026-11-18&as_of={typed}"))
        assert f"這是截至 {meant} 的紀錄" in said, said


def test_a_number_in_chinese_and_a_date_of_the_republic_are_found(browser: Browser) -> None:
    page = browser.get(f"/audit/day?volunteer={quote(CAT)}&date=115/11/19")
    assert page.status == 200
    assert f"volunteer={quote(CAT)}&amp;date=2026-11-18" in page.text


def test_a_day_without_anything_says_so(browser: Browser) -> None:
    for day in ("2026-12-24", "1900-01-01", "2199-12-31"):
        assert "這一天沒有任何紀錄" in read(browser.get(f"/audit/day?volunteer={ANN}&date={day}"))


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("volunteer=V999&date=2026-11-18", "查無這個志工編號"),
        ("volunteer=V002&date=2026-02-30", "看不懂這個日期"),
        ("volunteer=V002&date=26-02-03", "看不懂這個日期"),
        ("volunteer=V002", "看不懂這個日期"),
        ("date=2026-11-18", "查無這個志工編號"),
        ("volunteer=V002&date=2026-11-18&as_of=soon", "看不懂這個時間"),
        ("volunteer=V002&date=2026-11-18&as_of=1960-01-01T00:00", "紀錄從 1970-01-01"),
        ("volunteer=V002&date=2026-11-18&as_of=2190-01-01T00:00", "這個時間還沒到"),
        (f"volunteer={'x' * 5000}&date=2026-11-18", "查無這個志工編號"),
        (f"volunteer={quote(HOSTILE)}&date=2026-11-18", "查無這個志工編號"),
    ],
)
def test_what_cannot_be_shown_is_said_beside_the_field_and_kept(browser: Browser, query: str, sentence: str) -> None:
    page = browser.get(f"/audit/day?{query}")
    assert page.status == 422
    assert re.search(rf'<small id="\w+-hint">{sentence}', page.text)
    assert "<b>" not in page.text


# --- An event ---


def test_an_event_says_what_it_says_and_leads_to_the_day_that_it_bears_on(browser: Browser) -> None:
    page = browser.get(f"/audit/event/{find_event(browser, '11:59:30')}")
    said = read(page)
    assert "corrections.visit-closed" in said
    assert "理由 on paper" in said
    assert "登錄人 林〇任" in said
    assert f'href="/audit/day?volunteer={BEN}&amp;date=2026-11-18"' in page.text
    assert not PYTHON_VALUE.search(said)


def test_no_event_is_shown_with_a_value_of_python_or_a_card(browser: Browser) -> None:
    cards = [one["card"] for one in LINES if "card" in one]
    for position in range(1, 50):
        page = browser.get(f"/audit/event/{position}")
        assert page.status == 200
        assert not PYTHON_VALUE.search(read(page)), position
        assert not any(card in page.text for card in cards)


def test_the_form_leads_to_the_event(browser: Browser) -> None:
    found = browser.get("/audit/event?position=+5+")
    assert (found.status, found.headers["Location"]) == (303, "/audit/event/5")


@pytest.mark.parametrize("position", ["", "0", "x", "99999", "9" * 30, "-1", "5.0", "٥x"])
def test_a_number_that_no_event_has_is_said_beside_the_field(browser: Browser, position: str) -> None:
    page = browser.get(f"/audit/event?position={quote(position)}")
    assert (page.status, "沒有這一筆紀錄" in page.text) == (422, True)


@pytest.mark.parametrize("position", ["0", "99999", "x", "9" * 30, "-1", "%00", "٥"])
def test_an_address_of_no_event_is_not_found(browser: Browser, position: str) -> None:
    assert browser.get(f"/audit/event/{quote(position, safe='%')}").status == 404


# --- A difference ---


def test_a_difference_says_in_words_what_changed_by_whom_and_why(browser: Browser) -> None:
    page = browser.get("/audit/difference?from=2026-11-20T12:00&to=2026-11-21T12:00&volunteer=V002")
    said, closed = read(page), find_event(browser, "11:59:30")
    assert "狀態 未簽退 已簽退" in said
    assert "不採計 08:55- 未簽退 08:55-09:00 非排班時間" in said
    assert f"事件 {closed}，2026-11-21 09:00 登錄：補登簽退，登錄人 林〇任，理由：on paper" in said
    assert f'href="/audit/event/{closed}"' in page.text
    assert f'href="/audit/day?volunteer={BEN}&amp;date=2026-11-18"' in page.text
    assert not PYTHON_VALUE.search(said)


def test_it_can_be_narrowed_to_a_volunteer_and_may_be_empty(browser: Browser) -> None:
    query = "from=2026-11-20T12:00&to=2026-11-21T12:00"
    assert f"volunteer={ANN}" in browser.get(f"/audit/difference?{query}").text
    assert f"volunteer={ANN}" not in browser.get(f"/audit/difference?{query}&volunteer={BEN}").text
    assert "這段時間沒有任何改變" in browser.get("/audit/difference?from=2026-11-21T10:00&to=2026-11-21T10:00").text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("from=2026-11-20T12:00", "看不懂這個時間"),
        ("from=2026-11-20T25:00&to=2026-11-21T12:00", "看不懂這個時間"),
        ("from=1950-01-01T00:00&to=2026-11-21T12:00", "紀錄從 1970-01-01"),
        ("from=2026-11-20T12:00&to=2199-01-01", "這個時間還沒到"),
        ("from=2026-11-20T12:00&to=2026-11-21T12:00&volunteer=V0O2", "查無這個志工編號"),
    ],
)
def test_what_cannot_be_compared_is_said_beside_the_field(browser: Browser, query: str, sentence: str) -> None:
    page = browser.get(f"/audit/difference?{query}")
    assert page.status == 422
    assert re.search(rf'<small id="\w+-hint">{sentence}', page.text)
    assert "這段時間沒有任何改變" not in page.text


@pytest.mark.parametrize("typed", ["v002", "Ｖ００２", " V002 "])
@pytest.mark.parametrize("path", ["day?date=2026-11-18", "difference?from=2026-11-20T12:00&to=2026-11-21T12:00"])
def test_a_number_is_found_in_small_and_wide_letters(browser: Browser, path: str, typed: str) -> None:
    as_kept, as_typed = (browser.get(f"/audit/{path}&volunteer={quote(number)}") for number in (BEN, typed))
    assert (as_typed.status, read(as_typed)) == (200, read(as_kept))


@pytest.mark.parametrize("page", ["0", "2", "999999", "x", "-1", "9" * 500])
def test_a_page_that_is_not_there_is_the_nearest_one(browser: Browser, page: str) -> None:
    query = "from=2026-11-20T12:00&to=2026-11-21T12:00"
    assert browser.get(f"/audit/difference?{query}&page={page}").status == 200


# --- A day, played ---


def test_a_past_day_stands_where_it_stood_at_an_instant_and_can_be_stepped(browser: Browser) -> None:
    before, after = (read(browser.get(f"/audit/play?date=2026-11-18&at={at}")) for at in ("08:54:59", "08:55"))
    assert ("在場 08:55" in before, "在場 08:55" in after) == (False, True)
    page = browser.get("/audit/play?date=2026-11-18&at=08:50")
    step = re.search(r'href="(/audit/play\?date=2026-11-18&amp;at=[\d:]+)">下一步', page.text)
    assert step
    stepped = browser.get(step[1].replace("&amp;", "&"))
    assert "08:55:00" in step[1]
    assert 'aria-current="step"' in stepped.text
    assert "上一步" not in read(page)
    assert "於 " not in read(stepped)


def test_without_a_time_it_begins_before_the_first_thing(browser: Browser) -> None:
    assert "在場 0" in read(browser.get("/audit/play?date=2026-11-18"))


def test_what_was_corrected_later_is_not_known_yet(browser: Browser) -> None:
    said = read(browser.get("/audit/play?date=2026-11-18&at=23:00"))
    assert ("未簽退，08:55 到班" in said, "11:59" in said) == (True, False)


def test_hours_after_midnight_belong_to_the_day(browser: Browser) -> None:
    assert "翌日 01:30" in read(browser.get("/audit/play?date=2026-11-18&at=01:30"))


def test_several_days_can_be_played_in_turn(browser: Browser) -> None:
    for day in ("2026-11-17", "2026-11-18", "2026-11-19", "2026-11-17"):
        assert browser.get(f"/audit/play?date={day}").status == 200


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("date=2026-13-18", "看不懂這個日期"),
        ("date=2026-11-18&at=25:00", "看不懂這個時間"),
        ("date=2026-11-18&at=9", "看不懂這個時間"),
        ("date=2199-11-18", "這一天還沒到"),
        ("date=2025-11-18", "這一天沒有刷卡，也沒有排班"),
        ("date=1960-11-18", "這一天系統還沒有任何紀錄"),
    ],
)
def test_a_day_that_cannot_be_played_is_said_beside_the_field(browser: Browser, query: str, sentence: str) -> None:
    page = browser.get(f"/audit/play?{query}")
    assert (page.status, sentence in page.text) == (422, True)


def list_scratch_folders(home: Path) -> list[str]:
    return [path.name for path in home.iterdir() if path.name.startswith(PREFIX)]


def test_two_days_are_kept_at_most_and_none_when_the_home_is_closed(office: DeskSite, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(office.home, tmp_path / "home", ignore=shutil.ignore_patterns(f"{PREFIX}*")))
    with Home.open(copy) as home:
        days = PlayedDays(home)
        for day in (17, 18, 19):
            assert days.show(date(2026, 11, day), time(9)).view.day == date(2026, 11, day)
        assert len(list_scratch_folders(copy)) == MOST_DAYS
    assert list_scratch_folders(copy) == []


# --- Heads of the log ---


def test_an_auditor_sees_what_was_signed_and_comes_to_the_receipt(office: DeskSite, browser: Browser) -> None:
    assert "還沒有簽署過" in browser.get("/audit/heads").text
    with Home.open(office.home) as home:
        position = sign_head(home).checkpoint.head.position

    page = browser.get("/audit/heads").text
    assert f">{position}</td>" in page
    assert "接得上" in page
    assert 'role="alert"' not in page
    assert "/documents/show?document=head_receipt" in page
    assert browser.get("/documents/show?document=head_receipt").status == 200


@pytest.mark.parametrize("ahead", [1, 99])
def test_the_events_since_the_last_signature_are_counted_from_a_head_that_the_log_extends(
    office: DeskSite, browser: Browser, ahead: int
) -> None:
    """A head of the future that a person put beside is shown as what it is, and counts for nothing else."""
    with Home.open(office.home) as home:
        proved = sign_head(home)
    position = proved.checkpoint.head.position
    planted = office.home / "heads" / "planted.txt"
    planted.write_text(proved.format().replace(f"\n{position}\n", f"\n{position + ahead}\n"))

    page = browser.get("/audit/heads").text
    planted.unlink()
    assert f">{position + ahead}</td>" in page
    assert 'role="alert"' in page
    assert "<dt>最近一次簽署之後的事件筆數</dt><dd>0</dd>" in page


# --- All pages ---


@pytest.mark.parametrize(
    "path",
    [
        "/audit?month=2026-11",
        "/audit/day?volunteer=V002&date=2026-11-18",
        "/audit/event/5",
        "/audit/difference?from=2026-11-20T12:00&to=2026-11-21T12:00",
        "/audit/play?date=2026-11-18&at=10:00",
        "/audit/heads",
    ],
)
def test_every_page_is_there_in_english_too(browser: Browser, path: str) -> None:
    chinese, english = browser.get(path), browser.get(path, **{"Accept-Language": "en"})
    assert (chinese.status, english.status) == (200, 200)
    assert ("稽核" in chinese.text, "Audit" in english.text) == (True, True)
