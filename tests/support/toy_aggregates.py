"""A small club with a visitors' book: aggregates for tests of the log, without a rule of the product."""

from datetime import UTC, datetime
from uuid import NAMESPACE_OID, UUID, uuid5

from eventsourcing.domain import Aggregate, event

from domain.log.stored_names import StoredNames

NINE = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
"""Nine in the morning in Taipei."""


def id_for(word: str) -> UUID:
    """The same id for the same word."""
    return uuid5(NAMESPACE_OID, word)


class Visit(Aggregate):
    """A person who came. Its stream begins with a Created event."""

    TOPIC = "toy.visit"

    class Created(Aggregate.Created):
        TOPIC = "toy.visit.begun"
        guest: UUID
        at: datetime

    class Signed(Aggregate.Event):
        TOPIC = "toy.visit.signed"
        text: str
        stars: int
        tags: list[str] | None
        extra: dict[str, str]
        host: str | None = None

    @event(Created)
    def __init__(self, *, guest: UUID, at: datetime) -> None:
        self.guest = guest
        self.at = at
        self.texts: list[str] = []

    @staticmethod
    def create_id(guest: UUID) -> UUID:
        return id_for(f"visit of {guest}")

    def sign(self, text: str, *, stars: object = 5, tags: object = None, timestamp: datetime = NINE) -> None:
        self.trigger_event(Visit.Signed, text=text, stars=stars, tags=tags, extra={"ink": "blue"}, timestamp=timestamp)

    @event(Signed)
    def _signed(self, text: str) -> None:
        self.texts.append(text)


class Tally(Aggregate):
    """A counter whose stream has no Created event: it begins empty, at version 0."""

    TOPIC = "toy.tally"

    class Created(Aggregate.Created):
        """Never written: the library gives every aggregate one, and it needs a name."""

        TOPIC = "toy.tally.created"

    class Counted(Aggregate.Event):
        TOPIC = "toy.tally.counted"
        by: int

    class Recounted(Aggregate.Event):
        """Version 1 held `by` as text, under the name `number`."""

        TOPIC = "toy.tally.recounted"
        class_version = 2
        by: int
        at: datetime

        @staticmethod
        def upcast_v1_v2(state: dict[str, object]) -> None:
            state["by"] = int(str(state.pop("number")))

    @classmethod
    def begin(cls, stream: UUID) -> "Tally":
        tally = cls.__new__(cls)
        tally.__base_init__(originator_id=stream, originator_version=0, timestamp=NINE)
        tally.total = 0
        return tally

    def __init__(self) -> None:
        self.total = 0

    def count(self, by: int) -> None:
        self.trigger_event(Tally.Counted, by=by, timestamp=NINE)

    def recount(self, by: int, at: datetime) -> None:
        self.trigger_event(Tally.Recounted, by=by, at=at, timestamp=NINE)

    @event(Counted)
    def _counted(self, by: int) -> None:
        self.total += by

    @event(Recounted)
    def _recounted(self, by: int) -> None:
        self.total = by


NAMES = StoredNames(Visit, Tally)


def visit(guest: str = "ann", texts: int = 2) -> Visit:
    """A new visit with that many texts, all of it still to be stored."""
    made = Visit(guest=id_for(guest), at=NINE)
    for number in range(texts):
        made.sign(f"text {number} of {guest}")
    return made
