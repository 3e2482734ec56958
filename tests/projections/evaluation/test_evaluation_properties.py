"""What holds of every day, whatever happened on it."""

import random
from collections import Counter
from datetime import datetime
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import TAIPEI
from domain.model.standing import StandingChange
from domain.spans import NEVER, Span, length, overlap, subtract_all
from projections.evaluation.evaluate import DayResult, EvaluatedVisit
from projections.evaluation.outcomes import DutyResult
from projections.evaluation.windows import Account, floor_minutes
from tests.support.day_builder import CATEGORY, THURSDAY, Day, parse_second

MIDNIGHT = parse_second("00:00")
MOMENTS = st.integers(4 * 3600, 28 * 3600 - 1).map(lambda offset: MIDNIGHT + offset)
TURNS = st.sampled_from(["suspended", "resumed", "ended", "agreement"])
STATES = st.sampled_from(["responsible"] * 4 + ["on_leave", "excused", "handed_over"])
CATEGORIES = st.sampled_from([CATEGORY, CATEGORY, None, "衛教"])


@st.composite
def days(draw: st.DrawFn, *, may_be_corrected: bool = True) -> Day:
    """A random day: shifts, events, opening hours, training, standing, taps, corrections."""
    day = Day(mode=draw(st.sampled_from(["rostered", "flexible", "event"])))
    day.basic_from = draw(st.sampled_from([0, parse_second("10:00")]))
    day.special_from = draw(st.sampled_from([{}, {CATEGORY: 0}, {CATEGORY: parse_second("11:30")}]))
    for number in range(draw(st.integers(0, 3))):
        start = draw(st.integers(5, 20) | st.just(9))  # now and then two begin together
        said = {"state": draw(STATES), "category": draw(CATEGORIES), "cancelled": draw(st.booleans())}
        day.shift(f"{start:02d}:00", f"{start + draw(st.integers(1, 3)):02d}:00", f"S{number}", **said)
    if draw(st.booleans()):
        day.event("11:00", "15:00")
    if draw(st.booleans()):
        day.session("10:30", "12:30", draw(st.sampled_from([None, frozenset({1}), frozenset({2})])))
    if draw(st.booleans()):
        day.open("08:00", "12:00").open("13:00", "17:00")
    for kind in draw(st.lists(TURNS, max_size=2)):
        day.turns.append(StandingChange(kind, THURSDAY.toordinal() + draw(st.integers(-2, 1)), 0))
    for seq, at in enumerate(draw(st.lists(MOMENTS, max_size=8))):
        direction = draw(st.sampled_from([None, None, "in", "out"]))
        day.taps("04:00")
        day.recorded_taps[-1] = day.recorded_taps[-1]._replace(at=at, seq=seq, direction=direction)
    if may_be_corrected:
        _correct(draw, day)
    return day


@st.composite
def days_by_any_policy(draw: st.DrawFn) -> Day:
    """A random day, and switches that bear on credit, in any combination."""
    day = draw(st.one_of(days(), days_of_short_duties()))
    switches = ("cap_to_shift", "credit_from_scheduled_start_within_grace", "require_training")
    day.policy = {name: draw(st.booleans()) for name in switches}
    day.policy["missing_checkout_credit"] = draw(st.sampled_from(["none", "shift_end"]))
    day.policy["grace_minutes_in"] = draw(st.integers(0, 20))
    return day


@st.composite
def plain_days(draw: st.DrawFn) -> Day:
    """A day with one duty and two taps, by any policy that bears on credit."""
    day = Day(basic_from=draw(st.sampled_from([0, parse_second("10:00")]))).shift("09:00", "12:00")
    parameters = ("cap_to_shift", "credit_from_scheduled_start_within_grace", "require_training")
    day.policy = {name: draw(st.booleans()) for name in parameters} | {"grace_minutes_in": 5}
    arrival, departure = draw(st.sampled_from([-20, 0, 3, 5, 6, 100])), draw(st.sampled_from([-10, 20, 110, 180, 190]))
    for minutes in (arrival, departure):
        day.taps("04:00")
        day.recorded_taps[-1] = day.recorded_taps[-1]._replace(at=parse_second("09:00") + minutes * 60)
    return day


def _correct(draw: st.DrawFn, day: Day) -> None:
    for tap in day.recorded_taps:
        if draw(st.integers(0, 5)) == 0:
            day.void_visit("04:00")
            day.annulments[-1] = day.annulments[-1]._replace(check_in=tap.at)
    if draw(st.integers(0, 3)) == 0:
        day.add_visit("12:30", "14:30")


@given(days())
def test_credit_is_never_negative_and_never_more_than_presence(day: Day) -> None:
    """R-020, decision 1."""
    for visit in day.evaluate().visits:
        presence = (visit.visit.check_out or visit.visit.check_in) - visit.visit.check_in
        credited = sum((s.end or s.start) - s.start for s in visit.stretches if s.account)
        assert 0 <= credited <= presence
        assert visit.minutes >= 0


@given(days())
def test_the_stretches_of_a_closed_visit_cover_it_exactly(day: Day) -> None:
    """In order, without gap or overlap; each is credited or has a reason."""
    for visit in day.evaluate().visits:
        if visit.visit.check_out is None:
            continue
        at = visit.visit.check_in
        for stretch in visit.stretches:
            assert stretch.start == at
            assert (stretch.reason is None) == (stretch.account is not None)
            assert stretch.end is not None
            at = stretch.end
        assert at == visit.visit.check_out


@given(days())
def test_the_minutes_of_visits_add_up_to_those_of_shifts_events_and_flexible_days(day: Day) -> None:
    """Parts sum to the whole, however the seconds fall."""
    reckoned = day.evaluate()
    assert sum(v.minutes for v in reckoned.visits) == sum(a.minutes for a in reckoned.accounts)


@given(days_by_any_policy())
def test_what_is_explained_as_credited_is_what_each_account_has(day: Day) -> None:
    """R-020, R-126: under every switch; credited stretches and the grace before a check-in, to the second."""
    result = day.evaluate()
    explained = Counter[int]()
    for visit in result.visits:
        for stretch, account, end in visit.credited:
            explained[id(account)] += end - stretch.start
    assert {id(one): one.seconds for one in result.accounts if one.seconds} == {**explained}
    assert sum(visit.minutes for visit in result.visits) == sum(account.minutes for account in result.accounts)


@given(days_by_any_policy())
def test_a_credited_stretch_lies_in_a_window_of_its_account_or_names_the_parameter(day: Day) -> None:
    """R-020, R-035: by the stretch alone it can be said whether presence in a window is why it counts."""
    for visit in (result := day.evaluate()).visits:
        windows = [(duty.start, duty.end) for duty in day.roster] + [(event.start, event.end) for event in day.events]
        for stretch, account, end in visit.credited:
            is_inside = any(start <= stretch.start and end <= last for start, last in windows)
            match stretch.parameter:
                case None:
                    assert is_inside or account.kind == "flexible"
                    assert visit.visit.check_out is not None
                case "cap_to_shift":
                    assert not any(overlap((stretch.start, end), window) for window in _list_windows(day, result))
                case "credit_from_scheduled_start_within_grace":
                    assert end <= visit.visit.check_in
                case "missing_checkout_credit":
                    assert visit.visit.check_out is None


def _list_windows(day: Day, result: DayResult) -> list[Span]:
    """Of the duties that count."""
    shifts = {account.key for account in result.accounts if account.kind == "shift"}
    return [(duty.start, duty.end) for duty in day.roster if duty.shift in shifts]


@given(days())
def test_no_minute_counts_twice(day: Day) -> None:
    """Neither for two windows nor in two visits."""
    spans = sorted((s.start, s.end or s.start) for v in day.evaluate().visits for s in v.stretches if s.account)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert length(spans) <= 24 * 3600


@st.composite
def days_of_short_duties(draw: st.DrawFn) -> Day:
    """Duties and visits of minutes that overlap, within an hour."""
    day = Day(basic_from=parse_second("09:00") + draw(st.integers(-1, 20)) * 60)
    for number in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, 20))
        end = start + draw(st.integers(5, 30))
        day.shift(f"09:{start:02d}", f"09:{end:02d}", f"S{number}")
    return day.taps(*(f"09:{minute:02d}" for minute in sorted(draw(st.sets(st.integers(0, 59), max_size=6)))))


@given(days_of_short_duties(), st.integers(0, 20))
def test_the_grace_credits_no_minute_twice_and_none_before_training(day: Day, grace: int) -> None:
    """R-002, R-020: never more than presence, with the beginning of each duty that was missed within the grace."""
    day.policy = {"credit_from_scheduled_start_within_grace": True, "grace_minutes_in": grace}
    found = day.evaluate()
    presence = [(one.visit.check_in, one.visit.check_out or one.visit.check_in) for one in found.visits]
    trained = max(day.basic_from, day.special_from.get(CATEGORY, NEVER))
    missed = [(max(duty.start, trained), duty.start + grace * 60) for duty in day.roster]
    most: list[Span] = []
    for span in [*presence, *(span for span in missed if span[0] < span[1])]:
        most += subtract_all([span], most)
    assert sum(account.minutes for account in found.accounts) * 60 <= length(most)


@given(days())
def test_a_session_credits_nothing_that_no_duty_takes(day: Day) -> None:
    """R-033: of those invited, no second inside a session is credited but by a shift."""
    for session in day.sessions if not day.sessions or day.sessions[0].listed != frozenset({2}) else ():
        for stretch in (s for visit in day.evaluate().visits for s in visit.stretches if s.account):
            inside = overlap((stretch.start, stretch.end or stretch.start), (session.start, session.end))
            assert inside is None or (stretch.account and stretch.account.kind == "shift")


@given(days())
def test_without_sessions_nothing_else_changes_but_what_they_took(day: Day) -> None:
    """R-033: visits and duties are the same, and a session never adds a minute."""
    with_them = day.evaluate()
    day.sessions.clear()
    without = day.evaluate()
    assert [found.visit for found in with_them.visits] == [found.visit for found in without.visits]
    assert with_them.duties == without.duties
    pairs = zip(with_them.visits, without.visits, strict=True)
    seconds = [(_count_credited(one), _count_credited(other)) for one, other in pairs]
    assert all(one <= other for one, other in seconds)


@given(st.one_of(plain_days(), days(may_be_corrected=False)))
def test_a_plain_day_adds_up_to_what_the_whole_evaluation_says(day: Day) -> None:
    """Decision: of a plain day what there is nothing of is left out, and nothing else."""
    plain = day.evaluate_plain()
    if plain is None:
        return
    (visit,), (duty,), (account,) = (whole := day.evaluate()).visits, whole.duties, whole.accounts
    arrival, departure = sorted(day.recorded_taps)
    assert (visit.visit.check_in, visit.visit.check_out, visit.visit.kiosk) == (arrival.at, departure.at, arrival.kiosk)
    assert (visit.status, visit.minutes, visit.visit.corrected) == ("closed", floor_minutes(plain.seconds), False)
    assert duty == DutyResult(day.roster[0], "attended", plain.late_minutes, plain.early_minutes, plain.category)
    assert account == Account("shift", duty.assignment.shift, duty.assignment.day, plain.category, plain.seconds)
    assert [(one.start, one.end, one.reason) for one in visit.stretches if one.reason] == plain.uncredited
    assert whole.changes_at == NEVER


def test_a_day_is_plain_with_one_duty_and_two_taps() -> None:
    """Whatever else there is, the whole evaluation is asked."""

    def build(arrival: str = "08:50", **changes: Any) -> Day:
        return Day(basic_from=0, **changes).shift("09:00", "12:00").taps(arrival, "12:10")

    assert build().evaluate_plain()
    others = [
        build().taps("11:00"),
        build().shift("13:00", "15:00", "S2"),
        build("12:05"),
        build().event("15:00", "16:00"),
        build().session("15:00", "16:00", frozenset({2})),
        build(mode="flexible"),
        build(policy={"cap_to_shift": False}),
    ]
    assert [day.evaluate_plain() for day in others] == [None] * len(others)


@given(plain_days())
def test_a_session_to_which_nobody_is_invited_changes_nothing(day: Day) -> None:
    """R-033: also of a day that has one duty and one visit."""
    without = day.evaluate()
    assert day.session("05:00", "06:00", frozenset()).evaluate() == without


def _count_credited(visit: EvaluatedVisit) -> int:
    return length((s.start, s.end or s.start) for s in visit.stretches if s.account)


@given(days(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(day: Day, chance: random.Random) -> None:
    """Decision: taps are facts; visits follow from when they happened. Nor does that in which duties are read."""
    before = day.evaluate()
    chance.shuffle(day.recorded_taps)
    chance.shuffle(day.roster)
    assert day.evaluate() == before


@given(days())
def test_every_duty_has_exactly_one_outcome_and_only_time_moves_it(day: Day) -> None:
    """R-045: before its end nobody is absent, afterwards nobody is upcoming."""
    for now in ("2026-11-19T04:00", "2026-11-19T12:30", "2026-11-20T04:00"):
        reckoned = day.evaluate(now)
        assert len(reckoned.duties) == len(day.roster)
        for duty in reckoned.duties:
            over = parse_second(now) >= duty.assignment.end
            assert duty.outcome != ("upcoming" if over else "absent")


@given(days())
def test_nothing_changes_before_the_reckoning_says_so(day: Day) -> None:
    """`changes_at` is the next instant at which time alone alters the result."""
    first = day.evaluate("2026-11-19T04:00")
    if first.changes_at < parse_second("2026-11-25T00:00"):
        before, then = (day.evaluate(_local(at)) for at in (first.changes_at - 1, first.changes_at))
        assert (before.visits, before.duties) == (first.visits, first.duties)
        assert (then.visits, then.duties) != (first.visits, first.duties)


def _local(at: int) -> str:
    return datetime.fromtimestamp(at, TAIPEI).replace(tzinfo=None).isoformat()
