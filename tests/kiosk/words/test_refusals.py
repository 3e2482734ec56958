"""Every refusal has a sentence, with numbers instead of ids and local times."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from string import Formatter
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

import domain.source_errors  # noqa: F401 - its refusals count too
import kiosk.errors  # noqa: F401 - same
from domain.errors import AlreadySuspended, DomainError, ShiftStarted, UnknownParameter, VisitsOverlap
from domain.field_error import list_fields
from kiosk.words import refusals_zh_tw
from kiosk.words.language import StaffLanguage, use_language
from kiosk.words.refusals import SENTENCES, format_refusal

ANN = uuid4()
TAIPEI = ZoneInfo("Asia/Taipei")
ONE = datetime(2026, 11, 19, 1, tzinfo=UTC)


def refusals(kind: type[DomainError] = DomainError) -> Iterator[type[DomainError]]:
    for found in kind.__subclasses__():
        if found.__module__.startswith(("domain", "kiosk")):
            yield found
            yield from refusals(found)


def format_sentence(refusal: DomainError) -> str:
    return format_refusal(refusal, {ANN: "V001"}.get, TAIPEI)


EXAMPLES = {
    UUID: ANN,
    datetime: ONE,
    date: date(2026, 11, 19),
    str: "S1",
    int: 7,
    str | None: None,
    Sequence[str]: ["basic", "special 戶政"],
}


@pytest.mark.parametrize(("language", "colon"), [("en", ": "), ("zh-TW", "：")])
@pytest.mark.parametrize("kind", sorted(set(refusals()), key=str))
def test_every_refusal_has_a_sentence_that_says_what_to_do(
    kind: type[DomainError], language: StaffLanguage, colon: str
) -> None:
    refusal = kind(*(EXAMPLES[of] for of in list_fields(kind).values()))
    with use_language(language):
        sentence = format_sentence(refusal)
    assert colon in sentence
    assert str(ANN) not in sentence


def test_no_sentence_is_left_over() -> None:
    assert set(SENTENCES) == {kind.__name__ for kind in refusals()}


def test_times_are_local_and_volunteers_are_numbers() -> None:
    overlap = VisitsOverlap(ANN, ONE, ONE.replace(second=5))
    assert format_sentence(overlap) == (
        "a visit of volunteer V001 from 2026-11-19 09:00 would overlap the one from 2026-11-19 09:00:05: "
        "correct the times, or void that one first"
    )


def test_a_date_stays_a_date_and_an_instant_gets_a_time() -> None:
    assert "on 2026-11-19 already" in format_sentence(AlreadySuspended(ANN, date(2026, 11, 19)))
    assert "started at 2026-11-19 09:00:" in format_sentence(ShiftStarted("S1", ONE))


def test_somebody_who_was_erased_has_no_number_and_no_id() -> None:
    gone = format_sentence(AlreadySuspended(uuid4(), date(2026, 11, 19)))
    assert gone.startswith("volunteer without a number is suspended")


@pytest.mark.parametrize(
    ("nearest", "english", "chinese"),
    [
        ("grace_minutes_in", "(the nearest: grace_minutes_in)", "（最接近的是 grace_minutes_in）"),
        (None, "(none has a name like it)", "（沒有名稱相近的參數）"),
    ],
)
def test_an_unknown_parameter_names_the_nearest_if_there_is_one(
    nearest: str | None, english: str, chinese: str
) -> None:
    unknown = UnknownParameter("grace", nearest)
    assert format_sentence(unknown).endswith(english)
    with use_language("zh-TW"):
        assert format_sentence(unknown).endswith(chinese)


def placeholders_of(sentence: str) -> set[str | None]:
    return {part[1] for part in Formatter().parse(sentence)} - {None}


def test_refusals_in_chinese_speak_of_the_same_as_in_english() -> None:
    assert {name: placeholders_of(text) for name, text in refusals_zh_tw.SENTENCES.items()} == {
        name: placeholders_of(text) for name, text in SENTENCES.items()
    }
