"""What an explained day must be able to say, whatever the language of the staff.

The rule: the sentence of a reason stands here and nowhere else; its rule's number is `projections.evaluation.reasons`'.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from domain.log.lenient import UndecodableReason
from projections.evaluation.evaluate import VisitStatus
from projections.evaluation.outcomes import Outcome
from projections.evaluation.reasons import Reason
from projections.evaluation.windows import AccountKind
from projections.read_models.audit_trail import AuditKind

Head = Literal["duty", "deed", "tap", "clock", "illegible", "visit", "total", "policy"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedWords:
    """The words of one language."""

    language: Literal["zh-TW", "en"]
    heads: Mapping[Head, str]
    """What kind of line it is."""
    outcomes: Mapping[Outcome, str]
    late: str
    """With {minutes}."""
    early: str
    taps: Mapping[str, str]
    clock_behind: str
    """With {by} and {at}: a tap on a clock that was put right."""
    clock_ahead: str
    clock_waits: str
    """With {boot}: nobody knows yet by how much that clock was wrong."""
    duration: str
    """With {hours} and {minutes}."""
    undecodable: Mapping[UndecodableReason, str]
    """With {name}: an event that bears on the day."""
    statuses: Mapping[VisitStatus, str]
    credited: str
    """With {minutes}: what a visit is worth."""
    corrected: str
    audit_trail: Mapping[AuditKind, str]
    """With {shift}, {start}, {end} or {other}, where the deed has one."""
    reasons: Mapping[Reason, str]
    """Why a minute is not credited."""
    credit_reasons: Mapping[AccountKind, str]
    """Why a minute is credited, by the kind of window it lies in."""
    by: str
    """With {who}."""
    reason: str
    """With {text}."""
    reason_hidden: str
    """Where everybody may read the screen."""
    reason_erased: str
    total: str
    """With {minutes} of the whole day."""
    default_policy: str
    nothing: str
    separator: str
    """Between two parts of a line."""
