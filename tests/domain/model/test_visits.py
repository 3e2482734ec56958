"""What taps add up to: decisions 3, 8 and 9, R-021 and R-035; the same function serves the door and the reckoning."""

from datetime import date, time
from itertools import pairwise, permutations

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from domain.calendar import TAIPEI, ServiceDays
from domain.model.visit_building import build_visits
from domain.model.visits import (
    NO_CORRECTIONS,
    Annulment,
    AssertedArrival,
    AssertedVisit,
    DayCorrections,
    Direction,
    Meaning,
    Tap,
    TapInterpreter,
)
from domain.policy import Adoption, Policies
from domain.spans import Second, instant
from tests.support.people import local_second

DAYS = ServiceDays(TAIPEI, [(date.min, time(4))])
USUAL = Policies()


def on(text: str) -> Second:
    """`09:00` on 19 November 2026; `+03:59` on the date after it."""
    return local_second(f"2026-11-20 {text[1:]}" if text.startswith("+") else f"2026-11-19 {text}")


def taps(*times: str) -> list[Tap]:
    """Taps at one kiosk in the order in which they happened; `13:00>` says out, `>13:00` says in."""
    return [_tap(seq, text) for seq, text in enumerate(times, 1)]


def _tap(seq: int, text: str) -> Tap:
    direction: Direction | None = "in" if text.startswith(">") else "out" if text.endswith(">") else None
    return Tap(on(text.strip(">")), 0, "entrance", 0, seq, seq, direction)


def meanings(
    *times: str, policies: Policies = USUAL, closings: dict[Second, AssertedVisit] | None = None
) -> list[Meaning]:
    passages = TapInterpreter(DAYS, policies, DayCorrections(closings or {}))
    return [passages.interpret(tap) for tap in taps(*times)]


def stays(tapped: list[Tap], corrections: DayCorrections = NO_CORRECTIONS) -> list[tuple[str, str | None]]:
    """The visits that are not void, as local times."""
    visits = build_visits(sorted(tapped), corrections, DAYS, USUAL)
    return [(_clock(v.check_in), v.check_out and _clock(v.check_out)) for v in visits if not v.void]


def _clock(at: Second) -> str:
    local = instant(at).astimezone(TAIPEI)
    return local.strftime("+%H:%M" if local.day == 20 else "%H:%M")


# --- What each tap means ---

IN, OUT, AGAIN, STRAY = "checked_in", "checked_out", "repeated", "unmatched"


@pytest.mark.parametrize(
    ("tapped", "meant"),
    [
        pytest.param(["09:00"], [IN], id="a tap opens a visit"),
        pytest.param(["09:00", "12:00"], [IN, OUT], id="the next one closes it"),
        pytest.param(["09:00", "12:00", "13:00", "17:00"], [IN, OUT, IN, OUT], id="twice a day"),
        pytest.param(["09:00:00", "09:00:00"], [IN, AGAIN], id="twice in one second"),
        pytest.param(["09:00:00", "09:00:59"], [IN, AGAIN], id="59 seconds change nothing"),
        pytest.param(["09:00:00", "09:01:00"], [IN, OUT], id="60 seconds do"),
        pytest.param(["09:00:00", "09:01:01"], [IN, OUT], id="61 seconds do"),
        pytest.param(["09:00", "09:00:59", "09:01:30"], [IN, AGAIN, OUT], id="a repeated tap starts no new minute"),
        pytest.param(["09:00", "12:00", "12:00:59"], [IN, OUT, AGAIN], id="nor does it come back in"),
        pytest.param(["09:00", "12:00", "12:01:00"], [IN, OUT, IN], id="a minute later one does"),
        pytest.param([">09:00", ">10:00", "12:00"], [IN, IN, OUT], id="in, and in again"),
        pytest.param([">09:00:00", ">09:00:30"], [IN, AGAIN], id="in twice at once"),
        pytest.param(["12:00>"], [STRAY], id="out with nothing open"),
        pytest.param(["09:00", "12:00>", "13:00>"], [IN, OUT, STRAY], id="out twice"),
        pytest.param(["12:00:00>", "12:00:30"], [STRAY, IN], id="a stray departure starts no minute"),
        pytest.param(["12:00:00>", "12:00:30>"], [STRAY, STRAY], id="and is never a repetition"),
        pytest.param(["09:00:00", "09:00:30>"], [IN, AGAIN], id="out within the minute changes nothing"),
        pytest.param(["22:00", "+03:59:59"], [IN, OUT], id="out in the last second of the day"),
        pytest.param(["22:00", "+04:00:00"], [IN, IN], id="from four on it is another day"),
        pytest.param(["22:00", "+04:00:00>"], [IN, STRAY], id="yesterday's visit cannot be left today"),
        pytest.param(["08:58", "+08:55", "+12:00"], [IN, IN, OUT], id="a forgotten check-out turns nothing around"),
        pytest.param(["+03:59:30", "+04:00:29"], [IN, AGAIN], id="a double tap across the end of the day"),
        pytest.param(["+03:59:30", "+04:00:30"], [IN, IN], id="a minute apart across the end of the day"),
    ],
)  # fmt: skip
def test_what_a_tap_means(tapped: list[str], meant: list[Meaning]) -> None:
    """Decisions 8 and 9, R-021, R-035."""
    assert meanings(*tapped) == meant


@pytest.mark.parametrize(("seconds", "meant"), [(0, [IN, OUT]), (1, [IN, AGAIN]), (30, [IN, AGAIN])])
def test_a_policy_says_how_soon_a_tap_repeats(seconds: int, meant: list[Meaning]) -> None:
    """Decision 9: with 0 even the same second counts."""
    policies = Policies([Adoption(date(2026, 1, 1), {"debounce_seconds": seconds})])
    assert meanings("09:00:00", "09:00:00", policies=policies) == meant


def test_the_policy_of_the_later_taps_day_decides_whether_it_repeats() -> None:
    policies = Policies([Adoption(date(2026, 11, 20), {"debounce_seconds": 5})])
    assert meanings("+03:59:55", "+03:59:59", "+04:00:00", policies=policies) == [IN, AGAIN, IN]


# --- The visits that come of it ---


def test_a_visit_without_check_out_stays_open() -> None:
    """R-035, decision 3: the next day's tap begins another."""
    assert stays(taps("08:58", "+08:55", "+12:00")) == [("08:58", None), ("+08:55", "+12:00")]


def test_an_arrival_while_somebody_is_in_leaves_the_first_visit_open() -> None:
    assert stays(taps(">09:00", ">13:00", "17:00>")) == [("09:00", None), ("13:00", "17:00")]


def test_a_visit_belongs_to_the_service_day_on_which_it_began() -> None:
    """Decision 8."""
    (visit,) = build_visits(taps("22:00", "+03:59"), NO_CORRECTIONS, DAYS, USUAL)
    assert visit.day == date(2026, 11, 19).toordinal()


def test_a_visit_names_the_events_behind_it_and_its_kiosk() -> None:
    """The repeated tap between them is not among them."""
    (visit,) = build_visits(taps("09:00", "09:00:30", "12:00"), NO_CORRECTIONS, DAYS, USUAL)
    assert (visit.positions, visit.kiosk, visit.corrected) == ([1, 3], "entrance", False)


@pytest.mark.parametrize("arrival", list(permutations(range(4))))
def test_the_order_of_arrival_never_changes_the_visits(arrival: tuple[int, ...]) -> None:
    """What happened first counts first, however late it arrived."""
    tapped = taps("09:00", "12:00", "13:00", "17:00")
    assert stays([tapped[place] for place in arrival]) == [("09:00", "12:00"), ("13:00", "17:00")]


def test_of_two_kiosks_the_instants_decide_and_within_one_the_count() -> None:
    """A second is too coarse for one kiosk: its own count decides there."""
    front, side = Tap(on("09:00"), 0, "entrance", 0, 7), Tap(on("12:00"), 0, "side", 0, 3)
    assert stays([side, front]) == [("09:00", "12:00")]
    first, second_one = (
        Tap(on("09:00"), 0, "entrance", 0, 7, direction="in"),
        Tap(on("09:00"), 0, "entrance", 0, 8, direction="out"),
    )
    assert sorted([second_one, first]) == [first, second_one]


@for_all(st.lists(st.tuples(st.integers(0, 86_399), st.sampled_from([None, "in", "out"])), max_size=12))
def test_visits_never_overlap_and_are_in_order(moments: list[tuple[int, Direction | None]]) -> None:
    """Whatever is tapped, nobody is in twice at once."""
    tapped = [Tap(on("04:00") + at, 0, "entrance", 0, seq, direction=way) for seq, (at, way) in enumerate(moments, 1)]
    visits = build_visits(sorted(tapped), NO_CORRECTIONS, DAYS, USUAL)
    for earlier, later in pairwise(visits):
        assert earlier.check_in < (earlier.check_out or earlier.check_in + 1) <= later.check_in


@for_all(st.sampled_from([1, 59, 60, 61, 86_399, 86_400]), *[st.sampled_from([None, "in", "out"])] * 2)
def test_two_taps_alone_make_the_visits_that_they_make_one_after_the_other(
    later: int, way: Direction | None, way_of_other: Direction | None
) -> None:
    first = on("04:00")
    tapped = [Tap(first, 0, "entrance", 0, 1, 1, way), Tap(first + later, 0, "entrance", 0, 2, 2, way_of_other)]
    interpreter = TapInterpreter(DAYS, USUAL, NO_CORRECTIONS)
    for tap in tapped:
        interpreter.interpret(tap)
    assert build_visits(tapped, NO_CORRECTIONS, DAYS, USUAL) == interpreter.visits


# --- Corrections ---


def closed(check_in: str, check_out: str) -> DayCorrections:
    claim = AssertedVisit(on(check_in), on(check_out), 1, 90)
    return DayCorrections({claim.check_in: claim})


def test_a_closing_ends_the_visit_and_marks_it() -> None:
    """R-035."""
    (visit,) = build_visits(taps("08:58"), closed("08:58", "12:00"), DAYS, USUAL)
    assert (visit.check_out, visit.corrected, visit.positions) == (on("12:00"), True, [1, 90])


def test_a_closed_visit_absorbs_the_taps_that_arrive_later_from_within() -> None:
    """Up to its end; a second after it is another visit."""
    closing = {on("08:58"): AssertedVisit(on("08:58"), on("12:00"))}
    assert meanings("08:58", "11:00", "12:00:00", closings=closing) == [IN, AGAIN, AGAIN]
    assert meanings("08:58", "11:00", "12:00:01", closings=closing) == [IN, AGAIN, IN]
    assert stays(taps("08:58", "11:00", "13:00"), closed("08:58", "12:00")) == [("08:58", "12:00"), ("13:00", None)]


def test_an_absorbed_tap_does_not_make_the_next_one_a_repetition() -> None:
    closing = {on("08:58"): AssertedVisit(on("08:58"), on("12:00"))}
    assert meanings("08:58", "11:59:59", "12:00:10", closings=closing) == [IN, AGAIN, IN]


def test_a_closing_up_to_the_next_arrival_leaves_that_visit_as_it_is() -> None:
    """The tap at its end is its departure, but for one that says that it is an arrival."""
    at_eleven = closed("09:00", "11:00")
    assert stays(taps("09:00", ">11:00", "12:00"), at_eleven) == [("09:00", "11:00"), ("11:00", "12:00")]
    assert stays(taps("09:00", "11:00", "12:00"), at_eleven) == [("09:00", "11:00"), ("12:00", None)]
    assert stays(taps("09:00", ">10:59"), at_eleven) == [("09:00", "11:00")]


@pytest.mark.parametrize("end", ["12:00", "12:30"], ids=["up to it", "beyond it"])
def test_a_visit_closed_over_one_that_was_voided_before_stands(end: str) -> None:
    """R-021: the departure had begun a visit of its own. Voided first and closed then, neither is lost."""
    void = [Annulment(on("12:00"), "voided", 1)]
    corrections = DayCorrections(closings={on("09:00"): AssertedVisit(on("09:00"), on(end), 2)}, annulments=void)
    first, second = build_visits(taps("09:00", ">12:00"), corrections, DAYS, USUAL)
    assert (first.check_out, first.void, second.check_in, second.void) == (on(end), None, on("12:00"), "voided")


@pytest.mark.parametrize(("order", "added"), [(3, ["08:00"]), (1, [])], ids=["recorded after it", "before it"])
def test_a_closing_that_was_voided_covers_no_arrival_that_was_recorded_after_the_void(
    order: int, added: list[str]
) -> None:
    """R-007, R-036: wrong times are put right by voiding and adding."""
    corrections = DayCorrections(
        closings={on("07:00"): AssertedVisit(on("07:00"), on("09:00"))},
        annulments=[Annulment(on("07:00"), "voided", 2)],
        arrivals=[AssertedArrival(on("08:00"), order)],
    )
    visits = build_visits(taps("07:00", "12:00"), corrections, DAYS, USUAL)
    assert [visit.check_in for visit in visits if not visit.void][: len(added)] == [on(at) for at in added]
    assert visits[-1].check_out == (on("12:00") if added else None)


def test_a_closing_of_a_visit_that_no_tap_opens_is_a_visit_of_its_own() -> None:
    """A tap that arrives late can take the ground from under it: what the coordinator asserts stands."""
    assert stays(taps("09:00", "12:00"), closed("08:58", "12:00")) == [("08:58", "12:00"), ("09:00", "12:00")]


def test_an_added_visit_stands_among_the_others() -> None:
    """R-036: the badge was forgotten in the morning."""
    added = DayCorrections(additions=[AssertedVisit(on("09:00"), on("12:00"), 1, 90)])
    assert stays(taps("13:00", "17:00"), added) == [("09:00", "12:00"), ("13:00", "17:00")]
    first = build_visits(taps("13:00", "17:00"), added, DAYS, USUAL)[0]
    assert (first.kiosk, first.corrected, first.positions) == ("desk", True, [90])


@pytest.mark.parametrize("reason", ["voided", "misuse"])
def test_a_void_visit_is_kept_and_says_why(reason: str) -> None:
    """R-007."""
    void = DayCorrections(annulments=[Annulment(on("09:00"), reason, 1, 90)])
    (visit,) = build_visits(taps("09:00", "12:00"), void, DAYS, USUAL)
    assert (visit.void, visit.corrected, visit.positions) == (reason, True, [1, 2, 90])
    assert visit.check_out == on("12:00")


def test_voiding_a_visit_does_not_turn_the_later_taps_around() -> None:
    void = DayCorrections(annulments=[Annulment(on("09:00"), "voided", 1)])
    assert stays(taps("09:00", "12:00", "13:00", "17:00"), void) == [("13:00", "17:00")]


def test_a_visit_added_in_the_place_of_a_void_one_stands() -> None:
    void = Annulment(on("09:00"), "voided", 1)
    corrected = DayCorrections(additions=[AssertedVisit(on("09:00"), on("11:00"), 2)], annulments=[void])
    assert stays(taps("09:00", "12:00"), corrected) == [("09:00", "11:00")]


def test_the_visit_added_in_its_place_can_be_voided_too() -> None:
    voids = [Annulment(on("09:00"), "voided", 1), Annulment(on("09:00"), "misuse", 3)]
    corrected = DayCorrections(additions=[AssertedVisit(on("09:00"), on("11:00"), 2)], annulments=voids)
    visits = build_visits(taps("09:00", "12:00"), corrected, DAYS, USUAL)
    assert [visit.void for visit in visits] == ["voided", "misuse"]


# --- A correction is counted while the visit is open, and stands when a tap comes late ---


def annulled(check_in: str, at: str) -> DayCorrections:
    return DayCorrections(annulments=[Annulment(on(check_in), "misuse", 1, at=on(at))])


@pytest.mark.parametrize(
    ("annulled_at", "left"),
    [("08:40", [("09:00", "12:00")]), ("09:00", [("09:00", "12:00")]), ("09:00:01", [("12:00", None)])],
)
def test_after_an_open_visit_is_annulled_the_next_tap_begins_another(
    annulled_at: str, left: list[tuple[str, str | None]]
) -> None:
    """R-007: a borrower taps at 08:30, the owner at 09:00. A visit that has ended by then keeps its end."""
    assert stays(taps("08:30", "09:00", "12:00"), annulled("08:30", annulled_at)) == left


def test_an_annulled_visit_that_was_open_stays_without_an_end() -> None:
    visits = build_visits(taps("08:30", "09:00"), annulled("08:30", "08:40"), DAYS, USUAL)
    assert [(visit.check_out, visit.void) for visit in visits] == [(None, "misuse"), (None, None)]


def test_a_tap_seconds_after_an_annulled_one_is_no_repetition_of_it() -> None:
    assert stays(taps("08:30:00", "08:30:50", "12:00"), annulled("08:30:00", "08:30:20")) == [("08:30", "12:00")]
    assert stays(taps("08:30:00", "08:30:50", "12:00"), annulled("08:30:00", "08:31:00")) == [("12:00", None)]


def test_a_late_tap_does_not_undo_a_closed_visit() -> None:
    """R-035: 08:59:40 comes later, from another reader; what was asserted stays as a visit of its own."""
    closed = DayCorrections({on("09:00:10"): AssertedVisit(on("09:00:10"), on("12:00"), 1)})
    assert stays(taps("08:59:40", "09:00:10"), closed) == [("08:59", None), ("09:00", "12:00")]
    assert stays(taps("08:00", "09:00:10"), closed) == [("08:00", "09:00"), ("09:00", "12:00")]


@pytest.mark.parametrize("late", ["08:59:40", "08:00"])
def test_a_late_tap_does_not_bring_annulled_hours_back(late: str) -> None:
    """R-007: whether the annulled arrival is a repetition now, or a departure."""
    assert stays(taps(late, "09:00:10"), annulled("09:00:10", "14:00")) == []
