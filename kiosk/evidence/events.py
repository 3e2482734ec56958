"""The events of a bundle: all from a position on, and single earlier ones, each with its proof.

Rule: the events from the first to the last are without a gap, so that the root of the tree and the chain follow from
them; of what stands before them only hashes are given, one for each power of two in its number.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from domain.log.chain import GENESIS, Head
from domain.log.checkpoint import Checkpoint
from domain.log.event_log import EventLog
from domain.log.event_rows import EventRow
from domain.log.merkle import LeafRange, Tree
from kiosk.backups.heads.comparison import find_name_at


class ProvedEvents(NamedTuple):
    """What goes into a bundle."""

    checkpoint: Checkpoint
    tree: Tree
    """Over all events up to the last."""
    events: bytes
    """A line of JSON for each event, as it is stored."""
    proofs: bytes
    """JSON: the checkpoint, what stands before the events, and the proof of each earlier one."""


def find_first_recorded(log: EventLog, since: datetime, last: int) -> int:
    """The position of the first event that was recorded at or after an instant, up to a last one; else behind that.

    An event of a source, whose clock may be wrong, was recorded when it was taken.
    """
    for rows in _read_pages(log, 0, last):
        for row, recorded in zip(rows, log.list_recorded_at(rows), strict=True):
            if recorded is not None and recorded >= since:
                return row[0]
    return last + 1


def build_proved_events(log: EventLog, first: int, last: int, earlier: Iterable[int]) -> ProvedEvents:
    """The events from a first to a last one, and those at some earlier positions. Raises: ChainBroken, CannotRead."""
    tree, before = Tree(list(log.walk_leaves(last))), first - 1
    head = Head(last, log.chain_at(last) if last else GENESIS)
    checkpoint = Checkpoint(find_name_at(log, last), head, tree.compute_root(LeafRange(0, last)))
    proofs = {
        "checkpoint": checkpoint.format(),
        "before": before,
        "chain_before": (log.chain_at(before) if before else GENESIS).hex(),
        "roots_before": [root.hex() for root in tree.list_peaks(before)],
        "earlier": [_build_earlier(log, tree, position) for position in sorted({*earlier}) if position < first],
    }
    lines = (
        msgspec.json.encode(_build_row(EventRow(*row))) + b"\n"
        for rows in _read_pages(log, before, last)
        for row in rows
    )
    written = msgspec.json.format(msgspec.json.encode(proofs), indent=1) + b"\n"
    return ProvedEvents(checkpoint, tree, b"".join(lines), written)


def _build_earlier(log: EventLog, tree: Tree, position: int) -> dict[str, Any]:
    (row,) = log.read_rows(position - 1, 1)
    return {**_build_row(EventRow(*row)), "proof": [root.hex() for root in tree.prove(position - 1)]}


def _build_row(row: EventRow) -> dict[str, Any]:
    """As it is stored: text where it is text, so that people can read it, else base64."""
    try:
        state = {"state": row.state.decode()}
    except UnicodeDecodeError:
        state = {"state_base64": b64encode(row.state).decode()}
    return {"position": row.position, "stream": row.stream, "version": row.version, "topic": row.topic, **state}


def _read_pages(log: EventLog, after: int, last: int) -> Iterator[Sequence[EventRow]]:
    while after < last and (rows := log.read_rows(after, upto=last)):
        yield rows
        after = rows[-1][0]
