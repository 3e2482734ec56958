"""The picture of the roster in the README: a morning of the demonstration, drawn by the roster itself.

    python -m docs.pictures.roster        writes roster.svg beside this file

The rule: it holds what the screen draws and nothing else, so a changed screen is a changed picture; a test says so.
"""

import asyncio
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from docs.pictures.svg import WIDE, rows_of, svg
from kiosk.demo.season import Season
from kiosk.demo.simulate_season import live
from kiosk.home import Home
from kiosk.office_calendar import closed_days
from kiosk.roster.app import RosterApp
from kiosk.roster.source import Lookout
from kiosk.roster.table import RosterTable

PICTURE = Path(__file__).with_name("roster.svg")
SIZE = (120, 20)
"""Columns and rows: wide enough for the last taps to stand beside."""
LAST_DAY, DAYS = date(2026, 11, 30), 30


def picture() -> str:
    """One SVG: the roster in the middle of a morning."""
    with TemporaryDirectory() as folder, Home.make(Path(folder) / "home", simulation=True) as home:
        live(home, Season.ending(LAST_DAY, DAYS, frozenset(closed_days(LAST_DAY.year, None)[1])))
        drawn = asyncio.run(_drawn(home))
    return drawn.replace("<svg ", f'<svg width="{SIZE[0] * WIDE}" ', 1)


async def _drawn(home: Home) -> str:
    app = RosterApp(Lookout(home))
    async with app.run_test(size=SIZE) as pilot:
        table = app.get_default_screen().query_one(RosterTable)
        while not table.row_count:
            await pilot.pause()
        await pilot.pause()
        return svg(rows_of(app), SIZE)


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
