"""Why a minute counts or does not: the reasons, each with its rule; their sentences stand in `kiosk.words`.

The only list of them. Where several apply to a minute, the first of `RULES` is given.
"""

from collections.abc import Mapping
from typing import Literal

from projections.evaluation.windows import AccountKind

Reason = Literal[
    "voided",
    "misuse",
    "no_check_out",
    "before_agreement",
    "agreement_ended",
    "suspended",
    "session",
    "unscheduled",
    "closed_hours",
    "before_training",
    "no_special_training",
]

RULES: Mapping[Reason, str] = {
    "voided": "R-121",
    "misuse": "R-007",
    "no_check_out": "R-035",
    "before_agreement": "R-056",
    "agreement_ended": "R-056",
    "suspended": "R-053",
    "session": "R-033",
    "unscheduled": "R-024",
    "closed_hours": "R-026",
    "before_training": "R-002",
    "no_special_training": "R-005",
}
"""The rule of each, in order of precedence."""

CreditParameter = Literal["cap_to_shift", "credit_from_scheduled_start_within_grace", "missing_checkout_credit"]
"""A parameter of the policy that credits more than recorded presence inside a window."""

PARAMETER_RULES: Mapping[CreditParameter, str] = {
    "cap_to_shift": "R-020",
    "credit_from_scheduled_start_within_grace": "R-020",
    "missing_checkout_credit": "R-035",
}
"""By which rule a minute counts that such a parameter credits."""

CREDIT_RULES: Mapping[AccountKind, str] = {"shift": "R-020", "event": "R-023", "flexible": "R-026"}
"""By which rule any other credited minute counts: the kind of window it lies in."""
