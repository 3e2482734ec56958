"""What identifies a volunteer is changed in the people store; the log says which fields, by whom, when and why."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from domain.act import Act
from domain.ids import SYSTEM
from domain.model.volunteer import Volunteer
from kiosk.home import Home
from kiosk.people.proofs import build_keyed_hash, compute_person_digest
from kiosk.people.volunteers import Details
from kiosk.people_check import check_people
from tests.kiosk.conftest import Apply, list_topics, read_head, read_refusal
from tests.support.home_entrance import OFFICE_LINES, HomeEntrance
from tests.support.kiosk_program import ENROL_ANN, OPEN_UNIT, line, run_kiosk
from tests.support.people import local_time

NAME = {"name": "王曉明"}
KEPT = Details("王小明", date(1950, 2, 3), language="vi", telephone="04-2627-1234", notes="a ramp is needed")
ENROLLED = {
    **ENROL_ANN,
    "name": "王小明",
    "birth_date": "1950-02-03",
    "language": "vi",
    "telephone": "04-2627-1234",
    "notes": "a ramp is needed",
}


def change(**fields: Any) -> dict[str, Any]:
    return line("change_person", "2026-11-18T09:00", volunteer="V001", by="lin", **fields)


@pytest.fixture
def office(simulation: Path, apply: Apply) -> Path:
    """A home in which Ann is enrolled, with details."""
    assert apply(simulation, OPEN_UNIT, ENROLLED).err == ""
    return simulation


@pytest.fixture
def home(office: Path) -> Iterator[Home]:
    with Home.open(office) as opened:
        yield opened


def find_ann(home: Home) -> UUID:
    found = home.people.find_id("V001")
    assert found
    return found


def load_details(office: Path) -> Details:
    with Home.open(office) as home:
        assert check_people(home.log, home.people, home.compute_hmac).faults == []
        return home.people.load_details(find_ann(home))


def read_changes(home: Home) -> list[Volunteer.PersonChanged]:
    return [one.event for one in home.log.read_entries() if isinstance(one.event, Volunteer.PersonChanged)]


# --- What changes ---


def test_what_is_given_changes_and_what_is_left_out_stays(office: Path, apply: Apply) -> None:
    assert apply(office, change(**NAME, email="ann@example.org", birth_date="39-02-04")).err == ""
    changed = Details(
        "王曉明", date(1950, 2, 4), language="vi", telephone="04-2627-1234", email="ann@example.org", notes=KEPT.notes
    )
    assert load_details(office) == changed


@pytest.mark.parametrize("empty", ["", None])
def test_an_empty_text_clears_a_field(office: Path, apply: Apply, empty: str | None) -> None:
    assert load_details(office) == KEPT
    cleared = dict.fromkeys(("name", "birth_date", "language", "telephone", "notes"), empty)
    assert apply(office, change(**cleared)).err == ""
    assert load_details(office) == Details()


def test_the_log_says_which_fields_by_whom_and_why_and_no_value(office: Path, apply: Apply) -> None:
    """R-120, R-121."""
    assert apply(office, change(**NAME, telephone="", gender="female", reason="misheard on the telephone")).err == ""
    with Home.open(office) as home:
        (event,) = read_changes(home)
        assert event.fields == ["name", "gender", "telephone"]
        assert home.people.find_actor_name(event.by) == "lin"
        assert event.note
        assert home.people.find_note_text(event.note) == "misheard on the telephone"
    assert "王曉明".encode() not in b"".join(file.read_bytes() for file in office.glob("log.db*"))


def test_the_entrance_reads_a_name_that_another_process_has_corrected(simulation: Path, apply: Apply) -> None:
    assert apply(simulation, *OFFICE_LINES).err == ""
    with Home.open(simulation) as home:
        entrance = HomeEntrance(home)
        assert entrance.tap("08:55").name == "王〇明"
        assert apply(simulation, {**change(name="陳大文"), "at": "2026-11-19T10:00"}).err == ""
        assert entrance.tap("12:01").name == "陳〇文"
        assert home.people.find_number(find_ann(home)) == "V001"


# --- What does not ---


def test_a_line_that_changes_nothing_records_nothing_and_says_so(office: Path, apply: Apply) -> None:
    head = read_head(office)
    ended = apply(office, change(name="王小明", group="", reason="as on the form"))
    assert (ended.status, "nothing changed" in ended.out) == (0, True)
    assert read_head(office) == head
    with Home.open(office) as home:
        assert home.people.list_notes() == []


def test_a_line_with_a_key_is_carried_out_once(office: Path, apply: Apply) -> None:
    apply(office, change(**NAME, key="k"), change(name="王小明"))
    head = read_head(office)
    assert "carried out already" in apply(office, change(**NAME, key="k")).out
    assert (read_head(office), load_details(office).name) == (head, "王小明")


@pytest.mark.parametrize(
    ("said", "status", "sentence"),
    [
        (change(), 2, "nothing is to change"),
        (line("change_person", "2026-11-18T09:00", volunteer="V001", name="x"), 2, "the field `by` is missing"),
        (change(name="x\u202e"), 2, "`name` holds U+202E"),
        (change(name=" "), 2, "`name` is empty, or has a space at an end"),
        (change(name="x" * 65), 2, "`name` must have at most 64 characters"),
        (change(telephone="\x1b[2J"), 2, "`telephone` must be 1 to 128 characters"),
        (change(language="fr"), 2, "`language` cannot be 'fr'"),
        ({**change(**NAME), "volunteer": "V009"}, 1, "there is no volunteer V009"),
        ({**change(**NAME), "volunteer": "VOO1"}, 1, "there is no volunteer VOO1: it looks like V001"),
        ({**change(**NAME), "volunteer": ""}, 2, "`volunteer`"),
    ],
)
def test_what_cannot_be_kept_is_refused(
    office: Path, apply: Apply, said: dict[str, Any], status: int, sentence: str
) -> None:
    ended = apply(office, said)
    assert (ended.status, sentence in read_refusal(ended, 1)) == (status, True), ended.err
    assert load_details(office) == KEPT


def test_a_name_with_markup_is_kept_as_it_is_given(office: Path, apply: Apply) -> None:
    assert apply(office, change(name="[red]<b>王</b>")).err == ""
    assert load_details(office).name == "[red]<b>王</b>"


def test_an_erased_volunteer_is_not_changed(office: Path, apply: Apply) -> None:
    ended = line("end_agreement", "2026-11-18T09:00", volunteer="V001", on="2026-11-17", reason="moves away")
    assert apply(office, ended).err == ""
    assert run_kiosk("erase", "V001", "--basis", "request", "--yes", "--home", office).status == 0
    with Home.open(office) as home:
        (number,) = home.people.load_numbers().values()
    for fields in (NAME, {"name": ""}):
        refused = apply(office, {**change(**fields), "at": "2026-11-19T09:00", "volunteer": number})
        assert (refused.status, "is erased already" in refused.err) == (1, True)
    assert "volunteer.person-changed" not in list_topics(office)


# --- A program that is killed between the store and the log ---


def test_a_change_that_was_killed_before_its_event_is_forgotten(office: Path, home: Home) -> None:
    home.people.keep_change(find_ann(home), Details("王曉明"))
    assert load_details(office) == KEPT
    with Home.open(office) as again:
        assert again.people.list_changes() == []


def test_a_change_that_was_killed_behind_its_event_is_in_force(office: Path, home: Home) -> None:
    record_without_applying(home, Details("王曉明"))
    assert check_people(home.log, home.people, home.compute_hmac).faults == []
    assert load_details(office) == Details("王曉明")


def test_of_two_changes_that_were_killed_only_the_one_with_an_event_is_in_force(office: Path, home: Home) -> None:
    record_without_applying(home, Details("王曉明"))
    home.people.apply_change(find_ann(home))
    home.people.keep_change(find_ann(home), Details("李大華"))
    assert load_details(office) == Details("王曉明")


def record_without_applying(home: Home, details: Details) -> None:
    digest = home.people.keep_change(find_ann(home), details)
    at = local_time("2026-11-18 09:00")
    home.desk.change_person(find_ann(home), ["name"], digest, None, Act(at, SYSTEM, at))


def test_an_empty_contact_leaves_the_digest_as_it_was_before_there_were_contacts() -> None:
    keyed_hash, row = build_keyed_hash(b"key"), ("V001", "an id", "王小明", None, None, None, None)
    digest = compute_person_digest(keyed_hash, b"salt", row)
    assert compute_person_digest(keyed_hash, b"salt", (*row, *[None] * 5)) == digest
    with_contact = (*row, "04-2627", *[None] * 4)
    digest = compute_person_digest(keyed_hash, b"salt", with_contact)
    assert compute_person_digest(keyed_hash, b"salt", (*with_contact, *[None] * 3)) == digest
    assert compute_person_digest(keyed_hash, b"salt", (*row, "04-2627-1234", *[None] * 4)) != digest


def test_a_national_id_is_kept_plain_and_a_wrong_one_is_refused(office: Path, apply: Apply) -> None:
    """R-014, V-19: never guessed, and the sentence does not repeat it."""
    assert apply(office, change(national_id=" ａ123456789", education="大學", occupation="退休")).err == ""
    details = load_details(office)
    assert (details.national_id, details.education, details.occupation) == ("A123456789", "大學", "退休")
    for wrong, sentence in (("A123456788", "last digit does not fit"), ("A12345678", "has a letter and nine digits")):
        refused = apply(office, change(national_id=wrong))
        assert (refused.status, sentence in refused.err, wrong in refused.err) == (2, True, False)
    assert load_details(office).national_id == "A123456789"


def test_a_people_store_from_before_profiles_gets_them(office: Path, apply: Apply) -> None:
    with closing(sqlite3.connect(office / "people.db")) as people, people:
        people.execute("DROP TABLE profiles")
    assert load_details(office) == KEPT
    assert apply(office, change(education="大學")).err == ""
    assert load_details(office).education == "大學"
