"""The words of events about meetings and training sessions, in Chinese as written in Taiwan."""

MEANINGS = {
    "volunteer.training-attended": "參加一場訓練。",
    "unit-session.scheduled": "新增會議或訓練。",
    "unit-session.cancelled": "取消會議或訓練。",
    "unit-session.attendance-added": "補登一位志工出席。",
    "unit-session.attendance-retracted": "撤回一位志工的補登出席。",
}
STREAMS = {"unit-session": "會議或訓練"}
FIELDS = {
    "session": "場次",
    "title": "名稱",
    "training": "訓練",
    "modules": "課程單元",
    "is_sum": "各場次合計",
}
CODES = {
    "meeting": "志工會議",
    "liaison_meeting": "聯繫會議",
    "officer_meeting": "幹部會議",
    "training": "訓練",
}
COMMANDS = {
    "schedule_session": "新增會議或訓練",
    "cancel_session": "取消會議或訓練",
    "add_session_attendance": "補登出席",
    "complete_session_training": "登錄訓練場次",
}
ACTS = {
    "unit-session.scheduled": "新增會議或訓練",
    "unit-session.cancelled": "取消會議或訓練",
    "unit-session.attendance-added": "補登出席",
    "unit-session.attendance-retracted": "撤回補登出席",
}
"""By the stored name of an event that has an author."""
