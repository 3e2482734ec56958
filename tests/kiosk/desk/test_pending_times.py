"""Times that are typed for a matter that needs a person: of one of two days none is chosen in silence."""

from collections.abc import Generator

import pytest

from tests.kiosk.desk.conftest import Browser, DeskSite, serve
from tests.kiosk.desk.pending_home import fill_pending_home, find_item, preview

UNCLEAR = "看不出是哪一天的時間"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Generator[DeskSite]:
    with serve(fill_pending_home(tmp_path_factory.mktemp("pending"))) as served:
        yield served


@pytest.fixture(scope="module")
def browser(site: DeskSite) -> Browser:
    return site.share_browser("coordinator")


@pytest.mark.parametrize(
    ("check_out", "is_clear"),
    [("11:00", True), ("08:00", False), ("05:00", False), ("00:30", True), ("2026-11-17 05:00", True)],
)
def test_a_check_out_is_of_what_is_left_of_the_service_day_or_has_its_date(
    browser: Browser, check_out: str, *, is_clear: bool
) -> None:
    """08:00 is before the check-in at nine: as a time of the next day it would make a visit of 23 hours."""
    shown = preview(browser, find_item(browser, "no_check_out", "V001 16"), "close", check_out=check_out)
    assert (UNCLEAR not in shown.text) == is_clear
    assert (shown.status == 200) == is_clear


@pytest.mark.parametrize(
    ("check_in", "check_out", "is_clear"),
    [
        ("09:00", "12:00", True),
        ("03:00", "12:00", False),
        ("2026-11-17 03:00", "03:30", True),
        ("23:00", "00:30", True),
        ("09:00", "08:00", False),
    ],
)
def test_a_visit_begins_on_the_day_that_both_calendar_and_service_day_name(
    browser: Browser, check_in: str, check_out: str, *, is_clear: bool
) -> None:
    """03:00 of the 16th may be meant of that morning, or of the end of its service day."""
    times = {"check_in": check_in, "check_out": check_out}
    shown = preview(browser, find_item(browser, "absent", "V002 16"), "add_visit", **times)
    assert (UNCLEAR not in shown.text) == is_clear
    assert (shown.status == 200) == is_clear
