"""One run: the notices of the day are queued once its time has come, and what is due is sent.

Rule: a notice is kept as tried before it is sent and as sent after the server has taken it. If the program is killed
between, it is sent once more with the same Message-ID: twice is better than never.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import Literal, NamedTuple
from uuid import UUID

import msgspec

from domain.spans import Second, instant
from domain.use_cases.unit_rules import UnitRules
from kiosk.home import Home
from kiosk.notice_settings import NoticeSettings, is_address
from kiosk.notices.mail import (
    FolderSender,
    Refused,
    Sender,
    SmtpSender,
    TryAgain,
    WayFailed,
    build_message,
    read_password,
)
from kiosk.notices.queue import UNSENT, NoticeQueue, QueuedNotice
from kiosk.notices.texts import Finding, WrittenNotice, write_digest, write_head, write_reminder
from projections.read_models.plan import PlannedDuty, list_planned_duties


class RunResult(NamedTuple):
    """What a run came to."""

    sent: int
    waiting: int
    """Tried now or before, and to be tried again."""
    unsent: int
    """Ended in this run without being sent."""
    failure: str = ""
    """Why the run ended before all was tried: a sentence for an administrator."""


class NoticeRun:
    """The notices of one home at one time. The caller has brought its read models up to date."""

    def __init__(
        self, home: Home, notices: NoticeSettings, sender: Sender, list_findings: Callable[[], Sequence[Finding]]
    ) -> None:
        """`list_findings` runs the checks of `kiosk status`: once, where a digest is written."""
        self._home, self._notices, self._sender = home, notices, sender
        self._list_findings = list_findings
        self._queue = NoticeQueue(home.path)
        self._now: Second = home.now_second()
        self._duties = dict[date, Mapping[UUID, Sequence[PlannedDuty]]]()
        self._day = UnitRules(home.log).load().days.of(instant(self._now))

    # --- Which notices there are ---

    def list_notices_of_day(self) -> Iterator[QueuedNotice]:
        """The notices of today: digests, the last signed head for who keeps it, and who has a duty tomorrow."""
        for address in self._notices.digest_to:
            yield self._build_daily("digest", address)
        for address in self._notices.heads_to:
            yield self._build_daily("head", address)
        tomorrow = self._day + timedelta(days=1)
        for volunteer in self._list_reminded(tomorrow) if self._notices.reminders else ():
            name = self._derive_name("reminder", tomorrow, str(volunteer))
            yield QueuedNotice(name, "reminder", tomorrow, self._now, self._now, volunteer=volunteer)

    def _build_daily(self, kind: Literal["digest", "head"], address: str) -> QueuedNotice:
        name = self._derive_name(kind, self._day, address)
        return QueuedNotice(name, kind, self._day, self._now, self._now, address=address)

    def _list_reminded(self, day: date) -> list[UUID]:
        return [volunteer for volunteer in self._load_duties(day) if self._home.people.find_email(volunteer)]

    def _load_duties(self, day: date) -> Mapping[UUID, Sequence[PlannedDuty]]:
        """The duties of a day, by start, of each volunteer who is expected to come."""
        if day not in self._duties:
            duties = defaultdict[UUID, list[PlannedDuty]](list)
            for duty in list_planned_duties(self._home.views, day.toordinal(), day.toordinal()):
                for volunteer in () if duty.is_cancelled else duty.responsible:
                    duties[volunteer].append(duty)
            self._duties[day] = dict(duties)
        return self._duties[day]

    def _derive_name(self, kind: str, day: date, whom: str) -> str:
        """By the key of the home, so that neither an address nor a volunteer can be guessed from it."""
        return self._home.compute_hmac(b"\0".join([b"vms-notice-v1", f"{kind} {day} {whom}".encode()])).hex()[:32]

    @property
    def _is_time(self) -> bool:
        return f"{instant(self._now).astimezone(self._home.zone):%H:%M}" >= self._notices.at

    def write(self, notice: QueuedNotice, *, is_masked: bool = False) -> WrittenNotice | None:
        """What a notice says now; None where there is nothing to be said any more."""
        if notice.kind == "digest":
            wanted = notice.address in self._notices.digest_to
            return write_digest(self._home, notice.day, notice.address or "", self._findings) if wanted else None
        if notice.kind == "head":
            wanted = notice.address in self._notices.heads_to
            return write_head(self._home, notice.day, notice.address or "") if wanted else None
        if notice.volunteer is None or not self._notices.reminders:
            return None
        address = self._home.people.find_email(notice.volunteer)
        duties = self._load_duties(notice.day).get(notice.volunteer)
        if not (address and duties):
            return None
        return write_reminder(self._home, notice.volunteer, address, duties, is_masked=is_masked)

    @cached_property
    def _findings(self) -> Sequence[Finding]:
        return self._list_findings()

    def preview(self) -> list[WrittenNotice]:
        """What is still to be sent today, whether or not its time has come. Nothing is changed."""
        known = {notice.name: notice for notice in self._queue.load()}
        new = [one for one in self.list_notices_of_day() if one.name not in known]
        waiting = [one for one in known.values() if one.state == "waiting" and not self._is_too_late(one)]
        return [written for one in (*waiting, *new) if (written := self.write(one, is_masked=True))]

    # --- Sending ---

    def run(self) -> RunResult:
        """Queue what is new and send what is due. Raises: UserError while another program does; OSError."""
        with self._queue.hold():
            for notice in self.list_notices_of_day() if self._is_time else ():
                self._queue.add(notice)
            notices = {notice.name: notice for notice in self._queue.load()}
            self._queue.sweep(notices.values(), self._now)
            try:
                tried, failure = self._send_all([one for one in notices.values() if one.is_due(self._now)])
            finally:
                self._sender.close()
        notices.update((one.name, one) for one in tried)
        waiting = sum(one.state == "waiting" for one in notices.values())
        sent, unsent = sum(one.state == "sent" for one in tried), sum(one.state in UNSENT for one in tried)
        return RunResult(sent, waiting, unsent, failure)

    def _send_all(self, due: Sequence[QueuedNotice]) -> tuple[list[QueuedNotice], str]:
        """Each as it is afterwards; why not all were tried."""
        tried = list[QueuedNotice]()
        for notice in due:
            try:
                tried.append(self._send(notice))
            except WayFailed as failure:
                return tried, str(failure)
        return tried, ""

    def _send(self, notice: QueuedNotice) -> QueuedNotice:
        """Send one; how it is afterwards. Raises: WayFailed, and it is as it was before."""
        if self._is_too_late(notice):
            return self._queue.save(notice.end("given_up", self._now, notice.reason))
        written = self.write(notice)
        if written is None:
            return self._queue.save(notice.end("dropped", self._now))
        if not is_address(written.address):
            return self._queue.save(notice.end("refused", self._now, "address"))
        tried = self._queue.save(notice.begin_attempt(self._now))
        try:
            self._sender.send(build_message(written, notice.name, self._notices.sender, self._find_date()))
        except Refused as refused:
            return self._queue.save(tried.end("refused", self._now, str(refused)))
        except TryAgain as answer:
            return self._queue.save(msgspec.structs.replace(tried, reason=str(answer) or "lost"))
        except WayFailed:
            self._queue.save(notice)
            raise
        return self._queue.save(tried.end("sent", self._now))

    def _is_too_late(self, notice: QueuedNotice) -> bool:
        """A reminder once its day has begun, any other after the days of the settings."""
        if notice.kind == "reminder":
            return self._day > notice.day or self._has_begun(notice)
        return self._now > notice.queued_at + timedelta(days=self._notices.days).total_seconds()

    def _has_begun(self, notice: QueuedNotice) -> bool:
        if notice.volunteer is None or notice.day > self._day:
            return False
        duties = self._load_duties(notice.day).get(notice.volunteer)
        return duties is not None and duties[0].start <= self._now

    def _find_date(self) -> datetime:
        return instant(self._now).astimezone(self._home.zone)


def build_sender(home: Path, notices: NoticeSettings) -> Sender:
    """The way that the settings name."""
    if notices.mail is None:
        return FolderSender(home / (notices.folder or ""))
    file = notices.mail.password_file
    return SmtpSender(notices.mail, partial(read_password, home / file) if file else None)
