"""The spot checks of record books at the desk: drawn, recorded, corrected, taken back (R-112)."""

from collections.abc import Generator

import pytest

from kiosk.home import Home
from projections.read_models.spot_checks import SpotCheck, list_spot_checks
from tests.kiosk.desk.conftest import Browser, DeskSite, Page, fill_home, serve
from tests.support.kiosk_program import line, run_kiosk, write_batch

PATH = "/month/spot-checks"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Generator[DeskSite]:
    """Ann holds a record book."""
    folder = tmp_path_factory.mktemp("checks")
    home = fill_home(folder)
    book = line("register_record_book", "2026-11-20T08:00", volunteer="V001", number="110-1")
    assert run_kiosk("apply", write_batch(folder / "book.jsonl", book), "--home", home).err == ""
    with serve(home) as served:
        yield served


def send(browser: Browser, what: str, form: str, **fields: str) -> Page:
    return browser.post(f"{PATH}/{what}", {"token": browser.get(PATH).token, "form": form, **fields})


def list_checks(site: DeskSite) -> list[SpotCheck]:
    with Home.open(site.home) as home:
        home.views.catch_up()
        return list(list_spot_checks(home.views))


def test_a_check_is_drawn_recorded_corrected_and_taken_back(site: DeskSite) -> None:
    """R-112, R-121."""
    browser = site.share_browser("registrar")
    assert "還沒有抽查過" in browser.get(PATH).text
    for _ in range(2):  # sent twice, it is carried out once
        assert send(browser, "draw", "draw", size="5").status == 303
    text = browser.get(PATH).text
    assert "第 1 次，2026-11-20，1 本中抽 1 本" in text
    assert "未記錄" in text
    assert "王小明" not in text
    assert send(browser, "record", "first", number="1", matching="1").status == 303
    assert "1／1 本相符" in browser.get(PATH).text
    assert send(browser, "record", "second", number="1", matching="0", reason="<b>p. 3</b>").status == 303
    assert "0／1 本相符" in browser.get(PATH).text
    (check,) = list_checks(site)
    unsaid = send(browser, "retract", "third", event=str(check.result_position), reason=" ")
    assert (unsaid.status, "message alarm" in unsaid.text) == (422, True)
    assert send(browser, "retract", "fourth", event=str(check.result_position), reason="mistyped").status == 303
    assert "1／1 本相符" in browser.get(PATH).text
    assert send(browser, "retract", "fifth", event=str(check.position), reason="mistyped").status == 303
    assert list_checks(site) == []


@pytest.mark.parametrize("size", ["", "0", "-1", "ten", "10001", "5.5", "٥", "1" * 5_000])
def test_what_is_no_number_is_said_beside_its_field(site: DeskSite, size: str) -> None:
    page = send(site.share_browser("coordinator"), "draw", "draw", size=size)
    assert (page.status, "請填數字" in page.text) == (422, True)


def test_more_than_were_drawn_cannot_agree_and_other_events_are_not_taken_back(site: DeskSite) -> None:
    browser = site.share_browser("coordinator")
    assert send(browser, "draw", "again", size="1").status == 303
    number = str(list_checks(site)[-1].number)
    for matching, said in (("2", "message alarm"), ("x", "請填數字")):
        page = send(browser, "record", "more", number=number, matching=matching)
        assert (page.status, said in page.text, f'value="{matching}"' in page.text) == (422, True, True)
    for event in ("1", "999999", "x", ""):
        assert send(browser, "retract", "other", event=event, reason="x").status == 404
    for unknown in ("99", "x", ""):
        assert send(browser, "record", "unknown", number=unknown, matching="1").status == 404
