"""What a program does where the read models turn out to be damaged: build them anew, and do its work once more."""

from collections.abc import Callable
from typing import TypeVar

from kiosk.home import Home
from projections.engine.damage import ViewsDamaged

R = TypeVar("R")


def run_repaired(home: Home, work: Callable[[], R]) -> R:
    """The result of `work`, which is run once more after a rebuild where the read models cannot be read.

    What a command prints it prints last, and what it settled before stays settled. Raises: as `work`.
    """
    try:
        return work()
    except ViewsDamaged:
        home.views.rebuild()
        return work()
