"""The pages to log in and to log out."""

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kiosk.desk.login import Login, Throttled
from kiosk.desk.pages import Pages, Visitor
from kiosk.desk.sessions import Sessions, create_id
from kiosk.desk.templates import choose_words
from kiosk.passwords import Password
from kiosk.words.desk_words import DeskWords

TOO_MANY = 429
MOST_NAME = 128
"""Characters of a name: no actor has more, and failures are counted by it."""


class LoginPages:
    """Answers `/login` and `/logout`."""

    def __init__(self, pages: Pages, login: Login, sessions: Sessions) -> None:
        self._pages, self._login, self._sessions = pages, login, sessions

    async def show_login(self, request: Request) -> Response:
        """The form; who is logged in already is led to today."""
        if await self._pages.find_visitor(request) is not None:
            return RedirectResponse("/", 303)
        return self._show_form(request, "", 200)

    async def log_in(self, request: Request) -> Response:
        """Begin a session, or show the form again with the reason."""
        cookie = request.cookies.get(self._pages.login_cookie, "")
        form = await self._pages.read_own_form(request, cookie)
        name, password = form.get("name", "").strip()[:MOST_NAME], Password(form.get("password", ""))
        address = request.client.host if request.client else ""
        words = choose_words(request.headers.get("accept-language", ""))
        try:
            session = await to_thread.run_sync(self._login.log_in, name, password, address, cookie)
        except Throttled as throttled:
            return self._show_wait(request, words, throttled, name)
        if session is None:
            return self._show_form(request, words.wrong, 403, name)
        response = RedirectResponse("/", 303)
        self._pages.set_cookie(response, self._pages.session_cookie, session.id)
        return response

    async def log_out(self, request: Request, visitor: Visitor) -> Response:
        """End the session."""
        await self._pages.read_own_form(request, visitor.session.id)
        self._sessions.end(visitor.session.id)
        return self._pages.lead_to_login()

    def _show_wait(self, request: Request, words: DeskWords, throttled: Throttled, name: str) -> Response:
        seconds = int(throttled.wait.total_seconds()) + 1
        text = words.wait.format(minutes=-(-seconds // 60))
        response = self._show_form(request, text, TOO_MANY, name)
        response.headers["retry-after"] = str(seconds)
        return response

    def _show_form(self, request: Request, message: str, status: int, name: str = "") -> Response:
        """The form with a cookie of its own, which its token belongs to; one that the browser has is kept."""
        words = choose_words(request.headers.get("accept-language", ""))
        cookie = request.cookies.get(self._pages.login_cookie) or create_id()
        token = self._pages.tokens.derive(cookie)
        values = {**self._pages.describe_nobody(), "token": token, "message": message, "name": name}
        response = self._pages.show("login.html", words, values, status)
        self._pages.set_cookie(response, self._pages.login_cookie, cookie)
        return response
