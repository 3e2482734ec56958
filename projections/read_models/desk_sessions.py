"""Read model: when a visiting desk is at a post (R-027)."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from domain.ids import compose
from domain.spans import Second, Span, subtract_all
from projections.engine.views import Views
from projections.read_models.plan import PlannedDuty, list_duties_at, list_posts


class DeskSession(NamedTuple):
    """A session that takes place."""

    post: str
    start: Second
    end: Second


def list_desk_sessions(views: Views, since: Second, until: Second) -> list[DeskSession]:
    """The sessions that reach into a stretch of time, by start and post."""
    query = (
        "SELECT post, starts, ends FROM desk_sessions"
        " WHERE NOT cancelled AND ends > ? AND starts < ? ORDER BY starts, post"
    )
    return [DeskSession(*row) for row in views.rows(query, (since, until))]


def load_desk_calendars(views: Views, since: Second, until: Second) -> Mapping[str, Sequence[Span]]:
    """The sessions in a stretch of time by post; a post that ever had one is named though it has none now."""
    calendars: dict[str, list[Span]] = {post: [] for post in list_visited_posts(views)}
    for post, *span in list_desk_sessions(views, since, until):
        calendars[post].append((span[0], span[1]))
    return calendars


def list_visited_posts(views: Views) -> list[str]:
    """The posts that ever had a session: they have a calendar."""
    return [post for (post,) in views.rows("SELECT DISTINCT post FROM desk_sessions ORDER BY post", ())]


def list_duties_without_desk(views: Views, today: int, now: Second) -> list[PlannedDuty]:
    """The duties to come, from a service day on, of posts that have a calendar and outside its sessions; by start."""
    visited = set(list_visited_posts(views))
    duties = list_duties_at(views, [post for post in list_posts(views, today) if compose(post) in visited], today)
    coming = [duty for duty in duties if duty.start > now and not duty.is_cancelled]
    calendars = load_desk_calendars(views, now, max((duty.end for duty in coming), default=now))
    return [duty for duty in coming if lacks_desk(calendars, duty.post, (duty.start, duty.end))]


def lacks_desk(calendars: Mapping[str, Sequence[Span]], post: str | None, span: Span) -> bool:
    """Whether a shift of a post that has a calendar is not inside its sessions."""
    sessions = None if post is None else calendars.get(compose(post))
    return sessions is not None and bool(subtract_all([span], sessions))
