"""The interface for other systems: the commands of a batch and the read models as JSON, each with a token.

Rule: a token comes in a header and never in a cookie, so that no page can make a browser use it. Fields and rows are
those of batch files and read commands; the author of a command is the system whose token it is.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from domain.log.errors import LogError
from kiosk.accounts.api_tokens import System
from kiosk.batch.run import LineResult
from kiosk.batch.source import LONGEST_LINE
from kiosk.desk.api.openapi import NOT_TAKEN, build_document
from kiosk.desk.api.read import READ_MODELS, BadQuery, Query
from kiosk.desk.api.scopes import SCOPE_OF_COMMAND
from kiosk.desk.pages import Pages
from kiosk.errors import UserError
from kiosk.words.api import ApiText
from kiosk.words.language import use_language

REFUSED, UNUSABLE = 409, 422
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
"""Of what is answered in JSON, whatever stands at the address."""
COMMAND_PATHS = frozenset(f"commands/{do}" for do in SCOPE_OF_COMMAND)
STATUSES = (200, REFUSED, UNUSABLE)
"""Of a line that is done, refused or unusable, by the status of its result."""
WORDS = ("done", "refused", "unusable")


class TokenSource(Protocol):
    """Knows whose a token is. Threads may share it."""

    def find_system(self, token: str) -> System | None:
        """Whose a token is; None where it is nobody's. Raises: LogError."""
        ...


class CommandRunner(Protocol):
    """Carries out commands. Threads may share it."""

    def run_exact(self, commands: Sequence[Mapping[str, object]], by: str, key: str) -> list[LineResult]:
        """One result a command. Raises: UserError where the home cannot be written."""
        ...


class RowSource(Protocol):
    """Asks read models. Threads may share it."""

    def list_rows(self, name: str, query: Query) -> list[dict[str, Any]]:
        """The rows of a read model. Raises: BadQuery, LogError, UserError."""
        ...


class Refusal(Exception):
    """A request that is not carried out."""

    def __init__(self, status: int, error: str, **headers: str) -> None:
        super().__init__(error)
        self.status, self.error, self.headers = status, error, headers


class ApiPages:
    """Answers `/api`."""

    def __init__(self, tokens: TokenSource, commands: CommandRunner, rows: RowSource) -> None:
        self._tokens, self._commands, self._rows = tokens, commands, rows

    def list_routes(self, _: Pages, /) -> Iterable[Route]:
        """The document, a read model each, a command each."""
        return (
            Route("/api/openapi.json", self._send_document),
            *(Route(f"/api/{name}", self._answer(self._read)) for name in READ_MODELS),
            Route("/api/commands/{do}", self._answer(self._command), methods=["POST"]),
            Route("/api/{unknown:path}", self._answer(self._refuse_unknown), methods=METHODS),
        )

    async def _send_document(self, _: Request) -> Response:
        return JSONResponse(build_document())

    def _answer(self, handler: Callable[[Request, System], Any]) -> Callable[[Request], Any]:
        async def answer(request: Request) -> Response:
            with use_language("en"):
                return await self._carry_out(handler, request)

        return answer

    async def _carry_out(self, handler: Callable[[Request, System], Any], request: Request) -> Response:
        try:
            return await handler(request, await self._find_system(request))
        except Refusal as refusal:
            return JSONResponse({"error": refusal.error}, refusal.status, refusal.headers)
        except (LogError, UserError):
            return JSONResponse({"error": ApiText.UNREADABLE.fill()}, 503)

    async def _find_system(self, request: Request) -> System:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        system = None
        if scheme.lower() == "bearer" and token:
            system = await to_thread.run_sync(self._tokens.find_system, token.strip())
        if system is None:
            raise Refusal(401, ApiText.NO_TOKEN.fill(), **{"www-authenticate": "Bearer"})
        return system

    # --- Reading ---

    async def _read(self, request: Request, system: System) -> Response:
        demand_scope(system, "read")
        query = request.query_params
        if len(query.multi_items()) != len(query):
            raise Refusal(400, ApiText.PARAMETER_TWICE.fill())
        name = request.url.path.rpartition("/")[2]
        try:
            rows = await to_thread.run_sync(self._rows.list_rows, name, dict(query))
        except BadQuery as wrong:
            raise Refusal(400, str(wrong)) from None
        return JSONResponse(rows)

    # --- Commands ---

    async def _command(self, request: Request, system: System) -> Response:
        do = request.path_params["do"]
        if do not in SCOPE_OF_COMMAND:
            raise Refusal(404, ApiText.NO_COMMAND.fill(do=do[:40]))
        demand_scope(system, SCOPE_OF_COMMAND[do])
        fields = await read_fields(request)
        key = request.headers.get("idempotency-key", "")
        (result,) = await to_thread.run_sync(self._commands.run_exact, [{**fields, "do": do}], system.name, key)
        if result.is_repeated:
            return JSONResponse({"status": "repeated"})
        answer = {"status": WORDS[result.status]}
        if result.sentence is not None:
            answer["sentence"] = result.sentence
        return JSONResponse(answer, STATUSES[result.status])

    async def _refuse_unknown(self, request: Request, _: System) -> Response:
        unknown: str = request.path_params["unknown"]
        if unknown in COMMAND_PATHS:
            raise Refusal(405, ApiText.NO_METHOD.fill(method="POST"), allow="POST")
        if unknown in READ_MODELS:
            raise Refusal(405, ApiText.NO_METHOD.fill(method="GET"), allow="GET")
        raise Refusal(404, ApiText.NO_ADDRESS.fill())


def demand_scope(system: System, scope: str) -> None:
    """Check that a token is for something. Raises: Refusal."""
    if scope not in system.scopes:
        raise Refusal(403, ApiText.NO_SCOPE.fill(scope=scope))


async def read_fields(request: Request) -> dict[str, object]:
    """The fields of a command. Raises: Refusal."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_LINE:
            raise Refusal(413, ApiText.TOO_LARGE.fill(most=LONGEST_LINE))
    try:
        fields = json.loads(body.decode(), object_pairs_hook=collect_once)
    except (ValueError, RecursionError):
        raise Refusal(UNUSABLE, ApiText.NOT_AN_OBJECT.fill()) from None
    if not isinstance(fields, dict):
        raise Refusal(UNUSABLE, ApiText.NOT_AN_OBJECT.fill())
    given: dict[str, object] = fields
    for name in sorted(given.keys() & {*NOT_TAKEN}):
        raise Refusal(UNUSABLE, ApiText.NOT_TAKEN.fill(name=name))
    return given


def collect_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object of which no field is given twice. Raises: ValueError."""
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError(ApiText.NOT_AN_OBJECT.fill())
    return fields
