"""The sentences about the log and the views: one for each class of error and each kind of fault."""

from inspect import signature
from string import Formatter
from typing import get_args

import pytest

from domain.field_error import list_fields
from domain.log import errors, server_errors
from domain.log.chain_walk import FaultKind
from domain.log.errors import LogError, LogNotWhole
from kiosk.words.log_errors import FAULTS, SENTENCES, LogErrorSentence, LogFaultSentence
from projections.engine.damage import ViewsDamaged

CLASSES: list[type[Exception]] = [
    value
    for module in (errors, server_errors)
    for value in vars(module).values()
    if isinstance(value, type) and issubclass(value, LogError) and value.__module__ == module.__name__
]
for base in (LogError, LogNotWhole):
    CLASSES.remove(base)  # what is raised is of a class below it
CLASSES.append(ViewsDamaged)


@pytest.mark.parametrize("error", CLASSES, ids=lambda error: error.__name__)
def test_every_class_of_error_has_a_sentence_that_names_only_its_fields(error: type[Exception]) -> None:
    sentence = SENTENCES[error.__name__.casefold()]
    fields = {name for _, name, _, _ in Formatter().parse(sentence) if name}
    assert fields <= {*list_fields(error), *signature(error).parameters}


def test_every_sentence_is_of_a_class() -> None:
    worded = {SENTENCES[error.__name__.casefold()] for error in CLASSES}
    with_more_fields = {
        LogErrorSentence.UNKNOWN_NAME_IN_LOG,
        LogErrorSentence.LOG_BUSY_BY,
        LogErrorSentence.LOG_BUSY_STOPPED,
        LogErrorSentence.LOG_BUSY_ELSEWHERE,
        LogErrorSentence.NEWER_TABLES,
    }
    assert set(LogErrorSentence) - worded == with_more_fields


def test_every_kind_of_fault_has_its_clause() -> None:
    assert set(FAULTS) == set(get_args(FaultKind))
    assert set(FAULTS.values()) == set(LogFaultSentence)
