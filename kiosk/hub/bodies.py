"""The bodies that kiosks send: so many at once, so large, and in so much time.

Rule: a body that is too large is refused by what it says of itself, or while it is read where it says nothing.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from starlette.requests import ClientDisconnect, Request

from kiosk.hub.refusals import HubRefused, build_busy, refuse
from kiosk.sync.encoding import MOST_BODY_BYTES

MOST_BODIES = 32
"""At once, in memory; behind that a kiosk is asked to come back."""
BODY_SECONDS = 20.0
"""For one body to arrive: 6 MiB over 2.5 Mbit/s."""


class BodyGate:
    """Reads bodies, and holds their places until they are dealt with. Used in the event loop alone."""

    def __init__(self, most: int = MOST_BODIES, seconds: float = BODY_SECONDS) -> None:
        self._most, self._seconds = most, seconds
        self._held = 0

    @asynccontextmanager
    async def read(self, request: Request) -> AsyncGenerator[bytes]:
        """The body of a request. Raises: HubRefused."""
        if self._held >= self._most:
            raise HubRefused(build_busy())
        self._held += 1
        try:
            yield await self._read_in_time(request)
        finally:
            self._held -= 1

    async def _read_in_time(self, request: Request) -> bytes:
        try:
            async with asyncio.timeout(self._seconds):
                return await _read_body(request)
        except (TimeoutError, ClientDisconnect):
            raise refuse("not_understood") from None


async def _read_body(request: Request) -> bytes:
    stated = request.headers.get("content-length", "0")
    if not stated.isdecimal() or int(stated) > MOST_BODY_BYTES:
        raise refuse("too_much")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BODY_BYTES:
            raise refuse("too_much")
    return bytes(body)
