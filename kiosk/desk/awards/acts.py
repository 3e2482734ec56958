"""What is entered about awards with a document at hand: the fields of each form, and the line that it comes to.

Rule: a form asks for whatever its batch line takes (R-031, R-080, R-081, R-087, R-088).
"""

import re
from collections.abc import Sequence
from typing import get_args

from domain.model.award_ledger import Proof
from kiosk.desk.home_access import Command
from kiosk.desk.people.fields import Entry, Field, PersonAct
from kiosk.desk.people.person_pages import ActForm, describe_faults
from kiosk.words.desk.people_words import PeopleWords

PROOFS = get_args(Proof)
_BETWEEN_NUMBERS = re.compile(r"[\s,;、，；]+")


def list_volunteer_acts(conditions: Sequence[str]) -> list[PersonAct]:
    """Those about a volunteer; `conditions` are those that can be attested, as `award condition`."""
    return [ATTEST_HOURS, ATTEST_SENIORITY, *([build_attestation(conditions)] if conditions else [])]


def list_group_acts(awards: Sequence[str]) -> list[PersonAct]:
    """Those about families and the team; `awards` are those that a team receives."""
    return [ATTEST_FAMILY, ATTEST_TEAM, *([build_team_grant(awards)] if awards else [])]


def build_forms(
    acts: Sequence[PersonAct], words: PeopleWords, opened: str = "", entry: Entry | None = None
) -> list[ActForm]:
    """The forms, each closed and empty but the one that is shown again as it was filled in."""
    forms: list[ActForm] = []
    for act in acts:
        if entry and act.name == opened:
            forms.append(ActForm(act, entry.typed, describe_faults(entry, words), entry.refusal, True))
        else:
            empty = dict.fromkeys([one.name for one in act.fields], "")
            forms.append(ActForm(act, empty, empty, "", False))
    return forms


# --- Of a volunteer ---


def _attest_hours(number: str, entry: Entry) -> list[Command]:
    period = {"from": entry.get("hours_from"), "to": entry.get("hours_to")}
    amount = {"hours": entry.get("hours_whole"), "minutes": entry.get("hours_minutes") or 0}
    where = {name: entry.get(f"hours_{name}") for name in ("unit", "category", "city", "proof", "document")}
    return [{"do": "attest_hours", "volunteer": number, **period, **amount, **where}]


def _attest_seniority(number: str, entry: Entry) -> list[Command]:
    named = {name: entry.get(f"seniority_{name}") for name in ("from", "to", "unit", "category", "document")}
    return [{"do": "attest_seniority", "volunteer": number, **named}]


def _attest_condition(number: str, entry: Entry) -> list[Command]:
    award, _, condition = str(entry.get("condition")).partition(" ")
    document = entry.get("condition_document")
    return [
        {"do": "attest_condition", "volunteer": number, "award": award, "condition": condition, "document": document}
    ]


def build_attestation(conditions: Sequence[str]) -> PersonAct:
    """A condition of an award that no figure shows (R-080)."""
    fields = (Field("condition", "choice", True, tuple(conditions)), Field("condition_document", "text", True))
    return PersonAct("condition", fields, _attest_condition)


ATTEST_HOURS = PersonAct(
    "hours",
    (
        Field("hours_from", "date", True),
        Field("hours_to", "date", True),
        Field("hours_whole", "count", True),
        Field("hours_minutes", "count"),
        Field("hours_unit", "short"),
        Field("hours_category", "short"),
        Field("hours_city", "short"),
        Field("hours_proof", "choice", True, PROOFS),
        Field("hours_document", "text", True),
    ),
    _attest_hours,
)
ATTEST_SENIORITY = PersonAct(
    "seniority",
    (
        Field("seniority_from", "date", True),
        Field("seniority_to", "date", True),
        Field("seniority_unit", "short"),
        Field("seniority_category", "short"),
        Field("seniority_document", "text", True),
    ),
    _attest_seniority,
)


# --- Of families and the team ---


def _attest_family(_: str, entry: Entry) -> list[Command]:
    members = [number for number in _BETWEEN_NUMBERS.split(str(entry.get("family_members"))) if number]
    document = entry.get("family_document")
    return [{"do": "attest_family", "family": entry.get("family_name"), "members": members, "document": document}]


def _attest_team(_: str, entry: Entry) -> list[Command]:
    return [{"do": "attest_team", "established_on": entry.get("team_on"), "document": entry.get("team_document")}]


def _grant_team_award(_: str, entry: Entry) -> list[Command]:
    named = {name: entry.get(f"grant_{name}") for name in ("award", "on", "document")}
    return [{"do": "grant_team_award", **named}]


def build_team_grant(awards: Sequence[str]) -> PersonAct:
    """The team received an award."""
    fields = (
        Field("grant_award", "choice", True, tuple(awards)),
        Field("grant_on", "date", True),
        Field("grant_document", "short"),
    )
    return PersonAct("team_award", fields, _grant_team_award)


ATTEST_FAMILY = PersonAct(
    "family",
    (
        Field("family_name", "number", True),
        Field("family_members", "text", True),
        Field("family_document", "text", True),
    ),
    _attest_family,
)
ATTEST_TEAM = PersonAct("team", (Field("team_on", "date", True), Field("team_document", "text", True)), _attest_team)
