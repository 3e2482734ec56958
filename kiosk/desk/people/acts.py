"""What can be done about one volunteer, each with the fields of its form and the commands that it comes to."""

from typing import get_args

from domain.model.volunteer import EndReason
from kiosk.desk.people.fields import Entry, Field, PersonAct
from kiosk.desk.people.paper_acts import list_paper_acts
from kiosk.desk.people.view_model import Command, Person
from kiosk.trainings.requirements import Module

MODULES = get_args(Module)
"""Of basic training: those that were done, where it was not all of it (R-003)."""
TRAINING_KINDS = ("basic", "special", "growth", "leadership", "in_service")


def list_acts(person: Person) -> list[PersonAct]:
    """What can be done about a person as things stand."""
    if person.is_erased:
        return []
    held = Field("which", "choice", True, tuple(str(card.position) for card in person.cards))
    with_card = [
        PersonAct("replace", (held._replace(name="replace_which"), Field("replace_card", "card", True)), _replace_card),
        PersonAct("revoke", (held._replace(name="revoke_which"), Field("revoke_reason", "text", True)), _revoke_card),
    ]
    pause = RESUME if person.is_suspended else SUSPEND
    return [TRAINING, ISSUE, *(with_card if person.cards else []), *list_paper_acts(person.papers), RENEW, END, pause]


def _complete_training(number: str, entry: Entry) -> list[Command]:
    training = {"do": "complete_training", "volunteer": number, "kind": entry.get("training_kind")}
    category = {"category": entry.get("training_category")} if entry.get("training_kind") == "special" else {}
    said = {name: entry.get(f"training_{name}") for name in ("on", "hours", "certificate")}
    modules = [module for module in MODULES if entry.get(f"training_{module}")]
    return [{**training, **category, **said, "modules": modules or None}]


def _issue_card(number: str, entry: Entry) -> list[Command]:
    return [{"do": "issue_card", "volunteer": number, "card": entry.get("card_card")}]


def _replace_card(number: str, entry: Entry) -> list[Command]:
    """The new card first: where it cannot be issued, nothing is done."""
    issue = {"do": "issue_card", "volunteer": number, "card": entry.get("replace_card")}
    return [issue, build_revocation(str(entry.get("replace_which")), LOST)]


def _revoke_card(_: str, entry: Entry) -> list[Command]:
    return [build_revocation(str(entry.get("revoke_which")), str(entry.get("revoke_reason")))]


def build_revocation(position: str, reason: str) -> Command:
    """The card that the event at a position issued is valid no more."""
    return {"do": "revoke_card", "event": int(position), "reason": reason}


def _renew(number: str, entry: Entry) -> list[Command]:
    return [{"do": "renew_agreement", "volunteer": number, "agreement_from": entry.get("renew_from")}]


def _end(number: str, entry: Entry) -> list[Command]:
    end = {"do": "end_agreement", "volunteer": number, "on": entry.get("end_on")}
    return [{**end, "reason": entry.get("end_reason"), "reason_code": entry.get("end_code")}]


def _suspend(number: str, entry: Entry) -> list[Command]:
    return [{"do": "suspend", "volunteer": number, "from": entry.get("suspend_from")}]


def _resume(number: str, entry: Entry) -> list[Command]:
    return [{"do": "resume", "volunteer": number, "on": entry.get("resume_on")}]


LOST = "lost"
"""The reason for which a card is replaced, as batches say it."""
TRAINING = PersonAct(
    "training",
    (
        Field("training_kind", "choice", True, TRAINING_KINDS),
        Field("training_category", "short"),
        Field("training_on", "date", True),
        Field("training_hours", "hours"),
        *(Field(f"training_{module}", "box") for module in MODULES),
        Field("training_certificate", "text"),
    ),
    _complete_training,
)
ISSUE = PersonAct("card", (Field("card_card", "card", True),), _issue_card)
RENEW = PersonAct("renew", (Field("renew_from", "date", True),), _renew)
END = PersonAct(
    "end",
    (
        Field("end_on", "date", True),
        Field("end_code", "choice", choices=get_args(EndReason)),
        Field("end_reason", "text", True),
    ),
    _end,
)
SUSPEND = PersonAct("suspend", (Field("suspend_from", "date", True),), _suspend)
RESUME = PersonAct("resume", (Field("resume_on", "date", True),), _resume)
