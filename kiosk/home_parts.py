"""The parts of a home that are loaded when they are first asked for.

Rule: a tap asks for the door alone, so whatever opens a home to record one loads neither the desk nor a read model; and
what only reads a home loads none of the streams that a tap is decided by.
"""

from collections.abc import Callable
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from domain.clock import Clock
from domain.log.event_log import EventLog
from domain.log.lenient import UndecodableEvent
from domain.use_cases.kiosk_place import KioskPlace
from kiosk.home_files import NIGHT_FILE, VIEWS_FILE
from kiosk.words.errors import HomeText

if TYPE_CHECKING:
    from domain.use_cases.check_in import Door
    from domain.use_cases.clock_monitor import ClockMonitor
    from domain.use_cases.desk import Desk
    from domain.use_cases.nightly import NightlyJob
    from kiosk.joined_home.sync_state import LiveSyncState
    from kiosk.settings import Settings
    from kiosk.trainings.requirements import TrainingRequirements
    from projections.engine.night_views import NightViews
    from projections.engine.views import Views


class HomeParts:
    """What `Home` builds out of its log and its folder."""

    path: Path
    settings: "Settings"
    log: EventLog
    clock: Clock
    sync_state: "LiveSyncState | None"
    """What is heard of the hub; None in a home that belongs to none."""
    read_only: bool
    views_timeout: float
    """Seconds to wait while another process advances the views; to be set before `views` is first read."""
    on_build_progress: Callable[[Any], None]
    """Called with the `BuildProgress` of the read models; to be set before `views` is first read."""
    rebuilt_views = False
    """Whether this process found read models that were not as they had been left, and built them anew."""
    _scratch: ExitStack
    """What was built beside the home: the read models of one that is only read, days that are played."""

    @cached_property
    def place(self) -> KioskPlace:
        """The kiosk, and the others whose taps its log may hold."""
        if self.sync_state:
            from kiosk.joined_home.sync_state import OtherKiosks  # noqa: PLC0415 - what only reads a home asks for no kiosk

            return KioskPlace(self.settings.kiosk, OtherKiosks(self.sync_state))
        from domain.use_cases.joined_kiosks import JoinedKiosks  # noqa: PLC0415 - same

        return KioskPlace(self.settings.kiosk, JoinedKiosks(self.log, self.settings.other_kiosks))

    @cached_property
    def clock_monitor(self) -> "ClockMonitor":
        """What watches the clock of the kiosk; the door asks the same one."""
        from domain.use_cases.clock_monitor import ClockMonitor  # noqa: PLC0415 - what stands is read without it

        return ClockMonitor(self.log, self.settings.kiosk)

    @cached_property
    def door(self) -> "Door":
        """The use cases of the kiosk."""
        from domain.use_cases.check_in import Door  # noqa: PLC0415 - what only reads a home loads no stream of taps

        return Door(self.log, self.place, self.clock, self.clock_monitor)

    @cached_property
    def training_requirements(self) -> "TrainingRequirements":
        """What trainings need to be complete. Raises: SettingsError."""
        from kiosk.trainings.requirements import load_requirements  # noqa: PLC0415 - a tap asks for none

        return load_requirements(self.path)

    @cached_property
    def desk(self) -> "Desk":
        """The use cases of the desk."""
        from domain.use_cases.desk import Desk  # noqa: PLC0415 - a tap needs none of its streams

        return Desk(self.log, self.place)

    @cached_property
    def night(self) -> "NightlyJob":
        """What the nightly job writes."""
        from domain.use_cases.nightly import NightlyJob  # noqa: PLC0415 - the same

        return NightlyJob(self.log)

    @cached_property
    def views(self) -> "Views":
        """The read models, as of the position up to which they last caught up with the log."""
        from projections.engine.views import Views  # noqa: PLC0415 - a tap needs no read model, and none is loaded for it

        path, reports = self._hold_views_folder() / VIEWS_FILE, (self._log_quarantine, self._log_damage)
        return Views(self.log, path, self.views_timeout, *reports, self.on_build_progress)

    @cached_property
    def night_views(self) -> "NightViews":
        """The read models that the nightly job settles by: of the log alone."""
        from projections.engine.night_views import NightViews  # noqa: PLC0415 - the same

        return NightViews(self.log, self._hold_views_folder() / NIGHT_FILE, self.views_timeout, self._log_quarantine)

    def _hold_views_folder(self) -> Path:
        return self._scratch.enter_context(self.log.hold_views_folder()) if self.read_only else self.path

    def _log_quarantine(self, found: UndecodableEvent) -> None:
        """Log one line about an event in quarantine, in whichever program read it."""
        from kiosk.words.log_errors import UndecodableText  # noqa: PLC0415 - nearly every home has none

        self._log_message(UndecodableText.IN_QUARANTINE.describe(found))

    def _log_damage(self, file: Path) -> None:
        """Log one line about read models that were rebuilt, in whichever program found out."""
        self.rebuilt_views = True
        self._log_message(HomeText.VIEWS_REBUILT.fill(file=file))

    def _log_message(self, text: str) -> None:
        from kiosk.log_messages import log_message  # noqa: PLC0415 - most programs have nothing to log

        log_message(self.path, text)
