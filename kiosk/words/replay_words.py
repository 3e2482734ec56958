"""What a replay of a day must be able to say, whatever the language.

Rule: that it is a replay is said in both languages at once, so that nobody takes it for now.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from projections.playback.timeline import TimelineKind

PlaybackState = Literal["playing", "standing", "over", "so_far"]
"""`over`: it has come to the end of the day. `so_far`: to the end of what is known of a day under way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybackWords:
    """The words of one language."""

    title: str
    weekdays: str
    """Names of Monday to Sunday, one behind the other, between spaces."""
    next_day: str
    """Before a time after midnight, which still belongs to the service day."""
    states: Mapping[PlaybackState, str]
    ended: Mapping[PlaybackState, str]
    """What is said in full where it has ended."""
    taps: str
    exceptions: str
    """With {number} and {count}."""
    kinds: Mapping[TimelineKind, str]
    more: str
    """With {count}: exceptions that came up at the same instant."""
    no_more_taps: str
    no_earlier_taps: str
    no_more_exceptions: str
    nothing_changes: str
    """Said to whoever presses a key that would change something elsewhere, or none that is known."""
    keys: str
