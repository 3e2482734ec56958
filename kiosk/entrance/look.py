"""What differs between one entrance and another."""

from dataclasses import dataclass

RESULT_SECONDS = 4.0
"""How long a result stays when nobody taps after it: long enough for a name and a sentence, read slowly."""

NOISE_SECONDS = 0.4
"""How near to a good card an unreadable frame is taken for the same card on its way in or out of the field."""

TICK_SECONDS = 1.0
"""Between two looks at the clock, the readers and the storage."""


@dataclass(frozen=True, slots=True)
class EntranceOptions:
    """The look of one entrance."""

    unit: str
    """The name at the top of the screen."""
    banner: str = ""
    """Said on every screen where it is not empty: that this is a simulation, or a demonstration."""
    result_seconds: float = RESULT_SECONDS
    noise_seconds: float = NOISE_SECONDS
