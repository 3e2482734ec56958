"""The controller on a real home: the answer of the door, with what the home holds of the volunteer and their day."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from domain.calendar import TAIPEI
from kiosk.entrance.service import NextAward, TapResult
from kiosk.home import Home
from tests.kiosk.conftest import Apply
from tests.support.home_entrance import (
    ANNS_CARD_NUMBER,
    LANS_CARD_NUMBER,
    NAMELESS_CARD_NUMBER,
    OFFICE_LINES,
    UNKNOWN_CARD_NUMBER,
    HomeEntrance,
)
from tests.support.kiosk_program import SCHEDULE_ANNS_SHIFT, line
from tests.support.people import local_time


@pytest.fixture
def office(simulation: Path, apply: Apply) -> Path:
    """The folder of a home in which the people of this file serve."""
    assert apply(simulation, *OFFICE_LINES).err == ""
    return simulation


@pytest.fixture
def entrance(office: Path) -> Iterator[HomeEntrance]:
    with Home.open(office) as home:
        yield HomeEntrance(home)


@pytest.fixture
def after(office: Path, apply: Apply) -> Iterator[Callable[..., HomeEntrance]]:
    """The entrance after some lines were applied."""
    homes: list[Home] = []

    def opened(*lines: dict[str, object]) -> HomeEntrance:
        assert apply(office, *lines).err == ""
        homes.append(Home.open(office))
        return HomeEntrance(homes[0])

    yield opened
    for home in homes:
        home.close()


# --- In and out ---


def test_an_arrival_shows_the_masked_name_the_duty_and_local_time(entrance: HomeEntrance) -> None:
    assert entrance.tap("08:55") == TapResult(
        "checked_in",
        datetime(2026, 11, 19, 8, 55, tzinfo=TAIPEI),
        name="王〇明",
        since=datetime(2026, 11, 19, 8, 55, tzinfo=TAIPEI),
        duty="櫃台",
        today_minutes=0,
        month_minutes=0,
    )


def test_a_departure_shows_what_the_day_and_the_month_have_come_to(entrance: HomeEntrance) -> None:
    entrance.tap("2026-11-18 09:00", LANS_CARD_NUMBER)
    entrance.tap("2026-11-18 10:30", LANS_CARD_NUMBER)
    entrance.tap("09:00", LANS_CARD_NUMBER)
    left = entrance.tap("11:00:59", LANS_CARD_NUMBER)
    assert (left.state, left.today_minutes, left.month_minutes) == ("checked_out", 120, 210)
    assert left.since == datetime(2026, 11, 19, 9, tzinfo=TAIPEI)
    assert left.remarks == ()


def test_a_second_tap_shows_the_year_once_the_unit_has_decided_so(after: Callable[..., HomeEntrance]) -> None:
    """R-125: after 150 minutes in October and 90 in November."""
    policy = line("adopt_policy", "2026-11-18T08:30", effective_from="2026-11-19", show_own_hours=True)
    entrance = after(policy)
    for at in ("2025-12-31 09:00", "2025-12-31 11:00", "2026-10-05 09:00", "2026-10-05 11:30"):
        entrance.tap(at, LANS_CARD_NUMBER)
    for at in ("2026-11-18 09:00", "2026-11-18 10:30"):
        entrance.tap(at, LANS_CARD_NUMBER)
    assert entrance.tap("2026-11-18 10:30:30", LANS_CARD_NUMBER).year_minutes is None
    entrance.tap("09:00", LANS_CARD_NUMBER)
    again = entrance.tap("09:00:30", LANS_CARD_NUMBER)
    assert (again.state, again.month_minutes, again.year_minutes) == ("already", 90, 240)


def test_a_second_tap_says_how_many_hours_lack_to_the_next_award(after: Callable[..., HomeEntrance]) -> None:
    """R-125: 3 of 150 hours to the certificate, and 297 attested of 300 to the card, whose three years end in 2027."""
    policy = line("adopt_policy", "2026-11-18T08:30", effective_from="2026-11-19", show_own_hours=True)
    paper = {"volunteer": "V002", "document": "紀錄冊", "by": "lin", "from": "2024-01-10", "to": "2026-10-31"}
    entrance = after(policy, line("attest_hours", "2026-11-18T08:31", hours=296, unit="圖書館", **paper))
    entrance.tap("2026-11-18 09:00", LANS_CARD_NUMBER)
    entrance.tap("2026-11-18 10:30", LANS_CARD_NUMBER)
    assert entrance.tap("09:00", LANS_CARD_NUMBER).next_award is None
    again = entrance.tap("09:00:30", LANS_CARD_NUMBER)
    assert again.next_award == NextAward("志願服務榮譽卡", 150, date(2027, 1, 10))


def test_a_duty_without_a_post_shows_its_times(after: Callable[..., HomeEntrance]) -> None:
    shift = {**SCHEDULE_ANNS_SHIFT, "shift": "S2", "start": "2026-11-20T13:30", "end": "2026-11-20T16:30"}
    assert after(shift).tap("2026-11-20 13:25").duty == "13:30-16:30"


# --- Remarks: a boundary is a pair ---


@pytest.mark.parametrize(
    ("at", "remarks", "minutes_off"),
    [
        ("08:29:59", ("early",), 30),
        ("08:30:00", (), 0),
        ("09:10:00", (), 0),
        ("09:10:01", ("late",), 10),
        ("09:25:30", ("late",), 25),
    ],
)
def test_an_early_or_late_arrival_shows_by_how_much(
    entrance: HomeEntrance, at: str, remarks: tuple[str, ...], minutes_off: int
) -> None:
    arrived = entrance.tap(at)
    assert (arrived.state, arrived.remarks, arrived.minutes_off) == ("checked_in", remarks, minutes_off)


def test_a_return_from_a_break_is_not_late(entrance: HomeEntrance) -> None:
    """As `kiosk duties` says: lateness is that of the first arrival."""
    entrance.tap("08:55")
    entrance.tap("10:00")
    assert entrance.tap("10:30").remarks == ()


def test_a_late_arrival_is_remarked_once(entrance: HomeEntrance) -> None:
    assert entrance.tap("09:20").remarks == ("late",)
    entrance.tap("10:00")
    assert entrance.tap("10:30").remarks == ()


@pytest.mark.parametrize(("card", "remarks"), [(NAMELESS_CARD_NUMBER, ("off_roster",)), (LANS_CARD_NUMBER, ())])
def test_presence_without_a_duty_is_remarked_only_where_it_needs_one(
    entrance: HomeEntrance, card: str, remarks: tuple[str, ...]
) -> None:
    """R-024: a rostered volunteer needs a duty, a flexible one does not."""
    assert entrance.tap("09:00", card).remarks == remarks


@pytest.mark.parametrize(
    ("listed", "at", "remarks"),
    [
        (None, "13:59:59", ()),
        (None, "14:00:00", ("off_roster",)),
        (["V003"], "13:00", ()),
        (["V001"], "13:00", ("off_roster",)),
    ],
)
def test_presence_at_an_event_needs_no_duty(
    after: Callable[..., HomeEntrance], listed: list[str] | None, at: str, remarks: tuple[str, ...]
) -> None:
    """R-023: an event is for everybody, or for those listed."""
    event = {"start": "2026-11-19T13:00", "end": "2026-11-19T14:00", **({"volunteers": listed} if listed else {})}
    arrived = after(line("schedule_event", "2026-11-01T09:00", event="E1", **event)).tap(at, NAMELESS_CARD_NUMBER)
    assert arrived.remarks == remarks


def test_a_forgotten_departure_is_remarked_first(entrance: HomeEntrance) -> None:
    entrance.tap("2026-11-18 09:00")
    assert entrance.tap("09:20").remarks == ("forgot_last_time", "late")


# --- A tap that changes nothing ---


@pytest.mark.parametrize(("arrived", "counts_again"), [("08:55:00", "08:56"), ("08:55:01", "08:57")])
def test_a_second_tap_says_when_the_next_one_counts_rounded_up_to_the_minute(
    entrance: HomeEntrance, arrived: str, counts_again: str
) -> None:
    entrance.tap(arrived)
    again = entrance.tap("08:55:30")
    assert (again.state, _read_earlier(again)) == ("already", ("checked_in", arrived, f"{counts_again}:00"))
    assert entrance.tap(counts_again).state == "checked_out"


def test_a_second_tap_after_a_departure_quotes_the_departure(entrance: HomeEntrance) -> None:
    entrance.tap("08:55")
    entrance.tap("12:00:10")
    assert _read_earlier(entrance.tap("12:00:30")) == ("checked_out", "12:00:10", "12:02:00")
    assert _read_earlier(entrance.tap("12:01:09")) == ("checked_out", "12:00:10", "12:02:00")
    assert entrance.tap("12:01:10").state == "checked_in"


def _read_earlier(result: TapResult) -> tuple[str, str, str] | None:
    return result.earlier and (
        result.earlier.outcome,
        f"{result.earlier.at:%H:%M:%S}",
        f"{result.earlier.counts_again_at:%H:%M:%S}",
    )


def test_a_departure_without_an_arrival_is_unmatched_at_a_reader_for_leaving(office: Path) -> None:
    settings = office / "kiosk.toml"
    reader = '\n[[reader]]\nname = "exit"\nport = "/dev/x"\nprofile = "rdm6300"\ndirection = "out"\n'
    settings.write_text(settings.read_text(encoding="utf-8") + reader, encoding="utf-8")
    with Home.open(office) as home:
        door = HomeEntrance(home)
        unmatched = door.tap("09:00", reader="exit")
        assert (unmatched.state, unmatched.name, unmatched.since) == ("unmatched", "王〇明", None)
        assert door.tap("09:00:01", reader="entrance").state == "checked_in"


# --- Refused ---


@pytest.mark.parametrize(
    ("card", "state"),
    [
        (UNKNOWN_CARD_NUMBER, "unknown_card"),
        ("A:08A2B3C4", "phone_card"),
        ("A:88A2B3C4", "unknown_card"),
        ("A:07A2B3C4", "unknown_card"),
        ("A:08A2B3C4D5E680", "unknown_card"),
    ],
)
def test_a_card_that_nobody_holds_is_unknown_and_a_number_drawn_at_random_is_a_phone(
    entrance: HomeEntrance, card: str, state: str
) -> None:
    """NXP AN10927: four bytes that begin with 08 change at every use; 88 was cut short by the reader."""
    refused = entrance.tap("09:00", card)
    assert (refused.state, refused.name, refused.today_minutes) == (state, None, None)


@pytest.mark.parametrize(
    ("change", "state", "name"),
    [
        (line("revoke_card", "2026-11-18T09:00", card=ANNS_CARD_NUMBER, reason="lost"), "revoked_card", None),
        (line("suspend", "2026-11-18T09:00", volunteer="V001", from_="2026-11-18"), "suspended", "王〇明"),
        (
            line("end_agreement", "2026-11-18T09:00", volunteer="V001", on="2026-11-18", reason="moved away"),
            "agreement_ended",
            "王〇明",
        ),
    ],
)
def test_a_refusal_says_which_and_to_whom(
    after: Callable[..., HomeEntrance], change: dict[str, object], state: str, name: str | None
) -> None:
    refused = after(change).tap("09:00")
    assert (refused.state, refused.name, refused.remarks) == (state, name, ())


def test_what_is_no_card_is_written_down_as_unreadable(entrance: HomeEntrance) -> None:
    entrance.home.set_clock(local_time("2026-11-19 09:00"))
    assert entrance.controller.record_unreadable("door") == TapResult(
        "unreadable", datetime(2026, 11, 19, 9, tzinfo=TAIPEI)
    )
    assert entrance.stored_names[-1] == "refused-taps.tap-refused"


def test_a_code_of_no_card_of_ours_is_written_down_as_an_unknown_card(entrance: HomeEntrance) -> None:
    entrance.home.set_clock(local_time("2026-11-19 09:00"))
    assert entrance.controller.record_unreadable("door", foreign=True).state == "unknown_card"
    assert entrance.stored_names[-1] == "refused-taps.tap-refused"


# --- To whom ---


def test_a_volunteer_is_addressed_in_their_language_and_by_the_masked_name(entrance: HomeEntrance) -> None:
    lan = entrance.tap("09:00", LANS_CARD_NUMBER)
    assert (lan.language, lan.name) == ("vi", "N. T. L.")


def test_a_volunteer_without_name_and_language_is_addressed_in_chinese(entrance: HomeEntrance) -> None:
    nameless = entrance.tap("09:00", NAMELESS_CARD_NUMBER)
    assert (nameless.language, nameless.name) == ("zh-TW", None)


def test_a_unit_may_show_the_surname_alone(office: Path) -> None:
    settings = office / "kiosk.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("surname-and-last", "surname-only"), encoding="utf-8"
    )
    with Home.open(office) as home:
        assert HomeEntrance(home).tap("09:00").name == "王〇〇"


# --- The clock ---


def test_the_screen_shows_local_time_of_a_trusted_clock(entrance: HomeEntrance) -> None:
    entrance.home.set_clock(local_time("2026-11-19 08:55"))
    assert entrance.controller.now().isoformat() == "2026-11-19T08:55:00+08:00"
    assert entrance.controller.is_clock_trusted()
