"""What can be entered about the record book, the badge and the insurance of a volunteer, as things stand."""

from typing import get_args

from domain.model.record_book import ReissueReason
from kiosk.desk.people.fields import Entry, Field, PersonAct
from kiosk.desk.people.view_model import Command, Papers

REISSUE_REASONS = get_args(ReissueReason)
CUSTODY = ("with_volunteer", "elsewhere")
"""Who keeps the record book (R-012)."""


def list_paper_acts(papers: Papers) -> list[PersonAct]:
    """What fits the papers of a volunteer today."""
    acts = [REGISTER_BOOK] if papers.book != "held" else [REISSUE_BOOK]
    if papers.book == "none":
        acts.append(APPLY_FOR_BOOK)
    if papers.book in ("held", "number_unknown"):
        acts.append(STATE_CUSTODY)
    acts += [INSURE, *([END_INSURANCE] if papers.is_insured else [])]
    acts.append(TAKE_BACK_BADGE if papers.badge in ("held", "expired") else ISSUE_BADGE)
    if papers.badge == "expired":
        acts.append(ISSUE_BADGE)
    return [*acts, *([build_retraction(papers)] if papers.entries else [])]


def _register_book(number: str, entry: Entry) -> list[Command]:
    book = {"number": entry.get("book_number"), "issued_on": entry.get("book_issued_on")}
    return [{"do": "register_record_book", "volunteer": number, **book, "authority": entry.get("book_authority")}]


def _reissue_book(number: str, entry: Entry) -> list[Command]:
    book = {"why": entry.get("reissue_why"), "number": entry.get("reissue_number"), "on": entry.get("reissue_on")}
    return [{"do": "reissue_record_book", "volunteer": number, **book}]


def _apply_for_book(number: str, entry: Entry) -> list[Command]:
    return [{"do": "apply_for_record_book", "volunteer": number, "on": entry.get("applied_on")}]


def _state_custody(number: str, entry: Entry) -> list[Command]:
    kept = {"with_volunteer": entry.get("custody") == CUSTODY[0], "on": entry.get("custody_on")}
    return [{"do": "state_book_custody", "volunteer": number, **kept, "reason": entry.get("custody_reason")}]


def _issue_badge(number: str, entry: Entry) -> list[Command]:
    badge = {"number": entry.get("badge_number"), "on": entry.get("badge_on")}
    return [{"do": "issue_badge", "volunteer": number, **badge, "expires_on": entry.get("badge_expires_on")}]


def _take_back_badge(number: str, entry: Entry) -> list[Command]:
    back = {"on": entry.get("badge_back_on"), "reason": entry.get("badge_back_reason")}
    return [{"do": "take_back_badge", "volunteer": number, **back, "number_cancelled": True}]


def _insure(number: str, entry: Entry) -> list[Command]:
    period = {"from": entry.get("insured_from"), "to": entry.get("insured_to")}
    return [{"do": "enrol_insurance", "volunteers": [number], **period, "policy": entry.get("insured_policy")}]


def _end_insurance(number: str, entry: Entry) -> list[Command]:
    end = {"on": entry.get("insurance_end_on"), "reason": entry.get("insurance_end_reason")}
    return [{"do": "end_insurance", "volunteer": number, **end}]


def _retract(_: str, entry: Entry) -> list[Command]:
    position = int(str(entry.get("paper_entry")))
    return [{"do": "retract", "event": position, "reason": entry.get("paper_reason")}]


def build_retraction(papers: Papers) -> PersonAct:
    """Taking an entry back that was wrong."""
    which = Field("paper_entry", "choice", True, tuple(str(one.position) for one in papers.entries))
    return PersonAct("paper", (which, Field("paper_reason", "text", True)), _retract)


REGISTER_BOOK = PersonAct(
    "book",
    (Field("book_number", "short"), Field("book_issued_on", "date"), Field("book_authority", "short")),
    _register_book,
)
REISSUE_BOOK = PersonAct(
    "reissue",
    (
        Field("reissue_why", "choice", True, REISSUE_REASONS),
        Field("reissue_number", "short"),
        Field("reissue_on", "date"),
    ),
    _reissue_book,
)
APPLY_FOR_BOOK = PersonAct("applied", (Field("applied_on", "date"),), _apply_for_book)
STATE_CUSTODY = PersonAct(
    "custody",
    (Field("custody", "choice", True, CUSTODY), Field("custody_on", "date"), Field("custody_reason", "text")),
    _state_custody,
)
ISSUE_BADGE = PersonAct(
    "badge",
    (Field("badge_number", "short"), Field("badge_on", "date"), Field("badge_expires_on", "date")),
    _issue_badge,
)
TAKE_BACK_BADGE = PersonAct(
    "badge_back", (Field("badge_back_on", "date"), Field("badge_back_reason", "text", True)), _take_back_badge
)
INSURE = PersonAct(
    "insure",
    (Field("insured_from", "date", True), Field("insured_to", "date"), Field("insured_policy", "short")),
    _insure,
)
END_INSURANCE = PersonAct(
    "insurance_end", (Field("insurance_end_on", "date", True), Field("insurance_end_reason", "text")), _end_insurance
)
