"""What a kiosk and its hub say to each other, step by step, over a real hub and real files."""

from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import msgspec
import pytest
from msgspec.structs import replace

from devices.protocols.decoder import CardNumber
from domain.clock import MachineClock
from domain.log.registered_names import REGISTERED_NAMES
from domain.log.signing import SigningKey
from domain.log.sqlite import open_sqlite_log
from kiosk.home import Home
from kiosk.home_files import LOG_FILE, PEOPLE_FILE, SIGNING_KEY_FILE
from kiosk.joined_home.sync_state import SyncState
from kiosk.joined_home.unit_copy import UnitCopy
from kiosk.people.people import People
from kiosk.sync import push
from kiosk.sync.exchange import Sessions
from kiosk.sync.hub_connection import A, HttpConnection, HubNotReached, HubRefused
from kiosk.sync.own_log import OwnLog
from kiosk.sync.pull import NAMES_SECONDS, Puller
from kiosk.sync.push import BEAT_SECONDS, Pusher
from kiosk.sync.retry import SETTLE_SECONDS
from kiosk.sync.sync_report import ClockOffset, SyncReport
from kiosk.sync.unit_heads import UnitHeads, load_unit_heads
from kiosk.wire_protocol.messages import EXCHANGE, LONGEST_WAIT, Copied, ExchangeAnswer, ExchangeRequest, Refusal
from tests.support.hub_site import HubSite, serve_site, tap
from tests.support.kiosk_program import line, run_kiosk, write_batch

UNKNOWN = "E:0000000001"


MOST_ROWS = 2
"""Of a batch, in these tests."""


@pytest.fixture(autouse=True)
def send_small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(push, "MOST_ROWS", MOST_ROWS)


class WatchedConnection:
    """A connection to the hub, of which the next messages can be lost: before they arrive, or their answers."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.places: list[str] = []
        self.lost = list[str]()
        """Of the next messages: `request`, `answer`, or a refusal in the place of the hub's answer."""
        self.refusals = list[Refusal]()
        self._connection = HttpConnection(url, None)

    def send(self, place: str, message: msgspec.Struct, answer: type[A], wait_seconds: float = 0.0) -> A:
        self.places.append(place)
        lost = self.lost.pop(0) if self.lost else ""
        if lost == "request":
            raise HubNotReached("not_reached")
        if self.refusals:
            raise HubRefused(self.refusals.pop(0))
        assert wait_seconds in (0.0, LONGEST_WAIT)
        if isinstance(message, ExchangeRequest) and message.pull:  # nothing here waits for news
            message = replace(message, pull=replace(message.pull, wait_seconds=0.0))
        answered = self._connection.send(place, message, answer)
        if lost == "answer":
            raise HubNotReached("cut_off")
        return answered

    def close(self) -> None:
        self._connection.close()


class Stopwatch:
    def __init__(self) -> None:
        self.seconds = 1_000.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class Lines:
    """The two lines of one kiosk, whose steps are taken by the test."""

    folder: Path
    own: OwnLog
    push_over: WatchedConnection
    pull_over: WatchedConnection
    pusher: Pusher
    puller: Puller
    report: SyncReport
    copy: UnitCopy
    people: People
    sessions: Sessions
    watch: Stopwatch

    @property
    def state(self) -> SyncState:
        return self.report.state


def draw_most(_least: float, most: float) -> float:
    return most


@contextmanager
def open_lines(folder: Path, url: str) -> Generator[Lines]:
    """As `kiosk sync` opens them, but for its threads."""
    with (
        closing(open_sqlite_log(folder / LOG_FILE, REGISTERED_NAMES)) as log,
        closing(UnitCopy.open(folder)) as copy,
        closing(People.open(folder / PEOPLE_FILE, simulation=False)) as people,
        closing(WatchedConnection(url)) as first,
        closing(WatchedConnection(url)) as second,
    ):
        own, clock, watch = OwnLog(log, SigningKey.load(folder / SIGNING_KEY_FILE)), MachineClock(), Stopwatch()
        sessions, report = Sessions(own), SyncReport(SyncState(), clock)
        pusher = Pusher(first, sessions, report, own, clock, draw_most, watch)
        puller = Puller(second, sessions, report, copy, people, UnitHeads(folder, clock), draw_most, watch)
        yield Lines(folder, own, first, second, pusher, puller, report, copy, people, sessions, watch)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HubSite]:
    with serve_site(tmp_path_factory.mktemp("site") / "unit") as served:
        yield served


@pytest.fixture
def name(request: pytest.FixtureRequest) -> str:
    """Of the kiosk: each test has one of its own."""
    return request.node.name[-50:]


@pytest.fixture
def lines(site: HubSite, tmp_path: Path, name: str) -> Iterator[Lines]:
    with open_lines(site.join(tmp_path / "kiosk", name), site.url) as opened:
        yield opened


@contextmanager
def tapping(folder: Path) -> Generator[Callable[[], object]]:
    """A card that nobody knows, tapped whenever it is called."""
    with Home.open(folder) as home:
        card = home.derive_token(CardNumber.parse(UNKNOWN))
        yield lambda: home.door.record_tap(card, "script", None, home.clock.read())


def tap_times(lines: Lines, count: int) -> None:
    with tapping(lines.folder) as tap_once:
        for _ in range(count):
            tap_once()


# --- Sending ---


def test_what_is_recorded_arrives_once_and_in_batches(site: HubSite, lines: Lines, name: str) -> None:
    tap_times(lines, MOST_ROWS + 1)

    assert lines.pusher.step().seconds == 0
    assert lines.pusher.step() == (BEAT_SECONDS, True)

    assert site.count_held(name) == lines.state.held == lines.own.find_end() == MOST_ROWS + 1
    assert lines.push_over.places.count(EXCHANGE) == 2
    assert (lines.state.failure, lines.state.refusal) == (None, None)


def test_without_news_only_the_head_is_sent_now_and_then(site: HubSite, lines: Lines) -> None:
    lines.pusher.step()
    lines.push_over.places.clear()

    assert lines.pusher.step() == (BEAT_SECONDS, True)
    assert lines.push_over.places == []
    lines.watch.seconds += BEAT_SECONDS
    lines.pusher.step()

    assert lines.push_over.places == [EXCHANGE]
    assert not lines.pusher.has_news()
    assert BEAT_SECONDS < 300


LOSSES = [(message, lost) for message in range(4) for lost in ("request", "answer")]
"""Each message of a greeting and of pushes, lost on its way or with its answer."""


def test_a_message_that_was_lost_is_sent_again_and_taken_once(site: HubSite, lines: Lines, name: str) -> None:
    with tapping(lines.folder) as tap_once:
        for number, (message, lost) in enumerate(LOSSES[:6], 1):
            tap_once()
            lines.sessions.drop(lines.sessions.find(lines.pull_over))
            lines.push_over.lost = [""] * message + [lost]

            assert lines.pusher.step() == (0.2, False)
            assert lines.state.failure == ("not_reached" if lost == "request" else "cut_off")
            assert lines.state.since is not None
            lines.pusher.step()

            assert site.count_held(name) == lines.state.held == number
            assert (lines.state.failure, lines.state.since) == (None, None)


def test_a_program_that_ends_between_any_two_steps_sends_the_rest_once(
    site: HubSite, tmp_path: Path, name: str
) -> None:
    folder = site.join(tmp_path / "kiosk", name)
    with tapping(folder) as tap_once:
        for number, (message, lost) in enumerate(LOSSES, 1):
            for _ in range(MOST_ROWS + 1):
                tap_once()
            with open_lines(folder, site.url) as lines:
                lines.push_over.lost = [""] * message + [lost]
                while not lines.pusher.is_failing and lines.pusher.step().seconds == 0:
                    pass
                assert lines.pusher.is_failing
            with open_lines(folder, site.url) as lines:
                while lines.pusher.step().seconds == 0:
                    pass
            assert site.count_held(name) == number * (MOST_ROWS + 1)


def test_a_hub_that_was_restored_from_an_older_backup_is_sent_what_it_lost(tmp_path: Path) -> None:
    folder, kiosk = tmp_path / "unit", tmp_path / "kiosk"
    with serve_site(folder) as site:
        site.join(kiosk, "north")
        assert run_kiosk("backup", tmp_path / "backups", "--home", folder).status == 0
        with open_lines(kiosk, site.url) as lines:
            tap(kiosk)
            tap(kiosk, UNKNOWN)
            lines.pusher.step()
            lines.puller.step()
            before = lines.copy.cursor
            assert site.count_held("north") == 2
        port = int(site.url.rpartition(":")[2])
    backup = next((tmp_path / "backups").iterdir())
    assert run_kiosk("restore", backup, "--home", folder, "--to", tmp_path / "restored").status == 0

    with serve_site(tmp_path / "restored", port=port) as site, open_lines(kiosk, site.url) as lines:
        lines.pusher.step()
        lines.puller.step()
        assert site.count_held("north") == 2
        assert lines.copy.cursor.unit == site.home.log.log_id != before.unit


# --- Refused ---


def test_a_session_that_ended_is_begun_again(site: HubSite, lines: Lines, name: str) -> None:
    lines.pusher.step()
    tap(lines.folder, UNKNOWN)
    lines.push_over.refusals = [Refusal("no_session")]

    assert lines.pusher.step().seconds == 0.2
    assert (lines.state.failure, lines.state.refusal) == (None, None)
    lines.pusher.step()

    assert site.count_held(name) == 1


def test_a_hub_that_has_no_time_is_asked_when_it_said(lines: Lines) -> None:
    lines.push_over.refusals = [Refusal("busy", wait_seconds=2.0)]

    assert lines.pusher.step() == (3.0, False)
    assert lines.state.failure == "busy"


def test_a_batch_that_is_too_much_is_halved(
    site: HubSite, lines: Lines, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(push, "MOST_ROWS", 4)
    lines.pusher.step()
    tap_times(lines, 3)
    lines.push_over.places.clear()
    lines.push_over.refusals = [Refusal("too_much")] * 2

    assert [lines.pusher.step().seconds for _ in range(5)] == [0.2, 0.4, 0.0, 0.0, BEAT_SECONDS]

    assert site.count_held(name) == 3
    assert lines.push_over.places == [EXCHANGE] * 5


def test_one_event_that_is_too_much_is_said(lines: Lines) -> None:
    lines.pusher.step()
    tap_times(lines, 1)
    lines.push_over.refusals = [Refusal("too_much")] * 3

    assert [lines.pusher.step().seconds for _ in range(3)] == [0.2, 0.4, 0.8]
    assert lines.state.refusal == "too_much"


def test_a_stopped_kiosk_goes_on_once_a_person_has_settled_it(site: HubSite, lines: Lines, name: str) -> None:
    site.stop(name)
    tap(lines.folder, UNKNOWN)

    assert lines.pusher.step().seconds == SETTLE_SECONDS
    assert (lines.state.refusal, lines.state.alarm) == ("stopped", "not_yours")
    site.settle(name)
    lines.pusher.step()

    assert site.count_held(name) == 1
    assert (lines.state.refusal, lines.state.alarm, lines.state.since) == (None, None, None)


def test_a_key_that_was_revoked_is_said_by_both_lines_and_asked_about_slowly(
    site: HubSite, lines: Lines, name: str
) -> None:
    lines.pusher.step()
    site.revoke(name)
    tap(lines.folder, UNKNOWN)

    for line_ in (lines.pusher, lines.puller):
        line_.step()
        assert line_.step().seconds == SETTLE_SECONDS
    assert lines.state.refusal == "key_not_valid"


def test_an_own_log_that_was_altered_is_not_signed_for(site: HubSite, lines: Lines, name: str) -> None:
    tap(lines.folder, UNKNOWN)
    build = lines.own._log._recorder.read_onward

    def alter(after: int, limit: int, upto: int) -> list[tuple[object, ...]]:
        return [(*row[:4], row[4].replace(b"unknown_card", b"revoked_card")) for row in build(after, limit, upto)]

    lines.own._log._recorder.read_onward = alter

    assert lines.pusher.step().seconds == SETTLE_SECONDS
    assert lines.state.failure == "own_log_altered"
    assert site.count_held(name) == 0


# --- Fetching ---


def test_what_the_desk_wrote_and_the_names_arrive(site: HubSite, lines: Lines, tmp_path: Path) -> None:
    assert tap(lines.folder) == 1
    lines.puller.step()
    assert tap(lines.folder) == 0
    with closing(People.open(lines.folder / PEOPLE_FILE, simulation=False)) as people:
        assert [greeting[1] for greeting in people.load_greetings()] == ["陳〇玉"]

    enrolled = {"mode": "flexible", "agreement_from": "2026-01-02", "name": "林小華"}
    batch = write_batch(tmp_path / "day.jsonl", line("enrol_volunteer", "2026-01-02T08:00", volunteer="V9", **enrolled))
    assert run_kiosk("apply", batch, "--home", site.home.path).err == ""
    lines.puller.step()
    lines.puller.step()

    assert lines.state.heard_at is not None
    assert lines.state.position == site.home.log.head().position == lines.copy.cursor.upto
    assert load_unit_heads(lines.folder)[-1].head == site.home.log.head()
    assert "林〇華" in [greeting[1] for greeting in lines.people.load_greetings()]


def test_the_name_of_who_has_left_is_deleted_at_the_kiosk(site: HubSite, lines: Lines, tmp_path: Path) -> None:
    enrolled = {"mode": "flexible", "agreement_from": "2026-01-02", "name": "蔡大山"}
    here = line("enrol_volunteer", "2026-01-02T08:00", volunteer="V10", **enrolled)
    left = line("end_agreement", "2026-01-05T08:00", volunteer="V10", on="2026-01-05", reason="moved away")
    for step, is_named in ((here, True), (left, False)):
        assert run_kiosk("apply", write_batch(tmp_path / "day.jsonl", step), "--home", site.home.path).err == ""
        lines.puller.step()
        lines.puller.step()
        assert ("蔡〇山" in [greeting[1] for greeting in lines.people.load_greetings()]) is is_named
    assert "蔡".encode() not in b"".join(file.read_bytes() for file in lines.folder.glob("people.db*"))


def test_names_are_asked_for_again_after_a_while_and_come_only_where_they_changed(site: HubSite, lines: Lines) -> None:
    for _ in range(2):
        lines.puller.step()
    digest = lines.people.find_names_digest()
    lines.pull_over.places.clear()
    lines.puller.step()
    assert lines.pull_over.places == [EXCHANGE]

    lines.watch.seconds += NAMES_SECONDS
    lines.puller.step()

    assert lines.pull_over.places[1:] == ["/v1/names", EXCHANGE]
    assert lines.people.find_names_digest() == digest != b""


def test_a_hub_that_does_not_wait_is_not_asked_without_a_pause(lines: Lines) -> None:
    lines.puller.step()

    assert lines.puller.step().seconds == 1.0


def test_a_copy_that_was_deleted_comes_back(site: HubSite, tmp_path: Path, name: str) -> None:
    folder = site.join(tmp_path / "kiosk", name)
    for _ in range(2):
        with open_lines(folder, site.url) as lines:
            lines.puller.step()
            assert lines.copy.cursor.upto == site.home.log.head().position
        for file in folder.glob("unit.*"):
            file.unlink()


# --- What is kept of it ---


def test_the_clock_of_the_hub_is_compared_with_the_middle_of_the_way_there_and_back() -> None:
    sent = datetime(2026, 11, 19, 1, 0, tzinfo=UTC)
    hub = int(sent.timestamp()) * 10**9

    assert push.compute_offset(hub, sent, sent + timedelta(milliseconds=30)) == ClockOffset(-15_000_000, 15_000_000)
    ahead = push.compute_offset(hub + 3_600 * 10**9, sent, sent + timedelta(milliseconds=2))
    assert ahead == ClockOffset(3_600 * 10**9 - 1_000_000, 1_000_000)


def test_an_answer_that_comes_late_takes_nothing_back(lines: Lines) -> None:
    answer = ExchangeAnswer(0, 16, ())
    lines.report.record_push(answer, 2, ClockOffset(0, 0))

    lines.report.record_pull(replace(answer, position=15), is_complete=True)
    assert lines.state.position == 16
    restored = Copied(UUID(int=1), 9, b"c" * 32, (), begins_anew=True)
    lines.report.record_pull(replace(answer, position=9, copied=restored), is_complete=True)
    assert lines.state.position == 9
