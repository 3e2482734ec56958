"""The certificate that an office makes itself, and TLS with it: version 1.3, to this certificate, by its names."""

import os
import signal
import socket
import ssl
from collections.abc import Generator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from stat import S_IMODE
from urllib.parse import urlsplit

import pytest

from domain.clock import MachineClock
from kiosk.desk.server import Place
from kiosk.home import Home
from kiosk.home_files import HUB_LOCK, hold_lock_file
from kiosk.hub.server import use_own_certificate
from kiosk.hub_certificate import VALID_DAYS, WARNED_DAYS, make_certificate, read_certificate
from kiosk.status.checked_home import CheckedHome
from kiosk.status.unit import check_certificate
from tests.support.forked_process import ForkedProcess
from tests.support.hub_client import HubAddress, serve_hub_of
from tests.support.kiosk_program import KIOSK, run_kiosk
from tests.support.waiting import TIMEOUT_SECONDS

NOW = datetime(2026, 11, 27, tzinfo=UTC)


def test_a_second_hub_is_refused(home: Home) -> None:
    """Also for a folder of units; kiosks and people would be heard by one and unknown to the other."""
    for place in (("--home", home.path), ("--units", home.path)):
        with hold_lock_file(home.path / HUB_LOCK, ""):
            ended = run_kiosk("hub", *place)
        assert (ended.status, "another hub serves" in ended.err) == (1, True)


def test_a_hub_of_a_unit_is_refused_beside_one_of_its_folder_whichever_came_first(home: Home, tmp_path: Path) -> None:
    """Also where the folder of units has it by a link."""
    units, unit = tmp_path, tmp_path / "north"
    unit.symlink_to(home.path)
    for held, place in ((units, ("--home", unit)), (home.path, ("--units", units))):
        with hold_lock_file(held / HUB_LOCK, ""):
            ended = run_kiosk("hub", *place)
        served = unit if held == home.path else held
        assert (ended.status, f"another hub serves {served} already" in ended.err) == (1, True), ended


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for this machine."""
    folder = tmp_path_factory.mktemp("certificate")
    make_certificate(folder, ["localhost", "127.0.0.1"], MachineClock().now())
    return folder / "hub.pem"


@pytest.fixture(scope="module")
def secure_hub(home: Home, certificate: Path) -> Generator[HubAddress]:
    """A hub that shows it."""
    with serve_hub_of(home, Place(port=0, certificate=certificate, key=certificate.with_name("hub.key"))) as address:
        yield address


def shake_hands(hub: HubAddress, certificate: Path, name: str, newest: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3) -> str:
    """The version of TLS that was agreed on, by a client that knows this certificate alone, and is strict."""
    context = ssl.create_default_context(cafile=certificate)
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    context.maximum_version = newest
    with (
        socket.create_connection((hub.host, hub.port), timeout=TIMEOUT_SECONDS) as plain,
        context.wrap_socket(plain, server_hostname=name) as secure,
    ):
        return secure.version() or ""


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1"])
def test_who_knows_the_certificate_is_connected_by_its_names(
    secure_hub: HubAddress, certificate: Path, name: str
) -> None:
    assert shake_hands(secure_hub, certificate, name) == "TLSv1.3"


def test_an_older_version_of_tls_is_refused(secure_hub: HubAddress, certificate: Path) -> None:
    with pytest.raises(ssl.SSLError):
        shake_hands(secure_hub, certificate, "localhost", ssl.TLSVersion.TLSv1_2)


def test_by_another_name_it_is_not_believed(secure_hub: HubAddress, certificate: Path) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        shake_hands(secure_hub, certificate, "hub.example.org")


def test_another_certificate_is_not_believed(secure_hub: HubAddress, tmp_path: Path) -> None:
    make_certificate(tmp_path, ["localhost"], NOW)

    with pytest.raises(ssl.SSLCertVerificationError):
        shake_hands(secure_hub, tmp_path / "hub.pem", "localhost")


@pytest.mark.parametrize(("days", "is_near"), [(VALID_DAYS - WARNED_DAYS, False), (VALID_DAYS - WARNED_DAYS + 1, True)])
def test_its_end_is_near_two_months_before(tmp_path: Path, days: int, is_near: bool) -> None:
    made = make_certificate(tmp_path, ["hub.example.org"], NOW)

    assert made == read_certificate(tmp_path / "hub.pem")
    assert made.until == NOW + timedelta(days=VALID_DAYS)
    assert made.is_near_end(NOW + timedelta(days=days)) is is_near


@pytest.mark.parametrize(
    ("left", "is_right", "said"), [(WARNED_DAYS, True, "good until"), (WARNED_DAYS - 1, False, "ends on")]
)
def test_status_says_when_its_end_is_near(tmp_path: Path, left: int, is_right: bool, said: str) -> None:
    made = MachineClock().now() - timedelta(days=VALID_DAYS - left, minutes=-5)
    make_certificate(tmp_path, ["hub.example.org"], made)

    check = check_certificate(CheckedHome(tmp_path))
    assert (check.ok, said in check.detail) == (is_right, True)


def test_status_needs_no_certificate_and_names_a_file_that_is_none(tmp_path: Path) -> None:
    assert check_certificate(CheckedHome(tmp_path)).ok
    (tmp_path / "hub.pem").write_text("no certificate")

    check = check_certificate(CheckedHome(tmp_path))
    assert (check.ok, str(tmp_path / "hub.pem") in check.detail) == (False, True)


def test_the_command_makes_one_and_prints_its_fingerprint(tmp_path: Path) -> None:
    Home.make(tmp_path / "home", simulation=True).close()
    hosts = "--host", "hub.example.org", "--host", "192.0.2.10"
    made = run_kiosk("hub-certificate", *hosts, "--home", tmp_path / "home")
    known = read_certificate(tmp_path / "home/hub.pem")

    assert (made.status, made.err) == (0, "")
    assert known.hosts == ("hub.example.org", "192.0.2.10")
    assert known.fingerprint in made.out
    assert {S_IMODE((tmp_path / "home" / name).stat().st_mode) for name in ("hub.pem", "hub.key")} == {0o600}

    again = run_kiosk("hub-certificate", "--host", "hub.example.org", "--home", tmp_path / "home")
    assert (again.status, again.out) == (1, "")
    assert "is there already" in again.err


def test_one_for_all_units_of_a_folder_stands_in_it(tmp_path: Path) -> None:
    made = run_kiosk("hub-certificate", "--units", tmp_path, "--host", "*.hub.example.org")
    assert (made.status, made.err) == (0, "")
    found = read_certificate(tmp_path / "hub.pem")
    assert found.hosts == ("*.hub.example.org",)
    assert use_own_certificate(Place(), tmp_path).certificate == tmp_path / "hub.pem"
    nowhere = run_kiosk("hub-certificate", "--units", tmp_path / "nowhere", "--host", "*.hub.example.org")
    assert nowhere.status == 2


def test_the_hub_shows_the_certificate_of_its_home_unless_another_was_given(certificate: Path) -> None:
    own, given = certificate.parent, Place(certificate=Path("given.pem"), key=Path("given.key"))

    assert use_own_certificate(Place(), own) == Place(certificate=certificate, key=own / "hub.key")
    for place in (given, Place(proxy="127.0.0.1")):
        assert use_own_certificate(place, own) == place
    assert use_own_certificate(Place(), own / "elsewhere") == Place()


@pytest.mark.parametrize("host", ["", "-a", "a..b", "a b", "https://a", "主機", "a" * 64, "a.", "\u202e", "1.2.3.4/8"])
def test_what_is_no_host_is_refused(home: Home, host: str) -> None:
    refused = run_kiosk("hub-certificate", "--host", host, "--home", home.path)

    assert (refused.status, refused.out) == (2, "")
    assert not (home.path / "hub.pem").exists()


def test_the_program_shows_the_certificate_of_its_home_and_says_that_its_end_is_near(tmp_path: Path) -> None:
    Home.make(tmp_path / "home", simulation=True).close()
    made = MachineClock().now() - timedelta(days=VALID_DAYS - 1)
    known = make_certificate(tmp_path / "home", ["localhost"], made)
    (out, write_out), (err, write_err) = os.pipe(), os.pipe()
    with open(os.devnull) as nothing, open(out) as printed, open(err) as warned:
        command = [str(KIOSK), "hub", "--port", "0", "--home", str(tmp_path / "home")]
        program = ForkedProcess(command, (nothing.fileno(), write_out, write_err), {})
        os.close(write_out)
        os.close(write_err)
        try:
            url = urlsplit(printed.readline().split()[4])
            assert f"ends on {known.until.date()}" in warned.readline()
            hub = HubAddress(url.hostname or "", url.port or 0)
            assert shake_hands(hub, tmp_path / "home/hub.pem", "localhost") == "TLSv1.3"
            program.send_signal(signal.SIGTERM)
            assert program.wait(TIMEOUT_SECONDS) == 0
        finally:
            program.kill()
