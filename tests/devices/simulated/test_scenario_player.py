"""The whole catalogue on real pseudo-terminals: what is played is heard."""

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from threading import Thread

import pytest

from devices.profiles.profile import GAP, Profile
from devices.profiles.registry import BUILTIN_PROFILES, find_profile
from devices.protocols.decoder import CardNumber
from devices.simulated.scenario import ScenarioBuilder, TimedAction
from devices.simulated.scenario_player import Player
from devices.simulated.scripted_reader import ScriptedReader
from tests.devices.readers.listener import Listener

ASKED = [profile for profile in BUILTIN_PROFILES.values() if profile.poller]
SPEAKING = [profile for profile in BUILTIN_PROFILES.values() if not profile.poller and profile.name != "pcsc"]
ANN, BEN = CardNumber.parse("E:010063E9AE"), CardNumber.parse("E:3C00CE754C")


def greeted(stage: ScenarioBuilder) -> Iterator[TimedAction]:
    """A reader that must be asked is greeted first."""
    return stage.pause(0.2 if stage.is_polled else 0.0)


class Playing:
    """A scenario under way, and what a program hears of it."""

    def __init__(self, profile: Profile, actions: Sequence[TimedAction]) -> None:
        self._scripted = ScriptedReader()
        self._player = Player(self._scripted, profile)
        self._thread = Thread(target=self._play, args=(actions,), daemon=True)
        self.listener = Listener(self._scripted.port, profile.name)

    def _play(self, actions: Sequence[TimedAction]) -> None:
        self._scripted.wait_until_opened()
        self._player.play(actions)

    def __enter__(self) -> Listener:
        self._thread.start()
        return self.listener.__enter__()

    def __exit__(self, *_: object) -> None:
        self._thread.join()
        self.listener.__exit__()
        self._scripted.close()


def before_and_after_unplugging(stage: ScenarioBuilder) -> tuple[list[TimedAction], list[str]]:
    """What is played, and what must be heard."""
    first, second = stage.build_random_cards(2)
    taken_in = stage.pause(10 * stage.profile.gap if stage.profile.gap < GAP else 0.0)
    played = [*greeted(stage), *stage.tap(first), *taken_in, *stage.unplug(0.2), *greeted(stage), *stage.tap(second)]
    return played, ["ready", str(first), "lost", "ready", str(second)]


def without_power(stage: ScenarioBuilder) -> tuple[list[TimedAction], list[str]]:
    """The same, for a reader that must be asked and goes silent for two seconds."""
    (card,) = stage.build_random_cards(1)
    played = [*greeted(stage), *stage.cut_power(1.8), *stage.pause(0.6), *stage.tap(card)]
    return played, ["ready", "lost", "ready", str(card)]


@pytest.mark.parametrize(
    ("profiles", "play"),
    [(SPEAKING, before_and_after_unplugging), (ASKED, before_and_after_unplugging), (ASKED, without_power)],
    ids=["those that speak, unplugged", "those that are asked, unplugged", "those that are asked, without power"],
)
def test_readers_of_every_kind_are_read_side_by_side_and_come_back(
    profiles: Sequence[Profile], play: Callable[[ScenarioBuilder], tuple[list[TimedAction], list[str]]]
) -> None:
    plays = {profile.name: (profile, *play(ScenarioBuilder(profile))) for profile in profiles}
    with ExitStack() as all_of_them:
        listeners = [
            (name, all_of_them.enter_context(Playing(profile, played)), len(expected))
            for name, (profile, played, expected) in plays.items()
        ]
        heard = {name: collect_from_the_first_answer(listener, count) for name, listener, count in listeners}
    assert heard == {name: expected for name, (_, _, expected) in plays.items()}


def collect_from_the_first_answer(listener: Listener, count: int) -> list[str]:
    """On a busy machine the first question of a reader may have no answer in time: it is lost, and asked again."""
    first = next(word for _ in range(count) for word in listener.collect_events(1) if word != "lost")
    return [first, *listener.collect_events(count - 1)]


def test_after_noise_and_cut_frames_the_next_card_is_read() -> None:
    stage = ScenarioBuilder(find_profile("rdm6300"), seed=3)
    actions = [*stage.send_noise(500), *stage.send_cut(ANN), *stage.send_glued([ANN, BEN])]
    with Playing(stage.profile, actions) as listener:
        assert [word for word in listener.collect_events(4) if word != "unreadable"] == ["ready", str(ANN), str(BEN)]


def test_a_file_is_played_to_the_program_that_opens_its_port(tmp_path: Path) -> None:
    scenario = tmp_path / "morning.toml"
    scenario.write_text('profile = "rdm6300"\ncards = {ann = "E:010063E9AE"}\nstep = [{tap = "ann"}]\n', "utf-8")
    playing = subprocess.Popen(
        [sys.executable, "-m", "devices.simulated.scenario_player", scenario], stdout=subprocess.PIPE, text=True
    )
    with playing:
        assert playing.stdout is not None
        port = playing.stdout.readline().removeprefix('port = "').strip().removesuffix('"')
        with Listener(port) as listener:
            assert listener.collect_events(2) == ["ready", str(ANN)]
    assert playing.returncode == 0


def test_a_file_that_is_not_understood_is_not_played(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "devices.simulated.scenario_player", tmp_path / "none.toml"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 2
    assert ended.stderr == f"{tmp_path / 'none.toml'}: unreadable (error No such file or directory)\n"
