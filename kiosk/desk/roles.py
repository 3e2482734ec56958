"""The role table: what an account of each role may open at the desk (R-122), and the menu that follows from it.

Rule: what is not granted is refused, by address and not by hiding a link. Each page declares the right that it needs.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from domain.model.desk_account import Role
from kiosk.words.desk.shared_words import SectionName

Right = Literal[
    "today",
    "correct",
    "correct_late",
    "people",
    "plan_view",
    "plan",
    "muster",
    "month",
    "assessment",
    "cases",
    "awards",
    "audit",
    "unit",
    "documents",
    "issue_documents",
]
"""What a page can need.

- `today`: the live roster of the unit with masked names, as the public roster shows it;
- `correct`: what needs a person, and the corrections that settle it;
- `correct_late`: the same for days before the policy's `correction_window_days` (R-035);
- `people`: the volunteers with what identifies them, and changes of it; import and export;
- `plan_view`, `plan`: the duties to come, meetings and trainings, with masked names; changes of them;
- `muster`: the full names of those who are in the building;
- `month`: what is open in a month, closing it, and what is handed out of it (R-122);
- `assessment`: what is known of each volunteer in a year, and the scores (R-061);
- `cases`: exit cases with evidence and decisions;
- `awards`: candidates for awards with masked names, honor cards and certificates; what was received is entered;
- `audit`: explained days, differences, the past, single events, who read which names;
- `unit`: settings of the unit, policy, calendar, kiosks, accounts;
- `documents`: what documents say, with masked names, and whether one that was handed out is genuine;
- `issue_documents`: files of them, with full names where those are needed.
"""

GRANTS: Mapping[Right, frozenset[Role]] = {
    # a unit head sees reports and cases, an auditor the past and corrections: neither needs who is in just now
    "today": frozenset({"leader", "coordinator", "registrar"}),
    "correct": frozenset({"coordinator", "registrar"}),
    "correct_late": frozenset({"coordinator"}),
    "people": frozenset({"coordinator"}),
    "plan_view": frozenset({"leader", "coordinator"}),
    "plan": frozenset({"coordinator"}),
    # a leader who leads people out of a building has to know their names
    "muster": frozenset({"leader", "coordinator"}),
    "month": frozenset({"coordinator", "registrar"}),
    # one who judges conduct sees scores: a registrar enters hours, a leader is a volunteer
    "assessment": frozenset({"coordinator"}),
    "cases": frozenset({"coordinator", "unit_head"}),
    "awards": frozenset({"coordinator", "unit_head"}),
    "audit": frozenset({"coordinator", "registrar", "auditor"}),
    "unit": frozenset({"coordinator"}),
    "documents": frozenset({"coordinator", "registrar", "unit_head", "auditor"}),
    "issue_documents": frozenset({"coordinator", "registrar"}),
}


def is_granted(role: Role, right: Right) -> bool:
    """Whether accounts of this role have a right."""
    return role in GRANTS[right]


# --- The menu ---


class MenuEntry(NamedTuple):
    """A section that can be opened."""

    section: SectionName
    path: str
    right: Right


MENU = (
    MenuEntry("today", "/", "today"),
    MenuEntry("plan", "/plan", "plan_view"),
    MenuEntry("sessions", "/sessions", "plan_view"),
    MenuEntry("people", "/people", "people"),
    MenuEntry("muster", "/muster", "muster"),
    MenuEntry("month", "/month", "month"),
    MenuEntry("assessment", "/assessment", "assessment"),
    MenuEntry("cases", "/cases", "cases"),
    MenuEntry("documents", "/documents", "documents"),
    MenuEntry("awards", "/awards", "awards"),
    MenuEntry("audit", "/audit", "audit"),
    MenuEntry("unit", "/unit", "unit"),
)
"""Every section."""


def list_menu(role: Role) -> list[MenuEntry]:
    """The sections that an account of a role may open."""
    return [entry for entry in MENU if is_granted(role, entry.right)]
