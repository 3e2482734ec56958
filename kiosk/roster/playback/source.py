"""Looks at a past day for the roster, at whatever instant a replay has come to.

Rule: what there is to see is what the log said then, and nothing of what came after.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from domain.spans import Second
from kiosk.home import Home
from kiosk.roster.playback.playhead import Playhead
from kiosk.roster.source import Lookout
from kiosk.roster.view_model import Duty, Person, Seen
from projections.playback.seekable_views import SteppingViews
from projections.playback.timeline import Kind, Moment, Story

NAMES_LAST = 60
"""Seconds for which a name is remembered: whoever is erased meanwhile is forgotten here as well."""


class Happening(NamedTuple):
    """Something that wanted a person, as a public screen may say it."""

    at: datetime
    kind: Kind
    person: Person | None
    duty: Duty | None
    reason: str | None


class ReplayLookout(Lookout):
    """Looks where the playhead stands."""

    def __init__(
        self, home: Home, views: SteppingViews, told: tuple[int, Story], playhead: Playhead, now: Callable[[], float]
    ) -> None:
        """`told`: the service day, an ordinal, and its story. `now` is a stopwatch."""
        super().__init__(home, views, playhead.at)
        self._day, self.story = told
        self.playhead = playhead
        self.shown = playhead.at
        """The instant that was looked at last."""
        self._stepping = views
        self.now = now
        self._looked = False
        self._named_at = now()

    def look(self) -> Seen | None:
        """What there is to see; None while it is what was seen before. Raises: LogError."""
        at = self.playhead.where(self.now())
        if at == self.shown and self._looked:
            return None
        self._forget_names()
        self._looked = False
        self._stepping.go_to(at)
        self._as_of = at
        seen = self._seen_at(at)
        self.shown, self._looked = at, True
        return seen

    def _forget_names(self) -> None:
        old = self.now() - self._named_at >= NAMES_LAST
        self._names.forget_when(new_minute=old)
        if old:
            self._named_at = self.now()

    @property
    def day_played(self) -> date:
        """The service day."""
        return date.fromordinal(self._day)

    def local(self, at: Second) -> datetime:
        """An instant as the home's clock shows it."""
        return self._local(at)

    def happenings(self, moments: Sequence[Moment]) -> list[Happening]:
        """Exceptions with masked names and local times. Called from a thread, never together with a look."""
        return [self._happening(moment) for moment in moments]

    def _happening(self, moment: Moment) -> Happening:
        person = self._names.of(moment.volunteer) if moment.volunteer else None
        duty = self._duty(moment.slot, self._day) if moment.slot else None
        return Happening(self._local(moment.at), moment.kind, person, duty, moment.reason)
