"""What a person sees of a long build of read models: how far it is, how fast, and how long it will take.

Rule: lines on standard error, where that is a terminal, some seconds apart; nothing of a build that takes a moment.
"""

import sys
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

import click

from kiosk.words.command_line import CommandLineText

if TYPE_CHECKING:
    from projections.engine.new_views import BuildProgress

SECONDS_APART = 3.0
"""Between two lines."""


class BuildReport:
    """The lines about one build after another."""

    def __init__(self, seconds: Callable[[], float] = monotonic) -> None:
        """`seconds` never goes back."""
        self._seconds = seconds
        self._first: BuildProgress | None = None
        self._first_at = self._shown_at = seconds()
        self._is_under_way = False

    def show(self, progress: "BuildProgress") -> None:
        """Say how far a build is, if nothing was said for some seconds; the rate is that since its stage began."""
        now = self._seconds()
        self._is_under_way = progress.stage == "events" or progress.done < progress.total
        if self._first is None or self._first.stage != progress.stage or progress.done < self._first.done:
            self._first, self._first_at = progress, now
        elif now - self._shown_at >= SECONDS_APART and progress.done > self._first.done and sys.stderr.isatty():
            rate = (progress.done - self._first.done) / (now - self._first_at)
            is_filing = progress.stage == "events"
            text = CommandLineText.BUILD_EVENTS if is_filing else CommandLineText.BUILD_VOLUNTEERS
            left = (progress.total - progress.done) / rate
            sentence = text.fill(done=progress.done, total=progress.total, rate=round(rate), seconds=round(left))
            click.echo(f"kiosk: {sentence}", err=True)
            self._shown_at = now

    def explain_interruption(self) -> None:
        """Say that a build that was interrupted goes on later, where it has kept something."""
        if self._is_under_way:
            click.echo(f"kiosk: {CommandLineText.BUILD_INTERRUPTED.fill()}", err=True)
