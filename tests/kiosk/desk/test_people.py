"""The pages about people: enrolling in one form, correcting a name, what can be done, and who saw which data."""

import json
from collections.abc import Generator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from domain.model.desk_account import Role
from domain.model.volunteer import Volunteer
from kiosk.desk.downloads import build_file
from kiosk.desk.home_access import HomeCommands, HomeReader
from kiosk.desk.people.source import HomePeople
from kiosk.home import Home
from tests.kiosk.desk.conftest import PASSWORD, ROLES, Browser, DeskSite, Page, fill_home, serve
from tests.kiosk.readers.test_issue_while_open import OpenEntrance, present
from tests.support.kiosk_program import add_reader, run_kiosk

NEW = {
    "name": "陳大文",
    "mode": "rostered",
    "agreement_from": "民國 115 年 3 月 1 日",
    "birth_date": "45/3/1",
    "gender": "female",
    "telephone": "02-2345-6789",
}
POSTS = ("/people/new", "/people/person", "/people/data", "/people/change", "/people/reader", "/people/export")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Generator[DeskSite]:
    """A desk whose home has a reader that is not plugged in."""
    home = fill_home(tmp_path_factory.mktemp("desk"))
    with serve(add_reader(home, "/dev/ttyUSB77")) as served:
        yield served


@pytest.fixture(scope="module")
def browser(site: DeskSite) -> Browser:
    """A coordinator's."""
    return site.share_browser("coordinator")


def post(browser: Browser, path: str, form: str = "", **fields: str) -> Page:
    """Send a form with the token of the session, and an id of its own where none is given."""
    page = browser.get("/people/new")
    made = page.text.split('name="form" value="')[1].partition('"')[0]
    return browser.post(path, {"token": page.token, "form": form or made, **fields})


def enrol(browser: Browser, number: str, **fields: str) -> Page:
    return post(browser, "/people/new", **{**NEW, "volunteer": number, **fields})


def show(browser: Browser, number: str) -> str:
    return browser.get(f"/people/person?volunteer={quote(number)}").text


def act(browser: Browser, number: str, name: str, **fields: str) -> Page:
    return post(browser, "/people/person", act=name, volunteer=number, **fields)


def open_data(browser: Browser, number: str, **why: str) -> Page:
    return post(browser, "/people/data", volunteer=number, **(why or {"purpose": "contact"}))


def find_hint(page: Page, field: str) -> str:
    """What stands beside a field."""
    return page.text.partition(f'id="{field}-hint">')[2].partition("<")[0]


def list_accesses(site: DeskSite) -> list[dict[str, Any]]:
    return json.loads(run_kiosk("accesses", "--format", "json", "--home", site.home).out)


def list_volunteers(site: DeskSite, number: str) -> dict[str, Any]:
    rows = json.loads(run_kiosk("volunteers", "--format", "json", "--home", site.home).out)
    return next(row for row in rows if row["volunteer"] == number)


# --- Enrolling ---


def test_one_form_enrols_with_trainings_an_end_and_a_card(site: DeskSite, browser: Browser) -> None:
    trainings = {"basic_on": "115/3/1", "special_on": "1150302", "special_category": "戶政"}
    page = enrol(browser, "V010", **trainings, card="04:A1:B2:C3:D4:E5:F6", agreement_to="2027-02-28")
    assert (page.status, page.headers["Location"]) == (303, "/people/person?volunteer=V010")
    row = list_volunteers(site, "V010")
    assert (row["name"], row["agreement_from"], row["agreement_to"]) == ("陳〇文", "2026-03-01", "2027-02-28")
    assert (row["trainings"], row["trainings_missing"], row["cards"]) == (["basic", "special 戶政"], [], 1)
    assert "已登錄志工 V010" in show(browser, "V010")


def test_a_form_that_is_sent_twice_enrols_once(site: DeskSite, browser: Browser) -> None:
    first = enrol(browser, "V011", form="twice", card="04A1B2C3D4E511")
    again = enrol(browser, "V011", form="twice", card="04A1B2C3D4E511")
    assert [page.status for page in (first, again)] == [303, 303]
    assert "已經送出過" in show(browser, "V011")
    assert list_volunteers(site, "V011")["cards"] == 1


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(browser: Browser) -> None:
    page = enrol(browser, "V012", birth_date="45/13/1", telephone="x" * 129, card="nothing of a card", notes="喜歡貓")
    assert page.status == 422
    assert 'value="45/13/1" aria-describedby="birth_date-hint" aria-invalid="true"' in page.text
    assert all(
        text in page.text for text in ("看不懂這個日期", "最多 128 個字", "看不出是哪一張卡", "喜歡貓", "陳大文")
    )
    assert browser.get("/people/person?volunteer=V012").status == 404


def test_where_the_card_is_held_by_another_nothing_is_done(browser: Browser) -> None:
    page = enrol(browser, "V013", card="04000000000001")
    assert page.status == 422
    assert '<input id="card" name="card" type="text" value="04000000000001" aria-describedby="card-hint"' in page.text
    assert "V001" in find_hint(page, "card")
    assert browser.get("/people/person?volunteer=V013").status == 404


def test_a_number_that_is_taken_is_refused_beside_it_and_the_next_is_suggested(browser: Browser) -> None:
    assert "V001" in find_hint(enrol(browser, "V001"), "volunteer")
    enrol(browser, "V020")
    assert 'name="volunteer" type="text" value="V021"' in browser.get("/people/new").text


def test_a_special_training_needs_its_category(browser: Browser) -> None:
    assert "這一欄要填" in enrol(browser, "V014", special_on="115/3/2").text


@pytest.mark.parametrize("number", ["A/B ?&=#%", "王<b>𠮷", "x" * 128])
def test_any_number_has_a_page(browser: Browser, number: str) -> None:
    page = enrol(browser, number)
    assert page.status == 303
    assert browser.get(page.headers["Location"]).status == 200
    assert "<b>" not in show(browser, number)


# --- Changing ---


def change(browser: Browser, number: str, shown: dict[str, str], **typed: str) -> Page:
    kept = {f"shown_{name}": value for name, value in shown.items()}
    return post(browser, "/people/change", volunteer=number, **kept, **{**shown, **typed})


def test_a_corrected_name_keeps_its_number(site: DeskSite, browser: Browser) -> None:
    enrol(browser, "V030", name="陳大聞")
    assert change(browser, "V030", {"name": "陳大聞"}, name="陳大文", reason="打錯字").status == 303
    assert "陳〇文" in show(browser, "V030")
    (row,) = json.loads(run_kiosk("volunteers", "--changes", "--format", "json", "--home", site.home).out)
    assert (row["volunteer"], row["fields"], row["by"], row["reason"]) == ("V030", ["name"], "coordinator", "打錯字")


def test_a_field_that_another_person_changed_meanwhile_is_not_overwritten(browser: Browser) -> None:
    enrol(browser, "V031")
    shown = {"name": "陳大文", "telephone": "02-2345-6789"}
    assert change(browser, "V031", shown, telephone="1111").status == 303
    page = change(browser, "V031", shown, telephone="2222")
    assert page.status == 422
    assert "剛才有別人改過" in page.text
    assert 'name="telephone" type="text" value="2222"' in page.text
    assert "1111" not in page.text, "what stands there now is shown to nobody who has not asked"
    assert "1111" in open_data(browser, "V031").text


def test_another_field_is_changed_all_the_same(browser: Browser) -> None:
    enrol(browser, "V032")
    shown = {"name": "陳大文", "telephone": "02-2345-6789"}
    change(browser, "V032", shown, telephone="1111")
    assert change(browser, "V032", shown, name="陳小文").status == 303
    assert all(text in open_data(browser, "V032").text for text in ("1111", "陳小文"))


def test_a_change_that_is_sent_twice_is_no_conflict(browser: Browser) -> None:
    enrol(browser, "V033")
    for _ in range(2):
        assert change(browser, "V033", {"name": "陳大文"}, form="once", name="陳小文").status == 303


def test_a_change_with_a_fault_keeps_what_was_typed(browser: Browser) -> None:
    enrol(browser, "V034")
    page = change(browser, "V034", {"name": "陳大文"}, birth_date="2026-02-30", address="臺中市")
    assert (page.status, "2026-02-30" in page.text, "臺中市" in page.text) == (422, True, True)
    assert "臺中市" not in open_data(browser, "V034").text


# --- Who saw which data ---


def test_all_data_are_shown_once_it_is_recorded_why(site: DeskSite, browser: Browser) -> None:
    enrol(browser, "V040", emergency_contact="王太太 0912")
    assert "王太太" not in show(browser, "V040")
    before = len(list_accesses(site))
    page = open_data(browser, "V040", purpose="emergency", reason="救護車")
    assert (page.status, "王太太 0912" in page.text, "陳大文" in page.text) == (200, True, True)
    *earlier, row = list_accesses(site)
    assert len(earlier) == before
    assert {name: row[name] for name in ("by", "shown", "volunteers", "purpose", "reason")} == {
        "by": "coordinator",
        "shown": "person",
        "volunteers": ["V040"],
        "purpose": "emergency",
        "reason": "救護車",
    }
    assert "王太太" not in show(browser, "V040"), "the next page is masked again"
    assert browser.get("/people/data?volunteer=V040").headers["Location"] == "/people/person?volunteer=V040"


@pytest.mark.parametrize("why", [{"purpose": ""}, {"purpose": "curious"}, {"purpose": "other"}, {"reason": "x"}])
def test_without_a_reason_nothing_is_shown_or_recorded(site: DeskSite, browser: Browser, why: dict[str, str]) -> None:
    before = list_accesses(site)
    page = open_data(browser, "V001", **why)
    assert page.status == 422
    assert '<details class="act" open>' in page.text
    assert list_accesses(site) == before


def test_once_a_person_is_erased_the_access_stays_and_what_was_typed_goes(site: DeskSite, browser: Browser) -> None:
    enrol(browser, "V041", agreement_from="2026-01-01", agreement_to="2026-03-01")
    assert open_data(browser, "V041", purpose="other", reason="家人住院").status == 200
    assert run_kiosk("erase", "V041", "--basis", "request", "--yes", "--home", site.home).status == 0
    row = next(row for row in list_accesses(site) if row["purpose"] == "other")
    assert (row["volunteers"][0][:7], row["reason"], row["reason_lost"]) == ("erased-", None, "erased")
    assert browser.get("/people/person?volunteer=V041").status == 404
    page = browser.get(f"/people/person?volunteer={row['volunteers'][0]}")
    assert (page.status, '<form method="post" action="/people' in page.text) == (200, False)


# --- What can be done ---


def test_trainings_are_recorded(site: DeskSite, browser: Browser) -> None:
    enrol(browser, "V050")
    done = act(
        browser, "V050", "training", training_kind="basic", training_on="115/3/5", training_certificate="字第 5 號"
    )
    assert done.status == 303
    assert "訓練已登錄" in show(browser, "V050")
    assert act(browser, "V050", "training", training_kind="special", training_on="115/3/5").status == 422
    assert list_volunteers(site, "V050")["trainings"] == ["basic"]


def test_a_part_of_a_training_is_shown_with_what_is_missing(site: DeskSite, browser: Browser) -> None:
    """R-004: 3.5 of 4 hours are not complete, 4 are."""
    enrol(browser, "V059")
    of_special = {"training_kind": "special", "training_category": "戶政"}
    assert act(browser, "V059", "training", **of_special, training_on="115/3/5", training_hours="x").status == 422
    assert act(browser, "V059", "training", **of_special, training_on="115/3/5", training_hours="3.5").status == 303
    assert "已上 3.5 小時，共需 4 小時" in show(browser, "V059")
    assert act(browser, "V059", "training", **of_special, training_on="115/3/9", training_hours="0.5").status == 303
    assert "已上" not in show(browser, "V059")
    assert list_volunteers(site, "V059")["trainings"] == ["special 戶政"]


def test_a_lost_card_is_revoked_as_the_new_one_is_issued(site: DeskSite, browser: Browser) -> None:
    enrol(browser, "V051", card="04A1B2C3D4E551")
    which = show(browser, "V051").split('<option value="')[1:]
    position = next(one.partition('"')[0] for one in which if "2026-11" in one)
    held = act(browser, "V051", "replace", replace_which=position, replace_card="04000000000001")
    assert (held.status, "V001" in held.text.partition('role="alert"')[2][:200]) == (422, True)
    assert list_volunteers(site, "V051")["cards"] == 1, "the old card is not revoked where there is no new one"
    assert act(browser, "V051", "replace", replace_which=position, replace_card="04A1B2C3D4E552").status == 303
    assert list_volunteers(site, "V051")["cards"] == 1
    assert enrol(browser, "V052", card="04A1B2C3D4E551").status == 303, "the old one can be given to another"
    again = act(browser, "V051", "revoke", revoke_which=position, revoke_reason="twice")
    assert again.status == 422, "that card is not held by V051 any more"


def test_service_pauses_goes_on_is_renewed_and_ends(site: DeskSite, browser: Browser) -> None:
    enrol(browser, "V053")
    assert act(browser, "V053", "resume", resume_on="115/10/1").headers["Location"].endswith("V053"), "nothing pauses"
    assert act(browser, "V053", "suspend", suspend_from="115/10/1").status == 303
    assert list_volunteers(site, "V053")["standing"] == "suspended"
    assert act(browser, "V053", "resume", resume_on="115/10/9").status == 303
    assert act(browser, "V053", "renew", renew_from="115/3/1").status == 422, "no later than the one in force"
    assert act(browser, "V053", "renew", renew_from="115/10/15").status == 303
    assert act(browser, "V053", "end", end_on="115/10/20").status == 422, "without a reason"
    assert act(browser, "V053", "end", end_on="115/10/20", end_reason="搬家").status == 303
    row = list_volunteers(site, "V053")
    assert (row["standing"], row["agreement_from"], row["agreement_to"]) == (
        "agreement_ended",
        "2026-10-15",
        "2026-10-20",
    )


def test_a_reader_that_does_not_answer_is_said(browser: Browser) -> None:
    enrol(browser, "V054")
    assert "刷兩次" in browser.get("/people/reader?volunteer=V054").text
    page = post(browser, "/people/reader", volunteer="V054", reader="door")
    assert (page.status, "沒有發卡：" in page.text) == (422, True)


def test_a_card_is_issued_at_the_reader_of_an_open_entrance(site: DeskSite, browser: Browser) -> None:
    enrol(browser, "V055")
    with OpenEntrance(site.home, [present("E:01026F6C3A")] * 2).run():
        assert post(browser, "/people/reader", volunteer="V055", reader="door").status == 303
    assert "E:…C3A" in show(browser, "V055")
    assert list_volunteers(site, "V055")["cards"] == 1


@pytest.mark.parametrize(
    ("text", "card"),
    [
        ("04000000000001", "A:04000000000001"),
        ("04:a1 b2-c3.d4e5f6", "A:04A1B2C3D4E5F6"),
        ("26DEFAE7", "A:26DEFAE7"),
        ("A:12345678", "A:12345678"),
        ("E:01026F6C3A", "E:01026F6C3A"),
        ("01026F6C3A", "E:01026F6C3A"),
        ("00437,00623", None),
        ("12345678", None),
        ("王小明", None),
        ("0040856634", None),
        ("E:0102", None),
        ("00026F6C3A", "E:00026F6C3A"),
        ("1" * 5_000, None),
    ],
)
def test_a_card_is_taken_where_the_text_says_which_it_is(site: DeskSite, text: str, card: str | None) -> None:
    with Home.open(site.home) as home:
        assert HomePeople(HomeReader(home), HomeCommands(home)).parse_card(text) == card


def test_digits_of_a_fob_are_the_number_that_the_reader_reads(simulation: Path) -> None:
    with Home.open(add_reader(simulation, "/dev/ttyUSB78", "em-8h10d")) as home:
        people = HomePeople(HomeReader(home), HomeCommands(home))
        assert [people.parse_card(text) for text in ("0040856634", "0040856634 623,27706")] == ["E4:026F6C3A"] * 2


# --- The list ---


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("text=v06", ["V060", "V061", "V062"]),
        ("text=林測", ["V060", "V061"]),
        ("text=%20林 測 甲", ["V060"]),
        ("text=04A1B2C3D4E560", ["V060"]),
        ("text=%3Cscript%3E%F0%A0%AE%B7", []),
        ("text=林測&lack=card", ["V061"]),
        ("text=林測&lack=training", ["V060", "V061"]),
        ("text=林測&lack=ending&days=400", ["V061"]),
        ("text=林測&lack=ending&days=10", []),
        ("text=v06&order=name", ["V062", "V061", "V060"]),
        ("text=v06&order=agreement_to", ["V061", "V060", "V062"]),
        ("text=v06&lack=nonsense&order=x&days=-1&page=9", ["V060", "V061", "V062"]),
    ],
)
def test_the_list_is_searched_filtered_and_sorted(browser: Browser, query: str, numbers: list[str]) -> None:
    if browser.get("/people/person?volunteer=V060").status == 404:
        enrol(browser, "V060", name="林測甲", card="04A1B2C3D4E560")
        enrol(browser, "V061", name="林測乙", agreement_to="2027-02-28")
        enrol(browser, "V062", name="丁測")
    page = browser.get(f"/people?{quote(query, safe='=&%')}")
    assert page.status == 200
    assert [part.partition("<")[0] for part in page.text.split('"number"><a href="/people/person?volunteer=')[1:]] == [
        f'{number}">{number}' for number in numbers
    ]
    assert "林測甲" not in page.text


# --- The list as a file ---


def export(browser: Browser, form: str, **fields: str) -> Page:
    own = {"purpose": "papers", "password_own": PASSWORD, "format": form}
    return post(browser, "/people/export", **{**own, **fields})


def test_the_list_is_exported_with_names_once_that_is_recorded(site: DeskSite, browser: Browser) -> None:
    enrol(browser, "V070", name="匯出者", telephone="=1+1")
    before = len(list_accesses(site))
    page = export(browser, "csv", text="匯出者")
    header, row, end = page.text.removeprefix("\ufeff").split("\r\n")
    assert (page.status, end, header.split(",")[:3]) == (200, "", ["志工編號", "姓名", "出生日期"])
    assert row.split(",")[:3] == ["V070", "匯出者", "1956-03-01"]
    assert "'=1+1" in row, "a spreadsheet computes nothing"
    assert "attachment" in page.headers["content-disposition"]
    *_, recorded = list_accesses(site)
    assert len(list_accesses(site)) == before + 1
    assert (recorded["shown"], recorded["volunteers"], recorded["purpose"]) == ("export", ["V070"], "papers")


@pytest.mark.parametrize(
    "wrong", [{"password_own": "battery staple 9"}, {"purpose": ""}, {"purpose": "other"}, {"format": "exe"}]
)
def test_without_password_or_reason_nothing_is_exported(
    site: DeskSite, browser: Browser, wrong: dict[str, str]
) -> None:
    before = list_accesses(site)
    page = export(browser, "csv", **wrong)
    assert (page.status, "content-disposition" in page.headers) == (422, False)
    assert list_accesses(site) == before


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_the_list_is_a_workbook(form: str) -> None:
    assert build_file("志工", [{"姓名": "王"}], form)[:2] == b"PK"


# --- Record book, badge and insurance ---


def test_a_record_book_is_registered_once_and_a_lost_one_replaced(browser: Browser) -> None:
    """R-009, R-010; the number is not shown."""
    enrol(browser, "V080")
    enrol(browser, "V081")
    assert "<dt>紀錄冊</dt><dd>還沒有登記</dd>" in show(browser, "V080")
    book = {"book_number": "110-0042", "book_issued_on": "110/3/2", "book_authority": "臺中市政府"}
    assert act(browser, "V080", "book", **book).status == 303
    page = show(browser, "V080")
    assert ("<dt>紀錄冊</dt><dd>有</dd>" in page, "110-0042" in page) == (True, False)
    refused = act(browser, "V081", "book", book_number="１１０-0042")
    assert (refused.status, "這個冊號是志工 V080 的紀錄冊" in refused.text) == (422, True)
    assert 'value="１１０-0042"' in refused.text, "what was typed is kept"
    assert act(browser, "V080", "reissue", reissue_why="lost", reissue_number="115-0001").status == 303


def test_who_keeps_the_record_book_is_stated(browser: Browser) -> None:
    """R-012 Ex: spot check of a day."""
    enrol(browser, "V089")
    act(browser, "V089", "book")
    assert "<dt>紀錄冊</dt><dd>有，還不知道冊號</dd>" in show(browser, "V089")
    assert act(browser, "V089", "custody", custody="with_volunteer", custody_on="2026-01-19").status == 303
    assert "2026-01-19 確認由本人保管" in show(browser, "V089")
    assert act(browser, "V089", "custody", custody="elsewhere", custody_on="2026-01-20").status == 303
    assert "<br>2026-01-20 確認不在本人手上</dd>" in show(browser, "V089")


def test_a_badge_waits_for_training_and_is_taken_back(browser: Browser) -> None:
    """R-006, R-008."""
    enrol(browser, "V082")
    refused = act(browser, "V082", "badge", badge_number="115-07")
    assert (refused.status, "缺少的訓練：基礎訓練、特殊訓練 戶政" in refused.text) == (422, True)
    enrol(browser, "V083", basic_on="115/3/1", special_on="115/3/1", special_category="戶政")
    assert act(browser, "V083", "badge", badge_number="115-07", badge_expires_on="2099-12-31").status == 303
    assert "有效，到 2099-12-31" in show(browser, "V083")
    assert act(browser, "V083", "badge_back", badge_back_reason="調離").status == 303
    assert "已經收回" in show(browser, "V083")


def test_insurance_is_entered_renewed_and_a_wrong_entry_taken_back(browser: Browser) -> None:
    """R-071, R-100, R-121."""
    enrol(browser, "V084")
    wrong = act(browser, "V084", "insure", insured_from="2026/2/30", insured_to="2026-12-31")
    assert (wrong.status, "看不懂這個日期" in find_hint(wrong, "insured_from")) == (422, True)
    assert "V084" in browser.get("/people?lack=insurance").text
    assert act(browser, "V084", "insure", insured_from="2020-01-01", insured_to="2098-12-31").status == 303
    page = show(browser, "V084")
    assert "<dd>2020-01-01 到 2098-12-31</dd>" in page
    listed = browser.get("/people?lack=insurance").text
    assert ("volunteer=V084" in listed, "投保 1／" in listed) == (False, True)
    entry = page.split('name="paper_entry"')[1].split('value="')[1].partition('"')[0]
    assert act(browser, "V084", "paper", paper_entry=entry, paper_reason="打錯人").status == 303
    assert "今天沒有登記保險" in show(browser, "V084")


def test_who_has_no_record_book_is_listed(browser: Browser) -> None:
    """R-101."""
    enrol(browser, "V085")
    enrol(browser, "V086")
    act(browser, "V085", "book", book_number="110-0085")
    listed = browser.get("/people?lack=book").text
    assert ("volunteer=V085" in listed, "volunteer=V086" in listed, "領冊" in listed) == (False, True, True)


def test_a_national_id_that_is_mistyped_is_a_fault_of_its_field(browser: Browser) -> None:
    """R-014, V-19."""
    page = enrol(browser, "V087", national_id="A123456788")
    assert (page.status, "號碼不對" in find_hint(page, "national_id")) == (422, True)
    assert enrol(browser, "V087", national_id="a123456789", education="大學").status == 303
    assert "A123456789" not in show(browser, "V087")
    assert 'value="A123456789"' in open_data(browser, "V087").text


def test_why_a_volunteer_leaves_is_chosen_from_a_list(site: DeskSite, browser: Browser) -> None:
    """R-077."""
    enrol(browser, "V088")
    assert act(browser, "V088", "end", end_on="2026-04-01", end_code="moved", end_reason="搬到臺南").status == 303
    with Home.open(site.home) as home:
        volunteer = home.people.find_id("V088")
        assert volunteer
        ended = home.log.read_stream(volunteer)[-1].event
        assert isinstance(ended, Volunteer.AgreementEnded)
        assert ended.reason_code == "moved"


# --- Who may ---


@pytest.mark.parametrize("role", [role for role in ROLES if role != "coordinator"])
def test_only_coordinators_change_anything(site: DeskSite, role: Role) -> None:
    other = site.share_browser(role)
    assert [other.post(path, {"token": "any"}).status for path in POSTS] == [403] * len(POSTS)
    assert [other.get(path).status for path in POSTS] == [403] * len(POSTS)


@pytest.mark.parametrize("path", POSTS[1:-1])
def test_an_unknown_number_is_no_page(browser: Browser, path: str) -> None:
    assert post(browser, path, volunteer="nobody").status == 404
    assert browser.get(f"{path}?volunteer=nobody").status == 404


def test_a_training_that_was_mistyped_is_taken_back_and_basic_training_names_its_modules(browser: Browser) -> None:
    """R-003, R-121: two of three modules are not complete; without one of them one is left."""
    enrol(browser, "V087")

    def train(on: str, *modules: str) -> Page:
        boxes = {f"training_{module}": "yes" for module in modules}
        return act(browser, "V087", "training", training_kind="basic", training_on=on, **boxes)

    assert train("2026-09-01", "ethics", "regulations").status == 303
    assert "志願服務經驗分享" in show(browser, "V087").split('class="acts"')[0]
    assert train("2026-09-05", "experience").status == 303
    page = show(browser, "V087")
    assert "基礎訓練 2026-09-05" in page
    entry = page.split("基礎訓練：2026-09-05")[0].rpartition('value="')[2].partition('"')[0]
    assert act(browser, "V087", "paper", paper_entry=entry, paper_reason="打錯人").status == 303
    page = show(browser, "V087").split('class="acts"')[0]
    assert ("基礎訓練 2026-09-05" in page, "志願服務經驗分享" in page) == (False, True)
    special = act(
        browser, "V087", "training", training_kind="special", training_category="戶政", training_on="2026-09-05"
    )
    assert special.status == 303
    assert "特殊訓練 戶政：2026-09-05" in show(browser, "V087")


def test_modules_of_another_training_are_refused_with_a_sentence(browser: Browser) -> None:
    """R-003."""
    enrol(browser, "V088")
    page = act(browser, "V088", "training", training_kind="growth", training_on="2026-09-05", training_ethics="yes")
    assert (page.status, "message alarm" in page.text) == (422, True)
    assert 'name="training_ethics" value="yes" checked' in page.text
