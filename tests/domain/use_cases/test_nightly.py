"""What the night writes: cases that follow what the rules find, one settlement a day, all of it or nothing."""

from datetime import date

import pytest

from domain.errors import DayNotOver, DutyRunsOn, NoOpenCase
from domain.log.errors import LogError
from domain.model.exit_case import ExitCase, KnownCase, Trigger
from domain.model.reconciliation import Reconciliation
from domain.use_cases.nightly import DayFindings, ReconciledDay, RunningDuty
from domain.use_cases.stream_queries import list_cases
from projections.read_models.day_findings import load_known_cases
from tests.support.office import Office
from tests.support.people import ANN, BEN, act, local_time

AGREEMENT = "2026-01-02"
MARCH_4, MAY_13, SEPTEMBER_2, OCTOBER_7 = "2026-03-04", "2026-05-13", "2026-09-02", "2026-10-07"


def absences(*days: str, basis: str = AGREEMENT) -> Trigger:
    return Trigger(ANN, "R-050", basis, days)


def leaves(*days: str) -> Trigger:
    return Trigger(ANN, "R-051", "", days)


def night(office: Office, day: str, *found: Trigger) -> ReconciledDay:
    """The night after a service day, and what the rules found in it."""
    that_day = date.fromisoformat(day)
    known = {(ANN, rule): list_cases(office.log, ANN, rule) for rule in ("R-050", "R-051", "R-052")}
    findings = DayFindings({"duties": 0}, "digest", {}, found, that_day, known)
    return office.night.reconcile(that_day, findings, act(f"{day} 04:00", recorded="2026-12-31 04:00"))


def states(office: Office, rule: str = "R-050") -> list[tuple[str, list[str]]]:
    """Every case of a rule about Ann: how it stands, and on what."""
    return [(case.status, list(case.evidence)) for case in list_cases(office.log, ANN, rule)]


# --- Cases follow the facts (decision 10) ---


def test_what_a_rule_finds_raises_a_case(office: Office) -> None:
    """R-050."""
    settled = night(office, SEPTEMBER_2, absences(MARCH_4, MAY_13, SEPTEMBER_2))
    assert states(office) == [("raised", [MARCH_4, MAY_13, SEPTEMBER_2])]
    assert (settled.totals["exits_raised"], settled.totals["exits_withdrawn"]) == (1, 0)


def test_the_next_night_does_not_raise_it_again(office: Office) -> None:
    found = absences(MARCH_4, MAY_13, SEPTEMBER_2)
    night(office, SEPTEMBER_2, found)
    settled = night(office, "2026-09-03", found)
    assert len(states(office)) == 1
    assert settled.totals["exits_raised"] == 0
    assert office.list_events(ExitCase.Revised) == []


def test_a_waiting_case_takes_up_more_evidence(office: Office) -> None:
    night(office, SEPTEMBER_2, absences(MARCH_4, MAY_13, SEPTEMBER_2))
    settled = night(office, OCTOBER_7, absences(MARCH_4, MAY_13, SEPTEMBER_2, OCTOBER_7))
    assert states(office) == [("raised", [MARCH_4, MAY_13, SEPTEMBER_2, OCTOBER_7])]
    assert settled.totals["exits_raised"] == 0


def test_a_case_whose_cause_is_corrected_away_is_withdrawn(office: Office) -> None:
    """R-050: an absence becomes leave, and history keeps both."""
    night(office, SEPTEMBER_2, absences(MARCH_4, MAY_13, SEPTEMBER_2))
    settled = night(office, "2026-09-10")
    assert states(office) == [("withdrawn", [MARCH_4, MAY_13, SEPTEMBER_2])]
    assert (settled.totals["exits_raised"], settled.totals["exits_withdrawn"]) == (0, 1)


def test_a_withdrawn_case_is_raised_anew_when_its_cause_comes_back(office: Office) -> None:
    """As another case, with the next ordinal."""
    found = absences(MARCH_4, MAY_13, SEPTEMBER_2)
    night(office, SEPTEMBER_2, found)
    night(office, "2026-09-10")
    night(office, "2026-09-11", found)
    assert [status for status, _ in states(office)] == ["withdrawn", "raised"]
    assert [case.ordinal for case in office.list_events(ExitCase.Created)] == [1, 2]


def test_a_decided_case_is_not_raised_again_by_evidence_it_has_seen(office: Office) -> None:
    """R-055: nor by less of it."""
    night(office, SEPTEMBER_2, absences(MARCH_4, MAY_13, SEPTEMBER_2, OCTOBER_7))
    office.at("2026-10-08 09:00").decide(ANN, "R-050")
    night(office, "2026-10-08", absences(MARCH_4, MAY_13, SEPTEMBER_2, OCTOBER_7))
    night(office, "2026-10-09", absences(MARCH_4, MAY_13, SEPTEMBER_2))
    night(office, "2026-10-10")
    assert [status for status, _ in states(office)] == ["decided"]


def test_a_decided_case_is_raised_again_by_a_fourth_absence(office: Office) -> None:
    """R-055: the counter is not reset, the new case shows all of it."""
    night(office, SEPTEMBER_2, absences(MARCH_4, MAY_13, SEPTEMBER_2))
    office.at("2026-10-05 09:00").decide(ANN, "R-050")
    settled = night(office, OCTOBER_7, absences(MARCH_4, MAY_13, SEPTEMBER_2, OCTOBER_7))
    assert states(office) == [
        ("decided", [MARCH_4, MAY_13, SEPTEMBER_2]),
        ("raised", [MARCH_4, MAY_13, SEPTEMBER_2, OCTOBER_7]),
    ]
    assert settled.totals["exits_raised"] == 1


def test_a_case_raised_by_a_fourth_absence_is_withdrawn_with_it(office: Office) -> None:
    """What is left was decided on before: the cause of the new case is gone."""
    night(office, SEPTEMBER_2, absences(MARCH_4, MAY_13, SEPTEMBER_2))
    office.at("2026-09-10 09:00").decide(ANN, "R-050")
    night(office, OCTOBER_7, absences(MARCH_4, MAY_13, SEPTEMBER_2, OCTOBER_7))
    settled = night(office, "2026-10-08", absences(MARCH_4, MAY_13, SEPTEMBER_2))
    assert [status for status, _ in states(office)] == ["decided", "withdrawn"]
    assert settled.totals["exits_withdrawn"] == 1


def test_what_two_decisions_have_seen_between_them_is_seen(office: Office) -> None:
    night(office, SEPTEMBER_2, absences(MARCH_4, MAY_13, SEPTEMBER_2))
    office.at("2026-09-05 09:00").decide(ANN, "R-050")
    night(office, OCTOBER_7, absences(MAY_13, SEPTEMBER_2, OCTOBER_7))
    office.at("2026-10-09 09:00").decide(ANN, "R-050")
    night(office, "2026-10-10", absences(MARCH_4, SEPTEMBER_2, OCTOBER_7))
    assert [status for status, _ in states(office)] == ["decided", "decided"]


def test_each_agreement_has_a_case_of_its_own(office: Office) -> None:
    """R-050: absences count within one agreement."""
    old, new = absences(MARCH_4, MAY_13, SEPTEMBER_2), absences(OCTOBER_7, "2026-10-14", "2026-10-21", basis=OCTOBER_7)
    night(office, SEPTEMBER_2, old)
    night(office, "2026-10-21", old, new)
    assert [status for status, _ in states(office)] == ["raised", "raised"]
    night(office, "2026-10-22", new)
    assert [status for status, _ in states(office)] == ["withdrawn", "raised"]


def test_each_rule_has_cases_of_its_own(office: Office) -> None:
    """R-050, R-051."""
    night(office, SEPTEMBER_2, absences(MARCH_4, MAY_13, SEPTEMBER_2), leaves(MARCH_4))
    night(office, "2026-09-03", leaves(MARCH_4))
    assert [status for status, _ in states(office)] == ["withdrawn"]
    assert [status for status, _ in states(office, "R-051")] == ["raised"]


def test_read_models_hold_of_a_case_what_its_stream_does(office: Office) -> None:
    """The night compares with them, and loads only cases that change."""
    with_shifts = Trigger(BEN, "R-050", AGREEMENT, (MARCH_4, MAY_13), shifts=("S1", "S2"))
    low_score = Trigger(ANN, "R-052", OCTOBER_7, (OCTOBER_7,), 59.5)
    night(office, SEPTEMBER_2, absences(MARCH_4, MAY_13), leaves(MARCH_4), with_shifts, low_score)
    night(office, "2026-09-03", absences(MARCH_4, MAY_13, SEPTEMBER_2), with_shifts, low_score)
    office.at("2026-09-05 09:00").decide(BEN, "R-050")
    held = load_known_cases(office.current_views())
    assert {(who, rule): [case.status for case in cases] for (who, rule), cases in held.items()} == {
        (ANN, "R-050"): ["raised"],
        (ANN, "R-052"): ["raised"],
        (BEN, "R-050"): ["decided"],
    }
    for (who, rule), cases in held.items():
        loaded = list_cases(office.log, who, rule)
        assert cases == [KnownCase(case.basis, case.status, case.evidence, case.score, case.shifts) for case in loaded]


def test_a_case_of_which_nothing_new_was_found_is_not_loaded(office: Office) -> None:
    """Else each night would load all cases of all years: what the findings say of it decides."""
    found = absences(MARCH_4, MAY_13, SEPTEMBER_2)
    held = {(ANN, "R-050"): [KnownCase(AGREEMENT, "raised", found.evidence, None, ())]}
    that_day = date.fromisoformat(SEPTEMBER_2)
    findings = DayFindings({"duties": 0}, "digest", {}, [found], that_day, held)
    settled = office.night.reconcile(that_day, findings, act("2026-09-03 04:00"))
    assert (settled.totals["exits_raised"], states(office)) == (0, [])


def test_cases_that_are_not_as_the_findings_have_them_wait_for_the_next_night(office: Office) -> None:
    """Someone decided since, or an old event of theirs was edited: what they say is no ground for another."""
    night(office, SEPTEMBER_2, absences(MARCH_4, MAY_13, SEPTEMBER_2))
    found = absences(MARCH_4, MAY_13, SEPTEMBER_2, OCTOBER_7)
    other = {(ANN, "R-050"): [KnownCase(AGREEMENT, "raised", [MARCH_4, MAY_13], None, [])]}
    at = act(f"{OCTOBER_7} 04:00", recorded="2026-12-31 04:00")
    that_day = date.fromisoformat(OCTOBER_7)
    office.night.reconcile(that_day, DayFindings({"duties": 0}, "digest", {}, [found], that_day, other), at)
    assert office.list_events(ExitCase.Revised) == []
    night(office, "2026-10-08", found)
    assert len(office.list_events(ExitCase.Revised)) == 1


def test_of_several_waiting_cases_the_latest_is_decided(office: Office) -> None:
    old, new = absences(MARCH_4, MAY_13, SEPTEMBER_2), absences(OCTOBER_7, basis=OCTOBER_7)
    night(office, OCTOBER_7, old, new)
    office.at("2026-10-08 09:00").decide(ANN, "R-050")
    assert [status for status, _ in states(office)] == ["raised", "decided"]
    office.decide(ANN, "R-050")
    with pytest.raises(NoOpenCase):
        office.decide(ANN, "R-050")


# --- The settlement ---


def test_a_settlement_holds_the_days_totals_and_the_head_they_were_drawn_from(office: Office) -> None:
    head = office.log.head().chain.hex()
    findings = DayFindings({"duties": 2, "attended": 2}, "digest", {"2026-09-01": "other"}, [], date(2026, 9, 2), {})
    settled = office.night.reconcile(date(2026, 9, 2), findings, act("2026-09-03 04:00"))
    (event,) = office.list_events(Reconciliation.Created)
    assert (event.day, event.head, event.digest, event.changed) == (
        "2026-09-02",
        head,
        "digest",
        {"2026-09-01": "other"},
    )
    assert event.totals == settled.totals
    assert event.totals == {"duties": 2, "attended": 2, "late_facts": 1, "exits_raised": 0, "exits_withdrawn": 0}
    assert settled.head == office.log.head().chain.hex()


def test_a_day_is_settled_once_and_the_second_time_nothing_of_it_is_written(office: Office) -> None:
    """Cases and settlement are one transaction."""
    night(office, SEPTEMBER_2)
    before = office.log.head()
    with pytest.raises(LogError):
        night(office, SEPTEMBER_2, absences(MARCH_4, MAY_13, SEPTEMBER_2))
    assert office.log.head() == before
    assert states(office) == []


def test_only_a_day_that_is_over_can_be_settled(office: Office) -> None:
    """Decision 8: at four, by the clock that writes it down."""
    day, ends = date(2026, 9, 2), local_time("2026-09-03 04:00")
    office.night.refuse_unfinished(day, act("2026-09-03 04:00:00"))
    with pytest.raises(DayNotOver) as refused:
        office.night.refuse_unfinished(day, act("2026-09-03 03:59:59"))
    assert vars(refused.value) == {"day": day, "ends": ends}


def test_a_day_that_ends_later_by_policy_is_over_later(office: Office) -> None:
    office.adopt_policy("2026-09-02", day_ends_at="06:00")
    with pytest.raises(DayNotOver) as refused:
        office.night.refuse_unfinished(date(2026, 9, 2), act("2026-09-03 05:59:59"))
    assert refused.value.ends == local_time("2026-09-03 06:00")
    office.night.refuse_unfinished(date(2026, 9, 2), act("2026-09-03 06:00:00"))


def test_a_day_waits_for_a_duty_that_goes_on_as_long_as_it_has_to(office: Office) -> None:
    """The refusal names the duty, and says when it ends and until when the day waits: a day at most."""
    day, until, waits = date(2026, 9, 2), local_time("2026-09-05 09:00"), local_time("2026-09-04 04:00")
    duty = RunningDuty("N", until, waits)
    office.night.refuse_unfinished(day, act("2026-09-04 04:00:00"), duty)
    with pytest.raises(DutyRunsOn) as refused:
        office.night.refuse_unfinished(day, act("2026-09-04 03:59:59"), duty)
    assert vars(refused.value) == {"day": day, "shift": "N", "until": until, "waits_until": waits}
    with pytest.raises(DayNotOver):
        office.night.refuse_unfinished(day, act("2026-09-03 03:59:59"), duty)


# --- From the roster to the case ---


def test_three_absences_raise_a_case_at_the_night_of_the_third(office: Office) -> None:
    """V-06, R-050: and an excuse withdraws it."""
    office.at("2026-01-02 09:00")
    for number, day in enumerate((MARCH_4, MAY_13, SEPTEMBER_2)):
        office.schedule_shift(f"S{number}", f"{day} 09:00", "12:00", ANN, BEN)
        office.tap(BEN, f"{day} 08:58")
        office.tap(BEN, f"{day} 12:01")
    assert office.at("2026-09-02 05:00").reconcile("2026-09-01").totals["exits_raised"] == 0
    assert office.at("2026-09-03 05:00").reconcile(SEPTEMBER_2).totals["exits_raised"] == 1
    office.at("2026-09-10 09:00").excuse_absence("S1", ANN)
    assert office.at("2026-09-11 05:00").reconcile("2026-09-10").totals["exits_withdrawn"] == 1
    assert [(row.volunteer, row.rule, row.status) for row in office.list_exits()] == [(ANN, "R-050", "withdrawn")]


@pytest.mark.parametrize(("score", "cases"), [(59.9, 1), (60.0, 0)])
def test_a_score_below_sixty_raises_a_case(office: Office, score: float, cases: int) -> None:
    """R-052, R-060: 60 is a pass, 59.9 is never rounded to it."""
    office.at("2026-12-30 09:00").assess(ANN, "2026-12-30", score)
    assert office.at("2026-12-31 05:00").reconcile("2026-12-30").totals["exits_raised"] == cases


def test_nobody_is_absent_from_an_event(office: Office) -> None:
    """R-023, R-123: while those who come are credited."""
    office.at("2026-10-26 09:00").schedule_event("E1", "2026-10-31 17:00", "21:30", ANN, BEN)
    office.tap(ANN, "2026-10-31 16:10")
    office.tap(ANN, "2026-10-31 21:50")
    assert office.at("2026-11-02 09:00").list_absences() == []
    assert [(row.volunteer, row.minutes) for row in office.list_hours()] == [(ANN, 270)]
