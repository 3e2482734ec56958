"""What would change, as it is said: a duty with its outcome, and its minutes late and early, before and after."""

import pytest

from kiosk.effects import Effect, EffectFormatter
from kiosk.words import staff_en, staff_zh_tw
from kiosk.words.staff_words import RosterWords
from projections.read_models.effects import DutyChange, VolunteerEffect
from tests.support.people import ANN

SHORT_GRACE = DutyChange("S1", 1, "attended", "attended", late=(0, 8), early=(5, 0))
NEW = DutyChange("S1", 1, None, "attended", late=(0, 8))


@pytest.mark.parametrize(
    ("words", "change", "line"),
    [
        (staff_zh_tw.ROSTER, SHORT_GRACE, "S1（0001-01-01）：出勤、早退 5 分鐘 -> 出勤、遲到 8 分鐘"),
        (staff_en.ROSTER, SHORT_GRACE, "S1 (0001-01-01): attended, left 5 min early -> attended, 8 min late"),
        (staff_zh_tw.ROSTER, NEW, "S1（0001-01-01）：沒有排班 -> 出勤、遲到 8 分鐘"),
        (staff_en.ROSTER, NEW, "S1 (0001-01-01): no duty -> attended, 8 min late"),
    ],
)
def test_minutes_late_and_early_stand_with_their_outcome(words: RosterWords, change: DutyChange, line: str) -> None:
    effect = Effect(ANN, "V001", VolunteerEffect(ANN, duties=(change,)))
    assert not effect.is_nothing
    assert list(EffectFormatter(words).list_lines(effect, with_minutes=False)) == [line]


@pytest.mark.parametrize("words", [staff_zh_tw.ROSTER, staff_en.ROSTER])
def test_where_nobody_would_notice_anything_that_is_said(words: RosterWords) -> None:
    lines = list(EffectFormatter(words).list_lines(Effect(ANN, "V001", VolunteerEffect(ANN, 60, 60))))
    assert lines[1:] == [words.corrections.no_change]
