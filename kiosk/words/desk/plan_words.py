"""The typed word table of the plan's pages. Braces stand for dates, times, numbers and people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.calendar import Closure, HalfDay
from projections.read_models.plan import PlannedState
from projections.read_models.plan_conflicts import ConflictKind

DutyAct = Literal["assign", "unassign", "change", "cancel", "swap", "leave", "excuse", "withdraw", "describe"]
"""What the page of a duty can do."""
FieldFault = Literal[
    "required",
    "not_a_date",
    "not_a_time",
    "no_volunteer",
    "several",
    "no_duty",
    "several_duties",
    "backward",
    "too_many",
    "nothing_chosen",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanWords:
    """The words of one language."""

    title: str
    weekdays: tuple[str, str, str, str, str, str, str]
    """Short, from Monday on."""
    day: str
    """With {month}, {day}, {weekday}."""
    month_name: str
    """With {year}, {month}."""
    half_days: Mapping[HalfDay, str]
    states: Mapping[PlannedState, str]
    closures: Mapping[Closure, str]
    week: str
    month: str
    week_links: tuple[str, str, str]
    month_links: tuple[str, str, str]
    """To the one before, the current one and the next one."""
    print_hint: str
    feeds: str
    """To the calendars for phones and computers."""
    tours: str
    work: str
    nothing: str
    vacant: str
    count_line: str
    """With {count}, {vacant}: the duties of a half-day, and those among them without anybody."""
    cancelled: str
    without_post: str
    desk_sessions: str
    """When a visiting desk is at which post."""
    coverage: str
    coverage_line: str
    """With {covered}, {needed}: half-days of a week."""
    week_of: str
    """With {day}: the Monday."""
    # --- A duty and what is done to it ---
    people: str
    nobody: str
    acts: Mapping[DutyAct, str]
    done: Mapping[DutyAct, str]
    """What the next page says."""
    leave_hint: str
    excuse_hint: str
    separator: str
    """Between the parts of a list."""
    changed_meanwhile: str
    started_meanwhile: str
    swap_hint: str
    assign_hint: str
    change_started_hint: str
    volunteer: str
    item: str
    content: str
    describe_hint: str
    reason: str
    reason_if_any: str
    taker: str
    return_day: str
    return_hint: str
    any_half: str
    other_acts: str
    """With {number} and {name}: of the volunteer."""
    # --- New duties ---
    add: str
    pattern: str
    copy: str
    on_date: str
    start: str
    end: str
    half_day: str
    own_times: str
    own_times_hint: str
    post: str
    posts: str
    posts_hint: str
    volunteers: str
    volunteers_hint: str
    turns_hint: str
    a_duty: str
    first: str
    last: str
    weekdays_label: str
    every_weeks: tuple[str, str]
    rhythm: str
    with_closed: str
    source_week: str
    target_week: str
    week_hint: str
    preview: str
    preview_again: str
    preview_title: str
    found: str
    """With {count}, {clear}: duties, and those against which nothing speaks."""
    left_out: str
    """With {days}."""
    no_calendar: str
    """With {years}: whose office calendar was not imported."""
    nothing_found: str
    save: str
    saved: str
    """With {count}."""
    not_saved_title: str
    not_saved: str
    """With {count}, {saved}."""
    back_to_plan: str
    conflicts_title: str
    conflicts: Mapping[ConflictKind, str]
    """With {who}, {other} and {hours}."""
    faults: Mapping[FieldFault, str]
    """With {text}, {matches} or {most}."""
    refused: str
    """Where a duty was changed by another coordinator meanwhile, or the change is not allowed; with {reason}."""

    def format_day(self, day: date) -> str:
        """A date with its weekday, short."""
        return self.day.format(month=f"{day:%m}", day=f"{day:%d}", weekday=self.weekdays[day.weekday()])

    def format_month(self, day: date) -> str:
        """The month of a date."""
        return self.month_name.format(year=day.year, month=f"{day:%m}")
