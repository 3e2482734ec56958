"""Read model: assessments of a period, with what the system knows of each volunteer (R-060 to R-063).

Rule: the figures are those of attendance; attitude and quality are for a person to judge, and so is the score. A grade
follows the score as it is, never rounded.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple
from uuid import UUID

from domain.policy import Policies, Policy
from projections.engine.stored_values import read_id
from projections.engine.views import Views
from projections.read_models.attendance import AttendanceCounts, list_attendance
from projections.read_models.day_filter import DayFilter
from projections.read_models.hours import list_hours
from projections.read_models.sessions import count_attendance
from projections.read_models.volunteers import find_active
from projections.read_models.weekly_hours import WeekSum, list_weeks, sum_weeks

Grade = Literal["excellent", "good", "fair", "pass", "fail"]
"""優, 甲, 乙, 丙, 丁."""
CUT_OFFS: Sequence[tuple[float, Grade]] = ((90, "excellent"), (80, "good"), (70, "fair"), (60, "pass"))
"""From which score on a grade is given, the best first (R-060)."""
Use = Literal["renew", "reward", "counsel", "warn", "exit_case"]
"""What follows from a result; a person decides (R-063)."""
NO_WEEKS = WeekSum(0, 0, 0)
DAYS_AFTER = 31
"""So long after its end a period is still the one to look at first."""


def find_grade(score: float) -> Grade:
    """R-060: 優 ≥90, 甲 ≥80, 乙 ≥70, 丙 ≥60, 丁 <60."""
    for least, grade in CUT_OFFS:
        if score >= least:
            return grade
    return "fail"


def propose_uses(score: float, policy: Policy) -> list[Use]:
    """R-063: renewal, reward, counselling or a case; of a half-year that was not passed a warning (R-052)."""
    if score < policy.assessment_pass:
        return ["exit_case" if policy.assessment_period == "year" else "warn"]
    match find_grade(score):
        case "excellent":
            return ["renew", "reward"]
        case "pass" | "fail":
            return ["renew", "counsel"]
        case _:
            return ["renew"]


# --- Periods ---


class AssessmentPeriod(NamedTuple):
    """What an assessment is about, both days included. It is due on the last (R-062)."""

    first: date
    last: date


def find_assessment_period(policies: Policies, day: date) -> AssessmentPeriod:
    """The year or half-year that a day lies in, by the policy in force on the day."""
    first, last = date(day.year, 1, 1), date(day.year, 12, 31)
    if policies.on(day.toordinal()).assessment_period == "year":
        return AssessmentPeriod(first, last)
    middle = date(day.year, 6, 30)
    return AssessmentPeriod(first, middle) if day <= middle else AssessmentPeriod(middle + timedelta(days=1), last)


def find_current_period(policies: Policies, today: date) -> AssessmentPeriod:
    """The period to look at first: the one of today, or the one before for a month after its end."""
    return find_assessment_period(policies, today - timedelta(days=DAYS_AFTER))


# --- Sheets ---


class AssessmentSheet(NamedTuple):
    """What is known of one volunteer in a period."""

    volunteer: UUID
    duties: int
    minutes: int
    weeks: int | None
    """Those in which three hours are the rule (R-041)."""
    weeks_met: int | None
    meetings: int | None
    """Those the volunteer was invited to; None where none was held."""
    meetings_attended: int | None
    trainings: int | None
    trainings_attended: int | None
    absent: int
    leave: int
    late: int
    score: float | None
    """None while nobody has assessed the volunteer."""


def list_assessment_sheets(
    views: Views, period: AssessmentPeriod, today: date, *, with_weeks: bool = True
) -> list[AssessmentSheet]:
    """Everybody in service at the end of the period, or today where that is earlier, and who has a score.

    Weeks take as long as all the rest: without them they are not known.
    """
    day_filter = DayFilter(*period)
    hours = {row.volunteer: (row.duties, row.minutes) for row in list_hours(views, day_filter)}
    attendance = {row.volunteer: row.counts for row in list_attendance(views, day_filter)}
    sessions = {row.volunteer: row for row in count_attendance(views, day_filter)}
    weeks = sum_weeks(list_weeks(views, day_filter)) if with_weeks else None
    scores = load_scores(views, period.last)
    sheets: list[AssessmentSheet] = []
    for volunteer in sorted(find_active(views, min(period.last, today).toordinal()) | scores.keys()):
        counts, seen = attendance.get(volunteer, AttendanceCounts()), sessions.get(volunteer)
        meetings = (seen.meetings, seen.meetings_attended) if seen and seen.meetings else (None, None)
        trainings = (seen.trainings, seen.trainings_attended) if seen and seen.trainings else (None, None)
        target = None if weeks is None else weeks.get(volunteer, NO_WEEKS)
        served = (*hours.get(volunteer, (0, 0)), target and target.counted, target and target.met)
        missed = (counts.absent, counts.leave, counts.late)
        sheets.append(AssessmentSheet(volunteer, *served, *meetings, *trainings, *missed, scores.get(volunteer)))
    return sheets


def list_due(sheets: Sequence[AssessmentSheet]) -> list[UUID]:
    """Who has not been assessed (R-062)."""
    return [sheet.volunteer for sheet in sheets if sheet.score is None]


def load_scores(views: Views, period_end: date) -> dict[UUID, float]:
    """The scores of the period that ends on a day; the later one replaces the earlier."""
    query = "SELECT p.volunteer, score FROM assessments a JOIN people p ON p.key = a.volunteer WHERE period_end = ?"
    return {read_id(stored): score for stored, score in views.rows(query, (period_end.toordinal(),))}
