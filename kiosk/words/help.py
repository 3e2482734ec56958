"""The help of the command line, in English."""

from kiosk.words.sentence import Sentence


class HelpText(Sentence):
    """The help of the command line."""

    REPORT_EACH_BAD_LINE_GO = "Report each bad line and go on."
    TRY_WHOLE_BATCH_COPY_HOME = "Try the whole batch on a copy of the home, report each bad line."
    BACKUPS_KEPT = "Backups kept; default {backups_to_keep}."
    REMOVE_PIN = "Remove the PIN."
    KEEP_DEMO_S_HOME_NEW = "Keep the demo's home in a new folder."
    DAY_MONTH_PLAY = "A day of the month to play; default today."
    LIVE_N_DAYS_UP_MONTH = "Live N days up to the month's last instead."
    TWICE_WHEN_WHEN = "Twice: from when, to when."
    WHY_THEY_ASKED_PURPOSE_ENDED = "Why: they asked, the purpose has ended, or an authority ordered it."
    WHO_ERASES_BATCH = "Who erases, as in a batch; default system."
    NOT_ASK = "Do not ask; needed where there is no terminal."
    TAKE_CLOCK_BATCH_FILES_DECIDED = "Take the clock from batch files. Decided once, for ever."
    TIME_ZONE_SERVICE_DAYS = "The time zone of the service days; default Asia/Taipei."
    PRINT_FILES_WRITE_NOTHING = "Print the files and write nothing."
    WHO_RUNS_THEM = "Who runs them; by default the owner of the home."
    FOLDER_FILES = "The folder for the files."
    WHERE_BACKUPS_GO = "Where backups go; better another disk."
    READER_KIOSK_TOML = "A reader in kiosk.toml; needed where there are several."
    WHO_ISSUES_BATCH = "Who issues it, as in a batch; default system."
    ISSUE_READER_DROPS_BYTES = "Issue from a reader that drops bytes: only its kind will know the card."
    HOW_LONG_WAIT_EACH_TWO = "How long to wait for each of two taps; default 30."
    FOLDER_HOME = "The folder of the home (KIOSK_HOME; default ./kiosk-home)."
    HOW_PRINT_ANSWER = "How to print the answer."
    ENTRANCE_FULL_SCREEN = "the entrance, full-screen"
    DAY_REGISTRATION_OFFICE = "a day at a registration office"
    RUN_BATCH_COMMANDS = "run a batch of commands"
    ONE_TAP_SCRIPT = "one tap from a script"
    CARD_READERS = "card readers: list, watch, identify, test"
    GIVE_VOLUNTEER_CARD_TAPPING = "give a volunteer a card by tapping it"
    NIGHTLY_JOB = "the nightly job: settle the days that are over"
    ERASE_PERSON = "erase a person; the hours stay"
    VISITS_EACH_WORTH = "visits, and what each is worth"
    DUTIES_BECAME_EACH = "duties, and what became of each"
    ABSENCES_UNEXCUSED_EXCUSED = "absences, unexcused and excused"
    WHO = "who is in"
    EVERY_MINUTE_DAY_CREDITED_NOT = "every minute of a day, credited or not, and why"
    COORDINATOR_S_LIVE_ROSTER = "the coordinator's live roster"
    WHO_SETTLE_ROSTER = "who may settle at the roster, and their PINs"
    REBUILD_READ_MODELS_EVENTS = "rebuild the read models from the events, and compare"
    CHANGED_BETWEEN_TWO_RECORDED_INSTANTS = "what changed between two recorded instants, and why"
    PENDING_WRONG = "what is pending, what is wrong, and what to do"
    SYSTEMD_RUN_ENTRANCE_NIGHTS = "have systemd run the entrance and the nights"
    COPY_HOME_WHILE_USED = "copy the home while it is used, and prove the copy"
    HOME_BACKUP_PROVED = "a home from a backup, proved; or only on trial"
    PROVE_EVENT_LOG_WHOLE_UNALTERED = "prove that the event log is whole and unaltered"
    FOLDER_KIOSK_TOML_DATABASES = (
        "The folder with kiosk.toml and the databases (KIOSK_HOME; default ./kiosk-home). May also stand after "
        "the command."
    )
    PORTS_MACHINE = "the ports of this machine, and what is wrong with each"
    READER_SENDS_BYTE_BYTE = "what a reader sends, byte by byte"
    HOW_READ_CARD = "How to read a card; default: as kiosk.toml says."
    FIND_OUT_PROFILE_READER_THREE = "find out the profile of a reader with three cards"
    NUMBERS_THREE_CARDS_ORDER = "The numbers of the three cards, in order."
    INSTEAD_TYPING = "Instead of typing: a reader in kiosk.toml that knows the cards."
    CALL_READER_KIOSK_TOML = "What to call the reader in kiosk.toml."
    APPEND_READER_BLOCK_KIOSK_TOML = "Append the [[reader]] block to kiosk.toml."
    HOLD_KNOWN_CARD_READER = "hold a known card to a reader: passed or failed"
    NUMBER_MUST_READ_ANY_FORM = "The number that it must read, in any form."
    LOG_SAID_RECORDED_INSTANT = "What the log said at a recorded instant."
    SUM = "What to sum by."
    WHO_THEN = "Who was in then; default now."
    LIST_EVACUATION_PRINT_TICK_OFF = "The list for an evacuation, to print and tick off."
    VOLUNTEER = "Only this volunteer."
    UP_SERVICE_DATE = "Up to this service date."
    SERVICE_DATE = "From this service date."
    UP_SERVICE_DAY = "Up to this service day; default yesterday."
    STATEMENT_SAVED_JSON = "A statement saved as JSON."
    READ_MODEL_FILE = "Of which read model FILE is; by default told from its keys."
    FILE_NARROWED_WHEN_SAVED = "As FILE was narrowed when it was saved."
    NEW_EMPTY_FOLDER = "A new or empty folder; default that of --home."
    HOME_LOST = "The home that was lost: what is missing of it, and who was erased there."
    RESTORE_NEWEST_BACKUP_TRIAL_PROVE = "Restore the newest backup on trial, prove it, remember that."
    DRILL = "With --drill: restore nothing, exit 1 when no drill was good for a day."
    PLAY_SERVICE_DAY_LOG = "Play that service day from the log."
    SECONDS_DAY_SECOND_REPLAY = "Seconds of the day in a second of the replay, {slowest} to {fastest}; default {usual}."
    READER_SAW = "The reader that saw it; default script."
    DEFAULT_SYSTEM_DECIDES = "Default: the system decides."
    WHEN_HAPPENED = "When it happened: needed in a simulation, refused elsewhere."

    APPLY = (
        "Run a batch of commands: JSON Lines, one command a line; - reads standard input.\n\n"
        "The batch stops at the first line that cannot be carried out; what came before it stays."
    )
    BACKUP = (
        "Back the home up to a new folder in TO, while it is used; default the folder `backups` in the "
        "home.\n\n"
        "It holds personal data, and is its owner's alone. Another disk survives what this one does not."
    )
    COORDINATOR = (
        "Set the PIN of coordinator NAME, from the terminal or standard input; without NAME, list who has one."
    )
    DEMO = (
        "Play a day at a registration office: on the entrance screen, or as lines where there is no "
        "terminal.\n\n"
        "With --days, so many days of its life are lived, each settled by the nightly job, and the roster of "
        "the last\n"
        "morning opens; where there is no terminal, a summary is printed."
    )
    ERASE = (
        "Forget who VOLUNTEER is, whose agreement has ended, and all notes about them. This cannot be taken "
        "back.\n\n"
        "The hours stay under a pseudonym. Cut short, it is finished by running it again."
    )
    EXPLAIN_DAY = "Explain a service day of a volunteer."
    HOURS = "Credited minutes and the duties they were earned in."
    IDENTIFY = (
        "Find out the profile of a reader: hold three cards to it, and type what is printed on each.\n\n"
        "A number may be typed as it stands on the card, in decimal, with a comma, or in hexadecimal (spaces "
        "and colons do\n"
        "not matter). Without PORT every port is listened to that kiosk.toml does not name."
    )
    INIT = "Make a home: a new folder with settings, an empty event log and a people store."
    INSTALL_SERVICE = "Write the units of the entrance, of the nightly job, of the backup and of the restore drill."
    ISSUE = (
        "Hold a card to a reader twice, and VOLUNTEER has it. The entrance must be closed meanwhile.\n\n"
        "A card that cannot tell a person (a phone, a number that was cut short), or that somebody holds "
        "already, is refused\n"
        "with the reason and status 1."
    )
    KIOSK = "Check-in for organisations with volunteers: hours that are right, provable and explainable."
    LIST_READERS = "The ports of this machine, what is known of each, and what is wrong with it. Nothing is opened."
    PRESENCE = "Who is in."
    PRINT_DIFFERENCE = "Compare what the log said at two recorded instants, line by line."
    READERS = "Card readers: what is attached, what it sends, which profile it has, and whether it works."
    RECONCILE = "Prove the log, settle every service day that is over and not settled yet, and write a report of each."
    REPLAY = (
        "Rebuild every read model in a scratch file and compare. Exits 1 and shows the first differences.\n\n"
        "With --as-of, rebuild what was recorded by then: the live read models must say the same, but for what "
        "events\n"
        "recorded since have changed. With --against as well, compare with a statement that was saved earlier."
    )
    RESTORE_HOME = (
        "Make a home of BACKUP in a new or empty folder, and prove it. A home that stands is never written "
        "over.\n\n"
        "To put one where a home stands, move that one aside first."
    )
    ROSTER = "The coordinator's live roster, or a past day as it was shown then. q leaves it."
    RUN = "Open the entrance. It ends only when it is told to by its supervisor (SIGTERM)."
    STATUS = "Look at everything that an administrator looks after. Exits 1 when something needs a person."
    TAP_CARD = (
        "Tap a card, written TECH:HEX; bare hex digits mean an ISO 14443-A card. Exits 1 when the tap is refused."
    )
    TEST_READER = "Hold a card to READER: passed, or failed with the reason and status 1."
    VERIFY = "Walk the whole chain of the event log. Exits 1 and names the first event that does not fit."
    WATCH = (
        "Show what a reader sends, byte by byte, and the cards in it, until Ctrl+C.\n\n"
        "Here the full number of a card is shown on purpose, and nowhere else: it is written to no file and no "
        "log. Look at\n"
        "your own card. READER is a name in kiosk.toml, PORT a port that need not stand there."
    )
