"""Room for taps when the disk is full: kept, given up, kept again."""

import os
import stat
from pathlib import Path

import pytest

from domain.log.reserve import Reserve, count_free_bytes

MIB = 2**20


@pytest.fixture
def reserve(path: Path) -> Reserve:
    return Reserve(path, MIB)


def test_it_takes_room_on_the_disk_and_is_its_owners_alone(reserve: Reserve) -> None:
    assert (reserve.is_held, reserve.fill(), reserve.is_held) == (False, True, True)
    found = reserve.path.stat()
    assert found.st_blocks * 512 >= found.st_size == MIB
    assert stat.S_IMODE(found.st_mode) == 0o600


def test_what_is_given_up_is_gone_and_there_is_nothing_to_give_up_twice(reserve: Reserve) -> None:
    reserve.fill()
    assert (reserve.release(), reserve.is_held, reserve.release()) == (True, False, False)
    assert reserve.fill()


def test_it_does_not_fill_the_disk_itself(path: Path) -> None:
    greedy = Reserve(path, count_free_bytes(path.parent) // 3)
    assert not greedy.fill()
    assert not greedy.path.exists()


def test_a_length_without_blocks_keeps_no_room(reserve: Reserve) -> None:
    """A copy of a home may have made a hole of it."""
    reserve.path.touch(0o600)
    os.truncate(reserve.path, MIB)
    assert not reserve.is_held
    assert reserve.fill()
    assert reserve.path.stat().st_blocks * 512 >= MIB


def test_a_disk_with_room_leaves_it_alone(reserve: Reserve) -> None:
    reserve.fill()
    reserve.release_if_full()
    assert reserve.is_held
