"""Exit cases and reconciled days."""

import json

from domain.model.exit_case import ExitCase
from domain.model.reconciliation import Reconciliation
from domain.spans import second
from projections.projectors.fact_writer import FactWriter, Handlers, parse_day


def handle_case_raised(writer: FactWriter, event: ExitCase.Created) -> None:
    """An exit case."""
    key, stream = writer.get_or_create_key(event.volunteer_id), event.originator_id.hex
    evidence = json.dumps(event.evidence)
    row = (key, event.rule, event.ordinal, event.basis, event.raised_on, evidence, event.score, stream)
    raised = (_encode_shifts(event), second(event.timestamp), writer.position)
    writer.db.execute("INSERT INTO cases VALUES (?,?,?,?,?,?,?,'raised',NULL,?,?,?,?)", (*row, *raised))


def _encode_shifts(event: ExitCase.Created | ExitCase.Revised) -> str | None:
    return None if event.shifts is None else json.dumps(event.shifts)


def handle_case_revised(writer: FactWriter, event: ExitCase.Revised) -> None:
    """The evidence of a case followed the facts."""
    row = (json.dumps(event.evidence), event.score, _encode_shifts(event), event.originator_id.hex)
    writer.db.execute("UPDATE cases SET evidence=?, score=?, shifts=? WHERE stream=?", row)


def handle_case_withdrawn(writer: FactWriter, event: ExitCase.Withdrawn) -> None:
    """A case lost its cause."""
    writer.db.execute("UPDATE cases SET status='withdrawn' WHERE stream=?", (event.originator_id.hex,))


def handle_case_decided(writer: FactWriter, event: ExitCase.Decided) -> None:
    """A person decided."""
    row = (event.decision, event.originator_id.hex)
    writer.db.execute("UPDATE cases SET status='decided', decision=? WHERE stream=?", row)


def handle_decision_retracted(writer: FactWriter, event: ExitCase.DecisionRetracted) -> None:
    """The case waits again."""
    query = "UPDATE cases SET status='raised', decision=NULL WHERE stream=?"
    writer.db.execute(query, (event.originator_id.hex,))


def handle_day_reconciled(writer: FactWriter, event: Reconciliation.Created) -> None:
    """A reconciled day, and earlier ones that were compared again."""
    row = (parse_day(event.day), event.digest, json.dumps(event.totals), writer.position)
    writer.db.execute("INSERT INTO settled VALUES (?,?,?,?)", row)
    again = [(digest, parse_day(day)) for day, digest in event.changed.items()]
    writer.db.executemany("UPDATE settled SET digest=? WHERE day=?", again)


HANDLERS: Handlers = {
    ExitCase.Created: handle_case_raised,
    ExitCase.Revised: handle_case_revised,
    ExitCase.Withdrawn: handle_case_withdrawn,
    ExitCase.Decided: handle_case_decided,
    ExitCase.DecisionRetracted: handle_decision_retracted,
    Reconciliation.Created: handle_day_reconciled,
}
