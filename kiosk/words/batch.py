"""What is wrong with a line of a batch file, in English."""

from kiosk.words.sentence import Sentence


class BatchText(Sentence):
    """What is wrong with a line of a batch file."""

    LINE_NO_JSON_OBJECT = 'this line is no JSON object: write {"do": …, …}'
    LINE_NOT_JSON = "this line is not JSON: {error}"
    DID_YOU_MEAN = "did you mean {meant}?"
    ONE = "it is one of {commands}"
    NO_COMMAND = "there is no command {do!r}: {advice}"
    LIES_YEAR = "lies in the year {year}: {text!r}; write it as 2026-11-19T08:58"
    LIES_YEAR_2 = "lies in the year {year}: {text!r}; write it as 2026-11-19 or 115-11-19"
    MUST_TEXT = "must be text"
    NO_INSTANT = "is no instant: {text!r}; write it as 2026-11-19T08:58"
    NO_DATE = "is no date: {text!r}; write it as 2026-11-19 or 115-11-19"
    TRAINING_EITHER_DATE = "a training has either `on`, a date, or `completed_at`, an instant: give one of them"
    FIELD_CATEGORY_MISSING = "the field `category` is missing: a special training is for one category"
    RETROACTIVE_SWAP_SAYS_WHOM_REASON = "a retroactive swap says `by` whom and for what `reason`: add them"
    FIELD_MISSING = "the field `at` is missing: in a simulation every line says when it happened"
    RECORDED_SIMULATIONS = "`recorded_at` is for simulations: a real home takes the time of recording from its clock"
    LINE_LONGER_BYTES = "this line is longer than {longest_line:,} bytes: split it into several commands"
    LINE_BEGINS_BYTE_ORDER_MARK = "the line begins with a byte order mark: save the file as UTF-8 without one"
    FILE_EMPTY_WRITE_ONE_COMMAND = '{name}: the file is empty: write one command a line, such as {{"do": "tap", …}}'
    CANNOT_READ_CHECK_PATH = "{name}: cannot be read ({strerror}): check the path"
    CANNOT_READ_CHECK_DISK = "{name}: cannot be read ({strerror}): check the disk"
    BYTE_X_NOT_UTF_SAVE = "byte {start} (0x{byte:02x}) is not UTF-8: save the file as UTF-8"
