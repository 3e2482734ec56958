"""The Merkle tree and its proofs, against the words of the RFC written out, and roots that others publish."""

from hashlib import sha256

import pytest

from domain.log.merkle import (
    LeafRange,
    TreeHasher,
    compute_proof,
    compute_roots,
    compute_tree_roots,
    is_extended,
    is_included,
    list_consistency_ranges,
    list_frontier_ranges,
    list_inclusion_ranges,
)

MOST = 40
LEAVES = [sha256(b"\x00" + bytes([number])).digest() for number in range(MOST + 1)]
STRANGE = bytes(32)


# --- RFC 6962, 2.1: as its definitions stand, without a thought of speed ----------------------


def split(leaves: list[bytes]) -> int:
    power = 1
    while power * 2 < len(leaves):
        power *= 2
    return power


def root_of(leaves: list[bytes]) -> bytes:
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256().digest()
    k = split(leaves)
    return sha256(b"\x01" + root_of(leaves[:k]) + root_of(leaves[k:])).digest()


def path(m: int, leaves: list[bytes]) -> list[bytes]:
    if len(leaves) == 1:
        return []
    k = split(leaves)
    if m < k:
        return [*path(m, leaves[:k]), root_of(leaves[k:])]
    return [*path(m - k, leaves[k:]), root_of(leaves[:k])]


def subproof(m: int, leaves: list[bytes], *, known: bool) -> list[bytes]:
    if m == len(leaves):
        return [] if known else [root_of(leaves)]
    k = split(leaves)
    if m <= k:
        return [*subproof(m, leaves[:k], known=known), root_of(leaves[k:])]
    return [*subproof(m - k, leaves[k:], known=False), root_of(leaves[:k])]


# --- The tests -------------------------------------------------------------------------------

PUBLISHED = (
    ("", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
    ("00", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
    ("10", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
    ("2021", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
    ("3031", "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"),
    ("40414243", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"),
    ("5051525354555657", "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"),
    ("606162636465666768696a6b6c6d6e6f", "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
)
"""Data of leaves, and the root behind each: the test data of Certificate Transparency."""


def test_the_roots_are_those_that_certificate_transparency_publishes() -> None:
    leaves = [sha256(b"\x00" + bytes.fromhex(data)).digest() for data, _ in PUBLISHED]
    roots = compute_tree_roots(leaves, range(len(leaves) + 1))
    assert roots.pop(0) == sha256().digest()
    assert [root.hex() for root in roots.values()] == [root for _, root in PUBLISHED]


def test_a_size_that_is_not_reached_has_no_root() -> None:
    assert list(compute_tree_roots(LEAVES[:3], (2, 4))) == [2]


def test_ranges_are_computed_in_one_walk_and_what_lies_between_them_is_passed_over() -> None:
    assert compute_roots(LEAVES, [LeafRange(1, 3), LeafRange(5, 6)]) == [root_of(LEAVES[1:3]), LEAVES[5]]


@pytest.mark.parametrize("size", range(1, MOST, 3))
def test_every_leaf_is_proved_in_every_tree_and_nothing_else_is(size: int) -> None:
    leaves, root = LEAVES[:size], root_of(LEAVES[:size])
    for number in range(size):
        proof = compute_proof(leaves, list_inclusion_ranges(number, size))
        assert proof == path(number, leaves)
        assert is_included(number, leaves[number], size, root, proof)
        assert not is_included(number, LEAVES[number + 1], size, root, proof)
        assert not is_included(number, leaves[number], size, STRANGE, proof)
        assert not is_included(number, leaves[number], size, root, [*proof, STRANGE])
        assert not proof or not is_included(number, leaves[number], size, root, proof[:-1])
    assert not is_included(size, LEAVES[size], size, root, [])
    assert not is_included(-1, LEAVES[size], size, root, [])


@pytest.mark.parametrize("size", range(1, MOST, 3))
def test_every_tree_extends_those_before_it_and_no_other(size: int) -> None:
    leaves, root = LEAVES[:size], root_of(LEAVES[:size])
    for old in range(1, size + 1):
        older, proof = root_of(leaves[:old]), compute_proof(leaves, list_consistency_ranges(old, size))
        assert proof == subproof(old, leaves, known=True)
        assert is_extended(old, older, size, root, proof)
        assert not is_extended(old, STRANGE, size, root, proof)
        assert not is_extended(old, older, size, STRANGE, proof)
        assert not is_extended(old, older, size, root, [*proof, STRANGE])
        for place in range(len(proof)):
            assert not is_extended(old, older, size, root, [*proof[:place], *proof[place + 1 :]])


def test_every_tree_extends_the_empty_one_and_none_a_longer_one() -> None:
    root, longer = root_of(LEAVES[:3]), root_of(LEAVES[:4])
    assert is_extended(0, sha256().digest(), 3, root, [])
    assert not is_extended(0, STRANGE, 3, root, [])
    assert not is_extended(0, sha256().digest(), 3, root, [STRANGE])
    assert not is_extended(4, longer, 3, root, [])
    assert not is_extended(3, root, 5, root, [])


@pytest.mark.parametrize("old", range(MOST))
def test_the_frontier_of_a_tree_is_all_that_a_larger_one_needs_of_it(old: int) -> None:
    frontier = compute_roots(LEAVES, list_frontier_ranges(old))
    onward = TreeHasher(old, frontier)
    for size in range(old + 1, MOST + 1):
        onward.add(LEAVES[size - 1])
        assert onward.compute_root() == root_of(LEAVES[:size])
        assert onward.frontier == compute_roots(LEAVES[:size], list_frontier_ranges(size))
        needed = list_consistency_ranges(old, size)
        behind = sorted(part for part in needed if part.start >= old)
        assert {*needed} - {*behind} <= {*list_frontier_ranges(old)}
        assert compute_roots(LEAVES[old:size], behind, old) == compute_roots(LEAVES, behind)
