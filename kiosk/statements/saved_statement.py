"""A statement that was saved earlier: the JSON that a read command printed, read back and recognised by its keys.

Rule: a file is taken for a statement only when every row of it can be; what is wrong is said with the row.
"""

from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from kiosk.errors import Mistake
from kiosk.home import Home
from kiosk.statements.difference import MONTHLY, VIEWS, View, hours_by
from kiosk.statements.statements import Row, Statements
from projections.read_models.day_filter import Asked

NAMES = tuple(view.name for view in VIEWS)
LARGEST = 1 << 30
"""Bytes: more than a statement of a whole city, and less than would fill this machine's memory for nothing."""


class Narrowed(NamedTuple):
    """What the statement was narrowed to when it was saved: the file does not say."""

    since: date | None = None
    until: date | None = None
    volunteer: str | None = None


class Saved(NamedTuple):
    """A statement in a file."""

    view: View
    rows: list[Row]
    narrowed: Narrowed

    def asked(self, home: Home, said: Statements) -> Asked:
        """The question that it answers. Raises: Mistake for a volunteer whom nobody knows."""
        since, until, number = self.narrowed
        who = None if number is None else home.people.id_of(number)
        if number is not None and who is None:
            raise Mistake(f"there is no volunteer {number}: check the number")
        return said.asked(since, until, who)


def saved_statement(path: Path, name: str | None, narrowed: Narrowed) -> Saved:
    """Read a file; `name` says of which read model it is. Raises: Mistake."""
    rows = _rows(path)
    view = _view_of(path, rows, name)
    for number, row in enumerate(rows, start=1):
        _check(row, view, f"{path}: row {number}")
    return Saved(view, rows, narrowed)


def _rows(path: Path) -> list[Row]:
    try:
        if path.stat().st_size > LARGEST:
            raise Mistake(f"{path} is too large for a statement: name the file that a read command was saved to")
        return msgspec.json.decode(path.read_bytes(), type=list[dict[str, Any]])
    except OSError as error:
        raise Mistake(f"{path} cannot be read ({error.strerror}): name the file of a saved statement") from None
    except msgspec.ValidationError:
        raise Mistake(f"{path} is no statement of ours: {_WANTED}") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Mistake(f"{path} is not JSON: {_WANTED}") from None


def _view_of(path: Path, rows: list[Row], name: str | None) -> View:
    marks = rows[0].keys() if rows else set[str]()
    found = next((view for view in VIEWS if view.marks <= marks), None)
    if not rows and name is None:
        raise Mistake(f"{path} is an empty statement: say of which read model with --view {'|'.join(NAMES)}")
    if rows and (found is None or name not in (None, found.name)):
        raise Mistake(f"{path} is no statement of {name or 'ours'}: {_WANTED}")
    chosen = found or next(view for view in VIEWS if view.name == name)
    return hours_by(MONTHLY & marks) if chosen.name == "hours" else chosen


def _check(row: Row, view: View, where: str) -> None:
    """A row of the view, with a key that can be looked up."""
    if not view.marks <= row.keys():
        raise Mistake(f"{where} is no row of {view.name}: {_WANTED}")
    for name in view.key:
        value = row.get(name)
        if not (isinstance(value, str) or (value is None and name == "category")):
            raise Mistake(f"{where} has no {name}: {_WANTED}")
    if "date" in view.key:
        _check_date(row["date"], where)


def _check_date(text: str, where: str) -> None:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise Mistake(f"{where} has the date {text!r}, which is none: {_WANTED}") from None


_WANTED = "save one with `kiosk hours --as-of INSTANT --format json`; visits, duties, absences and exits go as well"
