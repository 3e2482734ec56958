"""A month at the desk: what is open, closed by a registrar, corrected, closed again, entered in the record books."""

from collections.abc import Generator
from urllib.parse import urlencode

import pytest

from tests.kiosk.desk.conftest import Browser, DeskSite, Page, fill_home, serve
from tests.support.kiosk_program import line, run_kiosk, write_batch

TAPS = [line("tap", f"2026-11-19T{at}", card="04000000000001") for at in ("08:58", "12:01")]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Generator[DeskSite]:
    """Ann came on the 19th; it is December."""
    folder = tmp_path_factory.mktemp("month")
    home = fill_home(folder)
    trained = [
        line("complete_training", "2026-11-01T08:00", volunteer="V001", kind=kind, category="戶政", on="2026-01-10")
        for kind in ("basic", "special")
    ]
    event = line("schedule_event", "2026-12-01T08:00", event="E9", start="2027-01-01T09:00", end="2027-01-01T10:00")
    batch = write_batch(folder / "month.jsonl", *trained, *TAPS, event)
    assert run_kiosk("apply", batch, "--home", home).err == ""
    with serve(home) as served:
        yield served


def send(browser: Browser, path: str, form: str, **fields: str) -> Page:
    page = browser.get("/month?month=2026-11")
    return browser.post(path, {"token": page.token, "form": form, "month": "2026-11", **fields})


def read_month(browser: Browser, month: str = "2026-11") -> str:
    page = browser.get(f"/month?month={month}", **{"Accept-Language": "en"})
    assert page.status == 200
    return page.text


def void(site: DeskSite, folder: pytest.TempPathFactory) -> None:
    batch = write_batch(
        folder.mktemp("void") / "void.jsonl",
        line(
            "void_visit",
            "2026-12-03T09:00",
            volunteer="V001",
            check_in="2026-11-19T08:58",
            reason="on paper",
            by="coordinator",
        ),
    )
    assert run_kiosk("apply", batch, "--home", site.home).err == ""


def test_a_month_is_closed_corrected_closed_again_and_entered(
    site: DeskSite, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """R-028, R-122, R-126."""
    browser = site.share_browser("registrar")
    text = read_month(browser)
    assert "3 h 0 min" in text
    assert "days without a nightly reconciliation" in text
    assert "document=monthly_statement" not in text
    assert send(browser, "/month/close", "first").status == 303
    text = read_month(browser)
    assert "Statement 1, registrar" in text
    assert "/documents/show?document=monthly_statement&amp;month=2026-11" in text
    assert "The record book of 1 volunteer is written" in text
    assert send(browser, "/month/close", "first").status == 303  # sent twice, it is carried out once
    assert send(browser, "/month/enter", "second").status == 303
    assert "All that was stated stands in the record books" in read_month(browser)
    person = site.share_browser("coordinator").get("/people/person?volunteer=V001").text
    assert "紀錄冊：2026-11 的登錄" in person  # an entry that was not made is taken back there
    void(site, tmp_path_factory)
    assert "Hours of 1 volunteer were corrected since" in read_month(browser)
    difference = browser.get("/month/difference?month=2026-11", **{"Accept-Language": "en"}).text
    assert "−3 h 0 min" in "".join(difference.split("\n"))
    refused = send(browser, "/month/close", "third", reason="")
    assert (refused.status, "理由" in refused.text) == (422, True)
    assert send(browser, "/month/close", "fourth", reason="<b>misuse</b>").status == 303
    text = read_month(browser)
    assert "Statement 2, registrar" in text
    assert "&lt;b&gt;misuse&lt;/b&gt;" in text


def test_a_month_that_is_not_over_offers_nothing(site: DeskSite) -> None:
    browser = site.share_browser("coordinator")
    assert 'action="/month/close"' not in read_month(browser, "2027-03")
    page = browser.get("/month?month=2026-11")
    late = browser.post("/month/close", {"token": page.token, "form": "march", "month": "2027-03"})
    assert late.status == 422


@pytest.mark.parametrize("month", ["2026-13", "2026-11-01", "<b>", "0001-01", "9999-12", "\U0001f600", "a" * 5000])
def test_what_is_no_month_leads_nowhere(site: DeskSite, month: str) -> None:
    browser = site.share_browser("coordinator")
    assert browser.get(f"/month?{urlencode({'month': month})}").status == 404
    assert browser.get(f"/month/difference?{urlencode({'month': month})}").status == 404


@pytest.mark.parametrize("path", ["/month/close", "/month/enter"])
@pytest.mark.parametrize("role", ["leader", "unit_head", "auditor"])
def test_others_may_send_nothing(site: DeskSite, role: str, path: str) -> None:
    """R-122: a team leader is refused."""
    assert site.share_browser(role).post(path, {"month": "2026-11"}).status == 403
