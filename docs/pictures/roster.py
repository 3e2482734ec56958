"""The picture of the roster in the README: a morning of the demonstration, drawn by the roster itself.

    python -m docs.pictures.roster        writes roster.svg beside this file

The rule: it holds what the screen draws and nothing else, so a changed screen changes the picture; a test compares.
"""

import asyncio
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from docs.pictures.svg import WIDE, capture_rows, render_svg
from kiosk.demo.season import Season
from kiosk.demo.simulate_season import play_last_morning, simulate_season
from kiosk.home import Home
from kiosk.office_calendar import load_closed_days
from kiosk.roster.app import RosterApp
from kiosk.roster.source import HomeRosterSource
from kiosk.roster.table import RosterTable

PICTURE = Path(__file__).with_name("roster.svg")
SIZE = (120, 20)
"""Columns and rows: wide enough for the last taps to be beside the roster."""
LAST_DAY, DAYS = date(2026, 11, 30), 30


def render_picture() -> str:
    """One SVG: the roster in the middle of a morning."""
    with TemporaryDirectory() as folder, Home.make(Path(folder) / "home", simulation=True) as home:
        season = Season.ending(LAST_DAY, DAYS, frozenset(load_closed_days(LAST_DAY.year, None)[1]))
        simulate_season(home, season)
        play_last_morning(home, season)
        drawn = asyncio.run(_render(home))
    return drawn.replace("<svg ", f'<svg width="{SIZE[0] * WIDE}" ', 1)


async def _render(home: Home) -> str:
    app = RosterApp(HomeRosterSource(home))
    async with app.run_test(size=SIZE) as pilot:
        table = app.get_default_screen().query_one(RosterTable)
        while not table.row_count:
            await pilot.pause()
        await pilot.pause()
        return render_svg(capture_rows(app), SIZE)


if __name__ == "__main__":
    PICTURE.write_text(render_picture(), encoding="utf-8")
