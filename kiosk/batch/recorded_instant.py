"""A recorded instant as a person or a script gives it, for read models of what the log said then."""

from datetime import datetime

from domain.calendar import AmbiguousDate, parse_end_of_day
from domain.clock import MachineClock
from domain.spans import Second, instant, second
from kiosk.batch.fields import parse_exact_instant
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.log_beginning import explain_before_beginning, find_log_beginning
from kiosk.text.typed import narrow
from kiosk.words.command_line import CommandLineText
from kiosk.words.errors import BatchText


def parse_recorded_instant(home: Home, text: str, parameter: str = "--as-of") -> Second:
    """A recorded instant, as `parameter` gives it: not before the log begins, not in the future.

    A date is its end, today's is now. Raises: UserError, LogError.
    """
    text = narrow(text)
    now = max(home.clock.now(), MachineClock().now()).astimezone(home.zone)
    at = _parse_end_of_day(home, parameter, text, now) or second(_parse_instant(home, parameter, text))
    if at < second(begins := find_log_beginning(home)):
        sentence = CommandLineText.INSTANT_BEFORE_LOG.fill(parameter=parameter, text=text, begins=begins)
        raise UserError(explain_before_beginning(home, f"{parameter} {text}", begins, sentence))
    if at > second(now):
        raise UserError(CommandLineText.INSTANT_IN_FUTURE.fill(parameter=parameter, text=text, now=now))
    return at


def _parse_end_of_day(home: Home, parameter: str, text: str, now: datetime) -> Second | None:
    """The end of a date; None where the text is none. Raises: UserError."""
    try:
        ends = second(parse_end_of_day(text, home.zone))
    except AmbiguousDate:
        raise UserError(f"{parameter} {BatchText.AMBIGUOUS_DATE.fill(text=text)}") from None
    except OverflowError:  # the last day of all
        raise UserError(CommandLineText.INSTANT_IN_FUTURE.fill(parameter=parameter, text=text, now=now)) from None
    except ValueError:
        return None
    return second(now) if instant(ends).astimezone(home.zone).date() == now.date() else ends


def _parse_instant(home: Home, parameter: str, text: str) -> datetime:
    try:
        return parse_exact_instant(text, home.zone)
    except ValueError as error:
        raise UserError(f"{parameter} {error}") from None
