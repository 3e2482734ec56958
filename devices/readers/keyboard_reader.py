"""Readers that type like a keyboard: a line for each card."""

from collections.abc import Callable, Sequence
from datetime import datetime

from devices.ports.backoff import STEPS
from devices.ports.evdev import grab_keyboard, open_keyboard
from devices.profiles.profile import Profile
from devices.readers.events import ReaderEvent
from devices.readers.reader_thread import ReaderThread, seconds_since_boot
from devices.readers.repeat_filter import compute_hold
from devices.readers.serial_reader import StreamingLine


class KeyboardReader(ReaderThread):
    """Reads a reader that types, in a thread of its own, and posts events, from that thread.

    Args:
        name: what the events call this reader.
        path: its device, preferably one of `/dev/input/by-id`.
        profile: what it types.
        post: takes each event; it must not block.
        now: the aware instant that a card is stamped with.
        clock: seconds, never going back, for holds and stalls.
        backoff: seconds to wait before each further attempt, as in `Backoff`.
        grab: opens the device for this program alone and returns its descriptor; raises OSError.
    """

    def __init__(
        self,
        name: str,
        path: str,
        profile: Profile,
        post: Callable[[ReaderEvent], object],
        *,
        now: Callable[[], datetime],
        clock: Callable[[], float] = seconds_since_boot,
        backoff: Sequence[float] = STEPS,
        grab: Callable[[str], int] | None = None,
    ) -> None:
        def open_source() -> StreamingLine:
            port = open_keyboard(path, grab or grab_keyboard)
            return StreamingLine(port, profile.build_keyboard_decoder, profile.gap)

        hold = compute_hold(profile.repeat_seconds)
        super().__init__(name, open_source, post, now=now, clock=clock, backoff=backoff, hold=hold)
