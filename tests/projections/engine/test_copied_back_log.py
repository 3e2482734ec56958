"""A log that is copied back by hand keeps its name: views know by its chain that it went another way."""

from pathlib import Path

import pytest

from tests.support.office import Office
from tests.support.people import ANN, BEN, local_second


@pytest.mark.parametrize("more", [0, 1], ids=["as long", "longer"])
def test_views_of_a_log_that_was_copied_back_and_went_another_way_are_not_believed(
    office: Office, tmp_path: Path, more: int
) -> None:
    """It has the name of the one before, and as many events."""
    office.current_views()
    office.close_down()
    kept = {name: (tmp_path / name).read_bytes() for name in ("log.db", "log.head")}
    office.restart()
    office.tap(ANN, "2026-11-19 08:58")
    office.list_visits()
    office.close_down()
    for name, content in kept.items():
        (tmp_path / name).write_bytes(content)
    office.restart()
    for minute in range(1 + more):
        office.tap(BEN, f"2026-11-19 09:0{minute}")
    (visit,) = office.list_visits()
    assert (visit.volunteer, visit.check_in) == (BEN, local_second("2026-11-19 09:00"))
