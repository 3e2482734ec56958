"""`kiosk explain` tells a day in full, also what the desk did and why; its JSON is the contract's."""

import json
from pathlib import Path

import pytest

from kiosk.home import Home
from tests.faults.result_table import LONG
from tests.kiosk.conftest import Apply
from tests.support.builders import ANN, BEN, CAT, FOUR_DAYS, SETUP_LINES, coordinator_line, line, shift, tap
from tests.support.kiosk_program import ENROL_ANN, ISSUE_ANNS_CARD, OPEN_UNIT, run_kiosk

STORY = (
    *FOUR_DAYS,
    shift("S6", "11-21", ANN),
    line("swap", "2026-11-20T10:00", shift="S6", **{"from": ANN, "to": BEN}, by="林主任", reason="wedding"),
    shift("S7", "11-22", BEN),
    coordinator_line("excuse_absence", "11-23 08:00", volunteer=BEN, shift="S7"),
    tap(BEN, "11-23 08:30"),
)


@pytest.fixture
def home(simulation: Path, apply: Apply) -> Path:
    assert apply(simulation, *STORY).err == ""
    return simulation


def explain_day(home: Path, who: str, day: str, *options: str) -> str:
    ended = run_kiosk("explain", who, f"2026-11-{day}", "--home", home, *options)
    assert (ended.status, ended.err) == (0, "")
    return ended.out


def test_a_correction_is_shown_with_author_time_and_reason(home: Path) -> None:
    said = explain_day(home, CAT, "19")
    assert "visit of 14:00 closed at 14:30, by 林主任, reason: on paper  (event " in said
    assert "visit of 14:00 voided, by 林主任, reason: on paper" in said
    assert "R-121 The visit was voided at the desk; the record of it is kept." in said


def test_leaves_and_swaps_are_shown_on_both_days(home: Path) -> None:
    assert "leave from S3, by system" in explain_day(home, ANN, "19")
    assert f"S6 handed over to {BEN}, by 林主任, reason: wedding" in explain_day(home, ANN, "21")
    assert f"S6 taken over from {ANN}, by 林主任, reason: wedding" in explain_day(home, BEN, "21")
    assert "11-23 08:00  absence from S7 excused, by 林主任" in explain_day(home, BEN, "22")


def test_the_total_shows_its_parts(home: Path) -> None:
    assert "  total                   90 min credited = 90 + 0\n" in explain_day(home, CAT, "19")


def test_times_with_seconds_stand_apart_from_what_follows(home: Path, apply: Apply) -> None:
    """Also those of a visit over midnight, which carry a date."""
    seconds = (tap(CAT, "11-24 09:00:30"), tap(CAT, "11-24 10:30:59"), tap(CAT, "11-24 23:10:01"))
    assert apply(home, *seconds, tap(CAT, "11-25 01:02:03")).err == ""
    _, *lines = explain_day(home, CAT, "24").splitlines()
    (column,) = {line.index("entrance: ") for line in lines if "entrance: " in line}
    assert {line[column - 2 : column] for line in lines} == {"  "}
    assert [line[column:] for line in lines if line.startswith("  visit")] == ["closed, 90 min", "closed, 112 min"]


def test_a_badge_that_was_forgotten_is_said_in_the_word_of_the_rules(home: Path, apply: Apply) -> None:
    """R-036."""
    span = {"check_in": "2026-11-24T09:00", "check_out": "2026-11-24T10:00"}
    added = line("add_visit", "2026-11-24T11:00", volunteer=CAT, **span, by="林主任", reason="badge_forgotten")
    assert apply(home, added).err == ""
    assert "visit 09:00-10:00 added, by 林主任, reason: badge_forgotten (came" in explain_day(home, CAT, "24")
    (act,) = json.loads(explain_day(home, CAT, "24", "--format", "json"))["acts"]
    assert (act["what"], act["by"], act["reason"]) == ("corrections.visit-added", "林主任", "badge_forgotten")
    assert act["recorded_at"] == "2026-11-24T11:00:00+08:00"


@pytest.mark.parametrize(
    ("credit", "stretch", "sentence"),
    [
        ("none", "08:50-?", "R-035 No departure was recorded; nothing is credited until somebody closes the visit."),
        (
            "shift_end",
            "12:00-?",
            "R-035 No departure was recorded; after the end of the duty nothing is credited until somebody closes",
        ),
    ],
)
def test_a_missing_departure_says_what_is_not_credited(
    simulation: Path, apply: Apply, credit: str, stretch: str, sentence: str
) -> None:
    """R-035: where the policy of the unit credits the duty, nothing is missing but what comes after it."""
    policy = line("adopt_policy", "2026-11-10T08:00", effective_from="2026-11-11", missing_checkout_credit=credit)
    story = (*SETUP_LINES, policy, shift("M1", "11-24", ANN), tap(ANN, "11-24 08:50"), tap(BEN, "11-25 09:00"))
    assert apply(simulation, *story).err == ""
    said = explain_day(simulation, ANN, "24")
    (row,) = (one for one in said.splitlines() if "R-035" in one and "-?" in one)
    assert (stretch in row, sentence in row, "180 min credited" in said) == (True, True, credit == "shift_end")


def test_a_reason_that_is_erased_or_altered_is_not_shown_as_one(home: Path) -> None:
    with Home.open(home) as opened:
        connection = opened.people._connection
        connection.execute("UPDATE notes SET text = '', salt = x'' WHERE ordinal = 2")
        connection.execute("UPDATE notes SET text = 'in person' WHERE ordinal = 3")
    acts = json.loads(explain_day(home, CAT, "19", "--format", "json"))["acts"]
    assert [(act["reason"], act["reason_lost"]) for act in acts] == [(None, "erased"), (None, "altered")]
    said = explain_day(home, CAT, "19")
    assert "by 林主任, reason: erased" in said
    assert "by 林主任, reason: altered since it was given" in said


# --- As of an instant ---


def test_a_day_as_of_an_instant_names_only_events_recorded_by_then(home: Path, apply: Apply) -> None:
    """Taps, leaves, changed shifts, trainings, a suspension, a policy and an event of the unit come later as well."""
    later = {"volunteer": BEN, "at": "2026-11-23T09:00"}
    trained = line("complete_training", kind="special", category="衛教", on="2026-11-01") | later
    suspended = line("suspend", from_="2026-11-18") | later
    moved = line("change_shift", "2026-11-23T09:00", shift="S5", start="2026-11-20T10:00", end="2026-11-20T12:00")
    fair = line("schedule_event", "2026-11-23T09:00", event="Fair", start="2026-11-20T09:00", end="2026-11-20T12:00")
    policy = line("adopt_policy", "2026-11-23T09:00", effective_from="2026-11-01", debounce_seconds=30)
    early = tap(BEN, "11-20 08:00") | {"recorded_at": "2026-11-23T09:00"}
    assert apply(home, trained, moved, fair, policy, early, suspended).err == ""
    recorded = list_recorded(home)
    for instant in sorted(set(recorded.values()))[1 :: 1 if LONG else 4]:
        for who, day in ((BEN, "18"), (BEN, "19"), (BEN, "20"), (CAT, "19"), (ANN, "21")):
            named = named_events(explain_day(home, who, day, "--as-of", instant, "--format", "json"))
            assert {recorded[event] for event in named if recorded[event] > instant} == set()


def list_recorded(home: Path) -> dict[int, str]:
    """When each event was recorded."""
    with Home.open(home) as opened:
        return {entry.position: entry.event.timestamp.isoformat() for entry in opened.log.read_entries(limit=1000)}


def named_events(explained: str) -> set[int]:
    """Every event that an explanation names."""
    facts = json.loads(explained)
    behind = {event for stretch in facts["stretches"] for event in stretch["events"]}
    return behind | {act["event"] for act in facts["acts"]}


# --- Training ---


@pytest.mark.parametrize(
    ("unit", "special", "sentence"),
    [
        (None, None, "basic training counts from 2024-01-11 04:00, no category: special training is not demanded"),
        ("戶政", None, "special training in 戶政 is demanded, and none is on file"),
        ("戶政", "2024-01-12", "special training in 戶政 counts from 2024-01-13 04:00"),
    ],
)
def test_an_explanation_says_which_training_was_demanded(
    simulation: Path, apply: Apply, unit: str | None, special: str | None, sentence: str
) -> None:
    """R-002, R-005."""
    trained = {"volunteer": ANN, "at": "2024-01-20T08:00"}
    lines = [
        {**OPEN_UNIT, "category": unit},
        ENROL_ANN,
        ISSUE_ANNS_CARD,
        line("complete_training", kind="basic", on="2024-01-10") | trained,
        *([line("complete_training", kind="special", category=unit, on=special) | trained] if special else []),
        shift("S1", "11-19", ANN),
        tap(ANN, "11-19 09:00"),
        tap(ANN, "11-19 12:00"),
    ]
    assert apply(simulation, *lines).err == ""
    minutes = 180 if special or not unit else 0
    said = explain_day(simulation, ANN, "19")
    assert sentence in said
    assert f"{minutes} minutes credited" in said
    (demand,) = json.loads(explain_day(simulation, ANN, "19", "--format", "json"))["trainings"]
    assert (demand["category"], demand["special_demanded"]) == (unit, unit is not None)
    assert demand["basic_from"] == "2024-01-11T04:00:00+08:00"
    assert demand["special_from"] == (f"{special[:-1]}3T04:00:00+08:00" if special else None)


@pytest.mark.parametrize("credit", ["none", "shift_end"])
@pytest.mark.parametrize(
    ("arrives", "category", "demanded"),
    [
        ("08:29", "戶政", []),
        ("08:30", "戶政", ["戶政"]),
        ("08:50", "衛教", ["衛教"]),
        ("09:05", "戶政", ["戶政"]),
        ("11:59", "戶政", ["戶政"]),
        ("12:00", "戶政", []),
    ],
)
def test_a_visit_without_a_departure_says_which_training_its_duty_demands(
    simulation: Path, apply: Apply, credit: str, arrives: str, category: str, demanded: list[str]
) -> None:
    """R-002, R-005: for a duty from 09:00 to 12:00 who came in time, half an hour before it, and before its end."""
    policy = line("adopt_policy", "2026-11-01T08:45", effective_from="2026-11-16", missing_checkout_credit=credit)
    lines = [
        policy,
        shift("S1", "11-19", ANN, category=category),
        tap(ANN, f"11-19 {arrives}"),
        tap(BEN, "11-20 12:00"),
    ]
    assert apply(simulation, *SETUP_LINES, *lines).err == ""
    trainings = json.loads(explain_day(simulation, ANN, "19", "--format", "json"))["trainings"]
    assert [one["category"] for one in trainings] == demanded


@pytest.mark.parametrize(("on", "minutes"), [("2026-11-18", 180), ("2026-11-19", 0)])
def test_without_a_category_service_counts_from_the_day_after_basic_training(
    simulation: Path, apply: Apply, on: str, minutes: int
) -> None:
    """R-002, decision 4: in a unit without a category, for a shift without one."""
    trained = line("complete_training", "2026-11-19T08:00", volunteer=ANN, kind="basic", on=on)
    taps = (tap(ANN, "11-19 09:00"), tap(ANN, "11-19 12:00"))
    unit = (ENROL_ANN, ISSUE_ANNS_CARD, shift("S1", "11-19", ANN))
    assert apply(simulation, {**OPEN_UNIT, "category": None}, *unit, trained, *taps).err == ""
    assert f"{minutes} minutes credited" in explain_day(simulation, ANN, "19")


def test_as_of_an_earlier_instant_later_events_are_not_shown(home: Path) -> None:
    assert "voided" not in explain_day(home, CAT, "19", "--as-of", "2026-11-19T15:00")


def test_an_empty_day_says_so(home: Path) -> None:
    assert explain_day(home, CAT, "01") == f"{CAT} on 2026-11-01: 0 minutes credited\n  nothing was recorded\n"


def test_a_visit_that_was_added_and_taken_back_stays_on_record(home: Path, apply: Apply) -> None:
    times = {"check_in": "2026-11-01T09:00", "check_out": "2026-11-01T12:00"}
    assert apply(home, coordinator_line("add_visit", "11-24 09:00", volunteer=CAT, **times)).err == ""
    (added,) = json.loads(explain_day(home, CAT, "01", "--format", "json"))["acts"]
    assert apply(home, coordinator_line("retract", "11-24 10:00", event=added["event"])).err == ""
    said = explain_day(home, CAT, "01")
    assert f"(event {added['event']})" in said
    assert "nothing was recorded" not in said


def test_json_has_the_keys_of_the_contract_and_acts_and_trainings(home: Path) -> None:
    said = json.loads(explain_day(home, CAT, "19", "--format", "json"))
    assert list(said) == ["volunteer", "date", "credited_minutes", "stretches", "acts", "trainings"]
    assert {tuple(stretch) for stretch in said["stretches"]} == {
        ("from", "to", "credited", "reason", "rule", "duty", "events", "counts_on", "parameter")
    }


# --- Over the turn of the service day, and beyond a window ---


EARLY = (
    *SETUP_LINES,
    shift("E1", "11-19", ANN, hours="04:15-08:00"),
    tap(ANN, "11-19 03:55"),
    coordinator_line(
        "close_visit", "11-19 12:00", volunteer=ANN, check_in="2026-11-19T03:55", check_out="2026-11-19T08:00"
    ),
)


def test_what_counts_for_a_duty_of_the_next_day_says_on_which(simulation: Path, apply: Apply) -> None:
    assert apply(simulation, *EARLY).err == ""
    before, after = (explain_day(simulation, ANN, day) for day in ("18", "19"))
    assert f"{ANN} on 2026-11-18: 0 minutes credited" in before
    assert "closed, 0 min, 225 min counted on 11-19, corrected" in before
    assert "R-020 Presence inside the volunteer's own shift. (E1), counts on 11-19  (events" in before
    assert f"{ANN} on 2026-11-19: 225 minutes credited" in after
    assert "visit of 03:55 closed at 08:00, by 林主任, reason: on paper" in after
    assert "counts on" not in after


def test_a_program_reads_on_which_day_a_stretch_counts_and_by_which_parameter(simulation: Path, apply: Apply) -> None:
    """Sums by day are those of `hours`, from either day's explanation."""
    policy = line("adopt_policy", "2026-11-10T08:00", effective_from="2026-11-11", cap_to_shift=False)
    assert apply(simulation, EARLY[0], *EARLY[1 : len(SETUP_LINES)], policy, *EARLY[len(SETUP_LINES) :]).err == ""
    for day in ("18", "19"):
        said = json.loads(explain_day(simulation, ANN, day, "--format", "json"))
        assert [(one["counts_on"], one["parameter"]) for one in said["stretches"]] == [
            ("2026-11-19", "cap_to_shift"),
            ("2026-11-19", None),
        ]
        assert "unit.policy-adopted" in [act["what"] for act in said["acts"]]


@pytest.mark.parametrize(
    ("policy", "span", "sentence"),
    [
        ({"cap_to_shift": False}, "12:00-12:10", "Presence outside of every window: the policy credits it too."),
        (
            {"credit_from_scheduled_start_within_grace": True},
            "09:00-09:08",
            "Before the arrival, which was late within the grace: the policy credits from the scheduled start.",
        ),
    ],
)
def test_what_a_policy_credits_has_a_sentence_of_its_own(
    simulation: Path, apply: Apply, policy: dict[str, bool], span: str, sentence: str
) -> None:
    """R-020: no sentence says that a minute lies inside a shift where it does not."""
    adopted = line("adopt_policy", "2026-11-10T08:00", effective_from="2026-11-11", **policy)
    taps = (tap(ANN, "11-24 09:08"), tap(ANN, "11-24 12:10"))
    assert apply(simulation, *SETUP_LINES, adopted, shift("M1", "11-24", ANN), *taps).err == ""
    said = explain_day(simulation, ANN, "24")
    (row,) = (one for one in said.splitlines() if span in one)
    assert f"R-020 {sentence} (M1)" in row
    assert row.lstrip().startswith("+")
    assert "policy adopted that credits more than presence in a window, by system" in said


def test_a_visit_of_the_day_before_says_by_which_policy_it_counts(simulation: Path, apply: Apply) -> None:
    """What counts is the policy of the day on which the visit began."""
    policy = line("adopt_policy", "2026-11-10T08:00", effective_from="2026-11-19", debounce_seconds=30)
    assert apply(simulation, *SETUP_LINES, policy, *EARLY[len(SETUP_LINES) :]).err == ""
    lines = [one for one in explain_day(simulation, ANN, "19").splitlines() if one.startswith("  policy")]
    assert "A tap repeated within so many seconds changes nothing: 30" in lines[-2]
    assert lines[-1].split(maxsplit=1)[1] == "11-18: as the product decided"
