"""The demonstration of several kiosks goes as it says, and its check has teeth."""

import os
from pathlib import Path

import pytest

from tests.journeys.city_demo import SIDE, STAFF, UNITS, DemoFailed, main, open_city, play_morning


def test_a_unit_whose_kiosk_lost_its_network_has_every_tap_once(tmp_path: Path) -> None:
    said: list[str] = []
    with open_city(tmp_path, units=UNITS[:1]) as city:
        play_morning(city, said.append)

        assert said[-1] == (
            f"  {UNITS[0]}: 11 taps, 11 events of the kiosks, 11 of them at the hub, 0 missing, 0 twice; "
            "5 visits, 5 closed; the chain is whole"
        )
        side = city.units[0].kiosks[SIDE]
        side.cable.unplug()
        side.tap(STAFF[0])
        with pytest.raises(DemoFailed):
            city.units[0].check(said.append)
    assert "1 missing" in said[-1]


@pytest.mark.skipif(os.environ.get("KIOSK_FAULTS") != "long", reason="make faults plays all three units")
def test_the_whole_city(capsys: pytest.CaptureFixture[str]) -> None:
    assert main() == 0
    assert capsys.readouterr().out.count("0 missing, 0 twice") == 3
