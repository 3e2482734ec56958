"""Turns: a request that waits too long is asked to come back, each a little later than the one before."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from domain.log.errors import CannotRead, LogBusy
from kiosk.hub.refusals import BUSY_SECONDS, FAILED_SECONDS, build_failure
from kiosk.hub.turns import FIRST_PACE, MOST_SECONDS, NoTurn, Turns

PATIENCE = 0.05
"""Seconds."""


class Stopwatch:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


class Queue:
    """One turn at a time, for which nobody waits long but while turns end."""

    def __init__(self) -> None:
        self.watch = Stopwatch()
        self.turns = Turns(1, PATIENCE, self.watch)

    async def send_away(self, count: int) -> list[float]:
        """So many ask while the one turn is taken; the seconds that each is asked to wait."""
        async with self.turns.take():
            asked = await asyncio.gather(*(self._ask() for _ in range(count)))
        return [*asked]

    async def _ask(self) -> float:
        with pytest.raises(NoTurn) as none:
            async with self.turns.take():
                raise AssertionError
        return none.value.seconds

    async def end_turns(self, count: int, seconds: float) -> None:
        """Two have so many turns each, of some seconds, and one of the two waits at any time."""

        async def work() -> None:
            for _ in range(count):
                async with self.turns.take():
                    await asyncio.sleep(0)
                    self.watch.seconds += seconds

        self.turns._seconds = 60  # on a busy machine one would go away in between
        await asyncio.gather(work(), work())
        self.turns._seconds = PATIENCE


def run(scene: Callable[[Queue], Awaitable[list[float]]]) -> list[float]:
    async def play() -> list[float]:
        return await scene(Queue())

    return asyncio.run(play())


def test_each_is_asked_to_come_a_little_later_than_the_one_before() -> None:
    waits = run(lambda queue: queue.send_away(3))
    assert waits == pytest.approx([FIRST_PACE, 2 * FIRST_PACE, 3 * FIRST_PACE])


@pytest.mark.parametrize("seconds", [0.5, 0.002], ids=["slow", "fast"])
def test_they_are_asked_to_come_as_fast_as_turns_have_ended_lately(seconds: float) -> None:
    async def scene(queue: Queue) -> list[float]:
        await queue.end_turns(100, seconds)
        return await queue.send_away(3)

    assert run(scene) == pytest.approx([seconds, 2 * seconds, 3 * seconds], rel=0.01)


def test_what_was_promised_before_is_past_when_its_time_is() -> None:
    async def scene(queue: Queue) -> list[float]:
        promised = await queue.send_away(4)
        queue.watch.seconds += promised[-1] - FIRST_PACE / 2
        between = await queue.send_away(1)
        queue.watch.seconds += 60
        return between + await queue.send_away(1)

    assert run(scene) == pytest.approx([1.5 * FIRST_PACE, FIRST_PACE])


def test_nobody_is_asked_to_wait_for_ever() -> None:
    async def scene(queue: Queue) -> list[float]:
        await queue.end_turns(100, MOST_SECONDS / 2)
        return await queue.send_away(4)

    assert run(scene)[1:] == pytest.approx([MOST_SECONDS] * 3, rel=0.01)


def test_pauses_in_which_nobody_waited_say_nothing_about_the_pace() -> None:
    async def scene(queue: Queue) -> list[float]:
        for _ in range(20):
            queue.watch.seconds += 500
            async with queue.turns.take():
                pass
        return await queue.send_away(1)

    assert run(scene) == pytest.approx([FIRST_PACE])


def test_kiosks_of_a_hub_whose_database_is_away_are_spread() -> None:
    waits = {build_failure(CannotRead("a database", "gone")).wait_seconds or 0.0 for _ in range(50)}
    assert len(waits) > 1
    assert min(waits) >= FAILED_SECONDS
    assert max(waits) <= 2 * FAILED_SECONDS


def test_a_log_that_another_program_holds_is_asked_again_soon() -> None:
    assert build_failure(LogBusy("a log", 1.0)).wait_seconds == BUSY_SECONDS
