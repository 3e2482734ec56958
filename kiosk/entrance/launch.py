"""Opens the entrance of a home: its readers, its controller, its screen, its log messages. One entrance a home.

The rule: here, and only here, the entrance is composed from a home; its controller and screen import none.
"""

import logging
import shutil
import sys
from collections.abc import Generator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import date
from functools import partial
from pathlib import Path
from uuid import UUID

from rich.cells import cell_len

from domain.clock import MachineClock
from domain.log.errors import LogError
from domain.log.gc_pause import freeze_loaded_objects
from domain.spans import Second
from domain.use_cases.refusal_sums import RefusalSums
from domain.use_cases.unit_rules import UnitRules
from kiosk.awards.candidates import load_person_on_file
from kiosk.awards.catalogue import load_built_in, load_catalogue
from kiosk.entrance.app import EntranceApp
from kiosk.entrance.cards_ahead import MOST_CARDS
from kiosk.entrance.controller import EntranceController
from kiosk.entrance.issuing_server import serve_issuing
from kiosk.entrance.preflight import keep_reserve_filled, run_preflight
from kiosk.entrance.screen_size import check_screen_size
from kiosk.entrance.service import EntranceOptions, NextAward, ReaderFactory
from kiosk.entrance.sound import play_tones
from kiosk.entrance.sources import EntranceSources, OwnDay
from kiosk.entrance.watchdog import Supervisor
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.home_files import ENTRANCE_LOCK, KEY_FILE, hold_lock_file
from kiosk.home_folder import is_ours_to_write
from kiosk.home_trouble import explain_home_trouble
from kiosk.input_files import SETTINGS_FILE
from kiosk.log_messages import log_to_home
from kiosk.readers.configured import build_reader_factory
from kiosk.sync.copy_age import forget_if_unheard
from kiosk.tui.app import demand_terminal
from kiosk.views_repair import run_repaired
from kiosk.words.languages import LANGUAGES
from kiosk.words.reports import ScreenText
from projections.read_models.award_facts import load_proofs
from projections.read_models.awards import find_next_award_gap
from projections.read_models.today import list_expected_cards, load_today, sum_own_year

LOG = logging.getLogger(__name__)

SIMULATION = ScreenText.SIMULATION
SIGN_ON_PAPER = tuple(
    f"{message.headline}　{message.next_step}"
    for message in (words.conditions["storage_trouble"] for words in LANGUAGES.values())
)
"""What the terminal shows where the entrance could not be opened, in every language of the screen."""
SLOWEST_TAP_SECONDS = 60
"""A tap may be read a moment after the clock of the read models was; by more, it was read on a wrong clock."""
VIEWS_TIMEOUT = 0.2
"""Seconds for which a result waits for hours and duties while another program builds the views."""


def open_entrance(path: Path) -> int:
    """Run the entrance of a home; the exit status. Raises: UserError, LogError where it cannot be opened."""
    with report_failure_at_entrance(path):
        home = Home.open(path)
    with home:
        with report_failure_at_entrance(path):
            readers = [build_reader_factory(reader, home) for reader in home.settings.readers]
        if not readers:
            raise UserError(ScreenText.NO_READER_CONFIGURED.fill(path=path / SETTINGS_FILE))
        demand_terminal(ScreenText.THE_ENTRANCE.fill())
        if home.simulation:
            home.use_clock(MachineClock())
        return show_entrance(home, readers, SIMULATION if home.simulation else "")


def show_entrance(home: Home, readers: Sequence[ReaderFactory], banner: str) -> int:
    """Show the entrance until it ends; the exit status. Raises: LogError where a tap could be lost."""
    home.views_timeout = VIEWS_TIMEOUT
    with (
        lock_entrance(home.path),
        report_failure_at_entrance(home.path),
        log_to_home(home.path),
        keep_reserve_filled(home),
    ):
        run_preflight(home)
        check_screen_size(home.path)
        _catch_up(home)
        load_built_in()  # once: the first second tap would wait for it
        options = EntranceOptions(home.read_unit_name(), banner)
        with record_refusals_at_end(home), play_tones(home.settings.sound) as play:
            app = EntranceApp(EntranceController(build_sources(home)), readers, options, play)
            with serve_issuing(home.path, app.card_requests, app.receive_event):
                return run_entrance(app)


@contextmanager
def record_refusals_at_end(home: Home) -> Generator[None]:
    """Have refusals of unknown or unreadable cards summed at a door with readers; record the last sums at its end."""
    home.door.refusal_sums = RefusalSums()
    try:
        yield
    finally:
        with suppress(LogError):  # nothing was promised for them
            home.door.record_refusal_sums(ends=True)


def build_sources(home: Home) -> EntranceSources:
    """What the controller uses of a home, with the clock and the door that the home has now."""
    return EntranceSources(
        door=home.door,
        people=home.people,
        own_day=HomeOwnDaySource(home),
        clock=home.clock,
        zone=home.zone,
        masking=home.settings.masking,
        derive_token=home.derive_token,
        find_direction=home.settings.find_direction,
        limit_wait=home.log.limit_wait,
        probe_log=home.log.probe,
        list_expected_cards=partial(_list_expected_cards, home),
        find_hub_trouble=partial(forget_if_unheard, home),
        find_chain=home.log.own.chain_at if home.settings.heads and home.settings.heads.code_at_entrance else None,
    )


class HomeOwnDaySource:
    """The read models of a home, opened when the first day is loaded."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._rules = UnitRules(home.log)

    def load(self, volunteer_id: UUID, at: Second) -> OwnDay | None:
        """The service day of `at`, once the read models have caught up; None where they do not hold the volunteer."""
        rules = self._rules.load()
        views = self._home.views
        now = self._home.now_second()
        views.catch_up(max(now, at) if at - now <= SLOWEST_TAP_SECONDS else now)  # a wrong clock shows any instant

        def load() -> OwnDay | None:
            key = views.find_key(volunteer_id)
            if key is None:
                return None
            day = rules.days.ordinal(at)
            policy = rules.policies.on(day)
            until = rules.days.end(day) + policy.checkin_window_before_start_min * 60
            return OwnDay(load_today(views, key, day, until), policy)

        return run_repaired(self._home, load)

    def sum_own_year(self, volunteer_id: UUID, at: Second) -> int | None:
        """Minutes of the year up to the service day of `at`, in the read models as they were caught up last."""
        views, day = self._home.views, self._rules.load().days.ordinal(at)
        key = views.find_key(volunteer_id)
        return None if key is None else sum_own_year(views, key, day)

    def find_next_award(self, volunteer_id: UUID, at: Second) -> NextAward | None:
        """What lacks to the award that serving on leads to next, in the read models as they were caught up last."""
        day = self._rules.load().days.ordinal(at)
        views, catalogue = self._home.views, load_catalogue(self._home.path)
        people = load_person_on_file(self._home.people, volunteer_id)
        on = date.fromordinal(day)
        gap = find_next_award_gap(views, views.load_unit(), catalogue, volunteer_id, on, load_proofs(views, on, people))
        if gap is None:
            return None
        ends = [lack.until for lack in gap.lacks if lack.until]
        return NextAward(gap.rule.name, sum(lack.minutes or 0 for lack in gap.lacks), max(ends, default=None))


def _list_expected_cards(home: Home, day: date) -> list[str]:
    """By the read models as they stand."""
    return run_repaired(home, lambda: list_expected_cards(home.views, day.toordinal(), MOST_CARDS))


def _catch_up(home: Home) -> None:
    """Bring the read models up to date before the first card; the entrance opens without them where that fails."""
    try:
        home.views.catch_up(home.now_second())
    except Exception:
        LOG.exception("the read models cannot be brought up to date: the entrance shows no hours")


@contextmanager
def report_failure_at_entrance(path: Path) -> Generator[None]:
    """Where the entrance cannot be opened, log why in the home's messages and show "sign on paper" on the terminal."""
    try:
        yield
    except (LogError, UserError) as trouble:
        if is_ours_to_write(path) and (path / KEY_FILE).exists():
            with suppress(OSError), log_to_home(path):
                why = explain_home_trouble(path, trouble)
                LOG.error("the entrance stays shut: %s", why)  # noqa: TRY400 - a sentence, not a fault of ours
            monitor = sys.__stderr__  # sys.stderr escapes what steers a terminal
            if monitor and monitor.isatty():
                monitor.write(format_out_of_service(*shutil.get_terminal_size(), SIGN_ON_PAPER))
        raise


def lock_entrance(path: Path) -> AbstractContextManager[None]:
    """Hold the home for one entrance; two would answer every card twice. Raises: UserError where one is open."""
    return hold_lock_file(path / ENTRANCE_LOCK, ScreenText.ENTRANCE_OPEN.fill(path=path))


OUT_OF_SERVICE = (ScreenText.OUT_OF_SERVICE_ZH, ScreenText.OUT_OF_SERVICE_EN)

_CALM = "\x1b[0;1;38;2;255;255;255;48;2;11;31;51m"
"""White on the navy of the idle screen (ECMA-48, SGR)."""
_CLEAR, _PLAIN = "\x1b[2J", "\x1b[0m"


def run_entrance(app: EntranceApp) -> int:
    """Run the entrance; the exit status: 0 when a signal ended it, else 1, and its supervisor starts it again."""
    if supervisor := Supervisor.of():
        app.attach_supervisor(supervisor)
    freeze_loaded_objects()
    app.run_on_terminal()
    status = app.return_code or (1 if app.fault else 0)
    if status and (monitor := sys.__stderr__):  # where Textual draws
        monitor.write(format_out_of_service(*shutil.get_terminal_size()))
        monitor.flush()
    return status


def format_out_of_service(columns: int, rows: int, sentences: Sequence[str] = OUT_OF_SERVICE) -> str:
    """What to write to a terminal of this size so that it shows these sentences in the middle and nothing else."""
    first = (rows - len(sentences)) // 2
    lines = (_place_line(text, first + 2 * line, columns) for line, text in enumerate(sentences))
    return f"{_CALM}{_CLEAR}{''.join(lines)}\x1b[{rows};1H{_PLAIN}"


def _place_line(text: str, row: int, columns: int) -> str:
    return f"\x1b[{row};{max(1, (columns - cell_len(text)) // 2)}H{text}"
