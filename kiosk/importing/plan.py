"""What an import would do: the batch commands of each row, and the rows that cannot be imported.

Rule: a volunteer, a training, a card or a shift that is there as the table has it is left alone. What is there in
another way is a wrong row, with what to do: an old list must not undo a correction.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from domain.calendar import parse_instant
from domain.model.insurance_cover import Cover
from kiosk.errors import EXIT_NO
from kiosk.home import Home
from kiosk.importing.columns import Columns, guess_columns
from kiosk.importing.known import KnownHome, KnownVolunteer, build_key, parse_day
from kiosk.importing.rows import (
    ImportOptions,
    PlannedLine,
    RowFault,
    SheetRow,
    SkippedRow,
    build_shift,
    build_training,
    build_trainings_of_person,
    check_values,
    demand_fields,
    find_period,
    pick_details,
    read_rows,
    split_names,
)
from kiosk.people.file import SYSTEM_ACTOR
from kiosk.sheets.read import Table
from kiosk.words.sheets import RowText


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A row that is right, and the commands that it still needs; none where all is there already."""

    row: int
    lines: list[PlannedLine]


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What is to be imported from a table."""

    table: Table
    columns: Columns
    rows: list[PlannedRow] = field(default_factory=list[PlannedRow])
    faults: list[RowFault] = field(default_factory=list[RowFault])
    skipped: list[SkippedRow] = field(default_factory=list[SkippedRow])

    def count_lines(self) -> Counter[str]:
        """How many commands of each name are to be carried out."""
        return Counter(line.content["do"] for row in self.rows for line in row.lines)


class WrongRow(Exception):
    """A row that cannot be imported: the field that is wrong, and a sentence."""

    def __init__(self, field: str | None, sentence: str, status: int = EXIT_NO) -> None:
        super().__init__(sentence)
        self.field = field
        self.status = status


def plan_import(home: Home, table: Table, options: ImportOptions) -> ImportPlan:
    """Read and check every row of a table; nothing is changed. Raises: UserError, LogError."""
    columns = guess_columns(table, options.columns, options.header)
    check_values(options)
    demand_fields(table, columns, options)
    plan, planner = ImportPlan(table, columns), RowPlanner(home, columns, options)
    for found in read_rows(table, columns, options):
        match found:
            case SkippedRow():
                plan.skipped.append(found)
            case RowFault():
                plan.faults.append(found)
            case SheetRow():
                try:
                    plan.rows.append(planner.plan_row(found))
                except WrongRow as wrong:
                    column = columns.fields.get(wrong.field or "")
                    plan.faults.append(RowFault(found.row, column and column.label, str(wrong), wrong.status))
    return plan


class RowPlanner:
    """Turns rows into commands, and remembers what earlier rows have said."""

    def __init__(self, home: Home, columns: Columns, options: ImportOptions) -> None:
        self._home = home
        self._known = KnownHome(home)
        self._kind = columns.kind
        self._options = options
        self._said: dict[str, tuple[int, object]] = {}
        """In which row a volunteer or a shift stood first, and what that said of it."""

    def plan_row(self, row: SheetRow) -> PlannedRow:
        """The commands that a row needs. Raises: WrongRow, LogError."""
        plan = {"people": self._plan_person, "trainings": self._plan_training, "shifts": self._plan_shift}[self._kind]
        lines = [PlannedLine(line.field, self._complete(line.content)) for line in plan(row)]
        return PlannedRow(row.row, [line for line in lines if not self._is_carried_out(line.content)])

    def _complete(self, content: dict[str, Any]) -> dict[str, Any]:
        """A command with author and instant, and with its key; a change of a person has none, and says what differs."""
        stated = {"by": self._options.by, "at": self._options.at}
        line = content | {name: value for name, value in stated.items() if value is not None}
        return line if line["do"] == "change_person" else {"key": build_key(line)} | line

    def _is_carried_out(self, line: dict[str, Any]) -> bool:
        return "key" in line and self._known.is_carried_out(line)

    def _demand_first(self, field: str, key: str, row: int, said: object) -> None:
        """Refuse a row about what an earlier row has described otherwise. Raises: WrongRow."""
        first, said_first = self._said.setdefault(key, (row, said))
        if first != row and said_first != said:
            raise WrongRow(field, RowText.OTHERWISE_ABOVE.fill(key=key, row=first))

    # --- People ---

    def _plan_person(self, row: SheetRow) -> list[PlannedLine]:
        values, number = row.values, str(row.values["volunteer"])
        self._demand_first("volunteer", number, row.row, row.row)
        known = self._known.find_volunteer(number)
        lines = self._plan_change(known, values) if known else [self._plan_enrolment(values)]
        for training in build_trainings_of_person(values, self._known.unit_category):
            lines += self._plan_one_training(known, training)
        if "card" in values:
            lines += self._plan_card(known, number, str(values["card"]))
        if "book_number" in values:
            lines += self._plan_book(known, number, str(values["book_number"]))
        return lines + self._plan_insurance(known, values)

    def _plan_enrolment(self, values: dict[str, Any]) -> PlannedLine:
        missing = next((name for name in ("mode", "agreement_from") if name not in values), None)
        is_enrolment = "name" in values or "mode" in values or "agreement_from" in values
        if missing and not is_enrolment:
            raise WrongRow("volunteer", RowText.NOT_ENROLLED.fill(number=values["volunteer"]))
        if missing:
            raise WrongRow(missing, RowText.NEEDED_TO_ENROL.fill(number=values["volunteer"], field=missing))
        named = {name: values[name] for name in ("volunteer", "mode", "agreement_from")}
        return PlannedLine("volunteer", {"do": "enrol_volunteer", **named, **pick_details(values)})

    def _plan_change(self, known: KnownVolunteer, values: dict[str, Any]) -> list[PlannedLine]:
        """What the table says otherwise of a person: only on demand it is changed. Raises: WrongRow."""
        if values.get("mode", known.mode) != known.mode:
            raise WrongRow("mode", RowText.OTHER_MODE.fill(mode=known.mode))
        if "agreement_from" in values and values["agreement_from"] not in known.agreements:
            raise WrongRow("agreement_from", RowText.OTHER_AGREEMENT.fill(days=", ".join(sorted(known.agreements))))
        details = pick_details(values)
        kept = {name: getattr(known.details, name) for name in details}
        stated = details | ({"birth_date": parse_day(details["birth_date"])} if "birth_date" in details else {})
        differing = [name for name in details if kept[name] != stated[name]]
        if not differing:
            return []
        if not self._options.update:
            raise WrongRow(differing[0], RowText.OTHER_DETAIL.fill(field=differing[0]))
        changes = {name: details[name] for name in differing}
        author = {"by": SYSTEM_ACTOR}
        return [
            PlannedLine(differing[0], {"do": "change_person", "volunteer": values["volunteer"], **author, **changes})
        ]

    def _plan_card(self, known: KnownVolunteer | None, number: str, text: str) -> list[PlannedLine]:
        card = self._known.find_card(text)
        if card and known and card.holder == known.volunteer_id:
            return []
        line = PlannedLine("card", {"do": "issue_card", "volunteer": number, "card": text})
        if card and card.holder is None and not self._is_carried_out(self._complete(line.content)):
            raise WrongRow("card", RowText.CARD_REVOKED.fill(number=number))
        return [line]

    def _plan_book(self, known: KnownVolunteer | None, number: str, book: str) -> list[PlannedLine]:
        """The record book, unless it is on file. Its number is in no key, so its digest is. Raises: WrongRow."""
        ledger, digest = self._known.find_book(known), self._known.derive_book_digest(book)
        if ledger and ledger.has_had(digest):
            return []
        if ledger and ledger.status == "held":
            raise WrongRow("book_number", RowText.OTHER_BOOK.fill())
        line = {"do": "register_record_book", "volunteer": number}
        return [PlannedLine("book_number", {**line, "number": book, "key": build_key({**line, "digest": digest})})]

    def _plan_insurance(self, known: KnownVolunteer | None, values: dict[str, Any]) -> list[PlannedLine]:
        """A period of insurance, unless it is on file. Raises: WrongRow."""
        if "insured_from" not in values:
            if "insured_to" in values:
                raise WrongRow("insured_to", RowText.INSURED_FROM_MISSING.fill())
            return []
        days = [values["insured_from"], values.get("insured_to")]
        since, until = (parse_day(day) for day in days)
        if since and Cover(since.toordinal(), until and until.toordinal()) in self._known.list_covers(known):
            return []
        period = {"from": days[0], **({"to": days[1]} if days[1] else {})}
        return [PlannedLine("insured_from", {"do": "enrol_insurance", "volunteers": [values["volunteer"]], **period})]

    # --- Trainings ---

    def _plan_training(self, row: SheetRow) -> list[PlannedLine]:
        known = self._known.find_volunteer(str(row.values["volunteer"]))
        if known is None:
            raise WrongRow("volunteer", RowText.NOT_ENROLLED.fill(number=row.values["volunteer"]))
        line = PlannedLine("training_kind", build_training(row.values, self._known.unit_category))
        return self._plan_one_training(known, line)

    def _plan_one_training(self, known: KnownVolunteer | None, line: PlannedLine) -> list[PlannedLine]:
        """A training, unless it is on file; basic and special are completed once. Raises: WrongRow."""
        kind, on = line.content["kind"], line.content["on"]
        training = (kind, line.content.get("category"))
        days = known.trainings.get(training, set()) if known else set()
        sessions = known.attended.get(training, set()) if known else set()
        if on in days | sessions:
            return []
        if days and not sessions and kind in ("basic", "special"):
            raise WrongRow(line.field, RowText.OTHER_TRAINING.fill(kind=kind, days=", ".join(sorted(days))))
        return [line]

    # --- Shifts ---

    def _plan_shift(self, row: SheetRow) -> list[PlannedLine]:
        try:
            period = find_period(row.values, self._options.sessions)
        except ValueError as error:
            raise WrongRow("session", str(error)) from None
        content = build_shift(row.values, period)
        shift = str(content["shift"])
        self._demand_first("shift", shift, row.row, period)
        known = self._known.find_shift(shift)
        if known and (known.start, known.end) != tuple(map(self._parse_local, period)):
            raise WrongRow("shift", RowText.OTHER_PERIOD.fill(shift=shift))
        lines = [] if known else [PlannedLine("date", content)]
        for number in self._list_assigned(row.values):
            volunteer = self._known.find_volunteer(number)
            if volunteer is None:
                raise WrongRow("volunteer", RowText.NOT_ENROLLED.fill(number=number))
            if known is None or known.people.get(volunteer.volunteer_id, "handed_over") == "handed_over":
                assign = {"do": "assign", "shift": shift, "volunteer": number}
                lines.append(PlannedLine("volunteer", assign))
        return lines

    def _parse_local(self, text: str) -> datetime:
        return parse_instant(text, self._home.zone)

    def _list_assigned(self, values: dict[str, Any]) -> list[str]:
        """The numbers of the volunteers of a row, of whom it may give the names only. Raises: WrongRow."""
        if "volunteer" in values:
            return split_names(str(values["volunteer"]))
        numbers: list[str] = []
        for name in split_names(str(values["name"])):
            found = self._known.list_numbers(name)
            if len(found) != 1:
                text = RowText.NAME_OF_SEVERAL if found else RowText.NAME_UNKNOWN
                raise WrongRow("name", text.fill(numbers=", ".join(found)))
            numbers += found
        return numbers


def leave_out(plan: ImportPlan, faults: list[RowFault]) -> ImportPlan:
    """The plan with more wrong rows."""
    wrong = {fault.row for fault in faults}
    return replace(
        plan, rows=[row for row in plan.rows if row.row not in wrong], faults=sorted([*plan.faults, *faults])
    )
