"""The server of the web pages and of the messages of kiosks, which waits for nobody without end.

Rule: a TLS handshake, the headers of a request and each piece of its body have to arrive within seconds, and each piece
of an answer has to be read. Where all places are taken, the connection is closed that has waited longest without a
request. Between requests, and for an answer that waits for news, a connection may be idle as the library allows.
"""

import asyncio
import signal
import socket
import sys
import threading
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any, NamedTuple

import h11
import uvicorn
from starlette.types import ASGIApp
from typing_extensions import override
from uvicorn.config import STARTUP_FAILURE
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

LEAST_BYTES = 10_000
"""Of a body, or of an answer, in each of its time limits: half a kilobyte a second, which the poorest line carries."""
MOST_UNSENT = 65_536
"""Bytes of an answer that the kernel holds back, at most: a peer that reads is not taken for one that does not."""


class TimeLimits(NamedTuple):
    """For how many seconds the other side of a connection is waited for."""

    handshake: float = 10.0
    """For that of TLS to be done, when it begins and when it ends."""
    headers: float = 10.0
    """For those of a request to be there: from the connection on, or from their first byte."""
    body: float = 30.0
    """For the next piece of a body. Longer than a hub reads one, which then says so."""
    answer: float = 60.0
    """For the next piece of an answer to be read."""


class ServerConfig(uvicorn.Config):
    """How an application is served, and within which limits."""

    def __init__(self, app: ASGIApp, limits: TimeLimits, **options: Any) -> None:
        super().__init__(app, http=TimedConnection, **options)
        self.limits = limits
        self.silent: dict[TimedConnection, None] = {}
        """Connections of which the headers of a request are waited for, the longest first."""


class TimedConnection(H11Protocol):
    """A connection that is closed where the other side does not say in time what it wants, or does not read."""

    def __init__(
        self,
        config: ServerConfig,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._limits, self._silent = config.limits, config.silent
        self._awaited: type[h11.IDLE | h11.SEND_BODY] | None = None
        """What is waited for: headers, or a body."""
        self._timer: asyncio.TimerHandle | None = None
        self._received = 0
        """Bytes since the timer of a body was set."""
        self._answer_timer: asyncio.TimerHandle | None = None
        self._unread = 0
        """Bytes of answers when something was added to them, or when they were looked at last."""

    @override
    def connection_made(self, transport: asyncio.Transport) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        super().connection_made(transport)
        connected = transport.get_extra_info("socket")
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, MOST_UNSENT)
        self._make_room()
        self._watch()

    @override
    def data_received(self, data: bytes) -> None:
        self._received += len(data)
        super().data_received(data)
        self._watch()

    @override
    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._watch_answer()
        if self.conn.trailing_data[0]:  # the beginning of a request that was sent before the answer to this one
            self._watch()

    @override
    def pause_writing(self) -> None:
        super().pause_writing()
        self._watch_answer()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._forget()
        if self._answer_timer:
            self._answer_timer.cancel()
        super().connection_lost(exc)

    def _make_room(self) -> None:
        """Close the connection that is silent for longest, where one more would be refused."""
        if self.limit_concurrency and len(self.connections) >= self.limit_concurrency and self._silent:
            oldest = next(iter(self._silent))
            oldest.give_up()
            self.connections.discard(oldest)

    def _watch(self) -> None:
        """Set the time for what has to come next; what was waited for already gets no more of it."""
        state = self.conn.their_state
        if state is self._awaited:
            return
        self._forget()
        if state is h11.IDLE:
            self._awaited, self._silent[self] = state, None
            self._timer = self.loop.call_later(self._limits.headers, self.give_up)
        elif state is h11.SEND_BODY:
            self._awaited = state
            self._wait_for_body()

    def _wait_for_body(self) -> None:
        self._received = 0
        self._timer = self.loop.call_later(self._limits.body, self._look_at_body)

    def _look_at_body(self) -> None:
        """One that is not read, because the application has too much to do, is not slow."""
        if self._received >= LEAST_BYTES or self.flow.read_paused:
            self._wait_for_body()
        else:
            self.give_up()

    def _watch_answer(self) -> None:
        """Set the time for a piece of what is not sent yet. It was added because much of what was before is read."""
        if self._answer_timer:
            self._answer_timer.cancel()
        self._unread = self.transport.get_write_buffer_size()
        if self._unread:
            self._answer_timer = self.loop.call_later(self._limits.answer, self._look_at_answer)

    def _look_at_answer(self) -> None:
        if self._unread - self.transport.get_write_buffer_size() >= min(LEAST_BYTES, self._unread):
            self._watch_answer()
        else:
            self.give_up()

    def give_up(self) -> None:
        """Close it, whatever is still to be said."""
        self._forget()
        self.transport.abort()

    def _forget(self) -> None:
        self._silent.pop(self, None)
        self._awaited = None
        if self._timer:
            self._timer.cancel()


class WebServer(uvicorn.Server):
    """Ends its streams when a signal comes, and ends as a program that did what it was asked to."""

    config: ServerConfig

    def __init__(
        self, config: ServerConfig, end_streams: Callable[[], Awaitable[None]], let_go: Callable[[], None]
    ) -> None:
        """`let_go`: let no thread ask a home any more; some belong to requests that were not waited for."""
        super().__init__(config)
        self._end_streams, self.let_go = end_streams, let_go
        self._loop: asyncio.AbstractEventLoop | None = None

    def stop(self) -> None:
        """Answer nothing more; in the thread of the event loop."""
        self.should_exit = True
        self._closing = asyncio.ensure_future(self._end_streams())

    def stop_from_outside(self) -> None:
        """Answer nothing more; in any thread."""
        self.should_exit = True
        if self._loop is not None:
            with suppress(RuntimeError):  # it has ended already
                self._loop.call_soon_threadsafe(self.stop)

    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """As the library's, which has no limit of ours for a TLS handshake."""
        await self.lifespan.startup()
        if self.lifespan.should_exit:
            sys.exit(STARTUP_FAILURE)
        config, loop = self.config, asyncio.get_running_loop()
        limit = config.limits.handshake if config.ssl else None

        def build_connection() -> TimedConnection:
            return TimedConnection(config, self.server_state, self.lifespan.state, loop)

        self.servers = [
            await loop.create_server(
                build_connection,
                sock=listening,
                ssl=config.ssl,
                backlog=config.backlog,
                ssl_handshake_timeout=limit,
                ssl_shutdown_timeout=limit,
            )
            for listening in sockets or ()
        ]
        self.started = True

    @override
    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """The library's own would end the program by the signal once more."""
        self._loop = loop = asyncio.get_running_loop()
        if threading.current_thread() is not threading.main_thread():
            yield
            return

        def handle(_number: int, _frame: FrameType | None) -> None:
            loop.call_soon_threadsafe(self.stop)

        before = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
