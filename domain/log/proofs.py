"""What is proved of a log: where it stands, that it extends an older state, and that an event stands in it.

Rule: each is computed of the events in one walk along their chain: nothing is proved of a log that is not whole. Where
the head of the last night is extended, the walk begins there: what stands before is in its root already.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from domain.log.chain import EMPTY_HEAD, Head, pack_leaf
from domain.log.checkpoint import Checkpoint, ProvedEvent, ProvedHead
from domain.log.event_log import EventLog
from domain.log.event_rows import EventRow
from domain.log.merkle import (
    LeafRange,
    TreeHasher,
    compute_proof,
    compute_roots,
    compute_tree_roots,
    list_consistency_ranges,
    list_frontier_ranges,
    list_inclusion_ranges,
)
from domain.log.signed_note import SignedNote


def build_checkpoint(log: EventLog, head: Head) -> Checkpoint:
    """The checkpoint at a head that the log has. Raises: ChainBroken, CannotRead."""
    return _walk(log, head, [])[0]


def prove_head(log: EventLog, head: Head, old: int) -> ProvedHead:
    """The checkpoint at a head that the log has, not signed yet, with the proof that it extends an older state.

    Raises: ChainBroken, CannotRead.
    """
    return prove_onward(log, head, old, EMPTY_FRONTIER)[0]


class Frontier(NamedTuple):
    """The roots of the largest whole subtrees of a log, and the head up to which they reach."""

    head: Head
    roots: Sequence[bytes]

    def compute_root(self) -> bytes:
        """The root of the tree; of a frontier that is none, something else."""
        return TreeHasher(self.head.position, self.roots).compute_root()


EMPTY_FRONTIER = Frontier(EMPTY_HEAD, ())


def prove_onward(log: EventLog, head: Head, old: int, known: Frontier) -> tuple[ProvedHead, Frontier]:
    """The same from a frontier on, that of the older state or the empty one; and the frontier at the head.

    Only what follows the frontier is read. Raises: ChainBroken, CannotRead.
    """
    begin = known.head.position
    found = dict(zip(list_frontier_ranges(begin), known.roots, strict=True))
    ranges, whole = list_consistency_ranges(old, head.position), TreeHasher(begin, known.roots)
    behind = sorted(part for part in ranges if part not in found)
    leaves = _take_all(log.walk_leaves(head.position, known.head), whole)
    found |= dict(zip(behind, compute_roots(leaves, behind, begin), strict=True))
    checkpoint = Checkpoint(log.log_id, head, whole.compute_root())
    proof = [found[part] for part in ranges]
    return ProvedHead(old, proof, SignedNote(checkpoint.format())), Frontier(head, whole.frontier)


def prove_event(log: EventLog, position: int, head: Head) -> ProvedEvent:
    """An event up to a head that the log has, with the proof that it stands there. Raises: ChainBroken, CannotRead."""
    checkpoint, proof = _walk(log, head, list_inclusion_ranges(position - 1, head.position))
    row = EventRow(*log.read_rows(position - 1, 1)[0])
    data = pack_leaf(position, row.stream.encode(), row.version, row.topic.encode(), row.state)[1:]
    return ProvedEvent(data, position, proof, SignedNote(checkpoint.format()))


def find_roots(log: EventLog, positions: Iterable[int]) -> dict[int, bytes]:
    """The root of the tree at each of some positions that the log has. Raises: ChainBroken, CannotRead."""
    wanted = set(positions)
    return compute_tree_roots(log.walk_leaves(max(wanted)), wanted) if wanted else {}


def _walk(log: EventLog, head: Head, ranges: Sequence[LeafRange]) -> tuple[Checkpoint, list[bytes]]:
    whole = TreeHasher()
    proof = compute_proof(_take_all(log.walk_leaves(head.position), whole), ranges)
    return Checkpoint(log.log_id, head, whole.compute_root()), proof


def _take_all(leaves: Iterable[bytes], hasher: TreeHasher) -> Iterator[bytes]:
    for leaf in leaves:
        hasher.add(leaf)
        yield leaf
