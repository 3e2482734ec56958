"""What a form of the desk shows, a browser sends, and the desk understands: of every form of every page."""

from collections.abc import Generator
from urllib.parse import urlencode

import pytest

from tests.kiosk.desk.conftest import Browser, DeskSite, Page, fill_home, serve
from tests.kiosk.desk.every_page import read_pages
from tests.support.html_forms import ShownForm, read_forms
from tests.support.kiosk_program import line, run_kiosk, write_batch

SESSION = {"start": "2026-11-24T14:00", "end": "2026-11-24T16:00"}
LINES = (
    line("tap", "2026-11-19T08:58", card="04000000000001"),
    line("schedule_session", "2026-11-20T08:00", session="M1", kind="meeting", title="Meeting", **SESSION),
    line("record_served_count", "2026-11-20T08:00", on="2026-11-19", count=163, source="head_count", by="lin"),
    line("describe_duty", "2026-11-20T08:00", shift="S1", item="10001", content="100001", by="lin"),
    line("record_assessment", "2026-12-01T08:00", volunteer="V001", period_end="2026-12-31", score=85.5),
)
"""Besides Ann's duty: she forgot to tap when she left, and there is something of each kind that a form shows."""
NOT_YET = ("沒有任何項目和現在不同", "請先勾選「已收到主管機關的核定」")
"""What a form answers that is understood, and in which something is still to be chosen."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Generator[DeskSite]:
    folder = tmp_path_factory.mktemp("shown")
    home = fill_home(folder)
    assert run_kiosk("apply", write_batch(folder / "lines.jsonl", *LINES), "--home", home).err == ""
    with serve(home) as served:
        yield served


@pytest.fixture(scope="module")
def pages(site: DeskSite) -> dict[str, Page]:
    """Every page that a coordinator comes to, by its address."""
    return read_pages(site.share_browser("coordinator"))


def list_filled(pages: dict[str, Page]) -> dict[str, ShownForm]:
    """Each form once that shows values and could be sent as it is, by the page on which it stands and its address."""
    forms = {
        (form.method, form.action.partition("?")[0], dict(form.fields).get("rule"), *sorted(form.typed)): (path, form)
        for path, page in pages.items()
        for form in read_forms(page.text)
        if any(form.typed.values()) and not form.empty
    }
    return {f"{path} {form.action}": form for path, form in forms.values()}


def send(browser: Browser, form: ShownForm) -> Page:
    if form.method == "get":
        return browser.get(f"{form.action}?{urlencode(form.fields)}")
    return browser.post_pairs(form.action, form.fields)


def test_no_field_shows_what_its_browser_would_not_send(pages: dict[str, Page]) -> None:
    wrong = {
        f"{path} {form.action}": form.refused
        for path, page in pages.items()
        for form in read_forms(page.text)
        if form.refused
    }
    assert wrong == {}


def test_a_form_that_is_sent_as_it_is_shown_is_understood(site: DeskSite, pages: dict[str, Page]) -> None:
    """A value that the program itself wrote into a field is never called wrong."""
    browser, forms = site.share_browser("coordinator"), list_filled(pages)
    answers = {name: send(browser, form) for name, form in forms.items()}
    refused = {name: page.text for name, page in answers.items() if page.status not in (200, 303)}
    assert {name for name, text in refused.items() if not any(one in text for one in NOT_YET)} == set()
