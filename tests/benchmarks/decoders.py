"""Decoding, family by family: whole reports, and for frames with a length the worst that noise can do.

A reader sends 1 kB a second, or 12 at 115200 baud; a megabyte a second leaves 99 % of a core to everything else.
"""

from collections.abc import Callable, Iterator

from tests.benchmarks.figures import Figure, rate
from tests.faults.reader_streams import FAMILIES, Chance, Family, report

REPORTS = 5_000
"""Of a family, in one round."""
PIECE = 64
"""Bytes that a port hands over at once, at most."""
SEED = 20_261_121

FALSE_BEGINNINGS = {
    "PN532": bytes.fromhex("00FFFE02"),
    "SL025M": bytes.fromhex("BD3E"),
    "SM130": bytes.fromhex("FF003C"),
    "YHY523U": bytes.fromhex("AABB4000"),
    "AA..BB": bytes.fromhex("AA003B"),
}
"""A beginning with the greatest length that is believed: at every one a whole frame is added up for nothing."""


def figures() -> Iterator[Figure]:
    """Each beside a bare loop over the same bytes."""
    for family in FAMILIES:
        yield _figure(f"decode {family.name}", family, _reports(family))
    for family in FAMILIES:
        if beginning := FALSE_BEGINNINGS.get(family.name):
            yield _figure(f"decode {family.name}, only beginnings", family, _cut(beginning * 50_000))


def _figure(name: str, family: Family, pieces: list[bytes]) -> Figure:
    bare = rate(lambda: _looked_at(pieces)) / 1e6
    return Figure(name, rate(_decoding(family, pieces)) / 1e6, "MB/s", 1, reference=bare)


def _reports(family: Family) -> list[bytes]:
    chance = Chance(SEED)
    sent = [report(family, chance)[0] for _ in range(REPORTS)]
    return _cut(b"".join(sent)) if family.touching else sent


def _cut(line: bytes) -> list[bytes]:
    return [line[start : start + PIECE] for start in range(0, len(line), PIECE)]


def _looked_at(pieces: list[bytes]) -> int:
    for piece in pieces:
        for _ in piece:
            pass
    return sum(map(len, pieces))


def _decoding(family: Family, pieces: list[bytes]) -> Callable[[], int]:
    def decode() -> int:
        decoder = family.decoder()
        for piece in pieces:
            decoder.feed(piece)
            if not family.touching:
                decoder.idle()
        return sum(map(len, pieces))

    return decode
