"""What the entrance shows and sounds, and for how long: a result for its seconds, then what lasts, or the idle screen.

The rule: a result stands until its time is over or the next one comes; of what lasts, the trouble that sends people to
paper stands before a card that is being issued.
"""

from collections.abc import Callable
from typing import Protocol

from textual.timer import Timer

from devices.readers.events import CardLeft, ReaderLost, ReaderReady
from kiosk.entrance.card_requests import Issuing
from kiosk.entrance.notice import (
    build_clock_bar,
    build_condition_notice,
    build_hub_bar,
    build_issuing_notice,
    build_leaving_bar,
    build_notice,
)
from kiosk.entrance.reader_conditions import ReaderConditions
from kiosk.entrance.screen import EntranceScreen
from kiosk.entrance.service import EntranceOptions, TapResult
from kiosk.entrance.tones import ToneName, choose_tone
from kiosk.joined_home.hub_trouble import HubTrouble
from kiosk.words.volunteer_words import ResultState

SENT_TO_COUNTER: frozenset[ResultState] = frozenset(
    [
        "unmatched",
        "noted",
        "unknown_card",
        "revoked_card",
        "suspended",
        "agreement_ended",
        "before_agreement",
    ]
)
"""The states whose next step is to go to the counter."""


def find_display_seconds(result: TapResult, options: EntranceOptions) -> float:
    """Seconds for which a result stays: longer where it sends the volunteer to the counter."""
    at_counter = result.state in SENT_TO_COUNTER or "forgot_last_time" in result.remarks
    return options.counter_seconds if at_counter else options.result_seconds


class SetTimer(Protocol):
    """Calls back once after some seconds, as `textual.app.App.set_timer` does."""

    def __call__(self, delay: float, callback: Callable[[], object]) -> Timer:
        """The timer, which can be stopped."""
        ...


class EntranceDisplay:
    """Decides what stands on the screen. Every method is called by the screen's thread.

    Args:
        board: where it is shown.
        conditions: of the readers.
        options: how long results stay.
        set_timer: calls back in the screen's thread.
        play: plays a tone, and is not waited for.
    """

    def __init__(
        self,
        board: EntranceScreen,
        conditions: ReaderConditions,
        options: EntranceOptions,
        set_timer: SetTimer,
        play: Callable[[ToneName], object],
    ) -> None:
        self._board = board
        self._conditions = conditions
        self._options = options
        self._set_timer = set_timer
        self._play = play
        self._clock_trusted = True
        self._hub_trouble: HubTrouble | None = None
        self._issuing: Issuing | None = None
        self._result_timer: Timer | None = None
        self._leaving_timer: Timer | None = None
        self.cannot_write = False
        """Whether nothing can be written, as far as is known: people sign on paper."""

    # --- A result ---

    def show_result(self, result: TapResult) -> None:
        """Show a result in place of whatever is there, and play its tone."""
        self._board.show(build_notice(result))
        self._play(choose_tone(result))
        self._stop_result_timer()
        seconds = find_display_seconds(result, self._options)
        self._result_timer = self._set_timer(seconds, self._show_what_lasts)

    def end_unshown_result(self) -> None:
        """A tap is in the log, and nobody waits for its result: leave what is shown, unless it says "not recorded"."""
        if self._result_timer is None:
            self._show_what_lasts()

    # --- What lasts ---

    def show_storage_trouble(self, *, at_tap: bool) -> None:
        """Ask to sign on paper, at once; `at_tap`: a volunteer has just tapped, and the tap is not recorded."""
        self.cannot_write = True
        self._show_what_lasts()
        if at_tap:
            self._play("counter")

    def end_storage_trouble(self) -> None:
        """Nothing keeps people from tapping any more."""
        if self.cannot_write:
            self.cannot_write = False
            self._show_what_lasts()

    def show_issuing(self, issuing: Issuing | None) -> None:
        """Show whose card is being issued, or that it is over. A result keeps its time, unless the card was read."""
        self._issuing = issuing
        if self._result_timer is None or (issuing and issuing.reads):
            self._show_what_lasts()

    def record_condition(self, event: ReaderLost | ReaderReady | CardLeft) -> None:
        """Show what a reader reports of itself."""
        self._conditions.record(event)
        self.show_bars()
        if self._result_timer is None:
            self._show_what_lasts()

    def _show_what_lasts(self) -> None:
        self._stop_result_timer()
        if self.cannot_write:
            self._board.show(build_condition_notice("storage_trouble"))
        elif self._conditions.all_lost:
            self._board.show(build_condition_notice("reader_lost", self._conditions.lost))
        elif self._issuing:
            self._board.show(build_issuing_notice(self._issuing))
        else:
            self._board.show_idle()

    def _stop_result_timer(self) -> None:
        if self._result_timer is not None:
            self._result_timer.stop()
        self._result_timer = None

    # --- Bars ---

    def show_clock_and_hub(self, hub_trouble: HubTrouble | None, *, trusted: bool) -> None:
        """Show whether the machine's clock is trusted, and what is wrong with the hub."""
        self._clock_trusted, self._hub_trouble = trusted, hub_trouble
        self.show_bars()

    def show_bars(self) -> None:
        """Show the bars: how the entrance is left, or what lasts at the readers; the clock; the hub."""
        reader = self._conditions.build_bar() if self._leaving_timer is None else build_leaving_bar()
        clock = build_clock_bar(trusted=self._clock_trusted)
        self._board.show_bars(reader=reader, clock=clock, hub=build_hub_bar(self._hub_trouble))

    @property
    def asks_to_leave_again(self) -> bool:
        """Whether the screen says that the next Ctrl+C ends the entrance."""
        return self._leaving_timer is not None

    def ask_to_leave_again(self) -> None:
        """Say for some seconds that another Ctrl+C ends the entrance."""
        self._leaving_timer = self._set_timer(self._options.leave_seconds, self._forget_leaving)
        self.show_bars()

    def _forget_leaving(self) -> None:
        self._leaving_timer = None
        self.show_bars()
