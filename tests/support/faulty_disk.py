"""A disk that fails, is slow, or writes down what it is given: a small C library between a program and its files.

It is compiled where there is a compiler; without one, what needs it is skipped and says so.
"""

import atexit
import errno
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

SOURCE = Path(__file__).with_suffix(".c")
COMPILER = shutil.which("cc") or shutil.which("gcc")
"""None on a machine without one."""
FAULTS = {
    "no space on write": ("write", errno.ENOSPC),
    "EIO on write": ("write", errno.EIO),
    "EIO on fsync": ("sync", errno.EIO),
    "no space on fsync": ("sync", errno.ENOSPC),
    "short write, then no space": ("short", errno.ENOSPC),
    "short write, then EIO": ("short", errno.EIO),
    "read-only folder": ("readonly", errno.EROFS),
}
"""What can fail, in the words of the library."""


@cache
def compile_library() -> Path:
    """The compiled library, once a run."""
    if COMPILER is None:
        pytest.skip("there is no C compiler to make a faulty disk with")
    folder = Path(mkdtemp(prefix="faulty-disk-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    made = folder / "faulty_disk.so"
    command = [COMPILER, "-shared", "-fPIC", "-O1", "-o", str(made), str(SOURCE), "-ldl"]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    if told.returncode:
        pytest.skip(f"the faulty disk cannot be compiled here: {told.stderr[:200]}")
    return made


class FaultyDisk:
    """The disk under one folder, for programs that are started with its environment."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.trace = self.folder.with_name(f"{folder.name}.trace")
        self._fault = self.folder.with_name(f"{folder.name}.fault")

    def environment(self, *, traced: bool = False, delay_us: int = 0) -> dict[str, str]:
        """What a program is started with."""
        mine = {"LD_PRELOAD": str(compile_library()), "DISK_ROOT": str(self.folder), "DISK_FAULT": str(self._fault)}
        if traced:
            mine["DISK_TRACE"] = str(self.trace)
        if delay_us:
            mine["DISK_DELAY_US"] = str(delay_us)
        return os.environ | mine

    @contextmanager
    def inject_fault(self, kind: str, error: int) -> Iterator[None]:
        """For as long as the block lasts."""
        self.set_fault(kind, error)
        try:
            yield
        finally:
            self.clear_fault()

    def set_bad_sectors(self, error: int, name: str, start: int = 0, end: int = 1 << 40) -> None:
        """From now on no byte between two places of a file can be read."""
        self.set_fault("read", error, f"{name} {start} {end}")

    def set_fault(self, kind: str, error: int, name: str = "") -> None:
        """From now on, until it is told otherwise."""
        half_written = self._fault.with_suffix(".new")
        half_written.write_text(f"{kind} {error} {name}\n")
        half_written.rename(self._fault)

    def clear_fault(self) -> None:
        """Nothing fails any more."""
        self._fault.unlink()
