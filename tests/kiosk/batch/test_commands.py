"""What a line may say, and the sentence for one that says something else."""

import json
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.batch.command import UnusableLine
from kiosk.batch.commands import COMMANDS, CommandParser
from kiosk.batch.people import EnrolVolunteer
from kiosk.batch.roster import ScheduleShift
from kiosk.batch.trainings import CompleteTraining
from kiosk.batch.visits import Tap
from tests.support.kiosk_program import ENROL_ANN, SCHEDULE_ANNS_SHIFT, line

PARSER = CommandParser(ZoneInfo("Asia/Taipei"))


def parse_line(said: dict[str, Any]):
    return PARSER.parse(json.dumps(said))


def find_complaint(said: dict[str, Any] | str) -> str:
    with pytest.raises(UnusableLine) as unusable:
        PARSER.parse(said if isinstance(said, str) else json.dumps(said))
    return str(unusable.value)


def test_an_instant_without_an_offset_is_local_and_parsed_to_utc() -> None:
    shift = parse_line(SCHEDULE_ANNS_SHIFT)
    assert isinstance(shift, ScheduleShift)
    assert shift.start.utc == datetime(2026, 11, 19, 1, tzinfo=UTC)
    assert shift.start.utc.tzinfo is UTC


def test_an_instant_with_an_offset_is_parsed_to_the_second() -> None:
    tap = parse_line(line("tap", "2026-11-19T08:58:00.999Z", card="04000000000001"))
    assert tap.at
    assert tap.at.utc == datetime(2026, 11, 19, 8, 58, tzinfo=UTC)


@pytest.mark.parametrize("written", ["2026-11-19", "115-11-19", "115/11/19", "1151119"])
def test_a_date_may_be_of_the_roc(written: str) -> None:
    enrolled = parse_line({**ENROL_ANN, "agreement_from": written})
    assert isinstance(enrolled, EnrolVolunteer)
    assert enrolled.agreement_from.day == date(2026, 11, 19)


def test_a_card_number_without_a_kind_is_of_kind_a() -> None:
    tap = parse_line(line("tap", card="04a2b3c4d5e680"))
    assert isinstance(tap, Tap)
    assert str(tap.card.number) == "A:04A2B3C4D5E680"


def test_a_training_may_have_an_instant() -> None:
    said = line("complete_training", volunteer="V001", kind="basic", completed_at="2026-11-19T16:00")
    training = parse_line(said)
    assert isinstance(training, CompleteTraining)
    assert training.completed_at


TAP = line("tap", card="04000000000001")
NOT_JSON = "this line is not JSON: "
TWICE = "the field `{}` stands twice in this line: keep the one that is meant"
SWAP = line("swap", shift="S1", to="V002", **{"from": "V001"})


LONG = "長" * 10_000


@pytest.mark.parametrize(
    "said",
    [
        {**TAP, "do": LONG},
        {**TAP, "at": LONG},
        {**TAP, "direction": LONG},
        {**TAP, LONG: 1},
        {**ENROL_ANN, "agreement_from": LONG},
        f'{{"do": "tap", "{LONG}": 1, "{LONG}": 2}}',
    ],
    ids=["do", "instant", "choice", "field", "date", "field twice"],
)
def test_what_was_typed_is_repeated_in_a_length_that_can_be_read(said: str | dict[str, Any]) -> None:
    complaint = find_complaint(said)
    assert LONG[:99] in complaint
    assert LONG[:102] not in complaint


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("{", NOT_JSON + "it ends too early: a quotation mark or a bracket is missing, or the rest of the line"),
        ('{"do": "tap" "at"}', NOT_JSON + "a comma or a closing bracket is missing (byte 14)"),
        ('{"do": "tap",}', NOT_JSON + "a comma too many (byte 14)"),
        ('{"do" "tap"}', NOT_JSON + "a colon is missing (byte 7)"),
        ("{'do': 'tap'}", NOT_JSON + """names stand in quotation marks, as "do" (byte 2)"""),
        ('{"do": 07}', NOT_JSON + "this number is not written as JSON has it (byte 9)"),
        ('{"do": "\\x"}', NOT_JSON + "what stands behind a backslash is none of JSON's characters (byte 10)"),
        (
            '{"do": "tap", "card": "\\ud800", "reader": "door"}',
            NOT_JSON + "what stands behind a backslash is none of JSON's characters (byte 29)",
        ),
        ('{"do": "tap"}{}', NOT_JSON + "something stands behind its end: one object a line (byte 14)"),
        ("｛", NOT_JSON + "an unexpected character (byte 1)"),
        ('{"x": ' + "[" * 100_000, NOT_JSON + "brackets in brackets without an end"),
        ('{"do": "tap", "card": "0A", "card": "0B"}', TWICE.format("card")),
        ('{"do": "open_unit", "name": "U", "kind": "public", "opens": [{"to": "8", "to": "9"}]}', TWICE.format("to")),
        ("[1]", 'this line is no JSON object: write {"do": …, …}'),
        ("7", 'this line is no JSON object: write {"do": …, …}'),
        ("{}", "the field `do` is missing"),
        ('{"do": 5}', "`do` must be text, not a whole number"),
        ({**TAP, "do": "tapp"}, "there is no command 'tapp': did you mean `tap`?"),
        ({**TAP, "direktion": "in"}, "tap: there is no field `direktion`: did you mean `direction`?"),
        ({**SWAP, "form": "V001"}, "swap: there is no field `form`: did you mean `from`?"),
        (line("tap"), "tap: the field `card` is missing"),
        ({**TAP, "card": 4}, "tap: `card` must be text"),
        (
            {**TAP, "card": "04 A2"},
            "tap: `card` '… A2' is not a card number: write it in hexadecimal digits, 0-9 and A-F, "
            "without spaces or dashes.",
        ),
        ({**TAP, "direction": "inn"}, "tap: `direction` cannot be 'inn': it is one of in, out"),
        ({**TAP, "at": "yesterday"}, "tap: `at` is no instant: 'yesterday'; write it as 2026-11-19T08:58"),
        (
            {**TAP, "at": "2026-11-19x08:58"},
            "tap: `at` is no instant: '2026-11-19x08:58'; write it as 2026-11-19T08:58",
        ),
        (
            {**ENROL_ANN, "agreement_from": "2026-W47"},
            "enrol_volunteer: `agreement_from` is no date: '2026-W47'; write it as 2026-11-19 or 115-11-19",
        ),
        ({**TAP, "at": "2026-11-19"}, "tap: `at` is a date without a time: '2026-11-19'; write it as 2026-11-19T08:58"),
        (
            {**ENROL_ANN, "agreement_from": "26-11-19"},
            "enrol_volunteer: `agreement_from` has a year of two digits: '26-11-19'; "
            "write it as 2026-11-19 or 115-11-19",
        ),
        (
            {**TAP, "at": "0115-11-19T08:58"},
            "tap: `at` lies in the year 115: '0115-11-19T08:58'; write it as 2026-11-19T08:58",
        ),
        (
            {**TAP, "at": "0001-01-01T00:00"},
            "tap: `at` is no instant: '0001-01-01T00:00'; write it as 2026-11-19T08:58",
        ),
        (
            {**ENROL_ANN, "agreement_from": "2026-02-30"},
            "enrol_volunteer: `agreement_from` is no date: '2026-02-30'; write it as 2026-11-19 or 115-11-19",
        ),
        (
            {**ENROL_ANN, "mode": "rosterd"},
            "enrol_volunteer: `mode` cannot be 'rosterd': it is one of event, flexible, guide, rostered",
        ),
        (
            {**ENROL_ANN, "volunteer": "V001\n"},
            "enrol_volunteer: `volunteer` must be 1 to 128 characters, without invisible ones or a space at either end",
        ),
        ({**ENROL_ANN, "name": "王" * 65}, "enrol_volunteer: `name` must have at most 64 characters"),
        (
            {**SCHEDULE_ANNS_SHIFT, "volunteers": ["V001", 2]},
            "schedule_shift: `volunteers[1]` must be text, not a whole number",
        ),
        (
            line("open_unit", name="U", kind="public", opens=[{"days": [0], "from": "08:00", "to": "17:00"}]),
            "open_unit: `opens[0].days[0]` must be at least 1",
        ),
        (
            line("open_unit", name="U", kind="public", opens=[{"days": [1], "from": "8", "to": "17:00"}]),
            "open_unit: `opens[0].from` must be a time of day such as 08:00",
        ),
        (
            line("open_unit", name="U", kind="public", opens=[{"dais": [1], "from": "08:00", "to": "17:00"}]),
            "open_unit: there is no field `opens[0].dais`: did you mean `days`?",
        ),
        (
            line("record_assessment", volunteer="V001", period_end="2026-12-31", score=100.5),
            "record_assessment: `score` must be at most 100.0",
        ),
        (
            line("adopt_policy", effective_from="2026-01-01", grace_minute_in=5),
            "adopt_policy: there is no field `grace_minute_in`: did you mean `grace_minutes_in`?",
        ),
        (
            line("void_visit", volunteer="V001", check_in="2026-11-19T09:00", reason="twice"),
            "void_visit: the field `by` is missing",
        ),
        (
            line("void_visit", volunteer="V001", check_in="2026-11-19T09:00", reason=" \n ", by="林主任"),
            "void_visit: `reason` must be a text that says something, without invisible characters",
        ),
    ],
)
def test_an_unusable_line_is_refused_with_the_reason(said: dict[str, Any] | str, sentence: str) -> None:
    assert find_complaint(said) == sentence


@pytest.mark.parametrize(("score", "fits"), [(0, True), (-0.1, False), (100, True), (100.1, False)])
def test_a_score_lies_between_0_and_100(score: float, fits: bool) -> None:
    said = line("record_assessment", volunteer="V001", period_end="2026-12-31", score=score)
    if fits:
        parse_line(said)
    else:
        find_complaint(said)


@given(st.text())
def test_every_text_is_a_command_or_unusable(text: str) -> None:
    _parse_or_refuse(text)


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.text(),
    st.sampled_from(["2026-11-19", "2026-11-19T08:58", "1151119", "08:00", "A:04000000000001", "V001", "in", "public"]),
    st.lists(st.text(max_size=3), max_size=2),
    st.dictionaries(st.sampled_from(["days", "from", "to"]), st.integers(), max_size=3),
)


@given(st.data())
def test_all_values_of_known_fields_are_a_command_or_unusable(data: st.DataObject) -> None:
    do = data.draw(st.sampled_from(sorted(COMMANDS)))
    fields = st.dictionaries(st.sampled_from(COMMANDS[do].__struct_encode_fields__), VALUES)
    _parse_or_refuse(json.dumps({**data.draw(fields), "do": do}))


def _parse_or_refuse(text: str) -> None:
    """What comes out is a command, or a sentence; anything else is raised and fails the test."""
    with suppress(UnusableLine):
        PARSER.parse(text)
