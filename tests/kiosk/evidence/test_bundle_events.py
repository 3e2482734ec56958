"""Which events a bundle has: what was recorded since its first day, every tap of its days, and what its files cite."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest

from devices.protocols.decoder import CardNumber
from kiosk.entrance.controller import EntranceController
from kiosk.entrance.launch import build_sources
from kiosk.evidence.events import find_first_recorded
from kiosk.home import Home
from tests.kiosk.evidence.conftest import check, list_cited, list_held, make, read, write_manifest
from tests.support.fake_machine import FakeMachine
from tests.support.home_entrance import ANNS_CARD_NUMBER, OFFICE_LINES
from tests.support.kiosk_program import line, run_kiosk, write_batch
from tests.support.log_stores import LogStore
from tests.support.source_doors import NINE, Hub, SourceDoor, open_hub

DAY = ("2026-11-19", "2026-11-19")


@pytest.fixture
def behind(tmp_path: Path) -> Path:
    """A home whose clock was two days behind when Ann came and left on the 19th, and was right an hour later."""
    home = tmp_path / "home"
    Home.make(home, simulation=True).close()
    lines = [{**one, "at": min(str(one["at"]), "2026-11-16T08:00")} for one in OFFICE_LINES]
    assert run_kiosk("apply", write_batch(tmp_path / "unit.jsonl", *lines), "--home", home).status == 0
    with Home.open(home) as opened:
        machine = FakeMachine("2026-11-19 08:50", timedelta(days=2))
        opened.use_clock(machine)
        controller = EntranceController(build_sources(opened))
        for at in ("08:58", "12:00"):
            machine.advance_to(f"2026-11-19 {at}")
            controller.record_tap(CardNumber.parse(ANNS_CARD_NUMBER), "door", machine.now())
        machine.synchronise_clock()
        for at in ("13:00", "13:01"):
            machine.advance_to(f"2026-11-19 {at}")
            controller.is_clock_trusted()
    return home


def list_topics(home: Path, tmp_path: Path, days: tuple[str, str]) -> list[str]:
    file = tmp_path / "evidence.zip"
    assert make(home, file, days=days).status == 0
    assert check(file)[0] == 0
    return [json.loads(row)["topic"] for row in read(file, "events.jsonl").splitlines()]


def test_it_has_the_taps_of_its_days_also_where_the_clock_wrote_them_down_under_an_earlier_date(
    behind: Path, tmp_path: Path
) -> None:
    topics = list_topics(behind, tmp_path, DAY)
    assert topics[:2] == ["attendance.checked-in", "attendance.checked-out"]
    assert "kiosk-clock.clock-corrected" in topics


def test_of_the_days_behind_those_taps_it_begins_with_what_was_recorded_since(behind: Path, tmp_path: Path) -> None:
    assert run_kiosk("apply", write_batch(tmp_path / "tap.jsonl", LATE_TAP), "--home", behind).status == 0
    topics = list_topics(behind, tmp_path, ("2026-11-20", "2026-11-20"))
    assert topics == ["attendance.checked-in"]


@pytest.fixture
def planned(tmp_path: Path) -> Path:
    """The bundle of a day with two duties that were planned before it, and an absence excused before and taken back."""
    home, file = tmp_path / "home", tmp_path / "evidence.zip"
    Home.make(home, simulation=True).close()
    duties = [
        line("schedule_shift", "2026-11-16T09:00", shift=shift, start=f"2026-11-19T{start}", end=f"2026-11-19T{end}",
             volunteers=["V001"])
        for shift, start, end in (("S7", "08:00", "09:00"), ("S8", "14:00", "16:00"))
    ]  # fmt: skip
    excuse = line("excuse_absence", "2026-11-17T10:00", volunteer="V001", shift="S8", reason="a wedding", by="lin")
    lines = [{**one, "at": min(str(one["at"]), "2026-11-16T08:00")} for one in OFFICE_LINES]
    batch = write_batch(tmp_path / "unit.jsonl", *lines, *duties, excuse)
    assert run_kiosk("apply", batch, "--home", home).status == 0
    excused = json.loads(run_kiosk("verify", "--format", "json", "--home", home).out)["events"]
    taken_back = line("retract", "2026-11-20T10:00", by="lin", event=excused, reason="not hers")
    assert run_kiosk("apply", write_batch(tmp_path / "late.jsonl", taken_back), "--home", home).status == 0
    assert make(home, file, days=DAY).status == 0
    return file


def test_every_event_that_any_file_of_it_names_is_in_it_or_proved(planned: Path) -> None:
    cited, (held, proved) = list_cited(planned), list_held(planned)
    assert {name for name, events in cited.items() if events - held} == {"corrections.csv", "exceptions.csv"}
    assert proved == {event for events in cited.values() for event in events} - held
    assert check(planned)[0] == 0


@pytest.mark.parametrize("name", ["corrections.csv", "exceptions.csv"])
def test_the_verifier_names_an_event_that_a_file_cites_and_that_is_not_proved(
    planned: Path, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "unpacked"
    with ZipFile(planned) as opened:
        opened.extractall(folder)
    proofs = json.loads((folder / "proofs.json").read_text())
    removed = min(list_cited(planned)[name])
    proofs["earlier"] = [row for row in proofs["earlier"] if row["position"] != removed]
    (folder / "proofs.json").write_text(json.dumps(proofs, indent=1, ensure_ascii=False) + "\n")
    write_manifest(folder)
    said = f"WRONG  {name}: event {removed} is neither in events.jsonl nor in proofs.json"
    status, answer = check(folder)
    assert (status, answer.splitlines()[0]) == (1, said)


def test_the_verifier_reads_tables_with_any_text_and_names_one_that_cites_no_number(
    folder: Path,
) -> None:
    """Python before 3.11 refuses a cell with a character 0, and every one a cell of more than 131,072 characters."""
    exceptions = folder / "exceptions.csv"
    written = exceptions.read_text()
    exceptions.write_text(f'{written}{written.splitlines()[-1]},"\0{"x" * 200_000}"\r\n')
    write_manifest(folder)
    assert check(folder)[0] == 0
    exceptions.write_text("kind,events\r\nabsent,twelve\r\n")
    write_manifest(folder)
    assert check(folder)[1].startswith("WRONG  exceptions.csv has another form than that of a bundle\n")


LATE_TAP = {"do": "tap", "at": "2026-11-20T08:58", "card": ANNS_CARD_NUMBER}


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    with open_hub(LogStore(tmp_path)) as opened:
        yield opened


@pytest.mark.parametrize(("later", "events"), [(0, 3), (1, 0)])
def test_what_a_kiosk_sent_was_recorded_when_it_was_taken_whatever_its_clock_showed(
    hub: Hub, later: int, events: int
) -> None:
    door, taken = SourceDoor("north"), NINE + timedelta(days=2)
    hub.admit(door)
    door.tap(3)
    hub.clock.at = taken
    hub.intake.take(door.build_batch())
    last = hub.log.head().position
    assert find_first_recorded(hub.log, taken + timedelta(seconds=later), last) == last + 1 - events
