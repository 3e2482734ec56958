"""`kiosk event`: what one event of the log says, who wrote it, where it stands, and whose days it bears on."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from domain.log.event_rows import LAST_POSITION
from kiosk.backups.heads.last_verification import find_verified_position
from kiosk.cli.home_to_read import hold_statements, read_home
from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import WholeNumber, output_format, pass_home_folder
from kiosk.statements.event_lines import EventLine, format_event
from kiosk.statements.event_statement import EventContext, Row, build_event_row
from kiosk.statements.explained_day import build_name_lookup
from kiosk.text.cells import measure_cells
from kiosk.text.escaping import escape_line
from kiosk.words.help import HelpText
from kiosk.words.language import find_language
from kiosk.words.sentence import load_chinese

if TYPE_CHECKING:
    from kiosk.standing_home import HomeToRead
    from kiosk.words.event_words import EventWords

GAP = 2
"""Cells between the two columns."""


@click.command(
    "event", epilog=format_example("kiosk event 581", "kiosk event 581 --format json"), help=HelpText.EVENT.fill()
)
@click.argument("position", type=WholeNumber(0, LAST_POSITION), metavar="N")
@output_format("table", "json")
@pass_home_folder
def print_event(folder: Path, position: int, output: str) -> None:
    """Print the event at a position of the log."""

    def read(home: "HomeToRead") -> Row:
        with hold_statements(home, None) as statements:
            context = EventContext(statements.views, statements.rules.days, find_verified_position(home.path))
            return build_event_row(home, position, build_name_lookup(home.people), context)

    row = read_home(folder, read, may_stand=True)
    if output == "json":
        click.echo(msgspec.json.encode(row).decode())
    else:
        click.echo(_format_lines(format_event(row, _find_words())))


def _find_words() -> "EventWords":
    """Those of the language of the one that reads it."""
    if find_language() != "en":
        return load_chinese("kiosk.words.event").EVENT
    from kiosk.words.event_en import EVENT  # noqa: PLC0415 - of one language, and not for JSON

    return EVENT


def _format_lines(lines: Sequence[EventLine]) -> str:
    """A label that the line above has is not said twice."""
    width = max(measure_cells(line.label) for line in lines) + GAP
    labels = [line.label for line in lines]
    shown = ["" if label == above else label for label, above in zip(labels, ["", *labels[:-1]], strict=True)]
    return "\n".join(
        f"{label}{' ' * (width - measure_cells(label))}{escape_line(line.text)}"
        for label, line in zip(shown, lines, strict=True)
    )
