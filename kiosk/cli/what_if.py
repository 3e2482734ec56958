"""`kiosk what-if`: what a policy would change, before it is adopted."""

from datetime import date
from pathlib import Path
from typing import Any

import click
import msgspec

from domain.errors import DomainError
from domain.policy import Adoption, check_changes
from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import FOLDER_TYPE, output_format, pass_home_to_read
from kiosk.cli.printing import print_rows
from kiosk.cli.reads import ServiceDate
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.statements.what_if import build_what_if
from kiosk.toml_files import TomlFile
from kiosk.words.what_if import WhatIfHelp, WhatIfText


@click.command(
    "what-if",
    epilog=format_example(
        "kiosk what-if --policy grace.toml --from 2026-11-01",
        "kiosk what-if --policy grace.toml --from 2026-11-01 --format json",
    ),
    help=WhatIfHelp.WHAT_IF.fill(),
)
@click.option("--policy", type=FOLDER_TYPE, required=True, metavar="FILE", help=WhatIfHelp.OPTION_POLICY.fill())
@click.option("--from", "since", type=ServiceDate(), required=True, metavar="DATE", help=WhatIfHelp.OPTION_FROM.fill())
@output_format("table", "json")
@pass_home_to_read
def what_if(home: Home, policy: Path, since: date, output: str) -> None:
    """Print the rows and their sum."""
    changes = read_policy_file(home, policy)
    found = build_what_if(home, Adoption(since, changes))
    if output == "json":
        facts = {"from": since.isoformat(), "policy": changes, "sum": found.total, "rows": found.rows}
        click.echo(msgspec.json.encode(facts).decode())
        return
    if found.rows:
        print_rows(found.rows, output)
    click.echo(WhatIfText.SUM.fill(**found.total) if found.rows else WhatIfText.NOTHING.fill())


def read_policy_file(home: Home, path: Path) -> dict[str, Any]:
    """The parameters that a file names. Raises: SettingsError with the line, UserError."""
    file = TomlFile.read(path)
    changes: dict[str, Any] = {}
    for name, value in file.convert(dict[str, Any]).items():
        try:
            changes |= check_changes({name: value})
        except DomainError as refusal:
            raise file.build_error((name,), home.format_refusal(refusal)) from None
    if not changes:
        raise UserError(WhatIfText.NO_CHANGE.fill(path=path))
    return changes
