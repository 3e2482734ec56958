"""A group of commands that are named in a table and loaded when they are asked for."""

import difflib
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from kiosk.words.cli import CliText


class LazyGroup(click.Group):
    """Lists its commands from the table, in the table's order, without loading one."""

    def __init__(self, *args: Any, table: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        """`table`: the name of a command, `module:attribute`, and what it does in one line."""
        super().__init__(*args, **kwargs)
        self._table = table

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click asks with it
        """The names."""
        return list(self._table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        """The command, loaded now. Raises: click.UsageError with the nearest name."""
        if cmd_name not in self._table:
            near = difflib.get_close_matches(cmd_name, self._table, n=1)
            advice = CliText.DID_YOU_MEAN.fill(near=near[0]) if near else CliText.ONE.fill(table=", ".join(self._table))
            raise click.UsageError(CliText.NO_COMMAND.fill(cmd_name=cmd_name, advice=advice), ctx)
        module, _, attribute = self._table[cmd_name][0].partition(":")
        return getattr(import_module(module), attribute)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click asks with it
        """The table, as the help shows it."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in self._table.items()])
