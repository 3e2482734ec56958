"""What the entrance and the roster report to an administrator, in English."""

from kiosk.words.sentence import Sentence


class ScreenText(Sentence):
    """What the entrance and the roster report to an administrator."""

    ENTRANCE_ENDS_BECAUSE_BUG = "The entrance ends because of a bug."
    TAP_COULD_NOT_WRITTEN_DOWN = "a tap could not be written down: people sign on paper"
    READER_NOT_ANSWER = "reader {name} does not answer"
    SIMULATION = "模擬 SIMULATION"
    ENTRANCE_OPEN_ALREADY = "an entrance is open in {path} already: close that one first"
    NEEDS_TERMINAL = "{what} needs a terminal: start it on one, without redirecting its output"
    NAMES_NO_CARD_READER = "{path} names no card reader: add a [[reader]] block"
    SQLITE_SPOIL_WAL_TWO_WRITE = (
        "SQLite {sqlite} can spoil a WAL that two write at one instant: here the writer's lock prevents it"
    )
    DISK_MIB_FREE = "the disk has {free} MiB free, and no room is kept for taps: make room"
    CLOCK_STANDS_BEFORE_LAST_RECORD = (
        "the clock stands before the last record ({recorded:%Y-%m-%d %H:%M} UTC): nobody vouches for it"
    )
    OPEN_OTHER_USERS = "{name} is open to other users (mode {value:04o}): run chmod 600 on it"
    DISK_MIB_FREE_2 = "the disk has {free} MiB free: make room"
    TEXT = "系統暫停服務，請洽櫃台"
    OUT_SERVICE_PLEASE_SEE_COUNTER = "Out of service, please see the counter"
    EVENT_LOG_NOT_ANSWER = "the event log does not answer: look at the disk"
    THREAD_READER_NOT_GO_ROUND = "the thread of reader {name} does not go round"
    NOTHING_WRITTEN_EVENT_LOG = "nothing can be written to the event log: look at the disk"
    CARDS_READ = "cards are read"
    NEAREST_TAPS = "the nearest taps are on {named}"
    NOBODY_EVER_TAPPED = "nobody ever tapped"
    REPLAY_NOTHING_PLAY_NEITHER_TAP = "--replay {day} has nothing to play, neither a tap nor a duty: {where}"
    REPLAY_BEFORE_LOG_BEGINS = "--replay {day} is before the log begins: it begins on {log_begins:%Y-%m-%d}"
    REPLAY_NOT_BEGUN = "--replay {day} has not begun: the last day that can be played is {of}"
    READING_KNOWN = "reading what was known on {day} ..."
