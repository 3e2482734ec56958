"""The bundle of evidence: statements of a period, what was corrected and why, the events, and what checks them (R-110).

Rule: it follows from the log as of one instant and from the people store, so that the same bytes can be made again.
Volunteers stand by number, authors by masked name, reasons as they were given; who was erased is a pseudonym.
"""

import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import msgspec

from domain.ids import unit_stream
from domain.log.checkpoint import Checkpoint, ProvedHead
from domain.log.merkle import LeafRange
from domain.log.signed_note import COSIGNATURE, NoteKey, SignedNote
from domain.model.unit import Unit
from domain.policy import Policy
from domain.spans import instant, second
from kiosk.backups.heads.head_notes import (
    list_heads_folders,
    list_log_keys,
    list_signed_heads,
    list_witness_folders,
    list_witness_keys,
)
from kiosk.documents.source import DocumentSource
from kiosk.errors import UserError
from kiosk.evidence.events import ProvedEvents, build_proved_events, find_first_recorded
from kiosk.home import Home
from kiosk.home_files import KEYS_FILE
from kiosk.sheets.export import write_csv
from kiosk.statements.acts import build_authorship
from kiosk.statements.columns import COLUMNS
from kiosk.statements.statement_rows import list_hours_columns
from kiosk.statements.statements import Statements
from kiosk.text.masking import Style, mask
from kiosk.text.short_codes import compute_code
from kiosk.words.bundle import BundleText
from kiosk.words.evidence import EvidenceText
from kiosk.words.language import StaffLanguage, use_language
from projections.read_models.audit_trail import AuditEntry, list_corrections_of_days
from projections.read_models.day_filter import DayFilter
from projections.read_models.last_taps import find_first_position_of_taps

MANIFEST, VERIFIER = "manifest.json", "verify_bundle.py"
EVENTS_FILE, PROOFS_FILE, HEAD_FILE = "events.jsonl", "proofs.json", "head.txt"
READMES: Mapping[str, StaffLanguage] = {"README.md": "en", "README.zh-TW.md": "zh-TW"}
CORRECTION_COLUMNS = (
    *("event", "volunteer", "kind", "shift", "start", "end", "other", "retracts"),
    *("at", "by", "reason", "reason_lost", "day", "matter"),
)
CITING_COLUMNS = ("event", "events", "retracts")
"""Columns that name events, in whichever table: one, a list, or none."""
HOURS_BY = frozenset({"month", "category"})
Row = dict[str, Any]
Files = Mapping[str, bytes]


class Table(NamedTuple):
    """A CSV file before it is written."""

    rows: Sequence[Row]
    columns: Sequence[str] = ()
    """The header where there are no rows."""


class Evidence(NamedTuple):
    """A bundle, ready to be written."""

    files: Files
    position: int
    events: int
    """How many are in it."""
    as_of: datetime

    @property
    def code(self) -> str:
        """The code that is handed over beside it."""
        return compute_code(hashlib.sha256(self.files[MANIFEST]).digest())

    def build_archive(self) -> bytes:
        """The ZIP file: the same bytes for the same files, and nothing in it that the verifier does not expect."""
        stored = io.BytesIO()
        with ZipFile(stored, "w") as archive:
            for name, content in self.files.items():
                archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)
        return stored.getvalue()


def build_evidence(home: Home, source: DocumentSource, since: date, until: date) -> Evidence:
    """The bundle of the service days from one to another, as a source has them. Raises: UserError, LogError."""
    if since > source.today:
        raise UserError(BundleText.NOT_BEGUN.fill(period=since, today=source.today))
    statements = Statements(home, source.views, second(source.log.as_of))
    last, first = source.log.position, _find_first(home, source, since, until)
    adoptions = _list_adoptions(home, source)
    tables = {
        **_build_statements(statements, DayFilter(since, until), home.settings.masking),
        "corrections.csv": Table([*_list_corrections(home, source, statements, since, until)], CORRECTION_COLUMNS),
        "policies.csv": Table([*_list_policies(home, source, adoptions)]),
    }
    adopted = {position for position, _ in adoptions}  # of several for one day, a version names the last one alone
    proved = build_proved_events(home.log, first, last, adopted | _find_cited(tables.values()))
    files = {
        **{name: _write_csv(table) for name, table in tables.items()},
        EVENTS_FILE: proved.events,
        PROOFS_FILE: proved.proofs,
        **_find_signed_head(home, proved, first, source.log.as_of),
        VERIFIER: Path(__file__).with_name(VERIFIER).read_bytes(),
    }
    events = max(0, last - first + 1)
    said = {"unit": source.unit_name, "since": since, "until": until, "position": last, "events": events}
    files |= _write_readmes(said | {"as_of": source.log.as_of.isoformat()}, is_signed=HEAD_FILE in files)
    manifest = {"files": {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}}
    written = msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"
    return Evidence({MANIFEST: written, **dict(sorted(files.items()))}, last, events, source.log.as_of)


def _find_first(home: Home, source: DocumentSource, since: date, until: date) -> int:
    """From where on the bundle has every event: what was recorded since its first day, and every tap of its days."""
    begins = instant(source.unit.days.start(since.toordinal()))
    recorded = find_first_recorded(home.log, begins, source.log.position)
    tap = find_first_position_of_taps(source.views, since.toordinal(), until.toordinal())
    return recorded if tap is None else min(recorded, tap)


def _find_cited(tables: Iterable[Table]) -> set[int]:
    """The positions of all events that tables name, as their rows do: of a long list that is its beginning."""
    cells = (row.get(column) for table in tables for row in table.rows for column in CITING_COLUMNS)
    return {event for cell in cells for event in (cell if isinstance(cell, list) else [cell]) if event is not None}


# --- What people read ---


@use_language("en")  # the same bytes, whichever language its maker reads
def _build_statements(statements: Statements, days: DayFilter, masking: Style) -> Mapping[str, Table]:
    absences = statements.list_absences(days)
    for row in absences:
        if excused_by := row.get("excused_by"):
            row["excused_by"] = mask(excused_by, masking)
    return {
        "hours.csv": Table(statements.list_hours(days, HOURS_BY), list_hours_columns(HOURS_BY)),
        "visits.csv": Table(statements.list_visits(days), COLUMNS["visits"]),
        "duties.csv": Table(statements.list_duties(days), COLUMNS["duties"]),
        "absences.csv": Table(absences, COLUMNS["absences"]),
        "exceptions.csv": Table(statements.list_pending(days), COLUMNS["pending"]),
        "cases.csv": Table(statements.list_exits(days), COLUMNS["exits"]),
    }


@use_language("en")
def _write_csv(table: Table) -> bytes:
    text = io.StringIO(newline="")
    write_csv(text, table.rows, table.columns)
    return text.getvalue().encode()


def _list_corrections(
    home: Home, source: DocumentSource, statements: Statements, since: date, until: date
) -> Iterator[Row]:
    """Each with its author and its reason."""
    for day, whose, entry in list_corrections_of_days(source.views, home.log, since, until):
        authorship = build_authorship(home.people, entry.by, entry.note, entry.note_digest)
        authorship["by"] = mask(authorship["by"], home.settings.masking)
        row: Row = dict.fromkeys(CORRECTION_COLUMNS)
        yield row | {
            "event": entry.position,
            "volunteer": whose and statements.find_number(whose),
            "kind": entry.kind,
            "at": statements.format_local(entry.at),
            "day": day,
            **_describe(entry, statements),
            **authorship,
        }


def _describe(entry: AuditEntry, statements: Statements) -> Row:
    return {
        "shift": entry.shift,
        "start": None if entry.start is None else statements.format_local(entry.start),
        "end": None if entry.end is None else statements.format_local(entry.end),
        "other": entry.other and statements.find_number(entry.other),
        "retracts": entry.retracts,
        "matter": entry.matter,
    }


def _list_adoptions(home: Home, source: DocumentSource) -> list[tuple[int, Unit.PolicyAdopted]]:
    """All that count, by their positions: what a newer program adopted, this one cannot apply."""
    return [
        (position, event)
        for position, event in home.log.read_stream_lenient(unit_stream())
        if isinstance(event, Unit.PolicyAdopted) and position <= source.log.position and event.find_adoption()
    ]


def _list_policies(
    home: Home, source: DocumentSource, adoptions: Sequence[tuple[int, Unit.PolicyAdopted]]
) -> Iterator[Row]:
    """Each version of the policy, whole, by the day from which it holds; who adopted for that day, and the event.

    What was adopted later for an earlier day is in every version from that day on. Of several adoptions for one day,
    which are one version, the last is named.
    """
    last = {event.effective_from: (position, event) for position, event in adoptions}
    for day, policy in source.unit.policies.by_first_day.items():
        row: Row = {"event": None, "from": None, "by": None}
        if adopted := last.get(date.fromordinal(day).isoformat()):
            position, event = adopted
            by = build_authorship(home.people, event.by, None, None)["by"]
            row = {"event": position, "from": event.effective_from, "by": mask(by, home.settings.masking)}
        yield row | _write_parameters(policy)


def _write_parameters(policy: Policy) -> Row:
    """Each value as a policy file has it (docs/policy.md): a text as it is, others as JSON."""
    values: dict[str, object] = msgspec.to_builtins(policy)
    return {
        name: value if isinstance(value, str) else msgspec.json.encode(value).decode() for name, value in values.items()
    }


# --- What proves it ---


def _find_signed_head(home: Home, proved: ProvedEvents, first: int, as_of: datetime) -> Files:
    """The last head among the events that was signed by then, with what witnesses had added, and the key that signed.

    It may be in a folder of the settings alone, as behind a restore; `keys.txt` of the home says which keys count.
    """
    own, *elsewhere = list_heads_folders(home.path, home.settings)
    keys, beside = list_log_keys(own), [one for folder in (own, *elsewhere) for one in list_witness_folders(folder)]
    found = [
        head
        for folder in (own, *elsewhere, *beside)
        for head in list_signed_heads(folder, set(home.log.list_names()), keys)
        if first <= head.checkpoint.head.position <= proved.checkpoint.head.position
        if head.checkpoint.head.position < proved.checkpoint.head.position or _was_signed(head, keys, as_of)
    ]
    found.sort(key=lambda head: head.checkpoint.head.position, reverse=True)
    best = next((head.checkpoint for head in found if _is_extended(home, proved, head.checkpoint)), None)
    if best is None:
        return {}
    lines = {line for head in found if head.checkpoint == best for line in head.note.lines}
    note = SignedNote(best.format(), sorted(lines)).as_of(as_of)
    signers = sorted({key for key in keys if key.name == best.name and key.has_signed(note)})
    note = note.select_signed([*signers, *(key for folder in beside for key in list_witness_keys(folder))])
    return {HEAD_FILE: note.format().encode(), KEYS_FILE: "".join(f"{key.format()}\n" for key in signers).encode()}


def _was_signed(head: ProvedHead, keys: Sequence[NoteKey], by: datetime) -> bool:
    """Whether the key of the log says, in what it signed, that it did by an instant.

    A head that is not that of the last event was signed before the next one was recorded, whatever it says.
    """
    own = (key._replace(algorithm=COSIGNATURE) for key in keys if key.name == head.checkpoint.name)
    return any(at is not None and at <= by for at in (key.find_instant(head.note) for key in own))


def _is_extended(home: Home, proved: ProvedEvents, older: Checkpoint) -> bool:
    """Whether the log leads to a head, by its chain and by its tree."""
    same_tree = proved.tree.compute_root(LeafRange(0, older.head.position)) == older.root
    return same_tree and home.log.find_objection(older.head) is None


def _write_readmes(said: Mapping[str, object], *, is_signed: bool) -> Files:
    files: dict[str, bytes] = {}
    for name, language in READMES.items():
        with use_language(language):
            head = (EvidenceText.SIGNED if is_signed else EvidenceText.NOT_SIGNED).fill()
            files[name] = EvidenceText.README.fill(**said, head=head).encode()
    return files
