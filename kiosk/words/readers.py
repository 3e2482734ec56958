"""What the programs for card readers print and ask, in English."""

from kiosk.words.sentence import Sentence


class ReaderText(Sentence):
    """What the programs for card readers print and ask."""

    PCSC_NEEDS_NO_PROFILE = '{text} needs no profile: write port = "{text}" into a [[reader]] block, without `profile`'
    NO_PERMISSION = "{user} may not use it: run `sudo usermod -aG {group} {user}`, then log in again"
    HELD_BY_ENTRANCE = "the entrance has it open"
    HELD_BY_PROGRAMS = "in use by {holders}: end that program"
    BRLTTY_INSTALLED = "brltty is installed and takes such adapters when it runs: remove it (apt purge brltty)"
    HELD_BY_ANOTHER_PROGRAM = "in use by another program: end that program"
    HOLD_CARD_TO_IDENTIFY = "card {card} of {cards}: hold it to the reader"
    CARD_READ = "heard: take the card away"
    NO_PROFILE_READS_PORT = (
        "what comes from {port} is read by no profile: look at it with `kiosk readers watch {port}`, and "
        "describe it in a profile of your own (docs/readers.md)"
    )
    LISTENING = "listening at {ports}: wait until you are asked for a card"
    POLLED_READER_FOUND = "a reader answers the questions of {name}"
    NO_TAP = (
        "nothing came from {ports} within {seconds:g} {seconds:second|seconds}: check the reader's cable and "
        "power, and that the card is of its kind; `kiosk readers list` shows what is wrong with a port"
    )
    NO_CARD_AT_THIS_SPEED = "that was no card at this speed of the line: take it away, and hold the same card once more"
    SAME_CARD_AGAIN = "that is a card that you have held already: take another one"
    ANOTHER_CARD_IS_ISSUED = "another card is being issued at the entrance: begin again when that one is done"
    UNKNOWN_TO_ENTRANCE = "the entrance was opened before {name} was written into kiosk.toml: start it again"
    ENTRANCE_ENDED = "the entrance ended meanwhile: begin again"
    CLOSE_THE_ENTRANCE = (
        "{address}: the entrance has it open; close the entrance (systemctl stop kiosk-entrance), then try again"
    )
    MISSING = "it is not there: plug it in, or correct its port in kiosk.toml"
    CARD_OF_ANOTHER_VOLUNTEER = (
        "this card belongs to volunteer {number}{masked}: take another, or revoke it there first (revoke_card)"
    )
    HOLD_CARD_TO_ISSUE = "hold the card for {volunteer} to {name}"
    HOLD_ONCE_MORE = "read {masked}: take it away, count to two, and hold it there once more"
    CARD_HELD_ALREADY = "{number} holds this card already: nothing was changed"
    LOSSY_PROFILE = (
        "note: the profile {name} loses {loses}. That is no fault of the card, but a card issued at such a reader is "
        "known only to readers of the same kind"
    )
    SECOND_READ_DIFFERS = "the second read was another number, {masked}: nothing was issued, begin again"
    READER_ANSWERS = "the reader answers"
    READER_DOES_NOT_ANSWER = "the reader does not answer"
    TEST_PASSED = "passed: it read {masked}"
    TEST_READ_ANOTHER_NUMBER = "failed: it read another number, {masked}: hold the right card, or identify the reader"
    TEST_READ_UNUSABLE_NUMBER = "failed: it read {masked}. {reason}"
    SETTINGS_NOT_CHANGED = "{file} was not changed, for it would not be understood any more: {error}"
    NO_CARD = (
        "{name}: nothing came in {seconds:g} {seconds:second|seconds}: check that the card is of its kind, its "
        "cable and its power"
    )
    CARD_UNREADABLE = "{name}: what came could not be read: {reason}"
    NO_READER_CONFIGURED = "kiosk.toml names no card reader: `kiosk readers identify` finds out what to write there"
    CHOOSE_A_READER = "there are several readers: say which, {readers}"
    UNKNOWN_READER = "there is no reader {name!r} in kiosk.toml: it is one of {readers}"
    SERIAL_ADAPTER = "{chip}, a serial adapter: identify what hangs on it"
    WEDGE_125_KHZ = "keyboard wedge for 125 kHz cards, often em-8h10d"
    WEDGE_ANY = "keyboard wedge for 125 kHz or 13.56 MHz cards, often em-8h10d or decimal-uid-reversed"
    ACR122U = "ACR122U, PC/SC"
    ACR1252U = "ACR1252U, PC/SC"
    ADVANCED_CARD_SYSTEMS = "a reader of Advanced Card Systems, usually PC/SC"
    ARDUINO = "an Arduino: identify what it prints"
    HONEYWELL = "a Honeywell code scanner, qr"
    ZEBRA = "a Zebra code scanner, qr"
    NUMBERS_DIFFER = (
        "the reader is understood ({profiles}), but reads other numbers than those typed: check which card was "
        "held when, and the digits"
    )
    NO_PROFILE_READS_CARDS = "no profile reads all three cards: look at the bytes with `kiosk readers watch`"
    NEEDS_CARD_KIND = (
        "which kind of card these are: type one number as it stands with a comma on a 125 kHz fob (623,27706), "
        "or in hexadecimal as a phone shows a 13.56 MHz card (a phone cannot see a 125 kHz fob)"
    )
    NEEDS_BYTE_ORDER = (
        "which byte comes first: type one number in hexadecimal, as a phone with NFC shows it (26:DE:FA:E7)"
    )
    NEEDS_NUMBER = "what the number is: type one in hexadecimal, or hold other cards"
    OTHER_READS_CARDS_ALIKE = (
        "{two} reads these three alike; a card for which the reader sends {sent} belongs to {one}, one for "
        "which it sends {sent_to_other} to {two}"
    )
    UNDECIDED = "the three cards fit {groups}. What is not known yet is {needed}"
    TYPE_AGAIN = "no card need be held again: type a number anew where you can; Enter leaves it as it is"
    IDENTIFY_AGAIN = "{undecided}. Then identify once more"
    CARDS_READ = "the three cards are {cards}"
    OTHER_READS_ANOTHER_KIND = "{two} reads the same bytes as cards of the kind {tech}: choose one, and stay with it"
    OTHER_READS_THE_SAME = "{two} reads every card like {one}: either will do"
    LESSER_PROFILES = "these would read them too, but take less from the card: {names}"
    READER_LOSES = "this reader leaves out {loses}: its cards match only readers of the same kind"
    A_PROGRAM = "a program"
    OR = " or "
    AND = "; and "
    WATCHED_CARD = "  card {card}"
    WATCHED_NO_CARD = "  no card: {reason}"
