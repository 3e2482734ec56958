"""Which commands work in the home of a kiosk that belongs to a hub, and which are carried out at the hub.

Rule: each command of the program stands in the table, so that a new one is decided on.
"""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import click

from kiosk.errors import EXIT_NO, EXIT_USAGE, UserError
from kiosk.home_files import JOINED_FILE

AtKiosk = Literal["works", "at_hub", "joins_anew"]
"""`joins_anew`: a kiosk is not restored, because the hub has what it recorded."""

WORKS = (
    *("init", "demo", "run", "tap", "readers", "visits", "duties", "hours", "presence", "explain", "event", "roster"),
    *("replay", "status", "verify", "install-service", "join", "sync", "witness"),
)
AT_HUB = (
    *("apply", "import", "issue", "reconcile", "erase", "absences", "exits", "month", "pending", "volunteers"),
    *("ministry", "awards", "accesses", "document", "bundle", "coordinator", "desk", "notify", "account", "token"),
    *("difference", "backup", "move-log", "hub", "hub-certificate", "prove", "kiosks", "add-kiosk", "what-if"),
)
AT_KIOSK: Mapping[str, AtKiosk] = {
    **dict.fromkeys(WORKS, "works"),
    **dict.fromkeys(AT_HUB, "at_hub"),
    "restore": "joins_anew",
}
"""Of reads those work that need no more than the shifts and taps of the month, which is what a kiosk has."""


def demand_works_here(home: Path, command: str) -> None:
    """Check that a command works in a home. Raises: UserError in that of a kiosk with a hub, where it does not."""
    what = AT_KIOSK[command]
    if what == "works" or not (home / JOINED_FILE).exists():
        return
    from kiosk.joined_home.hub_settings import find_hub  # noqa: PLC0415 - a home without a hub loads nothing of one
    from kiosk.words.joined import JoinedText  # noqa: PLC0415 - same

    hub = find_hub(home)
    text = JoinedText.JOIN_ANEW if what == "joins_anew" else JoinedText.DO_IT_THERE
    raise UserError(text.fill(command=command, address=hub.address if hub else "?"), EXIT_NO)


@contextmanager
def correcting_advice(home: Path) -> Generator[None]:
    """Where a sentence sends to a backup: a disk that fails to read is no damage, and a kiosk with a hub joins anew.

    Raises: UserError, CannotRead.
    """
    try:
        yield
    except Exception as error:
        from kiosk.home_trouble import (  # noqa: PLC0415 - `kiosk --help` needs no log
            explain_home_trouble,
            find_advice,
            find_disk_failure,
        )

        if failure := find_disk_failure(home, error):
            raise failure from error
        if find_advice(home, error) is None:
            raise
        status = error.status if isinstance(error, UserError) else EXIT_USAGE
        raise UserError(explain_home_trouble(home, error), status) from error


def find_command() -> str:
    """The name of the command that runs now; of a group that of the group."""
    context = click.get_current_context()
    while context.parent and context.parent.parent:
        context = context.parent
    return context.info_name or ""
