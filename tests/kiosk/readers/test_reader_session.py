"""One card is one card: issued at one reader, it is known at every other that reads its whole number."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from devices.profiles.encoder import encode_card
from devices.profiles.profile import Profile
from devices.profiles.registry import BUILTIN_PROFILES
from devices.protocols.decoder import CardNumber
from devices.simulated.scripted_reader import ScriptedReader
from devices.simulated.terminal import TerminalReader
from kiosk.entrance.controller import EntranceController
from kiosk.entrance.launch import build_sources
from kiosk.entrance.service import TapResult
from kiosk.home import Home
from kiosk.reader_settings import Reader
from kiosk.readers.configured import ReaderSession
from tests.devices.profiles.simulated_taps import POLLED
from tests.kiosk.readers.held_cards import add_reader, hold_cards
from tests.support.kiosk_program import OPEN_UNIT, line, run_kiosk, write_batch
from tests.support.waiting import TIMEOUT_SECONDS

CARD, FOB = "A:26DEFAE7", "E:01026F6C3A"
ISSUED_AT = {CARD: "decimal-uid-reversed", FOB: "em-10h"}
CUT = {"W24": -3, "W32": -4, "E4": -4}
"""How many of the last bytes are left of a number at a reader that drops the others."""

WHOLE = [(card, name) for card in ISSUED_AT for name, profile in BUILTIN_PROFILES.items() if profile.tech == card[:1]]
LOSSY = [
    (card, name)
    for card in ISSUED_AT
    for name, profile in BUILTIN_PROFILES.items()
    if profile.loses and not (card == CARD and profile.tech == "E4")
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A home in which both cards were issued by tapping each at one reader."""
    folder = tmp_path_factory.mktemp("one-card") / "home"
    assert run_kiosk("init", "--home", folder).status == 0
    lines = [OPEN_UNIT, *(enrolled(number) for number in ("V001", "V002"))]
    assert run_kiosk("apply", write_batch(folder.parent / "people.jsonl", *lines), "--home", folder).err == ""
    for number, (card, profile) in zip(("V001", "V002"), ISSUED_AT.items(), strict=True):
        issue_by_tapping(folder, number, card, profile)
    with Home.open(folder) as opened:
        yield opened


def enrolled(number: str) -> dict[str, object]:
    facts = {"volunteer": number, "mode": "flexible", "agreement_from": "2024-01-02", "name": f"王小{number}"}
    return line("enrol_volunteer", "2024-01-02T08:00", **facts)


def issue_by_tapping(folder: Path, number: str, card: str, profile: str) -> None:
    settings = (folder / "kiosk.toml").read_text(encoding="utf-8")
    with ScriptedReader() as reader:
        add_reader(folder, reader, profile)
        with hold_cards(reader, profile, [card, card]):
            assert run_kiosk("issue", number, "--home", folder).status == 0
    (folder / "kiosk.toml").write_text(settings, encoding="utf-8")


def tapped(home: Home, profile: Profile, card: CardNumber) -> TapResult:
    """What the entrance answers when the card is held to a reader of this profile."""
    return EntranceController(build_sources(home)).record_tap(read_at(home, profile, card), "other", home.clock.now())


def read_at(home: Home, profile: Profile, card: CardNumber) -> CardNumber:
    """The card, as the reader's thread hands it over from a pseudo-terminal."""
    with ExitStack() as stage:
        if profile.poller:
            polled = stage.enter_context(TerminalReader(POLLED[profile.name](card.raw)))
            return in_hand(home, profile, polled.port, stage).read_card(TIMEOUT_SECONDS)
        reader = stage.enter_context(ScriptedReader())
        held = in_hand(home, profile, reader.port, stage)
        reader.wait_until_opened()
        reader.send(encode_card(profile, card))
        return held.read_card(TIMEOUT_SECONDS)


def in_hand(home: Home, profile: Profile, port: str, stage: ExitStack) -> ReaderSession:
    return stage.enter_context(ReaderSession(Reader("other", port, profile.name), home))


@pytest.mark.parametrize(("card", "name"), [one for one in WHOLE if one[1] not in (*ISSUED_AT.values(), "pcsc")])
def test_a_card_is_known_at_every_reader_that_reads_it_whole(home: Home, card: str, name: str) -> None:
    result = tapped(home, BUILTIN_PROFILES[name], CardNumber.parse(card))
    assert result.state in {"checked_in", "already"}
    assert result.name


@pytest.mark.parametrize(("card", "name"), LOSSY)
def test_a_card_is_unknown_at_a_reader_that_drops_bytes(home: Home, card: str, name: str) -> None:
    profile = BUILTIN_PROFILES[name]
    left = CardNumber(profile.tech, CardNumber.parse(card).raw[CUT[profile.tech] :])
    result = tapped(home, profile, left)
    assert (result.state, result.name) == ("unknown_card", None)


def test_pcsc_tells_the_same_number(home: Home) -> None:
    decoder = BUILTIN_PROFILES["pcsc"].build_decoder()
    decoder.feed(encode_card(BUILTIN_PROFILES["pcsc"], CardNumber.parse(CARD)))
    (card,) = decoder.idle()
    assert isinstance(card, CardNumber)
    assert EntranceController(build_sources(home)).record_tap(card, "other", home.clock.now()).state in {
        "checked_in",
        "already",
    }
