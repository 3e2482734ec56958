"""What the units are written for: which home, whose program, and at which hours of the night."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

MARGIN = timedelta(minutes=20)
"""From the end of a service day to the night: taps of other kiosks and late corrections still come in."""
BETWEEN_JOBS = timedelta(minutes=30)
"""So that the backup holds what the night wrote, and the drill restores that backup."""


class SystemdSettings(NamedTuple):
    """One kiosk."""

    home: Path
    """Whole, without links."""
    program: Path
    """The installed `kiosk`."""
    user: str
    unit_folder: Path
    backups: Path | None
    """Where backups go; None leaves them in the home."""
    zone: str
    day_ends_at: time
    """Local time; the service day ends then."""

    def compute_job_start(self, job: int) -> time:
        """When the n-th job of the night begins: 0 settles, 1 copies, 2 restores for trial."""
        ends = datetime.combine(date.min, self.day_ends_at)
        return (ends + MARGIN + job * BETWEEN_JOBS).time()
