"""What every page is answered with: the session behind a cookie, the right that the page needs, the language.

Rule: an address declares its right where it is listed. Without a session it leads to the login, without the right
it is refused, whatever links a page shows. What was typed before a session ended is sent again after the login.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from domain.log.lenient import UndecodableEvent
from kiosk.accounts.account_source import AccountEntry
from kiosk.desk.forms import EXPIRED, TOKEN_FIELD, Form, read_form
from kiosk.desk.roles import Right, is_granted, list_menu
from kiosk.desk.sessions import FormTokens, Session, Sessions, create_id
from kiosk.desk.templates import LANGUAGE_COOKIE, Templates, choose_words
from kiosk.desk.uploads import Upload, read_upload
from kiosk.words.desk.shared_words import DeskWords, Problem
from kiosk.words.language import use_language
from kiosk.words.log_errors import UndecodableText

PROBLEMS: dict[int, Problem] = {
    400: "not_a_form",
    403: "forbidden",
    404: "not_found",
    405: "not_found",
    413: "too_large",
    415: "not_a_form",
}
MOST_NAMED = 20
"""Events that a page names which cannot be read."""
REFUSED = 422
"""The status of a form that is shown again with the reason why it was not carried out."""


class Visitor(NamedTuple):
    """Who asks for a page."""

    session: Session
    account: AccountEntry
    words: DeskWords

    def may(self, right: Right) -> bool:
        """Whether their role has a right."""
        return is_granted(self.account.role, right)


Handler = Callable[[Request, Visitor], Awaitable[Response]]
FormHandler = Callable[[Request, Visitor, Form], Awaitable[Response]]
UploadHandler = Callable[[Request, Visitor, Upload], Awaitable[Response]]
Endpoint = Callable[[Request], Awaitable[Response]]


class Pages:
    """Answers with pages, to those who may see them."""

    def __init__(
        self,
        sessions: Sessions,
        tokens: FormTokens,
        templates: Templates,
        *,
        list_quarantine: Callable[[], Sequence[UndecodableEvent]],
        is_secure: bool,
    ) -> None:
        """`list_quarantine`: the events that the read models do without; `is_secure`: whether it is served over TLS."""
        self._sessions, self.tokens, self._templates, self._is_secure = sessions, tokens, templates, is_secure
        self._list_quarantine = list_quarantine
        prefix = "__Host-" if is_secure else ""
        self.session_cookie, self.login_cookie = f"{prefix}kiosk-session", f"{prefix}kiosk-login"

    # --- Guards ---

    def allow(self, right: Right | None, handler: Handler) -> Endpoint:
        """A page for visitors with a right; None is for everybody who is logged in."""

        async def answer(request: Request) -> Response:
            visitor = await self.find_visitor(request)
            if visitor is None:
                return self.lead_to_login()
            demand(visitor, right)
            with use_language(visitor.words.language):
                return await handler(request, visitor)

        return answer

    def receive(self, right: Right | None, handler: FormHandler) -> Endpoint:
        """What a form of such a page is sent to. After the end of a session the form is kept over the login."""

        async def answer(request: Request) -> Response:
            session_id = request.cookies.get(self.session_cookie, "")
            visitor = await self.find_visitor(request)
            if visitor is None and not session_id:
                return self.lead_to_login()
            if visitor is not None:  # before the form is read
                demand(visitor, right)
            form = await self.read_own_form(request, session_id)
            if visitor is None and not form.encode():
                return self.lead_to_login()
            if visitor is None:
                return self.show_login(request, words=find_words(request), path=request.url.path, form=form)
            with use_language(visitor.words.language):
                return await handler(request, visitor, form)

        return answer

    def receive_upload(self, right: Right, handler: UploadHandler) -> Endpoint:
        """What a form with a file is sent to. After the end of a session the file has to be chosen again."""

        async def answer(request: Request) -> Response:
            session_id = request.cookies.get(self.session_cookie, "")
            visitor = await self.find_visitor(request)
            if visitor is not None:
                demand(visitor, right)
            upload = await read_upload(request, self._judge_token(session_id), keep=visitor is not None)
            if visitor is None and (not session_id or upload.file or not upload.form.encode()):
                return self.lead_to_login()
            if visitor is None:
                return self.show_login(request, words=find_words(request), path=request.url.path, form=upload.form)
            with use_language(visitor.words.language):
                return await handler(request, visitor, upload)

        return answer

    def _judge_token(self, cookie: str) -> Callable[[str], bool]:
        """Whether a token is right; without a cookie it does not matter, for that leads to the login."""
        return lambda token: not cookie or self.tokens.is_right(cookie, token)

    async def find_visitor(self, request: Request) -> Visitor | None:
        """The visitor with the session of the request's cookie; None where it has ended."""
        session_id = request.cookies.get(self.session_cookie, "")
        found = await to_thread.run_sync(lambda: self._sessions.find(session_id, touch=True))
        return found and Visitor(*found, find_words(request))

    async def read_own_form(self, request: Request, cookie: str) -> Form:
        """A form that came from a page of ours. Raises: HTTPException."""
        form = await read_form(request)
        if not self.tokens.is_right(cookie, form.get(TOKEN_FIELD)):
            raise HTTPException(EXPIRED)
        return form

    # --- Answers ---

    def lead_to_login(self) -> Response:
        """Where there is no session: the login, and the cookie is gone."""
        response = RedirectResponse("/login", 303)
        response.delete_cookie(self.session_cookie, secure=self._is_secure, httponly=True, samesite="strict")
        return response

    def lead_to(self, path: str, visitor: Visitor, message: str = "", **query: str) -> Response:
        """Lead to another page, which shows the message once: so that loading it again sends nothing again."""
        if message:
            visitor.session.messages.append(message)
        return RedirectResponse(f"{path}?{urlencode(query)}" if query else path, 303)

    def lead_on(self, path: str, visitor: Visitor, done: str, *, is_repeated: bool, **query: str) -> Response:
        """The same after a command: the page says what was done, or that the form had been sent before."""
        return self.lead_to(path, visitor, visitor.words.sent_already if is_repeated else done, **query)

    def show_to(self, visitor: Visitor, template: str, values: Mapping[str, object], status: int = 200) -> HTMLResponse:
        """A page of a section, with the head that a visitor sees."""
        return self.show(template, visitor.words, {**self.describe(visitor), **values}, status)

    def show(self, template: str, words: DeskWords, values: Mapping[str, object], status: int = 200) -> HTMLResponse:
        """A page."""
        return HTMLResponse(self._templates.write(template, words, **values), status)

    def show_problem(self, request: Request, problem: Problem, status: int) -> HTMLResponse:
        """The page that says why there is none."""
        words = find_words(request)
        values = {"problem": words.problems[problem], **self.describe_nobody()}
        return self.show("problem.html", words, values, status)

    def show_login(
        self,
        request: Request,
        words: DeskWords,
        *,
        message: str = "",
        name: str = "",
        path: str = "",
        form: Form | None = None,
        status: int = 200,
    ) -> HTMLResponse:
        """The login with a cookie of its own, which its token belongs to; one that the browser has is kept.

        `form` was sent to `path` when its session had ended already: it is kept in the page.
        """
        cookie = request.cookies.get(self.login_cookie) or create_id()
        values = {
            **self.describe_nobody(),
            "token": self.tokens.derive(cookie),
            "message": message or (words.session_ended if form else ""),
            "name": name,
            "path": path,
            "kept": form.encode() if form else "",
        }
        response = self.show("login.html", words, values, status)
        self.set_cookie(response, self.login_cookie, cookie)
        return response

    def describe(self, visitor: Visitor) -> dict[str, object]:
        """What the head of a page needs to know of its visitor; the messages are shown once."""
        messages, visitor.session.messages = visitor.session.messages, []
        return {
            "account": visitor.account,
            "visitor": visitor,
            "token": self.tokens.derive(visitor.session.id),
            "menu": list_menu(visitor.account.role),
            "messages": messages,
            "quarantine": describe_quarantine(self._list_quarantine()),
        }

    def describe_nobody(self) -> dict[str, object]:
        """The same for a page that anybody may see."""
        return {"account": None, "token": "", "menu": [], "messages": [], "quarantine": ()}

    def set_cookie(self, response: Response, name: str, value: str) -> None:
        """A cookie that ends with the browser, and that neither scripts nor other sites get."""
        response.set_cookie(name, value, path="/", secure=self._is_secure, httponly=True, samesite="strict")


def describe_quarantine(quarantine: Sequence[UndecodableEvent]) -> list[str]:
    """A sentence about each event that read models do without; of many, how many more there are."""
    sentences = [UndecodableText.EVENT.describe(found) for found in quarantine[:MOST_NAMED]]
    if (more := len(quarantine) - MOST_NAMED) > 0:
        sentences.append(UndecodableText.MORE.fill(count=more))
    return sentences


def demand(visitor: Visitor, right: Right | None) -> None:
    """Check that a visitor has a right; None is for everybody. Raises: HTTPException."""
    if right is not None and not visitor.may(right):
        raise HTTPException(403)


def find_words(request: Request) -> DeskWords:
    """The language that was chosen at the desk, or that the browser prefers."""
    return choose_words(request.headers.get("accept-language", ""), request.cookies.get(LANGUAGE_COOKIE))
