"""The words of an explained day in the language of the one that reads it."""

from kiosk.words.language import find_language
from kiosk.words.sentence import load_chinese
from kiosk.words.statement_words import ExplainedWords
from kiosk.words.statements_en import EXPLAINED


def find_explained_words() -> ExplainedWords:
    """Those of the language."""
    return EXPLAINED if find_language() == "en" else load_chinese("kiosk.words.statements").EXPLAINED
