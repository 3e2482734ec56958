"""The pictures of the desk in the README: its pages on a morning of the demonstration, photographed in Chromium.

python -m docs.pictures.desk        writes desk-*.png beside this file; needs Debian's chromium
"""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from time import sleep

from kiosk.accounts.accounts import Accounts
from kiosk.accounts.passwords import Password
from kiosk.demo.season import Season
from kiosk.demo.simulate_season import play_last_morning, simulate_season
from kiosk.desk.server import Place, build_server
from kiosk.home import Home
from kiosk.office_calendar import load_closed_days
from kiosk.people.file import SYSTEM_ACTOR
from tests.support.chromium import open_chromium
from tests.support.waiting import wait_until

FOLDER = Path(__file__).parent
LAST_DAY, DAYS = date(2026, 11, 30), 30
NAME, PASSWORD = "林主任", "a long password"
PAGES = {"today": ("/", "要您處理"), "plan": ("/plan/month?day=2026-11-01", "月班表")}
"""The address of each picture, and what is on the page once it is whole."""
WIDTH, HEIGHT = 1120, 1000
LOG_IN = f"""
document.getElementById('name').value = '{NAME}';
document.getElementById('password').value = '{PASSWORD}';
document.querySelector('form.login').requestSubmit();
"""


def take_pictures() -> None:
    """Write all of them."""
    import socket  # noqa: PLC0415 - beside the server that it is for

    with TemporaryDirectory() as folder, Home.make(Path(folder) / "home", simulation=True) as home:
        season = Season.ending(LAST_DAY, DAYS, frozenset(load_closed_days(LAST_DAY.year, None)[1]))
        simulate_season(home, season)
        play_last_morning(home, season)
        Accounts(home).add(NAME, "coordinator", Password(PASSWORD), home.people.ensure_actor(SYSTEM_ACTOR))
        with socket.create_server(("127.0.0.1", 0)) as listening:
            port: int = listening.getsockname()[1]
            server = build_server(home, Place(), port)
            thread = Thread(target=server.run, args=([listening],))
            thread.start()
            wait_until(lambda: server.started, lambda: "the desk did not start")
            _photograph(Path(folder) / "profile", f"http://127.0.0.1:{port}")
            server.should_exit = True
            thread.join()


def _photograph(profile: Path, address: str) -> None:
    with open_chromium(profile, "--accept-lang=zh-TW") as browser:
        size = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
        browser.call("Emulation.setDeviceMetricsOverride", **size)
        browser.go(f"{address}/login")
        browser.wait_for_text("登入")
        browser.run(LOG_IN)
        browser.wait_for_text("登出")
        for name, (path, text) in PAGES.items():
            browser.go(f"{address}{path}")
            browser.wait_for_text(text)
            sleep(0.5)  # until it is drawn
            browser.take_picture(FOLDER / f"desk-{name}.png")


if __name__ == "__main__":
    take_pictures()
