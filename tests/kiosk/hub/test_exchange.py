"""What kiosks send is taken once, over HTTP, whatever is repeated; what contradicts a proof stops its source."""

from collections.abc import Callable

import pytest

from domain.act import Act
from domain.log.source_messages import MOST_BYTES, MOST_ROWS, build_batch
from domain.use_cases.source_intake import SourceIntake
from kiosk.home import Home
from kiosk.hub.sessions import NONCE_SECONDS, SESSION_SECONDS
from kiosk.wire_protocol.messages import (
    CHALLENGE,
    EXCHANGE,
    SESSION,
    ChallengeAnswer,
    Refusal,
    SessionAnswer,
)
from tests.kiosk.hub.conftest import Stopwatch
from tests.support.hub_client import HubAddress, JoinedKiosk, Refused, serve_hub_of
from tests.support.people import COORDINATOR
from tests.support.source_doors import NINE, SourceDoor, flip_byte

ACT = Act(NINE, COORDINATOR, NINE)


def refuse(ask: Callable[[], object]) -> Refusal:
    """Why the hub took nothing."""
    with pytest.raises(Refused) as refused:
        ask()
    return refused.value.refusal


def prove(home: Home, kiosk: JoinedKiosk) -> None:
    """Each event of a kiosk stands in the log once, in order, and both chains fit."""
    assert home.log.verify().whole
    found = SourceIntake(home.log, home.clock).verify(kiosk.door.log_id)
    assert found == (len(kiosk.door.rows), kiosk.door.head, None, None)


# --- Taken once ---


def test_events_are_taken_once_however_often_they_are_sent(home: Home, kiosk: JoinedKiosk) -> None:
    kiosk.door.tap(5)

    assert [kiosk.push(*span) for span in ((0, 3), (0, 3), (1, 5), (0, 5), (5, 5))] == [3, 3, 5, 5, 5]
    prove(home, kiosk)


def test_a_kiosk_that_comes_back_is_told_how_far_it_is_held(kiosk: JoinedKiosk) -> None:
    kiosk.door.tap(3)
    kiosk.push()

    assert kiosk.challenge().held == kiosk.greet().held == 3


def test_both_are_done_at_once_and_the_position_is_that_of_the_unit(home: Home, kiosk: JoinedKiosk) -> None:
    kiosk.door.tap(2)
    answer = kiosk.exchange(kiosk.door.build_batch(), kiosk.cursor)

    assert answer.held == 2
    assert answer.copied is not None
    assert answer.position == answer.copied.upto == home.log.head().position
    assert answer.copied.chain_upto == home.log.head().chain


def test_an_event_that_only_a_newer_program_knows_is_taken(home: Home, kiosk: JoinedKiosk) -> None:
    kiosk.door.tap()
    kiosk.door.rows = [kiosk.door.rows[0]._replace(topic="attendance.tap-weighed")]

    assert kiosk.push() == 1
    prove(home, kiosk)


# --- Refused, and nothing is stored ---


def test_events_that_leave_a_gap_are_sent_back_for(kiosk: JoinedKiosk) -> None:
    kiosk.door.tap(3)

    assert refuse(lambda: kiosk.push(2)) == Refusal("behind", held=0)


def test_a_byte_that_was_changed_on_the_way_is_found(kiosk: JoinedKiosk) -> None:
    kiosk.door.tap(2)

    assert refuse(lambda: kiosk.exchange(flip_byte(kiosk.door.build_batch()))) == Refusal("not_signed")
    assert kiosk.push() == 2


@pytest.mark.parametrize(("events", "is_taken"), [(MOST_ROWS, True), (MOST_ROWS + 1, False)])
def test_a_batch_has_so_many_events_and_no_more(kiosk: JoinedKiosk, events: int, is_taken: bool) -> None:
    kiosk.door.tap(1)
    kiosk.push()
    row = kiosk.door.rows[0]
    door, rows = kiosk.door, [row._replace(version=version) for version in range(2, events + 2)]
    batch = build_batch(door.key, door.log_id, 1, door.chains[1], rows)

    if is_taken:
        assert kiosk.exchange(batch).held == 1 + events
    else:
        assert refuse(lambda: kiosk.exchange(batch)) == Refusal("too_much")


def test_a_batch_of_too_many_bytes_is_refused(kiosk: JoinedKiosk) -> None:
    kiosk.door.tap()
    kiosk.door.rows = [kiosk.door.rows[0]._replace(state=b" " * MOST_BYTES + b"{}")]

    assert refuse(kiosk.push) == Refusal("too_much")


def test_a_log_that_never_joined_is_unknown(hub: HubAddress) -> None:
    assert refuse(JoinedKiosk(hub, SourceDoor("stranger")).challenge) == Refusal("unknown_source")


def test_a_greeting_with_another_key_is_not_signed(kiosk: JoinedKiosk) -> None:
    kiosk.door.key = SourceDoor("somebody else").key

    assert refuse(kiosk.greet) == Refusal("not_signed")


# --- Nonces and tokens ---


def test_a_nonce_is_used_once(hub: HubAddress, kiosk: JoinedKiosk) -> None:
    greeting = kiosk.build_greeting(kiosk.challenge())

    assert hub.ask(SESSION, greeting, SessionAnswer).held == 0
    assert refuse(lambda: hub.ask(SESSION, greeting, SessionAnswer)) == Refusal("no_session")


@pytest.mark.parametrize(("seconds", "is_heard"), [(NONCE_SECONDS - 5, True), (NONCE_SECONDS, False)])
def test_a_nonce_is_good_for_a_minute(
    hub: HubAddress, kiosk: JoinedKiosk, stopwatch: Stopwatch, seconds: float, is_heard: bool
) -> None:
    greeting = kiosk.build_greeting(kiosk.challenge())
    stopwatch.moved += seconds

    if is_heard:
        assert hub.ask(SESSION, greeting, SessionAnswer).token
    else:
        assert refuse(lambda: hub.ask(SESSION, greeting, SessionAnswer)) == Refusal("no_session")


def test_a_nonce_is_of_the_log_that_asked(hub: HubAddress, join: Callable[[], JoinedKiosk]) -> None:
    one, other = join(), join()
    asked = ChallengeAnswer(one.challenge().nonce, 0)

    assert refuse(lambda: hub.ask(SESSION, other.build_greeting(asked), SessionAnswer)) == Refusal("no_session")


def test_of_many_nonces_the_oldest_are_dropped(hub: HubAddress, kiosk: JoinedKiosk) -> None:
    first = kiosk.build_greeting(kiosk.challenge())
    greetings = [kiosk.build_greeting(kiosk.challenge()) for _ in range(16)]

    assert refuse(lambda: hub.ask(SESSION, first, SessionAnswer)) == Refusal("no_session")
    assert hub.ask(SESSION, greetings[0], SessionAnswer).token


@pytest.mark.parametrize(("seconds", "is_heard"), [(SESSION_SECONDS - 60, True), (SESSION_SECONDS, False)])
def test_a_token_is_good_for_an_hour(kiosk: JoinedKiosk, stopwatch: Stopwatch, seconds: float, is_heard: bool) -> None:
    stopwatch.moved += seconds

    if is_heard:
        assert kiosk.push() == 0
    else:
        assert refuse(kiosk.push) == Refusal("no_session")


def test_a_token_is_of_the_log_that_was_heard(join: Callable[[], JoinedKiosk]) -> None:
    one, other = join(), join()
    other.door.tap()
    other.token = one.token

    assert refuse(other.push) == Refusal("no_session")


def test_a_token_is_not_made_up(hub: HubAddress) -> None:
    for ask in (JoinedKiosk(hub, SourceDoor("x")).push, JoinedKiosk(hub, SourceDoor("x")).ask_names):
        assert refuse(ask) == Refusal("no_session")


def test_a_hub_that_was_started_again_asks_to_greet_anew(home: Home, hub: HubAddress, kiosk: JoinedKiosk) -> None:
    greeting = kiosk.build_greeting(kiosk.challenge())
    with serve_hub_of(home) as again:
        kiosk.hub = again
        assert refuse(kiosk.push) == Refusal("no_session")
        assert refuse(lambda: again.ask(SESSION, greeting, SessionAnswer)) == Refusal("no_session")


# --- Stopped ---


def test_a_log_that_went_back_is_stopped_until_a_person_decides(home: Home, kiosk: JoinedKiosk) -> None:
    kiosk.door.tap(3)
    kiosk.push()
    now, kiosk.door = kiosk.door, kiosk.door.go_back(1)

    assert refuse(kiosk.greet) == Refusal("stopped", alarm="went_back")
    kiosk.door = now
    assert refuse(kiosk.pull) == Refusal("stopped", alarm="went_back")
    intake = SourceIntake(home.log, home.clock)
    intake.settle_alarm(now.log_id, home.people.keep_note("a disk was exchanged", 1), ACT)
    assert refuse(kiosk.pull) == Refusal("no_session")
    kiosk.greet()
    assert kiosk.push(3) == 3


def test_other_events_than_before_are_an_alarm(kiosk: JoinedKiosk) -> None:
    kiosk.door.tap(2)
    kiosk.push()
    forked = kiosk.door.go_back(1)
    forked.tap(minute=7)
    kiosk.door = forked

    assert refuse(kiosk.push) == Refusal("stopped", alarm="forked")


def test_an_event_of_another_kiosk_is_an_alarm(kiosk: JoinedKiosk) -> None:
    kiosk.door.tap()
    other = SourceDoor("entrance")
    other.tap()
    batch = kiosk.door.replace_row(kiosk.door.build_batch(), 0, other.rows[0])

    assert refuse(lambda: kiosk.exchange(batch)) == Refusal("stopped", alarm="not_yours")


def test_a_log_that_was_restored_is_found_by_its_earlier_name(kiosk: JoinedKiosk) -> None:
    kiosk.door.tap(2)
    kiosk.push()
    kiosk.door.names.append(SourceDoor("another name").log_id)

    assert kiosk.challenge().held == 2
    assert refuse(kiosk.greet) == Refusal("stopped", alarm="restored")


def test_a_key_that_is_revoked_is_not_heard_from_the_next_message_on(home: Home, kiosk: JoinedKiosk) -> None:
    kiosk.door.tap()
    SourceIntake(home.log, home.clock).revoke(kiosk.door.log_id, None, ACT)

    assert refuse(kiosk.ask_names) == Refusal("key_not_valid")
    assert refuse(kiosk.push) == Refusal("no_session")
    assert refuse(kiosk.challenge) == Refusal("key_not_valid")


# --- What is no message ---


@pytest.mark.parametrize("path", [CHALLENGE, SESSION, EXCHANGE])
def test_a_body_that_is_no_message_is_not_understood(hub: HubAddress, path: str) -> None:
    status, _ = hub.post(path, b"no message")

    assert status == 400


def test_what_is_no_post_is_refused(hub: HubAddress) -> None:
    assert hub.post("/v1/nothing", b"")[0] == 404
    assert hub.post("/v1/exchange", b"", Host="elsewhere")[0] == 400
