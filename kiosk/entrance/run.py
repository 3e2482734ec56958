"""Running the entrance until it ends, and what the monitor shows when it ends of a bug."""

import shutil
import sys
from collections.abc import Sequence

from rich.cells import cell_len

from kiosk.entrance.app import Entrance
from kiosk.entrance.supervisor import Supervisor
from kiosk.words.screens import ScreenText

OUT_OF_SERVICE = (ScreenText.TEXT, ScreenText.OUT_SERVICE_PLEASE_SEE_COUNTER)

_CALM = "\x1b[0;1;38;2;255;255;255;48;2;11;31;51m"
"""White on the navy of the idle screen (ECMA-48, SGR)."""
_CLEAR, _PLAIN = "\x1b[2J", "\x1b[0m"


def run_entrance(app: Entrance) -> int:
    """Run the entrance; the exit status: 0 when it was told to end, else 1, and its supervisor starts it again."""
    if supervisor := Supervisor.of():
        app.attach_supervisor(supervisor)
    app.run(mouse=False)
    status = app.return_code or 0
    if status and (monitor := sys.__stderr__):  # where Textual draws
        monitor.write(format_out_of_service(*shutil.get_terminal_size()))
        monitor.flush()
    return status


def format_out_of_service(columns: int, rows: int, sentences: Sequence[str] = OUT_OF_SERVICE) -> str:
    """What to write to a terminal of this size so that it says, and says only, that the kiosk is out of service."""
    first = (rows - len(sentences)) // 2
    lines = (_place_line(text, first + 2 * line, columns) for line, text in enumerate(sentences))
    return f"{_CALM}{_CLEAR}{''.join(lines)}\x1b[{rows};1H{_PLAIN}"


def _place_line(text: str, row: int, columns: int) -> str:
    return f"\x1b[{row};{max(1, (columns - cell_len(text)) // 2)}H{text}"
