"""What the program that exchanges with the hub last heard, in a file that every other program reads."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from kiosk.joined_home.sync_state import (
    STATE_FILE,
    LiveSyncState,
    OtherKiosks,
    SyncState,
    load_sync_state,
    save_sync_state,
)

HEARD = SyncState(datetime(2026, 11, 19, 1, tzinfo=UTC), 250, 10, "boot", 7, 120, ("entrance",))


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    save_sync_state(tmp_path, HEARD)
    assert load_sync_state(tmp_path) == HEARD
    assert (tmp_path / STATE_FILE).stat().st_mode & 0o777 == 0o600


def test_a_state_that_only_heard_again_is_saved_each_five_seconds(tmp_path: Path) -> None:
    assert HEARD.heard_at
    save_sync_state(tmp_path, HEARD)
    for seconds, is_saved in ((4.9, False), (5, True), (-6, False)):
        later = replace(HEARD, heard_at=HEARD.heard_at + timedelta(seconds=seconds), hub_offset_ns=300)
        save_sync_state(tmp_path, later)
        assert (load_sync_state(tmp_path) == later) is is_saved or seconds < 0


def test_news_is_saved_at_once(tmp_path: Path) -> None:
    for state in (
        HEARD,
        replace(HEARD, held=8, held_chain=b"\0\xff" * 16),
        replace(HEARD, alarm="forked"),
        replace(HEARD, heard_at=None),
    ):
        save_sync_state(tmp_path, state)
        assert load_sync_state(tmp_path) == state


def test_a_state_that_is_missing_or_damaged_is_that_of_a_kiosk_that_heard_nothing(tmp_path: Path) -> None:
    assert load_sync_state(tmp_path) == SyncState()
    for content in (b"", b"{", b'{"heard_at": "2026-11-19T09:00"}', b'{"held": "x"}', b'{"held_chain": "?"}', b"\xff"):
        (tmp_path / STATE_FILE).write_bytes(content)
        assert load_sync_state(tmp_path) == SyncState()


def test_a_reader_sees_what_was_written_since(tmp_path: Path) -> None:
    state = LiveSyncState(tmp_path)
    kiosks = OtherKiosks(state)
    assert [*kiosks] == []
    save_sync_state(tmp_path, HEARD)
    assert [*kiosks] == ["entrance"]
    save_sync_state(tmp_path, replace(HEARD, kiosks=("entrance", "back")))
    assert [*kiosks] == ["entrance", "back"]
    (tmp_path / STATE_FILE).unlink()
    assert state.load() == SyncState()
