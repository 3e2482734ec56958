"""The pages of calendar feeds, and the feeds themselves: these need no login, only their secret address."""

from collections.abc import Iterable

from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from domain.model.calendar_feeds import FeedSubject
from kiosk.desk.feeds.source import FeedSource
from kiosk.desk.forms import Form
from kiosk.desk.pages import REFUSED, Pages, Visitor, find_words
from kiosk.words.desk.feeds import FEEDS


class FeedPages:
    """Answers `/plan/feeds` and `/calendar`."""

    def __init__(self, source: FeedSource) -> None:
        self._source = source

    def list_routes(self, pages: Pages) -> Iterable[Route]:
        """The list with its forms, and the feeds."""
        self._pages = pages
        return (
            Route("/plan/feeds", pages.allow("plan", self._list)),
            Route("/plan/feeds/open", pages.receive("plan", self._open), methods=["POST"]),
            Route("/plan/feeds/close", pages.receive("plan", self._close), methods=["POST"]),
            Route("/calendar/{secret}.ics", self._send),
        )

    async def _list(self, _: Request, visitor: Visitor) -> Response:
        return await self._show(visitor)

    async def _show(self, visitor: Visitor, message: str = "", address: str = "", form: Form | None = None) -> Response:
        """The page; `form` is one that is shown again, with what is wrong in it."""
        form = form or Form(())
        is_number = form.get("kind") == "volunteer"
        values = {
            "feed_words": FEEDS[visitor.words.language],
            "feeds": await to_thread.run_sync(self._source.list_feeds),
            "posts": await to_thread.run_sync(self._source.list_posts),
            "message": "" if is_number else message,
            "number": form.get("volunteer"),
            "number_fault": message if is_number else "",
            "address": address,
        }
        return self._pages.show_to(visitor, "feeds/feeds.html", values, REFUSED if message else 200)

    async def _open(self, request: Request, visitor: Visitor, form: Form) -> Response:
        subject = await self._read_subject(form)
        if subject is None:
            return await self._show(visitor, FEEDS[visitor.words.language].unknown, form=form)
        secret = await to_thread.run_sync(self._source.open_feed, subject, visitor.session.actor)
        return await self._show(visitor, address=f"{request.url.scheme}://{request.url.netloc}/calendar/{secret}.ics")

    async def _close(self, _: Request, visitor: Visitor, form: Form) -> Response:
        words, subject = FEEDS[visitor.words.language], await self._read_subject(form)
        if subject is None:
            return await self._show(visitor, words.unknown)
        await to_thread.run_sync(self._source.close_feed, subject, visitor.session.actor)
        return self._pages.lead_to("/plan/feeds", visitor, words.closed)

    async def _read_subject(self, form: Form) -> FeedSubject | None:
        """What a form is about; None where there is no such volunteer or post."""
        match form.get("kind"):
            case "unit":
                return FeedSubject("unit")
            case "post":
                posts = await to_thread.run_sync(self._source.list_posts)
                return FeedSubject("post", post=form.get("post")) if form.get("post") in posts else None
            case "volunteer":
                found = await to_thread.run_sync(self._source.find_volunteer, form.get("volunteer").strip())
                return None if found is None else FeedSubject("volunteer", found)
            case _:
                return None

    async def _send(self, request: Request) -> Response:
        language = find_words(request).language
        content = await to_thread.run_sync(self._source.write_feed, request.path_params["secret"], language)
        if content is None:
            raise HTTPException(404)
        return Response(content, media_type="text/calendar")
