"""What a settlement at the roster must be able to say: who asks, what, why, what will change, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

CorrectionKind = Literal["close", "excuse", "void"]
"""What a coordinator may settle at the roster."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionWords:
    """The words of one language."""

    titles: Mapping[CorrectionKind, str]
    nothing: Mapping[CorrectionKind, str]
    """Where the day has nothing of the kind."""
    which: str
    not_in_the_past: str
    authenticated: str
    """In the head of the screen, with {who}, and the key that ends it."""
    who: str
    nobody: str
    """Where nobody has a PIN yet."""
    pin: str
    """With {who}."""
    wrong: str
    check_out: str
    no_time: str
    reason: str
    no_reason: str
    minutes: str
    """With {before} and {after}."""
    outcome: str
    """With {shift}, {before} and {after}."""
    raises: str
    """With {rule} and {dates}: the night would raise a case."""
    withdraws: str
    """With {rule} and {dates}: it would find no grounds any more."""
    no_change: str
    confirm: str
    changed: str
    """Where the day became another between the question and the answer."""
    done: str
    refused: str
    """With {why}."""
    failed: str
    """Where the log or the people store cannot be read or written."""
    keys_text: str
    keys_choice: str
    keys_confirm: str
    keys_message: str
    refusals: Mapping[str, str]
    """The sentences of refusals, by their names."""
