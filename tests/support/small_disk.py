"""A disk that is soon full, and a person who fills it."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

SMALL_DISK_BYTES = 8 * 2**20
"""Bytes of a disk that is soon full."""

needs_a_small_disk = pytest.mark.skipif(os.geteuid() != 0, reason="only a system administrator can mount a small disk")


@contextmanager
def small_disk(folder: Path, size: int = SMALL_DISK_BYTES) -> Iterator[Path]:
    """A file system of so many bytes, in memory."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size},mode=0700", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("only a system administrator can mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill_disk(disk: Path) -> Path:
    """Another person's file, for which every byte was just enough."""
    filling = disk / "somebody-elses"
    with filling.open("ab", buffering=0) as file:
        for size in (2**16, 2**12):
            while True:
                try:
                    file.write(bytes(size))
                except OSError:
                    break
    return filling
