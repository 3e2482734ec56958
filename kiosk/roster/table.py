"""The table of the roster: cells are updated in place, and only where their text changes.

Rule: nothing in it is read as markup, and no row is replaced because of a tap.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import ClassVar

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import DataTable

from kiosk.roster.formatting import RosterLine
from kiosk.text.sanitise import sanitise
from kiosk.tui.text import STYLES
from kiosk.words.staff_words import Column, RosterWords

PLAIN = Style()
"""The style of the screen."""
SCROLL_KEYS = frozenset({"home", "end", "up", "down", "pageup", "pagedown", "enter"})
"""Keys that scroll the table, or choose a row in it."""
GAP = 2
"""Cells between two columns."""
TIME, SHORT_TIME, STATE, SHORT_STATE, NAME, HALF_DAY = 11, 5, 28, 23, 8, 4
LEAST_NUMBER, MOST_NUMBER, MOST_NAME, LEAST_POST = 4, 12, 12, 6
ROOMY = 78
"""Cells from which on there is room for the half-day and the end of a duty."""

cut = lru_cache(maxsize=10_000)(sanitise)
"""`sanitise`, remembered: the same texts are shown again and again."""


def compute_widths(room: int, number: int, post: int, name: int = NAME) -> dict[Column, int]:
    """The columns that fit, and their cells. `post`: of the longest post, which has them where the state has enough.

    The state has what is left over: it is last, and so it is never cut while another column is empty.
    """
    fixed: dict[Column, int] = {"time": SHORT_TIME, "number": number, "name": name}
    if room >= ROOMY:
        fixed = {"half_day": HALF_DAY, **fixed, "time": TIME}
    left = room - sum(fixed.values()) - GAP * (len(fixed) + 2)
    wanted = STATE if room >= ROOMY else SHORT_STATE
    fixed["post"] = max(LEAST_POST, min(post, left - wanted))
    fixed["state"] = left - fixed["post"]
    order: tuple[Column, ...] = ("half_day", "time", "post", "number", "name", "state")
    return {column: fixed[column] for column in order if column in fixed}


class RosterTable(DataTable[Text]):
    """The duties of the day, and the volunteers who are in without one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("home", "scroll_top", show=False),
        Binding("end", "scroll_bottom", show=False),
        Binding("enter", "open", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(
            id="roster",
            cursor_type="row",
            zebra_stripes=False,
            cell_padding=GAP // 2,
            cursor_foreground_priority="css",
            cursor_background_priority="css",
        )
        self.show_cursor = False
        self._widths: dict[Column, int] = {}
        self._lines: dict[str, RosterLine] = {}
        self._words: RosterWords | None = None
        self._wanted_y: float | None = None
        """Where the table is to stand through every change of size; None once a key has scrolled it."""

    def on_resize(self, event: events.Resize) -> None:
        """Lay the columns out for the new width."""
        if event.size.width and self._words:
            self._build(list(self._lines.values()), self._words)
        self._scroll_to_wanted()

    def show_lines(self, lines: Sequence[RosterLine], words: RosterWords) -> None:
        """Show these lines: known rows change in place, new ones at the end are added."""
        known = list(self._lines)
        same_rows = [line.key for line in lines[: len(known)]] == known
        if words is self._words and same_rows and self._widths == self._compute_widths(lines):
            for line in lines[: len(known)]:
                self._change(line)
            for line in lines[len(known) :]:
                self._append(line)
        else:
            self._build(lines, words)

    # --- Where it stands ---

    def follow(self, row: int) -> None:
        """Scroll to a row, and keep to it through changes of size until a key scrolls elsewhere."""
        self._wanted_y = row
        self._scroll_to_wanted()

    def watch_virtual_size(self) -> None:
        """New rows were measured: before that the table cannot be scrolled down to them."""
        self._scroll_to_wanted()

    def watch_show_vertical_scrollbar(self) -> None:
        """The rows need more room than there is, from now on."""
        self._scroll_to_wanted()

    def _scroll_to_wanted(self) -> None:
        if self._wanted_y is not None:
            self.scroll_to(y=self._wanted_y, animate=False, immediate=True, force=True)
            if self.show_vertical_scrollbar:  # one that has just come does not know yet where the table stands
                self.vertical_scrollbar.position = self.scroll_y

    def on_key(self, event: events.Key) -> None:
        """A key that scrolls ends the following."""
        if event.key in SCROLL_KEYS:
            self._wanted_y = None

    def on_mouse_scroll_down(self) -> None:
        """The wheel does as well."""
        self._wanted_y = None

    def on_mouse_scroll_up(self) -> None:
        """The wheel does as well."""
        self._wanted_y = None

    def _compute_widths(self, lines: Sequence[RosterLine]) -> dict[Column, int]:
        number, name = (max((cell_len(line.cells[of]) for line in lines), default=0) for of in ("number", "name"))
        posts = (*(line.cells["post"] for line in lines), *(self._words.kinds.values() if self._words else ()))
        room = self.size.width - self.styles.scrollbar_size_vertical
        return compute_widths(
            room,
            max(LEAST_NUMBER, min(number, MOST_NUMBER)),
            max(map(cell_len, posts), default=0),
            max(NAME, min(name, MOST_NAME)) if room >= ROOMY else NAME,
        )

    # --- Choosing a row ---

    def choose_first(self) -> None:
        """Put the cursor on the first visible row."""
        if self.row_count:
            self.move_cursor(row=min(int(self.scroll_y), self.row_count - 1))  # shown first, it would scroll to the top
            self.show_cursor = True

    def clear_choice(self) -> None:
        """Remove the cursor: the table scrolls with the day again."""
        self.show_cursor = False

    def action_cursor_down(self) -> None:
        """Move down; the first key only shows the cursor."""
        super().action_cursor_down() if self.show_cursor else self.choose_first()

    def action_cursor_up(self) -> None:
        """Move up."""
        super().action_cursor_up() if self.show_cursor else self.choose_first()

    def action_open(self) -> None:
        """Open the day of the chosen volunteer."""
        self.action_select_cursor() if self.show_cursor else self.choose_first()

    @property
    def chosen_key(self) -> str | None:
        """The line under the cursor."""
        keys = list(self._lines)
        return keys[self.cursor_row] if self.show_cursor and self.cursor_row < len(keys) else None

    def _restore_choice(self, key: str | None) -> None:
        if key in self._lines:
            self.move_cursor(row=self.get_row_index(key))
        elif key is not None:
            self.choose_first()

    # --- Its lines ---

    def _build(self, lines: Sequence[RosterLine], words: RosterWords) -> None:
        place, chosen = self.scroll_y, self.chosen_key
        self._words, self._widths, self._lines = words, self._compute_widths(lines), {}
        self.clear(columns=True)
        for name, width in self._widths.items():
            self.add_column(Text(cut(words.columns[name], width)), width=width, key=name)
        for line in lines:
            self._append(line)
        if self._wanted_y is None:
            self.scroll_to(y=place, animate=False)
        self._restore_choice(chosen)

    def _append(self, line: RosterLine) -> None:
        self.add_row(*(self._build_cell(line, name) for name in self._widths), key=line.key)
        self._lines[line.key] = line

    def _change(self, line: RosterLine) -> None:
        before = self._lines[line.key]
        if line == before:
            return
        for name in self._widths:
            if line.cells[name] != before.cells[name] or _find_style(line, name) != _find_style(before, name):
                self.update_cell(line.key, name, self._build_cell(line, name))
        self._lines[line.key] = line

    def _build_cell(self, line: RosterLine, name: Column) -> Text:
        text = cut(self._format_cell(line, name), self._widths[name])
        return Text(text, _find_style(line, name), no_wrap=True)

    def _format_cell(self, line: RosterLine, name: Column) -> str:
        if name == "time" and self._widths["time"] < TIME:
            return line.cells["time"][:SHORT_TIME]
        return line.cells[name]


def _find_style(line: RosterLine, name: Column) -> Style:
    """The state has its style; lines that need no attention are dim."""
    return STYLES[line.style] if name == "state" or line.style == "calm" else PLAIN
