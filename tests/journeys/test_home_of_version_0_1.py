"""A home made by version 0.1 opens, verifies, and answers every read command as that version did.

What scripts read is the same, key for key; JSON may have more keys. Tables that were laid out anew are left out.
`answers.json` maps a command line to what version 0.1 printed. The home is a fortnight of the demonstration, three
days of corrections, swaps, misuse, suspension and refusals behind it, a coordinator with a PIN and an erased person.
"""

import json
import re
import shlex
import shutil
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.support.kiosk_program import run_kiosk, write_batch

DATA = Path(__file__).parents[1] / "data" / "home_0_1"
ANSWERS: dict[str, dict[str, object]] = json.loads((DATA / "answers.json").read_text(encoding="utf-8"))
REBUILT = ("visits --format json", "duties --format json", "hours --by month --format json", "exits --format json")
"""Asked again after the read models were deleted."""
MUSTER = "presence --at 2026-11-30T09:00 --muster"
NEW_LAYOUT = ("explain", "difference", "visits --format table", "duties --format table", MUSTER)
"""Tables for people that look otherwise since; the same answers are compared as JSON."""
VISITS_CSV = "visits --format csv"
SAME_LOOKS = [one for one in ANSWERS if "json" in one or not one.startswith((*NEW_LAYOUT, VISITS_CSV))]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("version_0_1") / "h"
    folder.mkdir(mode=0o700)
    with tarfile.open(DATA / "home.tar.gz") as archive:
        archive.extractall(folder, filter="tar")
    folder.chmod(0o700)
    return folder


@pytest.fixture(autouse=True)
def beside_the_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages name the home by the path that was given."""
    monkeypatch.chdir(home.parent)
    monkeypatch.setenv("KIOSK_HOME", "h")


def ask(command: str) -> dict[str, object]:
    ended = run_kiosk(*shlex.split(command))
    return {"status": ended.status, "stdout": ended.out, "stderr": ended.err}


def mask_program(answer: dict[str, object]) -> dict[str, object]:
    """An answer, but for the speed of the machine, and for how many rows of read models a program has."""
    said = re.sub(r"\([\d,]+ a second\)", "(… a second)", str(answer["stdout"]))
    return answer | {"stdout": re.sub(r"^identical: \d+ rows", "identical: … rows", said)}


def drop_new_keys(now: Any, then: Any) -> Any:
    """JSON without the keys that version 0.1 did not have."""
    if isinstance(now, dict) and isinstance(then, dict):
        return {name: drop_new_keys(value, then[name]) for name, value in now.items() if name in then}
    if isinstance(now, list) and isinstance(then, list) and len(now) == len(then):
        return [drop_new_keys(*pair) for pair in zip(now, then, strict=True)]
    return now


@pytest.mark.parametrize("command", SAME_LOOKS)
def test_the_answer_is_the_same(command: str) -> None:
    now, then = mask_program(ask(command)), mask_program(ANSWERS[command])
    if "--format json" not in command or not then["stdout"]:
        assert now == then
        return
    said, was = json.loads(str(now.pop("stdout"))), json.loads(str(then.pop("stdout")))
    assert (now, drop_new_keys(said, was)) == (then, was)


@pytest.mark.parametrize("command", sorted({*ANSWERS} - {*SAME_LOOKS}))
def test_a_table_that_looks_otherwise_is_printed_all_the_same(command: str) -> None:
    now, then = ask(command), ANSWERS[command]
    assert (now["status"], now["stderr"], bool(now["stdout"])) == (then["status"], then["stderr"], bool(then["stdout"]))


def test_visits_as_csv_differ_only_in_the_seconds_of_stretches_that_are_not_credited() -> None:
    """Version 0.1 cut them there; of check-in and check-out it had them."""
    now, then = ask(VISITS_CSV), ANSWERS[VISITS_CSV]
    without_seconds = re.sub(r"(\d\d:\d\d):\d\d(?=[- ])", r"\1", str(now["stdout"]))
    assert (now | {"stdout": without_seconds}, now == then) == (then, False)


def test_the_read_models_come_back_the_same(home: Path) -> None:
    (home / "views.db").unlink()
    assert {command: ask(command) for command in REBUILT} == {command: ANSWERS[command] for command in REBUILT}


def test_it_says_what_of_the_people_store_nothing_can_prove(home: Path) -> None:
    """Its volunteers were enrolled before events carried a digest of their rows; its reasons are proved."""
    checks = json.loads(run_kiosk("status", "--format", "json").out)["checks"]
    (people,) = [check for check in checks if check["name"] == "people"]
    assert (people["ok"], "older than the digests, and nothing can prove them" in people["detail"]) == (True, True)


def test_a_volunteer_of_it_is_changed_and_from_then_on_proved(home: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(home, tmp_path / "copy")
    number = json.loads(run_kiosk("volunteers", "--format", "json", "--home", copy).out)[0]["volunteer"]
    changed = {
        "do": "change_person",
        "at": "2026-12-09T09:00",
        "volunteer": number,
        "telephone": "04-2627",
        "by": "lin",
    }
    assert run_kiosk("apply", write_batch(tmp_path / "line", changed), "--home", copy).err == ""
    assert run_kiosk("verify", "--home", copy).status == 0
    with closing(sqlite3.connect(copy / "people.db")) as people, people:
        people.execute("UPDATE contacts SET telephone = NULL")
    assert run_kiosk("verify", "--home", copy).status == 1


def test_its_next_night_settles_the_days_that_wait(home: Path, tmp_path: Path) -> None:
    """A reconciliation of that version names no views: the night begins at the first event."""
    copy = shutil.copytree(home, tmp_path / "copy")
    tap = {"do": "tap", "at": "2026-12-09T09:00", "card": "04000000000001"}
    assert run_kiosk("apply", write_batch(tmp_path / "tap", tap), "--home", copy).status == 0
    done = run_kiosk("reconcile", "--format", "json", "--home", copy)
    assert (done.status, done.err) == (0, "")
    assert json.loads(done.out)[-1]["date"] == "2026-12-08"
    assert run_kiosk("replay", "--home", copy).status == 0
