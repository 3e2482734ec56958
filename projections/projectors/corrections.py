"""What the desk corrected."""

from typing import Any

from domain.model.corrections import Corrections
from domain.spans import Second, second
from projections.projectors.fact_writer import Cabinet, Drawers


def visit_closed(cabinet: Cabinet, event: Corrections.VisitClosed) -> None:
    """A visit got its end."""
    _correction(cabinet, event, "closed", second(event.check_out))


def visit_added(cabinet: Cabinet, event: Corrections.VisitAdded) -> None:
    """A visit without taps."""
    _correction(cabinet, event, "added", second(event.check_out))


def visit_voided(cabinet: Cabinet, event: Corrections.VisitVoided) -> None:
    """A visit counts for nothing."""
    _correction(cabinet, event, "voided", None)


def misuse(cabinet: Cabinet, event: Corrections.MisuseAnnotated) -> None:
    """A visit counts for nothing, because of the card."""
    _correction(cabinet, event, "misuse", None)


def _correction(cabinet: Cabinet, event: Any, kind: str, check_out: Second | None) -> None:
    key, check_in = cabinet.key(event.volunteer_id), second(event.check_in)
    day = cabinet.unit.days.ordinal(check_in)
    row = (key, day, event.originator_version, kind, check_in, check_out, cabinet.position)
    cabinet.db.execute("INSERT INTO corrections VALUES (?,?,?,?,?,?,?)", row)
    cabinet.touch(key, day, check_out or check_in)


DRAWERS: Drawers = {
    Corrections.VisitClosed: visit_closed,
    Corrections.VisitAdded: visit_added,
    Corrections.VisitVoided: visit_voided,
    Corrections.MisuseAnnotated: misuse,
}
