"""The unit at the desk: it is opened, gets its calendar, its rules are changed after a preview, and its accounts."""

from collections.abc import Generator
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import pytest

from domain.model.desk_account import Role
from domain.policy import PARAMETERS
from kiosk.accounts.accounts import Accounts
from kiosk.accounts.passwords import Password
from kiosk.home import Home
from kiosk.people.file import SYSTEM_ACTOR
from kiosk.words.desk.unit import UNIT
from tests.kiosk.desk.conftest import PASSWORD, Browser, DeskSite, Page, encode_upload, serve
from tests.kiosk.test_office_calendar import HEADER, ROWS
from tests.support.html_forms import find_form, find_values
from tests.support.kiosk_program import run_kiosk, write_batch

OPENING = {
    "name": "清水戶政事務所",
    "kind": "public",
    "category": "戶政",
    "day": "1",
    "opens": "08:00",
    "closes": "17:00",
}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Generator[DeskSite]:
    """The desk of a home in which nothing has happened yet."""
    folder = tmp_path_factory.mktemp("empty") / "home"
    Home.make(folder, simulation=False).close()
    add_account(folder, "lin", "coordinator")
    with serve(folder) as served:
        yield served


def add_account(folder: Path, name: str, role: Role) -> None:
    with Home.open(folder) as home:
        Accounts(home).add(name, role, Password(PASSWORD), home.people.ensure_actor(SYSTEM_ACTOR))


def send(browser: Browser, page: str, path: str, fields: dict[str, str]) -> Page:
    """Fill in the form of a page and send it."""
    return browser.post(
        path, {"token": browser.get(page).token, "form": str(uuid5(NAMESPACE_URL, f"{path} {fields}")), **fields}
    )


def test_a_unit_is_opened_gets_a_calendar_and_its_page_says_so(empty: DeskSite) -> None:
    browser = empty.share_browser("lin")
    assert "單位還沒啟用" in browser.get("/unit").text
    for _ in range(2):  # the button was pressed twice
        assert send(browser, "/unit", "/unit/open", OPENING).status == 303
    page = browser.get("/unit").text
    assert "清水戶政事務所" in page
    assert "一　08:00–17:00" in page
    refused = send(browser, "/unit", "/unit/open", {**OPENING, "name": "另一個"})
    assert (refused.status, "另一個" in browser.get("/unit").text) == (422, False)
    assert import_calendar(browser, "2027").status == 303
    page = browser.get("/unit").text
    assert "2027 年的辦公日曆已經匯入。" in page
    assert "<td>2027</td>" in page
    assert "已經匯入" not in browser.get("/unit").text, "a message is shown once"


def import_calendar(browser: Browser, year: str, name: str = "", content: bytes = b"") -> Page:
    page = browser.get("/unit").text
    form = page.split('action="/unit/calendar"')[1]
    fields = {field: form.split(f'name="{field}" value="')[1].partition('"')[0] for field in ("token", "form")}
    return browser.send_upload("/unit/calendar", encode_upload({**fields, "year": year}, name, content))


def test_the_official_file_of_a_year_is_imported_from_the_browser(november: DeskSite) -> None:
    browser, content = november.share_browser("lin"), "\r\n".join([HEADER, *ROWS, ""]).encode("big5")
    assert import_calendar(browser, "2026", "115年行事曆.csv", content).status == 303
    page = browser.get("/unit").text
    assert "<td>2026</td><td>104</td><td>115年行事曆.csv sha256:" in page
    refused = import_calendar(browser, "2028", "C:\\Desktop\\115年行事曆.csv", content)
    assert (refused.status, "115年行事曆.csv:2" in refused.text, "Desktop" in refused.text) == (422, True, False)
    for damaged in (b"PK\x03\x04", b"", b"\0", content[:100], b"x" * (1 << 21)):
        assert import_calendar(browser, "2028", "x.csv", damaged).status == 422
    assert "<td>2028</td>" not in browser.get("/unit").text


@pytest.mark.parametrize("year", ["", "abc", "1999", "20271", "²", "-2027"])
def test_a_year_that_is_none_is_refused_in_place(november: DeskSite, year: str) -> None:
    browser = november.share_browser("lin")
    answered = import_calendar(browser, year)
    assert (answered.status, "<td>1999</td>" in browser.get("/unit").text) == (422, False)


# --- Rules ---


@pytest.fixture(scope="module")
def november(tmp_path_factory: pytest.TempPathFactory) -> Generator[DeskSite]:
    """The desk of a unit in which Ann forgot to tap when she left on 2026-11-19; the next day has begun."""
    folder = tmp_path_factory.mktemp("november")
    Home.make(folder / "home", simulation=True).close()
    batch = write_batch(
        folder / "month.jsonl",
        '{"do":"open_unit","at":"2026-11-01T08:00","name":"清水戶政事務所","kind":"public","category":"戶政"}',
        '{"do":"enrol_volunteer","at":"2026-11-01T08:01","volunteer":"V001","mode":"rostered",'
        '"agreement_from":"2026-01-01","name":"陳美玉"}',
        '{"do":"complete_training","at":"2026-11-01T08:01","volunteer":"V001","kind":"basic","on":"2026-01-05"}',
        '{"do":"complete_training","at":"2026-11-01T08:01","volunteer":"V001","kind":"special","on":"2026-01-05",'
        '"category":"戶政"}',
        '{"do":"issue_card","at":"2026-11-01T08:02","volunteer":"V001","card":"04000000000001"}',
        '{"do":"schedule_shift","at":"2026-11-01T08:03","shift":"S1","start":"2026-11-19T09:00",'
        '"end":"2026-11-19T12:00","volunteers":["V001"]}',
        '{"do":"tap","at":"2026-11-19T08:55","card":"04000000000001"}',
    )
    assert run_kiosk("apply", batch, "--home", folder / "home").err == ""
    run_kiosk("tap", "04000000000009", "--home", folder / "home", "--at", "2026-11-21T09:00:00")
    add_account(folder / "home", "lin", "coordinator")
    with serve(folder / "home") as served:
        yield served


def preview(browser: Browser, **typed: str) -> Page:
    """Open the form of the rules, fill some of its fields in, and send it."""
    form = find_form(browser.get("/unit/policy").text, "/unit/policy/preview")
    return browser.post_pairs(form.action, form.fill(**typed))


def adopt(browser: Browser, previewed: Page, password: str = PASSWORD) -> Page:
    """Adopt what a preview shows."""
    form = find_form(previewed.text, "/unit/policy/adopt")
    return browser.post_pairs(form.action, form.fill(password_own=password))


def list_named(previewed: Page) -> set[str]:
    """The parameters that would be adopted."""
    return {name for name, _ in find_form(previewed.text, "/unit/policy/adopt").fields} & {*PARAMETERS}


def test_what_a_rule_would_change_is_shown_before_it_is_adopted(november: DeskSite) -> None:
    browser = november.share_browser("lin")
    shown = preview(browser, effective_from="115/11/01", missing_checkout_credit="shift_end")
    assert shown.status == 200
    assert "會影響 1 位志工" in shown.text
    assert ">+180</td>" in shown.text
    assert "陳〇玉" in shown.text
    assert "陳美玉" not in shown.text
    assert "遲到寬限" not in shown.text, "what stays as it is is not part of the change"
    wrong = adopt(browser, shown, "wrong password")
    assert (wrong.status, "密碼不對" in wrong.text) == (422, True)
    assert adopt(browser, wrong).status == 303
    assert "計到值勤結束" in browser.get("/unit").text


def test_the_form_of_the_rules_is_sent_as_a_browser_shows_it_with_one_rule_changed(november: DeskSite) -> None:
    """A rule with one value, as the rounding, has no field: there is nothing to change."""
    browser = november.share_browser("lin")
    form = find_form(browser.get("/unit/policy").text, "/unit/policy/preview")
    assert (form.refused, form.empty, "rounding" in form.typed) == ({}, [], False)
    assert list_named(preview(browser, growth_target="0.05")) == {"growth_target"}, "a share that nobody has set yet"


def test_a_change_from_a_later_day_on_takes_back_nothing_that_is_coming(november: DeskSite) -> None:
    """Given a grace that is adopted for 15 December, when another rule is changed from the new year on."""
    browser = november.share_browser("lin")
    assert adopt(browser, preview(browser, effective_from="2026-12-15", grace_minutes_out="5")).status == 303
    opened = browser.get("/unit/policy").text
    assert find_values(opened, "/unit/policy/preview")["grace_minutes_out"] == "0"
    assert "2026-12-15 起改為 5" in opened, "the form says what is coming"
    assert list_named(preview(browser, effective_from="2027-01-01", absence_threshold="4")) == {"absence_threshold"}
    again = preview(browser, effective_from="2027-01-01", grace_minutes_out="5")
    assert (again.status, "沒有任何項目和現在不同" in again.text) == (422, True)


def test_a_rule_that_another_person_changed_meanwhile_stays_as_it_is(november: DeskSite) -> None:
    """Given a form that was opened before; when another rule of it is changed, or that same one."""
    browser, since = november.share_browser("lin"), "2026-11-01"
    opened = find_form(browser.get("/unit/policy").text, "/unit/policy/preview")
    previewed = browser.post_pairs(opened.action, opened.fill(effective_from=since, leave_threshold="9"))
    assert adopt(browser, preview(browser, effective_from=since, leave_threshold="6")).status == 303
    other = browser.post_pairs(opened.action, opened.fill(effective_from=since, leave_notice_days="7"))
    assert list_named(other) == {"leave_notice_days"}
    same = browser.post_pairs(opened.action, opened.fill(effective_from=since, leave_threshold="9", book_target="x"))
    assert (same.status, "剛剛有別人改過，現在是 6" in same.text) == (422, True)
    late = adopt(browser, previewed)
    assert (late.status, "剛剛有別人改過，現在是 6" in late.text) == (422, True)
    sent_again = find_form(same.text, "/unit/policy/preview")
    assert (sent_again.typed["leave_threshold"], sent_again.typed["book_target"]) == ("9", "x"), "nothing typed is lost"
    checked = browser.post_pairs(sent_again.action, sent_again.fill(book_target="1"))
    assert list_named(checked) == {"leave_threshold"}, "it has seen what stands"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"effective_from": "2026-02-30", "grace_minutes_in": "5"}, "看不懂這個日期"),
        ({"effective_from": "26-11-01", "grace_minutes_in": "5"}, "看不懂這個日期"),
        ({"effective_from": "2026-11-01", "grace_minutes_in": "five"}, "請填數字"),
        ({"effective_from": "2026-11-01"}, "沒有任何項目和現在不同"),
    ],
)
def test_a_form_that_says_nothing_is_shown_again(november: DeskSite, typed: dict[str, str], why: str) -> None:
    page = preview(november.share_browser("lin"), **typed)
    assert (page.status, why in page.text) == (422, True)


def test_a_parameter_that_may_have_no_value_gets_one_and_loses_it_again(november: DeskSite) -> None:
    """R-053: empty means never."""
    browser = november.share_browser("lin")
    for days, shown in (("90", "<td>90</td>"), ("", "<td>–</td>")):
        previewed = preview(browser, effective_from="2026-11-01", suspension_trigger_days=days)
        assert adopt(browser, previewed).status == 303
        row = browser.get("/unit").text.partition("暫停服務滿幾天")[2].partition("</tr>")[0]
        assert shown in row


def test_a_value_out_of_range_is_refused_by_the_rules(november: DeskSite) -> None:
    browser = november.share_browser("lin")
    page = preview(browser, effective_from="2026-12-01", grace_minutes_in="-5")
    assert adopt(browser, page).status == 422
    assert "2026-12-01" not in browser.get("/unit").text


def test_every_rule_that_is_read_has_words_in_both_languages() -> None:
    names = {language: set(words.policy_words.parameters) for language, words in UNIT.items()}
    assert names == {"zh-TW": set(PARAMETERS), "en": set(PARAMETERS)}


# --- Accounts ---


def test_an_account_is_added_used_and_removed(november: DeskSite) -> None:
    browser, page = november.share_browser("lin"), "/unit/accounts"
    fields = {"name": "<b>王</b>", "role": "auditor", "password_new": "long enough 7"}
    assert send(browser, page, f"{page}/add", {**fields, "password_own": "no"}).status == 422
    assert send(browser, page, f"{page}/add", {**fields, "password_own": PASSWORD}).status == 303
    assert "&lt;b&gt;王" in browser.get(page).text
    other = november.open_browser()
    assert other.log_in("<b>王</b>", "long enough 7").status == 303
    assert send(browser, page, f"{page}/remove", {"name": "<b>王</b>", "password_own": PASSWORD}).status == 303
    assert other.get("/account").headers["Location"] == "/login"


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "lin", "role": "auditor", "password_new": "long enough 7"},
        {"name": "", "role": "auditor", "password_new": "long enough 7"},
        {"name": "x" * 65, "role": "auditor", "password_new": "long enough 7"},
        {"name": "chen\u202e", "role": "auditor", "password_new": "long enough 7"},
        {"name": "chen", "role": "owner", "password_new": "long enough 7"},
        {"name": "chen", "role": "auditor", "password_new": "short"},
    ],
)
def test_an_account_that_cannot_be_added_is_refused(november: DeskSite, fields: dict[str, str]) -> None:
    browser, page = november.share_browser("lin"), "/unit/accounts"
    assert send(browser, page, f"{page}/add", {**fields, "password_own": PASSWORD}).status == 422


def test_nobody_locks_themselves_out(november: DeskSite) -> None:
    browser, page = november.share_browser("lin"), "/unit/accounts"
    assert send(browser, page, f"{page}/remove", {"name": "lin", "password_own": PASSWORD}).status == 422


def test_who_changes_the_own_password_stays_and_every_other_login_ends(november: DeskSite) -> None:
    add_account(november.home, "reviewer", "auditor")
    here, there = november.open_browser("reviewer"), november.open_browser("reviewer")
    fields = {"password_own": PASSWORD, "password_new": "another one 8"}
    assert send(here, "/account", "/account", fields).status == 303
    assert (here.get("/account").status, there.get("/account").status) == (200, 303)
    assert november.open_browser().log_in("reviewer").status == 403


# --- A session that ends in the middle of a form ---


def test_what_was_typed_is_sent_after_the_login(november: DeskSite) -> None:
    browser = november.open_browser("lin")
    fields = {"token": browser.get("/unit").token, "form": "kept", "year": "2031"}
    cookie = browser.cookies["kiosk-session"]
    browser.post("/logout", {"token": fields["token"]})
    browser.cookies["kiosk-session"] = cookie
    kept = browser.post("/unit/calendar", fields)
    assert "剛才填的內容還在" in kept.text
    login = {"token": kept.token, "name": "lin", "password": PASSWORD, "path": "/unit/calendar"}
    again = browser.post("/login", {**login, "kept": "form=kept&year=2031"})
    assert (again.status, 'value="2031"' in again.text) == (200, True)
    assert "<td>2031</td>" not in browser.get("/unit").text, "nothing is sent without a click"
    sent = browser.post("/unit/calendar", {"token": again.token, "form": "kept", "year": "2031"})
    assert (sent.status, sent.headers["Location"]) == (303, "/unit")
    assert "<td>2031</td>" in browser.get("/unit").text


@pytest.mark.parametrize(("language", "name"), [("zh-TW", "待處理事項"), ("en", "left open")])
def test_the_state_names_its_checks_in_words(site: DeskSite, language: str, name: str) -> None:
    page = site.share_browser("coordinator").get("/unit/state", **{"Accept-Language": language}).text
    assert f'<td class="whole">{name}</td>' in page
    assert "left_open" not in page
