"""What was corrected, as a bundle says: also what was taken back, and what was looked at and is right."""

import csv
import io
import json
from pathlib import Path
from zipfile import ZipFile

from tests.kiosk.evidence.conftest import THEN, make, read
from tests.support.kiosk_program import line, run_kiosk, write_batch


def apply_line(home: Path, text: dict[str, object]) -> None:
    batch = write_batch(home.with_name("act.jsonl"), text)
    assert run_kiosk("apply", batch, "--home", home).err == ""


def find_head(home: Path) -> int:
    return json.loads(run_kiosk("verify", "--format", "json", "--home", home).out)["events"]


def list_corrections(home: Path) -> list[tuple[str, str, str, str]]:
    assert make(home, home.with_name("evidence.zip"), days=("2026-11-20", "2026-11-20")).status == 0
    rows = csv.DictReader(io.StringIO(read(home.with_name("evidence.zip"), "corrections.csv")))
    return [(row["kind"], row["day"], row["retracts"], row["matter"]) for row in rows]


def test_a_void_that_is_taken_back_stays_with_its_retraction(copied: Path) -> None:
    apply_line(copied, line("void_visit", "2026-11-22T10:00", by="lin", volunteer="V001",
                            check_in="2026-11-20T08:58", reason="a mix-up"))  # fmt: skip
    voided = find_head(copied)
    apply_line(copied, line("retract", "2026-11-22T11:00", by="lin", event=voided, reason="it was Ann after all"))
    assert list_corrections(copied) == [("voided", "2026-11-20", "", ""), ("retracted", "2026-11-20", str(voided), "")]


def test_an_acknowledgement_is_listed_with_its_day_and_what_it_is_about(copied: Path) -> None:
    rows = json.loads(run_kiosk("pending", "--format", "json", "--home", copied).out)
    (row,) = [row for row in rows if row["kind"] == "no_check_out"]
    apply_line(copied, line("acknowledge", "2026-11-22T10:00", by="lin", volunteer="V001", kind=row["kind"],
                            events=row["events"], reason="she forgot"))  # fmt: skip
    assert list_corrections(copied) == [("acknowledged", "2026-11-20", "", "no_check_out")]


def test_another_masking_changes_the_authors_alone_and_the_pages_say_so(
    copied: Path, archive: Path, tmp_path: Path
) -> None:
    settings = copied / "kiosk.toml"
    settings.write_text(settings.read_text().replace('masking = "surname-and-last"', 'masking = "surname-only"'))
    assert make(copied, tmp_path / "again.zip", "--as-of", THEN).status == 0
    with ZipFile(archive) as was, ZipFile(tmp_path / "again.zip") as now:
        changed = {name for name in was.namelist() if was.read(name) != now.read(name)}
    assert changed == {"absences.csv", "corrections.csv", "manifest.json"}
    assert "a setting of how names are shown was changed" in read(archive, "README.md")
    assert "姓名顯示方式的設定更改" in read(archive, "README.zh-TW.md")
