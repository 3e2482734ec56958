"""The words of events about meetings and training sessions in English."""

MEANINGS = {
    "volunteer.training-attended": "A volunteer attended a session of a training.",
    "unit-session.scheduled": "A meeting or a training session was scheduled.",
    "unit-session.cancelled": "A meeting or a training session was called off.",
    "unit-session.attendance-added": "A volunteer was at a session without a card.",
    "unit-session.attendance-retracted": "That a volunteer was at a session was taken back.",
}
STREAMS = {"unit-session": "a meeting or a training session"}
FIELDS = {
    "session": "session",
    "title": "title",
    "training": "training",
    "modules": "modules",
    "is_sum": "sum of sessions",
}
CODES = {
    "meeting": "volunteers' meeting",
    "liaison_meeting": "liaison meeting",
    "officer_meeting": "officers' meeting",
    "training": "training session",
}
