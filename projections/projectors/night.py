"""Exit cases and settled days."""

import json

from domain.model.exit_case import ExitCase
from domain.model.reconciliation import Reconciliation
from projections.projectors.fact_writer import Cabinet, Drawers, ordinal


def case_raised(cabinet: Cabinet, event: ExitCase.Created) -> None:
    """An exit case."""
    key, stream = cabinet.key(event.volunteer_id), event.originator_id.hex
    evidence = json.dumps(event.evidence)
    row = (key, event.rule, event.ordinal, event.basis, event.raised_on, evidence, event.score, stream)
    cabinet.db.execute("INSERT INTO cases VALUES (?,?,?,?,?,?,?,'raised',NULL,?)", row)


def case_revised(cabinet: Cabinet, event: ExitCase.Revised) -> None:
    """The evidence of a case followed the facts."""
    row = (json.dumps(event.evidence), event.score, event.originator_id.hex)
    cabinet.db.execute("UPDATE cases SET evidence=?, score=? WHERE stream=?", row)


def case_withdrawn(cabinet: Cabinet, event: ExitCase.Withdrawn) -> None:
    """A case lost its cause."""
    cabinet.db.execute("UPDATE cases SET status='withdrawn' WHERE stream=?", (event.originator_id.hex,))


def case_decided(cabinet: Cabinet, event: ExitCase.Decided) -> None:
    """A person decided."""
    row = (event.decision, event.originator_id.hex)
    cabinet.db.execute("UPDATE cases SET status='decided', decision=? WHERE stream=?", row)


def day_reconciled(cabinet: Cabinet, event: Reconciliation.Created) -> None:
    """A settled day, and earlier ones that were looked at again."""
    row = (ordinal(event.day), event.digest, json.dumps(event.totals), cabinet.position)
    cabinet.db.execute("INSERT INTO settled VALUES (?,?,?,?)", row)
    again = [(digest, ordinal(day)) for day, digest in event.changed.items()]
    cabinet.db.executemany("UPDATE settled SET digest=? WHERE day=?", again)


DRAWERS: Drawers = {
    ExitCase.Created: case_raised,
    ExitCase.Revised: case_revised,
    ExitCase.Withdrawn: case_withdrawn,
    ExitCase.Decided: case_decided,
    Reconciliation.Created: day_reconciled,
}
