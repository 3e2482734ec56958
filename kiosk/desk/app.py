"""The desk as an application: its addresses, each with the right that it needs.

Rule: it asks its sources and knows no home, so that it can be served from anything that answers them.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Protocol

from anyio import to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from domain.log.errors import LogError
from domain.log.lenient import UndecodableEvent
from kiosk.desk.login import Login, LoginAccounts
from kiosk.desk.login_pages import LoginPages
from kiosk.desk.pages import EXPIRED, PROBLEMS, Pages, Visitor
from kiosk.desk.roles import list_menu
from kiosk.desk.security import Protected
from kiosk.desk.sessions import FormTokens, Sessions
from kiosk.desk.templates import Templates
from kiosk.desk.today import TodayFeed, TodaySource, Variant
from kiosk.errors import UserError
from kiosk.log_messages import RepeatedMessages
from kiosk.roster.view_model import RosterSource
from kiosk.words.desk.kiosks import KIOSKS
from kiosk.words.desk.served import SERVED

LOG = logging.getLogger(__name__)
STATIC = Path(__file__).parent / "static"
UNBUFFERED = {"x-accel-buffering": "no"}
"""For a proxy, which would keep a stream back until there is much of it."""
TYPES = {".css": "text/css", ".js": "text/javascript"}


class Section(Protocol):
    """Some pages of the desk that belong together."""

    def list_routes(self, pages: Pages, /) -> Iterable[Route]:
        """Their addresses, each guarded by `pages`."""
        ...


class DeskApp:
    """The pages of the desk over their sources."""

    def __init__(
        self,
        roster: RosterSource,
        beside: TodaySource,
        accounts: LoginAccounts,
        sections: Sequence[Section] = (),
        *,
        load_served: Callable[[], Sequence[object]],
        list_missing_kiosks: Callable[[], Sequence[str]],
        list_quarantine: Callable[[], Sequence[UndecodableEvent]],
        is_secure: bool,
    ) -> None:
        """`load_served`: how many were served lately, a day each; `is_secure`: whether the desk is served over TLS.

        `list_missing_kiosks`: those because of which the last day that is over is provisional.
        `list_quarantine`: the events that the read models do without. It waits for nothing.
        """
        templates = Templates()
        self.sessions = Sessions(accounts)
        self.feed = TodayFeed(roster, beside, templates)
        self._sections, self._load_served, self._list_missing_kiosks = sections, load_served, list_missing_kiosks
        tokens = FormTokens()
        self._pages = Pages(self.sessions, tokens, templates, list_quarantine=list_quarantine, is_secure=is_secure)
        self._login_pages = LoginPages(self._pages, Login(accounts, self.sessions), self.sessions)
        self._troubles = RepeatedMessages(LOG)
        self._files = {path.name: path.read_bytes() for path in STATIC.iterdir() if path.suffix in TYPES}

    def build(self, hosts: Iterable[str]) -> ASGIApp:
        """The application, which answers to these names only."""
        allow, login = self._pages.allow, self._login_pages
        routes = [
            Route("/", allow(None, self._show_first)),
            Route("/today/events", allow("today", self._stream_today)),
            Route("/login", login.show_login),
            Route("/login", login.log_in, methods=["POST"]),
            Route("/logout", self._pages.receive(None, login.log_out), methods=["POST"]),
            Route("/language/{language}", login.choose_language),
            Route("/static/{name}", self._send_file),
            *(route for section in self._sections for route in section.list_routes(self._pages)),
        ]
        handlers = {
            HTTPException: self._show_refusal,
            LogError: self._show_unreadable,
            UserError: self._show_unreadable,
            Exception: self._show_failure,
        }
        return Protected(Starlette(routes=routes, exception_handlers=handlers, lifespan=lambda _: self.follow()), hosts)

    @asynccontextmanager
    async def follow(self) -> AsyncGenerator[None]:
        """Follow the log for today's page until the block ends."""
        following = asyncio.create_task(self.feed.follow())
        try:
            yield
        finally:
            following.cancel()
            with suppress(asyncio.CancelledError):
                await following

    # --- Today ---

    async def _show_first(self, _: Request, visitor: Visitor) -> Response:
        """Today, or the first page that the role may open instead."""
        if visitor.may("today"):
            await self.feed.refresh()
            fragment = self.feed.write_fragment(self._choose_variant(visitor))
            served = await self._ask(self._load_served) if visitor.may("month") else ()
            values = {
                "fragment": fragment,
                "served": served,
                "served_words": SERVED[visitor.words.language],
                "missing_kiosks": await self._ask(self._list_missing_kiosks),
                "kiosk_words": KIOSKS[visitor.words.language],
            }
            return self._pages.show_to(visitor, "today.html", {"section": "today", **values})
        menu = list_menu(visitor.account.role)
        if not menu:
            raise HTTPException(403)
        return RedirectResponse(menu[0].path, 303)

    async def _ask(self, load: Callable[[], Sequence[object]]) -> Sequence[object]:
        """Nothing where the log cannot be read, which the page says already."""
        try:
            return await to_thread.run_sync(load)
        except (LogError, UserError):
            return ()

    async def _stream_today(self, _: Request, visitor: Visitor) -> Response:
        async def is_awake() -> bool:
            return await to_thread.run_sync(self._is_session_awake, visitor.session.id)

        variant = self._choose_variant(visitor)
        return StreamingResponse(
            self.feed.stream(variant, is_awake), media_type="text/event-stream", headers=UNBUFFERED
        )

    def _choose_variant(self, visitor: Visitor) -> Variant:
        variant = Variant(visitor.words, visitor.may("correct"), visitor.may("unit"))
        if variant.sees_state:
            self.feed.check_state()
        return variant

    def _is_session_awake(self, session_id: str) -> bool:
        """Whether a session goes on; asking does not keep it awake."""
        return self.sessions.find(session_id, touch=False) is not None

    # --- Files, and what goes wrong ---

    async def _send_file(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in self._files:
            raise HTTPException(404)
        return Response(self._files[name], media_type=TYPES[Path(name).suffix], headers={"cache-control": "no-cache"})

    async def _show_refusal(self, request: Request, error: Exception) -> Response:
        status, headers = 500, None
        if isinstance(error, HTTPException):
            status, headers = error.status_code, error.headers
        if status == EXPIRED:
            return self._pages.show_problem(request, "form_expired", 403)
        response = self._pages.show_problem(request, PROBLEMS.get(status, "failed"), status)
        response.headers.update(headers or {})
        return response

    async def _show_unreadable(self, request: Request, error: Exception) -> Response:
        self._troubles.error("the desk cannot read the home (%s)", type(error).__name__)
        return self._pages.show_problem(request, "unreadable", 503)

    async def _show_failure(self, request: Request, _: Exception) -> Response:
        return self._pages.show_problem(request, "failed", 500)
