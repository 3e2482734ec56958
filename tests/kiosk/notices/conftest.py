"""A home with duties on two days, its mail server, and runs at an instant."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

import pytest

from kiosk.home import Home
from kiosk.notice_settings import MailServer as ServerSettings
from kiosk.notice_settings import NoticeSettings
from kiosk.notices.mail import Sender, SmtpSender
from kiosk.notices.queue import NoticeQueue, QueuedNotice
from kiosk.notices.send import NoticeRun, RunResult
from kiosk.notices.texts import Finding
from tests.support.kiosk_program import line, run_kiosk, write_batch
from tests.support.mail_server import MailServer, serve_mail
from tests.support.people import local_time

LIN, CHEN = "lin@example.org", "chen@example.org"
"""Coordinators."""
ANN, BEN = "ann@example.org", "ben@example.org"
"""Volunteers with a duty tomorrow."""
FINDING = Finding("backup", "沒有備份")
MORNING = "20 08:00"


def enrol(number: str, name: str, email: str | None, **fields: str) -> dict[str, object]:
    contact = {} if email is None else {"email": email}
    return line(
        "enrol_volunteer",
        "2024-01-02T08:00",
        volunteer=number,
        name=name,
        mode="rostered",
        agreement_from="2024-01-02",
        **contact,
        **fields,
    )


def schedule(shift: str, start: str, end: str, *volunteers: str, **fields: str) -> dict[str, object]:
    start, end = f"2026-11-{start.replace(' ', 'T')}", f"2026-11-{end.replace(' ', 'T')}"
    return line(
        "schedule_shift", "2026-11-01T08:00", shift=shift, start=start, end=end, volunteers=list(volunteers), **fields
    )


LINES = (
    line("open_unit", "2024-01-01T08:00", name="清水戶政事務所", kind="public", category="戶政"),
    enrol("V001", "王小明", ANN),
    enrol("V002", "Benjamin Lee", BEN, language="en"),
    enrol("V003", "陳怡君", None),
    line("complete_training", "2024-01-11T08:00", volunteer="V001", kind="basic", on="2024-01-10"),
    line("complete_training", "2024-01-11T08:00", volunteer="V001", kind="special", category="戶政", on="2024-01-10"),
    line("issue_card", "2024-01-02T08:05", volunteer="V001", card="04000000000001"),
    schedule("S0", "19 09:00", "19 12:00", "V001"),
    schedule("S1", "20 09:00", "20 12:00", "V003", post="服務台"),
    schedule("S2", "20 13:00", "20 17:00"),
    schedule("S3", "21 09:00", "21 12:00", "V001", "V002", "V003", post="引導"),
    line("tap", "2026-11-19T09:00", card="04000000000001"),
    line("tap", "2026-11-19T12:00", card="04000000000001"),
    line("tap", "2026-11-19T18:00", card="04000000000009"),
)


@pytest.fixture(scope="module")
def made_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("notices")
    Home.make(folder / "home", simulation=True).close()
    ended = run_kiosk("apply", write_batch(folder / "day.jsonl", *LINES), "--home", folder / "home")
    assert ended.err == ""
    return folder / "home"


@pytest.fixture
def home_folder(made_home: Path, tmp_path: Path) -> Path:
    """A copy of the home, which a test may change."""
    return copytree(made_home, tmp_path / "home")


@pytest.fixture
def server() -> Iterator[MailServer]:
    with serve_mail(MailServer()) as served:
        yield served


@dataclass
class Office:
    """A home whose notices are sent."""

    home: Home
    notices: NoticeSettings
    server: MailServer
    sender: Sender | None = None

    def run(self, at: str = MORNING) -> RunResult:
        """One run at an instant of November."""
        self.home.set_clock(local_time(f"2026-11-{at}"))
        self.home.views.catch_up(self.home.now_second())
        mail = ServerSettings("127.0.0.1", self.server.port, "none")
        sender = self.sender or SmtpSender(mail, None)
        return NoticeRun(self.home, self.notices, sender, lambda: [FINDING]).run()

    def apply(self, do: str, at: str, **fields: str) -> None:
        """Carry out a command at an instant of November."""
        self.apply_lines(line(do, f"2026-11-{at.replace(' ', 'T')}", **fields))

    def apply_lines(self, *lines: dict[str, object]) -> None:
        """Carry out lines of a batch."""
        batch = write_batch(self.home.path.parent / "more.jsonl", *lines)
        assert run_kiosk("apply", batch, "--home", self.home.path).err == ""

    def find_queued(self, address: str, day: int | None = None) -> QueuedNotice:
        """The notice to a coordinator or a volunteer, of a day where there are several."""
        people = self.home.people
        (found,) = (
            one
            for one in NoticeQueue(self.home.path).load()
            if address in (one.address, one.volunteer and people.find_email(one.volunteer))
            and day in (None, one.day.day)
        )
        return found


@pytest.fixture
def office(home_folder: Path, server: MailServer) -> Iterator[Office]:
    notices = NoticeSettings("kiosk@example.org", digest_to=(LIN, CHEN), reminders=True, folder="unused")
    with Home.open(home_folder) as home:
        yield Office(home, notices, server)
