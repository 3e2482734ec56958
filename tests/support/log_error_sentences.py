"""A log error that is expected, with the sentence that people read of it."""

import re
from collections.abc import Generator
from contextlib import contextmanager

import pytest

from domain.log.errors import LogError
from kiosk.words.log_errors import explain_log_error


@contextmanager
def raises_log_error(kind: type[LogError], match: str) -> Generator[None]:
    """The block raises a log error of a kind, and a pattern is found in its sentence."""
    with pytest.raises(kind) as raised:
        yield
    assert re.search(match, explain_log_error(raised.value)), explain_log_error(raised.value)
