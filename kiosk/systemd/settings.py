"""What the units are written for: the home, the program, and the hours of the nightly jobs."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

from domain.use_cases.unit_rules import UnitRules
from kiosk.home import Home

MARGIN = timedelta(minutes=20)
"""From the end of a service day to the first job: taps of other kiosks and late corrections still arrive."""
BETWEEN_JOBS = timedelta(minutes=30)
"""So that the backup holds what the reconciliation recorded, and the drill restores that backup."""


class SystemdSettings(NamedTuple):
    """The settings of one kiosk."""

    home: Path
    """Absolute, without links."""
    program: Path
    """The installed `kiosk`."""
    user: str
    unit_folder: Path
    backups: Path | None
    """The folder of the backups; None for the home's own."""
    zone: str
    day_ends_at: time
    """Local time at which the service day ends."""

    def compute_job_start(self, job: int) -> time:
        """The local start of the n-th job of the night: 0 reconciles, 1 makes a backup, 2 restores it in a drill."""
        ends = datetime.combine(date.min, self.day_ends_at)
        return (ends + MARGIN + job * BETWEEN_JOBS).time()


def build_settings(
    home: Home, program: Path, user: str | None, unit_folder: Path, backups: Path | None
) -> SystemdSettings:
    """The settings by the policy that is in force today; without a user, the owner of the home."""
    rules = UnitRules(home.log).load()
    policy = rules.policies.on(rules.days.of(home.clock.now()).toordinal())
    path, copies = home.path.resolve(), backups.resolve() if backups else None
    return SystemdSettings(path, program, user or path.owner(), unit_folder, copies, home.zone.key, policy.day_ends_at)
