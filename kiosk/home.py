"""A home: the folder with the settings, the log, the people store and the site key, and the use cases on them.

Rule: the parts are composed here; no rule of the unit is decided here.
"""

import secrets
from collections.abc import Callable
from contextlib import ExitStack, suppress
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.clock import Clock, Reading, SimulatedClock
from domain.errors import DomainError
from domain.ids import compute_card_token, new_volunteer_id, simulated_volunteer_id
from domain.log.errors import LogError
from domain.log.event_log import EventLog
from domain.log.read_connection import ReadConnect
from domain.log.scratch import MEMORY, sweep_scratch_folders
from domain.log.writer_lock import LOCK_TIMEOUT
from domain.model.unit import Unit
from domain.spans import Second, second
from kiosk.home_files import (
    KEY_BYTES,
    KEY_FILE,
    PEOPLE_FILE,
    demand_private,
    make_folder,
    write_private,
)
from kiosk.home_folder import demand_home, demand_writable_home, open_as_allowed
from kiosk.home_log import make_log, open_log, open_log_read_only
from kiosk.home_parts import HomeParts
from kiosk.home_switch import hold_open
from kiosk.home_unit import SIMULATED_KEY, begin_log, demand_zone, load_unit, read_own_key
from kiosk.input_files import SETTINGS_FILE
from kiosk.joined_home.sync_state import find_sync_state
from kiosk.joined_home.witnessed_clock import build_clock
from kiosk.people.people import People
from kiosk.people.proofs import build_keyed_hash, compute_book_digest
from kiosk.refusals import NamesVolunteer
from kiosk.settings import TEMPLATE, Settings, load_settings
from kiosk.store_settings import Store, add_store

if TYPE_CHECKING:
    from devices.protocols.decoder import CardNumber
    from domain.model.visits import Direction
    from domain.use_cases.check_in import TapAnswer


class Home(HomeParts):
    """One open home. Close it, or use it as a context manager."""

    def __init__(self, path: Path, settings: Settings, log: EventLog, unit: Unit, people: People, key: bytes) -> None:
        """Use `make` or `open`. `unit`: as the log has it; `key`: that of the site."""
        self.path = path
        self.settings = settings
        self.log = log
        self.people = people
        self.simulation = unit.simulation
        self.is_key_proved = unit.simulation or unit.key_check is not None
        """Whether the log can tell the site key of this home from another one."""
        self.zone = ZoneInfo(unit.zone)
        self.sync_state = find_sync_state(path, settings.kiosk)
        simulated = SimulatedClock(log.find_last_recorded()) if self.simulation else None
        self.clock: Clock = simulated or build_clock(self.sync_state)
        self.views_timeout = LOCK_TIMEOUT
        self.on_build_progress: Callable[[Any], None] = lambda _: None
        self._site_key = key
        self.read_only = False  # a backup, or read-only media, is: nothing is written
        self._held = ExitStack()  # given back last: until then the log is not moved
        self._scratch = ExitStack()

    # --- Making and opening ---

    @classmethod
    def make(cls, path: Path, *, simulation: bool, zone: str | None = None, store: Store | None = None) -> Self:
        """Make a home in a new or empty folder; a kiosk.toml that is there already is kept, and gets the store.

        Raises: UserError, and nothing is changed where there is a home already; LogError.
        """
        make_folder(path)
        settings_file = path / SETTINGS_FILE
        if not settings_file.exists():
            write_private(settings_file, TEMPLATE.fill(zone=zone or Settings().zone).encode())
        if store:
            add_store(settings_file, store)
        settings = load_settings(settings_file)
        site_key = SIMULATED_KEY if simulation else secrets.token_bytes(KEY_BYTES)
        write_private(path / KEY_FILE, site_key)
        People.create(path / PEOPLE_FILE, simulation=simulation).close()
        begin_log(make_log(path), settings.zone, None if simulation else site_key)
        home = cls.open(path)
        home.fill_reserve()
        return home

    @classmethod
    def open(cls, path: Path, *, timeout: float = LOCK_TIMEOUT, on_trial: bool = False) -> Self:
        """Open an existing home; `timeout` is how many seconds it waits for programs that write.

        The log of a copy that is `on_trial`, and is deleted, does not wait for the disk. Raises: UserError, LogError.
        """
        demand_writable_home(path)
        sweep_scratch_folders(path, MEMORY)
        return cls._open(path, lambda: open_log(path, timeout=timeout, on_trial=on_trial), None)

    @classmethod
    def open_to_read(cls, path: Path, *, timeout: float = LOCK_TIMEOUT) -> Self:
        """Open a home for what only reads; a backup, or one on read-only media, without changing a byte there.

        On a disk that is full or fails, as much as must be is read from memory. Raises: UserError, LogError.
        """
        demand_home(path)
        return open_as_allowed(
            path,
            lambda: cls.open(path, timeout=timeout),
            lambda connect: cls._open(path, lambda: open_log_read_only(path, connect), connect),
        )

    @classmethod
    def _open(cls, path: Path, open_its_log: Callable[[], EventLog], read_with: ReadConnect | None) -> Self:
        with ExitStack() as cleanup:
            held = cleanup.enter_context(hold_open(path) if read_with is None else ExitStack())
            settings = load_settings(path / SETTINGS_FILE)
            log = open_its_log()
            cleanup.callback(log.close)
            unit = load_unit(log, path)
            demand_zone(path / SETTINGS_FILE, settings.zone, unit.zone)
            demand_private(path / PEOPLE_FILE)
            site_key = read_own_key(path / KEY_FILE, unit)
            people = People.open(
                path / PEOPLE_FILE,
                simulation=unit.simulation,
                keyed_hash=build_keyed_hash(site_key),
                read_with=read_with,
            )
            cleanup.callback(people.close)
            home = cls(path, settings, log, unit, people, site_key)
            if read_with is None and not home.sync_state and people.list_changes():
                from kiosk.people.changes import complete_changes  # noqa: PLC0415 - next to no home has any

                complete_changes(log, people)
            home.read_only = read_with is not None
            home._held = held.pop_all()
            cleanup.pop_all()
        return home

    def close(self) -> None:
        """Close the log, the people store and the views."""
        with ExitStack() as closing:
            closing.callback(self._held.close)
            closing.callback(self.log.close)
            closing.callback(self.people.close)
            closing.callback(self._scratch.close)
            for name in {"views", "night_views"} & vars(self).keys():
                closing.callback(getattr(self, name).close)

    def close_with(self, close: Callable[[], None]) -> None:
        """Call this when the home is closed: it gives back what was built beside the home."""
        self._scratch.callback(close)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def fill_reserve(self) -> None:
        """Fill the disk reserve for taps, where there is plenty of room; a simulation keeps none."""
        if self.log.reserve and not self.simulation:
            self.log.reserve.fill()

    @property
    def reserve_released(self) -> bool:
        """Whether the disk is or was full: taps are recorded in the room that the reserve has released."""
        return self.log.reserve is not None and not self.simulation and not self.log.reserve.is_held

    def read_unit_name(self) -> str:
        """The name of the unit; empty before it is opened."""
        return load_unit(self.log, self.path).name or ""

    def now_second(self) -> Second:
        """The current second for the read models: what the clock shows, as far as it can be right."""
        return second(self.clock_monitor.estimate_now(self.clock.read(), self.clock.now()))

    def now_recorded(self) -> datetime:
        """When something that happens now is written down: not by a clock that is known to be wrong."""
        monitor, reading = self.clock_monitor, self.clock.read()
        return monitor.find_recorded_at(monitor.rate(reading), self.clock.now())

    def derive_token(self, card: "CardNumber") -> str:
        """The token that stands for a card in the log."""
        return compute_card_token(self._site_key, card.tech, card.raw)

    def derive_book_digest(self, number: str) -> str:
        """The digest that stands for the number of a record book in the log, in whichever width it was typed."""
        return compute_book_digest(self.compute_hmac, number)

    def compute_hmac(self, message: bytes) -> bytes:
        """The HMAC of a message under the site key: without the key the message cannot be found by trying."""
        return build_keyed_hash(self._site_key)(message)

    def create_volunteer_id(self, number: str) -> UUID:
        """An id for a new volunteer; in a simulation derived from the number, and from how many erased ones had it."""
        if not self.simulation:
            return new_volunteer_id()
        derived = (simulated_volunteer_id(number + "/again" * times) for times in count())
        return next(one for one in derived if self.people.find_number(one) is None)

    def record_tap(
        self, card: "CardNumber", reader: str, direction: "Direction | None", stated: datetime | None
    ) -> "TapAnswer":
        """Record a tap that came from a batch or a script, not from an attached reader; the answer of the door.

        `stated` is the instant of the tap, None is now. A reader that is fixed to a direction supplies a missing one.
        Raises: NamesVolunteer of a reader that stands in no settings, whose name the log would keep for good.
        """
        if all(known.name != reader for known in self.settings.readers) and self.people.is_named_in(reader):
            raise NamesVolunteer(reader)
        direction = direction or self.settings.find_direction(reader)
        answer = self.door.record_tap(self.derive_token(card), reader, direction, self.read_clock(stated))
        with suppress(LogError):  # the next reading of the clock finds the change again
            self.clock_monitor.record_changes()
        return answer

    def set_clock(self, at: datetime) -> None:
        """Set the clock of a simulation; in a real home this does nothing."""
        if isinstance(self.clock, SimulatedClock):
            self.clock.at = at

    def use_clock(self, clock: Clock) -> None:
        """Use another clock from now on: an entrance in a simulation cannot wait for batch lines."""
        self.clock = clock
        for name in {"door", "clock_monitor"} & vars(self).keys():
            delattr(self, name)

    def read_clock(self, stated: datetime | None) -> Reading:
        """The reading of the clock, or an instant that was stated, which is unsynchronised in a real home."""
        if stated is None:
            return self.clock.read()
        trust, boot = ("simulated", "simulation") if self.simulation else ("unknown", "stated")
        return Reading(stated, trust, boot, 0)

    def format_refusal(self, refusal: DomainError) -> str:
        """The sentence for a refusal, with numbers instead of ids, and local times."""
        from kiosk.words.refusals import format_refusal  # noqa: PLC0415 - most programs refuse nothing

        return format_refusal(refusal, self.people.find_number, self.zone)
