"""English. Short words; the next step names a person and a place."""

from kiosk.words.volunteer_words import EntranceWords, Message

WORDS = EntranceWords(
    tap_your_card="Please tap your card",
    results={
        "checked_in": Message("Signed in", "Tap again when you leave."),
        "checked_out": Message("Signed out", "Thank you, goodbye."),
        "already": Message("Recorded", "No need to tap again."),
        "unmatched": Message("No sign-in found", "You are not signed in: please see the counter."),
        "noted": Message("Received", "Your tap is on record: please see the counter."),
        "unknown_card": Message("Unknown card", "No hours recorded: please see the counter."),
        "revoked_card": Message("Not valid", "No hours recorded: please get a new card at the counter."),
        "suspended": Message("On hold", "No hours recorded: please see the counter."),
        "agreement_ended": Message("Term over", "No hours recorded: please see the counter."),
        "before_agreement": Message("Not yet", "No hours recorded: please see the counter."),
        "unreadable": Message("Tap again", "The card was not read: please hold it flat on the reader."),
        "phone_card": Message("Use a card", "A phone cannot be recorded: please tap your volunteer card."),
    },
    at_session=Message("Welcome", "Tap again when you leave."),
    conditions={
        "reader_lost": Message("No reader", "Please sign on paper and tell the counter."),
        "storage_trouble": Message("Paused", "Please sign on paper and tell the counter."),
    },
    issuing={
        "hold_card": Message("New card", "Tap the card for this volunteer. Others, please wait a moment."),
        "hold_again": Message("Once more", "Take the card away, count to two, and tap it again."),
    },
    remarks={
        "early": "{minutes} min early",
        "late": "{minutes} min late, recorded as it is",
        "off_roster": "Not on today's roster: staff will check",
        "forgot_last_time": "No sign-out last time: please see the counter",
    },
    not_signed_in="You are not signed in",
    repeated={
        "checked_in": Message("You are signed in", "Since {time}. To sign out, tap from {again} on."),
        "checked_out": Message("You are signed out", "Since {time}. To sign in again, tap from {again} on."),
    },
    today="Today {duration}",
    month="This month {duration}",
    year="This year {duration}",
    award_after_hours="{duration} more until you can apply for {award}",
    award_from_day="From {day} on you can apply for {award}",
    award_after_both="{duration} more, and from {day} you can apply for {award}",
    hours_and_minutes="{hours} h {minutes} min",
    only_minutes="{minutes} min",
    separator=", ",
    clock_not_set="Clock not set, taps are recorded",
    hub={
        "empty": "No unit data: tell the counter",
        "stopped": "Hub takes no taps: tell the coordinator",
        "unheard": "Other kiosks: no news since {since}",
        "call": "Not connected: tell the coordinator",
        "forgotten": "Names deleted: tell the coordinator",
    },
    without_others="{total} (without other kiosks since {since})",
    one_reader_lost="Reader down: use the other",
    reader_nonsense="Reader fault: see the counter",
    terminal_too_small="Terminal too small",
    press_again="Press Ctrl+C again to end",
    card_left="A card was left there: take it away",
)
