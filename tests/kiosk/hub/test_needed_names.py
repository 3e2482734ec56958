"""Whose names a kiosk is sent: of who may come, or came within the time that it shows. Nobody else's."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk.hub.needed_names import NeededNames
from tests.support.office import Office
from tests.support.people import ANN, BEN

LAST = date(2026, 11, 20)
A_DAY = timedelta(days=1)


def leave(office: Office) -> None:
    """Ann gives her card back, and serves until the 20th."""
    office.at("2026-11-20 10:00").revoke(ANN)
    office.end(ANN, LAST.isoformat())


def test_who_has_an_agreement_is_needed_to_its_last_day(tmp_path: Path) -> None:
    office = Office(tmp_path, ANN, BEN)
    needed = NeededNames(office.log)
    leave(office)

    assert needed.find(LAST) == {ANN, BEN}
    assert needed.find(LAST + A_DAY) == {BEN}

    office.at("2026-12-01 10:00").renew(ANN, "2026-12-02")
    assert needed.find(LAST + A_DAY) == {ANN, BEN}


def test_who_left_and_kept_the_card_is_needed(tmp_path: Path) -> None:
    office = Office(tmp_path, ANN)
    office.at("2026-11-20 10:00").end(ANN, LAST.isoformat())
    needed = NeededNames(office.log)

    assert needed.find(LAST + A_DAY) == {ANN}
    office.at("2026-11-21 10:00").revoke(ANN)
    assert needed.find(LAST + A_DAY) == set()


@pytest.mark.parametrize("how", ["tap", "correction"])
def test_who_left_is_needed_while_a_copy_holds_the_last_visit(tmp_path: Path, how: str) -> None:
    """A copy that begins on the 4th of December holds visits from two weeks before, and two days more."""
    office = Office(tmp_path, ANN, BEN).at("2026-11-18 12:00")
    if how == "tap":
        office.tap(ANN)
    else:
        office.add_visit(ANN, "2026-11-18 09:00", "2026-11-18 11:00")
    leave(office)
    needed = NeededNames(office.log)

    assert needed.find(date(2026, 12, 4)) == {ANN, BEN}
    assert needed.find(date(2026, 12, 5)) == {BEN}
