"""A kiosk whose clock is wrong, in an office that has the right time: its taps, and what is found out about it."""

from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from domain.clock import OK, UNSYNCHRONISED, Reading
from domain.model.kiosk_clock import KioskClock
from domain.spans import second
from domain.use_cases.clock_correction import correct_clock
from tests.support.desk_commands import card_token_of
from tests.support.office import ENTRANCE, Office
from tests.support.people import NOTE

SECOND_NS = 1_000_000_000


class WrongClock(NamedTuple):
    """One boot session: when it really began, and by how much its clock is behind."""

    boot: str
    booted_at: datetime
    behind: timedelta

    def read(self, at: datetime, trust: str = UNSYNCHRONISED) -> Reading:
        """A look at it when it is really `at`; at a vouched for one it is right."""
        behind = timedelta() if trust == OK else self.behind
        boot_ns = round((at - self.booted_at).total_seconds()) * SECOND_NS
        return Reading(at - behind, trust, self.boot, boot_ns, second(at - behind) * SECOND_NS - boot_ns)

    def tap(self, office: Office, who: UUID, at: datetime | None = None, direction: str | None = None) -> None:
        """A person taps; it is written down when the office's clock says."""
        read = self.read(at or office.clock.at)
        office.door.record_tap(card_token_of(who), "front", direction, read, max(read.at, office.clock.at))

    def measure_offset(self, office: Office, at: datetime | None = None) -> None:
        """The kiosk finds out by how much it was wrong."""
        clock = office.log.catch_up(KioskClock.of(ENTRANCE.kiosk, self.boot))
        right = self.read(at or office.clock.at, OK)
        clock.record_measurement(ENTRANCE.kiosk, round(self.behind.total_seconds()), right, office.clock.at)
        office.log.append(clock)

    def state_offset(self, office: Office, seconds: int) -> None:
        """A coordinator says by how much; refused where no tap waits."""
        correct_clock(office.log, ENTRANCE.kiosk, self.boot, seconds, NOTE, office.act)
