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

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from devices.faults import Choices, Fault, FaultCode, FieldFault, FileFault, TextForm, build_choices
from devices.profiles.encoder import CannotEncode
from devices.profiles.profile import Profile
from devices.profiles.registry import BUILTIN_PROFILES
from devices.protocols.decoder import CardNumber, NotACardNumber
from devices.simulated.scenario import EVERY_SECONDS, ScenarioBuilder, TimedAction
from devices.toml_text import TomlError, parse_toml
from devices.validation import FieldError, build_field_error, convert

Seconds = Annotated[float, Meta(ge=0, le=86_400)]
Count = Annotated[int, Meta(ge=1, le=1_000_000)]
"""Cards of a flood, bytes of noise."""


class ScenarioFault(FaultCode):
    """What is wrong with a scenario, beside its fields."""

    UNKNOWN_CARD = "unknown_card", "name", "card", "choices"
    NOT_ONE_ACTION = "not_one_action", "name", "choices"


class ScenarioError(Exception):
    """A scenario is not understood: the file, with its line or step where one is known, and the fault."""


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
        raise ScenarioError(f"{path}: {Fault(FileFault.UNREADABLE, {'error': error.strerror})}") from None
    except UnicodeDecodeError:
        raise ScenarioError(f"{path}: {Fault(FileFault.NOT_UTF8)}") from None
    except TomlError as error:
        raise ScenarioError(f"{path}:{error.line}: {error.fault}" if error.line else f"{path}: {error.fault}") from None
    except FieldError as error:
        step = next((f", step {index + 1}" for index in error.place[1:2] if isinstance(index, int)), "")
        raise ScenarioError(f"{path}{step}: {error.fault}") from None


def parse_scenario(text: str, profiles: Mapping[str, Profile] = BUILTIN_PROFILES) -> Scenario:
    """The scenario that a text describes. Raises: FieldError, TomlError."""
    file = convert(parse_toml(text), ScenarioFile)
    if file.profile not in profiles:
        fields = {"value": repr(file.profile), "choices": build_choices(file.profile, profiles)}
        raise build_field_error(("profile",), FieldFault.NOT_A_CHOICE, **fields)
    profile = profiles[file.profile]
    builder = ScenarioBuilder(profile, file.seed)
    cards = NamedCards({name: _parse_number(name, written) for name, written in file.cards.items()})
    steps = [_read_step(index, fields, builder, cards) for index, fields in enumerate(file.step)]
    return Scenario(profile, tuple(timed for step in steps for timed in step))


class ScenarioFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The fields of a file."""

    profile: str
    step: Annotated[tuple[dict[str, Any], ...], Meta(min_length=1)]
    seed: Annotated[int, Meta(ge=0, le=1_000_000)] = 0
    cards: dict[str, Any] = msgspec.field(default_factory=dict[str, Any])


def _parse_number(name: str, written: object) -> CardNumber:
    try:
        return CardNumber.parse(str(written))
    except NotACardNumber as refusal:
        raise FieldError(("cards", name), refusal.fault) from None


class NamedCards:
    """The cards of a scenario, by the names that it gives them."""

    def __init__(self, cards: Mapping[str, CardNumber]) -> None:
        self._cards = cards

    def find(self, field_name: str, name: str) -> CardNumber:
        """The card that a field names. Raises: FieldError."""
        if name not in self._cards:
            choices = build_choices(name, self._cards)
            raise build_field_error((field_name,), ScenarioFault.UNKNOWN_CARD, card=name, choices=choices)
        return self._cards[name]

    def find_all(self, field_name: str, names: list[str]) -> list[CardNumber]:
        """The cards that a field names. Raises: FieldError."""
        return [self.find(field_name, name) for name in names]


# --- The steps ---


class StepFields(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every step has."""

    after: Seconds = 0.0
    """Seconds since the step before has ended."""


class TapStep(StepFields, frozen=True, kw_only=True):
    """A card is held to the reader and taken away."""

    tap: str


class HoldStep(StepFields, frozen=True, kw_only=True):
    """A card lies there."""

    hold: str
    seconds: Seconds
    every: Annotated[float, Meta(gt=0, le=86_400)] = EVERY_SECONDS


class AlternateStep(StepFields, frozen=True, kw_only=True):
    """Several cards lie on one reader."""

    alternate: list[str]
    seconds: Seconds


class WeakStep(StepFields, frozen=True, kw_only=True):
    """A card is coupled badly."""

    weak: str
    seconds: Seconds


class GluedStep(StepFields, frozen=True, kw_only=True):
    """Frames with nothing between them."""

    glued: list[str]


class CutStep(StepFields, frozen=True, kw_only=True):
    """The first bytes of a frame."""

    cut: str
    keep: Count | None = None


class NoiseStep(StepFields, frozen=True, kw_only=True):
    """So many bytes of nothing."""

    noise: Count


class SendStep(StepFields, frozen=True, kw_only=True):
    """Bytes as they are, in hexadecimal."""

    send: Annotated[str, Meta(pattern=TextForm.HEXADECIMAL.value)]


class FloodStep(StepFields, frozen=True, kw_only=True):
    """So many different cards."""

    flood: Count


class UnplugStep(StepFields, frozen=True, kw_only=True):
    """The cable is out for so many seconds."""

    unplug: Seconds


class NoPowerStep(StepFields, frozen=True, kw_only=True):
    """A reader that must be asked has no power for so many seconds."""

    no_power: Seconds


Step = (
    TapStep
    | HoldStep
    | AlternateStep
    | WeakStep
    | GluedStep
    | CutStep
    | NoiseStep
    | SendStep
    | FloodStep
    | UnplugStep
    | NoPowerStep
)

STEPS: Mapping[str, type[Step]] = {
    "tap": TapStep,
    "hold": HoldStep,
    "alternate": AlternateStep,
    "weak": WeakStep,
    "glued": GluedStep,
    "cut": CutStep,
    "noise": NoiseStep,
    "send": SendStep,
    "flood": FloodStep,
    "unplug": UnplugStep,
    "no_power": NoPowerStep,
}
"""What a step can be, by the field that says so."""


def _build_actions(step: Step, builder: ScenarioBuilder, cards: NamedCards) -> Iterator[TimedAction]:  # noqa: C901 - cases
    """What a step makes happen. Raises: FieldError, CannotEncode."""
    match step:
        case TapStep():
            return builder.tap(cards.find("tap", step.tap))
        case HoldStep():
            return builder.hold(cards.find("hold", step.hold), step.seconds, step.every)
        case AlternateStep():
            return builder.alternate(cards.find_all("alternate", step.alternate), step.seconds)
        case WeakStep():
            return builder.hold_weakly(cards.find("weak", step.weak), step.seconds)
        case GluedStep():
            return builder.send_glued(cards.find_all("glued", step.glued))
        case CutStep():
            return builder.send_cut(cards.find("cut", step.cut), step.keep)
        case NoiseStep():
            return builder.send_noise(step.noise)
        case SendStep():
            return builder.send(bytes.fromhex(step.send))
        case FloodStep():
            return builder.flood(step.flood)
        case UnplugStep():
            return builder.unplug(step.unplug)
        case NoPowerStep():
            return builder.cut_power(step.no_power)


def _read_step(
    index: int, fields: Mapping[str, object], builder: ScenarioBuilder, cards: NamedCards
) -> list[TimedAction]:
    """What the n-th step makes happen. Raises: FieldError, with the step in its place."""
    place = ("step", index)
    kinds = [kind for kind in STEPS if kind in fields]
    if len(kinds) != 1:
        choices = Choices(tuple(STEPS), None)
        raise FieldError(place, Fault(ScenarioFault.NOT_ONE_ACTION, {"name": "step", "choices": choices}))
    (kind,) = kinds
    try:
        step = convert(fields, STEPS[kind])
        return [(step.after, None), *_build_actions(step, builder, cards)]
    except FieldError as error:
        raise FieldError((*place, *error.place), error.fault) from None
    except CannotEncode as refusal:
        raise FieldError((*place, kind), refusal.fault) from None
