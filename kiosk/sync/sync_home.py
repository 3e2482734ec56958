"""`kiosk sync` over the home of a kiosk: what it opens there, and how it ends.

Rule: one for each home. It opens its own log, its copy and its names and nothing else, so that it stays small.
"""

import signal
from collections.abc import Callable, Generator
from contextlib import ExitStack, closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from threading import Event
from types import FrameType
from typing import NamedTuple

from domain.clock import MachineClock
from domain.log.event_log import EventLog
from domain.log.registered_names import REGISTERED_NAMES
from domain.log.signing import SigningKey
from domain.log.sqlite import open_sqlite_log
from kiosk.errors import EXIT_NO, UserError
from kiosk.home_files import KEY_FILE, LOG_FILE, PEOPLE_FILE, SIGNING_KEY_FILE, hold_lock_file, read_site_key
from kiosk.home_folder import demand_writable_home
from kiosk.home_switch import hold_open
from kiosk.joined_home.hub_settings import HubSettings, find_hub
from kiosk.joined_home.joined import Joined, load_joined
from kiosk.joined_home.sync_state import SYNC_LOCK, SyncState, load_sync_state, save_sync_state
from kiosk.joined_home.unit_copy import UnitCopy
from kiosk.log_messages import log_to_home
from kiosk.people.people import People
from kiosk.people.proofs import build_keyed_hash
from kiosk.sync.exchange import Sessions
from kiosk.sync.hub_connection import HttpConnection, HubNotReached, HubRefused
from kiosk.sync.join import explain_failure
from kiosk.sync.kiosk_home import CERTIFICATE_FILE
from kiosk.sync.own_log import OwnLog, OwnLogAltered
from kiosk.sync.pull import Puller
from kiosk.sync.push import Pusher, push_batch
from kiosk.sync.run_sync import run_lines
from kiosk.sync.sync_report import SyncReport
from kiosk.sync.unit_heads import UnitHeads
from kiosk.words.sync import JoinText, SyncText, explain_trouble

"""Held while a program exchanges with the hub."""


class KioskFiles(NamedTuple):
    """What belongs to a kiosk that has joined."""

    hub: HubSettings
    joined: Joined
    certificate: Path | None
    """The one that the hub shows; None without TLS."""

    def connect(self) -> HttpConnection:
        """A connection to the hub."""
        return HttpConnection(self.hub.address, self.certificate)


def find_kiosk_files(path: Path, complaint: SyncText | JoinText = SyncText.NO_HUB) -> KioskFiles:
    """What the settings of a kiosk say of its hub. Raises: UserError, with the complaint where it has none."""
    demand_writable_home(path)
    hub, joined = find_hub(path), load_joined(path)
    if hub is None or joined is None:
        raise UserError(complaint.fill(path=path), EXIT_NO)
    return KioskFiles(hub, joined, path / CERTIFICATE_FILE if hub.address.startswith("https:") else None)


def run_sync(path: Path, report_start: Callable[[str], None], end: Event | None = None) -> None:
    """Keep a home and its hub together until a signal comes, or `end` is set. Raises: UserError, LogError."""
    files = find_kiosk_files(path)
    ending = end or Event()
    with (
        hold_lock_file(path / SYNC_LOCK, SyncText.RUNS_ALREADY.fill(path=path)),
        log_to_home(path),
        hold_open(path),
        _open_own(path) as own,
        _open_people(path, files.joined) as people,
        closing(UnitCopy.open(path)) as copy,
        _ending_by_signal(ending) if end is None else ExitStack(),
    ):
        clock = MachineClock()
        report = SyncReport(load_sync_state(path), clock)
        sessions = Sessions(own)
        pusher = Pusher(files.connect(), sessions, report, own, clock)
        puller = Puller(files.connect(), sessions, report, copy, people, UnitHeads(path, clock))
        report_start(SyncText.RUNS.fill(path=path, address=files.hub.address))
        run_lines(pusher, puller, report, partial(_save, path), ending)


def send_unsent(path: Path) -> int:
    """Send what another kiosk has not sent yet; how many events. Raises: UserError where that is not possible."""
    files = find_kiosk_files(path, JoinText.NOT_A_KIOSK)
    with closing(files.connect()) as connection, _open_own(path) as own:
        try:
            session = Sessions(own).find(connection)
            held = session.held
            while held < own.find_end():
                held = push_batch(connection, session, own, held)[1].position
        except HubRefused as refused:
            trouble = explain_trouble(refused.refusal.code)
        except HubNotReached as failed:
            trouble = explain_failure(files.hub.address, failed)
        except OwnLogAltered:
            trouble = explain_trouble("own_log_altered")
        else:
            return held - session.held
    raise UserError(JoinText.OLD_NOT_SENT.fill(old=path, trouble=trouble), EXIT_NO)


def _save(path: Path, state: SyncState) -> None:
    """Keep the state where the disk takes it: events are sent all the same."""
    with suppress(OSError):
        save_sync_state(path, state)


@contextmanager
def _open_own(path: Path) -> Generator[OwnLog]:
    log: EventLog = open_sqlite_log(path / LOG_FILE, REGISTERED_NAMES)
    with closing(log):
        yield OwnLog(log, SigningKey.load(path / SIGNING_KEY_FILE))


@contextmanager
def _open_people(path: Path, joined: Joined) -> Generator[People]:
    keyed_hash = build_keyed_hash(read_site_key(path / KEY_FILE))
    people = People.open(path / PEOPLE_FILE, simulation=joined.simulation, keyed_hash=keyed_hash)
    with closing(people):
        yield people


@contextmanager
def _ending_by_signal(end: Event) -> Generator[None]:
    def handle(_number: int, _frame: FrameType | None) -> None:
        end.set()

    before = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
