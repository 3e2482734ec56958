"""What a policy would change, as rows: minutes, outcomes, cases and awards by volunteer, and their sum."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from domain.policy import Adoption
from kiosk.awards.candidates import list_candidates
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.statements.statement_rows import Row
from kiosk.statements.statements import Statements
from kiosk.words.what_if import WhatIfText
from projections.engine.as_of import views_under
from projections.engine.views import Views
from projections.read_models.awards import AwardFilter
from projections.read_models.policy_effect import PolicyEffect, list_policy_effects

RECEIVED = ("met", "attest")
"""States of an award that may be applied for, as soon as what must be attested is."""


class WhatIf(NamedTuple):
    """What would change in all, and for whom."""

    rows: list[Row]
    """The greatest change of minutes first; who would notice nothing is not listed."""
    total: Row


def build_what_if(home: Home, adoption: Adoption) -> WhatIf:
    """What a policy would change, from the home as it stands now. Raises: UserError where that cannot be foreseen."""
    statements = Statements.now(home)
    with views_under(home.log, statements.views, adoption) as under:
        if under is None:
            raise UserError(WhatIfText.FILED_ANEW.fill())
        effects = list_policy_effects(statements.views, under)
        before, after = _list_awards(home, statements.views), _list_awards(home, under)
    known = {effect.volunteer for effect in effects}
    for who in sorted((before.keys() | after.keys()) - known):
        effects.append(PolicyEffect(who, 0, 0, 0, [], []))
    rows = [_build_row(statements, one, before[one.volunteer], after[one.volunteer]) for one in effects]
    changed = [row for row in rows if _is_changed(row)]
    changed.sort(key=lambda row: (-abs(row["change"]), -row["outcomes"], row["volunteer"]))
    return WhatIf(changed, _sum(effects, changed))


def _list_awards(home: Home, views: Views) -> dict[UUID, set[str]]:
    """The awards that each volunteer may receive today."""
    today = date.fromordinal(views.load_unit().days.ordinal(views.evaluated_at))
    found: dict[UUID, set[str]] = defaultdict(set)
    for result in list_candidates(home, views, today, AwardFilter()):
        if result.volunteer and result.status in RECEIVED:
            found[result.volunteer].add(result.rule.id)
    return found


def _build_row(statements: Statements, effect: PolicyEffect, before: set[str], after: set[str]) -> Row:
    return {
        "volunteer": statements.find_number(effect.volunteer),
        "minutes_before": effect.minutes_before,
        "minutes_after": effect.minutes_after,
        "change": effect.minutes_after - effect.minutes_before,
        "outcomes": effect.outcomes,
        "cases_raised": effect.raised,
        "cases_withdrawn": effect.withdrawn,
        "awards_gained": sorted(after - before),
        "awards_lost": sorted(before - after),
    }


def _is_changed(row: Row) -> bool:
    return any(value for name, value in row.items() if name not in ("volunteer", "minutes_before", "minutes_after"))


def _sum(effects: Sequence[PolicyEffect], changed: Sequence[Row]) -> Row:
    """Minutes of all volunteers; how many duties, cases and awards would be others."""
    minutes: dict[str, Any] = {
        "volunteers": len(changed),
        "minutes_before": sum(one.minutes_before for one in effects),
        "minutes_after": sum(one.minutes_after for one in effects),
    }
    minutes["change"] = minutes["minutes_after"] - minutes["minutes_before"]
    lists = ("cases_raised", "cases_withdrawn", "awards_gained", "awards_lost")
    return {
        **minutes,
        "outcomes": sum(row["outcomes"] for row in changed),
        **{name: sum(len(row[name]) for row in changed) for name in lists},
    }
