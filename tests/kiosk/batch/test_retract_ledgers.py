"""`retract` takes back what was mistyped: a training, a spot check, an entry of a record book (R-121)."""

from pathlib import Path
from typing import Any

from kiosk.home import Home
from projections.read_models.book_entries import list_book_entries
from projections.read_models.hours import list_hours
from projections.read_models.spot_checks import list_spot_checks
from projections.read_models.trainings import list_training_sessions
from tests.kiosk.conftest import Apply, list_topics
from tests.support.builders import ANN, COORDINATOR, SETUP_LINES, coordinator_line, shift, tap
from tests.support.kiosk_program import ProgramResult, line, run_kiosk

MONTH = {"month": "2026-11", "by": COORDINATOR}


def retract(home: Path, topic: str, at: str = "12-05 09:00", nth: int = -1) -> dict[str, Any]:
    """Take the last event of a stored name back, or another one of them."""
    positions = [number for number, name in enumerate(list_topics(home), 2) if name == topic]
    return coordinator_line("retract", at, event=positions[nth])


def is_refused(ended: ProgramResult, said: str) -> bool:
    return ended.status == 1 and said in ended.err and "Traceback" not in ended.err


def train(**said: Any) -> dict[str, Any]:
    fields = {"volunteer": "V9", "on": "2026-11-03", **said}
    return line("complete_training", "2026-11-03T20:00", **fields)


def count_minutes(home: Path) -> int:
    with Home.open(home) as opened:
        opened.views.catch_up()
        return sum(row.minutes for row in list_hours(opened.views))


def test_hours_after_a_training_that_was_mistyped_are_none(simulation: Path, apply: Apply) -> None:
    """R-002, R-004: 2 and 2 of 4 hours are complete; without one of them the duty after them is worth nothing."""
    enrol = line("enrol_volunteer", "2026-11-01T08:00", volunteer="V9", mode="rostered", agreement_from="2026-11-01")
    card = line("issue_card", "2026-11-01T08:00", volunteer="V9", card="E:01A7C40013")
    special = {"kind": "special", "category": "戶政", "hours": 2}
    trained = (train(kind="basic"), train(**special), train(**special, on="2026-11-04"))
    taps = [line("tap", f"2026-11-05T{at}", card="E:01A7C40013") for at in ("08:58", "12:01")]
    assert apply(simulation, *SETUP_LINES, enrol, card, *trained, shift("S1", "11-05", "V9"), *taps).err == ""
    assert count_minutes(simulation) == 180
    assert is_refused(apply(simulation, retract(simulation, "volunteer.training-completed")), "")
    wrong = retract(simulation, "volunteer.training-attended")
    assert apply(simulation, wrong).status == 0
    assert list_topics(simulation)[-1] == "volunteer.training-retracted"
    assert count_minutes(simulation) == 0
    with Home.open(simulation) as home:
        home.views.catch_up()
        sessions = list(list_training_sessions(home.views))
    assert [one.hours for one in sessions if one.kind == "special" and one.hours] == [2.0]
    assert is_refused(apply(simulation, wrong | {"at": "2026-12-05T10:00"}), "")
    assert run_kiosk("replay", "--home", simulation).status == 0
    assert apply(simulation, train(**special, on="2026-11-04") | {"at": "2026-12-06T09:00"}).status == 0
    assert count_minutes(simulation) == 180


def test_a_spot_check_and_its_result_are_taken_back(simulation: Path, apply: Apply) -> None:
    """R-112: the earlier result counts again, then none; a check that is gone keeps its number."""
    book = line("register_record_book", "2026-11-01T09:00", volunteer=ANN, number="110-1")
    checks = [
        line("draw_spot_check", "2026-12-01T09:00", seed=1, by=COORDINATOR),
        coordinator_line("record_spot_check", "12-01 10:00", number=1, matching=1),
        coordinator_line("record_spot_check", "12-01 11:00", number=1, matching=0),
    ]
    assert apply(simulation, *SETUP_LINES, book, *checks).err == ""

    def list_results() -> list[tuple[int, int | None]]:
        with Home.open(simulation) as home:
            home.views.catch_up()
            return [(one.number, one.matching) for one in list_spot_checks(home.views)]

    assert list_results() == [(1, 0)]
    for nth, left in ((-1, [(1, 1)]), (-2, [(1, None)])):
        assert apply(simulation, retract(simulation, "spot-checks.recorded", nth=nth)).status == 0
        assert list_results() == left
    assert apply(simulation, retract(simulation, "spot-checks.drawn")).status == 0
    assert list_results() == []
    again = coordinator_line("record_spot_check", "12-05 10:00", number=1, matching=1)
    assert is_refused(apply(simulation, again), "spot check")
    assert is_refused(apply(simulation, retract(simulation, "spot-checks.drawn", "12-05 10:30")), "")
    assert apply(simulation, line("draw_spot_check", "2026-12-05T11:00", seed=1, by=COORDINATOR)).status == 0
    assert list_results() == [(2, None)]


def test_an_entry_of_a_record_book_is_taken_back_and_the_earlier_one_counts(simulation: Path, apply: Apply) -> None:
    """R-029, R-032, R-122: by those who may enter."""
    duties = [
        said
        for day in ("11-05", "11-12")
        for said in (shift(f"S{day}", day, ANN), tap(ANN, f"{day} 08:58"), tap(ANN, f"{day} 12:01"))
    ]
    wrong = coordinator_line("void_visit", "12-02 09:00", volunteer=ANN, check_in="2026-11-12T08:58")
    first = (line("close_month", "2026-12-01T09:00", **MONTH), line("enter_record_books", "2026-12-01T09:01", **MONTH))
    then = (
        line("close_month", "2026-12-02T09:01", **MONTH, reason="void"),
        line("enter_record_books", "2026-12-02T09:02", **MONTH),
    )
    assert apply(simulation, *SETUP_LINES, *duties, *first, wrong, *then).err == ""

    def list_entries() -> list[tuple[int, int]]:
        with Home.open(simulation) as home:
            home.views.catch_up()
            return [(one.statement, one.line.minutes) for one in list_book_entries(home.views)]

    assert list_entries() == [(2, 180)]
    assert apply(simulation, retract(simulation, "record-book-entries.entry-made")).status == 0
    assert list_entries() == [(1, 360)]
    assert apply(simulation, line("enter_record_books", "2026-12-06T09:00", **MONTH)).status == 0
    assert list_entries() == [(2, 180)]
    for nth in (-1, 0):
        assert apply(simulation, retract(simulation, "record-book-entries.entry-made", "12-07 09:00", nth)).status == 0
    assert list_entries() == []
