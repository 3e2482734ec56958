"""What is looked at: one home, opened as far as it can be. And what a look comes to.

Rule: nothing is written to the log. What cannot be opened is one check's answer; the others say that they cannot look.
"""

from contextlib import suppress
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, Self
from zoneinfo import ZoneInfo

from domain.clock import MachineClock
from domain.log.errors import LogBusy, LogError
from domain.spans import Second, instant
from kiosk.errors import UserError
from kiosk.home import VIEWS_FILE, Home
from kiosk.home_files import SETTINGS_FILE
from kiosk.settings import Settings, load_settings
from kiosk.words.log_errors import explain_trouble
from kiosk.words.status import StatusText
from projections.engine.lag import measure_lag
from projections.engine.views import Views, ViewsDamaged

VIEWS_TIMEOUT = 5.0
"""Seconds for which another program may hold the read models before this look goes on without them."""


class Check(NamedTuple):
    """What one look came to."""

    name: str
    ok: bool
    """Whether nobody has to do anything."""
    detail: str
    """For an administrator: how it stands and, where it is not well, what to do. No name, no card number."""


class CannotCheck(Exception):
    """A check cannot look; its sentence says what is in the way."""


class CheckedHome:
    """One home under the eyes of all checks. Close it, or use it as a context manager."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.machine = MachineClock()

    @cached_property
    def home_or_trouble(self) -> "Home | str":
        """The home, or why it cannot be opened."""
        try:
            home = Home.open(self.path)
        except (UserError, LogError) as trouble:
            return explain_trouble(trouble)
        home.views_timeout = VIEWS_TIMEOUT
        return home

    @property
    def home(self) -> Home:
        """The open home. Raises: Unknowable."""
        if isinstance(self.home_or_trouble, str):
            raise CannotCheck(StatusText.HOME_CANNOT_OPENED)
        return self.home_or_trouble

    @cached_property
    def settings(self) -> Settings:
        """What kiosk.toml says, also where the log cannot be opened. Raises: Mistake."""
        return load_settings(self.path / SETTINGS_FILE)

    @property
    def simulation(self) -> bool:
        """Whether nobody depends on this home. One that cannot be opened is taken for a real one."""
        return isinstance(self.home_or_trouble, Home) and self.home_or_trouble.simulation

    @property
    def now(self) -> datetime:
        """The time in which this home lives."""
        return self.home.clock.now()

    @cached_property
    def lag(self) -> int | None:
        """How many events the views had not followed before this look; None where they would be built anew."""
        return measure_lag(self.home.log, self.path / VIEWS_FILE)

    @cached_property
    def _views_or_trouble(self) -> "Views | str":
        """The views, brought up to date; or what kept them back."""
        _ = self.lag
        home = self.home
        try:
            home.views.catch_up(None if home.simulation else home.now_second())
        except LogBusy:
            return StatusText.ANOTHER_PROGRAM_HOLDS_READ_MODELS
        except ViewsDamaged as damaged:
            return explain_trouble(damaged)
        return home.views

    @property
    def views(self) -> Views:
        """The read models, up to date. Raises: Unknowable."""
        if isinstance(self._views_or_trouble, str):
            raise CannotCheck(self._views_or_trouble)
        return self._views_or_trouble

    def format_local(self, at: datetime | Second) -> str:
        """An instant as people of this home write it, to the minute."""
        zone = self.home_or_trouble.zone if isinstance(self.home_or_trouble, Home) else ZoneInfo("UTC")
        return f"{(instant(at) if isinstance(at, int) else at).astimezone(zone):%Y-%m-%d %H:%M}"

    def close(self) -> None:
        """Give the files back; whoever writes longer than we wait keeps them for us."""
        if isinstance(vars(self).get("home_or_trouble"), Home):
            with suppress(LogError):
                self.home.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
