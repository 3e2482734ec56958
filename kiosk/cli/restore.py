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

FOLDER_TYPE = click.Path(path_type=Path)


@click.command(
    epilog=format_example(
        "kiosk restore /mnt/usb/kiosk/backup-20261121T043000Z --to ./office",
        "kiosk restore /mnt/usb/kiosk/backup-20261121T043000Z --to ./office --from-home ./office.lost",
        "kiosk restore --drill --home ./office",
        "kiosk restore --drill --check --home ./office",
    )
)
@click.argument("backup", type=FOLDER_TYPE, required=False)
@click.option("--to", "into", type=FOLDER_TYPE, metavar="DIR", help="A new or empty folder; default that of --home.")
@click.option(
    "--from-home",
    "lost",
    type=FOLDER_TYPE,
    metavar="DIR",
    help="The home that was lost: what is missing of it, and who was erased there.",
)
@click.option("--drill", "on_trial", is_flag=True, help="Restore the newest backup on trial, prove it, remember that.")
@click.option("--check", is_flag=True, help="With --drill: restore nothing, exit 1 when no drill was good for a day.")
@pass_home_folder
def restore_home(
    home: Path, backup: Path | None, into: Path | None, lost: Path | None, on_trial: bool, check: bool
) -> int:
    """Make a home of BACKUP in a new or empty folder, and prove it. A home that stands is never written over.

    To put one where a home stands, move that one aside first.
    """
    if (on_trial and (into or lost)) or (check and (backup or not on_trial)):
        raise click.UsageError("--drill takes no --to and no --from-home, --check goes with --drill and nothing else")
    if check:
        return _check_drill(home)
    if on_trial:
        return _run_drill(home, backup)
    if backup is None:
        raise click.UsageError("name the backup: the folder that `kiosk backup` wrote")
    return _run_restore(backup, into or home, lost)


def _run_restore(backup: Path, into: Path, lost: Path | None) -> int:
    missing = count_missing_events(read_description(backup), lost) if lost else None
    proof = restore(backup, into, lost)
    click.echo(f"{into} is restored from {backup}\n{_format_proof(proof)}\n{_format_missing(proof, lost, missing)}")
    return 0


def _format_missing(proof: RestoreReport, lost: Path | None, events: int | None) -> str:
    """What is known of what was written after the backup."""
    made = f"{proof.description.made_at:%Y-%m-%d %H:%M} UTC"
    if events == 0:
        return f"missing  nothing: {lost} had no event after the backup"
    if events is not None:
        count = "1 event" if events == 1 else f"{events:,} events"
        return f"missing  {count} that {lost} had after the backup: look there what it was, and enter it again"
    if lost:
        return f"missing  what was written after {made}: nothing in {lost} tells how much that is"
    return f"missing  what was written after {made}: --from-home tells how much, where the lost home still stands"


def _run_drill(home: Path, backup: Path | None) -> int:
    find_log_file(home)
    done, proof = run_drill(home, backup, MachineClock().now())
    click.echo(f"{done.folder} can be restored: {done.seconds:.1f} s\n{_format_proof(proof)}")
    return 0


def _check_drill(home: Path) -> int:
    find_log_file(home)
    record = read_record(home)
    if trouble := find_drill_trouble(record, MachineClock().now()):
        raise UserError(trouble, EXIT_NO)
    if record.good_drill:
        click.echo(f"the last good drill was {record.good_drill.at:%Y-%m-%d %H:%M} UTC, of {record.good_drill.folder}")
    return 0


def _format_proof(proof: RestoreReport) -> str:
    return "\n".join(
        (
            f"chain    {proof.description.position:,} events, whole; it ends as the backup says",
            f"head     {proof.description.chain}",
            f"views    identical when built twice: {proof.rows:,} rows",
            f"people   {proof.people:,} registered",
            f"newest   recorded {proof.last_recorded:%Y-%m-%d %H:%M:%S} UTC",
            f"log      has the new name {proof.log_id}",
            f"erased   {proof.erased_again:,} again, whom the backup still knew",
        )
    )
