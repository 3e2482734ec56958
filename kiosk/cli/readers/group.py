"""`kiosk readers`: its commands, each loaded when it is run.

Rule: a port that the entrance has open is left alone. Only `watch` shows the whole number of a card.
"""

import click

from kiosk.cli.lazy_group import LazyCommand, LazyGroup, format_example
from kiosk.words.help import HelpText

COMMANDS = {
    "identify": LazyCommand("kiosk.cli.readers.identify:identify", HelpText.SHORT_IDENTIFY),
    "list": LazyCommand("kiosk.cli.readers.list:list_readers", HelpText.SHORT_LIST_READERS),
    "test": LazyCommand("kiosk.cli.readers.test:test_reader", HelpText.SHORT_TEST_READER),
    "watch": LazyCommand("kiosk.cli.readers.watch:watch", HelpText.SHORT_WATCH),
}


@click.group(
    cls=LazyGroup,
    table=COMMANDS,
    epilog=format_example(
        "kiosk readers list",
        "kiosk readers watch /dev/ttyUSB0 --profile rdm6300 --for 20",
        "kiosk readers identify --write",
        "kiosk readers test door --card 0040856634",
    ),
    help=HelpText.READERS.fill(),
)
def readers() -> None:
    """The group has no option of its own."""
