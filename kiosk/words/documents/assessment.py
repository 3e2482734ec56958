"""The words of the documents about assessments, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.words.language import StaffLanguage, find_language
from kiosk.words.sentence import CountedText


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentWords:
    """The words of one language."""

    day: str
    sheet: str
    ranking: str
    own: str
    number: str
    name: str
    duties: str
    minutes: str
    weeks_met: str
    weeks: str
    meetings_held: str
    meetings: str
    trainings_held: str
    trainings: str
    absent: str
    leave: str
    late: str
    attitude: str
    quality: str
    score: str
    grade: str
    grades: Mapping[str, str]
    proposal: str
    uses: Mapping[str, str]
    rank: str
    due: str
    """With {count}."""
    attested: str
    rule: str
    """With {limit}: the score from which it is passed."""
    decides: str
    separator: str
    assessor: str
    head: str
    volunteer: str


ASSESSMENT: Mapping[StaffLanguage, AssessmentWords] = {
    "zh-TW": AssessmentWords(
        day="期間內的一天",
        sheet="志工考核表",
        ranking="考核名次表",
        own="個人考核資料",
        number="編號",
        name="姓名",
        duties="服務次數",
        minutes="服務時數",
        weeks_met="達每週時數",
        weeks="計算週數",
        meetings_held="團集會",
        meetings="出席團集會",
        trainings_held="訓練",
        trainings="參加訓練",
        absent="無故缺席",
        leave="請假",
        late="遲到",
        attitude="服務態度",
        quality="服務績效",
        score="分數",
        grade="等第",
        grades={"excellent": "優", "good": "甲", "fair": "乙", "pass": "丙", "fail": "丁"},
        proposal="建議",
        uses={
            "renew": "續聘",
            "reward": "獎勵",
            "counsel": "輔導",
            "warn": "提醒（半年考核）",
            "exit_case": "提出退場審查",
        },
        rank="名次",
        due="還有 {count} 位志工沒有考核。",
        attested="服務態度與服務績效由考核人評定，系統只提供出勤數字。",
        rule="90 分以上優，80 以上未滿 90 甲，70 以上未滿 80 乙，60 以上未滿 70 丙，未滿 60 丁；{limit:g} 分以上合格。"
        "分數不先四捨五入。",
        decides="建議只是提醒，由單位決定。",
        separator="、",
        assessor="考核人",
        head="單位主管",
        volunteer="志工",
    ),
    "en": AssessmentWords(
        day="A day of the period",
        sheet="Assessment form",
        ranking="Assessments by score",
        own="Own figures of the assessment",
        number="Number",
        name="Name",
        duties="Duties",
        minutes="Hours",
        weeks_met="Weeks with the weekly hours",
        weeks="of weeks",
        meetings_held="Meetings",
        meetings="Meetings attended",
        trainings_held="Trainings",
        trainings="Trainings attended",
        absent="Unexcused",
        leave="Leave",
        late="Late",
        attitude="Attitude",
        quality="Quality",
        score="Score",
        grade="Grade",
        grades={"excellent": "excellent", "good": "good", "fair": "fair", "pass": "passed", "fail": "failed"},
        proposal="Proposal",
        uses={
            "renew": "renew",
            "reward": "reward",
            "counsel": "counsel",
            "warn": "warn (half-year)",
            "exit_case": "raise a case",
        },
        rank="Rank",
        due=CountedText("{count} {count:volunteer is|volunteers are} not assessed yet."),
        attested="Attitude and quality are for the assessor to judge; the system knows attendance alone.",
        rule="Excellent from 90, good from 80, fair from 70, passed from 60, below that failed; {limit:g} and more is "
        "a pass. Scores are not rounded before.",
        decides="A proposal is a reminder: the unit decides.",
        separator=", ",
        assessor="Assessor",
        head="Head of the unit",
        volunteer="Volunteer",
    ),
}


def find_assessment_words() -> AssessmentWords:
    """The words in the language of the one that reads them."""
    return ASSESSMENT[find_language()]
