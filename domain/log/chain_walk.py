"""Does every event fit the chain? A walk over raw rows that decodes nothing and trusts nothing.

Rule: damage is an answer, never an exception. The walk ends at the first position that does not fit: what
stands behind it proves nothing.
"""

from collections.abc import Iterable
from typing import NamedTuple

from domain.log.chain import Head, compute_leaf, compute_link


class StoredRow(NamedTuple):
    """One row as bytes, whatever the file holds now. `sound`: each column has its one storage class."""

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
    why: str = ""
    """What is wrong with it; where every event fits, with the file around the events. Empty when nothing is."""

    @property
    def whole(self) -> bool:
        """Every event fits, and every one can be found."""
        return not self.why

    @property
    def trouble(self) -> str:
        """What is wrong, as a clause."""
        if self.first_bad is None:
            return f"every event fits, but the file around them is damaged ({self.why})"
        return f"event {self.first_bad} {self.why}"


def walk_chain(rows: Iterable[StoredRow], head: Head) -> tuple[Head, str]:
    """How far the rows continue `head`, and why they stop doing so ("" when they all fit)."""
    previous, chain = head
    why = ""
    for position, stream, version, topic, state, stored, sound in rows:
        if position != previous + 1:
            why = f"is missing: position {position} stands in its place"
        elif not sound:
            why = "holds a value of a kind that was never written there"
        elif (after := compute_link(chain, compute_leaf(position, stream, version, topic, state))) != stored:
            why = "does not fit the chain: it was changed, exchanged or put in"
        else:
            previous, chain = position, after
            continue
        break
    return Head(previous, chain), why
