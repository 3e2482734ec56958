"""The messages of a home: a trouble that every request finds fills no file."""

import logging

import pytest

from kiosk.log_messages import REPEAT_SECONDS, RepeatedMessages

LOG = logging.getLogger(__name__)


def test_what_every_request_finds_is_logged_once_and_then_counted(caplog: pytest.LogCaptureFixture) -> None:
    instants = [0.0]
    messages = RepeatedMessages(LOG, lambda: instants[-1])
    for second in (0.0, 1.0, REPEAT_SECONDS - 1, REPEAT_SECONDS, REPEAT_SECONDS + 1):
        instants.append(second)
        messages.error("the home is %s", "away")
    messages.error("its disk is full")
    messages.error("the home is away")
    assert caplog.messages == [
        "the home is away",
        "the home is away, 3 times more",
        "its disk is full",
        "the home is away",
    ]
