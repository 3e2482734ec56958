"""`unit-heads.txt`: how far the log of the unit went whenever this kiosk was sent more of it, out of the hub's reach.

Rule: the hub sends what its chain is computed of, and the kiosk computes it: a log that was changed, cut off or made
again does not lead to the heads that were kept. Such a head stays in the file, marked; the copy goes on all the same.
"""

import logging
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from domain.clock import Clock
from domain.log.chain import EMPTY_HEAD, Head, compute_leaf, compute_link
from domain.log.checkpoint import PREFIX, name_log
from domain.log.sqlite_copy import CopyCursor
from domain.model.volunteer import Volunteer
from kiosk.errors import UserError
from kiosk.home_files import write_atomically
from kiosk.sync.hub_connection import HubNotReached
from kiosk.wire_protocol.messages import Copied
from kiosk.words.errors import HomeText
from kiosk.words.joined import JoinedText

LOG = logging.getLogger(__name__)

UNIT_HEADS_FILE = "unit-heads.txt"
LEAF_SIZE = 32
"""Bytes."""
_LOST = "lost"
_WORDS = 3
"""Of a line: the head, the instant, the name of the log; a fourth where the log does not extend it."""


class UnitHead(NamedTuple):
    """A head of the log of the unit, as the hub sent it."""

    head: Head
    at: datetime
    """By the clock of the kiosk."""
    log_id: UUID
    is_lost: bool = False
    """Whether the hub sent, later, a log that does not extend it."""

    def format(self) -> str:
        """A line, which begins as `kiosk verify --heads` takes a head."""
        position, chain = self.head
        line = f"{position}:{chain.hex()} {self.at.isoformat()} {name_log(self.log_id)}"
        return f"{line} {_LOST}\n" if self.is_lost else f"{line}\n"


class UnitHeads:
    """The heads in the home of one kiosk: the last of each day, and those that the log does not extend any more."""

    def __init__(self, home: Path, clock: Clock) -> None:
        self._file, self._clock = home / UNIT_HEADS_FILE, clock

    def take(self, asked: CopyCursor, copied: Copied, *, is_complete: bool) -> None:
        """Prove what was sent behind a position, compare the kept heads, and keep the new one.

        `is_complete`: the log ends there. Raises: HubNotReached, where it is not proved; UserError.
        """
        if copied.leaves is None:  # a hub of an older version: `kiosk status` says so
            return
        known, proved = load_unit_heads(self._file.parent), prove_copied(asked, copied)
        begin = 0 if copied.begins_anew else asked.upto
        kept = [_compare(one, begin, proved, is_complete=is_complete) for one in known]
        for one in set(kept) - set(known):
            LOG.warning("%s", JoinedText.UNIT_HEAD_LOST.fill(position=one.head.position, file=self._file))
        last = next((one for one in reversed(kept) if not one.is_lost), None)
        if last is None or copied.upto >= last.head.position:
            new = UnitHead(Head(copied.upto, copied.chain_upto), self._clock.now(), copied.unit)
            if last and last.at.date() == new.at.date() and last.log_id == new.log_id:
                kept.remove(last)
            kept.append(new)
        if kept != known:
            self._save(kept)

    def _save(self, kept: list[UnitHead]) -> None:
        try:
            write_atomically(self._file, "".join(one.format() for one in kept).encode())
        except OSError as error:
            raise UserError(HomeText.CANNOT_WRITE.fill(path=self._file, strerror=error.strerror)) from None


def prove_copied(asked: CopyCursor, copied: Copied) -> dict[int, bytes]:
    """The chain at each position that was sent, computed of what was sent. Raises: HubNotReached."""
    begin = EMPTY_HEAD if copied.begins_anew else Head(asked.upto, asked.chain_upto)
    leaves = copied.leaves or b""
    count, (position, chain) = copied.upto - begin.position, begin
    if count * LEAF_SIZE != len(leaves) or not (copied.begins_anew or asked.unit in (None, copied.unit)):
        raise HubNotReached("not_proved")
    chains = {position: chain}
    for at in range(0, len(leaves), LEAF_SIZE):
        position, chain = position + 1, compute_link(chain, leaves[at : at + LEAF_SIZE])
        chains[position] = chain
    if chain != copied.chain_upto or not all(_list_row_matches(begin.position, leaves, copied)):
        raise HubNotReached("not_proved")
    return chains


def _list_row_matches(begin: int, leaves: bytes, copied: Copied) -> Iterator[bool]:
    """Of each event that was sent, whether it is the one of the log; a score is sent as another."""
    for row in copied.rows:
        at = (row.position - begin - 1) * LEAF_SIZE
        leaf = compute_leaf(row.position, row.stream.hex.encode(), row.version, row.topic.encode(), row.state)
        yield row.topic == Volunteer.Assessed.TOPIC or (at >= 0 and leaves[at : at + LEAF_SIZE] == leaf)


def _compare(kept: UnitHead, begin: int, proved: dict[int, bytes], *, is_complete: bool) -> UnitHead:
    """A kept head, marked where the log that was sent from `begin` on is not one that extends it."""
    position, chain = kept.head
    is_cut_off = is_complete and position > max(proved)
    is_other = position > begin and proved.get(position, chain) != chain
    return kept._replace(is_lost=True) if is_cut_off or is_other else kept


def load_unit_heads(home: Path) -> list[UnitHead]:
    """The heads that a kiosk keeps, the last at the end; a line that is none is left out."""
    try:
        lines = (home / UNIT_HEADS_FILE).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return []
    return [head for line in lines for head in _parse(line)]


def _parse(line: str) -> Iterator[UnitHead]:
    with suppress(ValueError):
        written, at, name, *lost = line.split()
        position, _, chain = written.partition(":")
        head = Head(int(position), bytes.fromhex(chain))
        yield UnitHead(head, datetime.fromisoformat(at), UUID(name.removeprefix(PREFIX)), lost == [_LOST])
