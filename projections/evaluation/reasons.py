"""Why a minute counts or does not: one entry a reason, with its rule and its sentence in each language of the staff.

The only list of them. Where several apply to a minute, the first of this list is given.
"""

from typing import Literal, NamedTuple

Reason = Literal[
    "voided",
    "misuse",
    "no_check_out",
    "agreement_ended",
    "suspended",
    "unscheduled",
    "closed_hours",
    "before_training",
    "no_special_training",
]


class ReasonEntry(NamedTuple):
    """A reason's rule and its sentence."""

    rule: str
    sentence: str
    """In English."""
    chinese: str
    """As written in Taiwan."""


CATALOGUE: dict[Reason, ReasonEntry] = {
    "voided": ReasonEntry(
        "R-121", "The visit was voided at the desk; the record of it is kept.", "這次到場已由承辦人作廢，紀錄仍保留。"
    ),
    "misuse": ReasonEntry(
        "R-007",
        "The card was lent, used by somebody else or improperly: not counted.",
        "卡片轉借、冒用或不當使用，不予採計。",
    ),
    "no_check_out": ReasonEntry(
        "R-035",
        "No departure was recorded; nothing is credited until somebody closes the visit.",
        "沒有簽退紀錄，補登簽退之前不採計。",
    ),
    "agreement_ended": ReasonEntry("R-056", "The service agreement had ended.", "服務協議已期滿。"),
    "suspended": ReasonEntry("R-053", "The volunteer's service was suspended on that day.", "當天暫停值勤。"),
    "unscheduled": ReasonEntry("R-024", "Presence outside the roster does not count.", "不在排班時間內，不採計。"),
    "closed_hours": ReasonEntry("R-026", "The unit was closed.", "機關沒有開放。"),
    "before_training": ReasonEntry(
        "R-002", "Hours count only after basic training is complete.", "完成基礎訓練之後的時數才採計。"
    ),
    "no_special_training": ReasonEntry(
        "R-005",
        "Hours in this category count only after its special training.",
        "完成該類別特殊訓練之後的時數才採計。",
    ),
}

CREDIT_REASONS = {
    "shift": ReasonEntry("R-020", "Presence inside the volunteer's own shift.", "在本人的班內。"),
    "event": ReasonEntry("R-023", "Presence during the event.", "在活動時間內。"),
    "flexible": ReasonEntry(
        "R-026", "Presence of a flexible volunteer while the unit is open.", "彈性出勤志工，在開放時間內。"
    ),
}
"""Why a credited minute counts, by the kind of window it lies in."""
