"""A visit without check-out at a unit whose policy credits the duty: its page says what is credited (R-035)."""

from collections.abc import Iterator

import pytest

from tests.kiosk.desk.conftest import DeskSite, serve
from tests.kiosk.desk.pending_home import fill_pending_home, find_item
from tests.support.kiosk_program import line, run_kiosk, write_batch

SAYS_THAT_NOTHING_IS_CREDITED = ("沒有簽退，這一段就不採計", "the time does not count")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskSite]:
    folder = tmp_path_factory.mktemp("credited")
    home = fill_pending_home(folder)
    policy = line("adopt_policy", "2026-11-20T08:45", effective_from="2026-11-16", missing_checkout_credit="shift_end")
    assert run_kiosk("apply", write_batch(folder / "policy.jsonl", policy), "--home", home).err == ""
    with serve(home) as served:
        yield served


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("zh-TW", "先採計到值勤結束，共 180 分鐘；之後的時間，補登簽退後才採計"),
        ("en", "until the end of the duty, 180 min; what comes after counts only with a check-out"),
    ],
)
def test_the_page_of_a_visit_without_check_out_says_what_is_credited(
    site: DeskSite, language: str, sentence: str
) -> None:
    browser = site.share_browser("coordinator")
    page = browser.get(find_item(browser, "no_check_out", "V001 16"), **{"Accept-Language": language}).text
    assert sentence in page
    assert [one for one in SAYS_THAT_NOTHING_IS_CREDITED if one in page] == []
