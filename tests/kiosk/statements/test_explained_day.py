"""The timeline of a day: whatever is on record of it is shown, on the screen as in the lines that all faces share."""

import pytest

from domain.log.lenient import UndecodableEvent
from domain.spans import second
from kiosk.roster.day.formatting import format_day
from kiosk.statements.explained_day import ExplanationFormatter
from kiosk.words.staff_zh_tw import ROSTER
from projections.read_models.audit_trail import AuditEntry
from projections.read_models.explanation import ExplainedTap, Explanation
from projections.read_models.unsynchronised_taps import UnsynchronisedTap
from tests.kiosk.roster.test_app import ANN, ANN_ON_SCREEN, DAY, LIN, MISSED, TAIPEI, UNIT, at, explain_day

NINE = second(at("09:00"))
EMPTY = Explanation(DAY, [], [], [], UNIT, [], [], [])
ADDED, TAKEN_BACK = AuditEntry(7, "added", NINE, LIN, None), AuditEntry(8, "retracted", NINE, LIN, None, retracts=7)


@pytest.mark.parametrize(
    ("found", "acts", "shown"),
    [
        (EMPTY._replace(duties=[MISSED]), [], "S1"),
        (EMPTY._replace(taps=[ExplainedTap(NINE, "entrance", "unmatched", 5)]), [], "#5"),
        (EMPTY._replace(unsynchronised=[UnsynchronisedTap(5, NINE, NINE, "b1", None)]), [], "#5"),
        (EMPTY._replace(undecodable=[UndecodableEvent(5, "", 1, "x.y", "unknown name")]), [], "#5"),
        (EMPTY, [ADDED, TAKEN_BACK], "#8"),
    ],
)
def test_one_thing_on_record_is_enough(found: Explanation, acts: list[AuditEntry], shown: str) -> None:
    day = explain_day(ANN, ANN_ON_SCREEN)._replace(explanation=found, audit_trail=acts)
    text = "\n".join(line.text for line in format_day(day, ROSTER, 80, with_reasons=False))
    assert shown in text
    assert ROSTER.explained.nothing not in text


@pytest.mark.parametrize("found", [None, EMPTY])
def test_a_day_without_anything_on_record_has_no_lines(found: Explanation | None) -> None:
    names = explain_day(ANN, ANN_ON_SCREEN).build_name_lookup(with_reasons=False)
    assert ExplanationFormatter(ROSTER.explained, names, TAIPEI).format_lines(found, []) == []
