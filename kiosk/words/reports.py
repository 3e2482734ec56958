"""What checks, units, the demonstration and the screens report, in English."""

from kiosk.words.sentence import Sentence


class StatusText(Sentence):
    """What the checks of `kiosk status` find."""

    NO_PLAN = "no service plan was filed: a private unit files one before it issues hours (file_plan)"
    PLAN_ACTIVE = "the plan {plan} stands, filed until {until}"
    PLAN_AT_RISK = "the results of {year} are overdue: hand them in and record that (report_results); {plan} may end"
    PLAN_LAPSED = "the plan {plan} ran out on {until}: file the next one, or record the results of {year}"
    PLAN_TERMINATED = "the plan {plan} was ended: file another one (file_plan)"
    TERM_OVER = "the term of the {role} ended on {until}: record the next election (elect_leader)"
    TERMS_IN_A_ROW = "the {role} of {since} serves term {terms} in a row: more than the policy allows"
    TERMS_RUN = "{count} {count:term|terms} of leaders {count:runs|run}"
    UNIT_FILE_MISSING = (
        "{name} is not there, and the last backup has it: copy it from {folder}; until then what comes with the "
        "program counts"
    )
    NO_BACKUP_MADE = "no backup has been made: run `kiosk backup`"
    BACKUP_OVERDUE = "{summary}: look why none was made since, or run `kiosk backup`"
    BACKUP_LATER_THAN_NOW = "{summary}, which is later than now: a clock was wrong, run `kiosk backup`"
    BACKUP_AWAY = "{summary}, which is not there now: its disk is not where it was, and may have been taken out"
    BACKUP_NOT_SEEN = (
        "{summary}, which is not there now: whether its disk was taken out or it was deleted is not known; the next "
        "backup keeps which disk it is on"
    )
    BACKUP_DELETED = "{summary}, which was deleted or moved away: run `kiosk backup`, and look who did it"
    BACKUP_ON_SAME_DISK = "; another disk would be better"
    OPEN_NO_CHECK_OUT = "visits without check-out, to be closed: {count}"
    OPEN_CONTRADICTED = "closed visits that a late tap contradicts, one to be voided: {count}"
    OPEN_ACCEPTED_IN_ERROR = "taps that a kiosk accepted in error, visits to be voided: {count}"
    OPEN_REFUSED_IN_ERROR = "taps that a kiosk refused in error, visits to be added: {count}"
    OPEN_UNMATCHED = "departures without an arrival, visits to be added: {count}"
    OPEN_CASES = "exit cases that wait for a decision: {count}"
    OPEN_ABSENT = "unexcused absences: {count}"
    OPEN_UNCOVERED = "shifts without anybody: {count}"
    OPEN_REFUSED = "refused taps: {count}"
    OPEN_EARLIER = "{days} earlier {days:day|days}, the first {first}: {counts}"
    NOTHING_OPEN = "nothing up to {day}"
    DUTIES_MISSED_SINCE = (
        "{summary}; {missed} {missed:duty|duties} since, and nobody came: hold a card to the reader, is it read?"
    )
    RECONCILED_UP_TO = "settled up to {day}"
    NO_DAY_RECONCILED = "no day was settled yet"
    RECONCILIATION_OVERDUE = "{summary}; {waits} is overdue: run `kiosk reconcile`, look why the night did not"
    RECONCILED_BEFORE_END = (
        "{summary}, a day that is not over: a clock was ahead that night; check the clock, and the cases it raised"
    )
    NO_TAP_YET = "no card has been tapped yet"
    START_ENTRANCE = "start it: `kiosk run`, or `systemctl start kiosk-entrance`"
    SCREEN_NOT_MEASURED = "not measured yet: the entrance does so when it opens"
    SCREEN_SIZE = "{columns} x {rows} cells"
    TEXT_TOO_SMALL = (
        "{size}: plain text is lower than 1/30 of the screen, too small to be read from a metre away; give the "
        "terminal a larger font (`kiosk install-service` does)"
    )
    READER_MISSING = "is not there: plug it in, or correct its port in kiosk.toml"
    READER_FORBIDDEN = "may not be used by this user: add the user to the group {group}"
    READER_NOT_HELD = "is there, but the entrance does not hold it: unplug it and plug it in again"
    READER_SENDS_NONSENSE = (
        "{reader} sends nonsense: {taps:,} {taps:read that is|reads that are} no card of ours, from {since} to "
        "{until}; take away what lies on it, check its profile, speed and cable, or replace it"
    )
    NO_READER_SENDS_NONSENSE = "no reader sends nonsense"
    READER_HELD_BY_ANOTHER_PROGRAM = "is used by another program: end that program"
    CLOSED_WITHOUT_READERS = "closed; this home has no readers"
    CALENDAR_NOT_NEEDED = "none needed: this unit has its own days"
    CALENDAR_MISSING = "missing: {years}; import it at the desk: till then, holidays count as working days"
    CALENDAR_IMPORTED = "imported: {years}"
    NO_READERS = "none: add a [[reader]] block to kiosk.toml"
    LOG_VERIFIED = "all {events:,} {events:event|events} fitted the chain on {when}"
    QUARANTINE_ADVICE = "everything else goes on; install the version that wrote it, or report it"
    VIEWS_REBUILT = "were built anew"
    VIEWS_WERE_BEHIND = "were {behind:,} {behind:event|events} behind"
    SQLITE_CAN_CORRUPT = "; this one can spoil a file that two write at one instant, which our lock prevents"
    SQLITE_SETTINGS = "SQLite {sqlite}, settings as they have to be{lock}"
    LOG_NEVER_VERIFIED = "the log was never proved as a whole: run `kiosk verify`"
    LOG_BROKEN = "on {when} the log did not fit behind event {events}: run `kiosk verify`"
    LOG_WENT_BACK = "the log no longer holds what was proved on {when}: restore a backup"
    VERIFICATION_LATER_THAN_NOW = "{summary}, which is later than now: a clock was wrong, run `kiosk verify`"
    VERIFICATION_OVERDUE = "{summary}: look why `kiosk reconcile` did not run since"
    HEADS_EXTENDED = "the log extends every head in its backups and reports"
    LOG_RESTORED = "; it was restored on {when} from a backup of {backup:,} {backup:event|events}"
    VIEWS_FOLLOW = "follow the log"
    VIEWS_FOLLOW_NOW = "{before}, and follow the log now"
    NO_QUARANTINE = "every event was read"
    FREE_SPACE = "{free} free, {needed} wanted for a year"
    FILE_MODES_ADVICE = "run `chmod -R go= {path}` and `chown -R --reference={path} {path}`"
    CLOCK_UNSYNCHRONISED = "follows no reference"
    CLOCK_UNKNOWN = "cannot be asked what it follows"
    CLOCK_TRUSTED = "follows a reference, or was confirmed"
    CLOCK_ADVICE = (
        "{why}: look whether the time service runs (`timedatectl`); without one, compare the clock after each start "
        "and confirm it with `confirm_clock` in a batch"
    )
    TOO_LITTLE_SPACE = "{summary}: make room, or take a larger disk"
    RESERVE_RELEASED = "{summary}, but no room is kept for taps: open the entrance, it takes it again"
    FILES_CLOSED = "closed to other users"
    FILE_OPEN_TO_OTHERS = "{name} is open to others ({mode:04o})"
    FILE_OF_ANOTHER_USER = "{name} belongs to another user"
    CLOCK_SIMULATED = "follows the batches: this is a simulation"
    CLOCK_BEFORE_LAST_RECORD = (
        "it stands before the last record ({recorded}): set it; if it is right, confirm it with "
        "`confirm_clock` in a batch"
    )
    CLOCK_BEFORE_RELEASE = "it shows {shown}, before this program was made: set it"
    CLOCK_FAR_AHEAD = (
        "it shows {shown}, far beyond the last record, and is not trusted: set it; if it is right, "
        "confirm it with `confirm_clock` in a batch"
    )
    CLOCK_WAS_AHEAD = (
        "{taps} {taps:tap|taps} at {kiosk} in the boot session {boot}, the last at {last}, {taps:is|are} later "
        "than now: if the clock was ahead then, state by how much with `correct_clock` in a batch"
    )
    CLOCK_TAPS_WAIT = (
        "{taps} {taps:tap|taps} at {kiosk} in the boot session {boot}, the last at {last} by its clock, "
        "{taps:waits|wait} to be put right: state with `correct_clock` in a batch by how much it was behind"
    )
    HOME_NOT_OPEN = "the home cannot be opened: see the check `{check}`"
    SETTINGS_USABLE = "{file} can be used: {kiosk}, with {count} {count:reader|readers}"
    VIEWS_HELD = "another program holds the read models: look again in a minute"
    CANNOT_CHECK = "cannot be looked at: {reason}"
    CANNOT_CHECK_FILES = "cannot be looked at ({reason}): check the disk and the owner of the home"
    CHECK_FAILED = "cannot be looked at ({error}): run `kiosk verify`"
    TAPPED_AT = "on {at} at {kiosk}"
    BACKED_UP_TO = "on {at}, to {folder}"
    DRILLED_IN = "on {at}, in {seconds:.1f} s"
    NONE = "none"
    ENTRANCE_OPEN = "open"
    ENTRANCE_CLOSED = "closed: {advice}"
    READERS_IN_USE = "{names}: in use"
    READERS_THERE = "{names}: there"
    REPORT = " (report: {path})"
    LOG_OPEN = "{events:,} {events:event|events}, head {head}…"
    AND_MORE = ", and {count} more"
    FAULTS_AND_ADVICE = "{faults}: {advice}"
    SEPARATOR = "; "
    DAY_SEPARATOR = ". "
    DAY_COUNTS = "{day}, {counts}"


class PeopleText(Sentence):
    """What in the people store is not as the log says; clauses, each with the events that say so."""

    PERSON_ALTERED = "a volunteer's row is not as it was enrolled, or is missing (event {events})"
    REASON_ALTERED = "a reason is not as it was given, or is missing (event {events})"
    AUTHOR_ALTERED = "an author is not the one who acted, or is missing (event {events})"
    PASSWORD_ALTERED = (
        "a password of the desk is not the one that was set, or is missing (event {events}): set it again"
    )
    ERASURE_MISSING = (
        "the ledger of erasures lacks a volunteer who was erased (event {events}): run `kiosk erase` for {pseudonyms}"
    )
    ERASED_IS_BACK = (
        "it holds more of a volunteer who was erased than the pseudonym (event {events}): "
        "run `kiosk erase` for {pseudonyms} again"
    )
    PIN_ALTERED = "a PIN is not the one that was set, or is missing (event {events}): set it again"
    STORE_DIFFERS = "people.db is not as the log says: {faults}"
    STORE_ALTERED = "people.db is not as the log says: {faults}; keep the file, restore a backup"
    STORE_ALTERED_ON = "people.db was not as the log says on {when}: run `kiosk verify`"
    STORE_PROVED = "{proved:,} {proved:row|rows}, reasons and authors are as they were written"
    STORE_UNPROVED = "{summary}; {unproved:,} {unproved:is|are} older than the digests, and nothing can prove them"
    STORE_TO_BE_PROVED = "the night compares them with the log"
    KEY_UNPROVED = "{summary}; nor that the site key is this home's own"


class SystemdText(Sentence):
    """Descriptions in the units, and reasons why they cannot be written."""

    ENTRANCE = "Volunteers check in: the entrance"
    PAPER = "Volunteers sign on paper: the entrance cannot be opened"
    CONSOLE = "Volunteers sign on paper: neither the entrance nor its screen can be opened"
    RETRY = "Try the entrance again"
    SCREEN = "the screen has {width} x {height} pixels: a font of {font} pixels gives {rows} {rows:row|rows}"
    JOB = "Volunteers check in: {description}"
    TIMER = "Every night: {description}"
    OFTEN = "Every quarter of an hour: {description}"
    NOTIFY_JOB = "send the notices"
    SYNC_JOB = "exchange with the hub"
    RECONCILE_JOB = "settle the service days that are over"
    BACKUP_JOB = "copy the home"
    RESTORE_DRILL_JOB = "restore the last backup for trial"
    CANNOT_WRITE = "cannot write {path} ({reason}): run it as root, or name a folder with --to"
    FOREIGN_FILE = "{path} was not written by this command: move it away, nothing was changed"
    UNQUOTABLE = "{text!r} has characters that no unit file can hold: give it another name"


class DemoText(Sentence):
    """The lines of a played day, and the figures of a simulated season."""

    ARRIVES = "{number} arrives for a duty"
    TAPS_AGAIN = "{number} taps again, to be sure"
    FORGETFUL_ARRIVES = "{number} comes; they forgot to sign out last time"
    UNKNOWN_CARD = "a person with an unknown card"
    VISITOR_ARRIVES = "{number} looks in, with no duty today"
    FLEXIBLE_ARRIVES = "{number}, who serves when there is time"
    LOST_CARD = "a card that was reported lost"
    GOES_HOME = "{number} goes home"
    BANNER = "示範 DEMO  Ctrl+C"
    ROSTER_BANNER = "示範 DEMO  PIN {pin}"
    DESK_SERVED = (
        "\nThe desk of this office: {url}\nName {name}, password {password}, made for this demonstration alone.\n"
        "The day goes on meanwhile. Enter or Ctrl+C ends it."
    )
    DESK_WALKED = "\nThe desk, page by page"
    PAGE = "{status}  {path}: {title}{rows}, {size:.1f} KB, {milliseconds:.0f} ms"
    PAGE_ROWS = ", table rows: {rows}"
    PAGE_WITHOUT_TITLE = "a page that does not say what it is"
    LOGIN_REFUSED = "the desk refuses the login of the demonstration (status {status})"
    DESK_SILENT = "the desk does not answer {path} ({reason})"
    PAGES_FAILED = "of the desk's pages {failed} cannot be shown: keep the home with --keep and report its kiosk.log"
    LINE_REFUSED = "the story does not fit the rules at line {line}: {sentence}"
    VISITS = "Visits: {visits}, {corrected} of them corrected by the coordinator, each with author and reason."
    ABSENCES = "Absences: {unexcused} unexcused, {leave} with leave."
    CASES = "Cases for review: {raised} raised, {decided} decided."
    REPLAY = "Replay: {same}, {rows:,} {rows:row|rows} rebuilt from {events:,} {events:event|events}."
    VERIFY = "Verify: {whole}, {events:,} {events:event|events}, head {head}."
    KEPT_HEAD = "Kept head: {head}, of the night of {date}."
    OPEN_VISIT = "Open: {volunteer} came on {check_in} and never tapped out."
    STEP = "{at:%H:%M}  {description}: {answer}{credited}"
    IN_NOW = "In now: {volunteers}."
    NOBODY = "nobody"
    IDENTICAL = "identical"
    DIFFERENCES = "{count} {count:difference|differences}"
    WHOLE = "whole"
    DATE_AND_TIME = "{date} at {time}"


class ScreenText(Sentence):
    """Sentences of the entrance and the roster."""

    # --- Launch ---
    NEEDS_TERMINAL = "{program} needs a terminal: start it on one, without redirecting its output"
    TERMINAL_GONE = "the terminal is gone: start the program on another one"
    NO_READER_CONFIGURED = "{path} names no card reader: add a [[reader]] block"
    ENTRANCE_OPEN = "an entrance is open in {path} already: close that one first"
    SIMULATION = "模擬 SIMULATION"

    # --- Preflight ---
    SQLITE_MAY_CORRUPT_WAL = (
        "SQLite {sqlite} can spoil a WAL that two write at one instant: here the writer's lock prevents it"
    )
    FILE_NOT_PRIVATE = "{name} is open to other users (mode {mode:04o}): run chmod 600 on it"
    RESERVE_RELEASED = "the disk has {free} MiB free, and no room is kept for taps: make room"
    DISK_LOW = "the disk has {free} MiB free: make room"
    CLOCK_FAR_AHEAD = (
        "the clock shows {shown}, far beyond the last record: taps wait until the clock is set, or "
        "confirmed with `confirm_clock`"
    )
    CLOCK_BEFORE_LAST_RECORD = "the clock stands before the last record ({recorded}): it cannot be trusted"

    TEXT_TOO_SMALL = (
        "plain text is lower than 1/30 of this screen ({columns} x {rows} cells): give the terminal a larger font"
    )

    # --- Issuing a card while the entrance is open ---
    CANNOT_LISTEN = "{file} cannot be made ({strerror}): to issue a card the entrance has to be closed"

    # --- Sound ---
    NO_PLAYER = "no tones: neither aplay nor pw-play is installed (apt install alsa-utils)"
    NO_TONES = (
        "no tones: {program} cannot play them ({reason}): is there a loudspeaker, and may this user use it "
        "(group audio)?"
    )
    PLAYER_HANGS = "it runs longer than {seconds:g} {seconds:second|seconds}"
    TONES_OFF = "no tones: [sound] in kiosk.toml turns them off"
    TONES_PLAYED = "played by {program}: in (rises), out (falls), see the counter (twice low)"

    # --- Status of the running entrance, for its supervisor ---
    READING_CARDS = "cards are read"
    TAP_NOT_WRITTEN = "a tap could not be written down in time: the screen asked to sign on paper"
    TAP_WRITTEN_LATE = "a tap was written down after the screen had asked to sign on paper: it counts once"
    TAPS_NOT_WRITTEN = "a tap could not be written down: people sign on paper"
    READER_LOST = "reader {name} does not answer"
    READER_NONSENSE = "reader {name} sends more cards than people can present, and none of ours"
    STORE_REFUSES = "nothing can be written to the event log: look at the disk"
    HANGS = "hangs: {part}"
    READER_HANGS = "the thread of reader {name} does not go round"
    STORE_HANGS = "the event log does not answer: look at the disk"

    # --- After a bug ---
    ENDS_BY_BUG = "The entrance ends because of a bug."
    OUT_OF_SERVICE_ZH = "系統暫停服務，請洽櫃台"
    OUT_OF_SERVICE_EN = "Out of service, please see the counter"

    # --- Playback of a past day on the roster ---
    REPLAY_BEFORE_LOG = "--replay {day} is before the log begins: it begins on {log_begins:%Y-%m-%d}"
    REPLAY_IN_FUTURE = "--replay {day} has not begun: the last day that can be played is {last_day}"
    REPLAY_EMPTY = "--replay {day} has nothing to play, neither a tap nor a duty: {where}"
    NEAREST_DAYS = "the nearest taps are on {days}"
    NO_TAP_ANYWHERE = "nobody ever tapped"
    REPLAY_LOADING = "reading what was known on {day} ..."
    THE_ENTRANCE = "the entrance"
    THE_ROSTER = "the roster"
    THE_REPLAY = "the replay"
    PLAYER_STATUS = "status {status}"
    AND = " and "
