"""The help of the command line, in English."""

from kiosk.words.sentence import Sentence


class HelpText(Sentence):
    """`SHORT_…` is a line of a group's list, `OPTION_…` the help of an option, any other name a command's own help."""

    EXAMPLE = "Example:"
    COMMANDS = "Commands"
    SHORT_INIT = "make a home"
    SHORT_HOURS = "credited hours"
    SHORT_EXITS = "exit cases"
    OPTION_SAME = "Same."

    OPTION_KEEP_GOING = "Report each bad line and go on."
    OPTION_CHECK_BATCH = "Try the whole batch on a copy of the home, report each bad line."
    OPTION_FROM_LINE = "Begin at line N: a batch that stopped says where."
    OPTION_BACKUPS_KEPT = "Backups kept; default {backups_to_keep}."
    OPTION_REMOVE_PIN = "Remove the PIN."
    OPTION_KEEP_DEMO = "Keep the demo's home in a new folder."
    OPTION_DEMO_MONTH = "A day of the month to play; default today."
    OPTION_DEMO_DAYS = "N days up to that day, and its roster."
    OPTION_TWO_INSTANTS = "Twice: from when, to when."
    OPTION_BASIS = "Why: they asked, the purpose has ended, or an authority ordered it."
    OPTION_ERASED_BY = "Who erases, as in a batch; default system."
    OPTION_YES = "Do not ask; needed where there is no terminal."
    OPTION_SIMULATION = "Take the clock from batch files. Decided once, for ever."
    OPTION_ZONE = "The time zone of the service days; default Asia/Taipei."
    OPTION_DRY_RUN = "Print the files and write nothing."
    OPTION_USER = "Who runs them; by default the owner of the home."
    OPTION_UNIT_FOLDER = "The folder for the files."
    OPTION_BACKUP_FOLDER = "Where backups go; better another disk."
    OPTION_ISSUE_READER = "A reader in kiosk.toml; needed where there are several."
    OPTION_ISSUED_BY = "Who issues it, as in a batch; default system."
    OPTION_LOSSY_OK = "Do not warn that only readers of the same kind will know the card."
    OPTION_ISSUE_SECONDS = "How long to wait for each of two taps; default 30."
    OPTION_HOME_AFTER = "The folder of the home (KIOSK_HOME; default ./kiosk-home)."
    OPTION_FORMAT = "How to print the answer."
    SHORT_RUN = "the entrance, full-screen"
    SHORT_DEMO = "a day at a registration office"
    SHORT_APPLY = "run a batch of commands"
    SHORT_TAP = "one tap from a script"
    SHORT_READERS = "card readers: list, watch, identify, test"
    SHORT_ISSUE = "give a volunteer a card by tapping it"
    SHORT_RECONCILE = "the nightly job: settle the days that are over"
    SHORT_ERASE = "erase a person; the hours stay"
    SHORT_VISITS = "visits, and what each is worth"
    SHORT_DUTIES = "duties, and what became of each"
    SHORT_ABSENCES = "absences, unexcused and excused"
    SHORT_PENDING = "what needs a person, of all days"
    SHORT_PRESENCE = "who is in"
    SHORT_EXPLAIN = "every minute of a day, credited or not, and why"
    SHORT_ROSTER = "the coordinator's live roster"
    SHORT_COORDINATOR = "who may settle at the roster, and their PINs"
    SHORT_REPLAY = "rebuild the read models from the events, and compare"
    SHORT_DIFFERENCE = "what changed between two recorded instants, and why"
    SHORT_STATUS = "what is pending, what is wrong, and what to do"
    SHORT_INSTALL_SERVICE = "have systemd run the entrance and the nights"
    SHORT_BACKUP = "copy the home while it is used, and prove the copy"
    SHORT_RESTORE = "a home from a backup, proved; or only on trial"
    SHORT_VERIFY = "prove that the event log is whole and unaltered"
    OPTION_HOME = (
        "The folder with kiosk.toml and the databases (KIOSK_HOME; default ./kiosk-home). May also stand after "
        "the command."
    )
    SHORT_LIST_READERS = "the ports of this machine, and what is wrong with each"
    SHORT_WATCH = "what a reader sends, byte by byte"
    OPTION_PROFILE = "How to read a card; default: as kiosk.toml says."
    SHORT_IDENTIFY = "find out the profile of a reader with three cards"
    OPTION_NUMBERS = "The numbers of the three cards, in order."
    OPTION_KNOWN_BY = "Instead of typing: a reader in kiosk.toml that knows the cards."
    OPTION_READER_NAME = "What to call the reader in kiosk.toml."
    OPTION_WRITE = "Append the [[reader]] block to kiosk.toml."
    SHORT_TEST_READER = "hold a known card to a reader: passed or failed"
    OPTION_EXPECTED_CARD = "The number that it must read, in any form."
    OPTION_AS_OF = "What the log said at a recorded instant."
    OPTION_SUM_BY = "What to sum by."
    OPTION_PRESENT_AT = "Who was in then; default now."
    OPTION_MUSTER = "The list for an evacuation, to print and tick off."
    OPTION_VOLUNTEER = "Only this volunteer."
    OPTION_TO = "Up to this service date."
    OPTION_FROM = "From this service date."
    OPTION_RECONCILE_UNTIL = "Up to this service day; default yesterday."
    OPTION_AGAINST = "A statement saved as JSON."
    OPTION_SAVED_VIEW = "Of which read model FILE is; by default told from its keys."
    OPTION_SAVED_FILTER = "As FILE was narrowed when it was saved."
    OPTION_RESTORE_TO = "A new or empty folder; default that of --home."
    OPTION_LOST_HOME = "The home that was lost: what is missing of it, and who was erased there."
    OPTION_UNSEALED = "Believe a backup and a ledger without a seal, as version 0.1 made them."
    OPTION_DRILL = "Restore the newest backup on trial, prove it, remember that."
    OPTION_CHECK_DRILL = "With --drill: restore nothing, exit 1 when no drill was good for a day."
    OPTION_REPLAY = "Play that service day from the log."
    OPTION_SPEED = "Seconds of the day in a second of the replay, {slowest} to {fastest}; default {usual}."
    OPTION_TAP_READER = "The reader that saw it; default script."
    OPTION_DIRECTION = "Default: the system decides."
    OPTION_TAPPED_AT = "When it happened: needed in a simulation, refused elsewhere."

    APPLY = (
        "Run a batch of commands: JSON Lines, one command a line; - reads standard input.\n\n"
        "The batch stops at the first line that cannot be carried out; what came before it stays, and a sentence says "
        "how to go on.\n\n"
        "A line with a key is carried out once, however often it is run."
    )
    BACKUP = (
        "Back the home up to a new folder in TO, while it is used; default the folder `backups` in the "
        "home.\n\n"
        "It holds personal data, and is its owner's alone. Another disk survives what this one does not."
    )
    COORDINATOR = (
        "Set the PIN of coordinator NAME, from the terminal or standard input; without NAME, list who has one.\n\n"
        "A PIN has 6 to 12 digits, not all the same and not counting up or down."
    )
    DEMO = (
        "Play a day at a registration office, with a month behind it: on the entrance screen, or as lines where there "
        "is no\n"
        "terminal.\n\n"
        "With --days, so many days up to the same one, each settled by the nightly job, and the roster of its morning "
        "opens, with\n"
        "a coordinator whose PIN stands on the screen; where there is no terminal, a summary is printed."
    )
    ERASE = (
        "Forget who VOLUNTEER is, whose agreement has ended, and all notes about them. This cannot be taken "
        "back.\n\n"
        "The hours stay under a pseudonym. Cut short, it is finished by running it again."
    )
    EXPLAIN = "Explain a service day of a volunteer."
    HOURS = "Credited minutes and the duties they were earned in."
    READERS_IDENTIFY = (
        "Find out the profile of a reader: hold three cards to it, and type what is printed on each.\n\n"
        "A number may be typed as it stands on the card, in decimal, with a comma, or in hexadecimal (spaces "
        "and colons do\n"
        "not matter). Without PORT every port is listened to that kiosk.toml does not name."
    )
    INIT = "Make a home: a new folder with settings, an empty event log and a people store."
    INSTALL_SERVICE = (
        "Write the units of the entrance, of the nightly job, of the backup and of the restore drill.\n\n"
        "The program is tried as its user first; nothing is written where the units could not work. What is missing is "
        "said, and what to do next"
    )
    ISSUE = (
        "Hold a card to a reader twice, and VOLUNTEER has it. While the entrance is open its screen says whose card "
        "is made, and the two reads are no taps; then it goes on.\n\n"
        "A card that cannot tell a person (a phone, a number that was cut short), or that somebody holds "
        "already, is refused\n"
        "with the reason and status 1."
    )
    PROGRAM = "Check-in for organisations with volunteers: hours that are right, provable and explainable."
    READERS_LIST = "The ports of this machine, what is known of each, and what is wrong with it. Nothing is opened."
    PRESENCE = "Who is in."
    DIFFERENCE = "Compare what the log said at two recorded instants, line by line."
    READERS = "Card readers: what is attached, what it sends, which profile it has, and whether it works."
    RECONCILE = "Prove the log, settle every service day that is over and not settled yet, and write a report of each."
    REPLAY = (
        "Rebuild every read model in a scratch file and compare. Exits 1 and shows the first differences.\n\n"
        "With --as-of, rebuild what was recorded by then: the live read models must say the same, but for what "
        "events\n"
        "recorded since have changed. With --against as well, compare with a statement that was saved earlier."
    )
    RESTORE = (
        "Make a home of BACKUP in a new or empty folder, and prove it. A home that stands is never written "
        "over.\n\n"
        "To put one where a home stands, move that one aside first."
    )
    ROSTER = "The coordinator's live roster, or a past day as it was shown then. q leaves it."
    RUN = (
        "Open the entrance. Started by a supervisor (systemd), it ends only when that tells it to (SIGTERM). In a "
        "terminal Ctrl+C twice within two seconds ends it, too."
    )
    STATUS = "Look at everything that an administrator looks after. Exits 1 when something needs a person."
    TAP = "Tap a card, written TECH:HEX; bare hex digits mean an ISO 14443-A card. Exits 1 when the tap is refused."
    READERS_TEST = (
        "Hold a card to READER: passed, or failed with the reason and status 1. After a card that passed the tones of "
        "the entrance are played; where they cannot be, it is said why."
    )
    VERIFY = (
        "Walk the whole chain of the event log, and compare the heads that were kept of it: in backups, in reports, "
        "and those that you name. Exits 1 and names the first event that does not fit, or the first head that the "
        "log does not extend."
    )
    OPTION_HEAD = "A head that was kept elsewhere, or its hash alone; may be given several times."
    OPTION_HEADS = "A file of them, one a line, or JSON of this program."
    READERS_WATCH = (
        "Show what a reader sends, byte by byte, and the cards in it, until Ctrl+C.\n\n"
        "Here the full number of a card is shown on purpose, and nowhere else: it is written to no file and no "
        "log. Look at\n"
        "your own card. READER is a name in kiosk.toml, PORT a port that need not stand there."
    )
    OPTION_WATCH_SECONDS = "End after so long; default: never."
    OPTION_IDENTIFY_SECONDS = "How long to wait for each card; default 60."
    OPTION_TEST_SECONDS = "How long to wait for the card; default 30."
    VISITS = "Visits, with what each is worth and why the rest is not."
    DUTIES = "Duties, each with exactly one outcome."
    ABSENCES = "Absences, unexcused and excused."
    EXITS = "Exit cases: raised, withdrawn, decided."
    PENDING = (
        "What needs a person, of today and of all days before, until it is settled: forgotten check-outs, departures "
        "without an arrival, closed visits that a late tap contradicts, exit cases, clocks, unreadable events, "
        "absences, late leave, presence outside the roster, refused taps and unknown cards, each with its events."
    )
