"""Bad bytes by the hundred thousand: nothing raises, nothing is read that was not sent, the next good card is read."""

from collections import Counter

import pytest

from devices.profiles.profile import CardDecoder
from devices.protocols.decoder import BadFrame, CardNumber
from tests.faults.reader_streams import REPORT_FORMATS, Episode, ReportFormat, SeededRandom, episode
from tests.faults.result_table import LONG

STREAMS = 100_000 if LONG else 300
EPISODES = 3
"""In one stream, each beginning with junk."""
SEED = 20_261_121

HEADINGS = ("family", "streams", "bytes", "sent", "read", "refused", "unhurt", "forged")
"""sent, read: whole reports. refused: bad frames in junk. unhurt: reports in junk that came through whole after all.
forged: other cards in junk, each standing there as a whole report: damage that a checksum of one byte does not see, or
any damage where a reader sends no checksum."""


@pytest.mark.parametrize("family", REPORT_FORMATS, ids=lambda family: family.name)
def test_every_whole_report_is_read_and_nothing_else(family: ReportFormat, capsys: pytest.CaptureFixture[str]) -> None:
    counted = Counter[str]()
    for number in range(STREAMS):
        _one_stream(family, SeededRandom(f"{SEED} {family.name} {number}"), counted)
    if LONG:
        with capsys.disabled():
            print(_row(family, counted))  # noqa: T201 - asked for
    assert counted["read"] == counted["sent"] > STREAMS


def _one_stream(family: ReportFormat, chance: SeededRandom, counted: Counter[str]) -> None:
    decoder = family.decoder()
    for _ in range(EPISODES):
        now = episode(family, chance)
        _take_junk(family, now, [*_fed(decoder, now.junk, chance), *decoder.idle()], counted)
        sent = b"".join(sent for sent, _ in now.reports)
        read = _cards([*_fed(decoder, sent, chance), *decoder.idle()])
        assert read == [raw for _, raw in now.reports]
        counted.update(bytes=len(now.junk) + len(sent), sent=len(now.reports), read=len(read))


def _take_junk(
    family: ReportFormat, now: Episode, readings: list[CardNumber | BadFrame], counted: Counter[str]
) -> None:
    cards = _cards(readings)
    for raw in cards:
        assert family.contains_report(now.junk, raw), f"{raw.hex()} was never sent: {now.junk.hex()}"
        counted["unhurt" if raw in now.junk_cards else "forged"] += 1
    counted["refused"] += len(readings) - len(cards)


def _cards(readings: list[CardNumber | BadFrame]) -> list[bytes]:
    return [reading.raw for reading in readings if isinstance(reading, CardNumber)]


def _fed(decoder: CardDecoder, data: bytes, chance: SeededRandom) -> list[CardNumber | BadFrame]:
    """What comes of some bytes that a port hands over in pieces."""
    found: list[CardNumber | BadFrame] = []
    while data:
        size = chance.choice((1, 3, 8, 64))
        found += decoder.feed(data[:size])
        data = data[size:]
    return found


def _row(family: ReportFormat, counted: Counter[str]) -> str:
    names = HEADINGS[2:]
    head = f"{HEADINGS[0]:<20}" + "".join(f"{name:>12}" for name in HEADINGS[1:])
    row = f"{family.name:<20}{STREAMS:>12,}" + "".join(f"{counted[name]:>12,}" for name in names)
    return f"\n{head}\n{row}" if family is REPORT_FORMATS[0] else f"\n{row}"
