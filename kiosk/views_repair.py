"""What a program does where the read models turn out to be damaged: build them anew, and do its work once more."""

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from kiosk.home import Home
from projections.engine.damage import ViewsDamaged, is_nonsense

R = TypeVar("R")


def run_repaired(home: Home, work: Callable[[], R]) -> R:
    """The result of `work`, which is run once more after a rebuild where the read models cannot be read.

    What a command prints it prints last, and what it settled before stays settled. A value that cannot be read in those
    that were just built is a fault of the program, and raised as such. Raises: as `work`.
    """
    with suppress(ViewsDamaged):
        return work()
    home.views.rebuild()
    try:
        return work()
    except ViewsDamaged as again:
        fault = again.__cause__
        if fault is None or not is_nonsense(fault):
            raise
    raise fault
