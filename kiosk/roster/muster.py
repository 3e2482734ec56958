"""The muster sheet: everyone who is in, to print and to tick off at the assembly point.

Rule: plain text within 80 columns, masked names and numbers only; the age of each kiosk's last tap stands on it,
because a volunteer who left through a silent kiosk is still on the list.
"""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from domain.ids import DESK
from kiosk.roster.formatting import format_kiosks
from kiosk.roster.view_model import Present, RosterView
from kiosk.text.sanitise import sanitise
from kiosk.words.languages import format_chinese_date
from kiosk.words.staff_words import RosterWords

WIDTHS = (3, 10, 10, 11, 14, 24)
"""Cells of a box to tick, number, name, since, kiosk and duty."""
MOST_CELLS = 16
"""Of a number or a name that is longer; the duty then has fewer."""
COLUMNS = sum(WIDTHS) + len(WIDTHS) - 1
"""Of the 80 that a printer puts across A4 at 10 to the inch."""
RULE = "-" * COLUMNS
BOX = "[ ]"


def format_muster(view: RosterView, words: RosterWords) -> str:
    """The lines of the sheet."""
    return "\n".join(_format_sheet(view, words)) + "\n"


def _format_sheet(view: RosterView, words: RosterWords) -> Iterator[str]:
    yield f"{words.muster_title}  {view.unit}".rstrip()
    if view.banner:
        yield view.banner
    yield f"{format_chinese_date(view.now.date())}  {view.now:%Y-%m-%d %H:%M:%S}"
    yield (words.present_count if view.present else words.none_present).format(count=len(view.present))
    yield RULE
    if view.present:
        titles = words.muster_columns
        cells = "", titles["number"], titles["name"], titles["since"], titles["where"], titles["duty"]
        yield _format_columns(cells, _compute_widths(view))
    yield from (_format_present(present, view, words) for present in view.present)
    yield RULE
    yield from _wrap_parts([words.kiosks, *format_kiosks(view.kiosks, view.now, words)])
    yield ""
    yield words.signature


def _format_present(present: Present, view: RosterView, words: RosterWords) -> str:
    today = present.since.date() == view.now.date()
    since = f"{present.since:%H:%M}" if today else f"{present.since:%m-%d %H:%M}"
    where = words.desk if present.kiosk == DESK else present.kiosk
    cells = BOX, present.person.number or "-", present.person.name, since, where, present.duty
    return _format_columns(cells, _compute_widths(view))


def _compute_widths(view: RosterView) -> Sequence[int]:
    """Numbers and names stand whole, because they tell people apart."""
    box, *least, since, kiosk, duty = WIDTHS
    longest = [max((cell_len(one.person[of]) for one in view.present), default=0) for of in (0, 1)]
    number, name = (max(cells, min(most, MOST_CELLS)) for cells, most in zip(least, longest, strict=True))
    return box, number, name, since, kiosk, duty + sum(least) - number - name


def _format_columns(cells: Sequence[str], widths: Sequence[int]) -> str:
    cut = (sanitise(text, width) for text, width in zip(cells, widths, strict=True))
    return " ".join(text + " " * (width - cell_len(text)) for text, width in zip(cut, widths, strict=True)).rstrip()


def _wrap_parts(parts: list[str]) -> Iterator[str]:
    """The parts on as few lines as hold them."""
    line = ""
    for part in parts:
        longer = f"{line}   {part}" if line else sanitise(part, COLUMNS)
        if cell_len(longer) > COLUMNS:
            yield line
            longer = sanitise(part, COLUMNS)
        line = longer
    yield line
