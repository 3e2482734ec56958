"""`kiosk join`: a new folder becomes the home of a kiosk, or nothing of it is left; cut short it is repeated."""

import socket
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from kiosk.home import Home
from kiosk.joined_home.sync_state import SYNC_LOCK, load_sync_state
from kiosk.sync import join as joining
from kiosk.sync.hub_connection import read_certificates
from kiosk.sync.join import format_fingerprint
from tests.support.cut_proxy import CutProxy
from tests.support.hub_site import HubSite, serve_site, syncing, tap
from tests.support.kiosk_program import ProgramResult, run_kiosk
from tests.support.source_doors import ACT, SourceDoor
from tests.support.tls_certificates import MadeCertificate, make_certificate
from tests.support.waiting import wait_until


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HubSite]:
    with serve_site(tmp_path_factory.mktemp("site") / "unit") as served:
        yield served


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> MadeCertificate:
    return make_certificate(tmp_path_factory.mktemp("certificate"), "hub.example.org")


@pytest.fixture(scope="module")
def safe_site(tmp_path_factory: pytest.TempPathFactory, shown: MadeCertificate) -> Iterator[HubSite]:
    """A hub over TLS, and of a simulation."""
    folder = tmp_path_factory.mktemp("safe") / "unit"
    with serve_site(folder, simulation=True, certificate=(shown.file, shown.key_file)) as served:
        yield served


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "side"


def join(folder: Path, address: str, *words: str) -> ProgramResult:
    return run_kiosk("join", address, *words, "--home", folder)


def count_sources(site: HubSite) -> int:
    return len(site.intake.load_register().sources)


# --- It joins ---


def test_a_kiosk_joins_with_its_code_however_it_is_grouped(site: HubSite, folder: Path) -> None:
    code = site.issue_code("北側門")

    ended = join(folder, site.url, *code.split())

    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith(f"{folder} is now the kiosk '北側門' of its unit; its hub is {site.url}\n")
    with Home.open(folder) as home:
        assert (home.settings.kiosk, home.zone.key, home.simulation) == ("北側門", "Asia/Taipei", False)
        assert site.find_source("北側門") == home.log.own.log_id
    assert not (folder / "hub.pem").exists()


def test_an_empty_folder_with_settings_is_as_good_as_a_new_one(site: HubSite, folder: Path) -> None:
    folder.mkdir()
    (folder / "kiosk.toml").write_text('kiosk = "yard"\nzone = "Asia/Taipei"\n')

    assert join(folder, site.url, site.issue_code("yard")).status == 0
    assert join(folder, site.url, "12345678").first_error_line == (
        f"kiosk: {folder} belongs to a kiosk that has joined already: nothing was changed"
    )


# --- It does not, and nothing is left ---


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (["12345678"], 1, "the hub does not take this code"),
        (["1234567"], 2, "'1234567' is no code to join: it has eight digits"),
        (["1234567x"], 2, "'1234567x' is no code to join"),
        (["12345678", "--simulation", "--certificate", "/dev/null", "--fingerprint", "ab"], 2, "not both"),
    ],
)
def test_what_is_mistyped_leaves_nothing(
    site: HubSite, folder: Path, words: list[str], status: int, sentence: str
) -> None:
    before = count_sources(site)

    ended = join(folder, site.url, *words)

    assert (ended.status, ended.out) == (status, "")
    assert sentence in ended.err
    assert not folder.exists()
    assert count_sources(site) == before


@pytest.mark.parametrize(
    "address", ["http://hub.example.org:8440", "ftp://hub", "https://", "https://a b", "http://::1]"]
)
def test_what_is_no_address_of_a_hub_is_said(folder: Path, address: str) -> None:
    ended = join(folder, address, "12345678")

    assert (ended.status, len(ended.err.splitlines())) == (2, 1)
    assert "write https://HOST:PORT" in ended.err
    assert not folder.exists()


def test_nobody_there_leaves_nothing_and_is_said(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    ended = join(folder, f"http://127.0.0.1:{port}", "12345678")

    assert ended.status == 1
    assert ended.err.startswith("kiosk: the hub is not reached")
    assert "then give the same command again" in ended.err
    assert not folder.exists()


def test_a_folder_with_other_things_is_left_as_it_is(site: HubSite, folder: Path) -> None:
    folder.mkdir()
    (folder / "letter.txt").write_text("dear all")

    assert join(folder, site.url, "12345678").status == 1
    assert [entry.name for entry in folder.iterdir()] == ["letter.txt"]


def test_a_name_is_given_once(site: HubSite, folder: Path) -> None:
    code, door = site.issue_code("stairs"), SourceDoor("stairs")
    site.intake.join(door.kiosk, door.log_id, door.key.public, (), ACT)

    ended = join(folder, site.url, code)

    assert ended.status == 1
    assert "another kiosk of the unit is, or was, called as the desk named this one" in ended.err
    assert not folder.exists()


# --- Which hub ---


def test_the_fingerprint_is_shown_compared_and_kept(safe_site: HubSite, shown: MadeCertificate, folder: Path) -> None:
    address = safe_site.url.removeprefix("https://")
    fingerprint = format_fingerprint(sha256(read_certificates(shown.file)[0]).hexdigest())

    asked = join(folder, address, "12345678", "--simulation")
    assert asked.status == 1
    assert f"\n  {fingerprint}\n" in asked.err
    assert not folder.exists()

    other = f"{'0' if fingerprint[0] != '0' else '1'}{fingerprint[1:]}"
    refused = join(folder, address, "12345678", "--simulation", "--fingerprint", other)
    assert (refused.status, "shows another certificate" in refused.err) == (1, True)
    assert join(folder, address, "12345678", "--fingerprint", fingerprint[:40]).status == 2

    code = safe_site.issue_code("front")
    joined = join(folder, address, code, "--simulation", "--fingerprint", fingerprint[:47].lower())
    assert (joined.status, joined.err) == (0, "")
    assert read_certificates(folder / "hub.pem") == read_certificates(shown.file)
    with syncing(folder):
        wait_until(lambda: load_sync_state(folder).heard_at is not None, lambda: str(load_sync_state(folder)))


def test_a_certificate_in_a_file_is_the_only_one_that_is_believed(
    safe_site: HubSite, shown: MadeCertificate, tmp_path: Path, folder: Path
) -> None:
    other, code = make_certificate(tmp_path), safe_site.issue_code("cellar")

    refused = join(folder, safe_site.url, code, "--simulation", "--certificate", str(other.file))
    assert refused.err.startswith("kiosk: another certificate is shown than the one that this kiosk knows")
    assert not folder.exists()
    none = join(folder, safe_site.url, code, "--simulation", "--certificate", str(other.key_file))
    assert (none.status, "no certificate (PEM) stands in this file" in none.err) == (2, True)

    assert join(folder, safe_site.url, code, "--simulation", "--certificate", str(shown.file)).status == 0


def test_a_hub_of_a_simulation_is_joined_only_by_who_asks_for_one(
    safe_site: HubSite, site: HubSite, shown: MadeCertificate, folder: Path, tmp_path: Path
) -> None:
    words = [safe_site.issue_code("trial"), "--certificate", str(shown.file)]

    ended = join(folder, safe_site.url, *words)
    assert (ended.status, "the unit of this hub is a simulation" in ended.err) == (1, True)
    assert run_kiosk("status", "--home", folder).status != 0
    assert join(folder, safe_site.url, *words, "--simulation").status == 0

    real = join(tmp_path / "real", site.url, site.issue_code("real"), "--simulation")
    assert (real.status, "give the command again without --simulation" in real.err) == (1, True)


# --- Cut short ---


def test_an_answer_that_was_lost_is_asked_for_again(site: HubSite, folder: Path) -> None:
    before, code = count_sources(site), site.issue_code("lift")
    with CutProxy(site.url) as proxy:
        proxy.cut_answers(1)
        lost = join(folder, proxy.url, code)
        assert lost.status == 1
        assert lost.err.startswith("kiosk: the connection to the hub broke off")
        assert count_sources(site) == before + 1
        half = run_kiosk("tap", "E:100086F444", "--home", folder)
        assert (half.status, half.err) == (2, f"kiosk: {folder} is not made completely: run `kiosk join` again\n")

        assert join(folder, proxy.url, code).status == 0

    assert count_sources(site) == before + 1
    with Home.open(folder) as home:
        assert home.log.own.log_id == site.find_source("lift")


@pytest.mark.parametrize("step", ["prepare_kiosk_home", "_ask", "_demand_kind", "make_kiosk_home"])
def test_a_program_that_was_killed_behind_any_step_goes_on(
    site: HubSite, folder: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    code = site.issue_code(f"killed behind {step}")
    whole: Callable[..., object] = getattr(joining, step)

    def die(*given: object, **named: object) -> object:
        whole(*given, **named)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(joining, step, die)
        assert join(folder, site.url, code).status != 0

    again = join(folder, site.url, code)
    assert again.status == (1 if step == "make_kiosk_home" else 0)
    with Home.open(folder) as home:
        assert home.log.own.log_id == site.find_source(f"killed behind {step}")


# --- In the place of another ---


def test_what_an_older_kiosk_had_not_sent_is_sent_first(site: HubSite, tmp_path: Path) -> None:
    old = site.join(tmp_path / "old", "old door")
    for _ in range(3):
        tap(old, "E:0000000001")

    ended = run_kiosk("join", site.url, site.issue_code("new door"), "--from", old, "--home", tmp_path / "new")

    assert ended.out.startswith(f"sent first what {old} had not sent yet: 3 events\n")
    assert (ended.status, site.count_held("old door"), site.count_held("new door")) == (0, 3, 0)


def test_an_older_kiosk_that_is_not_heard_any_more_is_kept_and_nothing_is_made(site: HubSite, tmp_path: Path) -> None:
    old = site.join(tmp_path / "old", "stolen door")
    site.revoke("stolen door")

    ended = run_kiosk("join", site.url, "12345678", "--from", old, "--home", tmp_path / "new")
    assert (ended.status, "cannot be sent: the key of this kiosk was revoked at the desk" in ended.err) == (1, True)
    none = run_kiosk("join", site.url, "12345678", "--from", site.home.path, "--home", tmp_path / "new")
    assert (none.status, "is no home of a kiosk with a hub" in none.err) == (1, True)
    assert not (tmp_path / "new").exists()
    assert not (old / SYNC_LOCK).exists()
