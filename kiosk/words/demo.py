"""What the demonstration prints, in English."""

from kiosk.words.sentence import Sentence


class DemoText(Sentence):
    """The lines of a played day, and the figures of a simulated season."""

    ARRIVES_MORNING = "{number} arrives for the morning"
    TAPS_AGAIN = "{number} taps again, to be sure"
    FORGETFUL_ARRIVES = "{number} comes; they forgot to sign out last time"
    UNKNOWN_CARD = "somebody with a card that nobody knows"
    VISITOR_ARRIVES = "{number} looks in, with no duty today"
    FLEXIBLE_ARRIVES = "{number}, who serves when there is time"
    LOST_CARD = "a card that was reported lost"
    FORGETFUL_LEAVES = "{number} goes, and signs out this time"
    GOES_HOME = "{number} goes home"
    LEAVES = "{number} goes"
    IS_LATE = "{number} is late"
    BANNER = "示範 DEMO · Ctrl+C"
    LINE_REFUSED = "the story does not fit the rules at line {line}: {sentence}"
    VISITS = "Visits: {visits}, {corrected} of them corrected by the coordinator, each with author and reason."
    ABSENCES = "Absences: {unexcused} unexcused, {leave} with leave."
    CASES = "Cases for review: {raised} raised, {decided} decided."
    REPLAY = "Replay: {same}, {rows:,} rows rebuilt from {events:,} events."
    VERIFY = "Verify: {whole}, {events:,} events, head {head}."
    KEPT_HEAD = "Kept head: {head}, of the night of {date}."
    OPEN_VISIT = "Open: {volunteer} came on {check_in} and never tapped out."
