"""`kiosk event N`: what an event says in words, who wrote it, where it stands, and whose days it bears on."""

import json
import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from domain.log.event_rows import LAST_POSITION
from domain.log.registered_names import REGISTERED_NAMES, STREAMS
from kiosk.home import Home
from kiosk.home_files import LOG_FILE
from kiosk.standing_home import STAMP_FILE
from kiosk.statements.event_lines import format_event, format_refusal
from kiosk.statements.event_statement import RENAMED, UNSHOWN, EventContext, build_event_row
from kiosk.statements.explained_day import build_name_lookup
from kiosk.words import event_en, event_zh_tw
from kiosk.words.event_words import EventWords
from tests.kiosk.conftest import Apply
from tests.support.builders import ANN, BEN, FOUR_DAYS, SETUP_LINES, coordinator_line, shift, tap
from tests.support.kiosk_program import line, run_kiosk, write_batch
from tests.support.loaded_modules import OF_OPEN_HOMES, OF_TAPS_AND_FACTS, run_in_new_process
from tests.support.tampering import open_unguarded
from tests.support.undecodable_events import UNKNOWN_TOPIC, insert_undecodable

PYTHON_VALUE = re.compile(r"\b(None|True|False|datetime|UUID)\b|[\[\]{}]")
HASH = re.compile(r"[0-9a-f]{16}")
LANGUAGES = pytest.mark.parametrize("words", [event_zh_tw.EVENT, event_en.EVENT], ids=["zh-TW", "en"])
CLOSED, RETRACTED = "corrections.visit-closed", "corrections.retracted"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The visit of Ben on the 18th is closed on the 21st, and Ann is suspended and comes; no test changes it."""
    folder = tmp_path_factory.mktemp("office")
    Home.make(folder / "home", simulation=True).close()
    closed = coordinator_line(
        "close_visit", "11-21 09:00", volunteer=BEN, check_in="2026-11-18T08:55", check_out="2026-11-18T11:59:30"
    )
    suspended = line("suspend", "2026-11-22T08:00", volunteer=ANN, **{"from": "2026-11-22"})
    batch = write_batch(folder / "days.jsonl", *FOUR_DAYS, closed, suspended, tap(ANN, "11-23 09:00"))
    assert run_kiosk("apply", batch, "--home", folder / "home").err == ""
    return folder / "home"


@pytest.fixture
def changing(office: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    return Path(shutil.copytree(office, tmp_path / "home"))


@pytest.fixture(scope="module")
def rows(office: Path) -> list[dict[str, Any]]:
    """Every event of the office."""
    with Home.open(office) as home:
        names = build_name_lookup(home.people)
        home.views.catch_up(None)
        context = EventContext(home.views, home.views.load_unit().days, None)
        return [build_event_row(home, position, names, context) for position in range(1, home.log.head().position + 1)]


def find_last(rows: list[dict[str, Any]], name: str) -> dict[str, Any]:
    return [row for row in rows if row["name"] == name][-1]


def ask(home: Path, position: int) -> dict[str, Any]:
    ended = run_kiosk("event", position, "--format", "json", "--home", home)
    assert (ended.status, ended.err) == (0, "")
    return json.loads(ended.out)


# --- In words, every one ---


@LANGUAGES
def test_every_event_that_the_log_may_hold_has_its_words(words: EventWords) -> None:
    assert set(words.meanings) == set(REGISTERED_NAMES.load_all())
    assert set(words.streams) == set(STREAMS)


@LANGUAGES
def test_every_field_has_a_label_or_is_not_shown(words: EventWords) -> None:
    carried = {field.name for event in REGISTERED_NAMES.load_all().values() for field in fields(event)}
    shown = {RENAMED.get(name, name) for name in carried - UNSHOWN}
    assert len(shown) > 50
    assert shown - set(words.fields) == set()


@LANGUAGES
def test_no_event_is_told_in_values_of_python_or_shows_a_card_or_a_hash(
    rows: list[dict[str, Any]], words: EventWords
) -> None:
    assert len(rows) > 45
    for row in rows:
        assert row["chain"]["fits"], row
        assert not HASH.search(json.dumps({**row, "chain": None, "fields": {**row["fields"], "head": ""}})), row
        texts = [line.text for line in format_event(row, words)]
        assert not any(map(PYTHON_VALUE.search, texts)), texts


def test_a_volunteers_number_stands_in_place_of_the_id(rows: list[dict[str, Any]]) -> None:
    enrolled = next(row for row in rows if row["name"] == "volunteer.enrolled")
    assert enrolled["stream"] == {"kind": "volunteer", "version": 1, "volunteer": BEN}
    assert enrolled["explains"] == [{"volunteer": BEN, "from": None, "to": None}]


# --- Who, when, where, and what follows ---


def test_a_correction_has_its_author_its_reason_and_its_day(office: Path, rows: list[dict[str, Any]]) -> None:
    row = find_last(rows, CLOSED)
    assert (row["by"], row["reason"]) == ("林主任", "on paper")
    assert (row["happened_at"], row["recorded_at"]) == ("2026-11-21T09:00:00+08:00",) * 2
    assert row["fields"] == {
        "volunteer": BEN,
        "check_in": "2026-11-18T08:55:00+08:00",
        "check_out": "2026-11-18T11:59:30+08:00",
    }
    assert row["explains"] == [{"volunteer": BEN, "from": "2026-11-18", "to": "2026-11-18"}]
    assert row["stream"] == {"kind": "corrections", "version": 1, "volunteer": BEN, "date": "2026-11-18"}
    said = run_kiosk("event", row["event"], "--home", office).out
    assert re.search(r"^says +A visit without a check-out was closed at the desk\.$", said, re.MULTILINE)
    assert re.search(r"^reason +on paper$", said, re.MULTILINE)
    assert re.search(rf"^bears on +{BEN} 2026-11-18$", said, re.MULTILINE)


def test_a_correction_and_what_takes_it_back_name_each_other(
    changing: Path, apply: Apply, rows: list[dict[str, Any]]
) -> None:
    closed = find_last(rows, CLOSED)
    assert apply(changing, coordinator_line("retract", "11-24 10:00", event=closed["event"])).err == ""
    retraction = ask(changing, len(rows) + 1)
    assert (retraction["name"], retraction["retracts"]) == (RETRACTED, closed["event"])
    assert (closed["retracted_by"], ask(changing, closed["event"])["retracted_by"]) == (None, retraction["event"])


def test_a_reason_that_is_not_as_it_was_given_is_not_shown(changing: Path, rows: list[dict[str, Any]]) -> None:
    position = find_last(rows, CLOSED)["event"]
    for text, lost in (("something else", "altered"), ("", "erased")):
        with closing(sqlite3.connect(changing / "people.db", isolation_level=None)) as store:
            store.execute("UPDATE notes SET text = ?", (text,))
        row = ask(changing, position)
        assert (row["reason"], row["reason_lost"]) == (None, lost)
        assert lost in run_kiosk("event", position, "--home", changing).out


def test_the_hash_is_that_of_the_head_and_the_next_event_has_it_before(
    changing: Path, rows: list[dict[str, Any]]
) -> None:
    verified = json.loads(run_kiosk("verify", "--format", "json", "--home", changing).out)
    before, last = rows[-2:]
    assert (last["chain"]["hash"], last["chain"]["before"]) == (verified["head"], before["chain"]["hash"])
    assert (last["chain"]["verified_to"], ask(changing, last["event"])["chain"]["verified_to"]) == (None, len(rows))


def test_a_changed_event_does_not_fit_the_one_before_it(changing: Path, rows: list[dict[str, Any]]) -> None:
    position = find_last(rows, CLOSED)["event"]
    change = "UPDATE stored_events SET state = CAST(replace(CAST(state AS TEXT), '03:59', '04:59') AS BLOB)"
    with open_unguarded(changing / LOG_FILE) as tool:
        tool.execute(f"{change} WHERE position = ?", (position,))
    row = ask(changing, position)
    assert (row["fields"]["check_out"], row["chain"]["fits"]) == ("2026-11-18T12:59:30+08:00", False)
    said = run_kiosk("event", position, "--home", changing).out
    assert "does not fit the event before it: the log was changed" in said


def test_a_row_that_is_none_of_ours_is_a_sentence(changing: Path) -> None:
    with open_unguarded(changing / LOG_FILE) as tool:
        tool.execute("UPDATE stored_events SET originator_id = 'none' WHERE position = 5")
    ended = run_kiosk("event", 5, "--home", changing)
    sentence = "kiosk: event 5 cannot be read: the file of the log was changed, run `kiosk verify`\n"
    assert (ended.status, ended.err) == (1, sentence)


# --- What cannot be read, and what is not there ---


def test_an_event_of_an_unknown_name_is_shown_as_far_as_it_can_be(changing: Path) -> None:
    with Home.open(changing) as home:
        stream = home.people.find_id(BEN)
        assert stream is not None
        told = {"volunteer_id": str(stream), "at": "2026-11-19T00:00:00Z", "kiosk": "door", "card": "c" * 32}
        position = insert_undecodable(home.log, stream, UNKNOWN_TOPIC, **told)
        broken = insert_undecodable(home.log, stream, "shift.changed", b"\xff{")
    row = ask(changing, position)
    assert (row["unreadable"], row["chain"]["fits"]) == ("unknown name", True)
    assert (row["happened_at"], row["recorded_at"]) == ("2026-11-19T08:00:00+08:00", "2026-11-19T09:00:00+08:00")
    assert (row["fields"]["volunteer"], row["fields"]["kiosk"], "card" in row["fields"]) == (BEN, "door", False)
    said = run_kiosk("event", position, "--home", changing).out
    assert "this program knows no event of this name" in said
    row = ask(changing, broken)
    assert (row["unreadable"], row["fields"], row["explains"]) == ("does not decode", {}, [])


@pytest.mark.parametrize("position", [0, 10_000, LAST_POSITION])
def test_an_event_that_does_not_exist_is_a_sentence(office: Path, position: int) -> None:
    ended = run_kiosk("event", position, "--home", office)
    assert (ended.status, ended.out) == (1, "")
    assert re.fullmatch(rf"kiosk: there is no event {position}: the last event of the log is \d+\n", ended.err)


@pytest.mark.parametrize("position", ["", "x", "1.5", "١x", "-1", str(LAST_POSITION + 1), str(10**30)])
def test_what_is_no_number_is_wrong_usage(office: Path, position: str) -> None:
    assert run_kiosk("event", position, "--home", office).status == 2


def test_a_refused_tap_bears_on_the_day_on_which_it_is_explained(office: Path, rows: list[dict[str, Any]]) -> None:
    row = find_last(rows, "refused-taps.tap-refused")
    assert row["explains"] == [{"volunteer": ANN, "from": "2026-11-23", "to": "2026-11-23"}]
    assert row["stream"] == {"kind": "refused-taps", "version": 1, "kiosk": "entrance", "date": "2026-11-23"}
    said = run_kiosk("event", row["event"], "--home", office).out
    assert re.search(r"^refused because +refused: suspended$", said, re.MULTILINE)


def test_a_tap_before_the_turn_of_the_service_day_bears_on_both_days_that_explain_it(
    simulation: Path, apply: Apply
) -> None:
    """Its minutes count for a duty behind the turn, and `explain` of either day cites it."""
    came = (shift("EARLY", "11-19", ANN, hours="04:15-08:00"), tap(ANN, "11-19 03:55"))
    assert apply(simulation, *SETUP_LINES, *came, tap(BEN, "11-19 12:00")).err == ""
    with Home.open(simulation) as home:
        position = home.log.head().position - 1
    assert ask(simulation, position)["explains"] == [{"volunteer": ANN, "from": "2026-11-18", "to": "2026-11-19"}]
    for day in ("2026-11-18", "2026-11-19"):
        assert f"(event {position})" in run_kiosk("explain", ANN, day, "--home", simulation).out
        assert f"{ANN} {day}" in run_kiosk("event", position, "--home", simulation).out


def test_it_is_read_from_a_home_that_stands_and_no_read_model_is_opened(changing: Path) -> None:
    """The same bytes; the home is opened where its stamp is gone."""
    assert run_kiosk("hours", "--home", changing).status == 0
    asked = ["event", "2", "--home", str(changing)]
    at_once, loaded = run_in_new_process(OF_TAPS_AND_FACTS | OF_OPEN_HOMES, asked)
    (changing / STAMP_FILE).unlink()
    assert (at_once, loaded) == (run_kiosk(*asked).out, "set()")


@LANGUAGES
def test_each_refusal_that_an_event_names_is_said_without_its_fields(words: EventWords) -> None:
    assert {name for name in words.refusals if "{" in format_refusal(name, words)} == set()
    assert format_refusal("NoSuchRefusal", words) == "NoSuchRefusal"


def test_an_acknowledgement_and_its_retraction_bear_on_the_day_that_they_are_about(
    simulation: Path, apply: Apply
) -> None:
    """Not on the one on which a person looked at it, and on that of their volunteer alone."""
    served = [tap(ANN, "11-19 09:00"), tap(ANN, "11-19 12:00"), tap(BEN, "11-25 08:00")]
    assert apply(simulation, *SETUP_LINES, *served).err == ""
    pending = json.loads(run_kiosk("pending", "--format", "json", "--home", simulation).out)
    (events,) = [row["events"] for row in pending if row["kind"] == "unscheduled"]
    with Home.open(simulation) as home:
        position = home.log.head().position + 1
    acknowledged = coordinator_line("acknowledge", "11-25 10:00", kind="unscheduled", events=events, volunteer=ANN)
    assert apply(simulation, acknowledged, coordinator_line("retract", "11-26 10:00", event=position)).err == ""
    of_day = [{"volunteer": ANN, "from": "2026-11-19", "to": "2026-11-19"}]
    assert [ask(simulation, at)["explains"] for at in (position, position + 1)] == [of_day, of_day]


def test_an_acknowledgement_that_is_about_no_day_bears_on_none(simulation: Path, apply: Apply) -> None:
    stranger = line("tap", "2026-11-19T09:00", card="04FFFFFFFFFFFF")
    assert apply(simulation, *SETUP_LINES, stranger).err == ""
    pending = json.loads(run_kiosk("pending", "--format", "json", "--home", simulation).out)
    (row,) = [row for row in pending if row["kind"] == "unknown_card"]
    about = {name: row[name] for name in ("kind", "events", "volunteer")}
    assert apply(simulation, coordinator_line("acknowledge", "11-25 10:00", **about)).err == ""
    with Home.open(simulation) as home:
        position = home.log.head().position
    acknowledged = ask(simulation, position)
    assert (acknowledged["name"], acknowledged["explains"]) == ("acknowledgements.acknowledged", [])
