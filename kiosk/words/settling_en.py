"""Settlements at the roster in English."""

from kiosk.words.refusals import SENTENCES
from kiosk.words.settling_words import CorrectionWords

WORDS = CorrectionWords(
    titles={
        "close": "Close a visit that has no check-out",
        "excuse": "Excuse an absence",
        "void": "Void a visit",
    },
    nothing={
        "close": "No visit of this day lacks its check-out",
        "excuse": "No duty of this day was missed",
        "void": "This day has no visit to void",
    },
    which="Which one?",
    not_in_the_past="This is the past: nothing can be changed here",
    authenticated="{who} (x)",
    who="Who are you?",
    nobody="Nobody has a PIN yet: set one with `kiosk coordinator NAME`",
    pin="PIN of {who}",
    wrong="Wrong PIN",
    check_out="Time of the check-out, such as 11:30 or 2026-11-19 11:30",
    no_time="this is no time: write it as 11:30, or with its date as 2026-11-19 11:30",
    reason="Reason (required; kept with the correction)",
    no_reason="a reason is needed, up to 2,000 characters",
    minutes="credited minutes: {before} -> {after}",
    outcome="{shift}: {before} -> {after}",
    raises="{rule}: the night would raise a case ({dates} dates)",
    withdraws="{rule}: the grounds of a case would be gone ({dates} dates were)",
    no_change="No minute and no outcome would change",
    confirm="This will change. Do it?",
    changed="The day has changed meanwhile: look again",
    done="Done",
    refused="Refused: {why}",
    failed="It could not be done: the home cannot be read or written; see kiosk.log",
    keys_text="Enter goes on   Esc changes nothing",
    keys_choice="up, down   Enter chooses   Esc changes nothing",
    keys_confirm="y does it   Esc changes nothing",
    keys_message="Enter back",
    refusals=SENTENCES,
)
