"""A home: made once, its owner's alone, and clear about what is wrong with it."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.protocols.decoder import CardNumber
from kiosk.home import Home
from tests.kiosk.conftest import read_head
from tests.support.kiosk_program import ProgramResult, run_kiosk

NOBODY = 65534
"""The user id that owns nothing."""


def tap_card(home: Path) -> ProgramResult:
    """A command that needs an open home."""
    return run_kiosk("tap", "04000000000001", "--at", "2026-11-19T09:00", "--home", home)


def read_files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


# --- Made ---


@pytest.mark.parametrize("options", [[], ["--simulation"]])
def test_only_its_owner_can_open_a_home(tmp_path: Path, options: list[str]) -> None:
    umask = os.umask(0)
    try:
        assert run_kiosk("init", *options, "--home", tmp_path / "home").status == 0
    finally:
        os.umask(umask)
    assert stat.S_IMODE((tmp_path / "home").stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "home").iterdir()} == {0o600}


def test_init_says_whether_it_made_a_simulation(tmp_path: Path) -> None:
    assert "is a simulation" in run_kiosk("init", "--simulation", "--home", tmp_path / "a").out
    assert "is a home" in run_kiosk("init", "--home", tmp_path / "b").out


def test_a_second_init_changes_nothing(simulation: Path) -> None:
    before = read_files(simulation)
    ended = run_kiosk("init", "--home", simulation)
    assert (ended.status, ended.out) == (1, "")
    assert ended.err == f"kiosk: {simulation} is a home already: nothing was changed\n"
    assert read_files(simulation) == before


def test_an_existing_kiosk_toml_is_kept(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "kiosk.toml").write_text('zone = "Asia/Tokyo"\n', encoding="utf-8")
    assert run_kiosk("init", "--home", tmp_path / "home").status == 0
    with Home.open(tmp_path / "home") as home:
        assert home.zone.key == "Asia/Tokyo"


def test_a_folder_with_other_things_in_it_does_not_become_a_home(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine", encoding="utf-8")
    ended = run_kiosk("init", "--home", tmp_path)
    assert (ended.status, "is not empty (letters.txt)" in ended.first_error_line) == (1, True)
    assert read_files(tmp_path) == {"letters.txt": b"mine"}


@pytest.mark.parametrize(("zone", "status"), [("Asia/Tokyo", 0), ("Asia/Tokio", 2), ("../etc/passwd", 2)])
def test_a_home_may_have_any_time_zone_that_exists(tmp_path: Path, zone: str, status: int) -> None:
    assert run_kiosk("init", "--zone", zone, "--home", tmp_path / "home").status == status
    assert (tmp_path / "home").exists() == (status == 0)


def test_each_home_has_card_tokens_of_its_own_and_all_simulations_share_theirs(tmp_path: Path) -> None:
    card = CardNumber.parse("04000000000001")
    tokens: list[str] = []
    for name, simulation in (("a", False), ("b", False), ("c", True), ("d", True)):
        with Home.make(tmp_path / name, simulation=simulation) as home:
            tokens.append(home.derive_token(card))
    assert len(set(tokens)) == 3
    assert tokens[2] == tokens[3]


# --- Not a home, or no longer ---


def test_a_folder_that_is_no_home_is_refused_with_advice(tmp_path: Path) -> None:
    ended = tap_card(tmp_path / "nowhere")
    assert ended.status == 2
    assert ended.err == (
        f"kiosk: {tmp_path}/nowhere is not a home: name the right folder, "
        f"or run `kiosk init --home {tmp_path}/nowhere`\n"
    )


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (lambda home: (home / "log.db").unlink(), "has lost its log.db"),
        (lambda home: (home / "people.db").unlink(), "there is no people store at"),
        (lambda home: (home / "site.key").unlink(), "does not hold the site key"),
        (lambda home: (home / "site.key").write_bytes(b"short"), "site.key does not hold the site key: restore it"),
        (lambda home: (home / "kiosk.toml").unlink(), "kiosk.toml: cannot be read (No such file or directory)"),
        (lambda home: (home / "log.db").write_bytes(b"nonsense" * 999), "is not an event log of this program"),
        (lambda home: (home / "people.db").write_bytes(b"nonsense" * 999), "people.db cannot be used"),
        (lambda home: home.chmod(0o755), "is open to other users: run `chmod 700"),
        (lambda home: (home / "people.db").chmod(0o644), "is open to other users: run `chmod 600"),
        (lambda home: (home / "site.key").chmod(0o604), "site.key is open to other users: run `chmod 600"),
        (lambda home: (home / "log.db").chmod(0o640), "is open to other users (mode 0640): run chmod 600"),
    ],
)
def test_an_incomplete_home_is_refused_in_one_sentence(simulation: Path, damage, sentence: str) -> None:
    damage(simulation)
    ended = tap_card(simulation)
    assert (ended.status, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert sentence in ended.err


def test_an_event_that_was_changed_stops_what_needs_it(simulation: Path) -> None:
    log = simulation / "log.db"
    log.write_bytes(log.read_bytes().replace(b'"zone":"Asia/Taipei"', b'"zone":"Asia/Taipei}'))
    ended = tap_card(simulation)
    assert (ended.status, ended.err.count("\n")) == (2, 1)
    assert "event 1 (unit.home-made) cannot be read" in ended.err


@pytest.fixture
def other_users_home(simulation: Path) -> Iterator[Path]:
    """The home of one user, opened by another. Where the tests run as root, they change to nobody."""
    simulation.chmod(0o000)
    if os.geteuid() == 0:
        simulation.parent.chmod(0o755)
        os.seteuid(NOBODY)
    yield simulation
    if os.getuid() == 0:
        os.seteuid(0)
    simulation.chmod(0o700)


def test_a_home_of_another_user_is_not_opened(other_users_home: Path) -> None:
    for ended in (
        tap_card(other_users_home),
        run_kiosk("init", "--home", other_users_home),
        run_kiosk("verify", "--home", other_users_home),
    ):
        assert (ended.status, ended.err.count("\n")) == (2, 1)
        assert str(other_users_home) in ended.err


def test_a_home_that_is_opened_and_closed_stays_as_it_was(simulation: Path) -> None:
    before = read_head(simulation)
    Home.open(simulation).close()
    assert read_head(simulation) == before


def test_the_clock_of_a_simulation_shows_the_time_of_its_last_event(simulation: Path) -> None:
    tap_card(simulation)
    with Home.open(simulation) as home:
        assert home.clock.now().astimezone(home.zone).isoformat() == "2026-11-19T09:00:00+08:00"
