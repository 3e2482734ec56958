"""`sync.json`: what the program that exchanges with the hub last heard. Everything else at a kiosk reads it there.

Rule: a state that is missing or cannot be read is that of a kiosk that has heard nothing yet; it comes back by itself.
"""

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec.structs import replace

from domain.typed_decoding import decode_json
from kiosk.home_files import write_atomically
from kiosk.input_files import SETTINGS_FILE
from kiosk.joined_home.joined import demand_given_name, load_joined

STATE_FILE, SYNC_LOCK = "sync.json", "sync.lock"
"""In the home; the lock is held by the program that exchanges with the hub while it runs."""
SAVED_EVERY = timedelta(seconds=5)
"""At most so often a state is written that says nothing new but when the hub was heard."""

_Instant = Annotated[datetime, msgspec.Meta(tz=True)]


class SyncState(msgspec.Struct, frozen=True):
    """What is known of the hub. Instants are by the clock of this machine."""

    heard_at: _Instant | None = None
    """When the hub last answered; None before it ever did."""
    hub_offset_ns: int | None = None
    """The clock of the hub minus that of this machine, when it last answered, nanoseconds."""
    uncertainty_ns: int = 0
    """By how much that may be wrong: half of the time until the answer came."""
    boot: str = ""
    """The session of the machine in which the two clocks were compared."""
    held: int = 0
    """How far the hub holds the own log."""
    position: int = 0
    """Where the log of the unit ended at the hub."""
    kiosks: tuple[str, ...] = ()
    """Every other kiosk of the unit, by name."""
    refusal: str | None = None
    """The code with which the hub refused, `kiosk.wire_protocol.messages.RefusalCode`."""
    alarm: str | None = None
    """The kind of the alarm that a person has to settle at the hub."""
    failure: str | None = None
    """Why the hub is not reached: a short code."""
    since: _Instant | None = None
    """Since when it is refused, or not reached."""
    wall_offset_ns: int | None = None
    """This machine's clock minus its boot clock when they were compared: another one now, and it was set since."""
    compared_ns: int = 0
    """When that was, since the boot, nanoseconds."""
    held_chain: bytes | None = None
    """The chain hash of the own log at `held`; None where it is not known, as in the state of an older version."""


def load_sync_state(home: Path) -> SyncState:
    """The state as it is now."""
    try:
        return decode_json((home / STATE_FILE).read_bytes(), SyncState)
    except (OSError, msgspec.MsgspecError, ValueError):
        return SyncState()


def save_sync_state(home: Path, state: SyncState) -> None:
    """Keep a state: at once where it says something new, else each five seconds. Raises: OSError."""
    if _is_news(load_sync_state(home), state):
        write_atomically(home / STATE_FILE, msgspec.json.encode(state))


_HEARD = ("heard_at", "hub_offset_ns", "uncertainty_ns", "wall_offset_ns", "compared_ns")
"""What each answer changes."""


def _is_news(known: SyncState, state: SyncState) -> bool:
    heard = {name: getattr(state, name) for name in _HEARD}
    if replace(known, **heard) != state or known.heard_at is None or state.heard_at is None:
        return known != state
    return abs(state.heard_at - known.heard_at) >= SAVED_EVERY


class LiveSyncState:
    """The state, read again only when its file was written. Threads may share it: the worst is that two read it."""

    def __init__(self, home: Path) -> None:
        self._path = home / STATE_FILE
        self._read: tuple[tuple[int, int] | None, SyncState] = (None, SyncState())

    def load(self) -> SyncState:
        """The state as it is now; one stat where nothing was written."""
        try:
            status = os.stat(self._path)
        except OSError:
            return SyncState()
        written = status.st_ino, status.st_mtime_ns
        if self._read[0] != written:
            self._read = written, load_sync_state(self._path.parent)
        return self._read[1]


def find_sync_state(home: Path, kiosk: str) -> LiveSyncState | None:
    """The state of a kiosk that has joined a hub, under the name that it was given; None in a home without one.

    Raises: SettingsError, UserError.
    """
    joined = load_joined(home)
    if joined is None:
        return None
    demand_given_name(home / SETTINGS_FILE, kiosk, joined)
    return LiveSyncState(home)


class OtherKiosks:
    """The other kiosks of the unit, as the hub last named them: what is iterated is what holds now."""

    def __init__(self, state: LiveSyncState) -> None:
        self._state = state

    def __iter__(self) -> Iterator[str]:
        return iter(self._state.load().kiosks)
