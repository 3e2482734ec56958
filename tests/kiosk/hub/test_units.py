"""Many units behind one hub: each by its name, opened when it is asked for, and a broken one beside the others."""

import asyncio
import os
import shutil
import signal
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kiosk.accounts.join_codes import issue_join_code
from kiosk.desk.server import Place
from kiosk.home import Home
from kiosk.home_files import HUB_LOCK, hold_lock_file
from kiosk.hub import on_demand
from kiosk.hub.on_demand import CannotBeUsed, OnDemand
from kiosk.hub.turns import NoTurn, Turns
from kiosk.hub.units import UnitNames
from kiosk.wire_protocol.messages import CHALLENGE, ChallengeAnswer, ChallengeRequest
from kiosk.words.desk.shared_words import DeskText
from kiosk.words.hub import HubText
from tests.kiosk.hub.units_site import UnitsSite, serve_units_in
from tests.support.forked_process import ForkedProcess
from tests.support.hub_client import JoinedKiosk, Refused
from tests.support.kiosk_program import KIOSK, OPEN_UNIT, run_kiosk, write_batch
from tests.support.postgresql_server import PostgreSQLServer
from tests.support.source_doors import SourceDoor
from tests.support.waiting import TIMEOUT_SECONDS


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, postgresql: PostgreSQLServer) -> Generator[UnitsSite]:
    """Two units that are well, one of them in PostgreSQL, and two that are broken."""
    folder = tmp_path_factory.mktemp("units")
    for name in ("north", "locked", "lost"):
        Home.make(folder / name, simulation=True).close()
    words = ["init", "--simulation", "--home", folder / "south", "--store", postgresql.address]
    assert run_kiosk(*words).status == 0
    (folder / "locked").chmod(0o755)
    (folder / "lost" / "log.db").write_bytes(b"no log" * 2_000)
    (folder / "no-home").mkdir()
    shutil.copytree(folder / "north", folder / "Capital")
    with serve_units_in(folder) as served:
        yield served


# --- Names ---


@pytest.mark.parametrize("unit", ["north", "south", "NORTH"])
def test_a_unit_is_called_by_its_name(site: UnitsSite, unit: str) -> None:
    assert site.open_browser(unit).get("/login").status == 200


@pytest.mark.parametrize(
    "unit", ["nobody", "no-home", "Capital", "", ".", "..", "north/..", "x.north", "../units/north", "%6eorth", "北"]
)
def test_what_is_no_unit_is_answered_as_a_wrong_name_is(site: UnitsSite, unit: str) -> None:
    browser = site.open_browser("north")
    browser.host = f"{unit}.localhost:{site.port}".encode().decode("latin-1")
    page = browser.get("/login")
    assert (page.status, page.text) == (400, DeskText.OTHER_HOST.fill())
    assert page.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    "host", ["north.localhost", "north.localhost:1", "localhost", "127.0.0.1", "north.example.org"]
)
def test_another_port_or_domain_is_a_wrong_name(site: UnitsSite, host: str) -> None:
    browser = site.open_browser("north")
    browser.host = host
    assert browser.get("/login").status == 400


def test_domains_are_those_that_were_named_and_behind_a_proxy_without_a_port(site: UnitsSite) -> None:
    served = UnitNames(site.folder, ("hub.example.org",), Place("::", certificate=Path("c"), key=Path("k")), 8440)
    assert served.list_hosts("north") == ["north.hub.example.org:8440"]
    assert served.find_unit("North.hub.example.org:8440") == "north"
    proxied = UnitNames(site.folder, ("hub.example.org",), Place(proxy="127.0.0.1"), 8440)
    assert proxied.list_hosts("north") == ["north.hub.example.org"]
    assert proxied.find_unit("north.localhost:8440") is None


# --- Units that cannot be opened ---


@pytest.mark.parametrize(("unit", "reason"), [("locked", "chmod 700"), ("lost", "is not an event log")])
def test_a_unit_that_cannot_be_opened_is_named_and_the_others_go_on(site: UnitsSite, unit: str, reason: str) -> None:
    page = site.open_browser(unit).get("/login")
    assert (page.status, page.text) == (503, HubText.UNIT_CLOSED.fill())
    assert int(page.headers["Retry-After"]) > 0
    with pytest.raises(Refused) as refused:
        site.find_hub(unit).ask(CHALLENGE, ChallengeRequest((SourceDoor("door").log_id,)), ChallengeAnswer)
    assert refused.value.refusal.code == "busy"
    lines = [line for line in (site.folder / "kiosk.log").read_text().splitlines() if f"the unit {unit} " in line]
    assert [reason in line for line in lines] == [True]
    assert site.open_browser("north").get("/login").status == 200


def test_a_unit_that_was_put_right_is_served(site: UnitsSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_demand, "RETRY_SECONDS", 0.0)
    shutil.copytree(site.folder / "locked", site.folder / "mended")
    assert site.open_browser("mended").get("/login").status == 503
    (site.folder / "mended").chmod(0o700)
    assert site.open_browser("mended").get("/login").status == 200


def test_a_unit_that_has_a_hub_of_its_own_is_not_served_a_second_time(
    site: UnitsSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It joined the folder later, or is there by a link: else its hub is refused."""
    monkeypatch.setattr(on_demand, "RETRY_SECONDS", 0.0)
    shutil.copytree(site.folder / "north", site.folder / "alone")
    with hold_lock_file(site.folder / "alone" / HUB_LOCK, ""):
        assert site.open_browser("alone").get("/login").status == 503
        assert "another hub serves" in (site.folder / "kiosk.log").read_text()
    assert site.open_browser("alone").get("/login").status == 200


# --- News ---


def test_kiosks_of_units_in_one_database_are_sent_what_is_new_there_while_they_wait(site: UnitsSite) -> None:
    """Nobody but the poller reads the position: what was written by another program is found."""
    with Home.open(site.folder / "south") as home:
        kiosk = JoinedKiosk(site.find_hub("south"), SourceDoor("side"))
        kiosk.join(issue_join_code(home, "side").code)
        kiosk.greet()
        kiosk.pull_all()
        with ThreadPoolExecutor(1) as thread:
            waiting = thread.submit(kiosk.pull, wait=10.0)
            batch = write_batch(site.folder / "unit.jsonl", OPEN_UNIT)
            assert run_kiosk("apply", batch, "--home", home.path).status == 0
            assert waiting.result().rows


# --- What is open ---


class Shelf:
    """What was opened and closed, in order."""

    def __init__(self, most: int = 2, idle_seconds: float = 60.0, turns: Turns | None = None) -> None:
        self.done: list[str] = []
        self.parts = OnDemand(self._open, self._close, most=most, idle_seconds=idle_seconds, turns=turns)
        self.slow = asyncio.Event()

    async def _open(self, name: str) -> str:
        await asyncio.sleep(0)
        self.done.append(f"open {name}")
        if name == "broken":
            raise CannotBeUsed(name)
        if name == "slow":
            await self.slow.wait()
        return name

    async def _close(self, part: str) -> None:
        self.done.append(f"close {part}")

    async def touch(self, *names: str) -> None:
        for name in names:
            async with self.parts.use(name) as part:
                assert part == name


def test_what_is_asked_for_by_many_at_once_is_opened_once() -> None:
    async def run() -> None:
        shelf = Shelf()
        await asyncio.gather(*(shelf.touch("a") for _ in range(5)))
        assert shelf.done == ["open a"]
        await shelf.parts.close_all()
        assert shelf.done == ["open a", "close a"]

    asyncio.run(run())


def test_for_one_more_the_longest_unused_is_closed_and_none_that_is_used() -> None:
    async def run() -> None:
        shelf = Shelf()
        await shelf.touch("a", "b", "a", "c")
        assert shelf.done == ["open a", "open b", "close b", "open c"]
        async with shelf.parts.use("a"), shelf.parts.use("c"):
            with pytest.raises(CannotBeUsed):
                await shelf.touch("d")
        assert shelf.done[4:] == []

    asyncio.run(run())


@pytest.mark.parametrize(("idle_seconds", "closed"), [(0.0, ["close a"]), (60.0, [])])
def test_what_is_long_idle_is_closed_and_what_is_used_is_not(idle_seconds: float, closed: list[str]) -> None:
    async def run() -> None:
        shelf = Shelf(idle_seconds=idle_seconds)
        await shelf.touch("a")
        async with shelf.parts.use("b"):
            await shelf.parts.close_idle()
        assert shelf.done[2:] == closed

    asyncio.run(run())


def test_what_waits_too_long_for_its_turn_to_be_opened_is_asked_to_come_back_and_is_opened_then() -> None:
    async def run() -> None:
        shelf = Shelf(turns=Turns(1, seconds=0.01))
        first = asyncio.create_task(shelf.touch("slow"))
        await asyncio.sleep(0)
        with pytest.raises(NoTurn):
            await shelf.touch("a")
        shelf.slow.set()
        await first
        await shelf.touch("a")
        assert shelf.done == ["open slow", "open a"]

    asyncio.run(run())


def test_turns_come_in_the_order_in_which_they_were_asked_for() -> None:
    async def run() -> None:
        shelf = Shelf(most=9, turns=Turns(1))
        asked = [asyncio.create_task(shelf.touch(name)) for name in ("slow", *"edcba")]
        await asyncio.sleep(0)
        shelf.slow.set()
        await asyncio.gather(*asked)
        assert shelf.done == [f"open {name}" for name in ("slow", *"edcba")]

    asyncio.run(run())


def test_what_cannot_be_opened_is_not_tried_again_at_once() -> None:
    async def run() -> None:
        shelf = Shelf()
        for _ in range(3):
            with pytest.raises(CannotBeUsed):
                await shelf.touch("broken")
        assert shelf.done == ["open broken"]

    asyncio.run(run())


def test_the_program_says_under_which_name_a_unit_is_reached(home: Home, tmp_path: Path) -> None:
    (tmp_path / "north").symlink_to(home.path)
    out, write_out = os.pipe()
    with open(os.devnull) as nothing, open(out) as printed:
        command = [str(KIOSK), "hub", "--port", "0", "--units", str(tmp_path), "--domain", "hub.example.org"]
        program = ForkedProcess(command, (nothing.fileno(), write_out, write_out), {})
        os.close(write_out)
        try:
            port = urlsplit(printed.readline().split()[4]).port
            said = printed.readline().split()[-1]
            assert said == f"http://north.hub.example.org:{port}/"
            connection = HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS)
            statuses = []
            for host in (f"127.0.0.1:{port}", urlsplit(said).netloc):
                connection.request("GET", "/", headers={"Host": host})
                statuses.append(connection.getresponse().status)
                connection.close()
            assert statuses[0] == 400 > statuses[1] >= 200
            program.send_signal(signal.SIGTERM)
            assert program.wait(TIMEOUT_SECONDS) == 0
        finally:
            program.kill()
