"""A network between a kiosk and its hub that can be cut: at once, or in the middle of a request or of an answer."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Self
from urllib.parse import urlsplit

CHUNK = 65_536


class CutProxy:
    """Hands bytes on between whoever connects to `url` and a hub, as long as nothing is cut."""

    def __init__(self, hub: str) -> None:
        parts = urlsplit(hub)
        self._hub = (parts.hostname, parts.port)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._called, self._is_called = (f"Host: 127.0.0.1:{port}".encode() for port in (self.port, parts.port))
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []
        self._answers_to_cut = self._requests_to_cut = 0
        self.is_cut = False
        self.answers_cut = self.requests_cut = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def cut_answers(self, count: int) -> None:
        """Cut the connection in the middle of the next answers: the hub has done what was asked."""
        self._answers_to_cut = count

    def cut_requests(self, count: int) -> None:
        """Cut the connection in the middle of the next requests."""
        self._requests_to_cut = count

    def unplug(self) -> None:
        """Cut everything, until it is plugged in again."""
        self.is_cut = True
        self._close_all()

    def plug_in(self) -> None:
        """Hand on again."""
        self.is_cut = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.is_cut = True
        self._listening.close()
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
            except OSError:
                return
            if self.is_cut:
                near.close()
                continue
            try:
                far = socket.create_connection(self._hub)
            except OSError:
                near.close()
                continue
            with self._lock:
                self._open += [near, far]
            threading.Thread(target=self._hand_on, args=(near, far, self._is_request_cut), daemon=True).start()
            threading.Thread(target=self._hand_on, args=(far, near, self._is_answer_cut), daemon=True).start()

    def _hand_on(self, source: socket.socket, target: socket.socket, is_cut: Callable[[], bool]) -> None:
        with suppress(OSError):
            while given := source.recv(CHUNK).replace(self._called, self._is_called):
                if is_cut():
                    target.sendall(given[: len(given) // 2])
                    break
                target.sendall(given)
        _shut(source)
        _shut(target)

    def _is_answer_cut(self) -> bool:
        with self._lock:
            cut = self._answers_to_cut > 0
            self._answers_to_cut -= cut
            self.answers_cut += cut
        return cut

    def _is_request_cut(self) -> bool:
        with self._lock:
            cut = self._requests_to_cut > 0
            self._requests_to_cut -= cut
            self.requests_cut += cut
        return cut


def _shut(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
