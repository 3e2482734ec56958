"""Plays the tones with `aplay` or `pw-play`, a program of ALSA or PipeWire, beside the entrance.

The rule: a tap never waits for a sound. One player runs at most, the newest tone takes its place, and one that hangs
is ended; without a player or a device there is one warning, and nothing else changes.
"""

import logging
import os
import shutil
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from subprocess import DEVNULL, Popen, TimeoutExpired
from threading import Thread
from typing import get_args

from kiosk.entrance.tones import ToneName, build_wave
from kiosk.settings import Sound
from kiosk.words.reports import ScreenText

LOG = logging.getLogger(__name__)

PLAYERS = (("aplay", "-q"), ("pw-play",))
"""Programs that play a WAV file which is named after these words; the first that is installed is used."""
LONGEST_SECONDS = 2.0
"""Seconds after which a player that still runs hangs: the longest tone takes less than one."""
END_SECONDS = 1.0
"""Seconds to wait for a player that was killed; one that does not end then is stuck in the kernel."""

Play = Callable[[ToneName], object]
"""Takes a tone to play, from any thread, and does not block."""


def find_player() -> list[str] | None:
    """The command of the player that is installed; None where there is none."""
    found = ((shutil.which(name), options) for name, *options in PLAYERS)
    return next(([program, *options] for program, options in found if program), None)


@contextmanager
def play_tones(sound: Sound) -> Generator[Play]:
    """What plays tones as the settings say, until the end of the block; where it cannot, tones are not played."""
    player = find_player() if sound.is_heard else None
    if player is None:
        if sound.is_heard:
            LOG.warning("%s", ScreenText.NO_PLAYER)
        yield lambda _: None
        return
    tones = TonePlayer(player, sound.volume)
    tones.start()
    try:
        yield tones.play
    finally:
        tones.stop()


class TonePlayer:
    """Plays one tone after the other in a thread of its own.

    Args:
        player: the command that plays the WAV file which is named after it.
        volume: 0 to 100.
    """

    def __init__(self, player: list[str], volume: int) -> None:
        self._command = player
        self._volume = volume
        self._asked: SimpleQueue[ToneName | None] = SimpleQueue()
        self._process: Popen[bytes] | None = None
        self._warned = False
        self._thread = Thread(target=self._run, name="sound", daemon=True)

    def start(self) -> None:
        """Begin to play."""
        self._thread.start()

    def play(self, tone: ToneName) -> None:
        """Play a tone in place of the one that is heard now."""
        self._asked.put(tone)

    def stop(self) -> None:
        """End the player and the thread."""
        self._asked.put(None)
        self._thread.join(2 * END_SECONDS)

    # --- In the thread ---

    def _run(self) -> None:
        files = {name: _store(build_wave(name, self._volume)) for name in get_args(ToneName)}
        tone: ToneName | None = self._asked.get()
        while tone is not None:
            self._begin(files[tone])
            tone = self._wait_for_newest()
        self._end_player()
        for file in files.values():
            os.close(file)

    def _wait_for_newest(self) -> ToneName | None:
        """The tone that was asked for last; the player that runs meanwhile is waited for, a hanging one is ended."""
        try:
            tone = self._asked.get(timeout=LONGEST_SECONDS)
        except Empty:
            self._end_player(hangs=True)
            tone = self._asked.get()
        while tone is not None and not self._asked.empty():
            tone = self._asked.get()
        return tone

    def _begin(self, file: int) -> None:
        self._end_player()
        if self._process is not None:
            return
        try:
            self._process = start_player(self._command, file)
        except OSError as error:
            self._warn(str(error.strerror))

    def _end_player(self, *, hangs: bool = False) -> None:
        """End the player, if one is left, and take note of how it ended, or that it `hangs`."""
        if self._process is None:
            return
        failure = find_failure(self._process.poll(), hangs=hangs)
        if failure:
            self._warn(failure)
        if end_player(self._process):
            self._process = None

    def _warn(self, reason: str) -> None:
        """Once: a device that is missing would otherwise fill the messages, a line for each tap."""
        if not self._warned:
            LOG.warning("%s", ScreenText.NO_TONES.fill(program=self._command[0], reason=reason))
            self._warned = True


# --- One player ---


def try_tones(sound: Sound) -> str:
    """Play each tone to its end, for a listener; a sentence with what was played, or why none was."""
    if not sound.is_heard:
        return ScreenText.TONES_OFF
    player = find_player()
    if player is None:
        return ScreenText.NO_PLAYER
    for name in get_args(ToneName):
        file = _store(build_wave(name, sound.volume))
        failure = _play_to_end(player, file)
        os.close(file)
        if failure:
            return ScreenText.NO_TONES.fill(program=player[0], reason=failure)
    return ScreenText.TONES_PLAYED.fill(program=player[0])


def _play_to_end(player: list[str], file: int) -> str:
    """Why a tone was not played; empty where it was."""
    try:
        process = start_player(player, file)
    except OSError as error:
        return str(error.strerror)
    with suppress(TimeoutExpired):
        process.wait(LONGEST_SECONDS)
    failure = find_failure(process.poll(), hangs=True)
    end_player(process)
    return failure


def start_player(command: list[str], file: int) -> Popen[bytes]:
    """Start a player of an open file, apart from this program's terminal. Raises: OSError."""
    return Popen(  # noqa: S603 - a program that was found by its name, without words from outside
        [*command, f"/proc/self/fd/{file}"],
        stdin=DEVNULL,
        stdout=DEVNULL,
        stderr=DEVNULL,
        pass_fds=(file,),
        start_new_session=True,
    )


def find_failure(status: int | None, *, hangs: bool) -> str:
    """What went wrong with a player that ended with a status, or with None still runs; empty where nothing did."""
    if status is None:
        return ScreenText.PLAYER_HANGS.fill(seconds=LONGEST_SECONDS) if hangs else ""
    return ScreenText.PLAYER_STATUS.fill(status=status) if status else ""


def end_player(process: Popen[bytes]) -> bool:
    """Kill a player that runs; whether it is gone. One that hangs in the kernel is not."""
    process.kill()
    with suppress(TimeoutExpired):
        process.wait(END_SECONDS)
    return process.returncode is not None


def _store(content: bytes) -> int:
    """A file in memory with this content, by its descriptor."""
    file = os.memfd_create("tone")
    Path(f"/proc/self/fd/{file}").write_bytes(content)
    return file
