"""What the programs for card readers print and ask, in English."""

from kiosk.words.sentence import Sentence


class ReaderText(Sentence):
    """What the programs for card readers print and ask."""

    NEEDS_NO_PROFILE = '{text} needs no profile: write port = "{text}" into a [[reader]] block, without `profile`'
    NOT_USE = "{user} may not use it: run `sudo usermod -aG {group} {user}`, then log in again"
    ENTRANCE_OPEN = "the entrance has it open"
    USE = "in use by {holders}: end that program"
    BRLTTY_INSTALLED_TAKES_SUCH_ADAPTERS = (
        "brltty is installed and takes such adapters when it runs: remove it (apt purge brltty)"
    )
    USE_ANOTHER_PROGRAM = "in use by another program: end that program"
    CARD = "card {{card}} of {cards}: hold it to the reader"
    HEARD_TAKE_CARD_AWAY = "heard: take the card away"
    COMES_READ_NO_PROFILE = (
        "what comes from {port} is read by no profile: look at it with `kiosk readers watch {port}`, and "
        "describe it in a profile of your own (README, Card readers)"
    )
    LISTENING = "listening at {spots}: wait until you are asked for a card"
    READER_ANSWERS_QUESTIONS = "a reader answers the questions of {name}"
    NOTHING_CAME_WITHIN_SECONDS = (
        "nothing came from {where} within {seconds:g} seconds: check the reader's cable and power, and that "
        "the card is of its kind; `kiosk readers list` shows what is wrong with a port"
    )
    NO_CARD_SPEED_LINE = "that was no card at this speed of the line: take it away, and hold the same card once more"
    CARD_YOU_HELD_ALREADY = "that is a card that you have held already: take another one"
    ENTRANCE_OPEN_CLOSE_ENTRANCE_SYSTEMCTL = (
        "{address}: the entrance has it open; close the entrance (systemctl stop kiosk-entrance), then try again"
    )
    NOT = "it is not there: plug it in, or correct its port in kiosk.toml"
    CARD_BELONGS_VOLUNTEER = (
        "this card belongs to volunteer {number}{masked}: take another, or revoke it there first (revoke_card)"
    )
    HOLD_CARD = "hold the card for {volunteer} to {name}"
    READ_TAKE_AWAY_COUNT_TWO = "read {masked}: take it away, count to two, and hold it there once more"
    HOLDS_CARD_ALREADY = "{number} holds this card already: nothing was changed"
    PROFILE_LOSES = (
        "the profile {name} loses {loses}: a card issued from it is known only to readers of this kind. Use a "
        "reader that reads whole numbers, or say --lossy-ok"
    )
    SECOND_READ_ANOTHER_NUMBER = "the second read was another number, {masked}: nothing was issued, begin again"
    READER_ANSWERS = "the reader answers"
    READER_NOT_ANSWER = "the reader does not answer"
    PASSED_READ = "passed: it read {masked}"
    FAILED_READ_ANOTHER_NUMBER_HOLD = (
        "failed: it read another number, {masked}: hold the right card, or identify the reader"
    )
    FAILED_READ = "failed: it read {masked}. {reason}"
    FAILED_READ_PROFILE_LOSES_MATCHES = (
        "failed: it read {masked}, and its profile {name} loses {loses}: it matches only cards that were "
        "issued from such a reader"
    )
    NOT_CHANGED_NOT_UNDERSTOOD_ANY = "{file} was not changed, for it would not be understood any more: {mistake}"
    NOTHING_CAME_SECONDS_CHECK_CARD = (
        "{name}: nothing came in {seconds:g} seconds: check that the card is of its kind, its cable and its power"
    )
    CAME_COULD_NOT_READ = "{name}: what came could not be read: {reason}"
    KIOSK_TOML_NAMES_NO_CARD = "kiosk.toml names no card reader: `kiosk readers identify` finds out what to write there"
    SEVERAL_READERS = "there are several readers: say which, {readers}"
    NO_READER_KIOSK_TOML = "there is no reader {name!r} in kiosk.toml: it is one of {readers}"
    SERIAL_ADAPTER = "a serial adapter: identify what hangs on it"
    KEYBOARD_WEDGE_KHZ_CARDS_OFTEN = "keyboard wedge for 125 kHz cards, often em-8h10d"
    KEYBOARD_WEDGE_KHZ_MHZ_CARDS = (
        "keyboard wedge for 125 kHz or 13.56 MHz cards, often em-8h10d or decimal-uid-reversed"
    )
    ACR_U_PC_SC = "ACR122U, PC/SC"
    ACR_U_PC_SC_2 = "ACR1252U, PC/SC"
    READER_ADVANCED_CARD_SYSTEMS_USUALLY = "a reader of Advanced Card Systems, usually PC/SC"
    ARDUINO = "an Arduino: identify what it prints"
    HONEYWELL_CODE_SCANNER_QR = "a Honeywell code scanner, qr"
    ZEBRA_CODE_SCANNER_QR = "a Zebra code scanner, qr"
    READER_UNDERSTOOD = (
        "the reader is understood ({profiles}), but reads other numbers than those typed: check which card was "
        "held when, and the digits"
    )
    NO_PROFILE_READS_ALL_THREE = "no profile reads all three cards: look at the bytes with `kiosk readers watch`"
    KIND_CARD_THESE = (
        "which kind of card these are: type one number as it stands with a comma on a 125 kHz fob (623,27706), "
        "or in hexadecimal as a phone shows a 13.56 MHz card (a phone cannot see a 125 kHz fob)"
    )
    BYTE_COMES_FIRST = (
        "which byte comes first: type one number in hexadecimal, as a phone with NFC shows it (26:DE:FA:E7)"
    )
    NUMBER = "what the number is: type one in hexadecimal, or hold other cards"
    READS_THESE_THREE_ALIKE = (
        "{two} reads these three alike; a card for which the reader sends {sent} belongs to {one}, one for "
        "which it sends {sent_to_other} to {two}"
    )
    THREE_CARDS_FIT_NOT_KNOWN = (
        "the three cards fit {groups}. What is not known yet is {needed}. Then identify once more"
    )
    THREE_CARDS = "the three cards are {cards}"
    READS_SAME_BYTES_CARDS_KIND = "{two} reads the same bytes as cards of the kind {tech}: choose one, and stay with it"
    READS_EVERY_CARD_LIKE = "{two} reads every card like {one}: either will do"
    THESE_READ_THEM_TOO_TAKE = "these would read them too, but take less from the card: {names}"
    READER_LEAVES_OUT = "this reader leaves out {loses}: its cards match only readers of the same kind"
