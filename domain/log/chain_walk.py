"""The walk along the hash chain: over raw rows, decoding nothing, trusting nothing.

Rule: damage is an answer, never an exception. The walk ends at the first position that does not fit: what
stands behind it is no evidence.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Literal, NamedTuple

import msgspec

from domain.log.chain import Head, compute_leaf, compute_link

FaultKind = Literal[
    "gap",
    "wrong_type",
    "altered",
    "end_missing",
    "unreadable",
    "file_damaged",
    "went_back",
    "other_log",
    "ends_early",
    "event_replaced",
    "renamed",
    "head_missing",
    "head_moved",
    "name_unproved",
    "schema_added",
    "schema_missing",
    "schema_changed",
    "not_signed",
]


class LogFault(msgspec.Struct, frozen=True):
    """What is wrong with a log: a kind and its fields. The sentences are `kiosk.words.log_errors`."""

    kind: FaultKind
    fields: Mapping[str, object] = msgspec.field(default_factory=dict[str, object])
    """`position`, `reached`: positions; `error`: a LogError; `fault`: a LogFault; `detail`: SQLite's own text."""


class StoredRow(NamedTuple):
    """One row as bytes, whatever the file holds now. `well_typed`: each column has its one storage class."""

    position: int
    stream: bytes
    version: int
    topic: bytes
    state: bytes
    chain: bytes
    well_typed: int


class Verdict(NamedTuple):
    """What a walk found."""

    events: int
    """How many events fit, from the first on."""
    head: Head
    """The head that those events add up to."""
    first_bad: int | None
    """The first position that does not fit; None when all do."""
    fault: LogFault | None = None
    """What is wrong with it; where every event fits, with the file around the events. None when nothing is."""

    @property
    def whole(self) -> bool:
        """Every event fits, and every one can be found."""
        return self.fault is None


def _forget(_leaf: bytes) -> None:
    """Leaves are wanted by few."""


def walk_chain(
    rows: Iterable[StoredRow], head: Head, take_leaf: Callable[[bytes], object] = _forget
) -> tuple[Head, LogFault | None]:
    """How far the rows continue `head`, and why they stop doing so (None when they all fit).

    `take_leaf` is given the leaf of each event that fits.
    """
    previous, chain = head
    for position, stream, version, topic, state, stored, well_typed in rows:
        if position != previous + 1:
            return Head(previous, chain), LogFault("gap", {"position": position})
        if not well_typed:
            return Head(previous, chain), LogFault("wrong_type")
        leaf = compute_leaf(position, stream, version, topic, state)
        after = compute_link(chain, leaf)
        if after != stored:
            return Head(previous, chain), LogFault("altered")
        take_leaf(leaf)
        previous, chain = position, after
    return Head(previous, chain), None
