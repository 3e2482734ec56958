"""A score counts alike in the volunteer's stream, where earlier versions wrote it, and in a stream of its own."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.ids import assessments_stream
from domain.log.event_rows import EventRow
from domain.model.assessments import Assessments
from domain.model.volunteer import Volunteer
from domain.spans import second
from projections.engine.rebuild import replay
from projections.read_models.affected_rows import find_affected_rows
from projections.read_models.assessments import AssessmentPeriod, list_assessment_sheets
from projections.read_models.award_facts import PeopleOnFile, read_award_facts
from tests.faults.result_table import LONG
from tests.support.office import Office
from tests.support.old_assessments import record_old_assessment
from tests.support.people import ANN, BEN

PERIOD_ENDS = ("2025-12-31", "2026-06-30", "2026-12-31")
Assess = Callable[[Office, int, str, float], None]
Step = tuple[str, int, str, float]


def assess_now(office: Office, who: int, period_end: str, score: float) -> None:
    office.assess((ANN, BEN)[who], period_end, score)


def assess_as_before(office: Office, who: int, period_end: str, score: float) -> None:
    record_old_assessment(office.log, (ANN, BEN)[who], date.fromisoformat(period_end), score, office.act)


def tell(folder: Path, story: list[Step], assess: Assess) -> Office:
    """A home with a story, a day for each step, and a night behind each."""
    folder.mkdir()
    office, day = Office(folder, ANN, BEN), date(2026, 12, 31)
    office.at(f"{day} 08:00")
    for kind, who, period_end, score in story:
        day += timedelta(days=1)
        office.at(f"{day} 09:00")
        match kind:
            case "assess":
                assess(office, who, period_end, score)
            case "half years":
                office.adopt_policy("2025-01-01", assessment_period="half_year")
            case _:
                waiting = {row.volunteer for row in office.list_exits() if row.status == "raised"}
                if (ANN, BEN)[who] in waiting:
                    office.decide((ANN, BEN)[who], "R-052")
        office.at(f"{day + timedelta(days=1)} 05:00").reconcile(str(day))
    return office


def collect_answers(office: Office) -> tuple[object, ...]:
    """All that follows from scores: cases, sheets, facts of awards, the rows that an event explains."""
    views, end = office.current_views(), date(2026, 12, 31)
    rebuilt = replay(office.log, views)
    unit = views.load_unit()
    affected = find_affected_rows(office.log, unit, 0, second(office.clock.at))
    period = AssessmentPeriod(date(2026, 1, 1), end)
    return (
        office.list_exits(),
        list_assessment_sheets(views, period, end),
        list(read_award_facts(views, unit, end, PeopleOnFile())),
        affected,
        list(views.rows("SELECT * FROM assessments ORDER BY volunteer, period_end", ())),
        (rebuilt.events, rebuilt.differences),
    )


steps = st.tuples(
    st.sampled_from(["assess", "assess", "assess", "half years", "decide"]),
    st.integers(0, 1),
    st.sampled_from(PERIOD_ENDS),
    st.sampled_from([0.0, 40.0, 59.99, 60.0, 79.5, 100.0]),
)


@settings(max_examples=32 if LONG else 5, deadline=None)
@given(st.lists(steps, min_size=1, max_size=5))
def test_an_old_and_a_new_log_of_one_story_agree(story: list[Step]) -> None:
    """R-052, R-060, R-061, R-063."""
    with TemporaryDirectory() as folder:
        homes = [tell(Path(folder, assess.__name__), story, assess) for assess in (assess_now, assess_as_before)]
        now, before = map(collect_answers, homes)
        for home in homes:
            home.close_down()
        assert now == before


def test_scores_of_both_kinds_replace_each_other_in_the_order_of_the_log(office: Office) -> None:
    """R-052: a home that is older than the stream goes on in it."""
    for number, (assess, score) in enumerate(((assess_as_before, 40), (assess_now, 70), (assess_as_before, 55))):
        assess(office.at(f"2026-11-1{number} 09:00"), 0, "2026-06-30", score)
    query = "SELECT score FROM assessments"
    assert [score for (score,) in office.current_views().rows(query, ())] == [55]
    assess_now(office.at("2026-11-14 09:00"), 0, "2026-06-30", 80)
    assert [score for (score,) in office.current_views().rows(query, ())] == [80]


def test_a_new_score_stands_in_no_event_of_the_volunteers_own_stream(office: Office) -> None:
    """A stream is the unit of confidentiality. R-060: it is never rounded."""
    before = office.log.find_version(ANN)
    office.at("2026-11-10 09:00").assess(ANN, "2026-12-31", 59.99)
    (entry,) = office.log.read_stream(assessments_stream(ANN))
    assert isinstance(entry.event, Assessments.Recorded)
    assert (entry.event.volunteer_id, entry.event.period_end, entry.event.score) == (ANN, "2026-12-31", 59.99)
    assert office.log.find_version(ANN) == before
    assert office.list_events(Volunteer.Assessed) == []


def test_the_bytes_of_an_old_score_are_read_for_ever(office: Office) -> None:
    """As the version before stored it, byte by byte."""
    state = (
        b'{"timestamp":"2026-11-10T01:00:00Z","at":"2026-11-10T01:00:00Z",'
        b'"by":"e0000000-0000-4000-8000-000000000005","period_end":"2026-06-30","score":59.5}'
    )
    event = office.log.decode_row(EventRow(1, ANN.hex, 2, "volunteer.assessed", state))
    assert isinstance(event, Volunteer.Assessed)
    assert (event.originator_id, event.period_end, event.score) == (ANN, "2026-06-30", 59.5)
