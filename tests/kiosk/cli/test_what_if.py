"""`kiosk what-if`: whose minutes, outcomes, cases and awards a policy would change."""

import json
from pathlib import Path

import pytest

from tests.support.kiosk_program import ANNS_UNIT_LINES, line, run_kiosk, write_batch

TAPS = (
    line("tap", "2026-11-19T08:58", card="04000000000001"),
    line("tap", "2026-11-20T09:00", card="04000000000001"),
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ann forgot to tap out on the 19th, and it is the 20th."""
    folder = tmp_path_factory.mktemp("what-if")
    assert run_kiosk("init", "--simulation", "--home", folder / "home").status == 0
    assert run_kiosk("apply", write_batch(folder / "b", *ANNS_UNIT_LINES, *TAPS), "--home", folder / "home").status == 0
    return folder / "home"


CREDITED = "missing_checkout_credit = 'shift_end'\nrequire_training = false\n"
"""She has no training on file either."""


def ask(home: Path, file: Path, text: str, *options: str, since: str = "2026-11-01") -> tuple[int, str, str]:
    file.write_text(text, encoding="utf-8")
    done = run_kiosk("what-if", "--policy", file, "--from", since, "--home", home, *options)
    return done.status, done.out, done.err


def test_the_rows_and_their_sum(home: Path, tmp_path: Path) -> None:
    status, out, _ = ask(home, tmp_path / "p.toml", CREDITED, "--format", "json")
    found = json.loads(out)
    assert status == 0
    assert found["policy"] == {"missing_checkout_credit": "shift_end", "require_training": False}
    (row,) = found["rows"]
    assert (row["volunteer"], row["minutes_before"], row["minutes_after"]) == ("V001", 0, found["sum"]["change"])
    assert row["change"] > 0
    assert found["sum"]["volunteers"] == 1


def test_in_a_table_the_sum_stands_below(home: Path, tmp_path: Path) -> None:
    status, out, _ = ask(home, tmp_path / "p.toml", CREDITED)
    assert status == 0
    assert "V001" in out
    assert out.splitlines()[-1].startswith("1 volunteers, 0 minutes would be ")


@pytest.mark.parametrize("text", ["grace_minutes_in = 15", "missing_checkout_credit = 'none'"])
def test_nothing_would_change(home: Path, tmp_path: Path, text: str) -> None:
    assert ask(home, tmp_path / "p.toml", text)[:2] == (0, "nothing would change\n")


def test_a_policy_of_later_changes_nothing_of_today(home: Path, tmp_path: Path) -> None:
    asked = ask(home, tmp_path / "p.toml", CREDITED, since="2026-11-20")
    assert asked[:2] == (0, "nothing would change\n")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("# grace\ngrace_minutes_im = 15", "p.toml:2: no policy parameter is called grace_minutes_im"),
        ("cap_to_shift = true\ngrace_minutes_in = 'x'", "p.toml:2: "),
        ("grace_minutes_in = ", "p.toml"),
        ("# nothing", "names no parameter"),
        ("day_ends_at = '05:00'", "moves the end of the service day"),
    ],
    ids=["a typo", "a text for a number", "no TOML", "nothing", "the end of the day"],
)
def test_a_file_that_cannot_be_used_is_refused_with_its_line(
    home: Path, tmp_path: Path, text: str, sentence: str
) -> None:
    status, out, err = ask(home, tmp_path / "p.toml", text)
    assert (status, out) == (2, "")
    assert sentence in err


def test_nothing_is_written(home: Path, tmp_path: Path) -> None:
    before = run_kiosk("verify", "--format", "json", "--home", home).out
    ask(home, tmp_path / "p.toml", CREDITED)
    assert run_kiosk("verify", "--format", "json", "--home", home).out == before
