"""Which settlements fit a row of the pending work, with the line of a batch that each comes to.

Rule: what may be done and what follows from it is for the rules to say; here stands only what fits which kind.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple
from zoneinfo import ZoneInfo

from domain.ids import DESK
from domain.spans import Second
from kiosk.desk.pending.view_model import Command, Offer, OfferField, Settlement, Values
from kiosk.roster.corrections.corrections import suggest_end
from kiosk.text.sanitise import sanitise
from projections.evaluation.outcomes import DutyResult
from projections.read_models.explanation import ExplainedVisit, Explanation
from projections.read_models.pending_work import PendingRow
from projections.read_models.plan import PlannedDuty
from projections.read_models.settlements import (
    Adding,
    AnnotatingMisuse,
    Arriving,
    Closing,
    Excusing,
    Retracting,
    RetractingExcuse,
    Scheduling,
    Voiding,
)
from projections.read_models.unsynchronised_taps import WaitingClock

MISUSE_KINDS = ("lent", "impersonated", "improper")
MINUTE = 60


class Background(NamedTuple):
    """What is known around a row."""

    row: PendingRow
    number: str
    """Of the volunteer."""
    zone: ZoneInfo
    now: Second
    explanation: Explanation | None = None
    """Of the day of the row."""
    shifts: Sequence[PlannedDuty] = ()
    """Shifts at the time of a visit without one."""
    clock: WaitingClock | None = None

    def format_instant(self, at: Second) -> str:
        """As a batch line has it."""
        return datetime.fromtimestamp(at, self.zone).isoformat()

    def format_field(self, at: Second | None) -> str:
        """As a field shows it: a time of the day, with its date where that is another one."""
        if at is None:
            return ""
        local = datetime.fromtimestamp(at, self.zone)
        return f"{local:%H:%M}" if local.date() == self.row.day else f"{local:%Y-%m-%d %H:%M}"

    @property
    def since(self) -> Second:
        """The instant of the row."""
        return self.row.since or 0

    @property
    def visits(self) -> list[ExplainedVisit]:
        """Of the day, those that stand."""
        return [one for one in self.explanation.visits if not one.visit.void] if self.explanation else []

    @property
    def duties(self) -> list[DutyResult]:
        """Of the day."""
        return self.explanation.duties if self.explanation else []

    def settle_visit(self, do: str, correction: Closing | Voiding | AnnotatingMisuse, **fields: object) -> Settlement:
        """A settlement of a visit that there is."""
        check_in = self.format_instant(correction.check_in)
        command = {"do": do, "volunteer": self.number, "check_in": check_in, **fields}
        return Settlement(command, correction, self.row.volunteer, correction.check_in)


def list_offers(found: Background) -> list[Offer]:
    """All that fit, the most likely first; the last is that it is right as it is."""
    return [*OFFERS.get(found.row.kind, _offer_nothing)(found), *_offer_acknowledgement(found)]


def _offer_nothing(_: Background) -> Iterator[Offer]:
    yield from ()


def _offer_acknowledgement(found: Background) -> Iterator[Offer]:
    row = found.row
    if row.kind not in ("case", "clock"):
        command = {"do": "acknowledge", "kind": row.kind, "events": row.events, "volunteer": found.number or None}
        yield Offer("acknowledge", lambda _: Settlement(command))


# --- Visits ---


def _offer_check_out(found: Background) -> Iterator[Offer]:
    check_in = found.row.check_in or 0

    def close(values: Values) -> Settlement:
        end = _get_instant(values, "check_out")
        return found.settle_visit("close_visit", Closing(check_in, end), check_out=found.format_instant(end))

    visit = next((one for one in found.visits if one.visit.check_in == check_in), None)
    end = visit and suggest_end(visit, found.now)
    if end:
        yield Offer("close_at_end", lambda _: close({"check_out": end}), facts={"time": found.format_field(end)})
    yield Offer("close", close, (OfferField("check_out", "time"),))
    yield _offer_void(found, check_in)
    yield _offer_misuse(found, check_in)


def _offer_void(found: Background, check_in: Second) -> Offer:
    facts = {"time": found.format_field(check_in)}
    return Offer("void", lambda _: found.settle_visit("void_visit", Voiding(check_in)), (), facts, str(check_in))


def _offer_void_of_tap(found: Background) -> Iterator[Offer]:
    yield _offer_void(found, found.row.check_in or 0)


def _offer_misuse(found: Background, check_in: Second) -> Offer:
    def annotate(values: Values) -> Settlement:
        return found.settle_visit("annotate_misuse", AnnotatingMisuse(check_in), kind=values["misuse"])

    return Offer("misuse", annotate, (OfferField("misuse", "choice", MISUSE_KINDS[0], choices=MISUSE_KINDS),))


def _add_visit(found: Background, values: Values) -> Settlement:
    check_in, end, row = _get_instant(values, "check_in"), values.get("check_out"), found.row
    check_out = end if isinstance(end, int) else None
    number = values.get("whose") or found.number
    times = {"check_in": found.format_instant(check_in), "check_out": check_out and found.format_instant(check_out)}
    correction = Arriving(check_in) if check_out is None else Adding(check_in, check_out)
    return Settlement({"do": "add_visit", "volunteer": number, **times}, correction, row.volunteer, check_in)


def _offer_visit_of_tap(found: Background) -> Iterator[Offer]:
    """The tap is the departure, to the second."""
    starts = [duty.assignment.start for duty in found.duties if duty.assignment.start < found.since]
    begins = OfferField("check_in", "time", found.format_field(max(starts, default=None)))

    def add(values: Values) -> Settlement:
        return _add_visit(found, {**values, "check_out": found.since})

    yield Offer("add_arrival", add, (begins,), {"time": found.format_field(found.since)})


def _offer_visit_from_tap(found: Background) -> Iterator[Offer]:
    """The tap is the arrival; without a departure the volunteer is in still."""
    ends = [duty.assignment.end for duty in found.duties if found.since < duty.assignment.end <= found.now]
    whose = () if found.number else (OfferField("whose", "volunteer"),)
    begins = OfferField("check_in", "time", found.format_field(found.since))
    end = OfferField("check_out", "time", found.format_field(min(ends, default=None)), is_required=False)
    yield Offer("add_visit", partial(_add_visit, found), (*whose, begins, end))


def _offer_duty(found: Background) -> Iterator[Offer]:
    """Presence that belongs to a duty nobody entered."""
    visit = next((one.visit for one in found.visits if one.visit.check_in == found.row.check_in), None)
    for duty in found.shifts:
        times = f"{found.format_field(duty.start)}–{found.format_field(duty.end)}"
        facts = {"shift": duty.shift, "times": f"{times} {sanitise(duty.post or '')}".strip()}
        yield Offer("assign", partial(_assign, found, duty), (), facts, duty.shift, takes_reason=False)
    if visit and visit.check_out:
        start, end = visit.check_in // MINUTE * MINUTE, -(-visit.check_out // MINUTE) * MINUTE
        fields = (
            OfferField("start", "time", found.format_field(start)),
            OfferField("end", "time", found.format_field(end)),
        )
        yield Offer("schedule", partial(_schedule, found), fields, takes_reason=False)
    yield _offer_misuse(found, found.row.check_in or 0)


def _assign(found: Background, duty: PlannedDuty, _: Values) -> Settlement:
    command = {"do": "assign", "shift": duty.shift, "volunteer": found.number}
    scheduling = Scheduling(duty.shift, duty.start, duty.end, duty.category)
    return Settlement(command, scheduling, found.row.volunteer, duty.start)


def _schedule(found: Background, values: Values) -> Settlement:
    start, end = _get_instant(values, "start"), _get_instant(values, "end")
    shift = f"{datetime.fromtimestamp(start, found.zone):%Y%m%d-%H%M}-{found.number}"
    times = {"start": found.format_instant(start), "end": found.format_instant(end)}
    command = {"do": "schedule_shift", "shift": shift, **times, "volunteers": [found.number]}
    return Settlement(command, Scheduling(shift, start, end, None), found.row.volunteer, start)


def _offer_choice_of_two(found: Background) -> Iterator[Offer]:
    """A visit that was closed by hand and one that the taps make: one of them stands."""
    closing, whose = found.row.events[0], found.row.volunteer
    yield Offer(
        "retract", lambda _: Settlement({"do": "retract", "event": closing}, Retracting(closing), whose, found.since)
    )
    asserted = next((one.visit for one in found.visits if one.visit.check_in == found.since), None)
    if asserted is None:
        return
    end = asserted.check_out or asserted.check_in
    for visit in (one.visit for one in found.visits if one.visit.kiosk != DESK):
        if visit.check_in <= end and asserted.check_in <= (visit.check_out or end):
            yield _offer_void(found, visit.check_in)


# --- Duties ---


def _offer_excuse(found: Background) -> Iterator[Offer]:
    shift = found.row.shift or ""
    duty = next((one.assignment for one in found.duties if one.assignment.shift == shift), None)
    command: Command = {"do": "excuse_absence", "volunteer": found.number, "shift": shift}
    yield Offer(
        "excuse", lambda _: Settlement(command, Excusing(shift), found.row.volunteer, duty.start if duty else 0)
    )
    if duty:
        begins = OfferField("check_in", "time", found.format_field(duty.start))
        ends = OfferField("check_out", "time", found.format_field(duty.end))
        yield Offer("add_visit", partial(_add_visit, found), (begins, ends))


def _offer_withdrawal(found: Background) -> Iterator[Offer]:
    shift = found.row.shift or ""
    start = next((one.assignment.start for one in found.duties if one.assignment.shift == shift), 0)
    command: Command = {"do": "withdraw_leave", "volunteer": found.number, "shift": shift}
    settlement = Settlement(command, RetractingExcuse(shift), found.row.volunteer, start)
    yield Offer("withdraw_leave", lambda _: settlement, takes_reason=False)


# --- Clocks ---


def _offer_clock(found: Background) -> Iterator[Offer]:
    clock = found.clock
    if clock is None:
        return

    def correct(values: Values) -> Settlement:
        seconds = _get_instant(values, "true_time") - clock.first
        return Settlement({"do": "correct_clock", "kiosk": clock.kiosk, "boot": clock.boot, "seconds": seconds})

    facts = {"time": f"{datetime.fromtimestamp(clock.first, found.zone):%Y-%m-%d %H:%M:%S}"}
    yield Offer("correct_clock", correct, (OfferField("true_time", "time"),), facts)
    yield Offer("clock_right", lambda _: correct({"true_time": clock.first}), facts=facts)


def _get_instant(values: Values, name: str) -> Second:
    value = values[name]
    assert isinstance(value, int), "a required field was read"  # noqa: S101 - a programming error
    return value


OFFERS: dict[str, Callable[[Background], Iterator[Offer]]] = {
    "no_check_out": _offer_check_out,
    "unmatched": _offer_visit_of_tap,
    "contradicted": _offer_choice_of_two,
    "accepted_in_error": _offer_void_of_tap,
    "refused_in_error": _offer_visit_from_tap,
    "clock": _offer_clock,
    "absent": _offer_excuse,
    "late_leave": _offer_withdrawal,
    "unscheduled": _offer_duty,
    "refused": _offer_visit_from_tap,
    "unknown_card": _offer_visit_from_tap,
}
"""A case has a page of its own, and what cannot be read can only be acknowledged."""
