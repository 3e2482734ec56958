"""A reader that stutters: nothing but good cards is believed, and the next good card is read."""

import random
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.protocols.decoder import CardNumber
from devices.protocols.em4100 import encode
from devices.simulated.scripted_reader import ScriptedReader
from tests.kiosk.conftest import list_topics
from tests.support.kiosk_program import OPEN_UNIT, add_reader, line, run_kiosk, write_batch
from tests.support.terminal import Terminal
from tests.support.waiting import wait_until

KIOSK = Path(sys.executable).with_name("kiosk")
NAMES = {
    "V001": ("陳美玉", "陳〇玉"),
    "V002": ("林秀蘭", "林〇蘭"),
    "V003": ("黃國雄", "黃〇雄"),
    "V004": ("張淑芬", "張〇芬"),
    "V005": ("李正義", "李〇義"),
    "V006": ("王麗華", "王〇華"),
}
"""Names of volunteers, and as a public screen shows them."""


def card_of(number: str) -> str:
    return f"E:01000000{int(number[1:]):02X}"


def frame_of(number: str) -> bytes:
    """What the reader sends for a person's card."""
    return encode(CardNumber.parse(card_of(number)).raw)


def founding() -> Iterator[dict[str, object]]:
    yield OPEN_UNIT
    for number, (name, _) in NAMES.items():
        facts = {"volunteer": number, "mode": "flexible", "agreement_from": "2024-01-02", "name": name}
        yield line("enrol_volunteer", "2024-01-02T08:00", **facts)
        yield line("issue_card", "2024-01-11T08:00", volunteer=number, card=card_of(number))


@pytest.fixture
def home(tmp_path: Path, reader: ScriptedReader) -> Path:
    home = tmp_path / "home"
    assert run_kiosk("init", "--home", home).status == 0
    assert run_kiosk("apply", write_batch(tmp_path / "people.jsonl", *founding()), "--home", home).err == ""
    return add_reader(home, reader.port)


def sends(reader: ScriptedReader, data: bytes) -> None:
    """All of it, as fast as the line takes it."""
    left = bytearray(data)

    def sent() -> bool:
        del left[: reader.send(bytes(left))]
        return not left

    wait_until(sent, lambda: f"the line took {len(data) - len(left)} of {len(data)} bytes")


def test_after_any_noise_the_next_good_card_is_read(home: Path, reader: ScriptedReader) -> None:
    before = Counter(list_topics(home))
    first, second, third, fourth, fifth, sixth = NAMES
    torn = frame_of(first)[:7]
    wrong_checksum = frame_of(first)[:-3] + b"FF\x03"
    noise = random.Random(7).randbytes(10_000)  # noqa: S311 - the same noise every time, not a secret
    heard = {
        first: torn + frame_of(first),
        second: wrong_checksum + frame_of(second),
        third: noise + frame_of(third),
        fourth: b"\x02" * 99 + b"\xff" * 99 + frame_of(fourth),
        sixth: frame_of(fifth) + frame_of(sixth),
    }
    with Terminal([str(KIOSK), "run", "--home", str(home)]) as terminal:
        terminal.wait_for_text("Please tap your card")
        assert reader.wait_until_opened()
        sends(reader, wrong_checksum)
        terminal.wait_for_drawn_text("剛才沒有讀到")
        for number, data in heard.items():
            sends(reader, data)
            terminal.wait_for_drawn_text(NAMES[number][1])
        terminal.send_signal(signal.SIGTERM)
        assert terminal.wait_for_exit() == 0
    new = Counter(list_topics(home)) - before
    assert new.pop("refused-taps.tap-refused") >= 1
    assert new == {"attendance.checked-in": len(NAMES)}
    assert run_kiosk("verify", "--home", home).status == 0
