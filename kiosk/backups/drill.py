"""The drill: the newest backup is restored into a scratch folder and proved, so that it is known that one can be.

Rule: a drill that fails is remembered and told; nothing of the home changes but that memory. The scratch folder stands
in the home, on the same encrypted disk.
"""

from datetime import datetime
from pathlib import Path
from time import monotonic

from domain.log.copying import head_of
from domain.log.errors import LogError
from kiosk.backups.backup import FOLDER
from kiosk.backups.folder import DESCRIPTION, Description, backups_in, demand_unaltered, description_of
from kiosk.backups.record import Drill, keep_drill, record_of
from kiosk.backups.restore import Proof, put_together, remove_leftovers
from kiosk.errors import NO, Mistake
from kiosk.home_files import LOG_FILE


def drill(home: Path, backup: Path | None, now: datetime) -> tuple[Drill, Proof]:
    """Restore a backup on trial, by default the newest; what is remembered of it, and the proof.

    Raises: Mistake where it fails, which is remembered too.
    """
    began, folder = monotonic(), backup or newest_backup(home)
    try:
        proof = _tried(home, folder)
    except (Mistake, LogError) as failure:
        _keep(home, Drill(now, folder.absolute(), _since(began), str(failure)))
        raise Mistake(f"the drill failed: {failure}", NO) from None
    done = Drill(now, folder.absolute(), _since(began))
    _keep(home, done)
    return done, proof


def newest_backup(home: Path) -> Path:
    """The last one that this home remembers, or the newest beside it. Raises: Mistake where there is none.

    Several homes may share a folder: what another one put there is not looked at while ours stands.
    """
    made = record_of(home).made
    if made and (made.folder / DESCRIPTION).is_file():
        return made.folder
    places = [made.folder.parent] if made else []
    for where in (*places, home / FOLDER):
        if found := backups_in(where):
            return found[-1]
    raise Mistake(f"there is no backup of {home} to be found: run `kiosk backup`, or name one", NO)


def _tried(home: Path, backup: Path) -> Proof:
    description = description_of(backup)
    demand_unaltered(backup, description)
    _demand_of(home, backup, description)
    remove_leftovers(home)
    with put_together(backup, description, home, home) as (_, proof):
        return proof


def _demand_of(home: Path, backup: Path, description: Description) -> None:
    names, _ = head_of(home / LOG_FILE)
    if description.born != names[0]:
        raise Mistake(f"{backup} is a backup of another home: name one of {home}", NO)


def _since(began: float) -> float:
    return round(monotonic() - began, 3)


def _keep(home: Path, done: Drill) -> None:
    try:
        keep_drill(home, done)
    except OSError as error:
        raise Mistake(f"the drill cannot be remembered in {home} ({error.strerror}): check the disk", NO) from None
