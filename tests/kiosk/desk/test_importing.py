"""Importing at the desk: a file is sent, its rows are checked, and what is right is saved once."""

import asyncio
import json
import re
from collections.abc import Callable, Mapping, Sequence
from html import unescape
from uuid import uuid4

import pytest

from domain.model.desk_account import Role
from kiosk.accounts.accounts import Accounts
from kiosk.desk.sessions import HeldFile, Session, Sessions
from kiosk.desk.uploads import MOST_HELD, HeldFiles, UploadedFile, clean_file_name, drop_file
from kiosk.home import Home
from kiosk.sheets.read import LONGEST_FILE
from kiosk.sheets.workbook import MOST_UNPACKED
from kiosk.words.desk.importing import CHINESE_SENTENCES, ENGLISH_SENTENCES
from kiosk.words.sheets import CellText, ColumnText, RowText, TableText
from tests.kiosk.desk.conftest import BOUNDARY, ROLES, Browser, DeskSite, Page, encode_upload
from tests.kiosk.sheets.test_read import build_bomb
from tests.support.kiosk_program import run_kiosk
from tests.support.sheets import build_text_table, build_xlsx

HEADER = ["編號", "姓名", "生日", "手機", "卡號", "起聘日", "服務型態"]


def send_file(browser: Browser, content: bytes, name: str = "名冊.csv") -> Page:
    """Send a file; the page that checks it, or the one that refuses it."""
    token = browser.get("/people/import").token
    answered = browser.send_upload("/people/import", encode_upload({"token": token}, name, content))
    return browser.get(answered.headers["Location"]) if answered.status == 303 else answered


def send_rows(browser: Browser, *rows: Sequence[object]) -> Page:
    return send_file(browser, build_text_table([HEADER, *rows]))


def read_fields(page: Page) -> dict[str, str]:
    """What the form of a page would send as it stands, without boxes."""
    form = page.text.partition('<form method="post" action="/people/import')[2]
    fields = dict(re.findall(r'<input[^>]*? name="(\w+)"[^>]*? value="([^"]*)"', form))
    for name, options in re.findall(r'<select[^>]* name="(\w+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        fields[name] = chosen[1] if chosen else ""
    fields.pop("skip", None)
    fields.pop("update", None)
    return {name: unescape(value) for name, value in fields.items()}


def submit(browser: Browser, page: Page, act: str, **changed: str) -> Page:
    """Press a button of the page that checks a file."""
    return browser.post(f"/people/import/{act}", {**read_fields(page), **changed})


def list_volunteers(site: DeskSite) -> dict[str, str]:
    rows = json.loads(run_kiosk("volunteers", "--format", "json", "--home", site.home).out)
    return {row["volunteer"]: row["name"] for row in rows}


@pytest.fixture(scope="module")
def browser(site: DeskSite) -> Browser:
    return site.share_browser("coordinator")


def test_a_list_that_is_right_is_checked_saved_once_and_said_to_be_there(site: DeskSite, browser: Browser) -> None:
    rows = [["V100", "陳大文", "45/3/1", "0912345678", "04A2B3C4D5E680", "115/3/1", "排班"], ["合計", "1"]]
    page = send_rows(browser, *rows)

    assert all(text in page.text for text in ("正確 1 列", "新的 1 列", "登錄志工 1", "發卡 1", "不是資料"))
    assert "V100" not in list_volunteers(site), "nothing is saved before it was seen"
    for _ in range(2):  # the button was pressed twice
        saved = submit(browser, page, "save")
        assert (saved.status, saved.headers["Location"]) == (303, "/people")
    assert "已匯入 1 列" in browser.get("/people").text
    assert list_volunteers(site)["V100"] == "陳〇文"
    again = send_rows(browser, *rows)
    assert "系統裡都已經有了" in again.text
    assert "全部儲存" not in again.text


def test_wrong_rows_are_listed_and_left_out_only_when_that_is_ticked(site: DeskSite, browser: Browser) -> None:
    page = send_rows(
        browser,
        ["V110", "林一", "02/03/2024", "", "", "115/3/1", "排班"],
        ["V111", "林二", "", "", "04000000000001", "115/3/1", "排班"],
        ["V112", "=HYPERLINK(1)", "", "", "", "115/3/1", "排班"],
        ["V113", "<b>林</b>四", "", "", "", "115/3/1", "排班"],
    )
    assert re.findall(r"<tr><td>(\d+)</td><td>([^<]*)</td>", page.text) == [
        ("2", "C (生日)"), ("3", "E (卡號)"), ("4", "B (姓名)"),
    ]  # fmt: skip
    assert "<b>" not in page.text
    refused = submit(browser, page, "save")
    assert (refused.status, "都沒有儲存" in refused.text) == (422, True)
    assert "V113" not in list_volunteers(site)
    assert submit(browser, page, "save", skip="yes").status == 303
    assert "略過 3 列：第 2、3、4 列" in browser.get("/people").text
    assert {"V110", "V111", "V112", "V113"} & list_volunteers(site).keys() == {"V113"}


def test_columns_are_guessed_and_what_was_not_checked_is_not_saved(site: DeskSite, browser: Browser) -> None:
    table = build_text_table([["編號", "全名", "電話", "手機"], ["V120", "黃三", "02-1", "0912-000000"]])
    page = send_file(browser, table)
    assert (page.status, "都當作 電話" in page.text) == (422, True)
    fields = {"column_B": "name", "column_C": "-", "mode": "rostered", "agreement_from": "115/3/1"}
    checked = submit(browser, page, "check", **fields)
    assert "新的 1 列" in checked.text
    other = submit(browser, checked, "save", column_B="notes")
    assert (other.status, "V120" in list_volunteers(site)) == (422, False)
    assert submit(browser, other, "save").status == 303
    assert "V120" in list_volunteers(site)


def test_duties_are_imported_with_the_times_of_their_sessions(site: DeskSite, browser: Browser) -> None:
    page = send_file(browser, build_text_table([["日期", "時段", "編號"], ["115/12/1", "早班", "V001"]]))
    assert "不知道「早班」從幾點到幾點" in page.text
    checked = submit(browser, page, "check", session="早班", session_from="09:00", session_to="12:00")
    assert "排班次 1、排人 1" in checked.text
    assert submit(browser, checked, "save").status == 303
    duties = json.loads(run_kiosk("duties", "--format", "json", "--home", site.home).out)
    assert any(duty["start"].startswith("2026-12-01T09:00") for duty in duties)


def test_a_workbook_with_several_sheets_asks_which(browser: Browser) -> None:
    rows = [HEADER, ["V130", "何五", "", "", "", "115/3/1", "排班"]]
    page = send_file(
        browser, build_xlsx(rows, lambda book, _: book.add_worksheet("備份").write(0, 0, "x")), "list.xlsx"
    )
    assert '<option value="備份">' in page.text
    assert "新的 1 列" in submit(browser, page, "check", sheet="名冊").text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7 x", "PDF"),
        (b"<html><table></table></html>", "網頁"),
        (b"\xff\xfe\x00\x00\xff", "UTF-8"),
        ("編號,姓名\nV1,\0".encode(), "NUL"),
        (b"PK\x03\x04" + b"x" * 100, "不是可以讀取的試算表"),
        (b" \n", "沒有內容"),
        (b"a,b\n1,2\n", "找不到認得的欄位標題"),
    ],
    ids=["pdf", "web page", "utf-16", "nul", "no workbook", "blank", "no headings"],
)  # fmt: skip
def test_what_is_no_list_is_refused_with_a_sentence(browser: Browser, content: bytes, sentence: str) -> None:
    page = send_file(browser, content)
    assert (page.status, sentence in page.text) == (422, True), page.text
    options = re.findall(r"(?<![\w\"-])--[a-z]+", page.text)  # ids of forms may have two hyphens as well
    assert options == [], "options of the command line are none of a page"


def test_a_page_of_the_widest_and_longest_list_stays_small(browser: Browser) -> None:
    columns = ["編號", "姓名", *(f"其他欄位第 {n} 欄" for n in range(250))]
    table = build_text_table([columns, *([f"V{n}", "王小明", *["備註" * 40] * 250] for n in range(300))])
    page = send_file(browser, table)
    assert all(text in page.text for text in ("還有 202 欄沒有列出", "有錯 300 列", "還有 100 個錯誤"))
    assert len(page.text.encode()) < 200_000


def test_a_workbook_that_unpacks_to_gigabytes_is_refused(browser: Browser) -> None:
    page = send_file(browser, build_bomb(MOST_UNPACKED + 1), "bomb.xlsx")
    assert (page.status, "解壓縮後超過" in page.text) == (422, True)


def test_without_a_file_it_is_asked_for_again(browser: Browser) -> None:
    assert send_file(browser, b"", "").status == 422


def test_a_file_of_another_tab_takes_the_place_of_the_first(browser: Browser) -> None:
    first, second = (send_rows(browser, [f"V14{n}", "何五", "", "", "", "115/3/1", "排班"]) for n in range(2))
    gone = submit(browser, first, "save")
    assert (gone.status, "這個檔案已經不在了" in gone.text) == (422, True)
    assert submit(browser, second, "check").status == 200


def test_the_file_of_a_session_is_nobody_elses(site: DeskSite, browser: Browser) -> None:
    page = send_rows(browser, ["V150", "何五", "", "", "", "115/3/1", "排班"])
    other = site.open_browser("coordinator")
    token = other.get("/people/import").token
    assert other.post("/people/import/save", {**read_fields(page), "token": token}).status == 422


# --- Sending ---


def test_a_file_that_is_too_large_is_refused_in_a_sentence(browser: Browser) -> None:
    page = send_file(browser, b"x" * (50 << 20))
    assert (page.status, "太大" in page.text) == (413, True)
    assert send_file(browser, b"x" * (LONGEST_FILE + 1)).status == 422


@pytest.mark.parametrize("role", [role for role in ROLES if role != "coordinator"])
def test_no_other_role_sends_a_file(site: DeskSite, role: Role) -> None:
    body = encode_upload({"token": ""}, "x.csv", b"x")
    assert site.share_browser(role).send_upload("/people/import", body).status == 403


def test_a_file_whose_form_is_not_ours_is_refused_before_it_is_read(site: DeskSite, browser: Browser) -> None:
    token = browser.get("/people/import").token
    late = encode_upload({}, "x.csv", b"x").replace(f"--{BOUNDARY}--".encode(), b"") + encode_upload(
        {"token": token}, "", b""
    )
    for body in (encode_upload({}, "x.csv", b"x"), encode_upload({"token": "0" * 64}, "x.csv", b"x"), late):
        assert browser.send_upload("/people/import", body).status == 403
    for body in (encode_upload({}, "x.csv", b"x"), encode_upload({"path": "/", "form": "foreign"}, "", b"")):
        assert site.open_browser().send_upload("/people/import", body).headers["Location"] == "/login"


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body[:-20],
        lambda _: b"nothing of a form",
        lambda body: body.replace(b'name="token"', b'name="\xff"'),
        lambda body: body.replace(b"--\r\n", b"\r\n" + body),
    ],
    ids=["cut short", "no parts", "no name", "two files"],
)
def test_a_form_that_is_damaged_is_refused(browser: Browser, change: Callable[[bytes], bytes]) -> None:
    body = encode_upload({"token": browser.get("/people/import").token}, "x.csv", b"x")
    assert browser.send_upload("/people/import", change(body)).status == 400


@pytest.mark.parametrize("kind", ["text/csv", "multipart/form-data", ""])
def test_another_kind_of_form_is_refused(browser: Browser, kind: str) -> None:
    assert browser.send("POST", "/people/import", b"x", {"Content-Type": kind}).status == 415


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("C:\\folder\\a.csv", "a.csv"), ("../../a.csv", "a.csv"), ("a\u202e\x1b[1m.csv", "a[1m.csv"), ("", "")],
)
def test_a_file_is_called_without_its_folders_and_by_what_can_be_seen(sent: str, kept: str) -> None:
    assert clean_file_name(sent) == kept


def test_a_file_is_dropped_with_its_session_after_a_while_and_for_a_fifth_further_one() -> None:
    async def hold(count: int) -> list[Session]:
        files, sessions = HeldFiles(), [Session(str(n), uuid4(), "", "", 0) for n in range(count)]
        for session in sessions:
            files.hold(session, UploadedFile("a.csv", b"x"))
        return sessions

    first, *others = asyncio.run(hold(MOST_HELD + 1))
    assert (first.file, all(session.file for session in others)) == (None, True)
    held = others[0].file
    assert held
    drop_file(others[0], "another")
    assert others[0].file
    drop_file(others[0], held.id)
    assert others[0].file is None


def test_logging_out_drops_the_file(site: DeskSite) -> None:
    with Home.open(site.home) as home:
        accounts = Accounts(home)
        actor = accounts.find_actor("coordinator")
        entry = actor and accounts.find_entry(actor)
        assert entry
        sessions = Sessions(accounts)
        session = sessions.begin(entry, "form")
        session.file = HeldFile("1", "a.csv", b"x")
        sessions.end(session.id)
    assert session.file is None


@pytest.mark.parametrize("texts", [CHINESE_SENTENCES, ENGLISH_SENTENCES])
def test_no_sentence_of_the_page_names_an_option_of_the_command_line(texts: Mapping[str, str]) -> None:
    sentences = [one for kind in (TableText, CellText, ColumnText, RowText) for one in kind]
    said = [texts.get(one, text) for one in sentences for text in (one.value, one.find_chinese_text())]
    assert [text for text in said if "--" in text or "kiosk " in text or "batch" in text or "批次" in text] == []
    assert {find_fields(text) - find_fields(one) for one, text in texts.items()} == {frozenset()}


def find_fields(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"{(\w+)", text))
