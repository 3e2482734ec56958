"""`kiosk status` as a whole: one screen, one status, whatever the home; it writes nothing, names no volunteer."""

import json
from pathlib import Path

import pytest

from kiosk.status.run import CHECKS
from tests.kiosk.conftest import read_head
from tests.support.builders import ANN, BEN, CARDS, CAT, FOUR_DAYS, SETUP_LINES
from tests.support.kiosk_program import ProgramResult, run_kiosk, write_batch


def asked(home: Path) -> ProgramResult:
    return run_kiosk("status", "--format", "json", "--home", home)


def is_told_properly(ended: ProgramResult) -> bool:
    """An answer of every check, a status that fits it, and no traceback."""
    report = json.loads(ended.out)
    all_well = all(check["ok"] for check in report["checks"])
    names = [check["name"] for check in report["checks"]]
    fits = (report["ok"], ended.status) == (all_well, 0 if all_well else 1)
    return fits and names == list(CHECKS) and "Traceback" not in ended.err


def test_a_new_simulation_is_well(simulation: Path) -> None:
    ended = run_kiosk("status", "--home", simulation)
    assert (ended.status, ended.out.splitlines()[-1], ended.err) == (0, "all is well", "")
    assert json.loads(asked(simulation).out)["ok"]


def test_a_new_real_home_is_not_ok(real_home: Path) -> None:
    ended = run_kiosk("status", "--home", real_home)
    wrong = [line for line in ended.out.splitlines() if line.startswith("!!")]
    assert ended.status == 1
    assert ended.out.splitlines()[-1] == f"{len(wrong)} of {len(CHECKS)} checks need attention"


@pytest.mark.parametrize("name", ["log.db", "people.db", "views.db", "site.key", "kiosk.toml"])
@pytest.mark.parametrize("content", [None, b"", b"junk" * 5000])
def test_whatever_happened_to_a_file_every_check_answers(simulation: Path, name: str, content: bytes | None) -> None:
    assert asked(simulation).status == 0
    if content is None:
        (simulation / name).unlink()
    else:
        (simulation / name).write_bytes(content)
    assert is_told_properly(asked(simulation))


def test_a_folder_that_is_no_home_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        assert is_told_properly(asked(folder))
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_to_the_log(simulation: Path) -> None:
    assert run_kiosk("apply", write_batch(simulation.with_name("b"), *SETUP_LINES), "--home", simulation).err == ""
    before = read_head(simulation), (simulation / "log.db").read_bytes()
    assert is_told_properly(asked(simulation))
    assert (read_head(simulation), (simulation / "log.db").read_bytes()) == before


def test_no_volunteer_is_named(simulation: Path) -> None:
    assert run_kiosk("apply", write_batch(simulation.with_name("b"), *FOUR_DAYS), "--home", simulation).err == ""
    report = asked(simulation).out + run_kiosk("status", "--home", simulation).out
    assert "to be closed: 1" in report
    assert [secret for secret in (ANN, BEN, CAT, *CARDS.values()) if secret in report] == []


def test_a_fault_of_ours_in_one_check_does_not_hide_the_others(
    simulation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(_: object) -> object:
        raise ZeroDivisionError

    monkeypatch.setitem(CHECKS, "clock", faulty)
    ended = asked(simulation)
    assert is_told_properly(ended)
    (clock,) = [check for check in json.loads(ended.out)["checks"] if check["name"] == "clock"]
    assert clock["detail"] == "cannot be looked at (ZeroDivisionError): run `kiosk verify`"


@pytest.mark.parametrize("content", ["kiosk = [", 'zone = "Europe/Paris"', 'kisok = "door"'])
def test_settings_that_cannot_be_used_are_reported_under_their_own_check(simulation: Path, content: str) -> None:
    (simulation / "kiosk.toml").write_text(content, encoding="utf-8")
    checks = {check["name"]: check for check in json.loads(asked(simulation).out)["checks"]}
    assert not checks["settings"]["ok"]
    assert "kiosk.toml" in checks["settings"]["detail"]
    assert checks["log"]["detail"] == "cannot be looked at: the home cannot be opened: see the check `settings`"
    assert "see the check `settings`" in checks["views"]["detail"]


def test_a_log_that_cannot_be_opened_is_no_fault_of_the_settings(simulation: Path) -> None:
    (simulation / "log.db").write_bytes(b"junk" * 4096)
    checks = {check["name"]: check for check in json.loads(asked(simulation).out)["checks"]}
    assert checks["settings"] == {
        "name": "settings",
        "ok": True,
        "detail": "kiosk.toml can be used: entrance, with 0 readers",
    }
    assert "log.db is not an event log" in checks["log"]["detail"]
    assert "see the check `log`" in checks["views"]["detail"]
