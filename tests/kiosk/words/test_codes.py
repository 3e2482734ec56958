"""Every code that a table or a report shows has a Chinese word."""

from dataclasses import fields
from inspect import get_annotations
from typing import get_args

import pytest

from domain.log.lenient import UndecodableReason
from domain.log.registered_names import REGISTERED_NAMES
from domain.model.standing import Standing
from kiosk.cli.reconcile import COLUMNS as RECONCILED_COLUMNS
from kiosk.readers.diagnostics import PortRow
from kiosk.statements.columns import COLUMNS
from kiosk.statements.difference import READ_MODELS
from kiosk.status.hub import AT_A_KIOSK
from kiosk.status.run import CHECKS
from kiosk.words import codes_zh_tw
from kiosk.words.codes import find_word
from kiosk.words.language import use_language
from kiosk.words.staff_zh_tw import ROSTER
from kiosk.words.statements_zh_tw import EXPLAINED
from projections.read_models.pending_work import KINDS


def test_every_column_has_a_heading() -> None:
    shown = {column for columns in COLUMNS.values() for column in columns} | {*RECONCILED_COLUMNS}
    shown |= {"month", "category", "minutes", "duties", "week", "hours"} | {field.name for field in fields(PortRow)}
    assert shown - set(codes_zh_tw.COLUMNS) == set()


def test_every_outcome_reason_and_kind_has_a_word() -> None:
    codes = {*EXPLAINED.outcomes, *EXPLAINED.reasons, *EXPLAINED.statuses, *get_args(Standing), *KINDS}
    assert codes - set(codes_zh_tw.VALUES) == set()


def test_every_reason_why_an_event_cannot_be_read_has_a_word() -> None:
    assert set(get_args(UndecodableReason)) - set(codes_zh_tw.VALUES) == set()


def test_words_of_what_waits_for_a_person_are_those_of_the_roster() -> None:
    """But for a word that is an outcome or a reason of its own."""
    for kind in {*KINDS} - {*EXPLAINED.outcomes, *EXPLAINED.reasons}:
        assert codes_zh_tw.VALUES[kind] == ROSTER.pending_kinds[kind]


def test_words_of_tables_are_those_of_explanations() -> None:
    for code, word in {**EXPLAINED.outcomes, **EXPLAINED.statuses}.items():
        assert codes_zh_tw.VALUES[code] == word


def test_every_check_and_read_model_has_a_name() -> None:
    assert set(codes_zh_tw.CHECKS) == {*CHECKS, *AT_A_KIOSK}
    assert set(codes_zh_tw.VIEWS) == {read_model.name for read_model in READ_MODELS}


def is_authored(event: type) -> bool:
    return any("by" in get_annotations(kind) for kind in event.__mro__)


def test_every_event_that_somebody_is_the_author_of_has_a_name() -> None:
    authored = {name for name, event in REGISTERED_NAMES.load_all().items() if is_authored(event)}
    assert len(authored) > 20
    assert authored - set(codes_zh_tw.ACTS) == set()


@pytest.mark.parametrize(("code", "word"), [("attended", "出勤"), ("V001", "V001")])
def test_what_has_no_word_stays_as_it_is(code: str, word: str) -> None:
    assert find_word("value", code) == code
    with use_language("zh-TW"):
        assert find_word("value", code) == word
