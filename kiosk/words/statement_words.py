"""The typed word tables of statements: an explained day, and the reports of the night; filled in once a language.

Rule: a missing word is a type error. A state is a word, so that it can be read without its colour. Braces stand for
times, numbers and people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.log.lenient import UndecodableReason
    from domain.model.acknowledgements import AcknowledgedKind
    from projections.evaluation.evaluate import VisitStatus
    from projections.evaluation.outcomes import Outcome
    from projections.evaluation.reasons import CreditParameter, Reason
    from projections.evaluation.windows import AccountKind
    from projections.read_models.audit_trail import AuditKind

# --- A volunteer's day, explained ---

Head = Literal["duty", "desk", "tap", "clock", "undecodable", "visit", "total", "policy"]


class ExplainedWords(msgspec.Struct, frozen=True, kw_only=True):
    """The words of one language."""

    language: Literal["zh-TW", "en"]
    heads: Mapping[Head, str]
    """The kind of a line."""
    outcomes: Mapping[Outcome, str]
    late: str
    """With {minutes}."""
    early: str
    taps: Mapping[str, str]
    clock_behind: str
    """With {by} and {at}: a tap on an unsynchronised clock that was corrected."""
    clock_ahead: str
    clock_waits: str
    """With {boot}: the error of that clock is not known yet."""
    duration: str
    """With {hours} and {minutes}."""
    undecodable: Mapping[UndecodableReason, str]
    """With {name}: an event of the day that cannot be decoded or applied."""
    statuses: Mapping[VisitStatus, str]
    credited: str
    """With {minutes}: credited for a visit."""
    credited_elsewhere: str
    """With {minutes} and {day}: credited for a visit on another service day."""
    counts_on: str
    """With {day}: of a stretch that is credited on another service day."""
    corrected: str
    audit_trail: Mapping[AuditKind, str]
    """With {shift}, {start}, {end}, {other} or {matter}, where the entry has one."""
    acknowledged_kinds: Mapping[AcknowledgedKind, str]
    """What an acknowledgement is about."""
    reasons: Mapping[Reason, str]
    """Why a minute is not credited."""
    after_credited_duty: str
    """Why a minute is not credited behind a duty that is, up to its end, although a check-out is missing (R-035)."""
    credit_reasons: Mapping[AccountKind, str]
    """Why a minute is credited, by the kind of window it lies in."""
    parameter_reasons: Mapping[CreditParameter, str]
    """Why a minute is credited that is no recorded presence inside a window, by the parameter of the policy."""
    system: str
    """As an author."""
    by: str
    """With {who}."""
    reason: str
    """With {text}."""
    known_reasons: Mapping[str, str]
    """Reasons that are a word of the rules, with what it means."""
    reason_hidden: str
    """On a public screen."""
    reason_erased: str
    reason_altered: str
    total: str
    """With {minutes}: credited on the whole day."""
    default_policy: str
    basic_counts: str
    """With {since}: from when on basic training counts."""
    basic_missing: str
    special_counts: str
    """With {category} and {since}."""
    special_missing: str
    """With {category}."""
    special_not_demanded: str
    """Where neither the duty nor the unit has a category."""
    nothing: str
    separator: str
    """Between two parts of a line."""
    colon: str
    """Between what a line is about and what is said of it."""
    semicolon: str
    """Between the parameters of a policy, each with its value."""


# --- The report of a nightly run ---


class ReportWords(msgspec.Struct, frozen=True):
    """The words of one language."""

    title: str
    """With {date} and {roc}."""
    provisional: str
    """Of a day for which kiosks may still send something; with {kiosks}."""
    needed: str
    nothing_needed: str
    sections: Mapping[str, str]
    corrections: str
    """Above what was corrected."""
    explained: ExplainedWords
    totals: str
    figures: Mapping[str, str]
    quiet: str
    head: str
    """With {head}."""
