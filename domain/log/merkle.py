"""The Merkle tree over the leaves of a log, as RFC 6962 and RFC 9162 define it: its root, and proofs of a few hashes.

Rule: its leaves are those of the chain, so a root and a proof follow from the events in one walk: a stored node would
be one more thing that can be false. What may be stored is a frontier, the roots of the largest whole subtrees, which
is believed where it leads to a root that was signed. Positions count from 1, leaves of the RFC from 0.

    node  = SHA-256( 01, left 32 bytes, right 32 bytes )
    root of n leaves: of the left 2^k, the largest power below n, and of the rest; of none: SHA-256 of nothing

A range is cut by no other of the same proof: a walk computes the root of each, and holds a hash for each power of two.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple

EMPTY_ROOT = sha256(b"").digest()
"""The root of a tree without leaves."""


class LeafRange(NamedTuple):
    """The leaves from one number to before another."""

    start: int
    end: int


def compute_node(left: bytes, right: bytes) -> bytes:
    """The hash of a node above two others."""
    return sha256(b"\x01" + left + right).digest()


def split_size(size: int) -> int:
    """The leaves of the left part of a tree of two or more: the largest power of two below its size."""
    return 1 << ((size - 1).bit_length() - 1)


class TreeHasher:
    """The root of a row of leaves, of which it holds one hash for each power of two in their number: the frontier."""

    def __init__(self, size: int = 0, frontier: Sequence[bytes] = ()) -> None:
        """No leaves yet, or so many, of which the frontier is known."""
        self.size = size
        self._peaks = list(frontier)

    @property
    def frontier(self) -> list[bytes]:
        """The roots of the largest whole subtrees, from the left, as `list_frontier_ranges` has them."""
        return list(self._peaks)

    def add(self, leaf: bytes) -> None:
        """Take one leaf more."""
        full = self.size
        while full & 1:
            leaf = compute_node(self._peaks.pop(), leaf)
            full >>= 1
        self._peaks.append(leaf)
        self.size += 1

    def compute_root(self) -> bytes:
        """The root of what was taken."""
        if not self._peaks:
            return EMPTY_ROOT
        *rest, root = self._peaks
        for peak in reversed(rest):
            root = compute_node(peak, root)
        return root


def compute_roots(leaves: Iterable[bytes], ranges: Sequence[LeafRange], first: int = 0) -> list[bytes]:
    """The root of each of some ranges, in their order; ranges do not overlap, and the earliest stands first.

    `first`: the number of the first of the leaves.
    """
    roots, hasher, waiting = list[bytes](), TreeHasher(), list(reversed(ranges))
    for number, leaf in enumerate(leaves, first):
        if waiting and number >= waiting[-1].start:
            hasher.add(leaf)
            if number + 1 == waiting[-1].end:
                waiting.pop()
                roots.append(hasher.compute_root())
                hasher = TreeHasher()
    return roots


def compute_tree_roots(leaves: Iterable[bytes], sizes: Iterable[int]) -> dict[int, bytes]:
    """The roots of the trees of the first so many leaves; a size that is not reached has none."""
    wanted, hasher = set(sizes), TreeHasher()
    roots = {0: EMPTY_ROOT} if 0 in wanted else {}
    for leaf in leaves:
        hasher.add(leaf)
        if hasher.size in wanted:
            roots[hasher.size] = hasher.compute_root()
    return roots


class Tree:
    """A tree whose leaves are all in memory, 32 bytes each, for many proofs of it."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        """All its leaves."""
        self._leaves = leaves
        self._roots: dict[LeafRange, bytes] = {}

    def compute_root(self, part: LeafRange) -> bytes:
        """The root of a range."""
        if part not in self._roots:
            self._roots[part] = self._compute_root(part)
        return self._roots[part]

    def prove(self, number: int) -> list[bytes]:
        """The proof that a leaf stands in the tree."""
        return [self.compute_root(part) for part in list_inclusion_ranges(number, len(self._leaves))]

    def list_peaks(self, size: int) -> list[bytes]:
        """What a walk over the leaves behind the first so many needs of these: a root for each power of two in it."""
        return [self.compute_root(part) for part in list_frontier_ranges(size)]

    def _compute_root(self, part: LeafRange) -> bytes:
        size = part.end - part.start
        if size < 2:
            return self._leaves[part.start] if size else EMPTY_ROOT
        middle = part.start + split_size(size)
        left, right = LeafRange(part.start, middle), LeafRange(middle, part.end)
        return compute_node(self.compute_root(left), self.compute_root(right))


# --- Proofs ----------------------------------------------------------------------------------


def list_frontier_ranges(size: int) -> list[LeafRange]:
    """The largest whole subtrees of a tree, from the left: one for each power of two in its size."""
    start, ranges = 0, list[LeafRange]()
    for power in reversed(range(size.bit_length())):
        if size >> power & 1:
            ranges.append(LeafRange(start, start + (1 << power)))
            start += 1 << power
    return ranges


def list_inclusion_ranges(number: int, size: int) -> list[LeafRange]:
    """The ranges whose roots prove that a leaf stands in a tree, the nearest first (RFC 9162, 2.1.3.1)."""
    start, path = 0, list[LeafRange]()
    while size > 1:
        left = split_size(size)
        if number - start < left:
            path.append(LeafRange(start + left, start + size))
            size = left
        else:
            path.append(LeafRange(start, start + left))
            start, size = start + left, size - left
    return path[::-1]


def list_consistency_ranges(old: int, size: int) -> list[LeafRange]:
    """The ranges whose roots prove that a tree extends an older one, as ordered by RFC 9162, 2.1.4.1."""
    if not 0 < old < size:
        return []
    start, is_whole, path = 0, True, list[LeafRange]()
    while start + size != old:
        left = split_size(size)
        if old - start <= left:
            path.append(LeafRange(start + left, start + size))
            size = left
        else:
            path.append(LeafRange(start, start + left))
            start, size, is_whole = start + left, size - left, False
    return [*([] if is_whole else [LeafRange(start, start + size)]), *reversed(path)]


def compute_proof(leaves: Iterable[bytes], ranges: Sequence[LeafRange]) -> list[bytes]:
    """The roots of the ranges of a proof, in the order of the proof."""
    ordered = sorted(ranges)
    found = dict(zip(ordered, compute_roots(leaves, ordered), strict=True))
    return [found[part] for part in ranges]


def is_included(number: int, leaf: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether a leaf stands at a number in the tree with that size and root (RFC 9162, 2.1.3.2)."""
    if not 0 <= number < size:
        return False
    at, last, found = number, size - 1, leaf
    for part in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = compute_node(part, found)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            found = compute_node(found, part)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root


def is_extended(old: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the tree with a size and root extends an older one (RFC 9162, 2.1.4.2); each extends the empty one."""
    if not 0 < old < size:
        return not proof and (old_root == root if old == size else old == 0 and old_root == EMPTY_ROOT)
    parts = [old_root, *proof] if old & (old - 1) == 0 else [*proof]
    if not parts:
        return False
    at, last = old - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    older = newer = parts[0]
    for part in parts[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            older, newer = compute_node(part, older), compute_node(part, newer)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            newer = compute_node(newer, part)
        at, last = at >> 1, last >> 1
    return last == 0 and older == old_root and newer == root
