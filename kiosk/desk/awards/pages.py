"""The pages of awards: candidates on a day, what a volunteer lacks, what was received, cards and certificates."""

from collections.abc import Iterable
from datetime import date, timedelta

from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from domain.calendar import add_years
from kiosk.batch.fields import parse_civil_day
from kiosk.desk.awards.acts import build_forms, list_volunteer_acts
from kiosk.desk.awards.group_pages import GroupPages
from kiosk.desk.awards.source import AwardSource, VolunteerAwards
from kiosk.desk.forms import Form
from kiosk.desk.home_access import Command
from kiosk.desk.pages import REFUSED, Pages, Visitor
from kiosk.desk.people.fields import Entry, read_entry
from kiosk.desk.people.person_pages import find_people_words
from kiosk.text.typed import narrow
from kiosk.words.award_sources import format_source
from kiosk.words.desk.award_acts import AWARD_ACTS
from kiosk.words.desk.awards import AWARDS, AwardWords

CARD_YEARS = 3
"""How long an honor card is valid: what the form proposes (R-083)."""
ISSUED_WITHIN = timedelta(days=7)
"""From the application for a certificate: what the page shows (R-084)."""


class AwardPages:
    """Answers `/awards`."""

    def __init__(self, source: AwardSource) -> None:
        self._source = source

    def list_routes(self, pages: Pages) -> Iterable[Route]:
        """The awards, one of them, a volunteer, what was given, and what forms are sent to."""
        self._pages = pages
        return (
            Route("/awards", pages.allow("awards", self._list)),
            Route("/awards/award", pages.allow("awards", self._show_award)),
            Route("/awards/person", pages.allow("awards", self._show_person)),
            Route("/awards/given", pages.allow("awards", self._show_given)),
            Route("/awards/grant", pages.receive("awards", self._grant), methods=["POST"]),
            Route("/awards/card", pages.receive("awards", self._grant_card), methods=["POST"]),
            Route("/awards/certificate", pages.receive("awards", self._issue), methods=["POST"]),
            Route("/awards/attest", pages.receive("awards", self._attest), methods=["POST"]),
            Route("/awards/retract", pages.receive("awards", self._retract), methods=["POST"]),
            *GroupPages(self._source, pages).list_routes(),
        )

    # --- What is shown ---

    async def _list(self, request: Request, visitor: Visitor) -> Response:
        return await self._show_list(request, visitor)

    async def _show_list(
        self, request: Request, visitor: Visitor, number: str = "", number_fault: str = ""
    ) -> Response:
        """The awards; `number` is one that was typed to look a volunteer up."""
        at, fault = await self._find_day(request, visitor)
        counts = await to_thread.run_sync(self._source.count_candidates, at)
        act_words = AWARD_ACTS[visitor.words.language]
        values = {
            "award_words": _words(visitor),
            "act_words": act_words,
            "counts": counts,
            "at": at,
            "fault": fault,
            "number": number,
            "number_fault": number_fault,
        }
        return self._pages.show_to(visitor, "awards/awards.html", values, REFUSED if fault or number_fault else 200)

    async def _show_award(self, request: Request, visitor: Visitor) -> Response:
        at, fault = await self._find_day(request, visitor)
        found = await to_thread.run_sync(self._source.load_award, request.query_params.get("award", ""), at)
        if found is None:
            raise HTTPException(404)
        source = format_source(found.rule.source)
        values = {"award_words": _words(visitor), "found": found, "source": source, "at": at, "fault": fault}
        return self._pages.show_to(visitor, "awards/award.html", values, REFUSED if fault else 200)

    async def _show_given(self, _: Request, visitor: Visitor) -> Response:
        cards, certificates = await to_thread.run_sync(self._source.list_given)
        values = {"award_words": _words(visitor), "cards": cards, "certificates": certificates}
        return self._pages.show_to(visitor, "awards/given.html", values)

    async def _show_person(self, request: Request, visitor: Visitor) -> Response:
        at, fault = await self._find_day(request, visitor)
        query = request.query_params
        first, last = _parse_day(query.get("from", "")), _parse_day(query.get("to", ""))
        wanted = bool(query.get("from") or query.get("to"))
        if wanted and (first is None or last is None or last < first):
            fault, first, last = fault or _words(visitor).wrong_period, None, None
        period = (first, last) if first and last else None
        number = query.get("volunteer", "")
        found = await to_thread.run_sync(self._source.load_volunteer, number, at, period)
        if found is None:
            return await self._show_list(request, visitor, number, find_people_words(visitor).no_volunteer)
        return self._write_person(visitor, found, at, Form(tuple(query.multi_items())), fault)

    def _write_person(
        self,
        visitor: Visitor,
        found: VolunteerAwards | None,
        at: date,
        form: Form,
        fault: str = "",
        entry: Entry | None = None,
    ) -> Response:
        """The page of a volunteer; `entry` is a form about documents that is shown again, as it was filled in."""
        if found is None:
            raise HTTPException(404)
        people, acts = find_people_words(visitor), list_volunteer_acts([one.key for one in found.conditions])
        values = {
            **_describe_forms(visitor, found),
            "forms": build_forms(acts, people, form.get("act"), entry),
            "award_words": _words(visitor),
            "found": found,
            "at": at,
            "form": form,
            "fault": fault,
            "expires": add_years(at, CARD_YEARS),
            "due": at + ISSUED_WITHIN,
        }
        return self._pages.show_to(visitor, "awards/person.html", values, REFUSED if fault or entry else 200)

    async def _find_day(self, request: Request, visitor: Visitor) -> tuple[date, str]:
        """The day that is asked about, today by default; and what is wrong with the one that was typed."""
        text = request.query_params.get("at", "").strip()
        today = await to_thread.run_sync(self._source.find_today)
        day = _parse_day(text)
        return day or today, _words(visitor).wrong_day.format(text=text[:40]) if text and day is None else ""

    # --- What is done ---

    async def _grant(self, _: Request, visitor: Visitor, form: Form) -> Response:
        if form.get("confirm") != "yes":
            return await self._show_again(visitor, form, _words(visitor).not_confirmed)
        command = {"do": "grant_award", "award": form.get("award"), "on": form.get_text("on")}
        return await self._carry_out(visitor, form, command, _words(visitor).granted)

    async def _grant_card(self, _: Request, visitor: Visitor, form: Form) -> Response:
        if form.get("confirm") != "yes":
            return await self._show_again(visitor, form, _words(visitor).not_confirmed)
        days = {name: form.get_text(name) for name in ("approved_on", "expires_on", "counted_through")}
        return await self._carry_out(visitor, form, {"do": "grant_honor_card", **days}, _words(visitor).card_granted)

    async def _issue(self, _: Request, visitor: Visitor, form: Form) -> Response:
        first, last = _parse_day(form.get("from")), _parse_day(form.get("to"))
        if first is None or last is None or last < first:
            return await self._show_again(visitor, form, _words(visitor).wrong_period)
        today = await to_thread.run_sync(self._source.find_today)
        period, number = (first, last), form.get("volunteer").strip()
        found = await to_thread.run_sync(self._source.load_volunteer, number, today, period)
        if found is None or found.sheet is None:
            raise HTTPException(404)
        if found.sheet.mismatches:
            return self._write_person(visitor, found, today, form, _words(visitor).differs)
        command = {
            "do": "issue_performance_certificate",
            "applied_on": form.get_text("applied_on"),
            "issued_on": form.get_text("issued_on"),
            "from": first.isoformat(),
            "to": last.isoformat(),
            "minutes": found.sheet.minutes + found.sheet.attested_minutes,
        }
        return await self._carry_out(visitor, form, command, _words(visitor).issued)

    async def _attest(self, _: Request, visitor: Visitor, form: Form) -> Response:
        """What a document says of a volunteer: hours, years, a condition of an award."""
        number, today = form.get("volunteer").strip(), await to_thread.run_sync(self._source.find_today)
        found = await to_thread.run_sync(self._source.load_volunteer, number, today)
        if found is None:
            raise HTTPException(404)
        acts = list_volunteer_acts([one.key for one in found.conditions])
        act = next((one for one in acts if one.name == form.get("act")), None)
        if act is None:
            raise HTTPException(400)
        entry = read_entry(form, act.fields)
        if entry.is_right:
            (command,) = act.build(number, entry)
            result = await to_thread.run_sync(self._source.run, command, visitor.account.name, form.id)
            entry.refusal = result.sentence or "" if result.status else ""
        if not entry.is_right:
            return self._write_person(visitor, found, today, form, entry=entry)
        done = AWARD_ACTS[visitor.words.language].done[act.name]
        return self._pages.lead_to("/awards/person", visitor, done, volunteer=number)

    async def _carry_out(self, visitor: Visitor, form: Form, command: Command, done: str) -> Response:
        number = form.get("volunteer").strip()
        fields = {"volunteer": number, "document": form.get_text("document"), **command}
        result = await to_thread.run_sync(self._source.run, fields, visitor.account.name, form.id)
        if result.status:
            return await self._show_again(visitor, form, result.sentence or "")
        return self._pages.lead_to("/awards/person", visitor, done, volunteer=number)

    async def _retract(self, _: Request, visitor: Visitor, form: Form) -> Response:
        if not form.get("event").isdecimal():
            raise HTTPException(400)
        command = {"do": "retract", "event": int(form.get("event")), "reason": form.get("reason").strip()}
        result = await to_thread.run_sync(self._source.run, command, visitor.account.name, form.id)
        if result.status:
            return await self._show_again(visitor, form, result.sentence or "")
        return self._pages.lead_to(
            "/awards/person", visitor, _words(visitor).retracted, volunteer=form.get("volunteer").strip()
        )

    async def _show_again(self, visitor: Visitor, form: Form, fault: str) -> Response:
        """The page of the volunteer with everything that was typed, and the reason."""
        today = await to_thread.run_sync(self._source.find_today)
        found = await to_thread.run_sync(self._source.load_volunteer, form.get("volunteer").strip(), today)
        return self._write_person(visitor, found, today, form, fault)


def _words(visitor: Visitor) -> AwardWords:
    return AWARDS[visitor.words.language]


def _describe_forms(visitor: Visitor, found: VolunteerAwards) -> dict[str, object]:
    """What the forms about documents are written with."""
    is_chinese, colon = visitor.words.language == "zh-TW", visitor.words.colon
    conditions = [
        (one.key, f"{one.rule.name if is_chinese else one.rule.name_en}{colon}{one.words}") for one in found.conditions
    ]
    words = AWARD_ACTS[visitor.words.language]
    return {
        "act_words": words,
        "hints": find_people_words(visitor).hints,
        "choices": {"condition": conditions, "hours_proof": list(words.proofs.items())},
    }


def _parse_day(text: str) -> date | None:
    """A date as people type it, CE or ROC; None where it is none."""
    try:
        return parse_civil_day(narrow(text)) if text.strip() else None
    except ValueError:
        return None
