"""Lines about the unit: opening it, its policy, its calendar, the nightly job."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta
from typing_extensions import override

from devices.faults import ShortText, TextForm
from domain.model.unit import UnitFacts
from domain.policy import PARAMETERS
from kiosk.batch.command import AuthoredCommand, BatchCommand, CommandContext, UnusableLine
from kiosk.batch.fields import Day, FileName, FreeText, Identifier
from kiosk.errors import UserError
from kiosk.office_calendar import YEARS, load_closed_days
from kiosk.views_repair import run_repaired
from kiosk.words.errors import BatchText

Weekday = Annotated[int, Meta(ge=1, le=7)]
TimeOfDay = Annotated[str, Meta(pattern=TextForm.CLOCK_TIME.value)]


class OpeningHours(msgspec.Struct, forbid_unknown_fields=True):
    """Opening hours of some weekdays."""

    days: Annotated[list[Weekday], Meta(min_length=1)]
    opens: TimeOfDay = msgspec.field(name="from")
    closes: TimeOfDay = msgspec.field(name="to")


class OpenUnit(BatchCommand, tag="open_unit"):
    """The unit opens for volunteers."""

    name: ShortText
    kind: Literal["public", "private"]
    category: ShortText | None = None
    opens: list[OpeningHours] | None = None

    @override
    def run(self, context: CommandContext) -> None:
        context.demand_nameless(self.name, self.category)
        facts = UnitFacts(self.name, self.kind, self.category, msgspec.to_builtins(self.opens))
        context.home.desk.open_unit(facts, context.act)


class PolicyCommand(BatchCommand, tag="adopt_policy"):
    """A policy begins on a service day. Its parameters are added below, so that domain/policy.py alone names them."""

    effective_from: Day

    @override
    def run(self, context: CommandContext) -> None:
        values = {name: getattr(self, name) for name in PARAMETERS}
        changes = {name: value for name, value in values.items() if value is not UNSET}
        context.home.desk.adopt_policy(self.effective_from.day, changes, context.act)


AdoptPolicy = msgspec.defstruct(
    "AdoptPolicy",
    [(name, Any, UNSET) for name in PARAMETERS],
    bases=(PolicyCommand,),
    tag="adopt_policy",
    kw_only=True,
)
"""A policy line with every parameter there is."""


class ImportCalendar(BatchCommand, tag="import_calendar"):
    """The office days of a year (R-048), from the official file or from the rules of the holidays."""

    year: Annotated[int, Meta(ge=min(YEARS), le=max(YEARS))]
    file: FileName | None = None

    @override
    def run(self, context: CommandContext) -> None:
        try:
            source, closed = load_closed_days(self.year, context.read_calendar_file(self.file) if self.file else None)
        except UserError as error:
            raise UnusableLine(str(error)) from None
        context.home.desk.import_calendar(self.year, source, closed, context.act)


class RecordDrill(AuthoredCommand, tag="record_drill"):
    """An evacuation drill is over: who was accounted for, and who was not."""

    accounted: list[Identifier]
    missing: list[Identifier] = msgspec.field(default_factory=list[Identifier])
    reason: FreeText | None = None

    @override
    def run(self, context: CommandContext) -> None:
        accounted, missing = context.find_volunteers(self.accounted), context.find_volunteers(self.missing)
        if len({*accounted, *missing}) < len(accounted) + len(missing):
            raise UnusableLine(BatchText.DRILL_TWICE.fill())
        note = context.keep_note_if_any(self.reason)
        context.home.desk.record_drill(accounted, missing, note, context.act)


class Reconcile(BatchCommand, tag="reconcile"):
    """Every service day up to a date that is not reconciled yet is reconciled."""

    date: Day

    is_repeatable = True

    @override
    def run(self, context: CommandContext) -> str | None:
        from kiosk.backups.heads.comparison import VerifiedLog  # noqa: PLC0415 - few batches need it
        from kiosk.nightly.reconcile import (  # noqa: PLC0415 - nor read models
            explain_unreconciled,
            hold_night_lock,
            reconcile_pending_days,
        )
        from projections.engine.night_views import demand_nothing  # noqa: PLC0415 - the same

        home, day = context.home, self.date.day
        with hold_night_lock(home.path):
            demand_verified = demand_nothing if home.simulation else VerifiedLog(home).demand_after
            run_repaired(home, lambda: reconcile_pending_days(home, day, context.act, demand_verified))
            return explain_unreconciled(home, day)
