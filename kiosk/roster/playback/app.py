"""The bar on every screen of a replay: nobody takes what is below it for now."""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Digits, Input

from domain.spans import Second
from kiosk.roster.app import RosterApp
from kiosk.roster.playback.formatting import (
    PlaybackStatus,
    find_playback_words,
    format_exceptions,
    format_progress,
    format_title,
)
from kiosk.roster.view_model import PlaybackSource
from kiosk.tui.lines import TextLine
from kiosk.words.staff_words import CorrectionKind, PlaybackState, PlaybackWords, RosterWords

LARGE_CLOCK_SIZE = (100, 36)
"""Columns and rows from which on the clock is drawn large."""


class PlaybackBar(Horizontal):
    """That it is a replay, where it stands, what came up there, and the keys for it."""

    class Ready(Message):
        """A bar is there, and can be filled."""

    def compose(self) -> ComposeResult:
        """The lines, and a clock that is seen from afar."""
        with Vertical(id="replay_lines"):
            yield TextLine("replay_title")
            yield TextLine("replay_progress")
            yield TextLine("replay_keys")
        yield Digits(id="replay_clock")

    def on_mount(self) -> None:
        """There is room for a large clock, or there is not."""
        self._resize_clock(self.screen.size.width, self.screen.size.height)
        self.post_message(self.Ready())

    def on_resize(self, _: events.Resize) -> None:
        """There may be more room, or less."""
        self._resize_clock(self.screen.size.width, self.screen.size.height)

    def _resize_clock(self, columns: int, rows: int) -> None:
        self.set_class(columns >= LARGE_CLOCK_SIZE[0] and rows >= LARGE_CLOCK_SIZE[1], "large")

    def show(self, standing: PlaybackStatus, note: str, words: PlaybackWords) -> None:
        """Say where the replay stands, and `note` beside it."""
        self._line("replay_title").set_text(format_title(standing, words))
        self._line("replay_progress").set_text(format_progress(standing, note, words))
        self._line("replay_keys").set_text(words.keys)
        clock = self.query_one("#replay_clock", Digits)
        if clock.value != (time := f"{standing.now:%H:%M:%S}"):
            clock.update(time)

    def _line(self, name: str) -> TextLine:
        return self.query_one(f"#{name}", TextLine)


POLL_SECONDS = 0.1
"""Between two looks at a day that plays: its clock runs smoothly to the eye."""
CHANGING_KEYS = frozenset({"delete", "backspace", "insert"})
"""Keys that print nothing, and change something elsewhere."""

MessageFormatter = Callable[[PlaybackWords, RosterWords], str]
"""What is to be said at a place, in whatever language the screen comes to speak."""


def _format_nothing(_: PlaybackWords, __: RosterWords) -> str:
    return ""


def _bind_key(keys: str, action: str) -> Binding:
    """A key of the replay, before any other meaning that it has on a screen."""
    return Binding(keys, f"replay_{action}", show=False, priority=True)


class PlaybackApp(RosterApp):
    """A day, played."""

    CSS_PATH: ClassVar[list[Path]] = [
        Path(__file__).parents[1] / "roster.tcss",
        Path(__file__).with_name("playback.tcss"),
    ]
    BINDINGS: ClassVar[list[BindingType]] = [
        _bind_key("space", "play"),
        _bind_key("right", "next_tap"),
        _bind_key("left", "tap_before"),
        _bind_key("home", "first"),
        _bind_key("end", "last"),
        _bind_key("plus,equals_sign", "faster"),
        _bind_key("minus,underscore", "slower"),
        Binding("n", "replay_next_tap", show=False),
        Binding("p", "replay_tap_before", show=False),
        Binding("e", "replay_next_exception", show=False),
    ]

    def __init__(self, source: PlaybackSource, *, is_over: bool, poll_seconds: float = POLL_SECONDS) -> None:
        """`is_over`: the last instant is the end of the day, not only of what is known of it."""
        super().__init__(source, poll_seconds)
        self._playback = source
        self._is_over = is_over
        self._message: MessageFormatter = _format_nothing

    def on_ready(self) -> None:
        """The day begins to play once its screen is there."""
        super().on_ready()
        self._playback.playhead = self._playback.playhead.toggle(self._playback.now())

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
                self._update_bar(screen)

    def _update_bar(self, screen: Screen[object]) -> None:
        """Every screen has the bar, whoever opened it."""
        for bar in screen.query(PlaybackBar):
            if bar.is_mounted and bar.query("#replay_clock"):
                bar.show(
                    self._build_status(),
                    self._message(find_playback_words(self._words), self._words),
                    find_playback_words(self._words),
                )
            return
        if screen.is_mounted:
            screen.mount(PlaybackBar(), before=0)

    @on(PlaybackBar.Ready)
    def _fill_bar(self) -> None:
        self._show()

    def _build_status(self) -> PlaybackStatus:
        playback, timeline = self._playback, self._playback.timeline
        at = playback.shown_at
        return PlaybackStatus(
            playback.service_day,
            playback.to_local(at),
            playback.playhead.speed,
            self._find_state(at),
            (timeline.count_taps_by(at), len(timeline.taps)),
            (timeline.count_entries_by(at), len(timeline.entries)),
        )

    def _find_state(self, at: Second) -> PlaybackState:
        if at == self._playback.playhead.last:
            return "over" if self._is_over else "so_far"
        return "playing" if self._playback.playhead.is_playing(self._playback.now()) else "standing"

    def _show_message(self, note: MessageFormatter) -> None:
        self._message = note
        self._show()
        self._poll_now.set()

    # --- Keys ---

    def action_replay_play(self) -> None:
        """Play, or stand."""
        self._playback.playhead = self._playback.playhead.toggle(self._playback.now())
        self._show_message(_format_nothing)

    def action_replay_faster(self) -> None:
        """The next speed."""
        self._playback.playhead = self._playback.playhead.speed_up(self._playback.now())
        self._show_message(_format_nothing)

    def action_replay_slower(self) -> None:
        """The speed before."""
        self._playback.playhead = self._playback.playhead.slow_down(self._playback.now())
        self._show_message(_format_nothing)

    def action_replay_first(self) -> None:
        """To the beginning of the day."""
        self._seek(self._playback.playhead.first, _format_nothing)

    def action_replay_last(self) -> None:
        """To its end."""
        self._seek(self._playback.playhead.last, _format_nothing)

    def action_replay_next_tap(self) -> None:
        """To the instant just after the next tap."""
        self._seek(self._playback.timeline.find_tap_after(self._playhead_position), lambda words, _: words.no_more_taps)

    def action_replay_tap_before(self) -> None:
        """One tap back."""
        self._seek(
            self._playback.timeline.find_tap_before(self._playhead_position), lambda words, _: words.no_earlier_taps
        )

    async def action_replay_next_exception(self) -> None:
        """To the next instant at which something wants a person."""
        found = self._playback.timeline.find_entries_after(self._playhead_position)
        told = await self._run_in_thread(self._playback.list_alerts, found)
        self._seek(found[0].at if found else None, _format_nothing)
        self._show_message(lambda words, of_roster: format_exceptions(told, words, of_roster))

    @property
    def _playhead_position(self) -> Second:
        return self._playback.playhead.position_at(self._playback.now())

    def _seek(self, at: Second | None, fallback: MessageFormatter) -> None:
        """Stand at an instant; where there is none, stay and say so."""
        self._playback.playhead = self._playback.playhead.seek(self._playhead_position if at is None else at)
        self._show_message(fallback if at is None else _format_nothing)

    # --- Nothing can be changed ---

    async def action_settle(self, kind: CorrectionKind) -> None:  # noqa: ARG002 - as on the live roster
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
        self._show_message(lambda words, _: words.nothing_changes)
