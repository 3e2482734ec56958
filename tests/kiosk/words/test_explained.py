"""The sentences of an explained day: one for each reason, in each language of the staff."""

from typing import get_args

import pytest

from kiosk.words import staff_en, staff_zh_tw
from kiosk.words.statement_words import ExplainedWords
from projections.evaluation.reasons import Reason


@pytest.mark.parametrize("words", [staff_en.EXPLAINED, staff_zh_tw.EXPLAINED])
def test_every_reason_has_a_sentence_of_its_own(words: ExplainedWords) -> None:
    assert set(words.reasons) == set(get_args(Reason))
    assert len(set(words.reasons.values())) == len(words.reasons)
