"""Award list, honor-card list and the data of a performance certificate as documents (R-080, R-083, R-084).

Rule: official layouts were not found: the columns are the unit's own, and each document says so. What a person
attests is an empty box. The conditions are data of the catalogue, so their digest is a part of what a list says.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from kiosk.awards.candidates import load_people_on_file
from kiosk.awards.catalogue import compute_rule_digest, load_catalogue
from kiosk.documents.definition import VOLUNTEER, Column, ColumnKind, Document, Table, TableRow
from kiosk.documents.document_type import Argument, Arguments, BadArgument, DocumentType, Texts
from kiosk.documents.source import DocumentSource
from kiosk.words.award_sources import format_source
from kiosk.words.awards import list_conditions
from kiosk.words.documents.awards import AWARD_DOCUMENTS, AwardDocumentWords, find_award_document_words
from kiosk.words.documents.shared import DocumentText
from kiosk.words.language import find_language
from projections.evaluation.awards.facts import Question
from projections.evaluation.awards.results import AwardResult
from projections.evaluation.awards.rules import AwardRule, Catalogue
from projections.read_models.award_facts import PeopleOnFile, load_proofs
from projections.read_models.awards import (
    AwardFilter,
    build_question,
    list_awards,
    list_card_candidates,
    list_rules_on,
)
from projections.read_models.certificates import CertificateSheet, build_certificate_sheet

ISSUED_WITHIN = timedelta(days=7)
"""From the application (R-084, P6)."""
CATALOGUE = "award_catalogue"
"""What a list of candidates rests on beside the log."""
FIRST = "first"
"""In place of the day from which hours are counted: from the first."""
HONOR_CARD = "honor-card"
"""Its row in the catalogue."""


# --- Lists of candidates ---


def build_award_list(source: DocumentSource, arguments: Arguments) -> Document:
    """The candidates of an award on a day; what each must have attested as a box to tick (R-080)."""
    words, catalogue, at = find_award_document_words(), load_catalogue(source.folder), _get_day(arguments, "at")
    question = build_question(source.unit, catalogue, at)
    rule = _find_rule(catalogue, question, str(arguments["award"]), AWARD)
    people = _load_people(source, rule, at)
    results = [*list_awards(source.views, source.unit, catalogue, at, people, AwardFilter(rule.id))]
    numbers = source.people.load_numbers()
    results.sort(key=lambda one: (-(one.score or 0), numbers.get(one.volunteer, "") if one.volunteer else one.group))
    facts = [
        (words.award, rule.name_en if find_language() == "en" else rule.name),
        (words.organiser, rule.organiser),
        (words.source, format_source(rule.source)),
    ]
    return _build_list(source, AWARD_LIST, at, (catalogue, rule), build_award_table(rule, results, words), facts)


def build_award_table(rule: AwardRule, results: Sequence[AwardResult], words: AwardDocumentWords) -> Table:
    """The candidates of an award."""
    candidates = [result for result in results if result.is_candidate]
    texts = {_encode_conditions(result): "；".join(list_conditions(result)) for result in candidates}
    who = _list_person_columns(words) if rule.subject == "individual" else [Column("group", words.family)]
    columns = [
        *who,
        Column("seniority_from", words.seniority_from, "date"),
        Column("minutes", words.minutes, "minutes"),
        Column("met_on", words.met_on, "date"),
        Column("to_attest", words.to_attest, words=texts),
        Column("attested", words.attested, "check"),
        Column("citation", words.citation),
    ]
    rows: list[TableRow] = [
        {
            **_build_row(result),
            "group": result.group,
            "to_attest": _encode_conditions(result),
            "citation": "",  # to be written by hand
        }
        for result in candidates
    ]
    return _build_table(rule, words.award_list, (columns if rule.subject != "team" else columns[1:], rows), words)


def _encode_conditions(result: AwardResult) -> str:
    """What is to be attested, by the names of the catalogue: the digest holds no sentence."""
    return ",".join([*result.attest, *(f"or:{name}" for name in result.alternatives)])


def build_honor_card_list(source: DocumentSource, arguments: Arguments) -> Document:
    """Who applies for an honor card on a day, and when each would expire (R-083)."""
    words, catalogue, at = find_award_document_words(), load_catalogue(source.folder), _get_day(arguments, "at")
    question = build_question(source.unit, catalogue, at)
    rule = _find_rule(catalogue, question, HONOR_CARD, AT)
    found = list_card_candidates(source.views, source.unit, rule, question, _load_people(source, rule, at))
    numbers = source.people.load_numbers()
    candidates = sorted(found, key=lambda one: numbers.get(one[0].volunteer, "") if one[0].volunteer else "")
    facts = [(words.policy, words.policies[question.policy.honor_card_policy])]
    table = build_card_table(rule, candidates, words)
    return _build_list(source, HONOR_CARD_LIST, at, (catalogue, rule), table, facts)


def build_card_table(
    rule: AwardRule, candidates: Sequence[tuple[AwardResult, date | None]], words: AwardDocumentWords
) -> Table:
    """Who applies, each with the day up to which the card would be valid."""
    columns = [
        *_list_person_columns(words),
        Column("national_id", words.national_id, "person", "national_id"),
        Column("birth_date", words.birth_date, "person", "birth_date"),
        Column("seniority_from", words.seniority_from, "date"),
        Column("counted_from", words.counted_from, "date", words={FIRST: words.from_first}),
        Column("minutes", words.minutes, "minutes"),
        Column("expires_on", words.expires_on, "date"),
        *(Column(name, getattr(words, name), "check") for name in ("record_book", "trainings", "photo")),
    ]
    rows: list[TableRow] = [
        {**_build_row(result), "counted_from": result.counted_from or FIRST, "expires_on": expires}
        for result, expires in candidates
        if result.is_candidate
    ]
    return _build_table(rule, words.card_list, (columns, rows), words)


def _find_rule(catalogue: Catalogue, question: Question, award: str, argument: Argument) -> AwardRule:
    """The row of the year. Raises: BadArgument."""
    rules = {rule.id: rule for rule in list_rules_on(catalogue, question)}
    if award not in rules:
        year, awards = question.at.year, ", ".join(rules)
        raise BadArgument(argument, DocumentText.NO_AWARD, award=award, year=year, awards=awards)
    return rules[award]


def _load_people(source: DocumentSource, rule: AwardRule, at: date) -> PeopleOnFile:
    """What the people store adds; nothing where the log alone decides, so that an erasure changes no list."""
    if _is_of_people(rule):
        return load_people_on_file(source.people, source.views, at)
    return load_proofs(source.views, at, PeopleOnFile())


def _is_of_people(rule: AwardRule) -> bool:
    """Whether ages decide, or a person who left and was erased since could stand on the list."""
    return rule.age_min is not None or rule.count_from_65 or bool(rule.senior_percent) or not rule.in_service


def _build_table(
    rule: AwardRule, title: str, content: tuple[Sequence[Column], Sequence[TableRow]], words: AwardDocumentWords
) -> Table:
    """A table of candidates: columns and rows."""
    is_of_people = _is_of_people(rule)
    empty, people = () if content[1] else (words.nobody,), (words.from_people,) if is_of_people else ()
    return Table("candidates", title, *content, (*empty, words.layout_unknown, *people), is_of_people)


def _build_list(
    source: DocumentSource,
    kind: DocumentType,
    at: date,
    conditions: tuple[Catalogue, AwardRule],
    table: Table,
    facts: Sequence[tuple[str, str]],
) -> Document:
    """A list of candidates, with the digest of the conditions that it rests on."""
    words, digest, rule = find_award_document_words(), compute_rule_digest(*conditions), conditions[1]
    return Document(
        *(kind.name, kind.title, source.unit_name, (at, at), source.log, [table]),
        facts=[*facts, (words.conditions, digest)],
        remarks=[rule.remark] if rule.remark else [],
        signatures=(words.made_by, words.supervisor, words.head),
        is_landscape=True,
        sources={CATALOGUE: digest},
    )


def _build_row(result: AwardResult) -> dict[str, UUID | date | int | None]:
    return {
        VOLUNTEER: result.volunteer,
        "seniority_from": result.seniority_from,
        "minutes": result.minutes,
        "met_on": result.met_on,
    }


# --- Certificates ---


def build_certificate(source: DocumentSource, arguments: Arguments) -> Document:
    """What stands on a certificate of a period, with full dates (R-084)."""
    first, last, volunteer = _get_day(arguments, "from"), _get_day(arguments, "to"), arguments["volunteer"]
    if last < first:
        raise BadArgument(TO, DocumentText.REVERSED, first=first)
    assert isinstance(volunteer, UUID)  # noqa: S101 - the argument is a volunteer
    words, sheet = find_award_document_words(), build_certificate_sheet(source.views, volunteer, first, last)
    return Document(
        *(PERFORMANCE_CERTIFICATE.name, words.certificate, source.unit_name, (first, last), source.log),
        build_certificate_tables(sheet, _get_day(arguments, "applied_on"), words),
        signatures=(words.made_by, words.supervisor, words.head),
    )


def build_certificate_tables(sheet: CertificateSheet, applied_on: date, words: AwardDocumentWords) -> list[Table]:
    """The data, and the months in which the record book differs (R-032, R-084)."""
    columns = (*_list_person_columns(words), *_list_columns(words, _CERTIFICATE))
    row: TableRow = {
        VOLUNTEER: sheet.volunteer,
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
        tables.append(Table("differences", words.differences, _list_columns(words, _COMPARED), differences))
    return tables


_CERTIFICATE: Mapping[str, ColumnKind] = {
    "first_day": "date",
    "last_day": "date",
    "minutes": "minutes",
    "attested_minutes": "minutes",
    "applied_on": "date",
    "due_on": "date",
}
_COMPARED: Mapping[str, ColumnKind] = {"month": "month", "entered": "minutes", "credited": "minutes"}


def _list_columns(words: AwardDocumentWords, kinds: Mapping[str, ColumnKind]) -> list[Column]:
    return [Column(name, getattr(words, name), kind) for name, kind in kinds.items()]


def _list_person_columns(words: AwardDocumentWords) -> list[Column]:
    return [Column("number", words.number, "person", "number"), Column("name", words.name, "person", "name")]


def _get_day(arguments: Arguments, name: str) -> date:
    day = arguments[name]
    assert isinstance(day, date)  # noqa: S101 - the argument is a date
    return day


def _list_labels(name: str) -> Texts:
    return {language: getattr(words, name) for language, words in AWARD_DOCUMENTS.items()}


AT = Argument("at", "date", _list_labels("at"))
AWARD = Argument("award", "award", _list_labels("award"))
TO = Argument("to", "date", _list_labels("last_day"))
AWARD_LIST = DocumentType("award_list", _list_labels("award_list"), "occasion", build_award_list, [AWARD, AT])
HONOR_CARD_LIST = DocumentType("honor_card_list", _list_labels("card_list"), "occasion", build_honor_card_list, [AT])
PERFORMANCE_CERTIFICATE = DocumentType(
    "performance_certificate",
    _list_labels("certificate"),
    "person",
    build_certificate,
    [
        Argument("volunteer", "volunteer", _list_labels("number")),
        Argument("from", "date", _list_labels("first_day")),
        TO,
        Argument("applied_on", "date", _list_labels("applied_on")),
    ],
)
