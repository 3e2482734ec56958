"""What a power cut leaves of the files of a folder, at any moment of what was written down of its disk.

Rule: what was synchronised stays. Of what was not, each sector is there or is not, whatever came before or after it;
the names in the folder, which a file system keeps in a journal, are as they were at some moment since they were
synchronised last.
"""

import struct
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

SECTOR = 512
"""Bytes that a disk writes whole or not at all."""
FOLDER = "."
_HEADER = struct.Struct("<cxHIq")


class DiskOperation(NamedTuple):
    """One thing that a program asked of the disk."""

    kind: bytes
    """C reate, W rite, T runcate, S ynchronise, U nlink."""
    name: str
    data: bytes
    offset: int


def read_trace(trace: Path) -> Iterator[DiskOperation]:
    """What was written down, in its order."""
    content, at = trace.read_bytes(), 0
    while at < len(content):
        kind, name, data, offset = _HEADER.unpack_from(content, at)
        at += _HEADER.size
        yield DiskOperation(kind, content[at : at + name].decode(), content[at + name : at + name + data], offset)
        at += name + data


class SimulatedFile:
    """A file: what of it is safe, and what has been asked since."""

    def __init__(self, safe: bytes = b"") -> None:
        self.durable = bytearray(safe)
        self.pending: list[DiskOperation] = []

    def sync(self) -> None:
        """Everything is safe from now on."""
        for deed in self.pending:
            _apply_operation(self.durable, deed)
        self.pending.clear()

    def cut_power(self, chance: Random, share: float) -> bytes:
        """With about that share of what was asked."""
        left = bytearray(self.durable)
        for deed in self.pending:
            for part in _split_into_sectors(deed):
                if chance.random() < share:
                    _apply_operation(left, part)
        return bytes(left)


class SimulatedDisk:
    """The files of one folder."""

    def __init__(self, folder: Path) -> None:
        """As they stand there now, all of it safe."""
        self._current = {file.name: SimulatedFile(file.read_bytes()) for file in folder.iterdir()}
        self._durable = dict(self._current)
        self._pending_names: list[dict[str, SimulatedFile]] = []

    def apply(self, deed: DiskOperation) -> None:
        """Have one thing done."""
        match deed.kind:
            case b"C":
                self._current[deed.name] = SimulatedFile()
                self._pending_names.append(dict(self._current))
            case b"U":
                del self._current[deed.name]
                self._pending_names.append(dict(self._current))
            case b"S" if deed.name == FOLDER:
                self._durable = dict(self._current)
                self._pending_names.clear()
            case b"S":
                self._current[deed.name].sync()
            case _:
                self._current[deed.name].pending.append(deed)

    def cut_power(self, chance: Random) -> dict[str, bytes]:
        """The files that are found when the power is back."""
        kept = chance.choice((0.0, 0.1, 0.5, 0.9, 1.0))
        names = chance.choice([self._durable, *self._pending_names])
        return {name: file.cut_power(chance, kept) for name, file in names.items()}


def _split_into_sectors(deed: DiskOperation) -> Iterator[DiskOperation]:
    """A write in the parts that arrive or do not; a truncation is one."""
    if deed.kind != b"W":
        yield deed
        return
    at = 0
    while at < len(deed.data):
        size = SECTOR - (deed.offset + at) % SECTOR
        yield deed._replace(data=deed.data[at : at + size], offset=deed.offset + at)
        at += size


def _apply_operation(content: bytearray, deed: DiskOperation) -> None:
    end = deed.offset + len(deed.data)
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    if deed.kind == b"T":
        del content[deed.offset :]
    else:
        content[deed.offset : end] = deed.data
