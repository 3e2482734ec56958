"""The role table: what an account of each role may open at the desk (R-122). The one place where this is decided.

Rule: what is not granted is refused, by address and not by hiding a link. Each page declares the right that it needs.
"""

from collections.abc import Mapping
from typing import Literal

from domain.model.desk_account import Role

Right = Literal["today"]
"""What a page can need. `today`: the live roster of the unit with masked names, as the public roster shows it."""

GRANTS: Mapping[Right, frozenset[Role]] = {
    # a unit head sees reports and cases, an auditor the past and corrections: neither needs who is in just now
    "today": frozenset({"leader", "coordinator", "registrar"}),
}


def is_granted(role: Role, right: Right) -> bool:
    """Whether accounts of this role have a right."""
    return role in GRANTS[right]
