"""`kiosk sync` as a program: quick where there is news, killed, started again, without a network, ended by a signal."""

import os
import signal
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.joined_home.sync_state import load_sync_state
from kiosk.wire_protocol.messages import LONGEST_WAIT
from tests.support.cut_proxy import CutProxy
from tests.support.forked_process import ForkedProcess
from tests.support.hub_site import HubSite, serve_site, syncing, tap
from tests.support.kiosk_program import KIOSK, run_kiosk
from tests.support.waiting import wait_until


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HubSite]:
    with serve_site(tmp_path_factory.mktemp("site") / "unit") as served:
        yield served


@contextmanager
def start(folder: Path) -> Generator[ForkedProcess]:
    """The program, in a process of its own."""
    null = os.open(os.devnull, os.O_RDWR)
    process = ForkedProcess([str(KIOSK), "sync", "--home", str(folder)], (null, null, null), {})
    os.close(null)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_until_heard(folder: Path) -> None:
    wait_until(lambda: load_sync_state(folder).heard_at is not None, lambda: str(load_sync_state(folder)))


def wait_until_held(site: HubSite, kiosk: str, count: int) -> None:
    source = site.find_source(kiosk)
    wait_until(lambda: site.intake.find_held(source) >= count, lambda: f"{site.intake.find_held(source)}")


def test_a_tap_is_at_the_hub_at_once_and_the_other_kiosk_knows_it(site: HubSite, tmp_path: Path) -> None:
    front, back = site.join(tmp_path / "front", "front"), site.join(tmp_path / "back", "back")
    with syncing(front), syncing(back):
        wait_until_heard(front)
        wait_until_heard(back)
        assert tap(front) == 0
        wait_until_held(site, "front", 1)
        position = site.home.log.head().position
        wait_until(lambda: load_sync_state(back).position >= position, lambda: str(load_sync_state(back)))
        out = run_kiosk("tap", "E:100086F444", "--home", back, "--format", "json").out
        assert '"outcome":"duplicate"' in out
        twice = run_kiosk("sync", "--home", front)
        assert (twice.status, twice.err) == (
            1,
            f"kiosk: another `kiosk sync` keeps {front} and its hub together already\n",
        )
    assert site.count_held("front") == 1


def test_killed_and_unplugged_it_loses_nothing_and_sends_nothing_twice(site: HubSite, tmp_path: Path) -> None:
    with CutProxy(site.url) as proxy:
        folder = site.join(tmp_path / "kiosk", "killed", proxy.url)
        with start(folder) as process:
            wait_until_heard(folder)
            proxy.hold_answers()
            assert tap(folder) == 0
            wait_until_held(site, "killed", 1)
            process.kill()
        proxy.unplug()
        with start(folder) as process:
            wait_until(lambda: load_sync_state(folder).failure is not None, lambda: str(load_sync_state(folder)))
            assert tap(folder, "E:0000000001") == 1
            process.kill()
            process.wait()
        proxy.plug_in()
        with start(folder) as process:
            wait_until_held(site, "killed", 2)
            wait_until(lambda: load_sync_state(folder).held == 2, lambda: str(load_sync_state(folder)))
            assert load_sync_state(folder).failure is None
            process.send_signal(signal.SIGTERM)
            assert process.wait(LONGEST_WAIT / 2) == 0, "it waits for no news"
    assert site.count_held("killed") == 2
    assert load_sync_state(folder).failure is None


def test_a_home_without_a_hub_is_said(site: HubSite) -> None:
    ended = run_kiosk("sync", "--home", site.home.path)

    assert (ended.status, ended.err.startswith(f"kiosk: {site.home.path} has joined no hub")) == (1, True)
