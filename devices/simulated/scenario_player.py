"""Plays a scenario at a pseudo-terminal, which a program opens like any other serial device.

    python -m devices.simulated.scenario_player morning.toml [--profiles FOLDER]   # prints the port, waits, plays, ends

The rule: the player waits for a program to open the port, at the beginning and after each replug, and for room on
the line, as a cable does; and for nothing else. A reader that must be asked answers for as long as the player waits.
"""

import argparse
import sys
import time
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import cast

from devices.profiles.profile import Profile
from devices.profiles.registry import load_all_profiles
from devices.protocols import aa_bb, pn532, sl025m, sm130, yhy523u
from devices.simulated.readers import (
    SimulatedAaBb,
    SimulatedPn532,
    SimulatedReader,
    SimulatedSl025m,
    SimulatedSm130,
    SimulatedYhy523u,
)
from devices.simulated.scenario import Action, PlaceCard, Power, Replug, Send, TimedAction, Unplug
from devices.simulated.scenario_files import ScenarioError, load_scenario
from devices.simulated.scripted_reader import ScriptedReader

SIMULATORS = (
    (aa_bb.DIALECT, SimulatedAaBb),
    (pn532.DIALECT, SimulatedPn532),
    (sl025m.DIALECT, SimulatedSl025m),
    (sm130.DIALECT, SimulatedSm130),
    (yhy523u.DIALECT, SimulatedYhy523u),
)
"""The simulated reader of each dialect."""

OPENING_SECONDS = 600.0
"""How long the player waits for a program to open the port, when it was started by a person."""


class Player:
    """Plays actions at a scripted reader, in the thread that calls it."""

    def __init__(self, reader: ScriptedReader, profile: Profile) -> None:
        self._reader = reader
        self._simulator = build_simulator(profile)

    def play(self, actions: Iterable[TimedAction]) -> None:
        """Everything, each at its time."""
        for seconds, action in actions:
            self._wait(seconds)
            self._do(action)

    def _wait(self, seconds: float) -> None:
        if self._simulator is None:
            time.sleep(seconds)
            return
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self._reader.send(self._simulator.answer(self._reader.receive(left)))

    def _do(self, action: Action | None) -> None:
        match action:
            case Send(data=data):
                self._reader.send_all(data)
            case Unplug():
                self._reader.wait_until_read()
                self._reader.unplug()
            case Replug():
                self._reader.replug()
                self._reader.wait_until_opened()
            case PlaceCard(card=card) if self._simulator:
                self._simulator.card = card
            case Power(on=on) if self._simulator:
                self._simulator.powered = on
            case _:
                pass


def build_simulator(profile: Profile) -> SimulatedReader | None:
    """What answers the questions to a reader of this profile; None for one that speaks unasked."""
    if profile.poller is None:
        return None
    (dialect,) = cast("partial[object]", profile.poller).args  # a profile's file has it so: a dialogue in a dialect
    return next(simulated() for known, simulated in SIMULATORS if known is dialect)


def main(arguments: list[str]) -> int:
    """Play a file; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m devices.simulated.scenario_player", description="Play a scenario.")
    parser.add_argument("scenario", type=Path)
    parser.add_argument("--profiles", type=Path, default=Path("profiles"), help="folder with profiles of your own")
    options = parser.parse_args(arguments)
    try:
        scenario = load_scenario(options.scenario, load_all_profiles(options.profiles))
    except ScenarioError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    with ScriptedReader() as reader:
        sys.stdout.write(f'port = "{reader.port}"\nprofile = "{scenario.profile.name}"\n')
        sys.stdout.flush()
        if not reader.wait_until_opened(OPENING_SECONDS):
            return 1
        Player(reader, scenario.profile).play(scenario.actions)
        reader.wait_until_read()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
