"""A kiosk joins with a code: once, for a quarter of an hour, under the name that the code was issued for."""

from datetime import timedelta
from pathlib import Path
from stat import S_IMODE

import pytest

from domain.clock import MachineClock
from domain.source_errors import KioskNameTaken
from kiosk.accounts import join_codes
from kiosk.accounts.join_codes import JOIN_CODES_FILE, MOST_WRONG, VALID_FOR, issue_join_code
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.home_files import KEY_FILE
from kiosk.hub.unit import HubUnit
from kiosk.wire_protocol.messages import Refusal
from tests.kiosk.hub.test_exchange import refuse
from tests.support.fixed_clock import FixedClock
from tests.support.hub_client import HubAddress, JoinedKiosk
from tests.support.joined_kiosk import join
from tests.support.source_doors import SourceDoor

WRONG = "0000 0000"


@pytest.fixture
def made(hub: HubAddress, request: pytest.FixtureRequest) -> JoinedKiosk:
    """A kiosk that has not joined, called as its test."""
    return JoinedKiosk(hub, SourceDoor(request.node.name[:60]))


def test_a_kiosk_is_given_what_it_needs_to_know(home: Home, made: JoinedKiosk) -> None:
    answer = made.join(issue_join_code(home, made.door.kiosk).code)

    assert (answer.unit, answer.kiosk) == (home.log.log_id, made.door.kiosk)
    assert (answer.zone, answer.simulation) == ("Asia/Taipei", True)
    assert answer.site_key == (home.path / KEY_FILE).read_bytes()
    assert answer.kiosks[0] == "entrance"
    assert made.door.kiosk not in answer.kiosks


def test_the_name_is_that_of_the_code(home: Home, made: JoinedKiosk) -> None:
    code = issue_join_code(home, "garden gate").code
    made.door.kiosk = "what was typed at the kiosk"

    assert made.join(code).kiosk == "garden gate"


def test_who_issued_the_code_stands_in_the_log(home: Home, made: JoinedKiosk) -> None:
    lin = home.people.ensure_actor("lin")
    made.join(issue_join_code(home, made.door.kiosk, lin).code.replace(" ", ""))

    joined = home.log.read_topic_lenient("kiosk-register.kiosk-joined")[-1].event
    assert (joined.by, joined.kiosk) == (lin, made.door.kiosk)  # type: ignore[attr-defined]


def test_a_code_is_of_the_log_that_used_it(home: Home, made: JoinedKiosk) -> None:
    """Which may ask again: the answer may not have arrived."""
    code = issue_join_code(home, made.door.kiosk).code
    first = made.join(code)

    assert made.join(code) == first
    assert refuse(lambda: JoinedKiosk(made.hub, SourceDoor("second")).join(code)) == Refusal("wrong_code")
    made.door.key = SourceDoor("another key").key
    assert refuse(lambda: made.join(code)) == Refusal("name_taken")


def test_a_log_joins_under_one_name(home: Home, made: JoinedKiosk) -> None:
    made.join(issue_join_code(home, made.door.kiosk).code)

    assert refuse(lambda: made.join(issue_join_code(home, "its second name").code)) == Refusal("name_taken")


@pytest.mark.parametrize("name", ["entrance", "desk", "garden"])
def test_a_name_is_given_once(home: Home, made: JoinedKiosk, name: str) -> None:
    """Also where another command gave it meanwhile."""
    if name == "garden":
        code = issue_join_code(home, name).code
        made.join(code)
    with pytest.raises(KioskNameTaken):
        issue_join_code(home, name)


@pytest.mark.parametrize("name", ["", " north", "no\nrth", "n" * 200])
def test_a_name_that_no_settings_could_hold_is_refused(home: Home, name: str) -> None:
    with pytest.raises(UserError, match="kiosk"):
        issue_join_code(home, name)


def test_another_code_for_a_name_voids_the_first(home: Home, made: JoinedKiosk) -> None:
    first, second = (issue_join_code(home, made.door.kiosk).code for _ in range(2))

    assert refuse(lambda: made.join(first)) == Refusal("wrong_code")
    assert made.join(second)


@pytest.mark.parametrize(("seconds", "is_taken"), [(-2, True), (0, False)])
def test_a_code_is_good_for_a_quarter_of_an_hour(
    home: Home, made: JoinedKiosk, monkeypatch: pytest.MonkeyPatch, seconds: int, is_taken: bool
) -> None:
    code = issue_join_code(home, made.door.kiosk)
    later = MachineClock().now() + VALID_FOR + timedelta(seconds=seconds)
    monkeypatch.setattr(join_codes, "_CLOCK", FixedClock(later))

    if is_taken:
        assert made.join(code.code)
    else:
        assert refuse(lambda: made.join(code.code)) == Refusal("wrong_code")


@pytest.mark.parametrize(("wrong", "is_taken"), [(MOST_WRONG - 1, True), (MOST_WRONG, False)])
def test_ten_wrong_codes_void_the_right_one(home: Home, made: JoinedKiosk, wrong: int, is_taken: bool) -> None:
    code = issue_join_code(home, made.door.kiosk).code
    for _ in range(wrong):
        assert refuse(lambda: made.join(WRONG)) == Refusal("wrong_code")

    if is_taken:
        assert made.join(code)
    else:
        assert refuse(lambda: made.join(code)) == Refusal("wrong_code")


def test_the_file_is_its_owners_and_holds_no_code(home: Home) -> None:
    code = issue_join_code(home, "north gate").code
    file = home.path / JOIN_CODES_FILE

    assert S_IMODE(file.stat().st_mode) == 0o600
    assert code.replace(" ", "").encode() not in file.read_bytes()


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff"])
def test_a_file_that_is_none_voids_what_was_issued(home: Home, made: JoinedKiosk, content: bytes) -> None:
    code = issue_join_code(home, made.door.kiosk).code
    (home.path / JOIN_CODES_FILE).write_bytes(content)

    assert refuse(lambda: made.join(code)) == Refusal("wrong_code")
    assert made.join(issue_join_code(home, made.door.kiosk).code)


def test_the_home_of_a_kiosk_issues_no_codes_and_is_no_hub(home: Home, tmp_path: Path) -> None:
    joined = join(tmp_path, home, "a kiosk itself")
    with Home.open(joined) as kiosk:
        for begin in (lambda: issue_join_code(kiosk, "north gate"), lambda: HubUnit(kiosk)):
            with pytest.raises(UserError, match="has joined a hub"):
                begin()
