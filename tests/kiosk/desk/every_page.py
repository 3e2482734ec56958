"""Every page of the desk that a coordinator comes to: those of each right, each rule on trial, and where they lead."""

import re
from html import unescape

from domain.policy import PARAMETERS
from tests.kiosk.desk.conftest import Browser, Page
from tests.kiosk.desk.test_access import ADDRESSES

NOT_FOLLOWED = ("/logout", "/language/", "/today/events", "/static/", "/documents/file", "/feeds/")
MOST_PAGES = 400


def read_pages(browser: Browser, **headers: str) -> dict[str, Page]:
    """The pages by their addresses, in the order in which they are found."""
    found = dict[str, Page]()
    waiting = ["/", "/account", *(path for paths in ADDRESSES.values() for path in paths)]
    waiting += [f"/audit/what-if?rule={name}" for name in PARAMETERS]
    while waiting and len(found) < MOST_PAGES:
        path = waiting.pop(0)
        if path in found or path.startswith(NOT_FOLLOWED):
            continue
        page = found[path] = browser.get(path, **headers)
        if page.headers.get_content_type() == "text/html":
            waiting += [unescape(one).partition("#")[0] for one in re.findall(r'href="(/[^"]*)"', page.text)]
    return found
