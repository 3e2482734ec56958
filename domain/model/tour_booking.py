"""A booked tour: a group, its language, and the guide whose duty it is (R-049).

Rule: the duty is a shift of the same id. Its times, its guide and whether it takes place are those of the shift; the
size of the group is the number of people served (R-104).
"""

from eventsourcing.domain import Aggregate, event

from domain.act import Act
from domain.ids import tour_booking_stream
from domain.model.streams import DeskStream


class TourBooking(DeskStream):
    """One booking."""

    TOPIC = "tour-booking"

    class Created(Aggregate.Created):
        """A group will be guided."""

        TOPIC = "tour-booking.booked"
        booking: str
        language: str | None
        group_size: int

    @classmethod
    def book(cls, booking: str, language: str | None, group_size: int, act: Act) -> "TourBooking":
        """A new booking, whose shift is scheduled beside it."""
        facts = {"booking": booking, "language": language, "group_size": group_size}
        return cls._create(cls.Created, id=tour_booking_stream(booking), **facts, **act.build_fields())

    @event(Created)
    def __init__(self, booking: str) -> None:
        self.booking = booking
