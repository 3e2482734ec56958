"""Since when a home can say what was known: since its log begins, or the part of it that a kiosk was sent."""

from datetime import date, datetime, time

from domain.ids import unit_stream
from domain.log.event_rows import decode_recorded_at
from kiosk.errors import EXIT_NO, UserError
from kiosk.home import Home
from kiosk.words.joined import JoinedText


def find_log_beginning(home: Home) -> datetime:
    """The first instant that can be asked for, local.

    Every log begins with an event of its unit. The first row of a kiosk's copy says nothing: it may be an own tap.
    Raises: UserError at a kiosk to which nothing was sent yet; LogError.
    """
    written = (decode_recorded_at(row[4]) for row in home.log.read_stream_rows(unit_stream()))
    if (begins := next(filter(None, written), None)) is None:
        raise UserError(JoinedText.NO_PAST_YET.fill(), EXIT_NO)
    begins, since = begins.astimezone(home.zone), _find_copied_since(home)
    return max(begins, datetime.combine(since, time(), home.zone)) if since else begins


def explain_before_beginning(home: Home, asked: str, begins: datetime, sentence: str) -> str:
    """Why what was asked for is too early: the sentence, or that the hub has more than this kiosk."""
    return sentence if home.sync_state is None else JoinedText.PAST_AT_HUB.fill(asked=asked, begins=begins)


def _find_copied_since(home: Home) -> date | None:
    """From which day on a kiosk with a hub was sent visits; None elsewhere."""
    if home.sync_state is None:
        return None
    from domain.log.joined_log import JoinedLog  # noqa: PLC0415 - a home without a hub loads nothing of one

    return home.log.find_since() if isinstance(home.log, JoinedLog) else None
