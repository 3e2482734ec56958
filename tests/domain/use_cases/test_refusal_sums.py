"""A reader that sends nonsense: the first ten refusals of a minute are recorded one by one, more as sums (R-021)."""

from datetime import date, timedelta

import pytest

from domain.clock import OK
from domain.log.errors import LogError
from domain.model.attendance import Attendance, RefusedTaps
from domain.use_cases.check_in import Door
from domain.use_cases.refusal_sums import FIRST_REFUSALS, RefusalSums
from projections.read_models.last_taps import list_last_taps
from tests.support.desk_commands import card_token_of
from tests.support.door_with_clock import DoorWithClock
from tests.support.fake_machine import FakeMachine
from tests.support.office import Office
from tests.support.people import ANN, local_second, local_time


class NoisyDoor(DoorWithClock):
    """A door with readers, whose refusals are summed; minutes are those since the machine was booted at 8:55."""

    def __init__(self, office: Office) -> None:
        super().__init__(office, FakeMachine("2026-11-19 09:00", trust=OK))
        self.door.refusal_sums = RefusalSums()

    def refuse(self, cards: int, at: str, reader: str = "front") -> None:
        """So many cards that nobody knows."""
        self.machine.advance_to(f"2026-11-19 {at}")
        for number in range(cards):
            self.door.record_tap(f"{number:032x}", reader)

    def tick(self, at: str) -> None:
        """What the screen does once a second."""
        self.machine.advance_to(f"2026-11-19 {at}")
        self.door.record_refusal_sums()

    @property
    def single(self) -> int:
        """Refusals that were recorded one by one."""
        return len([event for event in self.refusals if type(event) is RefusedTaps.TapRefused])

    @property
    def sums(self) -> list[tuple[str, str, int]]:
        """The sums: reader, reason, count."""
        events = self.office.list_events(RefusedTaps.RefusalsSummed)
        return [(event.reader, event.reason, event.count) for event in events]

    @property
    def refusals(self) -> list[RefusedTaps.TapRefused]:
        return self.office.list_events(RefusedTaps.TapRefused)


@pytest.fixture
def noisy(office: Office) -> NoisyDoor:
    return NoisyDoor(office)


def test_the_tenth_refusal_of_a_minute_is_recorded_and_the_eleventh_is_counted(noisy: NoisyDoor) -> None:
    noisy.refuse(FIRST_REFUSALS, "09:00:00")
    assert (noisy.single, noisy.door.list_nonsense_readers()) == (10, ())
    answer = noisy.tap("f00d" * 8, "2026-11-19 09:00:30")
    assert (answer.outcome, answer.reason, answer.event, noisy.single) == ("refused", "unknown_card", None, 10)
    assert noisy.door.list_nonsense_readers() == ("front",)


def test_a_sum_is_recorded_with_the_next_tick_and_at_the_end_of_the_minute(noisy: NoisyDoor) -> None:
    noisy.refuse(100, "09:00:00")
    noisy.tick("09:00:01")
    assert noisy.sums == [("front", "unknown_card", 90)]
    noisy.refuse(500, "09:00:02")
    noisy.tick("09:00:59")
    assert noisy.sums == [("front", "unknown_card", 90)]
    noisy.tick("09:01:00")
    assert noisy.sums == [("front", "unknown_card", 90), ("front", "unknown_card", 500)]
    assert noisy.single + 90 + 500 == 600


def test_a_sum_says_from_when_to_when_and_names_no_card(noisy: NoisyDoor) -> None:
    noisy.refuse(20, "09:00:00")
    noisy.refuse(20, "09:00:40")
    noisy.tick("09:01:00")
    (event,) = noisy.office.list_events(RefusedTaps.RefusalsSummed)
    assert (event.since, event.at) == (local_time("2026-11-19 09:00:00"), local_time("2026-11-19 09:00:40"))
    assert (event.card, event.volunteer_id, event.kiosk) == (None, None, "entrance")


def test_a_reader_that_goes_on_is_counted_from_the_first_refusal_of_the_next_minute(noisy: NoisyDoor) -> None:
    noisy.refuse(100, "09:00:00")
    noisy.refuse(100, "09:01:00")
    assert noisy.single == FIRST_REFUSALS


def test_after_a_quiet_minute_refusals_are_recorded_one_by_one_again(noisy: NoisyDoor) -> None:
    noisy.refuse(100, "09:00:00")
    noisy.machine.advance_to("2026-11-19 09:01:59")
    assert noisy.door.list_nonsense_readers() == ("front",)
    noisy.machine.advance_to("2026-11-19 09:02:00")
    assert noisy.door.list_nonsense_readers() == ()
    noisy.refuse(3, "09:02:00")
    assert noisy.single == FIRST_REFUSALS + 3


def test_each_reader_is_counted_for_itself(noisy: NoisyDoor) -> None:
    noisy.refuse(11, "09:00:00", reader="front")
    noisy.refuse(10, "09:00:00", reader="side")
    assert (noisy.single, noisy.door.list_nonsense_readers()) == (20, ("front",))


def test_reads_that_give_no_number_are_counted_alike(noisy: NoisyDoor) -> None:
    for _ in range(12):
        noisy.door.record_unreadable("front")
    noisy.tick("09:00:01")
    assert (noisy.single, noisy.sums) == (10, [("front", "unreadable", 2)])


def test_cards_that_nobody_looked_at_are_in_the_sum_under_their_own_name(noisy: NoisyDoor) -> None:
    noisy.door.count_unanswered("front", 40_000)
    noisy.tick("09:00:01")
    assert (noisy.single, noisy.sums) == (0, [("front", "unanswered", 40_000)])
    assert noisy.door.list_nonsense_readers() == ("front",)


def test_in_the_midst_of_nonsense_a_good_card_is_recorded(noisy: NoisyDoor) -> None:
    noisy.refuse(50, "09:00:00")
    answer = noisy.tap(ANN, "2026-11-19 09:00:01")
    assert (answer.outcome, len(noisy.office.list_events(Attendance.CheckedIn))) == ("checked_in", 1)


def test_a_refusal_of_somebody_is_recorded_however_many_there_are(noisy: NoisyDoor) -> None:
    """It says something of a volunteer, or of a card that was given out."""
    noisy.office.at("2026-11-19 08:00").revoke(ANN)
    noisy.machine.advance_to("2026-11-19 09:00:00")
    for _ in range(20):
        assert noisy.door.record_tap(card_token_of(ANN), "front").event is not None
    assert (noisy.single, noisy.sums) == (20, [])


def test_the_end_of_the_program_records_what_waits(noisy: NoisyDoor) -> None:
    noisy.refuse(100, "09:00:00")
    noisy.tick("09:00:01")
    noisy.refuse(7, "09:00:02")
    noisy.door.record_refusal_sums(ends=True)
    assert [count for _, _, count in noisy.sums] == [90, 7]


def test_a_sum_that_cannot_be_recorded_waits(noisy: NoisyDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    noisy.refuse(100, "09:00:00")

    def refuse_to_write(*_: object) -> list[int]:
        raise LogError

    with monkeypatch.context() as full_disk:
        full_disk.setattr(noisy.office.log, "append", refuse_to_write)
        with pytest.raises(LogError):
            noisy.tick("09:00:01")
    noisy.tick("09:00:02")
    assert noisy.sums == [("front", "unknown_card", 90)]


def test_a_door_without_readers_records_every_refusal(office: Office) -> None:
    """The author of a batch or script means each line."""
    door = Door(office.log, office.door._place, FakeMachine("2026-11-19 09:00", trust=OK))
    assert all(door.record_tap(f"{number:032x}", "batch").event for number in range(50))


def test_the_totals_of_the_day_count_what_was_summed(noisy: NoisyDoor) -> None:
    noisy.refuse(100, "09:00:00")
    noisy.tick("09:00:01")
    noisy.office.at("2026-11-20 04:30")
    assert noisy.office.reconcile("2026-11-19").totals["refused_taps"] == 100


def test_a_clock_that_is_put_right_moves_a_sum_with_its_beginning(office: Office) -> None:
    noisy = NoisyDoor(office)
    noisy.machine.behind, noisy.machine.trust = timedelta(hours=1), "unsynchronised"
    noisy.refuse(100, "09:00:00")
    noisy.refuse(1, "09:00:30")
    noisy.tick("09:01:00")
    views = office.at("2026-11-19 10:00").current_views()
    query = "SELECT since, at, taps FROM refused WHERE since IS NOT NULL"
    ((since, at, taps),) = list(views.rows(query))
    noisy.machine.advance_to("2026-11-19 09:05").synchronise_clock()
    noisy.poll_clock()
    assert list(office.at("2026-11-19 10:01").current_views().rows(query)) == [(since + 3600, at + 3600, taps)]
    assert (at - since, taps) == (30, 91)


def test_the_last_taps_show_a_sum_as_what_was_refused(noisy: NoisyDoor) -> None:
    """Once, whatever it counts."""
    noisy.refuse(FIRST_REFUSALS + 2, "09:00:00")
    noisy.tick("09:01:00")
    views, log, now = noisy.office.current_views(), noisy.office.log, local_second("2026-11-19 09:30")
    rows = list_last_taps(views, log, date(2026, 11, 19).toordinal(), now, count=30)
    assert [row.outcome for row in rows] == ["unknown_card"] * (FIRST_REFUSALS + 1)
