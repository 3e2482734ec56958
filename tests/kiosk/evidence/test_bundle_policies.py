"""Which rules held from which day, as a bundle says: each version whole, whenever it was adopted."""

import csv
import io
import json
from pathlib import Path

from kiosk.home import Home
from tests.kiosk.evidence.conftest import CARD, OPENED, make, read
from tests.support.kiosk_program import ANNS_UNIT_LINES, line, run_kiosk, write_batch

TAPS = (line("tap", "2026-11-19T08:58", card=CARD), line("tap", "2026-11-19T12:01", card=CARD))


def adopt(at: str, since: str, **changes: object) -> dict[str, object]:
    return line("adopt_policy", at, by="lin", effective_from=since, **changes)


def list_versions(tmp_path: Path, *adoptions: dict[str, object]) -> list[tuple[str, str, str]]:
    """From which day each version of the policy holds, whether it caps to shifts, whether it asks for trainings."""
    home = tmp_path / "home"
    Home.make(home, simulation=True).close()
    lines = sorted((*ANNS_UNIT_LINES[1:], *TAPS, *adoptions), key=lambda one: str(one["at"]))
    assert run_kiosk("apply", write_batch(tmp_path / "a.jsonl", OPENED, *lines), "--home", home).status == 0
    assert make(home, tmp_path / "evidence.zip", days=("2026-11-19", "2026-11-19")).status == 0
    rows = csv.DictReader(io.StringIO(read(tmp_path / "evidence.zip", "policies.csv")))
    return [(row["from"], row["cap_to_shift"], row["require_training"]) for row in rows]


def test_a_policy_that_was_adopted_later_for_an_earlier_day_is_in_every_version_from_that_day_on(
    tmp_path: Path,
) -> None:
    assert list_versions(
        tmp_path,
        adopt("2026-11-02T08:00", "2026-11-10", require_training=False),
        adopt("2026-11-22T08:00", "2026-11-01", cap_to_shift=False),
    ) == [("", "true", "true"), ("2026-11-01", "false", "true"), ("2026-11-10", "false", "false")]


def test_two_adoptions_for_one_day_are_one_version_and_both_are_proved(tmp_path: Path) -> None:
    assert list_versions(
        tmp_path,
        adopt("2026-11-02T08:00", "2026-11-10", require_training=False),
        adopt("2026-11-03T08:00", "2026-11-10", cap_to_shift=False),
    ) == [("", "true", "true"), ("2026-11-10", "false", "false")]
    proofs = json.loads(read(tmp_path / "evidence.zip", "proofs.json"))
    assert [row["topic"] for row in proofs["earlier"]] == ["unit.policy-adopted"] * 2
