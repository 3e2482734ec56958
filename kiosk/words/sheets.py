"""What is wrong with a table that is read from a file or written to one, in English."""

from kiosk.words.sentence import Sentence


class ExportText(Sentence):
    """Why a list is not written to a file; and that it was."""

    TOO_MANY_ROWS = "{count:,} rows are more than the {most:,} of a sheet: narrow the list, or use --format csv"
    TEXT_TOO_LONG = "a cell would be longer than the {longest:,} characters of a spreadsheet: use --format csv"
    NEEDS_FILE = "a file in the format {output} goes to no terminal: name it with --output FILE"
    FILE_EXISTS = "{path} exists already: name another file, or remove it"
    NO_FOLDER = "there is no folder {folder}: make it, or name another"
    WRITTEN = "{path} is written: {count:,} {count:row|rows}"


class TableText(Sentence):
    """Why a file is not read as a table."""

    FILE_TOO_LARGE = "{name}: this file is larger than {longest:,} bytes: name the right one, or split it"
    EMPTY = "{name}: there is nothing in this table: name the right file"
    IS_PDF = "{name}: this is a PDF with another name: ask for the table as XLSX, ODS or CSV"
    IS_WEB_PAGE = (
        "{name}: this is a web page with another name: open it in a spreadsheet program and save it as XLSX or ODS"
    )
    NO_WORKBOOK = "{name}: this is no workbook that can be read: save it again as XLSX, ODS or CSV"
    ENCRYPTED = "{name}: this workbook is encrypted: save it without a password, import it, and delete that copy"
    UNPACKED_TOO_LARGE = (
        "{name}: unpacked it would be larger than {most:,} bytes: no list of people is, so it is not read"
    )
    NOT_READ_WITHIN_LIMITS = (
        "{name}: reading this workbook takes more memory or time than a list needs: copy the list into a new "
        "workbook, or save it as CSV"
    )
    TOO_MANY_CELLS = (
        "{name}: this table has more than {rows:,} rows or {columns} columns: delete those without content, or split it"
    )
    WHICH_SHEET = "{name}: it has several sheets, {sheets}: say which with --sheet"
    NO_SHEET = "{name}: there is no sheet {sheet}: it has {sheets}"
    NO_SHEETS = "{name}: this is no workbook and has no sheets: leave --sheet out"
    NUL_CHARACTER = "{name}: line {row} holds a NUL byte: this is no table, or a damaged one"
    NOT_A_TABLE = "{name}: row {row} cannot be read ({reason}): check its quotation marks"
    ENCODING = "{name}: this file is neither UTF-8 nor Big5: save it as CSV in UTF-8"


class CellText(Sentence):
    """What is wrong with a cell of a table; the row and the column stand before it."""

    NOT_A_DATE = "{text!r} is no date: write it as 2026-11-19 or 115-11-19"
    YEAR_OF_TWO_DIGITS = "{text!r} has a year of two digits: write it as 2026-11-19 or 115-11-19"
    MONTH_OR_DAY = "{text!r} can be read with the day first or the month first: write it as {one}, or what is meant"
    NOT_A_TIME = "{text!r} is no time of day: write it as 08:30"
    ROUNDED = "this number is longer than a spreadsheet keeps exactly: make the column text, and type it again"
    CARD_IS_NUMBER = (
        "this card number is kept as a number, which drops the zeros before it: make the column text, and type it again"
    )
    TELEPHONE_IS_NUMBER = "{text} is kept as a number, which drops the 0 before it: make the column text, with the 0"
    NOT_HOURS = "{text!r} is no number of hours: write it as 6 or 1.5"
    FORMULA = "this is a formula, not its value: copy the column as values"


class ColumnText(Sentence):
    """What is wrong with the columns of a table, and what is said about them."""

    NO_HEADER = (
        "{name}: none of the first {rows} rows has headings that are known: name the row with --header-row N, "
        "and columns with --column HEADING=FIELD"
    )
    NO_SUCH_ROW = "{name}: there is no row {row} for --header-row: the table has {rows}"
    NO_SUCH_COLUMN = "{name}: there is no column {column}: it has {headings}"
    NO_SUCH_FIELD = "there is no field {field}: it is one of {fields}, or - for a column that is not to be read"
    RIVALS = "{name}: columns {columns} could each be `{field}`: leave out all but one, as with --column {letter}=-"
    BAD_VALUE = "--set {field}: {reason}"
    FIELD_MISSING = "{name}: no column is the `{field}`: name it with --column HEADING={field}"


class RowText(Sentence):
    """What is wrong with a row of a table; its number and the column stand before it."""

    EMPTY = "the `{field}` is empty: fill it in, or delete the row"
    SESSION_UNKNOWN = (
        "nobody knows when {session!r} begins and ends: add columns for both, or say --session {session}=FROM-TO"
    )
    OTHERWISE_ABOVE = "{key} stands in row {row} already, with something else: keep the row that is meant"
    NOT_ENROLLED = "there is no volunteer {number}: check the number, or enrol them first"
    NEEDED_TO_ENROL = "to enrol {number}, the `{field}` is needed: fill it in, or say --set {field}=… for all rows"
    OTHER_MODE = "this volunteer is enrolled as {mode}: empty the cell, or write that"
    OTHER_AGREEMENT = (
        "agreements of this volunteer began on {days}: empty the cell, or renew the agreement with a batch file"
    )
    OTHER_DETAIL = "another `{field}` is kept of this volunteer: empty the cell, or say --update to change what is kept"
    OTHER_TRAINING = "the {kind} training of this volunteer is on file with {days}: empty the cell, or write that"
    CARD_REVOKED = "this card was revoked: empty the cell, or give it with `kiosk issue {number}`"
    OTHER_BOOK = "another record book of this volunteer is on file: empty the cell, or enter what replaces it"
    INSURED_FROM_MISSING = "it says until when, and not from when: fill in the first day, or empty the cell"
    OTHER_PERIOD = "the shift {shift} is on the roster at another time: write that, or change the shift first"
    NAME_UNKNOWN = "no volunteer of this name is enrolled: check it, or give the number"
    NAME_OF_SEVERAL = "volunteers {numbers} all have this name: give the number"


class ImportText(Sentence):
    """What `kiosk import` prints."""

    HEADINGS = "{name}{sheet}, headings in row {row}: a list of {kind}"
    SHEET = ", sheet {sheet}"
    COLUMN = "  {column}: {field}"
    COLUMN_NOT_USED = "  {column}: not used"
    FIXED = "  all rows: {field} {value}"
    FAULT = "{name}: row {row}, column {column}: {sentence}"
    FAULT_OF_ROW = "{name}: row {row}: {sentence}"
    SKIPPED = "row {row} ({text}) is no data: left out"
    NOTHING_NEW = "{count:,} {count:row|rows} right, all there already: nothing was changed"
    CHECKED = "{count:,} {count:row|rows} right, {new} new: nothing was changed"
    SAVED = "{count:,} {count:row|rows} right, {new} new: saved"
    LINES = "  {do}: {count:,}"
    NOTHING_SAVED = (
        "nothing was saved: mend the rows and import the file again, or leave them out with --skip-wrong-rows"
    )
    LEFT_OUT = "left out: rows {rows}"
    STOPPED = "{count:,} {count:row was|rows were} saved before: once that row is mended, import the file again"
    NOT_A_PAIR = "{option} is written {form}, not {text!r}"
    NOT_A_SESSION = "--session is written NAME=FROM-TO, as 上午=09:00-12:00, not {text!r}"
