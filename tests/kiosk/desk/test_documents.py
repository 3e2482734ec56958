"""The pages of documents: looked at with masked names, handed out with a code, checked by it."""

import json
import re
from collections.abc import Generator
from pathlib import Path
from urllib.parse import quote, unquote, urlencode

import pytest

from kiosk.home import Home
from tests.kiosk.conftest import list_topics
from tests.kiosk.desk.conftest import MARKUP, PASSWORD, Browser, DeskSite, add_accounts, serve
from tests.support.home_entrance import ANNS_CARD_NUMBER, OFFICE_LINES, onboarding_lines
from tests.support.kiosk_program import line, run_kiosk, write_batch

SHOW = "/documents/show?document=monthly_hours&month=2026-11"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Generator[DeskSite]:
    """A desk of a unit in which Ann, whose name would be markup, served three hours."""
    folder = tmp_path_factory.mktemp("documents")
    home = folder / "home"
    Home.make(home, simulation=True).close()
    ann = onboarding_lines("V001", ANNS_CARD_NUMBER, name=MARKUP)
    taps = (line("tap", f"2026-11-19T{at}", card=ANNS_CARD_NUMBER) for at in ("09:00", "12:00"))
    batch = write_batch(folder / "lines", OFFICE_LINES[0], *ann, OFFICE_LINES[-1], *taps)
    assert run_kiosk("apply", batch, "--home", home).err == ""
    add_accounts(home)
    with serve(home) as served:
        yield served


def read_form(browser: Browser, **changes: str) -> dict[str, str]:
    """The fields of the form that hands out, as a browser sends it."""
    page = browser.get(SHOW)
    fields = {"document": "monthly_hours", "month": "2026-11", "as_of": "", "format": "pdf", "purpose": "papers"}
    token = page.token
    form_id = re.search(r'name="form" value="([^"]+)"', page.text)
    assert form_id
    return {**fields, "token": token, "form": form_id[1], **changes}


def hand_out(browser: Browser, **changes: str) -> tuple[int, str, bytes]:
    """Status, name and content of the answer."""
    connection = browser.connect()
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookies}
    connection.request("POST", "/documents/issue", urlencode(read_form(browser, **changes)), headers)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    name = unquote(str(answer.headers["content-disposition"] or "").rpartition("''")[2])
    return answer.status, name, content


def test_a_document_is_looked_at_with_masked_names_and_nothing_is_recorded(site: DeskSite) -> None:
    browser = site.share_browser("unit_head")
    before = list_topics(site.home)
    page = browser.get(SHOW)
    assert page.status == 200
    for text in ("志工服務時數月報表", "民國 115/11/01 至 115/11/30", "3 小時 00 分", "姓名及個人資料已遮蔽。", "<svg"):
        assert text in page.text
    assert "小明" not in page.text
    assert MARKUP not in page.text
    assert "下載" not in page.text
    assert list_topics(site.home) == before


def test_a_file_has_a_code_that_leads_back_to_what_it_says(site: DeskSite) -> None:
    browser = site.share_browser("registrar")
    status, name, content = hand_out(browser)
    assert status == 200
    assert content.startswith(b"%PDF")
    code = re.fullmatch(r"志工服務時數月報表 (\S+)\.pdf", name)
    assert code
    again = {hand_out(browser, format=form)[1].rpartition(".")[0] for form in ("xlsx", "ods", "csv hours")}
    assert again == {name.removesuffix(".pdf")}
    assert list_topics(site.home).count("issued-document.issued") == 1
    checked = site.share_browser("auditor").get(f"/documents/check?code={code[1].lower()}")
    for text in ("與紀錄相符", code[1], "由 registrar 製發", "3 小時 00 分"):
        assert text in checked.text


def test_names_need_a_reason_and_the_own_password_and_are_recorded_first(site: DeskSite) -> None:
    browser = site.share_browser("coordinator")
    csv = {"format": "csv hours", "names": "yes", "password_own": PASSWORD}
    for wrong in ({"password_own": "wrong"}, {"purpose": ""}, {"purpose": "other"}):
        status, _, content = hand_out(browser, **{**csv, **wrong})
        assert status == 422
        assert MARKUP not in content.decode()
    assert list_topics(site.home).count("name-access.names-listed") == 0
    status, _, content = hand_out(browser, **csv, reason="請領獎勵")
    assert status == 200
    assert MARKUP in content.decode("utf-8-sig")
    *_, access = json.loads(run_kiosk("accesses", "--format", "json", "--home", site.home).out)
    assert (access["shown"], access["purpose"], access["reason"]) == ("document", "papers", "請領獎勵")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("month=2026-13", "月份 要寫月份，例如 115-11 或 2026-11"),
        ("month=", "文件 monthly_hours 需要 月份"),
        (f"month={quote('<b>𠮷')}", "不是 `&lt;b&gt;𠮷`"),
        (f"month={'9' * 5000}", "月份 要寫月份"),
        ("month=2026-11&as_of=2999-01-01", "as_of"),
        ("month=2026-11&as_of=x%1b", "as_of"),
    ],
)
def test_what_cannot_be_asked_is_said_and_what_was_typed_stays(site: DeskSite, query: str, sentence: str) -> None:
    page = site.share_browser("coordinator").get(f"/documents/show?document=monthly_hours&{query}")
    assert page.status == 422
    assert sentence in page.text
    assert "<b>𠮷" not in page.text


@pytest.mark.parametrize("path", ["/documents/show", "/documents/show?document=nothing", "/documents/nothing"])
def test_there_is_no_other_document(site: DeskSite, path: str) -> None:
    assert site.share_browser("coordinator").get(path).status == 404


@pytest.mark.parametrize("form", ["", "doc", "html2", "exe hours"])
def test_there_is_no_other_format(site: DeskSite, form: str) -> None:
    assert hand_out(site.share_browser("coordinator"), format=form)[0] == 400


def test_a_csv_file_of_a_table_that_is_not_there_is_refused(site: DeskSite) -> None:
    status, _, content = hand_out(site.share_browser("coordinator"), format="csv nothing")
    assert status == 422
    assert "沒有 `nothing` 這個表" in content.decode()


@pytest.mark.parametrize("code", ["ABCD-EFGH-JKMN", "<b>x</b>", "長" * 100])
def test_an_unknown_code_is_said_to_be_none(site: DeskSite, code: str) -> None:
    page = site.share_browser("auditor").get(f"/documents/check?{urlencode({'code': code})}")
    assert page.status == 200
    assert "沒有這份文件" in page.text
    assert "<b>x" not in page.text


def test_the_past_is_looked_at_as_of_a_day(site: DeskSite) -> None:
    """R-126: what had been recorded by the end of the day before the taps."""
    page = site.share_browser("auditor").get(f"{SHOW}&as_of=2026-11-18")
    assert page.status == 200
    assert "資料時間（之後登錄的不計） 115/11/18 23:59" in page.text
    assert "3 小時" not in page.text


def test_the_documents_are_listed_by_when_they_are_needed(site: DeskSite) -> None:
    browser = site.share_browser("coordinator")
    assert "每月" in browser.get("/documents").text
    english = browser.get("/documents", **{"Accept-Language": "en"}).text
    assert "Hours of a month" in english or "志工服務時數月報表" in english


def test_the_folder_of_the_home_keeps_no_copy(site: DeskSite) -> None:
    kept = {path.suffix for path in Path(site.home).rglob("*") if path.is_file()}
    assert kept & {".pdf", ".xlsx", ".ods", ".csv", ".html"} == set()
