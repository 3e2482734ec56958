"""Read commands answer from a home that stands as it was left, and open any other."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.home import Home
from kiosk.home_files import JOINED_FILE, SIGNING_KEY_FILE
from kiosk.standing_home import STAMP_FILE, hold_standing_home
from kiosk.statements.standing_statements import StandingStatements
from projections.engine.standing_views import NotStanding
from projections.read_models.day_filter import EVERYTHING
from tests.support.builders import ANN, BEN, CARDS, FOUR_DAYS, shift
from tests.support.kiosk_program import ANNS_UNIT_LINES, OPEN_UNIT, line, run_kiosk, write_batch
from tests.support.loaded_modules import OF_OPEN_HOMES, OF_TAPS_AND_FACTS, run_in_new_process

TAPS = (
    line("tap", "2026-11-19T08:58", card="04000000000001"),
    line("tap", "2026-11-19T12:03", card="04000000000001"),
    line("tap", "2026-11-20T09:00", card="04000000000001"),
)
WHO = {"name": "王小明", "group": "早班", "birth_date": "1990-01-02"}
LATE_LEAVE = (
    line("adopt_policy", "2026-11-20T12:00", effective_from="2026-11-01", leave_notice_days=2, debounce_seconds=0),
    line("request_leave", "2026-11-20T12:30", volunteer=BEN, shift="S6"),
    line("tap", "2026-11-20T12:30", card=CARDS[ANN]),
    line("tap", "2026-11-20T12:30:10", card=CARDS[ANN], direction="out"),
    line("tap", "2026-11-20T12:40", card="04FFFFFFFFFFFF"),
    line("enrol_volunteer", "2026-11-20T12:50", volunteer="V004", mode="rostered", agreement_from="2026-11-20", **WHO),
)
"""On short notice by a policy that was adopted that day; a departure that repeats nothing by it; a card of nobody; and
a person without a training."""
COMMANDS = (
    ["visits"],
    ["duties", "--from", "2026-11-01", "--to", "2026-11-30"],
    ["exits"],
    ["absences"],
    ["pending"],
    ["pending", "--volunteer", ANN, "--from", "2026-11-19"],
    ["presence"],
    ["presence", "--at", "2026-11-20T09:30"],
    ["hours", "--by", "month,category"],
    ["hours", "--volunteer", "V001"],
    ["volunteers"],
    ["volunteers", "--training-missing"],
    ["awards", "--short"],
    ["awards", "--volunteer", "V001"],
    *(["month", name, "2026-11"] for name in ("check", "lines", "slips")),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose read models were asked once, and closed."""
    folder = tmp_path_factory.mktemp("standing")
    home = folder / "home"
    assert run_kiosk("init", "--simulation", "--home", home).status == 0
    assert run_kiosk("apply", write_batch(folder / "b", *ANNS_UNIT_LINES, *TAPS), "--home", home).status == 0
    assert run_kiosk("absences", "--home", home).status == 0
    return home


def stands(home: Path) -> bool:
    try:
        with hold_standing_home(home) as found:
            return bool(found.people.load_numbers())
    except NotStanding:
        return False


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Days with leave, an excuse, a case, visits without an end and a person who is in."""
    folder = tmp_path_factory.mktemp("lived")
    home = folder / "home"
    assert run_kiosk("init", "--simulation", "--home", home).status == 0
    days = write_batch(folder / "b", *FOUR_DAYS, shift("S6", "11-21", BEN), *LATE_LEAVE)
    assert run_kiosk("apply", days, "--home", home).err == ""
    assert run_kiosk("hours", "--home", home).status == 0
    return home


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_it_answers_as_the_opened_home_does(lived: Path, command: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The same bytes; the home is opened where its stamp is gone."""
    out = run_standing_and_opened(lived, [*command, "--format", "json"], monkeypatch, (Home, "open_to_read"))
    assert len(out) > 3


def run_standing_and_opened(
    home: Path, command: list[str], monkeypatch: pytest.MonkeyPatch, closed: tuple[type, str]
) -> str:
    """What a command prints, the same both ways; of a home that stands it does not ask what is closed."""
    asked = [*command, "--home", str(home)]
    assert stands(home)
    with monkeypatch.context() as shut:
        shut.setattr(*closed, refuse_to_open)
        at_once = run_kiosk(*asked)
    assert at_once.status == 0
    (home / STAMP_FILE).unlink()
    assert not stands(home)
    assert run_kiosk(*asked).out == at_once.out
    return at_once.out


def refuse_to_open(*_: object) -> Home:
    raise AssertionError("the home need not be opened")


def test_what_stands_in_the_log_alone_is_read_there(lived: Path, tmp_path: Path) -> None:
    """An event in quarantine is dated by its bytes."""
    home = copy_home(lived, tmp_path / "home")
    with Home.open(home) as opened:
        opened.views.catch_up(None)
        with closing(sqlite3.connect(home / "views.db", isolation_level=None)) as tool:
            tool.execute("INSERT INTO quarantine VALUES (3, '00', 1, 'x', 'does not decode')")
    (home / "views.db-seal").unlink(missing_ok=True)
    with hold_standing_home(home) as found, pytest.raises(NotStanding):
        StandingStatements(found).list_pending(EVERYTHING)
    assert '"unreadable"' in run_kiosk("pending", "--format", "json", "--home", home).out


def test_nothing_is_changed_by_asking(made: Path) -> None:
    """Not even a file that SQLite makes beside an open database stays behind."""
    before = {path.name: path.read_bytes() for path in made.iterdir()}
    assert stands(made)
    for question in (["hours"], ["explain", "V001", "2026-11-19"]):
        assert run_kiosk(*question, "--home", made).status == 0
    assert {path.name: path.read_bytes() for path in made.iterdir()} == before


def test_the_domain_is_not_loaded_for_an_answer(made: Path) -> None:
    """What makes it quick."""
    code = "import sys; from kiosk.cli.program import run; "
    code += "".join(
        f"run(['{name}', '--home', {str(made)!r}]); " for name in ("hours", "absences", "pending", "presence")
    )
    code += "print({'domain.errors', 'devices', 'json', 'rich.cells'} & sys.modules.keys(), end=' '); "
    code += f"run(['volunteers', '--format', 'csv', '--home', {str(made)!r}]); "
    code += "print({'eventsourcing', 'domain.policy', 'devices.faults', 'kiosk.home'} & sys.modules.keys()); "
    code += f"run(['awards', '--format', 'csv', '--home', {str(made)!r}]); "
    code += "assert not {'tomllib', 'json'} & sys.modules.keys(); "
    code += f"run(['explain', 'V001', '2026-11-19', '--home', {str(made)!r}]); "
    code += f"run(['month', 'check', '2026-11', '--home', {str(made)!r}]); "
    code += "print({'eventsourcing', 'kiosk.home', 'kiosk.people.people', 'devices.faults'} & sys.modules.keys()); "
    code += f"run(['event', '5', '--home', {str(made)!r}]); "
    code += "print({'eventsourcing.persistence', 'domain.model.unit', 'kiosk.home'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "set()"
    assert "\nset()\naward," in done.stdout
    assert "\nset()\nevent " in done.stdout
    assert "set() volunteer," in done.stdout


def test_what_was_shown_is_read_from_the_log_and_no_home_is_opened(lived: Path, tmp_path: Path) -> None:
    home = copy_home(lived, tmp_path / "home")
    why = ("--names", "--reason", "emergency", "--shown-to", "lin")
    assert run_kiosk("volunteers", *why, "--home", home).status == 0
    asked = ["accesses", "--format", "json", "--home", str(home)]
    opened = run_kiosk(*asked).out
    assert '"shown":"volunteers"' in opened
    assert run_kiosk("hours", "--home", home).status == 0
    explained = run_kiosk("explain", ANN, "2026-11-18", "--home", home).out
    checked = run_kiosk("month", "check", "2026-11", "--home", home).out
    days = ["explain", ANN, "2026-11-18", "--home", str(home)], ["month", "check", "2026-11", "--home", str(home)]
    printed = opened + explained + checked
    assert run_in_new_process(OF_TAPS_AND_FACTS | OF_OPEN_HOMES, asked, *days) == (printed, "set()")


@pytest.mark.parametrize("output", ["table", "json"])
@pytest.mark.parametrize(("number", "day"), [(ANN, "11-18"), (BEN, "11-20"), (ANN, "11-20"), ("V004", "11-20")])
def test_a_day_is_explained_from_views_and_log_and_no_home_is_opened(
    lived: Path, number: str, day: str, output: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ["explain", number, f"2026-{day}", "--format", output]
    assert run_standing_and_opened(lived, asked, monkeypatch, (Home, "open_to_read"))


def execute(file: str, statement: str) -> Callable[[Path], None]:
    """A change of a row by another tool."""

    def change(home: Path) -> None:
        with closing(sqlite3.connect(home / file, isolation_level=None)) as tool:
            tool.execute(statement)

    return change


change_row = execute("views.db", "UPDATE duties SET seconds = seconds + 60")


def change_row_while_open(home: Path) -> None:
    (home / "views.db-seal").unlink()
    change_row(home)


def copy_log_of_another_home(home: Path) -> None:
    """As whole and as well closed as the own ones."""
    other = home.with_name("other")
    Home.make(other, simulation=True).close()
    assert run_kiosk("apply", write_batch(home.with_name("unit"), OPEN_UNIT), "--home", other).status == 0
    assert run_kiosk("absences", "--home", other).status == 0
    for name in ("log.db", "log.head", "views.db", "views.db-seal", "people.db"):
        (home / name).write_bytes((other / name).read_bytes())


CHANGES: dict[str, Callable[[Path], object]] = {
    "a setting": lambda home: (home / "kiosk.toml").write_text((home / "kiosk.toml").read_text() + "\n# x\n"),
    "settings that name no zone": lambda home: (home / "kiosk.toml").write_text("zone = 'Mars'"),
    "the site key": lambda home: (home / "site.key").write_bytes(b"x" * 32),
    "a file open to others": lambda home: (home / "log.db").chmod(0o644),
    "a folder open to others": lambda home: home.chmod(0o755),
    "a head file that is gone": lambda home: (home / "log.head").unlink(),
    "a log that is gone": lambda home: (home / "log.db").unlink(),
    "views that are gone": lambda home: (home / "views.db").unlink(),
    "a row of the views": change_row,
    "a row of views that were open": change_row_while_open,
    "a person half changed": execute("people.db", "INSERT INTO changes VALUES ('x', '{}')"),
    "a people store that is none": lambda home: (home / "people.db").write_bytes(b"junk" * 2_000),
    "a birth date that is none": execute("people.db", "UPDATE volunteers SET birth_date = 'x'"),
    "a home that is a backup": lambda home: (home / "backup.json").write_text("{}"),
    "a home that has joined a hub": lambda home: (home / JOINED_FILE).write_text("{}"),
    "a join that was cut short": lambda home: (home / SIGNING_KEY_FILE).write_text("{}"),
    "a move that was cut short": lambda home: (home / "switch.json").write_text("{}"),
    "a stamp that is none": lambda home: (home / STAMP_FILE).write_bytes(b"["),
    "the log and the views of another home": copy_log_of_another_home,
    "another program": lambda home: (home / STAMP_FILE).write_bytes(
        (home / STAMP_FILE).read_bytes().replace(b'"program":"', b'"program":"x')
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_whatever_changed_since_closes_the_way(made: Path, tmp_path: Path, change: Callable[[Path], object]) -> None:
    home = copy_home(made, tmp_path / "home")
    change(home)
    with pytest.raises(NotStanding):
        ask(home)


def ask(home: Path) -> None:
    """All that a question may need."""
    with hold_standing_home(home) as found:
        found.views.ensure_intact(1, 1_000_000)
        assert found.people.shown


def copy_home(made: Path, home: Path) -> Path:
    """The same files with other inodes, noted once more."""
    home.mkdir(mode=0o700)
    for path in made.iterdir():
        (home / path.name).write_bytes(path.read_bytes())
        (home / path.name).chmod(0o600)
    assert run_kiosk("absences", "--home", home).status == 0
    assert stands(home)
    return home


def test_an_event_more_closes_the_way_until_it_is_followed(made: Path, tmp_path: Path) -> None:
    home = copy_home(made, tmp_path / "home")
    with Home.open(home) as opened:
        opened.set_clock(opened.clock.now())
        opened.people.ensure_actor("Ann")
        assert stands(home)
    tap = write_batch(tmp_path / "t", line("tap", "2026-11-20T12:00", card="04000000000001"))
    with hold_standing_home(home) as held:
        assert run_kiosk("apply", tap, "--home", home).status == 0
        with pytest.raises(NotStanding):
            _ = held.log
    assert not stands(home)
    assert '"closed"' in run_kiosk("visits", "--from", "2026-11-20", "--format", "json", "--home", home).out
    assert stands(home)


def test_it_answers_while_another_program_has_the_home_open(made: Path) -> None:
    """Days are compared with their digests then."""
    with Home.open(made) as other:
        other.views.catch_up(None)
        assert stands(made)
        with hold_standing_home(made) as found:
            found.views.ensure_intact(1, 1_000_000)
            assert list(found.views.rows("SELECT count(*) FROM visits")) == [(2,)]


def test_a_home_of_another_user_is_opened(made: Path) -> None:
    """Root that looks at it leaves the sentence to the program that opens it."""
    if os.geteuid() != 0:
        pytest.skip("only root can be another user")
    os.chown(made / "views.db", 65_534, 65_534)
    try:
        assert not stands(made)
    finally:
        os.chown(made / "views.db", os.geteuid(), os.getegid())
