"""Tones are played by a program in the place of `aplay`: one at a time, never waited for, ended with the entrance."""

import logging
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.entrance import sound
from kiosk.entrance.sound import TonePlayer, play_tones, try_tones
from kiosk.entrance.tones import build_wave
from kiosk.settings import Sound
from tests.kiosk.entrance.app_harness import ANNS_CARD, LONG_DISPLAY, async_test, open_entrance
from tests.support.waiting import wait_until

PLAYS = (
    'echo "$0 $#" >> "$HEARD/calls"; for file; do :; done; cat "$file" > "$HEARD/new"; mv "$HEARD/new" "$HEARD/wave"'
)
HANGS = 'echo $$ >> "$HEARD/calls"; exec sleep 60'
FAILS = 'echo $$ >> "$HEARD/calls"; exit 1'

InstallPlayer = Callable[[str], Path]


@pytest.fixture
def heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which a player leaves what it was given."""
    monkeypatch.setenv("HEARD", str(tmp_path))
    return tmp_path


@pytest.fixture
def install_player(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> InstallPlayer:
    """Makes a program the only player of this machine."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setattr(sound, "PLAYERS", (("fake-aplay", "-q"), ("fake-pw-play",)))
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")

    def install(script: str, name: str = "fake-aplay") -> Path:
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
        return folder / name

    return install


def calls(heard: Path) -> list[str]:
    """A line for each start of the player."""
    file = heard / "calls"
    return file.read_text().split("\n")[:-1] if file.exists() else []


def wait_for_calls(heard: Path, count: int) -> list[str]:
    wait_until(lambda: len(calls(heard)) >= count, lambda: f"the player was started {len(calls(heard))} times")
    return calls(heard)


def is_there(pid: str) -> bool:
    """Whether a process runs, or is a zombie."""
    return Path(f"/proc/{pid}").exists()


def wait_for_end(pid: str) -> None:
    wait_until(lambda: not is_there(pid), lambda: f"the player {pid} is left")


def test_a_tone_is_given_to_the_player_as_a_wave_file(heard: Path, install_player: InstallPlayer) -> None:
    program = install_player(PLAYS)
    with play_tones(Sound(volume=30)) as play:
        play("out")
        wait_until((heard / "wave").exists, lambda: "nothing was played")
    assert (heard / "wave").read_bytes() == build_wave("out", 30)
    assert calls(heard) == [f"{program} 2"]


def test_without_the_first_player_the_second_is_used(heard: Path, install_player: InstallPlayer) -> None:
    program = install_player(PLAYS, "fake-pw-play")
    with play_tones(Sound()) as play:
        play("in")
        assert wait_for_calls(heard, 1) == [f"{program} 1"]


def test_the_newest_tone_takes_the_place_of_one_that_hangs(heard: Path, install_player: InstallPlayer) -> None:
    install_player(HANGS)
    with play_tones(Sound()) as play:
        play("in")
        (first,) = wait_for_calls(heard, 1)
        for _ in range(20):
            play("counter")
        wait_for_end(first)
        running = [pid for pid in wait_for_calls(heard, 2) if is_there(pid)]
        assert len(running) <= 1
    for pid in calls(heard):
        wait_for_end(pid)
    assert len(calls(heard)) < 20


def test_a_player_that_hangs_is_ended_and_said_once(
    heard: Path, install_player: InstallPlayer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    install_player(HANGS)
    monkeypatch.setattr(sound, "LONGEST_SECONDS", 0.05)
    player = TonePlayer(sound.find_player() or [], 60)
    player.start()
    for count in (1, 2):
        player.play("in")
        wait_for_end(wait_for_calls(heard, count)[-1])
    player.stop()
    (message,) = caplog.messages
    assert "it runs longer than 0.05 seconds" in message


def test_a_player_that_fails_is_said_once_and_tried_again(
    heard: Path, install_player: InstallPlayer, caplog: pytest.LogCaptureFixture
) -> None:
    install_player(FAILS)
    with play_tones(Sound()) as play:
        for count in (1, 2, 3):
            play("in")
            wait_for_calls(heard, count)
    (message,) = caplog.messages
    assert "status 1" in message


@pytest.mark.parametrize(
    ("settings", "warnings"), [(Sound(), 1), (Sound(volume=1), 1), (Sound(volume=0), 0), (Sound(on=False), 0)]
)
def test_without_a_player_there_is_one_warning_and_with_the_sound_off_none(
    settings: Sound, warnings: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sound, "PLAYERS", (("no-such-player",),))
    with caplog.at_level(logging.DEBUG), play_tones(settings) as play:
        play("in")
        play("counter")
    assert len(caplog.messages) == warnings


# --- For a person who listens ---


@pytest.mark.parametrize(
    ("script", "settings", "sentence", "played"),
    [
        (PLAYS, Sound(), "in (rises), out (falls), see the counter (twice low)", 3),
        (FAILS, Sound(), "cannot play them (status 1)", 1),
        (PLAYS, Sound(on=False), "turns them off", 0),
        (PLAYS, Sound(volume=0), "turns them off", 0),
    ],
)
def test_each_tone_is_tried_in_turn(
    heard: Path, install_player: InstallPlayer, script: str, settings: Sound, sentence: str, played: int
) -> None:
    install_player(script)
    assert sentence in try_tones(settings)
    assert len(calls(heard)) == played


# --- At the entrance ---


@async_test
async def test_each_result_is_heard_and_what_is_not_recorded_too() -> None:
    played: list[str] = []
    async with open_entrance(LONG_DISPLAY, play=played.append) as scene:
        await scene.tap(ANNS_CARD)
        scene.service.storage_works = False
        await scene.tap(ANNS_CARD)
    assert played == ["in", "counter"]
