"""The words of events about assessments, in both languages; those of all events compose them."""

from collections.abc import Mapping

from kiosk.words.language import StaffLanguage
from kiosk.words.subject_texts import SubjectTexts

ASSESSMENT_EVENTS: Mapping[StaffLanguage, SubjectTexts] = {
    "zh-TW": SubjectTexts(
        meanings={
            "volunteer.assessed": "考核。",
            "assessments.created": "開始一位志工的考核紀錄。",
            "assessments.recorded": "登錄一位志工的考核分數。",
        },
        streams={"assessments": "一位志工的考核"},
        fields={"period_end": "考核期間至", "score": "分數"},
        commands={"record_assessment": "登錄考核"},
        acts={"volunteer.assessed": "登錄考核", "assessments.recorded": "登錄考核"},
    ),
    "en": SubjectTexts(
        meanings={
            "volunteer.assessed": "A volunteer was assessed.",
            "assessments.created": "The record of a volunteer's assessments began.",
            "assessments.recorded": "A volunteer was assessed.",
        },
        streams={"assessments": "assessments of a volunteer"},
        fields={"period_end": "period until", "score": "score"},
    ),
}
