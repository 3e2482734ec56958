"""The hall in front of an entrance: the real program on a real terminal, its home on disk, people with cards.

There are no double taps here: a second tap, at once or later, is an arrival or a departure.
"""

import os
import signal
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple, Self

from devices.protocols.em4100 import encode
from devices.simulated.scripted_reader import ScriptedReader
from domain.clock import MachineClock, to_the_second
from domain.ids import simulated_volunteer_id
from kiosk.home import SETTINGS_FILE, Home
from kiosk.text.masking import mask
from tests.support.history_generator import CATEGORY, generate_days, working_days
from tests.support.kiosk_program import line, run_kiosk, write_batch
from tests.support.large_text import Shape, draw_rows, list_shapes
from tests.support.terminal import Terminal

SURNAMES = "陳林黃張李王吳劉蔡楊許鄭謝郭洪曾邱廖賴周"
LAST_CHARACTERS = "玉蘭雄芬義華土貞彬桃英珠秀琴月梅鳳香雲霞惠貴春金蓮枝麗娟淑敏芳雪珍文德明志輝榮昌隆盛豐吉祥福壽康寧安"
QUEUE = 200
"""Cards that wait for an answer at once, at most: of more than can be answered some are given up."""
ROUND_SECONDS = 1.3
"""After which a card that was held to the reader is taken for another tap; the reader's hold is a second."""
HOUR, YEAR = timedelta(hours=1), timedelta(days=365)
DUTIES_A_DAY = 100
"""Of the days behind: with their taps some 400 events a day."""
READER = '[[reader]]\nname = "door"\nport = "{port}"\nprofile = "rdm6300"\n'


class Visitor(NamedTuple):
    """A person with a card."""

    number: str
    name: str
    card: bytes
    """The five bytes of it."""

    @property
    def masked_name(self) -> str:
        """The name as the entrance shows it; nobody else's is shown so."""
        return mask(self.name, "surname-and-last")

    @property
    def frame(self) -> bytes:
        """What the reader sends when the card is held to it."""
        return encode(self.card)


def visitors(count: int) -> list[Visitor]:
    """So many people, 1,000 at most, no two of whom are masked alike."""
    names = [f"{surname}美{last}" for last, surname in product(LAST_CHARACTERS, SURNAMES)]
    people = (Visitor(f"V{n:03d}", name, (0x01_00A0_0000 + n).to_bytes(5, "big")) for n, name in enumerate(names))
    return list(people)[:count]


class EntranceProcess:
    """An entrance that is open."""

    def __init__(
        self,
        folder: Path,
        people: list[Visitor],
        history_days: int = 0,
        *,
        profile_output: Path | None = None,
        started_anew: bool = False,
    ):
        """`days_behind`: working days from a year ago on. `measured`: where the program leaves its cProfile."""
        self.people = people
        self._shapes: Sequence[Shape] = ()
        self.home = folder / "home"
        measuring = ["-m", "cProfile", "-o", str(profile_output)] if profile_output else []
        program = str(Path(sys.executable).with_name("kiosk"))
        with ExitStack() as until_it_is_open:
            self.reader = until_it_is_open.enter_context(ScriptedReader(folder, "reader"))
            _create_home(self.home, self.reader.port, people, history_days)
            self.terminal = until_it_is_open.enter_context(
                Terminal([*measuring, program, "run", "--home", str(self.home)], started_anew=started_anew)
            )
            self.terminal.wait_for_text("Please tap your card")
            assert self.reader.wait_until_opened()
            self._resources = until_it_is_open.pop_all()

    def tap(self, visitor: Visitor) -> None:
        """Hold a card to the reader."""
        assert self.reader.send(visitor.frame) == len(visitor.frame)

    def measure_latency(self, visitor: Visitor) -> float:
        """From the last byte of a tap to the name on the terminal. Another person's stands there before."""
        for shape in self._shapes or list_shapes(visitor.masked_name):
            draw_rows(visitor.masked_name, shape)  # so that this process does not draw while it measures
        self.terminal.output = b""
        began = perf_counter()
        self.tap(visitor)
        self._shapes = [self.terminal.wait_for_drawn_text(visitor.masked_name, self._shapes)]
        return perf_counter() - began

    def tap_everyone(self) -> None:
        """In queues without a pause; over when each card counts again as held to the reader anew.

        The last one's name is on the screen by then, so all taps are in the log.
        """
        began = perf_counter()
        for first in range(0, len(self.people), QUEUE):
            queue = self.people[first : first + QUEUE]
            self.terminal.output = b""
            for visitor in queue:
                self.tap(visitor)
            self.terminal.wait_for_drawn_text(queue[-1].masked_name)
        self.terminal.read_for(began + ROUND_SECONDS - perf_counter())

    def resident_megabytes(self) -> float:
        """Megabytes that the program has in memory."""
        return measure_resident_megabytes(self.terminal.pid)

    def processor_seconds(self) -> float:
        """Seconds of a core that the program has used."""
        stat = Path(f"/proc/{self.terminal.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._resources:
            self.terminal.send_signal(signal.SIGTERM)
            assert self.terminal.wait_for_exit() == 0


# --- The home --------------------------------------------------------------------------------


def _create_home(home: Path, port: str, people: list[Visitor], history_days: int) -> None:
    """A simulation, so that it has a past; its entrance lives by the machine's clock."""
    Home.make(home, simulation=True).close()
    with (home / SETTINGS_FILE).open("a", encoding="utf-8") as settings:
        settings.write(READER.format(port=port))
    now = to_the_second(MachineClock().now())
    _apply_batch(home, _setup_lines(now - YEAR, people))
    if history_days:
        with Home.open(home) as opened:
            ids = [simulated_volunteer_id(who.number) for who in people]
            generate_days(opened.log, ids, working_days((now - YEAR).date(), history_days), DUTIES_A_DAY)
    _apply_batch(home, [_todays_duty(now, people)])


def _apply_batch(home: Path, lines: Iterable[dict[str, Any]]) -> None:
    ended = run_kiosk("apply", write_batch(home.with_name("batch.jsonl"), *lines), "--home", home)
    assert ended.status == 0, ended.err


def _setup_lines(at: datetime, people: list[Visitor]) -> Iterator[dict[str, Any]]:
    """The unit, its people, their trainings and cards."""
    agreed = at.date().isoformat()
    yield line("open_unit", at.isoformat(), name="清溪區戶政事務所", kind="public", category=CATEGORY)
    yield line("adopt_policy", at.isoformat(), effective_from=agreed, debounce_seconds=0)
    for who in people:
        facts = {"volunteer": who.number, "mode": "rostered", "agreement_from": agreed, "name": who.name}
        yield line("enrol_volunteer", at.isoformat(), **facts)
        for training in ({"kind": "basic"}, {"kind": "special", "category": CATEGORY}):
            yield line("complete_training", at.isoformat(), volunteer=who.number, on=agreed, **training)
        yield line("issue_card", at.isoformat(), volunteer=who.number, card=f"E:{who.card.hex().upper()}")


def _todays_duty(now: datetime, people: list[Visitor]) -> dict[str, Any]:
    """A duty that is under way, and everybody's."""
    span = {"start": (now - HOUR).isoformat(), "end": (now + 3 * HOUR).isoformat()}
    numbers = [who.number for who in people]
    return line("schedule_shift", (now - 2 * HOUR).isoformat(), shift="today", volunteers=numbers, post="櫃台", **span)


def measure_resident_megabytes(process: int) -> float:
    """Megabytes that a process has in memory."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
