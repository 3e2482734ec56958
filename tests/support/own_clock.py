"""The entrance on a machine with a clock of its own, in an office whose desk has the right time."""

from datetime import timedelta

from domain.model.kiosk_clock import KioskClock
from domain.use_cases.check_in import Answer, Door
from tests.support.cast import ANN, BEN
from tests.support.desk import card_of
from tests.support.machine import Machine
from tests.support.office import ENTRANCE, Office

BEHIND = timedelta(hours=5, minutes=51)


class Entrance:
    """A door, and a program that looks at the clock now and then."""

    def __init__(self, office: Office, machine: Machine) -> None:
        self.office, self.machine = office, machine
        self.door = Door(office.log, ENTRANCE, machine)

    def tap(self, who: object = ANN, at: str | None = None) -> Answer:
        if at:
            self.machine.until(at)
        return self.door.tap(card_of(who) if who in (ANN, BEN) else str(who), "front")

    def look(self) -> None:
        """What the screen does once a second."""
        self.door.watch.judged(self.machine.read())
        self.door.watch.write_down()

    def starts_anew(self) -> None:
        """The program ends and begins again; the machine runs on."""
        self.door = Door(self.office.log, ENTRANCE, self.machine)

    @property
    def corrections(self) -> list[KioskClock.ClockCorrected]:
        return self.office.recorded(KioskClock.ClockCorrected)

    @property
    def steps(self) -> list[KioskClock.ClockStepped]:
        return self.office.recorded(KioskClock.ClockStepped)


def entrance(office: Office, at: str = "2026-11-19 09:03", behind: timedelta = BEHIND) -> Entrance:
    return Entrance(office, Machine(at, behind))
