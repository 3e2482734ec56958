"""The roster of a past day, played: the live roster's screens under a bar that says so.

Rule: nothing can be changed from here, and whoever tries is told. Only the playhead moves.
"""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widgets import Input

from domain.spans import Second
from kiosk.roster.app import RosterApp
from kiosk.roster.playback.bar import ReplayBar
from kiosk.roster.playback.formatting import Standing, exceptions, words_beside
from kiosk.roster.playback.source import ReplayLookout
from kiosk.words.replay_words import ReplayWords, State
from kiosk.words.roster_words import RosterWords
from kiosk.words.settling_words import Kind

LOOK_SECONDS = 0.1
"""Between two looks at a day that plays: its clock runs smoothly to the eye."""
CHANGING_KEYS = frozenset({"delete", "backspace", "insert"})
"""Keys that print nothing, and change something elsewhere."""

Note = Callable[[ReplayWords, RosterWords], str]
"""What is to be said at a place, in whatever language the screen comes to speak."""


def _nothing(_: ReplayWords, __: RosterWords) -> str:
    return ""


def _key(keys: str, action: str) -> Binding:
    """A key of the replay, before any other meaning that it has on a screen."""
    return Binding(keys, f"replay_{action}", show=False, priority=True)


class ReplayApp(RosterApp):
    """A day, played."""

    CSS_PATH: ClassVar[list[Path]] = [
        Path(__file__).parents[1] / "roster.tcss",
        Path(__file__).with_name("playback.tcss"),
    ]
    BINDINGS: ClassVar[list[BindingType]] = [
        _key("space", "play"),
        _key("right", "next_tap"),
        _key("left", "tap_before"),
        _key("home", "first"),
        _key("end", "last"),
        _key("plus,equals_sign", "faster"),
        _key("minus,underscore", "slower"),
        Binding("n", "replay_next_tap", show=False),
        Binding("p", "replay_tap_before", show=False),
        Binding("e", "replay_next_exception", show=False),
    ]

    def __init__(self, lookout: ReplayLookout, *, is_over: bool, seconds: float = LOOK_SECONDS) -> None:
        """`is_over`: the last instant is the end of the day, not only of what is known of it."""
        super().__init__(lookout, seconds)
        self._replay = lookout
        self._is_over = is_over
        self._note: Note = _nothing

    def on_ready(self) -> None:
        """The day begins to play once its screen is there."""
        super().on_ready()
        self._replay.playhead = self._replay.playhead.toggled(self._replay.now())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whoever types a search means letters and the places in them."""
        if action.startswith("replay_") and isinstance(self.focused, Input):
            return False
        return super().check_action(action, parameters)

    # --- The bar ---

    def _show(self) -> None:
        super()._show()
        if self.is_running:
            for screen in self.screen_stack:
                self._bar_of(screen)

    def _bar_of(self, screen: Screen[object]) -> None:
        """Every screen has the bar, whoever opened it."""
        for bar in screen.query(ReplayBar):
            if bar.is_mounted and bar.query("#replay_clock"):
                bar.show(
                    self._standing(), self._note(words_beside(self._words), self._words), words_beside(self._words)
                )
            return
        if screen.is_mounted:
            screen.mount(ReplayBar(), before=0)

    @on(ReplayBar.Stands)
    def _fill(self) -> None:
        self._show()

    def _standing(self) -> Standing:
        replay, story = self._replay, self._replay.story
        at = replay.shown
        return Standing(
            replay.day_played,
            replay.local(at),
            replay.playhead.speed,
            self._state(at),
            (story.taps_by(at), len(story.taps)),
            (story.moments_by(at), len(story.moments)),
        )

    def _state(self, at: Second) -> State:
        if at == self._replay.playhead.last:
            return "over" if self._is_over else "so_far"
        return "playing" if self._replay.playhead.plays(self._replay.now()) else "standing"

    def _say(self, note: Note) -> None:
        self._note = note
        self._show()
        self._woken.set()

    # --- Keys ---

    def action_replay_play(self) -> None:
        """Play, or stand."""
        self._replay.playhead = self._replay.playhead.toggled(self._replay.now())
        self._say(_nothing)

    def action_replay_faster(self) -> None:
        """The next speed."""
        self._replay.playhead = self._replay.playhead.faster(self._replay.now())
        self._say(_nothing)

    def action_replay_slower(self) -> None:
        """The speed before."""
        self._replay.playhead = self._replay.playhead.slower(self._replay.now())
        self._say(_nothing)

    def action_replay_first(self) -> None:
        """To the beginning of the day."""
        self._stand_at(self._replay.playhead.first, _nothing)

    def action_replay_last(self) -> None:
        """To its end."""
        self._stand_at(self._replay.playhead.last, _nothing)

    def action_replay_next_tap(self) -> None:
        """To the instant just after the next tap."""
        self._stand_at(self._replay.story.tap_after(self._here), lambda words, _: words.no_more_taps)

    def action_replay_tap_before(self) -> None:
        """One tap back."""
        self._stand_at(self._replay.story.tap_before(self._here), lambda words, _: words.no_earlier_taps)

    async def action_replay_next_exception(self) -> None:
        """To the next instant at which something wants a person."""
        found = self._replay.story.moments_after(self._here)
        told = await self._at_the_home(self._replay.happenings, found)
        self._stand_at(found[0].at if found else None, _nothing)
        self._say(lambda words, of_roster: exceptions(told, words, of_roster))

    @property
    def _here(self) -> Second:
        return self._replay.playhead.where(self._replay.now())

    def _stand_at(self, at: Second | None, otherwise: Note) -> None:
        """Stand at an instant; where there is none, stay and say so."""
        self._replay.playhead = self._replay.playhead.put(self._here if at is None else at)
        self._say(otherwise if at is None else _nothing)

    # --- Nothing can be changed ---

    async def action_settle(self, kind: Kind) -> None:  # noqa: ARG002 - as on the live roster
        """Not in a replay."""
        self._refuse()

    async def action_prove(self) -> None:
        """Nobody needs to prove anything who can change nothing."""
        self._refuse()

    def on_key(self, event: events.Key) -> None:
        """A key that means nothing here might mean a change elsewhere."""
        if (event.is_printable or event.key in CHANGING_KEYS) and event.key not in self.active_bindings:
            self._refuse()

    def _refuse(self) -> None:
        self._say(lambda words, _: words.nothing_changes)
