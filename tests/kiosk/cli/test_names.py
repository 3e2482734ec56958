"""`--names` of the read commands, and `kiosk accesses`: full names with a reason, recorded before they are printed."""

import json
from pathlib import Path
from typing import Any

import pytest

from kiosk.home import Home
from tests.kiosk.conftest import list_topics
from tests.support.home_entrance import ANNS_CARD_NUMBER, OFFICE_LINES
from tests.support.kiosk_program import line, run_kiosk, write_batch

WHY = ("--names", "--reason", "emergency", "--shown-to", "lin")
COMMANDS = (
    ("volunteers",),
    ("presence",),
    ("visits",),
    ("duties",),
    ("hours", "--by", "month"),
    ("pending",),
    ("volunteers", "--changes"),
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office in which V001 is in, and was changed once."""
    folder = tmp_path_factory.mktemp("names")
    Home.make(folder / "home", simulation=True).close()
    change = line("change_person", "2026-11-18T08:30", volunteer="V001", group="一", by="lin")
    taps = (
        line("tap", f"2026-11-{at}", card=ANNS_CARD_NUMBER)
        for at in ("18T09:00", "18T12:00", "19T09:00", "19T12:00", "19T13:00")
    )
    batch = write_batch(folder / "story", *OFFICE_LINES, change, *taps)
    assert run_kiosk("apply", batch, "--home", folder / "home").err == ""
    return folder / "home"


def ask(home: Path, *command: str) -> list[dict[str, Any]]:
    ended = run_kiosk(*command, "--format", "json", "--home", home)
    assert ended.err == ""
    return json.loads(ended.out)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_row_gets_the_full_name_and_nothing_else_changes(home: Path, command: tuple[str, ...]) -> None:
    plain, named = ask(home, *command), ask(home, *command, *WHY)
    numbers = {row["volunteer"] for row in plain if row["volunteer"]}
    assert numbers
    assert [{**row, "name": None} for row in named] == [{**row, "name": None} for row in plain]
    assert {row["name"] for row in named if row["volunteer"] == "V001"} == {"王小明"}
    assert [*named[0]][[*named[0]].index("volunteer") + 1] == "name"
    *_, recorded = ask(home, "accesses")
    assert {*recorded["volunteers"]} == numbers
    assert recorded["shown"] == ("person_changes" if "--changes" in command else command[0])
    assert (recorded["by"], recorded["purpose"], recorded["reason"]) == ("lin", "emergency", None)


def test_a_reason_in_ones_own_words_is_a_note(home: Path) -> None:
    ask(home, "volunteers", "--names", "--reason", "名牌重印")
    *_, recorded = ask(home, "accesses", "--volunteer", "V002")
    assert (recorded["by"], recorded["purpose"], recorded["reason"]) == ("system", "other", "名牌重印")
    with Home.open(home) as opened:
        assert "名牌重印".encode() not in (opened.path / "log.db").read_bytes()


def test_accesses_are_listed_by_day_and_as_of_an_instant(home: Path) -> None:
    ask(home, "presence", *WHY)
    assert ask(home, "accesses", "--to", "2026-11-18") == []
    assert ask(home, "accesses", "--as-of", "2026-11-18T12:00") == []
    assert ask(home, "accesses", "--from", "2026-11-19")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--names",), "say with --reason why names are needed"),
        (("--names", "--reason", " "), "a text that says something"),
        (("--names", "--reason", "a\x1b[31m"), "a text that says something"),
        (("--names", "--reason", "x" * 2_001), "a text that says something"),
        (("--reason", "contact"), "belong to --names"),
        (("--shown-to", "lin"), "belong to --names"),
        (("--names", "--reason", "contact", "--shown-to", " lin"), "characters"),
    ],
)
def test_without_a_reason_no_name_is_printed(home: Path, options: tuple[str, ...], sentence: str) -> None:
    before = len(ask(home, "accesses"))
    ended = run_kiosk("volunteers", *options, "--home", home)
    assert (ended.status, ended.out) == (2, "")
    assert sentence in ended.err
    assert len(ask(home, "accesses")) == before


def test_the_muster_sheet_has_full_names_once_that_is_recorded(home: Path) -> None:
    """R-120: without `--names` it may hang on a wall."""
    before = len(ask(home, "accesses"))
    with Home.open(home) as opened:
        volunteer = opened.people.find_id("V001")
        assert volunteer
        name = opened.people.find_name(volunteer) or "without a name"
    plain, named = (run_kiosk("presence", "--muster", *why, "--home", home) for why in ((), WHY))
    assert (plain.status, name in plain.out) == (0, False)
    assert (named.status, name in named.out) == (0, True)
    (access,) = ask(home, "accesses")[before:]
    assert (access["by"], access["volunteers"], access["shown"]) == ("lin", ["V001"], "muster")
    assert run_kiosk("presence", "--muster", "--names", "--home", home).status == 2, "a reason is needed"


def test_a_backup_shows_no_names(home: Path, tmp_path: Path) -> None:
    run_kiosk("backup", tmp_path / "usb", "--home", home)
    (backup,) = (folder for folder in (tmp_path / "usb").iterdir() if folder.is_dir())
    ended = run_kiosk("volunteers", *WHY, "--home", backup)
    assert (ended.status, ended.out) == (2, "")
    assert "recorded first" in ended.err


def test_the_log_has_the_ids_alone(home: Path) -> None:
    ask(home, "presence", *WHY)
    assert list_topics(home)[-1] == "name-access.names-listed"
    assert "王小明".encode() not in (home / "log.db").read_bytes()
