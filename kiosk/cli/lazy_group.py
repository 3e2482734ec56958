"""A group of commands that are named in a table and loaded when they are run.

Rule: this module and whatever defines a group import nothing heavy, so that the help of a group costs nothing.
"""

import difflib
from collections.abc import Mapping
from importlib import import_module
from typing import Any, NamedTuple

import click

from kiosk.words.click_texts import translate
from kiosk.words.command_line import CommandLineText
from kiosk.words.help import HelpText
from kiosk.words.language import find_language
from kiosk.words.sentence import Sentence


class LazyCommand(NamedTuple):
    """A row of a table."""

    target: str
    """`module:attribute`."""
    short_help: Sentence


class StrictGroup(click.Group):
    """Refuses an option that is given twice where it has one value: Click takes the last of two in silence."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Its own options, and which command follows. Raises: click.UsageError."""
        _demand_each_option_once(self, ctx, args)
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command with its arguments. Raises: click.UsageError."""
        name, command, rest = super().resolve_command(ctx, args)
        if command is not None:
            _demand_each_option_once(command, command.context_class(command, parent=ctx, info_name=name), rest)
        return name, command, rest


def _demand_each_option_once(command: click.Command, ctx: click.Context, arguments: list[str]) -> None:
    """Where no argument that may be an option stands twice, nothing is parsed for it."""
    names = [argument.partition("=")[0] for argument in arguments if argument.startswith("-")]
    if len({*names}) == len(names) and all(len(option.opts) == 1 for option in command.params):
        return
    try:
        _, _, given = command.make_parser(ctx).parse_args([*arguments])
    except click.UsageError:
        return  # it is said once the command is run
    for option in given:
        if isinstance(option, click.Option) and not (option.multiple or option.is_flag) and given.count(option) > 1:
            raise click.UsageError(CommandLineText.GIVEN_TWICE.fill(option=option.opts[0]), ctx)


class LazyGroup(StrictGroup):
    """Lists its commands from the table, in the table's order, without loading one."""

    def __init__(self, *args: Any, table: Mapping[str, LazyCommand], **kwargs: Any) -> None:
        """`table`: the commands by name."""
        super().__init__(*args, **kwargs)
        self._table = table

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click passes it
        """The names."""
        return list(self._table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        """The command, loaded now. Raises: click.UsageError with the nearest name."""
        if cmd_name not in self._table:
            raise click.UsageError(self._format_unknown(cmd_name), ctx)
        module, _, attribute = self._table[cmd_name].target.partition(":")
        return getattr(import_module(module), attribute)

    def _format_unknown(self, name: str) -> str:
        near = difflib.get_close_matches(name, self._table, n=1)
        advice = (
            CommandLineText.DID_YOU_MEAN.fill(near=near[0])
            if near
            else CommandLineText.COMMANDS_ARE.fill(table=", ".join(self._table))
        )
        return CommandLineText.NO_COMMAND.fill(cmd_name=name, advice=advice)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click passes it
        """The table, as the help shows it."""
        with formatter.section(HelpText.COMMANDS.fill()):
            formatter.write_dl([(name, row.short_help.fill()) for name, row in self._table.items()])


class PlainGroup(StrictGroup):
    """A group whose few commands stand in its own module, each listed with the first sentence of its help."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """English as Click cuts it off; a Chinese sentence is short enough to stand whole."""
        if find_language() == "en":
            super().format_commands(ctx, formatter)
            return
        sentences = ((name, translate(command.help or "")) for name, command in sorted(self.commands.items()))
        with formatter.section(HelpText.COMMANDS.fill()):
            formatter.write_dl([(name, f"{text.partition('。')[0]}。") for name, text in sentences])


def format_example(*lines: str) -> str:
    """The end of a command's help: command lines to copy. The first character keeps click from joining them."""
    return "\n".join(("\b", HelpText.EXAMPLE.fill(), *(f"  {line}" for line in lines)))
