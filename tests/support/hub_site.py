"""A real hub of a unit on this machine, and kiosks that have joined it with the program."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from uuid import UUID

from domain.act import Act
from domain.ids import SYSTEM
from domain.model.kiosk_register import Alarm
from domain.use_cases.source_intake import SourceIntake
from kiosk.accounts.join_codes import issue_join_code
from kiosk.desk.server import Place, serve_in_thread
from kiosk.home import Home
from kiosk.hub.server import build_neighbour
from kiosk.sync.join import JoinWish, join_hub
from kiosk.sync.sync_home import run_sync
from tests.support.kiosk_program import OPEN_UNIT, line, run_kiosk, write_batch

CARD = "E:100086F444"
"""Of the volunteer V001."""
UNIT_LINES = (
    OPEN_UNIT,
    line(
        "enrol_volunteer",
        "2024-01-02T08:00",
        volunteer="V001",
        mode="flexible",
        agreement_from="2024-01-02",
        name="陳美玉",
    ),
    line("issue_card", "2024-01-11T08:00", volunteer="V001", card=CARD),
)


class HubSite:
    """The home of a unit, open, whose hub is served."""

    def __init__(self, home: Home, url: str, certificate: Path | None = None) -> None:
        self.home = home
        self.url = url
        self.certificate = certificate
        self.intake = SourceIntake(home.log, home.clock)

    def issue_code(self, kiosk: str) -> str:
        """A code for a kiosk of this name."""
        return issue_join_code(self.home, kiosk).code

    def join(self, folder: Path, kiosk: str, url: str | None = None) -> Path:
        """The home of a new kiosk."""
        wish = JoinWish(url or self.url, self.issue_code(kiosk), self.certificate, simulation=self.home.simulation)
        join_hub(folder, wish)
        return folder

    def find_source(self, kiosk: str) -> UUID:
        """The log of a kiosk that has joined."""
        sources = self.intake.load_register().sources.values()
        return next(source.log_id for source in sources if source.kiosk == kiosk)

    def revoke(self, kiosk: str) -> None:
        """Take nothing more of a kiosk."""
        self.intake.revoke(self.find_source(kiosk), None, self._act)

    def stop(self, kiosk: str) -> None:
        """An alarm of a kiosk waits for a person."""
        register = self.intake.load_register()
        register.raise_alarm(self.find_source(kiosk), Alarm("not_yours", 0, 1), self._act)
        self.home.log.append(register)

    def settle(self, kiosk: str) -> None:
        """The person has looked at it."""
        note = self.home.people.keep_note("both machines were looked at", 1)
        self.intake.settle_alarm(self.find_source(kiosk), note, self._act)

    @property
    def _act(self) -> Act:
        now = self.home.clock.now()
        return Act(now, SYSTEM, now)

    def count_held(self, kiosk: str) -> int:
        """How many events of a kiosk the hub holds, which are proved."""
        verdict = self.intake.verify(self.find_source(kiosk))
        assert verdict.whole
        return verdict.events


@contextmanager
def serve_site(
    folder: Path, *, simulation: bool = False, port: int = 0, certificate: tuple[Path, Path] | None = None
) -> Generator[HubSite]:
    """The hub of a home, made where it is missing, until the block ends."""
    if not folder.exists():
        Home.make(folder, simulation=simulation).close()
        assert run_kiosk("apply", write_batch(folder.with_suffix(".jsonl"), *UNIT_LINES), "--home", folder).err == ""
    with Home.open(folder) as home:
        place = Place(port=port, certificate=certificate[0], key=certificate[1]) if certificate else Place(port=port)
        with serve_in_thread(home, place, build_neighbour(home)) as url:
            yield HubSite(home, url.rstrip("/"), certificate[0] if certificate else None)


def tap(folder: Path, card: str = CARD) -> int:
    """A tap at a kiosk, recorded by its own log; 0 where it was accepted."""
    return run_kiosk("tap", card, "--home", folder).status


@contextmanager
def syncing(folder: Path) -> Generator[None]:
    """`kiosk sync` over a home until the block ends."""
    end, faults = Event(), list[BaseException]()

    def run() -> None:
        try:
            run_sync(folder, lambda _: None, end)
        except BaseException as fault:  # noqa: BLE001 - raised below
            faults.append(fault)

    thread = Thread(target=run, daemon=True)
    thread.start()
    try:
        yield
    finally:
        end.set()
        thread.join()
    for fault in faults:
        raise fault
