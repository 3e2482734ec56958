"""The entrance on a machine with a clock of its own, in an office whose desk has the right time."""

from datetime import timedelta

from domain.model.kiosk_clock import KioskClock
from domain.use_cases.check_in import Door, TapAnswer
from tests.support.desk_commands import card_token_of
from tests.support.fake_machine import FakeMachine
from tests.support.office import ENTRANCE, Office
from tests.support.people import ANN, BEN

BEHIND = timedelta(hours=5, minutes=51)


class DoorWithClock:
    """A door, and a program that looks at the clock now and then."""

    def __init__(self, office: Office, machine: FakeMachine) -> None:
        self.office, self.machine = office, machine
        self.door = Door(office.log, ENTRANCE, machine)

    def tap(self, who: object = ANN, at: str | None = None) -> TapAnswer:
        if at:
            self.machine.advance_to(at)
        return self.door.record_tap(card_token_of(who) if who in (ANN, BEN) else str(who), "front")

    def poll_clock(self) -> None:
        """What the screen does once a second."""
        self.door.clock_monitor.rate(self.machine.read())
        self.door.clock_monitor.record_changes()

    def restart(self) -> None:
        """The program ends and begins again; the machine runs on."""
        self.door = Door(self.office.log, ENTRANCE, self.machine)

    @property
    def corrections(self) -> list[KioskClock.ClockCorrected]:
        return self.office.list_events(KioskClock.ClockCorrected)

    @property
    def steps(self) -> list[KioskClock.ClockStepped]:
        return self.office.list_events(KioskClock.ClockStepped)


def door_with_clock(office: Office, at: str = "2026-11-19 09:03", behind: timedelta = BEHIND) -> DoorWithClock:
    return DoorWithClock(office, FakeMachine(at, behind))
