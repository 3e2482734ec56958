"""A record book is one for life; its number is nobody else's (R-009 to R-012)."""

from datetime import date

import pytest

from domain.act import Act
from domain.model.book_status import BookEntry, find_book_status
from domain.model.record_book import (
    BookAppliedAlready,
    BookNumber,
    BookRegisteredAlready,
    NoBook,
    RecordBook,
)
from domain.model.retraction import AlreadyRetracted
from tests.support.given_when_then import given
from tests.support.people import ANN, BEN, NOTE, act

NOW = act("2026-09-16 10:00")
DAY = date(2026, 9, 16)


def book() -> RecordBook:
    return RecordBook.of(ANN)


def register(book: RecordBook, number: str | None = "digest", at: Act = NOW) -> None:
    book.register(ANN, number, (None, DAY, None), NOTE, at)


def test_a_book_of_another_unit_is_registered_and_not_issued_again() -> None:
    """R-009 Ex."""
    issued = (date(2021, 3, 2), date(2021, 3, 2), "臺中市政府")
    given(book()).when(lambda book: book.register(ANN, "digest", issued, NOTE, NOW)).then(
        RecordBook.Registered, volunteer_id=ANN, book="digest", issued_on="2021-03-02", on="2021-03-02", note=NOTE.id
    )
    given(book(), register).when(register).then_refused(BookRegisteredAlready(ANN))
    given(book(), register).when(lambda book: book.apply_for(ANN, DAY, NOW)).then_refused(BookRegisteredAlready(ANN))


def test_a_number_that_was_not_known_is_completed_once() -> None:
    given(book(), lambda book: register(book, None)).when(register).then(RecordBook.Registered, book="digest")
    unknown = given(book(), lambda book: register(book, None))
    unknown.when(lambda book: register(book, None)).then_refused(BookRegisteredAlready(ANN))


def test_another_book_replaces_only_one_that_there_is() -> None:
    """R-010."""
    given(book()).when(lambda book: book.reissue(ANN, "new", DAY, "lost", NOTE, NOW)).then_refused(NoBook(ANN))
    given(book(), register).when(lambda book: book.reissue(ANN, "new", DAY, "lost", NOTE, NOW)).then(
        RecordBook.Reissued, book="new", why="lost", on="2026-09-16"
    )


def test_a_book_is_applied_for_once() -> None:
    """R-011."""

    def apply_for(book: RecordBook) -> None:
        book.apply_for(ANN, DAY, NOW)

    given(book()).when(apply_for).then(RecordBook.Applied, on="2026-09-16")
    given(book(), apply_for).when(apply_for).then_refused(BookAppliedAlready(ANN))
    given(book(), apply_for).when(register).then(RecordBook.Registered, book="digest")


def test_a_person_states_who_keeps_the_book() -> None:
    """R-012 Ex."""

    def state(book: RecordBook) -> None:
        book.state_custody(ANN, date(2026, 11, 19), None, NOW, is_with_volunteer=True)

    given(book(), register).when(state).then(RecordBook.CustodyStated, on="2026-11-19", is_with_volunteer=True)
    given(book()).when(state).then_refused(NoBook(ANN))


def test_an_entry_that_was_wrong_is_taken_back_once() -> None:
    ledger = book()
    register(ledger)
    (first,) = ledger.collect_events()
    assert isinstance(first, RecordBook.Registered)
    ledger.retract(7, first, NOTE, NOW)
    assert ledger.status == "none"
    register(ledger)
    with pytest.raises(AlreadyRetracted):
        ledger.retract(7, first, NOTE, NOW)


def test_a_book_is_on_file_from_its_day() -> None:
    entries = [BookEntry("applied", 9, is_numbered=False), BookEntry("registered", 10, is_numbered=True)]
    assert [find_book_status(entries, day) for day in (8, 9, 10)] == ["none", "applied", "held"]


def test_the_number_of_the_last_book_decides() -> None:
    entries = [BookEntry("registered", 9, is_numbered=True), BookEntry("reissued", 10, is_numbered=False)]
    assert [find_book_status(entries, day) for day in (9, 10)] == ["held", "number_unknown"]


def test_a_number_is_taken_once_and_can_be_given_back() -> None:
    def take(number: BookNumber) -> None:
        number.take(ANN, NOW)

    given(BookNumber.of("digest")).when(take).then(BookNumber.Taken, volunteer_id=ANN)
    given(BookNumber.of("digest"), take).when(take).then_nothing()
    given(BookNumber.of("digest"), take).when(lambda number: number.free(BEN, NOW)).then_nothing()
    given(BookNumber.of("digest"), take).when(lambda number: number.free(ANN, NOW)).then(
        BookNumber.Freed, volunteer_id=ANN
    )
