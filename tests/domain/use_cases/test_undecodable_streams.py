"""A stream that holds an event which cannot be read stops no tap: record first, judge later."""

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from domain.ids import attendance_stream, card_stream, corrections_stream, exit_case_stream, unit_stream
from domain.log.lenient import UndecodableEvent
from domain.log.registered_names import REGISTERED_NAMES
from domain.log.sqlite import create_sqlite_log
from domain.model.attendance import Attendance
from domain.model.unit import Unit
from tests.support.desk_commands import card_token_of
from tests.support.office import Office, format_answer
from tests.support.people import ANN, BEN, local_time
from tests.support.undecodable_events import UNKNOWN_TOPIC, insert_undecodable

TODAY = date(2026, 11, 19)
OF_TODAY = {
    "attendance": attendance_stream(ANN, TODAY, "entrance"),
    "corrections": corrections_stream(ANN, TODAY),
}


@pytest.mark.parametrize("stream", OF_TODAY.values(), ids=OF_TODAY)
def test_a_tap_behind_an_event_that_cannot_be_read_is_noted_and_no_more_is_said(office: Office, stream: UUID) -> None:
    """In or out cannot be told: so the screen does not say it."""
    office.tap(ANN, "2026-11-19 09:00")
    insert_undecodable(office.log, stream, UNKNOWN_TOPIC)
    answer = office.tap(ANN, "2026-11-19 12:00")
    assert (format_answer(answer), answer.volunteer_id, answer.since) == ("noted", ANN, None)
    (noted,) = office.list_events(Attendance.TapNoted)
    assert noted.at == local_time("2026-11-19 12:00")


@pytest.mark.parametrize(("at", "told"), [("04:00:59", "noted"), ("04:01", "checked_in")])
def test_yesterday_matters_as_long_as_a_double_tap_can_reach_over(office: Office, at: str, told: str) -> None:
    insert_undecodable(office.log, OF_TODAY["attendance"], UNKNOWN_TOPIC)
    assert format_answer(office.tap(ANN, f"2026-11-20 {at}")) == told


def test_a_tap_that_was_noted_counts_as_a_tap(office: Office) -> None:
    """Judged later, from all the taps that can be read."""
    office.tap(ANN, "2026-11-19 09:00")
    insert_undecodable(office.log, OF_TODAY["attendance"], UNKNOWN_TOPIC)
    office.tap(ANN, "2026-11-19 12:00")
    (visit,) = office.list_visits()
    assert (visit.check_in, visit.check_out) == tuple(
        round(local_time(f"2026-11-19 {at}").timestamp()) for at in ("09:00", "12:00")
    )


def test_a_card_whose_record_cannot_be_read_is_refused_and_the_tap_is_on_record(office: Office) -> None:
    """It may have been revoked, or given to another person: whose tap it is cannot be told."""
    insert_undecodable(office.log, card_stream(card_token_of(ANN)), "card.engraved")
    assert format_answer(office.tap(ANN, "2026-11-19 09:00")) == "refused: unreadable_record"
    assert format_answer(office.tap(BEN, "2026-11-19 09:01")) == "checked_in"


def test_somebody_of_whom_something_cannot_be_read_is_let_in(office: Office) -> None:
    """Whether they serve is for the reckoning to say."""
    office.at("2026-11-18 08:00").suspend(ANN, "2026-11-18")
    insert_undecodable(office.log, ANN, "volunteer.blessed")
    assert format_answer(office.tap(ANN, "2026-11-19 09:00")) == "checked_in"


@pytest.mark.parametrize(
    "event",
    [
        pytest.param(("unit.renamed", {}), id="a kind that a newer program knows"),
        pytest.param(
            (
                "unit.policy-adopted",
                {"effective_from": "2026-01-01", "changes": {"siesta": True}, "at": "2026-01-01T00:00:00Z", "by": BEN},
            ),
            id="a policy that a newer program knows",
        ),
    ],
)
def test_the_unit_goes_on_by_the_rules_that_can_be_read(office: Office, event: tuple[str, dict[str, object]]) -> None:
    insert_undecodable(office.log, unit_stream(), event[0], **event[1])
    assert format_answer(office.tap(ANN, "2026-11-19 09:00")) == "checked_in"
    office.restart()
    assert format_answer(office.tap(ANN, "2026-11-19 12:00")) == "checked_out"


def test_the_night_leaves_a_case_that_cannot_be_read_and_follows_the_others(office: Office) -> None:
    office.at("2026-11-01 08:00").assess(ANN, "2026-06-30", 50)
    office.assess(BEN, "2026-06-30", 50)
    office.tap(BEN, "2026-11-19 09:00")
    office.at("2026-11-20 05:00").reconcile("2026-11-19")
    insert_undecodable(office.log, exit_case_stream(ANN, "R-052", 1), "exit-case.appealed")
    office.at("2026-11-20 08:00").assess(ANN, "2026-06-30", 90)
    office.assess(BEN, "2026-06-30", 90)
    assert office.at("2026-11-21 05:00").reconcile("2026-11-20").totals["exits_withdrawn"] == 1
    assert {row.volunteer: row.status for row in office.list_exits()} == {ANN: "raised", BEN: "withdrawn"}


# --- Reading past it ---


def test_what_is_read_past_is_told(office: Office) -> None:
    """Its position, its stream and why, and nothing of what it says."""
    at = insert_undecodable(office.log, unit_stream(), "unit.renamed")
    version = office.log.find_version(unit_stream())
    unit, passed = office.log.load_lenient(Unit, unit_stream())
    assert passed == [UndecodableEvent(at, unit_stream().hex, version, "unit.renamed", "unknown name")]
    assert unit is not None
    assert unit.version == version
    assert str(passed[0]) == f"event {at} ('unit.renamed'): unknown name"


@pytest.mark.parametrize(
    ("topic", "state", "why"),
    [
        ("unit.renamed", b"{}", "unknown name"),
        ("unit.opened", b"\x00", "does not decode"),
        ("unit.opened", b'{"timestamp":"2026-11-19T01:00:00Z"}', "does not decode"),
    ],
)
def test_the_reason_is_a_kind_and_quotes_nothing(office: Office, topic: str, state: bytes, why: str) -> None:
    insert_undecodable(office.log, unit_stream(), topic, state)
    assert [one.why for one in office.log.load_lenient(Unit, unit_stream())[1]] == [why]


def test_when_the_last_event_was_written_is_asked_of_the_last_that_says_so(office: Office) -> None:
    office.tap(ANN, "2026-11-19 09:00")
    insert_undecodable(office.log, unit_stream(), UNKNOWN_TOPIC, b"noise")
    assert office.log.find_last_recorded() == local_time("2026-11-19 09:00")


def test_the_chain_asks_for_no_meaning(office: Office) -> None:
    insert_undecodable(office.log, unit_stream(), UNKNOWN_TOPIC, b"noise")
    assert office.log.verify().whole


def test_an_empty_log_was_never_written_to(tmp_path: Path) -> None:
    log = create_sqlite_log(tmp_path / "log.db", REGISTERED_NAMES)
    assert log.find_last_recorded().year == 1970
    log.close()
