"""A desk with people, and how a coordinator enrols and changes them."""

import json
from collections.abc import Generator
from typing import Any
from urllib.parse import quote

import pytest

from tests.kiosk.desk.conftest import Browser, DeskSite, Page, fill_home, serve
from tests.support.kiosk_program import add_reader, run_kiosk

NEW = {
    "name": "陳大文",
    "mode": "rostered",
    "agreement_from": "民國 115 年 3 月 1 日",
    "birth_date": "45/3/1",
    "gender": "female",
    "telephone": "02-2345-6789",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Generator[DeskSite]:
    """A desk whose home has a reader that is not plugged in."""
    home = fill_home(tmp_path_factory.mktemp("desk"))
    with serve(add_reader(home, "/dev/ttyUSB77")) as served:
        yield served


@pytest.fixture(scope="module")
def browser(site: DeskSite) -> Browser:
    """A coordinator's."""
    return site.share_browser("coordinator")


def post(browser: Browser, path: str, form: str = "", **fields: str) -> Page:
    """Send a form with the token of the session, and an id of its own where none is given."""
    page = browser.get("/people/new")
    made = page.text.split('name="form" value="')[1].partition('"')[0]
    return browser.post(path, {"token": page.token, "form": form or made, **fields})


def enrol(browser: Browser, number: str, **fields: str) -> Page:
    return post(browser, "/people/new", **{**NEW, "volunteer": number, **fields})


def show(browser: Browser, number: str) -> str:
    return browser.get(f"/people/person?volunteer={quote(number)}").text


def act(browser: Browser, number: str, name: str, **fields: str) -> Page:
    return post(browser, "/people/person", act=name, volunteer=number, **fields)


def open_data(browser: Browser, number: str, **why: str) -> Page:
    return post(browser, "/people/data", volunteer=number, **(why or {"purpose": "contact"}))


def find_hint(page: Page, field: str) -> str:
    """What stands beside a field."""
    return page.text.partition(f'id="{field}-hint">')[2].partition("<")[0]


def list_accesses(site: DeskSite) -> list[dict[str, Any]]:
    return json.loads(run_kiosk("accesses", "--format", "json", "--home", site.home).out)


def list_volunteers(site: DeskSite, number: str) -> dict[str, Any]:
    rows = json.loads(run_kiosk("volunteers", "--format", "json", "--home", site.home).out)
    return next(row for row in rows if row["volunteer"] == number)
