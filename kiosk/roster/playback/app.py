"""The app of a past day: the roster's screens under a bar that says so, and the keys of the playback.

Rule: nothing can be changed, and no screen is without the bar.
"""

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
from kiosk.roster.playback.view_model import PlaybackSource
from kiosk.tui.text import TextLine
from kiosk.words.staff_words import CorrectionKind, PlaybackState, PlaybackWords, RosterWords

LARGE_CLOCK_SIZE = (100, 36)
"""Columns and rows from which on the clock is drawn large."""


class PlaybackBar(Horizontal):
    """The title of the playback, its progress, a message, and its keys."""

    class Ready(Message):
        """A bar is mounted, and can be filled."""

    def compose(self) -> ComposeResult:
        """The lines, and a large clock."""
        with Vertical(id="replay_lines"):
            yield TextLine("replay_title")
            yield TextLine("replay_progress")
            yield TextLine("replay_keys")
        yield Digits(id="replay_clock")

    def on_mount(self) -> None:
        """Show the large clock if there is room, and ask to be filled."""
        self._resize_clock(self.screen.size.width, self.screen.size.height)
        self.post_message(self.Ready())

    def on_resize(self, _: events.Resize) -> None:
        """Show or hide the large clock."""
        self._resize_clock(self.screen.size.width, self.screen.size.height)

    def _resize_clock(self, columns: int, rows: int) -> None:
        self.set_class(columns >= LARGE_CLOCK_SIZE[0] and rows >= LARGE_CLOCK_SIZE[1], "large")

    def show(self, status: PlaybackStatus, message: str, words: PlaybackWords) -> None:
        """Show the status, and a message beside the progress."""
        self._line("replay_title").set_text(format_title(status, words))
        self._line("replay_progress").set_text(format_progress(status, message, words))
        self._line("replay_keys").set_text(words.keys)
        clock = self.query_one("#replay_clock", Digits)
        if clock.value != (time := f"{status.now:%H:%M:%S}"):
            clock.update(time)

    def _line(self, name: str) -> TextLine:
        return self.query_one(f"#{name}", TextLine)


POLL_SECONDS = 0.1
"""Seconds between two polls: the clock of the day runs smoothly to the eye."""
CHANGING_KEYS = frozenset({"delete", "backspace", "insert"})
"""Keys that print nothing, and mean a change in other programs."""

MessageFormatter = Callable[[PlaybackWords, RosterWords], str]
"""Formats a message in the language that the screen has when it is shown."""


def _format_nothing(_: PlaybackWords, __: RosterWords) -> str:
    return ""


def _bind_key(keys: str, action: str) -> Binding:
    """A key of the playback, which comes before its other meanings on a screen."""
    return Binding(keys, f"replay_{action}", show=False, priority=True)


class PlaybackApp(RosterApp):
    """A past day on the roster's screens."""

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
        """`is_over`: the last instant is the end of the day; if not, it is now."""
        super().__init__(source, poll_seconds)
        self._roster.can_change_day = False
        self._playback = source
        self._is_over = is_over
        self._message: MessageFormatter = _format_nothing

    def on_ready(self) -> None:
        """Begin to play once the screen is shown."""
        super().on_ready()
        self._playback.playhead = self._playback.playhead.toggle(self._playback.now())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While the search is open, keys of the playback are letters and cursor keys."""
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
        """Fill the bar of a screen; mount one where there is none."""
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

    def _show_message(self, message: MessageFormatter) -> None:
        self._message = message
        self._show()
        self._poll_now.set()

    # --- Keys ---

    def action_replay_play(self) -> None:
        """Play or pause."""
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
        """To the tap before."""
        self._seek(
            self._playback.timeline.find_tap_before(self._playhead_position), lambda words, _: words.no_earlier_taps
        )

    async def action_replay_next_exception(self) -> None:
        """To the next instant with exceptions: something that needs a person."""
        entries = self._playback.timeline.find_entries_after(self._playhead_position)
        alerts = await self._run_in_thread(self._playback.list_alerts, entries)
        self._seek(entries[0].at if entries else None, _format_nothing)
        self._show_message(lambda words, of_roster: format_exceptions(alerts, words, of_roster))

    @property
    def _playhead_position(self) -> Second:
        return self._playback.playhead.position_at(self._playback.now())

    def _seek(self, at: Second | None, fallback: MessageFormatter) -> None:
        """Pause at an instant; without one pause here and show the fallback."""
        self._playback.playhead = self._playback.playhead.seek(self._playhead_position if at is None else at)
        self._show_message(fallback if at is None else _format_nothing)

    # --- Nothing can be changed ---

    async def action_correct(self, kind: CorrectionKind) -> None:  # noqa: ARG002 - as on the live roster
        """Refuse: a past day is not corrected."""
        self._refuse()

    def action_change_day(self, step: int) -> None:  # noqa: ARG002 - as on the live roster
        """Refuse: one day is played."""
        self._refuse()

    async def action_without_card(self) -> None:
        """Refuse likewise."""
        self._refuse()

    async def action_authenticate(self) -> None:
        """Refuse: without corrections there is nothing to authenticate for."""
        self._refuse()

    def on_key(self, event: events.Key) -> None:
        """Refuse a key without a meaning here: it might mean a change elsewhere."""
        if (event.is_printable or event.key in CHANGING_KEYS) and event.key not in self.active_bindings:
            self._refuse()

    def _refuse(self) -> None:
        self._show_message(lambda words, _: words.nothing_changes)
