"""Lines about the spot check of record books: a sample, and what came of it (R-112).

Rule: the read models say who holds a record book, as the log has it when the sample is drawn.
"""

from secrets import randbits
from typing import Annotated

from msgspec import Meta
from typing_extensions import override

from domain.spans import second
from kiosk.batch.command import AuthoredCommand, CommandContext
from kiosk.batch.fields import FreeText
from kiosk.home import Home
from kiosk.words.errors import BatchText

SEED_BITS = 32


class DrawSpotCheck(AuthoredCommand, tag="draw_spot_check"):
    """Record books are drawn by chance from those that volunteers in service hold."""

    size: Annotated[int, Meta(ge=1, le=10_000)] = 5
    seed: Annotated[int, Meta(ge=0, lt=2**SEED_BITS)] | None = None

    @override
    def prepare(self, home: Home) -> None:
        from kiosk.acknowledgement import prepare_views  # noqa: PLC0415 - loads the read models, which few batches need

        prepare_views(home)

    @override
    def run(self, context: CommandContext) -> str:
        from projections.projectors.unit_rules import read_unit  # noqa: PLC0415 - the same
        from projections.read_models.spot_checks import list_book_holders  # noqa: PLC0415 - the same

        home, act = context.home, context.act
        home.views.catch_up(second(act.recorded))
        unit = read_unit(home.log, None)
        day = unit.days.of(act.at)
        holders = list_book_holders(home.views, unit, day)
        seed = randbits(SEED_BITS) if self.seed is None else self.seed
        number, sample = home.desk.draw_spot_check(day, holders, self.size, seed, act)
        numbers = home.people.load_numbers()
        listed = ", ".join(sorted(numbers.get(volunteer, volunteer.hex) for volunteer in sample))
        count = len(holders)
        return BatchText.SPOT_CHECK_DRAWN.fill(number=number, size=len(sample), holders=count, listed=listed)


class RecordSpotCheck(AuthoredCommand, tag="record_spot_check"):
    """So many books of a sample agree with what the system believes; recorded again, the later result counts."""

    number: Annotated[int, Meta(ge=1, le=10_000)]
    matching: Annotated[int, Meta(ge=0, le=10_000)]
    reason: FreeText | None = None

    @override
    def run(self, context: CommandContext) -> None:
        note = context.keep_note_if_any(self.reason)
        context.home.desk.record_spot_check(self.number, self.matching, note, context.act)
