"""What is wrong with a table that is read from a file or written to one, in English."""

from kiosk.words.sentence import Sentence


class ExportText(Sentence):
    """Why a list is not written to a file; and that it was."""

    TOO_MANY_ROWS = "{count:,} rows are more than the {most:,} of a sheet: narrow the list, or use --format csv"
    TEXT_TOO_LONG = "a cell would be longer than the {longest:,} characters of a spreadsheet: use --format csv"
    NEEDS_FILE = "a file in the format {output} goes to no terminal: name it with --output FILE"
    FILE_EXISTS = "{path} exists already: name another file, or remove it"
    WRITTEN = "{path} is written: {count}"
    ROWS = "{count:,} rows"
    ROW = "1 row"
