"""The rules of a unit as its views note them, so that a question is answered without the log and the domain.

Rule: they are written by the program that evaluates, from the rules by which it does.
"""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, time
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

import msgspec

from domain.typed_decoding import decode_json

if TYPE_CHECKING:
    from domain.calendar import ServiceDays
    from domain.policy import Policy


class PolicyOfQuestion(Protocol):
    """What read models ask of a policy."""

    @property
    def checkin_window_before_start_min(self) -> int: ...  # noqa: D102 - as in `Policy`
    @property
    def debounce_seconds(self) -> int: ...  # noqa: D102 - as in `Policy`
    @property
    def leave_notice_days(self) -> int: ...  # noqa: D102 - as in `Policy`
    @property
    def require_training(self) -> bool: ...  # noqa: D102 - as in `Policy`


class PoliciesOfQuestion(Protocol):
    """`Policies`, or those that are noted."""

    def on(self, day: int) -> PolicyOfQuestion:
        """The policy in force on a service day."""
        ...


class RulesOfQuestion(Protocol):
    """The rules of a unit, as far as read models ask for them."""

    @property
    def days(self) -> "ServiceDays":
        """Its service days."""
        ...

    @property
    def policies(self) -> PoliciesOfQuestion:
        """Its policies."""
        ...

    @property
    def category(self) -> str | None:
        """What its volunteers are trained for."""
        ...


class PoliciesInForce(Protocol):
    """`Policies`, or all that is noted of them."""

    def on(self, day: int) -> "Policy":
        """The policy in force on a service day."""
        ...


class RulesInForce(Protocol):
    """The rules of a unit with every parameter of its policies."""

    @property
    def days(self) -> "ServiceDays": ...  # noqa: D102 - as in `RulesOfQuestion`
    @property
    def policies(self) -> PoliciesInForce: ...  # noqa: D102 - same
    @property
    def category(self) -> str | None: ...  # noqa: D102 - same


class NotedPolicy(msgspec.Struct, frozen=True):
    """The parameters of a policy that a question needs."""

    checkin_window_before_start_min: int
    debounce_seconds: int
    leave_notice_days: int
    require_training: bool
    day_ends_at: time


P = TypeVar("P", bound="NotedPolicy | Policy")


class NotedPolicies(Generic[P]):
    """The policies that views note: all of them, or what a question needs of them."""

    def __init__(self, rows: Iterable[tuple[int, str]], kind: type[P]) -> None:
        """The rows of `SELECT_NOTED`. Raises: msgspec.MsgspecError."""
        noted = [(day, decode_json(policy, kind)) for day, policy in rows]
        self._from = [day for day, _ in noted]
        self._policies = [policy for _, policy in noted]

    def on(self, day: int) -> P:
        """The policy in force on a service day."""
        return self._policies[bisect_right(self._from, day) - 1]

    @property
    def day_ends(self) -> list[tuple[date, time]]:
        """From which service day on a day ends when."""
        return [
            (date.fromordinal(day), policy.day_ends_at) for day, policy in zip(self._from, self._policies, strict=True)
        ]


SELECT_NOTED = "SELECT since, policy FROM policies ORDER BY since"
SELECT_CATEGORY = "SELECT category FROM unit"
