"""`kiosk restore`: a home from a backup, verified; and the drill that checks every day that one can be restored."""

from datetime import tzinfo
from pathlib import Path

import click

from domain.clock import MachineClock
from kiosk.backups.database import resume_in_restored_database
from kiosk.backups.drill import run_drill
from kiosk.backups.folder import read_description
from kiosk.backups.record import find_drill_trouble, read_record
from kiosk.backups.restore import RestoreReport, count_missing_events, restore
from kiosk.cli.at_kiosk import demand_works_here
from kiosk.cli.lazy_group import format_example
from kiosk.cli.options import FOLDER_TYPE, pass_home_folder
from kiosk.errors import EXIT_NO, UserError
from kiosk.home_folder import demand_writable_home
from kiosk.settings import load_zone
from kiosk.unit_files import find_unit_file_faults
from kiosk.words.command_line import CommandLineText
from kiosk.words.help import HelpText
from kiosk.words.restores import DatabaseHelp, DatabaseText
from kiosk.words.sentence import format_instant


@click.command(
    epilog=format_example(
        "kiosk restore /mnt/usb/kiosk/backup-20261121T043000Z --to ./office",
        "kiosk restore /mnt/usb/kiosk/backup-20261121T043000Z --to ./office --from-home ./office.lost",
        "kiosk restore --drill --home ./office",
        "kiosk restore --drill --check --home ./office",
        "kiosk restore --database --home ./office",
    ),
    help=HelpText.RESTORE.fill(),
)
@click.argument("backup", type=FOLDER_TYPE, required=False)
@click.option("--to", "into", type=FOLDER_TYPE, metavar="DIR", help=HelpText.OPTION_RESTORE_TO.fill())
@click.option(
    "--from-home",
    "lost",
    type=FOLDER_TYPE,
    metavar="DIR",
    help=HelpText.OPTION_LOST_HOME.fill(),
)
@click.option("--unsealed", is_flag=True, help=HelpText.OPTION_UNSEALED.fill())
@click.option("--drill", "drill", is_flag=True, help=HelpText.OPTION_DRILL.fill())
@click.option("--check", is_flag=True, help=HelpText.OPTION_CHECK_DRILL.fill())
@click.option("--database", "database", is_flag=True, help=DatabaseHelp.OPTION_DATABASE.fill())
@pass_home_folder
def restore_home(
    home: Path,
    backup: Path | None,
    into: Path | None,
    lost: Path | None,
    unsealed: bool,
    drill: bool,
    check: bool,
    database: bool,
) -> int:
    """Restore a backup, run a drill, check when the last good drill was, or go on in a restored database."""
    if database:
        if backup or into or lost or unsealed or drill or check:
            raise click.UsageError(DatabaseText.ALONE.fill())
        return _resume_in_database(home)
    if (drill and (into or lost or unsealed)) or (check and (backup or not drill)):
        raise click.UsageError(CommandLineText.DRILL_OPTIONS.fill())
    if check:
        return _check_drill(home)
    if drill:
        return _run_drill(home, backup)
    if backup is None:
        raise click.UsageError(CommandLineText.BACKUP_NOT_NAMED.fill())
    demand_works_here(into or home, "restore")
    return _run_restore(backup, into or home, lost, accept_unsealed=unsealed)


def _run_restore(backup: Path, into: Path, lost: Path | None, *, accept_unsealed: bool) -> int:
    missing = count_missing_events(read_description(backup), lost) if lost else None
    proof = restore(backup, into, lost, accept_unsealed=accept_unsealed)
    click.echo(
        CommandLineText.RESTORED.fill(
            into=into,
            backup=backup,
            proof=_format_proof(proof, load_zone(into)),
            missing=_format_missing(proof, lost, missing, load_zone(into)),
        )
    )
    for fault in find_unit_file_faults(into):
        click.echo(f"kiosk: {fault}", err=True)
    return 0


def _resume_in_database(home: Path) -> int:
    found = resume_in_restored_database(home)
    click.echo(
        DatabaseText.RESUMED.fill(
            path=home,
            position=found.head.position,
            chain=found.head.chain.hex(),
            log_id=found.log_id,
            last_recorded=format_instant(found.last_recorded, load_zone(home), "seconds"),
            erased_again=found.erased_again,
        )
    )
    if faults := len(found.people.faults):
        click.echo(f"kiosk: {DatabaseText.PEOPLE_DIFFER.fill(faults=faults)}", err=True)
    return EXIT_NO if found.people.faults else 0


def _format_missing(proof: RestoreReport, lost: Path | None, events: int | None, zone: tzinfo) -> str:
    """How much was written after the backup, as far as it is known."""
    made = format_instant(proof.description.made_at, zone)
    if events == 0:
        return CommandLineText.MISSING_NOTHING.fill(lost=lost)
    if events is not None:
        return CommandLineText.MISSING_EVENTS.fill(count=events, lost=lost)
    if lost:
        return CommandLineText.MISSING_UNREADABLE.fill(made=made, lost=lost)
    return CommandLineText.MISSING_UNKNOWN.fill(made=made)


def _run_drill(home: Path, backup: Path | None) -> int:
    demand_writable_home(home)
    result, proof = run_drill(home, backup, MachineClock().now())
    click.echo(
        CommandLineText.DRILL_DONE.fill(
            folder=result.folder, seconds=result.seconds, proof=_format_proof(proof, load_zone(home))
        )
    )
    return 0


def _check_drill(home: Path) -> int:
    demand_writable_home(home)
    record = read_record(home)
    if trouble := find_drill_trouble(record, MachineClock().now(), load_zone(home)):
        raise UserError(trouble, EXIT_NO)
    if record.good_drill:
        at = format_instant(record.good_drill.at, load_zone(home))
        click.echo(CommandLineText.LAST_GOOD_DRILL.fill(at=at, folder=record.good_drill.folder))
    return 0


def _format_proof(proof: RestoreReport, zone: tzinfo) -> str:
    return "\n".join(
        (
            CommandLineText.PROOF_CHAIN.fill(position=proof.description.position),
            CommandLineText.PROOF_HEAD.fill(chain=proof.description.chain),
            CommandLineText.PROOF_VIEWS.fill(rows=proof.rows),
            CommandLineText.PROOF_PEOPLE.fill(people=proof.people),
            CommandLineText.PROOF_NEWEST.fill(last_recorded=format_instant(proof.last_recorded, zone, "seconds")),
            CommandLineText.PROOF_LOG_NAME.fill(log_id=proof.log_id),
            CommandLineText.PROOF_ERASED_AGAIN.fill(erased_again=proof.erased_again),
        )
    )
