"""The home of a kiosk with a hub: it records in its own log, and reads what the hub sent beside it."""

import re
import shutil
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.ids import (
    attendance_stream,
    boots_put_right_stream,
    card_stream,
    corrections_stream,
    refused_taps_stream,
    simulated_volunteer_id,
    unit_stream,
)
from domain.log.errors import WrittenAtHub
from domain.log.sqlite_recorder import SQLiteRecorder
from domain.model.streams import StreamKey
from domain.model.visits import DESK
from domain.use_cases.unit_rules import UnitRules
from kiosk.errors import SettingsError, UserError
from kiosk.home import Home
from kiosk.home_files import JOINED_FILE, write_private
from kiosk.joined_home.hub_settings import HubSettings, find_wrong_hub
from kiosk.joined_home.sync_state import SyncState, save_sync_state
from kiosk.joined_home.unit_copy import COPY_FILE
from kiosk.sync.kiosk_home import make_kiosk_home, prepare_kiosk_home
from kiosk.wire_protocol.messages import JoinAnswer
from projections.read_models.visits import list_visits
from tests.support.full_disk import full_disk
from tests.support.joined_kiosk import ADDRESS, ANN, BEN, STRANGER, join, send, take, tap
from tests.support.kiosk_program import run_kiosk
from tests.support.people import act, local_second

ACT = act("2026-11-19 08:00")
ANN_ID, DAY = simulated_volunteer_id("V001"), date(2026, 11, 19)
NINE, TEN = "2026-11-19 09:00", "2026-11-19 10:00"


def test_a_tap_is_recorded_in_the_own_log_alone_and_read_beside_what_the_hub_sent(side: Path, unit: Home) -> None:
    with Home.open(side) as home:
        answer = tap(home, ANN, NINE)
        assert (answer.outcome, answer.event, home.log.own.head().position) == ("checked_in", 1, 1)
        assert home.log.head().position == unit.log.head().position + 1
        assert home.log.verify().events == 1
        home.views.catch_up(local_second(TEN))
        assert [row.kiosk for row in list_visits(home.views)] == ["side"]


def test_who_has_come_in_at_another_kiosk_goes_out_at_this_one(side: Path, unit: Home) -> None:
    assert tap(unit, ANN, NINE).outcome == "checked_in"
    with Home.open(side) as home:
        send(side, unit)  # another process copies while the entrance is open
        assert tap(home, ANN, TEN).outcome == "checked_out"
        assert tap(home, BEN, TEN).outcome == "checked_in"


@pytest.mark.parametrize("is_adopted_again", [False, True])
def test_a_door_goes_by_the_policies_of_the_copy_that_was_made_anew(
    side: Path, unit: Home, tmp_path: Path, *, is_adopted_again: bool
) -> None:
    """The hub was restored while the entrance of the kiosk is open: what the restore lost counts no more."""
    backup = shutil.copytree(unit.path, tmp_path / "backup")
    an_hour, other = {"debounce_seconds": 3_600}, {"grace_minutes_in": 7}
    unit.desk.adopt_policy(date(2026, 1, 1), other if is_adopted_again else an_hour, ACT)
    send(side, unit)
    with Home.open(side) as home, Home.open(backup) as restored:
        tap(home, BEN, NINE)
        restored.log.renew_identity()
        if is_adopted_again:
            restored.desk.adopt_policy(date(2026, 1, 1), an_hour, ACT)
        send(side, restored, begins_anew=True)
        tap(home, ANN, NINE)
        assert tap(home, ANN, "2026-11-19 09:30").outcome == ("duplicate" if is_adopted_again else "checked_out")


def test_each_stream_is_looked_up_where_it_is_written_and_the_answers_keep_their_order(side: Path, unit: Home) -> None:
    """The own streams of a kiosk in its log, those of the desk and of other kiosks in the copy."""
    tap(unit, ANN, NINE)
    with Home.open(side) as home:
        send(side, unit)
        tap(home, ANN, TEN)
        here, there = (StreamKey(attendance_stream(ANN_ID, DAY, kiosk), kiosk) for kiosk in ("side", unit.place.kiosk))
        keys = [there, StreamKey(corrections_stream(ANN_ID, DAY)), here, StreamKey(unit_stream()), there]
        with home.log.writing():
            assert home.log.find_versions(keys) == [1, 0, 1, unit.log.find_version(unit_stream()), 1]


def test_a_kiosk_that_joins_while_the_entrance_is_open_counts_from_its_first_tap_on(
    side: Path, unit: Home, tmp_path: Path
) -> None:
    with Home.open(side) as home, Home.open(join(tmp_path / "third", unit, "third")) as third:
        assert tap(home, STRANGER, NINE).reason == "unknown_card"
        send(third.path, unit)
        assert tap(third, ANN, NINE).outcome == "checked_in"
        take(unit, third)
        send(side, unit)
        assert home.place.list_all() == ("side", "entrance")
        save_sync_state(side, SyncState(kiosks=("entrance", "third")))
        assert home.place.list_all() == ("side", "entrance", "third")
        assert tap(home, ANN, TEN).outcome == "checked_out"


def test_a_stream_is_looked_up_in_the_one_log_that_its_writer_writes_to(side: Path, unit: Home) -> None:
    """What this kiosk writes in the own log, everything else in the copy, whether it is found there or not."""
    with Home.open(side) as home:
        own, copied = note_streams(home.log.own._recorder), home.log._copied._reader._copy.use(note_streams)
        assert tap(home, ANN, NINE).outcome == "checked_in"
        assert tap(home, STRANGER, NINE).reason == "unknown_card"
        assert {attendance_stream(ANN_ID, DAY, "side"), boots_put_right_stream("side", "side", DAY)} <= own
        assert refused_taps_stream("side", DAY) in own
        assert {unit_stream(), ANN_ID, boots_put_right_stream(DESK, "side", DAY)} <= copied
        assert attendance_stream(ANN_ID, DAY, "entrance") in copied
        assert own & copied == set()


def test_a_stream_of_which_only_the_id_is_known_is_found_in_either_log(side: Path, unit: Home) -> None:
    with Home.open(side) as home:
        tap(home, ANN, NINE)
        mine, nobody = attendance_stream(ANN_ID, DAY, "side"), attendance_stream(ANN_ID, DAY, "third")
        assert [home.log.find_version(stream) for stream in (mine, unit_stream(), nobody)] == [1, 2, 0]
        assert [len(home.log.read_stream(stream)) for stream in (mine, unit_stream(), nobody)] == [1, 2, 0]


def test_a_tap_looks_up_five_streams_where_nothing_was_written_since_the_last(side: Path, unit: Home) -> None:
    """The card, the volunteer, the taps at the own kiosk, the corrections of the day and of the one before.

    Of another kiosk its taps besides. That neither rules nor kiosks nor clocks have changed is one query a log.
    """
    with Home.open(side) as home:
        tap(home, BEN, NINE)
        own, copied = note_streams(home.log.own._recorder), home.log._copied._reader._copy.use(note_streams)
        assert tap(home, ANN, TEN).outcome == "checked_in"
        assert own == {attendance_stream(ANN_ID, DAY, "side")}
        assert copied == {
            card_stream(home.derive_token(ANN)),
            ANN_ID,
            *(corrections_stream(ANN_ID, day) for day in (DAY, DAY - timedelta(days=1))),
            attendance_stream(ANN_ID, DAY, "entrance"),
        }


def note_streams(recorder: SQLiteRecorder) -> set[UUID]:
    """The streams that are looked up in a log from now on."""
    seen = set[UUID]()
    with recorder.store.get_connection(commit=False) as connection:
        connection._sqlite_conn.set_trace_callback(
            lambda query: seen.update(
                map(UUID, re.findall(r"originator_id = '(\w+)'", query) if query.startswith("SELECT") else ())
            )
        )
    return seen


def test_what_is_recorded_at_the_hub_cannot_be_recorded_at_a_kiosk(side: Path) -> None:
    with Home.open(side) as home:
        unit = UnitRules(home.log).load().unit
        unit.import_calendar(2026, "file", [], ACT)
        with pytest.raises(WrittenAtHub):
            home.log.append(unit)
        assert home.log.own.head().position == 0


def test_a_kiosk_goes_on_when_its_copy_is_gone_and_knows_the_cards_when_it_is_back(side: Path, unit: Home) -> None:
    with Home.open(side) as home:
        assert tap(home, ANN, NINE).outcome == "checked_in"
        (side / COPY_FILE).unlink()
        assert tap(home, ANN, TEN).reason == "unknown_card"
        send(side, unit)
        assert tap(home, ANN, "2026-11-19 11:00").outcome == "checked_out"
        assert [entry.event.__class__.__name__ for entry in home.log.own.read_entries()] == [
            "CheckedIn",
            "TapRefused",
            "CheckedOut",
        ]


def test_a_kiosk_without_any_copy_opens_in_the_zone_that_it_joined_in(unit: Home, tmp_path: Path) -> None:
    path = join(tmp_path / "new", unit)
    with Home.open(path) as home:
        assert (home.zone, home.simulation, tap(home, ANN, NINE).reason) == (unit.zone, True, "unknown_card")


# --- Its settings ---


def test_a_kiosk_keeps_the_name_that_it_was_given(side: Path) -> None:
    settings = side / "kiosk.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('"side"', '"front"'), encoding="utf-8")
    with pytest.raises(SettingsError, match="joined its hub as 'side'"):
        Home.open(side)


@pytest.mark.parametrize(
    ("address", "complaint"),
    [
        ("https://hub.example:8443", None),
        ("https://[::1]:8443/", None),
        ("http://127.0.0.1:8080", None),
        ("http://localhost", None),
        ("http://hub.example", "encrypted"),
        ("hub.example:8443", "no address"),
        ("ftp://hub.example", "no address"),
        ("https://", "no address"),
        ("https://hub.example:99999", "no address"),
        ("https://kiosk:secret@hub.example", "no address"),
        ("https://hub.example/v1", "no address"),
        ("https://hub example", "no address"),
        ("https://hub..example:8443", "no address"),
        (f"https://{'a' * 63}.example", None),
        (f"https://{'a' * 64}.example", "no address"),
    ],
)
def test_the_address_of_a_hub_is_encrypted_or_on_the_same_machine(address: str, complaint: str | None) -> None:
    found = find_wrong_hub(address)
    assert found is None if complaint is None else complaint in (found or "")


def test_a_wrong_address_is_refused_with_its_line(side: Path) -> None:
    settings = side / "kiosk.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("https", "http"), encoding="utf-8")
    with pytest.raises(SettingsError, match=r"kiosk.toml:\d+: .*encrypted"):
        Home.open(side)


# --- Joining, cut short anywhere ---


def test_a_join_that_was_cut_short_goes_on_with_the_same_key_and_log(unit: Home, tmp_path: Path) -> None:
    path = tmp_path / "new"
    first, again = prepare_kiosk_home(path), prepare_kiosk_home(path)
    assert (first.log_id, first.key.public) == (again.log_id, again.key.public)
    assert run_kiosk("presence", "--home", path).status == 2
    answer = JoinAnswer(unit.log.log_id, "new", "Asia/Taipei", True, (unit.path / "site.key").read_bytes(), ())
    hub = HubSettings(ADDRESS, unit.log.log_id)
    make_kiosk_home(path, hub, answer)
    (path / JOINED_FILE).unlink()  # killed just before the end
    with pytest.raises(UserError, match="run `kiosk join` again"):
        Home.open(path)
    make_kiosk_home(path, hub, answer)
    with Home.open(path) as home:
        assert (home.log.own.log_id, home.place.kiosk) == (first.log_id, "new")
    with pytest.raises(UserError, match="joined already"):
        prepare_kiosk_home(path)


def test_a_join_that_a_full_disk_cut_short_leaves_no_part_of_a_people_store(unit: Home, tmp_path: Path) -> None:
    path, key = tmp_path / "new", (unit.path / "site.key").read_bytes()
    prepare_kiosk_home(path)
    answer = JoinAnswer(unit.log.log_id, "new", "Asia/Taipei", True, key, ())
    write_private(path / "site.key", key)
    with full_disk(), pytest.raises(UserError):
        make_kiosk_home(path, HubSettings(ADDRESS, unit.log.log_id), answer)
    assert not (path / "people.db").exists()
    make_kiosk_home(path, HubSettings(ADDRESS, unit.log.log_id), answer)
    with Home.open(path) as home:
        assert home.people.find_actor("lin") is None
    assert [file.name for file in path.iterdir() if file.name.startswith(".")] == []


def test_a_kiosk_toml_that_is_there_already_is_kept(unit: Home, tmp_path: Path) -> None:
    path = tmp_path / "new"
    path.mkdir(mode=0o700)
    (path / "kiosk.toml").write_text('kiosk = "north"\nmasking = "surname-only"\n', encoding="utf-8")
    prepare_kiosk_home(path)
    answer = JoinAnswer(unit.log.log_id, "south", "Asia/Taipei", True, (unit.path / "site.key").read_bytes(), ())
    hub = HubSettings(ADDRESS, unit.log.log_id)
    with pytest.raises(SettingsError, match="named this kiosk 'south'"):
        make_kiosk_home(path, hub, answer)
    make_kiosk_home(path, hub, replace(answer, kiosk="north"))
    with Home.open(path) as home:
        assert (home.settings.kiosk, home.settings.masking) == ("north", "surname-only")
        assert home.settings.hub == hub
