"""Attacks on the screens through their terminal: bytes that are no text, sizes that change without end, no size."""

import random
import shutil
import signal
from collections.abc import Sequence
from pathlib import Path

import pytest

from kiosk.home import Home
from tests.faults.result_table import ATTACK_RESULTS, LONG, AttackResult
from tests.kiosk.roster.morning_data import DAY, MORNING
from tests.support.kiosk_program import KIOSK, run_kiosk, write_batch
from tests.support.terminal import Terminal
from tests.support.tmux import SKIP_REASON, Tmux
from tests.support.waiting import wait_until

ROSTER = ("-c", "from kiosk.cli.program import main; main()", "roster", "--home")
SCREENS = ("entrance", "roster", "replay")
PAUSE = {"roster": (), "replay": (b" ",)}
"""A replay that plays draws its clock all the time."""
READY = {"entrance": "Please tap your card", "roster": "王〇明", "replay": "重播 REPLAY"}
ROUNDS = 20 if LONG else 1

NOISE = [
    b"\xff",
    b"\x80",
    "中文".encode("big5"),
    b"\xe7",
    b"\xf0\x9f",
    b"\xed\xa0\x80",
    b"\x00",
    b"\x1a",
    b"\x1b[1114112;1u",
    b"\x1b[99999999999u",
    b"\x1b[55296;1u",
    b"\x1b[:A",
    b"\x1b[<35;99999;1M",
    b"\x1b[48;9999;9999;9;9t",
    b"\x1b[?2048;1$y",
    b"\x1b[200~\x9b\x07\x1b[201~",
]
SIZES = [(80, 24), (120, 40), (1, 1), (2, 1), (1, 50), (300, 2), (0, 0), (80, 0), (0, 24), (117, 35), (65_535, 65_535)]
"""Columns and rows; 65,535 is the greatest number that a terminal can report."""
CHANGES = 150
SAME_SCREENS = 25
"""Looks at a screen, 0.02 s and more apart, that must be the same."""
KEYS_TO_SCREENS = ([], [b"m"], [b"/", b"V0"], [b"/", b"V001", b"\r", b"\r"], [b"/", b"V001", b"\r", b"\r", b"p"])
"""What leads from the roster to each of its screens: itself, the muster sheet, a search, a day, a question."""


@pytest.fixture(scope="module")
def morning(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("morning")
    Home.make(folder / "home", simulation=True).close()
    assert run_kiosk("apply", write_batch(folder / "lines", *MORNING), "--home", folder / "home").err == ""
    return folder / "home"


def build_command(screen: str, home: Path) -> Sequence[str]:
    if screen == "entrance":
        return ("-m", "tests.kiosk.entrance.entrance_program", str(home.with_name("log")))
    return (*ROSTER, str(home), *(("--replay", DAY) if screen == "replay" else ()))


def end(terminal: Terminal) -> bool:
    """End the program by a signal; whether it ended as it should."""
    terminal.send_signal(signal.SIGTERM)
    return terminal.wait_for_exit() == 0


@pytest.mark.parametrize("screen", SCREENS)
def test_no_byte_ends_a_screen(screen: str, morning: Path) -> None:
    chance, ended = random.Random(5), 0  # noqa: S311 - the same noise each time
    with Terminal(build_command(screen, morning)) as terminal:
        terminal.wait_for_text(READY[screen])
        for _ in range(ROUNDS):
            for noise in chance.sample(NOISE, len(NOISE)):
                terminal.type_keys(noise)
                terminal.read_for(0.01)
            ended += not terminal.running
        terminal.wait_for_rest()
        assert end(terminal)
    result = AttackResult(f"bytes that are no text: {screen}", ROUNDS * len(NOISE), ROUNDS * len(NOISE), ended)
    ATTACK_RESULTS.append(result)
    assert ended == 0


def storm(terminal: Terminal, chance: random.Random) -> None:
    for _ in range(CHANGES):
        terminal.resize(*chance.choice(SIZES))
        terminal.read_for(0.01)


@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_whose_size_changes_while_it_starts_comes_to_rest_and_ends(screen: str, morning: Path) -> None:
    chance = random.Random(6)  # noqa: S311 - the same storm each time
    for _ in range(ROUNDS):
        with Terminal(build_command(screen, morning)) as terminal:
            storm(terminal, chance)
            terminal.wait_for_rest()
            assert end(terminal)
    ATTACK_RESULTS.append(AttackResult(f"a storm of sizes at the start: {screen}", ROUNDS, ROUNDS, 0))


@pytest.mark.parametrize("screen", SCREENS if LONG else SCREENS[:1])
def test_a_terminal_without_rows_is_taken_for_one_of_the_usual_size(screen: str, morning: Path) -> None:
    for columns, rows in ((80, 0), (0, 0)):
        with Terminal(build_command(screen, morning), columns, rows) as terminal:
            terminal.wait_for_text(READY[screen])
            terminal.wait_for_rest()
            assert end(terminal)
    ATTACK_RESULTS.append(AttackResult(f"a terminal without a size: {screen}", 2, 2, 0))


@pytest.mark.parametrize("screen", ["roster", "replay"] if LONG else ["replay"])
def test_each_screen_of_the_roster_comes_to_rest_after_a_storm(screen: str, morning: Path) -> None:
    chance = random.Random(7)  # noqa: S311 - the same storm each time
    keys_to_screens = KEYS_TO_SCREENS if LONG else KEYS_TO_SCREENS[3:4]
    for keys in keys_to_screens:
        with Terminal(build_command(screen, morning)) as terminal:
            terminal.wait_for_text(READY[screen])
            for key in (*PAUSE[screen], *keys):
                terminal.type_keys(key)
                terminal.read_for(0.3)
            storm(terminal, chance)
            terminal.wait_for_rest()
            assert end(terminal)
    count = len(keys_to_screens)
    ATTACK_RESULTS.append(AttackResult(f"a storm of sizes on open screens: {screen}", count, count, 0))


def wait_for_same_screen(tmux: Tmux) -> str:
    """Look until a screen is the same many times over; that screen."""
    screens: list[str] = []

    def has_come_to_rest() -> bool:
        screens.append(tmux.screen())
        return len(screens) >= SAME_SCREENS and len(set(screens[-SAME_SCREENS:])) == 1

    wait_until(has_come_to_rest, lambda: f"it goes on changing:\n{screens[-1]}")
    return screens[-1]


@pytest.mark.skipif(bool(SKIP_REASON), reason=SKIP_REASON)
def test_after_a_storm_the_screen_shows_what_it_showed_before(morning: Path, tmp_path: Path) -> None:
    home, chance = shutil.copytree(morning, tmp_path / "home"), random.Random(8)  # noqa: S311 - same storm
    with Tmux() as tmux:
        tmux.start(KIOSK, "roster", "--home", home)
        tmux.wait_for_text("V001", "q 離開")
        before = wait_for_same_screen(tmux)
        for _ in range(ROUNDS * 20):
            tmux.resize(chance.randint(1, 200), chance.randint(1, 60))
        tmux.resize(80, 24)
        assert wait_for_same_screen(tmux) == before
        tmux.press("q")
        assert tmux.wait_for_exit() == 0
