"""The story of a day says what the roster says: whatever comes up on the one is in the other, at the same second."""

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.spans import Second
from projections.playback.initial_state import load_timeline
from projections.playback.log_range import LogRange
from projections.playback.seekable_views import SeekableViews, seekable_views
from projections.playback.timeline import Timeline
from projections.projectors.unit_rules import read_unit
from projections.read_models.live_roster import LiveRoster, build_live_roster
from tests.faults.result_table import LONG
from tests.projections.engine.test_as_of import try_
from tests.projections.playback.test_seekable_views import DAY, DAYS, stretch
from tests.support.office import Office
from tests.support.people import ANN, BEN, CAT, NOTE, local_second

TODAY = "2026-11-19"
LATEST = 20 * 60
"""Minutes of the day: everything happens before eight in the evening."""
HAPPENINGS: tuple[Callable[[Office], object], ...] = (
    *(lambda office, who=who: office.tap(who) for who in (ANN, BEN, CAT)),
    *(lambda office, who=who: office.tap(who, direction="in") for who in (ANN, BEN)),
    lambda office: office.tap(ANN, direction="out"),
    lambda office: office.request_leave("PM", BEN),
    lambda office: office.withdraw_leave("PM", BEN),
    lambda office: office.swap("PM", BEN, CAT),
    lambda office: office.excuse_absence("AM", ANN),
    lambda office: office.assign("PM", ANN),
    lambda office: office.unassign("PM", BEN),
    lambda office: office.cancel_shift("PM"),
    lambda office: office.change_shift("PM", f"{TODAY} 15:00", "17:30"),
    lambda office: office.change_shift("LATER", f"{TODAY} 18:00", "20:00"),
    lambda office: office.schedule_event("Fair", f"{TODAY} 08:00", "20:00", CAT),
    lambda office: office.schedule_shift("EXTRA", f"{TODAY} 16:00", "18:00", CAT),
    lambda office: office.void_visit(ANN, f"{TODAY} 09:00"),
    lambda office: office.add_visit(BEN, f"{TODAY} 14:10", "16:00"),
    lambda office: office.desk.add_arrival(CAT, office.act.at, NOTE, office.act),
    lambda office: office.add_arrival(BEN, f"{TODAY} 14:20"),
    lambda office: office.close_visit(ANN, f"{TODAY} 09:00", "11:00"),
)


@settings(max_examples=120 if LONG else 15, deadline=None)
@given(st.lists(st.tuples(st.integers(6 * 60, LATEST), st.sampled_from(HAPPENINGS)), max_size=10))
def test_everything_that_comes_up_on_the_roster_is_in_the_story(
    happenings: list[tuple[int, Callable[[Office], object]]],
) -> None:
    with TemporaryDirectory() as folder:
        office = Office(Path(folder), ANN, BEN, CAT)
        office.at("2026-11-01 08:00").schedule_shift("AM", f"{TODAY} 09:00", "12:00", ANN)
        office.schedule_shift("PM", f"{TODAY} 14:00", "17:00", BEN)
        office.schedule_shift("LATER", "2026-11-20 14:00", "17:00", BEN)
        office.tap(ANN, f"{TODAY} 09:00")
        for minute, happens in sorted(happenings, key=lambda happening: happening[0]):
            office.at(f"{TODAY} {minute // 60:02d}:{minute % 60:02d}")
            try_(happens, office)
        over = stretch(office)
        with seekable_views(office.log, over, DAYS) as views:
            views.seek(over.first)
            told = load_timeline(views, office.log, over, DAY)
            assert said(told) == _shown(office, views, over)
        office.close_down()


Said = tuple[Second, str, object, object]


def said(told: Timeline) -> list[Said]:
    """What a roster can show of a story."""
    of_roster = (
        m for m in told.entries if m.kind not in ("refused", "unmatched") and m.at < local_second(f"{TODAY} 23:00")
    )
    return sorted({_said(m.at, m.kind, m.slot and m.slot.shift, m.volunteer) for m in of_roster})


def _said(at: Second, kind: str, shift: str | None, who: UUID | None) -> Said:
    return at, kind, shift or "", str(who or "")


def _shown(office: Office, views: SeekableViews, over: LogRange) -> list[Said]:
    """Whatever is wrong on the roster that was not wrong the instant before, at every instant of change."""
    changes = {event.at for event in over.events} | {
        local_second(f"{TODAY} {hour:02d}:00") + s for hour in range(9, 23) for s in (0, 601, 1800, 2401)
    }
    before: set[tuple[str, str | None, UUID | None]] = set()
    shown: list[Said] = []
    for at in sorted(changes):
        views.seek(at)
        unit = read_unit(office.log, at)
        now = set(_wrongs(build_live_roster(views, office.log, unit.days, unit.policies, at), at))
        shown += [_said(at, *wrong) for wrong in now - before]
        before = now
    return sorted(set(shown))


def _wrongs(roster: LiveRoster, at: Second) -> Iterator[tuple[str, str | None, UUID | None]]:
    for slot in roster.uncovered:
        if slot.start <= at:
            yield "uncovered", slot.shift, None
    for entry in roster.entries:
        shift = entry.slot and entry.slot.shift
        if entry.late_minutes and entry.state != "late":
            yield "late", shift, entry.volunteer
        if entry.state == "absent":
            yield "absent", shift, entry.volunteer
        if entry.state == "no_check_out":
            yield "forgotten", None, entry.volunteer
        if (entry.state, entry.kind) == ("here", "unplanned"):
            yield "without_duty", None, entry.volunteer
