"""The subjects that events are about beside taps, shifts and people: each has its words in a file of its own.

Rule: a new subject is one row of `SUBJECTS`; no table of events is touched.
"""

from collections.abc import Mapping
from typing import Literal

from kiosk.words.assessment_events import ASSESSMENT_EVENTS
from kiosk.words.award_events import AWARD_EVENTS
from kiosk.words.language import StaffLanguage
from kiosk.words.month_events import MONTH_EVENTS
from kiosk.words.papers import PAPER_EVENTS
from kiosk.words.session_events import SESSION_EVENTS
from kiosk.words.source_events import SOURCE_EVENTS
from kiosk.words.unit_ledger_events import UNIT_LEDGERS

SUBJECTS = (SESSION_EVENTS, MONTH_EVENTS, PAPER_EVENTS, UNIT_LEDGERS, AWARD_EVENTS, ASSESSMENT_EVENTS, SOURCE_EVENTS)
Part = Literal["meanings", "streams", "fields", "codes", "commands"]


def compose_texts(part: Part, language: StaffLanguage) -> Mapping[str, str]:
    """One part of the words of all subjects."""
    return {name: text for subject in SUBJECTS for name, text in getattr(subject[language], part).items()}


def compose_acts(language: StaffLanguage) -> Mapping[str, str]:
    """What was done, short, by the stored names of events: a subject without such words has what its events mean."""
    acts: dict[str, str] = {}
    for subject in SUBJECTS:
        texts = subject[language]
        acts |= texts.acts or {name: meaning.rstrip("。.") for name, meaning in texts.meanings.items()}
    return acts
