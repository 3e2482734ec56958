"""`--names`: full names in the rows of a read command, for the owner of the home; recorded before they are printed.

Rule: to whom, whose and why (R-120). Without the option rows are as they always were.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from domain.purposes import PURPOSES
from kiosk.cli.list_output import ListOutput, print_list
from kiosk.cli.options import parse_actor
from kiosk.cli.printing import Row
from kiosk.errors import UserError
from kiosk.words.command_line import CommandLineText
from kiosk.words.help import HelpText

if TYPE_CHECKING:
    from kiosk.home import Home
    from kiosk.name_access import AccessReason


class NamesOption(NamedTuple):
    """Whether names are wanted, why, and to whom they are shown."""

    wanted: bool
    reason: str | None
    shown_to: str | None


NO_NAMES = NamesOption(False, None, None)


def pass_names_options(command: Callable[..., None]) -> Callable[..., None]:
    """`--names`, `--reason` and `--shown-to`, as one argument `names`."""

    @wraps(command)
    def with_names(*args: Any, names: bool, reason: str | None, shown_to: str | None, **kwargs: Any) -> None:
        command(*args, names=NamesOption(names, reason, shown_to), **kwargs)

    wrapped = click.option("--shown-to", metavar="ACTOR", help=HelpText.OPTION_SHOWN_TO.fill())(with_names)
    wrapped = click.option(
        "--reason", metavar="TEXT", help=HelpText.OPTION_NAMES_REASON.fill(purposes=", ".join(PURPOSES))
    )(wrapped)
    return click.option("--names", is_flag=True, help=HelpText.OPTION_NAMES.fill())(wrapped)


def print_named_rows(
    home: "Home", listed: str, rows: Sequence[Row], output: ListOutput, names: NamesOption, columns: Sequence[str] = ()
) -> None:
    """Print rows, with the full names of their volunteers where those are wanted. Raises: UserError."""
    numbers = [str(row["volunteer"]) for row in rows if row.get("volunteer")]
    if not record_names_wanted(home, listed, numbers, names):
        print_list(listed, rows, output, columns)
        return
    named = [_add_name(home, row) for row in rows]
    at = columns.index("volunteer") + 1 if "volunteer" in columns else 0
    rest = tuple(column for column in columns[at:] if column != "name")
    print_list(listed, named, output, (*columns[:at], "name", *rest))


def record_names_wanted(home: "Home", listed: str, numbers: Iterable[str], names: NamesOption) -> bool:
    """Whether full names are wanted; then it is recorded whose are shown, in a list of that name. Raises: UserError."""
    if not names.wanted:
        if names.reason is not None or names.shown_to is not None:
            raise UserError(CommandLineText.REASON_WITHOUT_NAMES.fill())
        return False
    reason = _parse_reason(names.reason)
    if home.read_only:
        raise UserError(CommandLineText.NAMES_NOT_RECORDED.fill())
    volunteers = [volunteer for number in dict.fromkeys(numbers) if (volunteer := home.people.find_id(number))]
    if volunteers:
        from kiosk.act_builder import ActBuilder  # noqa: PLC0415 - rows without names load no home
        from kiosk.name_access import record_names_listed  # noqa: PLC0415 - same

        actor = home.people.ensure_actor(parse_actor(names.shown_to))
        record_names_listed(home, listed, volunteers, reason, ActBuilder(home).build_act(actor))
    return True


def _parse_reason(text: str | None) -> "AccessReason":
    if text is None:
        raise UserError(CommandLineText.NAMES_NEED_REASON.fill())
    from kiosk.name_access import parse_access_reason  # noqa: PLC0415 - rows without names load no home

    try:
        return parse_access_reason(text, None) if text in PURPOSES else parse_access_reason("other", text)
    except ValueError:
        raise UserError(CommandLineText.BAD_NAMES_REASON.fill(purposes=", ".join(PURPOSES))) from None


def _add_name(home: "Home", row: Row) -> Row:
    """The row with the full name behind the number; None for one who is erased."""
    number = row.get("volunteer")
    volunteer = home.people.find_id(str(number)) if number else None
    named: Row = {}
    for key, value in row.items():
        if key != "name":
            named[key] = value
        if key == "volunteer":
            named["name"] = volunteer and home.people.find_name(volunteer)
    return named
