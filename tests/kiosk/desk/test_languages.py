"""No page mixes two languages: what stands between its values, names of rules, and who did something."""

import re
from collections.abc import Generator
from html import unescape

import pytest

from tests.kiosk.desk.conftest import DeskSite, Page, fill_home, serve
from tests.kiosk.desk.every_page import read_pages
from tests.support.kiosk_program import line, run_kiosk, write_batch

DIFFERENCE = "/audit/difference?from=2026-11-20T07:00:00&to=2026-11-20T08:30:00&volunteer="
EXPLAINED = "/audit/day?volunteer=V001&date=2026-11-19"
SESSION = {"start": "2026-11-24T14:00", "end": "2026-11-24T16:00", "training": "in_service", "hours": 2}
RULES = {"grace_minutes_in": 5, "missing_checkout_credit": "shift_end"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Generator[DeskSite]:
    """Two rules were adopted, and there is a training, a case, and a duty of which its work is known."""
    folder = tmp_path_factory.mktemp("languages")
    home = fill_home(folder)
    lines = [
        *(line("tap", f"2026-11-19T{at}", card="04000000000001") for at in ("09:08", "12:01")),
        line("adopt_policy", "2026-11-20T08:00", effective_from="2026-11-01", **RULES),
        line("schedule_session", "2026-11-20T09:00", session="M1", kind="training", title="Fire", **SESSION),
        line("describe_duty", "2026-11-20T09:00", shift="S1", item="I", content="C", by="lin"),
        line("report_misconduct", "2026-11-20T09:00", volunteer="V001", on="2026-11-19", reason="x", by="lin"),
    ]
    assert run_kiosk("apply", write_batch(folder / "lines.jsonl", *lines), "--home", home).err == ""
    with serve(home) as served:
        yield served


def read_texts(site: DeskSite, language: str) -> dict[str, str]:
    pages = read_pages(site.share_browser("coordinator"), **{"Accept-Language": language})
    return {path: read_text(page) for path, page in pages.items() if page.headers.get_content_type() == "text/html"}


def read_text(page: Page) -> str:
    """What stands on a page below its menu."""
    return unescape(re.sub(r"<[^>]+>", "\n", page.text.partition("<main")[2]))


def read(site: DeskSite, path: str, language: str) -> str:
    page = site.share_browser("coordinator").get(path, **{"Accept-Language": language})
    assert page.status == 200
    return read_text(page)


def test_an_explained_day_names_the_rules_by_which_it_counts(site: DeskSite) -> None:
    chinese, english = (read(site, EXPLAINED, language) for language in ("zh-TW", "en"))
    assert "計到值勤結束；" in chinese
    for name in RULES:
        assert name not in chinese + english


def test_the_system_is_an_author_with_a_name_in_either_language(site: DeskSite) -> None:
    chinese, english = (read(site, DIFFERENCE, language) for language in ("zh-TW", "en"))
    assert ("登錄人 系統" in chinese, "system" in chinese) == (True, False)
    assert "by system" in english


def test_an_english_page_has_no_chinese_punctuation(site: DeskSite) -> None:
    """But in what is kept in Chinese, as the source of an award."""
    wide = {
        path: re.findall(r"(?m)^[^\u4e00-\u9fff\n]*[：、，；。　（）][^\u4e00-\u9fff\n]*$", text)
        for path, text in read_texts(site, "en").items()
    }
    assert {path: found for path, found in wide.items() if found} == {}


def test_a_chinese_page_separates_chinese_with_chinese_punctuation(site: DeskSite) -> None:
    half = {path: re.findall(r".*[\u4e00-\u9fff][,;:] .*", text) for path, text in read_texts(site, "zh-TW").items()}
    assert {path: found for path, found in half.items() if found} == {}
