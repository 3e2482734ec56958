"""An entrance as a program, for a test that gives it a terminal: the log file, and whether it has a bug."""

import logging
import sys
from datetime import datetime, timedelta

from devices.readers.events import CardPresented
from kiosk.entrance.app import EntranceApp
from kiosk.entrance.launch import run_entrance
from kiosk.entrance.service import EntranceOptions
from tests.kiosk.entrance.app_harness import ANNS_CARD, AT, UNIT, FakeReader, ScriptedService


class TickingService(ScriptedService):
    """A service whose clock goes on a day at each call."""

    ticks = 0

    def now(self) -> datetime:
        self.ticks += 1
        return AT + timedelta(days=self.ticks)


class AutoTapReader(FakeReader):
    """A reader that reports a card as soon as it is started."""

    def start(self) -> None:
        super().start()
        self.post(CardPresented(ANNS_CARD, self.name, AT))


def raise_bug() -> None:
    name = "王小明"
    raise KeyError(len(name))


def main(log: str, *flags: str) -> int:
    logging.basicConfig(filename=log, encoding="utf-8")
    if "--with-a-bug" in flags:
        app = EntranceApp(
            ScriptedService(on_answer=raise_bug), [lambda post: AutoTapReader("door", post)], EntranceOptions(UNIT)
        )
    else:
        app = EntranceApp(TickingService(), [], EntranceOptions(UNIT, leave_seconds=600))
    return run_entrance(app)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
