"""The screens of the roster and of the muster sheet: fixed widgets, updated in place.

Rule: no widget is made or removed after the start. Alerts stand on top, then the table, then the last taps; on a wide
terminal those stand beside the table.
"""

from datetime import date
from typing import ClassVar
from uuid import UUID

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, ScrollableContainer, Vertical
from textual.geometry import Size
from textual.message import Message
from textual.widgets import DataTable, Input

from kiosk.roster.day.screen import DAY_KEYS
from kiosk.roster.formatting import (
    format_alerts,
    format_clock,
    format_counters,
    format_kiosks,
    format_lines,
    format_taps,
)
from kiosk.roster.muster import format_muster
from kiosk.roster.table import RosterTable
from kiosk.roster.view_model import RosterView, Row
from kiosk.text.sanitise import sanitise
from kiosk.text.search import fold
from kiosk.tui.steady_screen import SteadyScreen
from kiosk.tui.text import StyledLine, StyledLines, TextLine
from kiosk.words.staff_words import RosterWords

WIDE = 118
"""Columns from which on the last taps stand beside the roster."""
SMALLEST = Size(60, 20)
"""Below that the roster says that the terminal is too small."""
LOW, TALL = 24, 36
"""Rows below which, and from which on, the lists above and below the roster are shorter or longer."""
ALERT_ROWS = {"low": 2, "middle": 3, "tall": 8}
TAP_ROWS = {"low": 2, "middle": 4, "tall": 6}
LONGEST_SEARCH = 20
GAP = "   "


class DayRequested(Message):
    """The user chose a volunteer whose day is to be shown."""

    def __init__(self, volunteer_id: UUID) -> None:
        super().__init__()
        self.volunteer_id = volunteer_id


class RosterScreen(SteadyScreen[None], inherit_bindings=False):
    """The volunteers of the day, with or without a duty, and the last taps."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "show_all", show=False),
        Binding("f", "app.without_card", show=False),
        Binding("w", "app.what_if", show=False),
        *DAY_KEYS,
    ]

    def __init__(self) -> None:
        super().__init__()
        self.can_change_day = True
        """Whether days before can be shown: not where one is played."""
        self._view: RosterView | None = None
        self._words: RosterWords | None = None
        self._search_text = ""
        self._scrolled_to_row = -1

    def compose(self) -> ComposeResult:
        """The widgets, once."""
        with Horizontal(id="top"):
            yield TextLine("unit")
            yield TextLine("banner")
            yield TextLine("pin_holder")
            yield TextLine("clock")
        yield StyledLines("counters")
        yield StyledLines("alerts")
        with Vertical(id="body"):
            yield RosterTable()
            with Vertical(id="side"):
                yield TextLine("side_head")
                yield StyledLines("taps")
                yield TextLine("kiosks")
        yield TextLine("stalled")
        yield TextLine("too_small")
        yield TextLine("search_result")
        yield Input(id="search", max_length=LONGEST_SEARCH)
        yield TextLine("keys")

    def on_mount(self) -> None:
        """The keys scroll the table until the search is opened."""
        self.query_one(RosterTable).focus()

    def on_resize(self, event: events.Resize) -> None:
        """Choose the layout for the new size."""
        self.query_one("#body").set_class(event.size.width >= WIDE, "wide")
        self.call_after_refresh(self._draw)

    # --- What is shown ---

    def show(self, view: RosterView | None, words: RosterWords, stalled: str, pin_holder: str) -> None:
        """Show this view in these words; `stalled` warns that it is old, `pin_holder` names who is authenticated."""
        self._view, self._words = view, words
        self._line("pin_holder").set_text(pin_holder)
        self._line("stalled").set_text(stalled)
        self._draw()

    def _draw(self) -> None:
        view, words = self._view, self._words
        if words is None:
            return
        keys = words.keys_earlier if view and view.earlier else words.keys
        keys = words.keys_past if view and view.past else keys
        self._line("keys").set_text(keys if self.can_change_day else words.keys_played)
        small = self.size.width < SMALLEST.width or self.size.height < SMALLEST.height
        wanted = words.terminal_too_small.format(columns=SMALLEST.width, rows=SMALLEST.height)
        self._line("too_small").set_text(wanted if small else "")
        self.query_one("#search", Input).placeholder = words.search_for
        if view is None:
            self._styled_lines("alerts").set_lines([StyledLine(words.reading, "calm")])
            return
        self._draw_head(view, words)
        self._draw_table(view, words)
        self._draw_side(view, words)

    def _draw_head(self, view: RosterView, words: RosterWords) -> None:
        self._line("unit").set_text(view.unit)
        self._line("banner").set_text(view.banner)
        self._line("clock").set_text(format_clock(view, words))
        columns = self.size.width - 2
        self._styled_lines("counters").set_lines(*format_counters(view, words, columns))
        self._styled_lines("alerts").set_lines(format_alerts(view, words, ALERT_ROWS[self._height], columns))

    def _draw_side(self, view: RosterView, words: RosterWords) -> None:
        kiosks = [] if view.earlier else [words.kiosks, *format_kiosks(view.kiosks, view.now, words)]
        wide = self.size.width >= WIDE
        self._styled_lines("taps").set_lines(
            format_taps(view, words, len(view.taps) if wide else TAP_ROWS[self._height])
        )
        head = words.last_taps if wide or not kiosks else GAP.join((words.last_taps, "|", *kiosks))
        self._line("side_head").set_text(head)
        self._line("kiosks").set_text("\n".join(kiosks) if wide else "")

    @property
    def _height(self) -> str:
        return "low" if self.size.height < LOW else "middle" if self.size.height < TALL else "tall"

    # --- The roster and the search in it ---

    def _draw_table(self, view: RosterView, words: RosterWords) -> None:
        table = self.query_one(RosterTable)
        matches = [row for row in view.rows if self._is_match(row)]
        table.show_lines(list(format_lines(matches, words)), words)
        result = words.search_result.format(text=sanitise(self._search_text), shown=len(matches), all=len(view.rows))
        self._line("search_result").set_text(result if self._search_text else "")
        first_row = next((n for n, row in enumerate(matches) if row.duty is None or row.duty.end > view.now), 0)
        if first_row != self._scrolled_to_row and not table.show_cursor:
            self._scrolled_to_row = first_row
            table.follow(first_row)

    def _is_match(self, row: Row) -> bool:
        label = f"{row.person.number} {row.person.name}" if row.person else ""
        return fold(self._search_text) in fold(label)

    def search(self) -> None:
        """Open the search."""
        field = self.query_one("#search", Input)
        field.add_class("open")
        field.focus()

    @on(Input.Changed, "#search")
    def _apply_search(self, message: Input.Changed) -> None:
        self._search_text = message.value.strip()
        self._draw()

    @on(Input.Submitted, "#search")
    def _choose_first_match(self) -> None:
        self._close_search()
        self.query_one(RosterTable).choose_first()

    def action_show_all(self) -> None:
        """End the search, and remove the cursor."""
        self.query_one("#search", Input).value = ""
        self._close_search()
        self.query_one(RosterTable).clear_choice()

    def _close_search(self) -> None:
        self.query_one("#search").remove_class("open")
        self.query_one(RosterTable).focus()

    # --- A volunteer ---

    @property
    def chosen_number(self) -> str:
        """The number of the volunteer in the row under the cursor; empty where there is none."""
        row = self._find_row(self.query_one(RosterTable).chosen_key)
        return row.person.number if row and row.person else ""

    @property
    def chosen_day(self) -> tuple[UUID, date] | None:
        """The volunteer in the row under the cursor, and the day that the roster shows."""
        row = self._find_row(self.query_one(RosterTable).chosen_key)
        return (row.volunteer, self._view.day) if self._view and row and row.volunteer else None

    def _find_row(self, key: str | None) -> Row | None:
        return next((row for row in self._view.rows if row.key == key), None) if self._view else None

    @on(DataTable.RowSelected)
    def _request_day(self, message: DataTable.RowSelected) -> None:
        row = self._find_row(message.row_key.value)
        if row and row.volunteer:
            self.post_message(DayRequested(row.volunteer))
        elif self._words:
            self._line("search_result").set_text(self._words.unassigned_has_no_day)

    def _line(self, name: str) -> TextLine:
        return self.query_one(f"#{name}", TextLine)

    def _styled_lines(self, name: str) -> StyledLines:
        return self.query_one(f"#{name}", StyledLines)


class MusterScreen(SteadyScreen[None], inherit_bindings=False):
    """The muster sheet: everyone who is in."""

    def __init__(self) -> None:
        super().__init__()
        self._texts: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """The sheet and the keys."""
        with ScrollableContainer(id="paper"):
            yield TextLine("sheet")
        yield TextLine("stalled")
        yield TextLine("keys")

    def on_mount(self) -> None:
        """Draw what `show` was given before the screen was mounted."""
        self._draw()

    def show(self, view: RosterView | None, words: RosterWords, stalled: str, _: str = "") -> None:
        """Show the sheet; `stalled` warns that it is old."""
        sheet = format_muster(view, words) if view else words.reading
        self._texts = {"sheet": sheet, "stalled": stalled, "keys": words.muster_keys}
        if self.is_mounted:
            self._draw()

    def _draw(self) -> None:
        for name, text in self._texts.items():
            self.query_one(f"#{name}", TextLine).set_text(text)
