"""The addresses of a hub: each takes one message of a kiosk and answers it.

Rule: a body is read within limits of size and time, and never more than 32 at once; the work is done in threads, so
that a page of the desk does not wait for it. A kiosk that waits for news holds neither.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar

import msgspec
from anyio import CapacityLimiter, to_thread
from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from domain.log.errors import LogError
from domain.source_errors import KioskNameTaken, SourceRefused
from kiosk.desk.home_access import HomeIsClosed
from kiosk.errors import UserError
from kiosk.hub.bodies import BodyGate
from kiosk.hub.log_watch import LogWatch
from kiosk.hub.refusals import HubRefused, build_busy, build_failure, build_refusal
from kiosk.hub.turns import NoTurn
from kiosk.hub.unit import HubUnit, read_hub_time
from kiosk.log_messages import RepeatedMessages
from kiosk.wire_protocol.encoding import NotUnderstood, decode, encode
from kiosk.wire_protocol.messages import (
    CHALLENGE,
    EXCHANGE,
    JOIN,
    NAMES,
    SESSION,
    STATUS_OF_REFUSAL,
    ChallengeRequest,
    Copied,
    ExchangeAnswer,
    ExchangeRequest,
    JoinRequest,
    NamesRequest,
    Refusal,
    SessionRequest,
)

LOG = logging.getLogger(__name__)
MEDIA_TYPE = "application/vnd.kiosk+msgpack"
MOST_THREADS = 8
"""That work for kiosks at once, beside those of the desk."""
UNREAD = {STATUS_OF_REFUSAL[code] for code in ("not_understood", "too_much", "busy")}
"""Statuses of answers before a body was read to its end."""
MOST_TURNS = 4
"""Of them for one unit: while its log is held by another program, the threads of the others go on."""
M = TypeVar("M", bound=msgspec.Struct)
A = TypeVar("A", bound=msgspec.Struct)
R = TypeVar("R")


class Shared:
    """What the units of one program share, so that many of them need no more than one."""

    def __init__(self, gate: BodyGate | None = None, most_threads: int = MOST_THREADS) -> None:
        self.gate = gate or BodyGate()
        self.threads = CapacityLimiter(most_threads)


class HubApp:
    """The addresses for the kiosks of one unit."""

    def __init__(self, unit: HubUnit, shared: Shared, watch: LogWatch | None = None) -> None:
        """`watch`: the end of its log, where another reader keeps it."""
        self._unit, self._gate, self._threads = unit, shared.gate, shared.threads
        self._turns = CapacityLimiter(MOST_TURNS)
        self._troubles = RepeatedMessages(LOG)
        self._watch = watch or LogWatch(lambda: self._run(self._read_position))

    async def stop(self) -> None:
        """Answer those who wait for news: the program ends."""
        self._watch.close()

    def list_routes(self) -> list[Route]:
        """Each address, one message."""
        unit = self._unit
        return [
            self._route(JOIN, partial(self._answer, JoinRequest, unit.join)),
            self._route(CHALLENGE, partial(self._answer, ChallengeRequest, unit.challenge)),
            self._route(SESSION, partial(self._answer, SessionRequest, unit.begin_session)),
            self._route(NAMES, partial(self._answer, NamesRequest, unit.send_names)),
            self._route(EXCHANGE, self._exchange),
        ]

    def _route(self, path: str, answer: Callable[[Request], Awaitable[bytes]]) -> Route:
        async def endpoint(request: Request) -> Response:
            try:
                return _respond(200, await answer(request))
            except Exception as error:
                refusal = self._find_refusal(error)
                if refusal is None:
                    raise
                return _respond(STATUS_OF_REFUSAL[refusal.code], encode(refusal))

        return Route(path, endpoint, methods=["POST"])

    def _find_refusal(self, error: Exception) -> Refusal | None:
        """What a kiosk is answered; None for a fault of ours."""
        match error:
            case HubRefused():
                return error.refusal
            case NotUnderstood():
                return Refusal("not_understood")
            case SourceRefused() | KioskNameTaken():
                return build_refusal(error)
            case NoTurn():
                return build_busy(error.seconds)
            case LogError() | UserError() | HomeIsClosed():
                self._troubles.error("the hub cannot use the home (%s)", type(error).__name__)
                return build_failure(error)
            case _:
                return None

    async def _run(self, work: Callable[[], R]) -> R:
        async with self._turns:
            return await to_thread.run_sync(work, limiter=self._threads)

    async def _answer(self, kind: type[M], answer: Callable[[M], A], request: Request) -> bytes:
        async with self._gate.read(request) as body:
            return await self._run(lambda: encode(answer(decode(kind, body))))

    # --- An exchange may wait ---

    async def _exchange(self, request: Request) -> bytes:
        loop = asyncio.get_running_loop()
        async with self._gate.read(request) as body:
            asked, answer = await self._run(lambda: self._take_and_copy(body))
        self._watch.notice(answer.position)
        ends = loop.time() + (asked.pull.wait_seconds if asked.pull else 0)
        while (left := ends - loop.time()) > 0 and _is_idle(answer):
            if not await self._watch.wait_beyond(answer.position, left):
                break
            answer = await self._run(partial(self._copy_again, asked, answer))
        return await self._run(lambda: encode(replace(answer, hub_time=read_hub_time())))

    def _take_and_copy(self, body: bytes) -> tuple[ExchangeRequest, ExchangeAnswer]:
        asked = decode(ExchangeRequest, body)
        return asked, self._unit.exchange(asked)

    def _copy_again(self, asked: ExchangeRequest, before: ExchangeAnswer) -> ExchangeAnswer:
        """The same from where it was left; what was pushed is taken already."""
        if asked.pull is None or before.copied is None:
            return before
        copied = before.copied
        onward = replace(
            asked.pull, unit=copied.unit, after=copied.upto, chain_after=copied.chain_upto, since=copied.since
        )
        answer = self._unit.exchange(ExchangeRequest(asked.token, pull=onward))
        return replace(answer, held=before.held, copied=_join_leaves(copied, answer.copied))

    def _read_position(self) -> int:
        """What cannot be read now is no news; the next question is answered with the reason."""
        try:
            return self._unit.read_position()
        except (LogError, HomeIsClosed):
            return 0


def _is_idle(answer: ExchangeAnswer) -> bool:
    """Whether there is nothing to send yet."""
    copied = answer.copied
    return copied is not None and not copied.rows and not copied.begins_anew and copied.upto == answer.position


def _join_leaves(before: Copied, onward: Copied | None) -> Copied | None:
    """What was found behind an answer that was not sent, with the leaves of both."""
    if onward is None or onward.begins_anew:
        return onward
    return replace(onward, leaves=(before.leaves or b"") + (onward.leaves or b""))


def _respond(status: int, body: bytes) -> Response:
    """Behind an answer to a body that was not read to its end nothing more is read."""
    headers = {"connection": "close"} if status in UNREAD else None
    return Response(body, status, headers, MEDIA_TYPE)
