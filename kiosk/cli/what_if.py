"""`kiosk what-if`: what a policy, or lines of a batch, would change before they are in force."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click
import msgspec

from domain.errors import DomainError
from domain.policy import Adoption, check_changes
from kiosk.cli.apply import try_file
from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import FOLDER_TYPE, ServiceDate, output_format, pass_home_to_read
from kiosk.cli.printing import print_rows
from kiosk.effects import Effect, WhatIf
from kiosk.errors import UserError
from kiosk.home import Home
from kiosk.statements.statement_rows import Row
from kiosk.toml_files import TomlFile
from kiosk.what_if import foresee, foresee_policy
from kiosk.words.what_if import WhatIfHelp, WhatIfText
from projections.read_models.effects import DutyChange

LISTS = ("cases_raised", "cases_withdrawn", "awards_gained", "awards_lost")
COLUMNS = ("volunteer", "family", "minutes_before", "minutes_after", "change", "outcomes", "late_or_early", *LISTS)
"""Of a table: in JSON a row has its duties beside them."""


@click.command(
    "what-if",
    epilog=format_example(
        "kiosk what-if --policy grace.toml --from 2026-11-01",
        "kiosk what-if --batch corrections.jsonl",
        "kiosk what-if --batch moved-shift.jsonl --format csv",
    ),
    help=WhatIfHelp.WHAT_IF.fill(),
)
@click.option("--policy", type=FOLDER_TYPE, metavar="FILE", help=WhatIfHelp.OPTION_POLICY.fill())
@click.option("--from", "since", type=ServiceDate(), metavar="DATE", help=WhatIfHelp.OPTION_FROM.fill())
@click.option("--batch", metavar="FILE", help=WhatIfHelp.OPTION_BATCH.fill())
@output_format("table", "json", "csv")
@pass_home_to_read
def what_if(home: Home, policy: Path | None, since: date | None, batch: str | None, output: str) -> None:
    """Print the rows and their sum."""
    facts: dict[str, Any] = {"batch": batch}
    if batch and not policy and not since:
        found = foresee(home, lambda copy: carry_out_batch(copy, batch))
    elif policy and since and not batch:
        changes = read_policy_file(home, policy)
        facts = {"from": since.isoformat(), "policy": changes}
        found = foresee_policy(home, Adoption(since, changes))
    else:
        raise UserError(WhatIfText.ONE_OF_TWO.fill())
    print_what_if(found, output, facts)


def carry_out_batch(copy: Home, file: str) -> None:
    """Carry out the lines of a file on a copy of a home. Raises: UserError where one of them would not be."""
    summary = try_file(copy, file, 1)
    if summary.status:
        raise UserError(WhatIfText.REFUSED.fill(file=file), summary.status)


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


def print_what_if(found: WhatIf, output: str, facts: Row) -> None:
    """All of it as `json`; the rows as `csv`, and as a `table` with their sum below."""
    built = [_build_row(effect) for effect in found.effects]
    if output == "json":
        click.echo(msgspec.json.encode({**facts, "sum": found.total, "rows": built}).decode())
        return
    rows = [{name: row[name] for name in COLUMNS} for row in built]
    if output == "csv":
        print_rows(rows, output, COLUMNS)
        return
    if rows:
        print_rows(_name_groups(rows), output)
    click.echo(WhatIfText.SUM.fill(**found.total) if rows else WhatIfText.NOTHING.fill())


def _build_row(effect: Effect) -> Row:
    """A family as `kiosk awards` names it, and the team by nothing."""
    service = effect.service
    return {
        "volunteer": effect.number,
        "family": None if effect.number else effect.subject or None,
        "minutes_before": service.minutes_before,
        "minutes_after": service.minutes_after,
        "change": service.change,
        "outcomes": sum(duty.has_other_outcome for duty in service.duties),
        "late_or_early": sum(duty.has_other_minutes for duty in service.duties),
        "cases_raised": [case.rule for case in service.raised],
        "cases_withdrawn": [case.rule for case in service.withdrawn],
        "awards_gained": [award.id for award in effect.gained],
        "awards_lost": [award.id for award in effect.lost],
        "duties": [_describe_duty(duty) for duty in service.duties],
    }


def _describe_duty(duty: DutyChange) -> Row:
    day = date.fromordinal(duty.day).isoformat()
    row: Row = {"shift": duty.shift, "date": day, "before": duty.before, "after": duty.after}
    for name, (before, after) in (("late_minutes", duty.late), ("early_minutes", duty.early)):
        row |= {f"{name}_before": before, f"{name}_after": after}
    return row


def _name_groups(rows: Sequence[Row]) -> list[Row]:
    """The family, or the team, in the column of the volunteers."""
    for row in rows:
        family = row.pop("family")
        if row["volunteer"] is None:
            row["volunteer"] = WhatIfText.FAMILY.fill(name=family) if family else WhatIfText.TEAM.fill()
    return [*rows]
