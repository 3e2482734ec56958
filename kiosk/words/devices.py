"""What is wrong with a reader, a card, an address or a profile file, in English: a sentence for each code."""

from collections.abc import Mapping
from typing import cast

from devices.faults import (
    AddressFault,
    CardFault,
    CardNumberFault,
    Conflict,
    EnrolmentFault,
    Fault,
    FaultCode,
    FieldFault,
    FileFault,
    FrameFault,
    PortFault,
    ProfileFault,
    ReaderFault,
    TomlFault,
)
from devices.ports.addresses import NotAnAddress
from devices.ports.errors import PortError
from devices.profiles.profile_files import ProfileError
from devices.protocols.decoder import SHOWN_DIGITS, NotACardNumber
from kiosk.words.sentence import Sentence
from kiosk.words.validation import FieldSentence, TomlSentence, explain_field_fault, format_field


class CardNumberSentence(Sentence):
    """Why a text, or what a reader printed, is no card number."""

    UNKNOWN_KIND = "the kind before the colon must be one of {kinds}; bare digits mean an A card."
    NOT_HEXADECIMAL = "write it in hexadecimal digits, 0-9 and A-F, without spaces or dashes."
    ODD_DIGITS = "it has an odd number of digits, so one is missing or one too many; read the card again."
    WRONG_LENGTH = "{kind} has {lengths} bytes and this has {length}, so read the card again."
    LENGTH_OF_ANOTHER_KIND = "{kind} has {lengths} bytes and this has {length}, as {kinds} has: check the kind of card."
    WRONG_CODE_LENGTH = "{kind} has {least} to {most} bytes and this has {length}, so read the card again."
    NOT_A_PRINTED_NUMBER = (
        "write what is printed on the card, or its hexadecimal digits: 0040856634, 623,27706 or 04:A2:B3:C4:D5:E6:80."
    )
    NOT_HEXADECIMAL_PAIRS = (
        "this profile expects pairs of hexadecimal digits; "
        "read the card again, or choose the profile that fits this reader."
    )
    NOT_ALL_DIGITS = (
        "this profile expects {digits} decimal {digits:digit|digits}; "
        "read the card again, or choose the profile that fits this reader."
    )
    NOT_AT_MOST_DIGITS = (
        "this profile expects at most {digits} decimal {digits:digit|digits}; "
        "read the card again, or choose the profile that fits this reader."
    )
    TOO_GREAT = (
        "it is too great for {size} {size:byte|bytes}; read the card again, or choose the profile that fits this "
        "reader."
    )
    NOT_ONE_NUMBER = (
        "this profile expects one number; read the card again, or choose the profile that fits this reader."
    )
    NOT_ALL_NUMBERS = (
        "this profile expects {count} {count:number|numbers}; read the card again, or choose the profile that fits "
        "this reader."
    )
    NOT_BITS = (
        "this profile expects {width} {width:digit|digits} 0 or 1; read the card again, or choose the profile that "
        "fits this reader."
    )
    PARITY_DIFFERS = "its parity is wrong; hold the card still and try again."
    TAIL_MISSING = "the bytes that this reader adds are missing; read the card again, or choose another profile."


class EnrolmentSentence(Sentence):
    """Why a card must not be issued to a volunteer."""

    RANDOM_NUMBER = "This is a random number that changes at every tap, as phones send: use a plastic card."
    TRUNCATED_UID = "The reader cut this number short: set it to pass on 7-byte UIDs, or use another reader."


class FrameSentence(Sentence):
    """Why bytes are no frame."""

    CHECKSUM_DIFFERS = "the checksum does not fit; hold the card still and try again."
    NUMBER_CHECKSUM_DIFFERS = "the checksum does not fit the number; hold the card still and try again."
    IMPOSSIBLE_LENGTH = "a frame has a length that cannot be; check the reader's profile, speed and cable."
    CUT_SHORT = "a frame was cut short; hold the card still and try again."
    CUT_SHORT_BY_NEXT = "a frame was cut short by the next one; hold the card still and try again."
    BURST_TOO_LONG = "more came in one go than this reader can say; check its profile, speed and cable."
    NOT_TWELVE_DIGITS = "what came is not twelve hexadecimal digits; check the reader's profile and cable."
    FRAME_TOO_LONG = "a frame went on past its 16 bytes; check the reader's profile and cable."
    MALFORMED = "a frame is not ten hexadecimal digits and a checksum; check the reader's profile and cable."
    LINE_TOO_LONG = "a line went on too long for a card number; check the reader's profile, speed and line ending."
    CODE_TOO_LONG = "a code is longer than any card number: it is none of ours; or check the reader's line ending."
    LINE_WITHOUT_END = "a line stopped without its end; set the reader to send CR or LF, or choose a profile without."
    CONTROL_CHARACTERS = "a line has control characters in it; check the reader's profile, speed and cable."


class CardSentence(Sentence):
    """Why a card that lies on a reader could not be read."""

    SEVERAL_CARDS = "there is more than one card on the reader; hold one card alone."
    NOT_READ = "the reader could not read the card; hold it still and try again."
    NO_WHOLE_NUMBER = "the reader's answer has no whole card number; hold the card still and try again."
    REMOVED_TOO_SOON = "the card was taken away too soon; hold it still and try again."
    CARD_WITHOUT_UID = "this card tells no UID; use another card."
    READER_WITHOUT_UID_COMMAND = "the reader does not know the question for a UID; use another reader."
    ANSWER_WITHOUT_STATUS = "the reader's answer has no status; hold the card still and try again."
    ANSWER_WITHOUT_UID = "the reader answered without a UID; hold the card still and try again."
    REFUSED_WITH_STATUS = "the reader refused with status {status}; hold the card still and try again."
    UNSUPPORTED = "the reader cannot talk to this card; use another card."
    USED_BY_ANOTHER_PROGRAM = "another program uses the card; end that program."


class ReaderSentence(Sentence):
    """Why a reader whose port is open, or opening, cannot be used."""

    SILENT = "the reader does not answer; check its power, its profile and its speed."
    STALLED = "the machine slept while cards were read; what came meanwhile is not counted, tap again."
    SLOW = "it takes very long to answer; check its address, its power and the network."


class PortSentence(Sentence):
    """Why a port could not be opened, or was lost."""

    LOST = "the reader does not answer any more; check its cable and power."
    UNKNOWN_ADDRESS = "this is no kind of port; give a device such as /dev/ttyUSB0, or socket://host:port."
    MISSING = "there is no such device; plug the reader in, or correct the port in the settings."
    FORBIDDEN = "this user may not use it; add the user to the group dialout and log in again."
    BUSY = "another program uses it; end that program, or give each its own reader."
    NOT_SERIAL = "it is not a serial port; correct the port in the settings."
    NOT_OPENED = "it could not be opened ({error}); try another port."
    SERVER_WITHOUT_CONTROL_LINES = (
        "the device server does not set control lines; write ?ign_set_control behind its address."
    )
    SERVER_HANGS_UP = "the device server hangs up; look whether its reader is plugged in, and used by nobody else."
    SERVER_SILENT = "the device server does not answer; check its address, its power and the network."
    KEYBOARD_MISSING = "there is no such keyboard; plug the reader in, or correct the port in the settings."
    KEYBOARD_FORBIDDEN = "this user may not read keyboards; add the user to the group input and log in again."
    KEYBOARD_BUSY = "another program has this keyboard; end that program."
    NOT_A_KEYBOARD = "it is no keyboard; give a device of /dev/input/by-id whose name ends in event-kbd."
    PCSC_NOT_INSTALLED = "this machine has no PC/SC: install it (apt install pcscd libpcsclite1)."
    PCSC_NOT_RUNNING = "the PC/SC service does not run; start it (systemctl start pcscd.socket)."
    PCSC_FORBIDDEN = "this user may not use PC/SC; allow it in a polkit rule for org.debian.pcsc-lite.access_pcsc."
    PCSC_REFUSED = "PC/SC says {number:#010x}"
    PCSC_READER_MISSING = (
        "the PC/SC service sees no such reader; plug it in, or correct the name behind pcsc: in the settings."
    )
    PCSC_LOST = "the reader or the PC/SC service does not answer any more; check its cable, then the service pcscd."


class AddressSentence(Sentence):
    """Why a text is no address of a reader."""

    UNKNOWN_FORM = (
        "it is one of /dev/serial/by-id/..., socket://host:port, rfc2217://host:port, pcsc: "
        "or evdev:/dev/input/by-id/..."
    )
    NO_KEYBOARD_PATH = "write evdev: and the keyboard's path, evdev:/dev/input/by-id/..."
    KEYBOARD_WITHOUT_PREFIX = "a reader that types is written evdev:{path}"
    DEVICE_WITHOUT_FOLDER = "write /dev/{name}"
    IMPOSSIBLE_PORT = "the port behind the last colon is a number from 1 to 65535"
    NO_HOST_AND_PORT = "write the host and the port, {scheme}://192.0.2.7:4001"
    WITH_CREDENTIALS = "a device server asks for no name or password"
    TEXT_BEHIND_PORT = "nothing stands behind the port"
    UNKNOWN_OPTION = "behind the port may stand {options}, nothing else"


class FileSentence(Sentence):
    """Why a TOML file cannot be read at all."""

    NOT_UTF8 = "this file is not UTF-8: save it as UTF-8"
    UNREADABLE = "cannot be read ({error}): check the file and its owner"


class ProfileSentence(Sentence):
    """What is wrong with a profile whose fields are right one by one, or with its name."""

    UNKNOWN = "There is no reader profile {name!r}; choose one of: {known}."
    NAME_IN_ANOTHER_FILE = "another file has a profile {name!r} too: rename one of them"
    NAME_TAKEN = "there is a profile {name!r} already: choose another name"
    LOSS_NEEDS_LOSSY_KIND = "a number that lacks bytes has a kind of its own: {kinds}"
    LOSSY_KIND_NEEDS_LOSS = "numbers of the kind {kind} lack bytes of the card: say in `loses` which"
    WRONG_SIZE = "this writes {size} {size:byte|bytes}, and {kind} has {lengths}"


class ConflictSentence(Sentence):
    """A program that runs here and may have taken a reader, by the name of its `Conflict`."""

    BRLTTY = "brltty runs here and takes readers with a CH340 or CP210x chip: remove it (apt purge brltty)."
    MODEM_MANAGER = "ModemManager runs here and talks to new serial devices for half a minute: wait, or disable it."


class FaultFormat(Sentence):
    """What stands around a fault, and how its fields are written."""

    NOT_A_CARD_NUMBER = "{shown!r} is not a card number: {reason}"
    NOT_AN_ADDRESS = "{text!r} is no port: {reason}"
    AT_PORT = "{port}: {reason}"
    IN_FILE = "{path}: {reason}"
    IN_LINE = "{path}:{line}: {reason}"
    OR = " or "
    COMMA = ", "


SENTENCES: Mapping[type[FaultCode], type[Sentence]] = {
    CardNumberFault: CardNumberSentence,
    EnrolmentFault: EnrolmentSentence,
    FrameFault: FrameSentence,
    CardFault: CardSentence,
    ReaderFault: ReaderSentence,
    PortFault: PortSentence,
    AddressFault: AddressSentence,
    FileFault: FileSentence,
    FieldFault: FieldSentence,
    TomlFault: TomlSentence,
    ProfileFault: ProfileSentence,
}
"""The sentences of each enumeration of codes, by the same member names."""

ALTERNATIVES = frozenset({(CardNumberFault.LENGTH_OF_ANOTHER_KIND, "kinds")})
"""Lists of words that are joined by "or", as lists of numbers of bytes are; others by commas."""


def explain_fault(fault: Fault) -> str:
    """The sentence for a fault, and one for each program that may be the cause."""
    if isinstance(fault.code, FieldFault):
        return explain_field_fault(fault)
    fields = {name: _format_field(fault.code, name, value) for name, value in fault.fields.items()}
    sentence = SENTENCES[type(fault.code)][fault.code.name].fill(**fields)
    return " ".join([sentence, *map(explain_conflict, fault.conflicts)])


def explain_conflict(conflict: Conflict) -> str:
    """What a program does to readers, and what ends it."""
    return ConflictSentence[conflict.name].fill()


def explain_not_a_card_number(error: NotACardNumber) -> str:
    """The end of the text, and why it is no card number."""
    return FaultFormat.NOT_A_CARD_NUMBER.fill(shown="…" + error.text[-SHOWN_DIGITS:], reason=explain_fault(error.fault))


def explain_not_an_address(error: NotAnAddress) -> str:
    """The text, and why it is no address of a reader."""
    return FaultFormat.NOT_AN_ADDRESS.fill(text=error.text, reason=explain_fault(error.fault))


def explain_port_error(error: PortError) -> str:
    """The port, and why it cannot be used."""
    return FaultFormat.AT_PORT.fill(port=error.port, reason=explain_fault(error.fault))


def explain_profile_error(error: ProfileError) -> str:
    """The file, the line where there is one, and what is wrong there."""
    form = FaultFormat.IN_LINE if error.line else FaultFormat.IN_FILE
    return form.fill(path=error.path, line=error.line, reason=explain_fault(error.fault))


def _format_field(code: FaultCode, name: str, value: object) -> object:
    """A field as it stands in a sentence."""
    if not isinstance(value, tuple):
        return format_field(value)
    is_choice = name in ("lengths", "options") or (code, name) in ALTERNATIVES
    return (FaultFormat.OR if is_choice else FaultFormat.COMMA).fill().join(map(str, cast("tuple[object, ...]", value)))
