"""When a training is complete: by one session or by the sum of several, in whatever order they are recorded."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import msgspec
import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from domain.log.mapper import NamedEventMapper
from domain.log.registered_names import REGISTERED_NAMES
from domain.model.retraction import AlreadyRetracted
from domain.model.training import NOTHING_REQUIRED, Requirement, Training, TrainingEvent, find_completion
from domain.model.volunteer import Volunteer
from tests.support.given_when_then import given
from tests.support.people import ANN, CATEGORY, NOTE, act, local_time

MONDAY = act("2026-11-16 09:00")
FOUR_HOURS = Requirement(4.0)
MODULES = Requirement(None, frozenset({"ethics", "regulations", "experience"}))


def ann() -> Volunteer:
    return Volunteer.enrol(ANN, "rostered", date(2026, 9, 1), MONDAY)


def special(on: str, hours: float | None) -> Training:
    return Training("special", CATEGORY, on, None, hours)


def basic(on: str, *modules: str) -> Training:
    return Training("basic", None, on, None, None, modules)


def test_three_and_a_half_of_four_hours_are_not_complete_and_four_are() -> None:
    """R-004, its example."""
    short, whole = special("2026-09-16", 3.5), special("2026-09-16", 4.0)
    given(ann()).when(lambda ann: ann.complete_training(short, None, MONDAY, FOUR_HOURS)).then(
        Volunteer.TrainingAttended, kind="special", category=CATEGORY, on="2026-09-16", hours=3.5
    )
    given(ann()).when(lambda ann: ann.complete_training(whole, None, MONDAY, FOUR_HOURS)).then(
        Volunteer.TrainingCompleted, on="2026-09-16", hours=4.0, is_sum=False
    )


def test_a_special_training_without_hours_is_complete() -> None:
    given(ann()).when(lambda ann: ann.complete_training(special("2026-09-16", None), None, MONDAY, FOUR_HOURS)).then(
        Volunteer.TrainingCompleted, on="2026-09-16", hours=None
    )


def record(*trainings: Training, requirement: Requirement) -> list[tuple[str, str | None, bool]]:
    """What is in the log after these: attended or completed, the day, and whether it is a sum."""
    volunteer = ann()
    volunteer.collect_events()
    for training in trainings:
        volunteer.complete_training(training, None, MONDAY, requirement)
    return [
        ("completed" if isinstance(event, Volunteer.TrainingCompleted) else "attended", event.on, _is_sum(event))
        for event in volunteer.collect_events()
        if isinstance(event, Volunteer.TrainingAttended | Volunteer.TrainingCompleted)
    ]


def _is_sum(event: Volunteer.TrainingAttended | Volunteer.TrainingCompleted) -> bool:
    return isinstance(event, Volunteer.TrainingCompleted) and event.is_sum


def test_the_hours_of_several_sessions_add_up() -> None:
    """R-004: complete with the session that reaches the sum, and not once more with the next."""
    sessions = [special("2026-09-10", 2), special("2026-09-16", 1.5), special("2026-09-20", 0.5)]
    found = record(*sessions, special("2026-10-01", 2), requirement=FOUR_HOURS)
    assert found == [
        ("attended", "2026-09-10", False),
        ("attended", "2026-09-16", False),
        ("attended", "2026-09-20", False),
        ("completed", "2026-09-20", True),
        ("attended", "2026-10-01", False),
    ]


def test_a_session_that_is_recorded_late_makes_the_training_complete_earlier() -> None:
    """The day on which the sum was reached counts, not the day on which it was typed."""
    found = record(special("2026-09-10", 2), special("2026-09-20", 2), special("2026-09-12", 2), requirement=FOUR_HOURS)
    assert [one[1] for one in found if one[0] == "completed"] == ["2026-09-20", "2026-09-12"]


def test_the_hours_of_another_category_do_not_count() -> None:
    """R-005."""
    other = Training("special", "衛生", "2026-09-10", None, 2)
    assert [one[0] for one in record(other, special("2026-09-16", 2), requirement=FOUR_HOURS)] == ["attended"] * 2


def test_basic_training_is_complete_on_the_day_of_its_last_module() -> None:
    """R-003, its example: 2026-09-01, 09-01, 09-05."""
    modules = [basic("2026-09-01", "ethics"), basic("2026-09-01", "regulations")]
    assert [one[0] for one in record(*modules, requirement=MODULES)] == ["attended", "attended"]
    found = record(*modules, basic("2026-09-05", "experience"), requirement=MODULES)
    assert found[-1] == ("completed", "2026-09-05", True)


def test_a_basic_training_with_a_certificate_or_without_modules_is_complete() -> None:
    """R-003: an older certificate had another syllabus, and no hours are checked."""
    one_module = basic("2017-05-01", "ethics")
    given(ann()).when(lambda ann: ann.complete_training(one_module, NOTE, MONDAY, MODULES)).then(
        Volunteer.TrainingCompleted, on="2017-05-01", note=NOTE.id
    )
    given(ann()).when(lambda ann: ann.complete_training(basic("2026-09-05"), None, MONDAY, MODULES)).then(
        Volunteer.TrainingCompleted, on="2026-09-05"
    )


def test_a_session_at_an_instant_counts_before_one_of_that_day_whose_time_is_unknown() -> None:
    """Decision 4: a day counts from the day after, an instant from then on."""
    at_noon = Training("special", CATEGORY, None, local_time("2026-09-16 12:00"), 2)
    found = record(special("2026-09-16", 2), at_noon, requirement=FOUR_HOURS)
    assert found[-1] == ("completed", "2026-09-16", True)


DAYS = st.integers(1, 28).map(lambda day: f"2026-09-{day:02d}")
SESSIONS = st.lists(st.builds(special, DAYS, st.integers(1, 8).map(lambda halves: halves / 2)), max_size=6)


@for_all(SESSIONS, st.randoms(use_true_random=False))
def test_the_order_in_which_sessions_are_recorded_changes_no_day(
    sessions: Sequence[Training], chance: random.Random
) -> None:
    """What counts is the earliest day on which the training is complete."""
    shuffled = [*sessions]
    chance.shuffle(shuffled)
    first, second = (
        min((one[1] or "" for one in record(*order, requirement=FOUR_HOURS) if one[0] == "completed"), default=None)
        for order in (sessions, shuffled)
    )
    assert first == second
    found = find_completion(sessions, FOUR_HOURS, local_day)
    whole = min((one.on or "" for one in sessions if one.minutes >= 240), default=None)
    assert first == min(filter(None, (found and found.on, whole)), default=None)


def local_day(_: object) -> date:
    raise AssertionError("none of these has an instant")


def test_nothing_is_required_of_a_category_without_a_row() -> None:
    assert NOTHING_REQUIRED.is_whole(special("2026-09-16", 0.5))


def test_a_training_of_an_older_log_has_no_modules_and_no_session() -> None:
    """Bytes as they were written before sessions of trainings were known."""
    mapper, volunteer = NamedEventMapper(REGISTERED_NAMES), ann()
    volunteer.complete_training(special("2026-09-16", 3.0), None, MONDAY)
    created, completed = volunteer.collect_events()
    stored = mapper.to_stored_event(completed)
    state = msgspec.json.decode(stored.state)
    for later in ("modules", "session", "is_sum"):
        del state[later]
    older = replace(stored, state=msgspec.json.encode(state))
    reread = created.mutate(None)
    reread = REGISTERED_NAMES.decode(older.topic, volunteer.id, older.originator_version, older.state).mutate(reread)
    assert isinstance(reread, Volunteer)
    assert [*reread.completed.values()] == [special("2026-09-16", 3.0)]


def record_and_retract(trainings: Sequence[Training], wrong: int, requirement: Requirement) -> Volunteer:
    """What is on file once the session with this index was taken back."""
    volunteer = ann()
    volunteer.collect_events()
    for training in trainings:
        volunteer.complete_training(training, None, MONDAY, requirement)
    sessions = [one for one in volunteer.collect_events() if not getattr(one, "is_sum", False)]
    session = sessions[wrong]
    assert isinstance(session, TrainingEvent)
    volunteer.retract_training(7, session, NOTE, MONDAY, (requirement, datetime.date))
    return volunteer


def find_completions(volunteer: Volunteer) -> list[str | None]:
    return [one.on for one in volunteer.completed.values()]


def test_a_session_that_is_taken_back_leaves_the_sum() -> None:
    """R-004: 2 of 4 hours are left, so the training is not complete any more."""
    sessions = [special("2026-09-16", 2.0), special("2026-09-17", 2.0)]
    left = record_and_retract(sessions, 0, FOUR_HOURS)
    assert ([*left.attended.values()], find_completions(left)) == ([sessions[1]], [])
    with pytest.raises(AlreadyRetracted):
        left.retract_training(7, _attend(sessions[0], 2), NOTE, MONDAY, (FOUR_HOURS, datetime.date))


def _attend(training: Training, version: int) -> Volunteer.TrainingAttended:
    """A session as the log holds it with this number in the stream."""
    volunteer = ann()
    volunteer.complete_training(training, None, MONDAY, FOUR_HOURS)
    event = volunteer.collect_events()[version - 1]
    assert isinstance(event, Volunteer.TrainingAttended)
    return event


def test_the_sum_of_what_is_left_is_complete_later() -> None:
    """R-003, R-004."""
    sessions = [special(f"2026-09-{day}", 2.0) for day in (16, 17, 18)]
    assert find_completions(record_and_retract(sessions, 0, FOUR_HOURS)) == ["2026-09-18"]
    assert find_completions(record_and_retract(sessions, 2, FOUR_HOURS)) == ["2026-09-17"]
    modules = [basic("2026-09-01", "ethics"), basic("2026-09-02", "regulations"), basic("2026-09-05", "experience")]
    assert find_completions(record_and_retract(modules, 1, MODULES)) == []


def test_another_training_stays_complete() -> None:
    sessions = [special("2026-09-16", 4.0), basic("2026-09-01")]
    assert find_completions(record_and_retract(sessions, 0, FOUR_HOURS)) == ["2026-09-01"]


@for_all(
    st.lists(st.tuples(st.integers(1, 28), st.sampled_from([None, 1.0, 2.0, 4.0])), min_size=1, max_size=6),
    st.data(),
)
def test_what_is_taken_back_counts_as_if_it_had_never_been_on_file(
    sessions: list[tuple[int, float | None]], data: st.DataObject
) -> None:
    """The day on which the training was complete first is that of the other sessions."""
    trainings = [special(f"2026-09-{day:02}", hours) for day, hours in sessions]
    wrong = data.draw(st.integers(0, len(trainings) - 1))
    left = record_and_retract(trainings, wrong, FOUR_HOURS)
    never = ann()
    for training in [*trainings[:wrong], *trainings[wrong + 1 :]]:
        never.complete_training(training, None, MONDAY, FOUR_HOURS)
    assert min(find_completions(left), default=None) == min(find_completions(never), default=None)
