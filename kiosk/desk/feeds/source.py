"""The duties of a feed as an iCalendar file (RFC 5545), and the addresses of the feeds of a home."""

import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from threading import Lock
from typing import NamedTuple
from uuid import UUID

from icalendar import Calendar, Event

from domain.clock import Clock
from domain.model.calendar_feeds import CalendarFeeds, FeedSubject
from domain.spans import instant
from kiosk.act_builder import ActBuilder
from kiosk.desk.home_access import HomeReader
from kiosk.home import Home
from kiosk.roster.view_model import Person
from kiosk.words.desk.feeds import FEEDS, FeedWords
from kiosk.words.language import StaffLanguage
from projections.read_models.plan import PlannedDuty, list_planned_duties, list_posts

DAYS_BEFORE, DAYS_AFTER = 31, 366
"""Which duties a feed holds, seen from today."""
PRODUCT = "-//kiosk//duties//"
DOMAIN = "duties.kiosk"
"""What makes the name of a duty one of its own in the world (RFC 7986)."""

SECRET_BYTES = 32
"""256 bits: nobody guesses one."""


class OpenFeed(NamedTuple):
    """A feed that has an address."""

    subject: FeedSubject
    person: Person | None


class FeedSource:
    """Over one home. Threads may share it."""

    def __init__(self, reader: HomeReader) -> None:
        self._reader = reader
        self._feeds = CalendarFeedDirectory(reader.home)

    def list_feeds(self) -> list[OpenFeed]:
        """The feeds that have an address, that of the unit first. Raises: LogError."""
        found = [OpenFeed(one, one.volunteer and self._reader.find_person(one.volunteer)) for one in self._list()]
        return sorted(
            found, key=lambda feed: (feed.subject.kind != "unit", feed.person or Person("", ""), feed.subject)
        )

    def _list(self) -> Sequence[FeedSubject]:
        return self._feeds.list_subjects()

    def list_posts(self) -> list[str]:
        """The posts of the last year. Raises: LogError, UserError."""
        since = self._find_today() - DAYS_AFTER
        return self._reader.read(lambda views: list_posts(views, since))

    def find_volunteer(self, number: str) -> UUID | None:
        """The volunteer with a number, as it was typed."""
        return self._reader.home.people.find_typed_id(number)

    def open_feed(self, subject: FeedSubject, by: UUID) -> str:
        """A new secret for a feed. Raises: LogError, UserError."""
        return self._feeds.open_feed(subject, by)

    def close_feed(self, subject: FeedSubject, by: UUID) -> None:
        """Nobody reads a feed any more. Raises: LogError, UserError."""
        self._feeds.close_feed(subject, by)

    def write_feed(self, secret: str, language: StaffLanguage) -> bytes | None:
        """The file at an address; None where there is none. Raises: LogError, UserError."""
        subject = self._feeds.find_subject(secret)
        if subject is None:
            return None
        today = self._find_today()
        duties = self._reader.read(lambda views: list_planned_duties(views, today - DAYS_BEFORE, today + DAYS_AFTER))
        wanted = [duty for duty in duties if is_in(duty, subject)]
        return build_calendar(wanted, self._reader.home.read_unit_name(), FEEDS[language], self._find_now())

    def _find_today(self) -> int:
        return self._reader.read_unit().days.of(self._find_now()).toordinal()

    def _find_now(self) -> datetime:
        return self._reader.home.now_recorded()


# --- Their addresses ---


class CalendarFeedDirectory(ActBuilder):
    """The feeds of one home. Threads may share it."""

    def __init__(self, home: Home, clock: Clock | None = None) -> None:
        """`clock` runs even in a simulation."""
        super().__init__(home, clock)
        self._feeds = CalendarFeeds.of_home()
        self._reading = Lock()

    def open_feed(self, subject: FeedSubject, by: UUID) -> str:
        """A new secret for a feed, which is shown once and kept nowhere. Raises: LogError, UserError."""
        secret = secrets.token_urlsafe(SECRET_BYTES)
        with self._home.log.writing():
            feeds = self._home.log.catch_up(CalendarFeeds.of_home())
            feeds.open_feed(subject, self._compute_digest(secret), self.build_act(by))
            self._home.log.append(feeds)
        return secret

    def close_feed(self, subject: FeedSubject, by: UUID) -> None:
        """Nobody reads a feed any more. Raises: LogError, UserError."""
        with self._home.log.writing():
            feeds = self._home.log.catch_up(CalendarFeeds.of_home())
            feeds.close_feed(subject, self.build_act(by))
            self._home.log.append(feeds)

    def list_subjects(self) -> list[FeedSubject]:
        """The feeds that have an address. Raises: LogError."""
        return [*self._load()]

    def find_subject(self, secret: str) -> FeedSubject | None:
        """What the feed at an address is about; None where there is none. Raises: LogError."""
        digest = self._compute_digest(secret)
        return next((one for one, known in self._load().items() if hmac.compare_digest(known, digest)), None)

    def _load(self) -> dict[FeedSubject, str]:
        with self._reading:
            return {**self._home.log.catch_up(self._feeds).digests}

    def _compute_digest(self, secret: str) -> str:
        return self._home.compute_hmac(b"vms-calendar-feed-v1\0" + secret.encode()).hex()


# --- As a file ---


def _order(feed: OpenFeed) -> tuple[bool, str, str]:
    return feed.subject.kind != "unit", feed.subject.post or "", feed.person.number if feed.person else ""


def is_in(duty: PlannedDuty, subject: FeedSubject) -> bool:
    """Whether a feed shows a duty: that of a volunteer those that they are expected to do."""
    if subject.kind == "volunteer":
        return subject.volunteer in duty.responsible
    return subject.kind == "unit" or duty.post == subject.post


def build_calendar(duties: Sequence[PlannedDuty], unit: str, words: FeedWords, now: datetime) -> bytes:
    """The file: no name and no number of a volunteer stands in it."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{unit} {words.title}".strip())
    calendar.add("refresh-interval;value=duration", "PT1H")
    for duty in duties:
        calendar.add_component(_build_event(duty, unit, words, now))
    return calendar.to_ical()


def _build_event(duty: PlannedDuty, unit: str, words: FeedWords, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{duty.shift}@{DOMAIN}")
    event.add("dtstamp", now.replace(microsecond=0))
    event.add("dtstart", instant(duty.start))
    event.add("dtend", instant(duty.end) or instant(duty.start) + timedelta(hours=1))
    event.add("summary", f"{duty.post or words.duty}{words.vacant if duty.is_vacant else ''}")
    event.add("location", unit)
    if duty.is_cancelled:
        event.add("status", "CANCELLED")
    return event
