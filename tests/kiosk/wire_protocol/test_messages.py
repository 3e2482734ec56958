"""The messages between a kiosk and its hub: what is no message is refused, and fills no memory."""

import zlib
from uuid import UUID

import msgspec
import pytest

from kiosk.wire_protocol.encoding import MOST_BODY_BYTES, NotUnderstood, decode, encode
from kiosk.wire_protocol.messages import (
    CHALLENGE,
    EXCHANGE,
    JOIN,
    NAMES,
    SESSION,
    STATUS_OF_REFUSAL,
    ChallengeAnswer,
    ChallengeRequest,
    Copied,
    ExchangeAnswer,
    ExchangeRequest,
    JoinAnswer,
    JoinRequest,
    NamesAnswer,
    NamesRequest,
    Pull,
    Push,
    Refusal,
    SessionAnswer,
    SessionRequest,
)
from tests.support.documents import WORD, find_section, parse_table, read_document
from tests.support.source_doors import SourceDoor

UNIT = UUID(int=7)


def build_exchange() -> ExchangeRequest:
    door = SourceDoor("north")
    door.tap(3)
    return ExchangeRequest("token", Push.of(door.build_batch()), Pull(UNIT, 12, b"c" * 32, wait_seconds=25.0))


def test_a_message_comes_out_as_it_went_in() -> None:
    exchange = build_exchange()

    assert decode(ExchangeRequest, encode(exchange)) == exchange


def test_a_batch_and_a_greeting_come_out_as_they_went_in() -> None:
    door = SourceDoor("north")
    door.tap(3)

    assert Push.of(door.build_batch(1)).build_batch() == door.build_batch(1)
    greeting = SessionRequest.of(door.build_greeting(2)).build_greeting()
    assert greeting.is_signed(door.key.public)


def test_the_document_of_the_protocol_names_each_address_field_and_refusal() -> None:
    text = read_document("docs/wire-protocol.md")
    rows = parse_table(find_section("docs/wire-protocol.md", "## Refusals"))
    written = {part for word in WORD.findall(text) for part in word.split(".")}
    messages = (JoinRequest, JoinAnswer, ChallengeRequest, ChallengeAnswer, SessionRequest, SessionAnswer, Push, Pull)
    messages += (ExchangeAnswer, Copied, NamesRequest, NamesAnswer, Refusal)

    assert {row[0].strip("`"): int(row[1]) for row in rows} == STATUS_OF_REFUSAL
    assert [address for address in (JOIN, CHALLENGE, SESSION, EXCHANGE, NAMES) if f"POST {address}" not in text] == []
    assert {name for message in messages for name in message.__struct_fields__} - written == set()


def test_a_field_of_a_newer_program_is_left_unread() -> None:
    newer = msgspec.msgpack.encode({"code": "busy", "wait_seconds": 2.0, "reason": "what comes later"})

    assert decode(Refusal, zlib.compress(newer)) == Refusal("busy", wait_seconds=2.0)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no message",
        encode(build_exchange())[:-3],
        zlib.compress(b"\xc1"),
        encode(Refusal("busy")),
        zlib.compress(msgspec.msgpack.encode({"token": "\ud800".encode("utf-8", "surrogatepass")})),
        encode(ExchangeRequest("token", pull=Pull(UNIT, -1, b"c" * 32))),
        encode(ExchangeRequest("token", pull=Pull(UNIT, 1, b"c" * 31))),
        encode(ExchangeRequest("token", pull=Pull(UNIT, 1, b"c" * 32, wait_seconds=26.0))),
    ],
)
def test_what_is_no_message_is_refused(body: bytes) -> None:
    with pytest.raises(NotUnderstood):
        decode(ExchangeRequest, body)


@pytest.mark.parametrize(("size", "is_taken"), [(MOST_BODY_BYTES - 200, True), (MOST_BODY_BYTES + 1, False)])
def test_a_body_is_inflated_so_far_and_no_further(size: int, is_taken: bool) -> None:
    body = encode(ExchangeRequest("x" * size))

    assert len(body) < MOST_BODY_BYTES / 100
    if is_taken:
        assert decode(ExchangeRequest, body).token == "x" * size
    else:
        with pytest.raises(NotUnderstood):
            decode(ExchangeRequest, body)
