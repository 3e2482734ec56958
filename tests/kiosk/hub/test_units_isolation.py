"""Each page, each call of the interface and each message of a unit, tried from another: it sees and changes nothing."""

from collections.abc import Generator

import pytest
from msgspec.structs import replace

from domain.log.chain import EMPTY_HEAD
from kiosk.accounts.accounts import Accounts
from kiosk.accounts.join_codes import issue_join_code
from kiosk.accounts.passwords import Password
from kiosk.cli.token import SCOPES
from kiosk.desk.api.read import READ_MODELS
from kiosk.home import Home
from kiosk.people.file import SYSTEM_ACTOR
from kiosk.wire_protocol.messages import (
    CHALLENGE,
    EXCHANGE,
    JOIN,
    NAMES,
    SESSION,
    ChallengeAnswer,
    ChallengeRequest,
    ExchangeAnswer,
    ExchangeRequest,
    JoinAnswer,
    JoinRequest,
    NamesAnswer,
    NamesRequest,
    Pull,
    Push,
    RefusalCode,
    SessionAnswer,
)
from tests.kiosk.desk.conftest import PASSWORD, fill_home
from tests.kiosk.desk.test_access import ADDRESSES, RECEIVERS
from tests.kiosk.hub.units_site import UnitBrowser, UnitsSite, serve_units_in
from tests.support.hub_client import JoinedKiosk, Refused
from tests.support.kiosk_program import line, run_kiosk, write_batch
from tests.support.source_doors import SourceDoor

PAGES = ["/", "/account", *(path for paths in ADDRESSES.values() for path in paths)]
FORMS = ["/logout", *(path for paths in RECEIVERS.values() for path in paths)]
MARKS = ("V777", "S777", "南區志工隊")
"""What only the south has: a volunteer, a duty, the name of the unit."""
SOUTH_ALONE = (
    line("enrol_volunteer", "2024-01-02T08:00", volunteer="V777", mode="flexible", agreement_from="2024-01-02"),
    line(
        "schedule_shift",
        "2026-11-01T08:00",
        shift="S777",
        start="2026-11-19T09:00",
        end="2026-11-19T12:00",
        volunteers=["V777"],
    ),
    line("open_unit", "2026-11-19T08:00", name="南區志工隊", kind="public", category="戶政"),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Generator[UnitsSite]:
    """Two units whose accounts have the same names and passwords, and whose ids are the same where they can be."""
    folder = tmp_path_factory.mktemp("isolated")
    for name in ("north", "south"):
        (folder / f"{name}-made").mkdir()
        fill_home(folder / f"{name}-made").rename(folder / name)
    batch = write_batch(folder / "south.jsonl", *SOUTH_ALONE)
    run_kiosk("apply", batch, "--keep-going", "--home", folder / "south")
    with serve_units_in(folder) as served:
        yield served


@pytest.fixture(scope="module")
def mine(site: UnitsSite) -> UnitBrowser:
    """A person who may do everything in the north."""
    return site.open_browser("north", "coordinator")


@pytest.fixture(scope="module")
def theirs(site: UnitsSite) -> UnitBrowser:
    """A person who may do everything in the south."""
    return site.open_browser("south", "coordinator")


@pytest.fixture
def across(site: UnitsSite, mine: UnitBrowser) -> UnitBrowser:
    """The browser of the north, with its cookies, at the south."""
    browser = site.open_browser("south")
    browser.cookies = {**mine.cookies}
    return browser


def find_head(site: UnitsSite, unit: str) -> object:
    with Home.open_to_read(site.folder / unit) as home:
        return home.log.head()


# --- People ---


def test_what_only_one_unit_has_is_on_its_own_pages(theirs: UnitBrowser, mine: UnitBrowser) -> None:
    """So that its absence elsewhere says something."""
    assert "V777" in theirs.get("/people").text
    assert "S777" in theirs.get("/plan/month?month=2026-11").text
    assert "V001" in mine.get("/people").text


@pytest.mark.parametrize("path", PAGES)
def test_a_session_of_one_unit_opens_no_page_of_another(across: UnitBrowser, path: str) -> None:
    page = across.get(path)
    assert (page.status, page.headers["Location"]) == (303, "/login")


@pytest.mark.parametrize("path", [path for path in PAGES if path != "/today/events"])
def test_no_page_of_a_unit_shows_what_another_has(mine: UnitBrowser, path: str) -> None:
    text = mine.get(path).text
    assert [mark for mark in MARKS if mark in text] == []


@pytest.mark.parametrize(
    "path",
    [
        "/people/person?volunteer=V777",
        "/people/reader?volunteer=V777",
        "/plan/duty/S777",
        "/awards/person?volunteer=V777",
        "/audit/day?volunteer=V777&date=2026-11-19",
    ],
)
def test_an_id_of_another_unit_is_an_unknown_one(mine: UnitBrowser, theirs: UnitBrowser, path: str) -> None:
    assert theirs.get(path).status == 200
    found, unknown = mine.get(path), mine.get(path.replace("777", "888"))
    assert (found.status, found.text.replace("777", "888")) == (unknown.status, unknown.text)


def test_no_form_of_one_unit_changes_another(site: UnitsSite, mine: UnitBrowser, theirs: UnitBrowser) -> None:
    """With the cookies of the one, or with the form of the one and the cookies of the other."""
    token, before = mine.get("/account").token, find_head(site, "south")
    across = site.open_browser("south")
    across.cookies = {**mine.cookies}
    for path in FORMS:
        sent = across.post(path, {"token": token})
        assert (sent.status, sent.headers["Location"]) in {(303, "/login"), (403, None)}, path
        assert (path, theirs.post(path, {"token": token}).status) == (path, 403)
    assert find_head(site, "south") == before
    assert theirs.get("/account").status == 200


def test_an_account_of_one_unit_is_none_of_another(site: UnitsSite) -> None:
    with Home.open(site.folder / "north") as home:
        Accounts(home).add("north-only", "leader", Password(PASSWORD), home.people.ensure_actor(SYSTEM_ACTOR))
    assert site.open_browser("north").log_in("north-only").status == 303
    assert site.open_browser("south").log_in("north-only").status != 303


def test_a_calendar_of_one_unit_is_no_address_of_another(site: UnitsSite, mine: UnitBrowser) -> None:
    text = mine.post(
        "/plan/feeds/open", {"token": mine.get("/plan/feeds").token, "kind": "volunteer", "volunteer": "V001"}
    ).text
    address = "/calendar/" + text.partition("/calendar/")[2].partition(".ics")[0] + ".ics"
    assert mine.get(address).status == 200
    assert site.open_browser("south").get(address).status == 404


@pytest.mark.parametrize("path", [*(f"/api/{name}" for name in READ_MODELS), "/api/commands/complete_training"])
def test_a_token_of_one_unit_is_none_of_another(site: UnitsSite, path: str) -> None:
    method = "POST" if "commands" in path else "GET"
    headers = {"Authorization": f"Bearer {issue_token(site)}"}
    before = find_head(site, "south")
    assert site.open_browser("south").send(method, path, "{}", headers).status == 401
    assert site.open_browser("north").send(method, path, "{}", headers).status in {200, 400, 422}
    assert find_head(site, "south") == before


_TOKENS: list[str] = []


def issue_token(site: UnitsSite) -> str:
    """A token of the north that may do everything."""
    if not _TOKENS:
        scopes = [part for scope in SCOPES for part in ("--scope", scope)]
        _TOKENS.append(run_kiosk("token", "issue", "hr", *scopes, "--home", site.folder / "north").out.strip())
    return _TOKENS[0]


# --- Kiosks ---


@pytest.fixture(scope="module")
def kiosk(site: UnitsSite) -> JoinedKiosk:
    """A kiosk of the north, which is heard there."""
    kiosk = JoinedKiosk(site.find_hub("north"), SourceDoor("side"))
    with Home.open(site.folder / "north") as home:
        kiosk.join(issue_join_code(home, "side").code)
    kiosk.greet()
    kiosk.door.tap(3)
    return kiosk


def refuse_code(raised: pytest.ExceptionInfo[Refused]) -> RefusalCode:
    return raised.value.refusal.code


def test_a_code_of_one_unit_joins_no_other(site: UnitsSite) -> None:
    with Home.open(site.folder / "north") as home:
        code = issue_join_code(home, "back").code
    door = SourceDoor("back")
    request = JoinRequest(code, door.kiosk, door.log_id, door.key.public)
    with pytest.raises(Refused) as refused:
        site.find_hub("south").ask(JOIN, request, JoinAnswer)
    assert refuse_code(refused) == "wrong_code"
    assert site.find_hub("north").ask(JOIN, request, JoinAnswer).kiosk == "back"


def test_a_kiosk_of_one_unit_is_unknown_to_another(site: UnitsSite, kiosk: JoinedKiosk) -> None:
    with pytest.raises(Refused) as refused:
        site.find_hub("south").ask(CHALLENGE, ChallengeRequest(tuple(kiosk.door.names)), ChallengeAnswer)
    assert refuse_code(refused) == "unknown_source"


def test_a_greeting_for_one_unit_is_none_for_another(site: UnitsSite, kiosk: JoinedKiosk) -> None:
    greeting = kiosk.build_greeting(kiosk.challenge())
    with pytest.raises(Refused) as refused:
        site.find_hub("south").ask(SESSION, greeting, SessionAnswer)
    assert refuse_code(refused) == "no_session"
    assert site.find_hub("north").ask(SESSION, greeting, SessionAnswer).token


def test_a_kiosk_of_one_unit_neither_sends_to_another_nor_is_sent_anything(site: UnitsSite, kiosk: JoinedKiosk) -> None:
    before, south = find_head(site, "south"), site.find_hub("south")
    batch = kiosk.door.build_batch(0)
    request = ExchangeRequest(kiosk.token, Push.of(batch), Pull(None, *EMPTY_HEAD))
    for message in (request, replace(request, push=None), replace(request, pull=None)):
        with pytest.raises(Refused) as refused:
            south.ask(EXCHANGE, message, ExchangeAnswer)
        assert refuse_code(refused) == "no_session"
    with pytest.raises(Refused) as refused:
        south.ask(NAMES, NamesRequest(kiosk.token), NamesAnswer)
    assert refuse_code(refused) == "no_session"
    assert find_head(site, "south") == before
    assert kiosk.push(0) == 3
    assert kiosk.ask_names().names
