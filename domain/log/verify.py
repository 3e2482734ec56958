"""Proving a log: the walk along its chain, the look at the file around the events, and the head that was kept.

Rule: damage is a verdict, never an exception. What is appended meanwhile is left for the next walk.
"""

from contextlib import suppress

from domain.log.chain import EMPTY, Head
from domain.log.chain_walk import Verdict, walk_chain
from domain.log.errors import LogBusy, LogError
from domain.log.head_check import find_objection
from domain.log.integrity_check import check_in_background
from domain.log.recorder import FIRST_POSSIBLE, LogRecorder

_OBJECTION = "is in doubt: the log went back,"


def verify_all(recorder: LogRecorder) -> Verdict:
    """The whole chain, the pages, the index; where all of it is well, the head file says how far it was walked."""
    kept = recorder.store.kept.read()
    with check_in_background(recorder.store.path) as damage:
        head, why = _walk_from(recorder, EMPTY, FIRST_POSSIBLE)
        if why:
            return Verdict(head.position, head, head.position + 1, why)
        if kept and (why := find_objection(kept, recorder.read_names(), head, recorder.chain_at)):
            return Verdict(head.position, head, min(head.position + 1, kept.head.position), f"{_OBJECTION} {why}")
        verdict = Verdict(head.position, head, None, damage.result())
    if verdict.whole:
        _store_checked_head(recorder, head)
    return verdict


def verify_tail(recorder: LogRecorder, most: int) -> Verdict:
    """At most so many events, from where the whole chain was walked last: quick enough for every start."""
    kept = recorder.store.kept.read()
    checked = kept.checked if kept and kept.log_id == recorder.log_id else EMPTY
    try:
        begin = max(checked.position, recorder.last_given() - most)
        known = checked if begin == checked.position else Head(begin, recorder.chain_at(begin))
    except LogError as unreadable:
        return Verdict(checked.position, checked, checked.position + 1, str(unreadable))
    head, why = _walk_from(recorder, known, known.position + 1)
    return Verdict(head.position - known.position, head, head.position + 1 if why else None, why)


def _walk_from(recorder: LogRecorder, head: Head, start: int) -> tuple[Head, str]:
    """How far the chain fits on from a head, and why no further."""
    why = ""
    try:
        given = recorder.last_given()
        for rows in recorder.read_raw(given, start=start):
            head, why = walk_chain(rows, head)
            if why:
                return head, why
    except LogError as unreadable:
        return head, str(unreadable)
    return head, f"is missing: the log once reached position {given}" if head.position < given else ""


def _store_checked_head(recorder: LogRecorder, checked: Head) -> None:
    """Best effort: a writer who does not let us in costs the next start a longer walk."""
    with suppress(LogBusy), recorder.store.lock.hold():
        recorder.store.kept.keep(recorder.log_id, recorder.head(), checked)
