"""The people store and the site key are changed by a hand: the log says what was written, and everybody is told."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.accounts.coordinators import Coordinators
from kiosk.accounts.pins import Pin
from kiosk.errors import UserError
from kiosk.home import Home
from tests.faults.result_table import ATTACK_RESULTS, AttackResult
from tests.support.kiosk_program import line, run_kiosk, run_kiosk_process, write_batch

CARD = "04000000000001"
STORY = (
    line("open_unit", "2025-01-01T08:00", name="清水戶政事務所", kind="public", category="戶政"),
    line(
        "enrol_volunteer",
        "2025-01-02T08:00",
        volunteer="V001",
        mode="rostered",
        agreement_from="2025-01-02",
        name="王小明",
        birth_date="1950-02-03",
        language="vi",
        by="lin",
    ),
    line("change_person", "2025-01-02T09:00", volunteer="V001", telephone="04-2627", education="大學", by="lin"),
    line("enrol_volunteer", "2025-01-02T08:00", volunteer="V002", mode="rostered", agreement_from="2025-01-02"),
    line("issue_card", "2025-01-02T08:00", volunteer="V001", card=CARD, by="chen"),
    line(
        "add_visit",
        "2026-10-01T18:00",
        volunteer="V001",
        check_in="2026-10-01T09:00",
        check_out="2026-10-01T12:00",
        reason="the reader was broken",
        by="lin",
    ),
)
ATTACKS = {
    "two numbers exchanged": (
        "UPDATE volunteers SET number = 'x' WHERE number = 'V001'",
        "UPDATE volunteers SET number = 'V001' WHERE number = 'V002'",
        "UPDATE volunteers SET number = 'V002' WHERE number = 'x'",
    ),
    "two ids exchanged": (
        "CREATE TEMP TABLE ids AS SELECT number, id FROM volunteers",
        "UPDATE volunteers SET id = 'x' || id",
        "UPDATE volunteers SET id = (SELECT id FROM ids WHERE ids.number != volunteers.number)",
    ),
    "a name": ("UPDATE volunteers SET name = '李大華' WHERE number = 'V001'",),
    "a birth date": ("UPDATE volunteers SET birth_date = '1999-01-01' WHERE number = 'V001'",),
    "a telephone number": ("UPDATE contacts SET telephone = '0912'",),
    "a telephone number of a person who had none": (
        "UPDATE contacts SET telephone = '0912' WHERE id = (SELECT id FROM volunteers WHERE number = 'V002')",
    ),
    "an education": ("UPDATE profiles SET education = '碩士'",),
    "a national ID of a person who had none": (
        "UPDATE profiles SET national_id = 'A123456789' WHERE id = (SELECT id FROM volunteers WHERE number = 'V002')",
    ),
    "contacts taken out": ("DELETE FROM contacts",),
    "a language": ("UPDATE volunteers SET language = 'id' WHERE number = 'V001'",),
    "a row taken out": ("DELETE FROM volunteers WHERE number = 'V002'",),
    "the salts taken out": ("DELETE FROM salts",),
    "a pseudonym, as if erased": (
        "UPDATE volunteers SET number = 'erased-' || substr(id, 1, 8), name = NULL WHERE number = 'V001'",
        "DELETE FROM salts",
    ),
    "a reason": ("UPDATE notes SET text = 'as agreed with the office'",),
    "a reason, as if erased": ("UPDATE notes SET text = '', salt = x''",),
    "a reason taken out": ("DELETE FROM notes",),
    "two authors exchanged": (
        "UPDATE actors SET name = 'x' WHERE name = 'lin'",
        "UPDATE actors SET name = 'lin' WHERE name = 'chen'",
        "UPDATE actors SET name = 'chen' WHERE name = 'x'",
    ),
    "an author taken out": ("DELETE FROM actors WHERE name = 'lin'",),
    "the system called otherwise": ("UPDATE actors SET name = 'wu' WHERE name = 'system'",),
}
"""Statements that a person with the file runs."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real home with two volunteers, two authors, a correction with its reason, and a coordinator with a PIN."""
    folder = tmp_path_factory.mktemp("people") / "office"
    Home.make(folder, simulation=False).close()
    assert run_kiosk("apply", write_batch(folder.parent / "story", *STORY), "--home", folder).err == ""
    with Home.open(folder) as home:
        Coordinators(home).set_pin("lin", Pin("271828"), home.people.ensure_actor("system"))
    assert find_people_check(folder) == (True, "7 rows, reasons and authors are as they were written")
    return folder


def find_people_check(home: Path) -> tuple[bool, str]:
    checks = json.loads(run_kiosk("status", "--format", "json", "--home", home).out)["checks"]
    return next((check["ok"], check["detail"]) for check in checks if check["name"] == "people")


def edit_people(home: Path, *statements: str) -> None:
    with closing(sqlite3.connect(home / "people.db", isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def is_said(home: Path) -> bool:
    """Whether `verify` refuses the store and the status is red, in one sentence each."""
    verified, (ok, detail) = run_kiosk("verify", "--home", home), find_people_check(home)
    assert "Traceback" not in verified.err
    return verified.status == 1 and "people.db is not as the log says" in verified.err and not ok and "event" in detail


def test_whatever_is_changed_in_the_people_store_is_said(office: Path, tmp_path: Path) -> None:
    seen = 0
    for what, statements in ATTACKS.items():
        home = Path(shutil.copytree(office, tmp_path / "copy"))
        edit_people(home, *statements)
        assert is_said(home), what
        seen += 1
        shutil.rmtree(home)
    ATTACK_RESULTS.append(AttackResult("people store edited", len(ATTACKS), seen, len(ATTACKS) - seen))


def test_a_birth_date_that_is_none_is_said_in_a_sentence(office: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(office, tmp_path / "copy"))
    edit_people(home, "UPDATE volunteers SET birth_date = 'in spring'")
    ended = run_kiosk("volunteers", "--home", home)
    assert (ended.status, "people.db" in ended.first_error_line, "Traceback" in ended.err) == (2, True, False)


def test_an_untouched_people_store_is_proved(office: Path) -> None:
    assert (run_kiosk("verify", "--home", office).status, run_kiosk("verify", "--home", office).err) == (0, "")


def test_an_altered_reason_is_not_shown_as_the_reason(office: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(office, tmp_path / "copy"))
    edit_people(home, *ATTACKS["a reason"])
    explained = run_kiosk("explain", "V001", "2026-10-01", "--home", home).out
    assert ("altered since it was given" in explained, "as agreed" in explained) == (True, False)


def test_a_pin_that_was_put_in_its_place_opens_nothing(office: Path, tmp_path: Path) -> None:
    """One who has the files has the key and can make a hash; the log does not name it."""
    home = Path(shutil.copytree(office, tmp_path / "copy"))
    with Home.open(home) as opened:
        lin = opened.people.find_actor("lin")
        assert lin is not None
        opened.people.keep_pin_hash(lin, Pin("314159").compute_hash(opened.compute_hmac, lin))
        with pytest.raises(UserError, match="set it again"):
            Coordinators(opened).authenticate(lin, Pin("314159"))
    assert is_said(home)
    ATTACK_RESULTS.append(AttackResult("PIN replaced in the people store", 1, 1, 0))


def test_another_site_key_shuts_the_entrance_with_a_sentence(office: Path, tmp_path: Path) -> None:
    """No card would be known by it, and each would be refused as unknown, for good."""
    home = Path(shutil.copytree(office, tmp_path / "copy"))
    own = (home / "site.key").read_bytes()
    (home / "site.key").write_bytes(bytes(reversed(own)))
    said = [run_kiosk(*command, "--home", home) for command in (("run",), ("tap", CARD), ("verify",), ("visits",))]
    assert all(ended.status in (1, 2) and "is not the site key of this home" in ended.err for ended in said), said
    status = json.loads(run_kiosk("status", "--format", "json", "--home", home).out)
    assert not status["ok"]
    (home / "site.key").write_bytes(own)
    assert run_kiosk_process("tap", CARD, "--home", home).status == 0
    ATTACK_RESULTS.append(AttackResult("site key exchanged", len(said) + 1, len(said) + 1, 0))


def test_the_salt_of_a_person_goes_with_the_person(office: Path, tmp_path: Path) -> None:
    """What is left in the log cannot be compared with any name; the store is proved as before, but for them."""
    home = Path(shutil.copytree(office, tmp_path / "copy"))
    ended = line("end_agreement", "2026-10-02T08:00", volunteer="V001", on="2026-10-02", reason="moved away", by="lin")
    assert run_kiosk("apply", write_batch(tmp_path / "ended", ended), "--home", home).err == ""
    with closing(sqlite3.connect(home / "people.db")) as connection:
        (salt,) = connection.execute(
            "SELECT salt FROM salts JOIN volunteers USING (id) WHERE number = 'V001'"
        ).fetchone()
    assert run_kiosk("erase", "V001", "--basis", "request", "--yes", "--home", home).status == 0
    assert not any(salt in file.read_bytes() for file in home.glob("people.db*"))
    verified = run_kiosk("verify", "--home", home)
    assert (verified.status, verified.err) == (0, "")
