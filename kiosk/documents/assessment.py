"""The documents of assessments: the form of a period, the list by score, and one's own figures (R-061 to R-064).

Rule: what attendance says is filled in; what only a person can judge is an empty box.
"""

from collections.abc import Sequence
from datetime import date

from domain.policy import Policy
from kiosk.documents.definition import VOLUNTEER, Column, Document, Table, TableRow, Value
from kiosk.documents.document_type import Argument, Arguments, DocumentType
from kiosk.documents.source import DocumentSource
from kiosk.words.documents.assessment import ASSESSMENT, AssessmentWords, find_assessment_words
from projections.read_models.assessments import (
    AssessmentPeriod,
    AssessmentSheet,
    Use,
    find_assessment_period,
    find_grade,
    list_assessment_sheets,
    list_due,
    propose_uses,
)

PROPOSALS: Sequence[Sequence[Use]] = (("renew",), ("renew", "reward"), ("renew", "counsel"), ("warn",), ("exit_case",))
"""Everything that can be proposed together."""


def build_assessment_form(source: DocumentSource, arguments: Arguments) -> Document:
    """Everybody's figures of the period in which `day` lies, with score, grade and what follows from it."""
    period, sheets, words = *_load_sheets(source, arguments), find_assessment_words()
    policy = _find_policy(source, period)
    rows: list[TableRow] = [
        {VOLUNTEER: sheet.volunteer, **_build_figures(sheet), **_build_result(sheet, policy)}
        for sheet in _sort_by_number(source, sheets)
    ]
    boxes = [Column("attitude", words.attitude, "check"), Column("quality", words.quality, "check")]
    columns = [*_list_person_columns(words), *_list_figure_columns(words), *boxes, *_list_result_columns(words)]
    remarks = [words.attested, words.rule.format(limit=policy.assessment_pass), words.decides]
    if due := len(list_due(sheets)):
        remarks.insert(0, words.due.format(count=due))
    return _build_document(source, period, ("assessment_form", words.sheet), columns, rows, remarks)


def build_assessment_ranking(source: DocumentSource, arguments: Arguments) -> Document:
    """Who was assessed, the best score first (R-093); equal scores share a rank."""
    period, sheets, words = *_load_sheets(source, arguments, with_weeks=False), find_assessment_words()
    policy = _find_policy(source, period)
    scored = sorted(_sort_by_number(source, sheets), key=lambda sheet: -(sheet.score or 0))
    scores = [sheet.score for sheet in scored if sheet.score is not None]
    rows: list[TableRow] = [
        {VOLUNTEER: sheet.volunteer, "rank": 1 + scores.index(sheet.score), **_build_result(sheet, policy)}
        for sheet in scored
        if sheet.score is not None
    ]
    columns = [Column("rank", words.rank, "count"), *_list_person_columns(words), *_list_result_columns(words)]
    return _build_document(source, period, ("assessment_ranking", words.ranking), columns, rows, [words.decides])


def build_own_assessment(source: DocumentSource, arguments: Arguments) -> Document:
    """One volunteer's figures and the rule of the score: no score, and nobody else's figures (R-064)."""
    period, sheets, words = *_load_sheets(source, arguments), find_assessment_words()
    rows: list[TableRow] = [
        {VOLUNTEER: sheet.volunteer, **_build_figures(sheet)}
        for sheet in sheets
        if sheet.volunteer == arguments[VOLUNTEER]
    ]
    columns = [*_list_person_columns(words), *_list_figure_columns(words)]
    remarks = [words.rule.format(limit=_find_policy(source, period).assessment_pass), words.attested]
    return _build_document(source, period, ("own_assessment", words.own), columns, rows, remarks, (words.volunteer,))


# --- Parts ---


def _load_sheets(
    source: DocumentSource, arguments: Arguments, *, with_weeks: bool = True
) -> tuple[AssessmentPeriod, list[AssessmentSheet]]:
    day = arguments["day"]
    assert isinstance(day, date)  # noqa: S101 - the argument is a date
    period = find_assessment_period(source.unit.policies, day)
    today = source.unit.days.of(source.log.as_of)
    return period, list_assessment_sheets(source.views, period, today, with_weeks=with_weeks)


def _find_policy(source: DocumentSource, period: AssessmentPeriod) -> Policy:
    return source.unit.policies.on(period.last.toordinal())


def _sort_by_number(source: DocumentSource, sheets: Sequence[AssessmentSheet]) -> list[AssessmentSheet]:
    numbers = source.people.load_numbers()
    return sorted(sheets, key=lambda sheet: (numbers.get(sheet.volunteer, "\U0010ffff"), sheet.volunteer))


def _build_figures(sheet: AssessmentSheet) -> dict[str, Value]:
    return {
        "duties": sheet.duties,
        "minutes": sheet.minutes,
        "weeks_met": sheet.weeks_met,
        "weeks": sheet.weeks,
        "meetings": sheet.meetings_attended,
        "meetings_held": sheet.meetings,
        "trainings": sheet.trainings_attended,
        "trainings_held": sheet.trainings,
        "absent": sheet.absent,
        "leave": sheet.leave,
        "late": sheet.late,
    }


def _build_result(sheet: AssessmentSheet, policy: Policy) -> dict[str, Value]:
    """Empty boxes on paper are for those who have no score yet."""
    if sheet.score is None:
        return {"score": None, "grade": None, "proposal": None}
    uses = propose_uses(sheet.score, policy)
    return {"score": sheet.score, "grade": find_grade(sheet.score), "proposal": _encode_uses(uses)}


def _encode_uses(uses: Sequence[Use]) -> str:
    return ",".join(uses)


def _list_proposal_words(words: AssessmentWords) -> dict[str, str]:
    return {_encode_uses(uses): words.separator.join(words.uses[use] for use in uses) for uses in PROPOSALS}


def _list_person_columns(words: AssessmentWords) -> list[Column]:
    return [Column("number", words.number, "person", "number"), Column("name", words.name, "person", "name")]


def _list_figure_columns(words: AssessmentWords) -> list[Column]:
    sessions = ("meetings", "meetings_held", "trainings", "trainings_held")
    names = ("duties", "minutes", "weeks_met", "weeks", *sessions, "absent", "leave", "late")
    return [Column(name, getattr(words, name), "minutes" if name == "minutes" else "count") for name in names]


def _list_result_columns(words: AssessmentWords) -> list[Column]:
    return [
        Column("score", words.score, "decimal"),
        Column("grade", words.grade, words=words.grades),
        Column("proposal", words.proposal, words=_list_proposal_words(words)),
    ]


def _build_document(
    source: DocumentSource,
    period: AssessmentPeriod,
    name: tuple[str, str],
    columns: Sequence[Column],
    rows: Sequence[TableRow],
    remarks: Sequence[str],
    signed: Sequence[str] | None = None,
) -> Document:
    words, table = find_assessment_words(), Table("assessments", name[1], columns, rows)
    signatures = (words.assessor, words.head) if signed is None else signed
    return Document(
        *name,
        source.unit_name,
        (period.first, period.last),
        source.log,
        [table],
        remarks=remarks,
        signatures=signatures,
        is_landscape=True,
    )


# --- Their kinds ---

DAY = Argument("day", "date", {language: words.day for language, words in ASSESSMENT.items()})
"""A day of the year or half-year that is meant."""
ASSESSMENT_FORM = DocumentType(
    "assessment_form",
    {language: words.sheet for language, words in ASSESSMENT.items()},
    "year",
    build_assessment_form,
    [DAY],
)
ASSESSMENT_RANKING = DocumentType(
    "assessment_ranking",
    {language: words.ranking for language, words in ASSESSMENT.items()},
    "half_year",
    build_assessment_ranking,
    [DAY],
)
OWN_ASSESSMENT = DocumentType(
    "own_assessment",
    {language: words.own for language, words in ASSESSMENT.items()},
    "person",
    build_own_assessment,
    [DAY, Argument("volunteer", "volunteer", {language: words.number for language, words in ASSESSMENT.items()})],
)
