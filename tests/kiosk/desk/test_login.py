"""Logging in: the answer tells nothing, guessing gets slower up to a cap, and a session ends when it should."""

from collections.abc import Generator
from datetime import timedelta
from uuid import UUID

import pytest

from domain.model.desk_account import ATTEMPTS_BEFORE_LOCKOUT, LONGEST_LOCKOUT
from kiosk.accounts.account_source import AccountEntry
from kiosk.accounts.passwords import Password
from kiosk.desk.login import FREE_PER_ADDRESS, MOST_KEYS, Throttle
from kiosk.desk.sessions import IDLE_SECONDS, MOST_SESSIONS, FormTokens, Sessions
from kiosk.home import Home
from tests.kiosk.conftest import list_topics
from tests.kiosk.desk.conftest import DeskSite, fill_home, serve
from tests.support.people import ANN, BEN


class Stopwatch:
    """Shows what it is set to."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


# --- The page ---


@pytest.fixture(scope="module")
def guessed_site(tmp_path_factory: pytest.TempPathFactory) -> Generator[DeskSite]:
    """A desk of its own, at which passwords are guessed."""
    with serve(fill_home(tmp_path_factory.mktemp("guessed"))) as served:
        yield served


def test_guessing_is_recorded_and_slowed_down_alike_for_names_without_an_account(guessed_site: DeskSite) -> None:
    answers = {}
    for name in ("leader", "nobody"):
        browser = guessed_site.open_browser()
        tries = [browser.log_in(name, "wrong horse 8") for _ in range(ATTEMPTS_BEFORE_LOCKOUT + 1)]
        answers[name] = [(page.status, name in page.text, "Retry-After" in page.headers) for page in tries]
        assert 25 <= int(tries[-1].headers["Retry-After"]) <= 30
        assert browser.log_in(name).status == 429  # the right password is not even tried
    assert answers["leader"] == answers["nobody"]
    assert answers["leader"] == [(403, True, False)] * ATTEMPTS_BEFORE_LOCKOUT + [(429, True, True)]
    assert list_topics(guessed_site.home).count("desk-account.login-failed") == ATTEMPTS_BEFORE_LOCKOUT
    assert guessed_site.open_browser("coordinator").get("/").status == 200  # another account is not held up
    assert list_topics(guessed_site.home)[-1] == "desk-account.logged-in"


def test_a_name_of_markup_is_shown_as_text(guessed_site: DeskSite) -> None:
    page = guessed_site.open_browser().log_in('"><script>alert(1)</script>', "x")
    assert "<script>" not in page.text
    assert "&lt;script&gt;" in page.text


def test_who_is_logged_in_is_led_past_the_login(guessed_site: DeskSite) -> None:
    assert guessed_site.open_browser("coordinator").get("/login").headers["Location"] == "/"


def test_a_password_that_is_damaged_in_the_store_is_said_without_a_traceback(guessed_site: DeskSite) -> None:
    with Home.open(guessed_site.home) as home:
        actor = home.people.find_actor("auditor")
        assert actor is not None
        home.people.keep_password_hash(actor, "another")
    page = guessed_site.open_browser().log_in("auditor")
    assert (page.status, "kiosk status" in page.text) == (503, True)


# --- Per address ---


def test_an_address_waits_after_its_free_failures_longer_and_longer_up_to_the_cap() -> None:
    now = Stopwatch()
    throttle = Throttle(FREE_PER_ADDRESS, now)
    for _ in range(FREE_PER_ADDRESS - 1):
        throttle.count_failure("here")
    assert throttle.find_wait("here") == timedelta(0)
    throttle.count_failure("here")
    assert (throttle.find_wait("here"), throttle.find_wait("there")) == (timedelta(seconds=30), timedelta(0))
    now.seconds = 29
    assert throttle.find_wait("here") == timedelta(seconds=1)
    now.seconds = 30
    assert throttle.find_wait("here") == timedelta(0)
    for _ in range(1000):
        throttle.count_failure("here")
    assert throttle.find_wait("here") == LONGEST_LOCKOUT
    throttle.reset("here")
    assert throttle.find_wait("here") == timedelta(0)


def test_addresses_without_end_fill_no_memory() -> None:
    throttle = Throttle(1, Stopwatch())
    for number in range(MOST_KEYS + 1):
        throttle.count_failure(str(number))
    assert throttle.find_wait("0") == timedelta(0)
    assert throttle.find_wait("1") > timedelta(0)


# --- Sessions ---


class FixedAccounts:
    """Accounts that are set by the test."""

    def __init__(self) -> None:
        self.entries = {who: AccountEntry(who, "name", "coordinator", "digest") for who in (ANN, BEN)}

    def find_actor(self, name: str) -> UUID | None:
        raise AssertionError(name)

    def find_entry(self, actor: UUID) -> AccountEntry | None:
        return self.entries.get(actor)

    def authenticate(self, actor: UUID, password: Password) -> bool:
        raise AssertionError(actor, password)

    def compare_in_vain(self, password: Password) -> None:
        raise AssertionError(password)


def test_a_session_ends_after_half_an_hour_without_a_page() -> None:
    now, accounts = Stopwatch(), FixedAccounts()
    sessions = Sessions(accounts, now)
    session = sessions.begin(accounts.entries[ANN], "form")
    now.seconds = IDLE_SECONDS - 1
    assert sessions.find(session.id, touch=True)
    now.seconds = 2 * IDLE_SECONDS - 2
    assert sessions.find(session.id, touch=False), "a page that only updates itself"
    now.seconds = 2 * IDLE_SECONDS - 1
    assert sessions.find(session.id, touch=True) is None
    now.seconds = 0
    assert sessions.find(session.id, touch=True) is None, "it does not come back"


@pytest.mark.parametrize("change", ["removed", "another password"])
def test_a_session_ends_with_its_account_and_with_its_password(change: str) -> None:
    accounts = FixedAccounts()
    sessions = Sessions(accounts)
    session, other = (sessions.begin(accounts.entries[who], "form") for who in (ANN, BEN))
    if change == "removed":
        del accounts.entries[ANN]
    else:
        accounts.entries[ANN] = accounts.entries[ANN]._replace(password_digest="new")
    assert sessions.find(session.id, touch=True) is None
    assert sessions.find(other.id, touch=True) is not None


def test_a_role_that_changes_holds_from_the_next_page_on() -> None:
    accounts = FixedAccounts()
    sessions = Sessions(accounts)
    session = sessions.begin(accounts.entries[ANN], "form")
    accounts.entries[ANN] = accounts.entries[ANN]._replace(role="auditor")
    found = sessions.find(session.id, touch=True)
    assert found is not None
    assert found[1].role == "auditor"


def test_an_account_has_a_limited_number_of_sessions() -> None:
    now, accounts = Stopwatch(), FixedAccounts()
    sessions = Sessions(accounts, now)
    begun = []
    for now.seconds in range(MOST_SESSIONS + 1):
        begun.append(sessions.begin(accounts.entries[ANN], f"form {now.seconds}"))
    awake = [sessions.find(session.id, touch=False) is not None for session in begun]
    assert awake == [False] + [True] * MOST_SESSIONS


def test_a_token_is_right_for_its_cookie_alone() -> None:
    tokens = FormTokens()
    assert tokens.is_right("cookie", tokens.derive("cookie"))
    assert not tokens.is_right("other", tokens.derive("cookie"))
    assert not tokens.is_right("", tokens.derive(""))
    assert not FormTokens().is_right("cookie", tokens.derive("cookie"))
