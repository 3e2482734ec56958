"""A backup whose description is rewritten by a person who changed its files, with a site key or without one."""

from pathlib import Path

import msgspec

from kiosk.backups.folder import compute_digest, read_description, write_description
from kiosk.backups.trust import seal_description


def forge_description(backup: Path, key: bytes | None) -> None:
    """Describe the files as they are now, sealed with a key, or with the seal of before where none is known."""
    description = read_description(backup)
    digests = {name: compute_digest(backup / name) for name in description.digests}
    forged = msgspec.structs.replace(description, digests=digests)
    (backup / "backup.json").unlink()
    write_description(backup, seal_description(forged, key) if key else forged)


def strip_seal(backup: Path) -> None:
    """Make the description one of version 0.1, which had no seal."""
    description = read_description(backup)
    (backup / "backup.json").unlink()
    write_description(backup, msgspec.structs.replace(description, seal=""))
