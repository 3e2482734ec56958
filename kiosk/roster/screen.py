"""The roster on the screen: a fixed tree, updated in place.

Rule: no widget is made or removed after the start. What needs a person stands on top, then everybody, then the last
taps; on a wide terminal those stand beside.
"""

from typing import ClassVar
from uuid import UUID

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.screen import Screen
from textual.widgets import DataTable, Input

from kiosk.entrance.screen import Line
from kiosk.roster.formatting import Note, counters, lines, needs, news, taps
from kiosk.roster.table import RosterTable
from kiosk.roster.view_model import Row, Seen
from kiosk.tui.notes import Notes
from kiosk.tui.plain_text import plain
from kiosk.words.roster_words import RosterWords

WIDE = 118
"""Columns from which on the last taps stand beside the roster."""
LOW, TALL = 24, 36
"""Rows below which, and from which on, the lists above and below the roster are shorter or longer."""
NEEDS = {"low": 2, "middle": 3, "tall": 8}
TAPS = {"low": 2, "middle": 4, "tall": 6}
LONGEST_SEARCH = 20
GAP = "   "


class DayAsked(Message):
    """Somebody wants to see a volunteer's day."""

    def __init__(self, who: UUID) -> None:
        super().__init__()
        self.who = who


class RosterScreen(Screen[None], inherit_bindings=False):
    """Everybody of the day."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "show_all", show=False)]

    def __init__(self) -> None:
        super().__init__()
        self._seen: Seen | None = None
        self._words: RosterWords | None = None
        self._looked_for = ""
        self._stands_at = -1

    def compose(self) -> ComposeResult:
        """The tree, once."""
        with Horizontal(id="top"):
            yield Line("unit")
            yield Line("banner")
            yield Line("proved")
            yield Line("clock")
        yield Notes("counters")
        yield Notes("needs")
        with Vertical(id="body"):
            yield RosterTable()
            with Vertical(id="side"):
                yield Line("side_head")
                yield Notes("taps")
                yield Line("news")
        yield Line("stalled")
        yield Line("found")
        yield Input(id="search", max_length=LONGEST_SEARCH)
        yield Line("keys")

    def on_mount(self) -> None:
        """The keys scroll the roster until somebody searches."""
        self.query_one(RosterTable).focus()

    def on_resize(self, event: events.Resize) -> None:
        """There is room for more, or for less."""
        self.query_one("#body").set_class(event.size.width >= WIDE, "wide")
        self.call_after_refresh(self._draw)

    # --- What is shown ---

    def show(self, seen: Seen | None, words: RosterWords, stalled: str, proved: str) -> None:
        """Show this day in these words from now on; `stalled` says how old it is, `proved` who may settle."""
        self._seen, self._words = seen, words
        self._line("proved").say(proved)
        self._line("stalled").say(stalled)
        self._draw()

    def _draw(self) -> None:
        seen, words = self._seen, self._words
        if words is None:
            return
        self._line("keys").say(words.keys)
        self.query_one("#search", Input).placeholder = words.search_for
        if seen is None:
            self._notes("needs").say([Note(words.reading, "calm")])
            return
        self._head(seen, words)
        self._table(seen, words)
        self._side(seen, words)

    def _head(self, seen: Seen, words: RosterWords) -> None:
        self._line("unit").say(seen.unit)
        self._line("banner").say(seen.banner)
        past = f"{words.as_of} " if seen.past else ""
        self._line("clock").say(f"{past}{seen.now:%Y-%m-%d %H:%M}")
        self._notes("counters").say(counters(seen, words), "  ")
        self._notes("needs").say(needs(seen, words, NEEDS[self._height]))

    def _side(self, seen: Seen, words: RosterWords) -> None:
        heard = [words.news, *news(seen.news, seen.now, words)]
        wide = self.size.width >= WIDE
        self._notes("taps").say(taps(seen, words, len(seen.taps) if wide else TAPS[self._height]))
        self._line("side_head").say(words.last_taps if wide else GAP.join((words.last_taps, "|", *heard)))
        self._line("news").say("\n".join(heard) if wide else "")

    @property
    def _height(self) -> str:
        return "low" if self.size.height < LOW else "middle" if self.size.height < TALL else "tall"

    # --- The roster and the search in it ---

    def _table(self, seen: Seen, words: RosterWords) -> None:
        table = self.query_one(RosterTable)
        found = [row for row in seen.rows if self._is_looked_for(row)]
        table.say(list(lines(found, words)), words)
        said = words.found.format(text=plain(self._looked_for), shown=len(found), all=len(seen.rows))
        self._line("found").say(said if self._looked_for else "")
        stands_at = next((n for n, row in enumerate(found) if row.duty is None or row.duty.end > seen.now), 0)
        if stands_at != self._stands_at and not table.show_cursor:
            self._stands_at = stands_at
            self.call_after_refresh(table.scroll_to, y=stands_at, animate=False)

    def _is_looked_for(self, row: Row) -> bool:
        wanted = self._looked_for.casefold()
        return not wanted or (row.person is not None and wanted in f"{row.person.number} {row.person.name}".casefold())

    def search(self) -> None:
        """Ask what to look for."""
        asked = self.query_one("#search", Input)
        asked.add_class("asked")
        asked.focus()

    @on(Input.Changed, "#search")
    def _look_for(self, message: Input.Changed) -> None:
        self._looked_for = message.value.strip()
        self._draw()

    @on(Input.Submitted, "#search")
    def _choose_among_the_found(self) -> None:
        self._end_typing()
        self.query_one(RosterTable).choose_first()

    def action_show_all(self) -> None:
        """End the search, and the choosing."""
        self.query_one("#search", Input).value = ""
        self._end_typing()
        self.query_one(RosterTable).choose_nobody()

    def _end_typing(self) -> None:
        self.query_one("#search").remove_class("asked")
        self.query_one(RosterTable).focus()

    # --- Somebody's day ---

    @on(DataTable.RowSelected)
    def _ask_for_their_day(self, message: DataTable.RowSelected) -> None:
        row = next((row for row in self._seen.rows if row.key == message.row_key.value), None) if self._seen else None
        if row and row.volunteer:
            self.post_message(DayAsked(row.volunteer))
        elif self._words:
            self._line("found").say(self._words.nobody_there)

    def _line(self, name: str) -> Line:
        return self.query_one(f"#{name}", Line)

    def _notes(self, name: str) -> Notes:
        return self.query_one(f"#{name}", Notes)
