"""The home that a command only reads: as it stands, or opened; and the statements of it.

Rule: a home that stands answers as an opened one does. Whatever it refuses or cannot do is left to the home, opened.
"""

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

import click

from kiosk.cli.options import run_in_home
from kiosk.errors import UserError
from kiosk.words.command_line import CommandLineText

if TYPE_CHECKING:
    from uuid import UUID

    from domain.log.lenient import UndecodableEvent
    from domain.spans import Second
    from kiosk.home import Home
    from kiosk.standing_home import HomeToRead
    from kiosk.statements.statement_rows import StatementRows
    from kiosk.statements.statements import Statements
    from projections.engine.views import Views

T = TypeVar("T")


def read_home(folder: Path, read: "Callable[[HomeToRead], T]", *, may_stand: bool) -> T:
    """What is read of a home. `read` prints nothing, or prints last: it may be called twice. Raises: UserError."""
    if may_stand:
        from domain.log.errors import LogError  # noqa: PLC0415 - same
        from kiosk.standing_home import hold_standing_home  # noqa: PLC0415 - help reads no home
        from projections.engine.standing_views import NotStanding  # noqa: PLC0415 - same

        with suppress(NotStanding, LogError, UserError), hold_standing_home(folder) as home:
            return read(home)
    return run_in_home(folder, read, to_read=True)


@contextmanager
def hold_statements(home: "HomeToRead", as_of: str | None) -> "Generator[StatementRows]":
    """The statements of a home that stands, or is opened, and then of now or as of a recorded instant."""
    from kiosk.standing_home import StandingHome  # noqa: PLC0415 - help reads no home

    if isinstance(home, StandingHome):
        from kiosk.statements.standing_statements import StandingStatements  # noqa: PLC0415 - same

        yield StandingStatements(home)
        return
    with open_statements(cast("Home", home), as_of) as statements:
        yield statements


def find_instant(home: "HomeToRead", as_of: str | None) -> "Second | None":
    """The recorded instant that `--as-of` names; None where a question is about now. Raises: UserError."""
    if as_of is None:
        return None
    from kiosk.batch.recorded_instant import parse_recorded_instant  # noqa: PLC0415 - help loads no home

    return parse_recorded_instant(cast("Home", home), as_of)  # of the past an opened home alone is asked


def find_volunteer(home: "HomeToRead", number: str) -> "UUID":
    """The volunteer with this number. Raises: UserError."""
    volunteer_id = home.people.find_id(home.people.resolve_typed_number(number))
    if volunteer_id is None:
        raise UserError(CommandLineText.NO_VOLUNTEER.fill(number=number))
    return volunteer_id


@contextmanager
def open_statements(home: "Home", as_of: str | None) -> "Generator[Statements]":
    """The statements of now, or as of a recorded instant."""
    from kiosk.standing_home import note_opened  # noqa: PLC0415 - help loads no home
    from kiosk.statements.statements import Statements  # noqa: PLC0415 - same

    instant = find_instant(home, as_of)
    if instant is not None:
        with Statements.as_of(home, instant, live=Statements.catch_up_live(home)) as statements:
            print_quarantine(statements.views)
            yield statements
        return
    with Statements.snapshot(home) as statements:
        note_opened(home)
        yield statements


def print_quarantine(views: "Views") -> None:
    """Say which events of the views cannot be read: what is printed or written from them does without these."""
    print_undecodable(views.quarantine)


def print_undecodable(found: Sequence["UndecodableEvent"]) -> None:
    """Say which events cannot be read: what is done is done without these."""
    if not found:
        return
    from kiosk.words.log_errors import UndecodableText  # noqa: PLC0415 - nearly every home has none

    for one in found:
        click.echo(UndecodableText.WITHOUT_EVENT.describe(one), err=True)
