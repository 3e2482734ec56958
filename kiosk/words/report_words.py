"""What a night's report says, whatever the language."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReportWords:
    """The words of one language."""

    title: str
    """With {date} and {roc}."""
    needed: str
    nothing_needed: str
    sections: Mapping[str, str]
    totals: str
    figures: Mapping[str, str]
    quiet: str
    head: str
    """With {head}."""
