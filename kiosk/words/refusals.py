"""The sentences of refusals and tap outcomes, in English: what is wrong, about which volunteer, what to do.

Rule: volunteers appear by their number, times are local, no name appears.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import ValidationError

from domain.errors import DomainError, UnknownParameter, UnusableParameter
from kiosk.words.award_events import REFUSALS_EN
from kiosk.words.language import find_language
from kiosk.words.sentence import CountedText, Sentence, load_chinese
from kiosk.words.source_events import SOURCE_REFUSALS_EN

if TYPE_CHECKING:
    from domain.use_cases.check_in import TapAnswer

SENTENCES: Mapping[str, str] = {
    "UnitAlreadyOpen": "the unit {name} is open already: it is opened once",
    "UnitNotOpen": "the unit is not open: begin with open_unit",
    "UnknownParameter": "no policy parameter is called {name}: check the spelling ({nearest})",
    "UnusableParameter": "the policy parameter {name} cannot have this value: {reason}",
    "AlreadyEnrolled": "volunteer {volunteer_id} is enrolled already: to begin a new agreement use renew_agreement",
    "NotEnrolled": "volunteer {volunteer_id} is not enrolled: use enrol_volunteer first",
    "UnknownNumber": "there is no volunteer {number}: check the number, or use enrol_volunteer first",
    "UnknownNumberLike": "there is no volunteer {number}: it looks like {known}, which is registered; "
    "was that one meant?",
    "SimilarNumber": "the number {number} looks like {known}, which is registered: choose a number that cannot be "
    "taken for another",
    "SimilarName": "the name {name} looks like {known}, which is another account: write it as that one, or choose "
    "another name",
    "NamesVolunteer": "{word} has the name of a volunteer in it, and could never be erased from the log: choose "
    "another word, and say who serves by number",
    "AgreementNotLater": "the agreement of volunteer {volunteer_id} in force began on {current_from}: "
    "a new one begins after that day",
    "NoAgreementInForce": "volunteer {volunteer_id} has no agreement in force on {on}: check the date",
    "AgreementInForce": "the agreement of volunteer {volunteer_id} is in force on {on}, or begins later: end it first "
    "(end_agreement); the day after its last day they can be erased",
    "PersonErased": "volunteer {volunteer_id} is erased already: one who serves again is enrolled anew",
    "AlreadySuspended": "volunteer {volunteer_id} is suspended on {on} already: resume first, or check the date",
    "NotSuspended": "volunteer {volunteer_id} is not suspended on {on}: there is nothing to resume",
    "ServiceSuspended": "volunteer {volunteer_id} is suspended on {on}: resume their service first, or check the date",
    "CardHeld": "volunteer {holder} holds this card: revoke it first, or issue another",
    "NoSuchCard": "this card was never issued, or is revoked already: check its number",
    "CardNotUsable": "the card {card} cannot be issued: {reason}",
    "BookRegisteredAlready": "volunteer {volunteer_id} has a record book on file: there is one for life; a damaged or "
    "lost one is replaced with reissue_record_book, a wrong entry is taken back with retract",
    "BookAppliedAlready": "a record book of volunteer {volunteer_id} was applied for already: register it once it is "
    "there (register_record_book)",
    "NoBook": "volunteer {volunteer_id} has no record book on file: register it first (register_record_book)",
    "BookOfAnother": "this number is that of the record book of volunteer {holder}: check the number; if the other "
    "entry is wrong, take it back first (retract)",
    "TrainingIncomplete": "volunteer {volunteer_id} gets no badge on {on} yet: training is missing ({missing}); "
    "enter it first (complete_training)",
    "BadgeHeld": "volunteer {volunteer_id} holds a badge that is valid on {on}: take it back first (take_back_badge)",
    "BadgeExpiresEarly": "a badge of {on} cannot expire on {expires_on}: check the dates",
    "NoBadge": "volunteer {volunteer_id} has no badge on {on} that could be taken back: check the date",
    "CoverEndsEarly": "insurance from {since} cannot end on {until}: check the dates",
    "CoveredAlready": "volunteer {volunteer_id} is insured from {since} for the same period already: leave them out, "
    "or check the dates",
    "NotCovered": "volunteer {volunteer_id} is not insured on {on}: there is nothing to end; check the date",
    "AlreadyScheduled": "{name} is on the roster already: choose another id, or change the one there is",
    "NotScheduled": "there is no shift {name}: check the id, or use schedule_shift first",
    "EndsBeforeStart": "it would begin at {start} and end at {end}: the end must be later than the beginning",
    "ShiftTooLong": "shift {name} would last from {start} to {end}, longer than 24 hours: correct the times, or "
    "confirm its length with `long`: true",
    "EventTooLong": "event {name} would last from {start} to {end}, longer than 31 days: correct the times, or "
    "confirm its length with `long`: true",
    "SessionScheduledAlready": "there is a session {name} already: choose another id",
    "NoSuchSession": "there is no session {name}: check the id, or use schedule_session first",
    "SessionCancelled": "session {name} was called off: schedule another",
    "SessionTooLong": "session {name} would last from {start} to {end}, longer than 24 hours: correct the times",
    "DeskSessionTooLong": "the desk would be at {post} from {start} to {end}, longer than 24 hours: correct the times",
    "DeskSessionOverlaps": "the desk is at {post} from {start} to {end} already: correct the times, or cancel that "
    "session first",
    "NoSuchDeskSession": "no session of the desk at {post} begins at {start}: the plan of the week shows when it is "
    "there",
    "NoDeskSession": "shift {name} from {start} to {end} has no desk session at {post}: correct the times, or say "
    "first that the desk is there then (schedule_desk_session)",
    "NoTrainingSession": "session {name} is a meeting: no training is recorded for it",
    "NotInvited": "volunteer {volunteer_id} is not invited to session {name}: check who is meant",
    "NotAttended": "volunteer {volunteer_id} was not at session {name}: add them first where they came without a card",
    "AttendanceAddedAlready": "volunteer {volunteer_id} was added to session {name} already: nothing needs to be done",
    "ShiftCancelled": "shift {name} is cancelled: schedule another",
    "ShiftStarted": "shift {name} started at {start}: from then on only a correction with a reason changes it",
    "AlreadyResponsible": "volunteer {volunteer_id} is responsible for shift {name} already: check who takes it",
    "NotResponsible": "volunteer {volunteer_id} is not responsible for shift {name}: check the roster",
    "AlreadyOnLeave": "volunteer {volunteer_id} has leave from shift {name} already: nothing needs to be done",
    "NotOnLeave": "volunteer {volunteer_id} has no leave from shift {name}: there is nothing to withdraw",
    "NoSuchVisit": "no visit of volunteer {volunteer_id} begins at {check_in}: look it up with `kiosk visits`",
    "VisitClosedAlready": "the visit of volunteer {volunteer_id} from {check_in} ended at {check_out}: "
    "void it and add another",
    "VisitVoidAlready": "the visit of volunteer {volunteer_id} from {check_in} is void: add another if one is missing",
    "VisitTooLong": "a visit of volunteer {volunteer_id} from {check_in} to {check_out} would last more than 24 hours: "
    "check the dates",
    "VisitsOverlap": "a visit of volunteer {volunteer_id} from {check_in} would overlap the one from "
    "{other_check_in}: correct the times, or void that one first",
    "NoSuchCorrection": "event {position} is nothing that can be taken back: `kiosk explain` names the corrections of "
    "a day",
    "AlreadyRetracted": "event {position} counts no more: it was taken back before, or a later one replaced it",
    "AssignedInTime": "volunteer {volunteer_id} was on shift {name} before it started: only what was assigned "
    "afterwards is taken back; excuse the absence, or hand the shift over with a retroactive swap",
    "LaterCase": "a later case of {rule} about volunteer {volunteer_id}, raised on {raised_on}, has taken its evidence "
    "up: decide on that one, or take the decision on it back",
    "NotPending": "no {kind} with exactly these events needs a person: it is settled, or other events have come since; "
    "look at `kiosk pending` again",
    "AlreadyAcknowledged": "this {kind} was acknowledged already (event {position}): nothing needs to be done",
    "NeedsOwnCommand": "a {kind} cannot be acknowledged: settle it with {command}",
    "NoOpenCase": "no case of {rule} about volunteer {volunteer_id} waits for a decision: look at `kiosk exits`",
    "CountedTooEarly": "{name} begins at {begins}: who was served is counted after that",
    "NoSuchPlan": "there is no plan {plan}: check the id, or use file_plan first",
    "PlanTerminated": "the plan {plan} was ended on {on} already: file it again if it holds after all",
    "PlanEndsBeforeStart": "it would begin on {first} and end on {last}: the end must not be before the beginning",
    "ReportedTooEarly": "the period lasts until {until}, and {on} is not after that: check the dates",
    "NoSuchElection": "no election of a {role} begins a term on {since}: check the date",
    "EndsBeforeTerm": "the term begins on {since}, and {on} is before that: check the dates",
    "NoBookToCheck": "nobody who serves on {day} has a record book with a number on file: there is none to check",
    "NoSuchSpotCheck": "there is no spot check {number}: draw one first (draw_spot_check)",
    "MoreThanSampled": CountedText(
        "{matching} {matching:book|books} cannot agree, spot check {number} has a sample of {size}: count again"
    ),
    "DayNotOver": "the service day {day} ends at {ends}: reconcile it after that",
    "DutyRunsOn": "service day {day} is not reconciled: duty {shift} goes on until {until}; "
    "reconcile it after {waits_until}",
    "MonthNotOver": "the last service day of {month} ends at {ends}: close the month after that",
    "MonthOutOfOrder": "{month} is out of order: next is {after}, or {before} before all that are closed",
    "MonthAlreadyClosed": "{month} is closed (statement {number}): to state it again, give a `reason`",
    "NoPlanFiled": CountedText(
        "{month} has hours of {days} {days:day|days} on which no filed plan stands, the first of them {day}: "
        "a private unit files one first (file_plan)"
    ),
    "MonthUnchanged": "{month} is as it was stated (statement {number}): there is nothing to state again",
    "MonthNotClosed": "{month} is not closed: use close_month first",
    "MonthDiffers": CountedText(
        "{month} is not as it was stated (statement {number}): the {volunteers:line|lines} of {volunteers} "
        "{volunteers:volunteer differs|volunteers differ}; state it again with close_month and a `reason` first"
    ),
    "NothingToEnter": "nothing of {month} (statement {number}) is left to be entered: it stands in the record books "
    "already, or nobody has hours",
    "MayNotCloseMonths": "an account with the role {role} may not close months or enter hours: "
    "a registrar or a coordinator does",
    "InTheFuture": "{at} is later than {now}, when it would be written down: correct the time, or the clock",
    "NothingToPutRight": "no tap at {kiosk} in the boot session {boot} waits for its time to be put right: "
    "the night's report names those that do, and `kiosk status` those that are later than now",
    "ClockBeforeRelease": "the clock shows {at}, and this program was made after {earliest}: set the clock first",
    "NoPin": "no PIN is set for this coordinator: set one with `kiosk coordinator`",
    "NoAccount": "there is no such account: `kiosk account list` lists those there are",
    "AccountExists": "there is such an account already: `kiosk account password` sets its password, and one that is "
    "removed can be added again with another role",
    "NoApiToken": "this system has no token: `kiosk token list` lists those that have one",
    "PasswordTooSoon": "too many wrong passwords: the next try is possible from {until}",
    "TooSoon": "too many wrong PINs: the next try is possible from {until}",
    **REFUSALS_EN,
    **SOURCE_REFUSALS_EN,
}
"""By the class of the refusal; its fields stand in braces."""
TRAININGS: Mapping[str, str] = {"basic": "basic training", "special": "special training"}
"""Those that a refusal names."""


def format_refusal(
    refusal: DomainError,
    number_of: Callable[[UUID], str | None],
    zone: ZoneInfo,
    sentences: Mapping[str, str] | None = None,
) -> str:
    """The sentence for a refusal. `number_of` gives the unit's number of a volunteer.

    `sentences` are those of the reader's language unless given.
    """

    def format_field(value: object) -> str:
        match value:
            case UUID():
                return number_of(value) or TapText.WITHOUT_NUMBER.fill()
            case datetime():
                return f"{value.astimezone(zone):%Y-%m-%d %H:%M:%S}".removesuffix(":00")
            case date():
                return value.isoformat()
            case list():
                return TapText.BETWEEN.fill().join(map(_format_training, cast("list[str]", value)))
            case None:
                return TapText.NO_VALUE.fill()
            case _:
                return str(value)

    words = {field: format_field(value) for field, value in vars(refusal).items()} | _explain_parameter(refusal)
    return (sentences or _find_sentences())[type(refusal).__name__].format(**words)


def _explain_parameter(refusal: DomainError) -> dict[str, str]:
    """What is said of a parameter of the policy beside its name."""
    match refusal:
        case UnknownParameter(nearest=None):
            return {"nearest": TapText.NONE_IS_NEAR.fill()}
        case UnknownParameter(nearest=nearest):
            return {"nearest": TapText.NEAREST.fill(nearest=nearest)}
        case UnusableParameter():
            return {"reason": _explain_value(refusal)}
        case _:
            return {}


def _explain_value(refusal: UnusableParameter) -> str:
    """What is wrong with a value, as it is said of any field."""
    from devices.validation import find_field_error  # noqa: PLC0415 - a tap is refused without it
    from domain.policy import Policy  # noqa: PLC0415 - same
    from kiosk.words.validation import FieldFormat, FieldSentence, explain_field_fault  # noqa: PLC0415 - same

    given = ValidationError(f"{refusal.reason} - at `$.{refusal.name}`")
    try:
        return explain_field_fault(find_field_error(given, Policy).fault)
    except KeyError:  # of all forms, this one only the domain knows
        return FieldSentence.WRONG_FORM.fill(name=refusal.name, form=FieldFormat.REPORT_WINDOWS.fill())


def _format_training(training: str) -> str:
    """A kind of training, a special one with its category behind it."""
    kind, *category = training.split(" ", 1)
    words = TRAININGS if find_language() == "en" else load_chinese(__name__).TRAININGS
    return " ".join([words.get(kind, kind), *category])


def _find_sentences() -> Mapping[str, str]:
    return SENTENCES if find_language() == "en" else load_chinese(__name__).SENTENCES


class TapText(Sentence):
    """The outcomes of a tap and the reasons of a refused one, and how fields are written that say nothing."""

    CHECKED_IN = "checked in"
    CHECKED_OUT = "checked out"
    DUPLICATE = "on record already: a second tap so soon changes nothing"
    UNMATCHED = "a departure without an arrival: recorded for the coordinator"
    NOTED = "on record; something before it cannot be read, so whether it is in or out is for the coordinator"
    UNKNOWN_CARD = "the card is not issued to anybody"
    REVOKED_CARD = "the card was revoked"
    SUSPENDED = "the volunteer is suspended"
    AGREEMENT_ENDED = "the volunteer's agreement has ended"
    BEFORE_AGREEMENT = "the volunteer's agreement has not begun"
    UNREADABLE = "the card could not be read"
    UNREADABLE_RECORD = "what is on record of the card cannot be read: see `kiosk replay`"
    REFUSED = "refused, and recorded: {reason}"
    WITHOUT_NUMBER = "without a number"
    NO_VALUE = "none"
    NEAREST = "the nearest: {nearest}"
    NONE_IS_NEAR = "none has a name like it"
    BETWEEN = ", "


def format_answer(answer: "TapAnswer") -> str:
    """The outcome of a tap; for a refused one the reason."""
    if answer.reason is not None:
        return TapText.REFUSED.fill(reason=TapText[answer.reason.upper()].fill())
    return TapText[answer.outcome.upper()].fill()
