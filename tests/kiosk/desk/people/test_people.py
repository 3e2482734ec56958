"""The pages about people: enrolling in one form, the list, and who may change anything."""

from urllib.parse import quote

import pytest

from domain.model.desk_account import Role
from tests.kiosk.desk.conftest import ROLES, Browser, DeskSite
from tests.kiosk.desk.people.conftest import enrol, find_hint, list_volunteers, post, show

POSTS = ("/people/new", "/people/person", "/people/data", "/people/change", "/people/reader", "/people/export")


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


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("text=v06", ["V060", "V061", "V062"]),
        ("text=ｖ０６", ["V060", "V061", "V062"]),
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


@pytest.mark.parametrize("role", [role for role in ROLES if role != "coordinator"])
def test_only_coordinators_change_anything(site: DeskSite, role: Role) -> None:
    other = site.share_browser(role)
    assert [other.post(path, {"token": "any"}).status for path in POSTS] == [403] * len(POSTS)
    assert [other.get(path).status for path in POSTS] == [403] * len(POSTS)


@pytest.mark.parametrize("path", POSTS[1:-1])
def test_an_unknown_number_is_no_page(browser: Browser, path: str) -> None:
    assert post(browser, path, volunteer="nobody").status == 404
    assert browser.get(f"{path}?volunteer=nobody").status == (422 if path == "/people/reader" else 404)
