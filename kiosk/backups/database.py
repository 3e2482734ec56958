"""The log of a home whose database was restored, or whose standby took over with less than was there before.

Rule: the log is verified before anything is written. Its restore is an event, then it gets the name that the event
gives: followers begin anew, and heads from behind the end are known to be of the earlier log. Run again, what was cut
short goes on.
"""

from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from uuid import UUID, uuid4

from domain.act import Act
from domain.clock import MachineClock
from domain.ids import SYSTEM
from domain.log.chain import Head
from domain.log.event_log import EventLog
from domain.model.log_history import BackupEnd, LogHistory
from kiosk.backups.heads.comparison import list_restores
from kiosk.backups.heads.last_verification import write_verification
from kiosk.backups.record import forget_backup
from kiosk.erasure.erasure import erase_again, select_authentic
from kiosk.erasure.ledger import merge_ledgers
from kiosk.errors import EXIT_NO, UserError
from kiosk.home import Home
from kiosk.home_folder import demand_writable_home
from kiosk.home_log import open_log
from kiosk.home_switch import hold_alone
from kiosk.home_unit import load_unit
from kiosk.people_check import PeopleVerdict, check_people
from kiosk.store_settings import find_store
from kiosk.words.log_errors import explain_verdict
from kiosk.words.restores import DatabaseText


class DatabaseReport(NamedTuple):
    """What was found in a database that went back."""

    head: Head
    """The end of what it holds."""
    log_id: UUID
    """The new name of the log."""
    last_recorded: datetime
    """When its last event was recorded: what came later is gone."""
    erased_again: int
    """Volunteers whose erasure it lacked."""
    people: PeopleVerdict
    """What the people store, which did not go back, has otherwise than the log."""


def resume_in_restored_database(path: Path) -> DatabaseReport:
    """Verify the log of a home where it stands now, and give it a new name. No program may have the home open.

    Raises: UserError, LogError; then nothing was written, or a second run goes on.
    """
    demand_writable_home(path)
    if not find_store(path):
        raise UserError(DatabaseText.IN_A_FILE.fill(path=path), EXIT_NO)
    with hold_alone(path), closing(open_log(path)) as log:
        verdict = log.verify()
        if not verdict.whole:
            raise UserError(DatabaseText.NOT_WHOLE.fill(verdict=explain_verdict(verdict)), EXIT_NO)
        last_recorded = log.find_last_recorded()
        _rename(log, verdict.head, last_recorded, is_simulation=load_unit(log, path).simulation)
        write_verification(path, log.verify(), MachineClock().now())
        forget_backup(path)
    with Home.open(path) as home:
        again = erase_again(home, select_authentic(home, merge_ledgers(path), accept_unsealed=False))
        home.views.catch_up(None if home.simulation else home.now_second())
        people = check_people(home.log, home.people, home.compute_hmac)
        return DatabaseReport(verdict.head, home.log.log_id, last_recorded, again, people)


def _rename(log: EventLog, head: Head, last_recorded: datetime, *, is_simulation: bool) -> None:
    with log.writing():
        restores = list_restores(log)
        if restores and restores[-1].event.log_id not in log.list_names():  # killed between the two
            log.renew_identity(restores[-1].event.log_id)
            return
        now = last_recorded if is_simulation else MachineClock().now()
        history = log.catch_up(LogHistory.unread())
        end = BackupEnd(head.position, head.chain.hex(), last_recorded)
        history.record_restore(log_id := uuid4(), end, Act(now, SYSTEM, now))
        log.append(history)
        log.renew_identity(log_id)
