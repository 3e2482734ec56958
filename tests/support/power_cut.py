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
_HEAD = struct.Struct("<cxHIq")


class Deed(NamedTuple):
    """One thing that a program asked of the disk."""

    kind: bytes
    """C reate, W rite, T runcate, S ynchronise, U nlink."""
    name: str
    data: bytes
    offset: int


def deeds(trace: Path) -> Iterator[Deed]:
    """What was written down, in its order."""
    content, at = trace.read_bytes(), 0
    while at < len(content):
        kind, name, data, offset = _HEAD.unpack_from(content, at)
        at += _HEAD.size
        yield Deed(kind, content[at : at + name].decode(), content[at + name : at + name + data], offset)
        at += name + data


class File:
    """A file: what of it is safe, and what has been asked since."""

    def __init__(self, safe: bytes = b"") -> None:
        self.safe = bytearray(safe)
        self.asked: list[Deed] = []

    def settle(self) -> None:
        """Everything is safe from now on."""
        for deed in self.asked:
            _do(self.safe, deed)
        self.asked.clear()

    def after_a_cut(self, chance: Random, kept: float) -> bytes:
        """With about that share of what was asked."""
        left = bytearray(self.safe)
        for deed in self.asked:
            for part in _sectors(deed):
                if chance.random() < kept:
                    _do(left, part)
        return bytes(left)


class Disk:
    """The files of one folder."""

    def __init__(self, folder: Path) -> None:
        """As they stand there now, all of it safe."""
        self._now = {file.name: File(file.read_bytes()) for file in folder.iterdir()}
        self._safe = dict(self._now)
        self._names: list[dict[str, File]] = []

    def takes(self, deed: Deed) -> None:
        """Have one thing done."""
        match deed.kind:
            case b"C":
                self._now[deed.name] = File()
                self._names.append(dict(self._now))
            case b"U":
                del self._now[deed.name]
                self._names.append(dict(self._now))
            case b"S" if deed.name == FOLDER:
                self._safe = dict(self._now)
                self._names.clear()
            case b"S":
                self._now[deed.name].settle()
            case _:
                self._now[deed.name].asked.append(deed)

    def after_a_cut(self, chance: Random) -> dict[str, bytes]:
        """The files that are found when the power is back."""
        kept = chance.choice((0.0, 0.1, 0.5, 0.9, 1.0))
        names = chance.choice([self._safe, *self._names])
        return {name: file.after_a_cut(chance, kept) for name, file in names.items()}


def _sectors(deed: Deed) -> Iterator[Deed]:
    """A write in the parts that arrive or do not; a truncation is one."""
    if deed.kind != b"W":
        yield deed
        return
    at = 0
    while at < len(deed.data):
        size = SECTOR - (deed.offset + at) % SECTOR
        yield deed._replace(data=deed.data[at : at + size], offset=deed.offset + at)
        at += size


def _do(content: bytearray, deed: Deed) -> None:
    end = deed.offset + len(deed.data)
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    if deed.kind == b"T":
        del content[deed.offset :]
    else:
        content[deed.offset : end] = deed.data
