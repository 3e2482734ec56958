"""What is attached is listed without being opened, under the name that stays."""

from pathlib import Path

import pytest

from kiosk.readers.inventory import find_stable_address, list_keyboards, list_serial_ports
from tests.kiosk.readers.device_tree import CH340, FTDI, WEDGE, FakeDeviceTree


@pytest.fixture
def machine(tmp_path: Path) -> FakeDeviceTree:
    return FakeDeviceTree(tmp_path)


def test_a_machine_without_readers_has_none(machine: FakeDeviceTree) -> None:
    machine.add_phantom_port("ttyS0")
    assert [*list_serial_ports(machine.root), *list_keyboards(machine.root)] == []


def test_an_adapter_with_a_number_of_its_own_is_named_by_it(machine: FakeDeviceTree) -> None:
    machine.add_serial_port("ttyUSB0", FTDI, "1-1")
    (port,) = list_serial_ports(machine.root)
    assert port.address.endswith("/dev/serial/by-id/usb-FTDI_FT232R_A50285BI-if00-port0")
    assert port.usb
    assert (port.usb.id, port.usb.description, port.kind) == ("0403:6001", "FTDI FT232R", "serial")


def test_two_adapters_without_a_number_are_named_by_their_sockets(machine: FakeDeviceTree) -> None:
    machine.add_serial_port("ttyUSB0", CH340, "1-1")
    machine.add_serial_port("ttyUSB1", CH340, "1-2")
    names = [Path(port.address).name for port in list_serial_ports(machine.root)]
    assert names == ["pci-0000:00:14.0-usb-0:1-1-port0", "pci-0000:00:14.0-usb-0:1-2-port0"]


def test_a_keyboard_wedge_is_listed_with_what_it_usually_is(machine: FakeDeviceTree) -> None:
    link = machine.add_keyboard("event7", WEDGE)
    (port,) = list_keyboards(machine.root)
    assert port.address == f"evdev:{link}"
    assert port.usb
    assert "em-8h10d" in port.usb.likely


def test_a_typed_port_is_written_by_the_name_that_stays(machine: FakeDeviceTree) -> None:
    device = machine.add_serial_port("ttyUSB0", FTDI, "1-1")
    assert find_stable_address(str(device), machine.root).endswith("A50285BI-if00-port0")


@pytest.mark.parametrize("address", ["/dev/pts/9", "socket://192.0.2.7:4001"])
def test_a_port_of_which_nothing_is_known_stays_as_it_was_typed(machine: FakeDeviceTree, address: str) -> None:
    machine.add_serial_port("ttyUSB0", FTDI, "1-1")
    assert find_stable_address(address, machine.root) == address
