"""Who may open what at the desk: the role table by address, forms of our own pages only, and its own name only."""

import http.client
import io

import pytest

from domain.model.desk_account import Role
from kiosk.desk.forms import MOST_BYTES, MOST_FIELDS
from kiosk.desk.roles import GRANTS, Right, is_granted
from kiosk.desk.security import HEADERS
from kiosk.words.desk.shared_zh_tw import DESK as CHINESE
from tests.kiosk.desk.conftest import ROLES, Browser, DeskSite
from tests.support.kiosk_program import run_kiosk
from tests.support.waiting import TIMEOUT_SECONDS

ADDRESSES: dict[Right, tuple[str, ...]] = {
    "today": ("/today/events",),
    "cases": ("/cases",),
    "awards": (
        "/awards",
        "/awards/award?award=honor-card",
        "/awards/person?volunteer=V001",
        "/awards/given",
        "/awards/groups",
    ),
    "muster": ("/muster",),
    "assessment": ("/assessment", "/assessment?day=2026-12-31"),
    "month": (
        "/month",
        "/month?month=115-11",
        "/month/difference?month=2026-11",
        "/month/served",
        *("/month/ministry?month=2026-11", "/month/spot-checks"),
    ),
    "correct": ("/pending", "/pending/item?kind=absent&events=1", "/pending/done"),
    "unit": ("/unit", "/unit/policy", "/unit/accounts", "/unit/state", "/unit/plans", "/unit/leaders", "/unit/kiosks"),
    "plan_view": ("/plan", "/plan/month", "/plan/duty/S1", "/sessions", "/tours", "/plan/desk-sessions"),
    "plan": ("/plan/add", "/plan/new", "/plan/copy", "/plan/feeds", "/plan/duty-work"),
    "people": (
        "/people",
        "/people/new",
        "/people/person?volunteer=V001",
        "/people/reader?volunteer=V001",
        "/people/export",
        "/people/import",
        "/people/insurance",
    ),
    "audit": (
        *("/audit", "/audit/day", "/audit/day?volunteer=V001&date=2026-11-19", "/audit/event/1"),
        *("/audit/difference", "/audit/play", "/audit/lists", "/audit/heads", "/audit/what-if"),
        "/audit/what-if/shift?shift=S1&act=cancel",
    ),
    "documents": (
        *("/documents", "/documents/show?document=monthly_hours", "/documents/check", "/documents/check?code=x"),
        "/documents/show?document=monthly_hours&month=2026-11",
    ),
}
"""What each right opens: a section adds its pages here."""
EXPECTED: dict[Role, set[Right]] = {
    "leader": {"today", "plan_view", "muster"},
    "coordinator": {
        "today",
        "correct",
        "correct_late",
        "people",
        "plan_view",
        "plan",
        "muster",
        "month",
        "assessment",
        "cases",
        "awards",
        "audit",
        "unit",
        "documents",
        "issue_documents",
    },
    "registrar": {"today", "correct", "month", "audit", "documents", "issue_documents"},
    "unit_head": {"cases", "awards", "documents"},
    "auditor": {"audit", "documents"},
}
"""RULES 7.3, written down once more: R-122."""


def open_status(browser: Browser, path: str) -> int:
    """The status with which an address answers; a stream is not read to its end."""
    cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    connection = http.client.HTTPConnection("127.0.0.1", browser.port, timeout=TIMEOUT_SECONDS)
    connection.request("GET", path, headers={"Cookie": cookies})
    status = connection.getresponse().status
    connection.close()
    return status


@pytest.mark.parametrize("role", ROLES)
def test_the_table_grants_each_role_its_rights(role: Role) -> None:
    assert {right for right in GRANTS if is_granted(role, right)} == EXPECTED[role]


@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_what_the_table_grants_and_nothing_else(site: DeskSite, role: Role) -> None:
    browser = site.open_browser(role)
    answered = {(right, path): open_status(browser, path) for right, paths in ADDRESSES.items() for path in paths}
    assert answered == {(right, path): 200 if right in EXPECTED[role] else 403 for right, path in answered}


@pytest.mark.parametrize("path", [path for paths in ADDRESSES.values() for path in paths])
def test_without_a_session_every_page_leads_to_the_login(site: DeskSite, path: str) -> None:
    browser = site.open_browser()
    browser.cookies["kiosk-session"] = "made-up"
    page = browser.get(path)
    assert (page.status, page.headers["Location"]) == (303, "/login")


@pytest.mark.parametrize("path", ["/nowhere", "/static/../pages.py", "/static/pages.py", "/today", "/%00"])
def test_there_is_nothing_else(site: DeskSite, path: str) -> None:
    assert site.open_browser("coordinator").get(path).status == 404


RECEIVERS: dict[Right, tuple[str, ...]] = {
    "plan": (
        *("/plan/duty/S1", "/plan/add", "/plan/preview", "/plan/preview-copy", "/plan/save"),
        *("/plan/feeds/open", "/plan/feeds/close", "/plan/duty-work/describe", "/plan/duty-work/usual"),
        *("/sessions/new", "/sessions/one/add", "/sessions/one/take-back"),
        *("/sessions/one/training", "/sessions/one/cancel", "/tours/book", "/tours/change"),
        *("/plan/desk-sessions/add", "/plan/desk-sessions/cancel"),
    ),
    "muster": ("/muster/names", "/muster/drill"),
    "awards": (
        "/awards/grant",
        "/awards/card",
        "/awards/certificate",
        "/awards/attest",
        "/awards/retract",
        "/awards/groups",
        "/awards/groups/retract",
    ),
    "cases": ("/cases/report", "/cases/1/talk", "/cases/1/decide", "/cases/1/retract"),
    "unit": (
        *("/unit/open", "/unit/calendar", "/unit/policy/preview", "/unit/policy/adopt"),
        *("/unit/accounts/add", "/unit/accounts/password", "/unit/accounts/remove"),
        *(
            "/unit/plans/file",
            "/unit/plans/report",
            "/unit/plans/end",
            *("/unit/kiosks/settle", "/unit/kiosks/revoke", "/unit/kiosks/add"),
            "/unit/leaders/elect",
            "/unit/leaders/end",
            "/unit/leaders/withdraw",
        ),
    ),
    "correct": ("/pending/settle", "/pending/undo"),
    "people": (
        *("/people/import/check", "/people/import/save"),
        *("/people/insurance/preview", "/people/insurance/save"),
    ),
    "issue_documents": ("/documents/issue", "/month/ministry"),
    "month": (
        "/month/served/save",
        *("/month/spot-checks/draw", "/month/spot-checks/record", "/month/spot-checks/retract"),
    ),
}
"""What forms are sent to: a section adds its addresses here."""


@pytest.mark.parametrize("role", ROLES)
def test_each_role_sends_forms_to_what_the_table_grants_and_nothing_else(site: DeskSite, role: Role) -> None:
    """An empty form, with no token, is refused as well: by the page that says so, where the role may send one."""
    browser = site.open_browser(role)
    answered = {(right, path): browser.post(path, {}).text for right, paths in RECEIVERS.items() for path in paths}
    assert answered
    forbidden = {key: CHINESE.problems["forbidden"] in text for key, text in answered.items()}
    assert forbidden == {(right, path): right not in EXPECTED[role] for right, path in answered}


# --- Its own name ---


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", ""])
def test_another_name_is_refused(site: DeskSite, host: str) -> None:
    assert site.open_browser().get("/login", Host=host).status == 400


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "127.0.0.1", "[::1]"])
def test_its_own_names_are_answered(site: DeskSite, host: str) -> None:
    assert site.open_browser().get("/login", Host=f"{host}:{site.port}").status == 200


@pytest.mark.parametrize("path", ["/", "/login", "/static/desk.css", "/nowhere"])
def test_every_answer_carries_the_headers(site: DeskSite, path: str) -> None:
    page = site.open_browser().get(path)
    assert {name: page.headers[name] for name in HEADERS} == HEADERS
    assert page.headers["cache-control"] == ("no-cache" if "static" in path else "no-store")


def test_no_page_has_a_script_or_a_style_of_its_own(site: DeskSite) -> None:
    """The policy would not run it."""
    page = site.open_browser("coordinator").get("/").text
    assert "<script src=" in page
    assert all(inline not in page for inline in ("<style", "style=", "onclick", "<script>"))


# --- Forms of our own pages only ---


@pytest.mark.parametrize("token", ["", "0" * 64, "名"])
def test_a_form_without_the_token_of_its_page_changes_nothing(site: DeskSite, token: str) -> None:
    browser = site.open_browser("coordinator")
    assert browser.post("/logout", {"token": token}).status == 403
    assert browser.post("/logout", {}).status == 403
    assert browser.get("/").status == 200


def test_the_token_of_another_session_changes_nothing(site: DeskSite) -> None:
    mine, other = site.open_browser("coordinator"), site.open_browser("leader")
    assert mine.post("/logout", {"token": other.get("/").token}).status == 403
    assert mine.get("/").status == 200


def test_a_token_of_a_session_that_ended_opens_nothing(site: DeskSite) -> None:
    browser = site.open_browser("coordinator")
    token, cookie = browser.get("/").token, browser.cookies["kiosk-session"]
    assert browser.post("/logout", {"token": token}).headers["Location"] == "/login"
    browser.cookies["kiosk-session"] = cookie
    assert browser.post("/logout", {"token": token}).headers["Location"] == "/login"
    assert browser.get("/").headers["Location"] == "/login"


def test_a_login_from_another_site_is_refused(site: DeskSite) -> None:
    """It has the token of its own login page, and not the cookie of this browser."""
    foreign, browser = site.open_browser(), site.open_browser()
    browser.get("/login")
    token = foreign.get("/login").token
    assert browser.post("/login", {"token": token, "name": "leader", "password": "x"}).status == 403
    assert "kiosk-session" not in browser.cookies


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("application/json", b"{}", 415),
        ("application/x-www-form-urlencoded", b"a=" + b"x" * MOST_BYTES, 413),
        ("application/x-www-form-urlencoded", b"a=%ff", 400),
        ("application/x-www-form-urlencoded", b"a=1&" * (MOST_FIELDS + 1), 400),
        ("application/x-www-form-urlencoded", b"\xff", 400),
    ],
)
def test_what_is_no_form_is_refused(site: DeskSite, kind: str, body: bytes, status: int) -> None:
    assert site.open_browser().send("POST", "/login", body, {"Content-Type": kind}).status == status


# --- Sessions ---


def test_a_cookie_is_for_this_site_and_no_script(site: DeskSite) -> None:
    cookie = site.open_browser().log_in("coordinator").headers["Set-Cookie"].lower()
    assert cookie.startswith("kiosk-session=")
    assert {"httponly", "samesite=strict", "path=/"} <= {part.strip() for part in cookie.split(";")}


def test_a_login_form_posted_twice_begins_one_session(site: DeskSite) -> None:
    browser = site.open_browser()
    fields = {"token": browser.get("/login").token, "name": "coordinator", "password": "correct horse 9"}
    first = (browser.post("/login", fields).status, browser.cookies["kiosk-session"])
    assert (browser.post("/login", fields).status, browser.cookies["kiosk-session"]) == first


def test_a_changed_password_ends_every_session_of_the_account(site: DeskSite, monkeypatch: pytest.MonkeyPatch) -> None:

    browsers, other = [site.open_browser("registrar"), site.open_browser("registrar")], site.open_browser("leader")
    monkeypatch.setattr("sys.stdin", io.StringIO("correct horse 9\n"))
    assert run_kiosk("account", "password", "registrar", "--home", site.home).status == 0
    assert [browser.get("/").status for browser in browsers] == [303, 303]
    assert other.get("/").status == 200
    assert site.open_browser("registrar").get("/").status == 200
