"""Award list, honor-card list and the data of a performance certificate as documents (R-080, R-083, R-084).

Rule: official layouts were not found: the columns are the unit's own, and each document says so. What a person
attests is an empty box.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from kiosk.documents.definition import Column, ColumnKind, Document, LogPosition, Table, TableRow
from kiosk.words.awards import list_conditions
from kiosk.words.documents.awards import AWARD_DOCUMENTS, AwardDocumentWords
from kiosk.words.language import StaffLanguage, use_language
from projections.evaluation.awards.results import AwardResult
from projections.evaluation.awards.rules import AwardRule
from projections.read_models.certificates import CertificateSheet

ISSUED_WITHIN = timedelta(days=7)
"""From the application (R-084, P6)."""


def build_award_list(
    rule: AwardRule, results: Sequence[AwardResult], unit: str, at: date, log: LogPosition, language: StaffLanguage
) -> Document:
    """The candidates of an award on a day; what each must have attested as a box to tick (R-080)."""
    words = AWARD_DOCUMENTS[language]
    columns = (
        *_build_person_columns(words),
        Column("seniority_from", words.seniority_from, "date"),
        Column("minutes", words.minutes, "minutes"),
        Column("met_on", words.met_on, "date"),
        Column("to_attest", words.to_attest),
        Column("attested", words.attested, "check"),
        Column("citation", words.citation),
    )
    with use_language(language):
        rows = [
            {**_build_row(result), "to_attest": "；".join(list_conditions(result)) or None, "citation": None}
            for result in results
            if result.is_candidate and result.volunteer
        ]
    title = f"{words.award_list}：{rule.name}" if language == "zh-TW" else f"{words.award_list}: {rule.name_en}"
    document = _build_list("award_list", title, (columns, rows), (unit, at, log), words)
    facts = ((words.organiser, rule.organiser), (words.source, rule.source))
    remarks = (rule.remark,) if rule.remark else ()
    return replace(document, facts=facts, remarks=remarks, arguments={"award": rule.id, "at": at.isoformat()})


def build_card_list(
    candidates: Sequence[tuple[AwardResult, date | None]],
    unit: str,
    at: date,
    policy: str,
    log: LogPosition,
    language: StaffLanguage,
) -> Document:
    """Who applies for an honor card, and when each would expire; `policy` says how service is counted (R-083)."""
    words = AWARD_DOCUMENTS[language]
    columns = (
        *_build_person_columns(words),
        Column("national_id", words.national_id, "person", "national_id"),
        Column("birth_date", words.birth_date, "person", "birth_date"),
        Column("seniority_from", words.seniority_from, "date"),
        Column("counted_from", words.counted_from, "date"),
        Column("minutes", words.minutes, "minutes"),
        Column("expires_on", words.expires_on, "date"),
        *(Column(name, getattr(words, name), "check") for name in ("record_book", "trainings", "photo")),
    )
    rows = [
        {**_build_row(result), "counted_from": result.counted_from, "expires_on": expires}
        for result, expires in candidates
        if result.is_candidate
    ]
    document = _build_list("honor_card_list", words.card_list, (columns, rows), (unit, at, log), words)
    return replace(document, facts=((words.policy, policy),), arguments={"at": at.isoformat()})


def _build_list(
    name: str,
    title: str,
    content: tuple[Sequence[Column], Sequence[TableRow]],
    made: tuple[str, date, LogPosition],
    words: AwardDocumentWords,
) -> Document:
    """A list of candidates: columns and rows, made by a unit for a day from a state of the log."""
    unit, at, log = made
    table = Table("candidates", title, *content, (words.layout_unknown,))
    signatures = (words.made_by, words.supervisor, words.head)
    return Document(name, title, unit, (at, at), log, (table,), signatures=signatures, is_landscape=True)


def build_certificate_document(
    sheet: CertificateSheet, unit: str, applied_on: date, log: LogPosition, language: StaffLanguage
) -> Document:
    """What stands on a certificate, with full dates, and the months in which the record book differs (R-032, R-084)."""
    words = AWARD_DOCUMENTS[language]
    columns = (*_build_person_columns(words), *_build_columns(words, _CERTIFICATE))
    row: TableRow = {
        "volunteer": sheet.volunteer,
        "first_day": sheet.first_day,
        "last_day": sheet.last_day,
        "minutes": sheet.minutes + sheet.attested_minutes,
        "attested_minutes": sheet.attested_minutes,
        "applied_on": applied_on,
        "due_on": applied_on + ISSUED_WITHIN,
    }
    differences = [mismatch._asdict() for mismatch in sheet.mismatches]
    verdict = words.differs if differences else words.agrees
    tables = [Table("certificate", words.certificate, columns, [row], (verdict, words.layout_unknown))]
    if differences:
        tables.append(Table("differences", words.differences, _build_columns(words, _COMPARED), differences))
    return Document(
        "performance_certificate",
        words.certificate,
        unit,
        (sheet.first_day, sheet.last_day),
        log,
        tables,
        signatures=(words.made_by, words.supervisor, words.head),
        arguments={"volunteer": str(sheet.volunteer), "applied_on": applied_on.isoformat()},
    )


_CERTIFICATE: Mapping[str, ColumnKind] = {
    "first_day": "date",
    "last_day": "date",
    "minutes": "minutes",
    "attested_minutes": "minutes",
    "applied_on": "date",
    "due_on": "date",
}
_COMPARED: Mapping[str, ColumnKind] = {"month": "month", "entered": "minutes", "credited": "minutes"}


def _build_columns(words: AwardDocumentWords, kinds: Mapping[str, ColumnKind]) -> tuple[Column, ...]:
    return tuple(Column(name, getattr(words, name), kind) for name, kind in kinds.items())


def _build_person_columns(words: AwardDocumentWords) -> tuple[Column, Column]:
    return Column("number", words.number, "person", "number"), Column("name", words.name, "person", "name")


def _build_row(result: AwardResult) -> TableRow:
    return {
        "volunteer": result.volunteer,
        "seniority_from": result.seniority_from,
        "minutes": result.minutes,
        "met_on": result.met_on,
    }
