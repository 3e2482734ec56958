"""A card that is tapped all day long costs a tap no more than one that is tapped twice, and means the same."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from domain.calendar import TAIPEI
from domain.errors import DomainError
from domain.use_cases.check_in import Door, TapAnswer
from domain.use_cases.clock_correction import correct_clock
from domain.use_cases.kiosk_place import KioskPlace
from tests.faults.result_table import LONG
from tests.support.desk_commands import card_token_of
from tests.support.door_with_clock import door_with_clock
from tests.support.office import Office, format_answer
from tests.support.people import ANN, BEN, NOTE, act

MANY = 20
"""Taps of a day."""


def at_minute(minute: int, day: int = 19) -> str:
    return f"2026-11-{day} {6 + minute // 60:02d}:{minute % 60:02d}"


def tap_through(office: Office, taps: int, who: object = ANN) -> list[str]:
    """So many taps, two minutes apart."""
    return [format_answer(office.tap(who, at_minute(2 * n))) for n in range(taps)]  # pyright: ignore[reportArgumentType] - a volunteer


def count_decoded(office: Office, monkeypatch: pytest.MonkeyPatch, at: str) -> int:
    """How many events one more tap has decoded."""
    decoded: list[object] = []
    decode = type(office.log).decode_row
    monkeypatch.setattr(type(office.log), "decode_row", lambda log, row: (decoded.append(row), decode(log, row))[1])
    office.tap(ANN, at)
    monkeypatch.undo()
    return len(decoded)


def test_a_tap_reads_no_more_events_after_many_taps_of_the_day_than_after_few(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted, not timed."""
    tap_through(office, MANY + 2)
    few = count_decoded(office, monkeypatch, at_minute(2 * MANY + 6))
    for n in range(MANY + 5, 5 * MANY):
        office.tap(ANN, at_minute(2 * n))
    assert count_decoded(office, monkeypatch, at_minute(10 * MANY)) == few


def test_many_taps_in_and_out_are_answered_in_turn(office: Office) -> None:
    assert tap_through(office, 3 * MANY) == ["checked_in", "checked_out"] * (3 * MANY // 2)


def test_a_correction_between_two_of_many_taps_counts_for_the_next(office: Office) -> None:
    """An annulled visit is open no more."""
    tap_through(office, 2 * MANY + 1)
    office.at(at_minute(4 * MANY + 1)).void_visit(ANN, at_minute(4 * MANY))
    assert format_answer(office.tap(ANN, at_minute(4 * MANY + 2))) == "checked_in"


def test_a_policy_between_two_of_many_taps_counts_for_the_next(office: Office) -> None:
    tap_through(office, 2 * MANY)
    office.adopt_policy("2026-11-19", debounce_seconds=600)
    assert format_answer(office.tap(ANN, at_minute(4 * MANY - 1))) == "duplicate"


def test_taps_at_another_door_between_two_of_many_count_for_the_next(office: Office) -> None:
    side = office.side_door()
    tap_through(office, 2 * MANY + 1)
    assert format_answer(office.tap(ANN, at_minute(4 * MANY + 2), door=side)) == "checked_out"
    assert format_answer(office.tap(ANN, at_minute(4 * MANY + 4))) == "checked_out"  # it knows no taps of the side


def test_taps_at_a_kiosk_that_joined_between_two_of_many_count_for_the_next(office: Office) -> None:
    joined: list[str] = []
    entrance = Door(office.log, KioskPlace("entrance", joined), office.clock)
    for n in range(2 * MANY):
        office.tap(ANN, at_minute(2 * n), door=entrance)
    joined.append("side")
    assert format_answer(office.tap(ANN, at_minute(4 * MANY), door=office.side_door())) == "checked_in"
    assert format_answer(office.tap(ANN, at_minute(4 * MANY + 2), door=entrance)) == "checked_out"


def test_a_late_tap_among_many_means_what_it_meant_then_and_spoils_nothing(office: Office) -> None:
    tap_through(office, 2 * MANY)
    now = at_minute(4 * MANY)
    assert format_answer(office.tap(ANN, at_minute(1), recorded=now)) == "checked_out"
    again = [format_answer(office.tap(ANN, at_minute(4 * MANY + 2 * n))) for n in (1, 2)]
    assert (again, office.list_visits()[-1].check_out) == (["checked_out", "checked_in"], None)


def test_a_correction_of_the_clock_between_two_of_many_taps_counts_for_the_next(office: Office) -> None:
    """The clock was half an hour behind, for all of them alike: half a minute after the last tap is no new tap."""
    door = door_with_clock(office, at=at_minute(0), behind=timedelta(minutes=30))
    for n in range(2 * MANY):
        answer = door.tap(at=at_minute(2 * n))
    boot = door.machine.read().boot
    correct_clock(office.log, "entrance", boot, 1_800, NOTE, act(at_minute(4 * MANY)))
    assert answer.outcome == "checked_out"
    assert format_answer(door.tap(at=f"{at_minute(4 * MANY - 2)}:30")) == "duplicate"


@pytest.mark.parametrize("seed", range(4))
def test_a_door_that_goes_on_from_what_it_knows_answers_as_the_read_models_do(office: Office, seed: int) -> None:
    """Many random taps of two volunteers."""
    chance = Random(seed)  # noqa: S311 - the same taps each time
    minutes = sorted(chance.sample(range(900), 3 * MANY))
    for minute in minutes:
        who = chance.choice((ANN, ANN, ANN, BEN))
        answer = office.tap(who, at_minute(minute))
        expected = [visit for visit in office.list_visits() if visit.volunteer == who][-1]
        assert answer.outcome == ("checked_in" if expected.check_out is None else "checked_out")


# --- What is kept, and what is read anew ---

STORIES = 40 if LONG else 12
EVENING = datetime(2026, 11, 19, 20, tzinfo=TAIPEI)


@pytest.mark.parametrize("story", range(STORIES))
def test_a_door_that_reads_ahead_and_keeps_what_it_read_answers_as_one_that_just_started(
    tmp_path: Path, story: int
) -> None:
    """Random nights over the turn of the day, with what the desk and another kiosk do in between."""
    keeping, starting = (build_office(tmp_path / name) for name in ("keeping", "starting"))
    told = [
        [*tell_story(office, Random(story), keeps=office is keeping)]  # noqa: S311 - told again
        for office in (keeping, starting)
    ]
    assert told[0] == told[1]
    assert len(told[0]) > 5


def build_office(folder: Path) -> Office:
    folder.mkdir()
    return Office(folder, ANN)


def tell_story(office: Office, chance: Random, *, keeps: bool) -> Iterator[TapAnswer]:
    """The answers of the entrance. Where it does not keep what it read, a new door takes each tap."""
    joined = list[str]()
    place = KioskPlace("entrance", joined)
    kept, now, marks = Door(office.log, place, office.clock), EVENING, list[str]()
    for _ in range(25):
        now += timedelta(seconds=chance.choice((1, 59, 60, 3_600, 7_200)))
        at, kind = f"{now:%Y-%m-%d %H:%M:%S}", chance.random()
        ahead = chance.choice((None, now.date(), now.date() - timedelta(days=1)))
        if keeps and ahead:
            kept.read_ahead(card_token_of(ANN), ahead)
        with suppress(DomainError):
            if kind < 0.6 or not marks:
                late = chance.choice(marks) if marks and chance.random() < 0.1 else at
                door = kept if keeps else Door(office.log, place, office.clock)
                yield office.tap(ANN, late, at, door=door)
            elif kind < 0.7:
                joined[:] = ["side"]
                office.tap(ANN, at, door=office.side_door())
            elif kind < 0.8:
                office.at(at).close_visit(ANN, *sorted((chance.choice(marks), at)))
            elif kind < 0.9:
                office.at(at).void_visit(ANN, chance.choice(marks))
            elif kind < 0.95:
                office.at(at).add_arrival(ANN, at)
            else:
                office.at(at).adopt_policy("2026-11-19", debounce_seconds=chance.choice((0, 60, 3_600)))
        marks.append(at)
