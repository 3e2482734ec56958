"""The read commands: rows as the contract says, in its order; questions that cannot be answered; what a table shows."""

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from domain.ids import unit_stream
from kiosk.home import Home
from tests.faults.result_table import LONG
from tests.kiosk.statements.expected_rows import EXPECTED_ROWS
from tests.support.builders import ANN, BEN, CARDS, FOUR_DAYS, SETUP_LINES
from tests.support.kiosk_program import OPEN_UNIT, ProgramResult, line, run_kiosk, write_batch
from tests.support.undecodable_events import UNKNOWN_TOPIC, insert_undecodable

READS = ("visits", "duties", "hours", "absences", "exits", "pending", "presence")
NARROWED = READS[:-1]
"""Those that take days and a volunteer."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A simulation in which the four days of the story were carried out."""
    folder = tmp_path_factory.mktemp("reads")
    Home.make(folder / "home", simulation=True).close()
    ended = run_kiosk("apply", write_batch(folder / "story.jsonl", *FOUR_DAYS), "--home", folder / "home")
    assert ended.err == ""
    return folder / "home"


def rows(home: Path, command: str) -> list[dict[str, Any]]:
    """What a command line answers in JSON."""
    ended = run_kiosk(*command.split(), "--format", "json", "--home", home)
    assert (ended.status, ended.err) == (0, "")
    return json.loads(ended.out)


# --- Rows ---


@pytest.mark.parametrize("command", EXPECTED_ROWS)
def test_the_rows_are_those_of_the_contract(home: Path, command: str) -> None:
    """Compared as text, because to Python True is 1 and 55 is 55.0."""
    assert json.dumps(rows(home, command)) == json.dumps(EXPECTED_ROWS[command])


def test_rows_are_sorted_by_instant_when_the_clocks_go_back(tmp_path: Path) -> None:
    """In Berlin it is 02:10 again after 02:50, on 2026-10-25."""
    Home.make(tmp_path / "berlin", simulation=True, zone="Europe/Berlin").close()
    taps = [
        line("tap", "2026-10-25T00:50:00Z", card=CARDS[ANN]),
        line("tap", "2026-10-25T01:10:00Z", card=CARDS[BEN]),
    ]
    batch = write_batch(tmp_path / "night.jsonl", {**OPEN_UNIT, "at": "2026-10-24T08:00"}, *SETUP_LINES[1:], *taps)
    assert run_kiosk("apply", batch, "--home", tmp_path / "berlin").status == 0
    for command, instant in (("visits", "check_in"), ("presence", "since")):
        assert [row[instant] for row in rows(tmp_path / "berlin", command)] == [
            "2026-10-25T02:50:00+02:00",
            "2026-10-25T02:10:00+01:00",
        ]


# --- Questions ---


@pytest.mark.parametrize("days", ["--from 2026-11-18 --to 2026-11-19", "--from 115-11-18 --to 1151119"])
def test_dates_are_filtered_with_both_ends_and_may_be_of_the_roc(home: Path, days: str) -> None:
    assert {row["date"] for row in rows(home, f"visits {days}")} == {"2026-11-18", "2026-11-19"}
    assert [row["shift"] for row in rows(home, f"duties {days}")] == ["S2", "S2", "S3", "S4"]
    assert [row["rule"] for row in rows(home, f"exits {days}")] == ["R-050"]
    assert rows(home, f"hours {days}") == EXPECTED_ROWS["hours"]


@pytest.mark.parametrize("command", NARROWED)
def test_rows_are_filtered_by_volunteer(home: Path, command: str) -> None:
    everybody = rows(home, command)
    assert rows(home, f"{command} --volunteer {ANN}") == [row for row in everybody if row["volunteer"] == ANN]


@pytest.mark.parametrize("command", NARROWED)
@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--volunteer", "V999"), "there is no volunteer V999: check the number, or enrol them first"),
        (
            ("--from", "2026-11-20", "--to", "2026-11-19"),
            "--from 2026-11-20 is after --to 2026-11-19: turn them round",
        ),
        (("--from", "2026-02-30"), "Invalid value for '--from': this is no date: '2026-02-30'; write it as"),
        (("--from", "2026-W47"), "Invalid value for '--from': this is no date: '2026-W47'; write it as"),
        (("--to", "20261119"), "Invalid value for '--to': this is no date: '20261119'; write it as"),
        (("--as-of", "2026-W47"), "--as-of is no instant: '2026-W47'; write it as 2026-11-19T08:58"),
        (("--as-of", "2026-11-19x09:00"), "--as-of is no instant: '2026-11-19x09:00'; write it as"),
        (("--to", "115-13-01"), "Invalid value for '--to': this is no date: '115-13-01'; write it as"),
        (("--to", "0115-11-19"), "Invalid value for '--to': this lies in the year 115: '0115-11-19'; write it as"),
        (("--format", "xml"), "Invalid value for '--format': 'xml' is not one of"),
        (("--form", "2026-11-19"), "No such option '--form'. (Did you mean one of"),
        (("everybody",), "Got unexpected extra argument (everybody)"),
    ],
)
def test_an_unusable_filter_is_refused_with_the_reason(
    home: Path, command: str, options: tuple[str, ...], sentence: str
) -> None:
    assert_unusable(run_kiosk(command, *options, "--home", home), sentence)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("presence", "--at", "noon"), "--at is no instant: 'noon'; write it as 2026-11-19T08:58"),
        (("presence", "--at", "9999-12-31T23:59"), "--at lies in the year 9999: '9999-12-31T23:59'; write it as"),
        (("presence", "--at", "0001-01-01"), "--at is a date without a time: '0001-01-01'; write it as"),
        (("hours", "--by", "week"), "Invalid value for '--by': 'week' is not one of"),
        (("hours", "--by", "category,month"), "Invalid value for '--by': 'category,month' is not one of"),
    ],
)
def test_an_unusable_instant_or_measure_is_refused(home: Path, arguments: tuple[str, ...], sentence: str) -> None:
    assert_unusable(run_kiosk(*arguments, "--home", home), sentence)


def assert_unusable(ended: ProgramResult, sentence: str) -> None:
    """Status 2, nothing on standard output, and the sentence before everything else."""
    assert (ended.status, ended.out) == (2, "")
    assert ended.first_error_line.startswith(f"kiosk: {sentence}"), ended.first_error_line
    assert "Traceback" not in ended.err


# --- Nothing to say ---


@pytest.mark.parametrize("command", [*READS, "reconcile"])
def test_without_rows_the_answer_is_an_empty_list_a_header_or_a_word(simulation: Path, command: str) -> None:
    answers = [run_kiosk(command, "--format", output, "--home", simulation) for output in ("json", "csv", "table")]
    header = answers[1].out
    assert (header.count("\r\n"), len(header.split(",")) > 2) == (1, True)
    assert [(ended.status, ended.out, ended.err) for ended in answers] == [
        (0, "[]\n", ""),
        (0, header, ""),
        (0, "", "nothing\n"),
    ]


# --- Tables and CSV ---


@pytest.mark.parametrize("command", READS)
def test_the_columns_of_a_table_are_aligned(home: Path, command: str) -> None:
    """A character of Chinese takes two cells: 志03 stands in the table."""
    heading, *lines = run_kiosk(command, "--home", home).out.splitlines()
    assert len(lines) == len(EXPECTED_ROWS[command])
    begins = [n for n, letter in enumerate(heading) if letter != " " and (n == 0 or heading[n - 1] == " ")]
    for text in lines:
        cells = "".join(letter + "\0" * (cell_len(letter) - 1) for letter in text).ljust(len(heading))
        assert all(cells[begin - 2 : begin] in ("", "  ") for begin in begins), f"{text!r} under {heading!r}"


def test_csv_holds_what_json_does(home: Path) -> None:
    table = list(csv.DictReader(io.StringIO(run_kiosk("duties", "--format", "csv", "--home", home).out)))
    assert table == [{key: str(value) for key, value in row.items()} for row in EXPECTED_ROWS["duties"]]


@pytest.mark.parametrize("command", READS)
def test_csv_without_rows_has_its_header(simulation: Path, home: Path, command: str) -> None:
    """A program that reads the file finds every column that rows can have."""
    empty = run_kiosk(command, "--format", "csv", "--home", simulation).out
    written = run_kiosk(command, "--format", "csv", "--home", home).out.partition("\r\n")[0]
    assert (empty.count("\r\n"), set(written.split(",")) - set(empty.strip().split(","))) == (1, set())


def test_an_unreadable_event_that_was_on_record_then_is_named_beside_the_answer(home: Path, tmp_path: Path) -> None:
    """It was recorded on the 19th at 9: not before."""
    broken = shutil.copytree(home, tmp_path / "broken")
    with Home.open(broken) as opened:
        position = insert_undecodable(opened.log, unit_stream(), UNKNOWN_TOPIC)
    then, before = (
        run_kiosk("visits", "--as-of", at, "--home", broken) for at in ("2026-11-19T09:00", "2026-11-19T08:59")
    )
    assert (then.status, then.err.count(f"without event {position} ({UNKNOWN_TOPIC!r}): ")) == (0, 1)
    assert "without event" not in before.err
    compared = run_kiosk("difference", "--as-of", "2026-11-19T08:59", "--as-of", "2026-11-19T09:00", "--home", broken)
    assert f"without event {position}" in compared.err


def test_a_date_as_of_which_is_read_is_the_end_of_that_day(home: Path) -> None:
    by_date, by_instant = (
        run_kiosk("visits", "--as-of", text, "--format", "json", "--home", home)
        for text in ("2026-11-19", "2026-11-19T23:59:59")
    )
    assert (by_date.status, by_date.out) == (0, by_instant.out)
    assert "two digits" in run_kiosk("visits", "--as-of", "26-11-19", "--home", home).err


def test_csv_has_the_columns_of_all_rows(home: Path) -> None:
    table = list(csv.DictReader(io.StringIO(run_kiosk("exits", "--format", "csv", "--home", home).out)))
    assert [(row["score"], row["count"], row["decision"]) for row in table] == [("55.0", "", "keep"), ("", "1", "")]


# --- Views that a person or the disk has spoiled ---


@pytest.mark.parametrize("is_sealed", [True, False], ids=["as it was closed", "after a program was killed"])
def test_damaged_views_are_rebuilt_and_never_used(home: Path, tmp_path: Path, *, is_sealed: bool) -> None:
    """Whichever page it is: the answer is the right one, and one sentence says that the file was not.

    Every third page is met by one of the two commands; in a long run each page by both.
    """
    right = {command: run_kiosk(command, "--home", home).out for command in ("visits", "duties")}
    copy = Path(shutil.copytree(home, tmp_path / "copy"))
    content, seal = (copy / "views.db").read_bytes(), (copy / "views.db-seal").read_bytes()
    said: set[str] = set()
    for page in range(0, len(content) // PAGE, 1 if LONG else 3):
        for command in right if LONG else [[*right][page % 2]]:
            (copy / "views.db").write_bytes(content[: page * PAGE] + b"junk" * 1024 + content[(page + 1) * PAGE :])
            (copy / "views.db-seal").write_bytes(seal if is_sealed else b"")
            if not is_sealed:
                (copy / "views.db-seal").unlink()
            ended = run_kiosk(command, "--home", copy)
            said.add(ended.err)
            assert (ended.status, ended.out) == (0, right[command])
    sentence = (
        f"kiosk: {copy}/views.db was not as it had been left: it was built anew from the log, and nothing is lost\n"
    )
    assert said == ({sentence} if is_sealed else {sentence, ""})


PAGE = 4096
"""Bytes of a page, unless SQLite is told otherwise."""
