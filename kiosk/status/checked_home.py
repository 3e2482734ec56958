"""The home that is checked, opened as far as possible, and the result of a check.

Rule: nothing is written to the log. A part that cannot be opened is the result of one check; the others that need it
report that they cannot run.
"""

from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self
from zoneinfo import ZoneInfo

from domain.clock import MachineClock
from domain.log.errors import LogBusy, LogError
from domain.spans import Second, instant
from kiosk.errors import SettingsError, UserError
from kiosk.home import Home
from kiosk.home_files import VIEWS_FILE
from kiosk.home_trouble import explain_home_trouble
from kiosk.input_files import SETTINGS_FILE
from kiosk.settings import Settings, load_settings, load_zone
from kiosk.standing_home import hold_standing_home
from kiosk.views_repair import R, run_repaired
from kiosk.words.codes import find_word
from kiosk.words.reports import StatusText
from projections.engine.damage import ViewsDamaged
from projections.engine.row_source import AskedViews
from projections.engine.standing_views import NotStanding

if TYPE_CHECKING:
    from projections.engine.standing_views import StandingViews
    from projections.engine.views import Views

LOG_TIMEOUT = 2.0
"""Seconds to wait for another program that writes to the log: longer, and it is a finding."""
VIEWS_TIMEOUT = 5.0
"""Seconds to wait for another program that holds the read models."""
STANDING_SECONDS = 1
"""Between two readings of the clock. Where the clock is known to be wrong, the instant of now is another one."""


class Check(NamedTuple):
    """The result of one check."""

    name: str
    ok: bool
    """Whether nothing needs to be done."""
    detail: str
    """For an administrator: the state and, when it is not ok, the remedy. No name, no card number."""


class CannotCheck(Exception):
    """A check cannot run; its text is the reason."""


class CheckedHome:
    """One home, opened once for all checks. Close it, or use it as a context manager."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.machine = MachineClock()
        self._held = ExitStack()
        self.settings_trouble = ""
        """Why the settings do not let the home be opened, once that was tried."""

    @cached_property
    def home_or_trouble(self) -> "Home | str":
        """The home, or the reason why it cannot be opened."""
        try:
            home = Home.open_to_read(self.path, timeout=LOG_TIMEOUT)
        except (UserError, LogError) as error:
            self.settings_trouble = str(error) if isinstance(error, SettingsError) else ""
            return self.explain_trouble(error)
        home.views_timeout = VIEWS_TIMEOUT
        return home

    def explain_trouble(self, error: Exception) -> str:
        """The sentence of an error that a check met in this home."""
        return explain_home_trouble(self.path, error)

    @property
    def home(self) -> Home:
        """The open home. Raises: CannotCheck."""
        if isinstance(self.home_or_trouble, str):
            check = find_word("check", "settings" if self.settings_trouble else "log")
            raise CannotCheck(StatusText.HOME_NOT_OPEN.fill(check=check))
        return self.home_or_trouble

    @cached_property
    def settings(self) -> Settings:
        """The settings of kiosk.toml, also when the log cannot be opened. Raises: UserError."""
        return load_settings(self.path / SETTINGS_FILE)

    @property
    def simulation(self) -> bool:
        """Whether the home is a simulation. One that cannot be opened counts as real."""
        return isinstance(self.home_or_trouble, Home) and self.home_or_trouble.simulation

    @property
    def now(self) -> datetime:
        """The present by the home's clock, which in a simulation is not the machine's, as far as it can be right."""
        return instant(self.home.now_second())

    # --- The read models ---

    @cached_property
    def _standing(self) -> "StandingViews | None":
        """Those that stand at the head of the log as of now; None where they have to be opened."""
        home = self.home
        with suppress(NotStanding, LogError):
            views = self._held.enter_context(hold_standing_home(self.path)).views
            if home.simulation or abs(home.now_second() - views.evaluated_at) <= STANDING_SECONDS:
                return views
        return None

    @cached_property
    def lag(self) -> int | None:
        """Events that the views lacked before this check; None when they had to be rebuilt."""
        if self._standing:
            return 0
        from projections.engine.build import measure_lag  # noqa: PLC0415 - views that stand are not built

        return measure_lag(self.home.log, self.path / VIEWS_FILE)

    @cached_property
    def _views_or_trouble(self) -> "Views | str":
        """The views, brought up to date, or the reason why they cannot be."""
        _ = self.lag
        home = self.home
        try:
            home.views.catch_up(None if home.simulation else home.now_second())
        except LogBusy:
            return StatusText.VIEWS_HELD.fill()
        except ViewsDamaged as damaged:
            return self.explain_trouble(damaged)
        return home.views

    @property
    def views(self) -> AskedViews:
        """The read models, up to date. Raises: CannotCheck."""
        if self._standing:
            return self._standing
        if isinstance(self._views_or_trouble, str):
            raise CannotCheck(self._views_or_trouble)
        return self._views_or_trouble

    def run_repaired(self, check: Callable[[], R]) -> R:
        """The result of a check, which is made once more where it finds the read models damaged."""
        home = self.home_or_trouble
        if not isinstance(home, Home):
            return check()
        try:
            return check()
        except NotStanding:  # damaged: they are opened, and said to be damaged
            self._standing = None
        return run_repaired(home, check)

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the home, as far as it is known."""
        return self.home_or_trouble.zone if isinstance(self.home_or_trouble, Home) else load_zone(self.path)

    def format_local(self, at: datetime | Second) -> str:
        """An instant in the home's zone, to the minute."""
        return f"{(instant(at) if isinstance(at, int) else at).astimezone(self.zone):%Y-%m-%d %H:%M}"

    def close(self) -> None:
        """Close the home. A log that another process holds is left to the end of this process."""
        with suppress(LogError):
            self._held.close()
        if isinstance(vars(self).get("home_or_trouble"), Home):
            with suppress(LogError):
                self.home.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
