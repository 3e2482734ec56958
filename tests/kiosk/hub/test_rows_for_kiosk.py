"""What a kiosk is sent of the unit's log: whole streams, those that it needs, and nothing else."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from random import Random
from uuid import UUID, uuid4

import msgspec
import pytest

from domain.log.chain import EMPTY_HEAD
from domain.log.event_log import EventLog
from domain.log.sqlite_copy import CopyCursor
from domain.model.volunteer import Volunteer
from kiosk.home import Home
from kiosk.hub.rows_for_kiosk import LONGEST_PAST, SENT_SINCE, SENT_WHOLE, choose_since, read_rows_for
from kiosk.sync.unit_heads import prove_copied
from kiosk.wire_protocol.messages import Copied, CopiedRow, Pull
from tests.support.hub_client import JoinedKiosk
from tests.support.marked_lines import PERSONAL
from tests.support.old_assessments import record_old_assessment
from tests.support.source_doors import ACT

TODAY = date(2026, 11, 30)
OF_CLOCKS = {"kiosk-clock", "boots-put-right"}
"""Which a simulation has not."""
NOBODY = uuid4()
EMPTY = Pull(None, *EMPTY_HEAD)


def follow(copied: Copied, limit: int = 2_000) -> Pull:
    """What the kiosk asks next."""
    return Pull(copied.unit, copied.upto, copied.chain_upto, copied.since, limit)


def copy_all(log: EventLog, today: date = TODAY, *, limit: int = 2_000, asker: UUID = NOBODY) -> list[CopiedRow]:
    """A whole copy that begins on a day."""
    rows: list[CopiedRow] = []
    pull = msgspec.structs.replace(EMPTY, limit=limit)
    while pull.after < log.head().position:
        copied = read_rows_for(log, asker, pull, today)
        assert not copied.begins_anew
        assert len(copied.rows) <= limit
        rows += copied.rows
        pull = follow(copied, limit)
    return rows


def group_versions(rows: Iterable[CopiedRow]) -> dict[UUID, list[int]]:
    """The versions of each stream, as they came."""
    found = defaultdict[UUID, list[int]](list)
    for row in rows:
        found[row.stream].append(row.version)
    return found


def is_whole(log: EventLog, versions: dict[UUID, list[int]]) -> bool:
    """Whether each stream is there from its first event to its last."""
    return all(found == [*range(1, log.find_version(stream) + 1)] for stream, found in versions.items())


# --- Whole streams ---


@pytest.mark.parametrize("seed", range(20))
def test_a_stream_is_sent_whole_or_not_at_all(home: Home, seed: int) -> None:
    """Whatever the size of the answers, and whatever day it is meanwhile; and each answer proves itself."""
    chance = Random(seed)  # noqa: S311 - the same answers in every run
    today = date(2026, 11, 1) + timedelta(days=chance.randrange(90))
    rows: list[CopiedRow] = []
    pull = msgspec.structs.replace(EMPTY, limit=chance.randrange(1, 40))
    while pull.after < home.log.head().position:
        copied = read_rows_for(home.log, NOBODY, pull, today)
        assert not copied.begins_anew
        prove_copied(CopyCursor(pull.unit, pull.after, pull.chain_after), copied)
        rows += copied.rows
        pull = follow(copied, chance.randrange(1, 40))
        today += timedelta(days=chance.random() < 0.2)

    versions = group_versions(rows)
    assert versions
    assert is_whole(home.log, versions)
    assert [row.position for row in rows] == sorted({row.position for row in rows})


def test_what_decides_a_tap_is_sent_and_nothing_else(home: Home) -> None:
    kinds = {row.topic.partition(".")[0] for row in copy_all(home.log)}

    assert kinds == (SENT_WHOLE | SENT_SINCE.keys()) - OF_CLOCKS
    assert kinds < {row[3].partition(".")[0] for row in home.log.read_rows(limit=10_000)}


def test_visits_and_duties_of_long_ago_are_not_sent(home: Home) -> None:
    kinds = {row.topic.partition(".")[0] for row in copy_all(home.log, date(2028, 1, 1))}

    assert kinds == SENT_WHOLE - OF_CLOCKS


@pytest.mark.parametrize(
    ("today", "since"),
    [
        ("2026-12-31", "2026-12-01"),
        ("2026-12-15", "2026-12-01"),
        ("2026-12-14", "2026-11-30"),
        ("2027-01-01", "2026-12-18"),
    ],
)
def test_a_copy_holds_this_month_and_two_weeks(today: str, since: str) -> None:
    assert choose_since(date.fromisoformat(today)) == date.fromisoformat(since)


# --- Nobody's score, and nobody's name ---


def test_no_score_is_sent_that_an_older_log_holds_beside_the_volunteer(home: Home) -> None:
    ann = home.people.find_id("number-of-ann")
    assert ann
    record_old_assessment(home.log, ann, date(2026, 6, 30), 87.5, ACT)

    (sent,) = [row for row in copy_all(home.log) if row.topic == Volunteer.Assessed.TOPIC]
    assert b"87.5" not in sent.state
    assert msgspec.json.decode(sent.state)["score"] == 0.0
    assert is_whole(home.log, group_versions(copy_all(home.log)))


def test_no_text_about_a_person_is_sent(kiosk: JoinedKiosk) -> None:
    sent = b"".join(row.state for row in kiosk.pull_all()) + msgspec.msgpack.encode(kiosk.ask_names())

    assert [text for text in PERSONAL if text.encode() in sent] == []


def test_names_are_masked_and_sent_where_the_kiosk_lacks_them(home: Home, kiosk: JoinedKiosk) -> None:
    first = kiosk.ask_names()
    assert first.names
    ann = home.people.find_id("number-of-ann")

    assert {name.volunteer_id: name.name for name in first.names}[ann] == "M."  # type: ignore[index]
    assert kiosk.ask_names(first.digest).names is None
    assert kiosk.ask_names(b"other").names == first.names


# --- The asker's own ---


def test_a_kiosk_is_sent_what_others_record_and_not_what_it_sent_itself(
    join: Callable[[], JoinedKiosk],
) -> None:
    north, south = join(), join()
    north.door.tap(3)
    south.door.tap(2)
    north.push()
    south.push()

    assert [row.state for row in north.pull_all() if row.state in {own.state for own in north.door.rows}] == []
    assert [row.state for row in north.copied][-2:] == [own.state for own in south.door.rows]
    assert {north.door.kiosk, south.door.kiosk} & {*north.exchange().kiosks} == {south.door.kiosk}
    assert north.exchange().kiosks[0] == "entrance"


# --- Where it goes on ---


def test_an_answer_goes_on_where_the_last_one_ended(kiosk: JoinedKiosk) -> None:
    whole = [*kiosk.pull_all()]
    kiosk.copied, kiosk.cursor = [], EMPTY

    assert kiosk.pull_all(limit=7) == whole
    assert kiosk.pull().rows == ()


def test_once_the_log_was_restored_its_copies_begin_anew(home: Home, kiosk: JoinedKiosk) -> None:
    kiosk.pull_all()
    renewed = home.log.renew_identity()

    again = kiosk.pull()
    assert (again.begins_anew, again.unit) == (True, renewed)
    assert kiosk.pull().begins_anew is False


def test_a_copy_of_another_log_begins_anew(home: Home, kiosk: JoinedKiosk) -> None:
    copied = kiosk.pull()
    for wrong in (
        {"unit": uuid4()},
        {"unit": None},
        {"since": None},
        {"chain_after": b"x" * 32},
        {"after": home.log.head().position + 1_000},
    ):
        kiosk.cursor = msgspec.structs.replace(follow(copied), **wrong)
        again = kiosk.pull()
        assert again.begins_anew
        assert (again.unit, again.rows) == (home.log.log_id, copied.rows)


@pytest.mark.parametrize(
    ("days", "is_kept"), [(0, True), (1, False), (-LONGEST_PAST.days, True), (-LONGEST_PAST.days - 1, False)]
)
def test_a_copy_begins_anew_once_it_reaches_back_too_far_or_was_begun_on_a_clock_ahead(
    home: Home, days: int, is_kept: bool
) -> None:
    since = choose_since(TODAY) + timedelta(days=days)
    end = home.log.head()
    copied = read_rows_for(home.log, NOBODY, Pull(home.log.log_id, *end, since), TODAY)

    assert copied.begins_anew is not is_kept
    assert copied.since == (since if is_kept else choose_since(TODAY))


def test_the_chain_of_an_answer_is_that_of_the_log_where_it_ends(home: Home) -> None:
    copied = read_rows_for(home.log, NOBODY, msgspec.structs.replace(EMPTY, limit=1), TODAY)

    assert (copied.upto, copied.chain_upto) == (1, home.log.chain_at(1))


def test_what_is_written_behind_the_end_of_an_answer_is_left_to_the_next_one(home: Home) -> None:
    """So an answer never says both that there is more and that nothing of it is for the kiosk."""
    end = home.log.head().position - 1
    copied = read_rows_for(home.log, NOBODY, EMPTY, TODAY, end)
    assert copied.upto == end
    assert read_rows_for(home.log, NOBODY, EMPTY, TODAY).upto == end + 1
