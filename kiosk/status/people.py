"""The check of the people store: is it as the log says, and what is too old to be proved.

Rule: a log of years is not walked for a status; then the last night's comparison counts.
"""

from kiosk.backups.heads.last_verification import read_last_verification
from kiosk.people_check import PeopleVerdict, check_people, explain_faults
from kiosk.status.checked_home import Check, CheckedHome
from kiosk.words.reports import PeopleText

MOST_EVENTS = 300_000
"""Events that are walked for a status: about a second."""


def check_people_store(checked: CheckedHome) -> Check:
    """Every row, reason, author and PIN that an event can prove is as it was written."""
    home, last = checked.home, read_last_verification(checked.path)
    if home.log.head().position <= MOST_EVENTS:
        verdict = check_people(home.log, home.people, home.compute_hmac)
        if verdict.faults:
            return Check("people", False, explain_faults(verdict))
        return Check("people", True, _summarise(verdict, is_key_proved=home.is_key_proved))
    if last is not None and last.people_faults:
        when = checked.format_local(last.at)
        return Check("people", False, PeopleText.STORE_ALTERED_ON.fill(when=when))
    return Check("people", True, PeopleText.STORE_TO_BE_PROVED.fill())


def _summarise(verdict: PeopleVerdict, *, is_key_proved: bool) -> str:
    summary = PeopleText.STORE_PROVED.fill(proved=verdict.proved)
    if verdict.unproved:
        summary = PeopleText.STORE_UNPROVED.fill(summary=summary, unproved=verdict.unproved)
    return summary if is_key_proved else PeopleText.KEY_UNPROVED.fill(summary=summary)
