"""What a kiosk sends to its hub, and what it does where that is lost or refused, over a real hub and real files."""

from pathlib import Path

import pytest

from kiosk.sync import push
from kiosk.sync.push import BEAT_SECONDS
from kiosk.sync.retry import SETTLE_SECONDS
from kiosk.wire_protocol.messages import EXCHANGE, Refusal
from tests.support.exchange_lines import UNKNOWN, Lines, open_lines, tap_times, tapping
from tests.support.hub_site import HubSite, serve_site, tap
from tests.support.kiosk_program import run_kiosk

MOST_ROWS = 2
"""Of a batch, in these tests."""


@pytest.fixture(autouse=True)
def send_small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(push, "MOST_ROWS", MOST_ROWS)


# --- Sending ---


def test_what_is_recorded_arrives_once_and_in_batches(site: HubSite, lines: Lines, name: str) -> None:
    tap_times(lines, MOST_ROWS + 1)

    assert lines.pusher.step().seconds == 0
    assert lines.pusher.step() == (BEAT_SECONDS, True)

    assert site.count_held(name) == lines.state.held == lines.own.find_end() == MOST_ROWS + 1
    assert lines.state.held_chain == lines.own.build_batch(MOST_ROWS + 1).chain_after
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
