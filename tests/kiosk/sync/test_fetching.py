"""What a kiosk fetches from its hub, and what it keeps of the answers, over a real hub and real files."""

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import msgspec
import pytest
from msgspec.structs import replace

from kiosk.home import Home
from kiosk.home_files import PEOPLE_FILE
from kiosk.hub import rows_for_kiosk
from kiosk.people.people import People
from kiosk.sync import push
from kiosk.sync.hub_connection import A
from kiosk.sync.pull import NAMES_SECONDS
from kiosk.sync.sync_report import ClockOffset, HeldLog
from kiosk.sync.unit_heads import load_unit_heads
from kiosk.wire_protocol.messages import EXCHANGE, Copied, ExchangeAnswer
from tests.support.exchange_lines import Lines, WatchedConnection, open_lines
from tests.support.hub_site import HubSite, tap
from tests.support.kiosk_program import line, run_kiosk, write_batch


class Interrupted:
    """A connection over which what the hub sends comes after something else has happened."""

    def __init__(self, connection: WatchedConnection, happen: Callable[[], None]) -> None:
        self._connection, self._happen = connection, happen

    def send(self, place: str, message: msgspec.Struct, answer: type[A], wait_seconds: float = 0.0) -> A:
        answered = self._connection.send(place, message, answer, wait_seconds)
        if place == EXCHANGE:
            self._happen()
        return answered

    def close(self) -> None:
        self._connection.close()


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


def test_a_copy_is_in_force_once_it_has_all_that_the_hub_has(lines: Lines, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each answer brings one event, and each second one is lost; the hub counts as heard with the last."""
    monkeypatch.setattr(rows_for_kiosk, "MOST_PULLED", 1)
    steps = 0
    while lines.state.heard_at is None and steps < 100:
        assert tap(lines.folder) == 1
        lines.pull_over.lost = ["answer"] * (steps % 2)
        lines.puller.step()
        steps += 1
    assert tap(lines.folder) == 0
    assert steps > 5


def test_what_was_asked_of_a_copy_that_is_deleted_meanwhile_is_asked_again(
    site: HubSite, lines: Lines, tmp_path: Path
) -> None:
    """The answer begins behind what is gone: with it alone the card would not be known again."""
    lines.puller.step()
    more = line("enrol_volunteer", "2026-01-02T08:00", volunteer="V11", mode="flexible", agreement_from="2026-01-02")
    assert run_kiosk("apply", write_batch(tmp_path / "more.jsonl", more), "--home", site.home.path).err == ""

    def delete_copy() -> None:
        for file in lines.folder.glob("unit.*"):
            file.unlink()
        Home.open(lines.folder).close()

    lines.puller.connection = Interrupted(lines.pull_over, delete_copy)
    lines.puller.step()
    lines.puller.connection = lines.pull_over
    lines.puller.step()

    assert lines.copy.cursor.upto == site.home.log.head().position
    assert tap(lines.folder) == 0


# --- What is kept of it ---


def test_the_clock_of_the_hub_is_compared_with_the_middle_of_the_way_there_and_back() -> None:
    sent = datetime(2026, 11, 19, 1, 0, tzinfo=UTC)
    hub = int(sent.timestamp()) * 10**9

    assert push.compute_offset(hub, sent, sent + timedelta(milliseconds=30)) == ClockOffset(-15_000_000, 15_000_000)
    ahead = push.compute_offset(hub + 3_600 * 10**9, sent, sent + timedelta(milliseconds=2))
    assert ahead == ClockOffset(3_600 * 10**9 - 1_000_000, 1_000_000)


def test_an_answer_that_comes_late_takes_nothing_back(lines: Lines) -> None:
    answer = ExchangeAnswer(0, 16, ())
    lines.report.record_push(answer, HeldLog(2, None), ClockOffset(0, 0))

    lines.report.record_pull(replace(answer, position=15), is_complete=True)
    assert lines.state.position == 16
    restored = Copied(UUID(int=1), 9, b"c" * 32, (), begins_anew=True)
    lines.report.record_pull(replace(answer, position=9, copied=restored), is_complete=True)
    assert lines.state.position == 9
