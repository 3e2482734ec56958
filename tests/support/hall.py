"""The hall in front of an entrance: the real program on a real terminal, its home on disk, people with cards.

There are no double taps here: whoever taps again, at once or later, comes or goes.
"""

import os
import signal
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple, Self

from devices.em4100 import encode
from devices.scripted import ScriptedReader
from domain.clock import MachineClock, to_the_second
from kiosk.home import SETTINGS_FILE, Home
from kiosk.masking import mask
from tests.support.kiosk_program import kiosk, line, written
from tests.support.terminal import Terminal

SURNAMES = "陳林黃張李王吳劉蔡楊許鄭謝郭洪曾邱廖賴周"
LAST_CHARACTERS = "玉蘭雄芬義華土貞彬桃"
CATEGORY = "戶政"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
READER = '[[reader]]\nname = "door"\nport = "{port}"\nprofile = "rdm6300"\n'


class Visitor(NamedTuple):
    """Somebody with a card."""

    number: str
    name: str
    card: bytes
    """The five bytes of it."""

    @property
    def shown(self) -> str:
        """The name as the entrance shows it; nobody else's is shown so."""
        return mask(self.name, "surname-and-last")

    @property
    def frame(self) -> bytes:
        """What the reader sends when the card is held to it."""
        return encode(self.card)


def visitors(count: int) -> list[Visitor]:
    """So many people, 200 at most."""
    names = [f"{surname}美{last}" for last, surname in product(LAST_CHARACTERS, SURNAMES)]
    people = (Visitor(f"V{n:03d}", name, (0x01_00A0_0000 + n).to_bytes(5, "big")) for n, name in enumerate(names))
    return list(people)[:count]


class Hall:
    """An entrance that is open."""

    def __init__(self, folder: Path, people: list[Visitor], days_behind: int = 0, *, measured: Path | None = None):
        """`days_behind`: on so many days everybody served. `measured`: where the program leaves its cProfile."""
        self.people = people
        self.home = folder / "home"
        self._reader = ScriptedReader(folder, "reader")
        _founded(self.home, self._reader.port, people, days_behind)
        measuring = ["-m", "cProfile", "-o", str(measured)] if measured else []
        program = Path(sys.executable).with_name("kiosk")
        self.terminal = Terminal([*measuring, str(program), "run", "--home", str(self.home)])
        self.terminal.waits_for("Please tap your card")
        assert self._reader.wait_until_opened()

    def tap(self, visitor: Visitor) -> None:
        """Hold a card to the reader."""
        assert self._reader.send(visitor.frame) == len(visitor.frame)

    def seconds_to_see(self, visitor: Visitor) -> float:
        """From the last byte of a tap to the name on the terminal. Somebody else's stands there before."""
        self.terminal.output = b""
        began = perf_counter()
        self.tap(visitor)
        self.terminal.waits_for(visitor.shown)
        return perf_counter() - began

    def resident(self) -> float:
        """Megabytes that the program has in memory."""
        return int(Path(f"/proc/{self.terminal.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20

    def processor_seconds(self) -> float:
        """Seconds of a core that the program has used."""
        stat = Path(f"/proc/{self.terminal.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self.terminal:
            self.terminal.signals(signal.SIGTERM)
            self.terminal.ends()
        self._reader.close()


# --- The home --------------------------------------------------------------------------------


def _founded(home: Path, port: str, people: list[Visitor], days_behind: int) -> None:
    """A simulation, so that it has a past; its entrance lives by the machine's clock."""
    Home.make(home, simulation=True).close()
    with (home / SETTINGS_FILE).open("a", encoding="utf-8") as settings:
        settings.write(READER.format(port=port))
    now = to_the_second(MachineClock().now())
    batch = written(home.with_name("past.jsonl"), *_founding(now - 365 * DAY, people), *_past(now, people, days_behind))
    ended = kiosk("apply", batch, "--home", home)
    assert ended.status == 0, ended.err


def _founding(at: datetime, people: list[Visitor]) -> Iterator[dict[str, Any]]:
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


def _past(now: datetime, people: list[Visitor], days: int) -> Iterator[dict[str, Any]]:
    """Days on which everybody came and went, and a duty for everybody today."""
    for start in (now - back * DAY - HOUR for back in range(days, -1, -1)):
        span = {"start": start.isoformat(), "end": (start + 4 * HOUR).isoformat()}
        written_at = (start - HOUR).isoformat()
        yield line("schedule_shift", written_at, shift=f"{start:%m%d}", volunteers=[w.number for w in people], **span)
        for at in (start, start + 4 * HOUR) if start + DAY < now else ():
            for who in people:
                yield line("tap", at.isoformat(), card=f"E:{who.card.hex().upper()}")
