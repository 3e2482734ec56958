"""The bodies that kiosks send: so many at once, so large, and in so much time.

Rule: a body that is too large is refused by what it says of itself, or while it is read where it says nothing.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from starlette.exceptions import HTTPException
from starlette.requests import Request

from kiosk.desk.forms import stream_body
from kiosk.hub.refusals import refuse
from kiosk.hub.turns import Turns
from kiosk.wire_protocol.encoding import MOST_BODY_BYTES
from kiosk.wire_protocol.messages import STATUS_OF_REFUSAL

MOST_BODIES = 32
"""At once, in memory; the next one waits for its turn unread."""
MOST_IGNORED = 2 * 1024 * 1024
"""Bytes beyond that are read and forgotten, so that the kiosk hears the answer."""
BODY_SECONDS = 20.0
"""For one body to arrive: 6 MiB over 2.5 Mbit/s."""


class BodyGate:
    """Reads bodies, and holds their places until they are dealt with. Used in the event loop alone."""

    def __init__(self, turns: Turns | None = None, seconds: float = BODY_SECONDS) -> None:
        self._turns = turns or Turns(MOST_BODIES)
        self._seconds = seconds

    @asynccontextmanager
    async def read(self, request: Request) -> AsyncGenerator[bytes]:
        """The body of a request. Raises: HubRefused, NoTurn."""
        async with self._turns.take():
            yield await self._read_in_time(request)

    async def _read_in_time(self, request: Request) -> bytes:
        try:
            async with asyncio.timeout(self._seconds):
                return await _read_body(request)
        except TimeoutError:
            raise refuse("not_understood") from None


async def _read_body(request: Request) -> bytes:
    if int(request.headers.get("content-length", "0")) > MOST_BODY_BYTES:
        raise refuse("too_much")
    try:
        return b"".join([chunk async for chunk in stream_body(request, MOST_BODY_BYTES, MOST_IGNORED)])
    except HTTPException as error:
        raise refuse("too_much" if error.status_code == STATUS_OF_REFUSAL["too_much"] else "not_understood") from None
