"""Serial device servers for tests: ser2net, the real one, and the ends of plain connections."""

import shutil
import socket
import subprocess
from pathlib import Path
from typing import Literal, Self

from tests.support.waiting import wait_until

Protocol = Literal["socket", "rfc2217"]
ACCEPTERS: dict[Protocol, str] = {"socket": "tcp", "rfc2217": "telnet(rfc2217),tcp"}
LISTENING = " 00000000:0000 0A "
"""How the kernel tells of a socket that waits for connections (proc(5), /proc/net/tcp)."""


def find_free_port() -> int:
    """A port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def is_listening(port: int) -> bool:
    """Whether a server listens, found out without connecting."""
    sockets = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()
    return any(f":{port:04X}{LISTENING}" in line for line in sockets)


class Ser2net:
    """ser2net before one serial device."""

    def __init__(self, folder: Path, device: str, protocol: Protocol) -> None:
        self.port = find_free_port()
        self._protocol: Protocol = protocol
        self._settings = folder / "ser2net.yaml"
        self._settings.write_text(
            f"connection: &door\n"
            f"  accepter: {ACCEPTERS[protocol]},127.0.0.1,{self.port}\n"
            f"  connector: serialdev,{device},9600n81,local\n",
            encoding="utf-8",
        )
        self.start()

    @staticmethod
    def skip_reason() -> str | None:
        """Why this machine cannot try it."""
        return None if shutil.which("ser2net") else "ser2net is not installed"

    @property
    def address(self) -> str:
        """What to write in the settings. A pseudo-terminal has no control lines to set."""
        options = "?ign_set_control" if self._protocol == "rfc2217" else ""
        return f"{self._protocol}://127.0.0.1:{self.port}{options}"

    def start(self) -> None:
        """Start it, and wait until it listens."""
        self._process = subprocess.Popen(
            ["ser2net", "-n", "-u", "-c", self._settings],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_until(lambda: is_listening(self.port), describe_failure=lambda: "ser2net does not listen")

    def stop(self) -> None:
        """Switch it off; its connections end."""
        self._process.kill()
        self._process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
