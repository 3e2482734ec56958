"""The people store: who is who, its owner's alone, and never in the way of the log."""

import hashlib
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from domain.ids import SYSTEM, simulated_actor_id
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.people.file import SYSTEM_ACTOR
from kiosk.people.people import People
from kiosk.people.volunteers import Details
from kiosk.refusals import UnknownNumberLike
from tests.kiosk.conftest import Apply, list_topics
from tests.support.kiosk_program import ENROL_ANN, OPEN_UNIT

ANN, BEN = uuid4(), uuid4()


@pytest.fixture
def people(tmp_path: Path) -> Iterator[People]:
    store = People.create(tmp_path / "people.db", simulation=False)
    yield store
    store.close()


@pytest.mark.parametrize("typed", ["A001", "Ａ００１", "\u3000Ａ００１ ", "ａ００１"])
def test_a_number_that_was_typed_in_wide_letters_is_the_narrow_one(people: People, typed: str) -> None:
    people.register("A001", ANN, Details())
    assert (people.find_typed_id(typed), people.resolve_typed_number(typed)) == (ANN, "A001")


def test_a_number_that_is_registered_in_wide_letters_is_found_by_the_narrow_one(people: People) -> None:
    people.register("Ａ００１", ANN, Details())
    assert [people.resolve_typed_number(typed) for typed in ("A001", "Ａ００１")] == ["Ａ００１"] * 2


def test_of_two_numbers_that_differ_in_width_each_is_found_by_itself_and_none_by_a_third(people: People) -> None:
    """An older program may have registered both."""
    people.register("Ａ００１", ANN, Details())
    people.register("Ａ001", BEN, Details())
    assert [people.find_typed_id(typed) for typed in ("Ａ００１", "Ａ001", "A001")] == [ANN, BEN, None]
    with pytest.raises(UnknownNumberLike):
        people.resolve_typed_number("A001")
    people.register("A001", third := uuid4(), Details())
    assert people.find_typed_id("A001") == third


def test_a_number_and_an_id_find_each_other(people: People) -> None:
    people.register("V001", ANN, Details("王小明", date(1950, 2, 3), language="vi"))
    people.register("V002", BEN, Details())
    assert (people.find_id("V001"), people.find_number(ANN)) == (ANN, "V001")
    assert (people.find_name(ANN), people.find_language(ANN)) == ("王小明", "vi")
    assert people.load_numbers() == {ANN: "V001", BEN: "V002"}


def test_an_unknown_volunteer_has_no_data(people: People) -> None:
    assert people.find_id("V001") is None
    assert people.find_number(ANN) is None
    assert people.find_name(ANN) is None
    assert people.find_actor_name(ANN) is None
    assert people.find_note_text(ANN) is None


def test_a_number_that_is_registered_keeps_its_id_and_takes_the_new_details(people: People) -> None:
    people.register("V001", ANN, Details("王曉明"))
    assert people.register("V001", BEN, Details("王小明")) == ANN
    assert people.find_name(ANN) == "王小明"


def test_an_actor_has_one_random_id_in_every_process(people: People, tmp_path: Path) -> None:
    known = people.ensure_actor("林主任")
    other = People.open(tmp_path / "people.db", simulation=False)
    assert other.ensure_actor("林主任") == people.ensure_actor("林主任") == known != simulated_actor_id("林主任")
    assert other.find_actor_name(known) == "林主任"
    other.close()


def test_the_system_has_the_id_that_the_log_has_for_it(people: People) -> None:
    assert people.ensure_actor(SYSTEM_ACTOR) == SYSTEM
    assert people.find_actor_name(SYSTEM) == SYSTEM_ACTOR


def test_a_home_that_stored_another_id_for_the_system_keeps_it(people: People, tmp_path: Path) -> None:
    stored = uuid4()
    with closing(sqlite3.connect(tmp_path / "people.db")) as connection, connection:
        connection.execute("INSERT INTO actors VALUES (?, ?)", (SYSTEM_ACTOR, str(stored)))
    assert people.ensure_actor(SYSTEM_ACTOR) == stored
    assert people.find_actor_name(SYSTEM) is None


def test_the_hash_of_a_note_fixes_its_wording_and_cannot_be_guessed(people: People) -> None:
    note, again = people.keep_note("sick", 2), people.keep_note("sick", 3)
    assert people.find_note_text(note.id) == "sick"
    assert note.digest != again.digest
    assert note.digest != hashlib.sha256(b"sick").hexdigest()


def test_only_its_owner_can_read_the_file(people: People, tmp_path: Path) -> None:
    people.keep_note("something, so that there is a WAL", 2)
    assert {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()} == {0o600}


def test_a_deleted_note_is_not_in_the_file_any_more(tmp_path: Path) -> None:
    store = People.create(tmp_path / "people.db", simulation=False)
    store.drop_note(store.keep_note("a secret that was taken back", 2))
    store.close()
    assert not any(b"a secret" in file.read_bytes() for file in tmp_path.iterdir())


def test_another_database_is_refused_as_a_people_store(simulation: Path) -> None:
    with pytest.raises(UserError, match="is not a people store of this program: restore a backup"):
        People.open(simulation / "log.db", simulation=True)


def test_a_setting_that_sqlite_does_not_keep_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.people.file._SETTINGS", {"synchronous": 7})
    with pytest.raises(UserError, match="SQLite keeps synchronous at 0 instead of 7"):
        People.create(tmp_path / "people.db", simulation=False)


def test_a_copy_is_complete_and_only_its_owner_can_read_it(people: People, tmp_path: Path) -> None:
    people.register("V001", ANN, Details("王小明"))
    people.copy_to(tmp_path / "copy.db")
    assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600
    copy = People.open(tmp_path / "copy.db", simulation=False)
    assert copy.find_name(ANN) == "王小明"
    copy.close()


# --- Between the store and the log ---


def test_a_volunteer_can_be_enrolled_after_a_crash_behind_the_registration(simulation: Path, apply: Apply) -> None:
    registered = _register_without_enrolling(simulation, "V001", Details("Ann"))
    ended = apply(simulation, OPEN_UNIT, {**ENROL_ANN, "name": "王小明"})
    assert (ended.status, ended.err) == (0, "")
    assert list_topics(simulation) == ["unit.opened", "volunteer.enrolled"]
    with Home.open(simulation) as home:
        assert home.people.find_id("V001") == registered
        assert home.people.find_name(registered) == "王小明"


def test_a_refused_enrolment_changes_no_details(simulation: Path, apply: Apply) -> None:
    apply(simulation, OPEN_UNIT, {**ENROL_ANN, "name": "王小明"})
    ended = apply(simulation, {**ENROL_ANN, "name": "somebody else"})
    assert (ended.status, "volunteer V001 is enrolled already" in ended.first_error_line) == (1, True)
    with Home.open(simulation) as home:
        assert home.people.find_name(home.people.find_id("V001") or UUID(int=0)) == "王小明"


def _register_without_enrolling(folder: Path, number: str, details: Details) -> UUID:
    with Home.open(folder) as home:
        return home.people.register(number, home.create_volunteer_id(number), details)
