"""`kiosk restore`: a home from a backup, proved; and the drill that shows every day that it could be done."""

from pathlib import Path

import click

from domain.clock import MachineClock
from kiosk.backups.drill import drill
from kiosk.backups.folder import description_of
from kiosk.backups.record import drill_trouble, record_of
from kiosk.backups.restore import Proof, missing_after, restore
from kiosk.cli.options import example, home_folder
from kiosk.errors import NO, Mistake
from kiosk.home import log_file_of

A_FOLDER = click.Path(path_type=Path)


@click.command(
    epilog=example(
        "kiosk restore /mnt/usb/kiosk/backup-20261121T043000Z --to ./office",
        "kiosk restore /mnt/usb/kiosk/backup-20261121T043000Z --to ./office --from-home ./office.lost",
        "kiosk restore --drill --home ./office",
        "kiosk restore --drill --check --home ./office",
    )
)
@click.argument("backup", type=A_FOLDER, required=False)
@click.option("--to", "into", type=A_FOLDER, metavar="DIR", help="A new or empty folder; default that of --home.")
@click.option(
    "--from-home",
    "lost",
    type=A_FOLDER,
    metavar="DIR",
    help="The home that was lost: what is missing of it, and who was erased there.",
)
@click.option("--drill", "on_trial", is_flag=True, help="Restore the newest backup on trial, prove it, remember that.")
@click.option("--check", is_flag=True, help="With --drill: restore nothing, exit 1 when no drill was good for a day.")
@home_folder
def restore_home(
    home: Path, backup: Path | None, into: Path | None, lost: Path | None, on_trial: bool, check: bool
) -> int:
    """Make a home of BACKUP in a new or empty folder, and prove it. A home that stands is never written over.

    To put one where a home stands, move that one aside first.
    """
    if (on_trial and (into or lost)) or (check and (backup or not on_trial)):
        raise click.UsageError("--drill takes no --to and no --from-home, --check goes with --drill and nothing else")
    if check:
        return _checked(home)
    if on_trial:
        return _drilled(home, backup)
    if backup is None:
        raise click.UsageError("name the backup: the folder that `kiosk backup` wrote")
    return _restored(backup, into or home, lost)


def _restored(backup: Path, into: Path, lost: Path | None) -> int:
    missing = missing_after(description_of(backup), lost) if lost else None
    proof = restore(backup, into, lost)
    click.echo(f"{into} is restored from {backup}\n{_told(proof)}\n{_missing(proof, lost, missing)}")
    return 0


def _missing(proof: Proof, lost: Path | None, events: int | None) -> str:
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


def _drilled(home: Path, backup: Path | None) -> int:
    log_file_of(home)
    done, proof = drill(home, backup, MachineClock().now())
    click.echo(f"{done.folder} can be restored: {done.seconds:.1f} s\n{_told(proof)}")
    return 0


def _checked(home: Path) -> int:
    log_file_of(home)
    record = record_of(home)
    if trouble := drill_trouble(record, MachineClock().now()):
        raise Mistake(trouble, NO)
    if record.good_drill:
        click.echo(f"the last good drill was {record.good_drill.at:%Y-%m-%d %H:%M} UTC, of {record.good_drill.folder}")
    return 0


def _told(proof: Proof) -> str:
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
