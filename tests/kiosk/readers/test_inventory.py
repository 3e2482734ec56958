"""Each port is a row with what is wrong, and what is configured is never left out."""

import fcntl
import json
import os
from pathlib import Path

import pytest

from devices.simulated.scripted_reader import ScriptedReader
from kiosk.errors import UserError
from kiosk.reader_settings import Reader
from kiosk.readers.diagnostics import build_port_rows, demand_port_free, diagnose_port
from kiosk.readers.inventory import AttachedPort, UsbDevice, is_same_port, list_serial_ports
from tests.kiosk.readers.device_tree import CH340, FTDI, FakeDeviceTree
from tests.support.kiosk_program import run_kiosk


def processes_with(tmp_path: Path, name: str, *, opens: Path | None = None) -> Path:
    """A process table in which one program runs."""
    process = tmp_path / "proc" / "4242"
    (process / "fd").mkdir(parents=True)
    (process / "comm").write_text(f"{name}\n", encoding="utf-8")
    if opens:
        (process / "fd" / "3").symlink_to(opens)
    return tmp_path / "proc"


def a_port(device: Path, usb: UsbDevice | None = None) -> AttachedPort:
    return AttachedPort(str(device), "serial", device, usb)


def test_a_reader_of_the_settings_is_found_by_any_of_its_names(tmp_path: Path) -> None:
    machine = FakeDeviceTree(tmp_path)
    device = machine.add_serial_port("ttyUSB0", FTDI, "1-1")
    (row,) = build_port_rows(
        list(list_serial_ports(tmp_path)), [Reader("door", str(device), "rdm6300")], entrance_open=False
    )
    assert (row.reader, row.usb, row.wrong) == ("door", "0403:6001", [])


def test_a_reader_that_is_not_there_is_a_row_too(tmp_path: Path) -> None:
    (row,) = build_port_rows([], [Reader("door", str(tmp_path / "ttyUSB0"), "rdm6300")], entrance_open=False)
    assert row.reader == "door"
    assert "plug it in" in row.wrong[0]


def test_a_server_is_not_asked(tmp_path: Path) -> None:
    (row,) = build_port_rows([], [Reader("door", "socket://192.0.2.7:4001", "rdm6300")], entrance_open=False)
    assert row.wrong == []


def test_a_pcsc_reader_is_known_by_part_of_its_name() -> None:
    ports = [AttachedPort("pcsc:ACS ACR122U PICC Interface 00 00", "pcsc", None)]
    rows = build_port_rows(ports, [Reader("door", "pcsc:acr122")], entrance_open=False)
    assert [(row.reader, row.likely) for row in rows] == [("door", "pcsc")]


def test_the_program_that_has_a_port_open_is_named(tmp_path: Path) -> None:
    with ScriptedReader() as reader:
        device = Path(reader.port).resolve()
        processes = processes_with(tmp_path, "minicom", opens=device)
        assert diagnose_port(a_port(device), entrance_open=False, processes=processes) == [
            "in use by minicom (4242): end that program"
        ]
        assert diagnose_port(a_port(device), entrance_open=True, processes=processes) == ["the entrance has it open"]


def test_a_program_that_takes_readers_is_named(tmp_path: Path) -> None:
    device = FakeDeviceTree(tmp_path / "machine").add_serial_port("ttyUSB0", CH340, "1-1")
    processes = processes_with(tmp_path, "brltty")
    (wrong,) = diagnose_port(a_port(device, UsbDevice("1a86", "7523")), entrance_open=False, processes=processes)
    assert "apt purge brltty" in wrong


@pytest.mark.skipif(os.geteuid() == 0, reason="root may use every port")
def test_a_port_that_this_user_may_not_use_names_the_group(tmp_path: Path) -> None:
    device = FakeDeviceTree(tmp_path / "machine").add_serial_port("ttyUSB0", FTDI, "1-1")
    device.chmod(0)
    (wrong,) = diagnose_port(a_port(device), entrance_open=False, processes=tmp_path / "nobody")
    assert f"usermod -aG {device.group()}" in wrong


def test_links_lead_to_the_same_port() -> None:
    with ScriptedReader() as reader:
        assert is_same_port(reader.port, os.readlink(reader.port))
        assert not is_same_port(reader.port, "socket://192.0.2.7:4001")


def test_what_the_entrance_has_open_is_left_alone(tmp_path: Path) -> None:
    readers = [Reader("door", "/dev/ttyUSB0", "rdm6300")]
    lock = os.open(tmp_path / "entrance.lock", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(lock, fcntl.LOCK_EX)
    with pytest.raises(UserError, match="the entrance has it open"):
        demand_port_free(tmp_path, readers, "/dev/ttyUSB0")
    demand_port_free(tmp_path, readers, "/dev/ttyUSB1")
    os.close(lock)
    demand_port_free(tmp_path, readers, "/dev/ttyUSB0")


def test_the_command_lists_the_readers_of_the_home(real_home: Path) -> None:
    with ScriptedReader() as reader:
        block = f'[[reader]]\nname = "door"\nport = "{reader.port}"\nprofile = "rdm6300"\n'
        with (real_home / "kiosk.toml").open("a", encoding="utf-8") as settings:
            settings.write(block)
        result = run_kiosk("readers", "list", "--format", "json", "--home", real_home)
        rows = {row["reader"]: row for row in json.loads(result.out)}
    assert (result.status, rows["door"]["port"], rows["door"]["wrong"]) == (0, reader.port, [])


def test_without_a_home_what_is_attached_is_listed_all_the_same(tmp_path: Path) -> None:
    result = run_kiosk("readers", "list", "--format", "json", "--home", tmp_path)
    assert (result.status, result.err) == (0, "")
    assert all(row["reader"] is None for row in json.loads(result.out))
