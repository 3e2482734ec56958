"""`make demo-city`: three units with two kiosks each; one loses its network for a morning, and the figures are checked.

Everything is the product's but the clock and the pace: hubs over HTTP, `kiosk join`, `kiosk sync`, reader threads on
pseudo-terminals, logs of the units in a real PostgreSQL where it is packed for this machine.
"""

import queue
import sys
from collections import Counter
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep
from uuid import UUID

import click

from devices.protocols.decoder import CardNumber
from devices.protocols.em4100 import encode
from devices.readers.events import ReaderEvent
from devices.simulated.scripted_reader import ScriptedReader
from domain.calendar import TAIPEI
from domain.clock import MachineClock
from domain.log.registered_names import REGISTERED_NAMES
from domain.log.sqlite import open_sqlite_log
from kiosk.demo.desk import add_account
from kiosk.demo.office import PEOPLE, Person, build_line
from kiosk.demo.play_day import REPEAT_SECONDS, DemoClock, build_reader_factory, wait_for_result
from kiosk.demo.simulate_season import apply_lines
from kiosk.desk.server import Place, serve_in_thread
from kiosk.entrance.controller import EntranceController
from kiosk.entrance.launch import build_sources
from kiosk.home import Home
from kiosk.home_files import LOG_FILE
from kiosk.home_log import plan_store
from kiosk.hub.server import build_neighbour
from kiosk.joined_home.sync_state import load_sync_state
from kiosk.statements.statements import Statements
from projections.read_models.day_filter import DayFilter
from tests.support.cut_proxy import CutProxy
from tests.support.hub_site import HubSite, syncing
from tests.support.postgresql_server import PostgreSQLServer, find_programs
from tests.support.waiting import wait_until

UNITS = ("清溪區戶政事務所", "河濱區戶政事務所", "山景區戶政事務所")
KIOSKS = FRONT, SIDE = "正門", "側門"
"""Of each unit. The cable of the second of the first unit is pulled out for a morning."""
STAFF, LATECOMER = PEOPLE[:4], PEOPLE[4]
"""Of each unit. The last gets a card while a kiosk is offline."""

MOST_EVENTS = 10_000
"""More than any log here holds."""

Say = Callable[[str], object]


class DemoFailed(Exception):
    """A figure is not what it has to be."""


class DemoKiosk:
    """A kiosk of a unit: its home, its reader on a pseudo-terminal, and the cable to its hub."""

    def __init__(self, folder: Path, name: str, site: HubSite, clock: DemoClock, stack: ExitStack) -> None:
        self.name = name
        self.cable = stack.enter_context(CutProxy(site.url))
        self.folder = site.join(folder, name, self.cable.url)
        self.taps = 0
        self._last_sent: dict[str, float] = {}
        self._scripted = stack.enter_context(ScriptedReader())
        stack.enter_context(syncing(self.folder))
        self.wait_for_copy(site)
        home = stack.enter_context(Home.open(self.folder))
        home.use_clock(clock)
        self._controller, self._events = EntranceController(build_sources(home)), queue.Queue[ReaderEvent]()
        reader = build_reader_factory(self._scripted, clock)(self._events.put)
        reader.start()
        stack.callback(reader.stop)
        self._scripted.wait_until_opened()

    def tap(self, person: Person) -> str:
        """A card is held to the reader; what the screen says."""
        sleep(max(0.0, self._last_sent.get(person.card, 0.0) + REPEAT_SECONDS - monotonic()))
        self._last_sent[person.card] = monotonic()
        self._scripted.send(encode(CardNumber.parse(person.card).raw))
        self.taps += 1
        return wait_for_result(self._controller, self._events).state.replace("_", " ")

    def wait_for_copy(self, site: HubSite) -> None:
        """Until it knows everything that its hub knows."""
        wait_until(
            lambda: (
                load_sync_state(self.folder).position >= site.home.log.head().position
                and load_sync_state(self.folder).heard_at is not None
            ),
            lambda: str(load_sync_state(self.folder)),
        )

    def list_events(self) -> list[tuple[str, int, bytes]]:
        """What stands in its own log."""
        log = open_sqlite_log(self.folder / LOG_FILE, REGISTERED_NAMES)
        try:
            return [(row[1], row[2], row[4]) for row in log.read_rows(0, MOST_EVENTS)]
        finally:
            log.close()


class DemoUnit:
    """A unit with its hub and its kiosks."""

    def __init__(self, folder: Path, name: str, store: str | None, clock: DemoClock, stack: ExitStack) -> None:
        self.name, self._clock, self._day = name, clock, clock.now().astimezone(TAIPEI).date()
        home = Home.make(folder / "unit", simulation=True, store=plan_store(store) if store else None)
        self.home = stack.enter_context(home)
        self._found()
        home.use_clock(clock)
        url = stack.enter_context(serve_in_thread(home, Place(port=0), build_neighbour(home)))
        self.site = HubSite(home, url.rstrip("/"))
        self.kiosks = {kiosk: DemoKiosk(folder / kiosk, kiosk, self.site, clock, stack) for kiosk in KIOSKS}

    def _found(self) -> None:
        at = datetime.combine(self._day, time(8)) - timedelta(days=28)
        apply_lines(self.home, [build_line("open_unit", at, name=self.name, kind="public", category="戶政")])
        for person in (*STAFF, LATECOMER):
            enrolled = {"name": person.name, "agreement_from": at.date().isoformat()}
            apply_lines(
                self.home, [build_line("enrol_volunteer", at, volunteer=person.number, mode="flexible", **enrolled)]
            )
        for person in STAFF:
            self.issue_card(person, at)

    def issue_card(self, person: Person, at: datetime) -> None:
        """At the desk."""
        apply_lines(self.home, [build_line("issue_card", at, volunteer=person.number, card=person.card)])

    def tap(self, say: Say, at: str, kiosk: str, person: Person, remark: str = "") -> None:
        """A card is held to the reader of a kiosk."""
        answer = self.kiosks[kiosk].tap(person)
        say(f"{at}  {self.name} {kiosk}: {person.number} {answer}" + (f", {remark}" if remark else ""))

    def wait_for_taps(self, *kiosks: str) -> None:
        """Until the hub has what these kiosks recorded, and both know it."""
        for kiosk in kiosks:
            self._wait_until_held(self.site.find_source(kiosk), len(self.kiosks[kiosk].list_events()))
        for kiosk in kiosks:
            self.kiosks[kiosk].wait_for_copy(self.site)

    def _wait_until_held(self, source: UUID, count: int) -> None:
        wait_until(lambda: self.site.intake.find_held(source) >= count, lambda: f"{count} events of {source}")

    def check(self, say: Say) -> None:
        """Each tap stands in the log of its kiosk, and each event of a kiosk at the hub, once. Raises: DemoFailed."""
        own = Counter(event for kiosk in self.kiosks.values() for event in kiosk.list_events())
        held = Counter((row[1], row[2], row[4]) for row in self.home.log.read_rows(0, MOST_EVENTS))
        taps, events = sum(kiosk.taps for kiosk in self.kiosks.values()), sum(own.values())
        missing, twice = sum((own - held).values()), sum(held[event] - 1 for event in own if held[event] > 1)
        taken, is_whole = sum(map(self.site.count_held, self.kiosks)), self.home.log.verify().whole
        visits = Statements.now(self.home).list_visits(DayFilter(self._day, self._day))
        closed = sum(visit["status"] == "closed" for visit in visits)
        say(
            f"  {self.name}: {taps} taps, {events} events of the kiosks, {taken} of them at the hub, {missing} missing,"
            f" {twice} twice; {len(visits)} visits, {closed} closed; the chain is {'whole' if is_whole else 'broken'}"
        )
        everybody = len(STAFF) + 1
        found = (taps, taken, missing, twice, is_whole, len(visits), closed)
        if found != (events, events, 0, 0, True, everybody, everybody):
            raise DemoFailed(self.name)


class DemoCity:
    """The units, and the time that they all have."""

    def __init__(self, units: list[DemoUnit], clock: DemoClock, day: date) -> None:
        self.units, self._clock, self.day = units, clock, day

    def set_time(self, hour: int, minute: int) -> str:
        """The time of the day for all, as it is said."""
        self._clock.set_time(local(self.day, hour, minute))
        return f"{hour:02d}:{minute:02d}"


def local(day: date, hour: int, minute: int) -> datetime:
    return datetime.combine(day, time(hour, minute), TAIPEI).astimezone(UTC)


@contextmanager
def open_city(folder: Path, store: str | None = None, units: Sequence[str] = UNITS) -> Generator[DemoCity]:
    """The units, joined and heard, with their logs in a database or in files."""
    day = MachineClock().now().astimezone(TAIPEI).date()
    clock = DemoClock(local(day, 8, 0))
    with ExitStack() as stack:
        made = [DemoUnit(folder / str(number), name, store, clock, stack) for number, name in enumerate(units, 1)]
        yield DemoCity(made, clock, day)


def play_morning(city: DemoCity, say: Say) -> None:
    """Play it. Raises: DemoFailed where a figure at its end is wrong."""
    _arrive(city, say)
    _lose_network(city, say)
    _come_back(city, say)
    say("Checked:")
    for unit in city.units:
        unit.check(say)


def _arrive(city: DemoCity, say: Say) -> None:
    at = city.set_time(8, 25)
    for unit in city.units:
        for person, kiosk in zip(STAFF[:3], (FRONT, SIDE, FRONT), strict=True):
            unit.tap(say, at, kiosk, person)
        unit.wait_for_taps(*KIOSKS)


def _lose_network(city: DemoCity, say: Say) -> None:
    first, *others = city.units
    say(f"{city.set_time(9, 0)}  {first.name} {SIDE}: the cable is pulled out")
    first.kiosks[SIDE].cable.unplug()
    at = city.set_time(9, 10)
    for unit in city.units:
        say(f"{at}  {unit.name}: the desk gives {LATECOMER.number} a card")
        unit.issue_card(LATECOMER, datetime.combine(city.day, time(9, 10)))
    first.tap(say, city.set_time(9, 15), SIDE, LATECOMER, "it cannot know the card")
    first.kiosks[FRONT].wait_for_copy(first.site)
    first.tap(say, city.set_time(9, 16), FRONT, LATECOMER)
    at = city.set_time(9, 30)
    first.tap(say, at, SIDE, STAFF[3], "without the network")
    for unit in others:
        unit.kiosks[SIDE].wait_for_copy(unit.site)
        for person in (STAFF[3], LATECOMER):
            unit.tap(say, at, SIDE, person)
    first.tap(say, city.set_time(11, 30), SIDE, STAFF[0], "who came through the other door")


def _come_back(city: DemoCity, say: Say) -> None:
    first, began = city.units[0], monotonic()
    say(f"{city.set_time(11, 32)}  {first.name} {SIDE}: the cable is plugged in again")
    first.kiosks[SIDE].cable.plug_in()
    first.wait_for_taps(*KIOSKS)
    say(f"{city.set_time(11, 33)}  {first.name}: what it recorded is at the hub, {monotonic() - began:.1f} s later")
    at = city.set_time(11, 40)
    for unit in city.units:
        for person in (*STAFF, LATECOMER)[unit is first :]:  # the first of the first unit has gone
            unit.tap(say, at, FRONT, person)
        unit.wait_for_taps(*KIOSKS)


def main() -> int:
    """Play it; on a terminal the desks are served until Enter. The exit status: 1 where a figure is wrong."""
    began = monotonic()
    with TemporaryDirectory(prefix="kiosk-city-") as folder, ExitStack() as stack:
        store = None
        if find_programs():
            server = PostgreSQLServer.make()
            stack.callback(server.remove)
            store = server.address
        kept = "in PostgreSQL" if store else "in files, for PostgreSQL is not packed for this machine"
        click.echo(f"Three units, each with a hub and two kiosks; the logs of the units are {kept}.")
        city = stack.enter_context(open_city(Path(folder), store))
        try:
            play_morning(city, click.echo)
        except DemoFailed as failed:
            click.echo(f"{failed}: the figures are wrong", err=True)
            return 1
        click.echo(f"{monotonic() - began:.0f} s")
        if sys.stdin.isatty():
            _show_desks(city)
    return 0


def _show_desks(city: DemoCity) -> None:
    for unit in city.units:
        account = add_account(unit.home)
        click.echo(f"The desk of {unit.name}: {unit.site.url}/  {account.name}  {account.password}")
    click.prompt("Enter ends it", default="", show_default=False)


if __name__ == "__main__":
    sys.exit(main())
