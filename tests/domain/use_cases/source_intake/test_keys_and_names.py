"""What is taken is signed by a kiosk that has joined; its name is given once."""

from dataclasses import replace
from typing import NoReturn

import pytest

from domain.log.chain import Head
from domain.log.errors import CannotWrite
from domain.source_errors import (
    KeyNotValid,
    KioskNameTaken,
    LogJoined,
    NoOpenAlarm,
    NoSuchSource,
    NotSigned,
    UnknownSource,
)
from tests.domain.use_cases.source_intake.conftest import build_door, find_alarm
from tests.support.people import NOTE
from tests.support.source_doors import ACT, Hub, SourceDoor, flip_byte


def test_what_is_not_signed_by_the_source_is_refused_and_raises_no_alarm(hub: Hub, door: SourceDoor) -> None:
    """The true batch is taken afterwards."""
    stranger, batch = SourceDoor(door.kiosk, number=1), door.build_batch()
    end = stranger.key.sign_head(door.log_id, door.head)
    forged = [
        flip_byte(batch),
        replace(batch, end=end),
        replace(batch, end=batch.end._replace(signature=bytes(64))),
        replace(batch, end=batch.end._replace(head=Head(11, door.head.chain))),
        replace(batch, rows=batch.rows[:-1]),
        replace(batch, chain_after=bytes(range(32))),
        replace(batch, after=-1),
    ]
    for one in forged:
        with pytest.raises(NotSigned):
            hub.intake.take(one)
    assert find_alarm(hub, door) is None
    assert hub.intake.take(batch) == door.head


def test_a_greeting_that_is_not_signed_or_answers_another_question_is_refused(hub: Hub, door: SourceDoor) -> None:
    hub.intake.take(door.build_batch())
    greeting = door.build_greeting(10)
    for one, told in (
        (replace(greeting, signature=bytes(64)), 10),
        (replace(greeting, nonce=b"another time"), 10),
        (replace(greeting, head=Head(9, door.chains[9])), 10),
        (door.build_greeting(9), 10),
        (greeting, 9),
    ):
        with pytest.raises(NotSigned):
            hub.intake.greet(one, told)
    assert find_alarm(hub, door) is None
    assert hub.intake.greet(greeting, 10) == door.head


def test_a_log_that_has_not_joined_is_unknown(hub: Hub) -> None:
    stranger = SourceDoor("stranger")
    stranger.tap()
    with pytest.raises(UnknownSource):
        hub.intake.take(stranger.build_batch())
    with pytest.raises(UnknownSource):
        hub.intake.greet(stranger.build_greeting(0), 0)
    with pytest.raises(UnknownSource):
        hub.intake.greet(replace(stranger.build_greeting(0), names=[]), 0)
    with pytest.raises(UnknownSource):
        hub.intake.find_held(stranger.log_id)


def test_after_its_key_was_revoked_nothing_is_taken_and_what_was_taken_stays(hub: Hub, door: SourceDoor) -> None:
    hub.intake.take(door.build_batch(0, 5))
    hub.intake.revoke(door.log_id, NOTE, ACT)
    hub.intake.revoke(door.log_id, None, ACT)
    for ask in (lambda: hub.intake.take(door.build_batch()), lambda: hub.intake.find_held(door.log_id)):
        with pytest.raises(KeyNotValid):
            ask()
    assert len(hub.list_taken(door)) == 5
    assert hub.intake.verify(door.log_id).whole


# --- Who joins -------------------------------------------------------------------------------


def test_what_could_not_be_stored_of_the_register_is_not_stored_later(
    hub: Hub, door: SourceDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk refused while a kiosk joined: it has not joined, also once the register is written again."""
    refused = build_door()

    def refuse(*_: object) -> NoReturn:
        raise CannotWrite("here", "no space left")

    with monkeypatch.context() as patch:
        patch.setattr(hub.log, "append", refuse)
        with pytest.raises(CannotWrite):
            hub.admit(refused)
    hub.intake.revoke(door.log_id, None, ACT)
    with pytest.raises(UnknownSource):
        hub.intake.find_held(refused.log_id)
    hub.admit(refused)
    assert hub.intake.find_held(refused.log_id) == 0


def test_a_name_is_given_once_also_after_its_kiosk_is_gone(hub: Hub, door: SourceDoor) -> None:
    hub.intake.revoke(door.log_id, None, ACT)
    again = SourceDoor(door.kiosk, number=1)
    with pytest.raises(KioskNameTaken):
        hub.admit(again)
    for taken in ("desk", "entrance"):
        with pytest.raises(KioskNameTaken):
            hub.intake.join(taken, again.log_id, again.key.public, ("entrance",), ACT)
    with pytest.raises(LogJoined):
        hub.intake.join("another name", door.log_id, door.key.public, (), ACT)


def test_only_an_alarm_that_is_open_is_settled(hub: Hub, door: SourceDoor) -> None:
    with pytest.raises(NoOpenAlarm):
        hub.intake.settle_alarm(door.log_id, NOTE, ACT)
    for act in (hub.intake.settle_alarm, hub.intake.revoke):
        with pytest.raises(NoSuchSource):
            act(SourceDoor("nobody").log_id, NOTE, ACT)
