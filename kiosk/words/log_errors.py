"""What went wrong with the log or the views, in English: what is wrong, with which file, and what to do."""

from collections.abc import Mapping

from domain.log.chain_walk import FaultKind, LogFault, Verdict
from domain.log.errors import LogBusy, LogDamaged, LogError, UnknownName
from domain.log.lenient import LONGEST_NAME, UndecodableEvent
from domain.log.server_errors import OtherTables
from kiosk.words.codes import find_word
from kiosk.words.sentence import Sentence
from projections.engine.damage import ViewsDamaged


class LogErrorSentence(Sentence):
    """One member a class of `domain.log.errors`; its fields stand in braces."""

    LOG_MISSING = "there is no event log at {path}: name the right folder, or make a new home"
    LOG_EXISTS = "{path} exists already: open it, or choose another folder for a new log"
    NOT_A_LOG = "{path} is not an event log of this program: move it away, or restore a backup"
    NOT_PRIVATE = "{path} is open to other users (mode {mode:04o}): run chmod 600 on it"
    CANNOT_OPEN = "cannot open the event log {path} ({reason}): check its owner and permissions"
    LOG_DAMAGED = "the event log {place} is damaged ({reason}): keep the file, restore a backup"
    CHAIN_BROKEN = "nothing is proved of the event log {place}: event {position} {objection}; verify it"
    LOG_WENT_BACK = "the event log {path} went back: {objection}; keep its files, restore the newest backup"
    DATABASE_WENT_BACK = (
        "the database {place} went back: its log had reached event {position}; end every program that has it open, "
        "then run `kiosk restore --database`"
    )
    SCHEMA_ALTERED = "the event log {place} was altered: {objection}; keep its files, restore the newest backup"
    SETTING_REFUSED = (
        "SQLite keeps {setting} at {got} instead of {wanted} for {path}: "
        "use a local disk and the SQLite that Python came with"
    )
    SERVER_SETTING_REFUSED = (
        "the server of {place} has {setting} {got} instead of {wanted}, and could lose what it acknowledged: "
        "change it there, then start this program again"
    )
    ROLE_TOO_POWERFUL = (
        "the role {role} may change or delete events in {place}: connect as a member of kiosk_writer that owns no table"
    )
    NO_SUCH_TABLES = "the database {place} has no event logs yet: let its owner run schema.sql there"
    OTHER_TABLES = (
        "the tables in {place} are of version {found}, and this program needs version {wanted}: "
        "let their owner run upgrade_{found}_to_{wanted}.sql there"
    )
    NEWER_TABLES = (
        "the tables in {place} are of version {found}, and this program knows version {wanted}: update this program"
    )
    NO_SUCH_UNIT = (
        "the database {place} has no unit {unit} for this role: correct [store] in kiosk.toml, restore the database, "
        "or let its owner give the unit to the role"
    )
    UNIT_GOES_ANOTHER_WAY = (
        "the unit in {place} goes another way, up to position {position}: nothing was moved; see which of the two logs "
        "is the true one"
    )
    LOG_BUSY = "another program held {place} for {waited:g} s: try again, or look what it is doing"
    LOG_BUSY_BY = (
        "another program held {place} for {waited:g} s (process {holder}): try again, or look what it is doing"
    )
    LOG_BUSY_ELSEWHERE = (
        "another program held {place} for {waited:g} s ({program}): try again, or look what it is doing"
    )
    LOG_BUSY_STOPPED = (
        "process {holder} is stopped and holds {place}: continue it (kill -CONT {holder}), "
        "or end it (kill -KILL {holder})"
    )
    LOG_REPLACED = (
        "{path} was removed, exchanged or cut while it was open: nothing is written to it any more; "
        "put the folder back or restore a backup, then start this program again"
    )
    LOG_IS_READ_ONLY = "{place} is only read: nothing is written to a backup, or to media that cannot be written"
    NOT_WRITING = "the next position in {place} is only certain while writing: ask inside writing()"
    WRITTEN_AT_HUB = "nothing was written to {place}: this kiosk belongs to a hub, and {topic} is recorded there"
    CONFLICT = "version {version} of stream {stream} was written by another: load it and decide again"
    CANNOT_WRITE = "cannot write to the event log {place} ({reason}): free or repair the disk, then retry"
    SERVER_FAILED = "the server of {place} wrote nothing ({reason}): look at its messages, then retry"
    OUTCOME_UNKNOWN = (
        "the server of {place} did not answer ({reason}): what was entered may be stored or not; "
        "look before you enter it again"
    )
    ROWS_NOT_KEPT = (
        "the event log {place} does not keep what is written to it: keep its files, restore the newest backup"
    )
    NOT_STORABLE = "{event} cannot be stored, {where} {reason}: give it a plain value"
    CANNOT_READ = (
        "cannot read the event log {place} ({reason}): see to its disk or its server, then try again; "
        "this does not say that it is damaged"
    )
    CANNOT_READ_HEAD = (
        "cannot read {place}, where it is kept how far the event log had reached ({reason}): see to its disk and its "
        "owner, then try again; without it a log that went back would not be noticed"
    )
    CANNOT_READ_KEY = "cannot read the signing key {place} ({reason}): check the file and its owner"
    CANNOT_WRITE_KEY = "cannot write the new signing key {place} ({reason}): make room, or see who owns the folder"
    NOT_A_SIGNING_KEY = (
        "{place} is not the private key, Ed25519, that signs heads: bring it back from a copy; a new key must be made "
        "known to all who check signatures"
    )
    CANNOT_CONNECT = (
        "cannot reach the event log {place} ({reason}): see that its server runs, and that role and password are right"
    )
    UNKNOWN_NAME = "no event is called {name!r}: use the program that wrote it, and verify the log"
    UNKNOWN_NAME_IN_LOG = (
        "no event is called {name!r} at position {position}: use the program that wrote it, and verify the log"
    )
    UNREADABLE = "event {position} ({name}) cannot be read ({reason}): verify the log"
    WRONG_STREAM = "stream {stream} does not fold ({reason}): verify the log, then report this as a fault"
    BAD_STORED_NAME = "{event} {reason}"
    VIEWS_DAMAGED = "{path} is damaged ({reason}): delete it, it comes back from the log"


class LogFaultSentence(Sentence):
    """What is wrong with a log, as a clause behind "event N", or behind a name of the log."""

    GAP = "is missing: position {position} stands in its place"
    WRONG_TYPE = "holds a value of a kind that was never written there"
    ALTERED = "does not fit the chain: it was changed, exchanged or put in"
    END_MISSING = "is missing: the log once reached position {reached}"
    UNREADABLE = "cannot be read ({error})"
    FILE_DAMAGED = "{detail}"
    WENT_BACK = "is in doubt: the log went back, {fault}"
    OTHER_LOG = "it is another log, or a copy from before it was restored"
    ENDS_EARLY = "it ends at position {position} and had reached {reached}"
    EVENT_REPLACED = "its event {position} is not the one that was acknowledged"
    RENAMED = "it was given another name, as by a restore, and none was made in this place"
    HEAD_MOVED = "the head of its unit is not that of its last event"
    HEAD_MISSING = "none of its {position} {position:event|events} has it"
    NAME_UNPROVED = "the log has a name that no restore in its chain gave it"
    SCHEMA_ADDED = "it holds the {kind} {name!r}, which this program never made"
    SCHEMA_MISSING = "its {kind} {name!r} is missing"
    SCHEMA_CHANGED = "its {kind} {name!r} is not as this program made it"
    NOT_SIGNED = "was not signed by the source that it is said to come from"


class VerdictSentence(Sentence):
    """Where the fault is."""

    EVENT = "event {position} {fault}"
    FILE = "every event fits, but the file around them is damaged ({fault})"


class UndecodableText(Sentence):
    """An event in quarantine: its position, its stored name, and why it cannot be read."""

    EVENT = "event {position} ({name!r}): {why}"
    WITHOUT_EVENT = "without event {position} ({name!r}): {why}"
    IN_QUARANTINE = "in quarantine: event {position} ({name!r}): {why}"
    MORE = "and {count} more {count:event|events} that cannot be read"

    def describe(self, found: UndecodableEvent) -> str:
        """The sentence about an event."""
        why = find_word("value", found.why)
        return self.fill(position=found.position, name=found.name[:LONGEST_NAME], why=why)


SENTENCES: Mapping[str, LogErrorSentence] = {
    **{member.name.replace("_", "").casefold(): member for member in LogErrorSentence},
    "diskfull": LogErrorSentence.CANNOT_WRITE,
}
"""By the name of the class, in small letters."""

FAULTS: Mapping[FaultKind, LogFaultSentence] = {
    "gap": LogFaultSentence.GAP,
    "wrong_type": LogFaultSentence.WRONG_TYPE,
    "altered": LogFaultSentence.ALTERED,
    "end_missing": LogFaultSentence.END_MISSING,
    "unreadable": LogFaultSentence.UNREADABLE,
    "file_damaged": LogFaultSentence.FILE_DAMAGED,
    "went_back": LogFaultSentence.WENT_BACK,
    "other_log": LogFaultSentence.OTHER_LOG,
    "ends_early": LogFaultSentence.ENDS_EARLY,
    "event_replaced": LogFaultSentence.EVENT_REPLACED,
    "renamed": LogFaultSentence.RENAMED,
    "head_missing": LogFaultSentence.HEAD_MISSING,
    "head_moved": LogFaultSentence.HEAD_MOVED,
    "name_unproved": LogFaultSentence.NAME_UNPROVED,
    "schema_added": LogFaultSentence.SCHEMA_ADDED,
    "schema_missing": LogFaultSentence.SCHEMA_MISSING,
    "schema_changed": LogFaultSentence.SCHEMA_CHANGED,
    "not_signed": LogFaultSentence.NOT_SIGNED,
}


def explain_log_error(error: LogError | ViewsDamaged) -> str:
    """What went wrong, and what to do."""
    fields = {name: _explain(value) for name, value in vars(error).items()}
    if isinstance(error, UnknownName) and error.position is not None:
        return LogErrorSentence.UNKNOWN_NAME_IN_LOG.fill(**fields)
    if isinstance(error, OtherTables) and error.found > error.wanted:
        return LogErrorSentence.NEWER_TABLES.fill(**fields)
    if isinstance(error, LogBusy) and error.holder is not None:
        return (LogErrorSentence.LOG_BUSY_STOPPED if error.stopped else LogErrorSentence.LOG_BUSY_BY).fill(**fields)
    if isinstance(error, LogBusy) and error.program is not None:
        return LogErrorSentence.LOG_BUSY_ELSEWHERE.fill(**fields)
    return SENTENCES[type(error).__name__.casefold()].fill(**fields)


def explain_trouble(error: Exception) -> str:
    """The sentence of a log error, or the text of any other exception, which is its sentence."""
    return explain_log_error(error) if isinstance(error, LogError | ViewsDamaged) else str(error)


def explain_fault(fault: LogFault) -> str:
    """What is wrong with a log, as a clause."""
    fields = {name: _explain(value) for name, value in fault.fields.items()}
    return FAULTS[fault.kind].fill(**fields)


def explain_verdict(verdict: Verdict) -> str:
    """What the verification of a log found wrong, and where; empty where the log is whole."""
    if verdict.fault is None:
        return ""
    fault = explain_fault(verdict.fault)
    if verdict.first_bad is None:
        return VerdictSentence.FILE.fill(fault=fault)
    return VerdictSentence.EVENT.fill(position=verdict.first_bad, fault=fault)


def _explain(value: object) -> object:
    match value:
        case LogDamaged():
            return value.reason  # what to do is said once, behind it
        case LogError():
            return explain_log_error(value)
        case LogFault():
            return explain_fault(value)
        case _:
            return value
