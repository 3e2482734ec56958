"""An event that cannot be read keeps nobody from being erased: the rest goes, and the event is named."""

import json
from pathlib import Path
from uuid import UUID

import pytest

from domain.ids import SYSTEM, card_stream, shift_stream
from kiosk.home import Home
from tests.kiosk.conftest import Apply
from tests.kiosk.erasure.conftest import (
    ANN,
    ENDED,
    ERASED_AT,
    GOES_ON_AS,
    NUMBER,
    OF_ANOTHER,
    OF_THE_PERSON,
    THE_NEXT_DAY,
    build_line_of_ann,
    erase,
    list_texts_found,
)
from tests.support.kiosk_program import run_kiosk
from tests.support.tampering import chain_again, open_unguarded
from tests.support.undecodable_events import insert_undecodable

UNKNOWN = "volunteer.blessed"


def insert_bad(home: Path, stream: UUID, topic: str = UNKNOWN, **fields: object) -> int:
    """Write an event that cannot be read, as if a moment ago; its position."""
    with Home.open(home) as opened:
        return insert_undecodable(opened.log, stream, topic, timestamp=opened.now_recorded(), **fields)


def read_last_topic(home: Path) -> str:
    with Home.open(home) as opened:
        return next(opened.log.read_rows_backwards(1))[3]


def demand_erased(home: Path, *positions: int) -> None:
    """Each of these events is named, and no byte of the person is left."""
    ended = erase(home)
    assert ended.status == 0, ended.err
    named = [one for one in ended.err.splitlines() if one.startswith("without event ")]
    assert [one.split()[2] for one in named] == [str(position) for position in positions]
    assert (list_texts_found(home, *OF_THE_PERSON), read_last_topic(home)) == ([], "volunteer.person-erased")
    assert list_texts_found(home, *OF_ANOTHER) == list(OF_ANOTHER)
    assert "erase" not in run_kiosk("verify", "--home", home).err, "as the log says"
    assert erase(home, GOES_ON_AS).status == 1, "the log says it once"


def damage(home: Path, topic: str) -> int:
    """Make the first event of a name of Ann one that cannot be read, as an insider may; its position."""
    with open_unguarded(home / "log.db") as log:
        query = "SELECT position FROM stored_events WHERE topic = ? AND originator_id = ? ORDER BY 1"
        (position,) = log.execute(query, (topic, ANN.hex)).fetchone()
        log.execute("UPDATE stored_events SET state = ? WHERE position = ?", (b'{"timestamp": 7}', position))
        chain_again(log)
    (home / "log.head").unlink()
    (home / "views.db").unlink()
    return position


@pytest.mark.parametrize("topic", [UNKNOWN, "volunteer.suspended"])
def test_an_event_of_a_person_that_cannot_be_read_keeps_nobody_from_being_erased(home: Path, topic: str) -> None:
    demand_erased(home, insert_bad(home, ANN, topic))


def test_nor_does_one_that_can_be_read_and_not_be(home: Path) -> None:
    demand_erased(home, insert_bad(home, ANN, "volunteer.suspended", since="soon", at=ERASED_AT, by=SYSTEM))


def test_an_event_elsewhere_that_names_the_person_is_named(home: Path) -> None:
    position = insert_bad(home, shift_stream("S1"), "shift.blessed", volunteer_id=ANN)
    insert_bad(home, card_stream("x"), "card.blessed")
    demand_erased(home, position)


def test_a_person_whose_enrolment_cannot_be_read_is_erased(home: Path) -> None:
    """Nor can anything be made of what follows it in the stream."""
    enrolled = damage(home, "volunteer.enrolled")
    with Home.open(home) as opened:
        rows = opened.log.read_stream_rows(ANN)
    assert rows[0][0] == enrolled
    demand_erased(home, *(row[0] for row in rows))
    assert run_kiosk("replay", "--home", home).out.startswith("identical")


def test_an_agreement_whose_end_cannot_be_read_is_ended_again(home: Path, apply: Apply) -> None:
    """A volunteer who serves is not erased; as far as can be read this one does."""
    position = damage(home, "volunteer.agreement-ended")
    assert "is in force" in erase(home).err
    assert apply(home, {**ENDED, "at": "2026-12-02T09:10"}).err == ""
    demand_erased(home, position)


def test_a_reason_that_an_unreadable_event_names_goes_with_the_person(home: Path) -> None:
    with Home.open(home) as opened:
        position = opened.log.head().position + 1
        note = opened.people.keep_note("a reason that no list shows", position)
    assert insert_bad(home, ANN, note=note.id) == position
    assert list_texts_found(home, "a reason that no list shows") != []
    demand_erased(home, position)
    assert list_texts_found(home, "a reason that no list shows") == []


@pytest.mark.parametrize(
    "line",
    [
        {"do": "change_person", "address": "Hill Street 1", "reason": "moved", "by": "lin"},
        {"do": "suspend", "from": "2026-11-30"},
        {"do": "complete_training", "kind": "special", "category": "文化", "on": "2026-11-29"},
        {"do": "end_agreement", "on": "2026-12-01", "reason": "moves to another town"},
    ],
    ids=lambda line: line["do"],
)
def test_what_the_desk_does_about_a_person_goes_past_it_too(
    serving: Path, apply: Apply, line: dict[str, object]
) -> None:
    """As the read models do: else nobody could ever end the agreement, or correct an address."""
    insert_bad(serving, ANN)
    ended = apply(serving, {**build_line_of_ann("", "2026-12-01T10:00"), **line})
    assert (ended.status, ended.err) == (0, "")


def test_a_person_whose_enrolment_cannot_be_read_is_not_enrolled_again(home: Path, apply: Apply) -> None:
    damage(home, "volunteer.enrolled")
    enrol = build_line_of_ann("enrol_volunteer", "2026-12-02T10:00", mode="flexible", agreement_from="2026-12-02")
    ended = apply(home, enrol)
    assert (ended.status, "is enrolled already" in ended.err) == (1, True), ended.err
    assert list_texts_found(home, "王小明") == ["王小明"]


def test_a_restore_erases_past_it_again(serving: Path, apply: Apply, tmp_path: Path) -> None:
    insert_bad(serving, ANN)
    assert run_kiosk("backup", tmp_path / "usb", "--home", serving).status == 0
    apply(serving, ENDED)
    apply(serving, THE_NEXT_DAY)
    assert erase(serving, NUMBER).status == 0
    (made,) = (path for path in (tmp_path / "usb").iterdir() if path.is_dir())
    ended = run_kiosk("restore", made, "--to", tmp_path / "new", "--from-home", serving)
    assert (ended.status, "erased   1 again" in ended.out) == (0, True), ended.err
    assert list_texts_found(tmp_path / "new", *OF_THE_PERSON) == []
    assert json.loads(run_kiosk("verify", "--format", "json", "--home", tmp_path / "new").out)
