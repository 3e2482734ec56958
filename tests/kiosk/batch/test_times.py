"""Taps and times in a batch: a simulation is told what time it is, a real home knows."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from domain.log.registered_names import REGISTERED_NAMES
from domain.log.sqlite import open_sqlite_log
from tests.kiosk.conftest import ANNS_TOPICS, Apply, list_topics, read_refusal
from tests.support.kiosk_program import ANNS_UNIT_LINES, ENROL_ANN, ISSUE_ANNS_CARD, OPEN_UNIT, line

# --- Taps ---


def test_a_refused_tap_is_carried_out_and_does_not_stop_the_batch(simulation: Path, apply: Apply) -> None:
    ended = apply(simulation, *ANNS_UNIT_LINES, line("tap", card="04FFFFFFFFFFFF"), line("tap", card="04000000000001"))
    assert (ended.status, ended.err) == (0, "")
    assert "day.jsonl:5: refused, and recorded: the card is not issued to anybody" in ended.out
    assert list_topics(simulation) == [*ANNS_TOPICS, "refused-taps.tap-refused", "attendance.checked-in"]


def test_a_simulation_records_when_a_tap_reached_the_log(simulation: Path, apply: Apply) -> None:
    late = line("tap", "2026-11-19T08:58", card="04000000000001", recorded_at="2026-11-19T18:00")
    apply(simulation, *ANNS_UNIT_LINES, late)
    tapped = find_last_event(simulation)
    assert (tapped.at, tapped.clock, tapped.boot) == (build_instant(0, 58), "simulated", "simulation")
    assert tapped.timestamp == build_instant(10)


def test_the_direction_of_a_reader_is_that_of_its_taps(simulation: Path, apply: Apply) -> None:
    with (simulation / "kiosk.toml").open("a", encoding="utf-8") as settings:
        settings.write('[[reader]]\nname = "exit"\nport = "/dev/a"\nprofile = "rdm6300"\ndirection = "out"\n')
    ended = apply(simulation, *ANNS_UNIT_LINES, line("tap", card="04000000000001", reader="exit"))
    assert "a departure without an arrival" in ended.out
    assert find_last_event(simulation).direction == "out"


def test_a_command_later_than_its_recording_is_refused(simulation: Path, apply: Apply) -> None:
    early = line("resume", "2026-11-19T09:00", volunteer="V001", on="2026-11-19", recorded_at="2026-11-19T08:00")
    ended = apply(simulation, *ANNS_UNIT_LINES, early)
    assert (ended.status, read_refusal(ended, 5)[:44]) == (1, "2026-11-19 09:00 is later than 2026-11-19 08")
    refused = find_last_event(simulation)
    assert (refused.refusal, refused.at, refused.timestamp) == ("InTheFuture", build_instant(0), build_instant(0))


def build_instant(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 19, hour, minute, tzinfo=UTC)


def find_last_event(home: Path) -> Any:
    log = open_sqlite_log(home / "log.db", REGISTERED_NAMES)
    try:
        return log.read_entries()[-1].event
    finally:
        log.close()


# --- A real home ---


def test_a_real_home_refuses_recorded_at(real_home: Path, apply: Apply) -> None:
    ended = apply(real_home, {**OPEN_UNIT, "recorded_at": "2024-01-01T08:00"})
    assert (ended.status, read_refusal(ended, 1).startswith("`recorded_at` is for simulations")) == (2, True)


def test_a_real_home_takes_the_time_from_its_clock(real_home: Path, apply: Apply) -> None:
    said = {name: value for name, value in OPEN_UNIT.items() if name != "at"}
    assert apply(real_home, said).status == 0


def test_a_real_home_refuses_an_instant_in_the_future(real_home: Path, apply: Apply) -> None:
    ended = apply(real_home, OPEN_UNIT, {**ENROL_ANN, "at": "2199-01-01T00:00"})
    assert (ended.status, "is later than" in read_refusal(ended, 2)) == (1, True)
    ended = apply(real_home, line("tap", "2199-01-01T00:00", card="04000000000001"))
    assert (ended.status, "is later than" in read_refusal(ended, 1)) == (1, True)


def test_a_tap_with_a_stated_time_is_unsynchronised(real_home: Path, apply: Apply) -> None:
    apply(real_home, *({**said, "at": "2024-01-02T08:05"} for said in (OPEN_UNIT, ENROL_ANN, ISSUE_ANNS_CARD)))
    ended = apply(real_home, line("tap", "2024-02-02T08:05", card="04000000000001"))
    assert "refused, and recorded: the card is not issued to anybody" in ended.out
    assert list_topics(real_home)[-1] == "refused-taps.tap-refused"
