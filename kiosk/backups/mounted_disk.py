"""The disk that a folder is on: where the system has mounted it, and by what the disk is known again.

Rule: of a folder that is not there this says whether its disk was taken out, or the folder was deleted from it.
"""

import os
from pathlib import Path

import msgspec


class MountedDisk(msgspec.Struct, frozen=True):
    """One file system, as the system had it at a time."""

    mount_point: Path
    file_system: int
    """The identifier of statvfs(3), which most file systems keep for good; 0 of one that has none."""


def find_disk(folder: Path) -> MountedDisk:
    """The disk of a folder that is there. Raises: OSError."""
    point = folder.absolute()
    while not _begins_disk(point):
        point = point.parent
    return MountedDisk(point, os.statvfs(folder).f_fsid)


def is_away(disk: MountedDisk, home: Path) -> bool:
    """Whether a disk is not mounted where it was, or another one is there; never the disk of the home itself."""
    if find_disk(home).mount_point == disk.mount_point:
        return False
    try:
        return not _begins_disk(disk.mount_point) or os.statvfs(disk.mount_point).f_fsid != disk.file_system
    except OSError:
        return True


def _begins_disk(folder: Path) -> bool:
    """Whether a folder is the uppermost of its disk; a folder that is mounted once more in another place is none."""
    return folder.parent == folder or folder.stat().st_dev != folder.parent.stat().st_dev
