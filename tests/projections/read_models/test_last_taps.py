"""Read model: the last taps, as they were answered, and the last news of each kiosk."""

from datetime import date
from uuid import UUID

from domain.model.attendance import Attendance, TapEvent
from projections.read_models.last_taps import LAST_TAP_DAYS, OUTCOMES, find_last_tap_by_kiosk, list_last_taps
from tests.support.office import Office
from tests.support.people import ANN, BEN, CAT, local_second

DAY = "2026-11-19"
TODAY = date(2026, 11, 19).toordinal()
UNKNOWN = "0" * 32


def told(office: Office, now: str = "23:00", count: int = 30) -> list[tuple[UUID | None, str]]:
    rows = list_last_taps(office.current_views(), office.log, TODAY, local_second(f"{DAY} {now}"), count)
    return [(row.volunteer, row.outcome) for row in rows]


def test_each_tap_says_what_the_person_was_told(office: Office) -> None:
    """The latest first; a card that nobody knows names nobody."""
    office.tap(ANN, f"{DAY} 09:00")
    office.tap(ANN, f"{DAY} 09:00:20")
    office.tap(BEN, f"{DAY} 09:01", direction="out")
    office.tap(UNKNOWN, f"{DAY} 09:02")
    office.tap(ANN, f"{DAY} 12:00")
    office.at(f"{DAY} 12:01").revoke(CAT)
    office.tap(CAT, f"{DAY} 12:02")
    assert [outcome for _, outcome in told(office)] == [
        "revoked_card",
        "checked_out",
        "unknown_card",
        "unmatched",
        "repeated",
        "checked_in",
    ]
    assert told(office)[2] == (None, "unknown_card")
    assert told(office, count=1) == told(office)[:1]


def test_every_kind_of_tap_that_was_not_refused_has_an_outcome() -> None:
    kinds = [kind for kind in vars(Attendance).values() if isinstance(kind, type) and issubclass(kind, TapEvent)]
    assert OUTCOMES.keys() == {vars(kind)["TOPIC"] for kind in kinds if "TOPIC" in vars(kind)}


def test_a_correction_does_not_change_what_was_told(office: Office) -> None:
    office.tap(ANN, f"{DAY} 09:00")
    office.at(f"{DAY} 10:00").void_visit(ANN, f"{DAY} 09:00")
    assert told(office) == [(ANN, "checked_in")]


def test_taps_of_this_service_day_and_the_last_are_shown_and_no_later_ones(office: Office) -> None:
    """Decision 8: a day ends at 04:00."""
    office.tap(ANN, "2026-11-18 03:59:59")
    office.tap(BEN, "2026-11-18 04:00:00")
    office.tap(CAT, f"{DAY} 09:00")
    assert told(office, "09:00") == [(CAT, "checked_in"), (BEN, "checked_in")]
    assert told(office, "08:59:59") == [(BEN, "checked_in")]


def test_the_last_news_of_a_kiosk_is_its_last_tap_refused_or_not(office: Office) -> None:
    office.tap(ANN, f"{DAY} 09:00")
    office.tap(UNKNOWN, f"{DAY} 09:05")
    office.tap(BEN, f"{DAY} 08:00", door=office.side_door())
    heard = find_last_tap_by_kiosk(office.current_views(), TODAY, local_second(f"{DAY} 10:00"))
    assert heard == {"entrance": local_second(f"{DAY} 09:05"), "side": local_second(f"{DAY} 08:00")}


def test_news_is_looked_for_two_weeks_back(office: Office) -> None:
    office.tap(ANN, "2026-11-05 09:00")
    now = local_second(f"{DAY} 10:00")
    last_day = date(2026, 11, 5).toordinal() + LAST_TAP_DAYS - 1
    assert list(find_last_tap_by_kiosk(office.current_views(), last_day, now)) == ["entrance"]
    assert list(find_last_tap_by_kiosk(office.current_views(), last_day + 1, now)) == []
