"""The lines of the demonstration, in English."""

from kiosk.words.sentence import Sentence


class DemoText(Sentence):
    """The lines of the demonstration."""

    ARRIVES_MORNING = "{number} arrives for the morning"
    TAPS_AGAIN_SURE = "{number} taps again, to be sure"
    COMES_THEY_FORGOT_SIGN_OUT = "{number} comes; they forgot to sign out last time"
    SOMEBODY_CARD_NOBODY_KNOWS = "somebody with a card that nobody knows"
    LOOKS_NO_DUTY_TODAY = "{number} looks in, with no duty today"
    WHO_SERVES_WHEN_TIME = "{number}, who serves when there is time"
    CARD_REPORTED_LOST = "a card that was reported lost"
    GOES_SIGNS_OUT_TIME = "{number} goes, and signs out this time"
    DEMO_CTRL_C = "示範 DEMO · Ctrl+C"
    STORY_NOT_FIT_RULES_LINE = "the story does not fit the rules at line {line}: {sentence}"
    TEXT = "當日在場，忘了刷退"
    TEXT_2 = "面談後續留"
    VISITS_THEM_CORRECTED_COORDINATOR_EACH = (
        "Visits: {visits}, {corrected} of them corrected by the coordinator, each with author and reason."
    )
    ABSENCES_UNEXCUSED_LEAVE = "Absences: {unexcused} unexcused, {leave} with leave."
    CASES_REVIEW = "Cases for review: {raised} raised, {decided} decided."
    REPLAY_ROWS_REBUILT_EVENTS = "Replay: {same}, {rows:,} rows rebuilt from {events:,} events."
    VERIFY_EVENTS_HEAD = "Verify: {whole}, {events:,} events, head {chain}."
    KEPT_HEAD = "Kept head: {head}, of the night of {date}."
    OPEN_CAME_NEVER_TAPPED_OUT = "Open: {volunteer} came on {replace} and never tapped out."
