"""Given what happened, when a person asks for something, then this is recorded, or the rule that says no.

    given(shift(), lambda s: s.assign(ANN, MONDAY))
        .when(lambda s: s.request_leave(ANN, None, TUESDAY))
        .then(Shift.LeaveRequested, volunteer_id=ANN)

What happened is read back from its events before anything is asked, as the log would do it: so every test
exercises the mutators too.
"""

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, cast

from eventsourcing.domain import Aggregate, AggregateEvent

from domain.errors import DomainError
from domain.model.streams import StandingStream

A = TypeVar("A", bound=Aggregate)
Step = Callable[[A], object]


def given(stream: A, *steps: Step[A]) -> "Given[A]":
    """A stream as it begins, and what was done since."""
    for step in steps:
        step(stream)
    return Given(stream)


class Given(Generic[A]):
    """The past, ready to be asked."""

    def __init__(self, stream: A) -> None:
        self._past = stream.collect_events()
        self._stream = stream

    def when(self, step: Step[A]) -> "Then[A]":
        """Ask for one thing."""
        stream = rehydrate(self._stream, self._past)
        try:
            step(stream)
        except DomainError as refusal:
            return Then(stream, refusal)
        return Then(stream, None)


class Then(Generic[A]):
    """What came of it."""

    def __init__(self, stream: A, refusal: DomainError | None) -> None:
        self._stream = stream
        self._recorded = list(stream.collect_events())
        self._refusal = refusal

    def then(self, event_type: type, **facts: object) -> Self:
        """One event was recorded, with at least these facts."""
        assert self._refusal is None, repr(self._refusal)
        assert [type(event) for event in self._recorded] == [event_type]
        assert {name: getattr(self._recorded[0], name) for name in facts} == facts
        return self

    def then_nothing(self) -> Self:
        """It was allowed, and there was nothing to record."""
        assert (self._refusal, self._recorded) == (None, [])
        return self

    def then_refused(self, refusal: DomainError) -> Self:
        """A rule said no, with these fields, and nothing was recorded."""
        assert (type(self._refusal), vars(self._refusal or object)) == (type(refusal), vars(refusal))
        assert self._recorded == []
        return self


def rehydrate(stream: A, events: Any) -> A:
    """The stream as its events make it: what was only kept in memory is gone."""
    standing = isinstance(stream, StandingStream)
    fresh = type(stream).at_version_zero(stream.id) if standing else None
    for event in cast("list[AggregateEvent]", events):
        fresh = event.mutate(fresh)
    return cast("A", fresh)
