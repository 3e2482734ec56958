"""A kiosk keeps the heads of the unit's log that its hub sent, and sees where a later log does not extend them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.log.chain import EMPTY_HEAD, GENESIS, compute_leaf, compute_link
from domain.log.sqlite_copy import EMPTY_CURSOR, CopyCursor
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.hub.rows_for_kiosk import read_rows_for
from kiosk.sync.hub_connection import HubNotReached
from kiosk.sync.unit_heads import UNIT_HEADS_FILE, UnitHeads, load_unit_heads
from kiosk.wire_protocol.messages import Copied, CopiedRow, Pull
from tests.support.fixed_clock import FixedClock
from tests.support.joined_kiosk import make_unit
from tests.support.kiosk_program import run_kiosk

NOON = datetime(2026, 11, 19, 4, 0, tzinfo=UTC)
UNIT, OTHER = UUID(int=7), UUID(int=8)
TRUE = [sha256(b"%d" % number).digest() for number in range(9)]
CHANGED = [*TRUE[:4], sha256(b"another").digest(), *TRUE[5:]]
"""The leaves of the same log, with another event at position 5."""


def find_chain(leaves: Sequence[bytes]) -> bytes:
    chain = GENESIS
    for leaf in leaves:
        chain = compute_link(chain, leaf)
    return chain


def reach(leaves: Sequence[bytes]) -> CopyCursor:
    return CopyCursor(UNIT, len(leaves), find_chain(leaves))


def send(log: Sequence[bytes], after: int, upto: int, *, begins_anew: bool = False) -> Copied:
    """What a hub with this log sends behind a position."""
    return Copied(UNIT, upto, find_chain(log[:upto]), (), begins_anew, leaves=b"".join(log[after:upto]))


class Kiosk:
    """The heads of a kiosk, and a hub that sends what a test wants."""

    def __init__(self, home: Path) -> None:
        self.home, self.clock = home, FixedClock(NOON)
        self.heads = UnitHeads(home, self.clock)

    def copy(self, log: Sequence[bytes], after: int, upto: int) -> None:
        self.heads.take(reach(log[:after]), send(log, after, upto), is_complete=True)

    def begin_anew(self, log: Sequence[bytes], upto: int, *, is_complete: bool = True) -> None:
        """Its copy reached to the sixth event; the hub says that it is of another log."""
        self.heads.take(reach(TRUE[:6]), send(log, 0, upto, begins_anew=True), is_complete=is_complete)

    def list_positions(self, *, lost: bool = False) -> list[int]:
        return [one.head.position for one in load_unit_heads(self.home) if one.is_lost == lost]


@pytest.fixture
def kiosk(tmp_path: Path) -> Kiosk:
    return Kiosk(tmp_path)


def test_of_each_day_the_last_head_is_kept(kiosk: Kiosk) -> None:
    kiosk.copy(TRUE, 0, 3)
    kiosk.copy(TRUE, 3, 4)
    kiosk.clock.at += timedelta(days=1)
    kiosk.copy(TRUE, 4, 6)

    assert kiosk.list_positions() == [4, 6]


@pytest.mark.parametrize(("upto", "lost"), [(4, []), (5, [5])])
def test_a_log_with_another_event_at_a_position_does_not_extend_a_head_from_there_on(
    kiosk: Kiosk, upto: int, lost: list[int]
) -> None:
    kiosk.copy(TRUE, 0, upto)
    kiosk.begin_anew(CHANGED, 7)
    kiosk.copy(CHANGED, 7, 8)

    assert kiosk.list_positions(lost=True) == lost
    assert kiosk.list_positions() == [8]


@pytest.mark.parametrize(("end", "lost"), [(5, []), (4, [5])])
def test_a_log_that_ends_before_a_head_was_cut_off(kiosk: Kiosk, end: int, lost: list[int]) -> None:
    kiosk.copy(TRUE, 0, 5)
    kiosk.begin_anew(TRUE, 2, is_complete=False)
    assert kiosk.list_positions() == [5], "more is to come"

    kiosk.copy(TRUE, 2, end)
    assert kiosk.list_positions(lost=True) == lost


def test_a_copy_that_begins_anew_of_the_same_log_loses_no_head(kiosk: Kiosk) -> None:
    kiosk.copy(TRUE, 0, 6)
    kiosk.begin_anew(TRUE, 9)

    assert kiosk.list_positions() == [9]
    assert kiosk.list_positions(lost=True) == []


ROW = CopiedRow(2, UUID(int=1), 1, "card.issued", b"{}")
LEAF = compute_leaf(2, ROW.stream.hex.encode(), 1, b"card.issued", b"{}")
WITH_ROW = replace(send([TRUE[0], LEAF], 0, 2), rows=(ROW,))


@pytest.mark.parametrize(
    "copied",
    [
        pytest.param(replace(WITH_ROW, leaves=TRUE[0] + TRUE[1]), id="a leaf changed"),
        pytest.param(replace(WITH_ROW, leaves=LEAF), id="a leaf left out"),
        pytest.param(replace(WITH_ROW, upto=1), id="one too many"),
        pytest.param(replace(WITH_ROW, chain_upto=GENESIS), id="another chain"),
        pytest.param(replace(WITH_ROW, rows=(CopiedRow(2, ROW.stream, 1, ROW.topic, b"[]"),)), id="an event changed"),
        pytest.param(replace(WITH_ROW, rows=(CopiedRow(3, ROW.stream, 1, ROW.topic, b"{}"),)), id="behind the end"),
        pytest.param(replace(WITH_ROW, rows=(CopiedRow(0, ROW.stream, 1, ROW.topic, b"{}"),)), id="before the first"),
    ],
)
def test_what_does_not_lead_to_the_chain_that_the_hub_names_is_not_taken(kiosk: Kiosk, copied: Copied) -> None:
    kiosk.heads.take(EMPTY_CURSOR, WITH_ROW, is_complete=True)
    with pytest.raises(HubNotReached, match="not_proved"):
        kiosk.heads.take(EMPTY_CURSOR, copied, is_complete=True)

    assert kiosk.list_positions() == [2]


def test_a_log_of_another_name_goes_on_from_nowhere(kiosk: Kiosk) -> None:
    onward = replace(send(TRUE, 3, 4), unit=OTHER)
    with pytest.raises(HubNotReached, match="not_proved"):
        kiosk.heads.take(reach(TRUE[:3]), onward, is_complete=True)


def test_a_hub_of_an_older_version_proves_nothing_and_nothing_is_kept(kiosk: Kiosk) -> None:
    kiosk.heads.take(EMPTY_CURSOR, replace(send(TRUE, 0, 3), leaves=None), is_complete=True)

    assert load_unit_heads(kiosk.home) == []


def test_a_disk_that_takes_nothing_is_said(kiosk: Kiosk) -> None:
    kiosk.home.joinpath(UNIT_HEADS_FILE).mkdir()
    with pytest.raises(UserError, match=UNIT_HEADS_FILE):
        kiosk.copy(TRUE, 0, 3)


def test_what_a_kiosk_kept_is_compared_with_the_log_of_the_unit(tmp_path: Path, kiosk: Kiosk) -> None:
    with Home.open(make_unit(tmp_path / "unit")) as unit:
        pull = Pull(None, *EMPTY_HEAD)
        kiosk.heads.take(EMPTY_CURSOR, read_rows_for(unit.log, OTHER, pull, NOON.date()), is_complete=True)
    kept = tmp_path / UNIT_HEADS_FILE

    assert run_kiosk("verify", "--heads", kept, "--home", unit.path).status == 0
    (head,) = load_unit_heads(tmp_path)
    kept.write_text(head._replace(head=head.head._replace(chain=bytes(31) + b"1")).format())
    assert f"{kept}:1" in run_kiosk("verify", "--heads", kept, "--home", unit.path).err
