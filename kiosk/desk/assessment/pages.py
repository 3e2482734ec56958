"""The pages of assessments: a table in which scores are typed, beside what attendance says (R-060 to R-063)."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kiosk.batch.fields import parse_civil_day
from kiosk.desk.assessment.source import AssessmentBoard, AssessmentSource
from kiosk.desk.forms import SHOWN, Form
from kiosk.desk.home_access import Command
from kiosk.desk.pages import REFUSED, Pages, Visitor
from kiosk.text.typed import narrow
from kiosk.words.desk.assessment import ASSESSMENT, AssessmentPageWords

ROWS_ON_A_PAGE = 100
LOWEST, HIGHEST = 0, 100
MOST_CHARACTERS = 8
"""Of a score; a longer text is none."""
FEW = 6
"""Digits of a number of a page."""


class AssessmentPages:
    """Answers `/assessment`."""

    def __init__(self, source: AssessmentSource) -> None:
        self._source = source

    def list_routes(self, pages: Pages) -> Iterable[Route]:
        """The table, and what it is sent to."""
        self._pages = pages
        return (
            Route("/assessment", pages.allow("assessment", self._show)),
            Route("/assessment/record", pages.receive("assessment", self._record), methods=["POST"]),
        )

    async def _show(self, request: Request, visitor: Visitor) -> Response:
        query = request.query_params
        board = await self._load(query.get("day", ""))
        return self._show_board(visitor, board, _parse_page(query.get("page", "")))

    async def _load(self, typed: str) -> AssessmentBoard:
        try:
            day = parse_civil_day(narrow(typed)) if typed else None
        except ValueError:
            raise HTTPException(404) from None
        return await to_thread.run_sync(self._source.load_board, day)

    def _show_board(
        self,
        visitor: Visitor,
        board: AssessmentBoard,
        page: int,
        form: Form | None = None,
        errors: Mapping[str, str] | None = None,
        message: str = "",
    ) -> Response:
        pages = max(1, -(-len(board.people) // ROWS_ON_A_PAGE))
        page = min(page, pages)
        values = {
            "assessment_words": _words(visitor),
            "board": board,
            "people": (people := board.people[(page - 1) * ROWS_ON_A_PAGE : page * ROWS_ON_A_PAGE]),
            "names": self._source.find_names(people),
            "stands": {one.number: _write_score(one.sheet.score) for one in people},
            "earlier": board.period.first - timedelta(days=1),
            "later": board.period.last + timedelta(days=1),
            "page": page,
            "pages": pages,
            "form": form,
            "errors": errors or {},
            "message": message,
        }
        status = REFUSED if errors or message else 200
        return self._pages.show_to(visitor, "assessment/assessment.html", values, status)

    async def _record(self, _: Request, visitor: Visitor, form: Form) -> Response:
        """Record the scores that were changed in the form; all of them are right, or none is."""
        board, page, words = await self._load(form.get("day")), _parse_page(form.get("page")), _words(visitor)
        commands, errors = _read_scores(form, board, words)
        if errors:
            return self._show_board(visitor, board, page, form, errors)
        results = await to_thread.run_sync(self._source.run, commands, visitor.account.name, form.id)
        if results and results[-1].status:
            return self._show_board(visitor, board, page, form, message=results[-1].sentence or "")
        done = words.recorded.format(count=len(commands)) if commands else words.nothing_new
        return self._pages.lead_to("/assessment", visitor, done, day=board.period.last.isoformat(), page=str(page))


def _read_scores(
    form: Form, board: AssessmentBoard, words: AssessmentPageWords
) -> tuple[list[Command], dict[str, str]]:
    """The commands for the scores that were changed, and what is wrong with the others, by the volunteer's number."""
    commands, errors = list[Command](), dict[str, str]()
    for one in board.people:
        number, name, stands = one.number, f"score-{one.number}", _write_score(one.sheet.score)
        typed = form.get_narrow(name)
        if not typed or not form.is_changed(name):
            continue
        score = _parse_score(typed)
        if stands not in (form.get(SHOWN + name), typed):
            errors[number] = words.changed_meanwhile.format(score=stands)
        elif score is None:
            errors[number] = words.bad_score
        elif score != one.sheet.score:
            whose = {"volunteer": number, "period_end": board.period.last.isoformat()}
            commands.append({"do": "record_assessment", **whose, "score": score})
    return commands, errors


def _parse_score(text: str) -> float | None:
    """A number from 0 to 100, decimals allowed; None where it is none."""
    digits = text.replace(".", "", 1)
    if len(text) > MOST_CHARACTERS or not (digits.isascii() and digits.isdecimal()):
        return None
    score = float(text)
    return score if LOWEST <= score <= HIGHEST else None


def _write_score(score: float | None) -> str:
    """As its field shows it; empty where nothing is recorded."""
    return "" if score is None else str(score).removesuffix(".0")


def _parse_page(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < FEW else 1


def _words(visitor: Visitor) -> AssessmentPageWords:
    return ASSESSMENT[visitor.words.language]
