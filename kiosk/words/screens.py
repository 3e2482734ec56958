"""What the entrance and the roster report to an administrator, in English, and the few words that their screens share.

The rule: in the order in which a program meets them: launch, preflight, while it runs, playback of a past day.
"""

from kiosk.words.sentence import Sentence


class ScreenText(Sentence):
    """Sentences of the entrance and the roster."""

    # --- Launch ---
    NEEDS_TERMINAL = "{program} needs a terminal: start it on one, without redirecting its output"
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
    CLOCK_BEFORE_LAST_RECORD = (
        "the clock stands before the last record ({recorded:%Y-%m-%d %H:%M} UTC): nobody vouches for it"
    )

    # --- Status of the running entrance, for its supervisor ---
    READING_CARDS = "cards are read"
    TAPS_NOT_WRITTEN = "a tap could not be written down: people sign on paper"
    READER_LOST = "reader {name} does not answer"
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
