"""Verifying a log: the walk along its chain, the check of the store around the events, and the head that was kept.

Rule: damage is a verdict, never an exception; that the log cannot be read is an exception, never a verdict. What is
appended meanwhile is left for the next walk.
"""

from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress

from domain.log.chain import EMPTY_HEAD, Head
from domain.log.chain_walk import LogFault, StoredRow, Verdict, walk_chain
from domain.log.errors import ChainBroken, LogBusy, LogIsReadOnly, LogNotWhole
from domain.log.head_check import find_objection
from domain.log.head_file import KeptHead
from domain.log.recorder import FIRST_POSSIBLE, Recorder
from domain.log.stop_signals import block_stop_signals


def verify_all(recorder: Recorder) -> Verdict:
    """Verify the whole chain, the pages and the index; where all fit, the head file records how far.

    Raises: LogError where it cannot be read, of which nothing follows.
    """
    kept = recorder.read_kept_head()
    with _find_damage_in_background(recorder) as damage:
        head, fault = _walk_from(recorder, EMPTY_HEAD, FIRST_POSSIBLE)
        if fault:
            return Verdict(head.position, head, head.position + 1, fault)
        if went_back := _compare_kept(recorder, head, kept):
            return went_back
        verdict = Verdict(head.position, head, None, damage.result())
    return _keep_verified(recorder, verdict) if verdict.whole else verdict


def verify_onward(recorder: Recorder, known: Head, after: int | None = None) -> Verdict:
    """Verify what follows a head up to which the whole chain was verified before. Of the file around it nothing.

    With `after` from behind that position on, where it is before the head: a chain that leads to the known hash is the
    one that was verified. Raises: as `verify_all`.
    """
    kept = recorder.read_kept_head()
    fault: LogFault | None = None
    begin = known
    try:
        if recorder.find_chain(known.position) != known.chain:
            fault = LogFault("event_replaced", {"position": known.position})
        elif after is not None and after < known.position:
            chain = recorder.find_chain(after)
            begin = EMPTY_HEAD if chain is None else Head(after, chain)  # the longer walk finds the gap
    except LogNotWhole as unreadable:
        fault = _confirm(recorder, _describe(unreadable))
    if fault:
        return Verdict(0, EMPTY_HEAD, known.position, fault)
    head, fault = _walk_from(recorder, begin, begin.position + 1 if begin.position else FIRST_POSSIBLE)
    if fault:
        return Verdict(head.position, head, head.position + 1, fault)
    return _compare_kept(recorder, head, kept) or _keep_verified(recorder, Verdict(head.position, head, None))


def _compare_kept(recorder: Recorder, head: Head, kept: KeptHead | None) -> Verdict | None:
    """That the log is not the one of which a head was kept; None where it is."""
    if kept is None:
        return None
    try:
        objection = find_objection(kept, [*map(str, recorder.list_names())], head, recorder.find_chain)
    except LogNotWhole as unreadable:
        return Verdict(head.position, head, None, _confirm(recorder, _describe(unreadable)))
    first_bad = min(head.position + 1, kept.head.position)
    return objection and Verdict(head.position, head, first_bad, LogFault("went_back", {"fault": objection}))


def _keep_verified(recorder: Recorder, verdict: Verdict) -> Verdict:
    with suppress(LogBusy, LogIsReadOnly):  # while others write, or in a log that is only read
        recorder.keep_verified_head(verdict.head)
    return verdict


def verify_tail(recorder: Recorder, most: int) -> Verdict:
    """Verify at most so many events, from where the whole chain was verified last: quick enough for every start.

    Raises: as `verify_all`.
    """
    kept = recorder.read_kept_head()
    checked = kept.verified_head if kept and kept.log_id == recorder.log_id else EMPTY_HEAD
    try:
        begin = max(checked.position, recorder.last_given() - most)
        chain = checked.chain if begin == checked.position else recorder.find_chain(begin)
    except LogNotWhole as unreadable:
        fault = _confirm(recorder, _describe(unreadable))
        return Verdict(checked.position, checked, checked.position + 1, fault)
    known = checked if chain is None else Head(begin, chain)  # no event stands there: the longer walk finds the gap
    head, fault = _walk_from(recorder, known, known.position + 1)
    return Verdict(head.position - known.position, head, head.position + 1 if fault else None, fault)


def _walk_from(recorder: Recorder, head: Head, start: int) -> tuple[Head, LogFault | None]:
    """How far the chain fits on from a head, and why no further."""
    try:
        given = recorder.last_given()
    except LogNotWhole as unreadable:
        return head, _confirm(recorder, _describe(unreadable))
    head, fault = walk_batches(recorder.read_raw(given, start=start), head, given)
    return head, fault and _confirm(recorder, fault)


def walk_batches(batches: Iterable[Iterable[StoredRow]], head: Head, last_given: int) -> tuple[Head, LogFault | None]:
    """How far batches of rows continue `head`, up to the last position that was ever given, and why no further.

    Raises: what reading a batch raises, other than damage.
    """
    try:
        for rows in batches:
            head, fault = walk_chain(rows, head)
            if fault:
                return head, fault
    except LogNotWhole as unreadable:
        return head, _describe(unreadable)
    return head, LogFault("end_missing", {"reached": last_given}) if head.position < last_given else None


def walk_leaves(recorder: Recorder, upto: int, known: Head = EMPTY_HEAD) -> Iterator[bytes]:
    """The leaf of each event behind a known head and up to a position, in order.

    Raises: ChainBroken where one does not fit; CannotRead.
    """
    head = known
    for rows in recorder.read_raw(upto, start=known.position + 1 if known.position else FIRST_POSSIBLE):
        leaves = list[bytes]()
        head, fault = walk_chain(rows, head, leaves.append)
        if fault:
            raise ChainBroken(recorder.place, head.position + 1, fault)
        yield from leaves
    if head.position < upto:
        raise ChainBroken(recorder.place, head.position + 1, LogFault("end_missing", {"reached": upto}))


@contextmanager
def _find_damage_in_background(recorder: Recorder) -> Generator[Future[LogFault | None]]:
    """Look for damage in a thread, while the caller does something else."""
    with ThreadPoolExecutor(1, initializer=block_stop_signals) as thread:
        yield thread.submit(_find_damage, recorder)


def _find_damage(recorder: Recorder) -> LogFault | None:
    try:
        return recorder.find_damage()
    except LogNotWhole as unreadable:
        return _describe(unreadable)


def _describe(unreadable: LogNotWhole) -> LogFault:
    return LogFault("unreadable", {"error": unreadable})


def _confirm(recorder: Recorder, fault: LogFault) -> LogFault:
    """The fault, where it is one of the log: SQLite also calls malformed what a disk fails to read.

    Its check of the file tells the two apart. Raises: CannotRead.
    """
    if fault.kind == "unreadable":
        _find_damage(recorder)
    return fault
