"""What the page of desk sessions asks of the home: sessions to come, duties outside them, changes (R-027)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from kiosk.batch.run import LineResult
from kiosk.desk.home_access import Command, HomeCommands, HomeReader
from kiosk.desk.plan.lines import DutyLines
from kiosk.desk.plan.source import DAYS_OF_HABIT
from kiosk.desk.plan.view_model import DutyLine
from kiosk.text.sanitise import sanitise
from projections.engine.views import Views
from projections.read_models.desk_sessions import (
    DeskSession,
    list_desk_sessions,
    list_duties_without_desk,
    list_visited_posts,
)
from projections.read_models.plan import list_posts

YEARS_AHEAD = timedelta(days=3660)
"""How far sessions are looked for."""
MOST_LISTED = 200
"""Sessions, and as many duties: those nearest to today."""


class SessionLine(NamedTuple):
    """A session that is to come or goes on, with local times."""

    post: str
    """As the command takes it."""
    start: datetime
    end: datetime

    @property
    def key(self) -> str:
        """Its beginning, as an address and the command have it."""
        return self.start.isoformat()

    @property
    def day(self) -> date:
        """On which it begins."""
        return self.start.date()

    @property
    def times(self) -> str:
        """From when to when."""
        return f"{self.start:%H:%M}–{self.end:%H:%M}"

    @property
    def shown_post(self) -> str:
        """Without characters that a page must not show."""
        return sanitise(self.post)


class SessionBoard(NamedTuple):
    """What the page lists."""

    sessions: Sequence[SessionLine]
    """By post and start."""
    left_out: int
    unfit: Sequence[DutyLine]
    """Duties to come of posts with a calendar, outside its sessions."""
    posts: Sequence[str]
    """Offered: those with a calendar first."""


class DeskSessionSource:
    """Over one home. Threads may share it."""

    def __init__(self, reader: HomeReader, commands: HomeCommands) -> None:
        self._reader, self._commands = reader, commands

    def load_board(self) -> SessionBoard:
        """The sessions from now on. Raises: LogError, UserError."""
        return self._reader.read(self._load_board)

    def _load_board(self, views: Views) -> SessionBoard:
        now = views.evaluated_at
        today = self._reader.read_unit().days.ordinal(now)
        sessions = self._list(views)
        nearest = sorted(sessions[:MOST_LISTED], key=lambda one: (one.post, one.start))
        unfit = list_duties_without_desk(views, today, now)[:MOST_LISTED]
        posts = dict.fromkeys([*list_visited_posts(views), *list_posts(views, today - DAYS_OF_HABIT)])
        shown = DutyLines(self._reader.home).build_all(unfit)
        return SessionBoard(nearest, len(sessions) - len(nearest), shown, list(posts))

    def _list(self, views: Views) -> list[SessionLine]:
        now = views.evaluated_at
        return [self._build(one) for one in list_desk_sessions(views, now, now + int(YEARS_AHEAD.total_seconds()))]

    def _build(self, session: DeskSession) -> SessionLine:
        start, end = (datetime.fromtimestamp(at, self._reader.home.zone) for at in (session.start, session.end))
        return SessionLine(session.post, start, end)

    def find(self, post: str, key: str) -> SessionLine | None:
        """One session; None where there is none. Raises: LogError, UserError."""
        return self._reader.read(lambda views: self._find(views, post, key))

    def _find(self, views: Views, post: str, key: str) -> SessionLine | None:
        return next((one for one in self._list(views) if (one.post, one.key) == (post, key)), None)

    def names_volunteer(self, post: str) -> bool:
        """Whether a refusal is about the post and not about the times."""
        return self._reader.home.people.is_named_in(post)

    def schedule(self, commands: Sequence[Command], by: str, form_id: str) -> list[LineResult]:
        """Add sessions, each by itself: one that is refused keeps no other back. Raises: UserError."""
        return [self._commands.run([one], by, f"{form_id} {one['start']}")[0] for one in commands]

    def cancel(self, post: str, key: str, reason: str, by: str, form_id: str) -> LineResult:
        """Call a session off. Raises: UserError."""
        command = {"do": "cancel_desk_session", "post": post, "start": key, "reason": reason}
        return self._commands.run([command], by, form_id)[0]
