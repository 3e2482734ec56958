"""The page of families and the team: what was attested of them, what the team received (R-087, R-088)."""

from collections.abc import Iterable

from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kiosk.desk.awards.acts import build_forms, list_group_acts
from kiosk.desk.awards.source import AwardSource
from kiosk.desk.forms import Form
from kiosk.desk.pages import REFUSED, Pages, Visitor
from kiosk.desk.people.fields import Entry, read_entry
from kiosk.desk.people.person_pages import find_people_words
from kiosk.words.desk.award_acts import AWARD_ACTS
from kiosk.words.desk.awards import AWARDS


class GroupPages:
    """Answers `/awards/groups`."""

    def __init__(self, source: AwardSource, pages: Pages) -> None:
        self._source, self._pages = source, pages

    def list_routes(self) -> Iterable[Route]:
        """The page, and what its forms are sent to."""
        allow, receive = self._pages.allow, self._pages.receive
        return (
            Route("/awards/groups", allow("awards", self._show_page)),
            Route("/awards/groups", receive("awards", self._enter), methods=["POST"]),
            Route("/awards/groups/retract", receive("awards", self._retract), methods=["POST"]),
        )

    async def _show_page(self, _: Request, visitor: Visitor) -> Response:
        return await self._show(visitor)

    async def _show(self, visitor: Visitor, opened: str = "", entry: Entry | None = None, fault: str = "") -> Response:
        """The page; `opened` names the form that is shown again, as it was filled in."""
        groups, words = await to_thread.run_sync(self._source.load_groups), AWARD_ACTS[visitor.words.language]
        is_chinese = visitor.words.language == "zh-TW"
        names = {rule.id: rule.name if is_chinese else rule.name_en for rule in groups.rules}
        people = find_people_words(visitor)
        values = {
            "award_words": AWARDS[visitor.words.language],
            "act_words": words,
            "hints": people.hints,
            "entries": groups.entries,
            "names": names,
            "forms": build_forms(list_group_acts(list(names)), people, opened, entry),
            "choices": {"grant_award": list(names.items())},
            "fault": fault,
        }
        return self._pages.show_to(visitor, "awards/groups.html", values, REFUSED if entry or fault else 200)

    async def _enter(self, _: Request, visitor: Visitor, form: Form) -> Response:
        groups = await to_thread.run_sync(self._source.load_groups)
        acts = list_group_acts([rule.id for rule in groups.rules])
        act = next((one for one in acts if one.name == form.get("act")), None)
        if act is None:
            raise HTTPException(400)
        entry = read_entry(form, act.fields)
        if entry.is_right:
            (command,) = act.build("", entry)
            result = await to_thread.run_sync(self._source.run, command, visitor.account.name, form.id)
            entry.refusal = result.sentence or "" if result.status else ""
        if not entry.is_right:
            return await self._show(visitor, act.name, entry)
        done = AWARD_ACTS[visitor.words.language].done[act.name]
        return self._pages.lead_to("/awards/groups", visitor, done)

    async def _retract(self, _: Request, visitor: Visitor, form: Form) -> Response:
        if not form.get("event").isdecimal():
            raise HTTPException(400)
        command = {"do": "retract", "event": int(form.get("event")), "reason": form.get("reason").strip()}
        result = await to_thread.run_sync(self._source.run, command, visitor.account.name, form.id)
        if result.status:
            return await self._show(visitor, fault=result.sentence or "")
        return self._pages.lead_to("/awards/groups", visitor, AWARDS[visitor.words.language].retracted)
