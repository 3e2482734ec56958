"""The page of leaders and deputies: their terms, past and running, elections, and early ends (R-046)."""

from collections.abc import Iterable, Mapping

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kiosk.desk.forms import Form
from kiosk.desk.home_access import Command
from kiosk.desk.pages import REFUSED, Pages, Visitor
from kiosk.desk.plan.fields import FieldReader, Search
from kiosk.desk.plan.formatting import find_plan_words
from kiosk.desk.unit.ledger_source import LedgerSource, TermBoard
from kiosk.words.desk.leaders import LEADERS, LeaderWords

ADDRESS = "/unit/leaders"


class LeaderPages:
    """Answers `/unit/leaders`."""

    def __init__(self, source: LedgerSource, search: Search) -> None:
        """`search` finds volunteers by number or a part of a name."""
        self._source, self._search = source, search

    def list_routes(self, pages: Pages) -> Iterable[Route]:
        """The page, and what its forms are sent to."""
        self._pages = pages
        return (
            Route(ADDRESS, pages.allow("unit", self._show)),
            Route(f"{ADDRESS}/elect", pages.receive("unit", self._elect), methods=["POST"]),
            Route(f"{ADDRESS}/end", pages.receive("unit", self._end), methods=["POST"]),
            Route(f"{ADDRESS}/withdraw", pages.receive("unit", self._withdraw), methods=["POST"]),
        )

    async def _show(self, _: Request, visitor: Visitor) -> Response:
        board = await to_thread.run_sync(self._source.load_terms)
        return self._show_board(visitor, board, Form(()))

    def _show_board(
        self,
        visitor: Visitor,
        board: TermBoard,
        form: Form,
        errors: Mapping[str, str] | None = None,
        message: str = "",
    ) -> Response:
        values = {
            "leader_words": _words(visitor),
            "board": board,
            "form": form,
            "errors": errors or {},
            "message": message,
        }
        return self._pages.show_to(visitor, "unit/leaders.html", values, REFUSED if errors or message else 200)

    async def _elect(self, _: Request, visitor: Visitor, form: Form) -> Response:
        reader = FieldReader(form, find_plan_words(visitor.words), self._search)
        volunteer = await to_thread.run_sync(reader.read_volunteer, "volunteer")
        since, role = reader.read_day("since"), form.get("role")
        board = await to_thread.run_sync(self._source.load_terms)
        stands = next((line for line in board.lines if line.key == f"{role} {since}"), None)
        if stands and stands.person.number != volunteer:
            reader.errors.setdefault("since", _words(visitor).known.format(who=" ".join(stands.person)))
        command = {
            "do": "elect_leader",
            "volunteer": volunteer,
            "role": role,
            "from": since and since.isoformat(),
            "by_election": form.get("by_election") == "yes",
        }
        return await self._carry_out(visitor, form, reader, command, _words(visitor).elected)

    async def _end(self, _: Request, visitor: Visitor, form: Form) -> Response:
        reader, words = FieldReader(form, find_plan_words(visitor.words), self._search), _words(visitor)
        key = reader.read_text("ended") or ""
        on, reason = reader.read_day("on"), reader.read_text("reason")
        board = await to_thread.run_sync(self._source.load_terms)
        line = next((line for line in board.lines if line.key == key), None)
        if line and on and not line.term.since <= on <= line.term.full_until:
            span = {"first": line.term.since, "last": line.term.full_until}
            reader.errors.setdefault("on", words.outside.format(**span))
        role, __, since = key.partition(" ")
        command = {"do": "end_leader_term", "role": role, "from": since, "on": on and on.isoformat(), "reason": reason}
        return await self._carry_out(visitor, form, reader, command, words.ended)

    async def _withdraw(self, _: Request, visitor: Visitor, form: Form) -> Response:
        reader = FieldReader(form, find_plan_words(visitor.words), self._search)
        role, __, since = (reader.read_text("term") or "").partition(" ")
        command = {"do": "withdraw_election", "role": role, "from": since, "reason": reader.read_text("reason")}
        return await self._carry_out(visitor, form, reader, command, _words(visitor).withdrawn)

    async def _carry_out(
        self, visitor: Visitor, form: Form, reader: FieldReader, command: Command, done: str
    ) -> Response:
        message = ""
        if not reader.errors:
            result = await to_thread.run_sync(self._source.run, command, visitor.account.name, form.id)
            if not result.status:
                return self._pages.lead_on(ADDRESS, visitor, done, is_repeated=result.is_repeated)
            message = result.sentence or ""
        board = await to_thread.run_sync(self._source.load_terms)
        return self._show_board(visitor, board, form, reader.errors, message)


def _words(visitor: Visitor) -> LeaderWords:
    return LEADERS[visitor.words.language]
