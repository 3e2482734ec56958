"""What comparisons of statements, and the nightly job, print in English."""

from kiosk.words.sentence import Sentence


class StatementText(Sentence):
    """What comparisons of statements."""

    FOLLOWS_NO_EVENT = "follows from no event"
    EVENTS = "{name} is {live}, from the events {rebuilt}"
    SAVE_ONE_KIOSK_HOURS_INSTANT = (
        "save one with `kiosk hours --as-of INSTANT --format json`; visits, duties, absences and exits go as well"
    )
    EMPTY_STATEMENT = "{path} is an empty statement: say of which read model with --view {read_model_names}"
    NO_STATEMENT = "{path} is no statement of {value}: {hint}"
    NO_ROW = "{where} is no row of {name}: {hint}"
    NO_VOLUNTEER = "there is no volunteer {number}: check the number"
    TOO_LARGE_STATEMENT = "{path} is too large for a statement: name the file that a read command was saved to"
    CANNOT_READ = "{path} cannot be read ({strerror}): name the file of a saved statement"
    NO_STATEMENT_OURS = "{path} is no statement of ours: {hint}"
    NOT_JSON = "{path} is not JSON: {hint}"
    DATE = "{where} has the date {text!r}, which is none: {hint}"
    NOTHING_SETTLED = (
        "nothing was settled: {days} days wait, by a clock that follows no reference: set the clock, or name "
        "the day up to which to settle with --date"
    )
    DAY_SETTLED_REPORT_CANNOT_WRITTEN = "the day is settled, its report cannot be written to {folder} ({why}): check it"
