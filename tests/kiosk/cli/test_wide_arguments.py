"""Arguments of a fixed form, as an input method for Chinese types them in full-width mode."""

from pathlib import Path

import pytest

from kiosk.home import Home
from tests.support.kiosk_program import ANNS_UNIT_LINES, line, run_kiosk, write_batch

DAY, WIDE_DAY = "2026-11-19", "２０２６－１１－１９"
WIDTHS = {
    ("explain", "V001", DAY): ("explain", "Ｖ００１", WIDE_DAY),
    ("event", "2"): ("event", "２"),
    ("visits", "--volunteer", "V001", "--from", DAY): ("visits", "--volunteer", "Ｖ００１", "--from", WIDE_DAY),
    ("presence", "--at", f"{DAY}T10:00"): ("presence", "--at", f"{WIDE_DAY}Ｔ１０：００"),
    ("presence", "--as-of", DAY): ("presence", "--as-of", WIDE_DAY),
    ("month", "lines", "2026-11"): ("month", "lines", "２０２６－１１"),
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wide")
    Home.make(folder / "home", simulation=True).close()
    batch = write_batch(folder / "unit.jsonl", *ANNS_UNIT_LINES, line("tap", f"{DAY}T08:58", card="04000000000001"))
    assert run_kiosk("apply", batch, "--home", folder / "home").err == ""
    return folder / "home"


@pytest.mark.parametrize("narrow", WIDTHS, ids=" ".join)
def test_an_argument_means_the_same_in_wide_letters(home: Path, narrow: tuple[str, ...]) -> None:
    expected = run_kiosk(*narrow, "--home", home)
    assert expected.status == 0, expected.err
    assert run_kiosk(*WIDTHS[narrow], "--home", home).out == expected.out


def test_a_card_and_an_instant_may_be_typed_in_wide_letters(home: Path) -> None:
    ended = run_kiosk("tap", "０４０００００００００００１", "--at", f"{WIDE_DAY} １２：０１", "--home", home)
    assert (ended.status, "V001" in ended.out) == (0, True), ended.err


def test_a_batch_says_what_it_says(home: Path, tmp_path: Path) -> None:
    """A file is what another program wrote."""
    wide = (f"{WIDE_DAY}T13:00", "04000000000001"), (f"{DAY}T13:00", "０４０００００００００００１")
    for at, card in wide:
        ended = run_kiosk("apply", write_batch(tmp_path / "tap.jsonl", line("tap", at, card=card)), "--home", home)
        assert ended.status == 2
