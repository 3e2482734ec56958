"""Decoding, family by family: whole reports, and for frames with a length the worst that noise can do.

A reader sends 1 kB a second, or 12 at 115200 baud; a megabyte a second leaves 99 % of a core to everything else.
"""

from collections.abc import Callable, Iterator

from tests.benchmarks.figures import Figure, measure_rate
from tests.faults.reader_streams import REPORT_FORMATS, ReportFormat, SeededRandom, report

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
    for family in REPORT_FORMATS:
        yield _measure_decoder(f"decode {family.name}", family, _encode_reports(family))
    for family in REPORT_FORMATS:
        if beginning := FALSE_BEGINNINGS.get(family.name):
            yield _measure_decoder(f"decode {family.name}, only beginnings", family, _cut(beginning * 50_000))


def _measure_decoder(name: str, family: ReportFormat, pieces: list[bytes]) -> Figure:
    bare = measure_rate(lambda: _iterate_bytes(pieces)) / 1e6
    return Figure(name, measure_rate(_build_decoding(family, pieces)) / 1e6, "MB/s", reference=bare, ratio_limit=0.005)


def _encode_reports(family: ReportFormat) -> list[bytes]:
    chance = SeededRandom(SEED)
    sent = [report(family, chance)[0] for _ in range(REPORTS)]
    return _cut(b"".join(sent)) if family.back_to_back else sent


def _cut(line: bytes) -> list[bytes]:
    return [line[start : start + PIECE] for start in range(0, len(line), PIECE)]


def _iterate_bytes(pieces: list[bytes]) -> int:
    for piece in pieces:
        for _ in piece:
            pass
    return sum(map(len, pieces))


def _build_decoding(family: ReportFormat, pieces: list[bytes]) -> Callable[[], int]:
    def decode() -> int:
        decoder = family.decoder()
        for piece in pieces:
            decoder.feed(piece)
            if not family.back_to_back:
                decoder.idle()
        return sum(map(len, pieces))

    return decode
