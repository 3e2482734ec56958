"""The sentences of an explained day: one for each reason, in each language of the staff."""

from typing import get_args

import pytest

from kiosk.words import explained_en, explained_zh_tw
from kiosk.words.explained_words import ExplainedWords
from projections.evaluation.reasons import Reason


@pytest.mark.parametrize("words", [explained_en.WORDS, explained_zh_tw.WORDS])
def test_every_reason_has_a_sentence_of_its_own(words: ExplainedWords) -> None:
    assert set(words.reasons) == set(get_args(Reason))
    assert len(set(words.reasons.values())) == len(words.reasons)
