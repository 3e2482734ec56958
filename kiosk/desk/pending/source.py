"""The pending work of a home as the pages ask for it: listed, explained, previewed, settled by batch commands.

Rule: names leave here masked. A row is settled while it is as it was shown: it is found again while the log is held.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from typing_extensions import override

from domain.ids import compose
from domain.spans import Second
from kiosk.desk.home_access import HomeCommands, HomeReader
from kiosk.desk.pending.acts import Act, ActLog
from kiosk.desk.pending.fields import read_fields
from kiosk.desk.pending.offers import Background, list_offers
from kiosk.desk.pending.view_model import (
    Board,
    Done,
    Entry,
    ItemKey,
    Matter,
    Offer,
    PendingItem,
    PendingWork,
    Settlement,
    SettleOutcome,
)
from kiosk.effects import Effect
from kiosk.people.file import SYSTEM_ACTOR
from kiosk.roster.corrections.corrections import TimeSpan
from kiosk.roster.pending_list import PendingList
from kiosk.status.run import run_checks
from kiosk.text.sanitise import sanitise
from kiosk.what_if import foresee_correction
from projections.engine.views import Views
from projections.read_models.explanation import Explanation, explain
from projections.read_models.pending_work import PendingRow, count_pending
from projections.read_models.plan import PlannedDuty, find_planned_duty, list_planned_duties
from projections.read_models.settlements import is_correction_late
from projections.read_models.unsynchronised_taps import list_waiting_clocks

DAYS_DONE = 7
"""How long a settlement stands among the latest ones."""
MOST_DONE = 100
MOST_SHIFTS = 5
"""That are proposed for a visit without one."""


class HomePending(PendingWork):
    """Over one home."""

    def __init__(self, reader: HomeReader, commands: HomeCommands, pending: PendingList) -> None:
        """`pending` is shared with the live roster."""
        self._reader, self._commands, self._pending, self._home = reader, commands, pending, reader.home
        self._acts: ActLog | None = None

    # --- Reading ---

    def _load_rows(self) -> Sequence[PendingRow]:
        policies = self._reader.read_unit().policies
        return self._reader.read(lambda _: self._pending.load(policies))

    @override
    def load_board(self, kind: str, skip: int, most: int) -> Board:
        rows = self._load_rows()
        counts = count_pending(rows)
        wanted = sorted(
            (row for row in rows if kind not in counts or row.kind == kind), key=_order_newest, reverse=True
        )
        return Board([self._build_item(row) for row in wanted[skip : skip + most]], counts, len(wanted))

    def _find_row(self, key: ItemKey) -> PendingRow | None:
        events, volunteer = key.positions, self._find_volunteer(key.volunteer)
        if volunteer is None and key.volunteer:
            return None
        rows = (row for row in self._load_rows() if row.events == events)
        return next((row for row in rows if (row.kind, row.volunteer) == (key.kind, volunteer)), None)

    def _find_volunteer(self, number: str) -> UUID | None:
        found = self._home.people.find_id(compose(number)) if number else None
        try:
            return found or (UUID(number) if number else None)
        except ValueError:
            return None

    def _build_item(self, row: PendingRow) -> PendingItem:
        person = self._reader.find_person(row.volunteer) if row.volunteer else None
        number = (person.number if person else "") or str(row.volunteer or "")
        events = ",".join(map(str, row.events))
        return PendingItem(
            row.kind,
            ItemKey(row.kind, number, row.day.isoformat() if row.day else "", events),
            person,
            row.volunteer,
            row.day,
            None if row.since is None else self._to_local(row.since),
            sanitise(row.kiosk or ""),
            row.taps or 0,
            row.reason or "",
            row.rule or "",
        )

    @override
    def load_matter(self, key: ItemKey) -> Matter | None:
        row = self._find_row(key)
        if row is None:
            return None
        item = self._build_item(row)
        found = self._reader.read(lambda views: self._load_background(views, row, item.key.volunteer))
        minutes = (one.minutes_in_all for one in found.visits if one.visit.check_in == row.check_in)
        item = item._replace(minutes=next(minutes, 0))
        offers = list_offers(found)
        effects = {one.id: self.preview(one.build({})) for one in offers if not one.fields}
        unit = self._reader.read_unit()
        today = unit.days.ordinal(found.now)
        is_late = row.day is not None and is_correction_late(row.day.toordinal(), today, unit.policies)
        return Matter(item, offers, effects, is_late)

    def _load_background(self, views: Views, row: PendingRow, number: str) -> Background:
        key = views.find_key(row.volunteer) if row.volunteer else None
        explanation = None if key is None or row.day is None else explain(views, key, row.day)
        clocks = list_waiting_clocks(views) if row.kind == "clock" else ()
        clock = next((one for one in clocks if one.positions[: len(row.events)] == row.events), None)
        shifts = _list_other_shifts(views, row, explanation) if row.kind == "unscheduled" and explanation else []
        return Background(row, number, self._home.zone, views.evaluated_at, explanation, shifts, clock)

    @override
    def read_entry(self, matter: Matter, offer: Offer, form: Callable[[str], str]) -> Entry:
        days, since = self._reader.read_unit().days, matter.item.since
        if since and offer.name == "close":
            span = TimeSpan.after_instant(days, int(since.timestamp()))
        else:
            day = matter.item.day.toordinal() if matter.item.day else days.ordinal(self._home.now_second())
            span = TimeSpan(days, day)
        return read_fields(offer, form, span, self._find_number)

    def _find_number(self, text: str) -> str | None:
        """The number of a volunteer as it was typed, also in wide or small letters."""
        people = self._home.people
        found = people.find_typed_id(text)
        return people.find_number(found) if found else people.find_similar_number(text)

    @override
    def preview(self, settlement: Settlement) -> Effect | None:
        correction, unit = settlement.correction, self._reader.read_unit()
        number = settlement.command.get("volunteer")
        volunteer = settlement.volunteer or (self._find_volunteer(number) if isinstance(number, str) else None)
        if correction is None or volunteer is None:
            return None
        day = date.fromordinal(unit.days.ordinal(settlement.at))

        if self._reader.read(lambda views: views.find_key(volunteer)) is None:
            return None
        return foresee_correction(self._home, volunteer, day, correction, self._reader.read)

    def list_troubles(self) -> list[str]:
        """The checks of the home that are not all right."""
        return [check.name for check in run_checks(self._home.path) if not check.ok]

    # --- Settling ---

    @override
    def settle(
        self, key: ItemKey, offer_id: str, settlement: Settlement, reason: str, by: str, form_id: str
    ) -> SettleOutcome | None:
        command = {**settlement.command, "reason": reason} if reason else settlement.command
        with self._reader.lock, self._home.log.writing():
            if self._find_row(key) is None:
                return None
            before = self._home.log.head().position
            (result,) = self._commands.run([command], by, f"{form_id} {offer_id}" if form_id else "")
        if result.status:
            return SettleOutcome(result.sentence or "")
        return SettleOutcome(done=next((act.position for act in self._load_acts() if act.position > before), None))

    @override
    def undo(self, position: int, reason: str, by: str, form_id: str) -> str:
        command = {"do": "retract", "event": position, "reason": reason}
        (result,) = self._commands.run([command], by, form_id)
        return (result.sentence or "") if result.status else ""

    # --- What was done ---

    def _load_acts(self) -> list[Act]:
        def load(views: Views) -> list[Act]:
            if self._acts is None:
                self._acts = ActLog(self._home.log)
            return self._acts.load(partial(find_planned_duty, views))

        return self._reader.read(load)

    @override
    def find_settled(self, key: ItemKey) -> Done | None:
        events, volunteer = key.positions, self._find_volunteer(key.volunteer)
        last = max(events, default=0)
        for act in reversed(self._load_acts()):
            is_about_it = bool({*act.events} & {*events}) if act.what == "acknowledged" else self._is_of(act, key)
            if act.position > last and act.volunteer == volunteer and is_about_it:
                return self._build_done(act)
        return None

    def _is_of(self, act: Act, key: ItemKey) -> bool:
        day = self._find_day(act)
        return (act.what == "clock") == (key.kind == "clock") and (day is None or day.isoformat() == key.day)

    @override
    def find_done(self, position: int) -> Done | None:
        return next((self._build_done(act) for act in self._load_acts() if act.position == position), None)

    @override
    def list_done(self) -> list[Done]:
        since, system = self._commands.now() - timedelta(days=DAYS_DONE), self._home.people.find_actor(SYSTEM_ACTOR)
        acts = [act for act in reversed(self._load_acts()) if act.recorded >= since and act.by != system]
        return [self._build_done(act) for act in acts[:MOST_DONE]]

    def _find_day(self, act: Act) -> date | None:
        if act.check_in:
            return self._reader.read_unit().days.of(act.check_in)
        shift = act.shift
        duty = self._reader.read(lambda views: find_planned_duty(views, shift)) if shift else None
        return date.fromordinal(duty.day) if duty else None

    def _build_done(self, act: Act) -> Done:
        people = self._home.people
        reason = people.find_reason(act.note, act.note_digest) if act.note else None
        by = people.find_actor_name(act.by)
        return Done(
            act.position,
            act.what,
            act.recorded.astimezone(self._home.zone),
            sanitise(by or "-"),
            self._reader.find_person(act.volunteer) if act.volunteer else None,
            self._find_day(act),
            sanitise(reason or ""),
            act.can_undo,
        )

    def _to_local(self, at: Second) -> datetime:
        return datetime.fromtimestamp(at, self._home.zone)


def _order_newest(row: PendingRow) -> tuple[bool, int]:
    """Without an instant it stands first."""
    return row.since is None, row.since or 0


def _list_other_shifts(views: Views, row: PendingRow, explanation: Explanation) -> list[PlannedDuty]:
    """Shifts during a visit that the volunteer has nothing to do with yet."""
    visit = next((one.visit for one in explanation.visits if one.visit.check_in == row.check_in), None)
    if visit is None or visit.check_out is None:
        return []
    near = list_planned_duties(views, visit.day - 1, visit.day + 1)
    during = (duty for duty in near if duty.start < (visit.check_out or 0) and visit.check_in < duty.end)
    free = [
        duty for duty in during if not duty.is_cancelled and all(one.volunteer != row.volunteer for one in duty.people)
    ]
    return free[:MOST_SHIFTS]
