"""The words of the pages of assessments, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from kiosk.words.documents.assessment import ASSESSMENT as PAPER
from kiosk.words.sentence import CountedText


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentPageWords:
    """The words of one language."""

    title: str
    due: str
    """With {count} and {day}."""
    all_assessed: str
    hint: str
    volunteer: str
    served: str
    duration: str
    """With {duties}, {hours} and {minutes}."""
    meetings: str
    trainings: str
    of: str
    """With {attended} and {held}."""
    none_held: str
    missed: str
    counts: str
    """With {absent}, {leave} and {late}."""
    score: str
    result: str
    grades: Mapping[str, str]
    uses: Mapping[str, str]
    record: str
    recorded: str
    """With {count}."""
    nothing_new: str
    bad_score: str
    changed_meanwhile: str
    """With {score}."""
    rule: str
    """With {limit}."""
    decides: str
    documents: Mapping[str, str]
    page: str
    """With {page} and {pages}."""
    previous: str
    following: str
    nobody: str


ASSESSMENT: Mapping[Literal["zh-TW", "en"], AssessmentPageWords] = {
    "zh-TW": AssessmentPageWords(
        title="考核",
        due="還有 {count} 位志工沒有分數，{day} 前要完成。",
        all_assessed="每位志工都考核過了。",
        hint="出勤數字由系統帶入；服務態度、服務績效由您評定後填分數。可以只填一部分，改分數就再填一次。",
        volunteer="志工",
        served="服務",
        duration="{duties} 次，{hours} 小時 {minutes} 分",
        meetings="團集會",
        trainings="訓練",
        of="{attended}／{held}",
        none_held="未舉辦",
        missed="出勤",
        counts="無故缺席 {absent}，請假 {leave}，遲到 {late}",
        score="分數（0 到 100）",
        result="等第與建議",
        grades=PAPER["zh-TW"].grades,
        uses=PAPER["zh-TW"].uses,
        record="登錄分數",
        recorded="已登錄 {count} 位志工的分數。",
        nothing_new="沒有新的分數。",
        bad_score="請填 0 到 100 的數字",
        changed_meanwhile="剛剛有別人登錄：{score}。請確認後再填。",
        rule=PAPER["zh-TW"].rule,
        decides=PAPER["zh-TW"].decides,
        documents={"assessment_form": "考核表", "assessment_ranking": "考核名次表"},
        page="第 {page} 頁，共 {pages} 頁",
        previous="上一頁",
        following="下一頁",
        nobody="這段期間沒有志工。",
    ),
    "en": AssessmentPageWords(
        title="Assessment",
        due=CountedText("{count} {count:volunteer has|volunteers have} no score yet; it is due on {day}."),
        all_assessed="Everybody is assessed.",
        hint="Attendance is filled in; attitude and quality are yours to judge. Some scores are enough for now, and a "
        "score that is typed again replaces the earlier one.",
        volunteer="Volunteer",
        served="Served",
        duration=CountedText("{duties} {duties:duty|duties}, {hours} h {minutes} min"),
        meetings="Meetings",
        trainings="Trainings",
        of="{attended} of {held}",
        none_held="none held",
        missed="Attendance",
        counts="unexcused {absent}, leave {leave}, late {late}",
        score="Score (0 to 100)",
        result="Grade and proposal",
        grades=PAPER["en"].grades,
        uses=PAPER["en"].uses,
        record="Record the scores",
        recorded=CountedText("The {count:score|scores} of {count} {count:volunteer is|volunteers are} recorded."),
        nothing_new="There was no new score.",
        bad_score="a number from 0 to 100",
        changed_meanwhile="Meanwhile another person recorded {score}. Check it, then fill it in again.",
        rule=PAPER["en"].rule,
        decides=PAPER["en"].decides,
        documents={"assessment_form": "Assessment form", "assessment_ranking": "Assessments by score"},
        page="Page {page} of {pages}",
        previous="Previous",
        following="Next",
        nobody="Nobody served in this period.",
    ),
}
