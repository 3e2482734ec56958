"""Two kiosks of a unit, one of them unplugged: its taps arrive, each once, and the desk says what to look at."""

import os
from datetime import datetime, time
from pathlib import Path

import pytest

from kiosk.demo.desk import add_account
from kiosk.demo.office import Person, build_line
from kiosk.demo.simulate_season import apply_lines
from kiosk.text.masking import mask
from kiosk.words.desk.kiosks import KIOSKS
from kiosk.words.desk.pending_zh_tw import PENDING
from tests.journeys.city_demo import FRONT, SIDE, STAFF, UNITS, DemoFailed, main, open_city, play_morning
from tests.support.chromium import CHROMIUM, open_chromium

LOG_IN = """
document.getElementById('name').value = '{name}';
document.getElementById('password').value = '{password}';
document.querySelector('form.login').requestSubmit();
"""


def write_name(person: Person) -> str:
    return mask(person.name, "surname-and-last")


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


@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
def test_the_desk_shows_what_an_unplugged_kiosk_recorded_and_what_it_could_not_know(tmp_path: Path) -> None:
    revoked, expected = STAFF[1], STAFF[2]
    chinese = open_chromium(tmp_path / "profile", "--accept-lang=zh-TW")
    with open_city(tmp_path, units=UNITS[:1]) as city, chinese as browser:
        unit, account = city.units[0], add_account(city.units[0].home)
        side = unit.kiosks[SIDE]
        city.set_time(8, 25)
        unit.kiosks[FRONT].tap(STAFF[0])
        unit.wait_for_taps(FRONT, SIDE)
        browser.go(unit.site.url)
        browser.wait_for_text("登入")
        browser.run(LOG_IN.format(name=account.name, password=account.password))
        browser.wait_for_text(write_name(STAFF[0]))
        side.cable.unplug()
        at = datetime.combine(city.day, time(9))
        apply_lines(unit.home, [build_line("revoke_card", at, card=revoked.card, reason="lost")])
        city.set_time(9, 5)
        assert [side.tap(person) for person in (revoked, expected)] == ["checked in", "checked in"]
        assert write_name(expected) not in browser.run("document.body.innerText")

        side.cable.plug_in()
        unit.wait_for_taps(FRONT, SIDE)
        browser.wait_for_text(write_name(expected))
        browser.go(f"{unit.site.url}/pending")
        browser.wait_for_text(PENDING.lines["accepted_in_error"].format(time="09:05", reason="").rstrip())
        browser.wait_for_text(write_name(revoked))
        browser.go(f"{unit.site.url}/unit/kiosks")
        browser.wait_for_text(SIDE)
        browser.wait_for_text(KIOSKS["zh-TW"].complete.format(at="").strip())


@pytest.mark.skipif(os.environ.get("KIOSK_FAULTS") != "long", reason="make faults plays all three units")
def test_the_whole_city(capsys: pytest.CaptureFixture[str]) -> None:
    assert main() == 0
    assert capsys.readouterr().out.count("0 missing, 0 twice") == 3
