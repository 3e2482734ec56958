"""What is wrong with a home, its files, its people store or its PINs, in English."""

from kiosk.words.sentence import Sentence


class HomeText(Sentence):
    """What is wrong with a home."""

    NOT_HOME = "{path} is not a home: name the right folder, or run `kiosk init --home {path}`"
    LOST = "{path} has lost its {log_file}, or was never finished: restore a backup, or empty it"
    ZONE_HOME_MADE_ANOTHER_WRITE = (
        '{file}: the zone is {written}, this home was made for another: write zone = "{made_for}"'
    )
    MAKING_CUT_SHORT = "the making of {path} was cut short: empty the folder and run `kiosk init` again"
    NOT_ENTERED_USER = "{path} may not be entered by this user: run as its owner, or chown it"
    HOME_ALREADY = "{path} is a home already: nothing was changed"
    NOT_EMPTY = "{path} is not empty ({strangers}): choose a new folder for the home"
    OPEN_OTHER_USERS = "{path} is open to other users: run `chmod {wanted} {path}`"
    NOT_HOLD_SITE_KEY = "{path} does not hold the site key: restore it, no card can be known without it"
    FILE = "{path} is a file: name a folder for the new home"
    CANNOT_MAKE_HOME = "cannot make a home in {path} ({strerror}): choose another folder"
    CANNOT_CLOSE_OTHERS = "cannot close {path} to others ({strerror}): run as its owner"
    CANNOT_WRITE = "cannot write {path} ({strerror}): check the disk"
    NO_PEOPLE_STORE = "there is no people store at {path}: restore it from the backup of the same day"
    ANOTHER_PROGRAM_READING = "another program is reading {path}: run this again, until then its WAL holds traces"
    NOT_PEOPLE_STORE_PROGRAM = "{path} is not a people store of this program: restore a backup"
    PEOPLE_STORE_CANNOT_USED = "the people store {path} cannot be used ({error}): check the disk"
    SQLITE_KEEPS_INSTEAD = "SQLite keeps {setting} at {got} instead of {wanted} for {path}: use a local disk"
    PIN_DIGITS_NOTHING_ELSE = "a PIN has {fewest_digits} to {most_digits} digits and nothing else: choose another"
    PIN_ONE_DIGIT_REPEATED = "a PIN of one digit repeated, or of digits in a row, is guessed first: choose another"
    KEPT_PIN_DAMAGED = "what is kept of this PIN is damaged: set it again with `kiosk coordinator`"
    NO_PIN_SET = "no PIN is set for {name}: `kiosk coordinator` lists those who have one"
    NOTHING_WRITTEN = "nothing can be written to {parent} ({strerror}): check the folder"
    FILE_NEITHER_UTF_NOR_BIG = "{file}: this file is neither UTF-8 nor Big5: download it again"
    HOLIDAYS_TAIWAN_GOVERNMENT_OFFICES = "holidays {version}, Taiwan, government offices"
    MISSING_USE_WHOLE_CALENDAR = "{file}: {missing} is missing: use the whole calendar of {year}"
    HEADER_NOT = "{file}:1: the header is {header!r}, not {header_2!r}"
    FLAG_WORK_HOLIDAY = "{where}: the flag of {day} is {flag!r}: it is {work} (work) or {holiday} (holiday)"
    CANNOT_READ_CHECK_PATH = "{file}: cannot be read ({strerror}): check the path"
    NO_DATE_WRITTEN = "{where}: {written!r} is no date: it is written as 20261009"
    STANDS_TWICE_NOT_CHECK_FILE = "{file}:{line_num}: {day} stands twice or is not in {year}: check the file"
