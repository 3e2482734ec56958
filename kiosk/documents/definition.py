"""What a document says, once for every form in which it is handed out: page, PDF, XLSX, ODS, CSV.

Rule: a person stands in a row by the volunteer's id alone, and a number that identifies one by the id of its note. What
they stand for is filled in when the document is written, so that its digest can be computed again after an erasure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal
from uuid import UUID

ColumnKind = Literal[
    "text",
    "count",
    "minutes",
    "date",
    "month",
    "instant",
    "share",
    "decimal",
    "money",
    "check",
    "signature",
    "person",
    "note",
]
"""How a value is written: `minutes` as hours and minutes, `date` (and `month`, its first day) in the ROC calendar,
`instant` as local date and time, `share` (0 to 1) in per cent, `money` in NT$; `check` is an empty box that a person
ticks: what must be attested, `signature` room for a name or a stamp; `note` the text that the people store keeps under
an id."""
PersonField = Literal[
    "number",
    "name",
    "national_id",
    "birth_date",
    "gender",
    "group",
    "education",
    "occupation",
    "telephone",
    "email",
    "address",
    "emergency_contact",
]
"""What a `person` column shows of the volunteer of its row."""

Value = str | int | float | bool | date | UUID | None
"""None is a figure that is not known: it is never written as 0."""
TableRow = Mapping[str, Value]
"""Values by the name of their column; `volunteer` is the id that `person` columns read."""
VOLUNTEER = "volunteer"
"""The key of that id in a row."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    name: str
    """The key in rows, and the header where no person reads it."""
    heading: str
    """As people read it, in the language of the document."""
    kind: ColumnKind = "text"
    person: PersonField | None = None
    is_summed: bool = False
    """Its total stands under the table."""
    words: Mapping[str, str] = field(default_factory=dict[str, str])
    """What the codes of a text are called in the language of the document; one without a word stands for itself."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a document."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[TableRow]
    remarks: Sequence[str] = ()
    """Sentences under it: what it could not know, who must attest what."""
    is_of_people: bool = False
    """Its figures follow from what the people store keeps: they are in no digest, as an erasure changes them."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A bar for each label. Its figures stand in a table too: a chart is looked at, not read off."""

    name: str
    title: str
    labels: Sequence[str]
    values: Sequence[float | None]
    """One a label; None is not known and has no bar."""
    kind: Literal["count", "minutes", "share", "decimal"] = "count"
    most: float | None = None
    """The end of the scale, where it is fixed: 1 for a share."""


@dataclass(frozen=True, slots=True)
class LogPosition:
    """The state of the log that a document was made from."""

    as_of: datetime
    """The instant as of which it was evaluated."""
    position: int
    """Of the last event."""
    chain: str
    """The chain's hash there, in hexadecimal digits."""
    is_past: bool = False
    """Whether only what had been recorded by `as_of` counts; else all events up to the position do."""
    is_simulation: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A document, before anybody's name is filled in."""

    name: str
    """Which one, as programs call it: `monthly_statement`."""
    title: str
    unit: str
    period: tuple[date, date]
    """First and last day that it speaks of; the same day twice where it speaks of one."""
    log: LogPosition
    tables: Sequence[Table]
    facts: Sequence[tuple[str, str]] = ()
    """Label and value of what stands above the tables: registrar, policy, parameters."""
    remarks: Sequence[str] = ()
    signatures: Sequence[str] = ()
    """Who signs or stamps it, by function."""
    is_landscape: bool = False
    arguments: Mapping[str, str] = field(default_factory=dict[str, str])
    """What it was asked with, so that it can be built again; a volunteer by the id."""
    charts: Sequence[Chart] = ()
    scanned: str = ""
    """What a telephone reads from it, as a QR code. Its tables say the same."""
    sources: Mapping[str, str] = field(default_factory=dict[str, str])
    """Digests, by name, of what it was made from beside the log: a code that does not match says which changed."""

    def list_volunteers(self) -> list[UUID]:
        """Whom it names, each once, in the order in which they stand."""
        found = (row.get(VOLUNTEER) for table in self.tables if _has_persons(table) for row in table.rows)
        return list(dict.fromkeys(volunteer for volunteer in found if isinstance(volunteer, UUID)))

    @property
    def has_persons(self) -> bool:
        """Whether it says of persons who they are."""
        return any(map(_has_persons, self.tables))


def _has_persons(table: Table) -> bool:
    return any(column.kind in ("person", "note") for column in table.columns)
