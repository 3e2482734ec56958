"""The pages of pending work: the list, one row with the settlements that fit it, a preview, and what was done.

Rule: what a settlement changes is shown before the click that carries it out.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kiosk.desk.forms import Form
from kiosk.desk.pages import REFUSED, Pages, Visitor
from kiosk.desk.pending.fields import is_reason
from kiosk.desk.pending.formatting import PendingFormat, mark_effect
from kiosk.desk.pending.view_model import Entry, ItemKey, Matter, Offer, PendingWork, Settlement, SettleOutcome
from kiosk.effects import Effect
from projections.read_models.pending_work import KINDS

PAGE = 50
"""Rows of a page."""
MOST_DIGITS = 9


class Choice(NamedTuple):
    """A settlement as it was chosen and filled in."""

    matter: Matter
    offer: Offer
    entry: Entry


class PendingPages:
    """Answers `/pending` and the pages that lead on from there."""

    def __init__(self, source: PendingWork) -> None:
        self._source = source

    def list_routes(self, pages: Pages) -> Iterable[Route]:
        """The addresses."""
        self._pages = pages
        return (
            Route("/pending", pages.allow("correct", self._show_list)),
            Route("/pending/item", pages.allow("correct", self._show_item)),
            Route("/pending/preview", pages.allow("correct", self._show_preview)),
            Route("/pending/settle", pages.allow("correct", self._lead_back)),
            Route("/pending/undo", pages.allow("correct", self._lead_back)),
            Route("/pending/settle", pages.receive("correct", self._settle), methods=["POST"]),
            Route("/pending/done", pages.allow("correct", self._show_done)),
            Route("/pending/undo", pages.receive("correct", self._undo), methods=["POST"]),
        )

    async def _lead_back(self, _: Request, visitor: Visitor) -> Response:
        """From an answer to a form, where a language is chosen on it."""
        return self._pages.lead_to("/pending", visitor)

    def _show(self, visitor: Visitor, template: str, values: Mapping[str, object], status: int = 200) -> Response:
        written = PendingFormat(visitor.words)
        shared = {"section": "today", "format": written, "pending": written.words, "mark": mark_effect}
        return self._pages.show_to(visitor, f"pending/{template}.html", {**shared, **values}, status)

    # --- The list ---

    async def _show_list(self, request: Request, visitor: Visitor) -> Response:
        query = request.query_params
        kind, page = query.get("kind", ""), max(1, _parse_number(query.get("page", "")))
        kind = kind if kind in KINDS else ""
        board = await to_thread.run_sync(self._source.load_board, kind, (page - 1) * PAGE, PAGE)
        done = await to_thread.run_sync(self._source.find_done, _parse_number(query.get("done", "")))
        values = {"board": board, "kind": kind, "page": page, "pages": max(1, -(-board.found // PAGE)), "done": done}
        return self._show(visitor, "list", values)

    # --- One row ---

    async def _show_item(self, request: Request, visitor: Visitor) -> Response:
        key = _read_key(request.query_params.get)
        matter = await self._load(key)
        return await self._show_settled(visitor, key) if matter is None else self._show_matter(visitor, matter)

    async def _load(self, key: ItemKey) -> Matter | None:
        if not key.positions or key.kind not in KINDS:
            raise HTTPException(404)
        return await to_thread.run_sync(self._source.load_matter, key)

    def _show_matter(self, visitor: Visitor, matter: Matter, chosen: Choice | None = None) -> Response:
        faults = _describe_faults(chosen.entry, visitor) if chosen else {}
        may_settle = not matter.is_late or visitor.may("correct_late")
        values = {"matter": matter, "may_settle": may_settle, "chosen": chosen, "faults": faults}
        return self._show(visitor, "item", values, REFUSED if faults else 200)

    async def _show_settled(self, visitor: Visitor, key: ItemKey, status: int = 200) -> Response:
        settled = await to_thread.run_sync(self._source.find_settled, key)
        if settled and status == REFUSED and settled.by == visitor.account.name:  # a form that was sent twice
            return self._pages.lead_to("/pending", visitor, visitor.words.sent_already, done=str(settled.position))
        return self._show(visitor, "settled", {"settled": settled}, status)

    # --- Preview and settlement ---

    async def _choose(self, visitor: Visitor, key: ItemKey, get: Callable[[str], str]) -> Choice | None:
        """The settlement that a form names, filled in; None where the row needs nobody any more."""
        matter = await self._load(key)
        if matter is None:
            return None
        offer = next((one for one in matter.offers if one.id == get("offer")), None)
        if offer is None:
            raise HTTPException(404)
        if matter.is_late and not visitor.may("correct_late"):
            raise HTTPException(403)
        return Choice(matter, offer, await to_thread.run_sync(self._source.read_entry, matter, offer, get))

    async def _show_preview(self, request: Request, visitor: Visitor) -> Response:
        def get(name: str) -> str:
            return request.query_params.get(name, "")

        key = _read_key(get)
        chosen = await self._choose(visitor, key, get)
        if chosen is None:
            return await self._show_settled(visitor, key)
        if chosen.entry.faults:
            return self._show_matter(visitor, chosen.matter, chosen)
        settlement = chosen.offer.build(chosen.entry.values)
        effect = await to_thread.run_sync(self._source.preview, settlement)
        return self._show_confirmation(visitor, chosen, effect)

    def _show_confirmation(
        self,
        visitor: Visitor,
        chosen: Choice,
        effect: Effect | None,
        reason: str = "",
        trouble: str = "",
        fault: str = "",
    ) -> Response:
        """The settlement with what it changes; `trouble` and `fault` say why it was not carried out."""
        settlement = chosen.offer.build(chosen.entry.values)
        shown = mark_effect(effect)
        values = {"chosen": chosen, "settlement": settlement, "effect": effect, "shown": shown, "reason": reason}
        status = REFUSED if trouble or fault else 200
        return self._show(visitor, "preview", {**values, "trouble": trouble, "fault": fault}, status)

    async def _settle(self, _: Request, visitor: Visitor, form: Form) -> Response:
        key = _read_key(form.get)
        chosen = await self._choose(visitor, key, form.get)
        if chosen is None:
            return await self._show_settled(visitor, key, REFUSED)
        if chosen.entry.faults:
            return self._show_matter(visitor, chosen.matter, chosen)
        settlement = chosen.offer.build(chosen.entry.values)
        reason = form.get("reason").strip() if chosen.offer.takes_reason else ""
        effect = await to_thread.run_sync(self._source.preview, settlement)
        words = PendingFormat(visitor.words).words
        if chosen.offer.takes_reason and not is_reason(reason):
            return self._show_confirmation(visitor, chosen, effect, reason, fault=words.faults["reason"])
        if form.get("shown") != mark_effect(effect):
            changed = visitor.words.roster.corrections.day_changed
            return self._show_confirmation(visitor, chosen, effect, reason, trouble=changed)
        outcome = await self._carry_out(key, chosen.offer, settlement, reason, visitor, form)
        if outcome is None:
            return await self._show_settled(visitor, key, REFUSED)
        if outcome.refusal:
            trouble = words.refused.format(reason=outcome.refusal)
            return self._show_confirmation(visitor, chosen, effect, reason, trouble=trouble)
        if outcome.done is None:
            return self._pages.lead_to("/pending", visitor, visitor.words.roster.corrections.applied)
        return self._pages.lead_to("/pending", visitor, done=str(outcome.done))

    async def _carry_out(
        self, key: ItemKey, offer: Offer, settlement: Settlement, reason: str, visitor: Visitor, form: Form
    ) -> SettleOutcome | None:
        settle, by = self._source.settle, visitor.account.name
        return await to_thread.run_sync(settle, key, offer.id, settlement, reason, by, form.id)

    # --- What was done ---

    async def _show_done(self, _: Request, visitor: Visitor) -> Response:
        return self._show(visitor, "done", {"acts": await to_thread.run_sync(self._source.list_done)})

    async def _undo(self, _: Request, visitor: Visitor, form: Form) -> Response:
        words, reason, by = PendingFormat(visitor.words).words, form.get("reason").strip(), visitor.account.name
        position = _parse_number(form.get("event"))
        done = await to_thread.run_sync(self._source.find_done, position)
        if done is None or not done.can_undo or not is_reason(reason):
            return self._pages.lead_to("/pending/done", visitor, words.settled_somehow)
        refusal = await to_thread.run_sync(self._source.undo, position, reason, by, form.id)
        message = words.refused.format(reason=refusal) if refusal else words.undone
        return self._pages.lead_to("/pending/done" if refusal else "/pending", visitor, message)


def _read_key(get: Callable[[str], str | None]) -> ItemKey:
    return ItemKey(*(get(name) or "" for name in ("kind", "volunteer", "date", "events")))


def _parse_number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else 0


def _describe_faults(entry: Entry, visitor: Visitor) -> dict[str, str]:
    words = PendingFormat(visitor.words).words
    return {name: words.faults[fault] for name, fault in entry.faults.items()}
