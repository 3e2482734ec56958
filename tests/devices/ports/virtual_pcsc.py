"""PC/SC without hardware: the real service with a driver that asks programs for cards (vsmartcard-vpcd)."""

import os
import shutil
import socket
import struct
import subprocess
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Self

from devices.ports.pcsc_library import PcscService, Slot
from tests.support.waiting import wait_until

DRIVER = Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so")
SERVICE_SOCKET = Path("/run/pcscd/pcscd.comm")
CARD_PORT = 0x5C7B  # below the range from which the kernel gives ports to others
"""Where the driver waits for a card for its first reader; its second reader listens one further."""
READER = "Virtual PCD 00 00"
SECOND_READER = "Virtual PCD 00 01"

CONFIGURATION = f"""\
FRIENDLYNAME "Virtual PCD"
DEVICENAME /dev/null:{CARD_PORT:#x}
LIBPATH {DRIVER}
CHANNELID {CARD_PORT:#x}
"""

POWER_OFF, POWER_ON, RESET, GET_ATR = b"\x00", b"\x01", b"\x02", b"\x04"
ATR = bytes.fromhex("3B8F8001804F0CA000000306030001000000006A")
"""What a PC/SC reader tells of a MIFARE Classic card (PC/SC part 3)."""
GET_UID = bytes.fromhex("FFCA000000")
STATUS_OK, NO_SUCH_INSTRUCTION = b"\x90\x00", b"\x6d\x00"


def skip_reason() -> str | None:
    """Why this machine cannot try it."""
    if not shutil.which("pcscd") or not DRIVER.exists():
        return "pcscd and vsmartcard-vpcd are not installed"
    if os.geteuid() != 0:
        return "only the superuser may start a PC/SC service"
    return "another PC/SC service runs here" if _is_service_running() else None


def _is_service_running() -> bool:
    with socket.socket(socket.AF_UNIX) as client:
        return client.connect_ex(str(SERVICE_SOCKET)) == 0


class PcscDaemon:
    """The PC/SC service, with two virtual readers and no other."""

    def __init__(self, folder: Path) -> None:
        (folder / "virtual").write_text(CONFIGURATION, encoding="utf-8")
        self._command = ["pcscd", "--foreground", "--config", str(folder)]
        self._log = folder.with_suffix(".log")
        self.start()

    def start(self) -> None:
        """Start it, and wait until it serves and its driver waits for cards."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(self._command, stdout=log, stderr=log)
        try:
            wait_until(lambda: _is_service_running() and _is_driver_listening(), describe_failure=self._log.read_text)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End it as its supervisor would."""
        self._process.terminate()
        self._process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def _is_driver_listening() -> bool:
    """Whether the driver listens, as the kernel tells: to connect would be to bring a card."""
    listening = Path("/proc/net/tcp").read_text(encoding="ascii")
    return f"00000000:{CARD_PORT:04X} 00000000:0000 0A" in listening


class VirtualCard:
    """A card that lies on a virtual reader while it is entered."""

    def __init__(self, uid: str, slot: int = 0, status: bytes = STATUS_OK) -> None:
        self._answer = bytes.fromhex(uid) + status
        self._slot = slot

    def __enter__(self) -> Self:
        self._line = socket.create_connection(("127.0.0.1", CARD_PORT + self._slot))
        Thread(target=self._serve_until_removed, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._line.shutdown(socket.SHUT_RDWR)
        self._line.close()
        wait_until(self._is_gone, describe_failure=lambda: "the service still sees the card")

    def _is_gone(self) -> bool:
        service, slot = PcscService(), Slot((READER, SECOND_READER)[self._slot])
        service.wait([slot], 1.0)
        service.release()
        return not slot.has_card

    def _serve_until_removed(self) -> None:
        with suppress(OSError):  # taken away, or the service ended
            self._serve()

    def _serve(self) -> None:
        """Each message is its length in two bytes and as many bytes; those of one byte are about power."""
        while len(head := self._line.recv(2)) == 2:
            asked = self._line.recv(*struct.unpack("!H", head), socket.MSG_WAITALL)
            if asked not in (POWER_OFF, POWER_ON, RESET):
                answer = self._respond(asked)
                self._line.sendall(struct.pack("!H", len(answer)) + answer)

    def _respond(self, asked: bytes) -> bytes:
        if asked == GET_ATR:
            return ATR
        return self._answer if asked == GET_UID else NO_SUCH_INSTRUCTION
