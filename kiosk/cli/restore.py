"""`kiosk restore`: a home from a backup, proved; and the drill that shows every day that it could be done."""

from pathlib import Path

import click

from domain.clock import MachineClock
from kiosk.backups.drill import run_drill
from kiosk.backups.folder import read_description
from kiosk.backups.record import find_drill_trouble, read_record
from kiosk.backups.restore import RestoreReport, count_missing_events, restore
from kiosk.cli.options import format_example, pass_home_folder
from kiosk.errors import EXIT_NO, UserError
from kiosk.home import find_log_file
from kiosk.words.cli import CliText
from kiosk.words.help import HelpText

FOLDER_TYPE = click.Path(path_type=Path)


@click.command(
    epilog=format_example(
        "kiosk restore /mnt/usb/kiosk/backup-20261121T043000Z --to ./office",
        "kiosk restore /mnt/usb/kiosk/backup-20261121T043000Z --to ./office --from-home ./office.lost",
        "kiosk restore --drill --home ./office",
        "kiosk restore --drill --check --home ./office",
    ),
    help=HelpText.RESTORE_HOME,
)
@click.argument("backup", type=FOLDER_TYPE, required=False)
@click.option("--to", "into", type=FOLDER_TYPE, metavar="DIR", help=HelpText.NEW_EMPTY_FOLDER)
@click.option(
    "--from-home",
    "lost",
    type=FOLDER_TYPE,
    metavar="DIR",
    help=HelpText.HOME_LOST,
)
@click.option("--drill", "on_trial", is_flag=True, help=HelpText.RESTORE_NEWEST_BACKUP_TRIAL_PROVE)
@click.option("--check", is_flag=True, help=HelpText.DRILL)
@pass_home_folder
def restore_home(
    home: Path, backup: Path | None, into: Path | None, lost: Path | None, on_trial: bool, check: bool
) -> int:
    """Make a home of BACKUP in a new or empty folder, and prove it."""
    if (on_trial and (into or lost)) or (check and (backup or not on_trial)):
        raise click.UsageError(CliText.DRILL_TAKES_NO_NO_HOME)
    if check:
        return _check_drill(home)
    if on_trial:
        return _run_drill(home, backup)
    if backup is None:
        raise click.UsageError(CliText.NAME_BACKUP)
    return _run_restore(backup, into or home, lost)


def _run_restore(backup: Path, into: Path, lost: Path | None) -> int:
    missing = count_missing_events(read_description(backup), lost) if lost else None
    proof = restore(backup, into, lost)
    click.echo(
        CliText.RESTORED.fill(
            into=into, backup=backup, proof=_format_proof(proof), missing=_format_missing(proof, lost, missing)
        )
    )
    return 0


def _format_missing(proof: RestoreReport, lost: Path | None, events: int | None) -> str:
    """What is known of what was written after the backup."""
    made = f"{proof.description.made_at:%Y-%m-%d %H:%M} UTC"
    if events == 0:
        return CliText.MISSING_NOTHING.fill(lost=lost)
    if events is not None:
        count = "1 event" if events == 1 else f"{events:,} events"
        return CliText.MISSING_AFTER_BACKUP.fill(count=count, lost=lost)
    if lost:
        return CliText.MISSING_WRITTEN_AFTER_2.fill(made=made, lost=lost)
    return CliText.MISSING_WRITTEN_AFTER.fill(made=made)


def _run_drill(home: Path, backup: Path | None) -> int:
    find_log_file(home)
    done, proof = run_drill(home, backup, MachineClock().now())
    click.echo(CliText.RESTORED_2.fill(folder=done.folder, seconds=done.seconds, proof=_format_proof(proof)))
    return 0


def _check_drill(home: Path) -> int:
    find_log_file(home)
    record = read_record(home)
    if trouble := find_drill_trouble(record, MachineClock().now()):
        raise UserError(trouble, EXIT_NO)
    if record.good_drill:
        click.echo(CliText.LAST_GOOD_DRILL_UTC.fill(at=record.good_drill.at, folder=record.good_drill.folder))
    return 0


def _format_proof(proof: RestoreReport) -> str:
    return "\n".join(
        (
            CliText.CHAIN_EVENTS_WHOLE.fill(position=proof.description.position),
            f"head     {proof.description.chain}",
            CliText.VIEWS_IDENTICAL_WHEN_BUILT_TWICE.fill(rows=proof.rows),
            f"people   {proof.people:,} registered",
            CliText.NEWEST_RECORDED_UTC.fill(last_recorded=proof.last_recorded),
            CliText.LOG_NEW_NAME.fill(log_id=proof.log_id),
            CliText.ERASED_AGAIN_WHOM_BACKUP_STILL.fill(erased_again=proof.erased_again),
        )
    )
