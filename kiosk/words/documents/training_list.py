"""The words of the list of trainings: who lacks one, who is open for the next, what was attended; in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.words.language import StaffLanguage, find_language


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingListWords:
    """The words of one language."""

    title: str
    day: str
    untrained: str
    untrained_remark: str
    courses: Mapping[str, str]
    """The tables of those who are open for a course."""
    course_remarks: Mapping[str, str]
    counts: str
    number: str
    name: str
    enrolled_on: str
    days: str
    lost_minutes: str
    role: str
    roles: Mapping[str, str]
    trained_on: str
    eligible_from: str
    attended: str
    training: str
    persons: str
    person_times: str
    without_hours: str
    coordinator: str


TRAINING_LIST: Mapping[StaffLanguage, TrainingListWords] = {
    "zh-TW": TrainingListWords(
        title="志工訓練清冊",
        day="日期",
        untrained="尚未完成基礎訓練",
        untrained_remark="請通知參加基礎訓練，並登錄結業證明。完成訓練以前的時數不能採計，也不能追溯。",
        courses={"growth": "可推薦參加成長訓練", "leadership": "可推薦參加領導訓練"},
        course_remarks={
            "growth": "服務滿一年並完成基礎及特殊訓練，由單位推薦；共 18 小時。"
            "在其他單位的年資不在本系統，請另行認定。",
            "leadership": "服務滿三年並完成成長訓練，由單位推薦，以志工幹部為主；共 18 小時。"
            "在其他單位的年資不在本系統，請另行認定。",
        },
        counts="今年各項訓練參訓情形",
        number="編號",
        name="姓名",
        enrolled_on="開始服務日",
        days="已過天數",
        lost_minutes="不能採計的時數",
        role="幹部",
        roles={"leader": "隊長", "deputy": "副隊長", "": ""},
        trained_on="訓練完成日",
        eligible_from="可參加日",
        attended="已上時數",
        training="訓練",
        persons="人數",
        person_times="人次",
        without_hours="沒有登錄時數的人次",
        coordinator="承辦人",
    ),
    "en": TrainingListWords(
        title="List of trainings",
        day="Day",
        untrained="Basic training not complete",
        untrained_remark="Ask them to attend it, and enter the certificate. Hours before it are never counted.",
        courses={"growth": "Open for growth training", "leadership": "Open for leadership training"},
        course_remarks={
            "growth": "A year of service, basic and special training, recommended by the unit; 18 hours. Service at "
            "other units is not on file here: a person attests it.",
            "leadership": "Three years of service and growth training, recommended by the unit, for officers in the "
            "first place; 18 hours. Service at other units is not on file here: a person attests it.",
        },
        counts="Trainings attended this year",
        number="Number",
        name="Name",
        enrolled_on="Serves since",
        days="Days since",
        lost_minutes="Hours not counted",
        role="Officer",
        roles={"leader": "leader", "deputy": "deputy", "": ""},
        trained_on="Trained on",
        eligible_from="Open from",
        attended="Hours attended",
        training="Training",
        persons="Persons",
        person_times="Person-times",
        without_hours="Person-times without hours on record",
        coordinator="Coordinator",
    ),
}


def find_training_list_words() -> TrainingListWords:
    """The words in the language of the one that reads them."""
    return TRAINING_LIST[find_language()]
