"""Verifying a log: the walk along its chain, the check of the file around the events, and the head that was kept.

Rule: damage is a verdict, never an exception. What is appended meanwhile is left for the next walk.
"""

import sqlite3
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress

from domain.log.chain import EMPTY_HEAD, Head
from domain.log.chain_walk import LogFault, StoredRow, Verdict, walk_chain
from domain.log.errors import LogBusy, LogError, LogIsReadOnly
from domain.log.head_check import find_objection
from domain.log.recorder import FIRST_POSSIBLE, LogRecorder
from domain.log.schema_check import STORED_SCHEMA, find_schema_difference
from domain.log.stop_signals import block_stop_signals


def verify_all(recorder: LogRecorder) -> Verdict:
    """Verify the whole chain, the pages and the index; where all fit, the head file records how far."""
    kept = recorder.store.head_file.read()
    with check_in_background(recorder.store.connect_to_read) as damage:
        head, fault = _walk_from(recorder, EMPTY_HEAD, FIRST_POSSIBLE)
        if fault:
            return Verdict(head.position, head, head.position + 1, fault)
        if kept and (objection := find_objection(kept, recorder.read_names(), head, recorder.find_chain)):
            first_bad = min(head.position + 1, kept.head.position)
            return Verdict(head.position, head, first_bad, LogFault("went_back", {"fault": objection}))
        verdict = Verdict(head.position, head, None, damage.result())
    if verdict.whole:
        _store_checked_head(recorder, head)
    return verdict


def verify_tail(recorder: LogRecorder, most: int) -> Verdict:
    """Verify at most so many events, from where the whole chain was verified last: quick enough for every start."""
    kept = recorder.store.head_file.read()
    checked = kept.verified_head if kept and kept.log_id == recorder.log_id else EMPTY_HEAD
    try:
        begin = max(checked.position, recorder.last_given() - most)
        chain = checked.chain if begin == checked.position else recorder.find_chain(begin)
    except LogError as unreadable:
        return Verdict(checked.position, checked, checked.position + 1, LogFault("unreadable", {"error": unreadable}))
    known = checked if chain is None else Head(begin, chain)  # no event stands there: the longer walk finds the gap
    head, fault = _walk_from(recorder, known, known.position + 1)
    return Verdict(head.position - known.position, head, head.position + 1 if fault else None, fault)


def _walk_from(recorder: LogRecorder, head: Head, start: int) -> tuple[Head, LogFault | None]:
    """How far the chain fits on from a head, and why no further."""
    try:
        given = recorder.last_given()
    except LogError as unreadable:
        return head, LogFault("unreadable", {"error": unreadable})
    return walk_batches(recorder.read_raw(given, start=start), head, given)


def walk_batches(batches: Iterable[Iterable[StoredRow]], head: Head, last_given: int) -> tuple[Head, LogFault | None]:
    """How far batches of rows continue `head`, up to the last position that was ever given, and why no further."""
    try:
        for rows in batches:
            head, fault = walk_chain(rows, head)
            if fault:
                return head, fault
    except LogError as unreadable:
        return head, LogFault("unreadable", {"error": unreadable})
    return head, LogFault("end_missing", {"reached": last_given}) if head.position < last_given else None


def _store_checked_head(recorder: LogRecorder, checked: Head) -> None:
    """Best effort: while another process holds the lock, or in a log that is only read, nothing is stored."""
    with suppress(LogBusy, LogIsReadOnly), recorder.store.lock.hold():
        recorder.store.head_file.save(recorder.log_id, recorder.head(), checked)


def find_damage(connect: Callable[[], sqlite3.Connection]) -> LogFault | None:
    """What is wrong with a log's file: SQLite's last line, or a foreign schema; None when nothing is."""
    try:
        with closing(connect()) as connection:
            found = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
            difference = find_schema_difference(connection.execute(STORED_SCHEMA))
    except sqlite3.Error as unreadable:
        found, difference = str(unreadable), None
    return difference if found == "ok" else LogFault("file_damaged", {"detail": found.splitlines()[-1]})


@contextmanager
def check_in_background(connect: Callable[[], sqlite3.Connection]) -> Generator[Future[LogFault | None]]:
    """The same in a thread, while the caller does something else."""
    with ThreadPoolExecutor(1, initializer=block_stop_signals) as thread:
        yield thread.submit(find_damage, connect)
