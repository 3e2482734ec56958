"""The words of events about meetings and training sessions, in both languages; those of all events compose them."""

from collections.abc import Mapping

from kiosk.words.language import StaffLanguage
from kiosk.words.subject_texts import SubjectTexts

SESSION_EVENTS: Mapping[StaffLanguage, SubjectTexts] = {
    "zh-TW": SubjectTexts(
        meanings={
            "volunteer.training-attended": "參加一場訓練。",
            "volunteer.training-retracted": "撤回一場訓練的登錄，訓練時數重新加總。",
            "unit-session.scheduled": "新增會議或訓練。",
            "unit-session.cancelled": "取消會議或訓練。",
            "unit-session.attendance-added": "補登一位志工出席。",
            "unit-session.attendance-retracted": "撤回一位志工的補登出席。",
        },
        streams={"unit-session": "會議或訓練"},
        fields={
            "session": "場次",
            "title": "名稱",
            "training": "訓練",
            "modules": "課程單元",
            "is_sum": "各場次合計",
        },
        codes={
            "meeting": "志工會議",
            "liaison_meeting": "聯繫會議",
            "officer_meeting": "幹部會議",
            "training": "訓練",
        },
        commands={
            "schedule_session": "新增會議或訓練",
            "cancel_session": "取消會議或訓練",
            "add_session_attendance": "補登出席",
            "complete_session_training": "登錄訓練場次",
        },
        acts={
            "unit-session.scheduled": "新增會議或訓練",
            "unit-session.cancelled": "取消會議或訓練",
            "unit-session.attendance-added": "補登出席",
            "unit-session.attendance-retracted": "撤回補登出席",
        },
    ),
    "en": SubjectTexts(
        meanings={
            "volunteer.training-attended": "A volunteer attended a session of a training.",
            "volunteer.training-retracted": "A training was taken back; what is left of it was added up anew.",
            "unit-session.scheduled": "A meeting or a training session was scheduled.",
            "unit-session.cancelled": "A meeting or a training session was called off.",
            "unit-session.attendance-added": "A volunteer was at a session without a card.",
            "unit-session.attendance-retracted": "That a volunteer was at a session was taken back.",
        },
        streams={"unit-session": "a meeting or a training session"},
        fields={
            "session": "session",
            "title": "title",
            "training": "training",
            "modules": "modules",
            "is_sum": "sum of sessions",
        },
        codes={
            "meeting": "volunteers' meeting",
            "liaison_meeting": "liaison meeting",
            "officer_meeting": "officers' meeting",
            "training": "training session",
        },
    ),
}
