"""The pages to log in, to log out, and to choose the language."""

from urllib.parse import urlsplit

from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kiosk.accounts.passwords import Password
from kiosk.desk.forms import Form, is_typed, parse_fields
from kiosk.desk.login import Login, Throttled
from kiosk.desk.pages import Pages, Visitor, find_words
from kiosk.desk.sessions import Session, Sessions
from kiosk.desk.templates import LANGUAGE_COOKIE, LANGUAGES

TOO_MANY = 429
MOST_NAME = 128
"""Characters of a name: no actor has more, and failures are counted by it."""


class LoginPages:
    """Answers `/login`, `/logout` and `/language`."""

    def __init__(self, pages: Pages, login: Login, sessions: Sessions) -> None:
        self._pages, self._login, self._sessions = pages, login, sessions

    async def show_login(self, request: Request) -> Response:
        """The form; who is logged in already is led to the first page of their menu."""
        if await self._pages.find_visitor(request) is not None:
            return RedirectResponse("/", 303)
        return self._pages.show_login(request, find_words(request))

    async def log_in(self, request: Request) -> Response:
        """Begin a session, or show the form again with the reason."""
        cookie = request.cookies.get(self._pages.login_cookie, "")
        form = await self._pages.read_own_form(request, cookie)
        name, password = form.get("name").strip()[:MOST_NAME], Password(form.get("password"))
        address = request.client.host if request.client else ""
        try:
            session = await to_thread.run_sync(self._login.log_in, name, password, address, cookie)
        except Throttled as throttled:
            return self._show_wait(request, throttled, form)
        if session is None:
            return self._show_again(request, form, find_words(request).wrong, 403)
        response = await self._show_kept(request, session, form) or RedirectResponse("/", 303)
        self._pages.set_cookie(response, self._pages.session_cookie, session.id)
        return response

    async def log_out(self, _: Request, visitor: Visitor, __: Form) -> Response:
        """End the session."""
        self._sessions.end(visitor.session.id)
        return self._pages.lead_to_login()

    async def choose_language(self, request: Request) -> Response:
        """Keep the chosen language in the browser, and show the page again that asked."""
        if request.path_params["language"] not in LANGUAGES:
            raise HTTPException(404)
        back = urlsplit(request.headers.get("referer", ""))
        response = RedirectResponse(clean_path(f"{back.path}?{back.query}" if back.query else back.path), 303)
        self._pages.set_cookie(response, LANGUAGE_COOKIE, request.path_params["language"])
        return response

    async def _show_kept(self, request: Request, session: Session, form: Form) -> Response | None:
        """The form that was sent after its session had ended, to be sent now; None where there was none."""
        path, kept = form.get("path"), parse_fields(form.get("kept"))
        found = await to_thread.run_sync(lambda: self._sessions.find(session.id, touch=True))
        if not kept.fields or not path or found is None:
            return None
        visitor = Visitor(*found, find_words(request))
        values = {"path": clean_path(path), "fields": [field for field in kept.fields if is_typed(field[0])]}
        return self._pages.show_to(visitor, "kept_form.html", values)

    def _show_wait(self, request: Request, throttled: Throttled, form: Form) -> Response:
        seconds = int(throttled.wait.total_seconds()) + 1
        text = find_words(request).wait.format(minutes=-(-seconds // 60))
        response = self._show_again(request, form, text, TOO_MANY)
        response.headers["retry-after"] = str(seconds)
        return response

    def _show_again(self, request: Request, form: Form, message: str, status: int) -> Response:
        kept = parse_fields(form.get("kept"))
        return self._pages.show_login(
            request,
            find_words(request),
            message=message,
            name=form.get("name").strip()[:MOST_NAME],
            path=form.get("path"),
            form=kept if kept.fields else None,
            status=status,
        )


def clean_path(path: str) -> str:
    """A path of ours: anything that could lead elsewhere becomes the first page."""
    is_own = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() and "\\" not in path
    return path if is_own else "/"
