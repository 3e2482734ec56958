"""Thresholds and switches, dated. A policy names what it changes; the rest stays as it was.

Defaults are those of the product's decisions; where a source gives a number, it stands beside it.
"""

import difflib
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date, time
from functools import cached_property
from typing import Annotated, Any, Literal

import msgspec

from domain.errors import UnknownParameter, UnusableParameter
from domain.typed_decoding import convert

Count = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
Share = Annotated[float, msgspec.Meta(ge=0, le=1)]

Threshold = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
Growth = Annotated[float, msgspec.Meta(ge=0, le=1_000)]
Debounce = Annotated[int, msgspec.Meta(ge=0, le=3_600)]
"""An hour at most: whether a tap repeats is decided from the taps of its service day and of the one before."""
MONTH_AND_DAY = r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
REPORT_WINDOW = f"(?:(annual|half_year):)?(?:{MONTH_AND_DAY})?/{MONTH_AND_DAY}"
"""When results are handed in (R-107, R-108): 07-01/07-10, both days included, for the half-year before; /02-28, by a
last day, for the year before, as is annual:01-01/01-31."""
ReportWindow = Annotated[str, msgspec.Meta(pattern=f"^(?:{REPORT_WINDOW})$")]
ReportWindows = Annotated[list[ReportWindow], msgspec.Meta(max_length=12)]
LATER_LIMITS: Mapping[str, Any] = {
    "debounce_seconds": Debounce,
    "absence_threshold": Threshold,
    "leave_threshold": Threshold,
    "suspension_trigger_days": Threshold,
    "growth_target": Growth,
    "report_windows": ReportWindows,
}
"""Limits of an adoption, besides those of the type, None aside. Greater numbers that a log holds stay in force."""


class RewardStandard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """So many duties of so many minutes a month: 每月值勤三次每次3小時 (R-082)."""

    duties: Count = 3
    minutes: Count = 180


class Policy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every parameter of the rules, as in force on one service day."""

    # What counts
    cap_to_shift: bool = True
    """Only presence inside a window counts."""
    credit_from_scheduled_start_within_grace: bool = False
    """An arrival within the grace is credited from the scheduled start."""
    missing_checkout_credit: Literal["none", "shift_end"] = "none"
    """What a visit without check-out is worth once its day is over."""
    require_training: bool = True
    training_day_counts: bool = False
    """Service on the day a training was completed counts."""
    day_ends_at: Annotated[time, msgspec.Meta(tz=False)] = time(4)
    """When a service day ends, local time on the next civil day."""
    debounce_seconds: Count = 60
    """A tap sooner than this after the last accepted one changes nothing."""
    flexible_requires_notice: bool = False
    rounding: Literal["none"] = "none"
    """Minutes are stored and summed; rounding is a named output policy of one report (R-034)."""

    # Who was on time
    grace_minutes_in: Count = 10
    grace_minutes_out: Count = 0
    checkin_window_before_start_min: Count = 30

    # Absence, leave and exit
    absence_window: Literal["agreement", "calendar_year", "rolling_12m", "ever"] = "agreement"
    absence_threshold: Annotated[int, msgspec.Meta(ge=1)] = 3
    leave_window: Literal["rolling_12m", "calendar_year"] = "rolling_12m"
    leave_threshold: Annotated[int, msgspec.Meta(ge=1)] = 12
    leave_notice_days: Count = 0
    suspension_trigger_days: Annotated[int, msgspec.Meta(ge=1)] | None = None
    """Days without service after which a suspension raises a case (R-053); None: never."""
    correction_window_days: Count = 3

    # At the entrance
    show_own_hours: bool = False
    """A second tap within the debounce shows the volunteer's hours of the month and the year."""

    # Assessment, reward, reports
    assessment_period: Literal["year", "half_year"] = "year"
    assessment_pass: Annotated[float, msgspec.Meta(ge=0, le=100)] = 60
    reward_standard: RewardStandard = RewardStandard()
    annual_required_hours: Count | None = None
    weekly_target_minutes: Count = 180
    allowance_min_minutes: Count = 180
    """Credited minutes of one duty from which it earns an allowance (R-070)."""
    allowance_per_day_max: Count = 1
    """Allowances that a volunteer gets a day at most."""
    allowance_uses_status: bool = False
    """A duty of that length whose volunteer was on time earns one too, whatever it was credited with."""
    meal_allowance: Count | None = None
    """NT$; None: not known."""
    transport_allowance: Count | None = None
    honor_card_policy: Literal["day_after_counted_through", "hualien_system", "ntpc_rolling"] = (
        "day_after_counted_through"
    )
    """From where service counts for the next honor card: what was counted is not counted twice (R-083)."""
    insurance_target: Share = 1.0
    insurance_age_limit: Annotated[int, msgspec.Meta(ge=1, le=150)] = 80
    """Years of age to which the shared contract insures (R-072): 80 since 2025-11-28, 75 before (P38)."""
    book_target: Share = 1.0
    senior_target: Share = 0.21
    growth_target: float | None = None
    leader_term_years: Annotated[int, msgspec.Meta(ge=1, le=100)] = 2
    leader_terms_max: Annotated[int, msgspec.Meta(ge=1, le=100)] = 2
    """Terms of one person in a row (R-046)."""
    by_election_term: Literal["remaining", "full"] = "remaining"
    """What a leader serves who was elected in the middle of another one's term."""
    report_windows: list[str] = msgspec.field(default_factory=lambda: ["01-01/01-10", "07-01/07-10", "/02-28"])
    max_gap_months: Count = 12
    min_group_size_in_reports: Count = 5


PARAMETERS = Policy.__struct_fields__

SYNONYMS: Mapping[tuple[str, object], str] = {
    ("missing_checkout_credit", 0): "none",
    ("leave_window", "rolling"): "rolling_12m",
}
"""Values that the rule book writes in another way."""

HOURS_AND_MINUTES = re.compile(r"[0-9]{2}:[0-9]{2}")
"""A time as people write it: 05:00, which is stored as 05:00:00."""


def check_changes(changes: Mapping[str, object]) -> dict[str, Any]:
    """The changes of a policy in the form in which they are stored.

    Raises:
        UnknownParameter: no parameter has that name; carries the nearest one.
        UnusableParameter: the value has the wrong type or is out of range.
    """
    for name in changes:
        if name not in PARAMETERS:
            nearest = difflib.get_close_matches(name, PARAMETERS, n=1)
            raise UnknownParameter(name, nearest[0] if nearest else None)
    return {name: _convert_value(name, value) for name, value in changes.items()}


def _convert_value(name: str, value: object) -> Any:
    try:
        policy = convert({name: _expand_abbreviation(name, value)}, Policy)
        if (converted := getattr(policy, name)) is not None:
            convert(converted, LATER_LIMITS.get(name, Any))
    except msgspec.ValidationError as error:
        raise UnusableParameter(name, str(error).split(" - at")[0]) from None
    return msgspec.to_builtins(getattr(policy, name))


def _expand_abbreviation(name: str, value: object) -> object:
    if isinstance(value, str) and HOURS_AND_MINUTES.fullmatch(value):
        return value + ":00"
    if isinstance(value, str | int) and not isinstance(value, bool):
        return SYNONYMS.get((name, value), value)
    return value


class Adoption(msgspec.Struct, frozen=True):
    """From a service day on, these parameters have these values."""

    effective_from: date
    changes: Mapping[str, Any]

    @property
    def is_usable(self) -> bool:
        """Whether this program knows all of it: a newer one may have written it."""
        try:
            convert(dict(self.changes), Policy)
        except msgspec.ValidationError:
            return False
        return True


class Policies:
    """All that was adopted, and so the policy in force on any service day."""

    def __init__(self, adoptions: Iterable[Adoption] = ()) -> None:
        """`adoptions` in the order in which they were made: of two for one day, the later wins; unusable ones never."""
        usable = (adoption for adoption in adoptions if adoption.is_usable)
        self._adoptions = sorted(usable, key=lambda adoption: adoption.effective_from)

    def with_adoption(self, adoption: Adoption) -> "Policies":
        """These policies, and one more that was adopted after them."""
        return Policies([*self._adoptions, adoption])

    def on(self, day: int) -> Policy:
        """The policy in force on a service day (a proleptic ordinal)."""
        return self._versions[bisect_right(self._from, day)]

    @property
    def by_first_day(self) -> dict[int, Policy]:
        """Each of them by the first service day on which it is in force, the earliest first."""
        return dict(zip([date.min.toordinal(), *self._from], self._versions, strict=True))

    @cached_property
    def _from(self) -> list[int]:
        return [adoption.effective_from.toordinal() for adoption in self._adoptions]

    @cached_property
    def _versions(self) -> list[Policy]:
        versions, named = [Policy()], dict[str, Any]()
        for adoption in self._adoptions:
            named |= adoption.changes
            versions.append(convert(named, Policy))
        return versions

    @cached_property
    def day_ends(self) -> list[tuple[date, time]]:
        """From which service day on a day ends when."""
        since = [date.min, *(adoption.effective_from for adoption in self._adoptions)]
        ends: list[tuple[date, time]] = []
        for day, policy in zip(since, self._versions, strict=True):
            if not ends or ends[-1][1] != policy.day_ends_at:
                ends.append((day, policy.day_ends_at))
        return ends

    @cached_property
    def longest_debounce(self) -> int:
        """Seconds that a tap can reach forward under any of the policies."""
        return max(policy.debounce_seconds for policy in self._versions)

    @cached_property
    def longest_early_window(self) -> int:
        """Seconds before its start from which a duty can be attended, under any of the policies."""
        return max(policy.checkin_window_before_start_min for policy in self._versions) * 60
