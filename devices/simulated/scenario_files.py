"""Scenarios are data: a TOML file says what a reader without hardware does.

    profile = "rdm6300"
    seed = 7                                  # of noise and weak couplings; 0 by default

    [cards]
    ann = "E:010063E9AE"
    ben = "E:3C00CE754C"

    [[step]]
    tap = "ann"                               # held to the reader and taken away
    [[step]]
    after = 0.5                               # seconds after the step before has ended; any step may have it
    hold = "ann"                              # lies there; repeating frames, every 0.065 seconds by default
    seconds = 3
    [[step]]
    alternate = ["ann", "ben"]                # two cards on one reader
    seconds = 2
    [[step]]
    weak = "ben"                              # coupled badly, gaps of 0.3 to 0.9 seconds
    seconds = 10
    [[step]]
    glued = ["ann", "ben"]                    # two frames, nothing between them
    [[step]]
    cut = "ann"                               # the first bytes of a frame; half unless `keep` says how many
    [[step]]
    noise = 500                               # bytes of nothing
    [[step]]
    send = "02 31 30"                         # bytes as they are, in hexadecimal
    [[step]]
    flood = 10000                             # so many different cards, as fast as the line takes them
    [[step]]
    unplug = 3                                # seconds; what follows waits until the program is back
    [[step]]
    no_power = 3                              # seconds; for readers that must be asked

The rule: a file that is not understood to its last field is refused, with its step and a code. A reader that
must be asked has no frames of its own, so nothing can be glued or cut there.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from devices.faults import Choices, Fault, FaultCode, FileFault, build_choices
from devices.profiles.encoder import CannotEncode
from devices.profiles.profile import Profile
from devices.profiles.registry import BUILTIN_PROFILES
from devices.profiles.toml_rows import FieldError, TomlTable
from devices.protocols.decoder import CardNumber, NotACardNumber
from devices.simulated.scenario import EVERY_SECONDS, ScenarioBuilder, TimedAction

LONGEST_SECONDS = 86_400
MOST = 1_000_000
"""Cards of a flood, bytes of noise."""


class ScenarioFault(FaultCode):
    """What is wrong with a scenario, beside its fields."""

    NOT_SECONDS = "not_seconds", "name", "least", "most"
    UNKNOWN_CARD = "unknown_card", "name", "card", "choices"
    NOT_ONE_ACTION = "not_one_action", "name", "choices"


class ScenarioError(Exception):
    """A scenario is not understood. `fault` says why, `step` where; `str()` is the file, the step and the code."""

    def __init__(self, path: Path, step: str | None, fault: Fault) -> None:
        super().__init__(f"{path}, step {step}: {fault}" if step else f"{path}: {fault}")
        self.path, self.step, self.fault = path, step, fault


@dataclass(frozen=True, slots=True)
class Scenario:
    """All that happens at one reader."""

    profile: Profile
    actions: tuple[TimedAction, ...] = field(repr=False)


def load_scenario(path: Path, profiles: Mapping[str, Profile] = BUILTIN_PROFILES) -> Scenario:
    """The scenario in a file. Raises: ScenarioError."""
    try:
        return parse_scenario(path.read_text(encoding="utf-8"), profiles)
    except OSError as error:
        raise ScenarioError(path, None, Fault(FileFault.UNREADABLE, {"error": error.strerror})) from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ScenarioError(path, None, Fault(FileFault.NOT_TOML, {"error": str(error)})) from None
    except FieldError as error:
        step = next((number for number in error.path[:1] if number.isdigit()), None)
        raise ScenarioError(path, step, error.fault) from None


def parse_scenario(text: str, profiles: Mapping[str, Profile] = BUILTIN_PROFILES) -> Scenario:
    """The scenario that a text describes. Raises: FieldError, tomllib.TOMLDecodeError."""
    file = ScenarioTable(tomllib.loads(text))
    profile = file.choice("profile", profiles)
    builder = ScenarioBuilder(profile, seed=file.whole("seed", 0, MOST, 0))
    steps = file.steps(file.named_cards())
    file.check_all_read()
    return Scenario(profile, tuple(timed for step in steps for timed in _build_actions(builder, step)))


class ScenarioTable(TomlTable):
    """The fields of a file or of a step. Every method raises `FieldError`, as in `TomlTable`."""

    def __init__(
        self,
        fields: Mapping[str, object],
        path: tuple[str, ...] = (),
        known: Mapping[str, CardNumber] | None = None,
    ) -> None:
        super().__init__(fields, path)
        self._known = known or {}

    def steps(self, known: Mapping[str, CardNumber]) -> list["ScenarioTable"]:
        """The steps, each with its number and the cast."""
        self.tables("step")
        listed = cast("list[Mapping[str, object]]", self._fields["step"])
        return [ScenarioTable(fields, (str(number),), known) for number, fields in enumerate(listed, start=1)]

    def named_cards(self) -> dict[str, CardNumber]:
        """Cards by the names that the scenario gives them."""
        listed = cast("Mapping[str, object]", self._take("cards", dict, {}))
        return {name: self._parse_number(name, written) for name, written in listed.items()}

    def seconds(self, name: str, default: float | None = None) -> float:
        """A time, whole or with decimals."""
        value = self._take(name, object, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= LONGEST_SECONDS:
            raise self.build_error(name, ScenarioFault.NOT_SECONDS, least=0, most=LONGEST_SECONDS)
        return float(value)

    def card(self, name: str) -> CardNumber:
        """One of the cast."""
        return self._find_card(name, self.text(name))

    def cards(self, name: str) -> list[CardNumber]:
        """Several of the cast."""
        listed = cast("list[object]", self._take(name, list, None))
        return [self._find_card(name, str(who)) for who in listed]

    def _parse_number(self, name: str, written: object) -> CardNumber:
        try:
            return CardNumber.parse(str(written))
        except NotACardNumber as refusal:
            raise FieldError((*self.path, name), refusal.fault) from None

    def _find_card(self, name: str, label: str) -> CardNumber:
        if label not in self._known:
            raise self.build_error(
                name, ScenarioFault.UNKNOWN_CARD, card=label, choices=build_choices(label, self._known)
            )
        return self._known[label]


# --- The steps ---

Step = Callable[[ScenarioBuilder, ScenarioTable], Iterator[TimedAction]]

STEPS: Mapping[str, Step] = {
    "tap": lambda builder, step: builder.tap(step.card("tap")),
    "hold": lambda builder, step: builder.hold(
        step.card("hold"), step.seconds("seconds"), step.seconds("every", EVERY_SECONDS) or EVERY_SECONDS
    ),
    "alternate": lambda builder, step: builder.alternate(step.cards("alternate"), step.seconds("seconds")),
    "weak": lambda builder, step: builder.hold_weakly(step.card("weak"), step.seconds("seconds")),
    "glued": lambda builder, step: builder.send_glued(step.cards("glued")),
    "cut": lambda builder, step: builder.send_cut(
        step.card("cut"), step.whole("keep", 1, MOST) if step.has("keep") else None
    ),
    "noise": lambda builder, step: builder.send_noise(step.whole("noise", 1, MOST)),
    "send": lambda builder, step: builder.send(step.octets("send")),
    "flood": lambda builder, step: builder.flood(step.whole("flood", 1, MOST)),
    "unplug": lambda builder, step: builder.unplug(step.seconds("unplug")),
    "no_power": lambda builder, step: builder.cut_power(step.seconds("no_power")),
}
"""What a step can be, by the field that says so."""


def _build_actions(builder: ScenarioBuilder, step: ScenarioTable) -> Iterator[TimedAction]:
    """What a step makes happen. Raises: FieldError."""
    kinds = [kind for kind in STEPS if step.has(kind)]
    if len(kinds) != 1:
        raise step.build_error("step", ScenarioFault.NOT_ONE_ACTION, choices=Choices(tuple(STEPS), None))
    (kind,) = kinds
    yield step.seconds("after", 0.0), None
    try:
        yield from STEPS[kind](builder, step)
    except CannotEncode as refusal:
        raise FieldError((*step.path, kind), refusal.fault) from None
    step.check_all_read()
