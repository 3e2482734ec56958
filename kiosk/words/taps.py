"""What a tap came to, in English, for scripts and batches; the entrance has its own words."""

from domain.use_cases.check_in import TapAnswer

OUTCOMES = {
    "checked_in": "checked in",
    "checked_out": "checked out",
    "duplicate": "on record already: a second tap so soon changes nothing",
    "unmatched": "a departure without an arrival: recorded for the coordinator",
    "noted": "on record; something before it cannot be read, so whether it is in or out is for the coordinator",
}

REASONS = {
    "unknown_card": "the card is not issued to anybody",
    "revoked_card": "the card was revoked",
    "suspended": "the volunteer is suspended",
    "agreement_ended": "the volunteer's agreement has ended",
    "unreadable": "the card could not be read",
    "unreadable_record": "what is on record of the card cannot be read: see `kiosk replay`",
}


def format_answer(answer: TapAnswer) -> str:
    """The outcome in words; a refused tap with its reason."""
    if answer.reason is not None:
        return f"refused, and recorded: {REASONS[answer.reason]}"
    return OUTCOMES[answer.outcome]
