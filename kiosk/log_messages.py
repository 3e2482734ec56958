"""The log messages of a home, which an administrator reads when something went wrong.

Rule: they name no person and no card.
"""

import logging
from collections.abc import Callable, Generator
from contextlib import contextmanager, nullcontext, suppress
from contextvars import ContextVar
from datetime import UTC, datetime, tzinfo
from logging.handlers import RotatingFileHandler
from pathlib import Path
from time import monotonic

from typing_extensions import override

from kiosk.home_folder import is_ours_to_write
from kiosk.settings import load_zone
from kiosk.text.escaping import escape_controls
from kiosk.words.sentence import format_instant

LOG = logging.getLogger(__name__)

MESSAGES = "kiosk.log"
LOG_BYTES, LOGS_KEPT = 1_000_000, 3
REPEAT_SECONDS = 600.0
"""Until a message that goes on is logged again."""


_UNIT: ContextVar[str] = ContextVar("unit", default="")
"""Whose request is answered, where a program serves many units."""


@contextmanager
def naming_unit(unit: str) -> Generator[None]:
    """Messages inside the block, and in the threads that it waits for, say of which unit they are."""
    token = _UNIT.set(unit)
    try:
        yield
    finally:
        _UNIT.reset(token)


class _MessageFile(RotatingFileHandler):
    @override
    def handleError(self, record: logging.LogRecord) -> None:
        """Nothing: a message that the disk does not take is lost, and no traceback is printed on the screen."""


class EscapedFormatter(logging.Formatter):
    """Formats messages so that a terminal on which the file is read is not steered by them; times are local."""

    def __init__(self, zone: tzinfo) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")
        self._zone = zone

    @override
    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        """When it was logged, with the offset."""
        return format_instant(datetime.fromtimestamp(record.created, UTC), self._zone, "milliseconds")

    @override
    def format(self, record: logging.LogRecord) -> str:
        unit = _UNIT.get()
        return escape_controls(f"{super().format(record)} [{unit}]" if unit else super().format(record))


@contextmanager
def log_to_home(path: Path) -> Generator[None]:
    """Write log messages to a file in the home, never to the screen; to none where the home is only read."""
    if not is_ours_to_write(path):
        yield
        return
    try:
        file = _MessageFile(path / MESSAGES, maxBytes=LOG_BYTES, backupCount=LOGS_KEPT, encoding="utf-8")
    except OSError:  # a disk that takes no message must not prevent reading
        yield
        return
    file.setFormatter(EscapedFormatter(load_zone(path)))
    root = logging.getLogger()
    root.addHandler(file)
    try:
        yield
    finally:
        root.removeHandler(file)
        file.close()


class RepeatedMessages:
    """Messages that every request may bring: each at once, then every ten minutes with how often it came meanwhile."""

    def __init__(self, log: logging.Logger, now: Callable[[], float] = monotonic) -> None:
        """`now`: seconds on a stopwatch."""
        self._log, self._now = log, now
        self._text, self._count, self._next_at = "", 0, 0.0

    def error(self, template: str, *values: object) -> None:
        """Log it, or count it."""
        text = template % values
        self._count = self._count + 1 if text == self._text else 1
        if text != self._text or self._now() >= self._next_at:
            times = f", {self._count} times more" if text == self._text else ""
            self._log.error("%s%s", text, times)
            self._text, self._count, self._next_at = text, 0, self._now() + REPEAT_SECONDS


def log_message(path: Path, text: str) -> None:
    """Write one line to the messages of a home, also in a program that does not log to it."""
    is_logging = any(isinstance(handler, RotatingFileHandler) for handler in logging.getLogger().handlers)
    with suppress(OSError), nullcontext() if is_logging else log_to_home(path):
        LOG.warning(text)
