"""No page has more than 200 KB, of 1,000 volunteers with 200 duties a day and a plan of three weeks."""

from collections.abc import Generator, Iterator

import pytest

from kiosk.words.desk.plan_zh_tw import PLAN
from tests.benchmarks.desk_home import ACCOUNT, PASSWORD, PRESENT, build_desk_home
from tests.benchmarks.large_home import DUTIES_A_DAY, VOLUNTEERS, LargeHome
from tests.kiosk.desk.conftest import Browser, serve
from tests.kiosk.desk.test_access import ADDRESSES

MOST_BYTES = 200_000
STREAM = "/today/events"
DAYS_AHEAD = 14
"""The rest of today's week, and two more."""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> LargeHome:
    return build_desk_home(tmp_path_factory.mktemp("large") / "home", days_behind=0, days_ahead=DAYS_AHEAD)


@pytest.fixture(scope="module")
def browser(large: LargeHome) -> Generator[Browser]:
    """Of the coordinator."""
    with serve(large.path) as site:
        browser = site.open_browser()
        assert browser.log_in(ACCOUNT, PASSWORD).status == 303
        yield browser


def list_paths(large: LargeHome) -> Iterator[str]:
    """Every page of the role table, of this home's first volunteer and duty; week and month also of the next ones."""
    yield "/"
    for path in (path for paths in ADDRESSES.values() for path in paths if path != STREAM):
        yield path.replace("V001", "V00001").replace("S1", f"{large.today:%Y%m%d}-0")
    yield "/plan?day=2025-11-10"


def test_no_page_has_more_than_200_kilobytes(large: LargeHome, browser: Browser) -> None:
    pages = {path: browser.get(path) for path in list_paths(large)}
    assert {page.status for page in pages.values()} == {200}
    assert {path: len(page.text.encode()) for path, page in pages.items() if len(page.text.encode()) > MOST_BYTES} == {}


def test_the_pages_show_the_whole_of_a_large_unit(browser: Browser) -> None:
    """Or what they weigh would say nothing."""
    assert f"{VOLUNTEERS} " in browser.get("/people").text
    assert browser.get("/muster").text.count('name="accounted"') >= PRESENT
    assert browser.get("/plan?day=2025-11-10").text.count("/plan/duty/") == 5 * DUTIES_A_DAY
    counted = PLAN.count_line.format(count=DUTIES_A_DAY // 2, vacant=0)
    assert browser.get("/plan/month").text.count(counted) == 2 * (DAYS_AHEAD + 1)


def test_all_volunteers_fit_into_one_list_of_an_insurance(browser: Browser) -> None:
    """R-071: they are insured at once, or none is."""
    form = {"token": browser.get("/people/insurance").token, "form": "f", "whom": "all", "from": "2025-01-01"}
    page = browser.post("/people/insurance/preview", {**form, "to": "2099-12-31", "policy": "甲" * 128})
    assert page.text.count('name="volunteer"') == VOLUNTEERS
    assert len(page.text.encode()) <= MOST_BYTES
