"""Every page of the desk is looked at by axe, which finds what people with a screen reader or weak eyes would meet."""

from collections.abc import Generator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from tests.faults.result_table import LONG
from tests.kiosk.desk.conftest import Browser, DeskSite, encode_upload, fill_home, serve
from tests.kiosk.desk.test_access import ADDRESSES
from tests.support.chromium import CHROMIUM, Chromium, open_chromium
from tests.support.sheets import build_text_table
from tests.support.waiting import wait_until

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")

AXE = (files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8")
STREAMS = ("/today/events",)
"""Addresses that answer with no page."""
RUN = """axe.run(document, {resultTypes: ['violations']}).then(found => found.violations.map(
    one => [one.id, one.nodes.map(node => node.html.slice(0, 160) + ' ' + (node.any[0] || {message: ''}).message)]))"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Generator[DeskSite]:
    with serve(fill_home(tmp_path_factory.mktemp("desk"))) as served:
        yield served


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Generator[Chromium]:
    with open_chromium(tmp_path_factory.mktemp("chromium") / "profile") as browser:
        yield browser


def send_wrong_list(browser: Browser) -> str:
    """The address of the page that checks a list with a wrong row."""
    rows = [["編號", "姓名", "生日", "時段"], ["V900", "王", "02/03/2024", ""]]
    token = browser.get("/people/import").token
    sent = browser.send_upload("/people/import", encode_upload({"token": token}, "a.csv", build_text_table(rows)))
    return sent.headers["Location"]


def list_pages(browser: Browser) -> list[str]:
    listed = [path for paths in ADDRESSES.values() for path in paths if path not in STREAMS]
    return ["/", *listed, "/account", "/nowhere", send_wrong_list(browser)]


def look(chromium: Chromium, url: str) -> dict[str, Any]:
    """What axe finds on a page, by its rule."""
    chromium.go(url)
    shown = f"document.readyState === 'complete' && location.href === {url!r}"
    wait_until(lambda: chromium.run(shown), lambda: f"{url} is not shown")
    chromium.run("document.querySelectorAll('details').forEach(one => { one.open = true })")  # axe skips what is hidden
    chromium.run(f"{AXE}; null")
    found = chromium.call("Runtime.evaluate", expression=RUN, awaitPromise=True, returnByValue=True)
    return dict(found["result"]["value"])


def set_cookies(chromium: Chromium, site: DeskSite, cookies: dict[str, str]) -> None:
    chromium.call("Network.clearBrowserCookies")
    for name, value in cookies.items():
        chromium.call("Network.setCookie", name=name, value=value, url=f"http://127.0.0.1:{site.port}/")


@pytest.mark.parametrize(("part", "language", "scheme"), [(0, "zh-TW", "light"), (1, "en", "dark")])
def test_axe_finds_nothing_wrong_on_any_page(
    site: DeskSite, chromium: Chromium, part: int, language: str, scheme: str
) -> None:
    """Each page in one of the two ways; in a long run in both."""
    browser = site.open_browser("coordinator")
    browser.get(f"/language/{language}")
    chromium.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
    host = f"http://127.0.0.1:{site.port}"
    set_cookies(chromium, site, browser.cookies)
    found = {
        path: look(chromium, f"{host}{path}") for path in list_pages(browser)[0 if LONG else part :: 1 if LONG else 2]
    }
    set_cookies(chromium, site, {"kiosk-language": language})
    found["/login"] = look(chromium, f"{host}/login")
    assert {path: faults for path, faults in found.items() if faults} == {}


def test_axe_finds_what_is_wrong(site: DeskSite, chromium: Chromium, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<html><title>x</title><body style='color:#999'><input><p>pale words</body></html>", encoding="utf-8"
    )
    assert {"label", "color-contrast", "html-has-lang"} <= look(chromium, page.as_uri()).keys()
