"""`kiosk status`: what is pending, what is wrong, and what to do, on one screen."""

import shutil
import textwrap
from collections.abc import Sequence
from pathlib import Path

import click
import msgspec

from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import output_format, pass_home_folder
from kiosk.errors import EXIT_NO
from kiosk.status.checked_home import Check
from kiosk.status.run import run_checks
from kiosk.text.cells import measure_cells
from kiosk.text.wrapping import wrap_text
from kiosk.words.codes import find_check_name
from kiosk.words.command_line import CommandLineText
from kiosk.words.help import HelpText
from kiosk.words.language import find_language

WIDEST = 120
"""Cells of a line: more is hard to read."""
HEAD_CELLS = 4
"""Before the name of a check, which tells whether it is well; two more follow the name."""


@click.command(epilog=format_example("kiosk status", "kiosk status --format json"), help=HelpText.STATUS.fill())
@output_format("table", "json")
@pass_home_folder
def status(folder: Path, output: str) -> int:
    """Run all checks and print them."""
    checks = run_checks(folder)
    click.echo(_format_json(checks) if output == "json" else _format_lines(checks))
    return 0 if all(check.ok for check in checks) else EXIT_NO


def _format_json(checks: Sequence[Check]) -> str:
    facts = {"ok": all(check.ok for check in checks), "checks": [check._asdict() for check in checks]}
    return msgspec.json.encode(facts).decode()


def _format_lines(checks: Sequence[Check]) -> str:
    wrong = sum(not check.ok for check in checks)
    verdict = (
        CommandLineText.CHECKS_FAILED.fill(wrong=wrong, checks=len(checks))
        if wrong
        else CommandLineText.ALL_WELL.fill()
    )
    indent = HEAD_CELLS + max(measure_cells(find_check_name(check.name)) for check in checks) + 2
    return "\n".join([*(_format_line(check, indent) for check in checks), verdict])


def _format_line(check: Check, indent: int) -> str:
    name = find_check_name(check.name)
    head = f"{'ok' if check.ok else '!!'}  {name}{' ' * (indent - HEAD_CELLS - measure_cells(name))}"
    width = min(WIDEST, max(shutil.get_terminal_size().columns, 2 * indent))
    if find_language() == "en":
        return textwrap.fill(
            check.detail, width, initial_indent=head, subsequent_indent=" " * indent, break_long_words=False
        )
    return head + f"\n{' ' * indent}".join(wrap_text(check.detail, width - indent))
