"""Lines about the unit: opening it, its policy, its calendar, the nightly job."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta

from domain.model.unit import UnitFacts
from domain.policy import PARAMETERS
from kiosk.batch.command import Clerk, Line, Unusable
from kiosk.batch.fields import Day, Word
from kiosk.errors import Mistake
from kiosk.office_calendar import YEARS, closed_days
from kiosk.validation import CLOCK_TIME

Weekday = Annotated[int, Meta(ge=1, le=7)]
TimeOfDay = Annotated[str, Meta(pattern=CLOCK_TIME)]


class Hours(msgspec.Struct, forbid_unknown_fields=True):
    """Opening hours of some weekdays."""

    days: Annotated[list[Weekday], Meta(min_length=1)]
    opens: TimeOfDay = msgspec.field(name="from")
    closes: TimeOfDay = msgspec.field(name="to")


class OpenUnit(Line, tag="open_unit"):
    """The unit opens for volunteers."""

    name: Word
    kind: Literal["public", "private"]
    category: Word | None = None
    opens: list[Hours] = msgspec.field(default_factory=list[Hours])

    def carry_out(self, clerk: Clerk) -> None:
        """See `Line`."""
        facts = UnitFacts(self.name, self.kind, self.category, msgspec.to_builtins(self.opens))
        clerk.home.desk.open_unit(facts, clerk.act)


class PolicyLine(Line, tag="adopt_policy"):
    """A policy begins on a service day; the parameters are added below, so that domain/policy.py alone names them."""

    effective_from: Day

    def carry_out(self, clerk: Clerk) -> None:
        """See `Line`."""
        said = {name: getattr(self, name) for name in PARAMETERS}
        changes = {name: value for name, value in said.items() if value is not UNSET}
        clerk.home.desk.adopt_policy(self.effective_from.day, changes, clerk.act)


AdoptPolicy = msgspec.defstruct(
    "AdoptPolicy",
    [(name, Any, UNSET) for name in PARAMETERS],
    bases=(PolicyLine,),
    tag="adopt_policy",
    kw_only=True,
)
"""A policy line with every parameter there is."""


class ImportCalendar(Line, tag="import_calendar"):
    """The office days of a year (R-048), from the official file or from the rules of the holidays."""

    year: Annotated[int, Meta(ge=min(YEARS), le=max(YEARS))]
    file: Word | None = None

    def carry_out(self, clerk: Clerk) -> None:
        """See `Line`."""
        try:
            source, closed = closed_days(self.year, clerk.folder / self.file if self.file else None)
        except Mistake as mistake:
            raise Unusable(str(mistake)) from None
        clerk.home.desk.import_calendar(self.year, source, closed, clerk.act)


class Reconcile(Line, tag="reconcile"):
    """Every unreconciled service day up to a date is settled."""

    date: Day

    def carry_out(self, clerk: Clerk) -> None:
        """See `Line`."""
        from kiosk.nightly.reconcile import reconcile  # noqa: PLC0415 - loads every read model, which few batches need

        reconcile(clerk.home, self.date.day, clerk.act)
