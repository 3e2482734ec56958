"""A card that is tapped all day long costs a tap no more than one that is tapped twice, and means the same."""

from datetime import timedelta
from random import Random

import pytest

from domain.use_cases.check_in import Door
from domain.use_cases.clock_correction import correct_clock
from domain.use_cases.kiosk_place import KioskPlace
from domain.use_cases.tap_meaning import KEPT_FROM
from tests.support.door_with_clock import door_with_clock
from tests.support.office import Office, format_answer
from tests.support.people import ANN, BEN, NOTE, act


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
    tap_through(office, KEPT_FROM + 2)
    few = count_decoded(office, monkeypatch, at_minute(2 * KEPT_FROM + 6))
    for n in range(KEPT_FROM + 5, 5 * KEPT_FROM):
        office.tap(ANN, at_minute(2 * n))
    assert count_decoded(office, monkeypatch, at_minute(10 * KEPT_FROM)) == few


def test_many_taps_in_and_out_are_answered_in_turn(office: Office) -> None:
    assert tap_through(office, 3 * KEPT_FROM) == ["checked_in", "checked_out"] * (3 * KEPT_FROM // 2)


def test_a_correction_between_two_of_many_taps_counts_for_the_next(office: Office) -> None:
    """An annulled visit is open no more."""
    tap_through(office, 2 * KEPT_FROM + 1)
    office.at(at_minute(4 * KEPT_FROM + 1)).void_visit(ANN, at_minute(4 * KEPT_FROM))
    assert format_answer(office.tap(ANN, at_minute(4 * KEPT_FROM + 2))) == "checked_in"


def test_a_policy_between_two_of_many_taps_counts_for_the_next(office: Office) -> None:
    tap_through(office, 2 * KEPT_FROM)
    office.adopt_policy("2026-11-19", debounce_seconds=600)
    assert format_answer(office.tap(ANN, at_minute(4 * KEPT_FROM - 1))) == "duplicate"


def test_taps_at_another_door_between_two_of_many_count_for_the_next(office: Office) -> None:
    side = office.side_door()
    tap_through(office, 2 * KEPT_FROM + 1)
    assert format_answer(office.tap(ANN, at_minute(4 * KEPT_FROM + 2), door=side)) == "checked_out"
    assert format_answer(office.tap(ANN, at_minute(4 * KEPT_FROM + 4))) == "checked_out"  # it knows no taps of the side


def test_taps_at_a_kiosk_that_joined_between_two_of_many_count_for_the_next(office: Office) -> None:
    joined: list[str] = []
    entrance = Door(office.log, KioskPlace("entrance", joined), office.clock)
    for n in range(2 * KEPT_FROM):
        office.tap(ANN, at_minute(2 * n), door=entrance)
    joined.append("side")
    assert format_answer(office.tap(ANN, at_minute(4 * KEPT_FROM), door=office.side_door())) == "checked_in"
    assert format_answer(office.tap(ANN, at_minute(4 * KEPT_FROM + 2), door=entrance)) == "checked_out"


def test_a_late_tap_among_many_means_what_it_meant_then_and_spoils_nothing(office: Office) -> None:
    tap_through(office, 2 * KEPT_FROM)
    now = at_minute(4 * KEPT_FROM)
    assert format_answer(office.tap(ANN, at_minute(1), recorded=now)) == "checked_out"
    again = [format_answer(office.tap(ANN, at_minute(4 * KEPT_FROM + 2 * n))) for n in (1, 2)]
    assert (again, office.list_visits()[-1].check_out) == (["checked_out", "checked_in"], None)


def test_a_correction_of_the_clock_between_two_of_many_taps_counts_for_the_next(office: Office) -> None:
    """The clock was half an hour behind, for all of them alike: half a minute after the last tap is no new tap."""
    door = door_with_clock(office, at=at_minute(0), behind=timedelta(minutes=30))
    for n in range(2 * KEPT_FROM):
        answer = door.tap(at=at_minute(2 * n))
    boot = door.machine.read().boot
    correct_clock(office.log, "entrance", boot, 1_800, NOTE, act(at_minute(4 * KEPT_FROM)))
    assert answer.outcome == "checked_out"
    assert format_answer(door.tap(at=f"{at_minute(4 * KEPT_FROM - 2)}:30")) == "duplicate"


@pytest.mark.parametrize("seed", range(4))
def test_a_door_that_goes_on_from_what_it_knows_answers_as_the_read_models_do(office: Office, seed: int) -> None:
    """Many random taps of two volunteers."""
    chance = Random(seed)  # noqa: S311 - the same taps each time
    minutes = sorted(chance.sample(range(900), 3 * KEPT_FROM))
    for minute in minutes:
        who = chance.choice((ANN, ANN, ANN, BEN))
        answer = office.tap(who, at_minute(minute))
        expected = [visit for visit in office.list_visits() if visit.volunteer == who][-1]
        assert answer.outcome == ("checked_in" if expected.check_out is None else "checked_out")
