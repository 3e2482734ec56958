"""Whether the log extends the heads that were kept outside of it: the first that it does not extend is named.

Rule: a log that was restored has lost what came after its backup, and the restore is an event in its chain. A head
from before that, behind the end of the backup, is excused in a backup or a report; one that a person states is not.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast
from uuid import UUID

from domain.clock import MachineClock
from domain.ids import log_history_stream
from domain.log.chain import GENESIS
from domain.log.chain_walk import LogFault
from domain.log.event_log import EventLog
from domain.log.event_rows import Entry
from domain.log.lenient import read_lenient
from domain.log.proofs import find_roots
from domain.log.signed_note import NoteKey
from kiosk.backups.heads.head_notes import list_log_keys
from kiosk.backups.heads.kept_head import KeptHead
from kiosk.backups.heads.last_verification import find_verified_head, write_verification
from kiosk.backups.heads.seen_heads import find_false_settlement, list_seen_heads
from kiosk.errors import EXIT_NO, UserError
from kiosk.home_files import HEADS_FOLDER
from kiosk.people_check import PeopleVerdict, check_people
from kiosk.text.short_codes import compute_code
from kiosk.words.command_line import CommandLineText
from kiosk.words.errors import HeadText
from kiosk.words.heads import SignedHeadText
from kiosk.words.log_errors import explain_fault, explain_verdict

if TYPE_CHECKING:
    from domain.model.log_history import LogHistory
    from kiosk.home import Home

RESTORED = "log-history.restored"
"""A stored name, which never changes: the kind of stream is loaded where a log was restored."""
SMALL_LOG = 250_000
"""Events that each night verifies from the first on: two seconds."""


class NightVerification(NamedTuple):
    """What a night verified before it reads the log."""

    people: PeopleVerdict
    """Of the people store; empty where not the whole log was verified."""
    after: int
    """The position behind which each event was verified; 0: every one was."""


class Restore(NamedTuple):
    """A restore that the log went through."""

    position: int
    """Of its event."""
    event: "LogHistory.Restored"


def list_restores(log: EventLog) -> list[Restore]:
    """The restores that stand in the log, the oldest first. Raises: CannotRead."""
    rows = [row for row in log.read_stream_rows(log_history_stream()) if row[3] == RESTORED]
    return [
        Restore(position, cast("LogHistory.Restored", event)) for position, event in read_lenient(log.decode_row, rows)
    ]


def find_name_at(log: EventLog, position: int) -> UUID:
    """The name that the log had when it ended at a position: each restore behind it gave one more. Raises: CannotRead.

    What is said of an instant is the same whenever it is said.
    """
    names, later = log.list_names(), [restore for restore in list_restores(log) if restore.position > position]
    return names[max(0, len(names) - 1 - len(later))]


def find_positions(log: EventLog, heads: Sequence[KeptHead]) -> list[KeptHead]:
    """The same heads; those of which the hash alone was kept with its position, where the log has it."""
    hashes = [kept.chain for kept in heads if kept.position is None]
    found = {**log.find_positions(hashes), GENESIS: 0} if hashes else {}
    return [kept._replace(position=found.get(kept.chain)) if kept.position is None else kept for kept in heads]


def list_stated_objections(log: EventLog, heads: Sequence[KeptHead]) -> list[str]:
    """Why the log does not extend each of the heads that a person states and that it does not extend."""
    faults = list(_list_faults(log, heads))
    restores = list_restores(log) if faults else []
    objections = [_explain(kept.source, fault, restores) for kept, fault in faults]
    without = {id(kept) for kept, _ in faults}
    return [*objections, *_list_other_trees(log, [kept for kept in heads if id(kept) not in without])]


def list_unsigned(heads: Iterable[KeptHead], keys: Sequence[NoteKey], path: Path) -> list[str]:
    """Which of the heads are no notes that a key of the file signed, and were therefore changed."""
    return [
        SignedHeadText.NOT_SIGNED_BY.fill(source=kept.source, path=path)
        for kept in heads
        if not (kept.proved and kept.proved.is_signed_by(keys))
    ]


def find_seen_objection(
    log: EventLog, home: Path, *places: Path, settled_after: int = 0, with_trees: bool = False
) -> str | None:
    """The same for every head that stands in the log, in its home, and in folders with backups beside it.

    The heads of settlements only behind a position. The trees of those that the home did not sign itself `with_trees`:
    where there are any, the log is read once more.
    """
    restores = list_restores(log)
    if fault := find_unproved_name(log, restores):
        return explain_fault(fault)
    seen, excused = list(list_seen_heads(log, home, *places)), list[KeptHead]()
    for kept, fault in _list_faults(log, seen):
        if not _is_excused(log, kept, restores):
            return _explain(kept.source, fault, restores)
        excused.append(kept)
    foreign = [kept for kept in _list_foreign(home, seen) if kept not in excused] if with_trees else []
    other_tree = next(_list_other_trees(log, foreign), None)
    return other_tree or _explain_settlement(find_false_settlement(log, settled_after))


def _list_foreign(home: Path, seen: Sequence[KeptHead]) -> Iterator[KeptHead]:
    """The notes that say something else than those that the home signed itself."""
    folder = home / HEADS_FOLDER
    keys = list_log_keys(folder)
    beside = [kept.proved for kept in seen if kept.proved and Path(kept.source).parent == folder]
    own = {proved.checkpoint for proved in beside if proved.is_signed_by(keys)}
    return (kept for kept in seen if kept.proved and kept.proved.checkpoint not in own)


def demand_extended(
    log: EventLog, home: Path, refusal: HeadText, *places: Path, settled_after: int = 0, with_trees: bool = False
) -> None:
    """Check all of them. Raises: UserError, which begins with the refusal."""
    if objection := find_seen_objection(log, home, *places, settled_after=settled_after, with_trees=with_trees):
        raise UserError(refusal.fill(objection=objection), EXIT_NO)


def demand_whole_log(
    log: EventLog,
    home: Path,
    check_people: Callable[[], PeopleVerdict],
    *,
    after: int | None = None,
    small: int = SMALL_LOG,
) -> NightVerification:
    """Verify the log before the nightly job, and compare the people store with it: that stops nothing.

    Of a log above a size only what followed the last verification, or what stands behind `after`, and the whole once a
    week: `small` is how many events are verified each night. Raises: UserError where the log is not whole, or lacks
    what it once held.
    """
    now, known = MachineClock().now(), None
    if log.head().position > small and after != 0:
        known = find_verified_head(home, now)
    verdict = log.verify_onward(known.head, after) if known else log.verify()
    after = min(known.head.position, known.head.position if after is None else after) if known else 0
    if verdict.whole:  # else there is nothing to compare; and the last verification is one of the heads
        demand_extended(log, home, HeadText.NOTHING_SETTLED, settled_after=after, with_trees=not known)
    people = check_people() if verdict.whole and not known else PeopleVerdict()
    write_verification(home, verdict, now, len(people.faults), whole_at=known and known.whole_at)
    if not verdict.whole:
        raise UserError(CommandLineText.NOTHING_RECONCILED.fill(verdict=explain_verdict(verdict)), EXIT_NO)
    return NightVerification(people, after)


class VerifiedLog:
    """The log of a home as far as a night has verified it: more of it before older events are read."""

    def __init__(self, home: "Home") -> None:
        """Verify what no earlier night has, of a small log all. Raises: as `demand_whole_log`."""
        self._demand = partial(
            demand_whole_log, home.log, home.path, lambda: check_people(home.log, home.people, home.compute_hmac)
        )
        self.people, self._after = self._demand()

    def demand_after(self, position: int) -> None:
        """Check that every event behind a position is verified. Raises: as `demand_whole_log`."""
        if position < self._after:
            self.people, self._after = self._demand(after=position)


def find_unproved_name(log: EventLog, restores: list[Restore]) -> LogFault | None:
    """Whether the names since the first restore that is an event are the ones that the events gave.

    Names from before may be those of a program that recorded none.
    """
    given = [restore.event.log_id for restore in restores]
    return LogFault("name_unproved") if given and log.list_names()[-len(given) :] != given else None


def _list_faults(log: EventLog, heads: Sequence[KeptHead]) -> Iterator[tuple[KeptHead, LogFault]]:
    """The heads that the log does not extend, in their order."""
    names = log.list_names()
    for kept in find_positions(log, heads):
        if kept.log_id and kept.log_id not in names:
            fault = LogFault("other_log")
        elif kept.code:
            fault = _find_code_fault(log, kept.position or 0, kept.code)
        elif kept.head is not None:
            fault = log.find_objection(kept.head)
        else:
            fault = LogFault("head_missing", {"position": log.head().position})
        if fault:
            yield kept, fault


def _find_code_fault(log: EventLog, position: int, code: str) -> LogFault | None:
    """Why the log does not have a head with this short code at a position."""
    end = log.head().position
    if position > end:
        return LogFault("ends_early", {"position": end, "reached": position})
    chain = log.chain_at(position) if position else GENESIS
    return None if compute_code(chain) == code else LogFault("event_replaced", {"position": position})


def _list_other_trees(log: EventLog, heads: Sequence[KeptHead]) -> Iterator[str]:
    """The notes whose tree is not that of the events, though their chain is theirs."""
    trees = [(kept.source, kept.proved.checkpoint) for kept in heads if kept.proved]
    roots = find_roots(log, (checkpoint.head.position for _, checkpoint in trees))
    for source, checkpoint in trees:
        if roots[checkpoint.head.position] != checkpoint.root:
            yield SignedHeadText.OTHER_TREE.fill(source=source, position=checkpoint.head.position)


def _is_excused(log: EventLog, kept: KeptHead, restores: list[Restore]) -> bool:
    names = log.list_names()
    since = names.index(kept.log_id) if kept.log_id and kept.log_id in names else -1
    return any(
        names.index(restore.event.log_id) > since and (kept.position is None or kept.position > restore.event.position)
        for restore in restores
    )


def _explain(source: str, fault: LogFault, restores: list[Restore]) -> str:
    objection = HeadText.NOT_EXTENDED.fill(source=source, fault=explain_fault(fault))
    if not restores:
        return objection
    last = restores[-1]
    return HeadText.NOT_EXTENDED_SINCE_RESTORE.fill(
        objection=objection, position=last.position, backup=last.event.position
    )


def _explain_settlement(settled: Entry | None) -> str | None:
    return None if settled is None else HeadText.FALSE_SETTLEMENT.fill(position=settled.position)
