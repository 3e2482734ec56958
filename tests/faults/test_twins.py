"""Numbers and ids that are read as one and stored as two: by characters that draw nothing, or are drawn alike."""

from pathlib import Path

import pytest

from kiosk.home import Home
from tests.faults.result_table import ATTACK_RESULTS, LONG, AttackResult
from tests.support.kiosk_program import ANNS_UNIT_LINES, ENROL_ANN, SCHEDULE_ANNS_SHIFT, run_kiosk, write_batch

BLANKS = ["\u061c", "\u00ad", "\u3164", "\u2800", "\U000e0041", "\ufff9", "\u200b", "\u034f", "\ufe00", "\U000e0100"]
MANY_BLANKS = [chr(code) for code in (*range(0x2000, 0x2010), *range(0xE0000, 0xE1000), *range(0xFFF0, 0xFFFC))]
TWINS = ["V００１", "V0O1", "V00l", "ⅤOO1", "V٠٠١", "V𝟎𝟎𝟏"]


def find_twins(number: str) -> list[str]:
    """Texts that are read as `number` and are not it."""
    blanks = BLANKS + (MANY_BLANKS if LONG else [])
    return [number[:at] + blank + number[at:] for blank in blanks for at in (0, 1, len(number))]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    Home.make(tmp_path / "home", simulation=True).close()
    assert run_kiosk("apply", write_batch(tmp_path / "unit.jsonl", *ANNS_UNIT_LINES), "--home", tmp_path / "home").out
    return tmp_path / "home"


@pytest.mark.parametrize(
    ("what", "line", "field", "twins"),
    [
        ("a number with invisible characters", ENROL_ANN, "volunteer", find_twins("V001")),
        ("a number of lookalikes", ENROL_ANN, "volunteer", TWINS),
        ("a shift with invisible characters", SCHEDULE_ANNS_SHIFT, "shift", find_twins("S1")),
    ],
)
def test_no_twin_is_registered(home: Path, what: str, line: dict[str, object], field: str, twins: list[str]) -> None:
    lines = [{**line, field: twin} for twin in twins]
    ended = run_kiosk("apply", "--keep-going", write_batch(home.parent / "b.jsonl", *lines), "--home", home)
    refused = ended.err.count("\n")
    with Home.open(home) as opened:
        believed = len(opened.people.load_numbers()) - 1
    ATTACK_RESULTS.append(AttackResult(what, len(twins), refused, believed))
    assert (refused, believed, ended.out) == (len(twins), 0, "0 lines carried out\n")
