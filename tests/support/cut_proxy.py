"""A network between a kiosk and its hub that can be cut: at once, or in the middle of an answer; or hands none on."""

import socket
import threading
from contextlib import suppress
from typing import Self
from urllib.parse import urlsplit

CHUNK = 65_536


class CutProxy:
    """Hands bytes on between a client of `url` and a hub without TLS, as long as nothing is cut."""

    def __init__(self, hub: str) -> None:
        parts = urlsplit(hub)
        self._hub = (parts.hostname, parts.port)
        self._listening = socket.create_server(("127.0.0.1", 0))
        port: int = self._listening.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self._called, self._is_called = (f"Host: 127.0.0.1:{one}".encode() for one in (port, parts.port))
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []
        self._answers_to_cut = 0
        self._is_cut = self._is_holding = False
        threading.Thread(target=self._accept, daemon=True).start()

    def cut_answers(self, count: int) -> None:
        """Cut the connection in the middle of the next answers: the hub has done what was asked."""
        self._answers_to_cut = count

    def hold_answers(self) -> None:
        """Hand requests on, and no answer any more."""
        self._is_holding = True

    def unplug(self) -> None:
        """Cut everything, until it is plugged in again."""
        self._is_cut = True
        self._close_all()

    def plug_in(self) -> None:
        """Hand on again."""
        self._is_cut = self._is_holding = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._is_cut = True
        _shut(self._listening)
        self._close_all()

    def _close_all(self) -> None:
        with self._lock:
            left, self._open = self._open, []
        for end in left:
            _shut(end)

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
                far = socket.create_connection(self._hub)
            except OSError:
                return
            with self._lock:
                self._open += [near, far]
            if self._is_cut:
                self._close_all()
                continue
            threading.Thread(target=self._hand_on, args=(near, far), daemon=True).start()
            threading.Thread(target=self._hand_back, args=(far, near), daemon=True).start()

    def _hand_on(self, near: socket.socket, far: socket.socket) -> None:
        with suppress(OSError):
            while given := near.recv(CHUNK):
                far.sendall(given.replace(self._called, self._is_called))
        _shut(near)
        _shut(far)

    def _hand_back(self, far: socket.socket, near: socket.socket) -> None:
        with suppress(OSError):
            while given := far.recv(CHUNK):
                if self._is_next_cut():
                    near.sendall(given[: len(given) // 2])
                    break
                if not self._is_holding:
                    near.sendall(given)
        _shut(near)
        _shut(far)

    def _is_next_cut(self) -> bool:
        with self._lock:
            is_cut = self._answers_to_cut > 0
            self._answers_to_cut -= is_cut
        return is_cut


def _shut(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
