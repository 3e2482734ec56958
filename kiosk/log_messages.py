"""The messages of a home: what an administrator reads when something went wrong. They name no person and no card."""

import logging
from collections.abc import Generator
from contextlib import contextmanager, nullcontext, suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path

LOG = logging.getLogger(__name__)

MESSAGES = "kiosk.log"
LOG_BYTES, LOGS_KEPT = 1_000_000, 3


@contextmanager
def log_to_home(path: Path) -> Generator[None]:
    """Messages go to a file in the home, never to the screen."""
    file = RotatingFileHandler(path / MESSAGES, maxBytes=LOG_BYTES, backupCount=LOGS_KEPT, encoding="utf-8")
    file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(file)
    try:
        yield
    finally:
        root.removeHandler(file)
        file.close()


def log_message(path: Path, said: str) -> None:
    """One line in the messages of a home, by whatever program."""
    kept = any(isinstance(handler, RotatingFileHandler) for handler in logging.getLogger().handlers)
    with suppress(OSError), nullcontext() if kept else log_to_home(path):
        LOG.warning(said)
