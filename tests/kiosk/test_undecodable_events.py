"""An event that this program cannot read, as people meet it: the door, the desk, the night, the auditor."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from devices.protocols.decoder import CardNumber
from domain.ids import attendance_stream, card_stream, compute_card_token, simulated_volunteer_id, unit_stream
from kiosk.home import Home
from kiosk.home_unit import SIMULATED_KEY
from kiosk.log_messages import MESSAGES
from tests.kiosk.conftest import Apply
from tests.support.home_entrance import ANNS_CARD_NUMBER, LANS_CARD_NUMBER, OFFICE_LINES, HomeEntrance
from tests.support.kiosk_program import line, run_kiosk, run_kiosk_process
from tests.support.undecodable_events import PRIVATE_TEXT, UNKNOWN_TOPIC, insert_undecodable

DAY = "2026-11-19"
ANNS_DAY = attendance_stream(simulated_volunteer_id("V001"), date(2026, 11, 19), "entrance")
ANNS_CARD = card_stream(compute_card_token(SIMULATED_KEY, "A", CardNumber.parse(ANNS_CARD_NUMBER).raw))


@pytest.fixture
def office(simulation: Path, apply: Apply) -> Path:
    """Ann, on the roster from 9 to 12, came at 8:58; Lan, who comes when there is time, at 9:05."""
    came = [line("tap", f"{DAY}T08:58", card=ANNS_CARD_NUMBER), line("tap", f"{DAY}T09:05", card=LANS_CARD_NUMBER)]
    assert apply(simulation, *OFFICE_LINES, *came).err == ""
    return simulation


@pytest.fixture
def entrance(office: Path) -> Iterator[HomeEntrance]:
    with Home.open(office) as home:
        yield HomeEntrance(home)


# --- At the door ---


def test_the_screen_says_that_the_tap_is_on_record_and_no_more(entrance: HomeEntrance) -> None:
    """In or out it cannot know: so it does not say."""
    insert_undecodable(entrance.home.log, ANNS_DAY, UNKNOWN_TOPIC)
    left = entrance.tap("12:00")
    assert (left.state, left.name, left.since) == ("noted", "王〇明", None)
    assert entrance.tap("12:05", LANS_CARD_NUMBER).state == "checked_out"


def test_whose_card_cannot_be_told_sees_no_name(entrance: HomeEntrance) -> None:
    insert_undecodable(entrance.home.log, ANNS_CARD, "card.engraved")
    left = entrance.tap("12:00")
    assert (left.state, left.name) == ("noted", None)


@pytest.mark.parametrize("stream", [unit_stream(), simulated_volunteer_id("V001")])
def test_where_the_tap_is_not_in_doubt_the_screen_is_as_ever(entrance: HomeEntrance, stream: object) -> None:
    insert_undecodable(entrance.home.log, stream, UNKNOWN_TOPIC)  # pyright: ignore[reportArgumentType] - both are ids
    assert (entrance.tap("12:00").state, entrance.tap("12:05", LANS_CARD_NUMBER).state) == (
        "checked_out",
        "checked_out",
    )


# --- For scripts, the coordinator and the auditor ---


@pytest.fixture
def poisoned(office: Path, apply: Apply) -> tuple[Path, int]:
    """The home, and the position of the event that nobody can read; Ann left at 12:05, and it is the next morning."""
    with Home.open(office) as home:
        position = insert_undecodable(home.log, ANNS_DAY, UNKNOWN_TOPIC)
    later = line("record_assessment", "2026-11-20T05:00", volunteer="V001", period_end=DAY, score=80)
    assert apply(office, line("tap", f"{DAY}T12:05", card=ANNS_CARD_NUMBER), later).status == 0
    return office, position


def test_every_read_model_goes_on(poisoned: tuple[Path, int]) -> None:
    home, _ = poisoned
    (duty,) = json.loads(run_kiosk("duties", "--format", "json", "--home", home).out)
    assert (duty["outcome"], duty["credited_minutes"]) == ("attended", 180)
    for command in ("visits", "hours", "absences", "exits", "pending", "presence"):
        assert run_kiosk(command, "--home", home).status == 0


def test_the_replay_names_it_and_does_not_call_that_well(poisoned: tuple[Path, int]) -> None:
    """The views are what follows from the events that can be read; whether from all of them nobody can say."""
    home, position = poisoned
    ended = run_kiosk("replay", "--home", home)
    assert ended.status == 1
    first, last = ended.out.splitlines()[0], ended.out.splitlines()[-1]
    assert (first.startswith("identical"), last) == (
        True,
        f"without event {position} ('{UNKNOWN_TOPIC}'): unknown name",
    )
    told = json.loads(run_kiosk("replay", "--format", "json", "--home", home).out)
    assert (told["identical"], told["quarantine"]) == (
        True,
        [{"event": position, "name": UNKNOWN_TOPIC, "why": "unknown name"}],
    )


THEN = ("--as-of", f"{DAY}T23:59")


@pytest.mark.parametrize(
    "command",
    [
        ("presence", "--muster"),
        ("presence", "--muster", *THEN),
        ("document", "monthly_hours", "month=2026-11", "--output", "hours.html"),
        ("document", "monthly_hours", "month=2026-11", "--output", "hours.html", *THEN),
        ("bundle", "2026", "--only", "monthly_hours", "--output", "year.zip"),
        ("bundle", "2026", "--only", "monthly_hours", "--output", "year.zip", *THEN),
        ("bundle", "--from", DAY, "--to", DAY, "--output", "evidence.zip"),
        ("bundle", "--from", DAY, "--to", DAY, "--output", "evidence.zip", *THEN),
        ("replay", *THEN),
    ],
)
def test_it_is_named_beside_what_is_handed_out_and_beside_each_answer_about_the_past(
    poisoned: tuple[Path, int], command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, position = poisoned
    monkeypatch.chdir(tmp_path)
    ended = run_kiosk(*command, "--home", home)
    sentence = f"without event {position} ('{UNKNOWN_TOPIC}'): unknown name"
    assert (ended.status, ended.err.splitlines().count(sentence), sentence in ended.out) == (0, 1, False)


@pytest.mark.parametrize(
    "command", [("pending",), ("hours", *THEN), ("presence", "--muster"), ("replay",), ("replay", *THEN), ("status",)]
)
def test_in_chinese_it_is_a_record_that_this_program_does_not_know(
    poisoned: tuple[Path, int], command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No card was unread: the reason is said in Chinese, and no reason of English stands beside it."""
    monkeypatch.setenv("LANG", "zh_TW.UTF-8")
    home, position = poisoned
    ended = run_kiosk(*command, "--home", home)
    (shown,) = (one for one in (ended.out + ended.err).splitlines() if "本程式不認得這種紀錄" in one)
    assert (str(position) in shown, "讀不到卡" in shown, "unknown name" in shown) == (True, False, False)


def test_the_report_of_the_night_says_in_chinese_why(poisoned: tuple[Path, int]) -> None:
    home, position = poisoned
    assert run_kiosk("reconcile", "--home", home).status == 0
    report = (home / "reports" / f"{DAY}.zh-TW.txt").read_text(encoding="utf-8")
    assert f"{position}  {UNKNOWN_TOPIC}  本程式不認得這種紀錄" in report


def test_it_is_not_named_beside_an_answer_about_the_time_before(poisoned: tuple[Path, int]) -> None:
    ended = run_kiosk("presence", "--muster", "--as-of", f"{DAY}T08:59", "--home", poisoned[0])
    assert (ended.status, ended.err) == (0, "")


def test_a_saved_statement_is_compared_without_it(poisoned: tuple[Path, int], tmp_path: Path) -> None:
    home, position = poisoned
    saved = tmp_path / "hours.json"
    saved.write_text(run_kiosk("hours", *THEN, "--format", "json", "--home", home).out, encoding="utf-8")
    ended = run_kiosk("replay", *THEN, "--against", saved, "--home", home)
    assert (ended.status, f"without event {position} " in ended.err) == (0, True)


def test_the_chain_is_whole_all_the_same(poisoned: tuple[Path, int]) -> None:
    assert run_kiosk("verify", "--home", poisoned[0]).status == 0


def test_the_day_says_that_something_of_it_cannot_be_read(poisoned: tuple[Path, int]) -> None:
    home, position = poisoned
    ended = run_kiosk("explain", "V001", DAY, "--home", home)
    assert f"an event of this day is unknown to this program: {UNKNOWN_TOPIC}  (event {position})" in ended.out
    told = json.loads(run_kiosk("explain", "V001", DAY, "--format", "json", "--home", home).out)
    assert [one["event"] for one in told["unreadable"]] == [position]
    assert "unreadable" not in json.loads(run_kiosk("explain", "V002", DAY, "--format", "json", "--home", home).out)


def test_the_difference_between_two_instants_can_be_asked(poisoned: tuple[Path, int]) -> None:
    asked = ("--as-of", f"{DAY}T09:00", "--as-of", f"{DAY}T13:00")
    assert run_kiosk("difference", *asked, "--home", poisoned[0]).status == 0


def test_the_night_settles_the_day_and_says_it_in_its_report(poisoned: tuple[Path, int]) -> None:
    home, position = poisoned
    assert run_kiosk("reconcile", "--home", home).status == 0
    report = json.loads((home / "reports" / f"{DAY}.json").read_text(encoding="utf-8"))
    assert [one["event"] for one in report["needs_a_person"]["unreadable"]] == [position]
    assert "Events that this program cannot read" in (home / "reports" / f"{DAY}.en.txt").read_text(encoding="utf-8")


def test_the_messages_get_one_line_and_nothing_of_what_it_says(poisoned: tuple[Path, int]) -> None:
    """Whichever program meets it, and on no screen."""
    home, position = poisoned
    first = run_kiosk_process("visits", "--home", home)
    assert (first.status, first.err) == (0, "")
    assert run_kiosk_process("visits", "--home", home).status == 0
    messages = (home / MESSAGES).read_text(encoding="utf-8")
    assert messages.count(f"in quarantine: event {position} ('{UNKNOWN_TOPIC}'): unknown name\n") == 1
    assert PRIVATE_TEXT not in messages


def test_a_coordinator_can_still_correct_that_day(office: Path, apply: Apply) -> None:
    """Which is what the day needs most."""
    with Home.open(office) as home:
        insert_undecodable(home.log, ANNS_DAY, UNKNOWN_TOPIC)
        insert_undecodable(home.log, simulated_volunteer_id("V001"), "volunteer.blessed")
    closed = line(
        "close_visit",
        f"{DAY}T13:00",
        volunteer="V001",
        check_in=f"{DAY}T08:58",
        check_out=f"{DAY}T12:00",
        reason="she was there",
        by="林主任",
    )
    assert apply(office, closed).err == ""
