"""What every page is answered with: the session behind a cookie, the right that the page needs, the language.

Rule: an address declares its right where it is listed. Without a session it leads to the login, without the right
it is refused, whatever links a page shows.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import NamedTuple
from urllib.parse import parse_qsl

from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from kiosk.account_source import AccountEntry
from kiosk.desk.roles import Right, is_granted
from kiosk.desk.sessions import FormTokens, Session, Sessions
from kiosk.desk.templates import Templates, choose_words
from kiosk.words.desk_words import DeskWords, Problem

PROBLEMS: dict[int, Problem] = {
    400: "not_a_form",
    403: "forbidden",
    404: "not_found",
    405: "not_found",
    413: "too_large",
    415: "not_a_form",
}
EXPIRED = 419
"""The status inside the program for a form whose token is not right; the answer says 403."""


MOST_BYTES = 10_000
MOST_FIELDS = 20
"""Of a form: anything larger is refused before it is held in memory."""
TOKEN_FIELD = "token"  # noqa: S105 - the name of a field


class Visitor(NamedTuple):
    """Who asks for a page."""

    session: Session
    account: AccountEntry
    words: DeskWords


Handler = Callable[[Request, Visitor], Awaitable[Response]]


class Pages:
    """Answers with pages, to those who may see them."""

    def __init__(self, sessions: Sessions, tokens: FormTokens, templates: Templates, *, is_secure: bool) -> None:
        """`is_secure`: whether the desk is served over TLS."""
        self._sessions, self.tokens, self._templates, self._is_secure = sessions, tokens, templates, is_secure
        prefix = "__Host-" if is_secure else ""
        self.session_cookie, self.login_cookie = f"{prefix}kiosk-session", f"{prefix}kiosk-login"

    # --- Guards ---

    def allow(self, right: Right | None, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        """A page for visitors with a right; None is for everybody who is logged in."""

        async def answer(request: Request) -> Response:
            visitor = await self.find_visitor(request)
            if visitor is None:
                return self.lead_to_login()
            if right is not None and not is_granted(visitor.account.role, right):
                raise HTTPException(403)
            return await handler(request, visitor)

        return answer

    async def find_visitor(self, request: Request) -> Visitor | None:
        """The visitor with the session of the request's cookie; None where it has ended."""
        session_id = request.cookies.get(self.session_cookie, "")
        found = await to_thread.run_sync(lambda: self._sessions.find(session_id, touch=True))
        return found and Visitor(*found, choose_words(request.headers.get("accept-language", "")))

    async def read_own_form(self, request: Request, cookie: str) -> dict[str, str]:
        """The fields of a form that came from a page of ours. Raises: HTTPException."""
        form = await read_form(request)
        if not self.tokens.is_right(cookie, form.get(TOKEN_FIELD, "")):
            raise HTTPException(EXPIRED)
        return form

    # --- Answers ---

    def lead_to_login(self) -> Response:
        """Where there is no session: the login, and the cookie is gone."""
        response = RedirectResponse("/login", 303)
        response.delete_cookie(self.session_cookie, secure=self._is_secure, httponly=True, samesite="strict")
        return response

    def show(self, template: str, words: DeskWords, values: Mapping[str, object], status: int = 200) -> HTMLResponse:
        """A page."""
        return HTMLResponse(self._templates.write(template, words, **values), status)

    def show_problem(self, request: Request, problem: Problem, status: int) -> HTMLResponse:
        """The page that says why there is none."""
        words = choose_words(request.headers.get("accept-language", ""))
        values = {"problem": words.problems[problem], **self.describe_nobody()}
        return self.show("problem.html", words, values, status)

    def describe(self, visitor: Visitor) -> dict[str, object]:
        """What the head of a page needs to know of its visitor."""
        return {"account": visitor.account, "token": self.tokens.derive(visitor.session.id)}

    def describe_nobody(self) -> dict[str, object]:
        """The same for a page that anybody may see."""
        return {"account": None, "token": ""}

    def set_cookie(self, response: Response, name: str, value: str) -> None:
        """A cookie that ends with the browser, and that neither scripts nor other sites get."""
        response.set_cookie(name, value, path="/", secure=self._is_secure, httponly=True, samesite="strict")


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form; of one that is given twice, the last. Raises: HTTPException."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/x-www-form-urlencoded":
        raise HTTPException(415)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise HTTPException(413, headers={"connection": "close"})
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS))
    except ValueError:  # no UTF-8, or too many fields
        raise HTTPException(400) from None
