"""What is wrong with settings, fields, batch files, homes and backups, in English."""

from kiosk.words.sentence import Sentence


class SettingsText(Sentence):
    """What is wrong with kiosk.toml."""

    TEMPLATE = (
        "# How this kiosk is called. Its name is written beside every tap: choose it before the first one.\n"
        'kiosk = "entrance"\n\n'
        "# Other kiosks whose taps are copied into this log.\n"
        "other_kiosks = []\n\n"
        "# The time zone in which days are reckoned; decided when the home is made.\n"
        'zone = "{zone}"\n\n'
        '# The language of the command line, "zh-TW" or "en"; LANGUAGE, LC_ALL, LC_MESSAGES and LANG come before it.\n'
        '# language = "zh-TW"\n\n'
        '# How a public screen writes a name: "surname-and-last" (王〇明) or "surname-only" (王〇〇).\n'
        'masking = "surname-and-last"\n\n'
        "# The tones of the entrance, 0 to 100, played by aplay (alsa-utils) or pw-play (pipewire).\n"
        "# [sound]\n"
        "# on = true\n"
        "# volume = 60\n\n"
        "# Notices by mail, for coordinators and volunteers; see docs/operator.md.\n"
        "# [notices]\n"
        '# from = "kiosk@example.org"\n'
        '# digest_to = ["coordinator@example.org"]   # the daily digest\n'
        '# heads_to = ["auditor@example.org"]        # the last signed head of the log, each day\n'
        "# reminders = true           # volunteers are reminded the day before a duty\n"
        '# at = "07:00"\n'
        '# folder = "outbox"          # files instead of mail\n'
        "# [notices.mail]\n"
        '# host = "smtp.example.org"\n'
        '# security = "starttls"      # or "tls", or "none"\n'
        '# user = "kiosk"\n'
        '# password_file = "mail.password"   # chmod 600\n\n'
        "# Where the head of the log that each night signs is copied to; see docs/operator.md.\n"
        "# [heads]\n"
        '# folders = ["/mnt/office/heads"]\n'
        '# key = "/etc/kiosk/head.key"  # given to the nightly job\n'
        "# code_at_entrance = true      # after a tap, the short code of the head that holds it\n\n"
        "# One block for each card reader; ports and profiles are listed in docs/readers.md.\n"
        "# [[reader]]\n"
        '# name = "door"\n'
        '# port = "/dev/serial/by-id/usb-..."\n'
        '# profile = "rdm6300"\n'
        "# baud = 9600                # only where it differs from the profile's\n"
        '# direction = "in"           # only for a reader that is fixed to "in" or "out"\n'
        '# place = "front entrance"   # only for people: where to look when it is lost\n'
    )
    STORE_BLOCK = (
        "\n# The database in which the event log stands, and the unit there. A password belongs into ~/.pgpass.\n"
        "[store]\n"
        'address = "{address}"\n'
        'unit = "{unit}"\n'
    )
    NOT_A_DATABASE = "this is no database of PostgreSQL: write postgresql://ROLE@HOST/DATABASE"
    PASSWORD_IN_ADDRESS = (
        "no password may stand here: put it into a password file (~/.pgpass, PGPASSFILE) or a service file, chmod 600"
    )
    HAS_A_STORE = "{path} names a database in [store] already: remove the block, or leave out --store"
    NO_POSTGRESQL_CLIENT = "the client of PostgreSQL is not installed on this kind of machine: keep the log in a file"
    UNKNOWN_ZONE = "there is no time zone {name!r}: write it as in the tz database, Asia/Taipei"
    PROFILE_MISSING = "the field `profile` is missing: it says how the reader prints a card, {profiles}"
    UNKNOWN_PROFILE = "there is no reader profile {name!r}: {advice}"
    NOT_A_KEYBOARD_PROFILE = "no keyboard types what {name!r} describes: choose a profile of lines, such as em-8h10d"
    PCSC_PROFILE_AND_PORT = "the profile 'pcsc' belongs to the ports pcsc:, and they to it"
    NOT_UTF_8 = "{path}: this file is not UTF-8: save it as UTF-8"
    CANNOT_READ = "{path}: cannot be read ({strerror}): check the file and its owner"
    KIOSK_NAME_TAKEN = "each kiosk has a name of its own, and none is called {desk!r}"
    READER_NAME_TAKEN = "two readers are called {name!r}: give each its own name"
    PORT_TAKEN = "two readers hang on {port!r}: give each its own port"
    PORT_HAS_NO_SPEED = "a reader at {port!r} has no speed: take `baud` out"
    UNKNOWN_AWARD = "there is no award {award!r} in the catalogue: see kiosk awards"
    UNKNOWN_CATEGORY = "no award of the catalogue asks for the category {category!r}"
    CATEGORIES_AND_SCOPE = 'the scope "category" and a list of `categories` belong together'
    SCOPE_NEEDS_CITY = 'the scope "city" needs a `city`'
    YEARS_REVERSED = "`effective_to` is a year before `effective_from`"
    AWARD_TWICE = "two rows of the award {award!r} apply to one year: give the earlier one an `effective_to`"


class JsonText(Sentence):
    """Why a line is not JSON, and where."""

    CUT_SHORT = "it ends too early: a quotation mark or a bracket is missing, or the rest of the line"
    TRAILING = "something stands behind its end: one object a line"
    TRAILING_COMMA = "a comma too many"
    COMMA_EXPECTED = "a comma or a closing bracket is missing"
    COLON_EXPECTED = "a colon is missing"
    BARE_NAME = 'names stand in quotation marks, as "do"'
    BAD_NUMBER = "this number is not written as JSON has it"
    BAD_ESCAPE = "what stands behind a backslash is none of JSON's characters"
    TOO_DEEP = "brackets in brackets without an end"
    BAD_CHARACTER = "an unexpected character"
    AT_BYTE = "{reason} (byte {byte:,})"


class BatchText(Sentence):
    """What is wrong with a line of a batch file, and what is remarked on one that was carried out."""

    NOT_AN_OBJECT = 'this line is no JSON object: write {{"do": …, …}}'
    NOT_JSON = "this line is not JSON: {error}"
    UNKNOWN_COMMAND = "there is no command {do!r}: {advice}"
    INSTANT_OUT_OF_RANGE = "lies in the year {year}: {text!r}; write it as 2026-11-19T08:58"
    DATE_OUT_OF_RANGE = "lies in the year {year}: {text!r}; write it as 2026-11-19 or 115-11-19"
    MUST_BE_TEXT = "must be text"
    NAME_UNUSABLE = "holds {code}, a character that cannot be kept in a name: take it out"
    NOT_A_NATIONAL_ID = (
        "is no national or resident ID, which has a letter and nine digits, or two letters and eight: check it"
    )
    NATIONAL_ID_MISTYPED = "is no national or resident ID, for its last digit does not fit the others: check it"
    NAME_WITH_SPACE = "is empty, or has a space at an end: write the name alone"
    NAME_TOO_LONG = "must have at most {longest} characters"
    NOT_AN_INSTANT = "is no instant: {text!r}; write it as 2026-11-19T08:58"
    DATE_WITHOUT_TIME = "is a date without a time: {text!r}; write it as 2026-11-19T08:58"
    AMBIGUOUS_TIME = (
        "does not exist, or exists twice, where clocks are set forward or back: {text!r}; "
        "write it with its offset, as 2026-11-19T08:58+08:00"
    )
    AMBIGUOUS_DATE = "has a year of two digits: {text!r}; write it as 2026-11-19 or 115-11-19"
    NOT_A_DATE = "is no date: {text!r}; write it as 2026-11-19 or 115-11-19"
    TRAINING_NEEDS_ONE_DATE = "a training has either `on`, a date, or `completed_at`, an instant: give one of them"
    REVOKED_CARD_OR_EVENT = "a card is revoked by its number, `card`, or by the `event` that issued it: give one"
    CATEGORY_MISSING = "the field `category` is missing: a special training is for one category"
    RETROACTIVE_SWAP_UNSIGNED = "a retroactive swap says `by` whom and for what `reason`: add them"
    CLOCK_IS_CONFIRMED_NOW = (
        "`confirm_clock` is about the clock of this machine as it stands now: use it in a real home, and leave `at` out"
    )
    SIMULATION_NEEDS_AT = "the field `at` is missing: in a simulation every line says when it happened"
    REAL_HOME_REFUSES_RECORDED_AT = (
        "`recorded_at` is for simulations: a real home takes the time of recording from its clock"
    )
    LINE_TOO_LONG = "this line is longer than {longest_line:,} bytes: split it into several commands"
    BOOKED_TWICE = "warning: {volunteer} is booked for {shift} and for {other} at the same time"
    SHIFT_ON_WEEKEND = "warning: {shift} is on a weekend, {day}"
    SHIFT_ON_HOLIDAY = "warning: {shift} is on a day on which offices are closed, {day}"
    SHIFT_NOT_OPEN = "warning: {shift} is on a day on which the unit is never open, {day}"
    YEAR_WITHOUT_CALENDAR = "warning: the office calendar of {year} is not imported: holidays count as working days"
    SHIFT_WITHOUT_DESK = "warning: {shift} on {day} is outside the sessions of the visiting desk at its post"
    NOTHING_TO_CHANGE = "nothing is to change: name the fields that do; an empty text clears one"
    PERSON_AS_BEFORE = "nothing changed: this is what is kept of the person already"
    CARRIED_OUT_ALREADY = "carried out already"
    TRIED = "only tried, nothing is recorded; carried out it would say: {sentence}"
    KEY_OF_ANOTHER_LINE = "another line with this `key` was carried out already: give each line a key of its own"
    FIELD_TWICE = "the field `{name}` stands twice in this line: keep the one that is meant"
    NO_SUCH_LINE = "{name}: there is no line {first}, nor one after it: look where the batch stopped"
    FILE_EMPTY = '{name}: the file is empty: write one command a line, such as {{"do": "tap", …}}'
    CANNOT_OPEN = "{name}: cannot be read ({strerror}): check the path"
    CANNOT_READ = "{name}: cannot be read ({strerror}): check the disk"
    NOT_UTF_8 = "byte {start} (0x{byte:02x}) is not UTF-8: save the file as UTF-8"
    NOT_A_MONTH = "is no month: {text!r}; write it as 2026-11 or 115-11"
    MONTH_STATED = "{month} is closed: statement {number}"
    BOOKS_ENTERED = "what was stated of {month} stands in the record books of {count} {count:volunteer|volunteers}"
    SPOT_CHECK_DRAWN = "spot check {number}: {size} of {holders} record {holders:book|books}: {listed}"
    INSURED_TWICE = "a volunteer stands twice in `volunteers`: name each once"
    NOTHING_DESCRIBED = "names neither `item` nor `content`: give one of them"
    SHIFT_OR_EVENT = "must name exactly one: a `shift`, an `event`, or where a count may be of a day, `on`"
    DRILL_TWICE = "a volunteer stands twice in the drill: each is either accounted for or missing"
    UNKNOWN_AWARD = "there is no award {award!r}: {advice}"
    UNKNOWN_CONDITION = "the award {award!r} has no condition {condition!r}: {advice}"
    HOURS_MISSING = "how long it was is missing: write `hours`, `minutes` or both"


class InputFileText(Sentence):
    """Why a file that a user named is not read. Nothing of its content is quoted."""

    NOT_REGULAR = "{path}: this is no regular file: name a file on a disk"
    TOO_LARGE = "{path}: this file is larger than {longest:,} bytes: name the right one"
    NO_PATH = "the path holds a character that no path can have: check it"


class HomeText(Sentence):
    """What is wrong with a home, its files, its people store, its PINs or its calendar."""

    VIEWS_REBUILT = "{file} was not as it had been left: it was built anew from the log, and nothing is lost"
    NOT_A_HOME = "{path} is not a home: name the right folder, or run `kiosk init --home {path}`"
    LOG_LOST = "{path} has lost its {log_file}, or was never finished: restore a backup, or empty it"
    OTHER_ZONE = '{file}: the zone is {written}, this home was made for another: write zone = "{made_for}"'
    TWO_LOGS = (
        "{path} has the event log {log_file}, and its kiosk.toml names another in {address}: "
        "remove [store], or move {log_file} away"
    )
    MAKING_CUT_SHORT = "the making of {path} was cut short: empty the folder and run `kiosk init` again"
    NO_PERMISSION = "{path} may not be entered by this user: run as its owner, or chown it"
    ALREADY_A_HOME = "{path} is a home already: nothing was changed"
    FOLDER_NOT_EMPTY = "{path} is not empty ({name}): choose a new folder for the home"
    OF_ANOTHER_USER = (
        "{path} belongs to {owner}, nothing was touched: run this as {owner} (`sudo -u {owner} kiosk …`), or chown it"
    )
    FOLDER_OF_ANOTHER_USER = "{path} belongs to another user: choose a folder of your own, or run this as its owner"
    WAL_IN_BACKUP = "{path} was altered after it was made: no backup has a {wal}: take another backup"
    IS_A_BACKUP = "{path} is a backup, nothing is written to it: restore it, `kiosk restore {path} --to DIR`"
    INSIDE_A_BACKUP = "nothing is put into {path}: {folder} is a backup; name a folder outside it"
    OPEN_TO_OTHERS = "{path} is open to other users: run `chmod {wanted} {path}`"
    SITE_KEY_MISSING = "{path} does not hold the site key: restore it, no card can be known without it"
    OTHER_SITE_KEY = "{file} is not the site key of this home: put its own back, from a backup; no card is known by it"
    PATH_IS_A_FILE = "{path} is a file: name a folder for the new home"
    CANNOT_MAKE = "cannot make a home in {path} ({strerror}): choose another folder"
    CANNOT_CLOSE_TO_OTHERS = "cannot close {path} to others ({strerror}): run as its owner"
    CANNOT_WRITE = "cannot write {path} ({strerror}): check the disk"
    PEOPLE_STORE_MISSING = "there is no people store at {path}: restore it from the backup of the same day"
    PEOPLE_STORE_IN_USE = "another program is reading {path}: run this again, until then its WAL holds traces"
    COPY_IN_USE = "a program is using {path}, a copy of the people store: let it finish, then run this again"
    NOT_A_PEOPLE_STORE = "{path} is not a people store of this program: restore a backup"
    PEOPLE_STORE_UNUSABLE = "the people store {path} cannot be used ({error}): check the disk"
    PEOPLE_STORE_ALTERED = "{path} holds what this program never wrote ({error}): keep the file, restore a backup"
    SETTING_REFUSED = "SQLite keeps {setting} at {got} instead of {wanted} for {path}: use a local disk"
    PIN_NOT_DIGITS = "a PIN has {fewest_digits} to {most_digits} digits and nothing else: choose another"
    PIN_TOO_SIMPLE = "a PIN of one digit repeated, or of digits in a row, is guessed first: choose another"
    PIN_HASH_DAMAGED = "what is kept of this PIN is damaged: set it again with `kiosk coordinator`"
    PASSWORD_HASH_DAMAGED = "what is kept of this password is damaged: set it again with `kiosk account password`"
    PASSWORD_LENGTH = "a password has {fewest} to {most} characters on one line: choose another"
    PASSWORD_TOO_SIMPLE = "this password is guessed first: use at least {distinct} different characters"
    ACCOUNT_EXISTS = (
        "{name} has an account: set its password with `kiosk account password`, or remove it and add it again"
    )
    NO_SUCH_ACCOUNT = "there is no account {name}: `kiosk account list` lists those there are"
    NO_SUCH_TOKEN = "{name} has no token: `kiosk token list` lists the systems that have one"
    NO_PIN_SET = "no PIN is set for {name}: `kiosk coordinator` lists those who have one"
    LOCK_NOT_WRITABLE = "nothing can be written to {parent} ({strerror}): check the folder"
    CALENDAR_ENCODING = "{file}: this file is neither UTF-8 nor Big5: download it again"
    CALENDAR_INCOMPLETE = "{file}: {missing} is missing: use the whole calendar of {year}"
    CALENDAR_HEADER = "{file}:1: this is not the header of the calendar, {header}: download it again"
    CALENDAR_NO_TABLE = "{file}: this is not the table of the calendar: download it again"
    CALENDAR_FLAG = "{where}: the flag of {day} must be {work} (work) or {holiday} (holiday)"
    CALENDAR_CANNOT_READ = "{file}: cannot be read ({strerror}): check the path"
    CALENDAR_DATE = "{where}: the first column is no date: it is written as 20261009"
    CALENDAR_DAY_UNEXPECTED = "{file}:{line_num}: {day} stands twice or is not in {year}: check the file"


class BackupText(Sentence):
    """What is wrong with a backup, a restore, a drill or the ledger of erasures."""

    BACKUP_RUNNING = "a backup is being written to {where} already: let it finish"
    BACKUP_EXISTS = "{target} exists already: a backup of this second was made"
    NO_ROOM = "{where} has {free} MiB free, a backup needs {needed}: make room"
    COPY_NOT_WHOLE = "no backup was made: in the copy of the log, {verdict}: verify the home"
    COPY_ENDS_ELSEWHERE = "no backup was made: the copy does not end as the log does: verify the home"
    FOLDER_NOT_WRITABLE = "no backup can be written to {where} ({strerror}): choose another folder"
    BACKUP_CUT_SHORT = "the backup to {where} was cut short ({strerror}): check that disk"
    TIDYING_FAILED = "{folder} was made; tidying up after it failed ({strerror}): check the disk"
    NO_BACKUP_FOUND = "there is no backup of {home} to be found: run `kiosk backup`, or name one"
    BACKUP_OF_ANOTHER_HOME = "{backup} is a backup of another home: name one of {home}"
    DRILL_FAILED = "the drill failed: {trouble}"
    UNIT_FILES_UNUSABLE = "a file of the unit cannot be used, and all else is whole: {faults}"
    SEPARATOR = "; "
    DRILL_NOT_RECORDED = "the drill cannot be remembered in {home} ({strerror}): check the disk"
    IS_UNFINISHED = "is no finished backup"
    IS_MISSING = "is not there"
    NOT_A_BACKUP = "{folder} {state} (it has no {description}): name a folder that `kiosk backup` wrote"
    DESCRIPTION_UNREADABLE = "{folder} cannot be read ({strerror}): check the path and its owner"
    DESCRIPTION_ALTERED = "{folder} was altered: take another backup"
    OTHERS_CAN_WRITE = "other users can write to {folder}: look what they left there, then run `chmod go-w {folder}`"
    NOT_SEALED = "{folder} carries no seal: it was altered, or made by version 0.1; if you trust it, add --unsealed"
    WRONG_SEAL = "{folder} was altered: its description does not carry the seal of its home: take another backup"
    OTHER_SITE_KEY = "{backup} has another site key than {lost}: it was exchanged, or is of another home"
    LINE_NOT_AUTHENTIC = "a line of {ledger} about {volunteer} was altered: take the ledger from another backup"
    LINE_NOT_SEALED = (
        "a line of {ledger} about {volunteer} carries no seal: it was planted, or written by version 0.1; "
        "if you trust it, add --unsealed"
    )
    FILE_ALTERED = "{folder} was altered after the backup was made: take another backup"
    FILE_UNREADABLE = "{folder} cannot be read ({strerror}): take another backup"
    LAST_DRILL_FAILED = "the last drill failed: {why}"
    NEVER_DRILLED = "no backup was ever restored on trial: run `kiosk restore --drill`"
    DRILL_LATER_THAN_NOW = (
        "the last good drill is dated {at}, later than now: a clock was wrong, run `kiosk restore --drill`"
    )
    DRILL_TOO_OLD = "the last good drill was {at}, more than a day ago: run `kiosk restore --drill`"
    ENTRANCE_OPEN = "an entrance is open on {folder}: end it first, its taps would be lost"
    TARGET_IS_A_HOME = "{into} is a home: nothing was changed; move it aside first, or name a new folder with --to"
    TARGET_HAS_SETTINGS = "{into} is not empty ({settings_file}): choose a new folder for the home"
    LOST_HOME_MISSING = "there is no folder {lost}: name the home that was lost, or leave --from-home out"
    RESTORE_CUT_SHORT = "nothing was restored ({strerror}): check the disk of {beside}"
    LOST_HOME_IS_ANOTHER = "the backup is of another home than {lost}: name the home that was lost"
    LOG_ENDS_ELSEWHERE = "the log does not end where the backup says"
    RESTORED_LOG_NOT_WHOLE = "nothing was restored: {trouble}: take another backup"
    REBUILD_DIFFERS = "nothing was restored: the read models do not come out of the events twice: report this"
    LEDGER_UNREADABLE = "{folder} cannot be read ({strerror}): check the disk and its owner"
    LEDGER_ALTERED = "{folder} was altered: take it from a backup, or from beside the backups"
    LEDGER_NOT_WRITABLE = "cannot write {folder} ({strerror}): check the disk"


class HeadText(Sentence):
    """What is wrong with a head that was kept outside of the log, and which the log extends or does not."""

    NOT_A_HEAD = (
        "{source} is no head: write 403:05133f95... with 64 digits, or 403:7K3M-Q2WX-9HTB, or the 64 digits alone"
    )
    NO_HEAD_IN_FILE = "{path} names no head: write one a line, as POSITION:HASH"
    NOT_A_FILE_OF_HEADS = "{path} is no file of heads: name a text file with one a line, as POSITION:HASH"
    CANNOT_READ = "{path} cannot be read ({strerror}): name a text file with one head a line"
    NOT_EXTENDED = "the log does not extend the head in {source}: {fault}"
    NOT_EXTENDED_SINCE_RESTORE = (
        "{objection} (event {position} says that it was restored from a backup that ended at {backup})"
    )
    FALSE_SETTLEMENT = "event {position} settles a day on a head that the log before it never had"
    NOTHING_SETTLED = "nothing was settled: {objection}: keep the files, look who restored or changed the log"
    NO_BACKUP = "no backup was made: {objection}: keep the files, look who restored or changed the log"
    NO_DRILL = "{objection}: keep the files, look who restored or changed the log"
