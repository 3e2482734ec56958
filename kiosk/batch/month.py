"""Lines about a month: closing it, and entering what was stated in the record books (R-028, R-029)."""

from typing_extensions import override

from kiosk.batch.command import AuthoredCommand, CommandContext
from kiosk.batch.fields import FreeText, Month
from kiosk.home import Home
from kiosk.words.errors import BatchText


class CloseMonth(AuthoredCommand, tag="close_month"):
    """A month is closed, or with a reason stated again: from then on a correction shows as a difference."""

    month: Month
    reason: FreeText | None = None

    @override
    def prepare(self, home: Home) -> None:
        _prepare_views(home)

    @override
    def run(self, context: CommandContext) -> str:
        from kiosk.month_closing import close_month  # noqa: PLC0415 - loads the read models, which few batches need

        note = context.keep_note_if_any(self.reason)
        number = close_month(context.home, self.month.day, note, context.act)
        return BatchText.MONTH_STATED.fill(month=self.month, number=number)


class EnterRecordBooks(AuthoredCommand, tag="enter_record_books"):
    """What was stated of a month stands in the record books of its volunteers from now on."""

    month: Month

    @override
    def prepare(self, home: Home) -> None:
        _prepare_views(home)

    @override
    def run(self, context: CommandContext) -> str:
        from kiosk.month_closing import enter_record_books  # noqa: PLC0415 - the same

        count = enter_record_books(context.home, self.month.day, context.act)
        return BatchText.BOOKS_ENTERED.fill(month=self.month, count=count)


def _prepare_views(home: Home) -> None:
    from kiosk.acknowledgement import prepare_views  # noqa: PLC0415 - the same

    prepare_views(home)
