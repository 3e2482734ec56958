"""A coordinator's browser: log in, see today, see a tap appear, settle what was forgotten yesterday, log out."""

import os
from collections.abc import Generator
from pathlib import Path

import pytest

from devices.simulated.scripted_reader import ScriptedReader
from kiosk.accounts.accounts import Accounts
from kiosk.accounts.passwords import Password
from kiosk.home import Home
from kiosk.people.file import SYSTEM_ACTOR
from tests.kiosk.desk.conftest import PASSWORD, DeskSite, fill_home, serve
from tests.support.chromium import CHROMIUM, Chromium, open_chromium
from tests.support.kiosk_program import KIOSK, run_kiosk
from tests.support.tmux import SKIP_REASON, Tmux

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")

LOG_IN = """
document.getElementById('name').value = 'coordinator';
document.getElementById('password').value = '{password}';
document.querySelector('form.login').requestSubmit();
"""
ANNS_FRAME = bytes.fromhex("0231303030383646343434323603")
"""What an RDM6300 sends for the card E:100086F444."""
PICTURES = os.environ.get("KIOSK_PICTURES")
"""A folder for screenshots, to be looked at."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Generator[DeskSite]:
    with serve(fill_home(tmp_path_factory.mktemp("desk"))) as served:
        yield served


def test_a_coordinator_logs_in_sees_a_tap_appear_and_logs_out(site: DeskSite, tmp_path: Path) -> None:
    with open_chromium(tmp_path / "profile", "--accept-lang=zh-TW") as browser:
        browser.go(f"http://127.0.0.1:{site.port}/")
        browser.wait_for_text("登入")
        browser.run(LOG_IN.format(password=PASSWORD))
        browser.wait_for_text("尚未到班 1")
        assert browser.run("document.getElementById('lost').hidden") is True
        tap = run_kiosk("tap", "04000000000001", "--home", site.home, "--at", "2026-11-19T09:02:00")
        assert tap.status == 0
        browser.wait_for_text("在場 09:02")
        browser.call("Emulation.setDeviceMetricsOverride", width=360, height=740, deviceScaleFactor=1, mobile=True)
        assert browser.run("document.documentElement.scrollWidth") <= 360, "a phone scrolls in one direction only"
        settle_yesterday(site, browser)
        browser.run("document.querySelector('header form').requestSubmit()")
        browser.wait_for_text("密碼")


def settle_yesterday(site: DeskSite, browser: Chromium) -> None:
    """A check-out that was forgotten is entered with two clicks, and taken back with a third."""
    assert run_kiosk("tap", "04FFFFFF000001", "--home", site.home, "--at", "2026-11-20T09:00:00").status == 1
    browser.wait_for_text("09:02 到班，沒有簽退")
    browser.run("document.querySelector('.pending a[href*=no_check_out]').click()")
    browser.wait_for_text("未簽退 → 出勤")
    assert browser.run("document.documentElement.scrollWidth") <= 360
    browser.run("document.querySelector('button.main').click()")
    browser.wait_for_text("完成：11/19（四） V001")
    assert "到班，沒有簽退" not in browser.run("document.body.innerText")
    browser.run("document.querySelector('.done button').click()")
    browser.wait_for_text("09:02 到班，沒有簽退")


@pytest.mark.skipif(bool(SKIP_REASON), reason=SKIP_REASON)
def test_two_browsers_see_a_card_that_is_tapped_at_the_entrance(
    tmux: Tmux, door: Path, reader: ScriptedReader, tmp_path: Path
) -> None:
    with Home.open(door) as home:
        system = home.people.ensure_actor(SYSTEM_ACTOR)
        Accounts(home).add("coordinator", "coordinator", Password(PASSWORD), system)
    tmux.start(KIOSK, "run", "--home", door)
    assert reader.wait_until_opened()
    with (
        serve(door) as site,
        open_chromium(tmp_path / "one", "--accept-lang=zh-TW") as one,
        open_chromium(tmp_path / "other", "--accept-lang=en") as other,
    ):
        for browser, text in ((one, "登入"), (other, "Log in")):
            browser.go(f"http://127.0.0.1:{site.port}/")
            browser.wait_for_text(text)
            browser.run(LOG_IN.format(password=PASSWORD))
        one.wait_for_text("在場 0")
        other.wait_for_text("in 0")
        reader.send(ANNS_FRAME)
        one.wait_for_text("簽到 V001 陳〇玉")
        other.wait_for_text("in V001 陳〇玉")
        tmux.wait_for_text(drawn=["簽到成功"])


@pytest.mark.skipif(PICTURES is None, reason="KIOSK_PICTURES names no folder for screenshots")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh-TW", "en"])
def test_pictures_to_be_looked_at(site: DeskSite, tmp_path: Path, language: str, scheme: str) -> None:
    folder = Path(PICTURES or "")
    with open_chromium(tmp_path / "profile", f"--accept-lang={language}") as browser:
        browser.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        browser.go(f"http://127.0.0.1:{site.port}/login")
        browser.wait_for_text("登入" if language == "zh-TW" else "Log in")
        browser.take_picture(folder / f"login-{language}-{scheme}.png")
        browser.run(LOG_IN.format(password=PASSWORD))
        browser.wait_for_text("V001")
        for width, height in ((1100, 800), (360, 740)):
            browser.call(
                "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False
            )
            browser.take_picture(folder / f"today-{language}-{scheme}-{width}.png")
