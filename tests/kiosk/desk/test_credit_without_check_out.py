"""A visit without check-out at a unit whose policy credits the duty: its page says what is credited (R-035)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.desk.home_access import HomeCommands, HomeReader
from kiosk.desk.pending.source import HomePending
from kiosk.home import Home
from kiosk.roster.pending_list import PendingList
from tests.kiosk.conftest import Apply
from tests.kiosk.desk.conftest import DeskSite, serve
from tests.kiosk.desk.pending_home import fill_pending_home, find_item
from tests.support.builders import ANN, BEN, SETUP_LINES, shift, tap
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


@pytest.mark.parametrize(
    ("arrives", "minutes", "offered"), [("03:45", 225, ["close_at_end", "close"]), ("03:44", 0, ["close"])]
)
def test_a_duty_behind_the_turn_of_the_service_day_counts_there_too(
    simulation: Path, apply: Apply, arrives: str, minutes: int, offered: list[str]
) -> None:
    """Ann came for 04:15, half an hour before it or earlier: the row is of the service day before."""
    policy = line("adopt_policy", "2026-11-01T08:45", effective_from="2026-11-16", missing_checkout_credit="shift_end")
    lines = [shift("E1", "11-19", ANN, hours="04:15-08:00"), tap(ANN, f"11-19 {arrives}"), tap(BEN, "11-20 12:00")]
    assert apply(simulation, *SETUP_LINES, policy, *lines).err == ""
    with Home.open(simulation) as home:
        pending = HomePending(HomeReader(home), HomeCommands(home), PendingList(home.log, home.views))
        (row,) = pending.load_board("no_check_out", 0, 10).items
        matter = pending.load_matter(row.key)
    assert matter is not None
    assert matter.item.minutes == minutes
    assert [offer.name for offer in matter.offers if offer.name.startswith("close")] == offered
