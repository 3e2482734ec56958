"""A scripted reader on a pseudo-terminal, and a program that listens to it."""

from collections.abc import Iterator

import pytest

from devices.simulated.scripted_reader import ScriptedReader
from tests.devices.readers.listener import Listener


@pytest.fixture
def scripted() -> Iterator[ScriptedReader]:
    with ScriptedReader() as reader:
        yield reader


@pytest.fixture
def listener(scripted: ScriptedReader) -> Iterator[Listener]:
    with Listener(scripted.port) as listening:
        assert listening.collect_events(1) == ["ready"]
        yield listening
