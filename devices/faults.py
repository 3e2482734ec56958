"""What can be wrong with a reader, a card, an address or a file, as codes with fields. Words for it stand elsewhere.

The rule: nothing in this package is a sentence. A fault is a code and the fields that a sentence about it needs;
no field holds the bytes of a card.
"""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Self

from msgspec import Meta

from devices.characters import NAMED, SEEN, VISIBLE, WRITTEN


class FaultCode(StrEnum):
    """Base of the enumerations, one a subject. Behind a member's value stand the names of its fields."""

    fields: tuple[str, ...]

    def __new__(cls, value: str, *fields: str) -> Self:
        """A member with the names of its fields."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.fields = fields
        return member


class Conflict(StrEnum):
    """A program of the system that takes serial readers away, by the name that the kernel gives it (proc(5), comm)."""

    BRLTTY = "brltty"
    """It drives Braille displays that look like readers with a CH340 or CP210x chip."""
    MODEM_MANAGER = "ModemManager"
    """It sends commands to new serial devices for half a minute."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong: a code with its fields, and the programs that run here and may be the cause."""

    code: FaultCode
    fields: Mapping[str, object] = field(default_factory=dict[str, object], hash=False)
    conflicts: tuple[Conflict, ...] = ()

    def __str__(self) -> str:
        """The code and its fields, for a programmer."""
        words = self.code.replace("_", " ")
        shown = ", ".join(f"{name} {value}" for name, value in self.fields.items())
        return f"{words} ({shown})" if shown else words


@dataclass(frozen=True, slots=True)
class Choices:
    """A field of a fault: all words that are possible, and the one that was probably meant, if any."""

    all: tuple[str, ...]
    nearest: str | None

    def __str__(self) -> str:
        """The word that was meant, else all of them."""
        return self.nearest or ", ".join(self.all)


class FieldKind(StrEnum):
    """A field of a fault: what a value is, or must be, in msgspec's words."""

    TEXT = "str"
    WHOLE = "int"
    NUMBER = "float"
    FRACTION = "fraction"
    """A number where a whole one is wanted; msgspec has no word of it."""
    FLAG = "bool"
    LIST = "array"
    TABLE = "object"
    NULL = "null"
    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"


class FieldLimit(StrEnum):
    """A field of a fault: on which side of a limit a number must be."""

    AT_LEAST = ">="
    AT_MOST = "<="
    MORE_THAN = ">"
    LESS_THAN = "<"


class TextForm(StrEnum):
    """What a text must look like, as a regular expression for msgspec's `Meta`."""

    IDENTIFIER = rf"\A(?!\s){SEEN}{{1,128}}(?<!\s)\Z"
    """A number or an id: nothing that is not seen, no space at its ends."""
    SHORT_TEXT = rf"\A(?!\s){NAMED}{{1,128}}(?<!\s)\Z"
    """A name: besides, selectors and joiners where its script has them."""
    FREE_TEXT = rf"\A{WRITTEN}*{VISIBLE}{WRITTEN}*\Z"
    """Free text with a visible character: line breaks yes, other control characters no."""
    CLOCK_TIME = r"\A(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)\Z"
    HEXADECIMAL = r"\A\s*(?:[0-9A-Fa-f]{2}\s*)*\Z"
    PROFILE_NAME = r"\A[a-z0-9]+(?:-[a-z0-9]+)*\Z"
    YEARLY_DATE = r"\A(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\Z"

    def __str__(self) -> str:
        """Its name, for a programmer; the expression is its value."""
        return self.name.lower().replace("_", " ")


ShortText = Annotated[str, Meta(pattern=TextForm.SHORT_TEXT.value)]
"""A name: of an actor, a unit or a post, in a batch line, a settings file or a data file."""


class CardNumberFault(FaultCode):
    """Why a text, or what a reader printed, is no card number."""

    UNKNOWN_KIND = "unknown_kind", "kinds"
    NOT_HEXADECIMAL = "not_hexadecimal"
    ODD_DIGITS = "odd_digits"
    WRONG_LENGTH = "wrong_length", "kind", "lengths", "length"
    LENGTH_OF_ANOTHER_KIND = "length_of_another_kind", "kind", "lengths", "length", "kinds"
    WRONG_CODE_LENGTH = "wrong_code_length", "kind", "least", "most", "length"
    NOT_A_PRINTED_NUMBER = "not_a_printed_number"
    NOT_HEXADECIMAL_PAIRS = "not_hexadecimal_pairs"
    NOT_ALL_DIGITS = "not_all_digits", "digits"
    NOT_AT_MOST_DIGITS = "not_at_most_digits", "digits"
    TOO_GREAT = "too_great", "size"
    NOT_ONE_NUMBER = "not_one_number"
    NOT_ALL_NUMBERS = "not_all_numbers", "count"
    NOT_BITS = "not_bits", "width"
    PARITY_DIFFERS = "parity_differs"
    TAIL_MISSING = "tail_missing"


class EnrolmentFault(FaultCode):
    """Why a card must not be issued to a volunteer."""

    RANDOM_NUMBER = "random_number"
    TRUNCATED_UID = "truncated_uid"


class FrameFault(FaultCode):
    """Why bytes are no frame."""

    CHECKSUM_DIFFERS = "checksum_differs"
    NUMBER_CHECKSUM_DIFFERS = "number_checksum_differs"
    IMPOSSIBLE_LENGTH = "impossible_length"
    CUT_SHORT = "cut_short"
    CUT_SHORT_BY_NEXT = "cut_short_by_next"
    BURST_TOO_LONG = "burst_too_long"
    NOT_TWELVE_DIGITS = "not_twelve_digits"
    FRAME_TOO_LONG = "frame_too_long"
    MALFORMED = "malformed"
    LINE_TOO_LONG = "line_too_long"
    CODE_TOO_LONG = "code_too_long"
    LINE_WITHOUT_END = "line_without_end"
    CONTROL_CHARACTERS = "control_characters"


class CardFault(FaultCode):
    """Why a card that lies on a reader could not be read."""

    SEVERAL_CARDS = "several_cards"
    NOT_READ = "not_read"
    NO_WHOLE_NUMBER = "no_whole_number"
    REMOVED_TOO_SOON = "removed_too_soon"
    CARD_WITHOUT_UID = "card_without_uid"
    READER_WITHOUT_UID_COMMAND = "reader_without_uid_command"
    ANSWER_WITHOUT_STATUS = "answer_without_status"
    ANSWER_WITHOUT_UID = "answer_without_uid"
    REFUSED_WITH_STATUS = "refused_with_status", "status"
    UNSUPPORTED = "unsupported"
    USED_BY_ANOTHER_PROGRAM = "used_by_another_program"


class ReaderFault(FaultCode):
    """Why a reader whose port is open, or opening, cannot be used."""

    SILENT = "silent"
    STALLED = "stalled"
    SLOW = "slow"


class PortFault(FaultCode):
    """Why a port could not be opened, or was lost."""

    LOST = "lost"
    UNKNOWN_ADDRESS = "unknown_address"
    MISSING = "missing"
    FORBIDDEN = "forbidden"
    BUSY = "busy"
    NOT_SERIAL = "not_serial"
    NOT_OPENED = "not_opened", "error"
    SERVER_WITHOUT_CONTROL_LINES = "server_without_control_lines"
    SERVER_HANGS_UP = "server_hangs_up"
    SERVER_SILENT = "server_silent"
    KEYBOARD_MISSING = "keyboard_missing"
    KEYBOARD_FORBIDDEN = "keyboard_forbidden"
    KEYBOARD_BUSY = "keyboard_busy"
    NOT_A_KEYBOARD = "not_a_keyboard"
    PCSC_NOT_INSTALLED = "pcsc_not_installed"
    PCSC_NOT_RUNNING = "pcsc_not_running"
    PCSC_FORBIDDEN = "pcsc_forbidden"
    PCSC_REFUSED = "pcsc_refused", "number"
    PCSC_READER_MISSING = "pcsc_reader_missing"
    PCSC_LOST = "pcsc_lost"


class AddressFault(FaultCode):
    """Why a text is no address of a reader."""

    UNKNOWN_FORM = "unknown_form"
    NO_KEYBOARD_PATH = "no_keyboard_path"
    KEYBOARD_WITHOUT_PREFIX = "keyboard_without_prefix", "path"
    DEVICE_WITHOUT_FOLDER = "device_without_folder", "name"
    IMPOSSIBLE_PORT = "impossible_port"
    NO_HOST_AND_PORT = "no_host_and_port", "scheme"
    WITH_CREDENTIALS = "with_credentials"
    TEXT_BEHIND_PORT = "text_behind_port"
    UNKNOWN_OPTION = "unknown_option", "options"


class FileFault(FaultCode):
    """Why a TOML file cannot be read at all."""

    NOT_UTF8 = "not_utf8"
    UNREADABLE = "unreadable", "error"


class TomlFault(FaultCode):
    """Why a text is not TOML."""

    STANDS_TWICE = "stands_twice"
    TEXT_NOT_CLOSED = "text_not_closed"
    BRACKET_NOT_CLOSED = "bracket_not_closed"
    CONTROL_CHARACTER = "control_character"
    BACKSLASH = "backslash"
    NO_VALUE = "no_value"
    TEXT_BEHIND_VALUE = "text_behind_value"
    NO_STATEMENT = "no_statement"
    NESTED_TOO_DEEPLY = "nested_too_deeply"
    NUMBER_TOO_LONG = "number_too_long"
    OTHER = "not_toml"


class FieldFault(FaultCode):
    """What is wrong with a field of a file or of a line."""

    MISSING = "field_missing", "name"
    UNKNOWN = "unknown_field", "name", "choices"
    WRONG_KIND = "wrong_kind", "name", "kinds", "kind"
    WRONG_FORM = "wrong_form", "name", "form"
    OUT_OF_RANGE = "out_of_range", "name", "limit", "value"
    WRONG_LENGTH = "wrong_length_of_text", "name", "limit", "value"
    WRONG_COUNT = "wrong_count", "name", "limit", "value"
    NOT_A_CHOICE = "not_a_choice", "name", "value", "choices"
    REFUSED = "refused", "name", "reason"


class ProfileFault(FaultCode):
    """What is wrong with a profile whose fields are right one by one, or with its name."""

    UNKNOWN = "unknown_profile", "name", "known"
    NAME_IN_ANOTHER_FILE = "name_in_another_file", "name"
    NAME_TAKEN = "name_taken", "name"
    LOSS_NEEDS_LOSSY_KIND = "loss_needs_lossy_kind", "kinds"
    LOSSY_KIND_NEEDS_LOSS = "lossy_kind_needs_loss", "kind"
    WRONG_SIZE = "wrong_size", "size", "kind", "lengths"


def build_choices(word: str, words: Iterable[str]) -> Choices:
    """The known words, and the one that the writer of `word` probably meant."""
    known = tuple(words)
    return Choices(known, next(iter(difflib.get_close_matches(word, known, n=1)), None))
