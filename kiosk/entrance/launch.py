"""Opening the entrance of a home: its readers, its screen, its file of messages. One entrance a home."""

import logging
import shutil
import sys
from collections.abc import Generator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from shutil import get_terminal_size

from rich.cells import cell_len

from domain.clock import MachineClock
from domain.log.errors import LogError
from kiosk.entrance.app import Entrance
from kiosk.entrance.controller import EntranceController
from kiosk.entrance.preflight import keep_reserve_filled, run_preflight
from kiosk.entrance.service import EntranceOptions, ReaderFactory
from kiosk.entrance.watchdog import Supervisor
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.home_files import ENTRANCE_LOCK, LOG_FILE, SETTINGS_FILE
from kiosk.lockfile import hold_lock_file
from kiosk.log_messages import log_to_home
from kiosk.readers.configured import build_reader_factory
from kiosk.tui.app import demand_terminal
from kiosk.words.languages import LANGUAGES
from kiosk.words.log_errors import explain_trouble
from kiosk.words.screens import ScreenText

LOG = logging.getLogger(__name__)

SIMULATION = ScreenText.SIMULATION
SIGN_ON_PAPER = tuple(
    f"{said.headline}　{said.next_step}" for said in (w.conditions["storage_trouble"] for w in LANGUAGES.values())
)
"""What a shut entrance says, in every language of the screen."""
VIEWS_TIMEOUT = 0.2
"""Seconds for which a result waits for hours and duties while another program builds the views."""


def open_entrance(path: Path) -> int:
    """Run the entrance of a home; the exit status. Raises: UserError, LogError where it cannot be opened."""
    with report_failure_at_entrance(path):
        home = Home.open(path)
    with home:
        readers = [build_reader_factory(reader, home) for reader in home.settings.readers]
        if not readers:
            raise UserError(ScreenText.NAMES_NO_CARD_READER.fill(path=path / SETTINGS_FILE))
        demand_terminal("the entrance")
        if home.simulation:
            home.use_clock(MachineClock())
        return show_entrance(home, readers, SIMULATION if home.simulation else "")


def show_entrance(home: Home, readers: Sequence[ReaderFactory], banner: str) -> int:
    """Show the entrance until it ends. Raises: LogError where a tap could be lost."""
    home.views_timeout = VIEWS_TIMEOUT
    with (
        lock_entrance(home.path),
        report_failure_at_entrance(home.path),
        log_to_home(home.path),
        keep_reserve_filled(home),
    ):
        run_preflight(home)
        _catch_up(home)
        return run_entrance(Entrance(EntranceController(home), readers, EntranceOptions(home.read_unit_name(), banner)))


def _catch_up(home: Home) -> None:
    """Bring the read models up to date before the first card: the door opens without them where they cannot be."""
    try:
        home.views.catch_up(home.now_second())
    except Exception:
        LOG.exception("the read models cannot be brought up to date: the entrance shows no hours")


@contextmanager
def report_failure_at_entrance(path: Path) -> Generator[None]:
    """What keeps the entrance of a home shut is kept in its messages, and whoever comes is told to sign on paper."""
    try:
        yield
    except (LogError, UserError) as trouble:
        if (path / LOG_FILE).exists():
            with suppress(OSError), log_to_home(path):
                LOG.error("the entrance stays shut: %s", explain_trouble(trouble))  # noqa: TRY400 - a sentence, not a fault of ours
            if sys.stderr.isatty():
                sys.stderr.write(format_out_of_service(*get_terminal_size(), SIGN_ON_PAPER))
        raise


def lock_entrance(path: Path) -> AbstractContextManager[None]:
    """Hold the home for one entrance; two would answer every card twice. Raises: UserError when it is held."""
    return hold_lock_file(path / ENTRANCE_LOCK, ScreenText.ENTRANCE_OPEN_ALREADY.fill(path=path))


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
