"""The chain's bytes, fixed: another implementation is checked against them."""

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from domain.log.chain import GENESIS, compute_leaf, compute_link

STREAM = b"6431f45be979525f8818d356337b9aa8"
STATE = b'{"timestamp":"2026-11-02T01:00:00Z","by":3}'
FIRST = (1, STREAM, 1, b"toy.tally.counted", STATE)
SECOND = (2, STREAM, 2, "備註".encode(), b"")

fields = st.tuples(
    st.integers(-(2**63), 2**63 - 1), st.binary(), st.integers(-(2**63), 2**63 - 1), st.binary(), st.binary()
)


def test_a_leaf_is_the_digest_of_these_bytes() -> None:
    written_out = (
        "00"
        "00000008 0000000000000001"
        "00000020 3634333166343562653937393532356638383138643335363333376239616138"
        "00000008 0000000000000001"
        "00000011 746f792e74616c6c792e636f756e746564"
        "0000002b 7b2274696d657374616d70223a22323032362d31312d30325430313a30303a30305a222c226279223a337d"
    )
    assert compute_leaf(*FIRST) == sha256(bytes.fromhex(written_out)).digest()


def test_the_vectors_for_another_implementation() -> None:
    first, second = compute_leaf(*FIRST), compute_leaf(*SECOND)
    assert first.hex() == "258606dad12f97547f742bfd10456fb3ab72a8e330f227eb0533a405b8a9fae9"
    assert second.hex() == "e98d64fa03aec07109d6ccecb8a47ed3380f13cb0c9589040afb6b0fd7ec3fac"
    assert compute_link(GENESIS, first).hex() == "1c3e750c727eb6be0edc5c33d6fd76f81cf7123e2fa48db3026b1b005b497478"
    assert (
        compute_link(compute_link(GENESIS, first), second).hex()
        == "7a98ae3dcccf8220198d97ce4b6dc6792582f4142d912d305d536fbdd3a072b6"
    )


@given(fields, fields)
def test_two_different_rows_never_have_the_same_bytes_under_the_digest(
    one: tuple[int, bytes, int, bytes, bytes], other: tuple[int, bytes, int, bytes, bytes]
) -> None:
    assert (compute_leaf(*one) == compute_leaf(*other)) == (one == other)


def test_a_byte_that_moves_from_one_field_to_the_next_changes_the_leaf() -> None:
    assert compute_leaf(1, b"ab", 1, b"c", b"") != compute_leaf(1, b"a", 1, b"bc", b"")
